"""Persons of one name on every store: who is one, who is told apart, what is asked, and what people decide of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from graph.errors import InputError
from graph.model import Decision, Entity, Extraction, Identity
from graph.store import Store
from tests.graph.store.graphs import CHESTER, NHSE, WIRRAL, contents, extraction, said

WEBB = Entity("person-ann-webb", "Ann Webb", "person")
OTHER = Entity("person-anne-webb", "Anne Webb", "person")
HURN = Entity("trust-hurn-valley", "Hurn Valley Hospitals", "trust")
SYSTEM = "QYG"


def briefing(name: str, *posts: Entity, person: Entity = WEBB, ties: Sequence[str] = ()) -> Extraction:
    """A briefing that gives a person these posts; none: it only names them."""
    statements = [said("HOLDS_ROLE", person.id, body, start=30 * i, role="chair") for i, body in enumerate(posts)]
    found = extraction(name, [*statements, said("CRITICISED", person.id, NHSE, start=300)], names=[person, *posts])
    if not posts:
        return found
    bodies = tuple(sorted(body.id for body in posts))
    return replace(found, identities=(Identity(person.id, bodies, tuple(sorted({*bodies, *ties}))),))


AT_WIRRAL = briefing("wirral", WIRRAL, ties=[SYSTEM])
AT_CHESTER = briefing("chester", CHESTER, ties=[SYSTEM])
AT_HURN = briefing("hurn", HURN)
MOVES = briefing("moves", WIRRAL, HURN, ties=[SYSTEM])
NO_POST = briefing("no post")


def persons(store: Store) -> dict[str, set[str]]:
    """Id of each person in the store, with the titles of the briefings that name them."""
    rows = store.view().rows("MATCH (p:Person)-[:MENTIONED_IN]->(b:Briefing) RETURN p.id AS id, b.title AS title")
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["id"], set()).add(row["title"].removeprefix("Briefing "))
    return found


def asked(store: Store) -> list[tuple[str, ...]]:
    return [q.candidates for q in store.view().questions()]


def test_one_person_alone_has_the_plain_id(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL])
    assert persons(any_store) == {"person-ann-webb": {"wirral"}}
    assert asked(any_store) == []


def test_bodies_with_something_in_common_make_one_person(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL])
    any_store.writer().add([AT_CHESTER])
    assert persons(any_store) == {"person-ann-webb": {"wirral", "chester"}}
    assert asked(any_store) == []
    assert {e.target for e in any_store.view().subgraph(["person-ann-webb"]).edges} >= {"RBL", "RJR"}


def test_bodies_with_nothing_in_common_make_two_and_a_question(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL])
    any_store.writer().add([AT_HURN])
    two = {"person-ann-webb--rbl": {"wirral"}, "person-ann-webb--trust-hurn-valley": {"hurn"}}
    assert persons(any_store) == two
    view = any_store.view()
    (question,) = view.questions()
    assert question.text == "Ann Webb"
    assert question.candidates == tuple(sorted(two))
    assert WIRRAL.name in question.reason
    assert HURN.name in question.reason
    assert view.stats()["questions"] == 1
    for person, body in (("person-ann-webb--rbl", "RBL"), ("person-ann-webb--trust-hurn-valley", HURN.id)):
        assert {s.object for s in view.statements(entity=person)} == {body, NHSE.id}
        assert {e.target for e in view.subgraph([person], between=False).edges} == {body, NHSE.id}


def test_a_move_that_a_text_tells_makes_one_of_two(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_HURN])
    any_store.writer().add([MOVES])
    assert persons(any_store) == {"person-ann-webb": {"wirral", "hurn", "moves"}}
    assert asked(any_store) == []
    any_store.writer().forget(MOVES.document.id)
    assert set(persons(any_store)) == {"person-ann-webb--rbl", "person-ann-webb--trust-hurn-valley"}


def test_without_a_body_the_name_links_to_the_only_person_of_it(any_store: Store) -> None:
    any_store.writer().add([NO_POST])
    any_store.writer().add([AT_WIRRAL])
    assert persons(any_store) == {"person-ann-webb": {"wirral", "no post"}}


def test_without_a_body_the_name_stands_alone_beside_two(any_store: Store) -> None:
    any_store.writer().add([NO_POST, AT_WIRRAL, AT_HURN])
    assert persons(any_store) == {
        "person-ann-webb": {"no post"},
        "person-ann-webb--rbl": {"wirral"},
        "person-ann-webb--trust-hurn-valley": {"hurn"},
    }
    assert asked(any_store) == [tuple(sorted(persons(any_store)))]


def test_the_order_of_briefings_changes_nothing(any_store: Store) -> None:
    briefings = (AT_WIRRAL, AT_HURN, NO_POST)
    found = []
    for order in permutations(briefings):
        for one in order:
            any_store.writer().add([one])
        found.append(contents(any_store.view()))
        for one in reversed(order):
            any_store.writer().forget(one.document.id)
    assert all(one == found[0] for one in found)
    assert not any(contents(any_store.view())[label] for label in ("Person", "Namesake", "Statement"))


def test_all_at_once_is_as_one_by_one(any_store: Store) -> None:
    briefings = [AT_WIRRAL, AT_HURN, NO_POST, AT_CHESTER, MOVES]
    any_store.writer().add(briefings)
    together = contents(any_store.view())
    for one in briefings:
        any_store.writer().forget(one.document.id)
        any_store.writer().add([one])
        assert contents(any_store.view()) == together


def test_a_replaced_briefing_changes_who_is_who(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_HURN])
    elsewhere = replace(AT_HURN, document=replace(AT_CHESTER.document, path=AT_HURN.document.path))
    moved = replace(AT_CHESTER, document=elsewhere.document)
    any_store.writer().add([moved])
    assert persons(any_store) == {"person-ann-webb": {"wirral", "chester"}}


def test_people_may_say_that_two_are_one_and_take_it_back(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_HURN])
    before = contents(any_store.view())
    two = ("person-ann-webb--rbl", "person-ann-webb--trust-hurn-valley")
    any_store.writer().decide(Decision("same", *two, made="2024-01-01"))
    merged = contents(any_store.view())
    assert set(persons(any_store)) == {"person-ann-webb"}
    assert asked(any_store) == []
    for one in (AT_WIRRAL, AT_HURN):
        any_store.writer().forget(one.document.id)
    for one in (AT_HURN, AT_WIRRAL):
        any_store.writer().add([one])
    assert contents(any_store.view()) == merged
    any_store.writer().decide(Decision("different", *two, made="2024-01-02"))
    assert contents(any_store.view()) == before
    assert asked(any_store) == []


def test_people_may_split_what_was_linked(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_CHESTER])
    any_store.writer().decide(Decision("different", "person-ann-webb--rbl", "person-ann-webb--rjr", made="2024-01-01"))
    split = {"person-ann-webb--rbl": {"wirral"}, "person-ann-webb--rjr": {"chester"}}
    assert persons(any_store) == split
    assert asked(any_store) == []
    any_store.writer().forget(AT_CHESTER.document.id)
    any_store.writer().add([AT_CHESTER])
    assert persons(any_store) == split


def test_a_decision_about_the_only_one_of_a_name_stays_with_that_person(any_store: Store) -> None:
    anne = briefing("anne", WIRRAL, person=OTHER, ties=[SYSTEM])
    any_store.writer().add([AT_WIRRAL, anne])
    any_store.writer().decide(Decision("same", WEBB.id, OTHER.id, made="2024-01-01"))
    assert persons(any_store) == {"person-ann-webb": {"wirral", "anne"}}
    any_store.writer().add([AT_HURN])
    found = persons(any_store)
    assert sorted(map(sorted, found.values())) == [["anne", "wirral"], ["hurn"]]


def test_merged_ids_still_find_their_person(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_CHESTER])
    view = any_store.view()
    for id in ("person-ann-webb", "person-ann-webb--rbl", "person-ann-webb--rjr"):
        found = view.entity(id)
        assert found is not None
        assert found.id == "person-ann-webb"
        assert len(view.statements(entity=id)) == 4


def test_a_statement_keeps_its_judgement_when_its_person_is_told_apart(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL])
    statement = next(s for s in AT_WIRRAL.statements if s.predicate == "CRITICISED")
    any_store.writer().decide(Decision("reject", statement.id, made="2024-01-01"))
    any_store.writer().add([AT_HURN])
    view = any_store.view()
    assert {s.predicate for s in view.statements(entity="person-ann-webb--rbl")} == {"HOLDS_ROLE"}
    any_store.writer().decide(Decision("confirm", statement.id, made="2024-01-02"))
    assert {e.predicate for e in view.subgraph(["person-ann-webb--rbl"]).edges} >= {"HOLDS_ROLE", "CRITICISED"}


def test_a_person_is_never_one_with_a_body(any_store: Store) -> None:
    any_store.writer().add([AT_WIRRAL, AT_HURN])
    with pytest.raises(InputError, match="can't be the same"):
        any_store.writer().decide(Decision("same", "person-ann-webb--rbl", HURN.id, made="2024-01-01"))
