"""What a store is: three small protocols that the embedded file and Neo4j both keep.

A `Store` opens and closes; its `Writer` takes extractions and decisions; its `View` answers.
All Cypher that both stores share lives beside this module, so that they can't drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from graph.model import Decision, Entity, Extraction, Question, Row, Statement, Subgraph

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a write changed. A briefing is `added`, `replaced` (same path, other text) or `unchanged`."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One entity under which a person may look: all its names, and in how many briefings it stands."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    briefings: int


class Writer(Protocol):
    """Changes a store. Each call is atomic: it is done whole or not at all."""

    def add(self, extractions: Sequence[Extraction]) -> WriteResult:
        """Store a batch in one transaction. A briefing already there, same id, changes nothing."""
        ...

    def forget(self, briefing: str) -> int:
        """Take back what a briefing said: its statements, mentions, entities named nowhere else, derived
        edges of the touched pairs. Returns the number of statements removed.

        Raises:
            UnknownName: no such briefing.
        """
        ...

    def decide(self, decision: Decision) -> None:
        """Record a judgement and apply it; later ingests honour it."""
        ...


class View(Protocol):
    """Reads a store. Every method is read-only; rows come in a stable order."""

    def rows(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = 30.0,
        most: int | None = None,
    ) -> list[Row]:
        """Run read-only Cypher (Neo4j spelling) with parameters; values are plain Python (dates as ISO text).

        `timeout` is in seconds; rows beyond `most` are not fetched.

        Raises:
            QueryError: a write, a syntax error, or out of time.
        """
        ...

    def names(self) -> Sequence[NameEntry]:
        """Every entity's names."""
        ...

    def candidates(self, typed: str) -> Sequence[NameEntry]:
        """All whom a name as typed may mean, and some others, read through the index of names; in the order of ids."""
        ...

    def entity(self, id: str) -> Entity | None: ...

    def subgraph(
        self,
        ids: Iterable[str] | None = None,
        *,
        depth: int = 1,
        min_confidence: float = 0.0,
        between: bool = True,
        predicates: Collection[str] | None = None,
    ) -> Subgraph:
        """The entities within `depth` edges of `ids` (None: everything), with edges and their evidence.

        All the edges between them are there; without `between` only those crossed on the way (at
        depth 1: the edges of `ids` themselves). With `predicates` (lineage is SUCCEEDED_BY) there are no
        other edges; where `ids` is None too, no entities but those that these edges join.

        Raises:
            InputError: no such predicate.
        """
        ...

    def statements(self, *, entity: str | None = None, briefing: str | None = None) -> Sequence[Statement]:
        """Statements that stand (not rejected), oldest first."""
        ...

    def briefings(self) -> Sequence[Row]:
        """id, title, published, source, path, statements of every briefing."""
        ...

    def text(self, briefing: str) -> str | None:
        """The stored text of a briefing, into which offsets point."""
        ...

    def questions(self) -> Sequence[Question]:
        """Names that ingestion would not guess at, and persons who share a name and may be one."""
        ...

    def decisions(self) -> Sequence[Decision]: ...

    def stats(self) -> Row:
        """Counts: briefings, statements, entities by kind, edges by predicate, first and last date."""
        ...


class Store(Protocol):
    """An open store; use it as a context manager."""

    @property
    def address(self) -> str: ...

    def writer(self) -> Writer: ...

    def view(self) -> View: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Transaction(Protocol):
    """Runs shared Cypher (Neo4j's spelling) inside a transaction that reads and writes."""

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]: ...


class Session(Protocol):
    """The little that a store's library must do; writer and view are built on it, once for both stores."""

    @property
    def kind_labels(self) -> bool:
        """Whether an organisation's kind is a second label here."""
        ...

    @property
    def full_text(self) -> bool:
        """Whether a full-text index finds names here; else each `Word` leads to the names that hold it."""
        ...

    def find_names(self, every: Sequence[str], either: Sequence[str]) -> list[str]:
        """Ids of the entities whose names hold `every` word (if there is any), or one word of `either`."""
        ...

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        most: int | None = None,
    ) -> list[Row]:
        """Run a query that can't write; values are plain Python, equal on every store.

        Raises:
            QueryError: the store refused it, or it took more than `timeout` seconds (`most`: see `View.rows`).
        """
        ...

    def write(self, work: Callable[[Transaction], _T]) -> _T:
        """Do `work` in one transaction; it may be called again, from the start, after a passing fault."""
        ...
