"""Cypher templates, and what loads and runs them."""
