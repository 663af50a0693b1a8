"""How rules and model are weighed: the witnesses for a statement → its confidence.

Each rule's worth is the precision that it showed on annotated briefings (`data/rules.json`, made by
`python -m training.rules`), drawn towards its own estimate where it was seen seldom. The model gives
a probability, which counts for more where a rule agrees and for less where the model likes another
body better for the same end. A small logistic regression (`data/vote.json`, made by
`python -m training.vote`) makes of these how likely the statement is, and how surely its ends are linked makes of that
its confidence: the share of such statements that are right.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from graph.model import Entity
from graph.schema import PERSON, PREDICATES
from ingest.relations.base import Candidate, Scored

Key = tuple[str, str, str | None]
"""Predicate, subject and object; the ends of a symmetric predicate in order."""

_WEIGHT = 6
"""How many sightings a rule's own estimate of its precision counts for."""
_FLOOR = 0.02
"""The model's probability for a pair that it does not mention."""
_MOST = 4.0
"""A rival's lead in log-odds counts for no more."""
_KNOWN, _PERSON, _UNKNOWN = 0.99, 0.98, 0.93
"""How often a name is linked rightly, as counted on annotated briefings: the register's, a person's, another body's."""
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What speaks for a statement: rules' candidates (`told`), the model's pair (`scored`), and the model's

    best probability for another statement of the predicate with the same subject, and with the same object.
    """

    told: Sequence[Candidate]
    scored: Scored | None = None
    rivals: tuple[float, float] = (_FLOOR, _FLOOR)
    asked: bool = True
    """Whether there is a model at all; without one a rule's word is taken at its own worth."""

    @property
    def probability(self) -> float:
        return self.scored.probability if self.scored else _FLOOR


def gather(candidates: Iterable[Candidate], scored: Iterable[Scored] | None) -> dict[Key, Witnesses]:
    """The witnesses for each statement that anybody speaks for; `scored` is None where no model was asked."""
    told: dict[Key, list[Candidate]] = {}
    for candidate in map(measured, candidates):
        told.setdefault((candidate.predicate, candidate.subject, candidate.object), []).append(candidate)
    likely: dict[Key, Scored] = {}
    for pair in scored or ():
        key = (pair.predicate, *ordered(pair.predicate, pair.subject, pair.object))
        if key not in likely or pair.probability > likely[key].probability:
            likely[key] = pair
    ends: dict[tuple[str, int, str | None], list[tuple[float, Key]]] = defaultdict(list)
    for key, pair in likely.items():
        for side in (1, 2):
            ends[key[0], side, key[side]].append((pair.probability, key))

    def rival(key: Key, side: int) -> float:
        return max((p for p, other in ends.get((key[0], side, key[side]), ()) if other != key), default=_FLOOR)

    return {
        key: Witnesses(told.get(key, []), likely.get(key), (rival(key, 1), rival(key, 2)), scored is not None)
        for key in dict.fromkeys((*told, *likely))
    }


def ordered(predicate: str, subject: str, obj: str | None) -> tuple[str, str | None]:
    """The ends as stored: a symmetric predicate's in order of their ids."""
    if PREDICATES[predicate].symmetric and obj is not None and obj < subject:
        return obj, subject
    return subject, obj


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, tuple[int, int]]:
    path = _DATA / "rules.json"
    return {rule: (right, wrong) for rule, (right, wrong) in json.loads(path.read_text(encoding="utf-8")).items()}


def tally(rule: str) -> tuple[int, int]:
    """How often a rule was right and wrong on annotated briefings."""
    return _counts().get(rule, (0, 0))


def measured(candidate: Candidate) -> Candidate:
    """The candidate with its rule's measured precision as confidence."""
    right, wrong = tally(candidate.rule)
    sure = (right + _WEIGHT * candidate.confidence) / (right + wrong + _WEIGHT)
    return replace(candidate, confidence=round(sure, 3))


def features(witnesses: Witnesses) -> list[float]:
    """What the vote weighs, in log-odds: the best rule, whether there is one, the model, the model where

    a rule agrees, and how far the model's rivals with the same subject and the same object are ahead.
    """
    rule = max((c.confidence for c in witnesses.told), default=None)
    model = _log_odds(witnesses.probability)
    return [
        0.0 if rule is None else _log_odds(rule),
        float(rule is not None),
        model,
        0.0 if rule is None else model,
        *(min(max(_log_odds(p) - model, -_MOST), _MOST) for p in witnesses.rivals),
    ]


def _log_odds(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, ...]]:
    path = _DATA / "vote.json"
    return {name: tuple(values) for name, values in json.loads(path.read_text(encoding="utf-8")).items()}


def trust(ends: Iterable[Entity | None]) -> float:
    """How likely all the names are taken for the right bodies: names of the register, of persons, and others."""
    worth = 1.0
    for entity in ends:
        if entity is not None:
            worth *= _PERSON if entity.kind == PERSON else _KNOWN if entity.known else _UNKNOWN
    return worth


def confidence(predicate: str, witnesses: Witnesses, ends: Iterable[Entity | None]) -> float:
    """Confidence (0–1) of a statement between these entities: the vote, and that they are who they seem."""
    return round(vote(predicate, witnesses) * trust(ends), 3)


def vote(predicate: str, witnesses: Witnesses) -> float:
    """How likely a statement is (0–1) from what rules and model say of it, its names taken for granted."""
    if not witnesses.asked:
        return max((c.confidence for c in witnesses.told), default=0.0)
    bias, *weights = _weights()[predicate]
    score = bias + sum(w * x for w, x in zip(weights, features(witnesses), strict=True))
    return round(1 / (1 + math.exp(-score)), 3)
