"""Layout: where entities and groups stand on a map."""

from graph.layout.arrange import Area, Arrangement, arrange

__all__ = ["Area", "Arrangement", "arrange"]
