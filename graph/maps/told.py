"""What the page's scripts are told beside the network: a link's states, briefings, measures, arrangements.

All of it is plain data; every judgement (what a link was on a day, how important a body is, where it stands)
is made here and not in the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.analysis import MEASURES, importance
from graph.facts import attributes, day, link_caption, link_nature, link_title, quotes, words
from graph.grouping import GROUPINGS, grouped
from graph.history import State
from graph.layout import Area, Arrangement
from graph.maps.lines import line_width
from graph.maps.picture import Look, Picture, arrangement
from graph.model import Subgraph
from graph.style import edge_style, manner

_ARRANGED_UP_TO = 600
"""The page of a graph of more entities has no other arrangement than the one asked for."""
_BETWEEN_UP_TO = 300
"""How often shortest connections run through an entity takes too long to tell unasked in a larger graph."""
_PLAIN_LINES = 300
_CAPTIONS = {
    "links": "By links",
    "system": "By system",
    "region": "By region",
    "community": "By who is linked most",
    "kind": "By kind",
    "overview": "By groups",
}


def states_told(states: Sequence[State]) -> list[dict[str, Any]]:
    """Each state of a link, oldest first: from which day, how firm, in which words, how sure, how wide its line."""
    told = []
    for found in states:
        then = found.edge
        told.append(
            {
                "since": found.since.isoformat() if found.since else None,
                "last": then.last_seen.isoformat() if then.last_seen else None,
                "manner": manner(then),
                "status": words(then.status or ""),
                "caption": link_caption(then),
                "nature": link_nature(then),
                "attributes": list(attributes(then)),
                "confidence": then.confidence,
                "statements": then.statements,
                "width": line_width(edge_style(then.predicate).width, then.statements),
            }
        )
    return told


def plain_lines(drawn: Picture) -> list[dict[str, str]]:
    """The links with the most statements as lines of text with their best quote, for readers whose scripts are off.

    Of a comparison what is new or has changed comes first, and says so.
    """
    names = {mark.entity.id: mark.entity.name for mark in drawn.marks}
    lines = []
    for line in sorted(drawn.lines, key=lambda e: (e.change == "same", -e.edge.statements))[:_PLAIN_LINES]:
        edge = line.edge
        between = "–" if edge_style(edge.predicate).both else "→"
        ends = names[edge.source]
        if edge.source != edge.target:
            ends = f"{ends} {between} {names[edge.target]}"
        best = next(iter(quotes(edge)), None)
        cite = f"{best.title}, {best.published}" if best else ""
        became = {"new": "New – ", "changed": "Changed – "}.get(line.change or "", "")
        was = f" (was: {link_caption(line.before)})" if line.before else ""
        told = f"{became}{ends}: {link_title(edge)}, {link_caption(edge)}{was}"
        lines.append({"line": told, "quote": best.text if best else "", "cite": cite})
    return lines


def briefings(subgraph: Subgraph) -> dict[str, dict[str, Any]]:
    """Every briefing that the links stand on, by id: title, date in words and as ISO text, source."""
    known: dict[str, dict[str, Any]] = {}
    for edge in subgraph.edges:
        for found in edge.evidence:
            if found.briefing not in known:
                known[found.briefing] = {
                    "title": found.title,
                    "published": day(found.published),
                    "day": found.published.isoformat() if found.published else None,
                    "source": found.source or "",
                }
    return known


def values(subgraph: Subgraph, whole: Picture) -> dict[str, dict[str, float]]:
    """Each entity's value by each measure that sizes may tell, by id."""
    asked = [name for name, caption in MEASURES.items() if name != "between" or caption == whole.measure]
    if len(subgraph.nodes) <= _BETWEEN_UP_TO:
        asked = list(MEASURES)
    measured = {
        name: whole.weights if MEASURES[name] == whole.measure else importance(subgraph, name) for name in asked
    }
    return {entity.id: {name: found[entity.id] for name, found in measured.items()} for entity in subgraph.nodes}


def arrangements(subgraph: Subgraph, whole: Picture, look: Look) -> list[dict[str, Any]]:
    """Where everything may stand: as drawn first, then in the other ways that make sense of a graph of this size."""
    numbers = {mark.entity.id: mark.number for mark in whole.marks}
    drawn = Arrangement(whole.by, {mark.entity.id: (mark.x, mark.y) for mark in whole.marks}, whole.areas)
    found = [drawn]
    if len(whole.marks) <= _ARRANGED_UP_TO:
        labels = {mark.entity.id: mark.label for mark in whole.marks}
        sizes = {mark.entity.id: mark.size for mark in whole.marks}
        for by in (None, *GROUPINGS):
            # All of too many links is never drawn at once.
            if (by or "links") == whole.by or (by is None and whole.closed):
                continue
            if by is None or len(grouped(subgraph, by, systems=look.systems)) > 1:
                found.append(arrangement(subgraph, by, look.systems, labels, sizes))
    return [_arranged(one, numbers, closed=whole.closed) for one in found]


def _arranged(found: Arrangement, numbers: Mapping[str, int], *, closed: bool) -> dict[str, Any]:
    return {
        "by": found.by,
        "caption": _CAPTIONS[found.by],
        "closed": closed,
        "places": [list(found.places[id]) for id in numbers],
        "areas": [_area(area, numbers) for area in found.areas],
    }


def _area(area: Area, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": area.name,
        "x": area.x,
        "y": area.y,
        "width": area.width,
        "height": area.height,
        "members": [numbers[id] for id in area.members],
        "areas": [_area(inner, numbers) for inner in area.areas],
    }
