"""Briefings into a store: read, skip what is there, extract, write in batches, and count.

A batch is committed whole, so a run that is stopped keeps what it had written, and the same
command goes on from there: a briefing that is in the store already is neither parsed nor written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from graph.errors import ReadError
from graph.model import Document, Extraction, Question
from graph.store.base import Store
from ingest import reader
from ingest.parse import DEFAULT_MODEL

BATCH = 16
"""Briefings a transaction: few enough that a stopped run loses seconds, enough that commits don't show."""


@dataclass(slots=True)
class Report:
    """What a run did. Counts of entities (by kind) and statements (by predicate) are those of new briefings."""

    files: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Files dealt with so far."""
        return self.added + self.replaced + self.unchanged + len(self.unreadable)


def load(
    paths: Sequence[str | Path],
    store: Store,
    *,
    register: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    min_confidence: float = 0.0,
    again: bool = False,
    workers: int = 1,
    report: Report | None = None,
    on_error: Callable[[ReadError], None] = lambda error: None,
    on_progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Ingest files, folders, globs or `-` (standard input).

    Statements less sure than `min_confidence` (0–1) are left out. With `again`, briefings that are in
    the store already are read anew. `workers` as in `ingest.pipeline.extract`. `report` is filled as the run
    goes; `on_progress` gets the number of files dealt with.

    Raises:
        InputError: nothing to read at all, a malformed register, or no such model.
        StoreError: the store can't be written.
    """
    report = report if report is not None else Report()
    files = reader.expand(paths)
    report.files = len(files)
    stored = {str(row["id"]) for row in store.view().briefings()}
    writer = store.writer()

    batch: list[Extraction] = []
    met: set[str] = set()

    def unreadable(error: ReadError) -> None:
        report.unreadable.append(str(error))
        on_error(error)
        on_progress(report.done + len(batch))

    def wanted() -> Iterator[Document]:
        seen: set[str] = set()
        for document in reader.read(files, on_error=unreadable):
            if document.id in seen or (document.id in stored and not again):
                report.unchanged += 1
                on_progress(report.done + len(batch))
            else:
                seen.add(document.id)
                yield document

    def commit() -> None:
        renewed = [x.document.id for x in batch if x.document.id in stored]
        for briefing in renewed:
            writer.forget(briefing)
        result = writer.add(batch)
        report.added += result.added - len(renewed)
        report.replaced += result.replaced + len(renewed)
        report.unchanged += result.unchanged
        for extraction in batch:
            named = {m.entity for m in extraction.mentions}
            fresh = [e for e in extraction.entities if e.id in named and e.id not in met]
            met.update(e.id for e in fresh)
            report.entities.update(e.kind for e in fresh)
            report.statements.update(s.predicate for s in extraction.statements)
            report.questions.extend(extraction.questions)
        batch.clear()

    for extraction in _extract(wanted(), register, model, min_confidence, workers):
        batch.append(extraction)
        on_progress(report.done + len(batch))
        if len(batch) == BATCH:
            commit()
    if batch:
        commit()
    return report


def _extract(
    documents: Iterator[Document], register: Sequence[Path], model: str, min_confidence: float, workers: int
) -> Iterator[Extraction]:
    """The pipeline, whose model is loaded only if there is anything to parse."""
    from ingest.pipeline import extract

    first = next(documents, None)
    if first is None:
        return
    yield from extract(
        chain([first], documents), register=register, model=model, min_confidence=min_confidence, workers=workers
    )
