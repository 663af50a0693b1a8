"""Which system and which region an entity belongs to, as far as a subgraph tells.

A body stands in the integrated care system (ICS) that it is part of: as in `graph.membership`, which reads a
store, the register counts before a briefing, and of several links the surest. A person stands with the body
of their newest post, one that they still hold before one that they left. A body without a region takes that of its
system, where all that the subgraph knows of the system agrees. Who belongs nowhere is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from graph.model import Edge, Entity, Subgraph
from graph.schema import PERSON
from graph.style import firmness, label_text, short_name

_ICS = "ics"


def systems_of(subgraph: Subgraph, systems: Mapping[str, str]) -> dict[str, str]:
    """Short name of the system by entity id; `systems` (id to name) goes before what the links say."""
    entities = {e.id: e for e in subgraph.nodes}
    wholes = _ranked(
        (e for e in subgraph.edges if e.predicate == "PART_OF" and e.source != e.target),
        lambda e: (e.origin != "register", -e.confidence, e.target),
    )
    told = {e.id: systems.get(e.id) or (e.name if e.kind == _ICS else "") for e in subgraph.nodes}
    found = {}
    for entity in subgraph.nodes:
        # A trust may be part of an ICB that is part of a system; `seen` ends a walk in a circle.
        here, seen = entity.id, {entity.id}
        while not told[here]:
            ahead = [whole for whole in wholes.get(here, ()) if whole in entities and whole not in seen]
            if not ahead:
                break
            here = next((whole for whole in ahead if entities[whole].kind == _ICS), ahead[0])
            seen.add(here)
        if label_text(told[here]):
            found[entity.id] = short_name(Entity(here, told[here], _ICS))
    return _with_people(subgraph, found)


def regions_of(subgraph: Subgraph, systems: Mapping[str, str]) -> dict[str, str]:
    """Region by entity id; `systems` as for `systems_of`."""
    found = {e.id: e.region for e in subgraph.nodes if e.region}
    people = {e.id for e in subgraph.nodes if e.kind == PERSON}
    system = {id: name for id, name in systems_of(subgraph, systems).items() if id not in people}
    known: dict[str, set[str]] = {}
    for id, name in system.items():
        if id in found:
            known.setdefault(name, set()).add(found[id])
    alike = {name: regions.pop() for name, regions in known.items() if len(regions) == 1}
    inherited = {id: alike[name] for id, name in system.items() if name in alike}
    return _with_people(subgraph, inherited | found)


def posts_of(subgraph: Subgraph) -> dict[str, str]:
    """The body of a person's newest post by the person's id; one still held goes before one that was left."""
    people = {e.id for e in subgraph.nodes if e.kind == PERSON}
    posts = _ranked(
        (e for e in subgraph.edges if e.predicate == "HOLDS_ROLE" and e.source in people),
        lambda e: (firmness(e) == "over", -(e.last_seen or e.first_seen or date.min).toordinal(), e.target),
    )
    return {person: bodies[0] for person, bodies in posts.items()}


def _with_people(subgraph: Subgraph, found: Mapping[str, str]) -> dict[str, str]:
    """The same table with people, each where the body of their newest post stands."""
    return {person: found[body] for person, body in posts_of(subgraph).items() if body in found} | dict(found)


def _ranked(edges: Iterable[Edge], rank: Callable[[Edge], tuple[object, ...]]) -> dict[str, list[str]]:
    """Targets by source, that of the link with the lowest rank first."""
    families: dict[str, list[Edge]] = {}
    for edge in edges:
        families.setdefault(edge.source, []).append(edge)
    return {source: [edge.target for edge in sorted(family, key=rank)] for source, family in families.items()}
