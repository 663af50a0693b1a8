from __future__ import annotations

import pytest

from ingest.coreference import resolve, unresolved
from ingest.scene import Scene

HEADING = "Weekly notes\n\n"


def references(annotation) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for m in resolve(annotation).mentions:
        if m.via in {"reference", "pronoun"}:
            found.setdefault(m.text, set()).add(m.entity)
    return found


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("{Marlow Hospitals|trust} is short of beds. Staff at the trust are tired.", "the trust", {"marlow-hospitals"}),
        ("{CQC|regulator} has been to {Marlow Hospitals|trust}. The regulator was unhappy.", "The regulator", {"cqc"}),
        (
            "{Marlow Hospitals|trust} may join {Tarn Valley Hospitals|trust}. The pair met on Monday.",
            "The pair",
            {"marlow-hospitals", "tarn-valley-hospitals"},
        ),
        (
            "{Marlow Hospitals|trust} may join {Tarn Valley Hospitals|trust}. It has told its neighbour so.",
            "its neighbour",
            {"tarn-valley-hospitals"},
        ),
        (
            "{Marlow CCG|ccg} and {Tarn CCG|ccg} met. Both CCGs were pleased.",
            "Both CCGs",
            {"marlow-ccg", "tarn-ccg"},
        ),
        ("{Ann Lee|person} has left. She was tired.", "She", {"ann-lee"}),
    ],
)
def test_a_reference_means_the_body_named_last(marked, text, reference, expected):
    assert references(marked(HEADING + text)).get(reference) == expected


def test_a_place_in_the_reference_chooses_among_bodies(marked):
    text = "{Cambridgeshire Community Services|trust} met {Norfolk Community Health|trust}. The Norfolk trust was host."
    assert references(marked(HEADING + text))["The Norfolk trust"] == {"norfolk-community-health"}


def test_nothing_is_said_where_no_body_of_the_kind_was_named(marked):
    assert references(marked(HEADING + "{Ann Lee|person} spoke. The trust did not reply.")).get("The trust") is None


def test_a_reference_stays_within_its_story_where_several_bodies_could_be_meant(marked):
    text = (
        "First story\n\n{Marlow Hospitals|trust} met {Tarn Hospitals|trust} in the town hall last week.\n\n"
        "Second story\n\nThe trust did not reply to our questions about the winter."
    )
    assert "The trust" not in references(marked(text))


def test_mentions_by_name_are_kept_and_sorted(marked):
    before = marked(HEADING + "{Marlow Hospitals|trust} is full. The trust says so.")
    after = resolve(before).mentions
    assert set(before.mentions) <= set(after)
    assert list(after) == sorted(after, key=lambda m: (m.start, m.end, m.entity))


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        (
            "{Marlow Hospitals|trust}, {Tarn Hospitals|trust} and {Wick Vale|trust} share a laundry. The three trusts "
            "are to leave it.",
            "The three trusts",
            {"marlow-hospitals", "tarn-hospitals", "wick-vale"},
        ),
        (
            "{Marlow CCG|ccg} and {Tarn CCG|ccg} are in debt. {Ann Lee|person} is head of the two.",
            "the two",
            {"marlow-ccg", "tarn-ccg"},
        ),
        (
            "Three trusts missed their target: {Marlow Hospitals|trust}, {Tarn Hospitals|trust} and {Wick Vale|trust}.",
            "Three trusts",
            {"marlow-hospitals", "tarn-hospitals", "wick-vale"},
        ),
        (
            "Two CCGs have overspent. They are {Marlow CCG|ccg} and {Tarn CCG|ccg}.",
            "Two CCGs",
            {"marlow-ccg", "tarn-ccg"},
        ),
    ],
)
def test_words_for_several_mean_each_of_them(marked, text, reference, expected):
    assert references(marked(HEADING + text)).get(reference) == expected


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("{Marlow Hospitals|trust} is in debt. The five are the hospital regulator’s doing.", "the hospital"),
        ("{Marlow Hospitals|trust} is in debt. He has the hospitals brief.", "the hospitals"),
        ("{Marlow Hospitals|trust} will join its neighbour {Tarn Hospitals|trust}.", "its neighbour"),
        ("Four trusts are in debt: {Marlow Hospitals|trust} and {Tarn Hospitals|trust} most of all.", "Four trusts"),
        ("{Marlow CCG|ccg} has shut two wards. The two were empty.", "The two"),
    ],
)
def test_what_names_nobody_or_is_not_plain_is_left_alone(marked, text, reference):
    found = references(marked(HEADING + text))
    assert not [r for r in found if r.startswith(reference)]


def test_a_woman_is_not_he(marked):
    text = "Mr {Tom Lee|person} met Ms {Ann Ray|person} on Monday. He was late."
    assert references(marked(HEADING + text)).get("He") == {"tom-lee"}


def test_each_reference_has_a_reason_with_the_names_that_it_goes_back_to(marked):
    text = (
        "{Marlow Hospitals|trust} may join {Tarn Hospitals|trust}. The pair met. {CQC|regulator} says the trust is ill."
    )
    annotation = resolve(marked(HEADING + text))
    places = {(m.start, m.end) for m in annotation.mentions if m.via in {"reference", "pronoun"}}
    assert places
    assert set(annotation.reasons) == places
    names = {m.start for m in annotation.mentions if m.via == "register"}
    assert all(set(r.antecedents) <= names and r.antecedents for r in annotation.reasons.values())


def test_what_nothing_was_found_for_is_told(marked):
    annotation = resolve(marked(HEADING + "{Ann Lee|person} spoke. The trust did not reply."))
    scene = Scene(annotation)
    assert [scene.text[a:b] for line in scene.lines for a, b in unresolved(line)] == ["The trust"]
