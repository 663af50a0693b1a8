"""The stored layout: node tables, relationship tables and their properties, for both stores.

Dates are ISO text (`2024-11-05`), not DATE: text sorts and compares as dates do, gives equal
rows on both stores and reads well in Neo4j Browser (`date(s.published)` makes a date of it).
Lists of text hold what has several values. Both kinds of entity have the same properties.

Only for the store's own use are `Record` (what a briefing's ingestion said about entities and
lineage, as JSON, so that forgetting is exact), `Namesake` (a person as ingested, by name and body: see
`graph.people`; `person` is the id of the name alone), `Name` (the words under which an entity is looked up: see
`graph.folding`; Neo4j has a full-text index over them, on Ladybug each `Word` leads to the names that hold it),
`Statement.edge` (the derived edge that a statement belongs to), `Statement.subject_id`/`object_id` (its ends as
ingested, before people's merges), `rank` (how good an entity's description is, where that does not follow from
`known`) and `Meta`.
"""

from __future__ import annotations

from graph.schema import PREDICATES, SUCCEEDED_BY

ORGANISATION = "Organisation"
PERSON = "Person"
ENTITIES = (ORGANISATION, PERSON)

_ENTITY = {
    "id": "STRING",
    "name": "STRING",
    "kind": "STRING",
    "ods_code": "STRING",
    "aliases": "STRING[]",
    "opened": "STRING",
    "closed": "STRING",
    "region": "STRING",
    "known": "BOOL",
    "members": "STRING[]",
    "rank": "INT64",
}

NODES: dict[str, dict[str, str]] = {
    ORGANISATION: _ENTITY,
    PERSON: _ENTITY,
    "Briefing": {
        "id": "STRING",
        "title": "STRING",
        "published": "STRING",
        "source": "STRING",
        "path": "STRING",
        "sha256": "STRING",
        "text": "STRING",
    },
    "Statement": {
        "id": "STRING",
        "predicate": "STRING",
        "status": "STRING",
        "form": "STRING",
        "amount": "DOUBLE",
        "role": "STRING",
        "rating": "STRING",
        "quote": "STRING",
        "start": "INT64",
        "end": "INT64",
        "published": "STRING",
        "confidence": "DOUBLE",
        "rule": "STRING",
        "review": "STRING",
        "edge": "STRING",
        "subject_id": "STRING",
        "object_id": "STRING",
    },
    "Question": {
        "id": "STRING",
        "briefing": "STRING",
        "text": "STRING",
        "start": "INT64",
        "end": "INT64",
        "candidates": "STRING[]",
        "reason": "STRING",
    },
    "Decision": {
        "id": "STRING",
        "judgement": "STRING",
        "left": "STRING",
        "right": "STRING",
        "user": "STRING",
        "made": "STRING",
        "note": "STRING",
        "number": "INT64",
    },
    "Record": {"id": "STRING", "data": "STRING"},
    "Namesake": {"id": "STRING", "person": "STRING", "ties": "STRING[]"},
    "Name": {"id": "STRING", "words": "STRING"},
    "Word": {"id": "STRING"},
    "Meta": {"id": "STRING", "version": "INT64"},
}
"""Label → property → type. `id` is the primary key on Ladybug and unique on Neo4j."""

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (ORGANISATION, ("name",)),
    (ORGANISATION, ("kind",)),
    (ORGANISATION, ("ods_code",)),
    (PERSON, ("name",)),
    ("Briefing", ("path",)),
    ("Briefing", ("published",)),
    ("Statement", ("edge",)),
    ("Statement", ("predicate",)),
    ("Statement", ("predicate", "published")),
    ("Statement", ("published",)),
    ("Statement", ("subject_id",)),
    ("Statement", ("object_id",)),
    ("Question", ("briefing",)),
    ("Namesake", ("person",)),
)
"""Properties of nodes that Neo4j indexes beside `id`, alone or together."""

DERIVED = {
    "status": "STRING",
    "form": "STRING",
    "amount": "DOUBLE",
    "role": "STRING",
    "rating": "STRING",
    "first_seen": "STRING",
    "last_seen": "STRING",
    "statements": "INT64",
    "briefings": "INT64",
    "confidence": "DOUBLE",
    "origin": "STRING",
}
"""What a derived edge sums up (the fields of `model.Edge`)."""

SHOWN = {"caption": "STRING", "sum": "STRING"}
"""What people read on an edge in Neo4j Browser: its nature and status in words, and the sum in pounds."""

_TO_ENTITIES = tuple(("Statement", e) for e in ENTITIES)
_BETWEEN = tuple((a, b) for a in ENTITIES for b in ENTITIES)

RELATIONSHIPS: dict[str, tuple[tuple[tuple[str, str], ...], dict[str, str]]] = {
    "SUBJECT": (_TO_ENTITIES, {}),
    "OBJECT": (_TO_ENTITIES, {}),
    "STATED_IN": ((("Statement", "Briefing"),), {}),
    "MENTIONED_IN": (tuple((e, "Briefing") for e in ENTITIES), {"count": "INT64", "names": "STRING[]"}),
    "IN_NAME": ((("Word", "Name"),), {}),
    SUCCEEDED_BY: (((ORGANISATION, ORGANISATION),), {"date": "STRING", "kind": "STRING", "caption": "STRING"}),
    **dict.fromkeys(PREDICATES, (_BETWEEN, DERIVED | SHOWN)),
}
"""Type → (allowed ends, properties)."""

EDGE_TYPES = (*PREDICATES, SUCCEEDED_BY)
"""What counts as an edge between entities."""

EDGE_INDEXES = tuple((type_, p) for type_ in PREDICATES for p in ("confidence", "status", "last_seen"))
"""Properties of derived edges that Neo4j indexes."""
