"""The Cypher that both stores share, made from the stored layout; every value is a parameter.

Rows go in by UNWIND in one statement for each table. The WITH between two look-ups by id keeps
Ladybug from multiplying the two tables: 1,000 relationships take 0.03 s instead of 5 s.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.store.tables import NODES, RELATIONSHIPS

_CONVERTED = {"DOUBLE": "toFloat(r.{})", "INT64": "toInteger(r.{})", "BOOL": "toBoolean(r.{})"}
"""A column of nulls alone has no type for Ladybug, so what is not text says its type."""


def _value(name: str, type_: str) -> str:
    return _CONVERTED.get(type_, "r.{}").format(name)


def _map(properties: Mapping[str, str]) -> str:
    return ", ".join(f"{p}: {_value(p, t)}" for p, t in properties.items())


def create_nodes(label: str) -> str:
    """Create the nodes of `$rows`; each row holds all properties of the label."""
    return f"UNWIND $rows AS r CREATE (n:{label} {{{_map(NODES[label])}}})"


def update_nodes(label: str) -> str:
    """Overwrite the properties of the nodes of `$rows`."""
    values = ", ".join(f"n.{p} = {_value(p, t)}" for p, t in NODES[label].items() if p != "id")
    return f"UNWIND $rows AS r MATCH (n:{label} {{id: r.id}}) SET {values}"


def delete_nodes(label: str) -> str:
    """Delete the nodes of `$ids` with their relationships."""
    return f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) DETACH DELETE n"


def nodes(label: str) -> str:
    """The nodes of `$ids`: one column for each property."""
    columns = ", ".join(f"n.{p} AS {p}" for p in NODES[label])
    return f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN {columns}"


def create_relationships(type_: str, source: str, target: str) -> str:
    """Create the relationships of `$rows` (source, target and all properties of the type)."""
    properties = RELATIONSHIPS[type_][1]
    given = f" {{{_map(properties)}}}" if properties else ""
    return (
        f"UNWIND $rows AS r MATCH (a:{source} {{id: r.source}}) WITH a, r "
        f"MATCH (b:{target} {{id: r.target}}) CREATE (a)-[:{type_}{given}]->(b)"
    )


def delete_relationships(type_: str, source: str, target: str) -> str:
    """Delete the relationships of `$rows` (source, target)."""
    return (
        f"UNWIND $rows AS r MATCH (a:{source} {{id: r.source}})-[e:{type_}]->(b:{target}) "
        "WHERE b.id = r.target DELETE e"
    )


def relationships(type_: str, source: str, target: str) -> str:
    """The relationships of `$rows` (source, target) with their properties."""
    columns = "".join(f", e.{p} AS {p}" for p in RELATIONSHIPS[type_][1])
    return (
        f"UNWIND $rows AS r MATCH (a:{source} {{id: r.source}})-[e:{type_}]->(b:{target}) "
        f"WHERE b.id = r.target RETURN a.id AS source, b.id AS target{columns}"
    )


def mentions_of(label: str) -> str:
    """Ids of the briefings in which the entities of `$ids` stand."""
    return f"UNWIND $ids AS i MATCH (n:{label} {{id: i}})-[:MENTIONED_IN]->(b:Briefing) RETURN DISTINCT b.id AS id"


NAMESAKES = "UNWIND $ids AS i MATCH (n:Namesake) WHERE n.person = i RETURN n.id AS id, n.ties AS ties"
"""The persons as ingested of the names (bare ids) of `$ids`."""

STATEMENT_COLUMNS = ", ".join(f"s.{p} AS {p}" for p in NODES["Statement"])
