"""A link as of a day: what a reader would have known of it by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.history import as_of, change, lived, state, states
from graph.model import Edge, Entity, Evidence, Subgraph


def said(number: int, day: date | None, confidence: float = 0.9, **what: str | float) -> Evidence:
    return Evidence(f"s{number}", "quote", f"b{number}", "title", day, None, confidence, "rule", **what)


MOOTED = said(1, date(2019, 1, 10), status="mooted", form="merger")
AGREED = said(2, date(2019, 3, 5), status="agreed")
OFF = said(3, date(2020, 6, 1), status="called_off")


def talks(*evidence: Evidence, **what: str) -> Edge:
    days = [e.published for e in evidence if e.published]
    return Edge(
        "a", "b", "MERGER_TALKS", form="merger", first_seen=min(days, default=None), last_seen=max(days, default=None),
        statements=len(evidence), briefings=len(evidence), evidence=evidence, **what,
    )  # fmt: skip


def test_a_link_goes_through_the_states_that_briefings_told_of() -> None:
    edge = talks(MOOTED, AGREED, OFF, status="called_off")
    assert [(found.since, found.edge.status) for found in states(edge)] == [
        (date(2019, 1, 10), "mooted"),
        (date(2019, 3, 5), "agreed"),
        (date(2020, 6, 1), "called_off"),
    ]
    assert states(edge)[-1].edge is edge
    assert states(edge)[1].edge.form == "merger"
    assert states(edge)[1].edge.evidence == (MOOTED, AGREED)
    assert states(edge)[1].edge.last_seen == date(2019, 3, 5)


def test_nothing_is_known_before_the_first_briefing_and_all_on_its_day() -> None:
    edge = talks(MOOTED, OFF, status="called_off")
    assert state(edge, date(2019, 1, 9)) is None
    on_the_day = state(edge, date(2019, 1, 10))
    assert on_the_day is not None
    assert on_the_day.status == "mooted"
    assert state(edge, None) is edge


def test_a_doubtful_word_does_not_change_what_a_surer_one_said() -> None:
    edge = talks(MOOTED, said(4, date(2019, 2, 1), 0.4, status="called_off"), AGREED, status="agreed")
    seen = state(edge, date(2019, 2, 2))
    assert seen is not None
    assert seen.status == "mooted"


def test_what_an_undated_briefing_said_counts_from_the_start() -> None:
    edge = talks(said(5, None, status="in_talks"), OFF, status="called_off")
    assert [found.since for found in states(edge)] == [None, date(2020, 6, 1)]
    early = state(edge, date(1990, 1, 1))
    assert early is not None
    assert early.status == "in_talks"


def test_what_has_no_date_was_not_before_its_ends_existed() -> None:
    board = Entity("b", "B", "icb", opened=date(2022, 7, 1))
    undated = said(5, None, status="resolved")

    def since(*evidence: Evidence) -> date | None:
        return lived(talks(*evidence), {"a": Entity("a", "A", "local_authority"), "b": board})[0]

    assert since(undated) == date(2022, 7, 1)
    assert since(undated, said(6, date(2023, 1, 1))) == date(2022, 7, 1)
    assert since(undated, said(6, date(2021, 1, 1))) == date(2021, 1, 1)
    assert since(said(6, date(2023, 1, 1))) is None


def test_the_register_has_no_date_but_for_a_succession() -> None:
    part = Edge("a", "b", "PART_OF", origin="register")
    assert state(part, date(1990, 1, 1)) == part
    lineage = Edge("a", "b", "SUCCEEDED_BY", first_seen=date(2022, 7, 1), origin="register")
    assert state(lineage, date(2022, 6, 30)) is None
    assert state(lineage, date(2022, 7, 1)) is lineage


def test_a_membership_of_the_register_stands_while_both_its_ends_exist() -> None:
    trust = Entity("a", "A", "trust", opened=date(2012, 4, 1), closed=date(2020, 3, 31))
    system = Entity("b", "B", "ics", opened=date(2016, 1, 1))
    part = Edge("a", "b", "PART_OF", origin="register")
    graph = Subgraph((trust, system), (part, replace(part, origin="text")), focus=("a", "b"))

    def stands(day: date) -> list[str]:
        return [edge.origin for edge in as_of(graph, day).edges]

    assert stands(date(2015, 12, 31)) == ["text"]
    assert stands(date(2016, 1, 1)) == stands(date(2020, 3, 31)) == ["register", "text"]
    assert stands(date(2020, 4, 1)) == ["text"]
    assert change(part, date(2015, 1, 1), date(2017, 1, 1), lived(part, {"a": trust, "b": system})) == "new"


def test_change_between_two_days() -> None:
    edge = talks(MOOTED, AGREED, status="agreed")
    assert change(edge, date(2018, 1, 1), date(2019, 1, 31)) == "new"
    assert change(edge, date(2019, 1, 31), date(2019, 3, 31)) == "changed"
    assert change(edge, date(2019, 3, 31), date(2020, 3, 31)) == "same"
    assert change(edge, date(2017, 1, 1), date(2018, 1, 1)) is None
    again = talks(MOOTED, replace(MOOTED, statement="s9", published=date(2019, 5, 1)), status="mooted")
    assert change(again, date(2019, 2, 1), date(2019, 6, 1)) == "same"


def test_the_graph_of_a_day_holds_what_was_linked_by_then() -> None:
    nodes = tuple(Entity(id, id.upper(), "trust") for id in "abcd")
    graph = Subgraph(nodes, (talks(MOOTED, OFF, status="called_off"), replace(talks(OFF), target="c")), focus=("c",))
    then = as_of(graph, date(2019, 6, 1))
    # c was asked for; when d was first named nobody knows.
    assert [node.id for node in then.nodes] == ["a", "b", "c"]
    assert [(edge.target, edge.status) for edge in then.edges] == [("b", "mooted")]
    assert [node.id for node in as_of(replace(graph, focus=()), date(2019, 6, 1)).nodes] == ["a", "b"]
    assert as_of(graph, date(2019, 6, 1), since=date(2019, 2, 1)).edges == ()
    assert as_of(graph) is graph


def test_a_day_leaves_out_what_was_less_sure_then_than_asked_for() -> None:
    sure = replace(talks(said(1, date(2019, 1, 1), 0.6), said(2, date(2020, 1, 1), 0.6)), confidence=0.84)
    graph = Subgraph((Entity("a", "A", "trust"), Entity("b", "B", "trust")), (sure,))
    assert as_of(graph, date(2019, 6, 30), least=0.8).edges == ()
    assert len(as_of(graph, date(2019, 6, 30), least=0.5).edges) == 1
    assert as_of(graph, date(2020, 6, 30), least=0.8).edges == (sure,)


def test_a_membership_is_not_spoken_of() -> None:
    ends = Entity("a", "A", "trust"), Entity("b", "B", "ics")
    part = replace(talks(said(1, date(2018, 1, 1))), predicate="PART_OF", origin="register", last_seen=date(2018, 1, 1))
    graph = Subgraph(ends, (part, replace(part, origin="text")))
    assert as_of(graph, date(2023, 1, 1), since=date(2022, 1, 1)).edges == (part,)


DAYS = st.none() | st.dates(date(2015, 1, 1), date(2020, 12, 31))
STATUSES = st.sampled_from([None, "mooted", "in_talks", "agreed", "called_off"])


@given(st.lists(st.tuples(DAYS, STATUSES, st.floats(0.3, 1.0)), min_size=1, max_size=8), st.dates())
def test_states_are_in_order_and_grow(told: list[tuple[date | None, str | None, float]], day: date) -> None:
    edge = talks(*(said(n, when, sure, status=status) for n, (when, status, sure) in enumerate(told)))
    found = states(edge)
    assert found[-1].edge is edge
    since = [one.since or date.min for one in found]
    assert since == sorted(set(since))
    counts = [one.edge.statements for one in found]
    assert counts == sorted(set(counts))
    seen = state(edge, day)
    assert (seen is None) == all(when is None or when > day for when in (one.since or date.min for one in found))
