"""Where the graph is kept: an embedded file or a Neo4j server, behind one protocol."""

from graph.store.address import is_server, open_store
from graph.store.base import NameEntry, Store, View, Writer, WriteResult

__all__ = ["NameEntry", "Store", "View", "WriteResult", "Writer", "is_server", "open_store"]
