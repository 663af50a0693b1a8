"""A store's complaint names the place in the query as the user wrote it."""

from __future__ import annotations

import pytest

from graph.errors import Place, QueryError
from graph.store import Store
from graph.store.mistakes import from_ladybug, from_neo4j
from graph.store.tokens import place_at

WRONG = (
    ("MATCH (n:Person)\nWHERE n.name = 'x'\nRETURN n.id ORDR BY n.id", Place(3, 13)),
    ("MATCH (n:Person)\nRETURN nope(n.id)", Place(2, 8)),
    ("MATCH (a)-[e:FUNDING*1..2]->(b) // long\nRETURN substring(a.id, 0, 2), a.end LIMT 3", Place(2, 37)),
    ("RETURN 'a' +", Place(1, 13)),
    ("MATCH (n:Person) SET n.name = 'x'", Place(1, 18)),
    ("RETURN 1 AS one; RETURN 2 AS two", Place(1, 16)),
)


@pytest.mark.parametrize(("query", "place"), WRONG, ids=[q[:20] for q, _ in WRONG])
def test_both_stores_point_at_the_place(query: str, place: Place, any_store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        any_store.view().rows(query)
    assert caught.value.place == place
    assert "\n" not in str(caught.value)
    assert "offset" not in str(caught.value)


def test_a_bracket_never_closed_is_found_where_it_opens(embedded_store: Store) -> None:
    with pytest.raises(QueryError, match="never closes") as caught:
        embedded_store.view().rows("MATCH (n:Person)\nRETURN coalesce(n.id, [1, 2]")
    assert caught.value.place == Place(2, 16)
    with pytest.raises(QueryError, match="don't match") as caught:
        embedded_store.view().rows("MATCH (n:Person] RETURN n.id")
    assert caught.value.place == Place(1, 16)


def test_an_unknown_property_is_found_in_the_embedded_store(embedded_store: Store) -> None:
    with pytest.raises(QueryError, match="nme") as caught:
        embedded_store.view().rows("MATCH (n:Person)\nWHERE n.nme = 'x'\nRETURN n.id")
    assert caught.value.place == Place(2, 9)


def test_what_names_no_place_has_none() -> None:
    assert from_neo4j("/ by zero") == ("/ by zero", None)
    assert from_ladybug("Runtime exception: Divide by zero.", "RETURN 1/0", "RETURN 1/0") == ("Divide by zero.", None)


def test_a_place_counts_from_one() -> None:
    assert place_at("", 0) == Place(1, 1)
    assert place_at("a\nbc", 3) == Place(2, 2)
