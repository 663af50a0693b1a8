"""Where each entity stands on a map, worked out here, so that the page opens at once and never jumps.

A group is laid out by itself from the links inside it and takes a padded box, its area; areas and
ungrouped entities are then laid out by the links between them. So an opened group takes the place
that it had closed. Random numbers are seeded; the same Subgraph gives the same map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis import link_weights, to_networkx
from graph.errors import InputError
from graph.grouping import Group
from graph.layout.part import laid
from graph.layout.stress import Points
from graph.model import Subgraph

Part = str | int
"""A part of a level: an entity's id, or the number of a group."""
Path = tuple[int, ...]
"""The numbers of a group and of those it stands in, outermost first."""

_BOX = (70.0, 50.0)
_PADDING = 24.0
_TIDY = 250
"""Entities up to which a map is worth the time of lessening crossings."""
_MARGIN = 20.0
"""Pixels between two areas."""
_HEADING = 30.0
"""Pixels that an area keeps at its top for its name."""


@dataclass(frozen=True, slots=True)
class Area:
    """The box of a group: centre, size in pixels, the ids directly in it and the smaller areas inside."""

    name: str
    x: float
    y: float
    width: float
    height: float
    members: tuple[str, ...]
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places of all entities (pixels right of and below the centre, to 0.1) and areas of the outermost groups.

    `by` says what they follow: "links", one of `grouping.GROUPINGS`, or "overview".
    """

    by: str
    places: Mapping[str, tuple[float, float]]
    areas: tuple[Area, ...]


def arrange(
    subgraph: Subgraph,
    boxes: Mapping[str, tuple[float, float]] | None = None,
    *,
    by: str = "links",
    groups: Sequence[Group] = (),
    seed: int = 7,
) -> Arrangement:
    """Place every entity, groups as areas that hold their members and nobody else.

    Parameters
    ----------
    subgraph : Subgraph
    boxes : mapping of str to (float, float), optional
        Width and height in pixels to keep free around an entity id; 70 by 50 where not given.
    by : str
        What the groups follow; only handed on.
    groups : sequence of Group
    seed : int

    Returns
    -------
    Arrangement
        Its areas stand in the order of the groups. No box overlaps another, no area its sibling.

    Raises
    ------
    InputError
        An edge or a group names an entity that the subgraph does not hold, or an entity stands in two groups.
    """
    to_networkx(subgraph)
    known = {entity.id for entity in subgraph.nodes}
    home = _homes(groups)
    for id in home:
        if id not in known:
            raise InputError(f"a group names {id!r}, which the graph does not hold; group it again")
    free = tuple(sorted(known - home.keys()))
    level = _Level(Group("", free, tuple(groups)), (), _links(subgraph, home), boxes or {}, len(known) <= _TIDY, seed)
    places: dict[str, tuple[float, float]] = {}
    areas = level.at(0.0, 0.0, places)
    return Arrangement(by, {entity.id: places[entity.id] for entity in subgraph.nodes}, areas)


def _homes(groups: Sequence[Group]) -> dict[str, Path]:
    """Entity id to the path of the group it stands in."""
    found: dict[str, Path] = {}

    def walk(inner: Sequence[Group], path: Path) -> None:
        for number, group in enumerate(inner):
            here = (*path, number)
            for id in group.members:
                if id in found:
                    raise InputError(f"{id!r} stands in two groups; a map needs one place for each entity")
                found[id] = here
            walk(group.groups, here)

    walk(groups, ())
    return found


def _links(subgraph: Subgraph, home: Mapping[str, Path]) -> dict[Path, set[tuple[Part, Part]]]:
    """Linked parts of each level, by the level's path."""
    found: dict[Path, set[tuple[Part, Part]]] = {}
    for one, other in link_weights(subgraph):
        first, second = home.get(one, ()), home.get(other, ())
        shared = 0
        while shared < min(len(first), len(second)) and first[shared] == second[shared]:
            shared += 1
        pair: tuple[Part, Part] = (
            first[shared] if len(first) > shared else one,
            second[shared] if len(second) > shared else other,
        )
        found.setdefault(first[:shared], set()).add(pair)
    return found


class _Level:
    """A group laid out by itself: its parts' places from its middle, and its size."""

    def __init__(
        self,
        group: Group,
        path: Path,
        links: Mapping[Path, set[tuple[Part, Part]]],
        boxes: Mapping[str, tuple[float, float]],
        tidy: bool,
        seed: int,
    ) -> None:
        self._group = group
        self._members = sorted(group.members)
        self._inner: list[_Level] = [
            _Level(inner, (*path, n), links, boxes, tidy, seed) for n, inner in enumerate(group.groups)
        ]
        number: dict[Part, int] = {id: n for n, id in enumerate(self._members)}
        number |= {n: len(self._members) + n for n in range(len(self._inner))}
        sides = [boxes.get(id, _BOX) for id in self._members] + [inner.size for inner in self._inner]
        size = np.array(sides, dtype=np.float64).reshape(-1, 2)
        size[len(self._members) :] += _MARGIN
        ends = {tuple(sorted((number[a], number[b]))) for a, b in links.get(path, ())}
        pairs = np.array(sorted(ends), dtype=np.int64).reshape(-1, 2)
        self._place: Points = laid(size, pairs, tight=bool(self._inner), tidy=tidy, seed=seed)
        extent = (self._place + size / 2).max(axis=0, initial=0.0) * 2
        self.size: tuple[float, float] = (
            round(float(extent[0]) + 2 * _PADDING, 1),
            round(float(extent[1]) + 2 * _PADDING + _HEADING, 1),
        )

    def at(self, x: float, y: float, places: dict[str, tuple[float, float]]) -> tuple[Area, ...]:
        """Put down the parts round a middle; fills `places` and gives the areas inside."""
        spots = [(round(x + float(dx), 1), round(y + float(dy), 1)) for dx, dy in self._place]
        places.update(zip(self._members, spots, strict=False))
        areas = []
        for inner, (left, top) in zip(self._inner, spots[len(self._members) :], strict=True):
            inside = inner.at(left, top + _HEADING / 2, places)
            areas.append(Area(inner._group.name, left, top, *inner.size, inner._group.members, inside))
        return tuple(areas)
