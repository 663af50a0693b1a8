"""What a map draws, worked out once for every form of it: page, SVG, PNG, GEXF and GraphML.

A `Picture` holds marks (entities) and lines (links) with their places, sizes, colours and bends. Sizes tell the
measure that is named; the look of a line tells its predicate and how firm it is; lines of one pair
bend apart. Where a graph has more links than can be drawn at once, the picture is `closed`: its areas are
meant to be drawn as one disc each, and opened one at a time.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graph.analysis import MEASURES, importance
from graph.belonging import posts_of
from graph.facts import heading, summary
from graph.grouping import grouped
from graph.history import as_of, gone
from graph.layout import Area, Arrangement, arrange
from graph.maps.lines import Line, lines
from graph.model import Entity, Subgraph
from graph.overview import divided, overview
from graph.schema import KINDS
from graph.style import NodeStyle, label_text, node_style, short_name

CLOSED_ABOVE = 1500
"""A graph of more links than this is drawn by groups, which the reader opens."""

_LABEL_WIDTH = 22
_LABELLED_UP_TO = 90
"""A map of more entities has not room for every label; places then keep clear of discs alone."""
SMALLEST, LARGEST, FOCUS = 7.0, 24.0, 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader asked for beyond the graph itself.

    Attributes
    ----------
    title : str, optional
        Stands at the top; else the subgraph's own.
    measure : str
        What sizes tell, one of `graph.analysis.MEASURES`.
    group : str, optional
        One of `graph.grouping.GROUPINGS`: who stands together.
    since, until : date, optional
        Only what was said between the two days; links are as they stood at the end of `until`.
    compare : bool
        `since` and `until` are compared: what is new, changed or the same.
    sure : float
        How sure a link must have been by the end of `until`.
    systems : mapping of str to str
        Entity id to the name of its system, for the grouping by system.
    """

    title: str | None = None
    measure: str = "links"
    group: str | None = None
    since: date | None = None
    until: date | None = None
    compare: bool = False
    sure: float = 0.0
    systems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity as drawn: label (lines joined by a line feed), radius and place in pixels (y points down)."""

    number: int
    entity: Entity
    label: str
    style: NodeStyle
    size: float
    x: float
    y: float
    focus: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to be drawn, for a `look`.

    `measure` names what sizes tell, `weights` are its values by id and `most` is the largest; `closed` says that areas
    stand for their members; `gone` links stood on the earlier of two days that are compared, and no more on the later.
    """

    title: str
    summary: str
    notes: tuple[str, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    areas: tuple[Area, ...]
    by: str
    measure: str
    closed: bool
    most: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)
    gone: int = 0
    look: Look = field(default_factory=Look)


def picture(subgraph: Subgraph, look: Look | None = None) -> Picture:
    """Draw a subgraph as of the days that `look` asks for.

    Raises:
        InputError: an unknown kind, predicate, measure or grouping, or an edge that names an entity which is not there.
    """
    look = look or Look()
    for entity in subgraph.nodes:
        node_style(entity.kind)  # refuses an unknown kind
    labels, focus = label_lines(subgraph), frozenset(subgraph.focus)
    weights = importance(subgraph, look.measure)
    most = max(weights.values(), default=0.0)
    sizes = {id: radius(value, most, id in focus) for id, value in weights.items()}
    stands = arrangement(subgraph, look.group, look.systems, labels, sizes)
    marks = tuple(
        Mark(number, entity, labels[entity.id], node_style(entity.kind), sizes[entity.id],
             *stands.places[entity.id], entity.id in focus)
        for number, entity in enumerate(subgraph.nodes)
    )  # fmt: skip
    whole = Picture(
        title=label_text(look.title or heading(subgraph)),
        summary=summary(subgraph),
        notes=subgraph.notes,
        marks=marks,
        lines=lines(subgraph, sizes),
        areas=stands.areas,
        by=stands.by,
        measure=MEASURES[look.measure],
        closed=len(subgraph.edges) > CLOSED_ABOVE and bool(stands.areas),
        most=most,
        weights=weights,
        look=replace(look, since=None, until=None, compare=False),
    )
    return on_days(whole, subgraph, look) if look.since or look.until else whole


def on_days(whole: Picture, subgraph: Subgraph, look: Look) -> Picture:
    """The picture of a subgraph as of the days that `look` asks for.

    They change who is drawn, never where or how large: pictures of two days can be laid on each other.
    """
    drawn = as_of(subgraph, look.until, since=None if look.compare else look.since, least=look.sure)
    marks = {mark.entity.id: mark for mark in whole.marks}
    compared = (look.since, look.until) if look.compare and look.since and look.until else None
    return replace(
        whole,
        summary=summary(drawn),
        notes=drawn.notes,
        marks=tuple(replace(marks[entity.id], number=number) for number, entity in enumerate(drawn.nodes)),
        lines=lines(drawn, {id: mark.size for id, mark in marks.items()}, compared),
        gone=gone(subgraph, *compared) if compared else 0,
        look=look,
    )


def arrangement(
    subgraph: Subgraph,
    group: str | None,
    systems: Mapping[str, str],
    labels: Mapping[str, str],
    sizes: Mapping[str, float],
) -> Arrangement:
    """Where everything stands: by group where one is asked for, by groups to be opened where links are too many."""
    room = {id: _box(label, sizes[id], len(labels)) for id, label in labels.items()}
    many = len(subgraph.edges) > CLOSED_ABOVE
    if group is not None:
        groups = grouped(subgraph, group, systems=systems)
        return arrange(subgraph, room, by=group, groups=divided(subgraph, groups) if many else groups)
    if many:
        return arrange(subgraph, room, by="overview", groups=overview(subgraph))
    return arrange(subgraph, room)


def label_lines(subgraph: Subgraph) -> dict[str, str]:
    """Names by id, in at most three lines: short; full where two read alike; then with their code, body, kind or id."""
    short = {entity.id: short_name(entity) for entity in subgraph.nodes}
    full = {entity.id: label_text(entity.name) or entity.id for entity in subgraph.nodes}
    posts = posts_of(subgraph)

    def known(entity: Entity) -> str:
        return entity.ods_code or short.get(posts.get(entity.id, "")) or KINDS[entity.kind].caption

    labels = {id: _wrapped(text) for id, text in short.items()}
    # Each is told apart by as little as does it, among the labels as they are cut.
    for mark in (None, known, lambda entity: entity.id):
        uses = Counter(labels.values())
        for entity in subgraph.nodes:
            if uses[labels[entity.id]] > 1:
                name = full[entity.id]
                labels[entity.id] = _marked(name, mark(entity)) if mark else _wrapped(name)
    return labels


def _marked(name: str, mark: str) -> str:
    """A name with what tells it from others in brackets, which are kept where the lines are too few for both."""
    whole = textwrap.wrap(f"{name} ({mark})", _LABEL_WIDTH)
    return "\n".join(whole) if len(whole) <= 3 else f"{_wrapped(name, 2)}\n({_wrapped(mark, 1)})"


def _wrapped(text: str, rows: int = 3) -> str:
    return "\n".join(textwrap.wrap(text, _LABEL_WIDTH, max_lines=rows, placeholder=" …"))


def radius(value: float, most: float, focus: bool = False) -> float:
    """Pixels of a mark: its area follows its share of the largest value; those asked for are a little larger."""
    share = value / most if most > 0 else 0.0
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(share) + (FOCUS if focus else 0.0), 1)


def _box(label: str, size: float, count: int) -> tuple[float, float]:
    """Pixels to keep free for an entity and its label."""
    if count > _LABELLED_UP_TO:
        return 2 * size + 26, 2 * size + 26
    rows = label.split("\n")
    return max(2 * size + 20, 7.2 * max(map(len, rows)) + 10), 2 * size + 14 + 16 * len(rows)
