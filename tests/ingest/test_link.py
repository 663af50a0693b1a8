"""Linking: every name of a briefing goes to its own body or person, and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from rapidfuzz.distance import JaroWinkler

from graph.model import Document, Entity
from ingest.annotation import Annotation
from ingest.link import annotate
from ingest.parse import parse
from ingest.register import Register

SIMILAR = 0.9
"""Jaro-Winkler similarity above which two bodies' names make a confusable pair."""


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


def read(register: Register, text: str, published: date | None = None) -> Annotation:
    (parsed,) = parse([Document("b", text.split("\n")[0], text, published)])
    return annotate(parsed, register)


def ids(annotation: Annotation) -> set[str]:
    return set(annotation.entities)


def named(annotation: Annotation, text: str) -> Entity:
    """The entity that the first mention with this text was linked to."""
    mention = next(m for m in annotation.mentions if m.text == text)
    return annotation.entities[mention.entity]


def confusable(register: Register) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of different bodies whose names are nearly alike: (name, id, name, id)."""
    clear = [b for b in register if register.candidates(b.name) == (b.id,) and not b.members]
    for kind in ("trust", "icb", "ics", "ccg", "regulator", "royal_college", "independent_provider"):
        bodies = sorted((b for b in clear if b.kind == kind and b.subtype != "pct"), key=lambda b: b.id)
        for one, other in combinations(bodies, 2):
            if JaroWinkler.similarity(one.name, other.name) >= SIMILAR:
                yield one.name, one.id, other.name, other.id


class TestConfusablePairs:
    def test_no_full_name_goes_to_its_double(self, register: Register) -> None:
        pairs = sorted(confusable(register), key=lambda p: -JaroWinkler.similarity(p[0], p[2]))[:400]
        assert len(pairs) >= 150
        texts = [f"{one} has written to {other} about the plan." for one, _, other, _ in pairs]
        wrong = []
        for parsed, (one, first, other, second) in zip(
            parse(Document("b", "", t) for t in texts), pairs, strict=True
        ):
            found = [(m.start, m.entity) for m in annotate(parsed, register).mentions]
            if found != [(0, first), (len(one) + len(" has written to "), second)]:
                wrong.append((one, other, found))
        assert wrong == []
