"""Neo4j's Cypher spelled for Ladybug, as text; that the rows are right is the contract suite's to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.store.dialect import translate


@pytest.mark.parametrize(
    ("cypher", "ladybug"),
    [
        ("MATCH (a)-[r]->(b) RETURN type(r)", "MATCH (a)-[r]->(b) RETURN label(r)"),
        ("RETURN n.type, 'type(r)', `type`(r)", "RETURN n.type, 'type(r)', `type`(r)"),
        ("RETURN TYPE (r) // type(r)", "RETURN label(r) // type(r)"),
        ("MATCH (a)-[:A|B*1..3]-(b)", "MATCH (a)-[:A|B* TRAIL 1..3]-(b)"),
        ("MATCH (a)<-[r:A*]-(b)", "MATCH (a)<-[r:A* TRAIL 1..30]-(b)"),
        ("MATCH (a)-[*2]->(b)", "MATCH (a)-[* TRAIL 2..2]->(b)"),
        ("MATCH (a)-[:A*..4 {x: 2 * 3}]->(b)", "MATCH (a)-[:A* TRAIL 1..4 {x: 2 * 3}]->(b)"),
        ("MATCH (a)-[:A*2..]->(b)", "MATCH (a)-[:A* TRAIL 2..30]->(b)"),
        ("MATCH p = shortestPath((a)-[:A*..6]-(b)) RETURN p", "MATCH p = (a)-[:A* SHORTEST 1..6]-(b) RETURN p"),
        ("MATCH p = allShortestPaths((a)-[*]-(b))", "MATCH p = (a)-[* ALL SHORTEST 1..30]-(b)"),
        ("WHERE EXISTS { (a)--(b) }", "WHERE EXISTS { MATCH  (a)--(b) }"),
        ("WHERE COUNT {MATCH (a)--(b)} > 2", "WHERE COUNT {MATCH (a)--(b)} > 2"),
        ("RETURN 2 * 3, [1, 2], x[0], f(x)[1..2]", "RETURN 2 * 3, [1, 2], x[1], f(x)[2:2]"),
        ("RETURN [x IN xs | x.id]", "RETURN list_transform(xs, x -> x.id)"),
        ("RETURN [x IN xs WHERE x > 1]", "RETURN list_filter(xs, x -> x > 1)"),
        ("RETURN toString(n.end) AS end", "RETURN cast(n.`end`, 'STRING') AS `end`"),
        ("RETURN substring('abc', n + 1)", "RETURN substring('abc', (n + 1) + 1, size('abc'))"),
    ],
)
def test_what_differs_is_translated_and_nothing_else(cypher: str, ladybug: str) -> None:
    assert translate(cypher)[0] == ladybug


def test_numbers_and_nothing_go_into_the_text_and_words_stay_parameters() -> None:
    text, left = translate(
        "WHERE $a IS NULL OR x > $b AND y = $c AND z IN $d", {"a": None, "b": -1.5, "c": "it's", "d": []}
    )
    assert text == "WHERE NULL IS NULL OR x > (-1.5) AND y = $c AND z IN $d"
    assert left == {"c": "it's", "d": []}


def test_inside_a_list_predicate_words_go_into_the_text_as_text() -> None:
    text, left = translate("WHERE any(x IN n.aliases WHERE x = $name)", {"name": "O'Neil \\ Co", "more": 1})
    assert text == r"WHERE any(x IN n.aliases WHERE x = 'O\'Neil \\ Co')"
    assert left == {}


@pytest.mark.parametrize(
    "cypher",
    ["RETURN labels(n)", "RETURN (1", "RETURN 1)", "RETURN [1)", "RETURN xs[n]", "RETURN $missing", "RETURN 'open"],
)
def test_what_cannot_be_translated_is_an_error(cypher: str) -> None:
    with pytest.raises(QueryError):
        translate(cypher)


@given(st.text(alphabet=st.characters(blacklist_characters="'\\")), st.sampled_from(["'{}'", "/*{}*/ ", "`{}`"]))
def test_text_and_names_come_through_untouched(text: str, form: str) -> None:
    if ("*/" in text + "*" and form.startswith("/*")) or ("`" in text and form.startswith("`")):
        text = "type(r)[0]"
    quoted = form.format(text)
    assert translate(f"RETURN {quoted}")[0] == f"RETURN {quoted}"
