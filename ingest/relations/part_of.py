"""PART_OF: the text says that one body belongs to another.

"X, part of Y"; "a subsidiary of Y"; "Y's subsidiary X"; "X, which is owned by Y"; "the three trusts in the Y
system: A, B and C". What the register alone knows of membership is kept apart (origin "register").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.relations.base import Candidate, Trigger, first_after, group, last_before, organisations, triggers_in
from ingest.scene import Line, Mark, Scene

_LINK = re.compile(
    r"\b(?P<down>(?:is |are |as |now |both |all )?(?:a )?(?:part|member|members|arm|subsidiar(?:y|ies)|"
    r"branch|division|offshoot|constituent|constituents) of|(?:wholly |part[- ]|jointly )?owned by|"
    r"belongs? to|belonging to|run by|(?:which|that) (?:forms? part of|sits? (?:with)?in|"
    r"falls? (?:with)?in)|of which .{0,30}(?:is|are|forms?|form) (?:a |all )?(?:part|members?)|"
    r"hosted by)\b",
    re.I,
)
_UP = re.compile(
    r"\b(?:made up of|comprises?|comprising|consists? of|takes? in|which owns|that owns|owns|"
    r"whose members (?:are|include)|members (?:are|include)|includes?|including)\b",
    re.I,
)
_INSIDE = re.compile(
    r"\b(?:trusts?|ccgs?|providers?|acutes?|hospitals|commissioners|groups|members|bodies|"
    r"organisations)\b.{0,40}?\b(?:in|within|across|of)\s+(?:the\s+)?$",
    re.I,
)
_WHOLES = frozenset(
    {
        "ics",
        "icb",
        "trust",
        "regulator",
        "government",
        "other",
        "supplier",
        "independent_provider",
        "charity",
        "ccg",
        "university",
    }
)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each part and whole that a sentence joins."""
    for line in scene.lines:
        bodies = [m for m in organisations(line.marks) if m.mention.via != "pronoun"]
        if len({m.entity.id for m in bodies}) < 2:
            continue
        for match in _LINK.finditer(line.text):
            whole = first_after(bodies, line.start + match.end())
            part = last_before(bodies, line.start + match.start())
            if (
                whole
                and part
                and whole.start - (line.start + match.end()) < 30
                and line.start + match.start() - part.end < 40
            ):
                sure = 0.8 if re.search(r"part|member|subsidiar|arm|owned|belong|division", match[0], re.I) else 0.5
                yield from _each(scene, line, part, whole, "part_of.phrase", sure)
        for match in _UP.finditer(line.text):
            whole = last_before(bodies, line.start + match.start())
            part = first_after(bodies, line.start + match.end())
            if (
                whole
                and part
                and part.start - (line.start + match.end()) < 30
                and line.start + match.start() - whole.end < 25
                and whole.entity.kind in {"ics", "icb", "other", "supplier", "charity", "independent_provider"}
            ):
                yield from _each(scene, line, part, whole, "part_of.comprises", 0.6)
        for whole in bodies:
            if whole.entity.kind in {"ics", "icb"} and _INSIDE.search(line.text[: whole.start - line.start]):
                parts = [m for m in bodies if m.entity.kind in {"trust", "ccg"} and m.start != whole.start]
                after = [m for m in parts if m.start > whole.end] or parts
                if after:
                    yield from _each(scene, line, after[0], whole, "part_of.inside", 0.6)


def _each(scene: Scene, line: Line, part: Mark, whole: Mark, rule: str, sure: float) -> Iterator[Candidate]:
    if whole.entity.kind not in _WHOLES:
        return
    for one in group(scene, line, part):
        if one.entity.id != whole.entity.id:
            yield Candidate("PART_OF", one.entity.id, whole.entity.id, line.start, line.end, rule=rule, confidence=sure)


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Membership has no attributes."""
    return None, None, None


def triggers(line: Line) -> list[Trigger]:
    """The words of belonging in a sentence."""
    return triggers_in(line, [_LINK], [_UP])
