"""What was learned of references (`data/references.json`), and the choice by it.

Weights, made by `python -m training.references`, are of named features, so that a choice can be explained; each
group of references has a least probability, below which nothing is said.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from ingest.spots import PERSONAL, Spot

GROUPS = ("noun", "person", "its", "several")
"""Nouns, pronouns for persons, "its" and words for several bodies each have their least probability."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was fitted: heads with the kinds each stood for, weights of features, least probability by class."""

    heads: Mapping[str, Mapping[str, int]]
    weights: Mapping[str, float]
    least: Mapping[str, float]


@lru_cache(maxsize=1)
def learned() -> Learned:
    """The shipped weights."""
    told = json.loads((Path(__file__).parent / "data" / "references.json").read_text(encoding="utf-8"))
    return Learned(told["heads"], told["weights"], told["least"])


def group_of(spot: Spot) -> str:
    """Which least probability a reference has to reach."""
    return "person" if spot.head in PERSONAL else spot.head if spot.pronoun else "noun"


class Weighed(Protocol):
    """Something offered; one that stands for nothing comes first."""

    @property
    def features(self) -> tuple[str, ...]: ...


_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?:Name|word) mine=True", "its name has those words in it"),
        (r".*phrase=True|.*called so", "the same words meant it before"),
        (r".*last head=True", "the same noun meant it last"),
        (r".*kin=only", "the only one of its kind told of"),
        (r".*rank=0", "told of last"),
        (r".*opening", "the story opens with it"),
        (r".*most=True", "told of most often"),
        (r".*subj=True", "the subject of its sentence"),
    )
)


def strongest(option: Weighed, weights: Mapping[str, float]) -> tuple[str, ...]:
    """What spoke most for an option, in words, where there are words for it."""
    order = sorted(option.features, key=lambda f: -weights.get(f, 0.0))
    told = (words for f in order if weights.get(f, 0.0) > 0 for p, words in _WORDS if p.match(f))
    return tuple(dict.fromkeys(told))[:2]


_T = TypeVar("_T", bound=Weighed)


def likeliest(options: Sequence[_T], weights: Mapping[str, float]) -> tuple[_T, float]:
    """The likeliest of the options but the first, which is of none, and its probability (0–1)."""
    scores = [sum(weights.get(f, 0.0) for f in o.features) for o in options]
    top = max(scores)
    shares = [math.exp(s - top) for s in scores]
    best = max(range(1, len(options)), key=shares.__getitem__)
    return options[best], shares[best] / sum(shares)
