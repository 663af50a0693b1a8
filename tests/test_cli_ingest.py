"""From files to a graph and to JSON, through the command line with the real language model."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli_world import Done, run

ROOT = Path(__file__).resolve().parent.parent
Ask = Callable[..., Done]

TALKS = "Bolton NHS Foundation Trust and Wrightington, Wigan and Leigh NHS Foundation Trust are in merger talks."
CHIEF = "Isolde Quenby, chief executive of Bolton NHS Foundation Trust, welcomed the plan."
MONEY = "NHS England has confirmed £22m for Bolton NHS Foundation Trust to build new theatres."


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("NHSGRAPH_STORE", str(tmp_path / "graph.lbdb"))
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: run(capsys, *arguments)


@pytest.fixture
def briefings(tmp_path: Path) -> Path:
    folder = tmp_path / "briefings"
    (folder / "older").mkdir(parents=True)
    (folder / "talks.txt").write_text(
        f"Two trusts, one board\nPublished: 2024-06-03\n{TALKS}\n{CHIEF}\n", encoding="utf-8"
    )
    (folder / "older" / "money.md").write_text(f"# Theatres\n\nDate: 2 May 2023\n\n{MONEY}\n", encoding="utf-8")
    return folder


def test_a_folder_becomes_a_graph(ask: Ask, briefings: Path) -> None:
    done = ask("ingest", briefings)
    assert (done.code, done.err) == (0, "")
    report = done.json
    assert (report["files"], report["added"], report["unchanged"], report["unreadable"]) == (2, 2, 0, [])
    assert report["entities"]["trust"] == 2
    assert report["statements"]["MERGER_TALKS"] == 1
    links = ask("links", "Bolton FT").json["links"]
    (talks,) = [link for link in links if link["predicate"] == "MERGER_TALKS"]
    assert talks["evidence"][0]["quote"] == TALKS
    assert talks["evidence"][0]["published"] == "2024-06-03"


def test_ingesting_twice_changes_nothing(ask: Ask, briefings: Path) -> None:
    ask("ingest", briefings)
    before = ask("stats").json
    again = ask("ingest", briefings).json
    assert (again["added"], again["replaced"], again["unchanged"], again["statements"]) == (0, 0, 2, {})
    assert ask("stats").json == before
    anew = ask("ingest", briefings, "--again").json
    assert (anew["added"], anew["replaced"], anew["unchanged"]) == (0, 2, 0)
    assert ask("stats").json == before


def test_a_changed_briefing_replaces_its_older_self(ask: Ask, briefings: Path) -> None:
    ask("ingest", briefings)
    (briefings / "talks.txt").write_text("One board\nNobody is in talks with anybody now.\n", encoding="utf-8")
    report = ask("ingest", briefings).json
    assert (report["added"], report["replaced"], report["unchanged"]) == (0, 1, 1)
    assert ask("stats").json["briefings"] == 2


def test_what_can_not_be_read_is_named_and_the_run_goes_on(ask: Ask, briefings: Path) -> None:
    (briefings / "empty.txt").write_bytes(b"")
    (briefings / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (briefings / "mixed.txt").write_bytes(b"\x00\x01\xff\xfe binary \x00")
    done = ask("ingest", briefings, "--table")
    assert done.code == 0
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("nhsgraph: ") for line in lines)
    assert [name for name in ("empty.txt", "photo.png", "mixed.txt") if name not in done.err] == []
    assert re.search(r"Briefings +2 new, 3 not read\n", done.out)
    assert "Not read" in done.out


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00\x01\x02\xff" * 99], ids=["empty", "blank", "binary"])
def test_nothing_readable_at_all_is_a_failure(ask: Ask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "only.txt").write_bytes(content)
    for command in ("ingest", "extract"):
        done = ask(command, tmp_path / "only.txt")
        assert done.code == 1
        assert done.err.count("\n") == 1
        assert "only.txt" in done.err


def test_a_briefing_in_an_old_encoding_is_read(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(f"Theatres\n{MONEY}\n".encode("cp1252"))
    found = ask("extract", tmp_path / "old.txt").json
    assert [s["quote"] for s in found["statements"] if s["predicate"] == "FUNDING"] == [MONEY]


def test_the_closing_table_counts_by_kind(ask: Ask, briefings: Path) -> None:
    out = ask("ingest", briefings, "--table").out
    assert re.search(r"^Briefings +2 new$", out, re.M)
    assert re.search(r"^Entities +.*2 NHS trust", out, re.M)
    assert re.search(r"^Statements +.*1 Merger talks", out, re.M)
    assert max(map(len, out.splitlines())) <= 80


def test_unsure_names_are_told(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "unsure.txt").write_text("A note\nThe move was welcomed by UHB and by others.\n", encoding="utf-8")
    report = ask("ingest", tmp_path / "unsure.txt").json
    assert ask("review").json == report["questions"]


def test_doubtful_statements_can_be_left_out(ask: Ask, briefings: Path) -> None:
    assert ask("ingest", briefings, "--min-confidence", "1").json["statements"] == {}


def test_a_register_of_ones_own(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "extra.csv").write_text(
        "id,name,kind,aliases\nhurnshire-care,Hurnshire Care Alliance,other,WCA\n", encoding="utf-8"
    )
    (tmp_path / "note.txt").write_text("A note\nWCA wrote to NHS England.\n", encoding="utf-8")
    known = ask("extract", tmp_path / "note.txt", "--register", tmp_path / "extra.csv").json
    assert "Hurnshire Care Alliance" in {e["name"] for e in known["entities"]}
    (tmp_path / "bad.csv").write_text("colour\nred\n", encoding="utf-8")
    done = ask("ingest", tmp_path / "note.txt", "--register", tmp_path / "bad.csv")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "bad.csv" in done.err


def test_a_model_that_is_not_installed(ask: Ask, briefings: Path) -> None:
    done = ask("extract", briefings, "--model", "en_core_web_nothing")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "en_core_web_nothing" in done.err


def test_extract_prints_the_agreed_json(ask: Ask, briefings: Path) -> None:
    file = briefings / "talks.txt"
    text = file.read_text(encoding="utf-8")
    found = ask("extract", file, "--json").json
    assert set(found) == {"id", "entities", "statements"}
    for entity in found["entities"]:
        assert set(entity) - {"members"} == {"id", "name", "kind", "mentions"}
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
    keys = {"predicate", "subject", "object", "status", "form", "amount", "role", "rating", "quote", "start", "end"}
    ids = {entity["id"] for entity in found["entities"]}
    assert {s["predicate"] for s in found["statements"]} >= {"MERGER_TALKS", "HOLDS_ROLE"}
    for statement in found["statements"]:
        assert set(statement) == keys | {"confidence"}
        assert text[statement["start"] : statement["end"]] == statement["quote"]
        assert {statement["subject"], statement["object"]} - {None} <= ids
        assert 0 <= statement["confidence"] <= 1


def test_extract_many_gives_a_json_object_a_line(ask: Ask, briefings: Path) -> None:
    lines = ask("extract", briefings).out.splitlines()
    assert len(lines) == 2
    assert all(json.loads(line)["entities"] for line in lines)


def test_extract_into_a_folder_names_files_after_briefings(ask: Ask, briefings: Path, tmp_path: Path) -> None:
    (briefings / "older" / "talks.txt").write_text(f"Another\n{MONEY}\n", encoding="utf-8")
    done = ask("extract", briefings, "--out", tmp_path / "found" / "deep")
    assert done.code == 0, done.err
    names = sorted(path.name for path in (tmp_path / "found" / "deep").iterdir())
    assert {"money.json", "talks.json"} < set(names)
    assert len(names) == 3
    assert sorted(Path(name).name for name in done.json["written"]) == names


def test_extract_for_people(ask: Ask, briefings: Path) -> None:
    out = " ".join(ask("extract", briefings / "talks.txt", "--table").out.split())
    assert "Bolton NHS Foundation Trust" in out
    assert f"“{TALKS}”" in out


def test_explain_for_people(ask: Ask, briefings: Path) -> None:
    done = ask("extract", briefings / "talks.txt", "--explain", "--table")
    assert done.code == 0, done.err
    said = " ".join(done.out.split())
    assert "[A: Isolde Quenby], ⟦chief executive⟧ of [B: Bolton NHS Foundation Trust], welcomed the plan." in said
    assert "A “Isolde Quenby”: a person" in said
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_explain_as_data(ask: Ask, briefings: Path, tmp_path: Path) -> None:
    file = briefings / "talks.txt"
    found = ask("extract", file, "--explain").json
    assert set(found) == {"id", "title", "statements", "near_misses", "open_names"}
    plain = ask("extract", file).json["statements"]
    assert [s["statement"]["quote"] for s in found["statements"]] == [s["quote"] for s in plain]
    assert [s["votes"]["confidence"] for s in found["statements"]] == [s["confidence"] for s in plain]
    assert ask("extract", file, "--explain", "--out", tmp_path / "why").code == 0
    assert json.loads((tmp_path / "why" / "talks.json").read_text(encoding="utf-8")) == found


def test_namesakes_are_told_apart_and_people_decide(ask: Ask, tmp_path: Path) -> None:
    said = {
        "bolton": "Isolde Quenby, chief executive of Bolton NHS Foundation Trust, welcomed the plan.",
        "wigan": "Isolde Quenby, chair of Wrightington, Wigan and Leigh NHS Foundation Trust, was pleased.",
        "devon": "Isolde Quenby, chief executive of Royal Devon University Healthcare NHS Foundation Trust, was not.",
    }
    folder = tmp_path / "namesakes"
    folder.mkdir()
    for name, sentence in said.items():
        (folder / f"{name}.txt").write_text(f"News from {name}\n{sentence}\n", encoding="utf-8")
    assert ask("ingest", folder / "bolton.txt", folder / "wigan.txt").code == 0
    assert ask("org", "Isolde Quenby").json["links"] == {"HOLDS_ROLE": 2}
    assert ask("review").json == []
    assert ask("ingest", folder / "devon.txt").code == 0
    (question,) = ask("review").json
    north, devon = question["candidates"]
    assert question["text"] == "Isolde Quenby"
    assert "Royal Devon" in question["reason"]
    assert ask("org", "Isolde Quenby").code == 2
    assert {ask("org", id).json["links"]["HOLDS_ROLE"] for id in (north, devon)} == {1, 2}
    before = ask("stats").json
    assert ask("ingest", folder, "--again").json["replaced"] == 3
    assert (ask("stats").json, ask("review").json) == (before, [question])

    assert ask("review", "merge", north, devon).code == 0
    assert ask("org", "Isolde Quenby").json["links"] == {"HOLDS_ROLE": 3}
    assert ask("review").json == []
    ask("ingest", folder, "--again")
    assert ask("org", "Isolde Quenby").json["links"] == {"HOLDS_ROLE": 3}
    refused = ask("review", "split", "Isolde Quenby", "Isolde Quenby")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert {id for id in (north, devon) if id in refused.err} == {north, devon}
    assert ask("review", "split", north, devon).code == 0
    assert ask("org", north).json["id"] != ask("org", devon).json["id"]
    assert ask("review").json == []


def test_standard_input(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"Theatres\n{MONEY}\n".encode())))
    found = ask("extract", "-").json
    assert "FUNDING" in {s["predicate"] for s in found["statements"]}


def test_a_terminal_gets_a_progress_bar_and_a_table(briefings: Path, tmp_path: Path) -> None:
    """On a real terminal: the bar with its rate while it runs, then the table without being asked."""
    leader, follower = pty.openpty()
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(briefings), "--store", str(tmp_path / "t.lbdb")]
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(leader)
    assert process.wait(timeout=60) == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert "Reading briefings" in text
    assert "2/2" in text
    assert re.search(r"Briefings +2 new", text)
    assert "{" not in text
