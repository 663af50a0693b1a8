"""Small handmade extractions, and everything a store holds as one comparable value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph import ids
from graph.model import Document, Entity, Extraction, Membership, Mention, Question, Statement, Succession
from graph.store import View
from graph.store.tables import NODES, RELATIONSHIPS

WIRRAL = Entity(
    "RBL", "Wirral University Teaching Hospital NHS Foundation Trust", "trust", "RBL", ("WUTH",), known=True
)
CHESTER = Entity("RJR", "Countess of Chester Hospital NHS Foundation Trust", "trust", "RJR", known=True)
CHESHIRE_ICS = Entity("QYG", "Cheshire and Merseyside ICS", "ics", "QYG", ("Cheshire and Merseyside",), known=True)
OLD_CCG = Entity("12F", "NHS Wirral CCG", "ccg", "12F", opened=date(2013, 4, 1), closed=date(2022, 6, 30), known=True)
ICB = Entity("QYGB", "NHS Cheshire and Merseyside ICB", "icb", "QYGB", opened=date(2022, 7, 1), known=True)
NHSE = Entity("nhs-england", "NHS England", "regulator", aliases=("NHSE",), known=True)
QUENBY = Entity("person-isolde-quenby", "Isolde Quenby", "person")
HURNOVER = Entity("supplier-hurnover-analytics", "Hurnover Analytics", "supplier")
ENTITIES = {e.id: e for e in (WIRRAL, CHESTER, CHESHIRE_ICS, OLD_CCG, ICB, NHSE, QUENBY, HURNOVER)}

SUCCESSION = Succession("12F", "QYGB", date(2022, 7, 1), "merged")
MEMBERSHIPS = (Membership("RBL", "QYG"), Membership("RJR", "QYG"), Membership("QYGB", "QYG"))


def said(
    predicate: str, subject: Entity | str, obj: Entity | str | None = None, *, start: int = 0, **attributes: Any
) -> Statement:
    """A statement without its briefing; `extraction` fills that in."""
    ends = [e.id if isinstance(e, Entity) else e for e in (subject, obj) if e is not None]
    return Statement(
        id="",
        briefing="",
        predicate=predicate,
        subject=ends[0],
        object=ends[1] if len(ends) > 1 else None,
        quote=attributes.pop("quote", f"They said so at {start}."),
        start=start,
        end=start + 20,
        confidence=attributes.pop("confidence", 0.8),
        rule="by-hand",
        **attributes,
    )


def extraction(
    name: str,
    statements: Sequence[Statement] = (),
    *,
    published: date | None = date(2024, 5, 1),
    names: Sequence[Entity] = (),
    text: str | None = None,
    questions: Sequence[tuple[str, str]] = (),
) -> Extraction:
    """One briefing with these statements; names their ends and `names`; lineage as the register would add it."""
    body = text if text is not None else f"Text of {name}."
    document = Document(
        id=ids.briefing_id(name, body),
        title=f"Briefing {name}",
        text=body,
        published=published,
        source="Board papers",
        path=f"{name}.txt",
        sha256=ids.digest(body, size=64),
    )
    ends = [i for s in statements for i in (s.subject, s.object) if i is not None]
    named = {e.id: e for e in names} | {i: ENTITIES[i] for i in ends if i not in {e.id for e in names}}
    successions = (SUCCESSION,) if named.keys() & {"12F", "QYGB"} else ()
    memberships = tuple(m for m in MEMBERSHIPS if named.keys() & {m.part, m.whole})
    extra = {i for s in successions for i in (s.predecessor, s.successor)}
    extra |= {i for m in memberships for i in (m.part, m.whole)}
    return Extraction(
        document=document,
        entities=tuple(named.values()) + tuple(ENTITIES[i] for i in sorted(extra - named.keys())),
        mentions=tuple(Mention(10 * i, 10 * i + 4, e.name, e.id, "register") for i, e in enumerate(named.values())),
        statements=tuple(
            replace(
                s,
                briefing=document.id,
                id=ids.statement_id(document.id, s.predicate, s.subject, s.object, s.start, s.end),
            )
            for s in statements
        ),
        questions=tuple(Question(document.id, t, 3, 9, (), reason) for t, reason in questions),
        successions=successions,
        memberships=memberships,
    )


def contents(view: View) -> dict[str, list[str]]:
    """Every node and relationship, decisions and the embedded index of words aside, in an order of their own."""
    found = {
        label: sorted(repr(r["n"]) for r in view.rows(f"MATCH (n:{label}) RETURN n"))
        for label in NODES
        if label not in ("Decision", "Word")
    }
    for type_ in RELATIONSHIPS.keys() - {"IN_NAME"}:
        rows = view.rows(f"MATCH (a)-[e:{type_}]->(b) RETURN a.id AS a, b.id AS b, e")
        found[type_] = sorted(repr((r["a"], r["b"], r["e"])) for r in rows)
    return found
