"""Rules and model vote: candidates → the statements of a briefing.

Every predicate's module offers candidates; each rule's confidence is the precision that it showed on
annotated briefings (`data/rules.json`, made by `python -m training.rules`), drawn towards its own
estimate where it was seen seldom. The learned model offers pairs with a probability. The two are taken as
independent witnesses (noisy-or). What stays below the predicate's threshold is dropped: precision first.
Status, form, sum and post come from the rule that fired, else from the same module's reading of
the sentence that the model points at. Every statement is checked against the schema.
"""

from __future__ import annotations

import json
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
from ingest.relations.base import Candidate, Finder
from ingest.scene import Line, Scene

Describe = Callable[[Scene, Line, str, str | None], tuple[str | None, str | None, float | None]]
"""Reads status, form and sum (pounds) of a statement off its sentence, for ends found otherwise."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair that the learned model believes in; `start`/`end` are the place that carries it."""

    predicate: str
    subject: str
    object: str | None
    probability: float
    status: str | None
    form: str | None
    passage: int
    start: int
    end: int


class Scorer(Protocol):
    """The learned model, as seen from here."""

    def score(self, annotation: Annotation) -> Sequence[Scored]: ...


@dataclass(frozen=True, slots=True)
class _Relation:
    find: Finder
    describe: Describe
    threshold: float


RELATIONS: Mapping[str, _Relation] = {
    "HOLDS_ROLE": _Relation(holds_role.find, holds_role.describe, 0.4),
    "MERGER_TALKS": _Relation(merger_talks.find, merger_talks.describe, 0.4),
    "REGULATORY_ACTION": _Relation(regulatory_action.find, regulatory_action.describe, 0.4),
    "FUNDING": _Relation(funding.find, funding.describe, 0.4),
    "DISPUTE": _Relation(dispute.find, dispute.describe, 0.4),
    "COMMISSIONED": _Relation(commissioned.find, commissioned.describe, 0.4),
    "DEFICIT": _Relation(deficit.find, deficit.describe, 0.4),
    "CRITICISED": _Relation(criticised.find, criticised.describe, 0.4),
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


def statements(annotation: Annotation, scorer: Scorer | None = None) -> tuple[Statement, ...]:
    """The statements of a briefing, in the order of the text, each pair and predicate once a form."""
    scene = Scene(annotation)
    rules: dict[_Key, list[Candidate]] = {}
    for candidate in map(measured, candidates(scene)):
        rules.setdefault((candidate.predicate, candidate.subject, candidate.object), []).append(candidate)
    learned: dict[_Key, Scored] = {}
    for scored in scorer.score(annotation) if scorer is not None else ():
        subject, obj = _order(scored.predicate, scored.subject, scored.object)
        key = (scored.predicate, subject, obj)
        if key not in learned or scored.probability > learned[key].probability:
            learned[key] = scored
    found: list[Statement] = []
    for key in dict.fromkeys((*rules, *learned)):
        found.extend(_decide(scene, key, rules.get(key, []), learned.get(key)))
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.predicate, s.subject, s.object or "", s.role or "")))


def _decide(scene: Scene, key: _Key, told: list[Candidate], scored: Scored | None) -> Iterable[Statement]:
    """Turn the witnesses for one pair and predicate into at most a few statements."""
    relation = RELATIONS[key[0]]
    belief = scored.probability if scored is not None else 0.0
    if told:
        best = max(told, key=lambda c: (c.confidence, -c.start))
        kept = [best]
        if key[0] in {"HOLDS_ROLE", "REGULATORY_ACTION"}:
            kept = _several(told, best)
        for candidate in kept:
            sure = vote(candidate.confidence, belief)
            if sure >= relation.threshold:
                rule = candidate.rule if scored is None else f"{candidate.rule}+model"
                yield from _statement(scene, replace(candidate, confidence=sure, rule=rule))
    elif scored is not None and belief >= relation.threshold:
        line = _line_at(scene, scored.start)
        status, form, amount = relation.describe(scene, line, key[1], key[2])
        role = holds_role.role_of(scene, line, key[1]) if key[0] == "HOLDS_ROLE" else None
        yield from _statement(
            scene,
            Candidate(
                *key,
                scored.start,
                scored.end,
                rule="model",
                confidence=round(belief, 3),
                status=scored.status or status,
                form=scored.form or form,
                amount=amount,
                role=role,
            ),
        )


def vote(rule: float, model: float) -> float:
    """Confidence from a rule's precision and the model's probability as independent witnesses."""
    return round(1 - (1 - rule) * (1 - model), 3)


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
