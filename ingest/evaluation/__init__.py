"""How good extraction is: annotated briefings, and what was found in them, compared and counted."""
