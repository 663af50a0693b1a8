"""Figures kept from before: what changed is shown, what fell by more than a point fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from ingest.evaluation import baseline
from ingest.evaluation.score import Figures, Tally

OLD = {"entities": 0.90, "statements": 0.60, "headline": 0.50, "FUNDING": 0.40}


@pytest.mark.parametrize(
    ("now", "fell"),
    [
        ({}, []),
        ({"statements": 0.59}, []),
        ({"statements": 0.5899}, ["statements fell from 0.600 to 0.590"]),
        (
            {"headline": 0.4, "entities": 0.8},
            ["entities fell from 0.900 to 0.800", "headline fell from 0.500 to 0.400"],
        ),
        ({"FUNDING": 0.1}, []),
        ({"statements": 0.7}, []),
    ],
)
def test_a_fall_of_more_than_a_point_is_told(now: dict[str, float], fell: list[str]) -> None:
    assert baseline.falls(OLD, OLD | now) == fell


def test_a_set_without_figures_from_before_can_not_fall() -> None:
    assert baseline.falls({}, OLD) == []


def test_the_table_shows_changes_in_points() -> None:
    lines = baseline.table({"marked": OLD}, {"marked": OLD | {"statements": 0.625}, "dev": {"statements": 0.7}})
    rows = {line.split()[0]: line.split()[1:] for line in lines.splitlines()}
    assert rows["marked"] == ["dev"]
    assert rows["statements"] == ["62.5", "+2.5", "70.0"]
    assert rows["entities"] == ["90.0", "·", "–"]


def test_many_sets_stay_within_the_terminal() -> None:
    table = baseline.table({}, {f"set-number-{n}": OLD for n in range(12)})
    assert max(map(len, table.splitlines())) <= 80


def test_rows_are_kept_set_by_set(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert baseline.load(path) == {}
    baseline.save(path, {"marked": OLD, "dev": OLD})
    baseline.save(path, {"marked": {"statements": 0.7}})
    assert baseline.load(path) == {"marked": {"statements": 0.7}, "dev": OLD}


@pytest.mark.parametrize("text", ["{", "[]", '{"marked": {"statements": "much"}}'])
def test_a_broken_file_says_so(text: str, tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="write it anew"):
        baseline.load(tmp_path / "baseline.json")


def test_a_row_holds_shares_and_leaves_out_what_was_not_judged() -> None:
    half = Tally(1, 1, 1)
    found = Figures(
        1, half, half, Tally(), {"FUNDING": half}, {"kind": (2, 3), "amount": (0, 0)}, {0.9: (0, 0), 0.7: (1, 1)}
    )
    row = baseline.row(found)
    assert (row["statements"], row["headline"], row["FUNDING"], row["kind"]) == (0.5, 0.0, 0.5, 0.6667)
    assert not {"amount", "sure and right"} & set(row)
