"""What reading briefings gave: the report of a run, one briefing's extraction, explanations, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from graph.model import Edge, Question
from graph.render.ink import Drawing, attributes, indented, pair_grid, quoted, spaced, tally, text
from graph.render.tables import table
from graph.style import caption, label_text

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


def ingested(report: Mapping[str, Any]) -> Drawing:
    """The closing table of an ingest, from its report by field."""
    read = [f"{report['added']:,} new"]
    read += [f"{report[key]:,} {key}" for key in ("replaced", "unchanged") if report[key]]
    read += [f"{len(report['unreadable']):,} not read"] if report["unreadable"] else []
    grid = pair_grid()
    grid.add_row("Briefings", text(", ".join(read)))
    grid.add_row("Entities", text(tally(report["entities"])))
    grid.add_row("Statements", text(tally(report["statements"])))
    parts: list[Drawing] = [grid]
    if report["unreadable"]:
        parts += [Text(), Text("Not read", style="bold")]
        parts += [indented(text(line), 2) for line in report["unreadable"]]
    if report["questions"]:
        more = len(report["questions"]) - _QUESTIONS_SHOWN
        parts += [Text(), Text("Not sure who is meant", style="bold")]
        parts += [indented(_question(q), 2) for q in report["questions"][:_QUESTIONS_SHOWN]]
        parts.append(text(f"{f'and {more:,} more; ' if more > 0 else ''}see them all with: nhsgraph review", "dim"))
    return Group(*parts)


def extracted(found: Mapping[str, Any]) -> Drawing:
    """Entities and statements of one briefing, from the form that `extract --json` prints."""
    names = {e["id"]: e["name"] for e in found["entities"]}
    rows = [{**e, "entity": e["name"], "named": len(e["mentions"])} for e in found["entities"]]
    parts: list[Drawing] = [text(found["id"], "bold"), table(("entity", "kind", "id", "named"), rows)]
    for s in found["statements"]:
        told = {key: s[key] for key in ("status", "form", "amount", "role", "rating")}
        edge = Edge(s["subject"], s["object"] or s["subject"], s["predicate"], **told)
        said = " · ".join([caption(s["predicate"]), *attributes(edge), f"confidence {s['confidence']:.0%}"])
        ends = text(f"{names[s['subject']]} → {names[s['object']]}" if s["object"] else names[s["subject"]])
        parts += [ends, indented(text(said, "cyan"), 2), indented(quoted(s["quote"]), 2)]
    return Group(*parts)


def rows(found: Iterable[tuple[int, tuple[str, str] | None, Sequence[tuple[str, str]]]]) -> Drawing:
    """Lines, each with its indent, a label if it has one, and its stretches of text.

    Labels and stretches come with their role: "a", "b", "trigger", "head", "label" or "".
    """
    return Group(*(indented(_row(label, stretches), by) for by, label, stretches in found))


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


def questions(found: Sequence[Question]) -> Drawing:
    """The names that ingestion would not guess at."""
    return Group(*map(_question, found)) if found else text("No open questions.")


def _question(question: Question) -> Text:
    who = f"; {' or '.join(question.candidates)}?" if question.candidates else ""
    return spaced(text(f"“{question.text}”"), text(f"in {question.briefing}: {question.reason}{who}", "dim"))
