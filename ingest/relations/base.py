"""What the relation modules share: the candidate statement, and finding ends around a trigger.

Each module of this room tells how one predicate is put in words. Its `find(scene)` yields
`Candidate`s; `ingest.relations.combine` checks them against the schema, lets rules and model
vote, and keeps what is likely enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graph.schema import PERSON
from ingest.scene import Line, Mark, Scene, coordinated


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible statement. `start`/`end` are the evidence's document offsets; ends are entity ids."""

    predicate: str
    subject: str
    object: str | None
    start: int
    end: int
    rule: str
    confidence: float
    status: str | None = None
    form: str | None = None
    amount: float | None = None
    role: str | None = None
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair that the learned model believes in, by entity ids; `object` is None for DEFICIT.

    From 0.5 up, `probability` favours the statement (each predicate's scale is fitted so that 0.5 is
    the best cut). `passage`, `start` and `end` (document offsets) are the sentence that carries it best.
    """

    predicate: str
    subject: str
    object: str | None
    probability: float
    status: str | None
    form: str | None
    passage: int
    start: int
    end: int
    chances: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """How likely the model holds each value of "status", "form" and "role" (shares that sum to 1)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell a predicate, by document offsets; for explanations only.

    `telling` ones do so by themselves; `form` is the one that they tell, where they tell one.
    """

    start: int
    end: int
    telling: bool
    form: str = ""


class Finder(Protocol):
    """The one function that each predicate's module offers."""

    def __call__(self, scene: Scene) -> Iterator[Candidate]: ...


def organisations(marks: Iterable[Mark], kinds: frozenset[str] | None = None) -> list[Mark]:
    """The marks that are no persons, of these kinds if any are given."""
    return [m for m in marks if m.entity.kind != PERSON and (kinds is None or m.entity.kind in kinds)]


def triggers_in(
    line: Line, telling: Iterable[re.Pattern[str]], helping: Iterable[re.Pattern[str]] = (), form: str = ""
) -> list[Trigger]:
    """Where a sentence has words of these patterns, whole words, left to right; of two alike the telling one."""
    found: dict[tuple[int, int], Trigger] = {}
    for patterns, tells in ((telling, True), (helping, False)):
        for match in (m for p in patterns for m in p.finditer(line.text) if m.end() > m.start()):
            end = match.end()
            while end < len(line.text) and line.text[end - 1].isalnum() and line.text[end].isalnum():
                end += 1
            place = (line.start + match.start(), line.start + end)
            found.setdefault(place, Trigger(*place, tells, form))
    return [found[place] for place in sorted(found)]


def last_before(marks: Iterable[Mark], place: int) -> Mark | None:
    """The last mark that ends at or before the offset."""
    return max((m for m in marks if m.end <= place), key=lambda m: (m.end, m.start), default=None)


def first_after(marks: Iterable[Mark], place: int) -> Mark | None:
    """The first mark that starts at or after the offset."""
    return min((m for m in marks if m.start >= place), key=lambda m: (m.start, m.end), default=None)


def group(scene: Scene, line: Line, mark: Mark, kinds: frozenset[str] | None = None) -> list[Mark]:
    """The mark and those bodies (of these kinds) that it is listed with in its own sentence, each entity once."""
    if mark.entity.kind == PERSON:
        return [mark]
    home = line if mark.sentence == line.index else scene.lines[mark.sentence]
    row = coordinated(organisations(home.marks, kinds), mark, scene.text)
    return list({m.entity.id: m for m in row}.values())


def token_at(line: Line, offset: int) -> int | None:
    """Index in the passage of the token that covers a document offset."""
    return next((t.i for t in line.tokens if t.start <= offset < t.end), None)


def subtree(line: Line, root: int) -> set[int]:
    """Indexes of all tokens below `root` in the parse, itself included."""
    below = {root}
    tokens = line.tokens
    changed = True
    while changed:
        more = {t.i for t in tokens if t.head in below} - below
        below |= more
        changed = bool(more)
    return below


def dependents(line: Line, head: int, deps: frozenset[str]) -> list[int]:
    """Indexes of the tokens that hang directly under `head` by one of these dependencies."""
    return [t.i for t in line.tokens if t.head == head and t.dep in deps and t.i != head]


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def marks_under(line: Line, head: int, deps: frozenset[str]) -> list[Mark]:
    """Marks whose head word hangs under `head` by one of these dependencies."""
    found: list[Mark] = []
    for child in dependents(line, head, deps):
        below = subtree(line, child)
        found.extend(m for m in line.marks if m.head in below)
    return found


def subject_of(line: Line, verb: int) -> list[Mark]:
    """Marks in the subject of a verb, climbing through conjuncts and open clauses for a shared one."""
    seen: set[int] = set()
    here = verb
    while here not in seen:
        seen.add(here)
        found = marks_under(line, here, SUBJECTS)
        if found:
            return found
        token = line.passage.tokens[here]
        if dependents(line, here, SUBJECTS):
            return []
        if token.dep in {"conj", "xcomp", "advcl", "ccomp", "aux", "auxpass", "relcl"} and token.head != here:
            if token.dep == "relcl":
                antecedent = [m for m in line.marks if m.first <= token.head < m.last]
                if antecedent:
                    return antecedent
            here = token.head
    return []


def background(scene: Scene, line: Line, kinds: frozenset[str], *, reach: int) -> tuple[list[Mark], int]:
    """Bodies of these kinds in the nearest earlier sentence of the story that names one, and how far back that is.

    The distance counts sentences (1: the one before); nothing found gives ([], 0).
    """
    for other in scene.before(line, reach=reach):
        found = [m for m in organisations(other.marks, kinds) if m.mention.via != "pronoun"]
        if found:
            return list({m.entity.id: m for m in found}.values()), line.index - other.index
    return [], 0


def following(scene: Scene, line: Line) -> str:
    """The text of the sentence after this one in the same paragraph, or ""."""
    return next(around(scene, line, reach=1), "") if _inside(scene, line, line.index + 1) else ""


def around(scene: Scene, line: Line, *, reach: int) -> Iterator[str]:
    """The other sentences of the paragraph, up to `reach` away: one after, one before, two after and so on."""
    for distance in range(1, reach + 1):
        for index in (line.index + distance, line.index - distance):
            if _inside(scene, line, index):
                yield scene.lines[index].text


def _inside(scene: Scene, line: Line, index: int) -> bool:
    return 0 <= index < len(scene.lines) and scene.lines[index].passage.index == line.passage.index
