"""The contract: every template gives the same rows, in the same order, on both stores, by its indexes alone.

The graph has over 5,000 bodies and people; the briefings reach the two stores in different orders.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from graph.model import Row
from graph.store import Store, open_store
from queries.catalogue import Template, load
from queries.run import run
from tests.neo4j_server import Server, emptied
from tests.queries import contract

pytestmark = pytest.mark.neo4j
TEMPLATES = load()
FULL = ("AllNodesScan", "NodeByLabelsScan", "NodeByLabelScan", "RelationshipTypeScan", "RelationshipTypesScan")
"""Ends of the names of Neo4j's operators that look at all nodes, or at all edges of a type."""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("contract") / "store.lbdb"), create=True) as store:
        contract.fill(store)
        yield store


@pytest.fixture(scope="module")
def served(neo4j_server: Server) -> Iterator[Store]:
    with emptied(neo4j_server) as store:
        contract.fill(store, seed=3)
        yield store


def test_the_graph_is_large_enough(embedded: Store, served: Store) -> None:
    stats = embedded.view().stats()
    assert stats["entities"] >= 5_000
    assert stats == served.view().stats()


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_both_stores_give_the_same_rows(template: Template, embedded: Store, served: Store) -> None:
    answered: list[Row] = []
    for values in contract.cases(template, embedded.view()):
        rows = [run(template, store.view(), values).rows for store in (embedded, served)]
        assert rows[0] == rows[1], values
        assert repr(rows[0]) == repr(rows[1]), values  # 2 and 2.0 are equal, but not the same JSON
        answered += rows[0]
    assert answered


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_the_plan_looks_at_everything_only_where_the_header_says_why(
    template: Template, embedded: Store, served: Store, neo4j_server: Server
) -> None:
    *_, values = contract.cases(template, embedded.view())
    with neo4j.GraphDatabase.driver(
        neo4j_server.uri,
        auth=(neo4j_server.username, neo4j_server.password),
        notifications_min_severity="OFF",
    ) as driver:
        summary = driver.execute_query(f"EXPLAIN {template.cypher}", values, database_=neo4j_server.database).summary
    assert summary.plan is not None
    scans = sorted({name for name in _operators(summary.plan) if name.endswith(FULL)})
    assert bool(scans) == bool(template.scan), scans


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].split("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)
