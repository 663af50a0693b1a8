"""Records as JSON text that nothing trips over."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Document, Entity, Extraction, Mention, Statement
from graph.plain import dumps, extraction


@given(st.dictionaries(st.text(), st.text(st.characters(codec=None)) | st.floats(allow_nan=False) | st.none()))
def test_the_text_is_harmless_and_means_the_same(value: dict[str, object]) -> None:
    text = dumps(value)
    assert json.loads(text) == value
    assert text.encode()  # a lone surrogate would fail here
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_records_dates_and_paths() -> None:
    value = {"entity": Entity("X24", "NHS England", "regulator", opened=date(2013, 4, 1)), "path": Path("a/b")}
    found = json.loads(dumps(value))
    assert (found["entity"]["opened"], found["entity"]["aliases"], found["path"]) == ("2013-04-01", [], "a/b")


def test_what_has_no_json_is_an_error() -> None:
    with pytest.raises(TypeError, match="no JSON for a set"):
        dumps({"names": {"a"}})


def test_an_extraction_lists_who_the_text_names() -> None:
    hurn = Entity("trust-hurn", "Hurn Valley Hospitals", "trust")
    pair = Entity("ccgs", "the two Hurn CCGs", "ccg", members=("ccg-a", "ccg-b"))
    parent = Entity("ics-hurn", "Hurnshire ICS", "ics")
    found = extraction(
        Extraction(
            Document("b1", "Title", "Hurn Valley is short of money."),
            (hurn, pair, parent),
            (Mention(0, 11, "Hurn Valley", "trust-hurn", "alias"), Mention(0, 4, "Hurn", "ccgs", "reference")),
            (Statement("s1", "b1", "DEFICIT", "trust-hurn", None, "Hurn Valley is short of money.", 0, 30, 0.9, "r"),),
        )
    )
    assert found["id"] == "b1"
    assert [entity["id"] for entity in found["entities"]] == ["trust-hurn", "ccgs"]
    assert found["entities"][0]["mentions"] == [{"text": "Hurn Valley", "start": 0, "end": 11}]
    assert "members" not in found["entities"][0]
    assert found["entities"][1]["members"] == ["ccg-a", "ccg-b"]
    assert "rule" not in found["statements"][0]
