"""Predicates by whatever people call them, and names in a row."""

from __future__ import annotations

import pytest

from graph.errors import InputError
from graph.naming import NOUNS, listed, predicate, titled, unknown
from graph.store.tables import EDGE_TYPES


@pytest.mark.parametrize("typed", ["MERGER_TALKS", "merger talks", " Merger  Talks ", "merger-talks"])
def test_a_predicate_as_typed(typed: str) -> None:
    assert predicate(typed) == "MERGER_TALKS"


def test_predicates_by_other_words() -> None:
    found = [predicate(typed) for typed in ("disputes", "posts", "Holds role", "lineage", "succeeded_by")]
    assert found == ["DISPUTE", "HOLDS_ROLE", "HOLDS_ROLE", "SUCCEEDED_BY", "SUCCEEDED_BY"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("merger tolks", "did you mean MERGER_TALKS"), ("love", "the predicates are MERGER_TALKS, "), ("", "the pred")],
)
def test_a_predicate_that_is_none(typed: str, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        predicate(typed)


def test_every_predicate_has_a_noun_that_means_it() -> None:
    assert set(NOUNS) == set(EDGE_TYPES)
    assert [predicate(noun) for noun in NOUNS.values()] == list(NOUNS)


def test_titles_and_rows() -> None:
    assert titled(["MERGER_TALKS", "DISPUTE", "MERGER_TALKS"]) == "Merger talks and disputes"
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed("ABCDE") == "A, B and 3 more"
    assert listed("ABCDE", last="or") == "A, B or 3 more"


def test_links_that_nobody_tells_of() -> None:
    assert unknown(["FUNDING"], ["A"]) == "No funding of A is known."
    assert unknown(["MERGER_TALKS", "DISPUTE"], ["A", "B"]) == "No merger talks or disputes of A or B are known."
    assert unknown(["DISPUTE", "PART_OF"], "AB", "between") == "No disputes or membership between A and B is known."
