"""Text and its mentions → windows of word pieces for the relation model; training and run time share it.

Passages are packed whole into windows, the title is repeated at the head of each and the last
passage of one window opens the next, so that a pair told across two paragraphs is seen together.
A marker that shows the kind stands before every mention and a closing one after it. What the
encoder cannot see by itself, how far apart two mentions stand, goes in as a small number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.schema import KINDS
from ingest.parse import lines

CLS, SEP = 101, 102
CLOSE = 1
"""Marker after a mention: a word piece that the base vocabulary keeps unused."""
OPEN = {kind: 2 + number for number, kind in enumerate(KINDS)}
"""Marker before a mention, by kind."""
SIZE = 352
"""Most word pieces in a window, markers included."""
CARRIED = 120
"""Most word pieces that a window repeats from the one before."""
BUCKETS = 24

_END = re.compile(r"[.!?]['\"’”)]*\s+(?=[\"'“‘(]?[A-Z0-9£])")

Encode = Callable[[str], tuple[Sequence[int], Sequence[tuple[int, int]]]]
"""A tokeniser without special pieces: text → ids and their character offsets."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention to mark: document offsets, the number of its entity, and the kind shown."""

    start: int
    end: int
    entity: int
    kind: str


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces and, for each mention in it, its number, its marker's position and where it stands."""

    ids: tuple[int, ...]
    mentions: tuple[int, ...]
    positions: tuple[int, ...]
    sentences: tuple[int, ...]
    passages: tuple[int, ...]
    sections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A passage, or a part of a long one, as pieces; `sentences` are numbered through the document."""

    ids: tuple[int, ...]
    mentions: tuple[int, ...]
    positions: tuple[int, ...]
    sentences: tuple[int, ...]
    passage: int
    section: int
    title: bool


def windows(text: str, mentions: Sequence[Marked], encode: Encode) -> list[Window]:
    """Windows over a text, in order; every mention is in one at least. `mentions` are sorted by start."""
    stretches = _stretches(text, mentions, encode)
    head = [s for s in stretches[:1] if s.title]
    found: list[Window] = []
    current: list[_Stretch] = []
    for stretch in stretches:
        if current and _size(current) + len(stretch.ids) + 1 > SIZE:
            found.append(_window(current))
            last = [s for s in current[-1:] if len(s.ids) <= CARRIED and not s.title]
            current = [*head, *last]
            if _size(current) + len(stretch.ids) + 1 > SIZE:
                current = list(head) if _size(head) + len(stretch.ids) + 1 <= SIZE else []
        current.append(stretch)
    if current:
        found.append(_window(current))
    return [w for w in found if w.mentions]


def buckets(window: Window) -> list[list[int]]:
    """How each mention of a window stands to each other: a number under `BUCKETS`, by order and distance."""
    size = len(window.mentions)
    return [[_bucket(window, i, j) for j in range(size)] for i in range(size)]


def _bucket(window: Window, i: int, j: int) -> int:
    pieces = abs(window.positions[i] - window.positions[j])
    sentences = abs(window.sentences[i] - window.sentences[j])
    passages = abs(window.passages[i] - window.passages[j])
    if sentences == 0:
        distance = 0 if pieces <= 6 else 1 if pieces <= 12 else 2 if pieces <= 24 else 3
    elif window.sections[i] != window.sections[j]:
        distance = 10
    elif passages == 0:
        distance = 3 + min(sentences, 3)
    else:
        distance = 6 + min(passages, 3)
    return 2 * distance + (window.positions[i] > window.positions[j])


def _size(stretches: Sequence[_Stretch]) -> int:
    return 1 + sum(len(s.ids) + 1 for s in stretches)


def _window(stretches: Sequence[_Stretch]) -> Window:
    ids = [CLS]
    mentions: list[int] = []
    positions: list[int] = []
    sentences: list[int] = []
    passages: list[int] = []
    sections: list[int] = []
    for stretch in stretches:
        mentions += stretch.mentions
        positions += [len(ids) + p for p in stretch.positions]
        sentences += stretch.sentences
        passages += [stretch.passage] * len(stretch.mentions)
        sections += [stretch.section] * len(stretch.mentions)
        ids += [*stretch.ids, SEP]
    return Window(tuple(ids), tuple(mentions), tuple(positions), tuple(sentences), tuple(passages), tuple(sections))


def _stretches(text: str, mentions: Sequence[Marked], encode: Encode) -> list[_Stretch]:
    found: list[_Stretch] = []
    sentence = 0
    first = 0
    for passage, line in enumerate(lines(text)):
        if line.kind == "meta":
            continue
        while first < len(mentions) and mentions[first].start < line.start:
            first += 1
        last = first
        while last < len(mentions) and mentions[last].start < line.end:
            last += 1
        body = text[line.start : line.end]
        cuts = [0, *(m.end() for m in _END.finditer(body)), len(body)]
        ids, offsets = encode(body)
        mine = range(first, last)
        part = _mark(ids, offsets, mentions, mine, line.start, cuts, sentence)
        sentence += len(cuts) - 1
        first = last
        for piece_ids, numbers, positions, places in _cut(part, SIZE - 2):
            found.append(_Stretch(piece_ids, numbers, positions, places, passage, line.section, line.kind == "title"))
    return found


_Part = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def _mark(
    ids: Sequence[int],
    offsets: Sequence[tuple[int, int]],
    mentions: Sequence[Marked],
    numbers: Sequence[int],
    shift: int,
    cuts: Sequence[int],
    sentence: int,
) -> _Part:
    """Insert markers; two mentions at one place share the first one's."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, int] = {}
    for number in numbers:
        start, end = mentions[number].start - shift, mentions[number].end - shift
        inside = [k for k, (a, b) in enumerate(offsets) if b > start and a < end]
        if not inside:
            continue
        opening.setdefault(inside[0], []).append(number)
        closing[inside[-1]] = 1
    out: list[int] = []
    found: list[int] = []
    positions: list[int] = []
    places: list[int] = []
    ends = [b for _, b in pairwise(cuts)]
    at = 0
    for k, piece in enumerate(ids):
        while at < len(ends) - 1 and offsets[k][0] >= ends[at]:
            at += 1
        here = opening.get(k, [])
        for number in here:
            found.append(number)
            positions.append(len(out))
            places.append(sentence + at)
        if here:
            out.append(OPEN[mentions[here[0]].kind])
        out.append(piece)
        if k in closing:
            out.append(CLOSE)
    return tuple(out), tuple(found), tuple(positions), tuple(places)


def _cut(part: _Part, size: int) -> list[_Part]:
    """Cut a passage that no window holds into parts, blindly: such passages are lists or broken files."""
    ids, found, positions, places = part
    if len(ids) <= size:
        return [part]
    parts: list[_Part] = []
    for start in range(0, len(ids), size):
        inside = [k for k, p in enumerate(positions) if start <= p < start + size]
        parts.append(
            (
                ids[start : start + size],
                tuple(found[k] for k in inside),
                tuple(positions[k] - start for k in inside),
                tuple(places[k] for k in inside),
            )
        )
    return parts
