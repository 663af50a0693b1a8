"""The server's process: started apart from ours, known again later, ended.

A process number alone proves nothing, as numbers are used again: a process is ours if its command line names our
home. It belongs to a session of its own, so that it outlives the command and the terminal that started it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from graph.errors import StoreUnavailable

_GRACE = 60.0
_STEP = 0.1
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*\s+(?:ERROR|WARN|INFO)\s+")
# Java's last words, which say nothing of why.
_EMPTY = (
    "Error: A fatal exception has occurred. Program will exit.",
    "Error: Could not create the Java Virtual Machine.",
)
_CAUSE = re.compile(r'^(?:Caused by: |Exception in thread "[^"]*" )?(?:[a-z][\w$]*\.)+([A-Z][\w$]*.*)$')


def launch(command: Sequence[str], console: Path) -> int:
    """Start `command` in the background, its output in `console`; gives its process number."""
    # The shell ends at once, so the server is nobody's child here: nothing to wait for, no defunct process later.
    script = 'exec "$@" </dev/null >"$0" 2>&1 & echo $!'
    done = subprocess.run(
        ["/bin/sh", "-c", script, str(console), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        start_new_session=True,
        cwd=console.parent,
    )
    return int(done.stdout)


def is_alive(pid: int, mark: str) -> bool:
    """Whether that process runs and has `mark` among its arguments."""
    try:
        words = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
        return os.fsencode(mark) in words
    except OSError:
        if Path("/proc/self/cmdline").exists():
            return False
    said = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return f"{mark} " in f"{said.stdout.strip()} "


def end(pid: int, mark: str, grace: float = _GRACE) -> None:
    """Ask the process to end, and end it after `grace` seconds; harmless when it is gone.

    Raises:
        StoreUnavailable: it may not be ended by this user.
    """
    for number, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, 10.0)):
        deadline = time.monotonic() + patience
        if not is_alive(pid, mark):
            return
        try:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        except PermissionError as error:
            raise StoreUnavailable(f"The server (process {pid}) is another user's: let them stop it") from error
        while is_alive(pid, mark) and time.monotonic() < deadline:
            time.sleep(_STEP)


def telling(text: str) -> str:
    """The line of a log that best says why the server failed: the last cause, else the last error, else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line[0].isspace()]
    causes = [cause[1] for line in lines if (cause := _CAUSE.match(line))]
    errors = [line for line in lines if " ERROR " in line]
    plain = [line for line in lines if line not in _EMPTY]
    line = (causes or errors or plain or ["it said nothing"])[-1]
    return _STAMP.sub("", line)[:300]
