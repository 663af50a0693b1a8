"""The graph as of a day: what briefings had said of each link by then, and what changed between two days.

A link is in one state until a later statement moves one of its attributes or dates; its states are
derived by the rule that derives the stored edge (`graph.store.derive`). A succession has its date; another link
of the register stands on a day on which both its ends existed. What an undated briefing says counts from the start,
or from when both ends existed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from graph.model import Edge, Entity, Evidence, Subgraph
from graph.schema import SUCCEEDED_BY
from graph.store.derive import ATTRIBUTES, derive

Change = Literal["new", "changed", "same"]
Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class State:
    """A link from `since` (None: the start) until its next state: the edge as it stood, with the evidence by then."""

    since: date | None
    edge: Edge


def states(edge: Edge) -> tuple[State, ...]:
    """Every state of a link, oldest first; the last one is the edge as it is now."""
    days = _days(edge)
    return tuple(State(day, edge if day == days[-1] else _by(edge, day)) for day in days)


def lived(edge: Edge, entities: Mapping[str, Entity]) -> Span:
    """From when and until when a link can stand: of the register, while both its ends exist (None: not known, or ever).

    One of which an undated briefing tells can't stand before both ends existed, unless a dated one told of it then.
    """
    ends = [entities[end] for end in (edge.source, edge.target) if end in entities]
    opened = max((e.opened for e in ends if e.opened), default=None)
    if edge.predicate == SUCCEEDED_BY:
        return None, None
    if edge.origin != "register":
        undated = any(found.published is None for found in edge.evidence)
        early = edge.first_seen is not None and opened is not None and edge.first_seen < opened
        return (edge.first_seen if early else opened) if undated else None, None
    return opened, min((e.closed for e in ends if e.closed), default=None)


def state(edge: Edge, day: date | None, span: Span = (None, None)) -> Edge | None:
    """The link as of the end of a day (None: as it is now); None where nothing was said of it by then.

    Outside its `span` (see `lived`) there is none either.
    """
    if day is None:
        return edge
    opened, closed = span
    if (opened and day < opened) or (closed and day > closed):
        return None
    days = _days(edge)
    held = [since for since in days if since is None or since <= day]
    if not held:
        return None
    return edge if len(held) == len(days) else _by(edge, held[-1])


def as_of(subgraph: Subgraph, day: date | None = None, *, since: date | None = None, least: float = 0.0) -> Subgraph:
    """The subgraph as of the end of a day (None: now); with `since`, only links spoken of from that day on.

    Links of which one was less sure then than `least` are left out; memberships of the register are not spoken of.

    Entities stay that are asked for or that a link is left at: when others were first named is not known.
    """
    if day is None and since is None:
        return subgraph
    edges = tuple(edge for edge in _standing(subgraph, day, since) if edge.confidence >= least)
    left = {end for edge in edges for end in (edge.source, edge.target)} | set(subgraph.focus)
    nodes = tuple(node for node in subgraph.nodes if node.id in left)
    return replace(subgraph, nodes=nodes, edges=edges)


def change(edge: Edge, before: date, after: date, span: Span = (None, None)) -> Change | None:
    """What became of a link between the ends of two days; None where it was not there by the later one."""
    old, new = state(edge, before, span), state(edge, after, span)
    if new is None:
        return None
    if old is None:
        return "new"
    return "same" if _look(old) == _look(new) else "changed"


def gone(subgraph: Subgraph, before: date, after: date) -> int:
    """How many links stood at the end of the earlier day, and no more at the end of the later one."""
    entities = {entity.id: entity for entity in subgraph.nodes}
    spans = ((edge, lived(edge, entities)) for edge in subgraph.edges)
    return sum(state(edge, before, span) is not None and state(edge, after, span) is None for edge, span in spans)


def _days(edge: Edge) -> list[date | None]:
    """The days from which a link is in another state, the first one first."""
    if edge.predicate == SUCCEEDED_BY:
        return [edge.first_seen]
    days: set[date | None] = {found.published for found in edge.evidence}
    if edge.origin == "register" or not edge.evidence:
        days.add(None)
    return sorted(days, key=lambda day: day or date.min)


def _standing(subgraph: Subgraph, day: date | None, since: date | None) -> Iterator[Edge]:
    entities = {entity.id: entity for entity in subgraph.nodes}
    for edge in subgraph.edges:
        found = state(edge, day, lived(edge, entities))
        lasting = edge.origin == "register" and edge.predicate != SUCCEEDED_BY
        if found and (since is None or lasting or found.last_seen is None or found.last_seen >= since):
            yield found


def _by(edge: Edge, day: date | None) -> Edge:
    """The edge that follows from what was said by the end of a day (None: from undated briefings alone)."""
    said = tuple(e for e in edge.evidence if e.published is None or (day is not None and e.published <= day))
    # The quotes of a briefing come in the order in which they stand in it.
    rows = [_row(found, place) for place, found in enumerate(said)]
    values = derive(edge.predicate, rows, registered=edge.origin == "register") or {}
    known: dict[str, Any] = {name: values.get(name) for name in ATTRIBUTES}
    days = sorted(found.published for found in said if found.published)
    return replace(
        edge,
        **known,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        statements=len(said),
        briefings=len({found.briefing for found in said}),
        confidence=values.get("confidence", 1.0),
        evidence=said,
    )


def _row(found: Evidence, place: int) -> dict[str, Any]:
    return {
        "id": found.statement,
        "briefing": found.briefing,
        "start": place,
        "published": found.published.isoformat() if found.published else None,
        "confidence": found.confidence,
        "review": found.review,
        **{name: getattr(found, name) for name in ATTRIBUTES},
    }


def _look(edge: Edge) -> tuple[Any, ...]:
    return tuple(getattr(edge, name) for name in ATTRIBUTES)
