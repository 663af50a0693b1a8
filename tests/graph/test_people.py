"""Who of one name is who, by what ties them together, and what decisions do to it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import people
from graph.decisions import settle
from graph.model import Decision, Identity

ANN, RMC, RBL = "person-ann-webb", "person-ann-webb--rmc", "person-ann-webb--rbl"


def groups(ties: dict[str, list[str]], *decisions: Decision) -> set[frozenset[str]]:
    settlement = people.settle(settle(decisions), ties)
    return {settlement.group(i) for i in (*ties, *map(people.bare, ties))}


def test_a_shared_body_or_system_makes_one_person() -> None:
    assert groups({RMC: ["RMC", "QOP"], RBL: ["RBL", "QOP"]}) == {frozenset({ANN, RMC, RBL})}
    assert groups({RMC: ["RMC", "QOP"], RBL: ["RBL", "QYG"]}) == {frozenset({i}) for i in (ANN, RMC, RBL)}


def test_other_names_never_matter() -> None:
    assert groups({RMC: ["RMC"], "person-anne-webb--rmc": ["RMC"]}) == {
        frozenset({ANN, RMC}),
        frozenset({"person-anne-webb", "person-anne-webb--rmc"}),
    }


@pytest.mark.parametrize("judgement", ["same", "different"])
def test_what_people_say_goes_before_what_the_ties_say(judgement: str) -> None:
    decision = Decision(judgement, RMC, RBL)  # type: ignore[arg-type]  # parametrised: a plain str
    together = judgement == "same"
    ties = {RMC: ["RMC"], RBL: ["RBL" if together else "RMC"]}
    settlement = people.settle(settle([decision]), ties)
    assert (settlement.canonical(RMC) == settlement.canonical(RBL)) is together


def test_ids_are_readable_short_and_never_those_of_two() -> None:
    many = Identity(ANN, tuple(f"trust-of-a-very-long-name-{n}" for n in range(9)), ())
    other = Identity(ANN, tuple(f"trust-of-a-very-long-name-{n}" for n in (*range(8), 10)), ())
    assert people.full_id(Identity(ANN, ("RMC",), ())) == RMC
    assert len(people.full_id(many)) < 140
    assert people.full_id(many) != people.full_id(other)
    assert people.bare(people.full_id(many)) == ANN


@given(st.dictionaries(st.integers(0, 9), st.sets(st.sampled_from("abcdef"), min_size=1, max_size=3)), st.randoms())
def test_the_order_of_what_is_known_is_nothing(ties: dict[int, set[str]], chance: random.Random) -> None:
    given_ties = {f"{ANN}--{n}": bodies for n, bodies in ties.items()}
    order = list(given_ties)
    chance.shuffle(order)
    one, other = (people.settle(settle([]), {i: given_ties[i] for i in ids}) for ids in (given_ties, order))
    for person, bodies in given_ties.items():
        assert one.group(person) == other.group(person)
        for another, more in given_ties.items():
            if bodies & more:
                assert one.canonical(person) == one.canonical(another)
