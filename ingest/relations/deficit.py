"""DEFICIT: a body that is, will be or plans to be in the red, and by how much.

Told by the word ("a deficit of £12m", "an overspend"), by an image for it ("in the red", "a £5m hole",
"£18.5m down") or by a verb ("overspent by", "lost £7m"). The body is the one whose books
the sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.relations.base import Candidate, Trigger, group, organisations, triggers_in
from ingest.relations.money import Money, find_money
from ingest.scene import Line, Mark, Scene

_OWNERS = frozenset(
    {
        "trust",
        "ccg",
        "icb",
        "ics",
        "independent_provider",
        "charity",
        "other",
        "university",
        "local_authority",
        "regulator",
    }
)
_TRIGGER = re.compile(
    r"\b(?:deficits?|overspen(?:d|t|ds|ding)|in the red|red ink|financial (?:hole|gap|black hole)|black hole|shortfall|"
    r"(?:planned|underlying|projected|forecast) (?:deficit|loss)|run-?rate loss|finances’? collapse|"
    r"loses? £|lost £|losing £|"
    r"(?:£[\d.,]+\s?(?:m|bn|million|billion)?\s)(?:down|short|adrift|overspent|overdrawn|in the hole|hole|"
    r"loss|gap|off (?:plan|target))|"
    r"hole in (?:its|the|their) (?:books|budget|finances|accounts)|overshot)",
    re.I,
)
_WEAK = re.compile(r"\b(?:hole|gap|shortfall|black hole|lost £|loses? £|losing £|short)\b", re.I)
_NOT = re.compile(
    r"\b(?:no|without a|never|eliminat\w+|clear(?:ed|ing)?|wiped out|democratic|nutritional|attention|"
    r"skills) (?:\w+ ){0,2}deficit|deficit of (?:trust|imagination|attention|ideas)",
    re.I,
)
_FORECAST = re.compile(
    r"\b(?:forecast\w*|expect\w*|predict\w*|project(?:ed|s|ing)|head(?:ed|ing) for|on course|"
    r"by (?:the end of )?march|year[- ]end|will (?:be|finish|end|have|lose|overspend)|would be|could be|"
    r"likely|faces?|facing|estimat\w+)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|target\w*|budget(?:ed|s)?|control total|allowed|permitted|agreed deficit|"
    r"set a|submitted)\b",
    re.I,
)


_SPOKEN = re.compile(
    r"\b(?:deficits?|overspen\w*|in the red|red ink|hole|gap|shortfall|loss(?:es)?|lost|loses?|losing|down|short|"
    r"adrift|over budget|overdrawn|overshoot\w*|overshot|break[ -]?even|broke even|balanc\w+|control totals?|"
    r"off (?:plan|target)|worse|books|accounts)\b",
    re.I,
)


def spoken_of(scene: Scene, line: Line) -> bool:
    """Whether the story has words in which a deficit is told: without them a sum is just a sum."""
    return any(_SPOKEN.search(other.text) for other in scene.story(line))


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each body whose deficit a sentence tells."""
    for line in scene.lines:
        match = _TRIGGER.search(line.text)
        if not match or _NOT.search(line.text):
            continue
        owners, how, sure = _owners(scene, line, line.start + match.start())
        if _WEAK.search(match[0]):
            sure *= 0.75
        for owner in owners:
            status, _, amount = describe(scene, line, owner.entity.id, None)
            yield Candidate(
                "DEFICIT", owner.entity.id, None, line.start, line.end, rule=f"deficit.{how}",
                confidence=round(sure, 3), status=status, amount=amount if len(owners) == 1 else None,
            )  # fmt: skip
    yield from _roll_calls(scene)


_CLASS = {
    "ics": re.compile(r"\b(?:systems|ICSs|STPs|health economies|patches)\b"),
    "icb": re.compile(r"\b(?:ICBs|integrated care boards|systems)\b"),
    "trust": re.compile(r"\b(?:trusts|providers|FTs|hospitals)\b"),
    "ccg": re.compile(r"\b(?:CCGs|commissioners|clinical commissioning groups|PCTs)\b"),
}
"""Plural nouns by which a story speaks of bodies of a kind before it lists them."""


def _roll_calls(scene: Scene) -> Iterator[Candidate]:
    """A story about unnamed bodies in deficit that then names them: "five ICSs … They are A, B, C and D"."""
    for line in scene.lines:
        for kind, noun in _CLASS.items():
            bodies = [m for m in organisations(line.marks, frozenset({kind})) if m.mention.via != "pronoun"]
            row = group(scene, line, bodies[0], _OWNERS) if bodies else []
            if len(row) < 3:
                continue
            told = [
                o
                for o in scene.before(line, reach=4)
                if _TRIGGER.search(o.text) and noun.search(o.text) and not _NOT.search(o.text)
            ]
            if told and not organisations(told[0].marks, frozenset({kind})):
                status, _, _ = describe(scene, told[0], row[0].entity.id, None)
                for m in row:
                    yield Candidate(
                        "DEFICIT", m.entity.id, None, line.start, line.end, "deficit.roll_call", 0.65, status=status
                    )


def _owners(scene: Scene, line: Line, trigger: int) -> tuple[list[Mark], str, float]:
    """The bodies in deficit, how they were found, how sure that is."""
    bodies = organisations(line.marks, _OWNERS)
    named = [m for m in bodies if not (m.entity.kind == "regulator" and len(bodies) > 1)]
    care = [m for m in named if m.entity.kind != "regulator"]
    after = [m for m in care if m.start > trigger]
    if (
        after
        and re.search(r"\b(?:at|of|for|by|facing)\s+(?:the\s+)?$", line.text[: after[0].start - line.start])
        and after[0].start - trigger < 45
    ):
        return group(scene, line, after[0], _OWNERS), "at", 0.8
    before = [m for m in care if m.end <= trigger]
    if before:
        near = max(before, key=lambda m: m.end)
        gap = scene.text[near.end : trigger]
        if re.match(r"^['’]s?\b", gap):
            return [near], "possessive", 0.9
        if len({m.entity.id for m in before}) == 1:
            return [near], "subject", 0.85
        return group(scene, line, near, _OWNERS), "nearest", 0.65
    if len(after) >= 1 and len({m.entity.id for m in care}) == 1:
        return [after[0]], "only", 0.7
    for other in scene.before(line, reach=2):
        found = [m for m in organisations(other.marks, _OWNERS - {"regulator"}) if m.mention.via != "pronoun"]
        if found:
            return (
                ([found[0]], "context", 0.6)
                if len({m.entity.id for m in found}) == 1
                else ([found[0]], "context_first", 0.4)
            )
    return [], "none", 0.0


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status and sum of the deficit that the sentence tells; a deficit has no form."""
    match = _TRIGGER.search(line.text)
    at = line.start + (match.start() if match else 0)
    stop = line.start + match.end() if match else line.end
    near = scene.text[max(line.start, at - 70) : min(line.end, stop + 70)]
    status = "planned" if _PLANNED.search(near) else "forecast" if _FORECAST.search(near) else "reported"
    sums = find_money(line.text, offset=line.start)
    return status, None, _nearest(sums, at, stop)


def _nearest(sums: list[Money], start: int, end: int) -> float | None:
    def distance(money: Money) -> int:
        return 0 if money.start < end and start < money.end else min(abs(money.start - end), abs(start - money.end))

    best = min(sums, key=distance, default=None)
    return best.pounds if best is not None and distance(best) < 60 else None


def triggers(line: Line) -> list[Trigger]:
    """The words of deficits in a sentence."""
    return [] if _NOT.search(line.text) else triggers_in(line, [_TRIGGER])
