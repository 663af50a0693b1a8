from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import merger_talks
from ingest.scene import Scene

A, B = "{Marlow Hospitals|trust}", "{Tarn Hospitals|trust}"
PAIR = {"marlow-hospitals", "tarn-hospitals"}


def told(annotation) -> list:
    return list(merger_talks.find(Scene(resolve(annotation))))


@pytest.mark.parametrize(
    ("text", "form", "status"),
    [
        (f"{A} and {B} are in talks about a merger.", "merger", "in_talks"),
        (f"{A} could take over {B}, under one option.", "acquisition", "mooted"),
        (f"The boards of {A} and {B} have agreed to merge.", "merger", "agreed"),
        (f"The merger of {A} and {B} has been called off.", "merger", "called_off"),
        (f"The regulator has blocked the takeover of {A} by {B}.", "acquisition", "blocked"),
        (f"A merger of {A} with {B} is on hold.", "merger", "paused"),
        (f"{A} and {B} are to share a chief executive.", "joint_leadership", "agreed"),
        (f"{A} denied that it was merging with {B}.", "merger", "mooted"),
    ],
)
def test_talks_have_a_form_and_a_stage(marked, text, form, status):
    (talks,) = told(marked("A note\n\n" + text))
    assert {talks.subject, talks.object} == PAIR
    assert (talks.form, talks.status) == (form, status)


def test_three_that_merge_are_three_pairs(marked):
    found = told(marked("A note\n\n{Marlow CCG|ccg}, {Tarn CCG|ccg} and {Weir CCG|ccg} have agreed to merge."))
    assert {frozenset((c.subject, c.object)) for c in found} == {
        frozenset(p) for p in [("marlow-ccg", "tarn-ccg"), ("marlow-ccg", "weir-ccg"), ("tarn-ccg", "weir-ccg")]
    }


def test_the_parties_may_stand_in_the_sentence_before(marked):
    (talks,) = told(marked(f"A note\n\n{A} has been talking to {B} since May. A merger is the likely end."))
    assert {talks.subject, talks.object} == PAIR


def test_a_regulator_is_no_party(marked):
    assert (
        told(marked("A note\n\n{NHS England|regulator} wants {Marlow Hospitals|trust} to think about a merger.")) == []
    )


def test_the_denial_of_a_stop_is_no_stop(marked):
    (talks,) = told(marked(f"A note\n\n{A} denied that it had called off its merger with {B}."))
    assert talks.status != "called_off"


def test_each_clause_of_a_sentence_has_its_own_deal(marked):
    text = f"A note\n\n{A} is to merge with {B}, while {{Weir Hospitals|trust}} looks on."
    assert {frozenset((c.subject, c.object)) for c in told(marked(text))} == {frozenset(PAIR)}
