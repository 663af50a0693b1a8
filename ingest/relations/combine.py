"""Rules and model vote: candidates → the statements of a briefing.

Every predicate's module offers candidates; each rule's worth is the precision that it showed on
annotated briefings (`data/rules.json`, made by `python -m training.rules`), drawn towards its own
estimate where it was seen seldom. The learned model offers pairs with a probability. A small logistic
regression (`data/vote.json`, made by `python -m training.vote`) weighs the two into the statement's confidence,
which is fitted to be the share of such statements that are right. What stays below the threshold is
dropped: precision first. Status, form, sum and post come from the rule that fired, else from the
same module's reading of the sentence that the model points at. Every statement is checked against the schema.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from graph.ids import statement_id
from graph.model import Statement
from graph.schema import PREDICATES, check_statement
from ingest.annotation import Annotation
from ingest.relations import (
    commissioned,
    criticised,
    deficit,
    dispute,
    funding,
    holds_role,
    merger_talks,
    part_of,
    regulatory_action,
)
from ingest.relations.base import Candidate, Finder, Scored
from ingest.scene import Line, Scene

Describe = Callable[[Scene, Line, str, str | None], tuple[str | None, str | None, float | None]]
"""Reads status, form and sum (pounds) of a statement off its sentence, for ends found otherwise."""


class Scorer(Protocol):
    """The learned model, as seen from here."""

    def score(self, annotation: Annotation) -> Sequence[Scored]: ...


@dataclass(frozen=True, slots=True)
class _Relation:
    find: Finder
    describe: Describe
    threshold: float


RELATIONS: Mapping[str, _Relation] = {
    "HOLDS_ROLE": _Relation(holds_role.find, holds_role.describe, 0.27),
    "MERGER_TALKS": _Relation(merger_talks.find, merger_talks.describe, 0.27),
    "REGULATORY_ACTION": _Relation(regulatory_action.find, regulatory_action.describe, 0.27),
    "FUNDING": _Relation(funding.find, funding.describe, 0.27),
    "DISPUTE": _Relation(dispute.find, dispute.describe, 0.27),
    "COMMISSIONED": _Relation(commissioned.find, commissioned.describe, 0.27),
    "DEFICIT": _Relation(deficit.find, deficit.describe, 0.27),
    "CRITICISED": _Relation(criticised.find, criticised.describe, 0.27),
    "PART_OF": _Relation(part_of.find, part_of.describe, 0.4),
}
"""One entry a predicate: who finds it, who reads its attributes, how sure it must be to be kept."""

_Key = tuple[str, str, str | None]


def candidates(scene: Scene) -> Iterable[Candidate]:
    """What the rules say, unfiltered: every module's candidates, symmetric ends put in order."""
    for relation in RELATIONS.values():
        for candidate in relation.find(scene):
            yield _ordered(candidate)


_WEIGHT = 6
"""How many sightings a rule's own estimate of its precision counts for."""


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, tuple[int, int]]:
    path = Path(__file__).parent / "data" / "rules.json"
    return {rule: (right, wrong) for rule, (right, wrong) in json.loads(path.read_text(encoding="utf-8")).items()}


def measured(candidate: Candidate) -> Candidate:
    """The candidate with its rule's measured precision as confidence."""
    right, wrong = _counts().get(candidate.rule, (0, 0))
    sure = (right + _WEIGHT * candidate.confidence) / (right + wrong + _WEIGHT)
    return replace(candidate, confidence=round(sure, 3))


_Witnesses = tuple[list[Candidate], Scored | None]


def witnesses(scene: Scene, scorer: Scorer | None) -> dict[_Key, _Witnesses]:
    """What rules and model say, by predicate and ends (symmetric ends in order)."""
    found: dict[_Key, _Witnesses] = {}
    for candidate in map(measured, candidates(scene)):
        key = (candidate.predicate, candidate.subject, candidate.object)
        found.setdefault(key, ([], None))[0].append(candidate)
    for scored in scorer.score(scene.annotation) if scorer is not None else ():
        key = (scored.predicate, *_order(scored.predicate, scored.subject, scored.object))
        told, before = found.get(key, ([], None))
        if before is None or scored.probability > before.probability:
            found[key] = (told, scored)
    return found


def features(told: Sequence[Candidate], scored: Scored | None) -> list[float]:
    """What the vote weighs: the best rule's log-odds, whether there is a rule, the model's log-odds."""
    rule = max((c.confidence for c in told), default=None)
    return [
        0.0 if rule is None else _log_odds(rule),
        float(rule is not None),
        _log_odds(scored.probability if scored else _FLOOR),
    ]


_FLOOR = 0.02
"""The model's probability for a pair that it does not mention."""


def _log_odds(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, ...]]:
    path = Path(__file__).parent / "data" / "vote.json"
    return {name: tuple(values) for name, values in json.loads(path.read_text(encoding="utf-8")).items()}


def vote(predicate: str, told: Sequence[Candidate], scored: Scored | None) -> float:
    """Confidence (0–1) of a statement from what rules and model say of it."""
    bias, *weights = _weights()[predicate]
    score = bias + sum(w * x for w, x in zip(weights, features(told, scored), strict=True))
    return round(1 / (1 + math.exp(-score)), 3)


def statements(annotation: Annotation, scorer: Scorer | None) -> tuple[Statement, ...]:
    """The statements of a briefing, in the order of the text."""
    scene = Scene(annotation)
    found: list[Statement] = []
    for key, (told, scored) in witnesses(scene, scorer).items():
        found.extend(_decide(scene, key, told, scored))
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.predicate, s.subject, s.object or "", s.role or "")))


def _decide(scene: Scene, key: _Key, told: list[Candidate], scored: Scored | None) -> Iterable[Statement]:
    """Turn the witnesses for one pair and predicate into at most a few statements."""
    relation = RELATIONS[key[0]]
    sure = vote(key[0], told, scored)
    if sure < relation.threshold:
        return
    if told:
        best = max(told, key=lambda c: (c.confidence, -c.start))
        kept = _several(told, best) if key[0] in {"HOLDS_ROLE", "REGULATORY_ACTION"} else [best]
        for candidate in kept:
            rule = candidate.rule if scored is None else f"{candidate.rule}+model"
            start, end = _place(scene, candidate, scored)
            yield from _statement(scene, replace(candidate, confidence=sure, rule=rule, start=start, end=end))
    elif scored is not None:
        line = _line_at(scene, scored.start)
        status, form, amount = relation.describe(scene, line, key[1], key[2])
        yield from _statement(
            scene,
            Candidate(
                *key,
                scored.start,
                scored.end,
                rule="model",
                confidence=sure,
                status=status if status in _EXPLICIT else scored.status or status,
                form=scored.form or form,
                amount=amount,
                role=holds_role.role_of(scene, line, key[1]) if key[0] == "HOLDS_ROLE" else None,
            ),
        )


def _place(scene: Scene, told: Candidate, scored: Scored | None) -> tuple[int, int]:
    """Where the quote is taken: the rule's sentence, unless only the model's names an end of the statement."""

    def names_an_end(start: int, end: int) -> bool:
        return any(
            start <= m.start < end and m.entity in {told.subject, told.object} for m in scene.annotation.mentions
        )

    if scored is not None and not names_an_end(told.start, told.end) and names_an_end(scored.start, scored.end):
        return scored.start, scored.end
    return told.start, told.end


_EXPLICIT = frozenset({"withheld", "refused", "called_off", "blocked", "paused", "former", "cancelled", "resolved"})
"""Statuses that text says outright: where the sentence's words give one, the model does not overrule them."""


def _several(told: list[Candidate], best: Candidate) -> list[Candidate]:
    """A person may hold two posts at one body, a regulator act in two ways: one statement each."""
    kept = {(best.form, best.role): best}
    for candidate in sorted(told, key=lambda c: (-c.confidence, c.start)):
        if candidate.confidence >= 0.7:
            kept.setdefault((candidate.form, candidate.role), candidate)
    return list(kept.values())


def _statement(scene: Scene, c: Candidate) -> Iterable[Statement]:
    entities = scene.annotation.entities
    subject, obj = entities[c.subject], entities[c.object] if c.object else None
    if c.subject == c.object and not (c.predicate == "MERGER_TALKS" and subject.members):
        return
    spec = PREDICATES[c.predicate]
    status = c.status if c.status in spec.statuses else None
    form = c.form if c.form in spec.forms else None
    if check_statement(c.predicate, subject.kind, obj.kind if obj else None, status, form):
        return
    document = scene.annotation.parsed.document
    start, end = c.start, c.end
    yield Statement(
        id=statement_id(document.id, c.predicate, c.subject, c.object, start, end),
        briefing=document.id,
        predicate=c.predicate,
        subject=c.subject,
        object=c.object,
        quote=document.text[start:end],
        start=start,
        end=end,
        confidence=c.confidence,
        rule=c.rule,
        status=status,
        form=form,
        amount=c.amount if "amount" in spec.attributes else None,
        role=c.role,
        rating=c.rating,
        published=document.published,
    )


def _line_at(scene: Scene, offset: int) -> Line:
    return next((line for line in reversed(scene.lines) if line.start <= offset), scene.lines[0])


def _order(predicate: str, subject: str, obj: str | None) -> tuple[str, str | None]:
    if PREDICATES[predicate].symmetric and obj is not None and obj < subject:
        return obj, subject
    return subject, obj


def _ordered(candidate: Candidate) -> Candidate:
    subject, obj = _order(candidate.predicate, candidate.subject, candidate.object)
    return candidate if subject == candidate.subject else replace(candidate, subject=subject, object=obj)
