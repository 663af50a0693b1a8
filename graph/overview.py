"""A graph too large to draw as a tree of groups, no level of which has more parts than a page can show.

Groups are opened one at a time. Who is linked only with one hub stands in a group with the others of that hub,
the rest with those that they are linked with most. Nothing hangs on the order of a subgraph's parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import networkx as nx

from graph.analysis import link_weights, louvain, to_networkx
from graph.errors import InputError
from graph.grouping import Group, Names
from graph.model import Subgraph

_LEAVES = 8
"""A hub with more entities than this that nobody else knows shows them as one part."""
_TOP = 60
_SMALLEST = 3
_MANY = 8
_APART = "Not linked with the rest"
_OTHERS = "Others"


def overview(subgraph: Subgraph, *, most: int = 120) -> tuple[Group, ...]:
    """Group a graph too large to draw into a tree that opens one group at a time.

    Parameters
    ----------
    subgraph : Subgraph
    most : int
        Parts (entities and groups together) that any level may have; at least 2.

    Returns
    -------
    tuple of Group
        Entities whose only neighbour is the same body stand in a group of their own ("34 linked
        only with NHS England"), inside the community of that body. Entities in no group belong to
        the top level: they are few, or the graph is small.

    Raises
    ------
    InputError
        `most` is below 2, or an edge names an entity that the subgraph does not hold.
    """
    if most < 2:
        raise InputError(f"a level of an overview needs room for 2 parts at least, not {most}")
    return _Overview(subgraph, most).groups()


def divided(subgraph: Subgraph, groups: Sequence[Group], *, most: int = 120) -> tuple[Group, ...]:
    """Make groups fit for a graph too large to draw: those of more than `most` entities are divided as by `overview`.

    So are the entities in no group, where there are so many; they then stand in groups of their own.
    """
    grouped = {member for group in groups for member in group.members}
    rest = [entity.id for entity in subgraph.nodes if entity.id not in grouped]
    apart = _within(subgraph, rest, most) if len(rest) > most else ()
    return (*(_divided(subgraph, group, most) for group in groups), *apart)


def _divided(subgraph: Subgraph, group: Group, most: int) -> Group:
    if len(group.members) <= most:
        return group
    inner = _within(subgraph, group.members, most)
    inside = {member for one in inner for member in _members(one)}
    return Group(group.name, tuple(member for member in group.members if member not in inside), inner)


def _within(subgraph: Subgraph, members: Sequence[str], most: int) -> tuple[Group, ...]:
    """The overview of some entities and the links between them."""
    chosen = set(members)
    nodes = tuple(entity for entity in subgraph.nodes if entity.id in chosen)
    edges = tuple(edge for edge in subgraph.edges if edge.source in chosen and edge.target in chosen)
    # They may well be linked with those of other groups.
    return _Overview(Subgraph(nodes, edges), most, apart=_OTHERS).groups()


class _Overview:
    """The parts of a graph: entities, and bundles of a hub's leaves under the id of the first of them."""

    def __init__(self, subgraph: Subgraph, most: int, apart: str = _APART) -> None:
        self._most, self._apart = most, apart
        self._names = Names(subgraph)
        self._graph: nx.Graph[str] = nx.Graph()
        self._graph.add_nodes_from(sorted(to_networkx(subgraph)))
        for (first, second), weight in link_weights(subgraph).items():
            self._graph.add_edge(first, second, weight=weight)
        self._bundles: dict[str, Group] = {}
        for hub, leaves in self._leaves().items():
            name = f"{len(leaves):,} linked only with {self._names.short(hub)}"
            self._bundles[leaves[0]] = Group(name, *self._chunked(leaves))
            self._graph.remove_nodes_from(leaves[1:])

    def groups(self) -> tuple[Group, ...]:
        parts = list(self._graph)
        if len(parts) <= self._most:
            return self._level(parts)[1]
        whole = sorted((sorted(part) for part in nx.connected_components(self._graph)), key=lambda p: (-len(p), p))
        far = [id for part in whole[1:] if len(part) < len(whole[0]) // 10 + 1 for id in part]
        near = sorted(set(parts).difference(far))
        most = min(_TOP, self._most) - 1
        found = self._groups(self._divided(near, most)) if len(near) > 1 else ()
        return found + (Group(self._apart, *self._level(far)),) * bool(far)

    def _leaves(self) -> dict[str, list[str]]:
        """Hub to the entities that only it is linked with, where they are many."""
        found: dict[str, list[str]] = {}
        for id in self._graph:
            if self._graph.degree(id) == 1:
                (hub,) = self._graph[id]
                if self._graph.degree(hub) > 1:
                    found.setdefault(hub, []).append(id)
        return {hub: sorted(leaves, key=self._names.order) for hub, leaves in found.items() if len(leaves) > _LEAVES}

    def _level(self, parts: Sequence[str]) -> tuple[tuple[str, ...], tuple[Group, ...]]:
        """Members and groups that stand for these parts, no more than `most` together."""
        if len(parts) > self._most:
            return (), self._groups(self._divided(parts, self._most))
        alone = tuple(sorted(id for id in parts if id not in self._bundles))
        return alone, tuple(self._bundles[id] for id in sorted(parts) if id in self._bundles)

    def _groups(self, divided: Iterable[Sequence[str]]) -> tuple[Group, ...]:
        found = []
        for parts in divided:
            if len(parts) == 1 and parts[0] in self._bundles:
                found.append(self._bundles[parts[0]])
            else:
                found.append(Group(self._names.of(self._inside(parts)), *self._level(parts)))
        return tuple(found)

    def _inside(self, parts: Iterable[str]) -> list[str]:
        return [id for part in parts for id in (_members(self._bundles[part]) if part in self._bundles else (part,))]

    def _divided(self, parts: Sequence[str], most: int) -> list[list[str]]:
        """Two to `most` sets of parts that are linked more with each other than with the rest."""
        graph = self._graph.subgraph(parts)
        ordered: nx.Graph[str] = nx.Graph()
        ordered.add_nodes_from(sorted(graph))
        ordered.add_edges_from(sorted((min(a, b), max(a, b), data) for a, b, data in graph.edges(data=True)))
        loose = [id for id in ordered if not ordered.degree(id)]
        linked = ordered.copy()
        linked.remove_nodes_from(loose)
        sets = [list(group) for group in louvain(linked)] + [loose] * bool(loose)
        sets.sort(key=len, reverse=True)
        if len(sets) > _MANY * most:
            # Bits and pieces: nothing tells which belong together.
            return _cut([id for found in sets for id in sorted(found)], most, self._most)
        if len(sets) == 1 or len(sets[0]) > 0.9 * len(parts):
            return _cut(sorted(parts, key=self._names.order), most, self._most)
        where = {id: number for number, group in enumerate(sets) for id in group}
        kept = dict(enumerate(sets))
        # The smallest joins the one it is linked with most, until few enough are left.
        while len(kept) > most or (len(kept) > 2 and min(map(len, kept.values())) < _SMALLEST):
            least = min(kept, key=lambda number: (len(kept[number]), number))
            pull: Counter[int] = Counter()
            for id in kept[least]:
                for other, data in ordered[id].items():
                    if where[other] != least:
                        pull[where[other]] += data["weight"]
            others = [number for number in kept if number != least]
            into = min(others, key=lambda number: (-pull[number], len(kept[number]), number))
            for id in kept[least]:
                where[id] = into
            kept[into] = kept[into] + kept.pop(least)
        return sorted((sorted(group) for group in kept.values()), key=lambda group: (-len(group), group))

    def _chunked(self, ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[Group, ...]]:
        """Entities nothing tells apart, in the order given: as they are, or in runs named after their ends."""
        if len(ids) <= self._most:
            return tuple(ids), ()
        found = []
        for run in _cut(ids, self._most, self._most):
            name = f"{self._names.short(run[0])} to {self._names.short(run[-1])}"
            found.append(Group(name, *self._chunked(run)))
        return (), tuple(found)


def _cut(ids: Sequence[str], most: int, size: int) -> list[list[str]]:
    """At most `most` runs of even length, of up to `size` each where that is enough."""
    count = min(max(2, -(-len(ids) // size)), most)
    ends = [len(ids) * number // count for number in range(count + 1)]
    return [list(ids[start:end]) for start, end in pairwise(ends)]


def _members(group: Group) -> tuple[str, ...]:
    return group.members + tuple(member for inner in group.groups for member in _members(inner))
