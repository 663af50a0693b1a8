"""The checker that writers of annotated briefings use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from training.marked import main

MARKED = """Debts

[tarn:Tarnbridge Hospitals] is £3m in the red. Tarnbridge Hospitals has said so.
---
tarn | trust | Tarnbridge Hospitals NHS Trust
---
DEFICIT tarn - amount=3000000 status=reported | in the red
"""


def check(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["marked", *arguments])
    return main()


def test_a_good_file_is_summed_up_and_slips_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q01.txt").write_text(MARKED, encoding="utf-8")
    assert check(monkeypatch, str(tmp_path / "q01.txt")) == 0
    slip, total = capsys.readouterr().out.splitlines()
    assert slip.startswith("q01.txt: unmarked Tarnbridge Hospitals at ")
    assert total == "q01.txt: 13 words, 1 entities, 1 required statements"


def test_faults_stand_on_lines_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q01.txt").write_text(MARKED.replace("status=reported", "status=odd form=odd"), encoding="utf-8")
    assert check(monkeypatch, str(tmp_path / "q01.txt")) == 1
    assert capsys.readouterr().err.count("q01.txt: ") == 2


def test_a_folder_is_written_as_annotations_and_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "q01.txt").write_text(MARKED, encoding="utf-8")
    folders = [tmp_path / "gold", tmp_path / "texts"]
    arguments = [str(tmp_path / "marked"), "--gold", str(folders[0]), "--texts", str(folders[1])]
    assert check(monkeypatch, *arguments) == 0
    assert capsys.readouterr().out == "1 briefings written\n"
    assert [p.name for folder in folders for p in folder.iterdir()] == ["q01.json", "q01.txt"]
