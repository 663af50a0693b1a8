"""What several commands do: open the store, find who is meant, print an answer, complain.

Answers go to standard output, as tables for people and as JSON for programs; what goes wrong is one line on
standard error. Everything heavy is imported where it is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from graph.errors import InputError

if TYPE_CHECKING:
    from graph.model import Entity
    from graph.render import Drawing
    from graph.store.base import Store, View

_remark: Callable[[str], None] | None = None


def open_store(address: str, *, change: bool = False, create: bool = False) -> Store:
    """Open a store to look things up, to `change` it, or to `create` it where it is missing."""
    from graph.store import open_store as open_at

    return open_at(address, create=create, read_only=not (change or create), remark=_remark)


def show_remarks(wanted: bool) -> None:
    """Whether what a Neo4j server notes about our queries is shown, for the rest of the run."""
    global _remark
    _remark = complain if wanted else None


def find(view: View, name: str) -> Entity:
    """Who goes by a name as typed."""
    from queries.lookup import find

    return find(view, name)


def answer(as_json: bool | None, value: object, table: Callable[[], Drawing], *, indent: int | None = 2) -> None:
    """Print the value as JSON, or its table: whichever was asked for, else JSON where output is piped."""
    if wants_json(as_json):
        from graph.plain import dumps

        typer.echo(dumps(value, indent=indent))
    else:
        from graph.render import show

        show(table())


def wants_json(as_json: bool | None) -> bool:
    """Whether an answer is for a program: as asked, else where output is piped."""
    return not sys.stdout.isatty() if as_json is None else as_json


def folder(path: Path) -> None:
    """Make a folder that is to be written into."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"can't make the folder {path}: {error.strerror}; name another with --out") from error


def complain(message: object) -> None:
    """Say one line on standard error."""
    from graph.style import label_text

    # Not typer.echo: while a progress bar is up, sys.stderr is what prints above it.
    sys.stderr.write(f"nhsgraph: {label_text(str(message))}\n")


def fail(message: object, code: int) -> NoReturn:
    """Say what went wrong, and leave with this exit code."""
    complain(message)
    raise typer.Exit(code)
