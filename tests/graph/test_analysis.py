"""Paths, centrality and communities: right on graphs small enough to check by hand, and the same every run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from graph.analysis import centrality, communities, shortest_path, to_networkx
from graph.errors import InputError, UnknownName
from graph.model import Edge, Entity, Subgraph
from tests.graph.view_samples import large_subgraph, small_subgraph


def graph(*links: str, extra: tuple[Edge, ...] = ()) -> Subgraph:
    """ "ab" is a FUNDING link from a to b."""
    edges = tuple(Edge(link[0], link[1], "FUNDING", statements=1) for link in links) + extra
    ids = sorted({end for edge in edges for end in (edge.source, edge.target)})
    return Subgraph(tuple(Entity(id, id.upper(), "trust") for id in ids), edges)


def walked(subgraph: Subgraph, a: str, b: str) -> str:
    steps = shortest_path(subgraph, a, b)
    assert steps is not None
    assert all(one.end == following.start for one, following in pairwise(steps))
    return a + "".join(step.end.id for step in steps)


def test_parallel_links_and_all_facts_are_kept() -> None:
    subgraph = small_subgraph()
    made = to_networkx(subgraph)
    assert made.number_of_edges() == len(subgraph.edges)
    assert made.nodes["X24"]["name"] == "NHS England"
    assert made.edges["X24", "trust-hurn", "FUNDING"]["amount"] == 22.4e6
    assert {key for *_, key in made.edges("X24", keys=True) if _[1] == "trust-hurn"} == {"FUNDING", "REGULATORY_ACTION"}


def test_two_links_of_one_predicate_stay_two() -> None:
    assert list(to_networkx(graph("ab", "ab")).edges(keys=True)) == [("a", "b", "FUNDING"), ("a", "b", "FUNDING#2")]


def test_link_without_an_end_is_refused() -> None:
    with pytest.raises(InputError, match="'b', which the graph does not hold"):
        to_networkx(Subgraph((Entity("a", "A", "trust"),), (Edge("a", "b", "FUNDING"),)))


def test_path_is_the_shortest_and_ignores_direction() -> None:
    subgraph = graph("ab", "bc", "cd", "de", "xe", "ax")
    assert walked(subgraph, "a", "e") == "axe"
    assert walked(subgraph, "e", "a") == "exa"


def test_of_equal_paths_the_first_ids_win_in_any_order() -> None:
    links = ["az", "zt", "ab", "bt", "am", "mt"]
    for seed in range(10):
        random.Random(seed).shuffle(links)
        assert walked(graph(*links), "a", "t") == "abt"


def test_step_tells_all_that_joins_it_best_evidenced_first() -> None:
    more = (
        Edge("b", "a", "DISPUTE", statements=5),
        Edge("a", "b", "CRITICISED", statements=2),
        Edge("a", "a", "DEFICIT"),
    )
    steps = shortest_path(graph("ab", "bc", extra=more), "a", "c")
    assert steps is not None
    assert [edge.predicate for edge in steps[0].edges] == ["DISPUTE", "CRITICISED", "FUNDING"]
    assert (steps[0].start.name, steps[1].end.name) == ("A", "C")


def test_no_steps_to_oneself_and_none_where_nothing_connects() -> None:
    subgraph = graph("ab", "cd")
    assert shortest_path(subgraph, "a", "a") == []
    assert shortest_path(subgraph, "a", "d") is None


def test_path_from_a_stranger_is_refused() -> None:
    with pytest.raises(UnknownName, match="'zz' is not in this graph"):
        shortest_path(graph("ab"), "a", "zz")


def test_go_between_is_most_central() -> None:
    ranked = centrality(graph("ah", "bh", "hc", "cd", extra=(Edge("h", "h", "DEFICIT"),)))
    first = ranked[0]
    assert (first.entity.id, first.neighbours, first.links) == ("h", 3, 4)
    assert first.betweenness == pytest.approx(5 / 6, abs=1e-6)
    assert ranked[-1].betweenness == 0
    assert len(ranked) == 5


def test_two_cliques_joined_by_a_thread_are_two_communities() -> None:
    subgraph = graph("ab", "bc", "ca", "cx", "xy", "yz", "zx", "zw", "wx")
    assert communities(subgraph) == [("w", "x", "y", "z"), ("a", "b", "c")]


def test_empty_graph_has_no_centre_and_no_communities() -> None:
    assert centrality(Subgraph()) == []
    assert communities(Subgraph()) == []


def test_every_entity_is_in_one_community() -> None:
    subgraph = large_subgraph(120)
    members = [id for group in communities(subgraph) for id in group]
    assert sorted(members) == sorted(entity.id for entity in subgraph.nodes)


def test_answers_do_not_hang_on_the_hash_seed() -> None:
    root = Path(__file__).parents[2]
    code = (
        "from tests.graph.view_samples import large_subgraph as g; from graph.analysis import *; s = g(500);"
        "print(communities(s), [c.entity.id for c in centrality(s)]);"
        "print([step.end.id for step in shortest_path(s, 'e30', 'X24')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert len(said.pop()) > 1000
