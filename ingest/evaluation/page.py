"""A briefing with both readings laid on its text: where each annotated body is named, and what was marked there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ingest.evaluation.gold import Body, Fact
from ingest.evaluation.passages import paragraphs, sentence_at
from ingest.evaluation.score import Comparison

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "‑": "-"})
_DETERMINER = re.compile(r"^(?:The|Its|Their|An?|Both|This|That|His|Her|Our|These|Those|It|He|She|They)\b")
_GENERIC = re.compile(r"\b(?:NHS|FT|CCGs?|ICBs?|ICSs?|STPs?|PCTs?|SHA|CEO|Trusts?|Board|I|GPs?)\b")

Span = tuple[int, int]


def names(form: str) -> bool:
    """Whether a form names a body; else it refers to it by noun or pronoun ("its larger neighbour", "the CCG")."""
    return re.search("[A-Z]", _GENERIC.sub("", _DETERMINER.sub("", form))) is not None


def overlap(a: Span, b: Span) -> bool:
    """Whether two stretches of text share a character."""
    return a[0] < b[1] and b[0] < a[1]


class Page:
    """The text of one compared briefing; offsets are characters."""

    def __init__(self, comparison: Comparison, text: str) -> None:
        self.comparison = comparison
        self.text = text
        self._plain = text.translate(_PLAIN)
        self._paragraphs = paragraphs(text)

    @cached_property
    def annotated(self) -> dict[str, list[Span]]:
        """Where each annotated body (by key) is named or referred to; a form of several bodies stands for all."""
        bodies = self.comparison.gold.bodies
        if self.comparison.gold.text == self.text and any(body.spans for body in bodies):
            return {body.key: list(body.spans) for body in bodies}
        owners: dict[str, list[str]] = {}
        for body in bodies:
            for form in body.forms:
                owners.setdefault(form.translate(_PLAIN).strip(), []).append(body.key)
        taken = bytearray(len(self._plain))
        found: dict[str, list[Span]] = {body.key: [] for body in bodies}
        for form in sorted(filter(None, owners), key=lambda f: (-len(f), f)):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self._plain):
                start, end = match.span()
                if not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    for key in owners[form]:
                        found[key].append((start, end))
        return {key: sorted(spans) for key, spans in found.items()}

    @cached_property
    def marked(self) -> list[tuple[Span, Body]]:
        """Every mention that extraction marked, with the body that it was taken for."""
        return [(span, body) for body in self.comparison.found.bodies for span in body.spans]

    def taken_for(self, span: Span) -> list[tuple[Span, Body]]:
        """What is marked within a stretch of text: where, and as which found body."""
        return [(other, body) for other, body in self.marked if overlap(span, other)]

    def is_marked(self, key: str, place: Span) -> bool:
        """Whether extraction marked the annotated body within a place."""
        return any(overlap(span, place) and self.comparison.same.get(b.key) == key for span, b in self.marked)

    def forms_in(self, key: str, place: Span) -> list[Span]:
        """Where the annotated body is named or referred to within a place."""
        return [span for span in self.annotated[key] if overlap(span, place)]

    def place(self, fact: Fact) -> Span:
        """The paragraph (or paragraphs) where a statement is told; the whole text where that is not known."""
        told = fact.place or self._quoted(fact.quote)
        if told is None and fact.paragraph is not None and 0 < fact.paragraph <= len(self._paragraphs):
            told = self._paragraphs[fact.paragraph - 1]
        if told is None:
            return 0, len(self.text)
        around = [p for p in self._paragraphs if overlap(p, told)] or [told]
        return around[0][0], around[-1][1]

    def _quoted(self, quote: str) -> Span | None:
        at = self._plain.find(quote.translate(_PLAIN)) if quote else -1
        return (at, at + len(quote)) if at >= 0 else None

    def sentence(self, fact: Fact, ends: Iterable[str | None]) -> str:
        """The quote of a statement, else the sentence of its paragraph that names most of its ends."""
        told = fact.place or self._quoted(fact.quote)
        if told is not None:
            return self.text[told[0] : told[1]]
        place = self.place(fact)
        keys = [key for key in ends if key is not None]
        best = max(self._sentences(place), key=lambda s: sum(bool(self.forms_in(k, s)) for k in keys), default=place)
        return self.text[best[0] : best[1]].strip()

    def sentence_of(self, span: Span | None) -> str:
        """The sentence that holds a stretch of text; "" for None."""
        if span is None:
            return ""
        start, end = sentence_at(self.text, span[0])
        return self.text[start:end].strip()

    def _sentences(self, place: Span) -> Iterator[Span]:
        at = place[0]
        while at < place[1]:
            start, end = sentence_at(self.text, at)
            yield start, end
            at = end + 1
            while at < place[1] and self.text[at].isspace():
                at += 1
