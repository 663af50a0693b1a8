"""CRITICISED: somebody named finds public fault with somebody named, short of a dispute.

Told by verbs of blame ("criticised", "accused", "attacked", "condemned") in active and passive, by nouns
("criticism of X by Y", "an attack on X") and by what is called what ("called the plan a disgrace").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.schema import PERSON
from ingest.relations.base import Candidate, first_after, last_before, subject_of, token_at
from ingest.scene import Line, Mark, Scene

_VERB = re.compile(
    r"\b(?:criticis\w+|criticiz\w+|accus(?:ed|es|ing)|attack(?:ed|s|ing)|condemn(?:ed|s|ing)|slam(?:med|s|"
    r"ming)|blam(?:ed|es|ing)|castigat\w+|lambast\w+|"
    r"denounc\w+|rebuk\w+|berat\w+|scold\w*|savag(?:ed|es|ing)|berated|chid(?:ed|es|ing)|"
    r"took .{0,20}to task|takes .{0,20}to task|hit out at|hits out at|rounded on|"
    r"lash(?:ed|es) out at|ticked off|scathing about|scathing of|critical of|dismiss(?:ed|es) .{0,30} as|"
    r"brand(?:ed|s|ing)|call(?:ed|s) .{0,40}(?:a disgrace|shambles|“|\"|‘)|"
    r"complain(?:ed|s) (?:that|about)|warned that|failed to|found (?:serious )?(?:failings|fault|"
    r"weaknesses)|unimpressed|furious (?:with|at)|no confidence in|question(?:ed|s) (?:the|its|why|"
    r"whether))",
    re.I,
)  # fmt: skip
_STRONG = re.compile(
    r"criticis|accus|attack|condemn|slam|blam|castigat|lambast|denounc|rebuk|berat|savag|scathing|"
    r"critical of|hit out|hits out|branded|brands|no confidence",
    re.I,
)
_PASSIVE = re.compile(r"^\W*(?:\w+\s+){0,6}?by\s", re.I)
_EXCLUDED = frozenset({"media"})


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each critic and target in a sentence of blame."""
    for line in scene.lines:
        marks = [m for m in line.marks if m.entity.kind not in _EXCLUDED and m.mention.via != "pronoun"]
        if len({m.entity.id for m in marks}) < 2:
            continue
        for match in _VERB.finditer(line.text):
            start, end = line.start + match.start(), line.start + match.end()
            pair = _ends(scene, line, marks, start, end)
            if pair is None:
                continue
            critic, target, how = pair
            if critic.entity.id == target.entity.id or (
                target.entity.kind == PERSON and critic.entity.kind == PERSON and how == "near"
            ):
                continue
            sure = (0.7 if _STRONG.search(match[0]) else 0.4) * (1.0 if how == "subject" else 0.8)
            yield Candidate(
                "CRITICISED", critic.entity.id, target.entity.id, line.start, line.end,
                rule=f"criticised.{'strong' if sure >= 0.5 else 'weak'}.{how}", confidence=round(sure, 3),
            )  # fmt: skip


def _ends(scene: Scene, line: Line, marks: list[Mark], start: int, end: int) -> tuple[Mark, Mark, str] | None:
    """Critic and target around a verb of blame, and how they were found."""
    after = first_after(marks, end)
    before = last_before(marks, start)
    if _PASSIVE.match(scene.text[end : end + 60]) and after is not None and before is not None:
        return after, before, "passive"
    verb = token_at(line, start)
    subjects = [m for m in (subject_of(line, verb) if verb is not None else []) if m in marks and m.end <= start]
    target = after
    if target is None:
        return None
    if subjects:
        person = next((m for m in subjects if m.entity.kind == PERSON), subjects[0])
        return person, target, "subject"
    return (before, target, "near") if before is not None else None


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Criticism has no attributes."""
    return None, None, None
