"""What NetworkX can tell of a Subgraph: shortest connection, central bodies, communities.

Every answer is the same for the same Subgraph, whatever the order of its parts, the machine or
the hash seed. Links are walked in both directions; a DEFICIT, which has no object, connects nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.errors import InputError, UnknownName
from graph.model import Edge, Entity, Subgraph

if TYPE_CHECKING:
    MultiDiGraph = nx.MultiDiGraph[str]
    Graph = nx.Graph[str]

MEASURES = {
    "links": "number of links",
    "statements": "number of statements",
    "between": "share of shortest connections that run through it",
}
"""What `importance` can measure, as people read it."""

_EXACT_BETWEENNESS = 400
"""From this many entities on, betweenness is estimated from as many seeded samples."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from `start` to `end`, joined by `edges` (either direction, best evidenced first)."""

    start: Entity
    end: Entity
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Centrality:
    """How central an entity is.

    Attributes
    ----------
    entity : Entity
    neighbours : int
        Entities it is linked with.
    links : int
        Edges at it, DEFICIT included.
    betweenness : float
        Share (0–1) of the shortest paths between other entities that run through it.
    """

    entity: Entity
    neighbours: int
    links: int
    betweenness: float


def to_networkx(subgraph: Subgraph) -> MultiDiGraph:
    """Turn a Subgraph into a NetworkX graph that keeps parallel edges.

    Parameters
    ----------
    subgraph : Subgraph

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are entity ids with the entity's other fields as attributes; edges are keyed by
        predicate ("FUNDING", then "FUNDING#2" …) with all fields of `Edge` but the ends.

    Raises
    ------
    InputError
        An edge names an entity that the subgraph does not hold.

    Examples
    --------
    >>> ends = Entity("RBL", "Wirral", "trust"), Entity("REM", "Aintree", "trust")
    >>> to_networkx(Subgraph(ends, (Edge("RBL", "REM", "DISPUTE"),))).edges(keys=True)
    OutMultiEdgeView([('RBL', 'REM', 'DISPUTE')])
    """
    graph: MultiDiGraph = nx.MultiDiGraph(title=subgraph.title)
    for entity in subgraph.nodes:
        graph.add_node(entity.id, **_attributes(entity, {"id"}))
    for edge in subgraph.edges:
        for end in (edge.source, edge.target):
            if end not in graph:
                raise InputError(f"a {edge.predicate} link names {end!r}, which the graph does not hold; ingest again")
        key, count = edge.predicate, 1
        while graph.has_edge(edge.source, edge.target, key):
            count += 1
            key = f"{edge.predicate}#{count}"
        graph.add_edge(edge.source, edge.target, key, **_attributes(edge, {"source", "target"}))
    return graph


def shortest_path(subgraph: Subgraph, a: str, b: str) -> list[Step] | None:
    """Find the connection of the fewest steps, whichever way the links point.

    Parameters
    ----------
    subgraph : Subgraph
    a, b : str
        Entity ids.

    Returns
    -------
    list of Step, or None
        Empty where `a` is `b`, None where nothing connects them. Of several shortest paths it is
        the one whose ids come first in order, entity by entity from `a`.

    Raises
    ------
    UnknownName
        The subgraph does not hold `a` or `b`.
    """
    entities = {entity.id: entity for entity in subgraph.nodes}
    for end in (a, b):
        if end not in entities:
            raise UnknownName(f"{end!r} is not in this graph; look names up with `nhsgraph org NAME`")
    graph = _undirected(subgraph)
    parents = dict(nx.bfs_predecessors(graph, b, sort_neighbors=sorted))
    # The distances from b alone decide which neighbours lead on; the smallest id of those wins.
    distance = {b: 0}
    for node, parent in parents.items():
        distance[node] = distance[parent] + 1
    if a not in distance:
        return None
    joins: dict[frozenset[str], list[Edge]] = {}
    for edge in subgraph.edges:
        joins.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    steps, here = [], a
    while here != b:
        ahead = min(n for n in graph.neighbors(here) if distance[n] < distance[here])
        edges = sorted(joins[frozenset((here, ahead))], key=lambda e: (-e.statements, -e.confidence, e.predicate))
        steps.append(Step(entities[here], entities[ahead], tuple(edges)))
        here = ahead
    return steps


def centrality(subgraph: Subgraph, *, seed: int = 7) -> list[Centrality]:
    """Rank the entities by betweenness, then by neighbours, links and id.

    Parameters
    ----------
    subgraph : Subgraph
    seed : int
        For the samples from which betweenness is estimated in a graph of more than 400 entities.

    Returns
    -------
    list of Centrality
        Every entity once, the most central first.
    """
    graph = _undirected(subgraph)
    size = graph.number_of_nodes()
    links = dict.fromkeys(graph, 0)
    for edge in subgraph.edges:
        for end in {edge.source, edge.target}:
            links[end] += 1
    samples = None if size <= _EXACT_BETWEENNESS else _EXACT_BETWEENNESS
    between = nx.betweenness_centrality(graph, k=samples, seed=seed)
    found = [Centrality(e, graph.degree(e.id), links[e.id], round(between[e.id], 6)) for e in subgraph.nodes]
    return sorted(found, key=lambda c: (-c.betweenness, -c.neighbours, -c.links, c.entity.id))


def importance(subgraph: Subgraph, measure: str = "links") -> dict[str, float]:
    """Weigh the entities by one of `MEASURES`.

    Parameters
    ----------
    subgraph : Subgraph
    measure : str

    Returns
    -------
    dict of str to float
        Entity id to a count, or for "between" to a share (0–1).

    Raises
    ------
    InputError
        No such measure.
    """
    if measure not in MEASURES:
        raise InputError(f"can't size by {measure!r}; choose one of {', '.join(MEASURES)}")
    if measure == "between":
        return {found.entity.id: found.betweenness for found in centrality(subgraph)}
    weight = dict.fromkeys((entity.id for entity in subgraph.nodes), 0.0)
    for edge in subgraph.edges:
        for end in {edge.source, edge.target} & weight.keys():
            weight[end] += 1 if measure == "links" else edge.statements
    return weight


def communities(subgraph: Subgraph, *, seed: int = 7) -> list[tuple[str, ...]]:
    """Group entities that are linked more with each other than with the rest (Louvain).

    Parameters
    ----------
    subgraph : Subgraph
    seed : int
        Decides between groupings of equal worth.

    Returns
    -------
    list of tuple of str
        Entity ids, each in one group; the largest group first, ids in order. Links weigh by the
        number of statements behind them.
    """
    return louvain(_undirected(subgraph), seed=seed)


def louvain(graph: Graph, *, seed: int = 7) -> list[tuple[str, ...]]:
    """The communities of a graph of ids by its edges' `weight`; as `communities` gives them."""
    order = list(graph)
    # Numbered: Louvain goes through sets of nodes, and the order of text in a set changes from run to run.
    numbered = nx.relabel_nodes(graph, {node: number for number, node in enumerate(order)})
    groups = nx.community.louvain_communities(numbered, weight="weight", seed=seed)
    named = [tuple(sorted(order[number] for number in group)) for group in groups]
    return sorted(named, key=lambda group: (-len(group), group))


def link_weights(subgraph: Subgraph) -> dict[tuple[str, str], int]:
    """Linked pairs (smaller id first, no loops), in order, with the statements behind them (at least 1 an edge)."""
    pairs: dict[tuple[str, str], int] = {}
    for edge in subgraph.edges:
        if edge.source != edge.target:
            pair = (min(edge.source, edge.target), max(edge.source, edge.target))
            pairs[pair] = pairs.get(pair, 0) + max(1, edge.statements)
    return dict(sorted(pairs.items()))


def _undirected(subgraph: Subgraph) -> Graph:
    """Simple graph without loops, nodes and edges in order of id, `weight` the statements (at least 1 an edge)."""
    graph: Graph = nx.Graph()
    graph.add_nodes_from(sorted(to_networkx(subgraph)))
    for (first, second), weight in link_weights(subgraph).items():
        graph.add_edge(first, second, weight=weight)
    return graph


def _attributes(record: Entity | Edge, without: set[str]) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in without}
