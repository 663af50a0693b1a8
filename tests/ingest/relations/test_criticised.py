from __future__ import annotations

import pytest

from ingest.relations import criticised
from ingest.scene import Scene


@pytest.mark.parametrize(
    "text",
    [
        "{Ann Lee|person} has criticised {Marlow Hospitals|trust} over its plans.",
        "{Ann Lee|person} accused {Marlow Hospitals|trust} of hiding the figures.",
        "{Marlow Hospitals|trust} was criticised by {Ann Lee|person}.",
        "{Ann Lee|person} hit out at {Marlow Hospitals|trust} on Monday.",
    ],
)
def test_blame_goes_from_critic_to_target_in_either_voice(marked, text):
    found = {(c.subject, c.object) for c in criticised.find(Scene(marked("A note\n\n" + text)))}
    assert found == {("ann-lee", "marlow-hospitals")}


def test_praise_is_no_criticism(marked):
    assert list(criticised.find(Scene(marked("A note\n\n{Ann Lee|person} praised {Marlow Hospitals|trust}.")))) == []
