"""Boxes that never overlap: pushed apart where they stand, then the last of them set in the nearest gap.

A box is a centre and a size (width, height) in pixels. Pushing keeps who is left of, and above,
whom; setting in a gap is what makes sure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.layout.stress import Pairs, Points

_ALL_PAIRS = 160
_ROUNDS = 240
_DRAWS = 15
_STEPS = np.array(
    [[x, y] for x, y in ((0.9, 0.9), (0.5, 0.5), (0.25, 0.25), (0.1, 0.1), (0.3, 0), (0, 0.3), (0.08, 0), (0, 0.08))]
)
_CLEAR = 1.0
"""Pixels kept between two boxes, more than rounding to 0.1 can take away."""


def apart(place: Points, size: Points) -> Points:
    """The same boxes with no overlap, each near where it stood.

    Parameters
    ----------
    place, size : array of float, shape (count, 2)

    Returns
    -------
    array of float, shape (count, 2)
    """
    size = size + _CLEAR
    return _settled(_pushed(place.copy(), size), size)


def overlapping(place: Points, size: Points) -> Pairs:
    """Pairs of boxes that overlap: shape (pairs, 2), the smaller number first."""
    one, other = _near(place, size)
    over = (size[one] + size[other]) / 2 - np.abs(place[one] - place[other])
    hit = (over > 1e-9).all(axis=1)
    return np.stack([one[hit], other[hit]], axis=1)


def free_spot(target: Points, size: Points, place: Points, sizes: Points) -> Points:
    """A centre near to `target` where a box of this size touches none of the others."""
    reach = (sizes + size) / 2
    ring = 0
    while True:
        along = np.arange(-ring, ring + 1)
        edge = np.full(len(along), ring)
        sides = ((along, edge), (along, -edge), (edge, along), (-edge, along))
        # Rings lie wider the further out they are: a small box may have to leave a large one.
        step = size / 4 * (1 + ring / 12)
        spots = target + np.concatenate([np.stack(side, axis=1) for side in sides]) * step
        spots = spots[np.argsort(((spots - target) ** 2).sum(axis=1), kind="stable")]
        close = (np.abs(place - target) < reach + ring * step).all(axis=1)
        free = _free(spots, place[close], reach[close])
        if len(free):
            first: Points = free[0]
            return first
        ring += 1


def _free(spots: Points, place: Points, reach: Points) -> Points:
    """The spots that keep their distance (across, down) from all places."""
    near = np.abs(spots[:, None] - place[None]) < reach[None]
    kept: Points = spots[~(near[:, :, 0] & near[:, :, 1]).any(axis=1)]
    return kept


def seated(place: Points, size: Points) -> Points:
    """The same boxes with no overlap: from the middle outwards, each where it stood or in the nearest gap.

    Keeps large boxes closer together than pushing does, and who stands beside whom less exactly.
    """
    size = size + _CLEAR
    order = np.argsort(((place - place.mean(axis=0)) ** 2).sum(axis=1), kind="stable")
    found = place.copy()
    for turn, number in enumerate(order.tolist()):
        found[number] = free_spot(place[number], size[number], found[order[:turn]], size[order[:turn]])
    return found


def drawn_in(place: Points, size: Points) -> Points:
    """The same boxes nearer to the middle of all, each as far as others let it; none overlaps another."""
    place, size = place.copy(), size + _CLEAR
    others: NDArray[np.bool_] = np.ones(len(place), dtype=bool)
    for _ in range(_DRAWS):
        middle = (place * size.prod(axis=1)[:, None]).sum(axis=0) / size.prod(axis=1).sum()
        for number in np.argsort(((place - middle) ** 2).sum(axis=1), kind="stable").tolist():
            others[number] = False
            reach = (size[others] + size[number]) / 2
            spots = place[number] + _STEPS * (middle - place[number])
            free = _free(spots, place[others], reach)
            if len(free):
                place[number] = free[0]
            others[number] = True
    return place


def _near(place: Points, size: Points) -> tuple[Pairs, Pairs]:
    """Pairs that may overlap: all of a few boxes, of many those in neighbouring cells of a grid."""
    count = len(place)
    if count <= _ALL_PAIRS:
        one, other = np.triu_indices(count, 1)
        return one, other
    cell = np.floor((place - place.min(axis=0)) / size.max(axis=0)).astype(np.int64)
    columns = int(cell[:, 0].max()) + 3
    key = (cell[:, 1] + 1) * columns + cell[:, 0] + 1
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    ones, others = [], []
    for step in (0, 1, columns - 1, columns, columns + 1):
        low = np.searchsorted(sorted_key, key + step, "left")
        found = np.searchsorted(sorted_key, key + step, "right") - low
        one = np.repeat(np.arange(count), found)
        offset = np.arange(len(one)) - np.repeat(np.cumsum(found) - found, found)
        other = order[np.repeat(low, found) + offset]
        if step == 0:
            keep = one < other
            one, other = one[keep], other[keep]
        ones.append(one)
        others.append(other)
    return np.concatenate(ones), np.concatenate(others)


def _pushed(place: Points, size: Points) -> Points:
    """Overlapping pairs moved along the axis that needs the smaller move, every fourth round along the other."""
    count, mass = len(place), size.prod(axis=1)
    for turn in range(_ROUNDS):
        one, other = _near(place, size)
        gap = place[other] - place[one]
        over = (size[one] + size[other]) / 2 - np.abs(gap)
        hit = (over > 0).all(axis=1)
        if not hit.any():
            break
        one, other, gap, over = one[hit], other[hit], gap[hit], over[hit]
        # A box held between two others would never get free along one axis alone.
        axis = np.where((over[:, 0] < over[:, 1]) == (turn % 4 != 3), 0, 1)
        row = np.arange(len(axis))
        shift = (over[row, axis] * 0.8 + 0.02) * np.where(gap[row, axis] < 0, -1.0, 1.0)
        share = mass[other] / (mass[one] + mass[other])
        move = np.zeros_like(place)
        for along in (0, 1):
            here = axis == along
            move[:, along] -= np.bincount(one[here], (shift * share)[here], count)
            move[:, along] += np.bincount(other[here], (shift * (1 - share))[here], count)
        place += np.clip(move, -size / 2, size / 2)
    return place


def _settled(place: Points, size: Points) -> Points:
    """Whatever still overlaps goes to the nearest free spot, the larger box of a pair staying."""
    pairs = overlapping(place, size)
    if not len(pairs):
        return place
    mass = size.prod(axis=1)
    loose: set[int] = set()
    for one, other in pairs.tolist():
        if one not in loose and other not in loose:
            loose.add(one if mass[one] < mass[other] else other)
    fixed: NDArray[np.bool_] = np.ones(len(place), dtype=bool)
    fixed[list(loose)] = False
    for number in sorted(loose, key=lambda n: (-mass[n], n)):
        place[number] = free_spot(place[number], size[number], place[fixed], size[fixed])
        fixed[number] = True
    return place
