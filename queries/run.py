"""Runs a template on a view: values checked, names resolved to ids, rows as declared.

Names are resolved before the Cypher runs, so that a template only ever compares ids and an unknown
or ambiguous name is an error with suggestions instead of an empty answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.errors import TemplateError
from graph.facts import words
from graph.model import Entity, Row, Subgraph
from graph.schema import ORGANISATION_KINDS, PERSON
from graph.store.base import View
from graph.style import money
from queries.catalogue import Template
from queries.lookup import find, find_briefing
from queries.values import ENTITY_TYPES, Column, Value, check

_ALL_LINKS = "All links between those that the answer names are drawn, not only the answer's own."
_SAID_ELSEWHERE = frozenset({"limit", "min_confidence"})
_KINDS = {"entity": None, "organisation": ORGANISATION_KINDS, "person": frozenset({PERSON})}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a template gave: `rows` in its own order, each with every column of `columns`.

    `parameters` are the values it ran with, names resolved to ids; `entities` are the entities that the
    typed names turned out to be, by parameter.
    """

    template: Template
    parameters: Mapping[str, Value]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    entities: Mapping[str, Entity]


def run(
    template: Template,
    view: View,
    values: Mapping[str, object] | None = None,
    *,
    example: bool = False,
    timeout: float | None = 30.0,
) -> Answer:
    """Run a template read-only. `values` are plain values or text as typed; `timeout` is in seconds.

    With `example`, parameters that are not given take the header's examples.

    Raises:
        TemplateError: a value is missing, unknown or of the wrong type, or the rows are not as declared.
        UnknownName, AmbiguousName: a name that was given means nobody in the graph, or several.
        QueryError: the store refused the Cypher or ran out of time.
    """
    checked = check(template.name, template.parameters, values or {}, example=example)
    parameters, entities = resolve(template, view, checked)
    rows = tuple(view.rows(template.cypher, parameters, timeout=timeout))
    return Answer(template, parameters, _columns(template, rows), rows, entities)


def resolve(template: Template, view: View, values: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Entity]]:
    """Checked values with the names of entities and briefings replaced by their ids, and those entities.

    Raises:
        UnknownName, AmbiguousName: as `run`.
    """
    resolved = dict(values)
    entities: dict[str, Entity] = {}
    for parameter in template.parameters:
        typed = values[parameter.name]
        if typed == "" or not isinstance(typed, str):
            continue
        if parameter.type in ENTITY_TYPES:
            entity = find(view, typed, kinds=_KINDS[parameter.type])
            entities[parameter.name] = entity
            resolved[parameter.name] = entity.id
        elif parameter.type == "briefing":
            resolved[parameter.name] = find_briefing(view.briefings(), typed)
    return resolved, entities


def to_subgraph(answer: Answer, view: View) -> Subgraph:
    """The entities that an answer's `id` columns and parameters name, and the edges it speaks of.

    Where the rows are pairs (`from_id`, `to_id`, and perhaps `predicate`; or `from_node`, `link`, `to_node`), only
    the edges of those pairs are kept (of links, these alone); else all edges between the named entities are, and
    a note says so. Edges less sure than the answer's `min_confidence` are left out.
    """
    rows = [_flat(row) for row in answer.rows]
    columns = [c for c in (rows[0] if rows else ()) if c in _ends(answer.columns)]
    ids = {str(row[c]) for row in rows for c in columns if row[c]}
    lists = [c.name for c in answer.columns if c.type == "ids"]
    ids.update(str(id_) for row in answer.rows for c in lists for id_ in row[c])
    focus = tuple(e.id for e in answer.entities.values())
    wanted = {*ids, *focus}
    if not wanted:
        return Subgraph(title=title(answer))
    least = float(answer.parameters.get("min_confidence", 0.0))
    graph = view.subgraph(sorted(wanted), depth=0, min_confidence=least)
    edges = graph.edges
    paired = set(columns) == {"from_id", "to_id"}
    if paired:
        pairs = {_pair(row["from_id"], row["to_id"]) for row in rows}
        edges = tuple(e for e in edges if _pair(e.source, e.target) in pairs)
    predicates = {row["predicate"] for row in rows if "predicate" in row}
    if predicates:
        edges = tuple(e for e in edges if e.predicate in predicates)
    drawn = {(row["predicate"], row["from_id"], row["to_id"]) for row in rows if row.get("link")}
    if drawn:
        edges = tuple(e for e in edges if (e.predicate, e.source, e.target) in drawn)
    notes = [_ALL_LINKS] if edges and not (paired or predicates or drawn) else []
    limit = answer.parameters.get("limit")
    if limit and len(rows) >= int(limit):
        notes.append(f"The answer stops at its limit of {limit}, and may have more: ask with a larger limit.")
    return replace(graph, edges=edges, focus=focus, title=title(answer), notes=tuple(notes))


def title(answer: Answer) -> str:
    """What an answer is about: the template's title, whom it was asked of, and what it leaves out by sum, day or kind.

    A limit and how sure facts must be are said elsewhere.
    """
    asked = [entity.name for entity in answer.entities.values()]
    for parameter in answer.template.parameters:
        value = answer.parameters[parameter.name]
        if parameter.name in answer.entities or parameter.name in _SAID_ELSEWHERE or value in ("", 0):
            continue
        if parameter.name == "min_amount":
            asked.append(f"{money(float(value))} or more")
        elif value != parameter.default:
            asked.append(f"{parameter.name.replace('_', ' ')} {words(str(value))}")
    bare = answer.template.title.removeprefix("Map: ")
    return f"{bare[:1].upper()}{bare[1:]}{': ' if asked else ''}{', '.join(asked)}"


def _ends(columns: tuple[Column, ...]) -> set[str]:
    nodes = {"from_id", "to_id"} if any(c.type == "node" for c in columns) else set()
    return nodes | {c.name for c in columns if c.type == "id"}


def _flat(row: Row) -> Row:
    """A row of `from_node`, `link`, `to_node` as one of ids."""
    nodes = {f"{end}_id": row[f"{end}_node"]["id"] for end in ("from", "to") if row.get(f"{end}_node")}
    link = row.get("link")
    return {**row, **nodes, **({"predicate": link["type"]} if isinstance(link, dict) else {})}


def _pair(one: str | None, other: str | None) -> frozenset[str]:
    # A fact with one end (a deficit) is an edge from the body to itself.
    return frozenset(x for x in (one, other) if x)


def _columns(template: Template, rows: tuple[Row, ...]) -> tuple[Column, ...]:
    if not rows:
        return template.columns
    names = tuple(rows[0])
    if not template.columns:
        return tuple(Column(name, "string", "") for name in names)
    if names != tuple(c.name for c in template.columns):
        declared = ", ".join(c.name for c in template.columns)
        raise TemplateError(
            f"Template {template.name} gives the columns {', '.join(names)}, but its header declares {declared}"
        )
    return template.columns
