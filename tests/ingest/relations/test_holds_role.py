from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import holds_role
from ingest.relations.posts import find_posts
from ingest.scene import Scene


def told(annotation) -> set[tuple[str, str, str, str]]:
    return {(c.subject, c.object, c.role, c.status) for c in holds_role.find(Scene(resolve(annotation)))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{Ann Lee|person}, chief executive of {Marlow Hospitals|trust}, agreed.", ("chief executive", "current")),
        ("{Marlow Hospitals|trust}’s chair, {Ann Lee|person}, agreed.", ("chair", "current")),
        ("{Marlow Hospitals|trust} finance director {Ann Lee|person} agreed.", ("finance director", "current")),
        ("{Ann Lee|person} has been named chief nurse of {Marlow Hospitals|trust}.", ("chief nurse", "appointed")),
        ("{Ann Lee|person}, former chair of {Marlow Hospitals|trust}, agreed.", ("chair", "former")),
        (
            "{Ann Lee|person}, interim chief executive at {Marlow Hospitals|trust}, agreed.",
            ("interim chief executive", "interim"),
        ),
        ("{Ann Lee|person} is to step down as chair of {Marlow Hospitals|trust}.", ("chair", "departing")),
        ("{Ann Lee|person}, who runs {Marlow Hospitals|trust}, agreed.", ("chief executive", "current")),
        ("{Ann Lee|person}, who chairs {Marlow Hospitals|trust}, agreed.", ("chair", "current")),
    ],
)
def test_a_post_is_told_with_its_title_and_status(marked, text, expected):
    assert ("ann-lee", "marlow-hospitals", *expected) in told(marked("A note\n\n" + text))


def test_a_post_at_several_bodies_is_one_statement_each(marked):
    text = "A note\n\n{Ann Lee|person}, chair of {Marlow Hospitals|trust} and {Tarn Hospitals|trust}, agreed."
    assert {(o, r) for _, o, r, _ in told(marked(text))} == {("marlow-hospitals", "chair"), ("tarn-hospitals", "chair")}


def test_a_post_that_needs_its_holder_from_the_sentence_before(marked):
    text = (
        "A note\n\n{Ann Lee|person} is leaving in June. The chief executive of {Marlow Hospitals|trust} gave no reason."
    )
    assert ("ann-lee", "marlow-hospitals") in {(s, o) for s, o, _, _ in told(marked(text))}


def test_whoever_is_replaced_held_the_post(marked):
    text = (
        "A note\n\n{Ann Lee|person} is to be chair of {Marlow Hospitals|trust}. "
        "She takes over from {Bo Day|person} in May."
    )
    assert ("bo-day", "marlow-hospitals", "chair", "departing") in told(marked(text))


def test_a_body_with_nobody_named_has_no_post(marked):
    assert told(marked("A note\n\nThe chief executive of {Marlow Hospitals|trust} agreed.")) == set()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("the acting chief operating officer", ["acting chief operating officer"]),
        ("director of nursing and quality at Marlow", ["director of nursing and quality"]),
        ("its chairman", ["chair"]),
        ("Marlow’s boss", ["chief executive"]),
        ("chief among the worries", []),
    ],
)
def test_titles_are_short_and_of_one_spelling(text, titles):
    assert [p.title for p in find_posts(text)] == titles


@pytest.mark.parametrize(
    ("role", "kind", "right"),
    [
        ("health minister", "media", False),
        ("health minister", "government", True),
        ("chief executive", "media", False),
        ("deputy editor", "media", True),
        (None, "trust", True),
    ],
)
def test_posts_belong_to_bodies_that_have_them(role, kind, right):
    assert holds_role.fits(role, kind) is right
