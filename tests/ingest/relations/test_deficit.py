from __future__ import annotations

import pytest

from ingest.coreference import resolve
from ingest.relations import deficit
from ingest.scene import Scene


def told(annotation) -> list[tuple[str, str | None, float | None]]:
    return [(c.subject, c.status, c.amount) for c in deficit.find(Scene(resolve(annotation)))]


@pytest.mark.parametrize(
    ("text", "status", "amount"),
    [
        ("{Marlow Hospitals|trust} ended last year with a deficit of £12m.", "reported", 12e6),
        ("{Marlow Hospitals|trust} is forecasting a £9.5m deficit.", "forecast", 9.5e6),
        ("{Marlow Hospitals|trust} has submitted a plan with a deficit of £4m.", "planned", 4e6),
        ("{Marlow Hospitals|trust} was £7m in the red.", "reported", 7e6),
        ("{Marlow Hospitals|trust}’s overspend has reached £3m.", "reported", 3e6),
    ],
)
def test_a_deficit_has_a_status_and_a_sum(marked, text, status, amount):
    assert told(marked("A note\n\n" + text)) == [("marlow-hospitals", status, amount)]


def test_a_surplus_or_a_democratic_deficit_is_none(marked):
    assert told(marked("A note\n\n{Marlow Hospitals|trust} made a surplus of £2m.")) == []
    assert told(marked("A note\n\n{Marlow Hospitals|trust} has no deficit.")) == []


def test_systems_listed_after_their_deficits_were_told(marked):
    text = (
        "A note\n\nFive of the ICSs submitted deficit plans.\n\n"
        "They include {Marlow ICS|ics}, {Tarn ICS|ics} and {Weir ICS|ics}."
    )
    assert [s for s, _, _ in told(marked(text))] == ["marlow-ics", "tarn-ics", "weir-ics"]
