"""Cypher as tokens: nothing is lost, and what a query needs and does is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.store.tokens import check_read_only, parameters_of, tokenise, used_parameters


@given(st.text(alphabet=st.sampled_from("abc $_1.5'\"`\\/*\n(){}[]-><=~:;,|é")))
def test_the_tokens_joined_are_the_query(query: str) -> None:
    try:
        tokens = tokenise(query)
    except QueryError:
        # Only what is left open, a lone $ or a stray backslash has no tokens.
        assert set(query) & set("'\"`$\\") or "/*" in query
    else:
        assert "".join(t.text for t in tokens) == query


def test_parameters_in_text_and_comments_are_none() -> None:
    query = "MATCH (n {id: $id}) WHERE n.x = '$no' /* $no */ AND n.y = $`odd one` RETURN $id // $no"
    assert parameters_of(query) == ("id", "odd one")


def test_unused_parameters_are_dropped_and_missing_ones_named() -> None:
    assert used_parameters("RETURN $a", {"a": 1, "b": 2}) == {"a": 1}
    with pytest.raises(QueryError, match=r"\$b, \$c"):
        used_parameters("RETURN $a, $b, $c", {"a": 1})


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n) RETURN n.set, n.delete AS x",
        "match (n:Create)-[:SET|DELETE]->(m) return 'MERGE'",
        "RETURN {merge: 1};",
        "// CREATE\nMATCH (n) RETURN n",
        "WITH 1 AS x CALL { RETURN 2 AS y } RETURN x, y",
    ],
)
def test_reading_is_allowed(query: str) -> None:
    check_read_only(query)


@given(st.sampled_from(["CREATE", "merge", "SeT", "DELETE", "Detach", "REMOVE", "CALL", "LOAD", "COPY", "DROP"]))
def test_a_clause_that_writes_is_found_in_any_case(word: str) -> None:
    with pytest.raises(QueryError, match=word.upper()):
        check_read_only(f"MATCH (n) {word} x RETURN n")
