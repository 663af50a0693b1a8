from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Entity
from ingest.relations.ballot import Witnesses, confidence, gather, trust
from ingest.relations.base import Candidate, Scored

KNOWN = Entity("RXX", "Tarn Hospitals NHS Trust", "trust", known=True)
UNKNOWN = Entity("trust-marl", "Marl Hospitals", "trust")


def scored(subject: str, obj: str, probability: float) -> Scored:
    return Scored("FUNDING", subject, obj, probability, None, None, 0, 0, 1)


def test_a_name_of_the_register_is_surer_than_another():
    assert trust([KNOWN, None]) > trust([UNKNOWN, None]) > trust([UNKNOWN, UNKNOWN])


def test_a_rival_for_the_same_end_is_seen():
    found = gather([], [scored("a", "b", 0.6), scored("a", "c", 0.9), scored("d", "b", 0.3)])
    assert found["FUNDING", "a", "b"].rivals == (0.9, 0.3)
    assert found["FUNDING", "a", "c"].rivals[0] == 0.6


def test_without_a_model_a_rule_counts_for_what_it_is_worth():
    rule = Candidate("FUNDING", "a", "b", 0, 1, "no.such.rule", 0.7)
    (alone,) = gather([rule], None).values()
    assert confidence("FUNDING", alone, ()) == 0.7


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_from_the_model_never_makes_a_statement_less_likely(one, other):
    low, high = sorted((one, other))
    told = [Candidate("FUNDING", "a", "b", 0, 1, "no.such.rule", 0.7)]
    found = [confidence("FUNDING", Witnesses(told, scored("a", "b", p)), (KNOWN, KNOWN)) for p in (low, high)]
    assert 0 <= found[0] <= found[1] <= 1
