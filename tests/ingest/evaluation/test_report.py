"""The report: 80 columns, harmless text, counts that agree with the figures."""

from __future__ import annotations

import json

import pytest

from graph.plain import dumps
from ingest.evaluation import report
from ingest.evaluation.causes import Fault
from ingest.evaluation.gold import Body, Briefing, Fact
from ingest.evaluation.run import Evaluation
from ingest.evaluation.score import Comparison, Tally

LONG = "The Royal and Very Long Named University Hospitals of Upper and Lower Tarnbridge NHS Foundation Trust"
BODIES = (Body("a", LONG, "trust", None), Body("b", "Nole\x1b[31mbury", "trust", None))


def evaluation(faults: tuple[Fault, ...] | None = None, unread: tuple[str, ...] = ()) -> Evaluation:
    debt, talks = Fact("FUNDING", "a", "b", {}), Fact("MERGER_TALKS", "a", "b", {}, confidence=0.95)
    comparison = Comparison(
        gold=Briefing("x", BODIES, (debt, talks)),
        found=Briefing("x", BODIES, (talks,)),
        same={"a": "a", "b": "b"},
        missed_bodies=(),
        invented_bodies=(),
        bodies=Tally(2, 0, 0),
        kinds=(2, 2),
        wanted={("FUNDING", "a", "b"): (debt,), ("MERGER_TALKS", "a", "b"): (talks,)},
        told={("MERGER_TALKS", "a", "b"): talks},
        attributes=(),
    )
    return Evaluation({"x": comparison}, unread, faults)


def fault(number: int, what: str = "FUNDING", cause: str = "trigger unknown", side: str = "missed") -> Fault:
    return Fault(f"q{number:02}", side, what, cause, f"{what} {LONG} → \x1b[31mX", "A sentence. " * 80, LONG)


FAULTS = (*(fault(n) for n in range(7)), fault(8, "entity", "wrong kind"), fault(9, "DEFICIT", "end wrong", "invented"))


def test_figures_stand_in_a_table() -> None:
    lines = report.text(evaluation()).splitlines()
    assert lines[0] == "1 briefing"
    (row,) = [line.split() for line in lines if line.startswith("statements")]
    assert row == ["statements", "1.000", "0.500", "0.667", "1", "0", "1"]
    assert any(line.split() == ["from", "0.9", "1.000", "1", "of", "1"] for line in lines)
    assert "cause" not in report.text(evaluation())


@pytest.mark.parametrize("examples", [3, None])
def test_it_fits_the_terminal_and_does_not_steer_it(examples: int | None) -> None:
    text = report.text(evaluation(FAULTS, unread=("a-briefing-of-a-long-name",) * 9), examples=examples)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_causes_are_counted_and_shown_with_examples() -> None:
    text = report.text(evaluation(FAULTS))
    (row,) = [line.split() for line in text.splitlines() if line.startswith("  trigger unknown")]
    assert row == ["trigger", "unknown", "7", "·", "·", "·", "7", "·", "·", "·", "·", "·", "·"]
    assert "… and 4 more FUNDING" in text
    assert [name for name in ("q00", "q02", "q03") if f"  {name}: " in text] == ["q00", "q02"]
    assert "more FUNDING" not in report.text(evaluation(FAULTS), examples=None)


def test_nothing_wrong_is_said_so() -> None:
    assert report.text(evaluation(())).count("  nothing") == 3


def test_json_holds_the_same() -> None:
    value = json.loads(dumps(report.plain(evaluation(FAULTS))))
    assert value["statements"] == {"p": 1.0, "r": 0.5, "f1": 0.667, "right": 1, "invented": 0, "missed": 1}
    assert value["calibration"][0] == {"from": 0.9, "right": 1, "of": 1}
    assert value["causes"]["missed"] == {"trigger unknown": 7, "wrong kind": 1}
    assert len(value["faults"]) == len(FAULTS)
    assert "faults" not in report.plain(evaluation())
