"""Document → stretches of text that may name an organisation: by the register, or by their form.

The register's names come first: the longest that fits at a word, together with any words behind it
that tell the kind ("Bolton FT"). A run of capitals that closes with such words but isn't in the
register is a body of that kind all the same. What a stretch means is decided in `ingest.link`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.nameindex import NameIndex, form_at
from ingest.names import NAME_FORMS, OPENINGS, Form, Word, words
from ingest.parse import ParsedDocument, Passage
from ingest.register import Alias, Register

_CONNECTORS = frozenset({"and", "of", "the", "upon", "on", "le", "in", "under"})
STOP = frozenset(
    "a an and as at but by do does did for from had has have he her here his how i if in into is it its like many "
    "more most much my no nor not now of on one only or our over she since so some such than that the their them then "
    "there these they this those though two to until up was we were what when where which while who whose "
    "why will with would yet you your after all also although another any asked because before being between both can "
    "could despite during each either even ever every few first just last later let meanwhile neither "
    "next once other others out per perhaps second several should still third today tomorrow under "
    "unlike whether within without yesterday monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december said says mr mrs ms miss dr sir dame".split()
)
"""Words that are no part of a name, whatever their case."""
GENERIC = frozenset(
    "nhs royal university teaching general north south east west central city new great st saint hospital hospitals "
    "health healthcare care community mental trust foundation national united northern southern eastern western "
    "upper lower mid greater county district services service partnership of and the integrated local regional "
    "clinical acute ambulance social joint public private primary secondary board group trusts boards systems".split()
)
"""Words that don't tell one body from another by themselves."""
_LONGEST_NAME_FORM = max(len(f) for f in NAME_FORMS)
_LONGEST_OPENING = max(len(f) for f in OPENINGS)


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
        return self.text[start - self.passage.start : end - self.passage.start]


def cut(parsed: ParsedDocument) -> list[Line]:
    """Cut every passage but those of metadata into words."""
    found = []
    for passage in parsed.passages:
        if passage.kind != "meta":
            text = parsed.text(passage.start, passage.end)
            opening = frozenset(s.start for s in passage.sentences)
            found.append(Line(len(found), passage, text, tuple(words(text, passage.start)), opening))
    return found


def find(line: Line, index: NameIndex, register: Register) -> list[Candidate]:
    """The candidates of a line, in order, none overlapping."""
    found = []
    i = 0
    while i < len(line.words):
        best = _known(line, i, index, register)
        shaped = _shaped(line, i, best)
        if shaped and (best is None or shaped.last > best.last):
            best = shaped
        if best:
            found.append(best)
        i = best.last if best else i + 1
    return found


def candidate(line: Line, first: int, last: int, via: str, base: int | None = None) -> Candidate:
    """A candidate over words, its last one without 's; `base` is where its kind words begin."""
    start, end = line.words[first].start, line.words[last - 1].name_end
    stem = end if base is None or base >= last else line.words[base - 1].name_end
    return Candidate(line.index, first, last, start, end, line.slice(start, end), line.slice(start, stem), via)


def _known(line: Line, first: int, index: NameIndex, register: Register) -> Candidate | None:
    """The longest name of the register at a word, with the kind words that follow it."""
    best: Candidate | None = None
    skip = 1 if line.words[first].key == "nhs" and line.words[first].text == "NHS" else 0
    for begin in {first, first + skip}:
        for hit in index.hits(line.words, begin):
            aliases = tuple(a for a in hit.aliases if _spelled(line, begin, hit.last, a))
            if not aliases:
                continue
            found = _with_form(line, first, hit.last, aliases, register)
            if found is None and begin == first:
                plain = tuple(a for a in aliases if a.sort != "base")
                made = candidate(line, first, hit.last, "register")
                lone = not plain or all(a.sort == "place" for a in plain)
                found = _replace(made, aliases if lone else plain, None, lone)
            if found and (best is None or found.last >= best.last):
                best = found
    return best


def _replace(made: Candidate, aliases: tuple[Alias, ...], form: Form | None, lone: bool) -> Candidate:
    return Candidate(
        made.line, made.first, made.last, made.start, made.end, made.text, made.base, made.via, aliases, form, lone
    )


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
        if ids and alias.sort not in ("site",):
            fitting.append(Alias(alias.text, ids, alias.sort, alias.exact))
    if not fitting:
        return None
    return _replace(candidate(line, first, end, "register", base=last), tuple(fitting), form, False)


def fits(register: Register, ident: str, form: Form) -> bool:
    """Whether a body of the register is of the kind that closing words tell."""
    body = register.get(ident)
    if body is None or body.kind != form.kind:
        return False
    return form.subtype == body.subtype if form.kind in ("ccg", "regulator") else True


def _spelled(line: Line, first: int, last: int, alias: Alias) -> bool:
    """Whether the text spells an alias as its case rule asks."""
    span = line.words[first:last]
    if alias.sort == "base":
        return span[0].capital
    if alias.exact and alias.sort in ("acronym", "code", "word", "several", "usual", "user"):
        text = line.slice(span[0].start, span[-1].name_end)
        return text == alias.text or (len(span) > 1 and span[0].capital)
    if span[0].capital or span[0].text[0].isdigit():
        return True
    return line.slice(span[0].start, span[-1].name_end) == alias.text and not alias.text[0].isupper()


def _shaped(line: Line, first: int, known: Candidate | None) -> Candidate | None:
    """A run of capitals that opens or closes with words that tell a kind."""
    words = line.words
    word = words[first]
    if not _name_word(word) or (word.key in STOP and word.key != "may"):
        return None
    if known and not known.lone and known.last < len(words) and words[known.last].key in _CONNECTORS:
        return None
    return _opened(line, first) or _closed(line, first) or _nhs_place(line, first, known)


def _opened(line: Line, first: int) -> Candidate | None:
    for size in range(_LONGEST_OPENING, 0, -1):
        span = line.words[first : first + size]
        form = OPENINGS.get(tuple(w.key for w in span))
        if form:
            last = _run(line, first + size)
            if last > first + size:
                return _replace(candidate(line, first, last, "pattern"), (), form, False)
    return None


def _run(line: Line, first: int) -> int:
    """Where a run of capitals, joined by "and", "of" and their like, ends."""
    last = i = first
    while i < len(line.words):
        word = line.words[i]
        if _name_word(word):
            last = i = i + 1
            if word.bare and word.text[-1] in "sS":
                break
        elif word.key in _CONNECTORS:
            i += 1
        else:
            break
    return last


def _closed(line: Line, first: int) -> Candidate | None:
    words = line.words
    i, weak = first, None
    connected = False
    while i < len(words):
        word = words[i]
        if i > first:
            closing = form_at(words, i)
            if closing and not connected and _distinct(words[first:i]) and _cased(words[i : closing[0]], closing[1]):
                return _replace(candidate(line, first, closing[0], "pattern", base=i), (), closing[1], False)
            soft = None if connected else _name_form(words, i)
            if soft and _distinct(words[first:i]):
                weak = (i, *soft)
                i = soft[0]
                continue
        if _name_word(word) and (i == first or word.key not in STOP):
            i += 1
            connected = False
        elif word.key in _CONNECTORS and i > first and weak is None and _may_join(words, first, i):
            i += 1
            connected = True
        else:
            break
    if weak:
        return _replace(candidate(line, first, weak[1], "pattern", base=weak[0]), (), weak[2], False)
    return None


def _cased(span: Sequence[Word], form: Form) -> bool:
    """Kind words in lower case count, but single common ones only where nothing else can be meant."""
    return span[0].capital or len(span) > 1 or span[0].key in ("ccg", "icb", "ics", "stp", "council", "system")


def _name_form(words: Sequence[Word], start: int) -> tuple[int, Form] | None:
    for size in range(min(_LONGEST_NAME_FORM, len(words) - start), 0, -1):
        span = words[start : start + size]
        form = NAME_FORMS.get(tuple(w.key for w in span[:-1]) + (span[-1].bare or span[-1].key,))
        if (
            form
            and (span[0].capital or span[0].key in ("hospitals", "hospice"))
            and span[-1].capital is span[0].capital
        ):
            return start + size, form
    return None


def _may_join(words: Sequence[Word], first: int, i: int) -> bool:
    """Whether a connector may stand inside a name: a capital must follow, and "of" wants the right word before it."""
    after = next((w for w in words[i + 1 : i + 3] if w.key not in _CONNECTORS), None)
    if after is None or not _name_word(after) or after.key in STOP:
        return False
    if words[i].key == "of":
        return words[i - 1].key in (
            "isle",
            "isles",
            "vale",
            "university",
            "college",
            "forest",
            "duchess",
            "city",
            "port",
        )
    if words[i].key == "the":
        return words[i - 1].key in ("and", "of", "in", "on")
    if words[i].key in ("in", "on", "under", "upon", "le"):
        return (
            words[i - 1].end == words[i].start
            or words[i].key in ("upon", "le")
            or after.start == words[i].end + 1
            and words[i].key == "on"
            and after.key == "trent"
        )
    return True


def _name_word(word: Word) -> bool:
    return word.text[0].isupper() or (word.text[0].isdigit() and len(word.text) < 3)


def _distinct(span: Sequence[Word]) -> bool:
    return any(w.text[0].isupper() and w.key not in GENERIC for w in span)


def _nhs_place(line: Line, first: int, known: Candidate | None) -> Candidate | None:
    """ "NHS Fernhythe": a commissioner whose kind the date tells."""
    if line.words[first].text != "NHS" or known is not None:
        return None
    last = first + 1
    while last < len(line.words):
        word = line.words[last]
        if _name_word(word) and word.key not in STOP and word.key not in _NOT_PLACES:
            last += 1
        elif word.key in ("and", ",", "of") and last > first + 1 and _place_follows(line.words, last):
            last += 1
        else:
            break
    if last == first + 1 or not _distinct(line.words[first + 1 : last]):
        return None
    return _replace(candidate(line, first, last, "pattern"), (), Form("commissioner"), False)


def _place_follows(words: Sequence[Word], i: int) -> bool:
    """After a comma or "and": a capital, and for a comma an "and" further on that closes the list."""
    after = words[i + 1] if i + 1 < len(words) else None
    if after is None or not _name_word(after) or after.key in STOP or after.key in _NOT_PLACES:
        return False
    if words[i].key != ",":
        return True
    rest = [w.key for w in words[i + 2 : i + 6]]
    return "and" in rest


_NOT_PLACES = frozenset(
    "nhs trust trusts act plan bill long constitution mandate estate estates staff workforce people standard contract "
    "pay leaders chief chiefs bodies commissioners managers hospital hospitals app five forward whitehall "
    "pension pensions providers confederation improvement england foundation ft operating outcomes".split()
)
