"""Which of the sums around a statement is its own: by nearness to an end, by lists, by what a sum is said to be.

"A got £3m and B £2m" pairs in order; "£3m for A" and "A's £3m" stick to the name they lean on. Sums that
are something else by their own words (deficits, turnovers, targets) count only where nothing better stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.relations.money import Money, find_money
from ingest.scene import Line, Mark, Scene

_OTHER_BEFORE = re.compile(
    r"\b(?:deficit|loss|losses|surplus|turnover|income|overspend|overspent|control total|target|hole|debts?|savings?|"
    r"budget|fund|pot|bid)(?:\s+(?:of|worth|at|was|is))?\s*(?:\w+\s+)?$",
    re.I,
)
_OTHER_AFTER = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}?(?:deficit|loss|surplus|overspend|overspent|hole|turnover|gap|shortfall|"
    r"of savings|in savings|in the (?:red|black)|adrift|national fund|fund\b|pot\b)",
    re.I,
)
_LEANS = re.compile(r"^\s*(?:to|for|from|at|by|with|on)\s+(?:the\s+|its\s+|[\w-]+\s+){0,2}$", re.I)
_HOLDS = re.compile(r"^(?:['’]s?)?\s*(?:[\w-]+\s+){0,2}$|^\s*[:(,–-]\s*(?:for|at|worth|on)?\s*$", re.I)
_FAR = 400
"""Beyond so many characters only the distance counts."""
_BREAK = re.compile(r"[,;:.]|\band\b|\bbut\b|\bwhile\b", re.I)


def choose(scene: Scene, line: Line, ends: Iterable[str]) -> float | None:
    """The sum (pounds) in the sentence that belongs to the entities `ends`, or None where it has none."""
    money = pick(scene, line, ends)
    return money.pounds if money is not None else None


def pick(scene: Scene, line: Line, ends: Iterable[str]) -> Money | None:
    """The sum in the sentence that belongs to the entities `ends`, with its place, or None where it has none.

    The first of `ends` that the sentence names decides.
    """
    sums = find_money(line.text, offset=line.start)
    if len(sums) < 2:
        return sums[0] if sums else None
    anchors: list[Mark] = []
    for end in ends:
        anchors = [m for m in line.marks if m.entity.id == end]
        if anchors:
            break
    return min(sums, key=lambda money: _cost(scene, line, money, anchors))


def _cost(scene: Scene, line: Line, money: Money, anchors: list[Mark]) -> float:
    cost = 0.0
    if anchors:
        cost += min(_distance(scene, line, money, mark) for mark in anchors)
    before = scene.text[max(line.start, money.start - 30) : money.start]
    after = scene.text[money.end : min(line.end, money.end + 30)]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        cost += 60
    return cost


def _distance(scene: Scene, line: Line, money: Money, mark: Mark) -> float:
    if money.start >= mark.end:
        gap, close = scene.text[mark.end : money.start], _HOLDS
    elif money.end <= mark.start:
        gap, close = scene.text[money.end : mark.start], _LEANS
    else:
        return 0.0
    if len(gap) > _FAR:
        return float(len(gap))
    cost = float(min(len(gap), 120))
    if close.match(gap):
        cost -= 25
    elif _BREAK.search(gap):
        cost += 15
    low, high = min(money.start, mark.start), max(money.end, mark.end)
    rivals = {m.entity.id for m in line.marks if m.entity.kind == mark.entity.kind and low < m.start and m.end < high}
    return cost + 40 * len(rivals - {mark.entity.id})


def nearby(scene: Scene, line: Line, *, before: bool = False) -> float | None:
    """The only sum of the sentence that follows in the paragraph (or, with `before`, of the one that precedes)."""
    steps = (1, -1) if before else (1,)
    for step in steps:
        index = line.index + step
        if 0 <= index < len(scene.lines) and scene.lines[index].passage.index == line.passage.index:
            sums = find_money(scene.lines[index].text)
            if len({m.pounds for m in sums}) == 1:
                return sums[0].pounds
    return None
