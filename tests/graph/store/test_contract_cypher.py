"""The same Cypher, in Neo4j's spelling, gives the same rows on every store, and can't write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import QueryError
from graph.store import Store
from tests.graph.store.graphs import CHESTER, HURNOVER, ICB, NHSE, OLD_CCG, QUENBY, WIRRAL, contents, extraction, said

GRAPH = [
    extraction(
        "one",
        [
            said("MERGER_TALKS", WIRRAL, CHESTER, status="mooted"),
            said("HOLDS_ROLE", QUENBY, WIRRAL, start=30, role="chief executive"),
            said("DEFICIT", WIRRAL, start=60, amount=12.5e6),
        ],
        published=date(2024, 2, 1),
    ),
    extraction("two", [said("COMMISSIONED", NHSE, HURNOVER), said("FUNDING", NHSE, ICB, start=9)], names=[OLD_CCG]),
    extraction("three", [said("CRITICISED", NHSE, CHESTER, quote='It\'s "poor" — type(r)')], published=None),
]

# name → (query, parameters, rows as tuples)
QUERIES: dict[str, tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = {
    "type of a relationship": (
        "MATCH (a:Organisation {id: 'RBL'})-[r:MERGER_TALKS|PART_OF]-(b) RETURN type(r) AS t, b.id AS b ORDER BY t",
        {},
        [("MERGER_TALKS", "RJR"), ("PART_OF", "QYG")],
    ),
    "text that looks like Cypher": (
        "MATCH (s:Statement) WHERE s.quote CONTAINS 'type(r)' /* type(r) */ RETURN s.quote AS q, "
        "'type(x) $y' AS t // type(",
        {},
        [('It\'s "poor" — type(r)', "type(x) $y")],
    ),
    "reserved names": (
        "MATCH (s:Statement {predicate: 'DEFICIT'}) RETURN s.start AS start, s.end AS end, s.end - s.start AS size",
        {},
        [(60, 80, 20)],
    ),
    "bounded path, no relationship twice": (
        "MATCH p = (a:Person {id: $id})-[:HOLDS_ROLE|MERGER_TALKS|PART_OF*1..3]-(b:Organisation) "
        "RETURN b.id AS id, length(p) AS n ORDER BY n, id",
        {"id": QUENBY.id},
        [("RBL", 1), ("QYG", 2), ("RJR", 2), ("QYG", 3), ("QYGB", 3), ("RJR", 3)],
    ),
    "fixed length": (
        "MATCH (a:Person)-[:HOLDS_ROLE|PART_OF*2]-(b:Organisation) RETURN b.id AS id",
        {},
        [("QYG",)],
    ),
    "open length": (
        "MATCH (a:Organisation {id: 'RJR'})-[:PART_OF*..2]-(b) RETURN DISTINCT b.id AS id ORDER BY id",
        {},
        [("QYG",), ("QYGB",), ("RBL",)],
    ),
    "shortest path": (
        "MATCH p = shortestPath((a:Person {id: $a})-[:HOLDS_ROLE|MERGER_TALKS|CRITICISED|COMMISSIONED*..6]-"
        "(b:Organisation {id: $b})) RETURN length(p) AS n, [x IN nodes(p) | x.id] AS ids, "
        "[r IN relationships(p) | type(r)] AS types",
        {"a": QUENBY.id, "b": HURNOVER.id},
        [
            (
                4,
                [QUENBY.id, "RBL", "RJR", "nhs-england", HURNOVER.id],
                ["HOLDS_ROLE", "MERGER_TALKS", "CRITICISED", "COMMISSIONED"],
            )
        ],
    ),
    "all shortest paths between bound ends": (
        "MATCH (a:Organisation {id: 'RBL'}) MATCH (b:Organisation {id: 'QYGB'}) "
        "MATCH p = allShortestPaths((a)-[:PART_OF|MERGER_TALKS*..4]-(b)) RETURN [x IN nodes(p) | x.id] AS ids",
        {},
        [(["RBL", "QYG", "QYGB"],)],
    ),
    "no path": (
        "MATCH p = shortestPath((a:Organisation {id: 'RBL'})-[:FUNDING*..4]-(b:Organisation {id: '12F'})) RETURN p",
        {},
        [],
    ),
    "optional parameter left out": (
        "MATCH (b:Briefing) WHERE $since IS NULL OR b.published >= $since RETURN count(b) AS n",
        {"since": None},
        [(3,)],
    ),
    "optional parameter given": (
        "MATCH (b:Briefing) WHERE $since IS NULL OR b.published >= $since RETURN count(b) AS n",
        {"since": "2024-03-01"},
        [(1,)],
    ),
    "list of words, empty": (
        "MATCH (n:Organisation) WHERE size($kinds) = 0 OR n.kind IN $kinds RETURN count(n) AS n",
        {"kinds": []},
        [(7,)],
    ),
    "list of words": (
        "MATCH (n:Organisation) WHERE size($kinds) = 0 OR n.kind IN $kinds RETURN n.id AS id ORDER BY id",
        {"kinds": ["ccg", "icb"]},
        [("12F",), ("QYGB",)],
    ),
    "parameter in a list predicate": (
        "MATCH (n:Organisation) WHERE any(x IN n.aliases WHERE toLower(x) = toLower($name)) RETURN n.id AS id",
        {"name": "wuth"},
        [("RBL",)],
    ),
    "hostile parameter in a list predicate": (
        "MATCH (n:Organisation) WHERE any(x IN n.aliases WHERE x = $name) RETURN n.id AS id",
        {"name": "\\' OR true) RETURN n //"},
        [],
    ),
    "numbers": (
        "MATCH (s:Statement) WHERE s.amount >= $least RETURN s.amount AS a, sum(s.start) AS s, "
        "avg(s.start) AS v LIMIT $n",
        {"least": 1000, "n": 5},
        [(12.5e6, 60, 60.0)],
    ),
    "nulls sort last, first when falling": (
        "MATCH (b:Briefing) RETURN b.published AS d ORDER BY d DESC",
        {},
        [(None,), ("2024-05-01",), ("2024-02-01",)],
    ),
    "exists and count": (
        "MATCH (n:Organisation) WHERE EXISTS { (n)-[:PART_OF]->(:Organisation) } "
        "AND NOT EXISTS { MATCH (n)-[:DEFICIT]->(n) } "
        "RETURN n.id AS id, COUNT { (n)-[:MERGER_TALKS|FUNDING]-() } AS links ORDER BY id",
        {},
        [("QYGB", 1), ("RJR", 1)],
    ),
    "words and pieces of text": (
        "MATCH (b:Briefing {title: 'Briefing one'}) RETURN substring(b.published, 0, 4) AS y, "
        "substring(b.title, 9) AS t, "
        "split('a,b', ',') AS parts, toUpper(b.source) AS u, toInteger('4') AS i, toString(5) AS s, "
        "left('abc', 2) AS l",
        {},
        [("2024", "one", ["a", "b"], "BOARD PAPERS", 4, "5", "ab")],
    ),
    "pieces of lists": (
        "WITH ['a', 'b', 'c'] AS xs RETURN xs[0] AS first, xs[-1] AS last, xs[1..3] AS tail, xs[..2] AS head, "
        "xs[1..] AS rest, "
        "[x IN xs WHERE x <> 'b' | toUpper(x)] AS kept, [x IN xs WHERE x IN $wanted] AS wanted, size(xs) AS n",
        {"wanted": ["c", "it's"]},
        [("a", "c", ["b", "c"], ["a", "b"], ["b", "c"], ["A", "C"], ["c"], 3)],
    ),
    "collecting and grouping": (
        "MATCH (s:Statement)-[:STATED_IN]->(b:Briefing) WITH b, count(s) AS n, min(s.start) AS first "
        "RETURN b.title AS title, n, first, CASE WHEN n > 1 THEN 'many' ELSE 'one' END AS size ORDER BY title",
        {},
        [("Briefing one", 3, 0, "many"), ("Briefing three", 1, 0, "one"), ("Briefing two", 2, 0, "many")],
    ),
    "optional match and coalesce": (
        "MATCH (n:Organisation) OPTIONAL MATCH (n)-[d:DEFICIT]->(n) WITH n, d WHERE n.kind = 'trust' "
        "RETURN n.id AS id, coalesce(d.amount, 0.0) AS deficit ORDER BY id",
        {},
        [("RBL", 12.5e6), ("RJR", 0.0)],
    ),
    "patterns of text": (
        "MATCH (n:Organisation) WHERE n.name =~ '(?i).*chester.*' OR n.name STARTS WITH 'Hurn' "
        "RETURN n.id AS id ORDER BY id",
        {},
        [("RJR",), ("supplier-hurnover-analytics",)],
    ),
    "union": ("RETURN 1 AS x UNION ALL RETURN 2 AS x", {}, [(1,), (2,)]),
    "unwind nothing": ("UNWIND $ids AS i MATCH (n:Organisation {id: i}) RETURN n.id AS id", {"ids": []}, []),
    "a node of either kind": (
        "MATCH (n:Organisation|Person) WHERE n.id IN ['RBL', 'person-isolde-quenby'] RETURN n.kind AS k, "
        "n.ods_code AS o ORDER BY k",
        {},
        [("person", None), ("trust", "RBL")],
    ),
}


@pytest.fixture
def filled(any_store: Store) -> Store:
    any_store.writer().add(GRAPH)
    return any_store


def test_queries_give_the_same_rows(filled: Store) -> None:
    view = filled.view()
    found = {name: [tuple(r.values()) for r in view.rows(q, p)] for name, (q, p, _) in QUERIES.items()}
    assert found == {name: rows for name, (_, _, rows) in QUERIES.items()}


def test_nodes_relationships_and_paths_become_plain_dicts(filled: Store) -> None:
    (row,) = filled.view().rows("MATCH p = (a:Person)-[r:HOLDS_ROLE]->(b:Organisation) RETURN a, r, p")
    person = {
        "label": "Person",
        "aliases": [],
        "id": QUENBY.id,
        "kind": "person",
        "known": False,
        "members": [],
        "name": "Isolde Quenby",
    }
    role = {
        "type": "HOLDS_ROLE",
        "briefings": 1,
        "caption": "chief executive",
        "confidence": 0.8,
        "first_seen": "2024-02-01",
        "last_seen": "2024-02-01",
        "origin": "text",
        "role": "chief executive",
        "statements": 1,
    }
    assert row["a"] == person
    assert row["r"] == role
    assert row["p"]["nodes"][0] == person
    assert [n["id"] for n in row["p"]["nodes"]] == [QUENBY.id, "RBL"]
    assert row["p"]["relationships"] == [{"source": QUENBY.id, "target": "RBL", **role}]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Organisation {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Organisation) SET n.name = 'x' RETURN n",
        "MERGE (n:Organisation {id: 'x'}) RETURN n",
        "MATCH (n:Organisation) REMOVE n.name RETURN n",
        "DROP TABLE Person",
        "DROP CONSTRAINT organisation_id",
        "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
        "CALL db.labels()",
        "CALL show_tables() RETURN *",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "LOAD FROM '/etc/passwd' RETURN *",
        "COPY Person TO 'people.csv'",
        "EXPORT DATABASE 'x'",
        "BEGIN TRANSACTION",
        "SHOW USERS",
        "UNWIND [1] AS x FOREACH (i IN [1] | CREATE (:Person {id: 'y'})) RETURN x",
        "MATCH (n) RETURN 'a\\u0027 DETACH DELETE n //'",
        "MATCH (n) D\\u0045TACH DELETE n",
        "/* RETURN */ CREATE (n:Person {id: 'x'})",
        "",
        "  // nothing",
        "RETURN 'open",
        "RETURN 1 /* open",
    ],
)
def test_a_query_that_could_write_is_refused(filled: Store, query: str) -> None:
    before = contents(filled.view())
    with pytest.raises(QueryError):
        filled.view().rows(query)
    assert contents(filled.view()) == before


def test_words_that_only_look_like_clauses_are_fine(filled: Store) -> None:
    query = (
        "MATCH (b:Briefing) WHERE b.title = 'CREATE' OR b.title = 'Briefing one' "
        "RETURN {set: 1, delete: 2} AS `merge`; "
    )
    assert filled.view().rows(query) == [{"merge": {"set": 1, "delete": 2}}]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MATCH (n:Organisation {id: $id}) RETURN n, $other", r"\$id, \$other"),
        ("MATCH (n:Organisation RETURN n", "brackets|never closes|Invalid input"),
        ("RETURN nothing", "nothing"),
        ("RETURN noSuchFunction(1)", "(?i)noSuchFunction"),
    ],
)
def test_a_query_that_makes_no_sense_is_an_error_on_one_line(filled: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        filled.view().rows(query)
    assert "\n" not in str(caught.value)


def test_a_query_that_takes_too_long_is_stopped(filled: Store) -> None:
    endless = " ".join(f"UNWIND range(1, 100000) AS x{i}" for i in range(4))
    with pytest.raises(QueryError, match="too long"):
        filled.view().rows(f"{endless} RETURN sum(x0 + x1 + x2 + x3) AS n", timeout=0.3)
    assert filled.view().rows("RETURN 1 AS x") == [{"x": 1}]
