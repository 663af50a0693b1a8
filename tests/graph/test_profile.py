"""One body's links, lineage and history, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import UnknownName
from graph.model import Document, Entity, Extraction, Mention, Statement, Succession
from graph.profile import connection, profile, timeline
from graph.store import Store

OLD, MIDDLE, NEW = (Entity(f"ccg-{x}", f"NHS {x.title()} CCG", "ccg") for x in ("old", "middle", "new"))
PARTNER = Entity("trust-partner", "Partner NHS Trust", "trust")
STRANGER = Entity("trust-stranger", "Stranger NHS Trust", "trust")
TEXT = "Old, Middle, New, Partner and Stranger."


def statement(predicate: str, subject: Entity, obj: Entity | None, number: int, **facts: object) -> Statement:
    made = Statement(f"s{number}", "b", predicate, subject.id, obj.id if obj else None, TEXT, 0, 39, 0.9, "by hand")
    return replace(made, published=date(2020, 1, 1), **facts)  # type: ignore[arg-type]


@pytest.fixture
def filled(any_store: Store) -> Store:
    everybody = (OLD, MIDDLE, NEW, PARTNER, STRANGER)
    any_store.writer().add(
        [
            Extraction(
                Document("b", "Title", TEXT, date(2020, 1, 1)),
                everybody,
                tuple(Mention(n, n + 1, "x", entity.id, "register") for n, entity in enumerate(everybody)),
                (
                    statement("FUNDING", OLD, PARTNER, 1, amount=5e6),
                    statement("DISPUTE", PARTNER, NEW, 2, status="open"),
                    statement("DEFICIT", MIDDLE, None, 3, confidence=0.2),
                    statement("MERGER_TALKS", MIDDLE, MIDDLE, 4, status="mooted"),
                ),
                successions=(
                    Succession(OLD.id, MIDDLE.id, date(2013, 4, 1), "merger"),
                    Succession(MIDDLE.id, NEW.id, date(2018, 4, 1), "merger"),
                    Succession(NEW.id, OLD.id, None, "split"),  # a ring: what the register should not hold, but might
                ),
            )
        ]
    )
    return any_store


def test_links_of_every_earlier_generation_are_inherited(filled: Store) -> None:
    found = profile(filled.view(), NEW.id)
    seen = [(x.predicate, x.direction, x.other and x.other.id, x.said_of and x.said_of.id) for x in found.links]
    assert seen == [
        ("MERGER_TALKS", "both", MIDDLE.id, MIDDLE.id),
        ("DISPUTE", "both", PARTNER.id, None),
        ("FUNDING", "out", PARTNER.id, OLD.id),
        ("DEFICIT", "out", None, MIDDLE.id),
    ]
    assert [r.entity.id for r in found.predecessors] == [MIDDLE.id, OLD.id]
    assert [(r.entity.id, r.date) for r in found.successors] == [(OLD.id, None)]


def test_without_lineage_only_its_own(filled: Store) -> None:
    found = profile(filled.view(), NEW.id, lineage=False)
    assert [x.predicate for x in found.links] == ["DISPUTE"]
    assert [r.entity.id for r in found.predecessors] == [MIDDLE.id]


def test_doubtful_facts_can_be_left_out(filled: Store) -> None:
    found = profile(filled.view(), MIDDLE.id, min_confidence=0.5)
    assert "DEFICIT" not in {x.predicate for x in found.links}


def test_a_timeline_has_statements_and_lineage_by_date(filled: Store) -> None:
    events = timeline(profile(filled.view(), NEW.id))
    assert [(e.date, e.predicate) for e in events[:2]] == [
        (date(2013, 4, 1), "SUCCEEDED_BY"),
        (date(2018, 4, 1), "SUCCEEDED_BY"),
    ]
    assert events[-1].date is None
    assert {e.evidence.quote for e in events if e.evidence} == {TEXT}


def test_a_connection_is_the_shortest_and_has_its_evidence(filled: Store) -> None:
    steps = connection(filled.view(), OLD.id, NEW.id)
    assert steps is not None
    assert [(s.start.id, s.end.id) for s in steps] == [(OLD.id, NEW.id)]
    longer = connection(filled.view(), MIDDLE.id, PARTNER.id)
    assert longer is not None
    assert len(longer) == 2
    assert all(edge.evidence or edge.origin == "register" for step in longer for edge in step.edges)


def test_no_connection(filled: Store) -> None:
    assert connection(filled.view(), OLD.id, STRANGER.id) is None
    assert connection(filled.view(), OLD.id, OLD.id) == []


def test_an_unknown_id(filled: Store) -> None:
    with pytest.raises(UnknownName, match="nobody"):
        profile(filled.view(), "nobody")
    with pytest.raises(UnknownName, match="nobody"):
        connection(filled.view(), "nobody", OLD.id)
