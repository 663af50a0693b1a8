from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import dispute
from ingest.scene import Scene

TRUST, CCG = "{Marlow Hospitals|trust}", "{Weir CCG|ccg}"
UNION, FIRM = "{Porters Union|union}", "{Quill Systems|supplier}"
NHSI = "{NHS Improvement|regulator}"


def found(annotation):
    return list(dispute.find(Scene(resolve(annotation))))


def ends(annotation) -> set[frozenset[str]]:
    return {frozenset((c.subject, c.object)) for c in found(annotation)}


@pytest.mark.parametrize(
    ("text", "parties", "form"),
    [
        (
            f"{UNION} members at {TRUST} will strike on Monday.",
            {"porters-union", "marlow-hospitals"},
            "industrial_action",
        ),
        (f"{UNION} is still in dispute with {TRUST}.", {"porters-union", "marlow-hospitals"}, "industrial_action"),
        (
            f"{{Ann Ward|person}} has taken {TRUST} to an employment tribunal.",
            {"ann-ward", "marlow-hospitals"},
            "tribunal",
        ),
        (f"{FIRM} is suing {TRUST} in the High Court.", {"quill-systems", "marlow-hospitals"}, "legal"),
        (f"{CCG} and {TRUST} have gone to arbitration over £4m.", {"weir-ccg", "marlow-hospitals"}, "arbitration"),
        (
            f"{TRUST} has refused the control total set by {NHSI}.",
            {"marlow-hospitals", "nhs-improvement"},
            "control_total",
        ),
        (f"{CCG} is in a row with {TRUST} over its contract.", {"weir-ccg", "marlow-hospitals"}, "contract"),
        (f"{TRUST} says that {CCG} owes it £2m, which the group denies.", {"weir-ccg", "marlow-hospitals"}, "contract"),
    ],
)
def test_each_form_has_its_words(marked, text, parties, form):
    (told,) = found(marked("A note\n\n" + text))
    assert ({told.subject, told.object}, told.form, told.status) == (parties, form, "open")


def test_a_refusal_without_its_regulator_is_one_with_the_body_that_sets_totals(marked):
    text = f"A note\n\n{NHSI} wrote to every trust. {TRUST} has rejected its control total."
    assert frozenset(("marlow-hospitals", "nhs-improvement")) in ends(marked(text))


def test_each_buyer_is_against_the_one_that_won(marked):
    text = (
        "A note\n\nArbitrators have settled a row. {Weir CCG|ccg} and {Tarn CCG|ccg} were ordered to find £8m for "
        "{Marlow Hospitals|trust}."
    )
    assert ends(marked(text)) == {
        frozenset(("weir-ccg", "marlow-hospitals")),
        frozenset(("tarn-ccg", "marlow-hospitals")),
    }


def test_a_national_strike_is_against_ministers(marked):
    text = (
        "A note\n\nThe {Department of Health|government} had no comment.\n\n"
        "Junior doctors in the {British Medical Association|union} will strike over the pay offer."
    )
    assert frozenset(("british-medical-association", "department-of-health")) in ends(marked(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM} sued {TRUST} and lost.",
        f"The dispute between {CCG} and {TRUST} was settled in May.",
        f"A judge has ruled that {CCG} must pay {TRUST} £4m.",
        f"{UNION} and {TRUST} have buried the hatchet after nine strikes.",
    ],
)
def test_rulings_and_settlements_resolve(marked, text):
    assert [c.status for c in found(marked("A note\n\n" + text))] == ["resolved"]


def test_the_sum_is_that_in_dispute(marked):
    (told,) = found(marked(f"A note\n\n{FIRM} is suing {TRUST} for £2.2m."))
    assert told.amount == 2.2e6


@pytest.mark.parametrize(
    "text",
    [
        f"There is no dispute between {CCG} and {TRUST}.",
        f"{UNION} has no quarrel with {TRUST}.",
        f"{CCG} and {TRUST} have signed their contract.",
        f"{NHSI} and {{NHS England|regulator}} will hear the arbitration.",
        f"We said that {UNION} was in dispute with {TRUST}.",
        f"{UNION} held a seminar on strikes with {TRUST}.",
    ],
)
def test_denied_and_absent_conflicts_are_none(marked, text):
    assert found(marked("A note\n\n" + text)) == []


def test_describe_takes_the_form_from_the_paragraph(marked):
    text = f"A note\n\n{CCG} wants £4m from {TRUST}. An adjudicator will decide in June."
    scene = Scene(marked(text))
    line = next(x for x in scene.lines if x.marks)
    assert dispute.describe(scene, line, "weir-ccg", "marlow-hospitals") == ("open", "arbitration", 4e6)
