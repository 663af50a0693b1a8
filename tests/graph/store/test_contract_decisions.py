"""What every store does with people's decisions: merge, split, confirm, reject; now and at later ingests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import InputError
from graph.model import Decision, Entity
from graph.store import Store
from tests.graph.store.graphs import CHESTER, NHSE, QUENBY, WIRRAL, contents, extraction, said

SHADOW = Entity("trust-wirral-hospitals", "Wirral Hospitals", "trust", aliases=("WH",), members=())
NAMES = extraction(
    "shadow",
    [
        said("DISPUTE", SHADOW.id, NHSE, status="open"),
        said("MERGER_TALKS", WIRRAL, SHADOW.id, start=50, status="mooted"),
    ],
    names=[SHADOW],
)
PLAIN = extraction("plain", [said("DISPUTE", WIRRAL, NHSE, status="resolved", form="legal")])
SAME = Decision("same", SHADOW.id, "RBL", user="ana", made="2024-06-01T10:00:00Z", note="one trust")
DIFFERENT = Decision("different", "RBL", SHADOW.id, user="ana", made="2024-06-02T10:00:00Z")


def test_merged_entities_become_one_under_the_ods_code(any_store: Store) -> None:
    any_store.writer().add([NAMES, PLAIN])
    any_store.writer().decide(SAME)
    view = any_store.view()
    assert "trust-wirral-hospitals" not in {n.id for n in view.names()}
    merged = view.entity("trust-wirral-hospitals")
    assert merged == replace(WIRRAL, aliases=("WH", "WUTH", "Wirral Hospitals"))
    edges = {e.predicate: e for e in view.subgraph([SHADOW.id]).edges}
    assert edges["DISPUTE"].statements == 2
    assert (edges["DISPUTE"].status, edges["DISPUTE"].form) == ("open", "legal")
    assert "MERGER_TALKS" not in edges
    assert {s.predicate for s in view.statements(entity="RBL")} == {"DISPUTE", "MERGER_TALKS"}
    assert list(view.decisions()) == [SAME]


def test_a_merge_holds_for_later_ingests_whichever_comes_first(any_store: Store) -> None:
    any_store.writer().add([NAMES, PLAIN])
    any_store.writer().decide(SAME)
    after = contents(any_store.view())
    for x in (NAMES, PLAIN):
        any_store.writer().forget(x.document.id)
    any_store.writer().add([PLAIN])
    any_store.writer().add([NAMES])
    assert contents(any_store.view()) == after


def test_an_opposite_decision_undoes_a_merge(any_store: Store) -> None:
    any_store.writer().add([NAMES, PLAIN])
    before = contents(any_store.view())
    any_store.writer().decide(SAME)
    assert contents(any_store.view()) != before
    any_store.writer().decide(DIFFERENT)
    assert contents(any_store.view()) == before
    assert list(any_store.view().decisions()) == [SAME, DIFFERENT]


def test_the_same_decision_twice_counts_once(any_store: Store) -> None:
    any_store.writer().decide(SAME)
    any_store.writer().decide(SAME)
    assert list(any_store.view().decisions()) == [SAME]


def test_three_become_one_and_a_split_frees_only_the_pair(any_store: Store) -> None:
    third = Entity("trust-wirral", "The Wirral", "trust")
    any_store.writer().add([NAMES, extraction("third", names=[third, WIRRAL])])
    any_store.writer().decide(SAME)
    any_store.writer().decide(Decision("same", third.id, SHADOW.id, made="2024-06-03"))
    view = any_store.view()
    merged = view.entity(third.id)
    assert merged is not None
    assert (merged.id, merged.aliases) == ("RBL", ("The Wirral", "WH", "WUTH", "Wirral Hospitals"))
    any_store.writer().decide(Decision("different", third.id, SHADOW.id, made="2024-06-04"))
    assert view.entity(third.id) == third
    assert view.entity(SHADOW.id) == view.entity("RBL")


def test_what_is_kept_apart_is_not_merged_by_way_of_a_third(any_store: Store) -> None:
    any_store.writer().decide(Decision("different", "RBL", "RJR", made="2024-01-01"))
    any_store.writer().decide(Decision("same", "RBL", "trust-x", made="2024-01-02"))
    with pytest.raises(InputError, match="kept apart"):
        any_store.writer().decide(Decision("same", "trust-x", "RJR", made="2024-01-03"))
    assert len(any_store.view().decisions()) == 2


def test_a_person_is_never_an_organisation(any_store: Store) -> None:
    with pytest.raises(InputError, match="person"):
        any_store.writer().decide(Decision("same", QUENBY.id, "RBL", made="2024-01-01"))


def test_a_rejected_statement_counts_no_more_and_a_confirmed_one_is_sure(any_store: Store) -> None:
    writer, view = any_store.writer(), any_store.view()
    writer.add([PLAIN, extraction("again", [said("DISPUTE", NHSE, WIRRAL, status="open")])])
    (statement,) = PLAIN.statements
    writer.decide(Decision("reject", statement.id, made="2024-02-01"))
    (edge,) = [e for e in view.subgraph(["RBL"]).edges if e.predicate == "DISPUTE"]
    assert (edge.statements, edge.status, len(edge.evidence)) == (1, "open", 1)
    assert statement.id not in {s.id for s in view.statements()}
    assert sorted(b["statements"] for b in view.briefings()) == [0, 1]
    assert view.stats()["rejected"] == 1
    writer.decide(Decision("confirm", statement.id, made="2024-02-02"))
    (edge,) = [e for e in view.subgraph(["RBL"]).edges if e.predicate == "DISPUTE"]
    assert (edge.statements, edge.form, edge.confidence) == (2, "legal", 1.0)
    assert sorted(e.review or "" for e in edge.evidence) == ["", "confirmed"]


def test_rejecting_the_only_statement_removes_the_edge_and_reingest_does_not_bring_it_back(any_store: Store) -> None:
    any_store.writer().add([PLAIN])
    any_store.writer().decide(Decision("reject", PLAIN.statements[0].id, made="2024-02-01"))
    assert "DISPUTE" not in any_store.view().stats()["edges"]
    any_store.writer().forget(PLAIN.document.id)
    any_store.writer().add([PLAIN])
    assert "DISPUTE" not in any_store.view().stats()["edges"]
    assert any_store.view().statements() == []


def test_a_merge_takes_lineage_and_membership_along(any_store: Store) -> None:
    shadow = Entity("icb-cheshire", "Cheshire ICB", "icb")
    x = extraction("icb", [said("FUNDING", NHSE, shadow.id)], names=[shadow])
    any_store.writer().add([x, extraction("named", names=[Entity("QYGB", "The ICB", "icb", "QYGB", known=True)])])
    before = contents(any_store.view())
    any_store.writer().decide(Decision("same", shadow.id, "QYGB", made="2024-01-01"))
    edges = {(e.source, e.predicate, e.target) for e in any_store.view().subgraph([shadow.id]).edges}
    assert {("12F", "SUCCEEDED_BY", "QYGB"), ("QYGB", "PART_OF", "QYG"), ("nhs-england", "FUNDING", "QYGB")} <= edges
    any_store.writer().decide(Decision("different", shadow.id, "QYGB", made="2024-01-02"))
    assert contents(any_store.view()) == before


def test_deciding_about_the_unknown_is_remembered(any_store: Store) -> None:
    any_store.writer().decide(Decision("same", "trust-chester", "RJR", made="2024-01-01"))
    any_store.writer().add([extraction("chester", names=[Entity("trust-chester", "Chester", "trust")])])
    assert {n.id for n in any_store.view().names()} == {"RJR"}
    any_store.writer().add([extraction("register", names=[CHESTER])])
    found = any_store.view().entity("RJR")
    assert found is not None
    assert (found.name, found.aliases, found.known) == (CHESTER.name, ("Chester",), True)
