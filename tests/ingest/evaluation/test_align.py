"""Which annotated body a found one is: by id, name, person's name, members, place; never by likeness."""

from __future__ import annotations

import pytest

from ingest.evaluation.align import Names, align, bare
from ingest.evaluation.gold import Body, Briefing
from ingest.register import Register


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Register.load())


def matched(names: Names, annotated: list[Body], found: Body) -> str | None:
    return align(Briefing("x", tuple(annotated), ()), Briefing("x", (found,), ()), names).get(found.key)


def body(name: str, kind: str, ident: str | None = None, members: tuple[str, ...] = ()) -> Body:
    return Body(name, name, kind, ident, members=members)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The King’s Fund", "king fund"),
        ("Dr Ann Webb", "ann webb"),
        ("NHS Trust", "nhs trust"),
        ("NHS Fen and Marsh Integrated Care Board", "fen and marsh"),
        ("Guy’s & St Thomas’ NHS Foundation Trust", "guy and st thomas"),
        ("O’Brien", "obrien"),
        ("Fen Clinical Commissioning Group", "fen"),
    ],
)
def test_what_tells_a_name_apart(name: str, folded: str) -> None:
    assert bare(name) == folded


def test_legal_forms_make_no_difference(names: Names) -> None:
    wanted = body("Tarnbridge Hospitals NHS Foundation Trust", "trust")
    assert matched(names, [wanted], body("The Tarnbridge Hospitals Trust", "trust", "trust-tarnbridge")) == wanted.key


def test_names_that_are_merely_alike_do_not_match(names: Names) -> None:
    barnsley = body("Barnsley Hospital NHS Foundation Trust", "trust", "RFF")
    assert matched(names, [barnsley], body("Bolton NHS Foundation Trust", "trust", "RMC")) is None
    north_east = body("NHS North East London ICB", "icb", "QMF")
    assert matched(names, [north_east], body("NHS North West London ICB", "icb", "QRV")) is None


def test_the_register_knows_acronyms(names: Names) -> None:
    assert matched(names, [body("CQC", "regulator")], body("Care Quality Commission", "regulator", "cqc")) == "CQC"


def test_of_two_bodies_of_one_place_that_of_the_kind_is_meant(names: Names) -> None:
    trust, group = body("Bolton NHS Foundation Trust", "trust", "RMC"), body("NHS Bolton CCG", "ccg", "00T")
    assert matched(names, [trust, group], body("Bolton CCG", "ccg", "x")) == group.key
    assert matched(names, [trust, group], body("Bolton FT", "trust", "y")) == trust.key


def test_a_system_and_its_board_are_one_place(names: Names) -> None:
    system = body("Devon ICS", "ics")
    assert matched(names, [system], body("NHS Devon Integrated Care Board", "icb", "QJK")) == system.key


def test_people_match_by_first_and_last_name_and_are_no_bodies(names: Names) -> None:
    webb = body("Dame Ann Mary Webb", "person")
    assert matched(names, [webb], body("Ann Webb", "person", "person-ann-webb")) == webb.key
    assert matched(names, [webb], body("Webb", "person", "person-webb")) is None
    assert matched(names, [webb], body("Ann Webb", "supplier", "supplier-ann-webb")) is None


def test_a_collective_is_any_of_its_members(names: Names) -> None:
    pair = body("The two Fen CCGs", "ccg", members=("East Fen CCG", "West Fen CCG"))
    assert matched(names, [pair], body("West Fen CCG", "ccg", "ccg-west-fen")) == pair.key
    assert matched(names, [body("East Fen CCG", "ccg")], body("them", "ccg", "z", members=("East Fen CCG",)))


def test_a_minister_is_not_the_name_of_a_department(names: Names) -> None:
    office = body("Health secretary", "government")
    department = body("Department of Health and Social Care", "government", "department-of-health-and-social-care")
    assert matched(names, [office], department) is None
