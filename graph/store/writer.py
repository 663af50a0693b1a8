"""The writer of both stores: ingest, forget, decide; each is one transaction, done whole or not at all.

The result depends on what was ingested and decided, not on the order (decisions aside, where the
later of two on the same matter counts). Cost is linear in what is written, plus the statements
that already stand on the touched pairs; forgetting and deciding also read the records of the
briefings that name the touched entities.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph import decisions, people
from graph.errors import InputError, StoreError, UnknownName
from graph.model import Decision, Extraction, Row, Statement
from graph.schema import SUCCEEDED_BY
from graph.store import cypher, records
from graph.store.base import Session, Transaction, WriteResult
from graph.store.change import Change
from graph.store.records import Record
from graph.store.rows import (
    briefing_row,
    decision_of,
    decision_row,
    known_kind,
    question_row,
    statement_row,
)

_LOCK = "MATCH (m:Meta {id: 'schema'}) SET m.version = m.version"
"""Taken first in every write, so that two writers at one Neo4j wait for each other."""
_DECISIONS = (
    "MATCH (d:Decision) RETURN d.id AS id, d.judgement AS judgement, d.left AS left, d.right AS right, "
    "d.user AS user, d.made AS made, d.note AS note ORDER BY d.number"
)


class GraphWriter:
    """Writes through a store's session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, extractions: Sequence[Extraction]) -> WriteResult:
        """See `base.Writer.add`.

        Raises:
            StoreError: an extraction names an entity that it does not list, or of an unknown kind.
        """
        said = {x.document.id: (x, _checked(x)) for x in map(people.ingested, extractions)}

        def work(tx: Transaction) -> WriteResult:
            change = self._begin(tx)
            fresh, replaced, unchanged = _sort(change, [x for x, _ in said.values()])
            if not fresh:
                return WriteResult(unchanged=unchanged)
            new = {i: said[i][1] for i in fresh}
            change.know(e.id for r in (*new.values(), *change.records(replaced).values()) for e in r.entities)
            gone = _take_back(change, replaced)
            _tell_apart(change, gone, [said[i] for i in fresh])
            statements = _put(change, {i: said[i][0] for i in fresh}, new)
            _restore(change, gone, new.values())
            # What replaced briefings said may stand on the same pairs: then no edge counts as new.
            change.derive_edges(() if replaced else fresh)
            return WriteResult(len(fresh) - len(replaced), len(replaced), unchanged, statements)

        return self._session.write(work)

    def forget(self, briefing: str) -> int:
        """See `base.Writer.forget`."""

        def work(tx: Transaction) -> int:
            change = self._begin(tx)
            if not change.run("UNWIND $ids AS i MATCH (b:Briefing {id: i}) RETURN b.id AS id", "ids", [briefing]):
                raise UnknownName(f"No briefing {briefing} in the store: check its id")
            count = len(_statements_in(change, [briefing]))
            change.know(e.id for r in change.records([briefing]).values() for e in r.entities)
            gone = _take_back(change, [briefing])
            _tell_apart(change, gone, ())
            _restore(change, gone, ())
            change.derive_edges()
            return count

        return self._session.write(work)

    def decide(self, decision: Decision) -> None:
        """See `base.Writer.decide`.

        Raises:
            InputError: the decision makes no sense, or goes against one that keeps the two apart.
        """
        decisions.check(decision)

        def work(tx: Transaction) -> None:
            change = self._begin(tx)
            stored = tx.run(_DECISIONS)
            change.know((decision.left, decision.right))
            kept = people.pinned(decision, change.settlement)
            row = decision_row(kept, len(stored))
            if row["id"] in {r["id"] for r in stored}:
                return
            decided = decisions.settle([*map(decision_of, stored), kept])
            if decision.judgement in ("confirm", "reject"):
                _review(change, decision.left, decided.review(decision.left))
            else:
                _regroup(change, kept, decided)
            change.run(cypher.create_nodes("Decision"), "rows", [row])
            change.derive_edges()

        self._session.write(work)

    def _begin(self, tx: Transaction) -> Change:
        tx.run(_LOCK)
        settlement = decisions.settle(map(decision_of, tx.run(_DECISIONS)))
        session = self._session
        return Change(tx, settlement, kind_labels=session.kind_labels, full_text=session.full_text)


def _checked(extraction: Extraction) -> Record:
    record = records.record_of(extraction)
    listed = {e.id for e in extraction.entities}
    for id_ in (*record.mentions, *(s.predecessor for s in record.successions), *(m.part for m in record.memberships)):
        if id_ not in listed:
            raise StoreError(f"Briefing {extraction.document.id} names {id_}, which is not among its entities")
    for entity in record.entities:
        if not known_kind(entity):
            raise StoreError(f"Briefing {extraction.document.id}: {entity.id} is of unknown kind {entity.kind}")
    return record


def _sort(change: Change, extractions: Sequence[Extraction]) -> tuple[list[str], list[str], int]:
    """Ids of the briefings to write, of those stored that they replace, and how many are there already."""
    documents = {x.document.id: x.document for x in extractions}
    stored = {
        r["id"] for r in change.run("UNWIND $ids AS i MATCH (b:Briefing {id: i}) RETURN b.id AS id", "ids", documents)
    }
    by_path = {d.path: d.id for d in documents.values() if d.path is not None and d.id not in stored}
    fresh = [d.id for d in documents.values() if d.id not in stored and by_path.get(d.path or "", d.id) == d.id]
    old = change.run(
        "UNWIND $paths AS p MATCH (b:Briefing) WHERE b.path = p RETURN b.id AS id", "paths", sorted(by_path)
    )
    return fresh, sorted({r["id"] for r in old}), len(documents.keys() & stored)


def _statements_in(change: Change, briefings: Collection[str]) -> list[Row]:
    return change.run(
        "UNWIND $ids AS i MATCH (b:Briefing {id: i})<-[:STATED_IN]-(s:Statement) RETURN s.id AS id, "
        "s.predicate AS predicate, s.subject_id AS subject_id, s.object_id AS object_id",
        "ids",
        sorted(briefings),
    )


def _take_back(change: Change, briefings: Collection[str]) -> list[Record]:
    """Delete briefings with their statements, questions and mentions; their records say what to restore."""
    if not briefings:
        return []
    gone = change.records(briefings)
    statements = _statements_in(change, briefings)
    change.touch(statements)
    change.run(cypher.delete_nodes("Statement"), "ids", [r["id"] for r in statements])
    change.run("UNWIND $ids AS i MATCH (q:Question) WHERE q.briefing = i DETACH DELETE q", "ids", sorted(briefings))
    for label in ("Record", "Briefing"):
        change.run(cypher.delete_nodes(label), "ids", sorted(briefings))
    return list(gone.values())


def _put(change: Change, extractions: Mapping[str, Extraction], said: Mapping[str, Record]) -> int:
    """Write briefings that the store does not have; returns the number of statements."""
    wanted = records.joined(said.values(), change.settlement)
    stored = change.entities(wanted)
    change.write_entities({i: records.join(stored.get(i, d), d) for i, d in wanted.items()}, stored)
    change.run(cypher.create_nodes("Briefing"), "rows", [briefing_row(x.document) for x in extractions.values()])
    change.run(
        cypher.create_nodes("Record"), "rows", [{"id": i, "data": records.dump(said[i])} for i in sorted(extractions)]
    )
    questions = {r["id"]: r for x in extractions.values() for r in map(question_row, x.questions)}
    change.run(cypher.create_nodes("Question"), "rows", questions.values())
    rows = [(_statement(change, s, x), x.document.id) for x in extractions.values() for s in _unique(x.statements)]
    statements = [row for row, _ in rows]
    change.run(cypher.create_nodes("Statement"), "rows", statements)
    change.link("STATED_IN", [{"source": r["id"], "target": b} for r, b in rows], source="Statement", target="Briefing")
    change.link_statements(statements)
    change.link_mentions(said)
    change.touch(statements)
    successions, memberships = records.lineage(said.values(), change.settlement)
    change.add_successions(successions)
    change.register(memberships, True)
    return len(statements)


def _statement(change: Change, statement: Statement, extraction: Extraction) -> dict[str, Any]:
    row = statement_row(statement, extraction.document.published)
    key = change.key(row)
    return {**row, "edge": key and key.text(), "review": change.settlement.review(statement.id)}


def _unique(statements: Sequence[Statement]) -> list[Statement]:
    """Statements with an id each: two that differ only in status, role … share a hash of their place."""
    found: dict[str, Statement] = {}
    for statement in sorted(set(statements), key=repr):
        id_, number = statement.id, 1
        while id_ in found:
            number += 1
            id_ = f"{statement.id}-{number}"
        found[id_] = replace(statement, id=id_)
    return list(found.values())


def _restore(change: Change, gone: Sequence[Record], new: Collection[Record]) -> None:
    """After `gone` were taken back and `new` written: entities and lineage as the rest describe them."""
    canonical = change.settlement.canonical
    still = {e for r in new for e in r.entities}
    affected = {canonical(e.id) for r in gone for e in r.entities if e not in still}
    lost_successions, lost_memberships = records.lineage(gone, change.settlement)
    kept_successions, kept_memberships = records.lineage(new, change.settlement)
    pairs = [p for p, v in lost_successions.items() if kept_successions.get(p) != v]
    parts = lost_memberships - kept_memberships
    said = change.records_about(affected.union(*pairs, *parts)).values()
    wanted = records.joined(said, change.settlement, affected)
    change.write_entities(wanted, change.entities(wanted))
    successions, memberships = records.lineage(said, change.settlement)
    change.unlink(SUCCEEDED_BY, [{"source": a, "target": b} for a, b in pairs])
    change.add_successions({p: successions[p] for p in pairs if p in successions})
    change.register(parts - memberships, False)
    change.delete_entities(affected - wanted.keys())


def _review(change: Change, statement: str, review: str | None) -> None:
    rows = change.run(cypher.nodes("Statement"), "ids", [statement])
    change.run(
        "UNWIND $rows AS r MATCH (s:Statement {id: r.id}) SET s.review = r.review",
        "rows",
        [{"id": r["id"], "review": review} for r in rows],
    )
    change.know(r[end] for r in rows for end in _ENDS)
    change.touch(rows)


_ENDS = ("subject_id", "object_id")


def _tell_apart(change: Change, gone: Sequence[Record], new: Sequence[tuple[Extraction, Record]]) -> None:
    """Work out who of one name is who, after `gone` were taken back and before `new` are written."""
    fresh = {people.full_id(i): frozenset(i.ties) for x, _ in new for i in x.identities if i.organisations}
    told = {e.id for r in gone for e in r.entities} & change.ties.keys() - fresh.keys()
    still = change.records_about({change.settlement.canonical(i) for i in told}).values() if told else ()
    lost = told - {e.id for r in still for e in r.entities}
    before = change.ties

    def after() -> dict[str, frozenset[str]]:
        kept = {i: ties for i, ties in change.ties.items() if i not in lost}
        return kept | {i: kept.get(i, frozenset()) | ties for i, ties in fresh.items()}

    changed = {i: ties for i, ties in after().items() if before.get(i) != ties}
    if not changed and not lost:
        return
    settlement = people.settle(change.decided, after())
    moved = [
        i for i in (*before, *people.bare_ids(before)) if change.settlement.canonical(i) != settlement.canonical(i)
    ]
    if moved:
        _rebuild(change, moved, lambda: people.settle(change.decided, after()))
    change.ties = after()
    change.settlement = people.settle(change.decided, change.ties)
    change.run(cypher.delete_nodes("Namesake"), "ids", sorted(lost | changed.keys() & before.keys()))
    rows = [{"id": i, "person": people.bare(i), "ties": sorted(ties)} for i, ties in sorted(changed.items())]
    change.run(cypher.create_nodes("Namesake"), "rows", rows)


def _regroup(change: Change, decision: Decision, decided: decisions.Settlement) -> None:
    """Rebuild the entities whose component a decision changed, with everything that hangs on them."""
    before, pair = change.settlement, [decision.left, decision.right or ""]
    settlement = people.settle(decided, change.ties)
    if decision.judgement == "same" and len({settlement.canonical(i) for i in pair}) > 1:
        raise InputError(
            f"{pair[0]} and {pair[1]} are kept apart by a decision about their group: take that back first"
        )
    raw = frozenset().union(*(s.group(i) for s in (before, settlement) for i in pair))
    # The bare id of a name follows its persons, who may be more or fewer now.
    raw |= {people.bare(i) for i in raw if people.told_apart(i)}
    if any(before.group(i) != settlement.group(i) for i in raw):
        _rebuild(change, raw, lambda: people.settle(decided, change.ties))


def _rebuild(change: Change, moved: Collection[str], after: Callable[[], decisions.Settlement]) -> None:
    """Write the entities anew that these ids (as ingested) belonged to and now belong to.

    Raises:
        InputError: a person would become one with a body.
    """
    raw = sorted(frozenset().union(*(s.group(i) for s in (change.settlement, after()) for i in moved)))
    query = f"UNWIND $ids AS i MATCH (s:Statement) WHERE s.{{}} = i RETURN {cypher.STATEMENT_COLUMNS}"
    statements = {r["id"]: r for end in _ENDS for r in change.run(query.format(end), "ids", raw)}.values()
    change.know(r[end] for r in statements for end in _ENDS)
    before, settlement = change.settlement, after()
    old, new = {before.canonical(i) for i in raw}, {settlement.canonical(i) for i in raw}
    said = change.records_about(old)
    wanted = records.joined(said.values(), settlement, new)
    if len({d.entity.kind == "person" for d in wanted.values()}) > 1:
        raise InputError(f"{' and '.join(raw)} can't be the same: one is a person")
    change.touch(statements)
    change.register((p for p in records.lineage(said.values(), before)[1] if set(p) & old), False)
    change.delete_entities(old)
    change.settlement = settlement
    change.write_entities(wanted, {})
    change.link_mentions(said, new)
    change.link_statements(list(statements), raw)
    change.run(
        "UNWIND $rows AS r MATCH (s:Statement {id: r.id}) SET s.edge = r.edge",
        "rows",
        [{"id": r["id"], "edge": (key := change.key(r)) and key.text()} for r in statements],
    )
    change.touch(statements)
    successions, memberships = records.lineage(said.values(), settlement)
    change.add_successions({p: v for p, v in successions.items() if set(p) & new})
    change.register((p for p in memberships if set(p) & new), True)
