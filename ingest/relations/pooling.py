"""Scores of mention pairs, gathered over the windows of a briefing into those of entity pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pool:
    """All mention pairs of one pair of entities; `totals` are log-sum-exps of their logits, by column."""

    lefts: Numbers
    rights: Numbers
    logits: Floats
    attributes: Floats
    totals: list[float]

    def shares(self, column: int) -> Floats:
        """Each mention pair's share in the total of a column."""
        logits = self.logits[:, column]
        parts: Floats = np.exp(logits - logits.max())
        shares: Floats = parts / parts.sum()
        return shares


class Table:
    """What the network says of mention pairs, window by window, and gathered by entity pair."""

    def __init__(self) -> None:
        self._rows: list[tuple[NDArray[Any], ...]] = []

    def add(self, *columns: NDArray[Any]) -> None:
        """Rows of (left entity, right entity, left mention, right mention, logits, attributes)."""
        if len(columns[0]):
            self._rows.append(columns)

    def pools(self) -> dict[tuple[int, int], Pool]:
        """By entity pair, in order of left and right entity."""
        if not self._rows:
            return {}
        left, right, lefts, rights, logits, attributes = (np.concatenate(c) for c in zip(*self._rows, strict=True))
        order = np.lexsort((right, left))
        left, right, lefts, rights, logits, attributes = (
            column[order] for column in (left, right, lefts, rights, logits, attributes)
        )
        fresh = np.flatnonzero((left[1:] != left[:-1]) | (right[1:] != right[:-1])) + 1
        bounds = [0, *fresh.tolist(), len(left)]
        tops = np.maximum.reduceat(logits, bounds[:-1], axis=0)
        parts = np.exp(logits - np.repeat(tops, np.diff(bounds), axis=0))
        totals = (tops + np.log(np.add.reduceat(parts, bounds[:-1], axis=0))).tolist()
        return {
            (int(left[a]), int(right[a])): Pool(lefts[a:b], rights[a:b], logits[a:b], attributes[a:b], total)
            for (a, b), total in zip(pairwise(bounds), totals, strict=True)
        }
