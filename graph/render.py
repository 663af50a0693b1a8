"""Answers as text for people at a terminal: the one module that touches rich.

Each function makes something to print from plain records; nothing is markup, and what would steer
the terminal (control and bidirectional characters in names and quotes) is taken out. Everything
reads on 80 columns.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from graph.errors import Place
from graph.facts import day, weighed, words
from graph.model import Edge, Entity, Evidence, Question
from graph.profile import Event, Link, Profile, Relative
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY
from graph.style import caption, label_text, money

if TYPE_CHECKING:
    from graph.analysis import Step
    from graph.doctor import Check

Drawing: TypeAlias = RenderableType
"""What `show` prints."""

_ARROWS = {"out": "→", "in": "←", "both": "↔"}
_QUOTE_LENGTH = 320
_NARROWEST = 11
"""Characters that a long cell needs at least; a table whose columns can't have them becomes a list of records."""
_LONGEST_CELL = 160
_QUESTIONS_SHOWN = 8
_LABEL = 5
_ROLES = {
    "a": "bold green",
    "b": "bold blue",
    "trigger": "bold yellow",
    "head": "bold",
    "label": "dim",
    "": "",
}


def show(*parts: Drawing) -> None:
    """Print to standard output, with colour only where a terminal takes it."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        for part in parts:
            # A plain string (a template's Cypher) is to be copied: its lines stay as they are.
            console.print(part, soft_wrap=isinstance(part, str))
    # rich fills lines up with blanks, which a copied or saved answer should not have.
    sys.stdout.write(re.sub(r"[ ]+$", "", capture.get(), flags=re.M))


def text(value: object, style: str = "") -> Text:
    """One harmless line of text."""
    return Text(label_text(str(value)), style=style)


def spaced(*parts: Text | None) -> Text:
    """Texts of several styles in one line."""
    return Text(" ").join(part for part in parts if part)


@contextmanager
def progress(total: int | None, doing: str = "Reading briefings") -> Iterator[Callable[..., None]]:
    """A bar on standard error, gone when done; yields what sets the number done, and of how many (total).

    Nothing shows where stderr is no terminal.
    """
    bar = Progress(
        TextColumn(doing),
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
        yield lambda done, of=total: bar.update(task, completed=done, total=of)


class _Rate(ProgressColumn):
    """Briefings a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


def ingested(report: Mapping[str, Any]) -> Drawing:
    """The closing table of an ingest, from its report by field."""
    read = [f"{report['added']:,} new"]
    read += [f"{report[key]:,} {key}" for key in ("replaced", "unchanged") if report[key]]
    read += [f"{len(report['unreadable']):,} not read"] if report["unreadable"] else []
    grid = _grid()
    grid.add_row("Briefings", text(", ".join(read)))
    grid.add_row("Entities", text(_counts(report["entities"])))
    grid.add_row("Statements", text(_counts(report["statements"])))
    parts: list[Drawing] = [grid]
    if report["unreadable"]:
        parts += [Text(), Text("Not read", style="bold")]
        parts += [_indented(text(line), 2) for line in report["unreadable"]]
    if report["questions"]:
        more = len(report["questions"]) - _QUESTIONS_SHOWN
        parts += [Text(), Text("Not sure who is meant", style="bold")]
        parts += [_indented(_question(q), 2) for q in report["questions"][:_QUESTIONS_SHOWN]]
        parts.append(text(f"{f'and {more:,} more; ' if more > 0 else ''}see them all with: nhsgraph review", "dim"))
    return Group(*parts)


def extracted(found: Mapping[str, Any]) -> Drawing:
    """Entities and statements of one briefing, from the form that `extract --json` prints."""
    names = {e["id"]: e["name"] for e in found["entities"]}
    rows = [{**e, "entity": e["name"], "named": len(e["mentions"])} for e in found["entities"]]
    parts: list[Drawing] = [text(found["id"], "bold"), table(("entity", "kind", "id", "named"), rows)]
    for s in found["statements"]:
        attributes = {key: s[key] for key in ("status", "form", "amount", "role", "rating")}
        edge = Edge(s["subject"], s["object"] or s["subject"], s["predicate"], **attributes)
        said = " · ".join([caption(s["predicate"]), *_attributes(edge), f"confidence {s['confidence']:.0%}"])
        ends = text(f"{names[s['subject']]} → {names[s['object']]}" if s["object"] else names[s["subject"]])
        parts += [ends, _indented(text(said, "cyan"), 2), _indented(_quote(s["quote"]), 2)]
    return Group(*parts)


def coloured() -> bool:
    """Whether what `show` prints will have colours."""
    console = Console()
    return console.is_terminal and console.color_system is not None and not console.no_color


def rows(found: Iterable[tuple[int, tuple[str, str] | None, Sequence[tuple[str, str]]]]) -> Drawing:
    """Lines, each with its indent, a label if it has one, and its stretches of text.

    Labels and stretches come with their role: "a", "b", "trigger", "head", "label" or "".
    """
    return Group(*(_indented(_row(label, stretches), by) for by, label, stretches in found))


def _row(label: tuple[str, str] | None, stretches: Sequence[tuple[str, str]]) -> Drawing:
    # The bars keep the blanks at a stretch's ends, which cleaning would take.
    parts = [Text(label_text(f"|{words}|")[1:-1], _ROLES[role]) for words, role in stretches]
    line = Text().join(parts)
    if label is None:
        return line
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_LABEL)
    grid.add_column(overflow="fold")
    grid.add_row(text(label[0], _ROLES[label[1]]), line)
    return grid


def organisation(found: Profile, briefings: int) -> Drawing:
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
    grid.add_row("Links", text(_counts(counts)))
    return Group(text(entity.name, "bold"), text(" · ".join(x for x in said if x), "dim"), grid)


def links(found: Profile, *, shown_quotes: int = 1, ids: bool = False) -> Drawing:
    """All links of a body, grouped by kind of link, then its lineage.

    Of each link the newest `shown_quotes` quotes are shown, with `ids` each with its statement's id.
    """
    parts: list[Drawing] = [_name_line(found.entity)]
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


def path(start: Entity, steps: Sequence[Step], *, shown_quotes: int = 1) -> Drawing:
    """A chain of bodies, each joined to the next by the links between them."""
    parts: list[Drawing] = [_name_line(start)]
    for step in steps:
        for edge in step.edges:
            symmetric = edge.predicate in PREDICATES and PREDICATES[edge.predicate].symmetric
            direction = "both" if symmetric else "out" if edge.source == step.start.id else "in"
            parts.append(_indented(text(f"{_ARROWS[direction]} {_says(edge, caption(edge.predicate))}", "cyan"), 2))
            parts += [_indented(part, 4) for part in _evidence(edge, shown_quotes, ids=False)]
        parts.append(_name_line(step.end))
    return Group(*parts)


def timeline(entity: Entity, events: Sequence[Event]) -> Drawing:
    """A body's history, oldest first."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column()
    for event in events:
        grid.add_row("no date" if event.date is None else day(event.date), Group(*_event(event)))
    return Group(_name_line(entity), grid if events else text("Nothing is known of it by date."))


def table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], *, units: Mapping[str, str] | None = None
) -> Drawing:
    """Rows under headings; where the columns don't fit the terminal, one record after the other.

    Columns without any value are left out; `units` tells which columns are pounds.
    """
    if not rows:
        return text("Nothing found.")
    shown = [name for name in columns if any(row[name] not in (None, "") for row in rows)]
    cells = [[_cell(name, row[name], (units or {}).get(name, "")) for name in shown] for row in rows]
    heads = [label_text(words(name)).removesuffix(" name") for name in shown]
    longest = [max(len(head), *(len(row[i]) for row in cells)) for i, head in enumerate(heads)]
    if sum(min(width, _NARROWEST) + 3 for width in longest) <= Console().width and max(longest) <= _LONGEST_CELL:
        made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for head, name in zip(heads, shown, strict=True):
            numeric = all(isinstance(row[name], int | float) for row in rows)
            made.add_column(head, justify="right" if numeric else "left", overflow="fold")
        for row in cells:
            made.add_row(*row)
        return made
    parts: list[Drawing] = []
    for row in cells:
        record = _grid()
        for head, value in zip(heads, row, strict=True):
            if value.plain:
                record.add_row(head, value)
        parts += [record, Text()]
    return Group(*parts[:-1])


def lines(pairs: Iterable[tuple[str, str]]) -> Drawing:
    """Labels and what they say; nothing is wrapped, so that a line can be copied whole."""
    found = list(pairs)
    wide = max((len(label) for label, _ in found), default=0)
    return Group(
        *(Text.assemble((label.ljust(wide + 2), "bold"), label_text(said), no_wrap=True) for label, said in found)
    )


def excerpt(query: str, place: Place) -> str:
    """The line of a query that a store stumbled over, with a mark under the place."""
    written = (query.splitlines() or [""])[min(place.line, max(len(query.splitlines()), 1)) - 1]
    # A long line is cut, so that the mark stays under its place.
    start = max(place.column - 60, 0)
    shown = "".join(c if c.isprintable() else " " for c in written[start : start + 76])
    return f"  {shown}\n  {' ' * (place.column - 1 - start)}^ line {place.line}, column {place.column}\n"


def titled(title: str, body: Drawing) -> Drawing:
    """A body under a heading."""
    return Group(text(title, "bold"), body)


def stats(found: Mapping[str, Any]) -> Drawing:
    """How much a store holds."""
    days = [date.fromisoformat(found[key]) for key in ("first", "last") if found[key]]
    grid = _grid()
    grid.add_row("Briefings", text(f"{found['briefings']:,}" + (f", {' to '.join(map(day, days))}" if days else "")))
    grid.add_row("Entities", text(f"{found['entities']:,}: {_counts(found['kinds'])}"))
    grid.add_row("Statements", text(f"{found['statements']:,}: {_counts(found['predicates'])}"))
    grid.add_row("Links", text(f"{sum(found['edges'].values()):,}: {_counts(found['edges'])}"))
    grid.add_row("In review", text(f"{found['questions']:,} questions, {found['decisions']:,} decisions"))
    return grid


def checks(found: Sequence[Check]) -> Drawing:
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


def templates(found: Sequence[Mapping[str, Any]]) -> Drawing:
    """The query templates by group, each with what it needs."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    group = None
    for template in found:
        if template["group"] != group:
            if group is not None:
                grid.add_row()
            group = template["group"]
            grid.add_row(text(group.capitalize(), "bold"))
        needs = ", ".join(p.name for p in template["parameters"] if p.required)
        title = spaced(text(template["title"]), text(f"({needs})", "dim") if needs else None)
        grid.add_row(text(f"  {template['name']}"), title)
    return grid


def questions(found: Sequence[Question]) -> Drawing:
    """The names that ingestion would not guess at."""
    return Group(*map(_question, found)) if found else text("No open questions.")


def _question(question: Question) -> Text:
    who = f"; {' or '.join(question.candidates)}?" if question.candidates else ""
    return spaced(text(f"“{question.text}”"), text(f"in {question.briefing}: {question.reason}{who}", "dim"))


def _link(link: Link, shown_quotes: int, ids: bool) -> Drawing:
    parts: list[Drawing] = []
    if link.other:
        parts.append(text(f"{_ARROWS[link.direction]} {link.other.name}"))
        parts.append(_indented(text(_says(link.edge), "dim"), 2))
    else:
        parts.append(text(_says(link.edge)))
    if link.said_of:
        parts.append(_indented(text(f"said of {link.said_of.name}, which it succeeded", "italic"), 2))
    parts += [_indented(part, 2) for part in _evidence(link.edge, shown_quotes, ids=ids)]
    return Group(*parts)


def _event(event: Event) -> list[Drawing]:
    if event.evidence is None:
        if event.other is None:
            return [text(event.predicate.capitalize())]
        return [text(f"{'Succeeded' if event.direction == 'in' else 'Became'} {event.other.name}")]
    found = event.evidence
    said = [*_attributes(found), *([f"said of {event.said_of.name}"] if event.said_of else [])]
    head = spaced(
        text(caption(event.predicate), "bold"),
        text(f"{_ARROWS[event.direction]} {event.other.name}") if event.other else None,
        text(f"· {' · '.join(said)}", "dim") if said else None,
    )
    return [head, _quote(found.quote), text(f"— {found.title}", "dim")]


def _evidence(edge: Edge, shown: int, *, ids: bool) -> list[Drawing]:
    parts: list[Drawing] = []
    for found in weighed(edge)[:shown]:
        place = [found.title, day(found.published), *([found.statement] if ids else [])]
        parts += [_quote(found.quote), text(f"— {', '.join(place)}", "dim")]
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


def _cell(name: str, value: object, unit: str) -> Text:
    if value is None:
        return Text()
    if isinstance(value, bool):
        return text("yes" if value else "no")
    if isinstance(value, float):
        return text(money(value) if unit == "pounds" else f"{value:.4g}")
    if isinstance(value, list | tuple):
        return text("; ".join(map(str, value)))
    if isinstance(value, dict):
        said = (value.get(key) for key in ("name", "caption", "title", "type", "label"))
        return text(next((str(x) for x in said if x), ""))
    if name == "predicate" and (value in PREDICATES or value == SUCCEEDED_BY):
        return text(caption(str(value)))
    if name == "kind" and value in KINDS:
        return text(KINDS[str(value)].caption)
    return text(words(str(value)) if name in ("status", "form") else value)


def _name_line(entity: Entity) -> Text:
    said = ", ".join(x for x in (KINDS[entity.kind].caption, entity.ods_code) if x)
    return spaced(text(entity.name, "bold"), text(f"({said})", "dim"))


def _relative(relative: Relative) -> str:
    return f"{relative.entity.name}, {day(relative.date)}"


def _counts(found: Mapping[str, int]) -> str:
    """Kinds or predicates with their numbers, most first."""
    most = sorted(found.items(), key=lambda item: -item[1])
    names = [KINDS[key].caption if key in KINDS else caption(key) for key, _ in most]
    return ", ".join(f"{count:,} {name}" for name, (_, count) in zip(names, most, strict=True)) or "none"


def _number(count: int, one: str) -> str:
    return f"{count:,} {one}{'s' * (count != 1)}"


def _quote(quote: str) -> Text:
    """A quote in marks that tell it from those within, cut where it is very long."""
    shown = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1].rstrip() + "…"
    return text(f"‘{shown}’" if "“" in shown else f"“{shown}”")


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    return grid


def _indented(part: Drawing, by: int) -> Padding:
    return Padding(part, (0, 0, 0, by))
