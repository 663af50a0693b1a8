"""Answers as text for people at a terminal: the one module that touches rich.

Each function makes something to print from plain records; nothing is markup, and what would steer
the terminal (control and bidirectional characters in names and quotes) is taken out. Everything
reads on 80 columns.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from graph.facts import day, words
from graph.model import Edge, Entity, Evidence
from graph.profile import Event, Link, Profile, Relative
from graph.schema import KINDS, PREDICATES
from graph.style import caption, money, printable

if TYPE_CHECKING:
    from graph.analysis import Step
    from graph.doctor import Check

_ARROWS = {"out": "→", "in": "←", "both": "↔"}
_QUOTE_LENGTH = 320
_NARROWEST = 11
"""Characters that a long cell needs at least; a table whose columns can't have them becomes a list of records."""
_LONGEST_CELL = 160
_QUESTIONS_SHOWN = 8


def show(*parts: RenderableType) -> None:
    """Print to standard output, with colour only where a terminal takes it."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    for part in parts:
        console.print(part)


def text(value: object, style: str = "") -> Text:
    """One harmless line of text."""
    return Text(printable(str(value)), style=style)


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, gone when done; yields what sets the number done. Nothing shows where stderr is no
    terminal."""
    bar = Progress(
        TextColumn("Reading briefings"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)


class _Rate(ProgressColumn):
    """Briefings a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


def ingested(report: Mapping[str, Any]) -> RenderableType:
    """The closing table of an ingest, from its report as plain data."""
    read = [f"{report['added']:,} new"]
    read += [f"{report[key]:,} {key}" for key in ("replaced", "unchanged") if report[key]]
    read += [f"{len(report['unreadable']):,} not read"] if report["unreadable"] else []
    grid = _grid()
    grid.add_row("Briefings", text(", ".join(read)))
    grid.add_row("Entities", text(counts(report["entities"])))
    grid.add_row("Statements", text(counts(report["statements"])))
    parts: list[RenderableType] = [grid]
    if report["unreadable"]:
        parts += [Text(), Text("Not read", style="bold")]
        parts += [_indented(text(line), 2) for line in report["unreadable"]]
    if report["questions"]:
        more = len(report["questions"]) - _QUESTIONS_SHOWN
        parts += [Text(), Text("Not sure who is meant", style="bold")]
        parts += [_indented(_question(q), 2) for q in report["questions"][:_QUESTIONS_SHOWN]]
        parts.append(text(f"{f'and {more:,} more; ' if more > 0 else ''}see them all with: nhsgraph review", "dim"))
    return Group(*parts)


def extracted(found: Mapping[str, Any]) -> RenderableType:
    """Entities and statements of one briefing, from the form that `extract --json` prints."""
    names = {e["id"]: e["name"] for e in found["entities"]}
    rows = [(e["name"], KINDS[e["kind"]].caption, e["id"], len(e["mentions"])) for e in found["entities"]]
    parts: list[RenderableType] = [text(found["id"], "bold"), table(("entity", "kind", "id", "named"), rows)]
    for s in found["statements"]:
        attributes = {key: s[key] for key in ("status", "form", "amount", "role", "rating")}
        edge = Edge(s["subject"], s["object"] or s["subject"], s["predicate"], **attributes)
        said = " · ".join([caption(s["predicate"]), *_attributes(edge), f"confidence {s['confidence']:.0%}"])
        ends = text(f"{names[s['subject']]} → {names[s['object']]}" if s["object"] else names[s["subject"]])
        parts += [ends, _indented(text(said, "cyan"), 2), _indented(text(f"“{_clip(s['quote'])}”"), 2)]
    return Group(*parts)


def organisation(found: Profile, briefings: int) -> RenderableType:
    """The card of one body or person."""
    entity = found.entity
    said = [KINDS[entity.kind].caption, entity.ods_code, entity.region, f"named in {_number(briefings, 'briefing')}"]
    grid = _grid()
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
    grid.add_row("Links", text(_counts({p: counts[p] for p in PREDICATES if counts[p]}, caption)))
    return Group(text(entity.name, "bold"), text(" · ".join(x for x in said if x), "dim"), grid)


def links(found: Profile, *, shown_quotes: int = 1, ids: bool = False) -> RenderableType:
    """All links of a body, grouped by kind of link, then its lineage.

    Of each link the newest `shown_quotes` quotes are shown, with `ids` each with its statement's id.
    """
    parts: list[RenderableType] = [_name_line(found.entity)]
    for predicate in PREDICATES:
        group = [link for link in found.links if link.predicate == predicate]
        if group:
            parts += [Text(), text(f"{caption(predicate)} ({len(group)})", "bold cyan")]
            parts += [_indented(_link(link, shown_quotes, ids), 2) for link in group]
    if not found.links:
        parts.append(text("No briefing in this store links it with anybody."))
    if found.predecessors or found.successors:
        parts += [Text(), text("Lineage (from the register)", "bold cyan")]
        parts += [_indented(text(f"← succeeded {_relative(r)}"), 2) for r in found.predecessors]
        parts += [_indented(text(f"→ became {_relative(r)}"), 2) for r in found.successors]
    inherited = [link.said_of.name for link in found.links if link.said_of]
    if inherited:
        of = "; ".join(dict.fromkeys(inherited))
        note = f"Lineage is included: {_number(len(inherited), 'link')} said of {of}. Leave out with --no-lineage."
        parts += [Text(), text(note, "dim")]
    return Group(*parts)


def path(steps: Sequence[Step], *, shown_quotes: int = 1) -> RenderableType:
    """A chain of bodies, each joined to the next by the links between them."""
    parts: list[RenderableType] = [_name_line(steps[0].start)]
    for step in steps:
        for edge in step.edges:
            symmetric = edge.predicate in PREDICATES and PREDICATES[edge.predicate].symmetric
            direction = "both" if symmetric else "out" if edge.source == step.start.id else "in"
            parts.append(_indented(text(f"{_ARROWS[direction]} {_says(edge, caption(edge.predicate))}", "cyan"), 2))
            parts += [_indented(part, 4) for part in _evidence(edge, shown_quotes, ids=False)]
        parts.append(_name_line(step.end))
    return Group(*parts)


def timeline(entity: Entity, events: Sequence[Event]) -> RenderableType:
    """A body's history, oldest first."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column()
    for event in events:
        grid.add_row("no date" if event.date is None else day(event.date), Group(*_event(event)))
    return Group(_name_line(entity), grid if events else text("Nothing is known of it by date."))


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> RenderableType:
    """Rows under headings; where the columns don't fit the terminal, one record after the other."""
    if not rows:
        return text("Nothing found.")
    heads = [printable(name).replace("_", " ") for name in columns]
    cells = [[_cell(name, value) for name, value in zip(columns, row, strict=True)] for row in rows]
    longest = [max(len(head), *(len(row[i]) for row in cells)) for i, head in enumerate(heads)]
    if sum(min(width, _NARROWEST) + 2 for width in longest) <= Console().width and max(longest) <= _LONGEST_CELL:
        made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for i, head in enumerate(heads):
            numeric = all(isinstance(row[i], int | float) for row in rows)
            made.add_column(head, justify="right" if numeric else "left", overflow="fold")
        for row in cells:
            made.add_row(*row)
        return made
    parts: list[RenderableType] = []
    for row in cells:
        record = _grid()
        for head, value in zip(heads, row, strict=True):
            if value.plain:
                record.add_row(head, value)
        parts += [record, Text()]
    return Group(*parts[:-1])


def titled(title: str, body: RenderableType) -> RenderableType:
    """A body under a heading."""
    return Group(text(title, "bold"), body)


def facts(pairs: Mapping[str, object]) -> RenderableType:
    """Labels and values side by side."""
    grid = _grid()
    for label, value in pairs.items():
        grid.add_row(label, text(value))
    return grid


def checks(found: Sequence[Check]) -> RenderableType:
    """What `doctor` looked at, each with what to do where something is missing."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for check in found:
        mark = Text("–", "dim") if check.ok is None else Text("ok", "green") if check.ok else Text("!!", "bold red")
        advice = f" ({check.advice})" if check.advice and not check.ok else ""
        grid.add_row(mark, text(check.name), text(check.detail + advice))
    return grid


def templates(found: Sequence[Mapping[str, Any]]) -> RenderableType:
    """The query templates by name."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column()
    for template in found:
        needs = ", ".join(p["name"] for p in template["parameters"] if p["default"] is None)
        grid.add_row(text(template["name"]), text(template["title"]) + text(f" ({needs})" if needs else "", "dim"))
    return grid


def questions(found: Sequence[Mapping[str, Any]]) -> RenderableType:
    """The names that ingestion would not guess at."""
    return Group(*map(_question, found)) if found else text("No open questions.")


def counts(found: Mapping[str, int]) -> str:
    """Kinds or predicates with their numbers, most first."""
    return _counts(found, lambda name: KINDS[name].caption if name in KINDS else caption(name))


def _question(question: Mapping[str, Any]) -> Text:
    line = text(f"“{question['text']}”") + text(f" in {question['briefing']}: {question['reason']}", "dim")
    return line + text(f"; {' or '.join(question['candidates'])}?", "dim") if question["candidates"] else line


def _link(link: Link, shown_quotes: int, ids: bool) -> RenderableType:
    parts: list[RenderableType] = []
    if link.other:
        parts.append(text(f"{_ARROWS[link.direction]} {link.other.name}"))
        parts.append(_indented(text(_says(link.edge), "dim"), 2))
    else:
        parts.append(text(_says(link.edge)))
    if link.said_of:
        parts.append(_indented(text(f"said of {link.said_of.name}, which it succeeded", "italic"), 2))
    parts += [_indented(part, 2) for part in _evidence(link.edge, shown_quotes, ids=ids)]
    return Group(*parts)


def _event(event: Event) -> list[RenderableType]:
    if event.evidence is None:
        if event.other is None:
            return [text(event.predicate.capitalize())]
        return [text(f"{'Succeeded' if event.direction == 'in' else 'Became'} {event.other.name}")]
    found = event.evidence
    head = text(caption(event.predicate), "bold")
    if event.other:
        head += text(f" {_ARROWS[event.direction]} {event.other.name}")
    said = [*_attributes(found), *([f"said of {event.said_of.name}"] if event.said_of else [])]
    return [
        head + text(f" · {' · '.join(said)}", "dim") if said else head,
        text(f"“{_clip(found.quote)}”"),
        text(f"— {found.title}", "dim"),
    ]


def _evidence(edge: Edge, shown: int, *, ids: bool) -> list[RenderableType]:
    newest = sorted(edge.evidence, key=lambda e: (e.published or date.min, e.statement), reverse=True)
    parts: list[RenderableType] = []
    for found in newest[:shown]:
        place = [found.title, day(found.published), *([found.statement] if ids else [])]
        parts += [text(f"“{_clip(found.quote)}”"), text(f"— {', '.join(place)}", "dim")]
    return parts


def _says(edge: Edge, *first: str) -> str:
    """A link's status, form, sum, dates and weight in one line."""
    said = [*first, *_attributes(edge)]
    if edge.origin == "register":
        return " · ".join([*said, *([day(edge.first_seen)] if edge.first_seen else []), "from the register"])
    if edge.first_seen or edge.last_seen:
        ends = dict.fromkeys((day(edge.first_seen), day(edge.last_seen)))
        said.append(" to ".join(ends))
    if edge.statements > 1:
        said.append(f"{_number(edge.statements, 'statement')} in {_number(edge.briefings, 'briefing')}")
    return " · ".join([*said, f"confidence {edge.confidence:.0%}"])


def _attributes(said: Edge | Evidence) -> list[str]:
    values = [said.role, said.status and words(said.status), said.form and words(said.form), said.rating]
    return [x for x in values if x] + ([money(said.amount)] if said.amount is not None else [])


def _cell(name: str, value: object) -> Text:
    if value is None:
        return Text()
    if isinstance(value, float):
        return text(money(value) if "amount" in name else f"{value:.4g}")
    if isinstance(value, bool):
        return text("yes" if value else "no")
    if isinstance(value, list | tuple):
        return text("; ".join(map(str, value)))
    return text(value)


def _name_line(entity: Entity) -> Text:
    said = ", ".join(x for x in (KINDS[entity.kind].caption, entity.ods_code) if x)
    return text(entity.name, "bold") + text(f" ({said})", "dim")


def _relative(relative: Relative) -> str:
    return f"{relative.entity.name}, {day(relative.date)}"


def _counts(found: Mapping[str, int], name: Callable[[str], str]) -> str:
    most = sorted(found.items(), key=lambda item: -item[1])
    return ", ".join(f"{count:,} {name(key)}" for key, count in most) or "none"


def _number(count: int, one: str) -> str:
    return f"{count:,} {one}{'s' * (count != 1)}"


def _clip(quote: str) -> str:
    return quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1].rstrip() + "…"


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    return grid


def _indented(part: RenderableType, by: int) -> Padding:
    return Padding(part, (0, 0, 0, by))
