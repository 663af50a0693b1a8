"""Rules and model together: candidates → the statements of a briefing.

Every predicate's module offers candidates, the learned model offers pairs with a probability; `ballot` weighs
them into a confidence. What stays below the threshold is dropped: precision first. The post comes
from the rule that fired, else from the same module's reading of the sentence that the model points at, else
from the model; so do status and form, which are settled in `attributes` where no rule read them, and the sum is
chosen in `amounts`. Every statement is checked against the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from graph.ids import statement_id
from graph.model import Statement
from graph.schema import PREDICATES, check_statement
from ingest.annotation import Annotation
from ingest.relations import (
    amounts,
    attributes,
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
from ingest.relations.ballot import Key, Witnesses, confidence, gather, ordered
from ingest.relations.base import Candidate, Finder, Scored, Trigger
from ingest.scene import Line, Scene

Describe = Callable[[Scene, Line, str, str | None], tuple[str | None, str | None, float | None]]
"""Reads status, form and sum (pounds) of a statement off its sentence, for ends found otherwise."""


class Scorer(Protocol):
    """The learned model, as seen from here."""

    def score(self, annotation: Annotation) -> Sequence[Scored]: ...


class Once:
    """The model, asked once for each annotation."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._last: tuple[Annotation, Sequence[Scored]] | None = None

    def score(self, annotation: Annotation) -> Sequence[Scored]:
        if self._last is None or self._last[0] is not annotation:
            self._last = annotation, self._scorer.score(annotation)
        return self._last[1]


@dataclass(frozen=True, slots=True)
class _Relation:
    find: Finder
    describe: Describe
    triggers: Callable[[Line], list[Trigger]]
    threshold: float


KEPT = 0.4
"""How sure a statement must be to be kept. Precision first: below it, more were wrong than right on annotated news."""

RELATIONS: Mapping[str, _Relation] = {
    "HOLDS_ROLE": _Relation(holds_role.find, holds_role.describe, holds_role.triggers, KEPT),
    "MERGER_TALKS": _Relation(merger_talks.find, merger_talks.describe, merger_talks.triggers, KEPT),
    "REGULATORY_ACTION": _Relation(
        regulatory_action.find, regulatory_action.describe, regulatory_action.triggers, KEPT
    ),
    "FUNDING": _Relation(funding.find, funding.describe, funding.triggers, KEPT),
    "DISPUTE": _Relation(dispute.find, dispute.describe, dispute.triggers, KEPT),
    "COMMISSIONED": _Relation(commissioned.find, commissioned.describe, commissioned.triggers, KEPT),
    "DEFICIT": _Relation(deficit.find, deficit.describe, deficit.triggers, KEPT),
    "CRITICISED": _Relation(criticised.find, criticised.describe, criticised.triggers, KEPT),
    "PART_OF": _Relation(part_of.find, part_of.describe, part_of.triggers, KEPT),
}
"""One entry a predicate: who finds it, reads its attributes, knows its words; how sure it must be to be kept."""


def candidates(scene: Scene) -> Iterable[Candidate]:
    """What the rules say, unfiltered: every module's candidates, symmetric ends put in order."""
    for relation in RELATIONS.values():
        for candidate in relation.find(scene):
            subject, obj = ordered(candidate.predicate, candidate.subject, candidate.object)
            yield candidate if subject == candidate.subject else replace(candidate, subject=subject, object=obj)


def witnesses(scene: Scene, scorer: Scorer | None) -> dict[Key, Witnesses]:
    """What rules and model say, by predicate and ends (symmetric ends in order)."""
    if scorer is None:
        return gather(candidates(scene), None)
    scored = scorer.score(scene.annotation)
    return gather(candidates(scene), (pair for pair in scored if _spoken_of(scene, pair)))


def _spoken_of(scene: Scene, pair: Scored) -> bool:
    """The model takes any sum beside a body for its deficit; it is heard only where the story speaks of one."""
    return pair.predicate != "DEFICIT" or deficit.spoken_of(scene, scene.line_at(pair.start))


def statements(annotation: Annotation, scorer: Scorer | None) -> tuple[Statement, ...]:
    """The statements of a briefing, in the order of the text."""
    scene = Scene(annotation)
    found: list[Statement] = []
    for key, speaking in witnesses(scene, scorer).items():
        found.extend(_decide(scene, key, speaking))
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.predicate, s.subject, s.object or "", s.role or "")))


def _decide(scene: Scene, key: Key, speaking: Witnesses) -> Iterable[Statement]:
    """Turn the witnesses for one pair and predicate into at most a few statements."""
    told, scored = speaking.told, speaking.scored
    sure = certainty(scene.annotation, key, speaking)
    if sure < RELATIONS[key[0]].threshold:
        return
    if told:
        best = max(told, key=lambda c: (c.confidence, -c.start))
        kept = _several(told, best) if key[0] in {"HOLDS_ROLE", "REGULATORY_ACTION"} else [best]
    elif scored is not None:
        kept = [_pointed_at(scene, key, scored)]
    for candidate in kept:
        mine = [candidate] if len(kept) > 1 else told
        start, end = _place(scene, candidate, scored)
        amount = None
        if "amount" in PREDICATES[key[0]].attributes:
            amount = amounts.settle(scene, scene.line_at(start), *key, candidate.amount)
        settled = replace(
            candidate,
            confidence=sure,
            rule=candidate.rule if scored is None or not told else f"{candidate.rule}+model",
            start=start,
            end=end,
            amount=amount,
            status=candidate.status or _settled(scene, key, mine, scored, "status"),
            form=candidate.form or _settled(scene, key, mine, scored, "form"),
            role=candidate.role or _likely_post(scored),
        )
        if key[0] != "HOLDS_ROLE" or holds_role.fits(settled.role, scene.annotation.entities[key[2] or ""].kind):
            yield from _statement(scene, settled)


def certainty(annotation: Annotation, key: Key, speaking: Witnesses) -> float:
    """The confidence (0–1) of a statement of the briefing."""
    entities = annotation.entities
    return confidence(key[0], speaking, (entities[key[1]], entities[key[2]] if key[2] else None))


def _pointed_at(scene: Scene, key: Key, scored: Scored) -> Candidate:
    """What the model alone believes in, with sum and post as its sentence has them."""
    line = scene.line_at(scored.start)
    amount = RELATIONS[key[0]].describe(scene, line, key[1], key[2])[2]
    role = holds_role.role_of(scene, line, key[1], key[2]) if key[0] == "HOLDS_ROLE" else None
    return Candidate(
        *key, scored.start, scored.end, rule="model", confidence=scored.probability, amount=amount, role=role
    )


def readings(scene: Scene, key: Key, told: Sequence[Candidate], scored: Scored | None, name: str) -> list[str]:
    """What the sentences say of the "status" or "form" of a statement, as `attributes.settle` takes it."""
    if told:
        return [f"rule:{(c.status if name == 'status' else c.form) or ''}" for c in told]
    if scored is None:
        return []
    status, form, _ = RELATIONS[key[0]].describe(scene, scene.line_at(scored.start), key[1], key[2])
    return [f"read:{(status if name == 'status' else form) or ''}"]


def _settled(scene: Scene, key: Key, told: Sequence[Candidate], scored: Scored | None, name: str) -> str | None:
    chances = scored.chances.get(name) if scored else None
    return attributes.settle(key[0], name, readings(scene, key, told, scored, name), chances)


def _likely_post(scored: Scored | None) -> str | None:
    """The post that the model holds likeliest, where it is sure enough and knows its name."""
    chances = scored.chances.get("role", {}) if scored else {}
    best = max(chances, key=lambda post: chances[post], default="other")
    return best if best != "other" and chances[best] >= 0.4 else None


def _place(scene: Scene, told: Candidate, scored: Scored | None) -> tuple[int, int]:
    """Where the quote is taken: the rule's sentence, unless only the model's names an end of the statement."""

    def names_an_end(start: int, end: int) -> bool:
        return any(
            start <= m.start < end and m.entity in {told.subject, told.object} for m in scene.annotation.mentions
        )

    if scored is not None and not names_an_end(told.start, told.end) and names_an_end(scored.start, scored.end):
        return scored.start, scored.end
    return told.start, told.end


def _several(told: Sequence[Candidate], best: Candidate) -> list[Candidate]:
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
        amount=c.amount,
        role=c.role,
        rating=c.rating,
        published=document.published,
    )
