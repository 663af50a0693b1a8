"""The legend: which kinds, links and statuses a map holds, how each looks, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from graph.analysis import MEASURES
from graph.facts import sides, words
from graph.history import State
from graph.maps.picture import CLOSED_ABOVE, FOCUS, LARGEST, SMALLEST, Picture
from graph.model import Edge, Subgraph
from graph.schema import KINDS, PREDICATES
from graph.style import CHANGE_COLORS, EDGE_STYLES, MANNERS, NODE_STYLES, Manner, caption, manner

CAPTIONS_UP_TO = 45
"""A map of more links writes a caption only on the links pointed at, until the reader asks for all."""


def legend(
    subgraph: Subgraph, whole: Picture, measured: Iterable[str], told: Iterable[Sequence[State]]
) -> dict[str, Any]:
    """What the page draws its legend from, and its scripts the lines: `kinds`, `predicates`, `manners`, `measures`.

    Each kind, predicate and manner that the map holds stands with its look and count, in the schema's order; each
    manner with its statuses, counted over all states that links were in. `measured` are what sizes may tell,
    `told` the states of every link.
    """
    kinds = Counter(entity.kind for entity in subgraph.nodes)
    predicates = Counter(edge.predicate for edge in subgraph.edges)
    manners, statuses = _manners(told)
    return {
        "kinds": {
            kind: {"caption": KINDS[kind].caption, "color": look.color, "shape": look.shape, "count": kinds[kind]}
            for kind, look in NODE_STYLES.items()
            if kinds[kind]
        },
        "predicates": {
            name: {
                "caption": caption(name),
                "color": look.color,
                "arrow": look.arrow,
                "both": look.both,
                "width": look.width,
                "alone": name in PREDICATES and not PREDICATES[name].objects,
                "sides": sides(Edge("", "", name)),
                "count": predicates[name],
            }
            for name, look in EDGE_STYLES.items()
            if predicates[name]
        },
        "manners": {
            name: {
                "caption": look.caption,
                "dash": look.dash,
                "struck": look.struck,
                "color": look.color,
                "count": manners[name],
                "statuses": dict(sorted(statuses[name].items())),
            }
            for name, look in MANNERS.items()
            if manners[name]
        },
        "changes": {name: {"color": color} for name, color in CHANGE_COLORS.items()},
        "sizes": {"smallest": SMALLEST, "largest": LARGEST, "focus": FOCUS},
        "measures": {name: MEASURES[name] for name in measured},
        "captions": len(whole.lines) <= CAPTIONS_UP_TO,
        "most_lines": CLOSED_ABOVE,
    }


def _manners(told: Iterable[Sequence[State]]) -> tuple[Counter[Manner], dict[Manner, Counter[str]]]:
    """How many links were ever in each manner, and in each of its statuses ("" for none)."""
    manners: Counter[Manner] = Counter()
    statuses: dict[Manner, Counter[str]] = {name: Counter() for name in MANNERS}
    for states in told:
        seen = {(manner(found.edge), words(found.edge.status or "")) for found in states}
        manners.update({how for how, _ in seen})
        for how, status in seen:
            statuses[how][status] += 1
    return manners, statuses
