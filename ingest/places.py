"""Bare places that stand for a body: "Devon has submitted a deficit plan". Never a place used as a place."""

from __future__ import annotations
