"""What a template needs and gives, and the checking of values that people type.

A value comes as text from the command line (`since=2024-01-01`) or as a plain Python value from a
caller. Either way it leaves here with the right type or as a TemplateError that names the
parameter, what was given and what would do. Entities and briefings leave here as the text that
was typed: only a store can say whom it means.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.errors import TemplateError
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY

Value = str | int | float | bool

ENTITY_TYPES = ("entity", "organisation", "person")
COLUMN_TYPES = ("string", "integer", "float", "boolean", "date", "id", "ids", "list", "node", "relationship")

_LARGEST = 2**31 - 1
_SUM = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(k|m|million|bn|billion)?")
_TIMES = {"": 1, "k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a template. `default` is None where a value is required.

    `type` is string, integer, float, boolean, date (YYYY-MM-DD), predicate, kind, status, form, entity,
    organisation, person or briefing. The default "" of a type that is text means "any". `choices` are the
    values that will do, where they are a closed list.
    """

    name: str
    type: str
    meaning: str
    default: Value | None = None
    example: Value | None = None
    choices: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        return self.default is None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template's answer; `unit` is "" where there is none. `id` and `ids` columns name entities,
    `node` and `relationship` columns hold them with all their properties."""

    name: str
    type: str
    meaning: str
    unit: str = ""


def choices(type_: str, predicate: str = "") -> tuple[str, ...]:
    """The closed list of a type's values; a status or form is one of its predicate's. Empty: any value of the type.

    Raises:
        KeyError: no such predicate.
    """
    if type_ in ("status", "form"):
        spec = PREDICATES[predicate]
        return spec.statuses if type_ == "status" else spec.forms
    return {"predicate": (*PREDICATES, SUCCEEDED_BY), "kind": tuple(KINDS)}.get(type_, ())


def convert(type_: str, given: object, allowed: Collection[str] = ()) -> Value:
    """Read a value as a parameter type; `allowed` is the closed list of its values, where it has one.

    Raises:
        ValueError: it is not of that type; the message says what would do.
        KeyError: no such type.
    """
    reader = _READERS[type_]
    if isinstance(given, datetime):
        given = given.date()
    if isinstance(given, date):
        given = given.isoformat()
    if isinstance(given, str):
        given = given.strip()
        if "\0" in given or any(0xD800 <= ord(c) <= 0xDFFF for c in given):
            raise ValueError("text without control characters")
    if allowed and isinstance(given, str):
        folded = re.sub(r"[\s-]+", "_", given).lower()
        given = next((a for a in allowed if a.lower() == folded), given)
        if given not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
    return reader(given)


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Split `key=value` texts as typed after `--param`.

    Raises:
        TemplateError: a text has no `=`, or a key comes twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            raise TemplateError(f"Can't read the parameter {text!r}: write --param name=value")
        if key in found:
            raise TemplateError(f"Parameter {key} is given twice: give it once")
        found[key] = value
    return found


def check(
    template: str, parameters: Iterable[Parameter], given: Mapping[str, object], *, example: bool = False
) -> dict[str, Value]:
    """A value for every parameter: the given one, else (with `example`) the header's example, else the default.

    Raises:
        TemplateError: a parameter is unknown, missing or of the wrong type.
    """
    wanted = {p.name: p for p in parameters}
    for name in given:
        if name not in wanted:
            known = ", ".join(wanted) or "none"
            raise TemplateError(f"Template {template} has no parameter {name}; it takes: {known}")
    values: dict[str, Value] = {}
    missing: list[str] = []
    for name, parameter in wanted.items():
        if name in given:
            values[name] = _typed(template, parameter, given[name])
        elif example and parameter.example is not None:
            values[name] = parameter.example
        elif parameter.default is not None:
            values[name] = parameter.default
        else:
            missing.append(f"{name} ({parameter.type}: {parameter.meaning})")
    if missing:
        raise TemplateError(f"Template {template} needs {'; '.join(missing)}: add --param {missing[0].split()[0]}=…")
    return values


def _typed(template: str, parameter: Parameter, given: object) -> Value:
    if given == "" and parameter.default == "":
        return ""
    try:
        return convert(parameter.type, given, parameter.choices)
    except ValueError as error:
        shown = repr(given) if len(repr(given)) <= 60 else repr(given)[:57] + "…"
        raise TemplateError(f"Parameter {parameter.name} of {template} can't be {shown}: give {error}") from error


def _string(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("text")
    return given


def _name(given: object) -> str:
    if not isinstance(given, str) or not given:
        raise ValueError("a name or id")
    return given


def _integer(given: object) -> int:
    if isinstance(given, str) and re.fullmatch(r"[0-9]{1,10}", given):
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= _LARGEST:
        raise ValueError("a whole number such as 50")
    return given


def _float(given: object) -> float:
    """A number; a sum of money may be typed as people write it, "£5m" for five million."""
    try:
        if isinstance(given, str) and (sum_ := _SUM.fullmatch(given.lower())):
            number = float(sum_[1].replace(",", "")) * _TIMES[sum_[2] or ""]
        else:
            number = float(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("a number such as 0.5 or 5m")
    return number


def _boolean(given: object) -> bool:
    if isinstance(given, str) and given.lower() in ("true", "yes", "false", "no"):
        return given.lower() in ("true", "yes")
    if not isinstance(given, bool):
        raise ValueError("true or false")
    return given


def _date(given: object) -> str:
    if isinstance(given, str) and _ISO.fullmatch(given):
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            pass
    raise ValueError("a date such as 2024-11-30")


_READERS: dict[str, Callable[[object], Value]] = {
    "string": _string,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "date": _date,
    **dict.fromkeys(("predicate", "kind", "status", "form"), _string),
    **dict.fromkeys(("briefing", *ENTITY_TYPES), _name),
}
PARAMETER_TYPES = tuple(_READERS)
