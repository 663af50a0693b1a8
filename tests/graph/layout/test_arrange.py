"""Groups as areas: they hold their members and nobody else, and stand clear of one another."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.grouping import Group, grouped
from graph.layout import Area, Arrangement, arrange
from graph.model import Edge, Entity, Subgraph
from graph.overview import overview
from tests.graph.view_samples import large_subgraph, small_subgraph

Box = tuple[float, float, float, float]


def boxes_of(subgraph: Subgraph) -> dict[str, tuple[float, float]]:
    return {e.id: (60.0 + 5 * (number % 9), 40.0 + 8 * (number % 4)) for number, e in enumerate(subgraph.nodes)}


def box(place: tuple[float, float], size: tuple[float, float]) -> Box:
    return (place[0] - size[0] / 2, place[1] - size[1] / 2, place[0] + size[0] / 2, place[1] + size[1] / 2)


def area_box(area: Area) -> Box:
    return box((area.x, area.y), (area.width, area.height))


def apart(a: Box, b: Box) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def levels(areas: Sequence[Area]) -> Iterator[Sequence[Area]]:
    yield areas
    for area in areas:
        yield from levels(area.areas)


def check(arrangement: Arrangement, sizes: dict[str, tuple[float, float]]) -> None:
    """Boxes stand apart, areas hold what is theirs, siblings and ungrouped entities stand clear."""
    boxes = {id: box(place, sizes[id]) for id, place in arrangement.places.items()}
    ids = sorted(boxes)
    assert all(apart(boxes[a], boxes[b]) for i, a in enumerate(ids) for b in ids[i + 1 :])
    inside: set[str] = set()
    for siblings in levels(arrangement.areas):
        spots = [area_box(area) for area in siblings]
        assert all(apart(a, b) for i, a in enumerate(spots) for b in spots[i + 1 :])
        for area in siblings:
            inside.update(area.members)
            assert all(holds(area_box(area), boxes[id]) for id in area.members)
            assert all(holds(area_box(area), area_box(inner)) for inner in area.areas)
            assert all(apart(boxes[id], area_box(inner)) for id in area.members for inner in area.areas)
    assert all(apart(boxes[id], area_box(area)) for id in set(ids) - inside for area in arrangement.areas)


@pytest.mark.parametrize("by", ["system", "region", "community", "kind"])
def test_areas_hold_their_members_and_nobody_else(by: str) -> None:
    subgraph = large_subgraph(150)
    groups = grouped(subgraph, by)
    arrangement = arrange(subgraph, boxes_of(subgraph), by=by, groups=groups)
    assert arrangement.by == by
    assert [(area.name, area.members) for area in arrangement.areas] == [(g.name, g.members) for g in groups]
    assert list(arrangement.places) == [e.id for e in subgraph.nodes]
    check(arrangement, boxes_of(subgraph))


def test_areas_stand_in_areas() -> None:
    subgraph = large_subgraph(300)
    groups = overview(subgraph, most=20)
    arrangement = arrange(subgraph, boxes_of(subgraph), by="overview", groups=groups)
    assert any(area.areas for area in arrangement.areas)
    check(arrangement, boxes_of(subgraph))


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph, rng = small_subgraph(), random.Random(1)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    for groups in ((), grouped(subgraph, "kind")):
        assert arrange(subgraph, groups=groups) == arrange(shuffled, groups=groups)


def test_linked_areas_stand_nearer_than_others() -> None:
    nodes = tuple(Entity(f"{letter}{i}", f"{letter}{i}", "trust") for letter in "abcdefgh" for i in range(4))
    chain = [(f"{a}0", f"{b}0") for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    within = [(f"{letter}0", f"{letter}{i}") for letter in "abcdefgh" for i in (1, 2, 3)]
    subgraph = Subgraph(nodes, tuple(Edge(a, b, "FUNDING") for a, b in chain + within))
    groups = tuple(Group(letter, tuple(f"{letter}{i}" for i in range(4))) for letter in "abcdefgh")
    at = {area.name: (area.x, area.y) for area in arrange(subgraph, groups=groups).areas}
    linked = [math.dist(at[a], at[b]) for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    every = [math.dist(at[a], at[b]) for a in at for b in at if a < b]
    assert sum(linked) / len(linked) < 0.75 * sum(every) / len(every)


def test_unlinked_areas_do_not_spread_the_rows_of_single_entities() -> None:
    nodes = tuple(Entity(f"n{i}", f"N{i}", "trust") for i in range(24))
    groups = (Group("G", tuple(f"n{i}" for i in range(12))),)
    arrangement = arrange(Subgraph(nodes), groups=groups)
    single = [arrangement.places[f"n{i}"] for i in range(12, 24)]
    assert max(x for x, _ in single) - min(x for x, _ in single) < 500


def test_a_group_of_nobody_is_an_empty_area() -> None:
    (area,) = arrange(Subgraph(), groups=(Group("Empty", ()),)).areas
    assert (area.members, area.areas) == ((), ())
    assert area.width > 0
    assert area.height > 0


def test_a_group_must_name_entities_that_are_there() -> None:
    with pytest.raises(InputError, match="'x', which the graph does not hold"):
        arrange(Subgraph(), groups=(Group("G", ("x",)),))


def test_nobody_stands_in_two_groups() -> None:
    subgraph = Subgraph((Entity("a", "A", "trust"),))
    with pytest.raises(InputError, match="stands in two groups"):
        arrange(subgraph, groups=(Group("G", ("a",)), Group("H", (), (Group("I", ("a",)),))))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_tree_of_groups_is_drawn_without_overlap(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 14))
    numbers = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(numbers, numbers), max_size=25))
    homes = data.draw(st.lists(st.sampled_from(["", "a", "b", "c", "ax", "ay"]), min_size=count, max_size=count))
    sides = st.tuples(st.integers(1, 400), st.integers(1, 400))
    drawn = data.draw(st.lists(sides, min_size=count, max_size=count))
    sizes = {f"n{i}": (float(width), float(height)) for i, (width, height) in enumerate(drawn)}
    subgraph = Subgraph(
        tuple(Entity(f"n{i}", f"N{i}", "trust") for i in range(count)),
        tuple(Edge(f"n{a}", f"n{b}", "FUNDING") for a, b in pairs),
    )
    members = {home: tuple(f"n{i}" for i in range(count) if homes[i] == home) for home in ("a", "b", "c", "ax", "ay")}
    inner = (Group("x", members["ax"]), Group("y", members["ay"]))
    groups = (Group("a", members["a"], inner), Group("b", members["b"]), Group("c", members["c"]))
    arrangement = arrange(subgraph, sizes, groups=groups)
    assert all(math.isfinite(value) for place in arrangement.places.values() for value in place)
    check(arrangement, sizes)
