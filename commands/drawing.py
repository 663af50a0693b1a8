"""How a command draws: the options for it, the months as typed, the file by its ending, the line to embed it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from commands.common import answer, complain
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.model import Subgraph

_ENDINGS = (".html", ".svg", ".png")
_SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What an embedded page may do: run, save a picture, print, open another page. It has no origin of its own."""


class Grouping(StrEnum):
    """What the bodies of a map may stand together by."""

    system = "system"
    region = "region"
    community = "community"
    kind = "kind"


class Measure(StrEnum):
    """What the size of a disc may tell."""

    links = "links"
    statements = "statements"
    between = "between"


OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="FILE", help="What to write: ends in .html, .svg or .png.")
]
GroupOption = Annotated[Grouping | None, typer.Option("--group", help="Let those stand together that share this.")]
MeasureOption = Annotated[
    Measure,
    typer.Option("--size", help="What sizes tell: links, statements, or how many ways lead through (between)."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="MONTH",
        help="Only links told of since then (2019-06, or a day, 2019-06-30), and those without a date.",
    ),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="MONTH", help="The graph as it stood at the end of that month or day.")
]
CompareOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--compare", metavar="MONTH MONTH", help="What changed between the ends of two months or days."),
]
EmbedOption = Annotated[bool, typer.Option("--embed", help="Print the line that puts the page into an article.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open what was written.")]


def check_ending(out: Path) -> None:
    """Refuse a file that is no picture.

    Raises:
        InputError: another ending than those that can be drawn.
    """
    if out.suffix.lower() not in _ENDINGS:
        raise InputError(
            f"can't draw {out.name!r}: end it in .html, .svg or .png (`export` writes gexf, graphml, csv and json)"
        )


def days(since: str | None, as_of: str | None, compare: tuple[str, str] | None) -> tuple[date | None, date | None]:
    """From and until when, as typed: a month begins on its first day for --since and ends on its last for the others.

    Raises:
        InputError: no month or day, the later one first, or --compare beside another.
    """
    if compare is not None:
        other = "--since" if since is not None else "--as-of" if as_of is not None else None
        if other:
            raise InputError(f"--compare and {other} exclude each other; leave one of them out")
        before, after = (_day(typed, end=True) for typed in compare)
        if before >= after:
            raise InputError(f"--compare needs the earlier month first; {compare[0]} is not before {compare[1]}")
        return before, after
    first = None if since is None else _day(since, end=False)
    last = None if as_of is None else _day(as_of, end=True)
    if first and last and first > last:
        raise InputError(f"--since {since} is later than --as-of {as_of}; nothing lies between")
    return first, last


def _day(typed: str, *, end: bool) -> date:
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", typed.strip(), re.ASCII):
        year, month, *day = map(int, typed.strip().split("-"))
        try:
            return date(year, month, day[0] if day else monthrange(year, month)[1] if end else 1)
        except ValueError:
            pass
    raise InputError(f"can't read {typed!r} as a month; write it as 2019-06, or a day as 2019-06-30")


def draw(
    found: Subgraph,
    out: Path,
    *,
    measure: Measure = Measure.links,
    group: Grouping | None = None,
    between: tuple[date | None, date | None] = (None, None),
    compare: bool = False,
    sure: float = 0.0,
    systems: Mapping[str, str] | None = None,
) -> None:
    """Write the map of a subgraph, as a page or a picture by the ending of `out`."""
    from graph.maps import Look, write_map

    since, until = between
    look = Look(
        measure=measure.value,
        group=group.value if group else None,
        since=since,
        until=until,
        compare=compare,
        sure=sure,
        systems=systems or {},
    )
    write_map(found, out, look=look)


def standing(
    found: Subgraph, between: tuple[date | None, date | None], *, compare: bool = False, sure: float = 0.0
) -> Subgraph:
    """What of it the map shows at first: as of the end of the time asked for, and told of in it.

    A time that no link stood in, or that ends in a month outside that of the briefings, is remarked on.
    """
    from graph.history import as_of

    since, until = between
    shown = as_of(found, until, since=None if compare else since, least=sure)
    remark = _outside(found, shown, between, compare=compare)
    if remark is None and found.edges and not shown.edges:
        remark = "no link stood in that time, or was told of in it; choose another"
    if remark is not None:
        complain(remark)
    return shown


def _outside(
    found: Subgraph, shown: Subgraph, between: tuple[date | None, date | None], *, compare: bool
) -> str | None:
    """What to say of an end before the first briefing of these links, or in a later month than the newest."""
    from graph.facts import day
    from graph.history import as_of

    since, until = between
    told = {said.published for edge in found.edges for said in edge.evidence}
    dated = sorted(published for published in told if published)
    if not dated:
        return None
    first, newest = dated[0], dated[-1]
    if since is not None and since > newest:
        return f"the newest briefing on these links is of {day(newest)}: nothing was told since {day(since)}"
    if until is None:
        return None
    if until < first:
        if None in told:
            return f"the first dated briefing on these links is of {day(first)}: only what has no date was told by then"
        return f"the first briefing on these links is of {day(first)}: nothing was told by then"
    if not shown.edges or (until.year, until.month) <= (newest.year, newest.month):
        return None
    if compare:
        return None
    # The register's dates, of successions and closures, may lie after the newest briefing.
    same = as_of(found, newest, since=since).edges == shown.edges
    then = "show the same" if same else "differ by the register alone"
    return f"the newest briefing on these links is of {day(newest)}; later months {then}"


def iframe(out: Path, title: str) -> str:
    """The line that puts a map's page into another page; the file is looked for beside that page.

    What a reader opens from it (the whole map, a briefing's source) is a page like any other, outside the sandbox.
    """
    from graph.style import label_text

    source = quote(out.name)
    return (
        f'<iframe src="{source}#embed" title="{escape(label_text(title))}" width="100%" height="600" '
        f'sandbox="{_SANDBOX}" loading="lazy"></iframe>'
    )


def written(as_json: bool | None, out: Path, found: Subgraph, embed: str | None = None) -> None:
    """Say what was written, and how much is in it."""
    entities, links = len(found.nodes), len(found.edges)
    value = {"path": str(out), "entities": entities, "links": links} | ({"embed": embed} if embed else {})
    who = "1 body or person" if entities == 1 else f"{entities:,} bodies and people"
    line = f"{out}: {who}, {links:,} link{'' if links == 1 else 's'}"
    answer(as_json, value, lambda: f"{line}\n{embed}" if embed else line)
