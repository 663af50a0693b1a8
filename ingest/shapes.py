"""Names that the register doesn't know, told by their form: "Hurn Valley Hospitals", "University of Sedgely".

A run of capitals that opens or closes with words that tell a kind is a body of that kind. It needs a word of
its own besides those ("Foundation Trust" by itself is nobody), and stops where a known body's name begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.forms import NAME_FORMS, OPENINGS, Form, form_at
from ingest.mentions import Candidate, Line, candidate, known_names
from ingest.nameindex import NameIndex
from ingest.names import GENERIC, STOP, TITLES, Word, vocabulary
from ingest.register import Register
from ingest.runs import common, shouted

_CONNECTORS = frozenset({"and", "of", "the", "upon", "on", "le", "in", "under"})
_BEFORE_OF = vocabulary("isle isles vale university college forest duchess city port")
_LONE_FORMS = vocabulary("ccg ccgs icb icbs ics stp stps council councils system pct pcts trusts")
"""Kind words that make a name even alone and in lower case."""
_NOT_PLACES = vocabulary(
    "nhs trust trusts act plan bill long constitution mandate estate estates staff workforce people standard "
    "contract pay leaders chief chiefs bodies commissioners managers hospital hospitals app five forward "
    "whitehall pension pensions providers confederation improvement england foundation ft operating outcomes"
)
_LONGEST_NAME_FORM = max(len(f) for f in NAME_FORMS)
_LONGEST_OPENING = max(len(f) for f in OPENINGS)
_LONGEST_NAME = 16
"""Words that a name may have: longer runs of capitals are no names, and would take time without end."""
COMMISSIONER = Form("commissioner")
""" "NHS Coppershaw": a PCT, CCG or ICB, as the date tells."""


def find(line: Line, index: NameIndex, register: Register) -> list[Candidate]:
    """The candidates of a line, in order, none overlapping: of two that begin at one word, the longer."""
    known = known_names(line, index, register)
    firm = frozenset(i for i, k in enumerate(known) if k and not k.lone and k.text != "NHS")
    inner = frozenset(i for k in known if k and k.lone for i in range(k.first + 1, k.last))
    found = []
    i = 0
    while i < len(line.words):
        best = known[i]
        shaped = _shaped(line, i, best, firm, inner)
        if shaped and (best is None or shaped.last > best.last):
            best = shaped
        if best:
            found.append(best)
        i = best.last if best else i + 1
    return found


def _shaped(
    line: Line, first: int, known: Candidate | None, firm: frozenset[int], inner: frozenset[int]
) -> Candidate | None:
    """A name by its form. `firm` are the words where known bodies begin, `inner` those inside places ("Vale Royal")."""
    word = line.words[first]
    if not word.capital or word.key in STOP or word.bare in STOP:
        return None
    if word.start in line.opening and word.text != "NHS" and (shouted(line.words, first) or common(line, word)):
        return None
    if known and not known.lone and known.last < len(line.words) and line.words[known.last].key in _CONNECTORS:
        return None
    return _opened(line, first, firm) or _closed(line, first, firm, inner) or _nhs_place(line, first, known)


def _opened(line: Line, first: int, firm: frozenset[int]) -> Candidate | None:
    """A name that begins with words that tell its kind: "Royal College of …"."""
    for size in range(_LONGEST_OPENING, 0, -1):
        form = OPENINGS.get(tuple(w.key for w in line.words[first : first + size]))
        if form and not _titled(line.words, first + size):
            last = _run(line, first + size, firm)
            if last > first + size:
                return replace(candidate(line, first, last, "pattern"), form=form)
    return None


def _run(line: Line, first: int, firm: frozenset[int]) -> int:
    """Where a run of capitals, joined by "and", "of" and their like, ends."""
    last = i = first
    while i < min(len(line.words), first + _LONGEST_NAME):
        word = line.words[i]
        if word.capital:
            last = i = i + 1
            if word.bare and word.text[-1] in "sS":
                break
        elif word.key in _CONNECTORS and not {i + 1, i + 2} & firm and not _titled(line.words, i + 1):
            i += 1
        else:
            break
    return last


def _closed(line: Line, first: int, firm: frozenset[int], inner: frozenset[int]) -> Candidate | None:
    """A name that ends with words that tell its kind; strong ones end it, weak ones may be followed by strong ones."""
    words = line.words
    i = first
    weak: tuple[int, int, Form] | None = None
    connected = False
    while i < min(len(words), first + _LONGEST_NAME):
        if i > first and not connected and _distinct(words[first:i]):
            strong = form_at(words, i)
            if strong and not _described(words, i) and _cased(words[i : strong[0]]):
                return replace(candidate(line, first, strong[0], "pattern", base=i), form=strong[1])
            soft = None if i in inner else _name_form(words, i)
            if soft:
                weak = (i, *soft)
                i = soft[0]
                continue
        if words[i].capital and (i == first or words[i].key not in STOP):
            connected = False
        elif i > first and weak is None and _may_join(words, i) and not _meets(words, i, firm):
            connected = True
        else:
            break
        i += 1
    if weak is None or _two_bodies(words, first, weak[0]):
        return None
    return replace(candidate(line, first, weak[1], "pattern", base=weak[0]), form=weak[2])


def _two_bodies(words: Sequence[Word], first: int, stop: int) -> bool:
    """ "A, B and C Hospitals", "B and the C Infirmary": the words before "and" name a body of their own."""
    joints = [i for i in range(first, stop) if words[i].key == "and"]
    if not joints:
        return False
    listed = first > 1 and words[first - 1].key == "," and words[first - 2].capital
    return listed or words[joints[-1] + 1].key == "the"


def _described(words: Sequence[Word], i: int) -> bool:
    """ "Holtby's primary care trust": a description, not a name."""
    return bool(words[i - 1].bare) and words[i - 1].text[-1] in "sS" and not words[i].capital


def _meets(words: Sequence[Word], i: int, firm: frozenset[int]) -> bool:
    """Whether a known body's name begins behind a connector."""
    after = i + 1
    while after < len(words) and words[after].key in _CONNECTORS:
        after += 1
    return after in firm


def _cased(span: Sequence[Word]) -> bool:
    """Kind words in lower case count, but a single one only where nothing else can be meant."""
    if len(span) > 1 or span[0].key in _LONE_FORMS:
        return True
    # "Clinisphere Systems" makes software
    return span[0].capital and span[0].key != "systems"


def _name_form(words: Sequence[Word], start: int) -> tuple[int, Form] | None:
    for size in range(min(_LONGEST_NAME_FORM, len(words) - start), 0, -1):
        span = words[start : start + size]
        inner = tuple(w.key for w in span[:-1])
        form = NAME_FORMS.get((*inner, span[-1].key)) or NAME_FORMS.get((*inner, span[-1].bare))
        if (
            form
            and span[-1].capital is span[0].capital
            and (span[0].capital or span[0].key in ("hospitals", "hospice"))
        ):
            return start + size, form
    return None


def _may_join(words: Sequence[Word], i: int) -> bool:
    """Whether a connector may stand inside a name: a capital must follow, and some want the right word before them."""
    word, before = words[i], words[i - 1]
    after = next((w for w in words[i + 1 : i + 3] if w.key not in _CONNECTORS), None)
    if word.key not in _CONNECTORS or after is None or not after.capital or after.key in STOP:
        return False
    if word.key == "of":
        return before.key in _BEFORE_OF
    if word.key == "the":
        return before.key in ("and", "of", "in", "on")
    if word.key in ("in", "on", "under"):
        return after.start == word.end + 1 and before.end + 1 == word.start and after.key in ("trent", "sea", "tees")
    return True


def _titled(words: Sequence[Word], i: int) -> bool:
    return i < len(words) and words[i].key in TITLES


def _distinct(span: Sequence[Word]) -> bool:
    return any(w.capital and w.key not in GENERIC for w in span)


def _nhs_place(line: Line, first: int, known: Candidate | None) -> Candidate | None:
    """ "NHS Coppershaw", "NHS Averill, Stoke and Brindow"."""
    words = line.words
    if words[first].text != "NHS" or (known is not None and known.text != "NHS"):
        return None
    last = first + 1
    while last < min(len(words), first + _LONGEST_NAME):
        if (_place_word(words[last]) and form_at(words, last) is None) or (
            last > first + 1 and _place_follows(words, last)
        ):
            last += 1
            if words[last - 1].bare:
                break
        else:
            break
    plural = form_at(words, last)
    if plural and plural[1].plural:
        last = next((i for i in range(first, last) if words[i].key in (",", "and")), last)
    if last == first + 1 or not _distinct(words[first + 1 : last]):
        return None
    return replace(candidate(line, first, last, "pattern"), form=COMMISSIONER)


def _place_word(word: Word) -> bool:
    return word.capital and word.key not in STOP and word.key not in _NOT_PLACES


def _place_follows(words: Sequence[Word], i: int) -> bool:
    """After "and", "of" or "the" a place must follow; after a comma also an "and" further on that closes the list."""
    if words[i].key == "the":
        return words[i - 1].key == "and" and i + 1 < len(words) and _place_word(words[i + 1])
    if words[i].key not in ("and", "of", ",") or i + 1 >= len(words):
        return False
    if words[i].key == "and" and words[i + 1].key == "the":
        return i + 2 < len(words) and _place_word(words[i + 2])
    if not _place_word(words[i + 1]):
        return False
    return words[i].key != "," or "and" in [w.key for w in words[i + 2 : i + 6]]
