"""Which entities belong together on a map: by system, region, community or kind, or by closeness alone.

`grouped` answers a reader's question ("who is in the same system?") with one level of groups; who
belongs nowhere stays outside. `overview` makes a graph of thousands readable: a tree of groups, no
level of which has more parts than a page can show. Nothing hangs on the order of a subgraph's
parts: ids decide wherever numbers do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from graph.analysis import communities, link_weights, louvain, to_networkx
from graph.belonging import regions_of, systems_of
from graph.errors import InputError
from graph.model import Subgraph
from graph.schema import KINDS
from graph.style import short_name

GROUPINGS = ("system", "region", "community", "kind")

_SMALLEST_COMMUNITY = 3
_LEAVES = 8
"""A hub with more entities than this that nobody else knows shows them as one part."""
_TOP = 60
_APART = "Not linked with the rest"
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Group:
    """Entities that belong together: ids directly in it, and smaller groups inside it."""

    name: str
    members: tuple[str, ...]
    groups: tuple[Group, ...] = ()


def grouped(subgraph: Subgraph, by: str, *, systems: Mapping[str, str] = _NOTHING) -> tuple[Group, ...]:
    """Group the entities of a subgraph.

    Parameters
    ----------
    subgraph : Subgraph
    by : str
        "system" (the integrated care system; people stand with the body of their newest post),
        "region", "community" (linked more with each other than with the rest) or "kind".
    systems : mapping of str to str, optional
        Entity id to the name of its system, which goes before what the links say.

    Returns
    -------
    tuple of Group
        One level; an entity stands in one group at most. Systems and regions by name, communities
        largest first (none of fewer than 3), kinds in the schema's order.

    Raises
    ------
    InputError
        No such grouping, or an edge names an entity that the subgraph does not hold.
    """
    to_networkx(subgraph)
    if by == "system":
        return _sorted(systems_of(subgraph, systems))
    if by == "region":
        return _sorted(regions_of(subgraph, systems))
    if by == "kind":
        order = {kind.caption: number for number, kind in enumerate(KINDS.values())}
        found = _sorted({e.id: KINDS[e.kind].caption for e in subgraph.nodes})
        return tuple(sorted(found, key=lambda group: order[group.name]))
    if by == "community":
        names = _Names(subgraph)
        found = tuple(Group(names.of(members), members) for members in communities(subgraph))
        return tuple(group for group in found if len(group.members) >= _SMALLEST_COMMUNITY)
    raise InputError(f"can't group by {by!r}; choose one of {', '.join(GROUPINGS)}")


def _sorted(belongs: Mapping[str, str]) -> tuple[Group, ...]:
    """Groups by name, of an entity-to-name table."""
    groups: dict[str, list[str]] = {}
    for member, name in sorted(belongs.items()):
        groups.setdefault(name, []).append(member)
    return tuple(Group(name, tuple(members)) for name, members in sorted(groups.items()))


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


class _Names:
    """Names of groups that tell who is inside."""

    def __init__(self, subgraph: Subgraph) -> None:
        self.entities = {e.id: e for e in subgraph.nodes}
        self._links = Counter(end for edge in subgraph.edges for end in {edge.source, edge.target})

    def short(self, id: str) -> str:
        return short_name(self.entities[id])

    def of(self, members: Sequence[str]) -> str:
        """After the two most linked: "NHS England, CQC and 12 more"."""
        first = sorted(members, key=lambda id: (-self._links[id], id))[:2]
        names, more = [self.short(id) for id in first], len(members) - len(first)
        return f"{', '.join(names)} and {more:,} more" if more else " and ".join(names)

    def order(self, id: str) -> tuple[str, str, str]:
        """By kind, then by name."""
        return self.entities[id].kind, self.short(id).casefold(), id


class _Overview:
    """The parts of a graph: entities, and bundles of a hub's leaves under the id of the first of them."""

    def __init__(self, subgraph: Subgraph, most: int) -> None:
        self._most = most
        self._names = _Names(subgraph)
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
        return found + (Group(_APART, *self._level(far)),) * bool(far)

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
        if len(sets) == 1 or len(sets[0]) > 0.9 * len(parts):
            return _cut(sorted(parts, key=self._names.order), most, self._most)
        where = {id: number for number, group in enumerate(sets) for id in group}
        kept = dict(enumerate(sets))
        # The smallest joins the one it is linked with most, until few enough are left.
        while len(kept) > most or (len(kept) > 2 and min(map(len, kept.values())) < _SMALLEST_COMMUNITY):
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
