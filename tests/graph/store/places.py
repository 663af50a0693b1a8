"""Where an older graph can be made and migrated, and what today's version would have made of the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.model import Decision
from graph.store import Store, open_store
from graph.store.migration import Migration, migrate
from tests.graph.store.graphs import contents
from tests.graph.store.histories import decisions_last
from tests.graph.store.older import Step, older_file, older_graph, told
from tests.neo4j_server import Server, wipe

All = tuple[dict[str, list[str]], list[Decision]]


@dataclass(frozen=True)
class Place:
    """Where an older graph can be made and migrated: a file, or a server."""

    folder: Path
    server: Server | None = None
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.server.uri if self.server else str(self.folder / "graph.lbdb")

    def make(self, layout: int, steps: list[Step]) -> None:
        if self.server:
            wipe(self.server)
            older_graph(self.server, layout, steps)
        else:
            older_file(Path(self.address), layout, steps)

    def open(self, **options: Any) -> Store:
        return open_store(self.address, **self.given, **options)

    def migrate(self, **options: Any) -> Migration:
        return migrate(self.address, folder=self.folder, **self.given, **options)

    def all(self) -> All:
        with self.open(read_only=True) as store:
            return everything(store)


def everything(store: Store) -> All:
    return contents(store.view()), list(store.view().decisions())


def todays(place: Place, steps: list[Step]) -> All:
    """What today's version makes of the steps, on a store of the same type."""
    if place.server:
        wipe(place.server)
        with place.open(create=True) as store:
            told(store, steps)
            found = everything(store)
        wipe(place.server)
        return found
    with open_store(str(place.folder / "todays"), create=True) as store:
        told(store, steps)
        return everything(store)


def as_todays(layout: int, steps: list[Step]) -> list[Step]:
    """What is asked of today's version for comparison: layout 1 could not tell whom a decision meant."""
    return decisions_last(steps) if layout == 1 else steps
