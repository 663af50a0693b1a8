"""Answers as text for people at a terminal: the one room that touches rich.

Each function makes something to print from plain records; nothing is markup, and what would steer
the terminal (control and bidirectional characters in names and quotes) is taken out. Everything
reads on 80 columns.
"""

from graph.render.ink import Drawing, coloured, excerpt, lines, progress, show, titled
from graph.render.profiles import links, organisation, path, timeline
from graph.render.reports import extracted, ingested, questions, rows
from graph.render.tables import checks, stats, table, templates

__all__ = [
    "Drawing",
    "checks",
    "coloured",
    "excerpt",
    "extracted",
    "ingested",
    "lines",
    "links",
    "organisation",
    "path",
    "progress",
    "questions",
    "rows",
    "show",
    "stats",
    "table",
    "templates",
    "timeline",
    "titled",
]
