"""CRITICISED: somebody named finds public fault with somebody named, short of a dispute.

Told by verbs of blame ("criticised", "accused", "attacked", "condemned") in active and passive, and by somebody
who speaks harsh words of the one body that the sentence names beside their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.schema import PERSON
from ingest.relations.base import (
    Candidate,
    Trigger,
    first_after,
    last_before,
    subject_of,
    token_at,
    triggers_in,
)
from ingest.relations.posts import find_posts
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


_HARSH = re.compile(
    r"\b(?:disgrac\w+|shambl\w+|insult\w*|fail(?:ed|ing|ings|ure|ures|s)?|betray\w*|contempt\w*|shabby|"
    r"reckless|farc\w+|scandal\w*|appall\w+|"
    r"unacceptable|disappoint\w+|let (?:\w+ )?down|not good enough|furious|fury|ang(?:er|ry)|mistake\w*|"
    r"nonsens\w+|no sense|damning|"
    r"incompeten\w+|dishonest\w*|mislead\w*|misled|inept|bullying|secretive|arrogan\w+|absurd\w*|bizarre|"
    r"perverse|wrong-headed|"
    r"fundamentally wrong|irresponsible|outrag\w+|shame\w*|ludicrous|ridiculous|wilful|blind\w*|too slow|"
    r"cooked up|behind closed doors|"
    r"cannot run|could not run|not fit|unfit|poor(?:ly)?|weak|feeble|inexcusable|deplor\w+|regrettable|"
    r"complacen\w+|alarm\w*|hammering|"
    r"vandalism|burglary|rationing|madness|folly|a leap in the dark|a sticking plaster|an? (?:\w+ )?attack on)\b",
    re.I,
)
_SPOKE = re.compile(
    r"\b(?:said|says|told|tells|called|calls|described|describes|declared|argu\w+|insist\w+|wrote|writes|"
    r"complain\w+|claimed|claims|"
    r"thinks|thought|accus\w+|found|concluded|concludes|warned|warns|sniff\w+|fumed|fumes|protest\w+|"
    r"brand\w*|spoke|added|adds|reckons)\b",
    re.I,
)
_TARGETS = frozenset(
    {
        "trust",
        "ccg",
        "icb",
        "ics",
        "regulator",
        "government",
        "supplier",
        "independent_provider",
        "local_authority",
        "charity",
    }
)


def _harsh(scene: Scene, line: Line) -> Iterator[Candidate]:
    """Harsh words, somebody who speaks them, and a body that is not the speaker's own."""
    if not _HARSH.search(line.text) or not _SPOKE.search(line.text):
        return
    speakers = [m for m in line.marks if m.entity.kind in {PERSON, "union", "representative_body", "think_tank"}]
    if len({m.entity.id for m in speakers}) != 1:
        return
    speaker = speakers[0]
    own = {m.entity.id for other in (line, *scene.before(line, reach=1)) for m in other.marks if _employs(m, other)}
    here = {m.entity.id: m for m in line.marks if m.entity.kind in _TARGETS and m.entity.id not in own}
    if len(here) == 1:
        yield _told(line, speaker, next(iter(here.values())), "harsh", 0.6)


def _employs(mark: Mark, line: Line) -> bool:
    """Whether a body is named as where somebody has a post ("X, chair of Y")."""
    return any(
        0 <= mark.start - (line.start + p.end) < 12 or 0 <= line.start + p.start - mark.end < 6
        for p in find_posts(line.text)
    )


def _told(line: Line, critic: Mark, target: Mark, how: str, sure: float) -> Candidate:
    return Candidate(
        "CRITICISED",
        critic.entity.id,
        target.entity.id,
        line.start,
        line.end,
        rule=f"criticised.{how}",
        confidence=round(sure, 3),
    )


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each critic and target in a sentence of blame."""
    for line in scene.lines:
        yield from _harsh(scene, line)
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
            yield _told(line, critic, target, f"{'strong' if sure >= 0.5 else 'weak'}.{how}", sure)


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


def triggers(line: Line) -> list[Trigger]:
    """The words of blame in a sentence."""
    return triggers_in(line, [_STRONG], [_VERB, _HARSH])
