"""What passes between the rooms: frozen records of documents, entities and statements.

A *document* is a briefing's text. A *mention* is a stretch of it that names an *entity*. A
*statement* is what one briefing says about one or two entities, with the sentence it stands
in. An *edge* sums up the statements of one pair and predicate. A *subgraph* is what every
view gets. Offsets are characters into `Document.text`, end exclusive; sums are pounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Row = Mapping[str, Any]
"""One row of a query's answer: column name → plain value (text, number, bool, list, None)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One briefing as stored. `published` is None where the date is not known."""

    id: str
    title: str
    text: str
    published: date | None = None
    source: str | None = None
    path: str | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation or person. `kind` is one of `schema.KINDS`; `known` says that the register has it.

    `members` are the ids of a collective's members ("the four east Kent CCGs").
    """

    id: str
    name: str
    kind: str
    ods_code: str | None = None
    aliases: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None
    region: str | None = None
    known: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity. `via` says how it was linked: register, alias, acronym,
    pattern, ner, short_name, reference; `confidence` (0–1) how sure that link is."""

    start: int
    end: int
    text: str
    entity: str
    via: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """A name that could not be linked without guessing: `candidates` are entity ids, likeliest first."""

    briefing: str
    text: str
    start: int
    end: int
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a briefing says: `subject` –`predicate`→ `object`, with the quote that says so.

    `object` is None for DEFICIT alone. `rule` names the rule or model that found it; `review` is
    None, "confirmed" or "rejected".
    """

    id: str
    briefing: str
    predicate: str
    subject: str
    object: str | None
    quote: str
    start: int
    end: int
    confidence: float
    rule: str
    status: str | None = None
    form: str | None = None
    amount: float | None = None
    role: str | None = None
    rating: str | None = None
    published: date | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """Lineage: the predecessor passed into the successor on a date (None: not known)."""

    predecessor: str
    successor: str
    date: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Membership:
    """By the register, `part` (a trust, CCG or ICB) belongs to the system `whole` (an ICS)."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Identity:
    """By which bodies a briefing tells a person (id of the name alone) from others of that name.

    `organisations` are those at which it gives them a post, `ties` those and the ones they passed into or belong to.
    """

    person: str
    organisations: tuple[str, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that ingestion found in one briefing, ready for a store's writer.

    `entities` holds every entity that a mention, a statement or the lineage names, once each; `identities` the
    persons to whom the briefing gives a post.
    """

    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    questions: tuple[Question, ...] = ()
    successions: tuple[Succession, ...] = ()
    memberships: tuple[Membership, ...] = ()
    identities: tuple[Identity, ...] = ()


Judgement = Literal["same", "different", "confirm", "reject"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's judgement, which outlives re-ingestion.

    "same" and "different" are about the entities `left` and `right`; "confirm" and "reject" are
    about the statement `left`. `made` is an ISO timestamp given by the caller.
    """

    judgement: Judgement
    left: str
    right: str | None = None
    user: str = ""
    made: str = ""
    note: str = ""


SURE = 0.5
"""From how sure on a statement is kept by an ordinary ingest, and shown by look-ups, queries and maps."""

DOUBT = 0.25
"""A statement less sure than the surest of its edge by more than this speaks only where no other does."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement as a view shows it: the quote and where it stands."""

    statement: str
    quote: str
    briefing: str
    title: str
    published: date | None
    source: str | None
    confidence: float
    rule: str
    status: str | None = None
    form: str | None = None
    amount: float | None = None
    role: str | None = None
    rating: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All statements of one predicate between two entities, summed up (newest attributes win).

    `predicate` is one of `schema.PREDICATES` or SUCCEEDED_BY (lineage: `first_seen` is its date).
    A DEFICIT has no object: `target` equals `source`. `origin` is "text" or "register".
    """

    source: str
    target: str
    predicate: str
    status: str | None = None
    form: str | None = None
    amount: float | None = None
    role: str | None = None
    rating: str | None = None
    first_seen: date | None = None
    last_seen: date | None = None
    statements: int = 0
    briefings: int = 0
    confidence: float = 1.0
    origin: str = "text"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Entities and the edges between them: what maps, exports and analysis get. `focus` are the ids asked for."""

    nodes: tuple[Entity, ...] = ()
    edges: tuple[Edge, ...] = ()
    focus: tuple[str, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = field(default=())
