"""Templates as saved scripts of Neo4j Browser, with the parameters that their examples have in one graph.

Browser shows tables and pictures only for a script of one statement, so that a template is two scripts: one of
`:param` lines that sets what it asks with, and the Cypher itself. One `:params {…}` line would hold them all, but
Browser makes decimals of the whole numbers in it. The first line of a script is its title.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, product

from graph.errors import AmbiguousName, QueryError, UnknownName
from graph.schema import PERSON
from graph.store.base import View
from graph.style import label_text
from queries.catalogue import Template
from queries.run import resolve
from queries.values import ENTITY_TYPES, Parameter, Value

PARAMETERS_FOLDER = "Parameters"
"""The folder of the scripts that set what the templates ask with, one for each."""

_TRIES = 5
"""So many of the most named entities stand in for a name that the graph lacks; one that has an answer is taken."""
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Example:
    """A parameter with the value that its script sets; `says` is the name behind an id, or why it is this value.

    `missing` is the header's example where nobody in the graph goes by it.
    """

    parameter: Parameter
    value: Value
    says: str = ""
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """One saved script: the folder and file it stands in, and its text."""

    folder: str
    file: str
    text: str


def examples(template: Template, view: View | None) -> tuple[Example, ...]:
    """A value for every parameter: the header's example, else its default, names as the ids they have in the graph.

    Where nobody goes by an example's name, one of the entities named most takes its place: the first of them
    with which the template has an answer, else the first. Without a `view` the names stay as they are.
    """
    found = [_example(template, parameter, view) for parameter in template.parameters]
    open_ = [e for e in found if e.missing is not None]
    if view is None or not open_:
        return tuple(found)
    choices = [_stand_ins(e, view) for e in open_]
    for chosen in islice(product(*choices), _TRIES**2):
        stands = {c.parameter.name: c for c in chosen}
        trial = tuple(stands.get(e.parameter.name, e) for e in found)
        values = [e.value for e in trial if e.parameter.type in ENTITY_TYPES and e.value != ""]
        if len(set(values)) == len(values) and _answers(template, view, trial):
            return trial
    first = {c[0].parameter.name: c[0] for c in choices if c}
    return tuple(first.get(e.parameter.name, e) for e in found)


def query_script(template: Template, shown: Iterable[Example], folder: str) -> Script:
    """The template's Cypher as it is, below its title, its question and the lines that set its parameters."""
    lines = [f"// {_line(template.title)}", f"// {_line(template.question)}", "//"]
    shown = tuple(shown)
    if shown:
        lines.append(f"// Set these first: run the script of the same title in “{PARAMETERS_FOLDER}”, or one by")
        lines.append("// one these lines without their slashes:")
        lines += [f"// {param_line(e)}" for e in shown]
    text = "\n".join(lines).rstrip("/\n ") + "\n\n" + template.cypher
    return Script(folder, template.name, text)


def param_script(template: Template, shown: Iterable[Example]) -> Script:
    """The `:param` lines of a template, each below what it means; running them sets them all."""
    head = (
        f"// {_line(template.title)}",
        f"// Sets what “{_line(template.title)}” asks with; change the values to yours",
    )
    return Script(PARAMETERS_FOLDER, template.name, "\n".join((*head, "", *_settings(shown))) + "\n")


def common_script(found: Iterable[Example], folder: str) -> Script:
    """One script that sets every parameter of all templates, so that any of them runs.

    A parameter that some template requires takes the example that most of those have, another its default.
    """
    found = tuple(found)
    everywhere = Counter(str(e.value) for e in found)
    wishes: dict[str, list[Example]] = {}
    for example in found:
        wishes.setdefault(example.parameter.name, []).append(example)
    chosen = []
    for _, wished in sorted(wishes.items()):
        required = [e for e in wished if e.parameter.required]
        usual = required or [_by_default(e) for e in wished]
        here = Counter(str(e.value) for e in usual)
        # Of equals, the body that other parameters name too: it is the one with most to show.
        best = max(usual, key=lambda e: (here[str(e.value)], everywhere[str(e.value)]))
        if len({e.parameter.meaning for e in usual}) > 1:
            best = replace(best, parameter=replace(best.parameter, meaning="several scripts ask with it", choices=()))
        chosen.append(best)
    head = ("// 1 Set every parameter", "// Run this once each time you open Browser: after it, every script runs", "")
    return Script(folder, "1-set-every-parameter", "\n".join((*head, *_settings(chosen))) + "\n")


def param_line(example: Example) -> str:
    """The line that sets one parameter.

    >>> param_line(Example(Parameter("limit", "integer", "at most so many rows"), 20))
    ':param limit => 20'
    """
    return f":param {example.parameter.name} => {json.dumps(example.value, ensure_ascii=False)}"


def _settings(shown: Iterable[Example]) -> list[str]:
    """Each setting below its meaning. Lines are parted by semicolons; after a lone one there may be none."""
    shown = tuple(shown)
    lines: list[str] = []
    for number, example in enumerate(shown, 1):
        says = f" ({_line(example.says)})" if example.says else ""
        lines.append(f"// {example.parameter.name}: {_line(example.parameter.meaning)}{says}")
        if example.parameter.choices:
            lines.append(f"//   one of: {', '.join(example.parameter.choices)}")
        lines.append(param_line(example) + ";" * (number < len(shown)))
    return lines


def _by_default(example: Example) -> Example:
    value = example.parameter.default
    return example if value is None else Example(example.parameter, value)


def _example(template: Template, parameter: Parameter, view: View | None) -> Example:
    value = parameter.example if parameter.example is not None else parameter.default
    if value is None:
        return Example(parameter, "", "no example", missing="")
    if view is None or value == "" or parameter.type not in (*ENTITY_TYPES, "briefing"):
        return Example(parameter, value)
    try:
        ids, entities = resolve(replace(template, parameters=(parameter,)), view, {parameter.name: value})
    except (UnknownName, AmbiguousName) as error:
        if isinstance(error, AmbiguousName) and error.candidates:
            id_, name, _ = error.candidates[0]
            return Example(parameter, id_, f"{name}, one of {len(error.candidates)} so called")
        return Example(parameter, value, "nobody in this graph goes by this name", missing=str(value))
    entity = entities.get(parameter.name)
    return Example(parameter, ids[parameter.name], entity.name if entity else str(value))


def _stand_ins(example: Example, view: View) -> list[Example]:
    """Who may take the place of a name that the graph lacks: the most named first."""
    wanted = example.parameter.type
    if wanted == "briefing":
        telling = sorted(view.briefings(), key=lambda b: (-int(b["statements"]), str(b["id"])))
        pairs = [(str(b["id"]), str(b["title"])) for b in telling[:_TRIES]]
    elif wanted in ENTITY_TYPES:
        fitting = [e for e in view.names() if wanted == "entity" or (e.kind == PERSON) == (wanted == "person")]
        pairs = [(e.id, e.name) for e in sorted(fitting, key=lambda e: (-e.briefings, e.id))[:_TRIES]]
    else:
        pairs = []
    why = f", for “{example.missing}” is not in this graph" if example.missing else ""
    return [replace(example, value=id_, says=f"{name}{why}") for id_, name in pairs]


def _answers(template: Template, view: View, trial: Iterable[Example]) -> bool:
    try:
        return bool(view.rows(template.cypher, {e.parameter.name: e.value for e in trial}, timeout=_PATIENCE))
    except QueryError:
        return False


def _line(text: str) -> str:
    return label_text(text)
