"""Annotation and extraction compared, then counted: the figures of the annotation guide.

A statement is its predicate and ends (in either order where the predicate has no direction); its attributes are
judged where it is found. Optional entities and statements are right if found and no fault if left out. Of several
found statements with the same ends the surest counts. One that joins a body with itself is left out, unless
the body is a collective.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.schema import PREDICATES
from ingest.evaluation.align import Names, align, same_kind
from ingest.evaluation.gold import ATTRIBUTES, Body, Briefing, Fact
from ingest.names import vocabulary

HEADLINE = frozenset({"MERGER_TALKS", "DISPUTE", "FUNDING"})
BANDS = (0.9, 0.7, 0.5, 0.0)
"""Lower bounds of the bands of confidence."""

_POSTS = {
    **dict.fromkeys(("ceo", "ce", "boss"), "chief executive"),
    **dict.fromkeys(("chairman", "chairwoman", "chairperson"), "chair"),
    "cfo": "chief finance",
    "coo": "chief operating",
}
_TELLS_NOTHING = vocabulary("of the and officer interim acting")

Triple = tuple[str, str, str | None]
"""Predicate and ends by annotated key, in order where there is no direction; `?id` is a body that nobody annotated."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, invented and missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.invented + other.invented, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.invented) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.invented + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a statement that was found: what it should be (any of `wanted`) and what was read."""

    triple: Triple
    name: str
    wanted: tuple[str | float, ...]
    got: str | float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One briefing compared. `same` maps found keys to annotated ones; `wanted` and `told` are statements by triple."""

    gold: Briefing
    found: Briefing
    same: Mapping[str, str]
    missed_bodies: tuple[Body, ...]
    invented_bodies: tuple[Body, ...]
    bodies: Tally
    kinds: tuple[int, int]
    wanted: Mapping[Triple, tuple[Fact, ...]]
    told: Mapping[Triple, Fact]
    attributes: tuple[Attribute, ...]

    def required(self, triple: Triple) -> bool:
        """Whether a careful reader would miss the statement."""
        return not all(fact.optional for fact in self.wanted[triple])

    @property
    def missed(self) -> list[Triple]:
        return [t for t in self.wanted if t not in self.told and self.required(t)]

    @property
    def invented(self) -> list[Triple]:
        return [t for t in self.told if t not in self.wanted]

    @property
    def tallies(self) -> Counter[tuple[str, str]]:
        """How many of each predicate are right, invented, missed."""
        found = ("right" if t in self.told else "missed" for t in self.wanted if self.required(t))
        required = (t[0] for t in self.wanted if self.required(t))
        return Counter(zip(required, found, strict=True)) + Counter((t[0], "invented") for t in self.invented)


@dataclass(frozen=True, slots=True)
class Figures:
    """All counts of a set of briefings. `accuracy` holds (right, judged) for the kind and each attribute;
    `calibration` the same for each band of confidence, optional statements counted as right."""

    briefings: int
    entities: Tally
    statements: Tally
    headline: Tally
    predicates: Mapping[str, Tally]
    accuracy: Mapping[str, tuple[int, int]]
    calibration: Mapping[float, tuple[int, int]]


def compare(gold: Briefing, found: Briefing, names: Names) -> Comparison:
    """Set what was found in a briefing against its annotation."""
    same = align(gold, found, names)
    kinds: dict[str, set[str]] = {}
    for body in found.bodies:
        if body.key in same:
            kinds.setdefault(same[body.key], set()).add(body.kind)
    needed = [body for body in gold.bodies if not body.optional]
    hit = [body for body in needed if body.key in kinds]
    missed = tuple(body for body in needed if body.key not in kinds)
    invented = tuple(body for body in found.bodies if body.key not in same)

    wanted: dict[Triple, tuple[Fact, ...]] = {}
    for fact in gold.facts:
        triple = ordered(fact.predicate, fact.subject, fact.object)
        wanted[triple] = (*wanted.get(triple, ()), fact)
    told: dict[Triple, Fact] = {}
    collectives = {body.key for body in gold.bodies if body.members}
    for fact in sorted(found.facts, key=lambda f: -f.confidence):
        subject, obj = (None if end is None else same.get(end, f"?{end}") for end in (fact.subject, fact.object))
        if subject is not None and (subject != obj or subject in collectives):
            told.setdefault(ordered(fact.predicate, subject, obj), fact)

    return Comparison(
        gold=gold,
        found=found,
        same=same,
        missed_bodies=missed,
        invented_bodies=invented,
        bodies=Tally(len(hit), len(invented), len(missed)),
        kinds=(sum(any(same_kind(k, body.kind) for k in kinds[body.key]) for body in hit), len(hit)),
        wanted=wanted,
        told=told,
        attributes=tuple(a for triple, facts in wanted.items() if triple in told for a in _judged(triple, facts, told)),
    )


def ordered(predicate: str, subject: str, obj: str | None) -> Triple:
    """The triple of a statement; ends of a predicate without direction in alphabetical order."""
    if PREDICATES[predicate].symmetric and obj is not None and obj < subject:
        return predicate, obj, subject
    return predicate, subject, obj


def _judged(triple: Triple, facts: Iterable[Fact], told: Mapping[Triple, Fact]) -> Iterable[Attribute]:
    for name in ATTRIBUTES:
        wanted = tuple(fact.attributes[name] for fact in facts if name in fact.attributes)
        if wanted:
            got = told[triple].attributes.get(name)
            yield Attribute(triple, name, wanted, got, any(agrees(name, got, w) for w in wanted))


def agrees(attribute: str, got: str | float | None, wanted: str | float) -> bool:
    """Whether an attribute is right: sums to one in a hundred, posts by a telling word, all else exactly.

    >>> agrees("amount", 1_995_000.0, 2_000_000.0), agrees("role", "interim CEO", "chief executive officer")
    (True, True)
    """
    if got is None:
        return False
    if attribute == "amount":
        return abs(float(got) - float(wanted)) <= 0.01 * abs(float(wanted))
    if attribute == "role":
        return bool(_post(str(got)) & _post(str(wanted)))
    return got == wanted


def _post(role: str) -> set[str]:
    words = re.findall("[a-z]+", role.lower())
    return {w for word in words for w in _POSTS.get(word, word).split()} - _TELLS_NOTHING


def figures(comparisons: Iterable[Comparison]) -> Figures:
    """Count what the comparisons of a set hold."""
    briefings, entities, kinds = 0, Tally(), Counter[str]()
    counts, judged, right = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    bands: dict[float, Counter[bool]] = {band: Counter() for band in BANDS}
    for c in comparisons:
        briefings += 1
        entities += c.bodies
        kinds += Counter(right=c.kinds[0], judged=c.kinds[1])
        counts += c.tallies
        for attribute in c.attributes:
            judged[attribute.name] += 1
            right[attribute.name] += attribute.right
        for triple, fact in c.told.items():
            bands[next(b for b in BANDS if fact.confidence >= b)][triple in c.wanted] += 1
    predicates = {
        p: Tally(counts[p, "right"], counts[p, "invented"], counts[p, "missed"]) for p in sorted({p for p, _ in counts})
    }
    return Figures(
        briefings=briefings,
        entities=entities,
        statements=sum(predicates.values(), Tally()),
        headline=sum((t for p, t in predicates.items() if p in HEADLINE), Tally()),
        predicates=predicates,
        accuracy={"kind": (kinds["right"], kinds["judged"])} | {a: (right[a], judged[a]) for a in ATTRIBUTES},
        calibration={band: (n[True], n.total()) for band, n in bands.items()},
    )
