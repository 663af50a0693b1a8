"""What of a Picture is drawn on paper: entities and links, or, of a closed picture, groups and what joins them.

A page on a screen opens a group when asked; paper can't. So a graph of too many links is drawn as one disc for
each group, and one line for each pair of them. Places are the picture's; sizes are pixels on paper at a scale of 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.facts import link_caption, link_nature, when, words
from graph.history import Change
from graph.layout import Area
from graph.maps.letters import wrapped
from graph.maps.lines import Line
from graph.maps.picture import Mark, Picture
from graph.model import Edge
from graph.schema import KINDS
from graph.style import caption, edge_style, label_text

GROUP_SHAPE = "group"
"""The shape of a disc that stands for a group; entities have vis-network's shapes."""

_GROUP_COLOR = "#dbe4ec"
_LINES_EACH = 2.5
"""A closed picture draws so many lines for each of its parts, about: those that stand for the most links."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, or a group of `holds` entities: `rows` is its label, `title` what a pointer on it shows."""

    x: float
    y: float
    size: float
    shape: str
    color: str
    rows: tuple[str, ...]
    title: str
    focus: bool = False
    holds: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A link, or all links between two groups: ends by number of thing; the look is as in `picture.Line`."""

    source: int
    target: int
    color: str
    width: float
    title: str
    caption: str = ""
    dash: tuple[float, ...] | None = None
    struck: bool = False
    arrow: str | None = None
    both: bool = False
    bend: float = 0.0
    loop: tuple[float, float] | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn; `least` is the number of links below which a pair has no line (1: all have)."""

    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    areas: tuple[Area, ...] = ()
    closed: bool = False
    least: int = 1
    busiest: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    """Kinds of the entities that are drawn as themselves, with their counts."""


def scene(picture: Picture) -> Scene:
    """What to draw of a picture."""
    if picture.closed:
        return _closed(picture)
    names = [name(mark.entity.name) for mark in picture.marks]
    ties = tuple(_tie(line, names) for line in picture.lines)
    return Scene(
        tuple(map(_thing, picture.marks)),
        ties,
        picture.areas,
        kinds=Counter(mark.entity.kind for mark in picture.marks),
    )


def name(text: str) -> str:
    """A name as one line of reasonable length."""
    text = label_text(text[:2000])
    return text if len(text) <= 160 else text[:159].rstrip() + "…"


def said(edge: Edge) -> str:
    """A link in words: "merger talks, called off, 5 Mar 2019"."""
    what, nature = caption(edge.predicate).lower(), link_nature(edge)
    parts = [nature if what in nature else f"{what}, {nature}", words(edge.status or ""), when(edge)]
    return name(", ".join(part for part in parts if part))


def _kind(kind: str) -> str:
    """A kind within a sentence: "regulator", but "NHS trust"."""
    words = KINDS[kind].caption
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _tie(line: Line, names: list[str]) -> Tie:
    edge = line.edge
    told = f"{names[line.source]}: {said(edge)}"
    if line.source != line.target:
        told = f"{names[line.source]} {'–' if line.both else '→'} {names[line.target]}: {said(edge)}"
    text = link_caption(edge)
    if line.change == "new":
        told, text = f"{told} (new)", f"new: {text}"
    elif line.change == "changed" and line.before:
        was = link_caption(line.before)
        now = words(edge.status or "") if line.before.status != edge.status and edge.status else text
        told, text = f"{told} (was: {was})", f"{was} → {now}"
    elif line.change == "same":
        text = ""
    return Tie(
        source=line.source,
        target=line.target,
        color=line.color,
        width=line.width,
        title=told,
        caption=text,
        dash=line.dash,
        struck=line.struck,
        arrow=line.arrow,
        both=line.both,
        bend=line.bend,
        loop=line.loop,
        change=line.change,
    )


def _closed(picture: Picture) -> Scene:
    """Groups as discs, who is in none as themselves, and one line for each pair of them."""
    numbers = {mark.entity.id: mark.number for mark in picture.marks}
    groups = [(area, [numbers[id] for id in _members(area) if id in numbers]) for area in picture.areas]
    groups = [(area, held) for area, held in groups if held]
    scale = 46 / math.sqrt(max((len(held) for _, held in groups), default=1))
    things = [_group(area, [picture.marks[number] for number in held], scale) for area, held in groups]
    names = [name(area.name) for area, _ in groups]
    home = {number: thing for thing, (_, held) in enumerate(groups) for number in held}
    alone = [mark for mark in picture.marks if mark.number not in home]
    for mark in alone:
        home[mark.number] = len(things)
        names.append(name(mark.entity.name))
        things.append(replace(_thing(mark), size=min(mark.size, 10.0)))
    pairs: dict[tuple[int, int], Counter[str]] = {}
    for line in picture.lines:
        one, other = sorted((home[line.source], home[line.target]))
        if one != other:
            pairs.setdefault((one, other), Counter())[line.edge.predicate] += 1
    counts = sorted((found.total() for found in pairs.values()), reverse=True)
    room = max(40, round(_LINES_EACH * len(things)))
    least = counts[room] + 1 if len(counts) > room else 1
    most = counts[0] if counts else 1
    ties = [
        _sum(one, other, found, most, f"{names[one]} – {names[other]}")
        for (one, other), found in sorted(pairs.items())
        if found.total() >= least
    ]
    kinds = Counter(mark.entity.kind for mark in alone)
    return Scene(tuple(things), tuple(ties), closed=True, least=least, busiest=most, kinds=kinds)


def _thing(mark: Mark) -> Thing:
    return Thing(
        mark.x,
        mark.y,
        mark.size,
        mark.style.shape,
        mark.style.color,
        tuple(mark.label.split("\n")),
        f"{name(mark.entity.name)}, {_kind(mark.entity.kind)}",
        mark.focus,
    )


def _group(area: Area, held: list[Mark], scale: float) -> Thing:
    return Thing(
        area.x,
        area.y,
        max(5.0, scale * math.sqrt(len(held))),
        GROUP_SHAPE,
        _GROUP_COLOR,
        wrapped(area.name, 12.5, 165, rows=3),
        f"{name(area.name)}: {len(held):,} organisations and people",
        any(mark.focus for mark in held),
        len(held),
    )


def bundle_width(links: float, most: float) -> float:
    """Pixels of a line that stands for some links, where the busiest pair has `most`."""
    return 0.8 + 8.2 * math.sqrt(links / most) if most else 0.8


def _sum(one: int, other: int, found: Counter[str], most: int, names: str) -> Tie:
    """The line of a pair; of predicates that are equally frequent, the first in the order of the alphabet."""
    main, _ = min(found.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(
        f"{caption(predicate).lower()} {count:,}"
        for predicate, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    )
    return Tie(one, other, edge_style(main).color, bundle_width(found.total(), most), f"{names}: {told}")


def _members(area: Area) -> Iterator[str]:
    yield from area.members
    for inner in area.areas:
        yield from _members(inner)
