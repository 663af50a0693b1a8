"""Links as a map draws them: colour and arrowheads by predicate, dash and cross by status, bends by their siblings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.history import Change, change, lived, state
from graph.model import Edge, Subgraph
from graph.style import MANNERS, edge_style, manner

_BOW = 0.22


@dataclass(frozen=True, slots=True)
class Line:
    """A link as drawn, from and to marks by number.

    Attributes
    ----------
    color, width, dash, struck, arrow, both
        Colour (`#rrggbb`), pixels, dash pattern in pixels (None: solid), struck through, vis-network's
        name of the arrowhead at the target, and whether it stands at the source too.
    bend : float
        0 is straight. Else vis-network's roundness, negative for "curvedCCW": a quadratic curve whose control
        point lies (0.5 + bend / 2) of the distance from the source, turned by bend · 90°.
    loop : (float, float), optional
        For a link of an entity with itself: radius in pixels and angle in radians.
    change : str, optional
        What became of it where two days are compared.
    before : Edge, optional
        The link as it stood on the earlier day, where it has changed.
    """

    number: int
    edge: Edge
    source: int
    target: int
    color: str
    width: float
    dash: tuple[float, ...] | None
    struck: bool
    arrow: str | None
    both: bool
    bend: float
    loop: tuple[float, float] | None
    change: Change | None
    before: Edge | None = None


def lines(
    subgraph: Subgraph, sizes: Mapping[str, float], compared: tuple[date, date] | None = None
) -> tuple[Line, ...]:
    """The links as drawn, in the order of the subgraph's edges.

    `sizes` are the radii of the entities' marks in pixels; `compared` are the days between which changes are told.
    """
    numbers = {entity.id: number for number, entity in enumerate(subgraph.nodes)}
    entities = {entity.id: entity for entity in subgraph.nodes}
    bends, loops = _bends(subgraph.edges), _loops(subgraph.edges, sizes)
    found = []
    for number, edge in enumerate(subgraph.edges):
        style, how = edge_style(edge.predicate), MANNERS[manner(edge)]
        became = change(edge, *compared, lived(edge, entities)) if compared else None
        found.append(
            Line(
                number=number,
                edge=edge,
                source=numbers[edge.source],
                target=numbers[edge.target],
                color=how.color or style.color,
                width=line_width(style.width, edge.statements),
                dash=how.dash,
                struck=how.struck,
                arrow=style.arrow,
                both=style.both,
                bend=bends[number],
                loop=loops.get(number),
                change=became,
                before=state(edge, compared[0]) if compared and became == "changed" else None,
            )
        )
    return tuple(found)


def line_width(base: float, statements: int) -> float:
    """Pixels: the predicate's own width, more where more statements stand behind the link."""
    return round(base + 0.6 * math.log2(max(statements, 1)), 2)


def _bends(edges: Sequence[Edge]) -> list[float]:
    """How far each link bends, so that links of one pair never lie on each other."""
    siblings: dict[frozenset[str], list[int]] = {}
    for number, edge in enumerate(edges):
        siblings.setdefault(frozenset((edge.source, edge.target)), []).append(number)
    bends = [0.0] * len(edges)
    for ends, family in siblings.items():
        if len(ends) == 1:
            continue
        # Beyond a quarter turn a bow would wind round its ends.
        step = min(_BOW, 2 / max(len(family) - 1, 1))
        for rank, number in enumerate(family):
            bow = round((rank - (len(family) - 1) / 2) * step, 3)
            # A bow is to the right of its own direction: turned round for links that point the other way.
            bends[number] = bow if edges[number].source == min(ends) else -bow
    return bends


def _loops(edges: Sequence[Edge], sizes: Mapping[str, float]) -> dict[int, tuple[float, float]]:
    """Radius and angle of links of an entity with itself: from the upper right on, since labels mostly stand below."""
    seen: Counter[str] = Counter()
    loops = {}
    for number, edge in enumerate(edges):
        if edge.source == edge.target:
            angle = math.pi / 4 + seen[edge.source] * math.pi / 3
            loops[number] = (round(10 + sizes[edge.source] / 2, 1), round(angle, 4))
            seen[edge.source] += 1
    return loops
