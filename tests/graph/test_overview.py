"""Graphs too large to draw, as groups that open."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.grouping import Group
from graph.model import Edge, Entity, Subgraph
from graph.overview import divided, overview
from tests.graph.group_samples import everyone, names, star
from tests.graph.view_samples import large_subgraph


def test_overview_bundles_who_knows_nobody_else() -> None:
    subgraph = star("hurn", 34)
    assert names(overview(subgraph)) == {
        "34 linked only with Hurn": tuple(f"hurn-{i:03}" for i in range(34)),
    }


def test_overview_leaves_a_few_leaves_with_their_hub() -> None:
    assert overview(star("hurn", 8)) == ()


def test_overview_cuts_a_bundle_too_large_for_a_page() -> None:
    (bundle,) = overview(star("hurn", 300), most=120)
    assert (bundle.name, bundle.members) == ("300 linked only with Hurn", ())
    assert [(group.name, len(group.members)) for group in bundle.groups] == [
        ("Person 000 to Person 099", 100),
        ("Person 100 to Person 199", 100),
        ("Person 200 to Person 299", 100),
    ]


def test_overview_puts_unlinked_parts_together() -> None:
    main, small = large_subgraph(300), star("marl", 2)
    ids = {end for edge in main.edges for end in (edge.source, edge.target)}
    alone = sorted(entity.id for entity in main.nodes if entity.id not in ids)
    groups = overview(Subgraph(main.nodes + small.nodes, main.edges + small.edges), most=40)
    (rest,) = (group for group in groups if group.name == "Not linked with the rest")
    assert set(everyone([rest])) >= {"marl", "marl-000", "marl-001", *alone}


def test_overview_needs_room() -> None:
    with pytest.raises(InputError, match="room for 2 parts"):
        overview(Subgraph(), most=1)


def parts(groups: Sequence[Group], members: int) -> Iterator[int]:
    yield len(groups) + members
    for group in groups:
        yield from parts(group.groups, len(group.members))


@pytest.mark.parametrize("most", [7, 40, 120])
def test_no_level_of_an_overview_has_more_parts_than_asked_for(most: int) -> None:
    subgraph = large_subgraph(600)
    groups = overview(subgraph, most=most)
    inside = list(everyone(groups))
    assert len(inside) == len(set(inside))
    assert max(parts(groups, len(subgraph.nodes) - len(inside))) <= most


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph, rng = large_subgraph(300), random.Random(5)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    assert overview(subgraph, most=20) == overview(shuffled, most=20)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9),
    st.integers(1, 40).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    ),
)
def test_any_graph_has_an_overview(most: int, shape: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = shape
    nodes = tuple(Entity(f"n{i}", f"N{i}", "trust") for i in range(count))
    groups = overview(Subgraph(nodes, tuple(Edge(f"n{a}", f"n{b}", "FUNDING") for a, b in pairs)), most=most)
    inside = list(everyone(groups))
    assert len(inside) == len(set(inside))
    assert max(parts(groups, count - len(inside))) <= most


def test_large_groups_and_the_rest_are_divided_and_small_ones_kept() -> None:
    subgraph = large_subgraph(600)
    ids = [entity.id for entity in subgraph.nodes]
    few, many = Group("few", tuple(ids[:30])), Group("many", tuple(ids[30:330]))
    kept, divided_one, *others = divided(subgraph, (few, many), most=40)
    assert kept == few
    assert divided_one.name == "many"
    assert sorted(everyone([divided_one])) == sorted(many.members)
    assert max(parts(divided_one.groups, len(divided_one.members))) <= 40
    assert set(everyone(others)) <= set(ids[330:])
    assert not {group.name for group in others} & {"Not linked with the rest"}
    assert divided(subgraph, (few,), most=600) == (few,)
