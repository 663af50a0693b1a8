from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import commissioned
from ingest.scene import Scene

TRUST, CCG = "{Marlow Hospitals|trust}", "{Weir CCG|ccg}"
FIRM, COMPANY = "{Quill Advisers|supplier}", "{Harbour Care|independent_provider}"


def found(annotation):
    return list(commissioned.find(Scene(resolve(annotation))))


def ends(annotation) -> set[tuple[str, str]]:
    return {(c.subject, c.object) for c in found(annotation)}


@pytest.mark.parametrize(
    ("text", "buyer", "seller"),
    [
        (f"{TRUST} has hired {FIRM} to look at its theatres.", "marlow-hospitals", "quill-advisers"),
        (f"{FIRM} were paid £180,000 by {TRUST} to look for savings.", "marlow-hospitals", "quill-advisers"),
        (f"{CCG} has awarded its urgent care contract to {COMPANY}.", "weir-ccg", "harbour-care"),
        (f"{COMPANY} has won the out-of-hours contract from {CCG}.", "weir-ccg", "harbour-care"),
        (f"{COMPANY} runs the walk-in centre for {CCG}.", "weir-ccg", "harbour-care"),
        (f"{CCG} will hand its district nursing contract to {TRUST}.", "weir-ccg", "marlow-hospitals"),
        (f"{TRUST} asked the {{Weir College|university}} to review it.", "marlow-hospitals", "weir-college"),
    ],
)  # fmt: skip
def test_verb_and_kinds_tell_who_buys(marked, text, buyer, seller):
    assert ends(marked("A note\n\n" + text)) == {(buyer, seller)}


def test_each_of_several_buyers(marked):
    text = "A note\n\n{Weir CCG|ccg} and {Tarn CCG|ccg} have picked {Harbour Care|independent_provider} to run 111."
    assert ends(marked(text)) == {("weir-ccg", "harbour-care"), ("tarn-ccg", "harbour-care")}


def test_a_buyer_that_the_sentence_leaves_out_is_the_one_spoken_of(marked):
    text = f"A note\n\n{TRUST} is short of money. It has hired {FIRM} for £95,000."
    assert [(c.subject, c.object, c.amount) for c in found(marked(text))] == [
        ("marlow-hospitals", "quill-advisers", 95e3)
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{TRUST} has hired {FIRM} to find £20m.", "awarded"),
        (f"{TRUST} has cancelled its contract with {FIRM}.", "cancelled"),
        (f"{CCG} plans to give the contract to {COMPANY}.", "planned"),
        (f"{TRUST} paid {FIRM} £300,000 for a report that found nothing.", "completed"),
    ],
)
def test_status(marked, text, status):
    assert [c.status for c in found(marked("A note\n\n" + text))] == [status]


def test_each_seller_of_a_list_has_its_own_price(marked):
    text = (
        "A note\n\nThe board of {Marlow Hospitals|trust} paid £1.2m to {Quill Advisers|supplier} and £400,000 to "
        "{Fern Software|supplier}."
    )
    assert {c.object: c.amount for c in found(marked(text))} == {"quill-advisers": 1.2e6, "fern-software": 4e5}


def test_a_price_may_stand_in_the_next_sentence(marked):
    (told,) = found(marked(f"A note\n\n{TRUST} has picked {FIRM} to supply its records. The price is £37m."))
    assert told.amount == 37e6


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM} is a wholly owned subsidiary of {TRUST}.",
        f"{TRUST} and {{Tarn Hospitals|trust}} hired a new chair together.",
        f"The {{Care Quality Commission|regulator}} has rated {COMPANY} inadequate.",
        f"{CCG} gave {TRUST} £4m for winter beds.",
    ],
)
def test_owners_inspectors_and_payers_are_not_buyers(marked, text):
    assert found(marked("A note\n\n" + text)) == []


def test_a_beaten_bidder_is_not_a_seller(marked):
    text = f"A note\n\n{CCG} has awarded the contract to {COMPANY} ahead of {{Larch Health|independent_provider}}."
    assert ends(marked(text)) == {("weir-ccg", "harbour-care")}
