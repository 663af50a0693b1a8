from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import funding
from ingest.scene import Scene

TRUST, OTHER = "{Marlow Hospitals|trust}", "{Tarn Hospitals|trust}"
NHSE, DEPARTMENT = "{NHS England|regulator}", "{Department of Health|government}"
CCG, COUNCIL = "{Weir CCG|ccg}", "{Weir Council|local_authority}"


def found(annotation):
    return list(funding.find(Scene(resolve(annotation))))


def ends(annotation) -> set[tuple[str, str]]:
    return {(c.subject, c.object) for c in found(annotation)}


@pytest.mark.parametrize(
    ("text", "payer", "recipient"),
    [
        (f"{NHSE} has given {TRUST} £4m.", "nhs-england", "marlow-hospitals"),
        (f"{TRUST} was lent £6m by the {DEPARTMENT} in May.", "department-of-health", "marlow-hospitals"),
        (f"{TRUST} has received £3.5m from {NHSE}.", "nhs-england", "marlow-hospitals"),
        (f"{TRUST} has asked the {DEPARTMENT} for £30m.", "department-of-health", "marlow-hospitals"),
        (f"{NHSE} withheld £2m from {TRUST}.", "nhs-england", "marlow-hospitals"),
        (f"{CCG} has fined {TRUST} £640,000 for ambulance queues.", "marlow-hospitals", "weir-ccg"),
        (f"{TRUST} has invoiced {CCG} for £3m of emergency work.", "weir-ccg", "marlow-hospitals"),
        (f"{TRUST} was fined £900,000 by {CCG}.", "marlow-hospitals", "weir-ccg"),
        (f"{COUNCIL} wants £2m back from {CCG}.", "weir-ccg", "weir-council"),
        (f"{TRUST} says that it is owed £2m by {CCG}.", "weir-ccg", "marlow-hospitals"),
    ],
)
def test_verb_and_voice_tell_who_pays(marked, text, payer, recipient):
    assert ends(marked("A note\n\n" + text)) == {(payer, recipient)}


def test_a_payer_that_the_sentence_leaves_out_is_the_one_spoken_of(marked):
    text = f"A note\n\nThe {DEPARTMENT} published its list on Monday. {TRUST} has received £4m."
    assert ("department-of-health", "marlow-hospitals") in ends(marked(text))


def test_it_is_the_body_spoken_of_before(marked):
    text = f"A note\n\n{TRUST} ran out of money at Christmas. {NHSE} has lent it £4m."
    assert ("nhs-england", "marlow-hospitals") in ends(marked(text))


def test_a_list_pairs_names_with_sums_in_order(marked):
    text = f"A note\n\nThe {DEPARTMENT} has decided. {TRUST} received £31.5m and {OTHER} £29m."
    sums = {c.object: c.amount for c in found(marked(text))}
    assert sums == {"marlow-hospitals": 31.5e6, "tarn-hospitals": 29e6}


def test_items_are_paid_by_the_purse_that_the_text_before_names(marked):
    text = f"A note\n\nThe {DEPARTMENT} has announced capital for two trusts.\n- {TRUST}, £7.25m\n- {OTHER}, £900k"
    told = {(c.subject, c.object): c.amount for c in found(marked(text)) if c.rule == "funding.item"}
    assert told == {
        ("department-of-health", "marlow-hospitals"): 7.25e6,
        ("department-of-health", "tarn-hospitals"): 9e5,
    }


@pytest.mark.parametrize(
    ("text", "status", "form", "amount"),
    [
        (f"{DEPARTMENT} has lent {TRUST} £16m.", "paid", "loan", 16e6),
        (f"The {DEPARTMENT} turned down a bid by {TRUST} for £41m of capital.", "refused", "capital", 41e6),
        (f"{NHSE} will give {TRUST} £5m for a new scanner.", "confirmed", "capital", 5e6),
        (f"{TRUST} will get £6m from {NHSE} if it signs up to its control total.", "conditional", "incentive", 6e6),
        (f"{NHSE} has withheld £3m of sustainability money from {TRUST}.", "withheld", "incentive", 3e6),
        (f"{TRUST} has asked the {DEPARTMENT} for £12m to buy time.", "proposed", "bailout", 12e6),
        (f"{CCG} has fined {TRUST} £640,000.", "confirmed", "fine", 640e3),
    ],
)
def test_status_form_and_sum(marked, text, status, form, amount):
    (told,) = found(marked("A note\n\n" + text))
    assert (told.status, told.form, told.amount) == (status, form, amount)


def test_a_range_is_its_upper_end(marked):
    assert [c.amount for c in found(marked(f"A note\n\n{NHSE} gives {TRUST} between £2m and £3m a year."))] == [3e6]


def test_an_answer_in_the_next_sentence_refuses(marked):
    text = f"A note\n\n{TRUST} asked the {DEPARTMENT} for £9m. The answer was no."
    assert [c.status for c in found(marked(text))] == ["refused"]


def test_describe_reads_a_pair_found_otherwise(marked):
    scene = Scene(marked(f"A note\n\nA loan of £9m from the {DEPARTMENT} would see {TRUST} through the winter."))
    status, form, amount = funding.describe(scene, scene.lines[-1], "department-of-health", "marlow-hospitals")
    assert (form, amount) == ("loan", 9e6)
    assert status is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{TRUST} told {NHSE} to expect a deficit of £12m.",
        f"The {{Care Quality Commission|regulator}} gave {TRUST} a rating of good and saw its £4m unit.",
        f"{NHSE} has given {TRUST} a new chair.",
        f"{TRUST} and {OTHER} have a turnover of £400m between them.",
        "{Marlow Hospitals|trust} <script>£4m</script> MATCH (n) DETACH DELETE n",
    ],
)
def test_no_money_between_them_no_funding(marked, text):
    assert found(marked("A note\n\n" + text)) == []
