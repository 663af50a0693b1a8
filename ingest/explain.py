"""Why the statements of a briefing were found, and what was nearly one; for `extract --explain`.

Nothing is decided here: a briefing is annotated and its statements are made as ever, then the witnesses
(rules and model) are asked again and put beside each statement with the words that tell it, its two
ends and how those were linked. Near misses are what fell below the threshold, what the schema does not
allow, and sentences with telling words that lack an end or a rule. The same briefing gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from graph.model import Document, Statement
from graph.schema import PREDICATES, check_statement
from ingest.annotation import Annotation
from ingest.coreference import resolve, unresolved
from ingest.explain_links import Link, Linking, Rejected
from ingest.explain_rules import gloss
from ingest.link import annotate
from ingest.parse import DEFAULT_MODEL, parse
from ingest.register import Register
from ingest.relations import ballot, combine
from ingest.relations.base import Candidate, Scored, Trigger
from ingest.relations.model import RelationModel
from ingest.scene import Line, Mark, Scene

_HINT = 0.3
"""Probability from which a pair that the model alone believes in is told as a near miss."""

_Key = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the briefing's text, by document offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that fired: what it says, how often it was right and wrong when measured, what that makes it worth."""

    name: str
    says: str
    right: int
    wrong: int
    precision: float


@dataclass(frozen=True, slots=True)
class Votes:
    """The parts of a confidence, each from 0 to 1.

    The rules (the one that made the statement, then the best first), the model's probability (None: it says
    nothing), the vote of both, the confidence (the vote, less what may be wrong with the names), and that from which
    such a statement is kept.
    """

    rules: tuple[Rule, ...]
    model: float | None
    vote: float
    confidence: float
    threshold: float


@dataclass(frozen=True, slots=True)
class End:
    """An end of a statement: its link, and whether that stands in the quote or so many sentences before it."""

    link: Link | None
    entity: str
    name: str
    in_quote: bool
    sentences_before: int


@dataclass(frozen=True, slots=True)
class Account:
    """One statement with the reasons for it."""

    statement: Statement
    subject: End
    object: End | None
    trigger: Words | None
    votes: Votes


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What nearly was a statement of `predicate`, in the sentence `quote`, and what it lacked."""

    predicate: str
    quote: Words
    trigger: Words | None
    ends: tuple[End, ...]
    lacking: str
    votes: Votes | None = None


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that was left unlinked, with the bodies that it may mean."""

    words: Words
    reason: str
    candidates: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that can be told of one briefing, in the order of its text."""

    id: str
    title: str
    statements: tuple[Account, ...]
    near_misses: tuple[NearMiss, ...]
    open_names: tuple[OpenName, ...]


def explanations(
    documents: Iterable[Document], *, register: Sequence[Path] = (), model: str = DEFAULT_MODEL
) -> Iterator[tuple[Document, Explanation]]:
    """Explain each document's statements, in order.

    Raises:
        RegisterError: an extra register file is malformed.
        InputError: the spaCy model is not installed.
    """
    known = Register.load(register)
    scorer = RelationModel.load()
    for parsed in parse(documents, model=model):
        yield parsed.document, explain(resolve(annotate(parsed, known)), known, scorer)


def explain(annotation: Annotation, register: Register, scorer: combine.Scorer | None) -> Explanation:
    """Explain the statements of one annotated briefing."""
    return _Explainer(annotation, register, scorer).explain()


class _Explainer:
    """The state of explaining one briefing."""

    def __init__(self, annotation: Annotation, register: Register, scorer: combine.Scorer | None) -> None:
        said = combine.Once(scorer) if scorer is not None else None
        self.annotation = annotation
        self.scene = Scene(annotation)
        self.linking = Linking(annotation, self.scene, register)
        self.witnesses = combine.witnesses(self.scene, said)
        self.statements = combine.statements(annotation, said)

    def explain(self) -> Explanation:
        document = self.annotation.parsed.document
        accounts = tuple(self._account(s) for s in self.statements)
        misses = sorted(self._misses(), key=lambda m: (m.quote.start, m.predicate, m.lacking, repr(m)))
        names = tuple(
            OpenName(Words(q.text, q.start, q.end), q.reason, self.linking.open_name(q.candidates))
            for q in sorted(self.annotation.questions, key=lambda q: q.start)
        )
        return Explanation(document.id, document.title, accounts, tuple(misses), names)

    def _account(self, s: Statement) -> Account:
        key = (s.predicate, s.subject, s.object)
        ends, trigger = self._marks(*key, s.start, s.end, s)
        subject, *objects = (
            self._end(entity, mark, s.start) for entity, mark in zip((s.subject, s.object), ends, strict=True) if entity
        )
        return Account(s, subject, objects[0] if objects else None, trigger, self._votes(key, s.rule))

    def _votes(self, key: _Key, made_by: str = "") -> Votes:
        """What rules and model say of a pair; the rule that made the statement comes first."""
        speaking = self.witnesses[key]
        rules = {c.rule: c for c in sorted(speaking.told, key=lambda c: (c.confidence, -c.start))}
        first = made_by.removesuffix("+model")
        best = sorted(rules.values(), key=lambda c: (c.rule != first, -c.confidence, c.rule))
        return Votes(
            tuple(Rule(c.rule, gloss(c.rule), *ballot.tally(c.rule), c.confidence) for c in best),
            speaking.scored.probability if speaking.scored else None,
            ballot.vote(key[0], speaking),
            combine.certainty(self.annotation, key, speaking),
            combine.RELATIONS[key[0]].threshold,
        )

    def _end(self, entity: str, mark: Mark | None, start: int) -> End:
        if mark is not None:
            return End(self.linking.link(mark), entity, mark.entity.name, True, 0)
        line = self.scene.line_at(start)
        known = [m for m in self.scene.marks if m.entity.id == entity]
        before = [m for m in known if m.sentence < line.index]
        nearest = before[-1] if before else known[0] if known else None
        if nearest is None:
            return End(None, entity, self.linking.name(entity), False, 0)
        return End(self.linking.link(nearest), entity, nearest.entity.name, False, line.index - nearest.sentence)

    def _marks(
        self, predicate: str, subject: str, obj: str | None, start: int, end: int, told: Statement | None = None
    ) -> tuple[tuple[Mark | None, Mark | None], Words | None]:
        """The mentions of the ends and the trigger that stand closest together between two offsets."""
        here = [m for m in self.scene.marks if start <= m.start < end]
        subjects: list[Mark | None] = [*(m for m in here if m.entity.id == subject)] or [None]
        objects: list[Mark | None] = [*(m for m in here if m.entity.id == obj)] or [None]
        triggers: list[Trigger | None] = [
            t
            for line in self.scene.lines
            if line.start < end and start < line.end
            for t in combine.RELATIONS[predicate].triggers(line)
            if start <= t.start and t.end <= end
        ]

        def width(choice: tuple[Mark | None, Mark | None, Trigger | None]) -> tuple[int, ...]:
            a, b, t = choice
            places = [(x.start, x.end) for x in choice if x is not None]
            covered = t is not None and any(m and m.start < t.end and t.start < m.end for m in (a, b))
            post = told.role if told else None
            elsewhere = bool(post and not (t and post.split()[-1] in self.scene.text[t.start : t.end].lower()))
            other = bool(t and told and told.form and t.form not in ("", told.form))
            span = max((e for _, e in places), default=0) - min((s for s, _ in places), default=0)
            helping = t is not None and not t.telling
            return (covered, elsewhere or other, span + 40 * helping, *(s for s, _ in places))

        a, b, t = min(product(subjects, objects, triggers or [None]), key=width)
        if t is not None and any(m and m.start < t.end and t.start < m.end for m in (a, b)):
            t = None
        return (a, b), self._words(t.start, t.end) if t else None

    def _misses(self) -> Iterator[NearMiss]:
        made = {(s.predicate, s.subject, s.object) for s in self.statements}
        told: set[tuple[str, int]] = {(s.predicate, self.scene.line_at(s.start).index) for s in self.statements}
        for key, speaking in self.witnesses.items():
            candidates, scored = speaking.told, speaking.scored
            for c in candidates:
                told.add((key[0], self.scene.line_at(c.start).index))
            if key not in made and (candidates or (scored and scored.probability >= _HINT)):
                yield self._dropped(key, candidates, scored)
        for line in self.scene.lines:
            for predicate in PREDICATES:
                if (predicate, line.index) not in told:
                    yield from self._lacking(predicate, line)

    def _dropped(self, key: _Key, told: Sequence[Candidate], scored: Scored | None) -> NearMiss:
        """A pair that rules or model proposed and that did not become a statement."""
        best: Candidate | Scored | None = max(told, key=lambda c: (c.confidence, -c.start), default=scored)
        assert best is not None
        votes = self._votes(key)
        entities = self.annotation.entities
        kinds = (entities[key[1]].kind, entities[key[2]].kind if key[2] else None)
        wrong = check_statement(key[0], *kinds, None, None)
        if key[1] == key[2]:
            lacking = "a second end: both are the same body"
        elif wrong is not None:
            lacking = f"an end that may stand there: {wrong}"
        else:
            lacking = f"certainty: {votes.confidence:.0%} sure, and {votes.threshold:.0%} is needed"
        ends, trigger = self._marks(*key, best.start, best.end)
        told_ends = tuple(self._end(e, mark, best.start) for e, mark in zip(key[1:], ends, strict=True) if e)
        return NearMiss(key[0], self._words(best.start, best.end), trigger, told_ends, lacking, votes)

    def _lacking(self, predicate: str, line: Line) -> Iterator[NearMiss]:
        """A sentence with telling words of a predicate for which neither rules nor model proposed anything."""
        triggers = [t for t in combine.RELATIONS[predicate].triggers(line) if t.telling]
        free = [t for t in triggers if not any(m.start < t.end and t.start < m.end for m in line.marks)]
        if not free:
            return
        spec = PREDICATES[predicate]
        marks = list({m.entity.id: m for m in reversed(line.marks)}.values())[::-1]
        subjects = [m for m in marks if m.entity.kind in spec.subjects]
        objects = [m for m in marks if m.entity.kind in spec.objects]
        open_words = [self.scene.text[a:b] for a, b in unresolved(line)]
        ends = sorted({m.entity.id: m for m in (*subjects, *objects)}.values(), key=lambda m: m.start)
        if not ends and not open_words:
            return
        paired = any(a.entity.id != b.entity.id for a, b in product(subjects, objects))
        if (paired and spec.objects) or (subjects and not spec.objects):
            lacking = "a rule or a model that joins what it names"
        elif not spec.objects or not ends:
            lacking = "a body that it could be said of" if not spec.objects else "both ends"
        elif not subjects:
            lacking = f"who it could be said of: nothing named here can be the subject of {predicate}"
        else:
            lacking = "a second end"
        if open_words and not paired:
            lacking += f"; not resolved: {', '.join(f'“{w}”' for w in open_words)}"
        named = tuple(self._end(m.entity.id, m, line.start) for m in ends)
        yield NearMiss(
            predicate, self._words(line.start, line.end), self._words(free[0].start, free[0].end), named, lacking
        )

    def _words(self, start: int, end: int) -> Words:
        return Words(self.scene.text[start:end], start, end)
