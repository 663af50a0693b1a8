from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import regulatory_action
from ingest.relations.regulatory_action import rating_in
from ingest.scene import Scene

CQC, TRUST = "{Care Quality Commission|regulator}", "{Marlow Hospitals|trust}"


def told(annotation) -> set[tuple[str, str, str]]:
    return {(c.subject, c.object, c.form) for c in regulatory_action.find(Scene(resolve(annotation)))}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"The {CQC} has rated {TRUST} inadequate.", "rating"),
        (f"{TRUST} was placed in special measures by the {CQC}.", "special_measures"),
        (f"The {CQC} has served a warning notice on {TRUST}.", "enforcement"),
        (f"The {CQC} is to carry out an investigation at {TRUST}.", "investigation"),
        (f"Inspectors from the {CQC} visited {TRUST} in May.", "inspection"),
        (f"The {CQC} has imposed restrictions on {TRUST}.", "restriction"),
        (f"The {CQC} must approve the plans of {TRUST}.", "approval"),
    ],
)
def test_each_form_has_its_words(marked, text, form):
    assert ("care-quality-commission", "marlow-hospitals", form) in told(marked("A note\n\n" + text))


def test_a_deal_that_must_be_approved_is_an_approval_of_each_party(marked):
    text = (
        "A note\n\n{Marlow Hospitals|trust} and {Tarn Hospitals|trust} have agreed to merge. "
        "{NHS England|regulator} has yet to give its approval."
    )
    assert {("nhs-england", t, "approval") for t in ("marlow-hospitals", "tarn-hospitals")} <= told(marked(text))


def test_no_regulator_no_action(marked):
    assert told(marked("A note\n\n{Marlow Hospitals|trust} asked {Tarn Hospitals|trust} to approve the plan.")) == set()


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("rated it inadequate", "inadequate"),
        ("rated “requires improvement”", "requires improvement"),
        ("rated up from inadequate to good", "good"),
        ("rated fairly well", None),
    ],
)
def test_a_rating_is_one_of_four(text, rating):
    assert rating_in(text, 0) == rating
