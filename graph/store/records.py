"""What each briefing's ingestion said about entities and lineage, and how several briefings' words are joined.

A `Record` is kept with every briefing, so that a briefing can be taken back exactly and people's
merges undone. Joining is the same in whatever order briefings come: the better-ranked
description (the register's before the text's, the canonical id's own before a merged one's)
gives name, kind and dates; between equals the longer name and the first in the alphabet; names and
aliases of all are kept as aliases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from graph.decisions import Settlement
from graph.model import Entity, Extraction, Membership, Succession


@dataclass(frozen=True, slots=True)
class Record:
    """One briefing's entities (raw ids), how often and by which names each is mentioned, and lineage."""

    entities: tuple[Entity, ...]
    mentions: dict[str, tuple[int, tuple[str, ...]]]
    successions: tuple[Succession, ...]
    memberships: tuple[Membership, ...]

    def named(self) -> set[str]:
        """Ids that the briefing itself names; the others stand there for their lineage."""
        return set(self.mentions)


def record_of(extraction: Extraction) -> Record:
    """Sum an extraction up; entities that nothing names and lineage between unnamed bodies are left out.

    An end of a statement, or a member of a named collective, that has no mention of its own counts
    as named with no mention.
    """
    counts: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for mention in extraction.mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
        names.setdefault(mention.entity, set()).add(mention.text)
    entities = {e.id: e for e in extraction.entities}
    for statement in extraction.statements:
        for end in (statement.subject, statement.object):
            if end is not None:
                counts.setdefault(end, 0)
    for id_ in list(counts):
        for member in entities[id_].members if id_ in entities else ():
            if member in entities:
                counts.setdefault(member, 0)
    successions = {s for s in extraction.successions if s.predecessor in counts or s.successor in counts}
    memberships = {m for m in extraction.memberships if m.part in counts or m.whole in counts}
    wanted = set(counts)
    wanted.update(*((s.predecessor, s.successor) for s in successions), *((m.part, m.whole) for m in memberships))
    return Record(
        entities=tuple(entities[i] for i in sorted(wanted & set(entities))),
        mentions={i: (counts[i], tuple(sorted(names.get(i, ())))) for i in sorted(counts)},
        successions=tuple(sorted(successions, key=repr)),
        memberships=tuple(sorted(memberships, key=repr)),
    )


def dump(record: Record) -> str:
    """A record as JSON."""
    return json.dumps(asdict(record), default=date.isoformat, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Record:
    """The record that `dump` wrote."""
    data = json.loads(text)
    return Record(
        entities=tuple(_entity(e) for e in data["entities"]),
        mentions={i: (count, tuple(names)) for i, (count, names) in data["mentions"].items()},
        successions=tuple(Succession(**{**s, "date": _date(s["date"])}) for s in data["successions"]),
        memberships=tuple(Membership(**m) for m in data["memberships"]),
    )


def _entity(data: dict[str, Any]) -> Entity:
    values = {**data, "aliases": tuple(data["aliases"]), "members": tuple(data["members"])}
    return Entity(**{**values, "opened": _date(data["opened"]), "closed": _date(data["closed"])})


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Description:
    """An entity as stored, with the rank of the description that its name comes from (0–3)."""

    entity: Entity
    rank: int


def describe(entity: Entity, canonical: str) -> Description:
    """One briefing's description of an entity, under its canonical id."""
    rank = 2 * entity.known + (entity.id == canonical)
    aliases = tuple(sorted(set(entity.aliases) - {entity.name}))
    return Description(replace(entity, id=canonical, aliases=aliases, members=tuple(sorted(set(entity.members)))), rank)


def join(left: Description, right: Description) -> Description:
    """Join two descriptions of one entity; commutative, associative and idempotent."""
    a, b = left.entity, right.entity
    if left.rank == right.rank:
        best = Entity(
            id=a.id,
            name=min(a.name, b.name, key=lambda n: (-len(n), n)),
            kind=min(a.kind, b.kind),
            ods_code=_first(min, a.ods_code, b.ods_code),
            opened=_first(min, a.opened, b.opened),
            closed=_first(max, a.closed, b.closed),
            region=_first(min, a.region, b.region),
            known=a.known,
        )
    else:
        best = a if left.rank > right.rank else b
    names = {a.name, b.name, *a.aliases, *b.aliases} - {best.name}
    members = tuple(sorted({*a.members, *b.members}))
    return Description(replace(best, aliases=tuple(sorted(names)), members=members), max(left.rank, right.rank))


def joined(records: Iterable[Record], settlement: Settlement, wanted: set[str] | None = None) -> dict[str, Description]:
    """Every entity of the records under its canonical id; only those in `wanted` (canonical) where given."""
    found: dict[str, Description] = {}
    for record in records:
        for entity in record.entities:
            canonical = settlement.canonical(entity.id)
            if wanted is not None and canonical not in wanted:
                continue
            mine = describe(entity, canonical)
            found[canonical] = join(found[canonical], mine) if canonical in found else mine
    return found


def lineage(
    records: Iterable[Record], settlement: Settlement
) -> tuple[dict[tuple[str, str], tuple[str | None, str]], set[tuple[str, str]]]:
    """Successions (canonical pair → date, kind) and register memberships (canonical pairs) of the records."""
    successions: dict[tuple[str, str], tuple[str | None, str]] = {}
    memberships: set[tuple[str, str]] = set()
    for record in records:
        for s in record.successions:
            pair = (settlement.canonical(s.predecessor), settlement.canonical(s.successor))
            value = (s.date.isoformat() if s.date else None, s.kind)
            if pair[0] != pair[1]:
                successions[pair] = earlier(successions.get(pair, value), value)
        for m in record.memberships:
            part, whole = settlement.canonical(m.part), settlement.canonical(m.whole)
            if part != whole:
                memberships.add((part, whole))
    return successions, memberships


def _dated(value: tuple[str | None, str]) -> tuple[bool, str, str]:
    return (value[0] is None, value[0] or "", value[1])


def earlier(a: tuple[str | None, str], b: tuple[str | None, str]) -> tuple[str | None, str]:
    """Of two tellings of one succession, the one that counts: dated before undated, then the earlier."""
    return min(a, b, key=_dated)


def _first(choose: Any, a: Any, b: Any) -> Any:
    found = [x for x in (a, b) if x is not None]
    return choose(found) if found else None
