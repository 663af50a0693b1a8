"""Reads the comment header of a query template (its form is described in `queries.catalogue`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from graph.errors import TemplateError
from queries.values import COLUMN_TYPES, PARAMETER_TYPES, Column, Parameter, Value, choices, convert

T = TypeVar("T")

_LINE = re.compile(r"//\s*(?P<key>title|question|tags|scan)\s*:\s*(?P<text>.*)", re.I)
_PARAM = re.compile(
    r"//\s*param\s+(?P<name>[a-z]\w*)\s*\(\s*(?P<type>\w+)(?:\s+of\s+(?P<predicate>\w+))?\s*,\s*"
    r"(?:(?P<required>required)|default\s+(?P<default>[^)]*?))\s*\)\s*:\s*(?P<meaning>.*?)(?:\s*;\s*example\s*:\s*(?P<example>.*))?",
    re.I,
)
_COLUMN = re.compile(
    r"//\s*column\s+(?P<name>[a-z]\w*)\s*\(\s*(?P<type>\w+)\s*(?:,\s*(?P<unit>[^)]*?)\s*)?\)\s*:\s*(?P<meaning>.+)",
    re.I,
)
_STRUCTURED = re.compile(r"//\s*(param|column|title|question|tags|scan)\b", re.I)


@dataclass(frozen=True, slots=True)
class Header:
    """What the comment lines at the top of a template say."""

    title: str
    question: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    scan: str


def parse_header(name: str, text: str) -> tuple[Header, str]:
    """Split a template into its header and the Cypher below.

    Raises:
        TemplateError: no title, a line that can't be read, an unknown type, a name given twice, or a default or
            example that its own type refuses.
    """
    said: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    columns: dict[str, Column] = {}
    lines = text.split("\n")
    count = 0
    for line in lines:
        stripped = line.strip()
        if stripped and not stripped.startswith("//"):
            break
        count += 1
        if match := _PARAM.fullmatch(stripped):
            _once(name, match["name"], parameters, _parameter(name, match))
        elif match := _COLUMN.fullmatch(stripped):
            _once(name, match["name"], columns, _column(name, match))
        elif match := _LINE.fullmatch(stripped):
            _once(name, match["key"].lower(), said, match["text"].strip())
        elif _STRUCTURED.match(stripped):
            raise TemplateError(f"Template {name}, line {count}: can't read the header line {stripped!r}")
    if not said.get("title"):
        raise TemplateError(f"Template {name} has no title: begin it with a line `// title: …`")
    header = Header(
        title=said["title"],
        question=said.get("question", ""),
        tags=tuple(t.strip() for t in said.get("tags", "").split(",") if t.strip()),
        parameters=tuple(parameters.values()),
        columns=tuple(columns.values()),
        scan=said.get("scan", ""),
    )
    return header, "\n".join(lines[count:]).strip() + "\n" * bool(lines[count:])


def _once(name: str, key: str, into: dict[str, T], value: T) -> None:
    if key in into:
        raise TemplateError(f"Template {name} declares {key} twice: keep one")
    into[key] = value


def _parameter(name: str, match: re.Match[str]) -> Parameter:
    said: Mapping[str, str | None] = match.groupdict()
    kind = match["type"].lower()
    if kind not in PARAMETER_TYPES:
        raise TemplateError(
            f"Template {name}: {match['name']} has the unknown type {kind}; use one of {', '.join(PARAMETER_TYPES)}"
        )
    try:
        allowed = choices(kind, (said["predicate"] or "").upper())
    except KeyError as error:
        raise TemplateError(
            f"Template {name}: say whose {kind} {match['name']} is, such as ({kind} of FUNDING, …)"
        ) from error
    parameter = Parameter(match["name"], kind, match["meaning"], choices=allowed)
    if not said["required"]:
        parameter = replace(parameter, default=_value(name, parameter, said["default"] or ""))
    if said["example"] is not None:
        parameter = replace(parameter, example=_value(name, parameter, said["example"]))
    return parameter


def _value(name: str, parameter: Parameter, text: str) -> Value:
    text = text.strip()
    if text in ("", '""'):
        if parameter.type in ("integer", "float", "boolean"):
            raise TemplateError(f"Template {name}: {parameter.name} is a {parameter.type} and can't be empty")
        return ""
    try:
        return convert(parameter.type, text, parameter.choices)
    except ValueError as error:
        raise TemplateError(f"Template {name}: {parameter.name} can't be {text!r}, give {error}") from error


def _column(name: str, match: re.Match[str]) -> Column:
    kind = match["type"].lower()
    if kind not in COLUMN_TYPES:
        raise TemplateError(
            f"Template {name}: column {match['name']} has the unknown type {kind}; use one of {', '.join(COLUMN_TYPES)}"
        )
    return Column(match["name"], kind, match["meaning"].strip(), match["unit"] or "")
