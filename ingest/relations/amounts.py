"""Which sum of a story belongs to a statement, or none: a small learned choice.

Every sum near the sentence that carries a statement is weighed by how far off it stands, which of
the ends stand by it, the words around it and whether the predicate's own module picked it; "no sum"
is weighed along with them. The weights (`data/amounts.json`, made by `python -m training.amounts`)
are of named features, so that a choice can be explained.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.relations.money import Money, find_money
from ingest.scene import Line, Scene

REACH = 3
"""Sentences before and after the statement's own, within its story, whose sums are weighed."""
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|%")
_AROUND = 45
"""Characters before and after a sum whose words count."""


@dataclass(frozen=True, slots=True)
class Option:
    """A sum that may be meant (`pounds` None: there is none) and what speaks for or against it."""

    pounds: float | None
    features: tuple[str, ...]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    path = Path(__file__).parent / "data" / "amounts.json"
    weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return weights


def settle(
    scene: Scene, line: Line, predicate: str, subject: str, obj: str | None, picked: float | None
) -> float | None:
    """The sum (pounds) of a statement carried by `line`; `picked` is what the predicate's module read there."""
    offered = options(scene, line, predicate, subject, obj, picked)
    weights = _weights()
    return max(offered, key=lambda o: sum(weights.get(f, 0.0) for f in o.features)).pounds


def options(
    scene: Scene, line: Line, predicate: str, subject: str, obj: str | None, picked: float | None
) -> list[Option]:
    """No sum, and each sum within reach, nearest sentence first."""
    nearby = [
        other
        for step in sorted(range(-REACH, REACH + 1), key=lambda s: (abs(s), s < 0))
        if 0 <= line.index + step < len(scene.lines)
        and (other := scene.lines[line.index + step]).section == line.section
    ]
    found: list[Option] = []
    for other in nearby:
        sums = find_money(other.text, offset=other.start)
        found += [
            Option(money.pounds, tuple(_features(scene, line, other, sums, money, predicate, subject, obj, picked)))
            for money in sums
        ]
    own = bool(find_money(line.text))
    none = [f"{predicate} none", f"none sums={min(len(found), 3)}", f"{predicate} none own={own}"]
    none.append(f"none picked={picked is not None}")
    return [Option(None, tuple(none)), *found]


def _features(
    scene: Scene,
    line: Line,
    other: Line,
    sums: Sequence[Money],
    money: Money,
    predicate: str,
    subject: str,
    obj: str | None,
    picked: float | None,
) -> list[str]:
    step = other.index - line.index
    same = other.passage.index == line.passage.index
    marks = {end: [m for m in other.marks if m.entity.id == end] for end in (subject, obj) if end}
    named = "".join("so"[k] for k, end in enumerate((subject, obj)) if end and marks[end])
    found = [
        f"{predicate} step={step}",
        f"step={step} same={same}",
        f"{predicate} named={named}",
        f"step={step != 0} named={named}",
        f"sums={min(len(sums), 4)}",
        f"place={sums.index(money)} of {min(len(sums), 4)}",
    ]
    if picked is not None:
        agrees = abs(picked - money.pounds) < 0.01 * picked
        found += [f"{predicate} picked={agrees}", f"picked={agrees} step={step}"]
    for role, end in (("s", subject), ("o", obj)):
        for m in marks.get(end or "", ())[:3]:
            gap = money.start - m.end if money.start >= m.end else m.start - money.end
            side = "after" if money.start >= m.end else "before"
            between = [
                x for x in other.marks if min(m.end, money.end) <= x.start and x.end <= max(m.start, money.start)
            ]
            bucket = 0 if gap < 12 else 1 if gap < 40 else 2 if gap < 90 else 3
            found.append(f"{role} {side} gap={bucket} rivals={min(len({x.entity.id for x in between}), 2)}")
    left = _words(scene.text[max(other.start, money.start - _AROUND) : money.start])[-4:]
    right = _words(scene.text[money.end : min(other.end, money.end + _AROUND)])[:4]
    for side, words in (("l", left[::-1]), ("r", right)):
        for k, word in enumerate(words):
            found.append(f"{side} {word}")
            found.append(f"{predicate} {side} {word}")
            if k == 0:
                found.append(f"{side}1 {word}")
    return list(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    """Words in order; one with a capital is only "Name", so that nothing is learned of anybody's name."""
    return ["Name" if word[0].isupper() else word for word in _WORD.findall(text.replace("’", "'"))]
