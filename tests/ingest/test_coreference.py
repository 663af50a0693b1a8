from __future__ import annotations

import pytest

from ingest.coreference import resolve

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
