"""Counting: what is right, invented, missed; optional statements, collectives, attributes; another scorer's counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation import gold
from ingest.evaluation.align import Names
from ingest.evaluation.score import Comparison, Figures, Tally, agrees, compare, figures
from ingest.register import Register

SCORED = json.loads(Path(__file__).with_name("scored_elsewhere.json").read_text(encoding="utf-8"))
"""Annotations, extractions of them ("plain", and "twisted" by machine: ends swapped, kinds and sums changed) and how an
independent scorer, written for the annotation guide by others, counted them: right, invented, missed; right, judged."""


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Register.load())


def counts(found: Figures) -> dict[str, list[int]]:
    tallies = {"entities": found.entities, "statements": found.statements, "headline": found.headline}
    return {n: [t.right, t.invented, t.missed] for n, t in (tallies | dict(found.predicates)).items()} | {
        n: list(x) for n, x in found.accuracy.items()
    }


@pytest.mark.parametrize("version", ["plain", "twisted"])
def test_an_independent_scorer_counts_the_same(version: str, names: Names) -> None:
    compared = [
        compare(gold.annotation(b["gold"], "gold"), gold.extraction(b[version], version), names)
        for b in SCORED["briefings"]
    ]
    assert counts(figures(compared)) == SCORED["expected"][version]


TRUSTS = [
    {"key": "a", "name": "Tarnbridge Hospitals NHS Trust", "kind": "trust"},
    {"key": "b", "name": "Nolebury NHS Foundation Trust", "kind": "trust"},
    {"key": "c", "name": "Fen CCG", "kind": "ccg"},
]


def told(predicate: str, subject: str, obj: str | None, **more: Any) -> dict[str, Any]:
    return {"predicate": predicate, "subject": subject, "object": obj, **more}


def compared(
    names: Names, wanted: list[dict[str, Any]], found: list[dict[str, Any]], entities: list[dict[str, Any]] = TRUSTS
) -> Comparison:
    ids = [{**e, "id": f"id-{e['key']}"} for e in entities]
    moved = [
        {**s, "subject": f"id-{s['subject']}", "object": f"id-{s['object']}" if s["object"] else None} for s in found
    ]
    return compare(
        gold.annotation({"id": "x", "entities": entities, "statements": wanted}, "gold"),
        gold.extraction({"id": "x", "entities": ids, "statements": moved}, "found"),
        names,
    )


def tally(comparison: Comparison) -> Tally:
    return figures([comparison]).statements


def test_direction_matters_only_where_there_is_one(names: Names) -> None:
    talks = compared(names, [told("MERGER_TALKS", "a", "b")], [told("MERGER_TALKS", "b", "a")])
    assert tally(talks) == Tally(1, 0, 0)
    money = compared(names, [told("FUNDING", "a", "b")], [told("FUNDING", "b", "a")])
    assert tally(money) == Tally(0, 1, 1)


def test_optional_statements_count_neither_way_but_are_right_in_the_calibration(names: Names) -> None:
    optional = [told("FUNDING", "c", "a", optional=True), told("DEFICIT", "a", None)]
    assert tally(compared(names, optional, [told("DEFICIT", "a", None)])) == Tally(1, 0, 0)
    both = compared(names, optional, [told("FUNDING", "c", "a", confidence=0.95), told("DEFICIT", "a", None)])
    assert tally(both) == Tally(1, 0, 0)
    assert figures([both]).calibration == {0.9: (1, 1), 0.7: (0, 0), 0.5: (0, 0), 0.0: (1, 1)}


def test_a_statement_said_twice_counts_once_with_the_attributes_of_the_surest(names: Names) -> None:
    twice = [
        told("FUNDING", "c", "a", confidence=0.4, amount=1e6, status="paid"),
        told("FUNDING", "c", "a", confidence=0.8, amount=2e6, status="refused"),
    ]
    comparison = compared(names, [told("FUNDING", "c", "a", amount=2e6, status="paid")], twice)
    assert tally(comparison) == Tally(1, 0, 0)
    assert {a.name: a.right for a in comparison.attributes} == {"amount": True, "status": False}


def test_any_of_several_annotated_answers_is_right(names: Names) -> None:
    wanted = [told("HOLDS_ROLE", "p", "a", role="chair"), told("HOLDS_ROLE", "p", "a", role="medical director")]
    people = [*TRUSTS, {"key": "p", "name": "Asha Venn", "kind": "person"}]
    comparison = compared(names, wanted, [told("HOLDS_ROLE", "p", "a", role="medical director")], people)
    assert tally(comparison) == Tally(1, 0, 0)
    assert [(a.name, a.right) for a in comparison.attributes] == [("role", True)]


def test_a_body_joined_with_itself_is_left_out_unless_it_is_a_collective(names: Names) -> None:
    assert tally(compared(names, [], [told("MERGER_TALKS", "a", "a")])) == Tally(0, 0, 0)
    group = [{"key": "g", "name": "the six Fen CCGs", "kind": "ccg", "members": ["East Fen CCG", "West Fen CCG"]}]
    talks = told("MERGER_TALKS", "g", "g")
    assert tally(compared(names, [talks], [talks], group)) == Tally(1, 0, 0)


def test_an_end_that_nobody_annotated_is_an_invention(names: Names) -> None:
    comparison = compare(
        gold.annotation({"entities": TRUSTS, "statements": []}, "gold"),
        gold.extraction(
            {
                "entities": [
                    # its id is an annotated key, and yet it is nobody annotated
                    {"id": "b", "name": "Quenby Estates", "kind": "supplier"},
                    {"id": "t", "name": "Tarnbridge Hospitals", "kind": "trust"},
                ],
                "statements": [told("COMMISSIONED", "t", "b")],
            },
            "found",
        ),
        names,
    )
    assert comparison.invented == [("COMMISSIONED", "a", "?b")]
    assert comparison.bodies == Tally(1, 1, 2)


def test_nothing_at_all_gives_noughts(names: Names) -> None:
    found = figures([compare(gold.Briefing("x", (), ()), gold.Briefing("x", (), ()), names)])
    assert (found.statements.precision, found.statements.recall, found.statements.f1) == (0.0, 0.0, 0.0)
    assert found.predicates == {}


@pytest.mark.parametrize(
    ("attribute", "got", "wanted", "right"),
    [
        ("amount", 1_990_000.0, 2_000_000.0, True),
        ("amount", 1_900_000.0, 2_000_000.0, False),
        ("amount", None, 2_000_000.0, False),
        ("role", "interim CEO", "chief executive officer", True),
        ("role", "chairwoman", "chair", True),
        ("role", "acting", "interim", False),
        ("role", "chair", "director of finance", False),
        ("status", "paid", "paid", True),
        ("status", None, "paid", False),
    ],
)
def test_attributes(attribute: str, got: str | float | None, wanted: str | float, right: bool) -> None:
    assert agrees(attribute, got, wanted) is right
