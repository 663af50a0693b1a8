"""One body or person: who it is, its links with their quotes, a way to another, its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from graph.facts import day, weighed
from graph.model import Edge, Entity
from graph.profile import Event, Link, Profile, Relative
from graph.render.ink import Drawing, attributes, how_many, indented, name_line, pair_grid, quoted, spaced, tally, text
from graph.schema import KINDS, PREDICATES
from graph.style import caption

if TYPE_CHECKING:
    from graph.analysis import Step

_ARROWS = {"out": "→", "in": "←", "both": "↔"}


def organisation(found: Profile, briefings: int) -> Drawing:
    """The card of one body or person."""
    entity = found.entity
    said = [KINDS[entity.kind].caption, entity.ods_code, entity.region, f"named in {how_many(briefings, 'briefing')}"]
    grid = pair_grid()
    grid.add_row("Id", text(entity.id))
    if entity.aliases:
        grid.add_row("Also called", text("; ".join(entity.aliases)))
    if entity.opened:
        grid.add_row("Opened", text(day(entity.opened)))
    if entity.closed:
        grid.add_row("Closed", text(day(entity.closed)))
    if found.predecessors:
        grid.add_row("Succeeded", text("; ".join(map(_relative, found.predecessors))))
    if found.successors:
        grid.add_row("Became", text("; ".join(map(_relative, found.successors))))
    counts = Counter(link.predicate for link in found.links)
    grid.add_row("Links", text(tally(counts)))
    return Group(text(entity.name, "bold"), text(" · ".join(x for x in said if x), "dim"), grid)


def links(found: Profile, *, shown_quotes: int = 1, ids: bool = False) -> Drawing:
    """All links of a body, grouped by kind of link, then its lineage.

    Of each link the newest `shown_quotes` quotes are shown, with `ids` each with its statement's id.
    """
    parts: list[Drawing] = [name_line(found.entity)]
    for predicate in PREDICATES:
        group = [link for link in found.links if link.predicate == predicate]
        if group:
            parts += [Text(), text(f"{caption(predicate)} ({len(group)})", "bold cyan")]
            parts += [indented(_link(link, shown_quotes, ids), 2) for link in group]
    if not found.links:
        parts.append(text("No briefing in this store links it with anybody."))
    if found.predecessors or found.successors:
        parts += [Text(), text("Lineage (from the register)", "bold cyan")]
        parts += [indented(text(f"← succeeded {_relative(r)}"), 2) for r in found.predecessors]
        parts += [indented(text(f"→ became {_relative(r)}"), 2) for r in found.successors]
    inherited = [link.said_of.name for link in found.links if link.said_of]
    if inherited:
        of = "; ".join(dict.fromkeys(inherited))
        note = f"Lineage is included: {how_many(len(inherited), 'link')} said of {of}. Leave out with --no-lineage."
        parts += [Text(), text(note, "dim")]
    return Group(*parts)


def path(start: Entity, steps: Sequence[Step], *, shown_quotes: int = 1) -> Drawing:
    """A chain of bodies, each joined to the next by the links between them."""
    parts: list[Drawing] = [name_line(start)]
    for step in steps:
        for edge in step.edges:
            symmetric = edge.predicate in PREDICATES and PREDICATES[edge.predicate].symmetric
            direction = "both" if symmetric else "out" if edge.source == step.start.id else "in"
            parts.append(indented(text(f"{_ARROWS[direction]} {_says(edge, caption(edge.predicate))}", "cyan"), 2))
            parts += [indented(part, 4) for part in _evidence(edge, shown_quotes, ids=False)]
        parts.append(name_line(step.end))
    return Group(*parts)


def timeline(entity: Entity, events: Sequence[Event]) -> Drawing:
    """A body's history, oldest first."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column()
    for event in events:
        grid.add_row("no date" if event.date is None else day(event.date), Group(*_event(event)))
    return Group(name_line(entity), grid if events else text("Nothing is known of it by date."))


def _link(link: Link, shown_quotes: int, ids: bool) -> Drawing:
    parts: list[Drawing] = []
    if link.other:
        parts.append(text(f"{_ARROWS[link.direction]} {link.other.name}"))
        parts.append(indented(text(_says(link.edge), "dim"), 2))
    else:
        parts.append(text(_says(link.edge)))
    if link.said_of:
        parts.append(indented(text(f"said of {link.said_of.name}, which it succeeded", "italic"), 2))
    parts += [indented(part, 2) for part in _evidence(link.edge, shown_quotes, ids=ids)]
    return Group(*parts)


def _event(event: Event) -> list[Drawing]:
    if event.evidence is None:
        if event.other is None:
            return [text(event.predicate.capitalize())]
        return [text(f"{'Succeeded' if event.direction == 'in' else 'Became'} {event.other.name}")]
    found = event.evidence
    said = [*attributes(found), *([f"said of {event.said_of.name}"] if event.said_of else [])]
    head = spaced(
        text(caption(event.predicate), "bold"),
        text(f"{_ARROWS[event.direction]} {event.other.name}") if event.other else None,
        text(f"· {' · '.join(said)}", "dim") if said else None,
    )
    return [head, quoted(found.quote), text(f"— {found.title}", "dim")]


def _evidence(edge: Edge, shown: int, *, ids: bool) -> list[Drawing]:
    parts: list[Drawing] = []
    for found in weighed(edge)[:shown]:
        place = [found.title, day(found.published), *([found.statement] if ids else [])]
        parts += [quoted(found.quote), text(f"— {', '.join(place)}", "dim")]
    return parts


def _says(edge: Edge, *first: str) -> str:
    """A link's status, form, sum, dates and weight in one line."""
    said = [*first, *attributes(edge)]
    if edge.origin == "register":
        return " · ".join([*said, *([day(edge.first_seen)] if edge.first_seen else []), "from the register"])
    if edge.first_seen or edge.last_seen:
        ends = dict.fromkeys((day(edge.first_seen), day(edge.last_seen)))
        said.append(" to ".join(ends))
    if edge.statements > 1:
        said.append(f"{how_many(edge.statements, 'statement')} in {how_many(edge.briefings, 'briefing')}")
    return " · ".join([*said, f"confidence {edge.confidence:.0%}"])


def _relative(relative: Relative) -> str:
    return f"{relative.entity.name}, {day(relative.date)}"
