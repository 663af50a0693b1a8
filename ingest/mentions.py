"""Document → stretches of text that may name an organisation: by the register, or by their form.

The register's names come first: the longest that fits at a word, together with any words behind it
that tell the kind ("Bolton FT"). What looks like a name but isn't in the register is left to
`ingest.shapes`. What a stretch means is decided in `ingest.link`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.forms import Form, form_at
from ingest.nameindex import NameIndex
from ingest.names import STOP, Word, vocabulary, words
from ingest.parse import ParsedDocument, Passage, Token
from ingest.register import Alias, Register

_LOWERED = (
    " Health Committee",
    "Health Committee",
    "Social Care Committee",
    "Accounts Committee",
    " Service Ombudsman",
)
"""Endings of names that briefings write in lower case too: "the public accounts committee"."""
_POSSESSIVE_NAMES = vocabulary("childrens womens")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may name an organisation: words `first` to `last` (exclusive) of a line.

    `aliases` are the register's meanings (none: the register doesn't know it); `form` is what its
    closing words say; `base` is the name without them; `lone` marks a bare place that stands by itself.
    """

    line: int
    first: int
    last: int
    start: int
    end: int
    text: str
    base: str
    via: str
    aliases: tuple[Alias, ...] = ()
    form: Form | None = None
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A passage cut into words. `opening` holds the offsets where its sentences begin."""

    index: int
    passage: Passage
    text: str
    words: tuple[Word, ...]
    opening: frozenset[int]

    def slice(self, start: int, end: int) -> str:
        """The text between two document offsets."""
        return self.text[start - self.passage.start : end - self.passage.start]

    def adjacent(self, left: Word, right: Word) -> bool:
        """Whether two words stand next to each other with only a space between."""
        return self.slice(left.end, right.start) == " "

    def token(self, start: int) -> Token | None:
        """The token that begins at a document offset."""
        return next((t for t in self.passage.tokens if t.start == start), None)


def cut(parsed: ParsedDocument) -> list[Line]:
    """Cut every passage but those of metadata into words."""
    found: list[Line] = []
    for passage in parsed.passages:
        if passage.kind != "meta":
            text = parsed.text(passage.start, passage.end)
            opening = frozenset(s.start for s in passage.sentences)
            found.append(Line(len(found), passage, text, tuple(words(text, passage.start)), opening))
    return found


def candidate(line: Line, first: int, last: int, via: str, base: int | None = None) -> Candidate:
    """A candidate over words, its last one without 's; `base` is where its kind words begin."""
    start, end = line.words[first].start, _end(line.words[last - 1])
    stem = end if base is None or base >= last else line.words[base - 1].name_end
    return Candidate(line.index, first, last, start, end, line.slice(start, end), line.slice(start, stem), via)


def _end(word: Word) -> int:
    """Where a name's last word ends: without its 's, but that of "Solway Children’s"."""
    return word.end if word.key in _POSSESSIVE_NAMES else word.name_end


def known_names(line: Line, index: NameIndex, register: Register) -> list[Candidate | None]:
    """For each word of a line, the longest name of the register that begins there."""
    return [_known(line, i, index, register) if w.text[0].isalnum() else None for i, w in enumerate(line.words)]


def fits(register: Register, ident: str, form: Form) -> bool:
    """Whether a body of the register is of the kind that closing words tell."""
    body = register.get(ident)
    if body is None or body.kind != form.kind:
        return False
    return form.subtype == body.subtype if form.kind in ("ccg", "regulator") else True


def _known(line: Line, first: int, index: NameIndex, register: Register) -> Candidate | None:
    best: Candidate | None = None
    for begin in (first, first + 1) if line.words[first].text == "NHS" else (first,):
        for hit in index.hits(line.words, begin):
            aliases = tuple(a for a in hit.aliases if _spelled(line, begin, hit.last, a))
            if not aliases:
                continue
            found = _with_form(line, first, hit.last, aliases, register)
            if found is None and begin == first:
                found = _plain(line, first, hit.last, aliases)
            if found and (best is None or found.last >= best.last):
                best = found
    return best


def _plain(line: Line, first: int, last: int, aliases: tuple[Alias, ...]) -> Candidate | None:
    """The name by itself; lone where it only could be a body's."""
    wordy = any(a.sort == "word" for a in aliases)
    plain = tuple(a for a in aliases if a.sort != "base" and _stands(line, first, last, a, wordy))
    if not plain and not any(a.sort == "base" for a in aliases):
        return None
    lone = all(a.sort == "place" for a in plain)
    return replace(candidate(line, first, last, "register"), aliases=aliases if lone else plain, lone=lone)


def _with_form(line: Line, first: int, last: int, aliases: tuple[Alias, ...], register: Register) -> Candidate | None:
    """The name with the kind words behind it, where some meaning is of that kind."""
    if line.words[last - 1].bare and line.words[last - 1].text[-1] in "sS":
        return None
    closing = form_at(line.words, last)
    if closing is None:
        return None
    end, form = closing
    fitting = []
    for alias in aliases:
        ids = tuple(i for i in alias.ids if fits(register, i, form))
        if ids and alias.sort != "site":
            fitting.append(replace(alias, ids=ids))
    if not fitting:
        return None
    return replace(candidate(line, first, end, "register", base=last), aliases=tuple(fitting), form=form)


def _spelled(line: Line, first: int, last: int, alias: Alias) -> bool:
    """Whether the text spells an alias as its case rule asks."""
    span = line.words[first:last]
    if alias.sort == "base":
        return span[0].capital
    if alias.exact and alias.sort != "place":
        text = line.slice(span[0].start, span[-1].name_end)
        return text == alias.text or (len(span) > 1 and span[0].capital)
    if span[0].capital or span[0].text[0].isdigit():
        return True
    if alias.text.endswith(_LOWERED) and len(span) > 1 and first and line.words[first - 1].key in ("the", "commons"):
        return True
    return line.slice(span[0].start, span[-1].name_end) == alias.text and not alias.text[0].isupper()


def _stands(line: Line, first: int, last: int, alias: Alias, wordy: bool) -> bool:
    """Whether a single word may be an alias where it stands: no part of a longer name, no ordinary word."""
    word = line.words[first]
    before = line.words[first - 1] if first else None
    after = line.words[last] if last < len(line.words) else None
    if last > first + 1:
        return True
    runs_on = after and after.capital and not after.text.isupper() and not word.bare
    if alias.text[:4].lower() == "the " and (before is None or before.key != "the" or runs_on):
        return False
    if alias.sort in ("acronym", "code") and not wordy:
        return True
    named = before and before.capital and before.key not in STOP and before.start not in line.opening
    if before and named and line.slice(before.end, word.start) in " -":
        return False
    if not wordy:
        return True
    if after and runs_on and line.adjacent(word, after) and not _party(alias):
        return False
    if word.start not in line.opening and (before is None or before.key not in "“\"‘'(:"):
        return True
    return _acts(line, word)


def _party(alias: Alias) -> bool:
    """ "Labour leader", "Conservative Giles Hathersage": parties stand before names."""
    return alias.ids[0].endswith("-party")


def _acts(line: Line, word: Word) -> bool:
    """Whether spaCy takes a sentence's first word for a name that something is said of."""
    here = line.token(word.start)
    if here is None or here.pos != "PROPN" or here.i + 1 >= len(line.passage.tokens):
        return False
    return line.passage.tokens[here.i + 1].pos in ("VERB", "AUX", "PUNCT", "PART", "CCONJ")


def shared(found: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The (line, word) places that candidates cover."""
    return {(c.line, i) for c in found for i in range(c.first, c.last)}
