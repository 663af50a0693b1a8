"""Which part of the graph a command draws or writes: the options for it, checked and turned into a Subgraph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

import typer

from commands.common import complain, find
from commands.options import MaybeConfidenceOption, TemplatesOption
from graph.errors import InputError
from graph.model import SURE

if TYPE_CHECKING:
    from graph.model import Subgraph
    from graph.store.base import View

_EMPTY = "There is nothing to show: no briefing tells of it, or not surely enough."

NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="NAME", help="Bodies or people to start from; none: the whole graph.")
]
DepthOption = Annotated[
    int | None,
    typer.Option("--depth", min=0, max=6, metavar="N", help="Links to go from the named bodies [default: 1]."),
]
JoinOption = Annotated[bool, typer.Option("--join", help="Show what joins the named bodies.")]
PathOption = Annotated[bool, typer.Option("--path", help="Show the shortest connection of two names.")]
SystemOption = Annotated[
    bool, typer.Option("--system", help="Show the system that is named, or that the named body belongs to.")
]
PredicateOption = Annotated[
    list[str] | None,
    typer.Option("--predicate", metavar="KIND", help='Only links such as "merger talks"; may be repeated.'),
]
QueryOption = Annotated[str | None, typer.Option("--query", metavar="TEMPLATE", help="Show a query template's answer.")]
ParamOption = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for the template; may be repeated."),
]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What to write above it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line, each field an option; nothing: the whole graph."""

    names: NamesArgument = None
    depth: DepthOption = None
    join: JoinOption = False
    path: PathOption = False
    system: SystemOption = False
    predicate: PredicateOption = None
    query: QueryOption = None
    param: ParamOption = None
    title: TitleOption = None
    min_confidence: MaybeConfidenceOption = None
    templates: TemplatesOption = None

    @property
    def sure(self) -> float:
        """How sure a link must be; a template has a bound of its own."""
        if self.min_confidence is not None:
            return self.min_confidence
        return SURE if self.query is None else 0.0


def selecting(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of `Wanted` in the place of its first parameter: typer reads signatures."""
    hints = get_type_hints(Wanted, include_extras=True)
    options = [
        Parameter(f.name, Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name]) for f in fields(Wanted)
    ]
    own = list(signature(command, eval_str=True).parameters.values())[1:]

    @wraps(command)
    def run(**given: Any) -> None:
        wanted = Wanted(**{option.name: given.pop(option.name) for option in options})
        check(wanted)
        command(wanted, **given)

    taken = [*options, *(p.replace(kind=Parameter.KEYWORD_ONLY) for p in own)]
    cast("Any", run).__signature__ = Signature(taken)
    run.__annotations__ = {p.name: p.annotation for p in taken}
    return run


def check(wanted: Wanted) -> None:
    """Refuse options that exclude each other, or that lack their names.

    Raises:
        InputError: what to leave out, or to add.
    """
    views = {"--join": wanted.join, "--path": wanted.path, "--system": wanted.system, "--query": wanted.query}
    given = [option for option, asked in views.items() if asked is not None and asked is not False]
    given += ["--predicate"] if wanted.predicate and given else []
    given += ["--depth"] if wanted.depth is not None and given else []
    if len(given) > 1:
        raise InputError(f"{given[0]} and {given[1]} exclude each other; leave one of them out")
    if wanted.param and wanted.query is None:
        raise InputError("--param gives values to a template; name the template with --query")
    if wanted.query is not None and wanted.names:
        raise InputError("--query takes no names; give them to the template, as in -p organisation=NAME")
    if wanted.depth is not None and not wanted.names:
        raise InputError("--depth goes from a named body; name one")
    count = len(wanted.names or ())
    typed = f"; {count} given" if count else ""
    if wanted.join and count < 2:
        raise InputError(f"--join needs two names or more{typed}")
    if wanted.path and count != 2:
        raise InputError(f"--path needs two names{typed}")
    if wanted.system and count != 1:
        raise InputError(f"--system needs one name, of the system or of a member{typed}")


def select(view: View, wanted: Wanted) -> Subgraph:
    """The part of the graph that was asked for. What its notes tell, standard error tells too.

    Raises:
        InputError: as `check`, and for names, predicates and templates that mean nothing.
    """
    found = told(_selected(view, wanted))
    return found if wanted.title is None else replace(found, title=wanted.title)


def told(found: Subgraph) -> Subgraph:
    """The same, with a note where it is empty; its notes are said on standard error."""
    if not found.nodes:
        found = replace(found, notes=(*found.notes, _EMPTY))
    for note in found.notes:
        complain(note)
    return found


def _selected(view: View, wanted: Wanted) -> Subgraph:
    from graph import selection
    from graph.naming import predicate

    check(wanted)
    if wanted.query is not None:
        return _answered(view, wanted, wanted.query)
    predicates = [predicate(typed) for typed in wanted.predicate or ()]
    ids = [find(view, name).id for name in wanted.names or ()]
    if wanted.join:
        return selection.joining(view, ids, min_confidence=wanted.sure)
    if wanted.path:
        return selection.path(view, *ids, min_confidence=wanted.sure)
    if wanted.system:
        return selection.system(view, *ids, min_confidence=wanted.sure)
    if ids:
        depth = 1 if wanted.depth is None else wanted.depth
        return selection.around(view, ids, depth, predicates=predicates, min_confidence=wanted.sure)
    if predicates:
        return selection.predicates(view, predicates, min_confidence=wanted.sure)
    return view.subgraph(min_confidence=wanted.sure)


def _answered(view: View, wanted: Wanted, name: str) -> Subgraph:
    from queries.catalogue import load, pick
    from queries.run import run, to_subgraph
    from queries.values import pairs

    given = [] if wanted.min_confidence is None else [f"min_confidence={wanted.min_confidence}"]
    return to_subgraph(
        run(pick(load(wanted.templates or ()), name), view, pairs([*(wanted.param or ()), *given])), view
    )
