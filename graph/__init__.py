"""Records, schema, stores and views of the graph of statements."""

__version__ = "0.1.0"
