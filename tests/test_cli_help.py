"""Help: every command explains itself with an example, fits the terminal and is there at once."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

import graph
from tests.cli_world import run

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [
    "ingest",
    "extract",
    "evaluate",
    "org",
    "links",
    "path",
    "timeline",
    "query",
    "cypher",
    "map",
    "export",
    "stats",
    "review",
    "forget",
    "neo4j",
    "browser",
    "copy",
    "migrate",
    "doctor",
]
NESTED = [
    *(f"query {name}" for name in ("list", "show", "run")),
    *(f"neo4j {name}" for name in ("start", "stop", "status")),
    *(f"review {name}" for name in ("merge", "split", "confirm", "reject", "decisions", "apply")),
]


def test_the_commands_are_those_of_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    listed = run(capsys, "--help").out.split("Commands:")[1]
    assert set(re.findall(r"^  ([a-z0-9]+) ", listed, re.M)) == set(COMMANDS)
    assert "..." not in listed
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"nhsgraph {name}" not in readme]


@pytest.mark.parametrize("command", ["", *COMMANDS, *NESTED])
def test_help_has_an_example_and_fits(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = run(capsys, *command.split(), "--help")
    assert done.code == 0
    assert f"nhsgraph {command}".strip() in done.out.split("Example:")[1]
    assert max(map(len, done.out.splitlines())) <= 80
    for option in re.findall(r"^  (--?[a-z-]+)[^\n]*(?:\n {20,}[^\n]*)*", done.out, re.M):
        assert re.search(rf"{option}\b.*\s{{2,}}\S", done.out, re.S), f"{option} has no help"


@pytest.mark.parametrize("arguments", [[], ["query"]], ids=str)
def test_no_command_shows_the_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *arguments).out == run(capsys, *arguments, "--help").out


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version").out == f"nhsgraph {graph.__version__}\n"


def test_help_is_there_at_once() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, str(ROOT / "cli.py"), "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.5
