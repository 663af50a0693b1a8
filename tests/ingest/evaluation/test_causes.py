"""Every cause of a miss, an invention and a wrong attribute, each on a text of its own."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.evaluation import gold
from ingest.evaluation.align import Names
from ingest.evaluation.causes import INVENTED, MISSED, Fault, Trace, faults
from ingest.evaluation.page import names as is_name
from ingest.evaluation.score import compare
from ingest.register import Register

TEXT = """Two trusts talk

Tarnbridge Hospitals has opened merger talks with Nolebury. The CCG is not amused.

NHS Fenshire CCG owes Tarnbridge £4m. It will pay, its chair Asha Venn says.
"""
TARN = {
    "key": "tarn",
    "name": "Tarnbridge Hospitals",
    "kind": "trust",
    "mentions": ["Tarnbridge Hospitals", "Tarnbridge"],
}
NOLE = {"key": "nole", "name": "Nolebury", "kind": "trust", "mentions": ["Nolebury"]}
FEN = {"key": "fen", "name": "NHS Fenshire CCG", "kind": "ccg", "mentions": ["NHS Fenshire CCG", "The CCG"]}
VENN = {"key": "venn", "name": "Asha Venn", "kind": "person", "mentions": ["Asha Venn"]}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Register.load())


def found(entity: dict[str, Any], *places: str, **changed: Any) -> dict[str, Any]:
    """The entity as extraction would give it, marked at these words (all of its forms where none are named)."""
    spots = []
    for words in places or entity["mentions"]:
        at = TEXT.rindex(words)
        spots.append({"text": words, "start": at, "end": at + len(words)})
    return {"id": f"id-{entity['key']}", "name": entity["name"], "kind": entity["kind"], "mentions": spots, **changed}


def said(predicate: str, subject: str, obj: str | None, words: str = "", **more: Any) -> dict[str, Any]:
    at = TEXT.index(words) if words else 0
    place = {"quote": words, "start": at, "end": at + len(words)} if words else {}
    ends = {"subject": f"id-{subject}", "object": f"id-{obj}" if obj else None}
    return {"predicate": predicate, **ends, "confidence": 0.8, **place, **more}


TALKS = {"predicate": "MERGER_TALKS", "subject": "tarn", "object": "nole", "status": "in_talks", "paragraph": 2}
DEBT = {"predicate": "FUNDING", "subject": "fen", "object": "tarn", "amount": 4e6, "paragraph": 3}


def judged(
    names: Names,
    wanted: list[dict[str, Any]],
    entities: list[dict[str, Any]],
    statements: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    **trace: Any,
) -> list[Fault]:
    value = {"entities": [TARN, NOLE, FEN, VENN], "statements": wanted}
    comparison = compare(
        gold.annotation(value, "gold"),
        gold.extraction({"entities": entities, "statements": statements}, "found"),
        names,
    )
    return list(faults("x", comparison, Trace(TEXT, **trace)))


def only(told: list[Fault], side: str, what: str) -> Fault:
    (fault,) = [f for f in told if f.side == side and f.what == what]
    return fault


NOLEBURY = (TEXT.index("Nolebury"), TEXT.index("Nolebury") + 8)
ALL = [found(TARN), found(NOLE), found(FEN), found(VENN)]


def test_a_perfect_reading_has_no_faults(names: Names) -> None:
    assert judged(names, [TALKS], ALL, [said("MERGER_TALKS", "nole", "tarn", status="in_talks")]) == []


@pytest.mark.parametrize(
    ("entities", "trace", "cause", "detail"),
    [
        ([found(TARN)], {}, "mention not found", "“Nolebury”"),
        (
            [found(TARN)],
            {"questions": (NOLEBURY,)},
            "left as a question",
            "",
        ),
        ([found(TARN, "Tarnbridge Hospitals", "Nolebury")], {}, "wrong link", "taken for Tarnbridge Hospitals"),
        ([found(TARN), found(NOLE, name="Nolebury Ltd & Sons", kind="supplier")], {}, "wrong kind", "supplier"),
        ([found(TARN), found(NOLE, name="Nolebury General Hospital")], {}, "wrong name", "taken for Nolebury General"),
        ([found(TARN), found(NOLE, "with Nolebury", name="With Nolebury")], {}, "wrong extent", "With Nolebury"),
    ],
)
def test_an_end_that_was_not_found_anywhere(
    entities: list[dict[str, Any]], trace: dict[str, Any], cause: str, detail: str, names: Names
) -> None:
    told = judged(names, [TALKS], [*entities, found(FEN), found(VENN)], **trace)
    for what in ("entity", "MERGER_TALKS"):
        fault = only(told, "missed", what)
        assert fault.cause == cause
        assert detail in fault.detail
        assert fault.sentence == "Tarnbridge Hospitals has opened merger talks with Nolebury."


def test_an_end_that_only_a_noun_stands_for(names: Names) -> None:
    row = {"predicate": "DISPUTE", "subject": "fen", "object": "nole", "paragraph": 2}
    entities = [found(TARN), found(NOLE), found(FEN, "NHS Fenshire CCG"), found(VENN)]
    fault = only(judged(names, [row], entities), "missed", "DISPUTE")
    assert (fault.cause, fault.detail) == ("reference unresolved", "“The CCG”")


def test_an_end_that_stands_in_another_paragraph(names: Names) -> None:
    row = {"predicate": "DISPUTE", "subject": "venn", "object": "nole", "paragraph": 2}
    assert only(judged(names, [row], ALL), "missed", "DISPUTE").cause == "named elsewhere"


def test_what_was_weighed_and_found_wanting(names: Names) -> None:
    key = ("MERGER_TALKS", "id-nole", "id-tarn")
    fault = only(judged(names, [TALKS], ALL, weighed={key: (0.2, 0.27)}), "missed", "MERGER_TALKS")
    assert (fault.cause, fault.detail) == ("below threshold", "0.20, needs 0.27")
    fault = only(judged(names, [TALKS], ALL, weighed={key: (0.9, 0.27)}), "missed", "MERGER_TALKS")
    assert fault.cause == "kinds don't fit"


def test_told_of_another_body(names: Names) -> None:
    debt = said("FUNDING", "venn", "tarn", "NHS Fenshire CCG owes Tarnbridge £4m.")
    told = judged(names, [DEBT], ALL, [debt])
    fault = only(told, "missed", "FUNDING")
    assert (fault.cause, fault.detail) == ("wrong ends", "told: FUNDING Asha Venn → Tarnbridge Hospitals")
    assert only(told, "invented", "FUNDING").cause == "end wrong"


def test_told_otherwise(names: Names) -> None:
    row = said("DISPUTE", "fen", "tarn", "NHS Fenshire CCG owes Tarnbridge £4m.")
    told = judged(names, [DEBT], ALL, [row])
    assert only(told, "missed", "FUNDING").cause == "other predicate"
    assert only(told, "invented", "DISPUTE").cause == "other predicate"


def test_nobody_proposed_it(names: Names) -> None:
    fault = only(judged(names, [TALKS], ALL), "missed", "MERGER_TALKS")
    assert (fault.cause, fault.said) == ("trigger unknown", "MERGER_TALKS Nolebury – Tarnbridge Hospitals")


def test_inventions(names: Names) -> None:
    turned = judged(names, [DEBT], ALL, [said("FUNDING", "tarn", "fen", "NHS Fenshire CCG owes Tarnbridge £4m.")])
    assert only(turned, "invented", "FUNDING").cause == "ends reversed"
    loose = judged(names, [], ALL, [said("CRITICISED", "venn", "nole", "Two trusts talk")])
    assert only(loose, "invented", "CRITICISED").cause == "no such fact"
    stray = {"key": "x", "name": "Two Oaks", "kind": "supplier", "mentions": ["Two"]}
    bought = judged(names, [], [*ALL, found(stray)], [said("COMMISSIONED", "nole", "x", "Two trusts talk")])
    assert only(bought, "invented", "COMMISSIONED").cause == "end invented"
    assert only(bought, "invented", "entity").cause == "no such body"
    part = {"key": "y", "name": "Fenshire Council", "kind": "local_authority", "mentions": ["Fenshire"]}
    fault = only(judged(names, [], [*ALL, found(part)]), "invented", "entity")
    assert (fault.cause, fault.detail) == ("form of another body", "NHS Fenshire CCG")


def test_attributes_that_are_wrong_or_were_not_read(names: Names) -> None:
    wanted = [DEBT | {"status": "confirmed"}]
    told = judged(names, wanted, ALL, [said("FUNDING", "fen", "tarn", amount=5e6)])
    assert {(f.side, f.cause, f.detail) for f in told} == {
        ("wrong", "wrong amount", "£5m, not £4m"),
        ("wrong", "status not read", "confirmed"),
    }


def test_without_a_text_there_are_still_causes(names: Names) -> None:
    value = {"entities": [TARN, NOLE, FEN, VENN], "statements": [TALKS]}
    comparison = compare(gold.annotation(value, "gold"), gold.Briefing("x", (), ()), names)
    told = list(faults("x", comparison, Trace("")))
    assert len(told) == 5
    assert {f.cause for f in told} <= set(MISSED) | set(INVENTED)


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("Tarnbridge", True),
        ("The King’s Fund", True),
        ("the CCG", False),
        ("Its larger neighbour", False),
        ("NHS trust", False),
        ("They", False),
        ("He", False),
    ],
)
def test_names_and_references(form: str, named: bool) -> None:
    assert is_name(form) is named
