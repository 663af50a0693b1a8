"""Annotations and extractions as frozen records: read from JSON or marked text, checked, faults named.

What would make the figures meaningless is an error: an unknown predicate or kind, an end that is no entity, a
key used twice. What only bends the schema (a person that regulates) is scored as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.schema import KINDS, PREDICATES
from ingest.evaluation import marked

ATTRIBUTES = ("amount", "status", "form", "role", "rating")


@dataclass(frozen=True, slots=True)
class Body:
    """An entity. `id` is None where the annotation knows none; `spans` are character offsets, if they are known."""

    key: str
    name: str
    kind: str
    id: str | None
    forms: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    members: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement between two keys of bodies; `attributes` holds what is given, by name (amounts in pounds).

    `place` is where an extraction took its quote (character offsets); annotations give `quote` or `paragraph`.
    """

    predicate: str
    subject: str
    object: str | None
    attributes: Mapping[str, str | float]
    optional: bool = False
    quote: str = ""
    paragraph: int | None = None
    place: tuple[int, int] | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is annotated, or was found, in one briefing. `text` is given where the annotation brings it along."""

    id: str
    bodies: tuple[Body, ...]
    facts: tuple[Fact, ...]
    text: str | None = None


def files(path: Path) -> list[Path]:
    """The annotation files of a folder, sorted: its `.json` files, or its marked `.txt` files where it has no JSON.

    A file is taken by itself.

    Raises:
        InputError: there are none.
    """
    found = [path] if path.is_file() else sorted(path.glob("*.json")) or sorted(path.glob("*.txt"))
    if not found:
        raise InputError(f"{path}: no annotated briefings; name a folder of .json annotations or of marked .txt files")
    return found


def load(path: Path) -> dict[str, Briefing]:
    """Annotated briefings of a file or a folder by name (without suffix).

    Raises:
        InputError: nothing there, or one is malformed.
    """
    return {file.stem: _annotation(file) for file in files(path)}


def predicted(folder: Path) -> dict[str, Briefing]:
    """Extractions that `nhsgraph extract --out` wrote, by name.

    Raises:
        InputError: nothing there, or one is malformed.
    """
    found = sorted(folder.glob("*.json"))
    if not found:
        raise InputError(f"{folder}: no extractions; make them with nhsgraph extract BRIEFINGS --out {folder}")
    return {file.stem: extraction(_json(file), file.name) for file in found}


def _annotation(file: Path) -> Briefing:
    if file.suffix == ".json":
        return annotation(_json(file), file.name)
    text, value = marked.read(file)
    return annotation(value, file.name, text=text)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file} can't be read as JSON: {error}") from error


def annotation(value: Any, name: str, *, text: str | None = None) -> Briefing:
    """A briefing from the annotation guide's JSON; `name` stands in errors.

    Raises:
        InputError: with the first fault and how many there are.
    """
    return _briefing(value, name, "key", text)


def extraction(value: Any, name: str) -> Briefing:
    """A briefing from the JSON of `nhsgraph extract`; its bodies' keys are their ids.

    Raises:
        InputError: with the first fault and how many there are.
    """
    return _briefing(value, name, "id", None)


def _briefing(value: Any, name: str, key: str, text: str | None) -> Briefing:
    if not isinstance(value, dict) or not all(isinstance(value.get(x), list) for x in ("entities", "statements")):
        raise InputError(f"{name}: this is no annotation; it needs the lists entities and statements")
    try:
        bodies = tuple(_body(e, key) for e in value["entities"])
        facts = tuple(_fact(s) for s in value["statements"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: an entity or statement lacks a field or holds a wrong one ({error!r})") from error
    faults = list(_faults(bodies, facts))
    if faults:
        more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
        raise InputError(f"{name}: {faults[0]}{more}")
    return Briefing(str(value.get("id") or name), bodies, facts, text)


def _faults(bodies: Sequence[Body], facts: Sequence[Fact]) -> Iterator[str]:
    known: set[str] = set()
    for body in bodies:
        if body.key in known:
            yield f"two entities are called {body.key}"
        known.add(body.key)
        if body.kind not in KINDS:
            yield f"{body.key} is a {body.kind}, which is no kind; use one of {', '.join(KINDS)}"
    for number, fact in enumerate(facts, 1):
        spec = PREDICATES.get(fact.predicate)
        if spec is None:
            yield f"statement {number}: {fact.predicate} is no predicate; use one of {', '.join(PREDICATES)}"
            continue
        for end in (fact.subject, fact.object):
            if end is not None and end not in known:
                yield f"statement {number}: {end} is not among the entities"
        if fact.object is None and spec.objects:
            yield f"statement {number}: {fact.predicate} needs an object"


def _body(value: Mapping[str, Any], key: str) -> Body:
    forms: list[str] = []
    spans = [(int(a), int(b)) for a, b in value.get("spans") or ()]
    for mention in value.get("mentions") or ():
        if isinstance(mention, str):
            forms.append(mention)
        else:
            forms.append(str(mention["text"]))
            spans.append((int(mention["start"]), int(mention["end"])))
    return Body(
        key=str(value[key]),
        name=str(value["name"]),
        kind=str(value["kind"]),
        id=value.get("id") or None,
        forms=tuple(dict.fromkeys(forms)),
        spans=tuple(spans),
        members=tuple(map(str, value.get("members") or ())),
        optional=bool(value.get("optional")),
    )


def _fact(value: Mapping[str, Any]) -> Fact:
    given = {name: value[name] for name in ATTRIBUTES if value.get(name) is not None}
    return Fact(
        predicate=str(value["predicate"]),
        subject=str(value["subject"]),
        object=value.get("object") or None,
        attributes={name: float(x) if name == "amount" else str(x) for name, x in given.items()},
        optional=bool(value.get("optional")),
        quote=str(value.get("quote") or ""),
        paragraph=value.get("paragraph"),
        place=(int(value["start"]), int(value["end"])) if "start" in value and "end" in value else None,
        confidence=float(value.get("confidence") or 0),
    )
