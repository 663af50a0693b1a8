"""The view of both stores, in shared Cypher: rows, names, entities, subgraphs, evidence, counts.

An id that people merged into another still finds its entity. A subgraph of some ids is induced: the
entities within `depth` edges and all the edges between them. Entities come in the order of their ids,
edges by source, target and predicate, evidence oldest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph import people
from graph.decisions import Settlement, settle
from graph.errors import InputError
from graph.folding import typed_words
from graph.model import Decision, Edge, Entity, Evidence, Question, Row, Statement, Subgraph
from graph.schema import PREDICATES, SUCCEEDED_BY
from graph.store import cypher
from graph.store.base import NameEntry, Session
from graph.store.derive import EdgeKey
from graph.store.rows import day, decision_of, entity_of, question_of, statement_of
from graph.store.tables import DERIVED, EDGE_TYPES, ENTITIES, NODES
from graph.store.tokens import check_read_only

_ENTITY = ", ".join(f"n.{p} AS {p}" for p in NODES["Organisation"])
_EDGE_TYPES = "|".join(EDGE_TYPES)
_EDGE_COLUMNS = (
    (tuple(PREDICATES), ", ".join(f"e.{p} AS {p}" for p in DERIVED), "Organisation|Person"),
    ((SUCCEEDED_BY,), "e.date AS first_seen", "Organisation"),
)
_STATEMENT = (
    "MATCH (s)-[:SUBJECT]->(a:Organisation|Person) WITH s, b, a OPTIONAL MATCH (s)-[:OBJECT]->(o:Organisation|Person) "
    f"RETURN {cypher.STATEMENT_COLUMNS}, b.id AS briefing, b.title AS title, b.source AS source, "
    "a.id AS subject, o.id AS object ORDER BY published, briefing, start, id"
)
_NAMED = (
    "UNWIND $ids AS i MATCH (n:Person {id: i})-[:MENTIONED_IN]->(b:Briefing) "
    "RETURN n.id AS id, n.name AS name, min(b.id) AS briefing ORDER BY id"
)
_POSTS = (
    "UNWIND $ids AS i MATCH (n:Person {id: i})-[:HOLDS_ROLE]->(o:Organisation) "
    "RETURN n.id AS id, o.name AS body ORDER BY id, body"
)
_DECISIONS = (
    "MATCH (d:Decision) RETURN d.judgement AS judgement, d.left AS left, d.right AS right, d.user AS user, "
    "d.made AS made, d.note AS note ORDER BY d.number"
)


class GraphView:
    """Reads through a store's session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = 30.0,
        most: int | None = None,
    ) -> list[Row]:
        """See `base.View.rows`."""
        check_read_only(cypher)
        return self._session.read(cypher, parameters, timeout=timeout, most=most)

    def names(self) -> Sequence[NameEntry]:
        """See `base.View.names`; in the order of ids."""
        return self._name_entries("", {})

    def candidates(self, typed: str) -> Sequence[NameEntry]:
        """See `base.View.candidates`."""
        every, either = typed_words(typed)
        found = self._session.find_names(every, either)
        return self._name_entries("UNWIND $ids AS i ", {"ids": found}) if found else []

    def _name_entries(self, start: str, given: Mapping[str, Any]) -> list[NameEntry]:
        wanted = " {id: i}" if start else ""
        query = (
            f"{start}MATCH (n:Organisation|Person{wanted}) RETURN n.id AS id, n.name AS name, n.kind AS kind, "
            "n.aliases AS aliases, COUNT { (n)-[:MENTIONED_IN]->() } AS briefings ORDER BY id"
        )
        return [
            NameEntry(r["id"], r["name"], r["kind"], tuple(r["aliases"] or ()), r["briefings"])
            for r in self._session.read(query, given)
        ]

    def entity(self, id: str) -> Entity | None:
        """The entity of that id, or the one that it was merged into."""
        found = self._entities([id])
        if id not in found:
            found = self._entities([id := self._settled([id]).canonical(id)])
        return found.get(id)

    def subgraph(
        self,
        ids: Iterable[str] | None = None,
        *,
        depth: int = 1,
        min_confidence: float = 0.0,
        between: bool = True,
        predicates: Collection[str] | None = None,
    ) -> Subgraph:
        """See `base.View.subgraph`; ids that the store does not know are left out."""
        types = _types(predicates)
        if ids is None:
            edges = self._edges(None, min_confidence, types)
            if predicates is None:
                nodes = {n.id: n for n in self._all_entities()}
            else:
                nodes = self._entities(sorted({i for e in edges for i in (e.source, e.target)}))
            told = self._with_evidence(edges, every=predicates is None)
            return Subgraph(tuple(nodes[i] for i in sorted(nodes)), told)
        ids = list(ids)
        settlement = self._settled(ids)
        focus = list(dict.fromkeys(map(settlement.canonical, ids)))
        nodes = self._entities(focus)
        focus = [i for i in focus if i in nodes]
        seen, frontier, crossed = set(focus), set(focus), set[Edge]()
        for _ in range(depth):
            found = self._edges(sorted(frontier), min_confidence, types)
            frontier = {i for e in found for i in (e.source, e.target)} - seen
            seen |= frontier
            crossed.update(found)
            if not frontier:
                break
        nodes |= self._entities(sorted(seen - nodes.keys()))
        if between:
            crossed.update(self._edges(sorted(frontier), min_confidence, types, within=seen))
        edges = sorted(crossed, key=_place)
        return Subgraph(tuple(nodes[i] for i in sorted(nodes)), self._with_evidence(edges), focus=tuple(focus))

    def statements(self, *, entity: str | None = None, briefing: str | None = None) -> Sequence[Statement]:
        """See `base.View.statements`; both given: statements of the entity in the briefing."""
        rows = self._statement_rows(entity=entity, briefing=briefing)
        return [statement_of(r) for r in rows if r["review"] != "rejected"]

    def briefings(self) -> Sequence[Row]:
        """See `base.View.briefings`; newest first, then by id; rejected statements are not counted."""
        counts = {
            r["id"]: r["n"]
            for r in self._session.read(
                "MATCH (s:Statement)-[:STATED_IN]->(b:Briefing) WHERE coalesce(s.review, '') <> 'rejected' "
                "RETURN b.id AS id, count(s) AS n"
            )
        }
        rows = self._session.read(
            "MATCH (b:Briefing) RETURN b.id AS id, b.title AS title, b.published AS published, b.source AS source, "
            "b.path AS path ORDER BY id"
        )
        listed = [{**r, "statements": counts.get(r["id"], 0)} for r in rows]
        return sorted(listed, key=lambda r: r["published"] or "", reverse=True)

    def text(self, briefing: str) -> str | None:
        """The stored text of a briefing, into which offsets point; None where there is no such briefing."""
        rows = self._session.read("MATCH (b:Briefing {id: $id}) RETURN b.text AS text", {"id": briefing})
        return str(rows[0]["text"]) if rows else None

    def questions(self) -> Sequence[Question]:
        """See `base.View.questions`; by briefing and place, then the persons of one name who may be one."""
        columns = ", ".join(f"q.{p} AS {p}" for p in NODES["Question"])
        rows = self._session.read(f"MATCH (q:Question) RETURN {columns} ORDER BY briefing, start, id")
        return [*map(question_of, rows), *self._namesakes()]

    def _namesakes(self) -> Iterator[Question]:
        """A question for each name that several persons bear of whom nobody decided whether they are one."""
        ties = {
            r["id"]: r["ties"] or () for r in self._session.read("MATCH (n:Namesake) RETURN n.id AS id, n.ties AS ties")
        }
        settlement = people.settle(settle(self.decisions()), ties)
        names: dict[str, set[str]] = defaultdict(set)
        for person in ties:
            names[people.bare(person)] |= {settlement.canonical(i) for i in (person, people.bare(person))}
        several = sorted(i for ids in names.values() if len(ids) > 1 for i in ids)
        if not several:
            return
        # The bare id is somebody only where a briefing named one without a body.
        named = {r["id"]: r for r in self._session.read(_NAMED, {"ids": several})}
        posts: dict[str, list[str]] = defaultdict(list)
        for row in self._session.read(_POSTS, {"ids": several}):
            posts[row["id"]].append(row["body"])
        for _, ids in sorted(names.items()):
            doubtful = people.doubtful(ids & named.keys(), settlement)
            if doubtful:
                name, briefing = named[doubtful[0]]["name"], min(named[i]["briefing"] for i in doubtful)
                start = max((self.text(briefing) or "").find(name), 0)
                told = "; ".join(f"{i}: {', '.join(posts[i]) or 'no post told'}" for i in doubtful)
                yield Question(briefing, name, start, start + len(name), doubtful, f"one person or several? ({told})")

    def _settled(self, ids: Iterable[str]) -> Settlement:
        """What people decided, and who of the names of these ids is who."""
        settlement = settle(self.decisions())
        names = people.bare_ids([*ids, *people.decided_on(settlement)])
        rows = self._session.read(cypher.NAMESAKES, {"ids": names}) if names else []
        return people.settle(settlement, {r["id"]: r["ties"] or () for r in rows})

    def decisions(self) -> Sequence[Decision]:
        """Every decision, in the order of recording."""
        return [decision_of(r) for r in self._session.read(_DECISIONS)]

    def stats(self) -> Row:
        """See `base.View.stats`: briefings, entities, statements, rejected, questions, decisions, first, last,
        `kinds` and `predicates` (statements that stand) and `edges` (derived edges and lineage), name → count."""
        read = self._session.read
        first_last = read(
            "MATCH (b:Briefing) RETURN count(b) AS briefings, min(b.published) AS first, max(b.published) AS last"
        )[0]
        kinds: dict[str, int] = {}
        for label in ENTITIES:
            kinds |= {r["kind"]: r["n"] for r in read(f"MATCH (n:{label}) RETURN n.kind AS kind, count(n) AS n")}
        predicates: dict[str, int] = defaultdict(int)
        rejected = 0
        for r in read("MATCH (s:Statement) RETURN s.predicate AS p, s.review AS review, count(s) AS n"):
            if r["review"] == "rejected":
                rejected += r["n"]
            else:
                predicates[r["p"]] += r["n"]
        edges = {
            r["t"]: r["n"]
            for r in read(
                f"MATCH (:Organisation|Person)-[e:{_EDGE_TYPES}]->(:Organisation|Person) "
                "RETURN type(e) AS t, count(*) AS n"
            )
        }
        return {
            **first_last,
            "entities": sum(kinds.values()),
            "statements": sum(predicates.values()),
            "rejected": rejected,
            "questions": len(self.questions()),
            "decisions": read("MATCH (d:Decision) RETURN count(d) AS n")[0]["n"],
            "kinds": dict(sorted(kinds.items())),
            "predicates": {p: predicates[p] for p in PREDICATES if p in predicates},
            "edges": {t: edges[t] for t in EDGE_TYPES if t in edges},
        }

    def _entities(self, ids: Sequence[str]) -> dict[str, Entity]:
        if not ids:
            return {}
        query = f"UNWIND $ids AS i MATCH (n:Organisation|Person {{id: i}}) RETURN {_ENTITY}"
        return {r["id"]: entity_of(r) for r in self._session.read(query, {"ids": list(ids)})}

    def _all_entities(self) -> list[Entity]:
        return [entity_of(r) for e in ENTITIES for r in self._session.read(f"MATCH (n:{e}) RETURN {_ENTITY}")]

    def _edges(
        self,
        ids: Sequence[str] | None,
        min_confidence: float,
        types: Collection[str],
        *,
        within: Collection[str] | None = None,
    ) -> list[Edge]:
        """Edges of these types at these ids (None: all), both ends `within`; not the less sure (lineage is sure)."""
        if ids is not None and not ids:
            return []
        given = {} if ids is None else {"ids": list(ids)}
        start = "MATCH (a:{0})" if ids is None else "UNWIND $ids AS i MATCH (a:{0} {{id: i}})"
        found: set[Edge] = set()
        for sort, columns, label in _EDGE_COLUMNS:
            pattern = "|".join(t for t in sort if t in types)
            if not pattern:
                continue
            there = (
                f"{start.format(label)}-[e:{pattern}]->(b:{label}) "
                f"RETURN a.id AS source, b.id AS target, type(e) AS predicate, {columns}"
            )
            back = (
                f"{start.format(label)}<-[e:{pattern}]-(b:{label}) "
                f"RETURN b.id AS source, a.id AS target, type(e) AS predicate, {columns}"
            )
            query = there if ids is None else f"{there} UNION ALL {back}"
            found.update(
                _edge(r)
                for r in self._session.read(query, given)
                if within is None or (r["source"] in within and r["target"] in within)
            )
        return sorted((e for e in found if e.confidence >= min_confidence), key=_place)

    def _with_evidence(self, edges: Sequence[Edge], *, every: bool = False) -> tuple[Edge, ...]:
        """The edges with their evidence; `every`: they are all that the store has."""
        keys = {e: EdgeKey(e.predicate, e.source, e.target).text() for e in edges}
        wanted = {keys[e] for e in edges if e.statements}
        evidence: dict[str, list[Evidence]] = defaultdict(list)
        start = "" if every else "UNWIND $edges AS k "
        query = (
            f"{start}MATCH (s:Statement{'' if every else ' {edge: k}'})-[:STATED_IN]->(b:Briefing) "
            f"RETURN {cypher.STATEMENT_COLUMNS}, b.id AS briefing, b.title AS title, b.source AS source "
            "ORDER BY published, briefing, start, id"
        )
        rows = self._session.read(query, {} if every else {"edges": sorted(wanted)}) if every or wanted else []
        for r in rows:
            if r["edge"] in wanted and r["review"] != "rejected":
                evidence[r["edge"]].append(_evidence(r))
        return tuple(replace(e, evidence=tuple(evidence[keys[e]])) for e in edges)

    def _statement_rows(self, *, entity: str | None = None, briefing: str | None = None) -> list[Row]:
        given: dict[str, Any] = {}
        if entity is not None:
            ids = sorted(self._settled([entity]).group(entity))
            start, given = "MATCH (s:Statement) WHERE s.subject_id IN $ids OR s.object_id IN $ids WITH s ", {"ids": ids}
        else:
            start = "MATCH (s:Statement) WITH s "
        start += "MATCH (s)-[:STATED_IN]->(b:Briefing) "
        if briefing is not None:
            start += "WHERE b.id = $briefing "
            given["briefing"] = briefing
        return self._session.read(f"{start}WITH s, b {_STATEMENT}", given)


def _types(predicates: Collection[str] | None) -> Collection[str]:
    """The types of edges to read. They become part of a query, so nothing but the schema's may pass."""
    unknown = sorted(set(predicates or ()) - set(EDGE_TYPES))
    if unknown:
        raise InputError(f"there is no predicate {unknown[0]!r}; the predicates are {', '.join(EDGE_TYPES)}")
    return EDGE_TYPES if predicates is None else predicates


def _place(edge: Edge) -> tuple[str, str, str]:
    return (edge.source, edge.target, edge.predicate)


def _edge(row: Row) -> Edge:
    if row["predicate"] == SUCCEEDED_BY:
        since = day(row["first_seen"])
        return Edge(row["source"], row["target"], SUCCEEDED_BY, origin="register", first_seen=since, last_seen=since)
    values: dict[str, Any] = {p: row[p] for p in DERIVED} | {p: day(row[p]) for p in ("first_seen", "last_seen")}
    return Edge(row["source"], row["target"], row["predicate"], **values)


def _evidence(row: Row) -> Evidence:
    return Evidence(
        statement=row["id"],
        quote=row["quote"],
        briefing=row["briefing"],
        title=row["title"],
        published=day(row["published"]),
        source=row["source"],
        confidence=row["confidence"],
        rule=row["rule"],
        status=row["status"],
        form=row["form"],
        amount=row["amount"],
        role=row["role"],
        rating=row["rating"],
        review=row["review"],
    )
