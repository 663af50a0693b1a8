"""What several commands take: each option or argument once, with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from graph.model import SURE

PLAIN: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
"""How every group of commands is made: plain help, our own errors."""
DEFAULT_STORE = "nhsgraph.lbdb"
StoreOption = Annotated[
    str,
    typer.Option("--store", envvar="NHSGRAPH_STORE", metavar="PLACE", help="A file, or a Neo4j address (bolt://…)."),
]
JsonOption = Annotated[
    bool | None, typer.Option("--json/--table", help="JSON, or a table [default: table; JSON if piped].")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name, acronym, ODS code or id of a body or person.")]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, metavar="SHARE", help="Leave out facts less sure than this; 0 takes all."
    ),
]
MaybeConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        metavar="SHARE",
        help=f"Leave out facts less sure than this; 0 takes all [default: {SURE}, of a template where it asks].",
    ),
]
LineageOption = Annotated[bool, typer.Option("--lineage/--no-lineage", help="Include what was said of predecessors.")]
QuotesOption = Annotated[
    int, typer.Option("--quotes", min=0, metavar="N", help="Quotes to show for each link, newest first.")
]
PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders, globs, or - for standard input.")
]
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Your own bodies and aliases (CSV); may be repeated.",
    ),
]
ModelOption = Annotated[str, typer.Option("--model", metavar="NAME", help="Installed spaCy model.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes to share the work [default: one a core]."),
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, for those who come later.")]
StatementArgument = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="Id of a statement, as `links --ids` shows it.")
]
TemplatesOption = Annotated[
    list[Path] | None,
    typer.Option("--templates", metavar="FOLDER", help="Folder with templates of your own; may be repeated."),
]
