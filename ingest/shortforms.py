"""What a briefing calls a body or person once it has been named: "Western", "WVH", "Ms Caulfield", "Kelly".

A short form is the beginning of a name, or its initials, or a surname. It is taken only where the
briefing names the whole, and where it can't mean a second body of the same briefing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity, Mention
from ingest.mentions import GENERIC, STOP, Line
from ingest.nameindex import form_at, split_form
from ingest.names import NAME_FORMS, OPENINGS, keys, words
from ingest.runs import TITLES

_LOCATIVE = frozenset("in across around near outside throughout within into north south east west".split())
_LATER_KINDS = ("trust", "independent_provider", "supplier", "ccg", "icb", "ics", "charity", "other")


@dataclass(frozen=True, slots=True)
class Short:
    """A short form's folded words and the entity meant; `whole` says that it is the name but for its kind words."""

    path: tuple[str, ...]
    entity: str
    whole: bool
    person: bool = False


def stem(name: str) -> tuple[str, ...]:
    """The folded words of a name without opening or closing kind words and "NHS"."""
    path = tuple(k for k in keys(name) if k != ",")
    path, _ = split_form(path)
    if len(path) > 1 and path[0] == "nhs":
        path = path[1:]
    for size in range(min(4, len(path) - 1), 0, -1):
        if path[-size:] in NAME_FORMS:
            path = path[:-size]
            break
    for size in range(min(4, len(path) - 1), 0, -1):
        if path[:size] in OPENINGS:
            path = path[size:]
            break
    return path


def acronyms(name: str) -> set[str]:
    """Initials that a name may go by, upper case.

    >>> sorted(acronyms("Wend Valley Hospitals NHS Foundation Trust"))
    ['WVH', 'WVHFT', 'WVHNFT', 'WVHNHSFT', 'WVHT']
    """
    path = [k for k in keys(name) if k != ","]
    base, form = split_form(path)
    if base and base[0] == "nhs":
        base = base[1:]
    full = "".join(k[0] for k in base)
    short = "".join(k[0] for k in base if k not in ("and", "of", "the"))
    found = set()
    for initials in {full, short}:
        if form and form.kind == "trust":
            found |= {initials + e for e in ("", "ft", "t", "nft", "nhsft")}
        elif form:
            found |= {initials + "".join(k[0] for k in path[len(base) :]), initials + form.kind, initials}
        else:
            found |= {initials, initials + "ft", initials + "t"}
    return {f.upper() for f in found if len(f) > 2}


def short_forms(
    lines: Sequence[Line], entities: Mapping[str, Entity], mentions: Sequence[Mention]
) -> Iterator[tuple[Mention, tuple[int, int, int]]]:
    """Later short forms, each with its line and words."""
    spans = sorted((m.start, m.end) for m in mentions)
    covered = {(m.start, m.end) for m in mentions}
    first_seen: dict[str, int] = {}
    for m in mentions:
        first_seen[m.entity] = min(m.start, first_seen.get(m.entity, m.start))
    table = _table(entities, mentions)
    brief = _acronyms(lines, entities, mentions)
    del covered
    for line in lines:
        i = 0
        while i < len(line.words):
            word = line.words[i]
            if _inside(word.start, word.end, spans):
                i += 1
                continue
            hit = _hit(line, i, table, spans) or _initials(line, i, brief)
            if hit is None:
                i += 1
                continue
            last, ident, start = hit
            end = line.words[last - 1].name_end
            yield Mention(start, end, line.slice(start, end), ident, "short_name", 0.85), (line.index, i, last)
            i = last


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in spans)


def _table(entities: Mapping[str, Entity], mentions: Iterable[Mention]) -> dict[tuple[str, ...], list[Short]]:
    """Short forms by their folded words, whole stems before beginnings of stems."""
    table: dict[tuple[str, ...], dict[str, Short]] = {}
    texts: dict[str, dict[str, None]] = {}
    for m in mentions:
        texts.setdefault(m.entity, {})[m.text] = None
    for entity in entities.values():
        if entity.kind == "person":
            parts = keys(entity.name)
            for path in {parts[-1:], parts[:1], parts} if len(parts) > 1 else {parts}:
                table.setdefault(path, {})[entity.id] = Short(path, entity.id, path != parts[:1], person=True)
            continue
        for name in {*texts.get(entity.id, {}), entity.name}:
            path = stem(name)
            for size in range(len(path), 0, -1):
                part = path[:size]
                if part[-1] in ("and", "of", "the") or all(k in GENERIC for k in part):
                    if not (size == 1 and len(path) > 1 and part[0].endswith("ern")):
                        continue
                if entity.known and size < len(path) and entity.kind not in _LATER_KINDS:
                    continue
                if entity.kind in ("government", "media", "political_party", "parliamentary_committee"):
                    continue
                old = table.setdefault(part, {}).get(entity.id)
                if old is None or not old.whole:
                    table[part][entity.id] = Short(part, entity.id, size == len(path))
    return {p: list(s.values()) for p, s in table.items()}


def _hit(
    line: Line, first: int, table: Mapping[tuple[str, ...], list[Short]], spans: Sequence[tuple[int, int]]
) -> tuple[int, str, int] | None:
    words = line.words
    if not words[first].capital or words[first].key in STOP:
        return None
    for last in range(min(first + 6, len(words)), first, -1):
        path = tuple(w.key for w in words[first : last - 1]) + (words[last - 1].bare or words[last - 1].key,)
        path = tuple(k for k in path if k != ",")
        found = table.get(path) or table.get((*path[:-1], words[last - 1].key))
        if not found or not words[last - 1].capital or _inside(words[first].start, words[last - 1].end, spans):
            continue
        chosen = _one(found, line, first, last)
        if chosen:
            start = words[first].start
            return last, chosen.entity, start
    return None


def _one(found: Sequence[Short], line: Line, first: int, last: int) -> Short | None:
    words = line.words
    before = words[first - 1] if first else None
    titled = before is not None and before.key in TITLES
    joined = (
        before is not None
        and before.capital
        and not titled
        and before.key not in STOP
        and line.slice(before.end, words[first].start) == " "
        and before.start not in line.opening
    )
    after = words[last] if last < len(words) else None
    runs_on = (
        after is not None
        and after.capital
        and not words[last - 1].bare
        and line.slice(words[last - 1].end, after.start) == " "
    )
    if joined or runs_on:
        return None
    persons = [s for s in found if s.person]
    bodies = [s for s in found if not s.person]
    if persons and (titled or not bodies):
        surnames = [s for s in persons if s.whole]
        pick = surnames or persons
        return pick[0] if len(pick) == 1 else None
    if titled:
        return None
    if before is not None and before.key in _LOCATIVE:
        return None
    if after is not None and form_at(words, last) and not words[last - 1].bare:
        return None
    whole = [s for s in bodies if s.whole]
    pick = whole or bodies
    return pick[0] if len(pick) == 1 else None


def _acronyms(lines: Sequence[Line], entities: Mapping[str, Entity], mentions: Sequence[Mention]) -> dict[str, str]:
    """Acronym → entity: those put in brackets behind a name, and plain initials of one body only."""
    found: dict[str, set[str]] = {}
    for m in mentions:
        entity = entities.get(m.entity)
        if entity and entity.kind != "person":
            for name in {m.text, entity.name}:
                for short in acronyms(name):
                    found.setdefault(short, set()).add(entity.id)
    plain = {k: next(iter(v)) for k, v in found.items() if len(v) == 1}
    ends = {m.end: m.entity for m in mentions if m.entity in entities}
    for line in lines:
        for i, word in enumerate(line.words[:-2]):
            bracket = line.words[i + 1]
            if bracket.key == "(" and line.words[i + 2 + 1 : i + 4] and line.words[i + 3].key == ")":
                inner = line.words[i + 2].text
                owner = ends.get(word.end) or ends.get(word.name_end)
                if owner and sum(c.isupper() for c in inner) >= 2:
                    plain[inner.upper()] = owner
    return plain


def _initials(line: Line, first: int, brief: Mapping[str, str]) -> tuple[int, str, int] | None:
    word = line.words[first]
    text = line.slice(word.start, word.name_end)
    if len(text) < 2 or sum(c.isupper() for c in text) < 2 or text.upper() not in brief:
        return None
    return first + 1, brief[text.upper()], word.start
