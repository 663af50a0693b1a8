"""What every store's view answers: names, subgraphs, statements, counts. Runs on each store."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InputError
from graph.model import Entity
from graph.schema import PREDICATES
from graph.store import NameEntry, Store
from tests.graph.store.graphs import CHESTER, HURNOVER, ICB, NHSE, OLD_CCG, QUENBY, WIRRAL, extraction, said

FIRST = extraction(
    "first",
    [
        said("MERGER_TALKS", WIRRAL, CHESTER, status="mooted", confidence=0.4),
        said("HOLDS_ROLE", QUENBY, WIRRAL, start=30, role="chair"),
        said("COMMISSIONED", NHSE, HURNOVER, start=60, amount=2e6),
    ],
    published=date(2024, 2, 1),
    text="Full text of the first.",
)
SECOND = extraction("second", [said("CRITICISED", NHSE, CHESTER)], published=date(2023, 7, 1), names=[WIRRAL, OLD_CCG])


def test_names_tell_aliases_and_how_often(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    names = {n.id: n for n in any_store.view().names()}
    assert names["RBL"] == NameEntry("RBL", WIRRAL.name, "trust", ("WUTH",), 2)
    assert names["QYGB"] == NameEntry("QYGB", ICB.name, "icb", (), 0)
    assert list(names) == sorted(names)


def test_the_index_of_names_finds_whom_a_name_may_mean(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    view = any_store.view()
    for typed in (
        "WUTH",
        "wuth",
        "the Wirral University Teaching Hospital",
        "rbl",
        "Wirral University Teaching Hospital NHS FT",
    ):
        assert [n.id for n in view.candidates(typed)] == ["RBL"], typed
    assert NameEntry("RBL", WIRRAL.name, "trust", ("WUTH",), 2) in view.candidates("nhs")
    for hostile in (
        "",
        "   ",
        "nobody",
        '"',
        "\\",
        "a" * 5000,
        "x " * 5000,
        'wirral" OR *:* OR "',
        "wirral~ AND [a TO z]",
    ):
        assert {n.id for n in view.candidates(hostile)} <= {"RBL"}, hostile


def test_what_was_forgotten_is_found_no_more(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    any_store.writer().forget(FIRST.document.id)
    assert any_store.view().candidates("Isolde Quenby") == any_store.view().candidates("Hurnover") == []
    assert [n.id for n in any_store.view().candidates("WUTH")] == ["RBL"]


def test_an_empty_store_answers(any_store: Store) -> None:
    view = any_store.view()
    assert view.names() == []
    assert view.entity("RBL") is None
    assert view.text("none") is None
    assert view.subgraph().nodes == view.subgraph(["RBL"]).nodes == ()
    assert view.statements() == view.briefings() == view.questions() == view.decisions() == []
    assert view.stats()["briefings"] == 0
    assert view.stats()["first"] is None


def test_statements_by_entity_and_briefing(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    view = any_store.view()
    assert [s.predicate for s in view.statements()] == ["CRITICISED", "MERGER_TALKS", "HOLDS_ROLE", "COMMISSIONED"]
    assert [s.predicate for s in view.statements(entity="RJR")] == ["CRITICISED", "MERGER_TALKS"]
    assert [s.predicate for s in view.statements(briefing=FIRST.document.id, entity="RJR")] == ["MERGER_TALKS"]
    assert [s.predicate for s in view.statements(briefing=SECOND.document.id)] == ["CRITICISED"]
    assert view.statements(entity="nobody") == []
    assert [b["title"] for b in view.briefings()] == ["Briefing first", "Briefing second"]


def test_offsets_point_into_the_stored_text(any_store: Store) -> None:
    any_store.writer().add([FIRST])
    assert any_store.view().text(FIRST.document.id) == "Full text of the first."


def test_a_subgraph_grows_with_depth(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    view = any_store.view()
    alone = view.subgraph([QUENBY.id], depth=0)
    assert ([n.id for n in alone.nodes], alone.edges, alone.focus) == ([QUENBY.id], (), (QUENBY.id,))
    near = view.subgraph([QUENBY.id], depth=1)
    assert {n.id for n in near.nodes} == {QUENBY.id, "RBL"}
    two = view.subgraph([QUENBY.id], depth=2)
    assert {n.id for n in two.nodes} == {QUENBY.id, "RBL", "RJR", "QYG"}
    assert {(e.source, e.predicate, e.target) for e in two.edges} == {
        (QUENBY.id, "HOLDS_ROLE", "RBL"),
        ("RBL", "MERGER_TALKS", "RJR"),
        ("RBL", "PART_OF", "QYG"),
        ("RJR", "PART_OF", "QYG"),
    }
    assert {n.id for n in view.subgraph([QUENBY.id], depth=9).nodes} == {
        QUENBY.id,
        "RBL",
        "RJR",
        "QYG",
        NHSE.id,
        HURNOVER.id,
    }


def test_edges_between_neighbours_can_be_left_out(any_store: Store) -> None:
    any_store.writer().add([FIRST])
    links = any_store.view().subgraph(["RBL"], between=False)
    assert {n.id for n in links.nodes} == {"RBL", "RJR", "QYG", QUENBY.id}
    assert {(e.source, e.target) for e in links.edges} == {("RBL", "RJR"), ("RBL", "QYG"), (QUENBY.id, "RBL")}
    assert ("RJR", "QYG") in {(e.source, e.target) for e in any_store.view().subgraph(["RBL"]).edges}


def test_a_subgraph_of_some_predicates_holds_what_their_edges_join(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    view = any_store.view()
    found = view.subgraph(predicates=["COMMISSIONED", "SUCCEEDED_BY"])
    assert [(e.source, e.predicate, e.target) for e in found.edges] == [
        ("12F", "SUCCEEDED_BY", "QYGB"),
        (NHSE.id, "COMMISSIONED", HURNOVER.id),
    ]
    assert [n.id for n in found.nodes] == ["12F", "QYGB", NHSE.id, HURNOVER.id]
    whole = {(e.source, e.predicate): e for e in view.subgraph().edges}
    assert found.edges == (whole["12F", "SUCCEEDED_BY"], whole[NHSE.id, "COMMISSIONED"])
    assert found.edges[1].evidence
    doubtful = view.subgraph(predicates=["MERGER_TALKS"], min_confidence=0.5)
    assert (doubtful.nodes, doubtful.edges) == ((), ())
    assert view.subgraph(predicates=[]).nodes == ()
    every = view.subgraph(predicates=[*PREDICATES, "SUCCEEDED_BY"])
    assert every.edges == view.subgraph().edges


def test_a_subgraph_of_ids_goes_along_some_predicates_only(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    view = any_store.view()
    found = view.subgraph([QUENBY.id], depth=3, predicates=["HOLDS_ROLE", "PART_OF"])
    assert {(e.source, e.predicate, e.target) for e in found.edges} == {
        (QUENBY.id, "HOLDS_ROLE", "RBL"),
        ("RBL", "PART_OF", "QYG"),
        ("RJR", "PART_OF", "QYG"),
    }
    assert {n.id for n in found.nodes} == {QUENBY.id, "RBL", "QYG", "RJR"}
    assert view.subgraph([QUENBY.id], predicates=["DISPUTE"]).nodes == (QUENBY,)
    with pytest.raises(InputError, match=r"no predicate 'X\]->\(\) DETACH'; the predicates are MERGER_TALKS"):
        view.subgraph(predicates=["X]->() DETACH"])


def test_a_subgraph_leaves_out_what_is_not_sure_enough(any_store: Store) -> None:
    any_store.writer().add([FIRST])
    found = any_store.view().subgraph(["RJR"], depth=1, min_confidence=0.5)
    assert {(e.source, e.predicate) for e in found.edges} == {("RJR", "PART_OF")}
    assert {n.id for n in found.nodes} == {"RJR", "QYG"}


def test_unknown_ids_are_left_out_of_a_subgraph(any_store: Store) -> None:
    any_store.writer().add([FIRST])
    found = any_store.view().subgraph(["nobody", "RBL"])
    assert found.focus == ("RBL",)


def test_lineage_is_part_of_a_subgraph(any_store: Store) -> None:
    any_store.writer().add([SECOND])
    found = any_store.view().subgraph(["12F"])
    assert [(e.source, e.predicate, e.target, e.first_seen) for e in found.edges] == [
        ("12F", "SUCCEEDED_BY", "QYGB", date(2022, 7, 1))
    ]
    assert found.nodes == (OLD_CCG, ICB)


def test_evidence_carries_quote_and_briefing(any_store: Store) -> None:
    any_store.writer().add([FIRST])
    (edge,) = any_store.view().subgraph([HURNOVER.id]).edges
    (evidence,) = edge.evidence
    assert (evidence.quote, evidence.briefing, evidence.title) == (
        "They said so at 60.",
        FIRST.document.id,
        "Briefing first",
    )
    assert (evidence.published, evidence.source, evidence.amount) == (date(2024, 2, 1), "Board papers", 2e6)


def test_stats_count_everything(any_store: Store) -> None:
    any_store.writer().add([FIRST, SECOND])
    assert any_store.view().stats() == {
        "briefings": 2,
        "first": "2023-07-01",
        "last": "2024-02-01",
        "entities": 8,
        "statements": 4,
        "rejected": 0,
        "questions": 0,
        "decisions": 0,
        "kinds": {"ccg": 1, "icb": 1, "ics": 1, "person": 1, "regulator": 1, "supplier": 1, "trust": 2},
        "predicates": {"MERGER_TALKS": 1, "HOLDS_ROLE": 1, "COMMISSIONED": 1, "CRITICISED": 1},
        "edges": {
            "MERGER_TALKS": 1,
            "HOLDS_ROLE": 1,
            "COMMISSIONED": 1,
            "CRITICISED": 1,
            "PART_OF": 2,
            "SUCCEEDED_BY": 1,
        },
    }


def test_members_of_a_named_collective_are_kept(any_store: Store) -> None:
    group = Entity("ccg-east-kent", "the east Kent CCGs", "ccg", members=("09C", "09E"))
    members = [Entity(i, f"CCG {i}", "ccg", i, known=True) for i in ("09C", "09E")]
    told = extraction("kent", names=[group])
    with_members = type(told)(told.document, (group, *members), told.mentions, ())
    any_store.writer().add([with_members])
    found = any_store.view().entity("ccg-east-kent")
    assert found is not None
    assert found.members == ("09C", "09E")
    assert {n.id: n.briefings for n in any_store.view().names()} == {"ccg-east-kent": 1, "09C": 1, "09E": 1}
    any_store.writer().forget(told.document.id)
    assert any_store.view().names() == []
