"""Commands that show what is doubtful, and record what people decide."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import answer, fail, find, open_store
from commands.options import (
    DEFAULT_STORE,
    PLAIN,
    JsonOption,
    NameArgument,
    NoteOption,
    StatementArgument,
    StoreOption,
)
from graph.errors import AmbiguousName, InputError, UnknownName

if TYPE_CHECKING:
    from graph.model import Judgement
    from graph.store.base import View

review_app = typer.Typer(**PLAIN)


@review_app.callback(invoke_without_command=True)
def review(context: typer.Context, store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """List doubtful names, and record what people decide.

    Persons of one name whose bodies have nothing in common are kept apart and listed: merge or split them.
    A decision outlives re-reading the briefings, and a later one undoes an earlier one.

    \b
    Example:
      nhsgraph review
      nhsgraph review merge "Dr Ann Webb" "Anne Webb"
      nhsgraph review reject 0f3a9c1b2d4e5f60
    """
    if context.invoked_subcommand is not None:
        return
    from graph import render

    with open_store(store) as opened:
        found = opened.view().questions()
    answer(as_json, found, lambda: render.questions(found))


@review_app.command()
def merge(a: NameArgument, b: NameArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """Two names are one body or person.

    \b
    Example:
      nhsgraph review merge "Dr Ann Webb" "Anne Webb"
    """
    _decide(store, "same", a, b, note)


@review_app.command()
def split(a: NameArgument, b: NameArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """Two names are not one body or person; give the ids if they were merged.

    \b
    Example:
      nhsgraph review split person-ann-webb person-anne-webb
      nhsgraph review split person-ann-webb--rmc person-ann-webb--rbl
    """
    _decide(store, "different", a, b, note)


@review_app.command()
def confirm(statement: StatementArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """A statement is right.

    \b
    Example:
      nhsgraph review confirm 0f3a9c1b2d4e5f60
    """
    _decide(store, "confirm", statement, None, note)


@review_app.command()
def reject(statement: StatementArgument, store: StoreOption = DEFAULT_STORE, note: NoteOption = "") -> None:
    """A statement is wrong: it no longer counts.

    \b
    Example:
      nhsgraph review reject 0f3a9c1b2d4e5f60
    """
    _decide(store, "reject", statement, None, note)


@review_app.command()
def decisions(store: StoreOption = DEFAULT_STORE) -> None:
    """Write all decisions, one line of JSON each: keep them, they can't be made again from the briefings.

    \b
    Example:
      nhsgraph review decisions > decisions.jsonl
    """
    from graph.decisions import dump
    from graph.plain import safe

    with open_store(store) as opened:
        for line in dump(opened.view().decisions()):
            typer.echo(safe(line))


@review_app.command()
def apply(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What `review decisions` wrote.")
    ],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Record decisions that were written to a file.

    \b
    Example:
      nhsgraph review apply decisions.jsonl --store new.lbdb
    """
    from graph.decisions import load

    try:
        found = load(file.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text: give a file that `review decisions` wrote", 2)
    with open_store(store, change=True) as opened:
        writer = opened.writer()
        for decision in found:
            writer.decide(decision)
    typer.echo(f"{len(found)} decisions recorded")


def _decide(address: str, judgement: Judgement, left: str, right: str | None, note: str) -> None:
    from getpass import getuser

    from graph.model import Decision
    from graph.people import bare
    from graph.style import label_text

    with open_store(address, change=True) as opened:
        view = opened.view()
        said = ""
        if right is None:
            left, quote = _statement(view, left)
            said = f": {quote}"
        else:
            known = {id for decision in view.decisions() for id in (decision.left, decision.right)}
            left, right = (x if x in known else _id(view, x) for x in (left, right))
            if left == right and left.startswith("person-"):
                read = ", ".join(str(r["id"]) for r in view.rows(_NAMESAKES, {"person": bare(left)}))
                raise InputError(f"both are {left} already; give two of the ids under which it was read: {read}")
        made = datetime.now(UTC).isoformat(timespec="microseconds")
        opened.writer().decide(Decision(judgement, left, right, user=getuser(), made=made, note=note))
    typer.echo(label_text(f"recorded: {judgement} {left} {right or ''}".rstrip() + said))


_NAMESAKES = "MATCH (n:Namesake) WHERE n.person = $person RETURN n.id AS id ORDER BY id"


def _id(view: View, typed: str) -> str:
    """The id of a name as typed; an id under which a person was read is one though it may have been merged."""
    from graph.people import told_apart

    return typed if told_apart(typed) and view.entity(typed) is not None else find(view, typed).id


def _statement(view: View, typed: str) -> tuple[str, str]:
    """Id and quote of the statement that an id or its beginning (six characters or more) means."""
    if len(typed.strip()) < 6:
        raise UnknownName(f"{typed!r} is too short for a statement's id: give at least six characters of it")
    query = "MATCH (s:Statement) WHERE s.id STARTS WITH $typed RETURN s.id AS id, s.quote AS quote ORDER BY id LIMIT 2"
    found = [(str(row["id"]), str(row["quote"])) for row in view.rows(query, {"typed": typed.strip().lower()})]
    if not found:
        raise UnknownName(f"no statement has the id {typed!r}: see the ids with nhsgraph links NAME --ids")
    if len(found) > 1:
        raise AmbiguousName(f"several statements have ids that begin with {typed!r}: give the whole id")
    return found[0]
