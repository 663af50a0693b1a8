"""What the graph says of one body: its links, its lineage, and its history by date.

A body inherits what was said of those it succeeded: the links of its predecessors, however far
back, are its links too, each marked with the body that it was said of. Successors are named,
but what was said of them is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import UnknownName
from graph.model import Edge, Entity, Evidence, Subgraph
from graph.schema import PREDICATES, SUCCEEDED_BY
from graph.store.base import View

if TYPE_CHECKING:
    from graph.analysis import Step

_ENDS = (
    f"MATCH (a:Organisation|Person)-[e:{'|'.join((*PREDICATES, SUCCEEDED_BY))}]->(b:Organisation|Person) "
    "WHERE coalesce(e.confidence, 1.0) >= $min_confidence RETURN a.id AS source, b.id AS target ORDER BY source, target"
)


@dataclass(frozen=True, slots=True)
class Link:
    """One edge seen from the body asked about.

    `direction` is "out", "in" or "both" (no direction); `other` is None for a DEFICIT; `said_of` is
    the predecessor at whose name the link stands, None where it is the body itself.
    """

    predicate: str
    direction: str
    other: Entity | None
    edge: Edge
    said_of: Entity | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A predecessor or successor, and when one passed into the other (None: not known)."""

    entity: Entity
    date: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A body with its links (in the schema's order of predicates, newest first) and its lineage."""

    entity: Entity
    links: tuple[Link, ...]
    predecessors: tuple[Relative, ...] = ()
    successors: tuple[Relative, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A dated entry of a body's history: a statement (`evidence` says where), or a fact of the register."""

    date: date | None
    predicate: str
    direction: str
    other: Entity | None
    evidence: Evidence | None
    said_of: Entity | None = None


def profile(view: View, id: str, *, lineage: bool = True, min_confidence: float = 0.0) -> Profile:
    """Everything that links to a body.

    Without `lineage`, the links of predecessors are left out; the predecessors are named all the same.

    Raises:
        UnknownName: the store has no such id.
    """
    entity = _known(view, id)
    links: list[Link] = []
    before: dict[str, Relative] = {}
    after: dict[str, Relative] = {}
    asked, generation, seen = entity.id, [entity.id], {entity.id}
    while generation:
        # One question for a whole generation: a body such as NHS England has a dozen predecessors.
        around = view.subgraph(generation, depth=1, min_confidence=min_confidence, between=False)
        known = {node.id: node for node in around.nodes}
        older: list[str] = []
        for edge in around.edges:
            ends = dict.fromkeys((edge.source, edge.target))
            if edge.predicate != SUCCEEDED_BY:
                for id in (i for i in ends if i in generation):
                    other = known[edge.target if edge.source == id else edge.source]
                    links.append(_link(edge, known[id], other, None if id == asked else known[id]))
                continue
            if edge.target in generation and edge.source not in seen:
                seen.add(edge.source)
                older.append(edge.source)
                before[edge.source] = Relative(known[edge.source], edge.first_seen)
            elif edge.source == asked:
                after[edge.target] = Relative(known[edge.target], edge.first_seen)
        generation = older if lineage else []
    order = {name: place for place, name in enumerate(PREDICATES)}
    links.sort(key=lambda x: (order[x.predicate], _newest_first(x.edge.last_seen), x.edge.source, x.edge.target))
    return Profile(entity, tuple(links), tuple(before.values()), tuple(after.values()))


def timeline(found: Profile) -> list[Event]:
    """The history of a body: every statement by the date of its briefing, and what the register dates.

    Oldest first; entries whose date is not known come last.
    """
    body = found.entity
    events = [
        Event(evidence.published, link.predicate, link.direction, link.other, evidence, link.said_of)
        for link in found.links
        for evidence in link.edge.evidence
    ]
    events += [Event(r.date, SUCCEEDED_BY, "in", r.entity, None) for r in found.predecessors]
    events += [Event(r.date, SUCCEEDED_BY, "out", r.entity, None) for r in found.successors]
    events += [
        Event(day, name, "out", None, None) for day, name in ((body.opened, "OPENED"), (body.closed, "CLOSED")) if day
    ]
    return sorted(
        events, key=lambda e: (e.date is None, e.date or date.min, e.predicate, e.other.id if e.other else "")
    )


def connection(view: View, a: str, b: str, *, min_confidence: float = 0.0) -> list[Step] | None:
    """The shortest connection between two ids: None where there is none, empty where they are one.

    Raises:
        UnknownName: the store has no such id.
    """
    from graph.analysis import shortest_path

    a, b = (_known(view, id).id for id in (a, b))
    # The way is found on bare ends, since fetching everybody's evidence would take much longer.
    ends = view.rows(_ENDS, {"min_confidence": min_confidence})
    bare = {str(row[end]) for row in ends for end in ("source", "target")} | {a, b}
    edges = tuple(Edge(str(row["source"]), str(row["target"]), "") for row in ends)
    way = shortest_path(Subgraph(tuple(Entity(id, "", "other") for id in sorted(bare)), edges), a, b)
    if way is None:
        return None
    stops = (a, *(step.end.id for step in way))
    return shortest_path(view.subgraph(stops, depth=0, min_confidence=min_confidence), a, b)


def _known(view: View, id: str) -> Entity:
    entity = view.entity(id)
    if entity is None:
        raise UnknownName(f"{id!r} is not in this store; look names up with `nhsgraph org NAME`")
    return entity


def _link(edge: Edge, body: Entity, other: Entity, said_of: Entity | None) -> Link:
    if edge.source == edge.target:
        # A DEFICIT has no other party; talks within one collective have the collective at both ends.
        alone = not PREDICATES[edge.predicate].objects
        return Link(edge.predicate, "out" if alone else "both", None if alone else other, edge, said_of)
    if PREDICATES[edge.predicate].symmetric:
        return Link(edge.predicate, "both", other, edge, said_of)
    return Link(edge.predicate, "out" if edge.source == body.id else "in", other, edge, said_of)


def _newest_first(day: date | None) -> int:
    return -(day.toordinal() if day else 0)
