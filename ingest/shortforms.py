"""What a briefing calls a body or person once it has been named: "Western", "HVH", "Ms Caulfield", "Kelly".

A short form is the beginning of a name, or its initials, or a surname. It is taken only where the
briefing names the whole, and where it can't mean a second body of the same briefing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Entity, Mention
from ingest.forms import form_at, split_form, stem
from ingest.mentions import Candidate, Line
from ingest.names import GENERIC, STOP, TITLES, Word, keys, vocabulary

_LOCATIVE = vocabulary("in across around near outside throughout within into north south east west")
_NEVER_SHORT = vocabulary(
    "government media political_party parliamentary_committee representative_body university royal_college"
)
"""Kinds whose names begin with words that mean something else by themselves."""
_MAY_BEGIN = vocabulary("trust independent_provider supplier ccg icb ics charity other")
"""Kinds of the register of which the stem or the first words may stand for the whole ("England" never does)."""
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Short:
    """A short form of an entity; `whole` says that it is the full stem, or a surname."""

    entity: str
    whole: bool
    person: bool = False


@lru_cache(maxsize=4096)
def acronyms(name: str) -> frozenset[str]:
    """Initials that a name may go by, upper case, three letters or more.

    >>> sorted(acronyms("Hurn Valley Hospitals NHS Foundation Trust"))
    ['HVH', 'HVHFT', 'HVHNFT', 'HVHNHSFT', 'HVHT']
    """
    path = [k for k in keys(name) if k != ","]
    base, form = split_form(path)
    base = base[1:] if base and base[0] == "nhs" else base
    found = set()
    for initials in ("".join(k[0] for k in base), "".join(k[0] for k in base if k not in ("and", "of", "the"))):
        if form is None:
            endings = {"", "ft", "t"}
        elif form.kind == "trust":
            endings = {"", "ft", "t", "nft", "nhsft"}
        else:
            endings = {"", form.kind, "".join(k[0] for k in path[-len(path) + len(base) :] if k != "nhs")}
        found |= {(initials + e).upper() for e in endings}
    return frozenset(f for f in found if len(f) > 2)


def prefixes(path: tuple[str, ...]) -> set[tuple[str, ...]]:
    """All beginnings of a name, itself among them."""
    return {path[:size] for size in range(1, len(path) + 1)}


def beginnings(entities: Iterable[Entity]) -> set[tuple[str, ...]]:
    """The folded words that may be short for an entity: the beginnings of bodies' names, the words of persons'."""
    found: set[tuple[str, ...]] = set()
    for entity in entities:
        if entity.kind == "person":
            found.update((k,) for k in keys(entity.name))
        elif not entity.known or entity.kind in _MAY_BEGIN:
            found |= prefixes(stem(entity.name))
    return found


def short_forms(
    lines: Sequence[Line], entities: Mapping[str, Entity], mentions: Sequence[Mention], lone: Iterable[Candidate]
) -> Iterator[Mention]:
    """Later short forms that no mention covers. A longer place of the register (`lone`) is never cut short."""
    longer = {(c.line, c.first): c.last for c in lone if c.aliases}
    table = _table(entities, mentions)
    brief = initials(lines, entities, mentions)
    for line in lines:
        taken = _covered(line, mentions)
        i = 0
        while i < len(line.words):
            hit = None if i in taken else _hit(line, i, table, taken) or _initials_at(line, i, brief)
            if hit and longer.get((line.index, i), 0) > hit[0]:
                i = longer[line.index, i]
            elif hit:
                last, ident = hit
                start, end = line.words[i].start, line.words[last - 1].name_end
                yield Mention(start, end, line.slice(start, end), ident, "short_name", 0.85)
                i = last
            else:
                i += 1


def _covered(line: Line, mentions: Iterable[Mention]) -> set[int]:
    """The words of a line that mentions cover."""
    here = [(m.start, m.end) for m in mentions if m.start < line.passage.end and m.end > line.passage.start]
    return {i for i, w in enumerate(line.words) if any(s < w.end and w.start < e for s, e in here)}


def _table(entities: Mapping[str, Entity], mentions: Iterable[Mention]) -> dict[tuple[str, ...], list[Short]]:
    """Short forms by their folded words."""
    texts: dict[str, dict[str, None]] = {}
    for m in mentions:
        texts.setdefault(m.entity, {})[m.text] = None
    table: dict[tuple[str, ...], dict[str, Short]] = {}
    for entity in entities.values():
        for path, short in _shorts(entity, (*texts.get(entity.id, ()), entity.name)):
            known = table.setdefault(path, {}).get(entity.id)
            if known is None or short.whole:
                table[path][entity.id] = short
    return {path: list(shorts.values()) for path, shorts in table.items()}


def _shorts(entity: Entity, names: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Short]]:
    if entity.kind == "person":
        parts = keys(entity.name)
        for path in {parts[-1:], parts[:1], parts}:
            yield path, Short(entity.id, whole=len(parts) < 2 or path != parts[:1], person=True)
        surname = keys(entity.name.split()[-1])
        yield surname, Short(entity.id, whole=True, person=True)
        return
    if entity.kind in _NEVER_SHORT or (entity.known and entity.kind not in _MAY_BEGIN):
        return
    for name in names:
        path = stem(name)
        for size in range(len(path), 0, -1):
            part = path[:size]
            western = size == 1 and len(path) > 1 and part[0].endswith("ern")
            if (part[-1] in ("and", "of", "the") or all(k in GENERIC for k in part)) and not western:
                continue
            yield part, Short(entity.id, whole=size == len(path))


def _hit(
    line: Line, first: int, table: Mapping[tuple[str, ...], list[Short]], taken: set[int]
) -> tuple[int, str] | None:
    """The longest short form that begins at a word: where it ends, and whom it means."""
    words = line.words
    if not words[first].capital or words[first].key in STOP:
        return None
    for last in range(min(first + _LONGEST, len(words)), first, -1):
        ending = words[last - 1]
        if not ending.capital or last - 1 in taken:
            continue
        inner = tuple(w.key for w in words[first : last - 1] if w.key != ",")
        found = table.get((*inner, ending.bare or ending.key)) or table.get((*inner, ending.key))
        chosen = _one(found, line, first, last) if found else None
        if chosen:
            return last, chosen.entity
    return None


def _one(found: Sequence[Short], line: Line, first: int, last: int) -> Short | None:
    """The one entity that a short form can mean where it stands, or None."""
    before = line.words[first - 1] if first else None
    after = line.words[last] if last < len(line.words) else None
    titled = before is not None and before.key in TITLES
    if (before and not titled and _part_of_name(line, before, line.words[first])) or (
        after and not line.words[last - 1].bare and after.capital and line.adjacent(line.words[last - 1], after)
    ):
        return None
    persons = [s for s in found if s.person]
    bodies = [s for s in found if not s.person]
    if persons and (titled or not bodies):
        return _only([s for s in persons if s.whole] or persons)
    if titled or (before is not None and before.key in _LOCATIVE):
        return None
    if form_at(line.words, last) and not line.words[last - 1].bare:
        return None
    return _only([s for s in bodies if s.whole] or bodies)


def _part_of_name(line: Line, before: Word, word: Word) -> bool:
    """Whether the capital before a word makes both one name."""
    return (
        before.capital and before.key not in STOP and before.start not in line.opening and line.adjacent(before, word)
    )


def _only(shorts: Sequence[Short]) -> Short | None:
    return shorts[0] if len(shorts) == 1 else None


def initials(lines: Sequence[Line], entities: Mapping[str, Entity], mentions: Sequence[Mention]) -> dict[str, str]:
    """Acronym → entity: plain initials of one body only, and those put in brackets behind a name."""
    found: dict[str, set[str]] = {}
    for m in mentions:
        entity = entities[m.entity]
        if entity.kind != "person":
            for short in acronyms(m.text) | acronyms(entity.name):
                found.setdefault(short, set()).add(entity.id)
    brief = {k: next(iter(v)) for k, v in found.items() if len(v) == 1}
    ends = {m.end: m.entity for m in mentions if entities[m.entity].kind != "person"}
    for line in lines:
        for i in range(len(line.words) - 3):
            if (line.words[i + 1].key, line.words[i + 3].key) != ("(", ")"):
                continue
            owner = ends.get(line.words[i].name_end)
            inner = line.words[i + 2].text
            if owner and sum(c.isupper() for c in inner) >= 2:
                brief[inner.upper()] = owner
    return brief


def _initials_at(line: Line, first: int, brief: Mapping[str, str]) -> tuple[int, str] | None:
    word = line.words[first]
    text = line.slice(word.start, word.name_end)
    owner = brief.get(text.upper())
    return None if owner is None or sum(c.isupper() for c in text) < 2 else (first + 1, owner)
