"""Whatever a query says, no store lets it write."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.store import Store
from tests.queries import generated

WRITES = (
    "CREATE (:Organisation {id: 'x'})",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Organisation) SET n.name = 'x'",
    "match (n:Organisation) /* quietly */ sEt n.name = 'x' RETURN n.id",
    "MERGE (:Briefing {id: 'x'})",
    "MATCH (n:Organisation) REMOVE n.name",
    "MATCH (n:Organisation) RETURN n.id; MATCH (m) DETACH DELETE m",
    "UNWIND [1] AS x FOREACH (y IN [1] | CREATE (:Person {id: 'p'}))",
    "DROP TABLE Statement",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL db.labels()",
    "MATCH (n:Organisation) WHERE n.rank = 1.SET n.name = 'x'",
)


def test_no_store_lets_a_query_write(any_store: Store) -> None:
    any_store.writer().add(generated.extractions(1))
    view = any_store.view()
    before = view.subgraph()
    for cypher in WRITES:
        with pytest.raises(QueryError) as caught:
            view.rows(cypher)
        assert "\n" not in str(caught.value), cypher
    # Neo4j reads unicode escapes before it reads the query: a comment may end where it does not seem to.
    try:
        rows = view.rows("RETURN 1 AS one // \\u000aMATCH (n) DETACH DELETE n")
    except QueryError:
        rows = [{"one": 1}]
    assert rows == [{"one": 1}]
    assert view.subgraph() == before
