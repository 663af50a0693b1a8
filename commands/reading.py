"""Commands that read briefings: into the store, to the screen, against annotations, and back out of the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import answer, complain, folder, open_store, wants_json
from commands.options import (
    DEFAULT_STORE,
    ConfidenceOption,
    JsonOption,
    ModelOption,
    PathsArgument,
    RegisterOption,
    StoreOption,
    WorkersOption,
)
from graph.errors import ReadError
from graph.model import SURE

if TYPE_CHECKING:
    from graph.model import Document
    from graph.render import Drawing
    from ingest.explain import Explanation


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
    told_at_once = wants_json(as_json) or not sys.stderr.isatty()
    report = Report()
    total = len(reader.expand(paths))
    try:
        with open_store(store, create=True) as opened, render.progress(total) as progress:
            load(
                paths,
                opened,
                register=register or (),
                model=model,
                min_confidence=min_confidence,
                again=again,
                workers=workers or cores(),
                report=report,
                on_error=complain if told_at_once else lambda error: None,
                on_progress=progress,
            )
    except KeyboardInterrupt:
        stored = report.added + report.replaced
        complain(f"stopped: {stored} new briefings of {total} files are stored; the same command goes on from there")
        raise typer.Exit(130) from None
    answer(as_json, record(report), lambda: render.ingested(record(report)))
    if register and report.unchanged and not again:
        complain(f"{report.unchanged} briefings were read before: add --again to apply --register to them too")
    if len(report.unreadable) == report.files:
        raise typer.Exit(1)


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
        complain(error)

    if out is not None:
        folder(out)
    written: set[Path] = set()
    with render.progress(len(files)) as progress:
        documents = reader.read(files, on_error=unreadable)
        using = (register or (), model)
        found = _explained(documents, *using) if explain else _extracted(documents, *using, workers)
        for done, (document, value, drawn) in enumerate(found):
            if out is None:
                answer(as_json, value, drawn, indent=2 if len(files) == 1 else None)
            else:
                target = out / f"{Path(document.path or 'stdin').stem}.json"
                target = out / f"{document.id}.json" if target in written else target
                written.add(target)
                target.write_text(dumps(value) + "\n", encoding="utf-8")
            progress(done + 1 + len(failed))
    if out is not None:
        answer(as_json, {"written": sorted(map(str, written))}, lambda: f"{len(written)} files written to {out}")
    if len(failed) == len(files):
        raise typer.Exit(1)


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
        done = run(gold, texts, predicted=predicted, options=options, on_error=complain, on_progress=progress)
    answer(as_json, report.plain(done), lambda: report.text(done, examples=None if verbose else 3))


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

    with open_store(store, change=True) as opened:
        id = find_briefing(opened.view().briefings(), briefing)
        count = opened.writer().forget(id)
    answer(as_json, {"briefing": id, "statements": count}, lambda: f"{id} forgotten, with {count} statements")


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
