"""Whom a person means by a name as typed: an exact id or name first, then looser readings, never a guess.

The readings are tried in order and the first that fits anybody decides: if it fits one entity, that
is the answer; if it fits several, it is an AmbiguousName and the candidates are named. Nothing is
ever matched by similarity, since the halves of a city's systems are more alike than a name and its
acronym; likeness only makes the suggestions of an UnknownName.

1. the id or ODS code, as written
2. the name, whatever its capitals, punctuation and "the"; then without the word NHS
3. an alias written as an acronym
4. any other alias (former names are aliases: a renamed body is found by them)
5. the id in other capitals
6. the name or an alias without its legal form: "Bolton FT", "bolton"; a form that was typed must fit
7. the initials of the name
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from graph.errors import AmbiguousName, UnknownName
from graph.folding import core, fold, initials, is_acronym, without_nhs
from graph.model import Entity, Row
from graph.schema import KINDS, PERSON
from graph.store.base import NameEntry, View

_SUGGESTIONS = 5
_CLOSE_ENOUGH = 70.0
_SAME_WORD = 75.0


def find(view: View, text: str, *, kinds: Collection[str] | None = None) -> Entity:
    """The entity that goes by a name as typed; `kinds` narrows the search to entities of those kinds.

    Raises:
        UnknownName: nobody goes by it; the error suggests names that come close.
        AmbiguousName: several do; the error lists their ids, names and kinds.
    """
    entry = find_entry(view, text, kinds=kinds)
    entity = view.entity(entry.id)
    if entity is None:
        raise UnknownName(f"{entry.name} ({entry.id}) has just left the graph: try again")
    return entity


def find_entry(view: View, text: str, *, kinds: Collection[str] | None = None) -> NameEntry:
    """As `find`: the entity's names, and in how many briefings it stands.

    Raises:
        UnknownName, AmbiguousName: as `find`.
    """
    try:
        return match(view.candidates(text), text, kinds=kinds)
    except UnknownName:
        # Only all names can tell which of them come close.
        return match(view.names(), text, kinds=kinds)


def match(entries: Iterable[NameEntry], text: str, *, kinds: Collection[str] | None = None) -> NameEntry:
    """The entry that goes by a name as typed.

    Raises:
        UnknownName, AmbiguousName: as `find`.
    """
    pool = [e for e in entries if kinds is None or e.kind in kinds]
    names = _Names(pool)
    typed, wanted = text.strip(), fold(text)
    if not typed:
        raise UnknownName("The name is empty: give an organisation's or person's name or id")
    for reading in _readings(names, typed, wanted):
        found = {e.id: e for e in reading}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise _ambiguous(text, found.values())
    raise _unknown(text, wanted, names, kinds)


def find_briefing(briefings: Sequence[Row], text: str) -> str:
    """The id of the briefing meant by an id, the beginning of one (8 characters or more), a title or a file name.

    Raises:
        UnknownName, AmbiguousName: as `find`.
    """
    wanted, typed = fold(text), text.strip()
    readings: tuple[Callable[[Row], bool], ...] = (
        lambda b: b["id"] == typed,
        lambda b: bool(wanted) and fold(b["title"] or "") == wanted,
        lambda b: bool(typed) and _file_names(b.get("path")) & {typed, typed.lower()} != set(),
        lambda b: len(typed) >= 8 and b["id"].startswith(typed.lower()),
    )
    for reading in readings:
        found = [b for b in briefings if reading(b)]
        if len(found) == 1:
            return str(found[0]["id"])
        if found:
            candidates = sorted((str(b["id"]), str(b["title"]), "briefing") for b in found)
            listed = "; ".join(f"{title} [{id_}]" for id_, title, _ in candidates[:_SUGGESTIONS])
            raise AmbiguousName(f"Several briefings go by {_short(text)}: {listed}. Give the id", candidates=candidates)
    close = _closest(wanted, [(fold(b["title"] or ""), f"{b['title']} [{b['id']}]") for b in briefings])
    raise UnknownName(f"No briefing goes by {_short(text)}: {_hint(close)}", suggestions=close)


class _Names:
    """The entries with their names folded, each fold made once and only when a reading comes to need it."""

    def __init__(self, pool: Sequence[NameEntry]) -> None:
        self.pool = pool

    @cached_property
    def names(self) -> list[tuple[str, NameEntry]]:
        return [(fold(e.name), e) for e in self.pool]

    @cached_property
    def aliases(self) -> list[tuple[str, NameEntry]]:
        return [(fold(a), e) for e in self.pool for a in e.aliases]

    @property
    def every(self) -> Iterator[tuple[str, NameEntry]]:
        yield from self.names
        yield from self.aliases


def _readings(names: _Names, typed: str, wanted: str) -> Iterator[list[NameEntry]]:
    """Whom each way to read a name fits, strictest way first."""
    yield [e for e in names.pool if e.id == typed]
    if not wanted:
        return
    yield [e for name, e in names.names if name == wanted]
    bare = without_nhs(wanted)
    yield [e for name, e in names.names if bare in name and without_nhs(name) == bare]
    compact = wanted.replace(" ", "")
    yield [e for e in names.pool if any(is_acronym(a) and fold(a) == compact for a in e.aliases)]
    yield [e for alias, e in names.aliases if alias == wanted]
    yield [e for e in names.pool if e.id.casefold() == typed.casefold()]
    stem, meant = core(wanted)
    fitting = [e for name, e in names.every if stem in name and core(name)[0] == stem]
    if meant:
        yield from ([e for e in fitting if e.kind == kind] for kind in meant)
    else:
        yield fitting
    if 3 <= len(compact) <= 12 and compact.isalpha():
        start = compact[0]
        yield [e for name, e in names.names if name[:1] == start and e.kind != PERSON and compact in initials(name)]


def _ambiguous(text: str, found: Iterable[NameEntry]) -> AmbiguousName:
    candidates = [(e.id, e.name, e.kind) for e in sorted(found, key=lambda e: (-e.briefings, e.name, e.id))]
    listed = "; ".join(f"{name} [{id_}], {_caption(kind)}" for id_, name, kind in candidates[:_SUGGESTIONS])
    more = f" and {len(candidates) - _SUGGESTIONS} more" if len(candidates) > _SUGGESTIONS else ""
    return AmbiguousName(
        f"{_short(text)} could be any of {len(candidates)}: {listed}{more}. Give the full name or the id",
        candidates=candidates,
    )


def _unknown(text: str, wanted: str, names: _Names, kinds: Collection[str] | None) -> UnknownName:
    if not names.pool and kinds is None:
        return UnknownName(f"Nobody goes by {_short(text)}, for the graph is empty: ingest some briefings first")
    close = _closest(wanted, [(name, e.name) for name, e in names.every])
    what = "organisation or person" if kinds is None else "person" if set(kinds) == {PERSON} else "organisation"
    return UnknownName(f"No {what} in the graph goes by {_short(text)}: {_hint(close)}", suggestions=close)


def _closest(wanted: str, names: Sequence[tuple[str, str]]) -> list[str]:
    """The captions of the (folded) names most like the wanted one, best first, each once.

    A name that holds every typed word, be it mistyped, is likelier meant than one that looks alike as a whole.
    """
    from rapidfuzz import fuzz, process

    if not wanted:
        return []
    keys = [key for key, _ in names]
    scores: dict[str, float] = {}
    for _, score, index in process.extract(wanted, keys, scorer=fuzz.ratio, limit=20, score_cutoff=_CLOSE_ENOUGH):
        scores[names[index][1]] = max(scores.get(names[index][1], 0.0), score)
    known = {word for key in keys for word in key.split()}
    words = set()
    for word in wanted.split():
        near = None if word in known else process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        words.add(near[0] if near else word)
    for key, caption in names:
        if all(word in key for word in words) and words <= set(key.split()):
            scores[caption] = max(scores.get(caption, 0.0), 50.0 + fuzz.ratio(wanted, key) / 2)
    return sorted(scores, key=lambda caption: (-scores[caption], caption))[:_SUGGESTIONS]


def _hint(close: Sequence[str]) -> str:
    if not close:
        return "nothing comes close"
    return f"did you mean {' or '.join(close[:3])}?"


def _file_names(path: object) -> set[str]:
    if not isinstance(path, str) or not path:
        return set()
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return {path, name, name.rsplit(".", 1)[0]} | {name.lower(), name.rsplit(".", 1)[0].lower()}


def _caption(kind: str) -> str:
    known = KINDS.get(kind)
    return known.caption.lower() if known and not known.caption.startswith("NHS") else known.caption if known else kind


def _short(text: str) -> str:
    shown = " ".join(text.split())
    shown = "".join(c if c.isprintable() else "�" for c in shown)
    return f"“{shown if len(shown) <= 60 else shown[:59] + '…'}”"
