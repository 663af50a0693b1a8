"""How the words around a bare place use it: as a body that acts and owns, or as a place.

Points are given for each sign of a body: a verb that only bodies do, a chief executive, a partner in a merger, a
place in a list of bodies. "In" and its like before the place, or before the list that it stands in, settle that
it is a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity, Mention
from ingest.mentions import Candidate, Line
from ingest.names import Word, vocabulary

PLACE = -2.0
"""The points of a place used as a place."""

CLASSES: Mapping[str, str] = {
    word: kind
    for kind, words in (
        (
            "ics",
            "ics icss stp stps system systems footprint footprints economies economy vanguard vanguards integrated "
            "patches",
        ),
        ("ccg", "ccg ccgs commissioning commissioner commissioners pct pcts groups"),
        ("icb", "icb icbs"),
        ("trust", "trust trusts hospital hospitals ft fts acute acutes provider providers infirmary"),
        ("local_authority", "council councils"),
    )
    for word in words.split()
}
"""Word → the kind of body that it is a class of."""
_LOCATIVE = vocabulary("in across around near outside throughout within into from north south east west over beyond")
_PARTNER = vocabulary("with by at against versus")
_OWNED = vocabulary(
    "chief board boards deficit plan plans boss chair finance control leaders bid application overspend books "
    "directors executive marriage merger proposed proposal financial governors debt savings shortfall ccg ccgs "
    "trust system ics stp icb integrated takeover acquisition medical"
)
_ACTS = vocabulary(
    "submit report forecast plan reveal say agree reject refuse expect warn ask want admit miss owe seek face "
    "lead become merge join need break spend look breach sign accept tell forge agree pay blame claim decline "
    "deny argue commission appoint consider propose apply withdraw pull announce confirm declare set take get "
    "have win lose"
)
_HEADS = vocabulary("charge executive chair chairman leader boss head director officer leaders governors board chiefs")
_UNIONS = vocabulary("marriage merger union link integration takeover acquisition tie-up amalgamation")
_PEERS = vocabulary("neighbour twin partner counterpart rival sibling cousin")
_JOINERS = vocabulary(", ; and the with or its neighbour twin")


@dataclass(slots=True)
class Use:
    """How one lone place is used: points for a body, and the kind that a neighbour in its list gives."""

    candidate: Candidate
    points: float
    kind: str = ""


def points_of(line: Line, c: Candidate) -> float:
    """How far the words right around a place treat it as a body."""
    words = line.words
    before = words[c.first - 1].key if c.first else ""
    second = words[c.first - 2].key if c.first > 1 else ""
    if before == "the":
        before, second = second, words[c.first - 3].key if c.first > 2 else ""
    after = [w.key for w in words[c.last : c.last + 2]] + ["", ""]
    points = 0.0
    if before in ("and", ",") and _chain(words, c.first) in (*_LOCATIVE, "between"):
        return PLACE
    if before in _LOCATIVE:
        if before == "in" and second in ("leader", "leaders"):
            return 1.0
        return PLACE
    if words[c.last - 1].bare:
        points += 1.2 if after[0] in _OWNED or after[1] in _OWNED else -0.5
    if before in _PARTNER:
        points += 0.7
    if before == "of" and second in _HEADS:
        points += 1.0
    if before in ("to", "of", "with") and second in _UNIONS:
        points += 1.2
    if before in _PEERS or (second in _PEERS and before in (",", "at")):
        points += 1.5
    if before in (",", ":", "–") and second in CLASSES:
        points += 1.2
    if after[0] == "," and any(w.key in CLASSES for w in words[c.last + 1 : c.last + 5]):
        points += 1.0
    return points + _subject(line, c)


def _subject(line: Line, c: Candidate) -> float:
    """Points for a place that is, or heads, the subject of a verb; more where only bodies do such a thing."""
    tokens = line.passage.tokens
    token = next((t for t in tokens if t.start <= c.start < t.end), None)
    while token is not None and token.dep in ("compound", "amod", "nmod", "conj", "appos", "punct", "cc"):
        above = tokens[token.head]
        if above.i == token.i or above.start < c.start:
            break
        token = above
    if token is None or token.dep not in ("nsubj", "nsubjpass"):
        return 0.0
    verb = tokens[token.head]
    follows = tokens[verb.i + 1].lower if verb.i + 1 < len(tokens) else ""
    return 1.2 if verb.lemma in _ACTS or (verb.lemma == "be" and follows == "to") else 0.5


def _chain(words: Sequence[Word], first: int) -> str:
    """The word before the list of names that a name stands in."""
    i = first - 1
    while i >= 0 and (words[i].key in (",", "and", "the", "of") or words[i].capital):
        i -= 1
    return words[i].key if i >= 0 else ""


def join(line: Line, uses: Sequence[Use], mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
    """Places listed together, or with a body, are used alike: all take the best one's points."""
    here = [m for m in mentions if line.passage.start <= m.start < line.passage.end]
    groups: list[list[Use]] = []
    for use in uses:
        if groups and _listed(line.words[groups[-1][-1].candidate.last : use.candidate.first]):
            groups[-1].append(use)
        else:
            groups.append([use])
    for group in groups:
        best = min(u.points for u in group)
        if best > PLACE:
            best = max(u.points for u in group) + (0.0, 0.8, 1.2)[min(len(group), 3) - 1]
        kind = ""
        for mention in here:
            entity = entities.get(mention.entity)
            if entity is None or entity.kind == "person":
                continue
            behind = [w for w in line.words if mention.end <= w.start < group[0].candidate.start]
            ahead = [w for w in line.words if group[-1].candidate.end <= w.start < mention.start]
            if (mention.end <= group[0].candidate.start and _listed(behind)) or (
                group[-1].candidate.end <= mention.start and _listed(ahead)
            ):
                kind = entity.kind
        for use in group:
            use.points = best + (1.0 if kind else 0.0)
            use.kind = kind


def _listed(between: Sequence[Word]) -> bool:
    """Whether the words between two names only join them in a list."""
    keys = [w.key for w in between]
    if len(keys) > 2 and keys[:2] == [";", "and"] and len(keys) < 6 and not any(w.capital for w in between):
        return True
    return 0 < len(keys) <= 6 and all(k in _JOINERS for k in keys)


def class_words(lines: Sequence[Line]) -> list[list[tuple[int, str]]]:
    """For each line, where it names a class of body, and of which kind."""
    return [
        [
            # "primary care trusts" are no trusts
            (word.start, "ccg" if kind == "trust" and i and line.words[i - 1].key == "care" else kind)
            for i, word in enumerate(line.words)
            if (kind := CLASSES.get(word.key))
        ]
        for line in lines
    ]


def classes(
    lines: Sequence[Line], line: Line, use: Use, told: Sequence[Sequence[tuple[int, str]]]
) -> Iterator[tuple[str, float]]:
    """The classes of body spoken of, nearest first, with the points that their nearness is worth.

    `told` is what `class_words` found.
    """
    seen = {use.kind}
    if use.kind:
        yield use.kind, 0.5
    at = use.candidate.start
    inside = [s for s in line.passage.sentences if s.start <= at < s.end]
    start, end = (inside[0].start, inside[0].end) if inside else (line.passage.start, line.passage.end)
    nearest = sorted(told[line.index], key=lambda x: abs(x[0] - at))
    ranked = [(1.0, kind) for where, kind in nearest if start <= where < end]
    ranked += [(0.7, kind) for where, kind in nearest if not start <= where < end]
    for other in range(line.index - 1, -1, -1):
        if lines[other].passage.section == line.passage.section:
            ranked += [(0.7 if other == line.index - 1 else 0.5, kind) for _, kind in reversed(told[other])]
    ranked += [(0.3, kind) for other in (line.index + 1, 0) if other < len(lines) for _, kind in told[other]]
    for nearness, kind in ranked:
        if kind not in seen:
            seen.add(kind)
            yield kind, nearness
