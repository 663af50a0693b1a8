"""Which part of the graph is drawn: the links around a body, what joins several, a system, a kind of link, a path.

Every function reads a view and gives a Subgraph with its title, whom it is about (`focus`) and, where a reader should
be told something, notes. What has to be found first is found on bare ends; evidence is fetched for what is shown alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from graph.errors import InputError, UnknownName
from graph.membership import parts, system_of
from graph.model import Entity, Row, Subgraph
from graph.naming import listed, titled, unknown
from graph.profile import connection
from graph.schema import PREDICATES, SUCCEEDED_BY
from graph.store.base import View

_OUTSIDE = 15
"""A picture of a system shows at most so many bodies from outside it."""

_LINK = f"[e:{'|'.join((*PREDICATES, SUCCEEDED_BY))}]"
_ENDS = (
    "WHERE coalesce(e.confidence, 1.0) >= $min_confidence "
    "RETURN a.id AS one, b.id AS other, type(e) AS predicate, e.origin AS origin"
)
_AT = "UNWIND $ids AS i MATCH (a:Organisation|Person {id: i})"
_ENDS_AT = (
    f"{_AT}-{_LINK}->(b:Organisation|Person) {_ENDS} UNION ALL {_AT}<-{_LINK}-(b:Organisation|Person) "
    + _ENDS.replace("a.id AS one, b.id AS other", "b.id AS one, a.id AS other")
)
_EVERY_END = f"MATCH (a:Organisation|Person)-{_LINK}->(b:Organisation|Person) {_ENDS} ORDER BY one, other, predicate"
Neighbours = Mapping[str, Collection[str]]


def around(
    view: View, ids: Sequence[str], depth: int = 1, *, predicates: Collection[str] = (), min_confidence: float = 0.0
) -> Subgraph:
    """The bodies, and all within `depth` links of them; with `predicates` links of these alone count.

    Notes tell that there are no such links, and, at depth 1, whose links are left out that a body asked for succeeded.

    Raises:
        UnknownName: the store has no such id.
        InputError: no such predicate.
    """
    asked = _known(view, ids)
    found = view.subgraph(
        [e.id for e in asked], depth=depth, min_confidence=min_confidence, predicates=predicates or None
    )
    what, whom = titled(predicates) if predicates else "Links", listed(e.name for e in asked)
    if depth == 0:
        title = f"{what} between {whom}" if len(asked) > 1 else whom
    else:
        title = f"{what} around {whom}" if depth == 1 else f"{what} within {depth} steps of {whom}"
    notes = list(_of_predecessors(view, asked, found, predicates, min_confidence)) if depth == 1 else []
    if predicates and not found.edges:
        between = depth == 0 and len(asked) > 1
        notes.append(unknown(predicates, (e.name for e in asked), "between" if between else "of"))
    return replace(found, title=title, notes=tuple(notes))


def joining(view: View, ids: Sequence[str], *, min_confidence: float = 0.0) -> Subgraph:
    """Several bodies and what joins them.

    That is their links with each other, everybody linked with two of them or more, and for a pair not joined
    so a shortest path, where the picture does not hold one already. A note names whom nothing joins.

    Raises:
        UnknownName: the store has no such id.
        InputError: fewer than two bodies.
    """
    asked = _known(view, ids)
    if len(asked) < 2:
        raise InputError("what joins several bodies needs at least two of them; name another")
    order = [e.id for e in asked]
    near = _neighbours(view.rows(_ENDS_AT, {"ids": order, "min_confidence": min_confidence}))
    drawn: dict[str, set[str]] = defaultdict(set)
    for id in sorted({other for one in order for other in near.get(one, ())}):
        ends = sorted(near[id] & set(order))
        if id in order or len(ends) > 1:
            _draw(drawn, ((id, end) for end in ends))
    apart = [pair for pair in combinations(sorted(order), 2) if len(_way(drawn, *pair)) not in (2, 3)]
    if apart:
        everybody = _neighbours(view.rows(_EVERY_END, {"min_confidence": min_confidence}))
        for one, other in apart:
            way, shown = _way(everybody, one, other), _way(drawn, one, other)
            if way and len(way) != len(shown):
                _draw(drawn, pairwise(way))
    found = view.subgraph(sorted({*order, *drawn}), depth=0, min_confidence=min_confidence)
    edges = tuple(e for e in found.edges if e.target in drawn.get(e.source, ()))
    title = f"What joins {listed(e.name for e in asked)}"
    return replace(found, edges=edges, focus=tuple(order), title=title, notes=tuple(_unjoined(asked, drawn)))


def system(view: View, id: str, *, min_confidence: float = 0.0) -> Subgraph:
    """A system (its ICS, or any member of it, is named) with its members, their links and who holds posts at them.

    What belongs to the system's ICB belongs to it. Of bodies outside that are linked with two of them or more, the
    fifteen most linked are shown.

    Raises:
        UnknownName: the store has no such id.
        InputError: the body belongs to no system.
    """
    (asked,) = _known(view, [id])
    (whole,) = _known(view, [system_of(view, asked, min_confidence)])
    members = parts(view, [whole.id], min_confidence)
    boards = sorted(id for id, kind in members.items() if kind == "icb")
    inside = {whole.id, *members, *parts(view, boards, min_confidence)}
    posts, linked = set(), defaultdict[str, set[str]](set)
    for row in view.rows(_ENDS_AT, {"ids": sorted(inside), "min_confidence": min_confidence}):
        one, other = str(row["one"]), str(row["other"])
        if row["predicate"] == "HOLDS_ROLE" and other in inside:
            posts.add(one)
        for member, stranger in ((one, other), (other, one)):
            if member in inside and stranger not in inside:
                linked[stranger].add(member)
    counts = Counter({id: len(ends) for id, ends in linked.items() if len(ends) > 1 and id not in posts})
    outside = sorted(counts, key=lambda id: (-counts[id], id))
    shown = outside[:_OUTSIDE]
    found = view.subgraph(sorted({*inside, *posts, *shown}), depth=0, min_confidence=min_confidence)
    edges = tuple(e for e in found.edges if e.source in inside or e.target in inside)
    names = {e.id: e.name for e in found.nodes}
    notes = []
    if shown:
        most = "" if len(outside) == len(shown) else f", the {len(shown)} most linked of {len(outside)}"
        notes.append(f"From outside, linked with two members or more{most}: {listed((names[id] for id in shown), 6)}.")
    focus = tuple(dict.fromkeys((whole.id, asked.id)))
    return replace(found, edges=edges, focus=focus, title=f"{whole.name} and its members", notes=tuple(notes))


def predicates(view: View, names: Collection[str], *, min_confidence: float = 0.0) -> Subgraph:
    """All links of one or several predicates, with the entities that they join.

    Raises:
        InputError: no such predicate.
    """
    found = view.subgraph(None, predicates=names, min_confidence=min_confidence)
    return replace(found, title=titled(names))


def path(view: View, a: str, b: str, *, min_confidence: float = 0.0) -> Subgraph:
    """The shortest connection of two; the two alone, and a note, where there is none.

    Raises:
        UnknownName: the store has no such id.
        InputError: both are the same.
    """
    ends = _known(view, [a, b])
    if len(ends) < 2:
        raise InputError(f"a path needs two ends, but both names mean {ends[0].name}; name another")
    one, other = ends
    focus, title = (one.id, other.id), f"How {one.name} is linked with {other.name}"
    steps = connection(view, one.id, other.id, min_confidence=min_confidence)
    if steps is None:
        notes = (f"Nothing in the graph connects {one.name} with {other.name}.",)
        return Subgraph(tuple(sorted(ends, key=lambda e: e.id)), (), focus, title, notes)
    nodes = sorted((one, *(step.end for step in steps)), key=lambda e: e.id)
    edges = sorted((e for step in steps for e in step.edges), key=lambda e: (e.source, e.target, e.predicate))
    return Subgraph(tuple(nodes), tuple(edges), focus, title)


def _known(view: View, ids: Iterable[str]) -> list[Entity]:
    """The entities of these ids, each once, in the order asked for."""
    found: dict[str, Entity] = {}
    for id in ids:
        entity = view.entity(id)
        if entity is None:
            raise UnknownName(f"{id!r} is not in this store; look names up with `nhsgraph org NAME`")
        found[entity.id] = entity
    return list(found.values())


def _of_predecessors(
    view: View, asked: Sequence[Entity], found: Subgraph, predicates: Collection[str], min_confidence: float
) -> Iterator[str]:
    """A sentence for each body asked for that succeeded some of whom more is told than is drawn."""
    before: dict[str, list[Entity]] = {entity.id: [] for entity in asked}
    drawn = {node.id: node for node in found.nodes}
    for edge in found.edges:
        if edge.predicate == SUCCEEDED_BY and edge.target in before:
            before[edge.target].append(drawn[edge.source])
    older = sorted({entity.id for entities in before.values() for entity in entities})
    if not older:
        return
    left = Counter[str]()
    for row in view.rows(_ENDS_AT, {"ids": older, "min_confidence": min_confidence}):
        if row["origin"] == "text" and (not predicates or row["predicate"] in predicates):
            ends = [str(row["one"]), str(row["other"])]
            if any(id not in drawn for id in ends):
                left.update(id for id in ends if id in drawn)
    for entity in asked:
        # Those of whom the most is left out come first.
        told = [e.name for e in sorted(before[entity.id], key=lambda e: (-left[e.id], e.name)) if left[e.id]]
        if told:
            whom = listed([*told[:2], f"{len(told) - 2} more"] if len(told) > 2 else told)
            yield f"{entity.name} succeeded {whom}, whose own links are not all drawn: --depth 2 adds them."


def _neighbours(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Who is linked with whom, either way; a link of a body with itself joins nobody."""
    found: dict[str, set[str]] = defaultdict(set)
    _draw(found, ((str(row["one"]), str(row["other"])) for row in rows))
    return found


def _draw(drawn: dict[str, set[str]], pairs: Iterable[tuple[str, str]]) -> None:
    for one, other in pairs:
        if one != other:
            drawn[one].add(other)
            drawn[other].add(one)


def _way(neighbours: Neighbours, start: str, end: str) -> list[str]:
    """The stops of a shortest way, of several the one whose ids come first; empty where there is none."""
    distance, frontier = {end: 0}, [end]
    while frontier and start not in distance:
        ahead = sorted({n for id in frontier for n in neighbours.get(id, ())} - distance.keys())
        distance |= dict.fromkeys(ahead, distance[frontier[0]] + 1)
        frontier = ahead
    if start not in distance:
        return []
    way = [start]
    while way[-1] != end:
        way.append(min(n for n in neighbours[way[-1]] if distance.get(n) == distance[way[-1]] - 1))
    return way


def _unjoined(asked: Sequence[Entity], drawn: Neighbours) -> Iterable[str]:
    """A sentence for each group of those asked for that nothing joins with the rest; the largest group is the rest."""
    groups: list[list[Entity]] = []
    for entity in asked:
        group = next((g for g in groups if _way(drawn, g[0].id, entity.id)), None)
        if group is None:
            groups.append([entity])
        else:
            group.append(entity)
    main = max(groups, key=len)
    for group in groups:
        if group is not main:
            rest = "the others" if len(asked) > len(group) + 1 else main[0].name
            yield f"Nothing in the graph joins {listed(e.name for e in group)} with {rest}."
