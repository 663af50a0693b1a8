"""Places by stress: on the page, two entities are as far apart as the links between them say.

Up to `_DENSE` entities every pair counts (majorisation with every step exact); of more, the pairs
of a link, some of those two links apart, and everyone with some pivots far from one another.
Distances are pixels; parts of different size keep room for both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

_DENSE = 600
_DENSE_ROUNDS = 90
_SPARSE_ROUNDS = 60
_PIVOTS = 50
_SIBLINGS = 6


def stressed(count: int, pairs: Pairs, lengths: Points, *, seed: int) -> Points:
    """Places of one connected part.

    Parameters
    ----------
    count : int
        Entities, numbered from 0.
    pairs : array of int, shape (links, 2)
        Who is linked; each pair once, no loops.
    lengths : array of float, shape (links,)
        How long each link should be, in pixels.
    seed : int

    Returns
    -------
    array of float, shape (count, 2)
    """
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        return np.array([[0.0, 0.0], [float(lengths[0]), 0.0]])
    rng = np.random.default_rng(seed)
    walk = _Walk(count, pairs, lengths)
    if count <= _DENSE:
        far = walk.distances(np.arange(count))
        place = _spread(far) + rng.normal(scale=far.mean() * 0.02, size=(count, 2))
        return _dense(place, far)
    pivots, far = walk.pivots(_PIVOTS)
    place = _spread(far) + rng.normal(scale=far.mean() * 0.02, size=(count, 2))
    return _sparse(place, *walk.terms(pivots, far, rng))


class _Walk:
    """Distances along the links, for many starting points at once."""

    def __init__(self, count: int, pairs: Pairs, lengths: Points) -> None:
        start, end = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
        order = np.lexsort((end, start))
        self.count = count
        self.start, self.end = start[order], end[order]
        self.length = np.concatenate([lengths, lengths])[order]
        self.first = np.searchsorted(self.start, np.arange(count))
        self.degree = np.bincount(start, minlength=count)

    def distances(self, sources: Pairs) -> Points:
        """Shortest ways from every entity to every source: shape (count, sources)."""
        far = np.full((self.count, len(sources)), np.inf)
        far[sources, np.arange(len(sources))] = 0.0
        while True:
            # Each round looks one link further; it ends when no way gets shorter.
            nearer = np.minimum(far, np.minimum.reduceat(far[self.end] + self.length[:, None], self.first, axis=0))
            if np.array_equal(nearer, far):
                return far
            far = nearer

    def pivots(self, wanted: int) -> tuple[Pairs, Points]:
        """Entities far from one another, the best linked first, and everyone's distance to each."""
        chosen = [int(np.argmax(self.degree))]
        columns = [self.distances(np.array(chosen))]
        nearest = columns[0][:, 0]
        for _ in range(wanted - 1):
            chosen.append(int(np.argmax(nearest)))
            columns.append(self.distances(np.array(chosen[-1:])))
            nearest = np.minimum(nearest, columns[-1][:, 0])
        return np.array(chosen), np.concatenate(columns, axis=1)

    def terms(self, pivots: Pairs, far: Points, rng: np.random.Generator) -> tuple[Pairs, Pairs, Points]:
        """Pairs (one, other) that matter, and the distance wanted."""
        ones = [np.repeat(np.arange(self.count), len(pivots)), self.start]
        others = [np.tile(pivots, self.count), self.end]
        wanted = [far.ravel(), self.length]
        for _ in range(_SIBLINGS):
            # Leaves of one hub are equally far from every pivot and would fall on one spot.
            pick = self.first[self.end] + rng.integers(0, self.degree[self.end])
            ones.append(self.start)
            others.append(self.end[pick])
            wanted.append(self.length + self.length[pick])
        first, second, distance = np.concatenate(ones), np.concatenate(others), np.concatenate(wanted)
        keep = first != second
        return first[keep], second[keep], distance[keep]


def _spread(far: Points) -> Points:
    """A first guess from distances to some entities (classical scaling): its two main axes, the longer first."""
    squares = far**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    cross = np.einsum("ij,ik->jk", centred, centred)
    axes = np.stack([np.cos(np.arange(len(cross)) + 1.0), np.sin(2.0 * np.arange(len(cross)) + 1.0)], axis=1)
    # Power iteration from a fixed start: a library's choice among equal axes would differ by machine.
    for _ in range(40):
        axes = np.einsum("ij,jk->ik", cross, axes)
        axes[:, 0] /= max(float(np.sqrt((axes[:, 0] ** 2).sum())), 1e-300)
        axes[:, 1] -= axes[:, 0] * (axes[:, 0] * axes[:, 1]).sum()
        axes[:, 1] /= max(float(np.sqrt((axes[:, 1] ** 2).sum())), 1e-300)
    place: Points = np.einsum("ij,jk->ik", centred, axes)
    spread = float(place.std())
    if spread > 1e-9:
        place *= float(far.mean()) / spread
    return place


def _dense(place: Points, far: Points) -> Points:
    count = len(place)
    weight = 1.0 / np.maximum(far, 1e-9) ** 2
    np.fill_diagonal(weight, 0.0)
    inverse = np.linalg.inv(np.diag(weight.sum(axis=1)) - weight + 1.0 / count)
    pull = weight * far
    for _ in range(_DENSE_ROUNDS):
        reach = np.hypot(*(place[:, None, axis] - place[None, :, axis] for axis in (0, 1)))
        ratio = pull / np.maximum(reach, 1e-6)
        np.fill_diagonal(ratio, 0.0)
        moved: Points = inverse @ (place * ratio.sum(axis=1)[:, None] - ratio @ place)
        if np.abs(moved - place).max() < 0.05:
            return moved
        place = moved
    return place


def _sparse(place: Points, ones: Pairs, others: Pairs, wanted: Points) -> Points:
    count = len(place)
    weight = wanted**-2.0
    total = np.bincount(ones, weight, count)[:, None]
    for _ in range(_SPARSE_ROUNDS):
        apart = place[ones] - place[others]
        reach = np.maximum(np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2), 1e-6)
        goal = weight[:, None] * (place[others] + apart * (wanted / reach)[:, None])
        place = np.stack([np.bincount(ones, goal[:, axis], count) for axis in (0, 1)], axis=1) / total
    return place
