"""One level of a map: boxes and the links between them, set on a page wider than high.

Each connected part is laid out by stress, turned with its longer side flat and its boxes pushed
apart; then the parts are packed. Boxes without a link stand in rows, as a part of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from graph.layout.boxes import apart, drawn_in, seated
from graph.layout.packing import ASPECT, packed
from graph.layout.stress import Pairs, Points, stressed
from graph.layout.tidy import MOST, tidied

_LINK = 40.0
"""Pixels of a link that show between two boxes, at least."""
_HUB = 33.0
_STRETCH = np.array([1.2, 0.9])
_CROWD = 150
_SEATED = 1000
_EVEN = 0.7
_ROOM, _TIGHT_ROOM = 2.2, 0.9
"""Page for a crowd and for areas, as a multiple of what their boxes take."""
_PAGE = 1.3
_GAP = 36.0
_ROW_GAP = 14.0
_ALIKE = 6.0


def laid(size: Points, pairs: Pairs, *, tight: bool = False, tidy: bool = False, seed: int) -> Points:
    """Places of boxes, none overlapping another; the middle of all is at 0, 0.

    Parameters
    ----------
    size : array of float, shape (count, 2)
        Width and height in pixels.
    pairs : array of int, shape (links, 2)
        Linked boxes; each pair once, no loops.
    tight : bool
        Close gaps at the cost of shorter links: areas are large, and of many sizes.
    tidy : bool
        Take the time to lessen crossings, where the boxes are few enough.
    seed : int

    Returns
    -------
    array of float, shape (count, 2)
    """
    count = len(size)
    place = np.zeros((count, 2))
    if not count:
        return place
    parts = _parts(count, pairs)
    alone = [part[0] for part in parts if len(part) == 1]
    if alone:
        # Rows are for what is alike: an area among entities is packed as a part of its own.
        least = size[alone].prod(axis=1).min()
        alone = [number for number in alone if size[number].prod() <= _ALIKE * least]
    in_rows = set(alone)
    sets = [np.array(part) for part in parts if part[0] not in in_rows]
    shapes = []
    for members, inner in zip(sets, _inner_pairs(sets, pairs, count), strict=True):
        place[members] = _connected(size[members], inner, tight, tidy, seed)
        shapes.append(_bodies(place[members], size[members], inner))
    if alone:
        sets.append(np.array(alone))
        place[alone] = _rows(size[alone])
        shapes.append(_bodies(place[alone], size[alone], np.zeros((0, 2), dtype=np.int64)))
    corners = [shape[:, :2].min(axis=0) for shape in shapes]
    extents = np.array([shape[:, 2:].max(axis=0) - corner for shape, corner in zip(shapes, corners, strict=True)])
    order = sorted(range(len(sets)), key=lambda n: (-float(extents[n].prod()), n))
    bodies = [shapes[n] - np.tile(corners[n], 2) for n in order]
    for n, at in zip(order, packed(extents[order], bodies, _GAP), strict=True):
        place[sets[n]] += at - corners[n]
    centre: Points = ((place - size / 2).min(axis=0) + (place + size / 2).max(axis=0)) / 2
    return place - centre


def _inner_pairs(sets: Sequence[Pairs], pairs: Pairs, count: int) -> Iterator[Pairs]:
    """The links of each part, their ends numbered within it."""
    number, part = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for turn, members in enumerate(sets):
        number[members], part[members] = np.arange(len(members)), turn
    order = np.argsort(part[pairs[:, 0]], kind="stable")
    last = np.searchsorted(part[pairs[order, 0]], np.arange(len(sets)), "right")
    for start, end in pairwise([0, *last.tolist()]):
        yield number[pairs[order[start:end]]]


def _parts(count: int, pairs: Pairs) -> list[list[int]]:
    """Connected parts, the largest first, numbers in order."""
    root = list(range(count))

    def find(here: int) -> int:
        while root[here] != here:
            root[here] = root[root[here]]
            here = root[here]
        return here

    for one, other in pairs.tolist():
        first, second = sorted((find(one), find(other)))
        root[second] = first
    found: dict[int, list[int]] = {}
    for here in range(count):
        found.setdefault(find(here), []).append(here)
    return sorted(found.values(), key=lambda part: (-len(part), part))


def _connected(size: Points, pairs: Pairs, tight: bool, tidy: bool, seed: int) -> Points:
    # Half of a box counts at each end of a link; a hub's links are longer, so that its many leaves find room.
    radius = np.sqrt(size.prod(axis=1)) / 2
    degree = np.bincount(pairs.ravel(), minlength=len(size))
    lengths = _LINK + _HUB * np.sqrt(degree[pairs].max(axis=1)) + radius[pairs].sum(axis=1)
    place = _turned(stressed(len(size), pairs, lengths, seed=seed))
    if tight and len(size) <= _SEATED:
        return drawn_in(seated(_on_page(_squared(_evened(place, size, 1.0, _TIGHT_ROOM)), size), size), size)
    if len(size) > _CROWD:
        place = _evened(place, size, _EVEN, _ROOM)
    place = apart(place, size)
    return tidied(place, size, pairs, lengths) if tidy and len(size) <= MOST else place


def _evened(place: Points, size: Points, share: float, room: float) -> Points:
    """A crowd thinned in the middle and drawn in at the rim, so that it fills an oval evenly."""
    away = np.sqrt(((place / _STRETCH) ** 2).sum(axis=1))
    order, taken = np.argsort(away, kind="stable"), size.prod(axis=1)
    even = np.empty(len(away))
    # As far out as the boxes nearer to the middle, and half of its own, fill a disc.
    even[order] = np.sqrt(room * (np.cumsum(taken[order]) - taken[order] / 2) / math.pi)
    radius = (1 - share) * away * (float(even.mean()) / max(float(away.mean()), 1e-9)) + share * even
    evened: Points = place * (radius / np.maximum(away, 1e-9))[:, None]
    return evened


def _squared(place: Points) -> Points:
    """An oval drawn out into the corners of a page."""
    x, y = np.abs(place / _STRETCH).T
    squared: Points = place * (np.hypot(x, y) / np.maximum(np.maximum(x, y), 1e-9))[:, None]
    return squared


def _on_page(place: Points, size: Points) -> Points:
    """Boxes that stick out of a page just large enough are drawn in to its rim."""
    room = np.sqrt(_PAGE * size.prod(axis=1).sum() * np.array([ASPECT, 1 / ASPECT]))
    rim = np.maximum((room - size) / 2, 0.0)
    return np.clip(place, -rim, rim)


def _turned(place: Points) -> Points:
    """Centred, with the longer side lying flat: pages are wider than high."""
    place = place - place.mean(axis=0)
    x, y = place[:, 0], place[:, 1]
    angle = math.atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum())) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    turned: Points = np.stack([x * cos + y * sin, y * cos - x * sin], axis=1) * _STRETCH
    return turned


def _rows(size: Points) -> Points:
    """Boxes side by side in rows as wide as the page's shape wants, in their order."""
    step = size.max(axis=0) + _ROW_GAP
    across = max(1, round(math.sqrt(len(size) * ASPECT * step[1] / step[0])))
    number = np.arange(len(size))
    grid: Points = np.stack([number % across, number // across], axis=1) * step
    return grid


def _bodies(place: Points, size: Points, pairs: Pairs) -> Points:
    """Rectangles (left, top, right, bottom) that boxes and the links between them take."""
    found = [np.concatenate([place - size / 2, place + size / 2], axis=1)]
    for one, other in place[pairs]:
        steps = max(2, int(np.hypot(*(other - one)) / 40) + 1)
        along = one + (other - one) * np.linspace(0, 1, steps)[:, None]
        found.append(np.concatenate([np.minimum(along[:-1], along[1:]), np.maximum(along[:-1], along[1:])], axis=1))
    return np.concatenate(found)
