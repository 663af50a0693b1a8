"""The served store: Neo4j 5.26 or newer, by bolt or routing address. The only module that imports its driver.

Reads go to a session in read mode, so the server itself refuses writes; they see what this store
wrote before (bookmarks). Writes are retried by the driver after a passing fault. An organisation's kind is
a second label, so that Neo4j Browser colours it. The database may hold nothing else under our labels.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)
from neo4j.graph import Node, Path, Relationship

from graph.errors import QueryError, StoreError, StoreUnavailable
from graph.model import Row
from graph.schema import SCHEMA_VERSION
from graph.store.base import Transaction
from graph.store.layouts import check_layout
from graph.store.mistakes import from_neo4j
from graph.store.tables import EDGE_INDEXES, INDEXES, NODES, RELATIONSHIPS
from graph.store.tokens import used_parameters
from graph.store.view import GraphView
from graph.store.writer import GraphWriter

_T = TypeVar("_T")

# The driver logs each retry; the user gets one line, from our errors.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_FIND_NAMES = "CALL db.index.fulltext.queryNodes('entity_names', $query) YIELD node RETURN node.id AS id"
_MAKE_KNOWN = (
    "UNWIND $labels AS name CALL db.createLabel(name)",
    "UNWIND $types AS name CALL db.createRelationshipType(name)",
    "UNWIND $keys AS name CALL db.createProperty(name)",
)
_CONNECT = 10.0
_RETRY = 15.0


def schema_statements() -> list[str]:
    """Uniqueness constraints and indexes; harmless where they exist."""
    return [
        *(
            f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
            for label in NODES
            if label != "Word"
        ),
        *(
            f"CREATE INDEX {label.lower()}_{'_'.join(properties)} IF NOT EXISTS "
            f"FOR (n:{label}) ON ({', '.join(f'n.{p}' for p in properties)})"
            for label, properties in INDEXES
        ),
        *(
            f"CREATE INDEX {type_.lower()}_{p} IF NOT EXISTS FOR ()-[e:{type_}]-() ON (e.{p})"
            for type_, p in EDGE_INDEXES
        ),
        "CREATE FULLTEXT INDEX entity_names IF NOT EXISTS FOR (n:Name) ON EACH [n.words] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
    ]


def known_names() -> dict[str, list[str]]:
    """What the layout has names for: `labels`, relationship `types` and property `keys`.

    Until some fact has one of them, a server warns of every query that speaks of it as of a slip of the pen.
    """
    tables = (*NODES.values(), *(properties for _, properties in RELATIONSHIPS.values()))
    keys = {key for properties in tables for key in properties}
    return {"labels": list(NODES), "types": list(RELATIONSHIPS), "keys": sorted(keys | {"dump", "emptied"})}


class Neo4jStore:
    """A store on a Neo4j server; see `base.Store`. `database` None: the user's home database.

    `remark` is told what the server notes about our queries, one line each.

    Raises:
        StoreUnavailable: no server, wrong password, no such database.
        StoreError: nothing ingested there yet (and not `create`), or other data under our labels.
        StoreVersionError: another version of nhsgraph filled it.
    """

    def __init__(
        self,
        address: str,
        *,
        username: str,
        password: str,
        database: str | None = None,
        create: bool = False,
        read_only: bool = False,
        remark: Callable[[str], None] | None = None,
    ) -> None:
        self._address = address
        self._read_only = read_only
        self._session = _Session(address, username, password, database, remark)
        try:
            self._session.prepare(create=create and not read_only)
        except BaseException:
            self._session.close()
            raise

    @property
    def address(self) -> str:
        return self._address

    def writer(self) -> GraphWriter:
        if self._read_only:
            raise StoreError(f"{self._address} is open for reading only")
        return GraphWriter(self._session)

    def view(self) -> GraphView:
        return GraphView(self._session)

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Running:
    """A driver's transaction as the shared code sees it."""

    def __init__(self, tx: neo4j.ManagedTransaction, remark: Callable[[str], None] | None = None) -> None:
        self._tx = tx
        self._remark = remark

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, most: int | None = None) -> list[Row]:
        # The driver asks for literal text; ours is made from the schema's names, values are parameters.
        result = self._tx.run(cypher, used_parameters(cypher, parameters))
        rows: list[Row] = [dict(zip(r.keys(), map(_plain, r.values()), strict=True)) for r in islice(result, most)]
        if self._remark:
            for status in result.consume().gql_status_objects:
                if status.is_notification:
                    self._remark(f"Neo4j: {status.status_description}")
        return rows


@contextmanager
def connected(address: str, *, username: str, password: str, database: str | None) -> Iterator[_Session]:
    """A session on a server, whatever the layout of its graph: for `migration`.

    Raises:
        StoreUnavailable: no server, wrong password, no such database.
    """
    session = _Session(address, username, password, database)
    try:
        session.connect()
        yield session
    finally:
        session.close()


class _Session:
    kind_labels = True
    full_text = True

    def __init__(
        self,
        address: str,
        username: str,
        password: str,
        database: str | None,
        remark: Callable[[str], None] | None = None,
    ) -> None:
        self._address = address
        self._database = database
        self._remark = remark
        try:
            self._driver = neo4j.GraphDatabase.driver(
                address,
                auth=(username, password),
                connection_timeout=_CONNECT,
                connection_acquisition_timeout=_CONNECT,
                max_transaction_retry_time=_RETRY,
                notifications_min_severity="INFORMATION" if remark else "OFF",
            )
        except (ConfigurationError, ValueError) as error:
            raise StoreError(f"{address} is no Neo4j address: {_sentence(error)}") from error
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def prepare(self, *, create: bool) -> None:
        """Check that the server answers and what it holds; lay out an empty database."""
        self.connect()
        meta = self.meta()
        if meta is None:
            self._begin(create=create)
        else:
            check_layout(self._address, meta["version"], meta["dump"])

    def connect(self) -> None:
        """Check that the server answers and lets us in.

        Raises:
            StoreUnavailable: no server, wrong password, no such database.
        """
        try:
            # Not retried, unlike a transaction function: who mistyped an address wants to know at once.
            with self._driver.session(database=self._database) as session:
                session.run("RETURN 1").consume()
        except (Neo4jError, DriverError) as error:
            raise self._unavailable(error) from error
        except ValueError as error:
            raise StoreError(f"{self._address} is no Neo4j address: {_sentence(error)}") from error

    def meta(self) -> Row | None:
        """The graph's layout (`version`), and of one being migrated its `dump` and the layout it was `emptied` for."""
        rows = self.read(
            "MATCH (m:Meta {id: 'schema'}) RETURN m.version AS version, m.dump AS dump, m.emptied AS emptied"
        )
        return rows[0] if rows else None

    def _begin(self, *, create: bool) -> None:
        if not create:
            raise StoreError(f"No graph in {self._address} yet: run `nhsgraph ingest` first, or name another store")
        if self.read(f"MATCH (n:{'|'.join(NODES)}) RETURN n.id AS id LIMIT 1"):
            raise StoreError(f"{self._address} holds other data under our labels: name an empty database")
        self.lay_out()
        query = "MERGE (m:Meta {id: 'schema'}) SET m.version = $version"
        self.write(lambda tx: tx.run(query, {"version": SCHEMA_VERSION}))

    def lay_out(self) -> None:
        """Make the constraints, indexes and names of this version's layout, where they are missing."""
        try:
            with self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session:
                for statement in schema_statements():
                    session.run(statement).consume()
                for statement in _MAKE_KNOWN:
                    session.run(statement, known_names()).consume()
                session.run("CALL db.awaitIndexes(60)").consume()
        except (Neo4jError, DriverError) as error:
            raise self._failure(error) from error

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        most: int | None = None,
    ) -> list[Row]:
        @neo4j.unit_of_work(timeout=timeout)
        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            return _Running(tx, self._remark).run(cypher, parameters, most=most)

        try:
            with self._driver.session(
                database=self._database, default_access_mode=neo4j.READ_ACCESS, bookmark_manager=self._bookmarks
            ) as session:
                return session.execute_read(work)
        except (AuthError, ServiceUnavailable) as error:
            raise self._unavailable(error) from error
        except (Neo4jError, DriverError) as error:
            if "TransactionTimedOut" in (getattr(error, "code", None) or ""):
                raise QueryError("The query took too long: narrow it down, or allow more time") from error
            sentence, place = from_neo4j(getattr(error, "message", None) or str(error))
            raise QueryError(sentence, place=place) from error

    def find_names(self, every: Sequence[str], either: Sequence[str]) -> list[str]:
        """See `base.Session.find_names`."""
        groups = [" AND ".join(map(_quoted, every)), *map(_quoted, either)]
        query = " OR ".join(f"({g})" for g in groups if g)
        return [r["id"] for r in self.read(_FIND_NAMES, {"query": query})] if query else []

    def write(self, work: Callable[[Transaction], _T]) -> _T:
        try:
            with self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session:
                return session.execute_write(lambda tx: work(_Running(tx)))
        except (Neo4jError, DriverError) as error:
            raise self._failure(error) from error

    def close(self) -> None:
        self._driver.close()

    def _failure(self, error: Exception) -> StoreError:
        if isinstance(error, (AuthError, ServiceUnavailable)):
            return self._unavailable(error)
        return StoreError(f"Writing to {self._address} failed, nothing was changed: {_sentence(error)}")

    def _unavailable(self, error: Exception) -> StoreUnavailable:
        if isinstance(error, AuthError):
            return StoreUnavailable(
                f"{self._address} refuses that user or password: set NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        if isinstance(error, ClientError) and "Database" in (error.code or ""):
            return StoreUnavailable(
                f"{self._address} has no database {self._database}: set NEO4J_DATABASE to one it has"
            )
        return StoreUnavailable(f"No Neo4j server answers at {self._address}: start it, or correct the address")


def _plain(value: Any) -> Any:
    """The driver's value as plain Python, equal to what Ladybug's becomes (see `embedded`)."""
    if isinstance(value, Node):
        return {"label": _label(value), **_properties(value)}
    if isinstance(value, Relationship):
        return {"type": value.type, **_properties(value)}
    if isinstance(value, Path):
        ids = {n.element_id: n.get("id") for n in value.nodes}
        links = []
        for rel in value.relationships:
            source, target = (ids.get(n.element_id) if n else None for n in rel.nodes)
            links.append({"type": rel.type, "source": source, "target": target, **_properties(rel)})
        return {"nodes": [_plain(n) for n in value.nodes], "relationships": links}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value


def _quoted(word: str) -> str:
    """A word as a term of the full-text index's own query language."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _label(node: Node) -> str:
    return min(node.labels, key=lambda x: (x not in NODES, x), default="")


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {k: _plain(v) for k, v in sorted(entity.items())}


def _sentence(error: Exception) -> str:
    """The server's message on one line."""
    text = getattr(error, "message", None) or str(error)
    return " ".join(str(text).split())[:300]
