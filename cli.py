"""The command line: reads what was typed, calls the rooms, prints, and says how it went.

Exit codes: 0 done, 1 failed, 2 wrong use, 130 stopped with Ctrl-C. Answers go to standard output, as
tables for people and as JSON for programs (`--json`, or whenever it is piped); what goes wrong is one
line on standard error. Everything heavy is imported in the command that needs it, so that help is
instant and a look-up never loads the language model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from graph import __version__
from graph.errors import AmbiguousName, InputError, NhsGraphError, ReadError, UnknownName
from graph.model import SURE

if TYPE_CHECKING:
    from graph.model import Document, Entity, Judgement, Subgraph
    from graph.profile import Profile
    from graph.render import Drawing
    from graph.store.base import Store, View
    from ingest.explain import Explanation
    from queries.catalogue import Template

PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
app = typer.Typer(name="nhsgraph", **PLAIN)
query_app = typer.Typer(**PLAIN)
review_app = typer.Typer(**PLAIN)
app.add_typer(query_app, name="query")
app.add_typer(review_app, name="review")

DEFAULT_STORE = "nhsgraph.lbdb"
StoreOption = Annotated[
    str,
    typer.Option("--store", envvar="NHSGRAPH_STORE", metavar="PLACE", help="A file, or a Neo4j address (bolt://…)."),
]
JsonOption = Annotated[
    bool | None, typer.Option("--json/--table", help="JSON, or a table [default: table; JSON if piped].")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name, acronym, ODS code or id of a body or person.")]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, metavar="SHARE", help="Leave out facts less sure than this; 0 takes all."
    ),
]
LineageOption = Annotated[bool, typer.Option("--lineage/--no-lineage", help="Include what was said of predecessors.")]
QuotesOption = Annotated[
    int, typer.Option("--quotes", min=0, metavar="N", help="Quotes to show for each link, newest first.")
]
PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders, globs, or - for standard input.")
]
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Your own bodies and aliases (CSV); may be repeated.",
    ),
]
ModelOption = Annotated[str, typer.Option("--model", metavar="NAME", help="Installed spaCy model.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes to share the work [default: one a core]."),
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, for those who come later.")]
StatementArgument = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="Id of a statement, as `links --ids` shows it.")
]
TemplatesOption = Annotated[
    list[Path] | None,
    typer.Option("--templates", metavar="FOLDER", help="Folder with templates of your own; may be repeated."),
]


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False
) -> None:
    """Turn NHS policy briefings into a graph you can ask, with the sentence behind every fact.

    \b
    Example:
      nhsgraph ingest briefings/
      nhsgraph links "Bolton FT"
      nhsgraph map "Bolton FT" -o bolton.html
    """
    if version:
        typer.echo(f"nhsgraph {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def ingest(
    paths: PathsArgument,
    store: StoreOption = DEFAULT_STORE,
    register: RegisterOption = None,
    min_confidence: ConfidenceOption = SURE,
    model: ModelOption = "en_core_web_sm",
    again: Annotated[bool, typer.Option("--again", help="Read briefings anew that are in the store already.")] = False,
    workers: WorkersOption = None,
    as_json: JsonOption = None,
) -> None:
    """Read briefings into the store. Those already there are skipped, so a stopped run can go on.

    \b
    Example:
      nhsgraph ingest briefings/ "more/*.pdf" --store news.lbdb
      cat statement.txt | nhsgraph ingest -
    """
    from graph import render
    from graph.plain import record
    from ingest import reader
    from ingest.load import Report, load
    from ingest.workers import cores

    # At a terminal the closing table names what could not be read; saying it twice helps nobody.
    told_at_once = _wants_json(as_json) or not sys.stderr.isatty()
    report = Report()
    total = len(reader.expand(paths))
    try:
        with _open(store, create=True) as opened, render.progress(total) as progress:
            load(
                paths,
                opened,
                register=register or (),
                model=model,
                min_confidence=min_confidence,
                again=again,
                workers=workers or cores(),
                report=report,
                on_error=_complain if told_at_once else lambda error: None,
                on_progress=progress,
            )
    except KeyboardInterrupt:
        stored = report.added + report.replaced
        _complain(f"stopped: {stored} new briefings of {total} files are stored; the same command goes on from there")
        raise typer.Exit(130) from None
    _answer(as_json, record(report), lambda: render.ingested(record(report)))
    if register and report.unchanged and not again:
        _complain(f"{report.unchanged} briefings were read before: add --again to apply --register to them too")
    if len(report.unreadable) == report.files:
        raise typer.Exit(1)


@app.command()
def extract(
    paths: PathsArgument,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write one JSON file a briefing into this folder.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why: words, rules, model, what each name was taken for; near misses.")
    ] = False,
    register: RegisterOption = None,
    model: ModelOption = "en_core_web_sm",
    workers: WorkersOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show what a briefing holds, without a store. Several briefings give one JSON object a line.

    \b
    Example:
      nhsgraph extract statement.txt --json
      nhsgraph extract statement.txt --explain --table
      nhsgraph extract briefings/ --out extracted/
    """
    from graph import render
    from graph.plain import dumps
    from ingest import reader

    files = reader.expand(paths)
    failed: list[ReadError] = []

    def unreadable(error: ReadError) -> None:
        failed.append(error)
        _complain(error)

    if out is not None:
        _folder(out)
    written: set[Path] = set()
    with render.progress(len(files)) as progress:
        documents = reader.read(files, on_error=unreadable)
        using = (register or (), model)
        found = _explained(documents, *using) if explain else _extracted(documents, *using, workers)
        for done, (document, value, drawn) in enumerate(found):
            if out is None:
                _answer(as_json, value, drawn, indent=2 if len(files) == 1 else None)
            else:
                target = out / f"{Path(document.path or 'stdin').stem}.json"
                target = out / f"{document.id}.json" if target in written else target
                written.add(target)
                target.write_text(dumps(value) + "\n", encoding="utf-8")
            progress(done + 1 + len(failed))
    if out is not None:
        _answer(as_json, {"written": sorted(map(str, written))}, lambda: f"{len(written)} files written to {out}")
    if len(failed) == len(files):
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", exists=True, help="Folder of annotations: .json, or marked .txt.")
    ],
    texts: Annotated[
        Path | None,
        typer.Argument(metavar="TEXTS", exists=True, help="Folder of the briefings; marked .txt need none."),
    ] = None,
    predicted: Annotated[
        Path | None,
        typer.Option(
            "--predicted",
            metavar="FOLDER",
            exists=True,
            file_okay=False,
            help="Judge what `extract --out` wrote there.",
        ),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Show what went wrong by cause, with examples.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show every error, not three of each sort.")] = False,
    min_confidence: ConfidenceOption = 0.0,
    register: RegisterOption = None,
    model: ModelOption = "en_core_web_sm",
    as_json: JsonOption = None,
) -> None:
    """Measure how right extraction is on annotated briefings.

    \b
    Example:
      nhsgraph evaluate gold/ briefings/ --errors
      nhsgraph evaluate marked/ --min-confidence 0.7 --json
    """
    from graph import render
    from ingest.evaluation import report
    from ingest.evaluation.gold import files
    from ingest.evaluation.run import Options
    from ingest.evaluation.run import evaluate as run

    options = Options(register or (), model, min_confidence, causes=errors or verbose)
    with render.progress(len(files(gold))) as progress:
        done = run(gold, texts, predicted=predicted, options=options, on_error=_complain, on_progress=progress)
    _answer(as_json, report.plain(done), lambda: report.text(done, examples=None if verbose else 3))


@app.command()
def org(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    as_json: JsonOption = None,
) -> None:
    """Show who a body or person is.

    \b
    Example:
      nhsgraph org WUTH
    """
    from collections import Counter

    from graph import render
    from graph.plain import record
    from graph.profile import profile
    from queries.lookup import find_entry

    with _open(store) as opened:
        view = opened.view()
        entry = find_entry(view, name)
        found = profile(view, entry.id, min_confidence=min_confidence)
    value = record(found.entity) | {
        "briefings": entry.briefings,
        "links": Counter(link.predicate for link in found.links),
        "predecessors": found.predecessors,
        "successors": found.successors,
    }
    _answer(as_json, value, lambda: render.organisation(found, entry.briefings))


@app.command()
def links(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    lineage: LineageOption = True,
    min_confidence: ConfidenceOption = SURE,
    quotes: QuotesOption = 1,
    ids: Annotated[bool, typer.Option("--ids", help="Show the id of each statement, for review.")] = False,
    as_json: JsonOption = None,
) -> None:
    """Show whom a body is linked with, and who says so.

    \b
    Example:
      nhsgraph links "Bolton FT"
      nhsgraph links NHSE --min-confidence 0.7 --quotes 3
    """
    from graph import plain, render

    with _open(store) as opened:
        found = _profile(opened.view(), name, lineage=lineage, min_confidence=min_confidence)
    value = plain.record(found) | {"links": list(map(plain.link, found.links))}
    _answer(as_json, value, lambda: render.links(found, shown_quotes=quotes, ids=ids))


@app.command()
def path(
    a: NameArgument,
    b: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    quotes: QuotesOption = 1,
    as_json: JsonOption = None,
) -> None:
    """Show the shortest connection between two bodies.

    \b
    Example:
      nhsgraph path WUTH "NHS England"
    """
    from graph import render
    from graph.profile import connection

    with _open(store) as opened:
        view = opened.view()
        one, other = _find(view, a), _find(view, b)
        steps = connection(view, one.id, other.id, min_confidence=min_confidence)
    if steps is None:
        _fail(f"nothing in this store connects {one.name} with {other.name}; ingest more briefings", 1)
    _answer(as_json, steps, lambda: render.path(one, steps, shown_quotes=quotes))


@app.command()
def timeline(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    lineage: LineageOption = True,
    min_confidence: ConfidenceOption = SURE,
    as_json: JsonOption = None,
) -> None:
    """Show what was said of a body, by date.

    \b
    Example:
      nhsgraph timeline "Bolton FT"
    """
    from graph import profile, render

    with _open(store) as opened:
        found = _profile(opened.view(), name, lineage=lineage, min_confidence=min_confidence)
    events = profile.timeline(found)
    _answer(as_json, events, lambda: render.timeline(found.entity, events))


@app.command(name="map")
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

    with _open(store) as opened:
        subgraph = _subgraph(opened.view(), names, depth, min_confidence)
    write_map(subgraph, out)
    _written(as_json, out, subgraph)
    if show:
        typer.launch(out.resolve().as_uri())


@app.command()
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

    with _open(store) as opened:
        subgraph = _subgraph(opened.view(), names, depth, min_confidence)
    write(subgraph, out, format)
    _written(as_json, out, subgraph)


@app.command()
def stats(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """Show how much the store holds.

    \b
    Example:
      nhsgraph stats
    """
    from graph import render

    with _open(store) as opened:
        found = opened.view().stats()
    _answer(as_json, found, lambda: render.stats(found))


@app.command()
def forget(
    briefing: Annotated[str, typer.Argument(metavar="BRIEFING", help="Id, title or file name of a briefing.")],
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = None,
) -> None:
    """Take back everything that one briefing said.

    \b
    Example:
      nhsgraph forget board-paper.txt
    """
    from queries.lookup import find_briefing

    with _open(store, change=True) as opened:
        id = find_briefing(opened.view().briefings(), briefing)
        count = opened.writer().forget(id)
    _answer(as_json, {"briefing": id, "statements": count}, lambda: f"{id} forgotten, with {count} statements")


@app.command()
def doctor(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """Check that everything needed is in place. Nothing is changed.

    \b
    Example:
      nhsgraph doctor
    """
    from graph import render
    from graph.doctor import checks

    found = list(checks(store))
    _answer(as_json, found, lambda: render.checks(found))
    if any(check.ok is False for check in found):
        raise typer.Exit(1)


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
    _answer(as_json, found, lambda: render.templates(found))


@query_app.command(name="show")
def query_show(
    name: Annotated[str, typer.Argument(metavar="TEMPLATE", help="As `query list` names it.")],
    templates: TemplatesOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show what a template answers, needs and gives, and its Cypher.

    \b
    Example:
      nhsgraph query show merger-talks
    """
    from queries.catalogue import load, pick

    template = pick(load(templates or ()), name)
    _answer(as_json, _described(template) | {"cypher": template.cypher}, lambda: template.text.rstrip())


@query_app.command(name="run")
def query_run(
    name: Annotated[str, typer.Argument(metavar="TEMPLATE", help="As `query list` names it.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for the template; may be repeated."),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Use the template's example values.")] = False,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            min=0.0,
            max=1.0,
            metavar="SHARE",
            help=f"Leave out facts less sure than this; 0 takes all [default: {SURE}, where the template asks].",
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    templates: TemplatesOption = None,
    as_json: JsonOption = None,
) -> None:
    """Run a template. Names may be typed as people say them.

    \b
    Example:
      nhsgraph query run merger-talks --example
      nhsgraph query run disputes-of --param party=NHSE --min-confidence 0.9
    """
    from graph import render
    from queries.catalogue import load, pick
    from queries.run import run
    from queries.values import check, pairs

    template = pick(load(templates or ()), name)
    given = [] if min_confidence is None else [f"min_confidence={min_confidence}"]
    values = pairs([*(param or ()), *given])
    check(template.name, template.parameters, values, example=example)
    with _open(store) as opened:
        answer = run(template, opened.view(), values, example=example)
    # People get names; the ids beside them are for programs.
    units = {column.name: column.unit for column in answer.columns if column.type != "id"}
    table = partial(render.table, list(units), answer.rows, units=units)
    _answer(as_json, answer.rows, lambda: render.titled(template.title, table()))


@review_app.callback(invoke_without_command=True)
def review(context: typer.Context, store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """List doubtful names, and record what people decide.

    Persons of one name whose bodies have nothing in common are kept apart and listed: merge or split them.
    A decision outlives re-reading the briefings, and a later one undoes an earlier one.

    \b
    Example:
      nhsgraph review
      nhsgraph review merge "Dr Ann Webb" "Anne Webb"
      nhsgraph review reject 0f3a9c1b2d4e5f60
    """
    if context.invoked_subcommand is not None:
        return
    from graph import render

    with _open(store) as opened:
        found = opened.view().questions()
    _answer(as_json, found, lambda: render.questions(found))


@review_app.command()
def merge(a: NameArgument, b: NameArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """Two names are one body or person.

    \b
    Example:
      nhsgraph review merge "Dr Ann Webb" "Anne Webb"
    """
    _decide(store, "same", a, b, note)


@review_app.command()
def split(a: NameArgument, b: NameArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """Two names are not one body or person; give the ids if they were merged.

    \b
    Example:
      nhsgraph review split person-ann-webb person-anne-webb
      nhsgraph review split person-ann-webb--rmc person-ann-webb--rbl
    """
    _decide(store, "different", a, b, note)


@review_app.command()
def confirm(statement: StatementArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """A statement is right.

    \b
    Example:
      nhsgraph review confirm 0f3a9c1b2d4e5f60
    """
    _decide(store, "confirm", statement, None, note)


@review_app.command()
def reject(statement: StatementArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """A statement is wrong: it no longer counts.

    \b
    Example:
      nhsgraph review reject 0f3a9c1b2d4e5f60
    """
    _decide(store, "reject", statement, None, note)


@review_app.command()
def decisions(store: StoreOption = DEFAULT_STORE) -> None:
    """Write all decisions, one line of JSON each: keep them, they can't be made again from the briefings.

    \b
    Example:
      nhsgraph review decisions > decisions.jsonl
    """
    from graph.decisions import dump
    from graph.plain import safe

    with _open(store) as opened:
        for line in dump(opened.view().decisions()):
            typer.echo(safe(line))


@review_app.command()
def apply(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What `review decisions` wrote.")
    ],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Record decisions that were written to a file.

    \b
    Example:
      nhsgraph review apply decisions.jsonl --store new.lbdb
    """
    from graph.decisions import load

    try:
        found = load(file.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError:
        _fail(f"{file} is not UTF-8 text: give a file that `review decisions` wrote", 2)
    with _open(store, change=True) as opened:
        writer = opened.writer()
        for decision in found:
            writer.decide(decision)
    typer.echo(f"{len(found)} decisions recorded")


_Found = tuple["Document", object, Callable[[], "Drawing"]]
"""A briefing with what `extract` tells of it: as a value for JSON, and as something to draw."""


def _extracted(
    documents: Iterable[Document], register: Sequence[Path], model: str, workers: int | None
) -> Iterator[_Found]:
    from graph import render
    from graph.plain import extraction
    from ingest.pipeline import extract
    from ingest.workers import cores

    for found in extract(documents, register=register, model=model, workers=workers or cores()):
        value = extraction(found)
        yield found.document, value, partial(render.extracted, value)


def _explained(documents: Iterable[Document], register: Sequence[Path], model: str) -> Iterator[_Found]:
    from graph import render
    from ingest.explain import explanations
    from ingest.explain_text import rows

    def drawn(found: Explanation) -> Drawing:
        return render.rows(rows(found, marked=not render.coloured()))

    for document, found in explanations(documents, register=register, model=model):
        yield document, found, partial(drawn, found)


def _open(address: str, *, change: bool = False, create: bool = False) -> Store:
    """Open a store to look things up, to `change` it, or to `create` it where it is missing."""
    from graph.store import open_store

    return open_store(address, create=create, read_only=not (change or create))


def _find(view: View, name: str) -> Entity:
    from queries.lookup import find

    return find(view, name)


def _profile(view: View, name: str, *, lineage: bool, min_confidence: float) -> Profile:
    from graph.profile import profile

    return profile(view, _find(view, name).id, lineage=lineage, min_confidence=min_confidence)


def _subgraph(view: View, names: Sequence[str] | None, depth: int, min_confidence: float) -> Subgraph:
    ids = [_find(view, name).id for name in names or ()]
    return view.subgraph(ids or None, depth=depth, min_confidence=min_confidence)


def _decide(address: str, judgement: Judgement, left: str, right: str | None, note: str) -> None:
    from getpass import getuser

    from graph.model import Decision
    from graph.people import bare
    from graph.style import label_text

    with _open(address, change=True) as opened:
        view = opened.view()
        said = ""
        if right is None:
            left, quote = _statement(view, left)
            said = f": {quote}"
        else:
            known = {id for decision in view.decisions() for id in (decision.left, decision.right)}
            left, right = (x if x in known else _id(view, x) for x in (left, right))
            if left == right and left.startswith("person-"):
                read = ", ".join(str(r["id"]) for r in view.rows(_NAMESAKES, {"person": bare(left)}))
                raise InputError(f"both are {left} already; give two of the ids under which it was read: {read}")
        made = datetime.now(UTC).isoformat(timespec="microseconds")
        opened.writer().decide(Decision(judgement, left, right, user=getuser(), made=made, note=note))
    typer.echo(label_text(f"recorded: {judgement} {left} {right or ''}".rstrip() + said))


_NAMESAKES = "MATCH (n:Namesake) WHERE n.person = $person RETURN n.id AS id ORDER BY id"


def _id(view: View, typed: str) -> str:
    """The id of a name as typed; an id under which a person was read is one though it may have been merged."""
    from graph.people import told_apart

    return typed if told_apart(typed) and view.entity(typed) is not None else _find(view, typed).id


def _statement(view: View, typed: str) -> tuple[str, str]:
    """Id and quote of the statement that an id or its beginning (six characters or more) means."""
    if len(typed.strip()) < 6:
        raise UnknownName(f"{typed!r} is too short for a statement's id: give at least six characters of it")
    query = "MATCH (s:Statement) WHERE s.id STARTS WITH $typed RETURN s.id AS id, s.quote AS quote ORDER BY id LIMIT 2"
    found = [(str(row["id"]), str(row["quote"])) for row in view.rows(query, {"typed": typed.strip().lower()})]
    if not found:
        raise UnknownName(f"no statement has the id {typed!r}: see the ids with nhsgraph links NAME --ids")
    if len(found) > 1:
        raise AmbiguousName(f"several statements have ids that begin with {typed!r}: give the whole id")
    return found[0]


def _described(template: Template) -> dict[str, Any]:
    fields = ("name", "title", "question", "tags", "parameters", "columns")
    return {field: getattr(template, field) for field in fields}


def _written(as_json: bool | None, out: Path, subgraph: Subgraph) -> None:
    value = {"path": str(out), "entities": len(subgraph.nodes), "links": len(subgraph.edges)}
    _answer(as_json, value, lambda: f"{out}: {value['entities']:,} bodies and people, {value['links']:,} links")


def _answer(as_json: bool | None, value: object, table: Callable[[], Drawing], *, indent: int | None = 2) -> None:
    """Print the value as JSON, or its table: whichever was asked for, else JSON where output is piped."""
    if _wants_json(as_json):
        from graph.plain import dumps

        typer.echo(dumps(value, indent=indent))
    else:
        from graph.render import show

        show(table())


def _wants_json(as_json: bool | None) -> bool:
    return not sys.stdout.isatty() if as_json is None else as_json


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"can't make the folder {path}: {error.strerror}; name another with --out") from error


def _complain(message: object) -> None:
    from graph.style import label_text

    # Not typer.echo: while a progress bar is up, sys.stderr is what prints above it.
    sys.stderr.write(f"nhsgraph: {label_text(str(message))}\n")


def _fail(message: object, code: int) -> NoReturn:
    _complain(message)
    raise typer.Exit(code)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; whatever the user got wrong is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(arguments, prog_name="nhsgraph", standalone_mode=False) or 0
        sys.stdout.flush()
    except NhsGraphError as error:
        _complain(error)
        code = error.exit_code
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        _complain(f"{error.format_message()} Try: {context.command_path if context else 'nhsgraph'} --help")
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # Whoever read our output has had enough; leave without a word, also at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        _complain(f"{error.filename or 'input or output'}: {(error.strerror or str(error)).lower()}; check the path")
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
