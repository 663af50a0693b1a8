"""MERGER_TALKS: two bodies that merge, take over, form a group or share their leaders, at any stage.

The words for it ("merge", "takeover", "buy", "single organisation", "shared chief executive", "group")
tell the form; what surrounds them tells how far along it is. The parties are the bodies of one kind
in the sentence; where it names fewer than two, those that the paragraph has been about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from ingest.names import lowered
from ingest.relations.base import Candidate, Trigger, organisations, triggers_in
from ingest.relations.merger_words import FORMS, STATUSES
from ingest.scene import Line, Mark, Scene, coordinated

_PARTIES = frozenset({"trust", "ccg", "icb", "ics", "independent_provider", "charity", "other", "supplier"})

_PROVIDERS = frozenset({"trust", "independent_provider", "charity"})
"""Kinds that may merge with one another."""


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each pair of parties that a sentence of merger words is about."""
    told: dict[int, int] = {}
    for line in scene.lines:
        forms = _forms(line)
        if not forms:
            continue
        form = forms[0][0]
        status = status_of(scene, line)
        whole = _collective(line)
        if whole is not None:
            yield _candidate(line, whole, whole, form, "collective", 0.85, status)
            told[line.section] = line.index
            continue
        clauses = _clauses(line, forms)
        for parties, how, sure, shape in clauses or [(*_parties(scene, line), form)]:
            if len(parties) >= 2:
                told[line.section] = line.index
                for a, b in combinations(parties, 2):
                    yield _candidate(line, a, b, shape, how, sure, status)
    yield from _stories(scene, told)


def tells(line: Line) -> bool:
    """Whether a sentence has words of mergers at all."""
    return bool(_words(line.text))


def _forms(line: Line) -> list[tuple[str, int]]:
    """The forms that a sentence's words tell of, each with the place of its first word in the line."""
    found = _words(line.text)
    if len(found) > 1 and found[0][0] == "joint_leadership" and found[1][0] in {"merger", "group"}:
        found = found[1:]
    return list(found)


_FORMS = tuple((form, re.compile(pattern.pattern)) for form, pattern in FORMS)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    """What a sentence has of the words of mergers; asked for several times while a briefing is read."""
    lower = lowered(text)
    return tuple((form, m.start()) for form, pattern in _FORMS for m in pattern.finditer(lower))


def _candidate(line: Line, a: str, b: str, form: str, how: str, sure: float, status: str) -> Candidate:
    return Candidate(
        "MERGER_TALKS", a, b, line.start, line.end, rule=f"merger_talks.{form}.{how}",
        confidence=round(sure * _TRUST_IN.get(form, 0.8), 3), status=status, form=form,
    )  # fmt: skip


def _collective(line: Line) -> str | None:
    """A collective that merges within itself ("the six Staffordshire CCGs plan to become one")."""
    named = {m.entity.id: m.entity for m in organisations(line.marks, _PARTIES)}
    whole = next(iter(named.values()), None)
    return whole.id if whole and len(named) == 1 and (whole.members or _MANY.search(whole.name)) else None


_MANY = re.compile(r"\b(?:CCGs|trusts|PCTs|ICBs|hospitals trusts|groups|boards)\s*$", re.I)


def _stories(scene: Scene, told: dict[int, int]) -> Iterator[Candidate]:
    """A story full of merger words that names just two bodies of a kind is about those two."""
    for section in dict.fromkeys(line.section for line in scene.lines):
        lines = [line for line in scene.lines if line.section == section]
        spots = [line for line in lines if _forms(line)]
        if not spots or section in told:
            continue
        for kind in ("trust", "ccg", "icb"):
            ids = list(
                dict.fromkeys(
                    m.entity.id for line in lines for m in line.marks if m.entity.kind == kind and not m.entity.members
                )
            )
            if len(ids) == 2:
                form = _forms(spots[0])[0][0]
                sure = 0.6 if len(spots) > 1 else 0.35
                yield _candidate(spots[0], ids[0], ids[1], form, "story", sure, status_of(scene, spots[0]))


_TRUST_IN = {"merger": 0.9, "acquisition": 0.75, "group": 0.8, "joint_leadership": 0.75, "integration": 0.7}


_CLAUSE = re.compile(r";|,? (?:while|whereas)\b|, but\b|, and (?:in|at)\b")


def _clauses(line: Line, forms: list[tuple[str, int]]) -> list[tuple[list[str], str, float, str]]:
    """A sentence of several deals ("A joins B, while C is to pair off with D") clause by clause."""
    bodies = organisations(line.marks, _PARTIES)
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(line.text)), len(line.text)]
    found = []
    for left, right in pairwise(cuts):
        form = next((f for f, place in forms if left <= place < right), None)
        marks = [m for m in bodies if left <= m.start - line.start < right and not m.entity.members]
        ids = list(dict.fromkeys(m.entity.id for m in marks))
        if form and 2 <= len(ids) <= 4 and len({m.entity.kind for m in marks}) == 1:
            found.append((ids, "clause", 0.9, form))
    parties = {m.entity.id for m in bodies}
    return found if len(found) >= 2 or (found and parties - set(found[0][0])) else []


_PRODUCT = re.compile(
    r"\b(?:bec(?:ome|omes|oming|ame)|(?:is|are) now|(?:to|will) form|form(?:ed|ing)|creat(?:e|ed|ing)|"
    r"(?:the )?name of|called|named|known as|renamed|new|enlarged|merged)"
    r"\s+(?:the\s+|a\s+|new\s+|single\s+)*$",
    re.I,
)


def _product(scene: Scene, line: Line, mark: Mark) -> bool:
    """Whether a body is what a merger makes ("they are now X", "to form X"), and so no party to it."""
    return bool(_PRODUCT.search(scene.text[max(line.start, mark.start - 30) : mark.start]))


def _parties(scene: Scene, line: Line) -> tuple[list[str], str, float]:
    """Ids of the parties, how they were found, how sure that is."""
    here = [m for m in organisations(line.marks, _PARTIES) if not m.entity.members and not _product(scene, line, m)]
    by_kind: dict[str, list[Mark]] = {}
    for m in here:
        by_kind.setdefault(m.entity.kind, []).append(m)
    best = max(by_kind.values(), key=lambda ms: len({m.entity.id for m in ms}), default=[])
    ids = list(dict.fromkeys(m.entity.id for m in best))
    if 2 <= len(ids) <= 6:
        if len(ids) == 2:
            return ids, "sentence", 1.0
        lists = [coordinated(best, m, scene.text) for m in best]
        longest = list(dict.fromkeys(m.entity.id for m in max(lists, key=len)))
        if len(longest) >= 2 and len(longest) < len(ids):
            return longest, "list", 0.7
        return ids, "all", 0.6
    across = list(dict.fromkeys(m.entity.id for m in here if m.entity.kind in _PROVIDERS))
    if len(across) == 2:
        return across, "across", 0.7
    others: dict[str, None] = dict.fromkeys(ids)
    kind = best[0].entity.kind if best else None
    for other in scene.before(line, reach=3):
        for m in organisations(other.marks, _PARTIES):
            if kind in (None, m.entity.kind) and not m.entity.members and m.mention.via != "pronoun":
                kind = kind or m.entity.kind
                others.setdefault(m.entity.id)
        if len(others) >= 2:
            break
    if len(others) == 2:
        return list(others), "context" if ids else "context_only", 0.65 if ids else 0.5
    return [], "none", 0.0


_FIRM = frozenset({"blocked", "called_off", "paused", "completed", "approved", "agreed"})


def status_of(scene: Scene, line: Line) -> str:
    """How far the talks told in a sentence have got; where it does not say, its neighbours may."""
    own = _status_in(line)
    if own in _FIRM - {"agreed"}:
        return own
    if own in {"agreed", None} and any(_status_in(other) == "approved" for other in scene.before(line, reach=4)):
        return "approved"
    if own == "agreed":
        return own
    after = [other for other in scene.lines[line.index + 1 : line.index + 3] if other.section == line.section]
    for other in (*after, *scene.before(line, reach=1)):
        told = _status_in(other)
        if told in _FIRM:
            return told
    return own or "in_talks"


_DENIED_STOP = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|not true|untrue|no truth|nor is it true|rejects? (?:the )?(?:claim|idea|suggestion)s?|"
    r"(?:has|have|had|was|were|is|are) not (?:been )?)\b.{0,60}$"
)


def _status_in(line: Line) -> str | None:
    text = line.text.lower().replace("’", "'")
    for status, pattern in STATUSES:
        match = pattern.search(text)
        if match is not None and not (status in _STOPS and _DENIED_STOP.search(text[: match.start()])):
            return status
    return None


_STOPS = frozenset({"blocked", "called_off", "paused", "completed", "approved"})
"""Stages whose denial says that they were not reached."""


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status, form and sum (never any) of talks that the sentence tells of."""
    form = next((form for form, pattern in FORMS if pattern.search(line.text)), "merger")
    return status_of(scene, line), form, None


def triggers(line: Line) -> list[Trigger]:
    """The words of mergers in a sentence."""
    return [t for form, pattern in FORMS for t in triggers_in(line, [pattern], form=form)]
