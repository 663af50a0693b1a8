"""How facts are told in text, one module a predicate."""
