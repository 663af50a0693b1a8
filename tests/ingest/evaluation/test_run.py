"""Evaluating real extractions: texts, marked files, extractions made before, what is missing, causes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import InputError, ReadError
from graph.plain import extraction as as_json
from ingest import pipeline, reader
from ingest.evaluation import marked
from ingest.evaluation.run import Evaluation, Options, evaluate

TALKS = """Trust seeks partner

[tarn:Tarnbridge Hospitals NHS Trust] has opened merger talks with [nole:Nolebury NHS Foundation Trust].
---
tarn | trust | Tarnbridge Hospitals NHS Trust
nole | trust | Nolebury NHS Foundation Trust
---
MERGER_TALKS tarn nole status=in_talks form=merger | has opened merger
"""
CHAIR = """A new face

[venn:Asha Venn] is chair of [quen:Quenby Community Health NHS Trust]. [quen:It] forecasts a £3m deficit.
---
venn | person | Asha Venn
quen | trust | Quenby Community Health NHS Trust
---
HOLDS_ROLE venn quen role=chair status=current | is chair of
DEFICIT quen - amount=3000000 status=forecast | forecasts a
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two briefings in the folder `marked`; as annotations and texts in `gold` and `texts`; extracted in `found`."""
    root = tmp_path_factory.mktemp("evaluation")
    for name in ("marked", "found"):
        (root / name).mkdir()
    (root / "marked" / "a1.txt").write_text(TALKS, encoding="utf-8")
    (root / "marked" / "a2.txt").write_text(CHAIR, encoding="utf-8")
    marked.write(root / "marked", root / "gold", root / "texts")
    documents = reader.read([root / "texts"], on_error=_fail)
    for found in pipeline.extract(documents):
        path = root / "found" / f"{Path(found.document.path or '').stem}.json"
        path.write_text(json.dumps(as_json(found)), encoding="utf-8")
    return root


def _fail(error: ReadError) -> None:
    pytest.fail(str(error))


@pytest.fixture(scope="module")
def whole(folder: Path) -> Evaluation:
    return evaluate(folder / "gold", folder / "texts", on_error=_fail)


def test_clear_statements_are_found(whole: Evaluation) -> None:
    assert whole.figures.entities.f1 == 1.0
    assert whole.figures.predicates["MERGER_TALKS"].right == 1
    assert (whole.unread, whole.faults) == ((), None)


def test_marked_files_need_no_texts(folder: Path, whole: Evaluation) -> None:
    assert evaluate(folder / "marked", on_error=_fail).figures == whole.figures


def test_extractions_made_before_are_judged_the_same(folder: Path, whole: Evaluation) -> None:
    assert evaluate(folder / "gold", predicted=folder / "found").figures == whole.figures


def test_looking_for_causes_changes_no_figure(folder: Path, whole: Evaluation) -> None:
    with_causes = evaluate(folder / "marked", options=Options(causes=True), on_error=_fail)
    assert with_causes.figures == whole.figures
    assert with_causes.faults is not None


def test_what_is_less_sure_than_asked_for_is_missed_for_that_reason(folder: Path, whole: Evaluation) -> None:
    strict = evaluate(folder / "marked", options=Options(min_confidence=1.0, causes=True), on_error=_fail)
    told = whole.figures.statements
    assert strict.figures.statements.missed == told.right + told.missed
    lost = [f for f in strict.faults or () if f.side == "missed" and f.what == "MERGER_TALKS"]
    assert [f.cause for f in lost] == ["below threshold"]


def test_progress_is_told(folder: Path) -> None:
    steps: list[int] = []
    evaluate(folder / "marked", on_error=_fail, on_progress=steps.append)
    assert steps == [1, 2]


def test_a_briefing_without_a_text_counts_as_missed(folder: Path, tmp_path: Path, whole: Evaluation) -> None:
    (tmp_path / "a1.txt").write_text((folder / "texts" / "a1.txt").read_text(encoding="utf-8"), encoding="utf-8")
    half = evaluate(folder / "gold", tmp_path, on_error=_fail)
    assert half.unread == ("a2",)
    assert half.figures.briefings == 2
    assert half.figures.entities.missed == 2
    assert replace(half.figures, briefings=1).predicates["MERGER_TALKS"] == whole.figures.predicates["MERGER_TALKS"]


def test_annotations_without_any_text_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name the folder of briefings too"):
        evaluate(folder / "gold")
    (tmp_path / "other.txt").write_text("Nothing here.", encoding="utf-8")
    with pytest.raises(InputError, match="no briefing there bears the name"):
        evaluate(folder / "gold", tmp_path)
    with pytest.raises(InputError, match="name the folder of briefings too"):
        evaluate(folder / "gold", predicted=folder / "found", options=Options(causes=True))
