from __future__ import annotations

from dataclasses import replace

import pytest

from graph.schema import PREDICATES
from ingest.coreference import resolve
from ingest.relations import combine
from ingest.relations.ballot import Witnesses, gather, measured, vote
from ingest.relations.base import Scored
from ingest.relations.combine import RELATIONS, statements

TALKS = "A note\n\n{Marlow Hospitals|trust} and {Tarn Hospitals|trust} are in talks about a merger."


class Oracle:
    """A model that believes in one pair."""

    def __init__(self, *scored: Scored) -> None:
        self.scored = scored

    def score(self, annotation):
        return self.scored


def test_every_predicate_of_the_schema_has_a_module():
    assert set(RELATIONS) == set(PREDICATES)


def test_a_statement_quotes_its_sentence_and_names_its_rule(marked):
    (talks,) = [s for s in statements(resolve(marked(TALKS)), None) if s.predicate == "MERGER_TALKS"]
    assert talks.quote == "Marlow Hospitals and Tarn Hospitals are in talks about a merger."
    assert (talks.subject, talks.object) == ("marlow-hospitals", "tarn-hospitals")
    assert talks.rule.startswith("merger_talks.")
    assert 0 < talks.confidence <= 1


def test_the_quote_is_what_stands_at_its_offsets(marked):
    annotation = resolve(marked(TALKS))
    for s in statements(annotation, None):
        assert annotation.parsed.document.text[s.start : s.end] == s.quote


def test_symmetric_statements_have_one_order(marked):
    turned = "A note\n\n{Tarn Hospitals|trust} and {Marlow Hospitals|trust} are in talks about a merger."
    (talks,) = [s for s in statements(resolve(marked(turned)), None) if s.predicate == "MERGER_TALKS"]
    assert talks.subject < talks.object


def test_the_model_alone_may_find_a_statement_and_takes_attributes_from_the_sentence(marked):
    text = "A note\n\nThe purse of {Marlow CCG|ccg} is lighter by £4m, to the good of {Tarn Hospitals|trust}."
    annotation = resolve(marked(text))
    start = annotation.parsed.document.text.index("The purse")
    scored = Scored(
        "FUNDING",
        "marlow-ccg",
        "tarn-hospitals",
        0.9,
        "paid",
        "allocation",
        1,
        start,
        len(annotation.parsed.document.text),
    )
    (paid,) = [s for s in statements(annotation, Oracle(scored)) if s.predicate == "FUNDING"]
    assert (paid.rule, paid.status, paid.form, paid.amount) == ("model", "paid", "allocation", 4e6)


def test_the_model_can_not_break_the_schema(marked):
    annotation = resolve(marked(TALKS))
    wrong = Scored("HOLDS_ROLE", "marlow-hospitals", "tarn-hospitals", 0.99, None, None, 1, 8, 20)
    assert not [s for s in statements(annotation, Oracle(wrong)) if s.predicate == "HOLDS_ROLE"]


def test_an_unsure_model_says_nothing(marked):
    annotation = resolve(marked("A note\n\n{Marlow CCG|ccg} met {Tarn Hospitals|trust}."))
    scored = Scored("FUNDING", "marlow-ccg", "tarn-hospitals", 0.2, None, None, 1, 8, 20)
    assert statements(annotation, Oracle(scored)) == ()


def test_two_witnesses_are_surer_than_one():
    rule = combine.Candidate("FUNDING", "a", "b", 0, 1, "funding.any", 0.7)
    likely = Scored("FUNDING", "a", "b", 0.8, None, None, 0, 0, 1)
    doubtful = Scored("FUNDING", "a", "b", 0.1, None, None, 0, 0, 1)
    richer = Scored("FUNDING", "a", "c", 0.95, None, None, 0, 0, 1)
    both = vote("FUNDING", Witnesses([rule], likely))
    assert both > vote("FUNDING", Witnesses([rule]))
    assert both > vote("FUNDING", Witnesses([], likely))
    assert both > vote("FUNDING", Witnesses([rule], doubtful))
    assert vote("FUNDING", gather([], [likely, richer])["FUNDING", "a", "b"]) < vote("FUNDING", Witnesses([], likely))
    assert 0 < both < 1


@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_an_unknown_rule_keeps_its_own_estimate(predicate):
    candidate = combine.Candidate(predicate, "a", "b", 0, 1, "no.such.rule", 0.5)
    assert measured(candidate) == replace(candidate, confidence=0.5)


def test_the_quote_is_a_sentence_that_names_an_end_where_rule_or_model_has_one(marked):
    text = (
        "A note\n\n{NHS England|regulator} has cleared the plans of {Tarn Hospitals|trust}. "
        "Nobody cheered. The bus company has asked for approval of its fares too."
    )
    annotation = resolve(marked(text))
    body = annotation.parsed.document.text
    start = body.index("NHS England")
    scored = Scored(
        "REGULATORY_ACTION", "nhs-england", "tarn-hospitals", 0.95, None, "approval", 1, start, body.index(" Nobody")
    )
    found = [s for s in statements(annotation, Oracle(scored)) if s.predicate == "REGULATORY_ACTION"]
    assert found
    assert all(s.quote.startswith("NHS England has cleared") for s in found)
