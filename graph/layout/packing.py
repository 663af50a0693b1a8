"""Parts that nothing links, set close together on a page wider than high.

The largest part stands in the middle; the others go, largest first, where the page grows least:
into gaps of what stands there already, links included, or beside and below it. A grid of cells
tells what is taken.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from graph.layout.stress import Pairs, Points

ASPECT = 1.45
_CELLS = 90_000
"""About as many cells as the page has at the start: fewer would waste room, more take time."""


def packed(extents: Points, bodies: list[Points], gap: float) -> Points:
    """Where the top left corner of each part goes.

    Parameters
    ----------
    extents : array of float, shape (parts, 2)
        Width and height of each part; the largest first.
    bodies : list of array of float, shape (boxes, 4)
        What is taken inside a part: left, top, right, bottom from its own corner.
    gap : float
        Pixels to keep between parts.

    Returns
    -------
    array of float, shape (parts, 2)
    """
    area = float((extents + gap).prod(axis=1).sum())
    board = _Board(max(6.0, math.sqrt(area * 2 / _CELLS)), gap)
    return np.array([board.put(extent, body) for extent, body in zip(extents, bodies, strict=True)])


class _Board:
    """A grid of cells that grows as parts are put on it; the first part's corner is its origin."""

    def __init__(self, cell: float, gap: float) -> None:
        self._cell, self._gap = cell, gap
        self._taken: NDArray[np.bool_] = np.zeros((0, 0), dtype=bool)
        self._origin = np.zeros(2, dtype=np.int64)
        self._low = self._high = np.zeros(2, dtype=np.int64)

    def put(self, extent: Points, body: Points) -> Points:
        """Take the best place for a part and tell where its top left corner is, from the first one's."""
        need = np.ceil((extent + self._gap) / self._cell).astype(np.int64) + 1
        self._grow(need + 1)
        at = self._spot(need)
        corner: Points = np.array((at + 0.5) * self._cell, dtype=np.float64)
        low = np.floor((corner + body[:, :2] - self._gap / 2) / self._cell).astype(np.int64)
        high = np.ceil((corner + body[:, 2:] + self._gap / 2) / self._cell).astype(np.int64)
        for (left, top), (right, bottom) in zip(np.maximum(low, 0).tolist(), high.tolist(), strict=True):
            self._taken[left:right, top:bottom] = True
        return corner - self._origin * self._cell

    def _grow(self, margin: Pairs) -> None:
        """Keep a margin of free cells round what is taken."""
        before = np.maximum(margin - self._low, 0)
        after = np.maximum(self._high + margin - np.array(self._taken.shape), 0)
        if before.any() or after.any():
            # Ample steps: each growth copies the board.
            before, after = before * 2, after * 2
            self._taken = np.pad(self._taken, [(int(b), int(a)) for b, a in zip(before, after, strict=True)])
            self._low, self._high, self._origin = self._low + before, self._high + before, self._origin + before

    def _spot(self, need: Pairs) -> Pairs:
        """The free rectangle of cells that lets the page grow least, nearest to its middle."""
        low, high = self._low - need - 1, self._high + need + 1
        sums = np.zeros(tuple((high - low + 1).tolist()))
        sums[1:, 1:] = self._taken[low[0] : high[0], low[1] : high[1]].cumsum(axis=0).cumsum(axis=1)
        wide, tall = need.tolist()
        full = sums[wide:, tall:] - sums[:-wide, tall:] - sums[wide:, :-tall] + sums[:-wide, :-tall]
        left, top = np.nonzero(full == 0)
        at = np.stack([left, top], axis=1) + low
        grown_low, grown_high = np.minimum(at, self._low), np.maximum(at + need, self._high)
        span = grown_high - grown_low
        page = np.maximum(span[:, 0] / ASPECT, span[:, 1])
        away = (np.abs(at + need / 2 - (self._low + self._high) / 2) / [ASPECT, 1.0]).max(axis=1)
        best = int(np.lexsort((at[:, 0], at[:, 1], away, page))[0])
        self._low, self._high = grown_low[best], grown_high[best]
        found: Pairs = at[best]
        return found
