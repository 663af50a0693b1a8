"""The embedded store: one Ladybug file, no server. The only module that imports Ladybug.

One process writes at a time, or several read: the file is locked (shared for readers), and whoever
comes too late gets StoreBusy after a short wait. What is committed survives a kill: the next opening
replays the log beside the file. Closing checkpoints, so that a closed store is one file.
After a failed write (a full disk) the store takes no more; what was committed before it is kept.
Ladybug's COPY is not used: after a rollback in the same process it crashes.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self, TypeVar

import ladybug

from graph.errors import QueryError, StoreBusy, StoreError, StoreVersionError
from graph.model import Row
from graph.schema import SCHEMA_VERSION
from graph.store.base import Transaction
from graph.store.dialect import translate
from graph.store.layouts import check_layout
from graph.store.locks import FileLock
from graph.store.mistakes import from_ladybug
from graph.store.tables import NODES, RELATIONSHIPS
from graph.store.view import GraphView
from graph.store.writer import GraphWriter

_T = TypeVar("_T")

_FIND_NAMES = "MATCH (w:Word {id: $word})-[:IN_NAME]->(n:Name) RETURN n.id AS id"
_BUFFER = 1 << 30
_READS = 20
"""After so many reads the connection is made anew (in 0.1 ms): it keeps memory of every query that it ever ran."""
_LARGEST = 1 << 36


def schema_statements() -> list[str]:
    """The DDL of a new file."""
    tables = [
        f"CREATE NODE TABLE {label}({', '.join(f'`{p}` {t}' for p, t in properties.items())}, PRIMARY KEY(id))"
        for label, properties in NODES.items()
    ]
    for type_, (ends, properties) in RELATIONSHIPS.items():
        columns = [f"FROM {a} TO {b}" for a, b in ends] + [f"`{p}` {t}" for p, t in properties.items()]
        tables.append(f"CREATE REL TABLE {type_}({', '.join(columns)})")
    return tables


class EmbeddedStore:
    """A store in a file; see `base.Store`.

    Raises:
        StoreError: no such file (and not `create`), or it is no store.
        StoreBusy: another process is using the file.
        StoreVersionError: another version of nhsgraph, or of Ladybug, made it.
    """

    def __init__(self, path: str | Path, *, create: bool = False, read_only: bool = False) -> None:
        self._path = Path(path)
        self._read_only = read_only
        self._closed = False
        _check_path(self._path, create=create and not read_only)
        self._lock = FileLock(self._path, shared=read_only)
        try:
            self._session = _Session(self._path, read_only=read_only)
            try:
                self._session.prepare(create=create and not read_only)
            except BaseException:
                self._session.close()
                raise
        except BaseException:
            self._lock.release()
            raise

    @property
    def address(self) -> str:
        return str(self._path)

    def writer(self) -> GraphWriter:
        if self._read_only:
            raise StoreError(f"{self._path} is open for reading only")
        return GraphWriter(self._session)

    def view(self) -> GraphView:
        return GraphView(self._session)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            try:
                self._session.close(checkpoint=not self._read_only)
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep everybody else away from a store's file, for `migration`.

    Raises:
        StoreError: no such file.
        StoreBusy: another process is using it.
    """
    _check_path(path, create=False)
    lock = FileLock(path, shared=False)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def reading(path: Path) -> Iterator[_Session]:
    """The file of a store of any layout, to be read by whom it is `held`; a log left by a kill is brought in first.

    Raises:
        StoreError: it is no store.
    """
    if path.with_name(f"{path.name}.wal").exists():
        _Session(path, read_only=False).close(checkpoint=True)
    session = _Session(path, read_only=True)
    try:
        yield session
    finally:
        session.close()


class _Session:
    kind_labels = False
    full_text = False

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._guard = RLock()
        self._broken = False
        self._reads = 0
        try:
            self._database = _open(path, read_only=read_only)
            self._connection = ladybug.Connection(self._database)
        except RuntimeError as error:
            raise _opening_error(error, path) from error

    def prepare(self, *, create: bool) -> None:
        """Check the file's layout, or lay out a new one."""
        if create and not self._tables():
            with self._transaction("BEGIN TRANSACTION"):
                for statement in schema_statements():
                    self._execute(statement, {})
                self._execute("CREATE (:Meta {id: 'schema', version: $v})", {"v": SCHEMA_VERSION})
            return
        check_layout(str(self._path), self.layout())

    def layout(self) -> int:
        """The layout that the file has.

        Raises:
            StoreError: it is no store.
        """
        if "Meta" in self._tables():
            rows = self._execute("MATCH (m:Meta {id: 'schema'}) RETURN m.version AS version", {})
            if rows:
                return int(rows[0]["version"])
        raise StoreError(f"{self._path} is no nhsgraph store: name another file, or run `nhsgraph ingest` first")

    def _tables(self) -> set[str]:
        try:
            return {r["name"] for r in self._execute("CALL show_tables() RETURN name", {})}
        except QueryError as error:
            raise StoreError(f"{self._path} can't be read: {error}") from error

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        most: int | None = None,
    ) -> list[Row]:
        text, values = translate(cypher, parameters)
        with self._guard:
            self._renew()
            self._connection.set_query_timeout(0 if timeout is None else max(1, int(timeout * 1000)))
            with self._transaction("BEGIN TRANSACTION READ ONLY"):
                return self._execute(text, values, cypher=cypher, most=most)

    def _renew(self) -> None:
        # A connection keeps every query that it ran, with the memory that the query took.
        self._reads += 1
        if self._reads % _READS == 0:
            self._connection.close()
            self._connection = ladybug.Connection(self._database)

    def find_names(self, every: Sequence[str], either: Sequence[str]) -> list[str]:
        """See `base.Session.find_names`."""

        def holding(word: str) -> set[str]:
            return {r["id"] for r in self.read(_FIND_NAMES, {"word": word})}

        found = set.intersection(*map(holding, every)) if every else set()
        return sorted(found.union(*map(holding, either)))

    def write(self, work: Callable[[Transaction], _T]) -> _T:
        with self._guard:
            if self._broken:
                raise StoreError(f"{self._path} could not be written to: make room on the disk and start again")
            self._connection.set_query_timeout(0)
            try:
                with self._transaction("BEGIN TRANSACTION"):
                    return work(self)
            except QueryError as error:
                raise StoreError(f"Writing to {self._path} failed, nothing was changed: {error}") from error

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        return self._execute(*translate(cypher, parameters))

    def close(self, *, checkpoint: bool = False) -> None:
        with self._guard:
            try:
                if checkpoint and not self._broken:
                    self._execute("CHECKPOINT", {})
            except QueryError as error:
                raise StoreError(f"{self._path}: what was written is safe in its log, but {error}") from error
            finally:
                if self._broken:
                    _keep_alive(self._connection)
                    _keep_alive(self._database)
                else:
                    self._connection.close()
                    self._database.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._execute(begin, {})
        try:
            yield
            self._execute("COMMIT", {})
        except BaseException:
            # A failed statement may have ended the transaction already.
            with suppress(QueryError):
                self._execute("ROLLBACK", {})
            raise

    def _execute(
        self, text: str, values: dict[str, Any], *, cypher: str | None = None, most: int | None = None
    ) -> list[Row]:
        """Run a query spelled for Ladybug; `cypher` is what it was before translation."""
        try:
            result = self._connection.execute(text, values)
            if isinstance(result, list):
                raise QueryError("Only one query at a time")
            try:
                names = result.get_column_names()
                rows = result.get_all() if most is None else result.get_n(most)
                return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
            finally:
                result.close()
        except RuntimeError as error:
            if str(error).startswith("IO exception"):
                self._broken = True
            if "Interrupted" in str(error)[:40]:
                raise QueryError("The query took too long: narrow it down, or allow more time") from error
            sentence, place = from_ladybug(str(error), text if cypher is None else cypher, text)
            raise QueryError(sentence, place=place) from error


def _open(path: Path, *, read_only: bool) -> ladybug.Database:
    """Open the file; a log torn by a full disk counts up to the tear, which is where the failed write began."""
    try:
        return ladybug.Database(str(path), read_only=read_only, buffer_pool_size=_BUFFER, max_db_size=_LARGEST)
    except RuntimeError as error:
        if "WAL file is corrupted" not in str(error):
            raise
    return ladybug.Database(
        str(path),
        read_only=read_only,
        buffer_pool_size=_BUFFER,
        max_db_size=_LARGEST,
        throw_on_wal_replay_failure=False,
    )


def _keep_alive(thing: object) -> None:
    """Never free this object: Ladybug aborts the whole process when it is closed and can't write its log out."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))


def _plain(value: Any) -> Any:
    """Ladybug's value as plain Python, equal to what Neo4j's becomes (see `neo4j_`)."""
    if isinstance(value, dict):
        if "_NODES" in value and "_RELS" in value:
            return _path(value)
        if "_LABEL" in value and "_SRC" in value:
            return {"type": value["_LABEL"], **_properties(value)}
        if "_LABEL" in value and "_ID" in value:
            return {"label": value["_LABEL"], **_properties(value)}
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    return {k: _plain(v) for k, v in sorted(value.items()) if not k.startswith("_") and v is not None}


def _path(value: dict[str, Any]) -> dict[str, Any]:
    ids = {(n["_ID"]["table"], n["_ID"]["offset"]): n.get("id") for n in value["_NODES"]}
    links = []
    for rel in value["_RELS"]:
        source, target = (ids.get((rel[end]["table"], rel[end]["offset"])) for end in ("_SRC", "_DST"))
        links.append({"type": rel["_LABEL"], "source": source, "target": target, **_properties(rel)})
    return {"nodes": [_plain(n) for n in value["_NODES"]], "relationships": links}


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file for the store")
    if not path.exists():
        if not create:
            raise StoreError(f"No store at {path}: run `nhsgraph ingest` first, or name another with --store")
        if not path.parent.is_dir():
            raise StoreError(f"No folder {path.parent} for the store: make it first")
    elif not os.access(path, os.R_OK):
        raise StoreError(f"{path} can't be read: check its permissions")


def _opening_error(error: Exception, path: Path) -> StoreError:
    text = str(error)
    if "lock on file" in text:
        return StoreBusy(f"{path} is in use by another process: wait until it is done, or name another store")
    if "version" in text.lower():
        return StoreVersionError(f"{path} was made by another version of Ladybug: ingest into a new file")
    if "not a valid" in text or "READ ONLY" in text:
        return StoreError(f"{path} is no nhsgraph store: name another file")
    return StoreError(f"{path} can't be opened: {from_ladybug(text, '', '')[0]}")
