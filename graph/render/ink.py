"""What every answer is made of: clean text, quotes, counts, grids, a progress bar, and the printing itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from graph.errors import Place
from graph.facts import words
from graph.model import Edge, Entity, Evidence
from graph.schema import KINDS
from graph.style import caption, label_text, money

Drawing: TypeAlias = RenderableType
"""What `show` prints."""

_QUOTE_LENGTH = 320


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


def coloured() -> bool:
    """Whether what `show` prints will have colours."""
    console = Console()
    return console.is_terminal and console.color_system is not None and not console.no_color


def titled(title: str, body: Drawing) -> Drawing:
    """A body under a heading."""
    return Group(text(title, "bold"), body)


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


def name_line(entity: Entity) -> Text:
    """A name, with its kind and code."""
    said = ", ".join(x for x in (KINDS[entity.kind].caption, entity.ods_code) if x)
    return spaced(text(entity.name, "bold"), text(f"({said})", "dim"))


def tally(found: Mapping[str, int]) -> str:
    """Kinds or predicates with their numbers, most first."""
    most = sorted(found.items(), key=lambda item: -item[1])
    names = [KINDS[key].caption if key in KINDS else caption(key) for key, _ in most]
    return ", ".join(f"{count:,} {name}" for name, (_, count) in zip(names, most, strict=True)) or "none"


def how_many(count: int, one: str) -> str:
    """A number with its noun."""
    return f"{count:,} {one}{'s' * (count != 1)}"


def quoted(quote: str) -> Text:
    """A quote in marks that tell it from those within, cut where it is very long."""
    shown = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1].rstrip() + "…"
    return text(f"‘{shown}’" if "“" in shown else f"“{shown}”")


def pair_grid() -> Table:
    """Two columns without lines: labels and what they say."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    return grid


def indented(part: Drawing, by: int) -> Padding:
    """A part, so many characters to the right."""
    return Padding(part, (0, 0, 0, by))


def attributes(said: Edge | Evidence) -> list[str]:
    """Form, status, sum, post and rating, as far as they are told."""
    values = [said.role, said.status and words(said.status), said.form and words(said.form), said.rating]
    return [x for x in values if x] + ([money(said.amount)] if said.amount is not None else [])
