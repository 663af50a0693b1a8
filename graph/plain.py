"""Records as plain JSON: what programs get from every command.

A record becomes an object of its fields, a date its ISO text. Text is written as it is, except for
characters that could steer a terminal or are no valid UTF-8, which are escaped: the JSON means the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graph.model import Extraction
from graph.profile import Link

_UNSAFE = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def record(value: Any) -> dict[str, Any]:
    """A record's fields by name; what they hold is left as it is."""
    return {f.name: getattr(value, f.name) for f in fields(value)}


def dumps(value: Any, *, indent: int | None = 2) -> str:
    """JSON text of a value.

    >>> dumps({"name": "Trust\\x9b2J £5m"}, indent=None)
    '{"name": "Trust\\\\u009b2J £5m"}'
    """
    return safe(json.dumps(value, default=plain, ensure_ascii=False, indent=indent))


def safe(text: str) -> str:
    """JSON text with the characters escaped that a terminal or an encoder would trip over."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def extraction(found: Extraction) -> dict[str, Any]:
    """What was found in one briefing, in the form that the annotated data has.

    Entities come with the mentions of them, offsets in characters of the briefing's text; `members`
    stands only at collectives. Entities that only the register's lineage brings in are left out.
    """
    mentions: dict[str, list[dict[str, Any]]] = {}
    for mention in found.mentions:
        spot = {"text": mention.text, "start": mention.start, "end": mention.end}
        mentions.setdefault(mention.entity, []).append(spot)
    told = {s.subject for s in found.statements} | {s.object for s in found.statements} | mentions.keys()
    entities = []
    for entity in found.entities:
        if entity.id in told:
            members = {"members": list(entity.members)} if entity.members else {}
            entities.append(
                {"id": entity.id, "name": entity.name, "kind": entity.kind, **members}
                | {"mentions": mentions.get(entity.id, [])}
            )
    keys = ("predicate", "subject", "object", "status", "form", "amount", "role", "rating")
    place = ("quote", "start", "end", "confidence")
    return {
        "id": found.document.id,
        "entities": entities,
        "statements": [{key: getattr(s, key) for key in keys + place} for s in found.statements],
    }


def link(found: Link) -> dict[str, Any]:
    """A link with its edge's fields beside its own."""
    ends = {"predicate": found.predicate, "direction": found.direction, "other": found.other, "said_of": found.said_of}
    rest = {key: value for key, value in record(found.edge).items() if key not in ("source", "target", "predicate")}
    return ends | rest


def plain(value: Any) -> Any:
    """What JSON has in place of a value of ours: the `default` of `json.dumps`."""
    if isinstance(value, date | Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return record(value)
    raise TypeError(f"no JSON for a {type(value).__name__}")
