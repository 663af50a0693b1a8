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


def clean(text: str) -> str:
    """Text without what no store can hold: lone surrogates become `?`, NUL a space."""
    return text.encode("utf-8", "replace").decode().replace("\x00", " ")


def _maybe(text: str | None) -> str | None:
    return None if text is None else clean(text)


def entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": clean(entity.name),
        "kind": entity.kind,
        "ods_code": entity.ods_code,
        "aliases": [clean(a) for a in entity.aliases],
        "opened": iso(entity.opened),
        "closed": iso(entity.closed),
        "region": _maybe(entity.region),
        "known": entity.known,
        "members": list(entity.members),
    }


def entity_of(row: Row) -> Entity:
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
    return {
        "id": document.id,
        "title": clean(document.title),
        "published": iso(document.published),
        "source": _maybe(document.source),
        "path": _maybe(document.path),
        "sha256": document.sha256,
        "text": clean(document.text),
    }


def statement_row(statement: Statement, published: date | None) -> dict[str, Any]:
    """`edge` and `review` are the writer's to fill in."""
    return {
        "id": statement.id,
        "predicate": statement.predicate,
        "status": statement.status,
        "form": statement.form,
        "amount": None if statement.amount is None else float(statement.amount),
        "role": _maybe(statement.role),
        "rating": _maybe(statement.rating),
        "quote": clean(statement.quote),
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
    return {
        "id": digest(question.briefing, question.text, str(question.start), str(question.end)),
        "briefing": question.briefing,
        "text": clean(question.text),
        "start": question.start,
        "end": question.end,
        "candidates": list(question.candidates),
        "reason": clean(question.reason),
    }


def question_of(row: Row) -> Question:
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
        "user": clean(decision.user),
        "made": decision.made,
        "note": clean(decision.note),
        "number": number,
    }


def decision_of(row: Row) -> Decision:
    return Decision(row["judgement"], row["left"], row["right"], row["user"] or "", row["made"] or "", row["note"] or "")


def known_kind(entity: Entity) -> bool:
    """Whether the schema knows the entity's kind."""
    return entity.kind in KINDS
