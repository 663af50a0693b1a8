"""Which status and form a statement gets, where sentences and model may differ.

Every reading of a sentence ("rule:agreed" where a rule fired there, "read:agreed" where only the
model pointed at it) is worth what it showed on annotated briefings: how often each value was the
right one when it was read so. These shares and the model's own chances are multiplied, and divided by how
common the value was there, since real news has its own mix; the value with the greatest product wins. Counts and
the weights of the parts are in `data/attributes.json`, made by `python -m training.attributes`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.schema import PREDICATES

NAMES = ("status", "form")
_PRIOR = 2.0
"""How many sightings of its own word a reading is credited with before any is counted."""
_REST = 0.3
"""And of each other value."""
_LEAST = 0.005
"""The model's chance of a value counts for no less."""

Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
""""HOLDS_ROLE.status" → what was read → the right value → how often."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What was counted, and the weights of the model's chances and of how common a value is (readings weigh 1)."""

    counts: Counts
    common: Mapping[str, Mapping[str, int]]
    model: float
    mix: float


@lru_cache(maxsize=1)
def _fitted() -> Worth:
    data = json.loads((Path(__file__).parent / "data" / "attributes.json").read_text(encoding="utf-8"))
    return Worth(data["counts"], data["common"], float(data["model"]), float(data["mix"]))


def values(predicate: str, name: str) -> tuple[str, ...]:
    """The values that the schema allows."""
    spec = PREDICATES[predicate]
    return spec.statuses if name == "status" else spec.forms


def settle(predicate: str, name: str, readings: Sequence[str], chances: Mapping[str, float] | None) -> str | None:
    """The likeliest value of `name` ("status" or "form"); None where the predicate has none or nothing was read.

    `readings` are "rule:VALUE" or "read:VALUE", VALUE empty where the sentence told none.
    """
    return likeliest(predicate, name, readings, chances, _fitted())


def likeliest(
    predicate: str,
    name: str,
    readings: Sequence[str],
    chances: Mapping[str, float] | None,
    worth: Worth,
) -> str | None:
    """As `settle`, by counts and weights of one's own."""
    allowed = values(predicate, name)
    if not allowed or (not chances and not any(r.partition(":")[2] for r in readings)):
        return None
    slot = f"{predicate}.{name}"
    table, common = worth.counts.get(slot, {}), worth.common.get(slot, {})
    most = sum(common.values()) + len(allowed)
    scores = {value: -worth.mix * math.log((common.get(value, 0) + 1) / most) for value in allowed}
    for reading in readings:
        seen = table.get(reading, {})
        told = reading.partition(":")[2]
        total = sum(seen.values()) + _PRIOR + _REST * len(allowed)
        for value in allowed:
            share = (seen.get(value, 0) + _REST + _PRIOR * (value == told)) / total
            scores[value] += math.log(share) / len(readings)
    if chances:
        for value in allowed:
            scores[value] += worth.model * math.log(max(chances.get(value, 0.0), _LEAST))
    return max(allowed, key=lambda value: scores[value])
