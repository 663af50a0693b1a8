"""Bare places that stand for a body: "Devon has submitted a deficit plan". Never a place used as a place.

Two things must come together. The words around the place must treat it as a body: it acts, owns a plan
or a chief executive, stands in a list with bodies, merges "with" somebody. And the story must say which class of
body is spoken of: systems, commissioning groups, trusts. The nearest such word decides the kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from graph.ids import organisation_id
from graph.model import Entity, Mention
from ingest.choose import Era
from ingest.forms import core
from ingest.lists import NUMBERS
from ingest.mentions import Candidate, Line, candidate
from ingest.placeuse import CLASSES, PLACE, Use, class_words, classes, join, points_of
from ingest.register import Register

ENOUGH = 1.5
"""Points that make a body of a bare place of the register."""
ENOUGH_UNKNOWN = 2.3
"""Points that make a body of a name that the register doesn't know."""

_ICS_ERA = date(2018, 4, 1)
"""Before that, plans bore other names and cut the map differently."""


def bodies(
    lines: Sequence[Line],
    lone: Iterable[Candidate],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
    register: Register,
    era: Era,
    standing: Mapping[tuple[int, int], str],
    *,
    near: float = 0.0,
) -> Iterator[tuple[Candidate, str, str]]:
    """The lone places that stand for a body, each with the id and kind of that body.

    `standing` says for which kind of body a place, by line and first word, surely stands. With `near` 1, only those
    whose class is told in the same sentence.
    """
    spans = [(m.start, m.end) for m in mentions]
    by_line: dict[int, list[Candidate]] = {}
    for c in lone:
        if not any(s < c.end and c.start < e for s, e in spans):
            by_line.setdefault(c.line, []).append(c)
    reader = _Reader(lines, class_words(lines), register, era, standing)
    for index, places in by_line.items():
        uses = [Use(c, points_of(lines[index], c)) for c in places]
        join(lines[index], uses, mentions, entities)
        for use in uses:
            yield from reader.resolve(use, near)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A briefing's lines, the classes of body that they speak of, and what is needed to name a body."""

    lines: Sequence[Line]
    told: Sequence[Sequence[tuple[int, str]]]
    register: Register
    era: Era
    standing: Mapping[tuple[int, int], str]

    def resolve(self, use: Use, near: float) -> Iterator[tuple[Candidate, str, str]]:
        """The body that a use means: by the words around, else by what the learned model is sure of."""
        found = list(self._told(use, near))
        c = use.candidate
        sure = self.standing.get((c.line, c.first), "")
        if not found and not near and sure and c.aliases and use.points > PLACE:
            options = _options(c, self.register, self.era)
            ident = options.get(sure) or (options.get("ics") if sure == "icb" else None)
            # a trust or group shares its place with others: which is meant is not for the model to guess
            if ident and (sure in ("ics", "icb") or len(options) == 1):
                found.append((c, ident, sure))
        yield from found

    def _told(self, use: Use, near: float) -> Iterator[tuple[Candidate, str, str]]:
        """The body that a use means by the nearest class spoken of; several where the name is a list of them."""
        c = use.candidate
        line = self.lines[c.line]
        options = _options(c, self.register, self.era)
        enough = ENOUGH if c.aliases else ENOUGH_UNKNOWN
        for kind, nearness in classes(self.lines, line, use, self.told):
            if nearness < near:
                return
            if kind == "ccg" and _counted(line, c):
                yield replace(c, base=f"{c.base} CCGs"), organisation_id(kind, " ".join((*core(c.base), "ccgs"))), kind
                return
            ident = options.get(kind) or (options.get("ics") if kind == "icb" else None)
            if use.points + nearness >= enough:
                if ident:
                    yield c, ident, kind
                elif kind == "ccg" and c.aliases:
                    yield from _items(line, c, kind, self.register, self.era)
            if ident or (kind in ("ics", "ccg") and nearness >= 0.5):
                return


def _counted(line: Line, c: Candidate) -> bool:
    """ "Cheshire's four groups", "Bradford's three": a collective."""
    return bool(line.words[c.last - 1].bare) and c.last < len(line.words) and line.words[c.last].key in NUMBERS


def _items(line: Line, c: Candidate, kind: str, register: Register, era: Era) -> Iterator[tuple[Candidate, str, str]]:
    """A name that lists bodies of a kind: "Bath and North East Somerset, Swindon and Wiltshire" in 2019."""
    found = []
    first = c.first
    while first < c.last:
        for last in range(c.last, first, -1):
            name = line.slice(line.words[first].start, line.words[last - 1].name_end)
            ids = [
                i
                for i in register.candidates(f"{name} CCG")
                if (b := register.get(i)) and b.kind == kind and era.alive(b)
            ]
            if ids and last < c.last + (first > c.first):
                found.append((candidate(line, first, last, "register"), ids[0], kind))
                break
        else:
            return
        first = last
        while first < c.last and line.words[first].key in (",", "and", "the"):
            first += 1
    yield from found


def join_names(line: Line, found: Sequence[Candidate]) -> list[Candidate]:
    """Unknown names in order, "Orsdale and Coast" made one where the words behind speak of one body."""
    result: list[Candidate] = []
    for c in found:
        if result and result[-1].last > c.first:
            continue
        last = _second(line, c.last)
        result.append(candidate(line, c.first, last, "ner") if last and _single(line, last) else c)
    return result


def _second(line: Line, last: int) -> int | None:
    """Where the capitals behind an "and" or "and the" end."""
    words = line.words
    keys = [w.key for w in words[last : last + 2]]
    if not keys or keys[0] != "and":
        return None
    i = start = last + (2 if keys[1:] == ["the"] else 1)
    while i < len(words) and words[i].capital and (i == start or line.adjacent(words[i - 1], words[i])):
        i += 1
    return i if i > start else None


def _single(line: Line, last: int) -> bool:
    """Whether the words behind a name speak of one body: "has …", ", the integrated care system …"."""
    after = [w.key for w in line.words[last : last + 6]] + ["", ""]
    if line.words[last - 1].bare:
        return True
    if after[0] in ("has", "is", "was", "wants", "says", "expects", "hopes", "plans", "needs", "thinks"):
        return True
    if after[0] == "," and after[1] in ("has", "is", "was"):
        return True
    if after[0] == "," and after[1] in ("the", "a", "an", "its", "which"):
        singular = any(k in CLASSES and not k.endswith("s") for k in after[2:6])
        return singular or after[1] == "which"
    return False


def _options(c: Candidate, register: Register, era: Era) -> dict[str, str]:
    """Kind → the body of that kind that the place may stand for; those open on the day come first."""
    if not c.aliases:
        return {kind: organisation_id(kind, " ".join(core(c.base))) for kind in ("trust", "ccg", "icb", "ics")}
    found: dict[str, str] = {}
    bodies = [b for a in c.aliases for i in a.ids if (b := register.get(i))]
    alive = [b for b in bodies if era.alive(b)]
    for body in (*alive, *(b for b in bodies if b.kind in ("ics", "trust"))):
        found.setdefault(body.kind, body.id)
    parts = _system_parts(register)
    key = " ".join(w for w in c.base.lower().replace(",", " ").split())
    if "ics" not in found and key in parts and not era.before(_ICS_ERA):
        found["ics"] = parts[key]
    return found


@lru_cache(maxsize=4)
def _system_parts(register: Register) -> dict[str, str]:
    """The place that a system's name begins with, and its county → that system, where it is the only one."""
    found: dict[str, set[str]] = {}
    for body in register:
        if body.kind == "ics":
            name = body.name.lower().removesuffix(" integrated care system")
            parts = name.replace(" and ", ", ").split(", ")
            for part in parts:
                if part.startswith(parts[0]):
                    found.setdefault(part, set()).add(body.id)
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1}
