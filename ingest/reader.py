"""Files → documents. A file that can't be read is reported and the run goes on.

Where a fact about the briefing stands in several places, the most deliberate one wins:
title: front matter, subject or page heading; first line; metadata; file name. Published: front
matter, e-mail header or page metadata; a dated line near the top; file name; the file's creation date;
else unknown. Source: front matter, sender or page metadata; a `Source:` line. Dates of the file
system are never used.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph.errors import InputError, ReadError
from graph.ids import briefing_id
from graph.model import Document
from ingest import dates, formats, plaintext

MAX_BYTES = 20_000_000
STDIN = Path("-")
_MAX_TITLE = 140
_SOURCE_LINE = re.compile(r"\W{0,4}(?:source|publication|publisher)\W{0,2}:\W*(?P<value>[^|\n]{2,120})", re.I)
_META_LINE = re.compile(r"\W{0,4}(?:published|date|posted|issued|source|by|tags?)\W{0,2}:", re.I)


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """The files that paths, folders and globs stand for, in the order given, each once.

    Folders are searched to any depth in sorted order, without hidden files; a folder linked into
    itself is entered once. A path that isn't there stays in the list for `read` to report.

    Raises:
        InputError: nothing at all was found.
    """
    given = [Path(p) for p in paths]
    if any("\0" in str(p) for p in given):
        raise InputError("a path can't hold a NUL character")
    found: dict[str, Path] = {}
    entered: set[str] = set()
    for path in (y for x in given for y in _globbed(x)):
        for file in _files(path, entered) if path.is_dir() else (path,):
            found.setdefault(os.path.realpath(file), file)
    files = list(found.values())
    if not any(f == STDIN or os.path.lexists(f) for f in files):
        named = ", ".join(map(_shown, given[:3])) + (" …" if len(given) > 3 else "")
        missing = [p for p in given if not p.is_dir()]
        what = "no such file or folder" if missing else "no files in this folder"
        raise InputError(
            f"{named}: {what}; name briefings, folders of them, or - for standard input" if given else what
        )
    return files


def read(paths: Iterable[str | Path], *, on_error: Callable[[ReadError], None]) -> Iterator[Document]:
    """Documents of the files that `expand` finds, lazily; what can't be read goes to `on_error`, one line each.

    Raises:
        InputError: at once, where nothing at all was found.
    """
    return _documents(expand(paths), on_error)


def _documents(files: list[Path], on_error: Callable[[ReadError], None]) -> Iterator[Document]:
    for file in files:
        try:
            document = _document(file)
        except ReadError as error:
            on_error(error)
        else:
            yield document


def _globbed(path: Path) -> list[Path]:
    text = str(path)
    if not glob.has_magic(text) or os.path.lexists(path):
        return [path]
    matches = glob.glob(text, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [Path(p) for p in sorted(matches)] or [path]


def _files(folder: Path, entered: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in entered:
        return
    entered.add(real)
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        yield folder  # `read` tells why it can't be opened
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path, entered)
        else:
            yield path


def _document(path: Path) -> Document:
    try:
        data = _bytes(path)
        suffix = path.suffix.lower() if path != STDIN else ""
        reader = formats.READERS.get(suffix or formats.sniff(data))
        if reader is None:
            hint = formats.HINTS.get(suffix) or "this reads " + ", ".join(sorted(formats.READERS))
            raise ReadError(f"not a kind of file that holds a briefing ({suffix}); {hint}")
        content = reader(data)
        if not content.text.strip():
            raise ReadError("empty file: nothing to read")
    except ReadError as error:
        raise ReadError(f"{_shown(path)}: {error}") from error
    except Exception as error:  # a parser's own failure on a hostile file must not end the run
        raise ReadError(f"{_shown(path)}: can't be read ({type(error).__name__}); is the file damaged?") from error
    return _described(path, content)


def _bytes(path: Path) -> bytes:
    if path == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise ReadError("not a regular file; pipe it in and name - instead")
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise ReadError("no such file or folder; check the name") from error
        except PermissionError as error:
            raise ReadError("no permission to read it; check its owner and mode") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ReadError(f"can't be opened ({reason}); check the path") from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"over {MAX_BYTES // 1_000_000} MB; split it into single briefings")
    return data


def _described(path: Path, content: formats.Content) -> Document:
    text = content.text
    stem = path.stem if path != STDIN else "stdin"
    named = dates.find(stem)
    published = content.published or dates.in_lines(text) or named or content.created
    title = content.title or _first_line(text) or content.fallback_title or stem
    return Document(
        id=briefing_id(stem, text),
        title=plaintext.squeeze(plaintext.normalise(title))[:_MAX_TITLE].rstrip(),
        text=text,
        published=published,
        source=plaintext.squeeze(plaintext.normalise(content.source or "")) or _source_line(text),
        path=path.as_posix() if path != STDIN else None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _first_line(text: str) -> str | None:
    """The first line that is not about the briefing (date, source), if it is short enough for a headline."""
    for line in text[:8000].split("\n"):
        if line.strip() and not _META_LINE.match(line):
            title = line.strip().lstrip("#").strip()
            return title if 0 < len(title) <= _MAX_TITLE else None
    return None


def _source_line(text: str) -> str | None:
    lines = [x for x in text.split("\n") if x.strip()]
    for line in (*lines[:12], *lines[-3:]):
        if match := _SOURCE_LINE.match(line):
            return plaintext.squeeze(match["value"]).strip("*_ ") or None
    return None


def _shown(path: Path) -> str:
    """A path in one harmless line: names may hold newlines or terminal codes."""
    shown = "standard input" if path == STDIN else path.as_posix()
    return "".join(c if c.isprintable() else "?" for c in shown)
