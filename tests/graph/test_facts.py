"""The words on maps and tables."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date

import pytest

import graph.analysis
import graph.facts
import graph.style
from graph.facts import attributes, entity_facts, heading, link_caption, quotes, summary, when
from graph.model import Edge, Entity, Evidence, Subgraph
from graph.schema import PREDICATES, SUCCEEDED_BY
from tests.graph.view_samples import small_subgraph


@pytest.mark.parametrize("module", [graph.facts, graph.style, graph.analysis])
def test_examples_in_the_docstrings_are_true(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("edge", "said"),
    [
        (Edge("a", "b", "MERGER_TALKS", status="mooted"), "merger talks, mooted"),
        (Edge("a", "b", "DISPUTE", status="open", form="contract", amount=4.2e6), "£4.2m contract dispute"),
        (Edge("a", "b", "DISPUTE", status="resolved", form="other"), "dispute, resolved"),
        (Edge("a", "b", "HOLDS_ROLE", status="interim", role="chair"), "chair, interim"),
        (Edge("a", "b", "HOLDS_ROLE", status="interim", role="Interim chief executive"), "Interim chief executive"),
        (Edge("a", "b", "HOLDS_ROLE", status="former"), "post, former"),
        (Edge("a", "b", "REGULATORY_ACTION", form="rating", rating="inadequate"), "rated inadequate"),
        (Edge("a", "b", "REGULATORY_ACTION", form="special_measures"), "special measures"),
        (Edge("a", "a", "DEFICIT", status="forecast", amount=30e6), "£30m deficit, forecast"),
        (Edge("a", "b", SUCCEEDED_BY, first_seen=date(2022, 7, 1), origin="register"), "succeeded by, Jul 2022"),
    ],
)
def test_captions_say_sum_nature_and_status(edge: Edge, said: str) -> None:
    assert link_caption(edge) == said


def test_a_caption_says_that_other_sums_were_told_of() -> None:
    said = [
        Evidence(f"s{n}", "q", "b", "T", date(2020, 1, n), None, 0.9, "r", amount=sum_, review=review)
        for n, (sum_, review) in enumerate(((14e6, None), (2e6, None), (2e6, None), (9e6, "rejected"), (None, None)), 1)
    ]
    edge = Edge("a", "b", "FUNDING", status="confirmed", form="incentive", amount=2e6, evidence=tuple(said))
    assert link_caption(edge) == "£2m incentive, confirmed (+1 other sum)"
    assert link_caption(replace(edge, evidence=tuple(said[1:]))) == "£2m incentive, confirmed"


@pytest.mark.parametrize("predicate", [*PREDICATES, SUCCEEDED_BY])
def test_every_predicate_has_words(predicate: str) -> None:
    edge = Edge("a", "b", predicate)
    assert link_caption(edge)
    assert len(graph.facts.sides(edge)) == 2
    assert graph.facts.link_title(edge)


def test_attributes_give_the_exact_sum() -> None:
    edge = Edge("a", "b", "FUNDING", "withheld", "loan", 22_400_000)
    assert list(attributes(edge)) == [("Status", "withheld"), ("Form", "loan"), ("Amount", "£22.4m (£22,400,000)")]


@pytest.mark.parametrize(
    ("edge", "said"),
    [
        (Edge("a", "b", SUCCEEDED_BY, first_seen=date(2022, 7, 1), origin="register"), "1 Jul 2022"),
        (
            Edge("a", "b", "FUNDING", first_seen=date(2020, 1, 2), last_seen=date(2020, 3, 4)),
            "2 Jan 2020 to 4 Mar 2020",
        ),
        (Edge("a", "b", "FUNDING"), "date not known"),
        (Edge("a", "b", "PART_OF", origin="register"), ""),
    ],
)
def test_when_it_was(edge: Edge, said: str) -> None:
    assert when(edge) == said


def test_quotes_come_newest_first_and_undated_last() -> None:
    found = Evidence("a", "x", "b", "T", date(2020, 1, 1), None, 0.5, "r", amount=5e6)
    edge = Edge(
        "a",
        "b",
        "FUNDING",
        evidence=(found, replace(found, published=None), replace(found, published=date(2021, 1, 1))),
    )
    said = quotes(edge)
    assert [quote.published for quote in said] == ["1 Jan 2021", "1 Jan 2020", "date not known"]
    assert (said[0].says, said[0].confidence) == ("amount: £5m (£5,000,000)", "confidence 50%")
    confirmed = replace(edge, evidence=(replace(found, review="confirmed"),))
    assert quotes(confirmed)[0].confidence == "confirmed by a person"


def test_a_doubtful_quote_stands_behind_the_sure_ones_however_new() -> None:
    sure = Evidence("a", "x", "b", "T", date(2020, 1, 1), None, 0.95, "r")
    doubtful = replace(sure, statement="c", quote="y", published=date(2024, 1, 1), confidence=0.4)
    assert [quote.text for quote in quotes(Edge("a", "b", "FUNDING", evidence=(doubtful, sure)))] == ["x", "y"]


def test_entity_facts_name_the_members() -> None:
    body = Entity("x", "X", "ccg", ods_code="00X", aliases=("Y",), closed=date(2022, 6, 30), members=("a", "b"))
    assert entity_facts(body, {"a": "Alpha CCG"}) == [
        ("Kind", "Clinical commissioning group"),
        ("ODS code", "00X"),
        ("Also called", "Y"),
        ("Closed", "30 Jun 2022"),
        ("Members", "Alpha CCG; b"),
    ]


def test_heading_is_the_title_else_whom_it_is_about() -> None:
    assert heading(replace(small_subgraph(), title="Row")) == "Row"
    assert (
        heading(replace(small_subgraph(), focus=("X24", "CQC"))) == "Links around NHS England, Care Quality Commission"
    )
    assert heading(Subgraph()) == "Who is linked with whom in the NHS"


def test_summary_counts_once() -> None:
    assert summary(Subgraph()) == "0 organisations · 0 people · 0 links · 0 statements · 0 briefings"
    assert summary(small_subgraph()).startswith(
        "22 organisations · 3 people · 33 links · 46 statements · 7 briefings · "
    )
