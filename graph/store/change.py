"""One write transaction's steps, in shared Cypher: entities, mentions, statements, lineage, derived edges.

A `Change` knows the decisions that hold and collects which derived edges are touched; only those
are re-made, at the end, by `derive_edges`. `writer` says which steps make an ingest, a
forgetting or a decision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from graph import people
from graph.decisions import Settlement
from graph.facts import link_caption
from graph.folding import search_words
from graph.model import Edge, Row
from graph.schema import KINDS, ORGANISATION_KINDS, SUCCEEDED_BY
from graph.store import cypher, records
from graph.store.base import Transaction
from graph.store.derive import EdgeKey, derive, edge_key
from graph.store.records import Description, Record
from graph.store.rows import clean, day, entity_of, entity_row, rank_of
from graph.store.tables import ENTITIES, ORGANISATION, PERSON

_CHUNK = 10_000
_ALL_KIND_LABELS = ":".join(KINDS[k].label for k in sorted(ORGANISATION_KINDS))


class Change:
    """The steps of one transaction. `kind_labels` and `full_text`: see `base.Session`.

    `decided` is what people decided; `settlement` adds what the ties of the names known so far make of it.
    """

    def __init__(self, tx: Transaction, settlement: Settlement, *, kind_labels: bool, full_text: bool) -> None:
        self.tx = tx
        self.decided = settlement
        self.settlement = settlement
        self.ties: dict[str, frozenset[str]] = {}
        self._names: set[str] = set()
        self.touched: set[EdgeKey] = set()
        self.registered: dict[EdgeKey, bool] = {}
        self._kind_labels = kind_labels
        self._full_text = full_text
        self._labels: dict[str, str] = {}

    def run(self, query: str, key: str, values: Iterable[Any]) -> list[Row]:
        """Run a query over `$key`, in chunks; nothing runs where there are no values."""
        listed = clean(list(values))
        found: list[Row] = []
        for i in range(0, len(listed), _CHUNK):
            found += self.tx.run(query, {key: listed[i : i + _CHUNK]})
        return found

    def know(self, ids: Iterable[str | None]) -> None:
        """Learn who of the names of these ids is who; has to come before any of them is made canonical."""
        names = set(people.bare_ids([*ids, *people.decided_on(self.decided)])) - self._names
        if names:
            self._names |= names
            rows = self.run(cypher.NAMESAKES, "ids", sorted(names))
            self.ties |= {r["id"]: frozenset(r["ties"] or ()) for r in rows}
            self.settlement = people.settle(self.decided, self.ties)

    def entities(self, ids: Collection[str]) -> dict[str, Description]:
        """The stored entities among canonical `ids`; learns on the way which table holds each."""
        found: dict[str, Description] = {}
        for label in ENTITIES:
            for row in self.run(cypher.nodes(label), "ids", sorted(ids)):
                found[row["id"]] = Description(entity_of(row), rank_of(row))
                self._labels[row["id"]] = label
        return found

    def write_entities(self, wanted: Mapping[str, Description], stored: Mapping[str, Description]) -> None:
        """Create the wanted entities that are not stored, and bring the others up to date."""
        changed = {i: d for i, d in wanted.items() if stored.get(i) != d}
        for label in ENTITIES:
            mine = {i: d for i, d in changed.items() if _label(d) == label}
            self._labels.update(dict.fromkeys(mine, label))
            new, old = (
                [entity_row(d.entity, d.rank) for i, d in mine.items() if (i in stored) is known]
                for known in (False, True)
            )
            self.run(cypher.create_nodes(label), "rows", new)
            self.run(cypher.update_nodes(label), "rows", old)
        before = {i: search_words(stored[i].entity) for i in changed.keys() & stored.keys()}
        names = {i: words for i, d in changed.items() if (words := search_words(d.entity)) != before.get(i)}
        self._delete_names(names.keys() & before.keys())
        self._write_names(names)
        if self._kind_labels:
            kinds: dict[str, list[str]] = defaultdict(list)
            for id_, d in changed.items():
                if _label(d) == ORGANISATION and (id_ not in stored or stored[id_].entity.kind != d.entity.kind):
                    kinds[d.entity.kind].append(id_)
            for kind, ids in sorted(kinds.items()):
                self.run(
                    f"UNWIND $ids AS i MATCH (n:Organisation {{id: i}}) REMOVE n:{_ALL_KIND_LABELS} "
                    f"SET n:{KINDS[kind].label}",
                    "ids",
                    ids,
                )

    def delete_entities(self, ids: Collection[str]) -> None:
        """Delete entities with their names and all their relationships."""
        for label in ENTITIES:
            self.run(cypher.delete_nodes(label), "ids", sorted(ids))
        self._delete_names(ids)

    def _write_names(self, words: Mapping[str, Sequence[str]]) -> None:
        """Write the words under which entities are looked up, where none are stored yet."""
        self.run(cypher.create_nodes("Name"), "rows", [{"id": i, "words": " ".join(w)} for i, w in words.items()])
        if not self._full_text:
            rows = [{"source": word, "target": i} for i, found in words.items() for word in found]
            self.run("UNWIND $ids AS i MERGE (:Word {id: i})", "ids", sorted({r["source"] for r in rows}))
            self.link("IN_NAME", rows, source="Word", target="Name")

    def _delete_names(self, ids: Collection[str]) -> None:
        query = "UNWIND $ids AS i MATCH (n:Name {id: i})<-[:IN_NAME]-(w:Word) RETURN DISTINCT w.id AS id"
        words = [] if self._full_text else sorted(r["id"] for r in self.run(query, "ids", sorted(ids)))
        self.run(cypher.delete_nodes("Name"), "ids", sorted(ids))
        # A word that no name is left for would tell what was forgotten.
        left = "UNWIND $ids AS i MATCH (w:Word {id: i}) WHERE NOT EXISTS { MATCH (w)-[:IN_NAME]->(n:Name) } DELETE w"
        self.run(left, "ids", words)

    def link(self, type_: str, rows: Sequence[Row], source: str | None = None, target: str | None = None) -> None:
        """Create relationships; an end whose label is not given is an entity."""
        for (a, b), mine in self._by_labels(rows, source, target).items():
            self.run(cypher.create_relationships(type_, a, b), "rows", mine)

    def unlink(self, type_: str, rows: Sequence[Row]) -> None:
        """Delete the relationships between the rows' entities."""
        for (a, b), mine in self._by_labels(rows, None, None).items():
            self.run(cypher.delete_relationships(type_, a, b), "rows", mine)

    def linked(self, type_: str, rows: Sequence[Row]) -> list[Row]:
        """The relationships there are between the rows' entities."""
        return [
            row
            for (a, b), mine in self._by_labels(rows, None, None).items()
            for row in self.run(cypher.relationships(type_, a, b), "rows", mine)
        ]

    def _by_labels(
        self, rows: Sequence[Row], source: str | None, target: str | None
    ) -> dict[tuple[str, str], list[Row]]:
        ends = {r["source"] for r in rows if source is None} | {r["target"] for r in rows if target is None}
        if unknown := ends - self._labels.keys():
            persons = self.run("UNWIND $ids AS i MATCH (n:Person {id: i}) RETURN n.id AS id", "ids", sorted(unknown))
            self._labels.update(dict.fromkeys(unknown, ORGANISATION))
            self._labels.update({row["id"]: PERSON for row in persons})
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            grouped[source or self._labels[row["source"]], target or self._labels[row["target"]]].append(row)
        return grouped

    def link_mentions(self, said: Mapping[str, Record], only: Collection[str] | None = None) -> None:
        """Link entities to the briefings that name them; `only` these canonical ids."""
        rows = []
        for briefing, record in said.items():
            counts: dict[str, int] = defaultdict(int)
            names: dict[str, set[str]] = defaultdict(set)
            for raw, (count, surface) in record.mentions.items():
                canonical = self.settlement.canonical(raw)
                if only is None or canonical in only:
                    counts[canonical] += count
                    names[canonical].update(surface)
            rows += [
                {"source": c, "target": briefing, "count": n, "names": sorted(names[c])} for c, n in counts.items()
            ]
        self.link("MENTIONED_IN", rows, target="Briefing")

    def link_statements(self, rows: Sequence[Row], only: Collection[str] | None = None) -> None:
        """Link statements (rows of Statement) to their ends; `only` ends with these raw ids."""
        for type_, column in (("SUBJECT", "subject_id"), ("OBJECT", "object_id")):
            ends = [
                {"source": r["id"], "target": self.settlement.canonical(r[column])}
                for r in rows
                if r[column] is not None and (only is None or r[column] in only)
            ]
            self.link(type_, ends, source="Statement")

    def touch(self, rows: Iterable[Row]) -> None:
        """Mark the edges of statements (rows with predicate, subject_id, object_id) to be re-made."""
        for r in rows:
            if key := self.key(r):
                self.touched.add(key)

    def key(self, row: Row) -> EdgeKey | None:
        """The edge of a statement's row, as the decisions now stand."""
        return edge_key(row["predicate"], row["subject_id"], row["object_id"], self.settlement)

    def register(self, pairs: Iterable[tuple[str, str]], holds: bool) -> None:
        """Say of canonical pairs whether the register has one as a part of the other."""
        for part, whole in pairs:
            key = EdgeKey("PART_OF", part, whole)
            self.touched.add(key)
            self.registered[key] = holds

    def add_successions(self, successions: Mapping[tuple[str, str], tuple[str | None, str]]) -> None:
        """Add lineage, joining it with what is stored."""
        rows = [{"source": a, "target": b} for a, b in successions]
        stored = {(r["source"], r["target"]): (r["date"], r["kind"]) for r in self.linked(SUCCEEDED_BY, rows)}
        wanted = {p: records.earlier(v, stored.get(p, v)) for p, v in successions.items()}
        self.unlink(SUCCEEDED_BY, [r for r in rows if (r["source"], r["target"]) in stored])
        made: list[Row] = [{"source": a, "target": b, "date": d, "kind": k} for (a, b), (d, k) in wanted.items()]
        self.link(SUCCEEDED_BY, [{**r, "caption": _lineage(r)} for r in made])

    def records_about(self, ids: Collection[str]) -> dict[str, Record]:
        """Records of every briefing that may say something about these entities or their lineage, by briefing."""
        about = set(ids)
        about.update(
            r["id"]
            for r in self.run(
                "UNWIND $ids AS i MATCH (n:Organisation {id: i})-[:SUCCEEDED_BY|PART_OF]-(m:Organisation) "
                "RETURN DISTINCT m.id AS id",
                "ids",
                sorted(ids),
            )
        )
        briefings = {r["id"] for e in ENTITIES for r in self.run(cypher.mentions_of(e), "ids", sorted(about))}
        return self.records(briefings)

    def records(self, briefings: Collection[str]) -> dict[str, Record]:
        """What was kept of these briefings' ingestion, in the order of their ids."""
        rows = self.run(cypher.nodes("Record"), "ids", sorted(briefings))
        return {r["id"]: records.load(r["data"]) for r in sorted(rows, key=lambda r: str(r["id"]))}

    def derive_edges(self, fresh: Collection[str] = ()) -> None:
        """Re-make the touched edges. An edge told of by `fresh` briefings alone is new: nothing to delete."""
        told: dict[str, list[Row]] = defaultdict(list)
        query = (
            "UNWIND $keys AS k MATCH (s:Statement) WHERE s.edge = k WITH s MATCH (s)-[:STATED_IN]->(b:Briefing) "
            f"RETURN {cypher.STATEMENT_COLUMNS}, b.id AS briefing"
        )
        for row in self.run(query, "keys", sorted({k.text() for k in self.touched})):
            told[row["edge"]].append(row)
        for predicate in sorted({k.predicate for k in self.touched}):
            keys = sorted(k for k in self.touched if k.predicate == predicate)
            ends = {k: {"source": k.source, "target": k.target} for k in keys}
            if predicate == "PART_OF":
                stored = self.linked(predicate, [ends[k] for k in keys if k not in self.registered])
                for r in stored:
                    self.registered[EdgeKey(predicate, r["source"], r["target"])] = r["origin"] == "register"
            old = [
                ends[k]
                for k in keys
                if k in self.registered or not told[k.text()] or {r["briefing"] for r in told[k.text()]} - set(fresh)
            ]
            self.unlink(predicate, old)
            edges = {k: derive(predicate, told[k.text()], registered=self.registered.get(k, False)) for k in keys}
            self.link(predicate, [{**ends[k], **edge} for k, edge in edges.items() if edge])


def _lineage(row: Row) -> str:
    return link_caption(Edge(row["source"], row["target"], SUCCEEDED_BY, first_seen=day(row["date"])))


def _label(description: Description) -> str:
    return PERSON if description.entity.kind == "person" else ORGANISATION
