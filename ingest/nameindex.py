"""Every name of the register as a tree of folded words, so that a text is read once, left to right.

A *base* is a name without the words that tell its kind: "Bolton" of Bolton NHS Foundation Trust and
of NHS Bolton CCG. It names a body only together with such words ("Bolton FT", "Bolton CCG").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.forms import core, split_form
from ingest.names import Word, keys, words
from ingest.register import Alias, Register

_LEAF = ""
BASE_KINDS = frozenset({"trust", "ccg", "icb", "ics", "local_authority"})
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (exclusive) spell these names of the register."""

    first: int
    last: int
    aliases: tuple[Alias, ...]


class NameIndex:
    """A tree of names; `hits` gives every name that begins at a word, shortest first."""

    def __init__(self, names: Iterable[tuple[Sequence[str], Alias]]) -> None:
        self._root: Node = {}
        for path, alias in names:
            node = self._root
            for key in path:
                node = node.setdefault(key, {})
            node.setdefault(_LEAF, []).append(alias)

    @classmethod
    def of(cls, register: Register) -> NameIndex:
        """Index all names and bases of a register."""
        return cls(_register_names(register))

    def hits(self, text: Sequence[Word], start: int) -> Iterator[Hit]:
        node = self._root
        for i in range(start, len(text)):
            word = text[i]
            if word.bare and (closing := node.get(word.bare)) and _LEAF in closing:
                yield Hit(start, i + 1, tuple(closing[_LEAF]))
            if word.key not in node:
                return
            node = node[word.key]
            if _LEAF in node:
                yield Hit(start, i + 1, tuple(node[_LEAF]))


@lru_cache(maxsize=4)
def parts_of(register: Register) -> frozenset[tuple[str, ...]]:
    """Up to four folded words in a row of any name of the register: "Goole" is part of a known name, and no new one."""
    found = set()
    for body in register:
        path = core(body.name)
        found |= {path[i:j] for i in range(len(path)) for j in range(i + 1, min(i + 4, len(path)) + 1)}
    return frozenset(found)


def _register_names(register: Register) -> Iterator[tuple[Sequence[str], Alias]]:
    bases: dict[tuple[str, ...], dict[str, None]] = {}
    for _, aliases in register.aliases():
        for alias in aliases:
            path = keys(alias.text)
            if not path:
                continue
            for spelling in _commas(path):
                yield spelling, alias
            if "/" in alias.text or "(" in alias.text:
                yield tuple(w.key for w in words(alias.text)), alias
            if len(alias.ids) > 1 or alias.sort in ("place", "word", "several", "usual", "site"):
                continue
            body = register.get(alias.ids[0])
            if body and body.kind in BASE_KINDS:
                base, form = split_form(path)
                if form and base and form.kind == body.kind:
                    base = base[1:] if base[0] == "nhs" else base
                    if base:
                        bases.setdefault(base, {})[body.id] = None
    for base, ids in bases.items():
        text = " ".join(base)
        for spelling in _commas(base):
            yield spelling, Alias(text, tuple(ids), "base")


def _commas(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name with commas is found without them too, and with one before its last "and"."""
    yield path
    if "," in path:
        yield tuple(k for k in path if k != ",")
        last = len(path) - 1 - path[::-1].index("and") if "and" in path else 0
        if last and path[last - 1] != ",":
            yield (*path[:last], ",", *path[last:])
