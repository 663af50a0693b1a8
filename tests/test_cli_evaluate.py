"""`nhsgraph evaluate` and the checker of marked briefings, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli_world import run

MARKED = """Trust seeks partner

[tarn:Tarnbridge Hospitals NHS Trust] has opened merger talks with [nole:Nolebury NHS Foundation Trust].
---
tarn | trust | Tarnbridge Hospitals NHS Trust
nole | trust | Nolebury NHS Foundation Trust
---
MERGER_TALKS tarn nole status=in_talks form=merger | has opened merger
"""


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    folder = tmp_path / "marked"
    folder.mkdir()
    (folder / "a1.txt").write_text(MARKED, encoding="utf-8")
    return folder


def test_figures_for_programs_and_for_people(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(run(capsys, "evaluate", str(marked)).out)
    assert (value["briefings"], value["entities"]["f1"]) == (1, 1.0)
    assert "faults" not in value
    shown = run(capsys, "evaluate", str(marked), "--table").out
    assert "precision" in shown
    assert "Missed, by cause" not in shown


def test_errors_by_cause(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("evaluate", str(marked), "--min-confidence", "1")
    shown = run(capsys, *arguments, "--errors", "--table").out
    assert "below threshold" in shown
    assert "a1: MERGER_TALKS Nolebury NHS Foundation Trust – Tarnbridge Hospitals NHS Trust" in " ".join(shown.split())
    assert json.loads(run(capsys, *arguments, "--verbose").out)["causes"]["missed"] == {"below threshold": 1}


def test_a_malformed_annotation_is_one_line(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (marked / "a1.txt").write_text(MARKED.replace("in_talks", "talking"), encoding="utf-8")
    done = run(capsys, "evaluate", str(marked))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "MERGER_TALKS has no status talking" in done.err
