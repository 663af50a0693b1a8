"""Stores as older versions made them, built from a graph of today's: their tables, and what stood in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ladybug
import neo4j

from graph.model import Decision, Extraction
from graph.store import Store, open_store
from tests.neo4j_server import Server

Step = Extraction | Decision

_ENTITY = (
    "id STRING, name STRING, kind STRING, ods_code STRING, aliases STRING[], opened STRING, closed STRING, "
    "region STRING, known BOOL, members STRING[], rank INT64"
)
_NODES = {
    "Organisation": _ENTITY,
    "Person": _ENTITY,
    "Briefing": "id STRING, title STRING, published STRING, source STRING, path STRING, sha256 STRING, text STRING",
    "Statement": (
        "id STRING, predicate STRING, status STRING, form STRING, amount DOUBLE, role STRING, rating STRING, "
        "quote STRING, start INT64, `end` INT64, published STRING, confidence DOUBLE, rule STRING, review STRING, "
        "edge STRING, subject_id STRING, object_id STRING"
    ),
    "Question": (
        "id STRING, briefing STRING, text STRING, start INT64, `end` INT64, candidates STRING[], reason STRING"
    ),
    "Decision": (
        "id STRING, judgement STRING, `left` STRING, `right` STRING, user STRING, made STRING, note STRING, "
        "number INT64"
    ),
    "Record": "id STRING, data STRING",
    "Namesake": "id STRING, person STRING, ties STRING[]",
    "Meta": "id STRING, version INT64",
}
_EDGE = (
    "status STRING, form STRING, amount DOUBLE, role STRING, rating STRING, first_seen STRING, last_seen STRING, "
    "statements INT64, briefings INT64, confidence DOUBLE, origin STRING"
)
_TO_ENTITIES = "FROM Statement TO Organisation, FROM Statement TO Person"
_BETWEEN = (
    "FROM Organisation TO Organisation, FROM Organisation TO Person, FROM Person TO Organisation, FROM Person TO Person"
)
_PREDICATES = (
    *("MERGER_TALKS", "DISPUTE", "FUNDING", "HOLDS_ROLE", "COMMISSIONED"),
    *("REGULATORY_ACTION", "CRITICISED", "PART_OF", "DEFICIT"),
)
_RELATIONSHIPS = {
    "SUBJECT": (_TO_ENTITIES, ""),
    "OBJECT": (_TO_ENTITIES, ""),
    "STATED_IN": ("FROM Statement TO Briefing", ""),
    "MENTIONED_IN": ("FROM Organisation TO Briefing, FROM Person TO Briefing", "count INT64, names STRING[]"),
    "SUCCEEDED_BY": ("FROM Organisation TO Organisation", "date STRING, kind STRING"),
    **dict.fromkeys(_PREDICATES, (_BETWEEN, _EDGE)),
}


def told(store: Store, steps: Sequence[Step]) -> None:
    """Ingest and decide, in this order."""
    for step in steps:
        if isinstance(step, Decision):
            store.writer().decide(step)
        else:
            store.writer().add([step])


def as_of(layout: int, steps: Sequence[Step]) -> list[Step]:
    """What that version could be told: layout 1 knew nobody by the bodies of their posts."""
    return [replace(s, identities=()) if layout == 1 and isinstance(s, Extraction) else s for s in steps]


def older_file(path: Path, layout: int, steps: Sequence[Step]) -> None:
    """The file that the version with this layout made of these steps."""
    scratch = path.with_name("scratch")
    with open_store(str(scratch), create=True) as store:
        told(store, as_of(layout, steps))
        view = store.view()
        nodes = {x: [r["n"] for r in view.rows(f"MATCH (n:{x}) RETURN n")] for x in _NODES}
        links = {x: view.rows(f"MATCH (a)-[e:{x}]->(b) RETURN a, b, e") for x in _RELATIONSHIPS}
    scratch.unlink()
    database = ladybug.Database(str(path), buffer_pool_size=1 << 28, max_db_size=1 << 34)
    connection = ladybug.Connection(database)
    tables = {x: columns for x, columns in _NODES.items() if x != "Namesake" or layout > 1}
    for label, columns in tables.items():
        connection.execute(f"CREATE NODE TABLE {label}({columns}, PRIMARY KEY(id))")
    for type_, (ends, columns) in _RELATIONSHIPS.items():
        connection.execute(f"CREATE REL TABLE {type_}({ends}{', ' if columns else ''}{columns})")
    for label in tables:
        for node in nodes[label]:
            row = _known(node, _NODES[label])
            if label in ("Organisation", "Person"):
                row.setdefault("rank", 2 * row["known"] + 1)
            if label == "Meta":
                row["version"] = layout
            connection.execute(f"CREATE (:{label} {_map(row)})", _given(row))
    for type_, (_, columns) in _RELATIONSHIPS.items():
        for link in links[type_]:
            a, b, row = link["a"], link["b"], _known(link["e"], columns)
            connection.execute(
                f"MATCH (a:{a['label']} {{id: $a}}), (b:{b['label']} {{id: $b}}) "
                f"CREATE (a)-[:{type_} {_map(row)}]->(b)",
                {**_given(row), "a": a["id"], "b": b["id"]},
            )
    connection.execute("CHECKPOINT")
    connection.close()
    database.close()


def _known(row: dict[str, Any], columns: str) -> dict[str, Any]:
    names = {c.split()[0].strip("`") for c in columns.split(", ") if c}
    return {k: v for k, v in row.items() if k in names}


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {f"p_{k}": v for k, v in row.items()}


def _map(row: dict[str, Any]) -> str:
    return "{" + ", ".join(f"`{k}`: $p_{k}" for k in row) + "}" if row else ""


def older_graph(server: Server, layout: int, steps: Sequence[Step]) -> None:
    """The graph that the version with this layout made of these steps on an empty server."""
    options: dict[str, Any] = {"username": server.username, "password": server.password, "database": server.database}
    with open_store(server.uri, create=True, **options) as store:
        told(store, as_of(layout, steps))
    for query in (
        "MATCH (n:Name) DETACH DELETE n",
        "MATCH (n:Organisation|Person) WHERE n.rank IS NULL SET n.rank = CASE WHEN n.known THEN 3 ELSE 1 END",
        "MATCH ()-[e]->() REMOVE e.caption, e.sum",
        f"MATCH (m:Meta) SET m.version = {layout}",
        "DROP CONSTRAINT name_id IF EXISTS",
        "DROP INDEX entity_names IF EXISTS",
        "DROP INDEX statement_predicate_published IF EXISTS",
        *(f"DROP INDEX {p.lower()}_{x} IF EXISTS" for p in _PREDICATES for x in ("confidence", "status", "last_seen")),
    ):
        ask(server, query)


def ask(server: Server, query: str) -> list[dict[str, Any]]:
    """Straight through the driver, past the store."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        return [r.data() for r in driver.execute_query(query, database_=server.database).records]
