"""Commands about stores as wholes: bring an older one to today's layout, copy one, check that all is in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.common import answer
from commands.options import DEFAULT_STORE, JsonOption, StoreOption


def migrate(
    store: StoreOption = DEFAULT_STORE,
    dump: Annotated[
        Path | None,
        typer.Option("--dump", metavar="FILE", exists=True, dir_okay=False, help="What a stopped migration left."),
    ] = None,
    as_json: JsonOption = None,
) -> None:
    """Bring an older graph to today's layout. The old one is kept in a file.

    \b
    Example:
      nhsgraph migrate --store news.lbdb
    """
    from graph import render
    from graph.plain import record
    from graph.store.migration import migrate as run

    with render.progress(None, "Migrating") as progress:
        done = run(store, dump=dump, around=_around(), on_progress=progress)
    value = record(done)
    answer(as_json, value, lambda: _migrated(store, value))


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The store to copy: a file, or a Neo4j address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The store to fill: a file, or a Neo4j address.")],
    as_json: JsonOption = None,
) -> None:
    """Copy a graph into another store, with what people decided.

    \b
    Example:
      nhsgraph copy nhsgraph.lbdb bolt://127.0.0.1:7687
    """
    from graph import render
    from graph.plain import record
    from graph.store.transfer import copy as run

    with render.progress(None, "Copying") as progress:
        done = run(source, target, on_progress=progress)
    value = record(done)
    answer(as_json, value, lambda: f"{target}: {done.added} briefings copied, {done.unchanged} were there")


def doctor(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """Check that everything needed is in place. Nothing is changed.

    \b
    Example:
      nhsgraph doctor
    """
    from graph import render
    from graph.doctor import checks

    found = list(checks(store))
    answer(as_json, found, lambda: render.checks(found))
    if any(check.ok is False for check in found):
        raise typer.Exit(1)


def _around() -> Callable[[str], Collection[str]]:
    """What the register has around a body; it is read when first asked for."""
    from functools import cache

    from ingest.people import ties_of
    from ingest.register import Register

    register = cache(Register.load)
    return lambda body: ties_of(body, register())


def _migrated(store: str, value: Mapping[str, Any]) -> str:
    if value["kept"] is None:
        return f"{store} has today's layout already."
    count, kept = value["briefings"], value["kept"]
    return f"{store}: {count} briefings brought to today's layout; the old graph is kept in {kept}"
