"""What every store does with briefings: ingest, ingest again, replace, forget, sum up. Runs on each store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import StoreError, UnknownName
from graph.model import Edge, Entity, Extraction, Mention
from graph.store import Store, WriteResult
from tests.graph.store.graphs import (
    CHESHIRE_ICS,
    CHESTER,
    HURNOVER,
    ICB,
    NHSE,
    OLD_CCG,
    QUENBY,
    WIRRAL,
    contents,
    extraction,
    said,
)

TALKS = extraction(
    "talks",
    [
        said("MERGER_TALKS", WIRRAL, CHESTER, status="mooted", form="merger"),
        said("HOLDS_ROLE", QUENBY, WIRRAL, start=30, role="chief executive", status="current"),
        said("DEFICIT", WIRRAL, start=60, amount=12_500_000, status="forecast"),
    ],
    published=date(2024, 3, 1),
    questions=[("the trust", "two trusts fit")],
)
LATER = extraction(
    "later",
    [
        said("MERGER_TALKS", CHESTER, WIRRAL, status="agreed"),
        said("COMMISSIONED", NHSE, HURNOVER, start=40, amount=2e6, status="awarded", confidence=0.6),
    ],
    published=date(2024, 9, 1),
)
LINEAGE = extraction("lineage", [said("FUNDING", NHSE, ICB, amount=1.5e9, form="allocation", status="paid")])
ALL = [TALKS, LATER, LINEAGE]


def edge(store: Store, predicate: str) -> Edge:
    (found,) = [e for e in store.view().subgraph().edges if e.predicate == predicate]
    return found


def test_ingest_gives_entities_statements_and_questions(any_store: Store) -> None:
    assert any_store.writer().add([TALKS]) == WriteResult(added=1, statements=3)
    view = any_store.view()
    assert {e.id for e in view.names()} == {"RBL", "RJR", "QYG", "person-isolde-quenby"}
    assert view.entity("RBL") == WIRRAL
    assert list(view.statements()) == _dated(TALKS)
    assert view.questions() == list(TALKS.questions)
    assert view.briefings() == [
        {
            "id": TALKS.document.id,
            "title": "Briefing talks",
            "published": "2024-03-01",
            "source": "Board papers",
            "path": "talks.txt",
            "statements": 3,
        }
    ]


def _dated(x: Extraction) -> list[object]:
    return [replace(s, published=x.document.published) for s in sorted(x.statements, key=lambda s: s.start)]


def test_ingesting_twice_changes_nothing(any_store: Store) -> None:
    any_store.writer().add(ALL)
    before = contents(any_store.view())
    assert any_store.writer().add(ALL) == WriteResult(unchanged=3)
    assert contents(any_store.view()) == before


def test_an_edge_sums_up_its_statements(any_store: Store) -> None:
    any_store.writer().add(ALL)
    talks = edge(any_store, "MERGER_TALKS")
    assert (talks.source, talks.target) == ("RBL", "RJR")
    assert (talks.status, talks.form) == ("agreed", "merger")
    assert (talks.first_seen, talks.last_seen) == (date(2024, 3, 1), date(2024, 9, 1))
    assert (talks.statements, talks.briefings, talks.confidence) == (2, 2, 0.96)
    assert [(e.title, e.status) for e in talks.evidence] == [("Briefing talks", "mooted"), ("Briefing later", "agreed")]
    deficit = edge(any_store, "DEFICIT")
    assert (deficit.source, deficit.target, deficit.amount) == ("RBL", "RBL", 12_500_000.0)


def test_a_briefing_said_twice_is_one_witness(any_store: Store) -> None:
    twice = [said("CRITICISED", QUENBY, NHSE, start=n, confidence=c) for n, c in ((0, 0.5), (50, 0.7))]
    any_store.writer().add([extraction("row", twice)])
    found = edge(any_store, "CRITICISED")
    assert (found.statements, found.briefings, found.confidence) == (2, 1, 0.7)


def test_statements_alike_but_for_their_attributes_are_all_kept(any_store: Store) -> None:
    posts = [said("HOLDS_ROLE", QUENBY, WIRRAL, role=r) for r in ("chair", "finance director")]
    any_store.writer().add([extraction("posts", posts)])
    assert sorted(str(s.role) for s in any_store.view().statements()) == ["chair", "finance director"]


def test_an_undated_statement_counts_as_the_oldest(any_store: Store) -> None:
    undated = extraction("undated", [said("MERGER_TALKS", WIRRAL, CHESTER, status="paused")], published=None)
    any_store.writer().add([LATER, undated])
    found = edge(any_store, "MERGER_TALKS")
    assert (found.status, found.first_seen, found.last_seen) == ("agreed", date(2024, 9, 1), date(2024, 9, 1))


def test_lineage_and_membership_come_from_the_register(any_store: Store) -> None:
    any_store.writer().add([LINEAGE])
    edges = {(e.source, e.predicate, e.target): e for e in any_store.view().subgraph().edges}
    succeeded = edges["12F", "SUCCEEDED_BY", "QYGB"]
    assert (succeeded.first_seen, succeeded.origin) == (date(2022, 7, 1), "register")
    member = edges["QYGB", "PART_OF", "QYG"]
    assert (member.origin, member.statements, member.confidence) == ("register", 0, 1.0)
    assert any_store.view().entity("12F") == OLD_CCG


def test_a_membership_that_a_text_tells_too_keeps_both_origins(any_store: Store) -> None:
    told = extraction("told", [said("PART_OF", WIRRAL, CHESHIRE_ICS)])
    any_store.writer().add([told])
    found = {e.source: e for e in any_store.view().subgraph(["RBL"]).edges if e.predicate == "PART_OF"}["RBL"]
    assert (found.origin, found.statements, found.confidence) == ("register", 1, 1.0)
    any_store.writer().add([TALKS])
    any_store.writer().forget(told.document.id)
    found = {e.source: e for e in any_store.view().subgraph(["RBL"]).edges if e.predicate == "PART_OF"}["RBL"]
    assert (found.origin, found.statements) == ("register", 0)


def test_forget_takes_back_exactly_what_a_briefing_said(any_store: Store) -> None:
    any_store.writer().add([LATER, LINEAGE])
    before = contents(any_store.view())
    any_store.writer().add([TALKS])
    assert any_store.writer().forget(TALKS.document.id) == 3
    assert contents(any_store.view()) == before


def test_forgetting_everything_leaves_nothing(any_store: Store) -> None:
    empty = contents(any_store.view())
    any_store.writer().add(ALL)
    for x in ALL:
        any_store.writer().forget(x.document.id)
    assert contents(any_store.view()) == empty


def test_forgetting_takes_back_names_that_only_that_briefing_told(any_store: Store) -> None:
    alias = replace(HURNOVER, aliases=("Hurnover",))
    any_store.writer().add([LATER])
    told = extraction("alias", names=[alias])
    any_store.writer().add([told])
    entity = any_store.view().entity(HURNOVER.id)
    assert entity is not None
    assert entity.aliases == ("Hurnover",)
    any_store.writer().forget(told.document.id)
    assert any_store.view().entity(HURNOVER.id) == HURNOVER


def test_forgetting_an_unknown_briefing_says_so(any_store: Store) -> None:
    with pytest.raises(UnknownName, match="no-such"):
        any_store.writer().forget("no-such")


def test_other_text_under_the_same_path_replaces_the_briefing(any_store: Store) -> None:
    corrected = extraction("talks", [said("CRITICISED", NHSE, WIRRAL)], text="Corrected.")
    any_store.writer().add(ALL)
    assert any_store.writer().add([corrected]) == WriteResult(replaced=1, statements=1)
    mixed = contents(any_store.view())
    for x in [LATER, LINEAGE, corrected]:
        any_store.writer().forget(x.document.id)
    any_store.writer().add([corrected, LINEAGE, LATER])
    assert contents(any_store.view()) == mixed


def test_names_merge_alike_in_any_order(any_store: Store) -> None:
    first = extraction("a", names=[Entity("other-x", "Hurn Valley", "other", aliases=("HV",))])
    second = extraction("b", names=[Entity("other-x", "Hurn Valley Group", "other", region="North West")])
    results = []
    for batches in ([[first], [second]], [[second], [first]], [[second, first]]):
        for batch in batches:
            any_store.writer().add(batch)
        results.append(contents(any_store.view()))
        for x in (first, second):
            any_store.writer().forget(x.document.id)
    assert results[0] == results[1] == results[2]
    any_store.writer().add([first, second])
    entity = any_store.view().entity("other-x")
    assert entity is not None
    assert (entity.name, entity.aliases, entity.region) == ("Hurn Valley Group", ("HV", "Hurn Valley"), "North West")


def test_a_failed_batch_leaves_no_trace(any_store: Store) -> None:
    any_store.writer().add([LATER])
    before = contents(any_store.view())
    stray = replace(TALKS, mentions=(Mention(0, 3, "Who", "nobody", "ner"),))
    with pytest.raises(StoreError, match="nobody"):
        any_store.writer().add([LINEAGE, stray])
    odd = extraction("odd", names=[Entity("x-1", "Odd", "martian")])
    with pytest.raises(StoreError, match="martian"):
        any_store.writer().add([odd])
    assert contents(any_store.view()) == before


@pytest.mark.parametrize(
    "text",
    [
        "'; MATCH (n) DETACH DELETE n //",
        "<script>alert(1)</script>",
        "a\x00b\x07\u2028c",
        "\ud83d lone",
        "`$x` {y: 1}",
        "",
    ],
)
def test_hostile_text_is_only_text(any_store: Store, text: str) -> None:
    hostile = extraction(
        "hostile", [said("DEFICIT", WIRRAL, quote=text)], names=[replace(QUENBY, name=text)], text=text
    )
    any_store.writer().add([hostile])
    (statement,) = any_store.view().statements()
    assert statement.quote == text.replace("\x00", " ").replace("\ud83d", "?")
    assert len(statement.quote) == len(text)
    assert any_store.view().stats()["briefings"] == 1


def test_adding_nothing_is_harmless(any_store: Store) -> None:
    assert any_store.writer().add([]) == WriteResult()
