"""Runs of capitals that no known name covers: the raw material of persons and unknown bodies.

A run is cut at commas, at a closing 's and at names already known. Titles before it are kept apart; sentence
openings, roles and other words that only happen to have a capital are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.mentions import Line
from ingest.names import STOP, TITLES, Word, vocabulary

_OF = vocabulary("vale isle forest")
_CHURCHES = vocabulary("st saint")
LETTERS = vocabulary("mp mps obe cbe mbe qc kc frcp")
"""What stands behind a person's name."""
_PARTICLES = vocabulary("de da del van von der den di bin ibn al ap")
ROLES_BEFORE = vocabulary(
    "executive chair chairman chairwoman chairperson director officer secretary minister leader president head "
    "boss chief analyst spokesman spokeswoman spokesperson governor surgeon nurse midwife consultant economist "
    "author commissioner chancellor correspondent columnist editor barrister mp mps peer adviser advisor "
    "successor predecessor deputy official negotiator organiser convenor founder treasurer manager physician "
    "psychiatrist gp specialist counterpart coroner tsar patient porter vice expert owner host reporter reader "
    "fellow trustee matron registrar pharmacist paramedic"
)
"""Roles that stand right before a name."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` (exclusive) of a line, all capitals; `titled` counts the title before them."""

    line: int
    first: int
    last: int
    start: int
    end: int
    text: str
    title: str
    heading: bool

    @property
    def size(self) -> int:
        return self.last - self.first


def runs(line: Line, taken: set[tuple[int, int]]) -> Iterator[Run]:
    """The runs of a line that touch no taken word, in order."""
    i = 0
    while i < len(line.words):
        if not line.words[i].text[0].isupper() or (line.index, i) in taken:
            i += 1
            continue
        last = _run_end(line, i, taken)
        found = _trim(line, i, last)
        if found:
            yield found
        i = max(last, i + 1)


def _run_end(line: Line, first: int, taken: set[tuple[int, int]]) -> int:
    words = line.words
    i = first
    while i < len(words) and (line.index, i) not in taken:
        word = words[i]
        if i > first and line.slice(words[i - 1].end, word.start) not in (" ", "-", "–", "") and word.key != ".":
            break
        if word.key == "." and i > first and _initial(line, i):
            i += 1
            continue
        joined = i > first and i + 1 < len(words) and words[i + 1].capital and (line.index, i + 1) not in taken
        if not (
            word.text[0].isupper() or (joined and (word.key in _PARTICLES or word.text == "&" or _of_place(words, i)))
        ):
            break
        i += 1
        if word.bare and not _saint(words, first, i):
            break
    return i


def _saint(words: Sequence[Word], first: int, i: int) -> bool:
    """Whether a possessive belongs to a church's name: "St Luke’s Wolding"."""
    if words[first].key not in _CHURCHES or i != first + 2 or i >= len(words):
        return False
    return words[i].capital and words[i].key not in STOP and words[i].key not in ROLES_BEFORE


def shouted(words: Sequence[Word], i: int) -> bool:
    """Whether a word is a label in capitals before a name: "MOVERS Ann Webb"."""
    if i + 1 >= len(words) or len(words[i].text) < 4 or not words[i].text.isupper():
        return False
    after = words[i + 1]
    return after.capital and not after.text.isupper()


def _of_place(words: Sequence[Word], i: int) -> bool:
    """ "Vale of Ebble"."""
    return words[i].key == "of" and words[i - 1].key in _OF


def _initial(line: Line, i: int) -> bool:
    """Whether a full stop closes an initial ("E. Trewin") and no question's label ("Q. Is it?")."""
    words = line.words
    if len(words[i - 1].text) != 1 or words[i - 1].key in ("q", "a") or i + 1 >= len(words):
        return False
    if i > 1 and words[i - 2].text == "&":
        return False
    after = words[i + 1]
    return after.capital and after.key not in STOP and not common(line, after)


def _trim(line: Line, first: int, last: int) -> Run | None:
    words = line.words
    title, begin = "", first
    roles = [i for i in range(first, last - 2) if words[i].key in ("mp", "councillor", "chairman", "chief", "leader")]
    first = roles[-1] if roles else first
    while first < last:
        word = words[first]
        if word.key in TITLES:
            if not title:
                begin = first
            title = f"{title} {word.text}".strip()
        elif (
            word.key in STOP
            or (first + 1 < last and word.start in line.opening and shouted(words, first))
            or (
                title == ""
                and last - first > 1
                and (word.key in ROLES_BEFORE or (word.start in line.opening and common(line, word)))
            )
        ):
            title = ""
        elif word.key != "." or not title:
            break
        first += 1
    while last - first > 1 and words[last - 1].key in LETTERS:
        last -= 1
    if first >= last:
        return None
    begin = begin if title else first
    end = words[last - 1].name_end if words[last - 1].key != "." else words[last - 1].end
    heading = line.passage.kind in ("title", "heading") and line.text[-1] not in ".!"
    text = line.slice(words[first].start, end)
    return Run(line.index, first, last, words[begin].start, end, text, title, heading)


def common(line: Line, word: Word) -> bool:
    """Whether spaCy takes a sentence's first word for something else than a name."""
    token = line.token(word.start)
    return token is not None and token.pos not in ("PROPN", "NOUN", "ADJ", "X") and token.ent != "PERSON"
