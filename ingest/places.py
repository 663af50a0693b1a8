"""Bare places that stand for a body: "Devon has submitted a deficit plan". Never a place used as a place.

Two things must come together. The words around the place must treat it as a body: it acts, owns a plan
or a chief executive, stands in a list with bodies, merges "with" somebody. And the story must say which class of
body is spoken of: systems, commissioning groups, trusts. The nearest such word decides the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.ids import organisation_id
from graph.model import Entity, Mention
from ingest.mentions import Candidate, Line, candidate
from ingest.names import Word, vocabulary
from ingest.register import Organisation, Register

ENOUGH = 1.5
"""Points that make a body of a bare place of the register."""
ENOUGH_UNKNOWN = 2.0
"""Points that make a body of a name that the register doesn't know."""

_ICS_ERA = date(2018, 4, 1)
"""Before that, plans bore other names and cut the map differently."""

_CLASSES: Mapping[str, str] = {
    word: kind
    for kind, words in (
        ("ics", "ics icss stp stps system systems footprint footprints economies economy vanguard vanguards integrated patches"),
        ("ccg", "ccg ccgs commissioning commissioner commissioners pct pcts groups"),
        ("icb", "icb icbs"),
        ("trust", "trust trusts hospital hospitals ft fts acute acutes provider providers infirmary"),
        ("local_authority", "council councils"),
    )
    for word in words.split()
}
_LOCATIVE = vocabulary(
    "in across around near outside throughout within into from north south east west over beyond"
)
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
_HEADS = vocabulary(
    "charge executive chair chairman leader boss head director officer leaders governors board chiefs"
)
_UNIONS = vocabulary(
    "marriage merger union link integration takeover acquisition tie-up amalgamation"
)
_PEERS = vocabulary("neighbour twin partner counterpart rival sibling cousin")


@dataclass(slots=True)
class _Use:
    """How one lone place is used: points for a body, and the kind that a neighbour in its list gives."""

    candidate: Candidate
    points: float
    kind: str = ""
    group: int = -1


def bodies(
    lines: Sequence[Line],
    lone: Iterable[Candidate],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
    register: Register,
    published: date | None,
    *,
    near: float = 0.0,
) -> Iterator[tuple[Candidate, str]]:
    """The lone places that stand for a body, each with the id of that body.

    With `near` 1, only those whose class is told in the same sentence.
    """
    spans = [(m.start, m.end) for m in mentions]
    free = [c for c in lone if not any(s < c.end and c.start < e for s, e in spans)]
    parts = _system_parts(register)
    by_line: dict[int, list[Candidate]] = {}
    for c in free:
        by_line.setdefault(c.line, []).append(c)
    for index, places in by_line.items():
        line = lines[index]
        uses = [_Use(c, _points(line, c)) for c in places]
        _join(line, uses, mentions, entities)
        for use in uses:
            yield from _resolve(lines, line, use, near, register, parts, published)


def _resolve(
    lines: Sequence[Line],
    line: Line,
    use: _Use,
    near: float,
    register: Register,
    parts: Mapping[str, str],
    published: date | None,
) -> Iterator[tuple[Candidate, str]]:
    """The body that a use means, by the nearest class spoken of; several where the name is a list of them."""
    c = use.candidate
    options = _options(c, register, parts, published)
    enough = ENOUGH if c.aliases else ENOUGH_UNKNOWN
    for kind, nearness in _kinds(lines, line, use):
        if nearness < near:
            return
        ident = options.get(kind) or (options.get("ics") if kind == "icb" else None)
        if use.points + nearness >= enough:
            if ident:
                yield c, ident
            elif kind == "ccg" and c.aliases:
                yield from _items(line, c, kind, register, published)
        if ident or (kind in ("ics", "ccg") and nearness >= 0.5):
            return


def _items(
    line: Line, c: Candidate, kind: str, register: Register, published: date | None
) -> Iterator[tuple[Candidate, str]]:
    """A name that lists bodies of a kind: "Bath and North East Somerset, Swindon and Wiltshire" in 2019."""
    found = []
    first = c.first
    while first < c.last:
        for last in range(c.last, first, -1):
            name = line.slice(line.words[first].start, line.words[last - 1].name_end)
            ids = [
                i
                for i in register.candidates(f"{name} CCG")
                if (b := register.get(i)) and b.kind == kind and (published is None or register.open_on(i, published))
            ]
            if ids and last < c.last + (first > c.first):
                found.append((candidate(line, first, last, "register"), ids[0]))
                break
        else:
            return
        first = last
        while first < c.last and line.words[first].key in (",", "and", "the"):
            first += 1
    yield from found


def join_names(line: Line, found: Sequence[Candidate]) -> list[Candidate]:
    """Unknown names in order, "Hernedale" and "Coast" made one where the words behind speak of one body."""
    result: list[Candidate] = []
    for c in found:
        left = result[-1] if result else None
        between = [w.key for w in line.words[left.last : c.first]] if left else []
        if left and between in (["and"], ["and", "the"]) and _single(line, c.last):
            result[-1] = candidate(line, left.first, c.last, "ner")
        else:
            result.append(c)
    return result


def _single(line: Line, last: int) -> bool:
    """Whether the words behind a name speak of one body: "has …", ", the integrated care system …"."""
    after = [w.key for w in line.words[last : last + 6]] + ["", ""]
    if after[0] in ("has", "is", "was", "wants", "says", "expects", "hopes", "plans", "needs", "thinks"):
        return True
    if after[0] == "," and after[1] in ("the", "a", "an", "its", "which"):
        singular = any(k in _CLASSES and not k.endswith("s") for k in after[2:6])
        return singular or after[1] == "which"
    return False


def _options(
    c: Candidate, register: Register, parts: Mapping[str, str], published: date | None
) -> dict[str, str]:
    """Kind → the body of that kind that the place may stand for; those open on the day come first."""
    if not c.aliases:
        return {kind: organisation_id(kind, c.base) for kind in ("trust", "ccg", "icb", "ics")}
    found: dict[str, str] = {}
    bodies = [b for a in c.aliases for i in a.ids if (b := register.get(i))]
    alive = [b for b in bodies if _alive(register, b, published)]
    for body in (*alive, *bodies):
        if published is None or body.kind in ("ics", "trust") or body in alive:
            found.setdefault(body.kind, body.id)
    key = " ".join(w for w in c.base.lower().replace(",", " ").split())
    if "ics" not in found and key in parts and (published is None or published >= _ICS_ERA):
        found["ics"] = parts[key]
    return found


def _alive(register: Register, body: Organisation, published: date | None) -> bool:
    return published is not None and register.open_on(body.id, published)


def _system_parts(register: Register) -> dict[str, str]:
    """The place that a system's name begins with, and its county → that system, where it is the only one."""
    found: dict[str, set[str]] = {}
    for body in register:
        if body.kind == "ics":
            name = body.name.lower().removesuffix(" integrated care system")
            parts = name.replace(" and ", ", ").split(", ")
            for part in parts:
                if part[:5] == parts[0][:5]:
                    found.setdefault(part, set()).add(body.id)
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1}


def _points(line: Line, c: Candidate) -> float:
    """How far the words right around a place treat it as a body."""
    words = line.words
    before = words[c.first - 1].key if c.first else ""
    second = words[c.first - 2].key if c.first > 1 else ""
    if before == "the":
        before, second = second, words[c.first - 3].key if c.first > 2 else ""
    after = [w.key for w in words[c.last : c.last + 2]] + ["", ""]
    points = 0.0
    if before in ("and", ",") and _chain(words, c.first) in (*_LOCATIVE, "between"):
        return -2.0
    if before in _LOCATIVE:
        if before == "in" and second in ("leader", "leaders"):
            return 1.0
        return -2.0
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
    if before in (",", ":", "–") and second in _CLASSES:
        points += 1.2
    token = next((t for t in line.passage.tokens if t.start <= c.start < t.end), None)
    while token is not None and token.dep in ("compound", "amod", "nmod", "conj", "appos", "punct", "cc"):
        above = line.passage.tokens[token.head]
        if above.i == token.i or above.start < c.start:
            break
        token = above
    if token is not None and token.dep in ("nsubj", "nsubjpass"):
        points += 0.5
        verb = line.passage.tokens[token.head]
        follows = line.passage.tokens[verb.i + 1].lower if verb.i + 1 < len(line.passage.tokens) else ""
        if verb.lemma in _ACTS or (verb.lemma == "be" and follows == "to"):
            points += 0.7
    return points


def _chain(words: Sequence[Word], first: int) -> str:
    """The word before the list of names that a name stands in."""
    i = first - 1
    while i >= 0 and (words[i].key in (",", "and", "the", "of") or words[i].capital):
        i -= 1
    return words[i].key if i >= 0 else ""


def _join(line: Line, uses: Sequence[_Use], mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
    """Places listed together, or with a body, are used alike: all take the best one's points."""
    here = [m for m in mentions if line.passage.start <= m.start < line.passage.end]
    groups: list[list[_Use]] = []
    for use in uses:
        if groups and _listed(line.words[groups[-1][-1].candidate.last : use.candidate.first]):
            groups[-1].append(use)
        else:
            groups.append([use])
    for group in groups:
        best = min(u.points for u in group)
        if best > -2:
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
    return 0 < len(keys) <= 6 and all(k in (",", ";", "and", "the", "with", "or", "its", "neighbour", "twin") for k in keys)


def _kinds(lines: Sequence[Line], line: Line, use: _Use) -> Iterator[tuple[str, float]]:
    """The classes of body spoken of, nearest first, with the points that their nearness is worth."""
    seen: set[str] = set()

    def fresh(words: Iterable[Word]) -> Iterator[str]:
        for word in words:
            kind = _CLASSES.get(word.key)
            if kind and kind not in seen:
                seen.add(kind)
                yield kind

    if use.kind:
        seen.add(use.kind)
        yield use.kind, 0.5
    c = use.candidate
    inside = [s for s in line.passage.sentences if s.start <= c.start < s.end]
    start, end = (inside[0].start, inside[0].end) if inside else (line.passage.start, line.passage.end)
    near: Callable[[Word], int] = lambda w: abs(w.start - c.start)
    for kind in fresh(sorted((w for w in line.words if start <= w.start < end), key=near)):
        yield kind, 1.0
    for kind in fresh(sorted((w for w in line.words if not start <= w.start < end), key=near)):
        yield kind, 0.7
    section = [x for x in lines if x.passage.section == line.passage.section and x.index < line.index]
    for other in reversed(section):
        for kind in fresh(reversed(other.words)):
            yield kind, 0.5
    for kind in fresh(w for x in lines if x.index == line.index + 1 for w in x.words):
        yield kind, 0.3
    for kind in fresh(w for x in lines if x.index == 0 for w in x.words):
        yield kind, 0.3
