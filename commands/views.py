"""Commands that make pictures and files of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import answer, open_store, subgraph
from commands.options import DEFAULT_STORE, ConfidenceOption, JsonOption, StoreOption
from graph.model import SURE

if TYPE_CHECKING:
    from graph.model import Subgraph


def map_(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Bodies to start from; none: the whole graph.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The page to write.")] = Path("map.html"),
    depth: Annotated[
        int, typer.Option("--depth", min=0, max=6, metavar="N", help="Links to go from the named bodies.")
    ] = 1,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    as_json: JsonOption = None,
) -> None:
    """Write a map as one HTML page that opens offline.

    \b
    Example:
      nhsgraph map -o everything.html
      nhsgraph map "Bolton FT" --depth 2 --open
    """
    from graph.maps import write_map

    with open_store(store) as opened:
        found = subgraph(opened.view(), names, depth, min_confidence)
    write_map(found, out)
    _written(as_json, out, found)
    if show:
        typer.launch(out.resolve().as_uri())


def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file (for CSV: the folder) to write.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Bodies to start from; none: the whole graph.")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="graphml, gexf, csv, json [default: by ending].")
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", min=0, max=6, metavar="N", help="Links to go from the named bodies.")
    ] = 1,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    as_json: JsonOption = None,
) -> None:
    """Write the graph for other programs: GraphML, CSV …

    \b
    Example:
      nhsgraph export -o graph.graphml
      nhsgraph export "Bolton FT" --depth 2 --format csv -o bolton/
    """
    from graph.export import export as write

    with open_store(store) as opened:
        found = subgraph(opened.view(), names, depth, min_confidence)
    write(found, out, format)
    _written(as_json, out, found)


def _written(as_json: bool | None, out: Path, found: Subgraph) -> None:
    value = {"path": str(out), "entities": len(found.nodes), "links": len(found.edges)}
    answer(as_json, value, lambda: f"{out}: {value['entities']:,} bodies and people, {value['links']:,} links")
