"""Answers as text for people: what fits, what is cut, what is taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from graph import render

Show = Callable[..., list[str]]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("COLUMNS", "60")

    def show(columns: Sequence[str], rows: Sequence[Mapping[str, object]], **units: str) -> list[str]:
        render.show(render.table(columns, rows, units=units))
        return capsys.readouterr().out.splitlines()

    return show


def test_a_narrow_answer_is_a_table(shown: Show) -> None:
    rows = [
        {"payer_name": "NHS England", "amount": 1.5e9, "status": "in_talks", "form": None},
        {"payer_name": "Hurn ICB", "amount": None, "status": None, "form": None},
    ]
    lines = [line for line in shown(["payer_name", "amount", "status", "form"], rows, amount="pounds") if line.strip()]
    assert lines[0].split() == ["payer", "amount", "status"]
    assert lines[2].split() == ["NHS", "England", "£1.5bn", "in", "talks"]
    assert lines[3].split() == ["Hurn", "ICB"]


def test_a_wide_answer_is_a_list_of_records(shown: Show) -> None:
    row = {f"column_{n}": "some words here" for n in range(9)}
    lines = shown(list(row), [row, row])
    assert lines.count("column 3  some words here") == 2
    assert max(map(len, lines)) <= 60


def test_long_words_are_folded_and_not_cut(shown: Show) -> None:
    lines = shown(["quote"], [{"quote": "x" * 200}])
    assert "".join(lines).count("x") == 200
    assert max(map(len, lines)) <= 60


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "icb", "Integrated care board"),
        ("predicate", "MERGER_TALKS", "Merger talks"),
        ("known", True, "yes"),
        ("names", ["a", "b"], "a; b"),
        ("share", 0.25, "0.25"),
        ("count", 12, "12"),
    ],
)
def test_values_read_as_words(shown: Show, column: str, value: object, said: str) -> None:
    assert [line.strip() for line in shown([column], [{column: value}])][-2:] == [said, ""]


def test_no_rows(shown: Show) -> None:
    assert shown(["a"], []) == ["Nothing found."]


def test_markup_and_control_characters_do_nothing(shown: Show) -> None:
    (line,) = [x for x in shown(["name"], [{"name": "[bold]A[/bold] :smile: \x1b[31mB\u202e"}]) if "A" in x]
    assert line.strip() == "[bold]A[/bold] :smile: [31mB"
