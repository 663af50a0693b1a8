"""Why each miss, invention and wrong attribute happened, as far as the text and both readings tell.

The first cause that fits is given, in the order in which extraction works: first the ends must be found and linked,
then marked where the statement is told, then joined by a rule or the model, then be likely enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.schema import PREDICATES
from graph.style import money
from ingest.evaluation.align import bare, same_kind
from ingest.evaluation.gold import Body
from ingest.evaluation.page import Page, Span, names, overlap
from ingest.evaluation.score import Comparison, Triple, ordered

Weighed = Mapping[tuple[str, str, str | None], tuple[float, float]]
"""Confidence, and the least that is kept, of all that rules and model proposed: by predicate and found keys."""

ENTITY = "entity"
MISSED = {
    "mention not found": "a name in the text was not marked",
    "left as a question": "the name may be one of several bodies; a person is asked",
    "wrong link": "the name was taken for another annotated body",
    "wrong kind": "the name was marked, as something of another kind",
    "wrong extent": "more or less than the name was marked, as a body that nobody annotated",
    "wrong name": "the name was marked, as a body whose full name is another",
    "reference unresolved": "only a noun or pronoun stands there, and nothing or another body was made of it",
    "named elsewhere": "that end is not named in the paragraph at all",
    "below threshold": "proposed, but not thought likely enough",
    "kinds don't fit": "likely enough, but the schema doesn't allow these ends",
    "wrong ends": "the same was told there of another body",
    "other predicate": "something else was told of the same two",
    "trigger unknown": "both ends are marked there, and neither rules nor model proposed it",
}
"""Causes of a miss and what they mean."""
INVENTED = {
    "form of another body": "the name belongs to a body that is annotated",
    "no such body": "nothing is annotated there",
    "end invented": "an end is no annotated body",
    "ends reversed": "true the other way round",
    "other predicate": "the two are linked, but otherwise",
    "end wrong": "one end is right: the same is told there of another body",
    "no such fact": "nothing like it is annotated",
}
"""Causes of an invention and what they mean."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong. `side` is "missed", "invented" or "wrong"; `what` is "entity" or a predicate."""

    briefing: str
    side: str
    what: str
    cause: str
    said: str
    sentence: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What extraction leaves behind besides its result: the text that it read, all that it weighed, and where the
    names stand that it put as questions. Without the last two, fewer causes can be told."""

    text: str
    weighed: Weighed = field(default_factory=dict)
    questions: tuple[Span, ...] = ()


def faults(name: str, comparison: Comparison, trace: Trace) -> Iterator[Fault]:
    """Every miss, invention and wrong attribute of one briefing, each with its cause."""
    return _Judge(name, comparison, trace).faults()


class _Judge:
    def __init__(self, name: str, comparison: Comparison, trace: Trace) -> None:
        self.name = name
        self.c = comparison
        self.questions = trace.questions
        self.page = Page(comparison, trace.text)
        self.found_keys = set(comparison.same.values())
        self.labels = {body.key: body.name for body in comparison.gold.bodies}
        self.labels |= {f"?{b.key}": b.name for b in comparison.found.bodies if b.key not in comparison.same}
        self.weighed: dict[Triple, tuple[float, float]] = {}
        for (predicate, subject, obj), sure in trace.weighed.items():
            ends = [None if end is None else comparison.same.get(end) for end in (subject, obj)]
            if ends[0] is not None and (ends[1] is not None or obj is None):
                triple = ordered(predicate, ends[0], ends[1])
                self.weighed[triple] = max(sure, self.weighed.get(triple, sure))

    def faults(self) -> Iterator[Fault]:
        for body in self.c.missed_bodies:
            cause, detail = self._absent(body.key)
            spans = self.page.annotated[body.key]
            sentence = self.page.sentence_of(spans[0] if spans else None)
            yield Fault(self.name, "missed", ENTITY, cause, f"{body.name} ({body.kind})", sentence, detail)
        for body in self.c.invented_bodies:
            others = [
                k for k, spans in self.page.annotated.items() if any(overlap(s, t) for s in spans for t in body.spans)
            ]
            cause = "form of another body" if others else "no such body"
            detail = ", ".join(self.labels[k] for k in others)
            sentence = self.page.sentence_of(body.spans[0] if body.spans else None)
            yield Fault(self.name, "invented", ENTITY, cause, f"{body.name} ({body.kind})", sentence, detail)
        for triple in self.c.missed:
            cause, detail = self._why_missed(triple)
            yield self._fault("missed", triple, cause, detail)
        for triple in self.c.invented:
            cause, detail = self._why_invented(triple)
            yield self._fault("invented", triple, cause, detail)
        for a in self.c.attributes:
            if not a.right:
                cause = f"{a.name} not read" if a.got is None else f"wrong {a.name}"
                wanted = " or ".join(map(_shown, dict.fromkeys(a.wanted)))
                yield self._fault("wrong", a.triple, cause, f"{_shown(a.got)}, not {wanted}" if a.got else wanted)

    def _fault(self, side: str, triple: Triple, cause: str, detail: str) -> Fault:
        fact = self.c.wanted[triple][0] if triple in self.c.wanted else self.c.told[triple]
        ends = triple[1:] if side != "invented" else ()
        return Fault(self.name, side, triple[0], cause, self._said(triple), self.page.sentence(fact, ends), detail)

    def _said(self, triple: Triple) -> str:
        predicate, subject, obj = triple
        if obj is None:
            return f"{predicate} {self._name(subject)}"
        return f"{predicate} {self._name(subject)} {'–' if PREDICATES[predicate].symmetric else '→'} {self._name(obj)}"

    def _name(self, key: str) -> str:
        return self.labels.get(key, key)

    def _absent(self, key: str) -> tuple[str, str]:
        """Why a body was not found in the whole briefing."""
        return self._unmarked(key, (0, len(self.page.text)))

    def _unmarked(self, key: str, place: Span) -> tuple[str, str]:
        """Why a body is not marked within a place."""
        forms = self.page.forms_in(key, place)
        if not forms:
            return "named elsewhere", self._name(key)
        texts = [self.page.text[a:b] for a, b in forms]
        named = [form for form, text in zip(forms, texts, strict=True) if names(text)]
        form = (named or forms)[0]
        taken = next(((f, t, body) for f in named or forms for t, body in self.page.taken_for(f)), None)
        detail = f"“{self.page.text[form[0] : form[1]]}”"
        if taken is not None:
            form, _, other = taken
            meant = self._name(self.c.same.get(other.key, f"?{other.key}"))
            detail = f"“{self.page.text[form[0] : form[1]]}” taken for {meant}, {other.kind}"
        if not named:
            return "reference unresolved", detail
        if taken is None:
            asked = any(overlap(f, q) for f in named for q in self.questions)
            return ("left as a question" if asked else "mention not found"), detail
        return self._mistaken(key, *taken), detail

    def _mistaken(self, key: str, form: Span, marked: Span, other: Body) -> str:
        """How a name went wrong that was marked as a body which it isn't."""
        if other.key in self.c.same:
            return "wrong link"
        kind = next(body.kind for body in self.c.gold.bodies if body.key == key)
        if not same_kind(kind, other.kind):
            return "wrong kind"
        text = self.page.text
        return "wrong name" if bare(text[slice(*form)]) == bare(text[slice(*marked)]) else "wrong extent"

    def _why_missed(self, triple: Triple) -> tuple[str, str]:
        ends = [end for end in triple[1:] if end is not None]
        for end in ends:
            if end not in self.found_keys:
                return self._absent(end)
        if triple in self.weighed:
            sure, least = self.weighed[triple]
            shown = f"{sure:.2f}, needs {least:.2f}"
            return ("below threshold", shown) if sure < least else ("kinds don't fit", self._kinds(ends))
        place = self.page.place(self.c.wanted[triple][0])
        for end in ends:
            if not self.page.is_marked(end, place):
                return self._unmarked(end, place)
        for other in self._invented_in(place):
            if other[0] == triple[0] and set(other[1:]) & set(ends):
                return "wrong ends", f"told: {self._said(other)}"
        for other in self._invented_in(place):
            if set(other[1:]) == set(triple[1:]):
                return "other predicate", f"told: {self._said(other)}"
        return "trigger unknown", ""

    def _invented_in(self, place: Span) -> list[Triple]:
        return [t for t in self.c.invented if overlap(self.page.place(self.c.told[t]), place)]

    def _kinds(self, ends: list[str]) -> str:
        kinds = {self.c.same.get(b.key): b.kind for b in self.c.found.bodies}
        return ", ".join(f"{self._name(end)}: {kinds.get(end)}" for end in ends)

    def _why_invented(self, triple: Triple) -> tuple[str, str]:
        ends = set(triple[1:]) - {None}
        unknown = [end for end in triple[1:] if end is not None and end.startswith("?")]
        if unknown:
            return "end invented", ", ".join(map(self._name, unknown))
        alike = [w for w in self.c.wanted if set(w[1:]) - {None} == ends]
        if any(w[0] == triple[0] for w in alike):
            return "ends reversed", ""
        if alike:
            return "other predicate", f"annotated: {', '.join(sorted({w[0] for w in alike}))}"
        place = self.page.place(self.c.told[triple])
        for wanted, facts in self.c.wanted.items():
            near = any(overlap(self.page.place(f), place) for f in facts)
            if near and wanted[0] == triple[0] and set(wanted[1:]) & ends:
                return "end wrong", f"annotated: {self._said(wanted)}"
        return "no such fact", ""


def _shown(value: str | float | None) -> str:
    return money(value) if isinstance(value, float) else str(value)
