"""Which entities belong together on a map: by system, region, community or kind.

Groups answer a reader's question ("who is in the same system?") with one level; who belongs nowhere
stays outside. Nothing hangs on the order of a subgraph's parts: ids decide wherever numbers do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis import communities, to_networkx
from graph.belonging import regions_of, systems_of
from graph.errors import InputError
from graph.model import Subgraph
from graph.schema import KINDS
from graph.style import short_name

GROUPINGS = ("system", "region", "community", "kind")

_SMALLEST_COMMUNITY = 3
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
        names = Names(subgraph)
        found = tuple(Group(names.of(members), members) for members in communities(subgraph))
        return tuple(group for group in found if len(group.members) >= _SMALLEST_COMMUNITY)
    raise InputError(f"can't group by {by!r}; choose one of {', '.join(GROUPINGS)}")


def _sorted(belongs: Mapping[str, str]) -> tuple[Group, ...]:
    """Groups by name, of an entity-to-name table."""
    groups: dict[str, list[str]] = {}
    for member, name in sorted(belongs.items()):
        groups.setdefault(name, []).append(member)
    return tuple(Group(name, tuple(members)) for name, members in sorted(groups.items()))


class Names:
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
