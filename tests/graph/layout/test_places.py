"""Places on the map by links alone: apart, near what they are linked with, and the same every time."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.layout import arrange
from graph.model import Edge, Entity, Subgraph
from tests.graph.view_samples import large_subgraph, small_subgraph


def overlapping(places: Mapping[str, tuple[float, float]], width: float, height: float) -> int:
    spots = list(places.values())
    return sum(
        abs(a[0] - b[0]) < width and abs(a[1] - b[1]) < height for i, a in enumerate(spots) for b in spots[i + 1 :]
    )


def linked(count: int, pairs: list[tuple[int, int]]) -> Subgraph:
    nodes = tuple(Entity(f"n{i:03}", f"N{i}", "trust") for i in range(count))
    return Subgraph(nodes, tuple(Edge(f"n{a:03}", f"n{b:03}", "FUNDING") for a, b in pairs))


@pytest.mark.parametrize("size", [25, 120, 400, 900])
def test_nobody_stands_on_anybody(size: int) -> None:
    places = arrange(large_subgraph(size)).places
    assert len(places) == size
    assert overlapping(places, 70, 50) == 0


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph = large_subgraph(200)
    rng = random.Random(1)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    assert arrange(subgraph).places == arrange(shuffled).places


def test_hash_seed_does_not_matter() -> None:
    script = (
        "from graph.overview import overview; from graph.layout import arrange; "
        "from tests.graph.view_samples import large_subgraph; s = large_subgraph(200); "
        "print(arrange(s, groups=overview(s, most=30)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_linked_entities_stand_nearer_than_others() -> None:
    subgraph = large_subgraph(120)
    places = arrange(subgraph).places
    near = [math.dist(places[e.source], places[e.target]) for e in subgraph.edges if e.source != e.target]
    every = [math.dist(a, b) for a, b in combinations(places.values(), 2)]
    assert sum(near) / len(near) < 0.5 * sum(every) / len(every)


@pytest.mark.parametrize("size", [60, 120, 700])
def test_page_is_wider_than_high(size: int) -> None:
    xs, ys = zip(*arrange(large_subgraph(size)).places.values(), strict=True)
    assert 1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2


def test_page_is_centred() -> None:
    xs, ys = zip(*arrange(small_subgraph()).places.values(), strict=True)
    assert abs(max(xs) + min(xs)) < 1
    assert abs(max(ys) + min(ys)) < 1


def test_leaves_fan_out_round_their_hub() -> None:
    places = arrange(linked(13, [(0, leaf) for leaf in range(1, 13)])).places
    x, y = places["n000"]
    angles = sorted(math.atan2(b - y, a - x) for id, (a, b) in places.items() if id != "n000")
    gaps = [after - before for before, after in zip(angles, [*angles[1:], angles[0] + 2 * math.pi], strict=True)]
    assert max(gaps) < math.radians(80)


def test_a_ring_has_no_crossing() -> None:
    pairs = [(i, (i + 1) % 12) for i in range(12)]
    places = arrange(linked(12, pairs)).places
    lines = [(places[f"n{a:03}"], places[f"n{b:03}"]) for a, b in pairs]

    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    for (a, b), (c, d) in combinations(lines, 2):
        assert {a, b} & {c, d} or not (side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0)


def test_small_parts_stand_close_to_the_main_one() -> None:
    main = [(0, i) for i in range(1, 30)] + [(i, i + 1) for i in range(1, 29)]
    pairs = [(30 + 2 * i, 31 + 2 * i) for i in range(10)]
    places = arrange(linked(60, main + pairs)).places
    assert overlapping(places, 70, 50) == 0
    xs, ys = zip(*places.values(), strict=True)
    inner_x, inner_y = zip(*(places[f"n{i:03}"] for i in range(30)), strict=True)
    page = (max(xs) - min(xs)) * (max(ys) - min(ys))
    assert page < 2.2 * (max(inner_x) - min(inner_x)) * (max(inner_y) - min(inner_y))


def test_entities_without_links_stand_in_rows() -> None:
    places = arrange(linked(30, [])).places
    assert len({y for _, y in places.values()}) == 5
    assert [id for id, _ in sorted(places.items(), key=lambda item: (item[1][1], item[1][0]))] == sorted(places)


def test_nothing_gives_nothing() -> None:
    assert arrange(Subgraph()).places == {}


def test_links_must_name_entities_that_are_there() -> None:
    with pytest.raises(InputError, match="'nowhere'"):
        arrange(Subgraph((Entity("a", "A", "trust"),), (Edge("a", "nowhere", "FUNDING"),)))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    )
)
def test_any_shape_gets_finite_places_apart(shape: tuple[int, list[tuple[int, int]]]) -> None:
    places = arrange(linked(*shape)).places
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert overlapping(places, 70, 50) == 0
    assert all(round(value, 1) == value for place in places.values() for value in place)
