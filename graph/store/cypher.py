"""The Cypher that both stores share, made from the stored layout; every value is a parameter.

Rows go in by UNWIND in one statement for each table. The WITH between two look-ups by id keeps
Ladybug from multiplying the two tables: 1,000 relationships take 0.03 s instead of 5 s.
"""

from __future__ import annotations

from graph.store.tables import NODES, RELATIONSHIPS


def _assign(variable: str, properties: list[str]) -> str:
    return ", ".join(f"{variable}.{p} = r.{p}" for p in properties)


def create_nodes(label: str) -> str:
    """Create the nodes of `$rows`; each row holds all properties of the label."""
    return f"UNWIND $rows AS r CREATE (n:{label} {{{', '.join(f'{p}: r.{p}' for p in NODES[label])}}})"


def update_nodes(label: str) -> str:
    """Overwrite the properties of the nodes of `$rows`."""
    properties = [p for p in NODES[label] if p != "id"]
    return f"UNWIND $rows AS r MATCH (n:{label} {{id: r.id}}) SET {_assign('n', properties)}"


def delete_nodes(label: str) -> str:
    """Delete the nodes of `$ids` with their relationships."""
    return f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) DETACH DELETE n"


def nodes(label: str) -> str:
    """The nodes of `$ids`: one column for each property."""
    columns = ", ".join(f"n.{p} AS {p}" for p in NODES[label])
    return f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN {columns}"


def create_relationships(type_: str, source: str, target: str) -> str:
    """Create the relationships of `$rows` (source, target and all properties of the type)."""
    properties = list(RELATIONSHIPS[type_][1])
    given = f" {{{', '.join(f'{p}: r.{p}' for p in properties)}}}" if properties else ""
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


STATEMENT_COLUMNS = ", ".join(f"s.{p} AS {p}" for p in NODES["Statement"])
