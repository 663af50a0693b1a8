"""Small graphs and ways to read groups, for the tests of groups and overviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.grouping import Group
from graph.model import Edge, Entity, Subgraph


def names(groups: Sequence[Group]) -> dict[str, tuple[str, ...]]:
    return {group.name: group.members for group in groups}


def everyone(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield from group.members
        yield from everyone(group.groups)


def star(hub: str, leaves: int, kind: str = "person") -> Subgraph:
    nodes = [Entity(hub, hub.title(), "trust")]
    nodes += [Entity(f"{hub}-{i:03}", f"Person {i:03}", kind) for i in range(leaves)]
    return Subgraph(tuple(nodes), tuple(Edge(node.id, hub, "HOLDS_ROLE") for node in nodes[1:]))
