from __future__ import annotations

from datetime import date

import pytest

from graph.model import Document
from ingest.pipeline import extract

TEXT = """Two boards, one plan

Bolton NHS Foundation Trust and Wrightington, Wigan and Leigh NHS Foundation Trust are in talks about a merger.

The Care Quality Commission rated Bolton FT good in 2019. Ann Lee, chief executive of Bolton FT, was pleased.
"""


@pytest.fixture(scope="module")
def extraction():
    (found,) = extract([Document("b1", "Two boards", TEXT, date(2020, 3, 2))])
    return found


def test_bodies_are_known_by_their_codes(extraction):
    assert {"RMC", "RRF", "cqc"} <= {e.id for e in extraction.entities}


def test_facts_come_with_quotes_at_their_offsets(extraction):
    assert {"MERGER_TALKS", "REGULATORY_ACTION", "HOLDS_ROLE"} <= {s.predicate for s in extraction.statements}
    for s in extraction.statements:
        assert TEXT[s.start : s.end] == s.quote
        assert s.published == date(2020, 3, 2)


def test_every_end_and_mention_is_an_entity_of_the_extraction(extraction):
    ids = {e.id for e in extraction.entities}
    assert {m.entity for m in extraction.mentions} <= ids
    assert {e for s in extraction.statements for e in (s.subject, s.object) if e} <= ids
    assert {x for s in extraction.successions for x in (s.predecessor, s.successor)} <= ids
    assert {x for m in extraction.memberships for x in (m.part, m.whole)} <= ids


def test_the_system_of_a_named_trust_comes_from_the_register(extraction):
    assert any(m.part == "RMC" for m in extraction.memberships)


def test_the_same_text_gives_the_same_extraction(extraction):
    assert next(iter(extract([Document("b1", "Two boards", TEXT, date(2020, 3, 2))]))) == extraction


def test_unsure_statements_can_be_left_out(extraction):
    (sure,) = extract([Document("b1", "Two boards", TEXT, date(2020, 3, 2))], min_confidence=0.99)
    assert set(sure.statements) < set(extraction.statements)


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "One line without any name", "£££ {}[] <script>alert(1)</script> \u202e"]
)
def test_texts_with_nothing_in_them_give_nothing(text):
    (found,) = extract([Document("b2", "Nothing", text)])
    assert found.statements == ()


def test_many_documents_come_back_in_order():
    documents = [Document(f"b{i}", "Note", TEXT if i % 3 else "") for i in range(7)]
    assert [x.document.id for x in extract(documents)] == [d.id for d in documents]
