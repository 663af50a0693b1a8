"""Neo4j's own promises: constraints, labels for Browser, clear words when it can't be used, two writers at once."""

from __future__ import annotations

import threading
from typing import Any

import neo4j
import pytest

from graph.errors import StoreError, StoreUnavailable, StoreVersionError
from graph.model import Entity
from graph.schema import KINDS
from graph.store import Store, open_store
from graph.store.tables import EDGE_INDEXES, INDEXES, NODES
from tests.graph.store.graphs import CHESTER, NHSE, QUENBY, WIRRAL, contents, extraction, said
from tests.neo4j_server import Server, free_port, wipe

pytestmark = pytest.mark.neo4j


def opened(server: Server, **changes: Any) -> Store:
    options: dict[str, Any] = {
        "username": server.username,
        "password": server.password,
        "database": server.database,
        "create": True,
    }
    return open_store(server.uri, **(options | changes))


def ask(server: Server, query: str) -> list[dict[str, Any]]:
    """Straight through the driver, past the store."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        records = driver.execute_query(query, database_=server.database).records
        return [r.data() for r in records]


def test_ids_are_unique_and_looked_up_properties_indexed(neo4j_server: Server, neo4j_store: Store) -> None:
    constraints = ask(neo4j_server, "SHOW CONSTRAINTS YIELD labelsOrTypes AS l, properties AS p, type AS t")
    assert {(c["l"][0], c["p"][0], c["t"]) for c in constraints} >= {
        (label, "id", "UNIQUENESS") for label in NODES if label != "Word"
    }
    indexes = ask(
        neo4j_server, "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, state AS s WHERE p IS NOT NULL"
    )
    online = {(i["l"][0], tuple(i["p"])) for i in indexes if i["s"] == "ONLINE"}
    assert online >= {*INDEXES, *((type_, (p,)) for type_, p in EDGE_INDEXES), ("Name", ("words",))}


def test_a_kind_is_a_second_label(neo4j_server: Server, neo4j_store: Store) -> None:
    bodies = [Entity(f"{k}-x", k, k) for k in KINDS if k != "person"]
    neo4j_store.writer().add([extraction("kinds", names=[*bodies, QUENBY])])
    rows = ask(neo4j_server, "MATCH (n:Organisation|Person) RETURN n.kind AS kind, labels(n) AS labels")
    for row in rows:
        expected = {"Person"} if row["kind"] == "person" else {"Organisation", KINDS[row["kind"]].label}
        assert set(row["labels"]) == expected
    assert len(rows) == len(KINDS)


def test_a_kind_that_changes_takes_its_label_along(neo4j_server: Server, neo4j_store: Store) -> None:
    neo4j_store.writer().add([extraction("guess", names=[Entity("R1X", "Acute Trust", "other")])])
    neo4j_store.writer().add([extraction("register", names=[Entity("R1X", "Acute NHS Trust", "trust", known=True)])])
    (row,) = ask(neo4j_server, "MATCH (n:Organisation) RETURN labels(n) AS labels")
    assert set(row["labels"]) == {"Organisation", "Trust"}


def test_the_server_itself_refuses_a_write_by_a_view(neo4j_store: Store) -> None:
    session: Any = neo4j_store.view()._session  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match=r"(?i)read"):
        session.read("CREATE (n:Person {id: 'x'}) RETURN n")
    assert neo4j_store.view().names() == []


def test_a_wrong_password_says_which_settings_to_look_at(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable, match="NEO4J_USERNAME and NEO4J_PASSWORD") as caught:
        opened(neo4j_server, password="not-it")
    assert "not-it" not in str(caught.value)


def test_no_such_database_is_named(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailable, match="no database nowhere"):
        opened(neo4j_server, database="nowhere")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_no_server_there_says_so_at_once(scheme: str) -> None:
    with pytest.raises(StoreUnavailable, match="No Neo4j server answers") as caught:
        open_store(f"{scheme}://127.0.0.1:{free_port()}", password="x")
    assert "\n" not in str(caught.value)


def test_an_address_that_is_none_says_so() -> None:
    with pytest.raises(StoreError, match="no Neo4j address"):
        open_store("bolt://127.0.0.1:port", password="x")


def test_settings_come_from_the_environment(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    wipe(neo4j_server)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("NEO4J_DATABASE", neo4j_server.database or "neo4j")
    with open_store(neo4j_server.uri, create=True) as store:
        assert store.view().stats()["briefings"] == 0
        assert store.address == neo4j_server.uri


def test_the_routing_address_works_too(neo4j_server: Server, neo4j_store: Store) -> None:
    neo4j_store.writer().add([extraction("one", [said("DISPUTE", NHSE, WIRRAL)])])
    routed = Server(neo4j_server.uri.replace("bolt:", "neo4j:"), neo4j_server.username, neo4j_server.password)
    with opened(routed, database=neo4j_server.database, create=False, read_only=True) as store:
        assert len(store.view().statements()) == 1
        with pytest.raises(StoreError, match="reading only"):
            store.writer()


def test_an_empty_database_says_to_ingest_first(neo4j_server: Server) -> None:
    wipe(neo4j_server)
    with pytest.raises(StoreError, match="nhsgraph ingest"):
        opened(neo4j_server, create=False)


def test_other_data_under_our_labels_is_left_alone(neo4j_server: Server) -> None:
    wipe(neo4j_server)
    ask(neo4j_server, "CREATE (:Person {id: 'somebody', age: 40})")
    with pytest.raises(StoreError, match="other data"):
        opened(neo4j_server)
    assert ask(neo4j_server, "MATCH (n) RETURN n.age AS age") == [{"age": 40}]
    wipe(neo4j_server)


def test_another_version_is_refused(neo4j_server: Server, neo4j_store: Store) -> None:
    ask(neo4j_server, "MATCH (m:Meta) SET m.version = 99")
    with pytest.raises(StoreVersionError, match="layout 99"):
        opened(neo4j_server)


def test_two_writers_at_once_lose_nothing(neo4j_server: Server, neo4j_store: Store) -> None:
    pair = [said("DISPUTE", WIRRAL, CHESTER, status="open"), said("CRITICISED", NHSE, WIRRAL, start=40)]
    briefings = [extraction(f"n{n}", pair) for n in range(12)]
    failures: list[BaseException] = []

    def work(mine: slice) -> None:
        try:
            with opened(neo4j_server) as store:
                for x in briefings[mine]:
                    store.writer().add([x])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(slice(k, None, 3),)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    edges = {e.predicate: e.statements for e in neo4j_store.view().subgraph(["RBL"]).edges}
    assert (edges["DISPUTE"], edges["CRITICISED"]) == (12, 12)
    together = contents(neo4j_store.view())
    wipe(neo4j_server)
    with opened(neo4j_server) as store:
        store.writer().add(briefings)
        assert contents(store.view()) == together


def test_what_one_store_writes_its_view_sees(neo4j_store: Store) -> None:
    for n in range(5):
        neo4j_store.writer().add([extraction(f"n{n}", [said("DISPUTE", NHSE, WIRRAL)])])
        assert neo4j_store.view().stats()["briefings"] == n + 1
