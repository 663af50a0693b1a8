"""Boxes pushed apart, seated, drawn in, packed and tidied: never on one another, and each for its purpose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.layout.boxes import apart, drawn_in, free_spot, overlapping, seated
from graph.layout.packing import packed
from graph.layout.tidy import tidied

SPOTS = st.lists(
    st.tuples(*(st.integers(-300, 300) for _ in range(2)), *(st.integers(1, 250) for _ in range(2))),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(SPOTS)
def test_no_boxes_overlap(spots: list[tuple[int, int, int, int]]) -> None:
    drawn = np.array(spots, dtype=float)
    place, size = drawn[:, :2], drawn[:, 2:]
    for moved in (apart(place, size), seated(place, size)):
        assert len(overlapping(moved, size)) == 0
        assert len(overlapping(drawn_in(moved, size), size)) == 0


def test_boxes_that_stand_clear_stay() -> None:
    place, size = np.array([[0.0, 0.0], [200.0, 0.0]]), np.full((2, 2), 50.0)
    assert apart(place, size).tolist() == place.tolist()
    assert seated(place, size).tolist() == place.tolist()


def test_many_boxes_on_one_spot_come_apart() -> None:
    rng = np.random.default_rng(1)
    size = np.tile([80.0, 40.0], (400, 1))
    place = apart(rng.normal(scale=5.0, size=(400, 2)), size)
    assert len(overlapping(place, size)) == 0
    # They need 400 * 80 * 40 pixels, and take no more than thrice that.
    assert np.ptp(place, axis=0).prod() < 3 * 400 * 80 * 40


def test_drawing_in_closes_gaps() -> None:
    place, size = np.array([[0.0, 0.0], [900.0, 0.0], [0.0, 900.0]]), np.full((3, 2), 100.0)
    before, after = np.ptp(place, axis=0).prod(), np.ptp(drawn_in(place, size), axis=0).prod()
    assert after < before / 2


def test_nearest_free_spot_is_the_target_itself_when_free() -> None:
    size = np.array([10.0, 10.0])
    assert free_spot(np.zeros(2), size, np.array([[50.0, 0.0]]), size[None]).tolist() == [0.0, 0.0]


def test_parts_are_packed_beside_and_below_the_first() -> None:
    extents = np.array([[600.0, 300.0]] + [[140.0, 60.0]] * 20)
    bodies = [np.array([[0.0, 0.0, width, height]]) for width, height in extents]
    corners = packed(extents, bodies, 20.0)
    assert len(overlapping(corners + extents / 2, extents)) == 0
    width, height = (corners + extents).max(axis=0) - corners.min(axis=0)
    assert 1.1 < width / height < 2
    assert width * height < 1.8 * (extents + 20).prod(axis=1).sum()


def test_a_small_part_fills_a_gap_in_a_large_one() -> None:
    rim = np.array([[0, 0, 600, 50], [0, 350, 600, 400], [0, 0, 50, 400], [550, 0, 600, 400]], dtype=float)
    corners = packed(np.array([[600.0, 400.0], [100.0, 60.0]]), [rim, np.array([[0.0, 0.0, 100.0, 60.0]])], 20.0)
    inside = corners[1] - corners[0]
    assert (inside > [50, 50]).all()
    assert (inside < [450, 290]).all()


@pytest.mark.parametrize("gap", [8.0, 36.0])
def test_huge_parts_are_packed_without_overlap(gap: float) -> None:
    extents = np.array([[9000.0, 7000.0], [4000.0, 3000.0], [3000.0, 3000.0], [70.0, 50.0], [70.0, 50.0]])
    bodies = [np.array([[0.0, 0.0, width, height]]) for width, height in extents]
    corners = packed(extents, bodies, gap)
    assert len(overlapping(corners + extents / 2, extents)) == 0


def test_no_link_is_left_running_through_a_box() -> None:
    place = np.array([[0.0, 0.0], [400.0, 0.0], [200.0, 0.0], [200.0, 200.0]])
    size, pairs = np.full((4, 2), 40.0), np.array([[0, 1], [2, 3]])
    moved = tidied(place, size, pairs, np.array([400.0, 200.0]))
    way, there = moved[1] - moved[0], moved[2] - moved[0]
    assert abs(way[0] * there[1] - way[1] * there[0]) / np.hypot(*way) > 16
    assert len(overlapping(moved, size)) == 0


def test_crossing_links_are_taken_apart() -> None:
    place = np.array([[0.0, 0.0], [400.0, 300.0], [400.0, 0.0], [0.0, 300.0]])
    pairs = np.array([[0, 1], [2, 3]])
    a, b, c, d = tidied(place, np.full((4, 2), 30.0), pairs, np.array([300.0, 300.0]))

    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    assert side(a, b, c) * side(a, b, d) > 0 or side(c, d, a) * side(c, d, b) > 0
