from __future__ import annotations

import pytest

from ingest.scene import Scene, coordinated, is_list_gap


@pytest.mark.parametrize(
    ("gap", "is_list"),
    [
        (", ", True),
        (" and ", True),
        (", and the ", True),
        (" and of ", True),
        (" met ", False),
        (" ", False),
        (" of ", False),
        (" as well as ", False),
    ],
)
def test_a_gap_joins_a_list_only_by_commas_and_conjunctions(gap, is_list):
    assert is_list_gap(gap) is is_list


def test_marks_stand_in_their_sentences_with_offsets_into_the_text(marked):
    scene = Scene(marked("A note\n\nFirst came {Marlow Hospitals|trust}. Then {Ann Lee|person} spoke."))
    assert [[m.entity.name for m in line.marks] for line in scene.lines if line.marks] == [
        ["Marlow Hospitals"],
        ["Ann Lee"],
    ]
    for line in scene.lines:
        assert scene.text[line.start : line.end] == line.text
        for mark in line.marks:
            assert scene.text[mark.start : mark.end] == mark.entity.name


def test_a_list_is_found_from_any_of_its_members(marked):
    scene = Scene(
        marked("A note\n\nTalks join {Marlow|trust}, {Tarn|trust} and {Weir|trust}, but {Sark|trust} stays out.")
    )
    marks = next(line.marks for line in scene.lines if len(line.marks) == 4)
    assert [m.entity.name for m in coordinated(marks, marks[1], scene.text)] == ["Marlow", "Tarn", "Weir"]


def test_sentences_before_stop_at_the_story(marked):
    scene = Scene(
        marked("One\n\nThe first story ends here, quite soon.\n\nTwo\n\nThe second story begins. It goes on.")
    )
    last = scene.lines[-1]
    assert [line.text for line in scene.before(last, reach=9)] == ["The second story begins.", "Two"]
