"""Values as people type them: the right type, or one line that says what would do."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import TemplateError
from queries.values import PARAMETER_TYPES, Parameter, check, choices, pairs

ALL = (
    Parameter("name", "entity", "whom", example="CQC"),
    Parameter("since", "date", "from when", default=""),
    Parameter("limit", "integer", "how many", default=50, example=20),
    Parameter("least", "float", "how sure", default=0.0),
    Parameter("whole", "boolean", "everything", default=False),
    Parameter("predicate", "predicate", "which", default="", choices=choices("predicate")),
    Parameter("status", "status", "which", default="", choices=choices("status", "MERGER_TALKS")),
)


def test_defaults_examples_and_given_values() -> None:
    plain = {"since": "", "limit": 50, "least": 0.0, "whole": False, "predicate": "", "status": ""}
    assert check("t", ALL, {"name": " Bolton FT "}) == {"name": "Bolton FT", **plain}
    assert check("t", ALL, {}, example=True) == {"name": "CQC", **plain, "limit": 20}
    assert check("t", ALL, {"name": "NHSE", "limit": "7"}, example=True)["name"] == "NHSE"


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("limit", "7", 7),
        ("limit", 7, 7),
        ("least", "0.25", 0.25),
        ("least", 1, 1.0),
        ("least", "£5m", 5e6),
        ("least", "1,250,000", 1.25e6),
        ("least", "2.4 bn", 2.4e9),
        ("least", "750K", 750e3),
        ("whole", "yes", True),
        ("whole", "FALSE", False),
        ("since", "2024-02-29", "2024-02-29"),
        ("since", date(2024, 2, 29), "2024-02-29"),
        ("since", datetime(2024, 2, 29, 12), "2024-02-29"),
        ("since", "", ""),
        ("predicate", "merger talks", "MERGER_TALKS"),
        ("predicate", "Merger-Talks", "MERGER_TALKS"),
        ("status", "Called Off", "called_off"),
    ],
)
def test_values_are_read(name: str, given: object, value: object) -> None:
    found = check("t", ALL, {"name": "x", name: given})[name]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("limit", "many", "Parameter limit of t can't be 'many': give a whole number such as 50"),
        ("limit", "-3", "whole number"),
        ("limit", "2.5", "whole number"),
        ("limit", "99999999999", "whole number"),
        ("limit", True, "whole number"),
        ("limit", "٣", "whole number"),
        ("least", "sure", "a number such as 0.5"),
        ("least", "1,25m", "a number such as 0.5"),
        ("least", "nan", "a number such as 0.5"),
        ("least", "inf", "a number such as 0.5"),
        ("least", None, "a number such as 0.5"),
        ("whole", "perhaps", "true or false"),
        ("since", "2024", "a date such as 2024-11-30"),
        ("since", "30/11/2024", "a date such as 2024-11-30"),
        ("since", "2023-02-29", "a date such as 2024-11-30"),
        ("predicate", "MARRIED", "one of MERGER_TALKS, DISPUTE"),
        ("status", "open", "one of mooted, in_talks"),
        ("name", "", "a name or id"),
        ("name", 7, "a name or id"),
        ("name", "nul\0byte", "text without control characters"),
        ("name", "half a \ud800 pair", "text without control characters"),
    ],
)
def test_ill_typed_values_are_refused(name: str, given: object, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        check("t", ALL, {"name": "x", name: given})
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_missing_and_unknown_parameters() -> None:
    with pytest.raises(TemplateError, match=r"Template t needs name \(entity: whom\): add --param name=…"):
        check("t", ALL, {})
    with pytest.raises(TemplateError, match="Template t has no parameter nmae; it takes: name, since, limit"):
        check("t", ALL, {"nmae": "x"})
    with pytest.raises(TemplateError, match="it takes: none"):
        check("t", (), {"x": "x"})


def test_pairs_as_typed() -> None:
    assert pairs(["name=St Osyth’s = “x”", " limit =3", "since="]) == {
        "name": "St Osyth’s = “x”",
        "limit": "3",
        "since": "",
    }
    with pytest.raises(TemplateError, match="write --param name=value"):
        pairs(["limit"])
    with pytest.raises(TemplateError, match="write --param name=value"):
        pairs(["=3"])
    with pytest.raises(TemplateError, match="limit is given twice"):
        pairs(["limit=3", "limit=4"])


@given(st.sampled_from(PARAMETER_TYPES), st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_value_has_the_right_type_or_is_refused(type_: str, value: Any) -> None:
    allowed = choices(type_, "FUNDING")
    try:
        found = check("t", [Parameter("p", type_, "x", choices=allowed)], {"p": value})["p"]
    except TemplateError:
        return
    wanted = {"integer": int, "float": float, "boolean": bool}.get(type_, str)
    assert type(found) is wanted
    if isinstance(found, float):
        assert math.isfinite(found)
    if allowed:
        assert found in allowed
