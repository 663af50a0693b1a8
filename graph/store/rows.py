"""Records ↔ rows: how entities, statements, questions and decisions look as stored properties."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.ids import digest
from graph.model import Decision, Document, Entity, Question, Row, Statement
from graph.schema import KINDS


def day(text: str | None) -> date | None:
    """The date of ISO text."""
    return None if text is None else date.fromisoformat(text)


def iso(value: date | None) -> str | None:
    """A date as ISO text."""
    return None if value is None else value.isoformat()


def clean(value: Any) -> Any:
    """A value without what no store can hold: in text, lone surrogates become `?` and NUL a space."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\x00", " ")
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(v) for v in value]
    return value


def entity_row(entity: Entity, rank: int) -> dict[str, Any]:
    """`rank` (0–3, see `records.Description`) is stored only where it is not the usual one."""
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "ods_code": entity.ods_code,
        "aliases": list(entity.aliases),
        "opened": iso(entity.opened),
        "closed": iso(entity.closed),
        "region": entity.region,
        "known": entity.known,
        "members": list(entity.members),
        "rank": None if rank == _usual_rank(entity.known) else rank,
    }


def rank_of(row: Row) -> int:
    """The rank of the description that a row of Organisation or Person holds."""
    return _usual_rank(bool(row["known"])) if row["rank"] is None else int(row["rank"])


def _usual_rank(known: bool) -> int:
    return 2 * known + 1


def entity_of(row: Row) -> Entity:
    """From a row of Organisation or Person."""
    return Entity(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        ods_code=row["ods_code"],
        aliases=tuple(row["aliases"] or ()),
        opened=day(row["opened"]),
        closed=day(row["closed"]),
        region=row["region"],
        known=bool(row["known"]),
        members=tuple(row["members"] or ()),
    )


def briefing_row(document: Document) -> dict[str, Any]:
    """A briefing with its text."""
    return {
        "id": document.id,
        "title": document.title,
        "published": iso(document.published),
        "source": document.source,
        "path": document.path,
        "sha256": document.sha256,
        "text": document.text,
    }


def statement_row(statement: Statement, published: date | None) -> dict[str, Any]:
    """`edge` and `review` are the writer's to fill in."""
    return {
        "id": statement.id,
        "predicate": statement.predicate,
        "status": statement.status,
        "form": statement.form,
        "amount": None if statement.amount is None else float(statement.amount),
        "role": statement.role,
        "rating": statement.rating,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "published": iso(statement.published or published),
        "confidence": float(statement.confidence),
        "rule": statement.rule,
        "review": None,
        "edge": None,
        "subject_id": statement.subject,
        "object_id": statement.object,
    }


def statement_of(row: Row) -> Statement:
    """From a row of Statement with `briefing`, `subject` and `object` (canonical ids)."""
    return Statement(
        id=row["id"],
        briefing=row["briefing"],
        predicate=row["predicate"],
        subject=row["subject"],
        object=row["object"],
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        confidence=row["confidence"],
        rule=row["rule"],
        status=row["status"],
        form=row["form"],
        amount=row["amount"],
        role=row["role"],
        rating=row["rating"],
        published=day(row["published"]),
        review=row["review"],
    )


def question_row(question: Question) -> dict[str, Any]:
    """Its id is a hash of briefing, text and place."""
    return {
        "id": digest(question.briefing, question.text, str(question.start), str(question.end)),
        "briefing": question.briefing,
        "text": question.text,
        "start": question.start,
        "end": question.end,
        "candidates": list(question.candidates),
        "reason": question.reason,
    }


def question_of(row: Row) -> Question:
    """From a row of Question."""
    return Question(
        row["briefing"], row["text"], row["start"], row["end"], tuple(row["candidates"] or ()), row["reason"]
    )


def decision_row(decision: Decision, number: int) -> dict[str, Any]:
    """`number` is its place in the order of recording."""
    return {
        "id": digest(
            decision.judgement, decision.left, decision.right or "", decision.user, decision.made, decision.note
        ),
        "judgement": decision.judgement,
        "left": decision.left,
        "right": decision.right,
        "user": decision.user,
        "made": decision.made,
        "note": decision.note,
        "number": number,
    }


def decision_of(row: Row) -> Decision:
    """From a row of Decision."""
    return Decision(
        row["judgement"], row["left"], row["right"], row["user"] or "", row["made"] or "", row["note"] or ""
    )


def known_kind(entity: Entity) -> bool:
    """Whether the schema knows the entity's kind."""
    return entity.kind in KINDS
