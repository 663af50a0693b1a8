"""A class told before its members: "Three trusts missed their target: A, B and C" → "Three trusts" means those.

What is told of the class can so be told of each member. Only where the text makes plain who they are: as many
bodies of the noun's kind as are counted, and no more, follow a colon, stand beside the words, are listed by the
next sentence or, three or more not told of before, are all that the rest of the paragraph or the items below name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.discourse import Discourse
from ingest.scene import Line, Mark, Scene, is_list_gap
from ingest.sets import COUNTS, NOT_BETWEEN, kinds_of, plurals

_FEWEST = 3
"""Members from which a class may be told one by one."""
_AHEAD = 12
"""Most sentences read on for them."""
_BESIDE = re.compile(r"\s*[,:(–—-]\s*(?:both\s+|the\s+)?$")


@dataclass(frozen=True, slots=True)
class Listed:
    """Words for a class, by document offsets, and where each member is named first after them."""

    start: int
    end: int
    members: tuple[Mark, ...]


@lru_cache(maxsize=4)
def _pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    counts = "|".join(sorted((w for w, n in COUNTS.items() if w not in ("both", "neither", "either"))))
    return re.compile(
        rf"(?<!of )(?<![£$\d.,])\b(?P<n>{counts}|[2-9]|1[0-9])\s+"
        rf"(?P<mod>(?:[\w’'-]+\s+){{0,3}}?)(?P<head>{'|'.join(nouns)})\b",
        re.I,
    )


def listed(scene: Scene, line: Line, heads: Mapping[str, Mapping[str, int]], discourse: Discourse) -> Iterator[Listed]:
    """The classes that a sentence counts and whose members are told after."""
    if not any(t.tag == "CD" for t in line.tokens):
        return
    for match in _pattern(plurals(heads)).finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        inside = [t for t in line.tokens if start <= t.start < end]
        if any(t.pos in NOT_BETWEEN and t.text != "-" for t in inside[1:-1]):
            continue
        if any(m.start < end and start < m.end for m in line.marks):
            continue
        number = COUNTS.get(match["n"].lower()) or int(match["n"])
        kinds = kinds_of(match["head"].lower(), heads)
        members = _members(scene, line, end, number, kinds, discourse)
        if members:
            yield Listed(start, end, members)


def _members(
    scene: Scene, line: Line, end: int, number: int, kinds: frozenset[str], discourse: Discourse
) -> tuple[Mark, ...]:
    here = [m for m in line.marks if m.start >= end]
    fitting = _firsts(here, kinds)
    if fitting:
        between = scene.text[end : fitting[0].start]
        if len(fitting) == number and (":" in between or (_BESIDE.match(between) and _list(scene, fitting))):
            return fitting
        beside = fitting[:number]
        if len(beside) == number and _BESIDE.match(between) and _list(scene, beside):
            return beside
        return ()
    after = [x for x in scene.lines[line.index + 1 : line.index + 1 + _AHEAD] if x.section == line.section]
    if after and after[0].passage.index - line.passage.index < 2:
        fitting = _firsts(after[0].marks, kinds)
        if len(fitting) == number and _list(scene, fitting):
            return fitting
    if number < _FEWEST:
        return ()
    same = [m for x in after if x.passage.index == line.passage.index for m in x.marks]
    items = [x for x in after if x.passage.kind == "item" and x.passage.index > line.passage.index]
    for row in (same, [m for x in items for m in x.marks]):
        fitting = _firsts(row, kinds)
        if len(fitting) == number and not any(discourse.told(m.entity.id) for m in fitting):
            return fitting
    return ()


def _firsts(marks: Sequence[Mark], kinds: frozenset[str]) -> tuple[Mark, ...]:
    """The first mark of each body of the kinds."""
    found = {m.entity.id: m for m in reversed(marks) if m.entity.kind in kinds and not m.entity.members}
    return tuple(sorted(found.values(), key=lambda m: m.start))


def _list(scene: Scene, marks: Sequence[Mark]) -> bool:
    return all(is_list_gap(scene.text[a.end : b.start]) for a, b in pairwise(marks))
