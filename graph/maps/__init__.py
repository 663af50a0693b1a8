"""Maps: a Subgraph as a page, as a picture for a report, safe to send and to publish."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError
from graph.files import replacing
from graph.maps.picture import Look, Picture, picture
from graph.model import Subgraph

FORMATS = ("html", "svg", "png")


def write_map(subgraph: Subgraph, path: str | Path, *, look: Look | None = None) -> None:
    """Write the map of a subgraph, whole or not at all, in the form that the file's ending names.

    Raises:
        InputError: the file can't be written, its ending is none of `FORMATS`, or see `picture`.
    """
    path, look = Path(path), look or Look()
    content = _content(subgraph, path.suffix.lower().removeprefix("."), look, path.name)
    with replacing(path) as draft:
        draft.write_bytes(content)


def map_html(subgraph: Subgraph, *, look: Look | None = None) -> str:
    """The map as one HTML page.

    Raises:
        InputError: see `picture`.
    """
    from graph.maps.html import page

    return page(subgraph, look or Look())


def _content(subgraph: Subgraph, ending: str, look: Look, name: str) -> bytes:
    if ending == "html":
        return map_html(subgraph, look=look).encode()
    if ending == "svg":
        from graph.maps.svg import svg

        return svg(picture(subgraph, look)).encode()
    if ending == "png":
        from graph.maps.raster import png

        return png(picture(subgraph, look))
    raise InputError(f"can't tell what to draw from {name!r}; end it in .{', .'.join(FORMATS)}")


__all__ = ["FORMATS", "Look", "Picture", "map_html", "picture", "write_map"]
