"""Labels: who gets which place."""

from __future__ import annotations

from graph.maps.labels import Box, Room, Wanted, around, centred

FRAME = Box(0, 0, 400, 300)


def test_a_free_label_stands_below_its_mark() -> None:
    spot = Room(FRAME).put(Wanted(around(("Lyde",), 12, 200, 150, 10)))
    assert spot is not None
    assert spot.anchor == "middle"
    assert spot.box.top > 160


def test_the_next_label_makes_way() -> None:
    room = Room(FRAME)
    spots = [room.put(Wanted(around(("Lyde Infirmary",), 12, x, 150, 8))) for x in (190, 210)]
    one, other = (spot.box for spot in spots if spot)
    assert one.bottom <= other.top or other.bottom <= one.top or one.right <= other.left or other.right <= one.left


def test_a_label_keeps_clear_of_a_line_where_it_can() -> None:
    line = [(float(x), 170.0) for x in range(100, 300, 2)]
    spot = Room(FRAME, lines=[line]).put(Wanted(around(("Lyde",), 12, 200, 150, 10)))
    assert spot is not None
    assert not spot.box.top < 170 < spot.box.bottom


def test_a_label_without_room_is_left_out_unless_it_must_stand() -> None:
    full = Room(FRAME, [FRAME])
    spots = around(("Lyde",), 12, 200, 150, 10)
    assert full.put(Wanted(spots)) is None
    assert full.put(Wanted(spots, must=True)) is not None


def test_a_label_never_leaves_the_page() -> None:
    room = Room(FRAME)
    corner = room.put(Wanted(around(("Lyde Infirmary",), 12, 398, 298, 8), must=True))
    assert corner is not None
    assert (corner.box.right, corner.box.bottom) <= (400, 300)
    assert room.put(Wanted(centred(("far",), 12, [(-50, -50)]))) is None
