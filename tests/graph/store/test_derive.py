"""Edges from statements: newest attributes, independent witnesses, symmetric pairs."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import settle
from graph.model import Decision
from graph.store.derive import derive, edge_key

PLAIN = settle([])


def row(**values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("status", "form", "amount", "role", "rating", "review", "published"))
    return {**empty, "id": "s", "briefing": "b", "start": 0, "confidence": 0.5, **values}


def test_each_attribute_is_that_of_the_newest_statement_that_has_it() -> None:
    edge = derive(
        "MERGER_TALKS",
        [
            row(id="2", published="2024-02-01", status="agreed"),
            row(id="1", published="2024-01-01", status="mooted", form="merger", amount=5.0),
            row(id="3", published=None, status="paused", role="chair"),
        ],
    )
    assert edge is not None
    assert (edge["status"], edge["form"], edge["amount"], edge["role"]) == ("agreed", "merger", 5.0, "chair")
    assert (edge["first_seen"], edge["last_seen"]) == ("2024-01-01", "2024-02-01")


def test_a_doubtful_newer_statement_does_not_overrule_a_sure_one() -> None:
    edge = derive(
        "MERGER_TALKS",
        [
            row(id="1", published="2024-01-01", status="called_off", confidence=0.95),
            row(id="2", published="2024-02-01", status="in_talks", form="merger", confidence=0.4),
        ],
    )
    assert edge is not None
    assert (edge["status"], edge["form"]) == ("called_off", "merger")
    assert edge["last_seen"] == "2024-02-01"


def test_a_former_post_yields_to_another_of_the_same_briefing() -> None:
    now = row(id="1", start=10, status="interim", role="chief executive")
    then = row(id="2", start=90, status="former", role="director of finance")
    later = row(id="3", briefing="c", published="2024-02-01", status="former", role="chief executive")
    edge = derive("HOLDS_ROLE", [now, then])
    assert edge is not None
    assert (edge["status"], edge["role"]) == ("interim", "chief executive")
    edge = derive("HOLDS_ROLE", [now, then, later])
    assert edge is not None
    assert (edge["status"], edge["role"]) == ("former", "chief executive")
    left = derive("HOLDS_ROLE", [row(id="1", status="current", role="chair"), row(id="2", start=9, status="former")])
    assert left is not None
    assert left["status"] == "former"


def test_briefings_are_independent_witnesses_and_a_confirmed_statement_is_sure() -> None:
    rows = [row(briefing="a", confidence=0.5), row(briefing="a", confidence=0.6), row(briefing="b", confidence=0.5)]
    edge = derive("MERGER_TALKS", rows)
    assert edge is not None
    assert (edge["confidence"], edge["briefings"], edge["statements"]) == (0.8, 2, 3)
    sure = derive("MERGER_TALKS", [*rows, row(briefing="c", confidence=0.1, review="confirmed")])
    assert sure is not None
    assert sure["confidence"] == 1.0


def test_nothing_stands_when_all_is_rejected_unless_the_register_says_so() -> None:
    rejected = [row(review="rejected")]
    assert derive("MERGER_TALKS", rejected) is None
    registered = derive("MERGER_TALKS", rejected, registered=True)
    assert registered is not None
    assert (registered["origin"], registered["statements"], registered["confidence"]) == ("register", 0, 1.0)


ROWS = st.lists(
    st.builds(
        row,
        id=st.text("abc", min_size=1, max_size=3),
        briefing=st.sampled_from(["x", "y", "z"]),
        published=st.none() | st.sampled_from(["2024-01-01", "2024-02-01"]),
        confidence=st.floats(0, 1),
        status=st.none() | st.sampled_from(["open", "resolved"]),
        review=st.none() | st.sampled_from(["confirmed", "rejected"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda r: r["id"],
)


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_statements_does_not_matter(pair: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    edge = derive("MERGER_TALKS", pair[0])
    assert derive("MERGER_TALKS", pair[1]) == edge
    if edge is not None:
        assert 0 <= edge["confidence"] <= 1
        assert edge["briefings"] <= edge["statements"] <= len(pair[0])


def test_ends_follow_direction_symmetry_and_merges() -> None:
    assert edge_key("FUNDING", "b", "a", PLAIN) == ("FUNDING", "b", "a")
    assert edge_key("DISPUTE", "b", "a", PLAIN) == edge_key("DISPUTE", "a", "b", PLAIN) == ("DISPUTE", "a", "b")
    assert edge_key("DEFICIT", "a", None, PLAIN) == ("DEFICIT", "a", "a")
    assert edge_key("MERGER_TALKS", "a", "a", PLAIN) == ("MERGER_TALKS", "a", "a")
    merged = settle([Decision("same", "a", "b")])
    assert edge_key("MERGER_TALKS", "a", "b", merged) is None
    assert edge_key("FUNDING", "c", "b", merged) == ("FUNDING", "c", "a")
