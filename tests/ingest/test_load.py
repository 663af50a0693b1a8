"""Loading: what is committed stays when a run is stopped, and the next run goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ingest.pipeline
from graph.errors import ReadError
from graph.model import Document, Extraction
from graph.store import Store
from ingest.load import BATCH, Report, load


class StoppedError(Exception):
    """Stands for whatever ends a run half way."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(BATCH + 10):
        (inside / f"{number:03}.txt").write_text(f"Briefing number {number}\n", encoding="utf-8")
    return inside


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that came to be extracted, in place of the language model."""
    documents: list[str] = []

    def extract(given: Iterator[Document], **options: Any) -> Iterator[Extraction]:
        for document in given:
            documents.append(document.id)
            yield Extraction(document, (), (), ())

    monkeypatch.setattr(ingest.pipeline, "extract", extract)
    return documents


def test_a_stopped_run_keeps_its_batches_and_goes_on(folder: Path, embedded_store: Store, seen: list[str]) -> None:
    def stop(done: int) -> None:
        if done > BATCH + 3:
            raise StoppedError

    report = Report()
    with pytest.raises(StoppedError):
        load([folder], embedded_store, report=report, on_progress=stop)
    assert report.added == BATCH == len(embedded_store.view().briefings())
    seen.clear()
    again = load([folder], embedded_store)
    assert (again.added, again.unchanged) == (10, BATCH)
    assert len(seen) == 10


def test_progress_reaches_the_number_of_files(folder: Path, embedded_store: Store, seen: list[str]) -> None:
    (folder / "empty.txt").write_bytes(b"")
    errors: list[ReadError] = []
    steps: list[int] = []
    report = load([folder], embedded_store, on_error=errors.append, on_progress=steps.append)
    assert len(errors) == len(report.unreadable) == 1
    assert steps[-1] == report.files == BATCH + 11
    assert steps == sorted(steps)


def test_the_same_text_twice_is_one_briefing(folder: Path, embedded_store: Store, seen: list[str]) -> None:
    (folder / "deeper").mkdir()
    (folder / "deeper" / "000.txt").write_bytes((folder / "000.txt").read_bytes())
    report = load([folder], embedded_store)
    assert (report.added, report.unchanged) == (BATCH + 10, 1)
    assert len(seen) == len(set(seen))


def test_again_reads_everything_anew(folder: Path, embedded_store: Store, seen: list[str]) -> None:
    load([folder], embedded_store)
    seen.clear()
    report = load([folder], embedded_store, again=True)
    assert (report.added, report.replaced, len(seen)) == (0, BATCH + 10, BATCH + 10)
    assert len(embedded_store.view().briefings()) == BATCH + 10
