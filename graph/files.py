"""Writing output files: a reader sees the old file or the whole new one, never half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import InputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on leaving without an error it takes `path`'s place.

    Raises:
        InputError: the place can't be written to; nothing is left behind.
    """
    draft = path.with_name(f".{path.name[-100:]}.{os.getpid()}.part")
    try:
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"can't write {path}: {reason}; name a file in a folder that you may write to") from error
