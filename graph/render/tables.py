"""Rows under headings, and the lists that a store or the catalogue gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from graph.facts import day, words
from graph.render.ink import Drawing, pair_grid, spaced, tally, text
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY
from graph.style import caption, label_text, money

if TYPE_CHECKING:
    from graph.doctor import Check

_NARROWEST = 11
"""Characters that a long cell needs at least; a table whose columns can't have them becomes a list of records."""
_LONGEST_CELL = 160


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
        record = pair_grid()
        for head, value in zip(heads, row, strict=True):
            if value.plain:
                record.add_row(head, value)
        parts += [record, Text()]
    return Group(*parts[:-1])


def stats(found: Mapping[str, Any]) -> Drawing:
    """How much a store holds."""
    days = [date.fromisoformat(found[key]) for key in ("first", "last") if found[key]]
    grid = pair_grid()
    grid.add_row("Briefings", text(f"{found['briefings']:,}" + (f", {' to '.join(map(day, days))}" if days else "")))
    grid.add_row("Entities", text(f"{found['entities']:,}: {tally(found['kinds'])}"))
    grid.add_row("Statements", text(f"{found['statements']:,}: {tally(found['predicates'])}"))
    grid.add_row("Links", text(f"{sum(found['edges'].values()):,}: {tally(found['edges'])}"))
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


def _cell(name: str, value: object, unit: str) -> Text:
    if value is None:
        return Text()
    if isinstance(value, bool):
        return text("yes" if value else "no")
    if isinstance(value, float):
        return text(money(value) if unit == "pounds" else f"{value:.4g}")
    if isinstance(value, list | tuple):
        return text("; ".join(_item(name, item) for item in value))
    if isinstance(value, dict):
        said = (value.get(key) for key in ("name", "caption", "title", "type", "label"))
        return text(next((str(x) for x in said if x), ""))
    if name == "predicate" and (value in PREDICATES or value == SUCCEEDED_BY):
        return text(caption(str(value)))
    if name == "kind" and value in KINDS:
        return text(KINDS[str(value)].caption)
    return text(words(str(value)) if name in ("status", "form") else value)


def _item(name: str, item: object) -> str:
    if item in PREDICATES or item == SUCCEEDED_BY:
        return caption(str(item))
    return words(str(item)) if name == "statuses" else str(item)
