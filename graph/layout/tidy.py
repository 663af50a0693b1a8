"""The last touch for a small map: boxes moved where fewer links cross each other or run through a box.

One box after another tries the spots around it and around the middle of its neighbours; it moves
only where the picture gets clearer, no box overlaps it and the page stays as large as it was.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.layout.stress import Pairs, Points

MOST = 150
"""Boxes up to which this is worth its time."""
_ROUNDS = 3
_THROUGH, _OFF, _WORTH = 2.5, 0.004, 0.25
"""Cost of a link that runs through a box, and of a pixel that a link is too long or short; what a move must gain."""
_MOVABLE = 12
"""A hub of more links stays: what it would win in one place it loses in another."""
_SLACK = 2.0
_TURN = np.arange(10) * (np.pi / 5)
_SPOTS = np.concatenate(
    [np.stack([np.cos(_TURN), 0.75 * np.sin(_TURN)], axis=1) * reach for reach in (50.0, 120.0, 220.0, 350.0)]
)


def tidied(place: Points, size: Points, pairs: Pairs, lengths: Points) -> Points:
    """The same boxes with fewer crossings.

    Parameters
    ----------
    place, size : array of float, shape (count, 2)
        No box overlaps another.
    pairs, lengths : arrays of shape (links, 2) and (links,)
        Linked boxes, and how long each link should be in pixels.

    Returns
    -------
    array of float, shape (count, 2)
    """
    place = place.copy()
    low, high = (place - size / 2).min(axis=0), (place + size / 2).max(axis=0)
    degree = np.bincount(pairs.ravel(), minlength=len(place))
    for _ in range(_ROUNDS):
        moved = False
        for number in [n for n in np.argsort(degree, kind="stable").tolist() if degree[n] <= _MOVABLE]:
            here = place[number][None]
            if _costs(number, here, place, size, pairs, lengths)[0] < 1.0:
                continue
            spots = np.concatenate([here, _spots(number, place, size, pairs, low, high)])
            costs = _costs(number, spots, place, size, pairs, lengths)
            best = int(np.argmin(costs))
            if costs[best] < costs[0] - _WORTH:
                place[number], moved = spots[best], True
        if not moved:
            break
    return place


def _spots(number: int, place: Points, size: Points, pairs: Pairs, low: Points, high: Points) -> Points:
    """Free spots where a box might stand."""
    beside = pairs[(pairs == number).any(axis=1)].ravel()
    middle = place[beside[beside != number]].mean(axis=0)
    spots = np.concatenate([place[number] + _SPOTS, middle[None], middle + _SPOTS])
    on_page = ((spots - size[number] / 2 >= low) & (spots + size[number] / 2 <= high)).all(axis=1)
    others = np.arange(len(place)) != number
    near = np.abs(spots[:, None] - place[others][None]) < (size[others] + size[number]) / 2 + _SLACK
    kept: Points = spots[on_page & ~(near[:, :, 0] & near[:, :, 1]).any(axis=1)]
    return kept


def _costs(number: int, spots: Points, place: Points, size: Points, pairs: Pairs, lengths: Points) -> Points:
    """How unclear the picture is with the box at each spot, as far as the box has a part in it."""
    own = (pairs == number).any(axis=1)
    ends = place[np.where(pairs[own, 0] == number, pairs[own, 1], pairs[own, 0])]
    start, stop = place[pairs[~own, 0]], place[pairs[~own, 1]]
    here = spots[:, None, None]
    crossing = _crosses(here, ends[None, :, None], start[None, None], stop[None, None]).sum(axis=(1, 2))
    between = _through(here, ends[None, :, None], place[None, None], size[None, None])
    # A link ends in the boxes that it joins.
    joined = (ends[:, None] == place[None]).all(axis=2) | (np.arange(len(place)) == number)
    through = (between & ~joined[None]).sum(axis=(1, 2))
    under = _through(start[None], stop[None], spots[:, None], size[number]).sum(axis=1)
    reach = np.sqrt(((spots[:, None] - ends[None]) ** 2).sum(axis=2))
    off = np.abs(reach - lengths[own]).sum(axis=1)
    # Rounded, so that no machine's last digit decides.
    costs: Points = np.round(crossing + _THROUGH * (through + under) + _OFF * off, 6)
    return costs


def _crosses(a: Points, b: Points, c: Points, d: Points) -> NDArray[np.bool_]:
    """Does the line from a to b cut that from c to d? Lines that share an end do not."""
    apart: NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
    return apart


def _side(a: Points, b: Points, c: Points) -> Points:
    turn: Points = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    return turn


def _through(a: Points, b: Points, place: Points, size: Points) -> NDArray[np.bool_]:
    """Does the line from a to b run through the box, its rim left out?"""
    way = b - a
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    one, other = (place - 0.4 * size - a) / way, (place + 0.4 * size - a) / way
    enter, leave = np.minimum(one, other).max(axis=-1), np.maximum(one, other).min(axis=-1)
    hit: NDArray[np.bool_] = (enter < leave) & (leave > 0) & (enter < 1)
    return hit
