"""Annotated briefings → cases to learn references from: what was offered at each place, and what is right there.

Names and earlier references are as annotated. Pronouns and words for several bodies are annotated only where
they matter, so that an unannotated one says little or nothing; so does an unannotated noun, being passed over
as often as not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity, Mention
from graph.schema import PERSON
from ingest.annotation import Annotation
from ingest.antecedents import Heads, Option, options
from ingest.choice import group_of
from ingest.discourse import Discourse
from ingest.parse import ParsedDocument
from ingest.scene import Line, Mark, Scene
from ingest.sets import Choice, Several, choices, several
from ingest.spots import ARTICLES, IMPERSONAL, PERSONAL, Spot, spots
from training.gold import Example, nominal

_UNSAID = 0.25
"""What an unannotated noun counts for: half of them are references that the annotation passed over."""
_IMPLIED = 0.6
"""What a reference counts for whose meaning only an annotated post tells."""
_UNSAID_SEVERAL = 0.1
_UNSAID_THEY = 0.05
_WHO = (
    PERSONAL
    | IMPERSONAL
    | {"it", "who", "they", "them", "we", "us", "our", "there", "himself", "herself", "itself", "i"}
)

Told = tuple[Example, ParsedDocument]


@dataclass(frozen=True, slots=True)
class Case:
    """A place that may refer: what was offered, which of it is right, and what that counts for.

    `group` is one of `choice.GROUPS`; `implied` cases are told by an annotated post, not by an annotated reference.
    """

    options: tuple[Option | Choice, ...]
    right: tuple[int, ...]
    weight: float
    annotated: bool
    implied: bool
    group: str
    briefing: str


def marks(example: Example) -> dict[tuple[int, int], set[int]]:
    """The references of an annotation: place → entities."""
    found: dict[tuple[int, int], set[int]] = {}
    for m in example.mentions:
        if nominal(example.text[m.start : m.end]):
            found.setdefault((m.start, m.end), set()).add(m.entity)
    return found


def heads(told: Sequence[Told]) -> dict[str, dict[str, int]]:
    """Head nouns seen twice at least, with how often each stood for which kind; "bare" counts those without article."""
    counts: dict[str, Counter[str]] = {}
    for example, parsed in told:
        for (start, end), entities in marks(example).items():
            if len(entities) > 1:
                continue
            (entity,) = entities
            passage = next((p for p in parsed.passages if p.start <= start < p.end), None)
            inside = [t for t in passage.tokens if start <= t.start < end] if passage else []
            span = {t.i for t in inside}
            head = next((t for t in inside if t.head not in span or t.head == t.i), None)
            if head is None or head.lower in _WHO | ARTICLES or not head.lower.isalpha():
                continue
            tally = counts.setdefault(head.lower, Counter())
            tally[example.kinds[entity]] += 1
            if inside[0].lower not in ARTICLES and len(inside) == 1:
                tally["bare"] += 1
    found = {}
    for noun, tally in sorted(counts.items()):
        if tally["bare"] == 1:
            del tally["bare"]
        if sum(n for k, n in tally.items() if k != "bare") >= 2 and set(tally) != {"person"}:
            found[noun] = dict(sorted(tally.items()))
    return found


def cases(told: Sequence[Told], known: Heads) -> Iterator[Case]:
    """One case for each place that may refer, those of pronouns where annotated or implied."""
    for example, parsed in told:
        yield from _Reading(example, parsed, known).cases()


class _Reading:
    """One annotated briefing read from its beginning."""

    def __init__(self, example: Example, parsed: ParsedDocument, known: Heads) -> None:
        self._example = example
        self._known = known
        self._annotated = marks(example)
        rows = zip(example.keys, example.names, example.kinds, example.members, strict=True)
        self._entities = {key: Entity(key, name, kind, members=members) for key, name, kind, members in rows}
        named = tuple(
            Mention(m.start, m.end, example.text[m.start : m.end], example.keys[m.entity], "gold")
            for m in example.mentions
            if (m.start, m.end) not in self._annotated
        )
        self._scene = Scene(Annotation(parsed, self._entities, named))
        self._discourse = Discourse(self._scene)
        self._posts: dict[str, set[str]] = {}
        for label in example.labels:
            if label.predicate == "HOLDS_ROLE" and label.object is not None:
                self._posts.setdefault(example.keys[label.subject], set()).add(example.keys[label.object])

    def cases(self) -> Iterator[Case]:
        for line in self._scene.lines:
            self._discourse.open(line)
            found: list[Mark | Spot | Several] = [*line.marks, *spots(line, self._known), *several(line, self._known)]
            for item in sorted(found, key=lambda f: f.start):
                if isinstance(item, Mark):
                    self._discourse.name(line, item)
                elif isinstance(item, Several):
                    yield from self._several(line, item)
                else:
                    yield from self._one(line, item)

    def _right(self, start: int, end: int, *, exactly: bool) -> set[str]:
        """The entities annotated at a place; `exactly` there, or overlapping it."""
        return {
            self._example.keys[entity]
            for (a, b), entities in self._annotated.items()
            if ((a, b) == (start, end) if exactly else a < end and start < b)
            for entity in entities
        }

    def _several(self, line: Line, item: Several) -> Iterator[Case]:
        right = self._right(item.start, item.end, exactly=False)
        if len(right) == 1:
            return
        offered = tuple(choices(self._discourse, line, item))
        wanted = tuple(sorted(right))
        places = tuple(k for k, o in enumerate(offered) if right and o.members == wanted) or (0,)
        unsaid = _UNSAID_THEY if item.form in ("they", "them") else _UNSAID_SEVERAL
        yield Case(offered, places, 1.0 if right else unsaid, bool(right), False, "several", self._example.id)
        if right:
            self._discourse.refer_to_all(line, item.start, [self._entities[e] for e in wanted])

    def _one(self, line: Line, spot: Spot) -> Iterator[Case]:
        right = self._right(spot.start, spot.end, exactly=spot.pronoun)
        offered = tuple(options(self._discourse, line, spot, self._known))
        implied = set() if right else _implied(self._posts, line, spot, offered)
        weight = 1.0 if right else _IMPLIED if implied else 0.0 if spot.pronoun else _UNSAID
        meant = right or implied
        if weight:
            places = tuple(k for k, o in enumerate(offered) if len(meant) == 1 and o.entity in meant) or (0,)
            yield Case(offered, places, weight, bool(right), bool(implied), group_of(spot), self._example.id)
        if len(right) == 1:
            self._discourse.refer(line, spot, self._entities[next(iter(right))])


def _implied(posts: Mapping[str, set[str]], line: Line, spot: Spot, options: Sequence[Option]) -> set[str]:
    """The body of "its chair, Ann Lee", where the annotation tells the one at which she holds a post."""
    if spot.head != "its":
        return set()
    person = next((m for m in line.marks if m.entity.kind == PERSON and spot.end < m.start < spot.end + 60), None)
    if person is None or any(spot.end < m.start < person.start for m in line.marks):
        return set()
    found = {o.entity for o in options if o.entity} & posts.get(person.entity.id, set())
    return found if len(found) == 1 else set()
