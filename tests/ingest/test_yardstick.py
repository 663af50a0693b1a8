"""The yardstick in tests/gold: what a careful reader finds in twelve examples, well formed and true to the text."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.schema import KINDS, PREDICATES, RATINGS, check_statement
from ingest.reader import read

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
TEXTS = {
    Path(d.path or "").stem: d.text
    for d in read([ROOT / "examples" / "briefings"], on_error=lambda e: pytest.fail(str(e)))
}


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"))


def test_entities_are_named_as_the_text_names_them(gold: dict[str, Any]) -> None:
    text = TEXTS[gold["id"]]
    assert len({e["key"] for e in gold["entities"]}) == len(gold["entities"])
    for entity in gold["entities"]:
        assert entity["kind"] in KINDS
        assert entity["mentions"]
        for mention in entity["mentions"]:
            assert mention in text


def test_statements_fit_the_schema_and_point_at_a_paragraph(gold: dict[str, Any]) -> None:
    kinds = {e["key"]: e["kind"] for e in gold["entities"]}
    paragraphs = [line for line in TEXTS[gold["id"]].split("\n") if line.strip()]
    for statement in gold["statements"]:
        ends = [kinds[statement["subject"]], kinds[statement["object"]] if statement["object"] else None]
        shape = check_statement(statement["predicate"], *ends, statement.get("status"), statement.get("form"))
        assert shape is None
        allowed = {"predicate", "subject", "object", "paragraph", "optional"}
        assert set(statement) <= allowed | set(PREDICATES[statement["predicate"]].attributes)
        assert statement.get("rating", "good") in RATINGS
        assert 1 <= statement["paragraph"] <= len(paragraphs)


def test_every_predicate_and_most_statuses_are_exercised() -> None:
    statements = [s for path in GOLD for s in json.loads(path.read_text(encoding="utf-8"))["statements"]]
    assert {s["predicate"] for s in statements} == set(PREDICATES)
    for name in ("MERGER_TALKS", "DISPUTE", "FUNDING", "DEFICIT", "HOLDS_ROLE"):
        told = {s.get("status") for s in statements if s["predicate"] == name} - {None}
        assert 2 * len(told) > len(PREDICATES[name].statuses)
