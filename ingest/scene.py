"""An annotated briefing laid out for reading: which mention stands in which sentence, at which tokens.

Coreference and the relation rules look at a briefing through a `Scene`. Sentences are numbered
through the whole briefing; a *story* (the section of a round-up) bounds every reference.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.model import Entity, Mention
from ingest.annotation import Annotation
from ingest.parse import Passage, Sentence, Token


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention in its place. `first` to `last` (exclusive) and `head` index the passage's tokens."""

    mention: Mention
    entity: Entity
    sentence: int
    first: int
    last: int
    head: int

    @property
    def start(self) -> int:
        return self.mention.start

    @property
    def end(self) -> int:
        return self.mention.end


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in its place: `index` through the briefing, its passage, its marks in order."""

    index: int
    passage: Passage
    sentence: Sentence
    marks: tuple[Mark, ...]
    text: str

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    @property
    def section(self) -> int:
        return self.passage.section

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.passage.tokens[self.sentence.first : self.sentence.last]


class Scene:
    """Sentences, marks and the dependency parse of one annotated briefing, read-only."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.text = annotation.parsed.document.text
        self.lines: tuple[Line, ...] = tuple(self._lay_out(annotation))
        self._starts = [line.start for line in self.lines]
        self.marks: tuple[Mark, ...] = tuple(m for line in self.lines for m in line.marks)

    @staticmethod
    def _lay_out(annotation: Annotation) -> Iterator[Line]:
        text = annotation.parsed.document.text
        mentions = sorted(annotation.mentions, key=lambda m: (m.start, m.end, m.entity))
        spots = [(p, s) for p in annotation.parsed.passages for s in p.sentences]
        starts = [s.start for _, s in spots]
        by_line: dict[int, list[Mention]] = {}
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            if at >= 0:
                by_line.setdefault(at, []).append(mention)
        for index, (passage, sentence) in enumerate(spots):
            marks = tuple(_mark(m, annotation, passage, index) for m in by_line.get(index, ()))
            yield Line(index, passage, sentence, marks, text[sentence.start : sentence.end])

    def line_at(self, offset: int) -> Line:
        """The last sentence that starts at or before a document offset; the first of all if none does."""
        return self.lines[max(bisect_right(self._starts, offset) - 1, 0)]

    def story(self, line: Line) -> Iterator[Line]:
        """The sentences of the same story, in order."""
        return (other for other in self.lines if other.section == line.section)

    def before(self, line: Line, *, reach: int) -> Iterator[Line]:
        """Up to `reach` sentences before, nearest first, within the story or the title."""
        for index in range(line.index - 1, max(line.index - reach, 0) - 1, -1):
            other = self.lines[index]
            if other.section != line.section:
                return
            yield other

    def between(self, left: int, right: int) -> str:
        return self.text[left:right]


def _mark(mention: Mention, annotation: Annotation, passage: Passage, index: int) -> Mark:
    tokens = passage.tokens
    ends = [t.end for t in tokens]
    first = min(bisect_right(ends, mention.start), len(tokens) - 1)
    last = first
    while last < len(tokens) and tokens[last].start < mention.end:
        last += 1
    last = max(last, first + 1)
    head = next((i for i in range(last - 1, first - 1, -1) if not first <= tokens[i].head < last), last - 1)
    return Mark(mention, annotation.entities[mention.entity], index, first, last, head)


def is_list_gap(gap: str) -> bool:
    """Whether the text between two names only joins them in a list ("A, B and C", "A and of B")."""
    words = gap.replace("’", "'").lower().replace(",", " , ").replace("/", " / ").split()
    joiners = {
        ",",
        "and",
        "&",
        "/",
        "or",
        "the",
        "of",
        "both",
        "with",
        "plus",
        "at",
        "as",
        "well",
        ";",
        "-",
        "–",
        "also",
    }
    if not words or any(w not in joiners for w in words):
        return False
    return any(w in {",", "and", "&", "/", "or", "plus", ";"} for w in words)


def coordinated(marks: Iterable[Mark], of: Mark, text: str) -> list[Mark]:
    """The marks of the list that `of` stands in, itself included: "the trusts A, B and C"."""
    row = sorted(marks, key=lambda m: (m.start, m.end))
    at = row.index(of)
    found = [of]
    for step in (-1, 1):
        here, i = of, at + step
        while 0 <= i < len(row):
            other = row[i]
            if other.start == here.start:
                found.append(other)
            else:
                left, right = (other, here) if step < 0 else (here, other)
                if (other.entity.kind == "person") != (of.entity.kind == "person"):
                    break
                if not is_list_gap(text[left.end : right.start]):
                    break
                found.append(other)
                here = other
            i += step
    return sorted(found, key=lambda m: (m.start, m.end))
