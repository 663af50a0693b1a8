"""The learned judge of unknown names: a linear model over traits says person, kind of body, or neither.

`data/kinds.json` holds a row of hundredths for each trait, one number a label; `training.kinds` fits it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

NONE = "none"
"""The label of capitals that name no person and no body."""
DATA = Path(__file__).with_name("data") / "kinds.json"
SCALE = 100


@dataclass(frozen=True, slots=True)
class Judgement:
    """The likeliest label of a name (`NONE` for no entity); the likeliest kind of body, how likely the name is any
    body, 0–1, and that kind's share of this chance."""

    label: str
    body: str
    body_likely: float
    body_share: float


@dataclass(frozen=True, slots=True)
class Kinds:
    """Labels, and the weight that each trait gives to each of them (`weights`, a row a trait, found by `rows`).

    `joints` are the weights of `ingest.joints`; `ordinary` are words that texts write in lower case.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    joints: dict[str, float]
    ordinary: frozenset[str]

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, path: Path = DATA) -> Kinds:
        """Read the weights, once."""
        value = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            labels=tuple(value["labels"]),
            rows={t: i for i, t in enumerate(value["weights"])},
            weights=np.array(list(value["weights"].values()), dtype=np.float32) / np.float32(SCALE),
            bias=np.array(value["bias"], dtype=np.float32) / np.float32(SCALE),
            joints={t: w / SCALE for t, w in value["joints"].items()},
            ordinary=frozenset(value["ordinary"].split()),
        )

    def joined(self, traits: Iterable[str]) -> float:
        """How likely two names with "and" between them are one, 0–1; see `ingest.joints`."""
        return 1 / (1 + math.exp(-sum(self.joints.get(t, 0.0) for t in traits)))

    def points(self, traits: Iterable[str]) -> npt.NDArray[np.float32]:
        """What traits say together: a number for each label."""
        rows = [self.rows[t] for t in traits if t in self.rows]
        found: npt.NDArray[np.float32] = self.weights[rows].sum(axis=0) + self.bias
        return found

    def judgement(self, points: npt.NDArray[np.float32]) -> Judgement:
        """The likeliest label for such points."""
        odds = np.exp(points - points.max())
        shares = dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))
        bodies = {k: v for k, v in shares.items() if k not in (NONE, "person")}
        body = max(bodies, key=lambda k: bodies[k])
        likely = sum(bodies.values())
        return Judgement(max(shares, key=lambda k: shares[k]), body, likely, bodies[body] / likely)
