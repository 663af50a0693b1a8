"""All that a graph keeps as one file: gzipped lines of JSON, which only its owner may read.

First a header, then each decision and each briefing, last a line that says that this is the end. It does not depend
on the layout (see `replay`), holds no passwords, and appears under its name only when it is whole.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from graph.errors import StoreError
from graph.model import Decision
from graph.store.replay import Counts, Source, Told

_END = {"end": True}


def write_dump(path: Path, source: Source, on_progress: Callable[[int], None]) -> None:
    """Write what a source keeps to a new file; `on_progress` gets how many briefings are done.

    Raises:
        StoreError: the file can't be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with gzip.open(file, "wt", compresslevel=5, encoding="utf-8") as out:
                _write(out, path.name, source, on_progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(f"{path} can't be written ({error.strerror}): name a folder with room for it") from error
        raise


def _write(out: IO[str], name: str, source: Source, on_progress: Callable[[int], None]) -> None:
    def line(value: Any) -> None:
        out.write(json.dumps(value, separators=(",", ":")) + "\n")

    line({"nhsgraph": "dump", "name": name, "layout": source.layout, "counts": asdict(source.counts)})
    for decision in source.decisions():
        line({"decision": asdict(decision)})
    for done, told in enumerate(source.told(), start=1):
        line({"told": told})
        on_progress(done)
    line(_END)


class Dump:
    """A dump as a source (see `replay.Source`). `name` is the file's first name, `ids` the briefings' ids.

    Raises:
        StoreError: there is no such file, or it is no whole dump.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = self._lines()
        try:
            header = next(lines)
            if header["nhsgraph"] != "dump":
                raise self._no_dump()
            self.name: str = header["name"]
            self.layout: int = header["layout"]
            self.counts = Counts(**header["counts"])
            ids, last, said = [], {}, 0
            for last in lines:
                if "told" in last:
                    ids.append(last["told"]["briefing"]["id"])
                    said += len(last["told"]["statements"])
        except (StopIteration, LookupError, TypeError) as error:
            raise self._no_dump() from error
        self.ids = frozenset(ids)
        if last != _END or (len(ids), said) != (self.counts.briefings, self.counts.statements):
            raise self._no_dump()

    def decisions(self) -> list[Decision]:
        """See `replay.Source.decisions`."""
        return [Decision(**line["decision"]) for line in self._lines() if "decision" in line]

    def told(self) -> Iterator[Told]:
        """See `replay.Source.told`."""
        return (line["told"] for line in self._lines() if "told" in line)

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            with gzip.open(self._path, "rt", encoding="utf-8") as file:
                yield from map(json.loads, file)
        except FileNotFoundError as error:
            raise StoreError(f"There is no file {self._path}: name the dump that the migration made") from error
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise self._no_dump() from error

    def _no_dump(self) -> StoreError:
        return StoreError(f"{self._path} is no dump of nhsgraph, or not a whole one: name the one that migration made")
