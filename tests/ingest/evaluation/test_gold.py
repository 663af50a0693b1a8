"""Annotations are read from both forms, and what would make figures meaningless is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from ingest.evaluation import gold

MARKED = """Trust in talks

[tarn:Tarnbridge Hospitals] is in talks with [nole:Nolebury].
---
tarn | trust | Tarnbridge Hospitals NHS Trust
nole | trust | Nolebury NHS Trust
---
MERGER_TALKS tarn nole status=in_talks | is in talks
"""
ENTITIES = [{"key": "tarn", "name": "Tarnbridge Hospitals", "kind": "trust", "mentions": ["Tarnbridge"]}]


def test_both_forms_give_the_same_briefing(tmp_path: Path) -> None:
    for folder in ("marked", "json"):
        (tmp_path / folder).mkdir()
    (tmp_path / "marked" / "x.txt").write_text(MARKED, encoding="utf-8")
    (read,) = gold.load(tmp_path / "marked").values()
    value = {
        "id": "x",
        "entities": [
            {"key": b.key, "name": b.name, "kind": b.kind, "id": None, "mentions": list(b.forms), "spans": b.spans}
            for b in read.bodies
        ],
        "statements": [
            {
                "predicate": "MERGER_TALKS",
                "subject": "tarn",
                "object": "nole",
                "status": "in_talks",
                "paragraph": 2,
                "quote": "Tarnbridge Hospitals is in talks with Nolebury.",
            }
        ],
    }
    (tmp_path / "json" / "x.json").write_text(json.dumps(value), encoding="utf-8")
    (other,) = gold.load(tmp_path / "json").values()
    assert (read.id, read.bodies, read.facts) == (other.id, other.bodies, other.facts)
    assert read.text == "Trust in talks\n\nTarnbridge Hospitals is in talks with Nolebury.\n"
    assert other.text is None


def test_a_single_file_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(MARKED, encoding="utf-8")
    assert list(gold.load(tmp_path / "x.txt")) == ["x"]


def test_extractions_bring_offsets_and_confidence() -> None:
    mention = {"text": "Tarnbridge", "start": 3, "end": 13}
    statement = {"predicate": "DEFICIT", "subject": "t", "object": None, "amount": 5, "confidence": 0.7}
    found = gold.extraction(
        {
            "id": "b",
            "entities": [{"id": "t", "name": "Tarnbridge", "kind": "trust", "mentions": [mention]}],
            "statements": [{**statement, "status": None, "start": 0, "end": 20, "quote": "So"}],
        },
        "x.json",
    )
    assert (found.bodies[0].spans, found.bodies[0].forms) == (((3, 13),), ("Tarnbridge",))
    assert (found.facts[0].place, found.facts[0].confidence) == ((0, 20), 0.7)
    assert found.facts[0].attributes == {"amount": 5.0}


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ([], "x.json: this is no annotation; it needs the lists entities and statements"),
        ({"entities": {}}, "x.json: this is no annotation"),
        ({"entities": [{"key": "a"}], "statements": []}, "lacks a field or holds a wrong one"),
        ({"entities": [{**ENTITIES[0], "kind": "hospital"}], "statements": []}, "which is no kind"),
        ({"entities": ENTITIES * 2, "statements": []}, "two entities are called tarn"),
        ({"entities": ENTITIES, "statements": [{"predicate": "OWNS", "subject": "tarn"}]}, "OWNS is no predicate"),
        ({"entities": ENTITIES, "statements": [{"predicate": "DEFICIT", "subject": "x"}]}, "x is not among the enti"),
        ({"entities": ENTITIES, "statements": [{"predicate": "FUNDING", "subject": "tarn"}]}, "FUNDING needs an obj"),
        ({"entities": ENTITIES, "statements": [{"predicate": "DEFICIT", "subject": "tarn", "amount": "£5m"}]}, "'£5m'"),
    ],
)
def test_what_can_not_be_counted_is_named(value: Any, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        gold.annotation(value, "x.json")
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_further_faults_are_counted() -> None:
    wrong = [{"predicate": "OWNS", "subject": "tarn"}, {"predicate": "HAS", "subject": "tarn"}]
    with pytest.raises(InputError, match="and 1 more fault"):
        gold.annotation({"entities": ENTITIES, "statements": wrong}, "x.json")


def test_what_only_bends_the_schema_is_scored() -> None:
    people = [*ENTITIES, {"key": "p", "name": "Asha Venn", "kind": "person"}]
    action = {"predicate": "REGULATORY_ACTION", "subject": "p", "object": "tarn"}
    assert len(gold.annotation({"entities": people, "statements": [action]}, "x.json").facts) == 1


@pytest.mark.parametrize(("read", "cure"), [(gold.load, "name a folder"), (gold.predicted, "nhsgraph extract")])
def test_an_empty_folder_says_what_belongs_there(read: Any, cure: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=cure):
        read(tmp_path)


def test_broken_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.json can't be read as JSON"):
        gold.load(tmp_path)
