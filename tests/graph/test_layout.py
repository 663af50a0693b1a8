"""Places on the map: apart, near what they are linked with, and the same every time."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.layout import positions
from graph.model import Edge, Entity, Subgraph
from tests.graph.view_samples import large_subgraph, small_subgraph


def overlapping(places: dict[str, tuple[float, float]], width: float, height: float) -> int:
    spots = list(places.values())
    return sum(
        abs(a[0] - b[0]) < width and abs(a[1] - b[1]) < height for i, a in enumerate(spots) for b in spots[i + 1 :]
    )


@pytest.mark.parametrize("size", [25, 120, 400])
def test_nobody_stands_on_anybody(size: int) -> None:
    places = positions(large_subgraph(size))
    assert len(places) == size
    assert overlapping(places, 65, 45) == 0


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph = small_subgraph()
    rng = random.Random(1)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    assert positions(subgraph) == positions(shuffled)


def test_linked_entities_stand_nearer_than_others() -> None:
    subgraph = large_subgraph(120)
    places = positions(subgraph)
    linked = [math.dist(places[e.source], places[e.target]) for e in subgraph.edges if e.source != e.target]
    spots = list(places.values())
    every = [math.dist(a, b) for i, a in enumerate(spots) for b in spots[i + 1 :]]
    assert sum(linked) / len(linked) < 0.5 * sum(every) / len(every)


def test_page_is_wider_than_high() -> None:
    spots = positions(large_subgraph(120)).values()
    xs, ys = zip(*spots, strict=True)
    assert 1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.5


def test_nothing_gives_nothing() -> None:
    assert positions(Subgraph()) == {}


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    )
)
def test_any_shape_gets_finite_places_apart(shape: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = shape
    nodes = tuple(Entity(f"n{i}", f"N{i}", "trust") for i in range(count))
    places = positions(Subgraph(nodes, tuple(Edge(f"n{a}", f"n{b}", "FUNDING") for a, b in pairs)))
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert overlapping(places, 40, 30) == 0
