"""A lock on a store's file: one writer, or any number of readers, across processes and within one.

Ladybug keeps two writing processes apart, but lets a reader in beside a writer, where it may see a
half-made checkpoint, and lets one process open a file twice. So the file itself is locked as well
(`flock`, which ends with the process however it dies). Where the system has no `flock`, Ladybug's own lock is left.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from graph.errors import StoreBusy, StoreError

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

_WAIT = 2.0
_STEP = 0.05


class FileLock:
    """Held from the moment it is made until `release`.

    Raises:
        StoreBusy: others held the file for all of two seconds.
    """

    def __init__(self, path: Path, *, shared: bool, wait: float = _WAIT) -> None:
        self._file: int | None = None
        if fcntl is None:
            return
        deadline = time.monotonic() + wait
        while True:
            if self._file is None:
                self._file = _opened(path, shared=shared)
            try:
                fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                if _is_at(self._file, path):
                    return
                # A migration put another file in its place meanwhile.
                self.release()
                continue
            except OSError as error:
                if time.monotonic() >= deadline:
                    self.release()
                    use = "being written to" if shared else "in use"
                    raise StoreBusy(
                        f"{path} is {use} by another process: wait until it is done, or name another store"
                    ) from error
            time.sleep(_STEP)

    def release(self) -> None:
        """Let the file go; harmless when done already."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _opened(path: Path, *, shared: bool) -> int:
    try:
        # Made here if need be: a file that is not there yet can't be locked.
        return os.open(path, os.O_RDONLY if shared else os.O_RDONLY | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreError(f"{path} can't be opened: {error.strerror}") from error


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file is the one that is at the path."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
