"""Cypher of one's own: read-only, with parameters by name, a row limit, and the place of a mistake."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path

import pytest

from tests.cli_world import HURN, make_store, run

BODIES = "MATCH (o:Organisation) RETURN o.id AS id, o.name AS name ORDER BY id"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = make_store(tmp_path / "graph.lbdb")
    monkeypatch.setenv("NHSGRAPH_STORE", str(place))
    return Path(place)


def test_rows_come_as_json_table_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "cypher", BODIES).json
    assert {"id": HURN.id, "name": HURN.name} in found
    assert HURN.name in run(capsys, "cypher", BODIES, "--table").out
    rows = list(csv.DictReader(io.StringIO(run(capsys, "cypher", BODIES, "--csv").out)))
    # One name holds characters that would steer a terminal.
    assert rows == [{**row, "name": re.sub(r"[\x00-\x1f]", "", row["name"])} for row in found]


def test_a_parameter_is_a_name_json_or_text(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "RETURN $who AS who, $number AS number, $list AS list, $text AS text"
    values = ["who=@HVH", "number=2.5", "list=[1, 2]", "text=it's"]
    (row,) = run(capsys, "cypher", asked, *(x for v in values for x in ("--param", v))).json
    assert row == {"who": HURN.id, "number": 2.5, "list": [1, 2], "text": "it's"}
    done = run(capsys, "cypher", asked, "-p", "who=@Nobody Atall")
    assert (done.code, done.out) == (2, "")
    assert "Nobody Atall" in done.err


def test_the_query_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("// a comment\nRETURN 1 AS one\n"))
    assert run(capsys, "cypher", "-").json == [{"one": 1}]


def test_rows_beyond_the_limit_are_not_shown_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "cypher", "UNWIND range(1, 100000) AS n RETURN n", "--limit", "3")
    assert done.json == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert "only the first 3 rows" in done.err
    assert run(capsys, "cypher", "UNWIND range(1, 3) AS n RETURN n", "--limit", "3").err == ""


def test_a_mistake_is_shown_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "cypher", "MATCH (o:Organisation)\nRETURN o.id ORDR BY o.id")
    assert (done.code, done.out) == (1, "")
    said, line, mark = done.err.splitlines()
    assert "ORDR" in said
    assert line == "  RETURN o.id ORDR BY o.id"
    assert mark == "  " + " " * 12 + "^ line 2, column 13"


@pytest.mark.parametrize(
    "query", ["MATCH (n) DETACH DELETE n", "MATCH (n:Organisation) SET n.name = 'x'", "CALL db.labels()", "", " ; "]
)
def test_nothing_can_be_changed(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = run(capsys, "cypher", BODIES).out
    done = run(capsys, "cypher", query)
    assert (done.code, done.out) == (1, "")
    assert run(capsys, "cypher", BODIES).out == before


def test_a_query_that_takes_too_long_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    done = run(capsys, "cypher", slow, "--timeout", "0.3")
    assert (done.code, done.out) == (1, "")
    assert "too long" in done.err


def test_hostile_text_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "cypher", "RETURN '\x1b[2J' AS x ORDR", "--table")
    assert "\x1b" not in done.err
    assert "\x1b" not in run(capsys, "cypher", "RETURN '\x1b[2J=1' AS x", "--csv").out
