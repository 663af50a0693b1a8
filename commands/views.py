"""Commands that make pictures and files of the graph, or of a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.common import open_store
from commands.drawing import (
    AsOfOption,
    CompareOption,
    EmbedOption,
    GroupOption,
    Measure,
    MeasureOption,
    OpenOption,
    OutOption,
    SinceOption,
    check_ending,
    days,
    draw,
    iframe,
    standing,
    written,
)
from commands.options import DEFAULT_STORE, JsonOption, StoreOption
from commands.selecting import Wanted, select, selecting
from graph.errors import InputError


@selecting
def map_(
    wanted: Wanted,
    out: OutOption = Path("map.html"),
    since: SinceOption = None,
    as_of: AsOfOption = None,
    compare: CompareOption = None,
    group: GroupOption = None,
    size: MeasureOption = Measure.links,
    embed: EmbedOption = False,
    show: OpenOption = False,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = None,
) -> None:
    """Write a map: one HTML page that opens offline, or an SVG or PNG.

    \b
    Example:
      nhsgraph map "Bolton FT" --depth 2 --open
      nhsgraph map "Barts Health" CQC "NHS England" --join
      nhsgraph map "Devon ICS" --system --as-of 2019-06
      nhsgraph map --predicate "merger talks" --compare 2018-01 2020-12
      nhsgraph map WUTH "NHS England" --path -o path.svg
      nhsgraph map --query map-money -p min_amount=5000000
      nhsgraph map --group system --embed -o everything.html
    """
    check_ending(out)
    if embed and out.suffix.lower() != ".html":
        raise InputError(f"--embed is for pages; {out.name!r} is a picture, which <img> shows")
    between = days(since, as_of, compare)
    from graph.membership import systems as systems_of

    with open_store(store) as opened:
        view = opened.view()
        found = select(view, wanted)
        # Without a grouping too: the page can be arranged by system.
        systems = systems_of(view, found, min_confidence=wanted.sure)
    draw(
        found,
        out,
        measure=size,
        group=group,
        between=between,
        compare=compare is not None,
        sure=wanted.sure,
        systems=systems,
    )
    line = None
    if embed:
        from graph.facts import heading

        line = iframe(out, heading(found))
    written(as_json, out, standing(found, between, compare=compare is not None, sure=wanted.sure), line)
    if show:
        typer.launch(out.resolve().as_uri())


@selecting
def export(
    wanted: Wanted,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file (for CSV: the folder) to write.")],
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="graphml, gexf, csv, json [default: by ending].")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = None,
) -> None:
    """Write the graph for other programs: GraphML, CSV …

    \b
    Example:
      nhsgraph export -o graph.graphml
      nhsgraph export "Bolton FT" --depth 2 --format csv -o bolton/
      nhsgraph export "Barts Health" CQC "NHS England" --join -o three.gexf
      nhsgraph export "Devon ICS" --system -o devon.graphml
      nhsgraph export --predicate "merger talks" -o mergers.json
      nhsgraph export WUTH "NHS England" --path -o path.json
      nhsgraph export --query map-money -o money.gexf
    """
    from graph.export import export as write

    with open_store(store) as opened:
        found = select(opened.view(), wanted)
    write(found, out, format)
    written(as_json, out, found)
