"""Several worker processes give what one gives, in the same order, and fail in the same way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import ingest.pipeline
from graph.errors import NhsGraphError, ReadError, RegisterError
from graph.model import Document
from graph.store import Store
from ingest.load import load
from ingest.pipeline import extract
from ingest.reader import read
from ingest.workers import LOT, spread

PLACES = ("Bolton", "Barnsley", "Salford", "Airedale", "Wirral")
TEXT = """{place} and its neighbour

{place} NHS Foundation Trust is in talks about a merger with Dorset County Hospital NHS Foundation Trust.

Ann Lee, chief executive of the {place} trust, said that the Care Quality Commission had rated it good.
"""


@pytest.fixture(autouse=True)
def _workers_from_the_third(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.pipeline, "FEW", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten briefings, the sixth of which can't be read."""
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(10):
        text = f"Number {number}\n\n" + TEXT.format(place=PLACES[number % len(PLACES)])
        (inside / f"{number}.txt").write_text(text, encoding="utf-8")
    (inside / "5.txt").unlink()
    (inside / "5.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return inside


def test_results_are_the_same_in_the_same_order(folder: Path) -> None:
    errors: list[ReadError] = []
    files = sorted(folder.iterdir())
    alone = list(extract(read(files, on_error=errors.append)))
    shared = list(extract(read(files, on_error=errors.append), workers=2))
    assert [Path(x.document.path or "").stem for x in shared] == list("012346789")
    assert all(x.statements for x in alone)
    assert shared == alone
    assert [Path(str(e).split(":")[0]).name for e in errors] == ["5.pdf", "5.pdf"]


def test_a_folder_is_loaded_by_workers_and_its_bad_file_named(folder: Path, embedded_store: Store) -> None:
    report = load([folder], embedded_store, workers=2)
    assert (report.added, report.files, report.done) == (9, 10, 10)
    assert "5.pdf" in report.unreadable[0]
    assert len(embedded_store.view().briefings()) == 9


def test_an_error_of_a_worker_is_the_callers(tmp_path: Path) -> None:
    bad = tmp_path / "own.csv"
    bad.write_text("colour\nred\n", encoding="utf-8")
    documents = [Document(f"b{n}", "Title", TEXT.format(place="Bolton")) for n in range(4)]
    with pytest.raises(RegisterError, match=r"own\.csv"):
        list(extract(documents, register=[bad], workers=2))


def test_a_few_documents_need_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ingest.pipeline, "spread")
    assert len(list(extract([Document("b1", "Title", "Nothing at all.")] * 2, workers=2))) == 2


def test_items_are_taken_only_a_little_ahead() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken = number
            yield number

    results = spread(list, items(), workers=1)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert taken < 5 * LOT
    results.close()


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(NhsGraphError, match="--workers 1"):
        list(spread(partial(max, key=os._exit), [3] * 20, workers=1))
