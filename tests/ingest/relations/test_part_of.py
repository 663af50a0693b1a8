from __future__ import annotations

import pytest

from ingest.relations import part_of
from ingest.scene import Scene


@pytest.mark.parametrize(
    "text",
    [
        "{Marlow Labs|supplier}, a subsidiary of {Tarn Hospitals|trust}, has moved.",
        "{Marlow Labs|supplier} is part of {Tarn Hospitals|trust}.",
        "{Marlow Labs|supplier}, which is owned by {Tarn Hospitals|trust}, has moved.",
    ],
)
def test_a_part_is_told_with_its_whole(marked, text):
    found = {(c.subject, c.object) for c in part_of.find(Scene(marked("A note\n\n" + text)))}
    assert found == {("marlow-labs", "tarn-hospitals")}


def test_trusts_listed_in_a_system_are_its_parts(marked):
    text = "A note\n\nThe trusts in the {Weir ICS|ics}, {Marlow Hospitals|trust} and {Tarn Hospitals|trust}, agreed."
    found = {(c.subject, c.object) for c in part_of.find(Scene(marked(text)))}
    assert found == {("marlow-hospitals", "weir-ics"), ("tarn-hospitals", "weir-ics")}


def test_two_bodies_that_only_meet_are_not_parts(marked):
    assert list(part_of.find(Scene(marked("A note\n\n{Marlow Hospitals|trust} met {Tarn Hospitals|trust}.")))) == []
