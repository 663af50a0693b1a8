"""Why a stretch of text was taken to mean an entity, in words; part of `ingest.explain`.

What coreference and linking decided is told, not decided anew: references by the reason that was kept with them,
names by how they were linked, by the register's other meanings and by what spoke against those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.model import Entity, Mention
from graph.schema import KINDS, PERSON
from ingest.annotation import Annotation, Reason
from ingest.choose import Context, Era
from ingest.forms import core
from ingest.register import Organisation, Register
from ingest.scene import Mark, Scene

_REFERENCES = frozenset({"reference", "pronoun"})
_OTHERS = 6
"""Most rejected candidates that are told of one name."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A name that a reference goes back to; `sentences` before it (negative: after)."""

    text: str
    start: int
    end: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entity that the words could have meant as well, and what spoke against it."""

    entity: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a stretch of text (`text`, document offsets) was taken to mean, and why.

    `how` is the way of linking: that of the mention for a name, the rule of coreference for a reference.
    """

    entity: str
    name: str
    kind: str
    text: str
    start: int
    end: int
    how: str
    why: str
    confidence: float
    antecedents: tuple[Earlier, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class Linking:
    """Tells of one annotated briefing why its mentions mean what they do."""

    def __init__(self, annotation: Annotation, scene: Scene, register: Register) -> None:
        self._annotation = annotation
        self._scene = scene
        self._register = register
        self._era = Era.of(register, annotation.parsed.document.published, annotation.entities)
        self._context = Context(register, annotation.entities, self._era)

    def link(self, mark: Mark) -> Link:
        """Why this mark means its entity."""
        mention, entity = mark.mention, mark.entity
        told = (entity.id, entity.name, entity.kind, mention.text, mention.start, mention.end)
        reason = self._annotation.reasons.get((mention.start, mention.end))
        if reason is not None and mention.via in _REFERENCES:
            earlier = tuple(self._earlier(mark, reason.antecedents))
            rivals = tuple(self._rivals(reason))
            return Link(*told, reason.rule, self._resolved(mark, reason, earlier), mention.confidence, earlier, rivals)
        return Link(
            *told, mention.via, self._named(mark), mention.confidence, rejected=tuple(self._rejected(mention, entity))
        )

    def name(self, ident: str) -> str:
        """An entity's name, where anything knows it."""
        entity, body = self._annotation.entities.get(ident), self._register.get(ident)
        return entity.name if entity else body.name if body else ident

    def open_name(self, candidates: Iterable[str]) -> tuple[Rejected, ...]:
        """The bodies that a name left open may mean, each with what speaks for or against it."""
        bodies = [b for i in candidates if (b := self._register.get(i))]
        return tuple(Rejected(b.id, b.name, self._against(b) or "may be meant") for b in bodies)

    def _earlier(self, mark: Mark, starts: Iterable[int]) -> Iterator[Earlier]:
        for start in starts:
            other = next((m for m in self._scene.marks if m.start == start and m.mention.via not in _REFERENCES), None)
            if other is not None:
                yield Earlier(other.mention.text, other.start, other.end, mark.sentence - other.sentence)

    def _resolved(self, mark: Mark, reason: Reason, earlier: tuple[Earlier, ...]) -> str:
        what = "person" if mark.entity.kind == PERSON else _kind(mark.entity.kind)
        back = f"“{earlier[0].text}”, {ago(earlier[0].sentences)}" if earlier else "named before"
        if reason.rule in ("members", "listed"):
            named = "; ".join(f"“{e.text}”, {ago(e.sentences)}" for e in earlier)
            which = "the bodies listed after it" if reason.rule == "listed" else "the bodies most likely meant together"
            return f"{which}: {named}"
        why = f" ({', '.join(reason.why)})" if reason.why else ""
        return f"the {what} most likely meant, of those told of before: {back}{why}"

    def _rivals(self, reason: Reason) -> Iterator[Rejected]:
        for ident in reason.rivals[:_OTHERS]:
            yield Rejected(
                ident, self.name(ident), "of a fitting kind, but less likely by its place and by what was told of it"
            )

    def _named(self, mark: Mark) -> str:
        mention, entity = mark.mention, mark.entity
        what = "person" if entity.kind == PERSON else _kind(entity.kind)
        if mention.via == "register":
            return "its name in the register"
        if mention.via == "alias":
            return "one of its other names in the register"
        if mention.via == "short_name":
            return self._short(mark)
        if mention.via == "acronym":
            return "its acronym in the register" if entity.known else self._initials(mark)
        if mention.via == "pattern":
            if entity.kind == PERSON:
                return "a person by the title before the name"
            return f"a body by its closing words: {what}; the register does not know it"
        if entity.kind == PERSON:
            return "a person by the name and the words around it"
        return f"a body by the words around it: {what}; the register does not know it"

    def _short(self, mark: Mark) -> str:
        text = mark.mention.text
        if len(text) > 1 and text.upper() == text and " " not in text:
            return self._initials(mark)
        full = self._fuller(mark)
        if full is None:
            return "a place that the sentence treats as a body" if mark.entity.kind != PERSON else "part of the name"
        return f"short for “{full.mention.text}”, {ago(mark.sentence - full.sentence)}"

    def _initials(self, mark: Mark) -> str:
        """Where an acronym comes from: the brackets behind a name, else the initials of one."""
        text = mark.mention.text
        for other in self._scene.marks:
            after = self._scene.text[other.end : other.end + len(text) + 3]
            if other.entity.id == mark.entity.id and after.replace(" ", "").lower() == f"({text})".lower():
                where = ago(mark.sentence - other.sentence)
                return f"the acronym given in the text: “{other.mention.text} ({text})”, {where}"
        full = self._fuller(mark)
        return f"the initials of “{full.mention.text if full else mark.entity.name}”"

    def _fuller(self, mark: Mark) -> Mark | None:
        """The nearest mention of the same entity by a longer name, those before the mark first."""
        longer = [
            m
            for m in self._scene.marks
            if m.entity.id == mark.entity.id
            and m.mention.via not in _REFERENCES
            and len(m.mention.text) > len(mark.mention.text)
        ]
        before = [m for m in longer if m.start < mark.start]
        return before[-1] if before else longer[0] if longer else None

    def _rejected(self, mention: Mention, entity: Entity) -> Iterator[Rejected]:
        """The register's other meanings of a name."""
        if not entity.known:
            return
        whole = self._register.candidates(mention.text)
        exact = len(whole) > 1
        others = whole if exact else self._register.candidates(" ".join(core(mention.text)))
        mine = self._context.points(entity.id)
        for ident in [i for i in others if i != entity.id][:_OTHERS]:
            body = self._register.get(ident)
            if body is None:
                continue
            if body.kind != entity.kind and (mention.via == "short_name" or not exact):
                words = "words around it speak of" if mention.via == "short_name" else "words of the name say"
                why = f"the {words} {_kind(entity.kind)}"
            else:
                less = self._context.points(ident) < mine
                why = self._against(body) or (
                    "less in common with the other bodies of the briefing" if less else "not the name's usual meaning"
                )
            yield Rejected(ident, body.name, why)

    def _against(self, body: Organisation) -> str:
        """That a body did not exist when the briefing was written, or nothing."""
        if self._era.alive(body):
            return ""
        if body.closed and self._era.earliest and body.closed < self._era.earliest:
            return f"closed on {body.closed}, before the briefing"
        return f"opened on {body.opened}, after the briefing"


def ago(sentences: int) -> str:
    """A distance in sentences, in words.

    >>> ago(1), ago(0), ago(-2)
    ('one sentence before', 'in the same sentence', '2 sentences after')
    """
    if not sentences:
        return "in the same sentence"
    number = abs(sentences)
    return f"{'one sentence' if number == 1 else f'{number} sentences'} {'before' if sentences > 0 else 'after'}"


def _kind(kind: str) -> str:
    caption = KINDS[kind].caption
    return caption if caption.startswith("NHS") else caption.lower()
