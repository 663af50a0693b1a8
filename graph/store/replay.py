"""What a store of any layout keeps, told again to a writer of today's.

All that ingestion said is kept: a briefing's text, its record (entities, how often and by which names each is
mentioned, lineage), its statements and questions; and so is what people decided. From these an `Extraction` is made
again for every briefing, and the ordinary writer does the rest, so that the new graph is as if ingested by this
version. Where a name stood in the text is not kept, and no store asks for it.

Decisions go before the briefings: as kept they name the persons whom they meant, and a bare id in them meant nobody
with a body. Those of layout 1 knew no bodies; they go last, when it is known who of a name is who.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, Protocol

from graph.model import Decision, Document, Extraction, Identity, Mention, Row
from graph.schema import PERSON
from graph.store import records
from graph.store.base import Writer, WriteResult
from graph.store.layouts import TOLD_APART
from graph.store.records import Record
from graph.store.rows import day, decision_of, question_of, statement_of

_BATCH = 50

_COLUMNS = {
    "Briefing": ("id", "title", "published", "source", "path", "sha256", "text"),
    "Statement": (
        *("id", "predicate", "status", "form", "amount", "role", "rating", "quote", "start", "end"),
        *("published", "confidence", "rule", "subject_id", "object_id"),
    ),
    "Question": ("id", "briefing", "text", "start", "end", "candidates", "reason"),
    "Decision": ("id", "judgement", "left", "right", "user", "made", "note"),
    "Record": ("id", "data"),
}
"""What is read of each label; every layout has these."""

Told = Mapping[str, Any]
"""What a store keeps of one briefing, in values that JSON has: `briefing` (row), `record` (JSON), `statements`,
`questions` (rows), and `ties`: the bodies that tie each person with a post there to others of the name."""

Reader = Callable[[str, Mapping[str, Any] | None], list[Row]]
"""Runs shared Cypher that only reads."""

Around = Callable[[str], Collection[str]]
"""Id of a body → ids of those that it passed into or belongs to."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each a store keeps."""

    briefings: int
    statements: int
    questions: int
    decisions: int


class Source(Protocol):
    """Where kept briefings and decisions come from: a store, or a dump of one."""

    @property
    def layout(self) -> int: ...

    @property
    def counts(self) -> Counts: ...

    def decisions(self) -> Sequence[Decision]:
        """In the order in which they were made."""
        ...

    def told(self) -> Iterator[Told]:
        """Every briefing, in the order of the ids."""
        ...


class Stored:
    """A store of any layout as a source; it must not be written to meanwhile.

    `around` gives the bodies that tie who has a post at a body to others of the name: asked for layout 1 alone,
    beside the lineage that the briefings' records tell, which lacks the systems of bodies that no briefing names.
    """

    def __init__(self, read: Reader, layout: int, around: Around | None = None) -> None:
        self._read = read
        self.layout = layout
        self._around = around or (lambda body: ())

    @property
    def counts(self) -> Counts:
        """How many there are now."""
        labels = ("Briefing", "Statement", "Question", "Decision")
        return Counts(*(self._read(f"MATCH (n:{x}) RETURN count(n) AS n", None)[0]["n"] for x in labels))

    def decisions(self) -> list[Decision]:
        """See `Source.decisions`."""
        return [
            decision_of(r) for r in self._read(f"MATCH (n:Decision) {_columns('Decision')} ORDER BY n.number", None)
        ]

    def ids(self) -> list[str]:
        """The ids of all briefings, in order."""
        return [r["id"] for r in self._read("MATCH (n:Briefing) RETURN n.id AS id ORDER BY id", None)]

    def told(self) -> Iterator[Told]:
        """See `Source.told`; some fifty are held at a time."""
        ids = self.ids()
        ties_of = self._namesakes() if self.layout >= TOLD_APART else self._lineage(ids)
        for chunk in (ids[i : i + _BATCH] for i in range(0, len(ids), _BATCH)):
            data = {r["id"]: r["data"] for r in self._nodes("Record", chunk)}
            briefings = {r["id"]: r for r in self._nodes("Briefing", chunk)}
            statements: dict[str, list[Row]] = {}
            stated = (
                f"MATCH (b:Briefing {{id: i}})<-[:STATED_IN]-(n:Statement) {_columns('Statement')}, b.id AS briefing"
            )
            for row in self._read(f"UNWIND $ids AS i {stated} ORDER BY id", {"ids": chunk}):
                statements.setdefault(row["briefing"], []).append(row)
            questions: dict[str, list[Row]] = {}
            asked = f"MATCH (n:Question) WHERE n.briefing = i {_columns('Question')}"
            for row in self._read(f"UNWIND $ids AS i {asked} ORDER BY id", {"ids": chunk}):
                questions.setdefault(row["briefing"], []).append(row)
            for id_ in chunk:
                said = statements.get(id_, [])
                yield {
                    "briefing": briefings[id_],
                    "record": data[id_],
                    "statements": said,
                    "questions": questions.get(id_, []),
                    "ties": ties_of(records.load(data[id_]), said),
                }

    def _nodes(self, label: str, ids: Collection[str]) -> list[Row]:
        return self._read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) {_columns(label)}", {"ids": ids})

    def _namesakes(self) -> Callable[[Record, Sequence[Row]], dict[str, list[str]]]:
        """Of a record's persons, the ties that are kept of them."""
        kept = {r["id"]: r["ties"] for r in self._read("MATCH (n:Namesake) RETURN n.id AS id, n.ties AS ties", None)}
        return lambda record, _: {e.id: kept[e.id] for e in record.entities if e.id in kept}

    def _lineage(self, ids: Sequence[str]) -> Callable[[Record, Sequence[Row]], dict[str, list[str]]]:
        """Ties as ingestion makes them now, from what all the briefings' records say of lineage."""
        successors: dict[str, set[str]] = {}
        systems: dict[str, set[str]] = {}
        for i in range(0, len(ids), _BATCH):
            for record in (records.load(r["data"]) for r in self._nodes("Record", ids[i : i + _BATCH])):
                for s in record.successions:
                    successors.setdefault(s.predecessor, set()).add(s.successor)
                for m in record.memberships:
                    systems.setdefault(m.part, set()).add(m.whole)

        def ties_of(record: Record, said: Sequence[Row]) -> dict[str, list[str]]:
            entities = {e.id: e for e in record.entities}
            found = {}
            for person, bodies in _posts(record, said).items():
                waiting = [*bodies, *(m for b in bodies if b in entities for m in entities[b].members)]
                ties: set[str] = set()
                while waiting:
                    if (here := waiting.pop()) not in ties:
                        ties.add(here)
                        waiting += (*successors.get(here, ()), *self._around(here))
                found[person] = sorted(ties.union(*(systems.get(i, ()) for i in ties)))
            return found

        return ties_of


def extraction(told: Told) -> Extraction:
    """What ingestion found in a briefing, of what a store keeps of it."""
    row, record = told["briefing"], records.load(told["record"])
    posts = _posts(record, told["statements"])
    return Extraction(
        document=Document(**{**{c: row[c] for c in _COLUMNS["Briefing"]}, "published": day(row["published"])}),
        entities=record.entities,
        mentions=tuple(
            Mention(0, 0, name, entity, "kept")
            for entity, (count, names) in record.mentions.items()
            for name in islice(cycle(names), count)
        ),
        statements=tuple(
            statement_of(
                {**s, "briefing": row["id"], "subject": s["subject_id"], "object": s["object_id"], "review": None}
            )
            for s in told["statements"]
        ),
        questions=tuple(map(question_of, told["questions"])),
        successions=record.successions,
        memberships=record.memberships,
        identities=tuple(
            Identity(person, tuple(sorted(posts.get(person) or ties)), tuple(ties))
            for person, ties in sorted(told["ties"].items())
        ),
    )


def replay(
    source: Source, writer: Writer, decided: Sequence[Decision], on_progress: Callable[[int], None]
) -> WriteResult:
    """Tell a writer all that a source keeps; what it has already changes nothing.

    `decided` are the decisions that the writer's store has; `on_progress` gets how many briefings are done.
    """
    decisions, had = source.decisions(), set(decided)
    if source.layout >= TOLD_APART:
        first, last = [d for d in decisions if d not in had], []
    else:
        # As kept they may name a person by name and body, so these are known by their place alone.
        first, last = [], list(decisions[len(decided) :])
    for decision in first:
        writer.decide(decision)
    told, done, sum_ = source.told(), 0, WriteResult()
    while batch := [extraction(t) for t in islice(told, _BATCH)]:
        result = writer.add(batch)
        sum_ = WriteResult(
            sum_.added + result.added,
            sum_.replaced + result.replaced,
            sum_.unchanged + result.unchanged,
            sum_.statements + result.statements,
        )
        on_progress(done := done + len(batch))
    for decision in last:
        writer.decide(decision)
    return sum_


def _posts(record: Record, said: Sequence[Row]) -> dict[str, set[str]]:
    """Person → the bodies at which a briefing gives them a post."""
    persons = {e.id for e in record.entities if e.kind == PERSON}
    found: dict[str, set[str]] = {}
    for s in said:
        if s["predicate"] == "HOLDS_ROLE" and s["object_id"] is not None and s["subject_id"] in persons:
            found.setdefault(s["subject_id"], set()).add(s["object_id"])
    return found


def _columns(label: str) -> str:
    return "RETURN " + ", ".join(f"n.{c} AS {c}" for c in _COLUMNS[label])
