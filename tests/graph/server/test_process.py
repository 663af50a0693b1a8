"""Processes of ours: launched apart, known again, ended; what a log tells."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.process import end, is_alive, launch, telling

MARK = "--home-dir=/somewhere"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def console(tmp_path: Path) -> Path:
    return tmp_path / "console.log"


@pytest.fixture
def sleeper(console: Path) -> Iterator[int]:
    pid = launch([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)", MARK], console)
    yield pid
    end(pid, MARK, 0)


def printed(console: Path) -> str:
    """What the process printed, once it has."""
    deadline = time.monotonic() + 20
    while not console.exists() or not console.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return console.read_text(encoding="utf-8")


def test_a_process_runs_in_a_session_of_its_own_and_prints_to_its_log(sleeper: int, console: Path) -> None:
    assert printed(console) == "up\n"
    assert os.getsid(sleeper) != os.getsid(0)


def test_a_process_is_known_by_its_arguments(sleeper: int) -> None:
    assert is_alive(sleeper, MARK)
    assert not is_alive(sleeper, "--home-dir=/some")
    assert not is_alive(os.getpid(), MARK)


def test_a_process_that_was_ended_is_gone(sleeper: int, console: Path) -> None:
    printed(console)
    end(sleeper, MARK)
    assert not is_alive(sleeper, MARK)


def test_one_that_will_not_end_is_killed(console: Path) -> None:
    pid = launch([sys.executable, "-c", STUBBORN, MARK], console)
    printed(console)
    end(pid, MARK, 0.3)
    assert not is_alive(pid, MARK)


def test_a_stranger_with_the_same_number_is_left_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        end(stranger.pid, MARK, 0)
        assert stranger.poll() is None
        stranger.communicate(b"\n")
        assert stranger.returncode == 0


def test_the_last_cause_tells_why() -> None:
    log = """\
2026-01-02 03:04:05.678+0000 INFO  Starting...
2026-01-02 03:04:06.678+0000 ERROR Failed to start Neo4j on 127.0.0.1:7474.
java.lang.RuntimeException: Error starting Neo4j database server
\tat org.neo4j.Main.main(Main.java:1)
Caused by: org.neo4j.Broken: Component failed
\tat org.neo4j.Main.main(Main.java:1)
Caused by: java.net.BindException: Address already in use
\t... 7 more
2026-01-02 03:04:07.678+0000 INFO  Stopped.
"""
    assert telling(log) == "BindException: Address already in use"


@pytest.mark.parametrize(
    ("log", "line"),
    [
        (
            'Exception in thread "main" java.lang.IllegalArgumentException: No setting x\n\tat a.B(C:1)\nbye\n',
            "IllegalArgumentException: No setting x",
        ),
        (
            "2026-01-02 03:04:05.678+0000 ERROR Disk is full\n2026-01-02 03:04:06.678+0000 INFO  Stopped.\n",
            "Disk is full",
        ),
        (
            "Invalid maximum heap size: -Xmx5x\nError: Could not create the Java Virtual Machine.\n",
            "Invalid maximum heap size: -Xmx5x",
        ),
        ("", "it said nothing"),
    ],
    ids=["exception", "error", "java", "empty"],
)
def test_other_logs_tell_their_last_error(log: str, line: str) -> None:
    assert telling(log).startswith(line)
