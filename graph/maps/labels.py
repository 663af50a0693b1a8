"""Labels that do not collide: where on a picture there is room for a text.

The most important label takes its place first, each the best of several places round its anchor: clear of
labels and marks always, of lines as well as it can be. One that finds no room is left out, but for those that
must stand. Coordinates are pixels, y points down.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.maps.letters import LINE_HEIGHT, width

_CELL = 4.0
"""Pixels of the grid in which lines are counted."""
_BLOCK = 64.0
"""Pixels of the grid that finds what is near a text: looking through all of it would take long on a poster."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The box with a margin."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def shared(self, other: Box) -> float:
        """Square pixels that lie in both; with itself, its size."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a text may take: its first baseline, its anchor there ("start", "middle", "end") and its box."""

    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that wants one of some places, best first; one that `must` stand takes the least bad of them."""

    spots: Sequence[Spot]
    must: bool = False


def around(
    rows: Sequence[str], size: float, x: float, y: float, radius: float, *, bold: bool = False
) -> tuple[Spot, ...]:
    """Places round a mark, best first: below, above, to its sides, then askew and a little further off."""
    found = []
    for gap in (2.0, 9.0):
        reach = radius + gap
        slant = reach * math.sqrt(0.5)
        found += [
            _spot(rows, size, x, y + reach, "middle", 0.0, bold),
            _spot(rows, size, x + reach + 2, y, "start", 0.5, bold),
            _spot(rows, size, x - reach - 2, y, "end", 0.5, bold),
            _spot(rows, size, x, y - reach, "middle", 1.0, bold),
            _spot(rows, size, x + slant, y + slant, "start", 0.0, bold),
            _spot(rows, size, x - slant, y + slant, "end", 0.0, bold),
            _spot(rows, size, x + slant, y - slant, "start", 1.0, bold),
            _spot(rows, size, x - slant, y - slant, "end", 1.0, bold),
        ]
    return tuple(found)


def centred(rows: Sequence[str], size: float, points: Iterable[tuple[float, float]]) -> tuple[Spot, ...]:
    """Places with their middles at some points, best first."""
    return tuple(_spot(rows, size, x, y, "middle", 0.5, False) for x, y in points)


class Room:
    """What is free of a picture; every text that finds a place takes it."""

    def __init__(
        self, frame: Box, taken: Iterable[Box] = (), lines: Iterable[Sequence[tuple[float, float]]] = ()
    ) -> None:
        self._frame = frame
        self._taken: list[Box] = []
        self._blocks: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for box in taken:
            self.take(box)
        shape = (_cell(frame.bottom - frame.top) + 2, _cell(frame.right - frame.left) + 2)
        counts = np.zeros(shape, dtype=np.int64)
        for line in lines:
            for column, row in {(_cell(x - frame.left), _cell(y - frame.top)) for x, y in line}:
                if 0 <= row < shape[0] and 0 <= column < shape[1]:
                    counts[row, column] += 1
        # Summed from the corner on, so that the lines under a box are four look-ups.
        self._lines = np.pad(counts.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def put(self, wanted: Wanted) -> Spot | None:
        """The place that a text gets; None where it finds none."""
        best: tuple[float, float, int] | None = None
        for rank, spot in enumerate(wanted.spots):
            over = self._overlap(spot.box)
            if over and not wanted.must:
                continue
            # A place further down the list must save several line crossings to be worth it.
            score = (over, self._crossed(spot.box) + 1.2 * rank, rank)
            if best is None or score < best:
                best = score
        if best is None:
            return None
        spot = wanted.spots[best[2]]
        self.take(spot.box)
        return spot

    def take(self, box: Box) -> None:
        """Keep a box free of texts from now on."""
        for block in _blocks(box):
            self._blocks[block].append(len(self._taken))
        self._taken.append(box)

    def _overlap(self, box: Box) -> float:
        """Square pixels that a box shares with what is taken, or has outside the frame."""
        near = {number for block in _blocks(box) for number in self._blocks.get(block, ())}
        shared = sum(box.shared(self._taken[number]) for number in sorted(near))
        # Off the page is worse than on top of another.
        return shared + 20 * max(0.0, box.shared(box) - box.shared(self._frame) - 1e-6)

    def _crossed(self, box: Box) -> float:
        """Lines under a box, about."""
        rows, columns = self._lines.shape
        top, bottom = (
            min(max(_cell(y - self._frame.top) + n, 0), rows - 1) for n, y in enumerate((box.top, box.bottom))
        )
        left, right = (
            min(max(_cell(x - self._frame.left) + n, 0), columns - 1) for n, x in enumerate((box.left, box.right))
        )
        sums = self._lines
        cells = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return float(cells) * _CELL / max(box.bottom - box.top, 1.0)


def _spot(rows: Sequence[str], size: float, x: float, y: float, anchor: str, above: float, bold: bool) -> Spot:
    """A text beside a point; `above` is the share of its height that stands over the point."""
    wide = max((width(row, size, bold=bold) for row in rows), default=0.0)
    high = len(rows) * size * LINE_HEIGHT
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    top = y - above * high
    return Spot(x, top + 0.88 * size, anchor, Box(left, top, left + wide, top + high))


def _cell(length: float) -> int:
    return math.floor(length / _CELL)


def _blocks(box: Box) -> Iterator[tuple[int, int]]:
    """The blocks of the grid that a box touches."""
    for column in range(math.floor(box.left / _BLOCK), math.floor(box.right / _BLOCK) + 1):
        for row in range(math.floor(box.top / _BLOCK), math.floor(box.bottom / _BLOCK) + 1):
            yield column, row
