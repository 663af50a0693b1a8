"""Whatever a user gets wrong: one line that says what happened and what to do, an exit code, never a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import open_store
from tests.cli_world import Done, make_store, run

ROOT = Path(__file__).resolve().parent.parent
Ask = Callable[..., Done]


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("store") / "graph.lbdb")


@pytest.fixture
def ask(graph_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("NHSGRAPH_STORE", str(graph_file))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(capsys, *arguments)


def program(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload, no-any-return]


def assert_one_line(done: Done | subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    err = done.err if isinstance(done, Done) else done.stderr
    got = done.code if isinstance(done, Done) else done.returncode
    assert err.startswith("nhsgraph: "), err
    assert err.count("\n") == 1, err
    assert got == code, err
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["frobnicate"], 2, ["frobnicate", "nhsgraph --help"]),
        (["links"], 2, ["Missing", "nhsgraph links --help"]),
        (["links", "a", "b"], 2, ["nhsgraph links --help"]),
        (["links", "NHSE", "--colour"], 2, ["--colour", "nhsgraph links --help"]),
        (["links", "NHSE", "--min-confidence", "2"], 2, ["--min-confidence"]),
        (["map", "--depth", "many"], 2, ["--depth"]),
        (["links", "Nobody At All Trust"], 2, ["Nobody At All Trust"]),
        (["links", "hurn valey hospitals"], 2, ["did you mean", "Hurn Valley Hospitals"]),
        (["links", "Hurnshire"], 2, ["NHS Hurnshire Integrated Care Board", "NHS Hurnshire CCG", "id"]),
        (["path", "NHSE", "Hurnshire"], 2, ["could be any of 2"]),
        (["forget", "no-such-briefing"], 2, ["no-such-briefing"]),
        (["review", "reject", "zzzzzz"], 2, ["zzzzzz", "--ids"]),
        (["review", "reject", "0"], 2, ["too short", "six characters"]),
        (["review", "reject", ""], 2, ["too short", "six characters"]),
        (["review", "merge", "NHSE", "Isolde Quenby"], 2, ["can't be the same"]),
        (["review", "apply", "missing.jsonl"], 2, ["missing.jsonl"]),
        (["query", "run", "merger-tolks"], 2, ["merger-tolks", "merger-talks"]),
        (["query", "show", "nothing-like-it"], 2, ["query list"]),
        (["query", "run", "disputes-of"], 2, ["--param"]),
        (["query", "run", "merger-talks", "--param", "since"], 2, ["name=value"]),
        (["query", "run", "merger-talks", "--param", "colour=red"], 2, ["colour"]),
        (["query", "run", "merger-talks", "--param", "limit=lots"], 2, ["limit", "lots"]),
        (["query", "run", "merger-talks", "--templates", "no-folder"], 2, ["no-folder"]),
        (["map", "-o", "no/such/folder/map.html"], 2, ["no/such/folder/map.html"]),
        (["export", "-o", "graph.xyz"], 2, ["xyz"]),
        (["stats", "--store", "missing.lbdb"], 1, ["missing.lbdb", "ingest"]),
        (["stats", "--store", "mysql://localhost"], 1, ["mysql://localhost"]),
        (["ingest", "missing.txt"], 2, ["missing.txt"]),
        (["extract", "missing.txt"], 2, ["missing.txt"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_line(ask: Ask, arguments: list[str], code: int, words: list[str]) -> None:
    done = ask(*arguments)
    assert_one_line(done, code, *words)
    assert done.out == ""


def test_a_template_that_writes_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "purge.cypher").write_text("// title: Purge\nMATCH (n) DETACH DELETE n\n", encoding="utf-8")
    assert_one_line(ask("query", "run", "purge", "--templates", tmp_path), 2, "purge", "DE")
    assert ask("stats").json["briefings"] == 3


def test_a_file_that_is_no_store(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff" * 5000)
    assert_one_line(ask("stats", "--store", "holiday.jpg"), 1, "holiday.jpg")


def test_a_store_of_another_version(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("graph.store.embedded.SCHEMA_VERSION", 999)
        open_store(str(tmp_path / "later.lbdb"), create=True).close()
    assert_one_line(ask("stats", "--store", "later.lbdb"), 1, "later.lbdb", "version")


def test_a_store_that_another_process_is_using(tmp_path: Path) -> None:
    file = make_store(tmp_path / "busy.lbdb")
    with open_store(str(file)):
        done = program("forget", "talks.txt", "--store", file, cwd=tmp_path)
    assert_one_line(done, 1, "busy.lbdb")


def test_no_server_there(ask: Ask) -> None:
    assert_one_line(ask("stats", "--store", "bolt://127.0.0.1:9"), 1, "bolt://127.0.0.1:9")


def test_decisions_that_are_none(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert_one_line(ask("review", "apply", "binary"), 2, "binary")
    (tmp_path / "other.jsonl").write_text('{"judgement": "same"}\n', encoding="utf-8")
    assert_one_line(ask("review", "apply", "other.jsonl"), 2, "Line 1")


def test_a_message_is_one_line_whatever_was_typed(ask: Ask) -> None:
    done = ask("links", "Evil\nname \x1b[31mred\x1b[0m")
    assert_one_line(done, 2, "Evil name")
    assert "\x1b" not in done.err


def test_who_reads_only_the_beginning_is_left_in_peace(graph_file: Path) -> None:
    command = f"{sys.executable} {ROOT / 'cli.py'} query list --table | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_ctrl_c_ends_an_ingest_without_a_traceback(tmp_path: Path) -> None:
    for number in range(400):
        text = f"Number {number}\n" + "NHS England has written to Bolton NHS Foundation Trust about its plan. " * 40
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(tmp_path), "--store", str(tmp_path / "x.lbdb")]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "x.lbdb").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out == ""
    assert re.fullmatch(r"nhsgraph: stopped: \d+ new briefings of 400 files are stored; [^\n]*\n", err), err
    assert program("stats", "--store", tmp_path / "x.lbdb").returncode == 0


def test_a_terminal_without_unicode(graph_file: Path) -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = program("links", "HVH", "--table", "--store", graph_file, env=plain)
    assert done.returncode == 0, done.stderr
    assert "Merger talks (1)" in done.stdout
