"""Commands that ask the graph in Cypher: by template, or in words of one's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import answer, complain, find, open_store
from commands.drawing import check_ending, draw, written
from commands.options import DEFAULT_STORE, PLAIN, JsonOption, MaybeConfidenceOption, StoreOption, TemplatesOption
from commands.selecting import told
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.model import Row
    from graph.store.base import View
    from queries.catalogue import Template

query_app = typer.Typer(**PLAIN)

_MOST_ROWS = 1000
CsvOption = Annotated[bool, typer.Option("--csv", help="Comma-separated values, for a spreadsheet.")]


@query_app.callback(invoke_without_command=True)
def query(context: typer.Context) -> None:
    """List, show and run the query templates.

    \b
    Example:
      nhsgraph query list
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@query_app.command(name="list")
def query_list(templates: TemplatesOption = None, as_json: JsonOption = None) -> None:
    """List the templates.

    \b
    Example:
      nhsgraph query list
    """
    from graph import render
    from queries.catalogue import load

    found = [_described(template) for template in load(templates or ()).values()]
    answer(as_json, found, lambda: render.templates(found))


@query_app.command(name="show")
def query_show(
    name: Annotated[str, typer.Argument(metavar="TEMPLATE", help="As `query list` names it.")],
    params: Annotated[
        bool,
        typer.Option("--params", help="Give only the lines that set its parameters in Neo4j Browser."),
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    templates: TemplatesOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show what a template answers, needs and gives, and its Cypher.

    The Cypher can be pasted into Neo4j Browser as it is, after the lines that --params gives: the example
    values, where the store is there with the ids that the names have in it.

    \b
    Example:
      nhsgraph query show merger-talks
      nhsgraph query show merger-talks --params
    """
    from queries.catalogue import load, pick

    template = pick(load(templates or ()), name)
    if params:
        _show_params(template, store, as_json)
        return
    answer(as_json, _described(template) | {"cypher": template.cypher}, lambda: template.text.rstrip())


def _show_params(template: Template, store: str, as_json: bool | None) -> None:
    from graph.errors import StoreError
    from graph.plain import dumps
    from queries.scripts import examples, param_script

    try:
        with open_store(store) as opened:
            shown = examples(template, opened.view())
    except StoreError as error:
        complain(f"{error}; names are given as they are, not as ids")
        shown = examples(template, None)
    if as_json:
        typer.echo(dumps({e.parameter.name: e.value for e in shown}, indent=2))
    else:
        # Piped too it is text: it is meant for Browser.
        typer.echo(param_script(template, shown).text.rstrip())


@query_app.command(name="run")
def query_run(
    name: Annotated[str, typer.Argument(metavar="TEMPLATE", help="As `query list` names it.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for the template; may be repeated."),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Use the template's example values.")] = False,
    min_confidence: MaybeConfidenceOption = None,
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="Draw the answer instead, as .html, .svg or .png."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    templates: TemplatesOption = None,
    csv: CsvOption = False,
    as_json: JsonOption = None,
) -> None:
    """Run a template. Names may be typed as people say them.

    \b
    Example:
      nhsgraph query run merger-talks --example
      nhsgraph query run disputes-of --param party=NHSE --min-confidence 0.9
      nhsgraph query run map-mergers --map mergers.html
    """
    from graph import render
    from queries.catalogue import load, pick
    from queries.run import run, to_subgraph
    from queries.values import check, pairs

    if map_ is not None:
        check_ending(map_)
        if csv:
            raise InputError("--csv and --map exclude each other; leave one of them out")
    template = pick(load(templates or ()), name)
    given = [] if min_confidence is None else [f"min_confidence={min_confidence}"]
    values = pairs([*(param or ()), *given])
    check(template.name, template.parameters, values, example=example)
    with open_store(store) as opened:
        view = opened.view()
        found = run(template, view, values, example=example)
        picture = to_subgraph(found, view) if map_ is not None else None
    if map_ is not None and picture is not None:
        picture = told(picture)
        draw(picture, map_)
        written(as_json, map_, picture)
        return
    if csv:
        _csv([column.name for column in found.columns], found.rows)
        return
    # People get names; the ids beside them are for programs.
    units = {column.name: column.unit for column in found.columns if column.type not in ("id", "ids")}
    table = partial(render.table, list(units), found.rows, units=units)
    answer(as_json, found.rows, lambda: render.titled(template.title, table()))


def cypher(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Cypher that reads, or - for standard input.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A $parameter; @NAME stands for the id of that body."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.001, metavar="SECONDS", help="Give up after so long.")
    ] = 30.0,
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="Show at most this many rows.")
    ] = _MOST_ROWS,
    store: StoreOption = DEFAULT_STORE,
    csv: CsvOption = False,
    as_json: JsonOption = None,
) -> None:
    """Ask in Cypher of your own, on either store. It can only read.

    \b
    Example:
      nhsgraph cypher "MATCH (o:Organisation) RETURN o.kind, count(*)"
      nhsgraph cypher - -p id=@WUTH < my-query.cypher
    """
    from graph import render
    from graph.errors import QueryError
    from queries.values import pairs

    text = sys.stdin.read() if query == "-" else query
    typed = pairs(param or ())
    with open_store(store) as opened:
        view = opened.view()
        values = {name: _value(view, value) for name, value in typed.items()}
        try:
            rows = view.rows(text, values, timeout=timeout, most=limit + 1)
        except QueryError as error:
            complain(error)
            if error.place:
                sys.stderr.write(render.excerpt(text, error.place))
            raise typer.Exit(error.exit_code) from None
    if len(rows) > limit:
        rows = rows[:limit]
        complain(f"only the first {limit} rows are shown: add --limit, or LIMIT to the query")
    if csv:
        _csv(list(rows[0]) if rows else [], rows)
    else:
        answer(as_json, rows, lambda: render.table(list(rows[0]) if rows else [], rows))


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from graph.export import csv_text

    sys.stdout.write(csv_text(columns, rows))


def _value(view: View, typed: str) -> Any:
    """A parameter as typed: `@NAME` is an id, JSON is what it says, anything else is text."""
    if typed.startswith("@"):
        return find(view, typed[1:]).id
    try:
        return json.loads(typed)
    except ValueError:
        return typed


def _described(template: Template) -> dict[str, Any]:
    fields = ("name", "group", "title", "question", "tags", "parameters", "columns")
    return {field: getattr(template, field) for field in fields}
