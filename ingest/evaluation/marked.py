"""Annotated briefings as one readable file: the text with its mentions in brackets, then entities and statements.

    Trust seeks partner
    Published: 2023-05-04

    [tarn:Tarnbridge Hospitals] has opened merger talks with [nole:its neighbour].
    ---
    tarn | trust | Tarnbridge Hospitals NHS Foundation Trust
    nole | trust | Nolebury NHS Trust | optional
    both | ccg | The two Fen CCGs | members=east,west
    ---
    MERGER_TALKS tarn nole status=in_talks form=merger | has opened merger

`[a+b:the pair]` marks several entities. A statement ends with a few words that stand once in the text; its quote is
the sentence they are in. `DEFICIT` has `-` for its object; `optional` is a word of its own. The result has
the form of the annotation guide's JSON, with `spans` (character offsets) added to each entity.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.schema import KINDS, PREDICATES
from ingest.evaluation.passages import sentence_at

_MENTION = re.compile(r"\[([a-z0-9+-]+):([^\[\]\n]+)\]")
_FIELD = re.compile(r"(status|form|amount|role|rating)=(\"[^\"]*\"|\S+)")
_REFERRING = ("the ", "its ", "his ", "her ", "their ")

_Spans = dict[str, list[tuple[int, int]]]


class MarkedError(InputError):
    """An annotated briefing that cannot be read; `faults` name the lines and the cures, one each."""

    def __init__(self, file: str, faults: list[str]) -> None:
        super().__init__(f"{file}: {'; '.join(faults)}")
        self.faults = tuple(f"{file}: {fault}" for fault in faults)


def read(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a marked file → (text, annotation).

    Raises:
        MarkedError: with every fault found.
        InputError: the file can't be read as UTF-8 text.
    """
    try:
        parts = re.split(r"^---\s*$", path.read_text(encoding="utf-8"), flags=re.M)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read as a marked briefing: {error}") from error
    if len(parts) != 3:
        raise MarkedError(path.name, ["need text, entities and statements, parted by two lines of ---"])
    faults: list[str] = []
    text, spans = _unmark(parts[0].strip() + "\n")
    entities = _entities(parts[1], text, spans, faults)
    faults += [f"[{key}:…] is marked in the text but not in the entities" for key in spans if key not in entities]
    statements = _statements(parts[2], text, entities, faults)
    if faults:
        raise MarkedError(path.name, faults)
    return text, {"id": path.stem, "entities": list(entities.values()), "statements": statements}


def _unmark(marked: str) -> tuple[str, _Spans]:
    plain: list[str] = []
    spans: _Spans = {}
    last = at = 0
    for match in _MENTION.finditer(marked):
        before = marked[last : match.start()]
        at += len(before)
        for key in match[1].split("+"):
            spans.setdefault(key, []).append((at, at + len(match[2])))
        at += len(match[2])
        plain += [before, match[2]]
        last = match.end()
    return "".join((*plain, marked[last:])), spans


def _entities(lines: str, text: str, spans: _Spans, faults: list[str]) -> dict[str, dict[str, Any]]:
    entities: dict[str, dict[str, Any]] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        fields = [f.strip() for f in line.split("|")]
        if len(fields) < 3 or fields[1] not in KINDS:
            faults.append(f"entity line needs key | kind | name with a kind of the guide: {line}")
            continue
        key, kind, name = fields[:3]
        places = spans.get(key, [])
        entity: dict[str, Any] = {"key": key, "name": name, "kind": kind, "id": None}
        entity["mentions"] = list(dict.fromkeys(text[a:b] for a, b in places))
        entity["spans"] = [list(p) for p in places]
        for extra in fields[3:]:
            if extra == "optional":
                entity["optional"] = True
            elif extra.startswith("id="):
                entity["id"] = extra[3:]
            elif extra.startswith("members="):
                entity["members"] = extra[8:].split(",")
            else:
                faults.append(f"entity {key}: unknown field {extra}")
        if not places and "members" not in entity:
            faults.append(f"entity {key} is never marked in the text")
        entities[key] = entity
    for entity in entities.values():
        if "members" in entity:
            entity["members"] = [entities[m]["name"] if m in entities else m for m in entity["members"]]
    return entities


def _statements(lines: str, text: str, entities: dict[str, dict[str, Any]], faults: list[str]) -> list[dict[str, Any]]:
    statements = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        head, _, words = (part.strip() for part in line.partition("|"))
        statement = _statement(head, line, entities, faults)
        if statement is None:
            continue
        at = text.find(words)
        if not words or at < 0:
            faults.append(f"these words are not in the text (as it reads without brackets): {words or line}")
            continue
        start, end = sentence_at(text, at)
        statement["quote"] = text[start:end].strip()
        opened = sum(1 for p in text[:at].split("\n") if p.strip())
        statement["paragraph"] = opened + (text[:at].endswith("\n") or not at)
        statements.append(statement)
    return statements


def _statement(head: str, line: str, entities: dict[str, dict[str, Any]], faults: list[str]) -> dict[str, Any] | None:
    bare = _FIELD.sub("", head).split()
    if len(bare) < 3 or bare[0] not in PREDICATES:
        faults.append(f"statement needs PREDICATE subject object attributes | words: {line}")
        return None
    predicate, subject, obj = bare[0], bare[1], None if bare[2] == "-" else bare[2]
    spec = PREDICATES[predicate]
    if subject not in entities or (obj is not None and obj not in entities):
        faults.append(f"unknown end: {line}")
        return None
    kinds = entities[subject]["kind"], None if obj is None else entities[obj]["kind"]
    if kinds[0] not in spec.subjects or (kinds[1] not in spec.objects if kinds[1] else bool(spec.objects)):
        faults.append(f"{predicate} cannot join {kinds[0]} and {kinds[1]}: {line}")
    statement: dict[str, Any] = {"predicate": predicate, "subject": subject, "object": obj}
    for name, value in _FIELD.findall(head):
        value = value.strip('"')
        allowed = {"status": spec.statuses, "form": spec.forms}.get(name)
        if allowed is not None and value not in allowed:
            faults.append(f"{predicate} has no {name} {value}: {line}")
        try:
            statement[name] = float(value) if name == "amount" else value
        except ValueError:
            faults.append(f"an amount is a plain number of pounds: {line}")
    if unknown := [w for w in bare[3:] if w != "optional"]:
        faults.append(f"unknown words {' '.join(unknown)}: {line}")
    if "optional" in bare[3:]:
        statement["optional"] = True
    return statement


def unmarked(text: str, annotation: dict[str, Any]) -> list[str]:
    """Names that stand in the text once more without being marked: likely slips."""
    covered = bytearray(len(text))
    for entity in annotation["entities"]:
        for a, b in entity["spans"]:
            covered[a:b] = b"\x01" * (b - a)
    slips = []
    for entity in annotation["entities"]:
        for name in entity["mentions"]:
            if not re.search(r"[A-Z]", name) or name.lower().startswith(_REFERRING):
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if not any(covered[match.start() : match.end()]):
                    slips.append(f"{name} at “{text[match.start() - 20 : match.end() + 10]}”".replace("\n", " "))
    return slips


def write(folder: Path, gold: Path, texts: Path) -> int:
    """Write every marked file of a folder as annotation JSON and plain text; returns how many."""
    gold.mkdir(parents=True, exist_ok=True)
    texts.mkdir(parents=True, exist_ok=True)
    paths = sorted(folder.glob("*.txt"))
    for path in paths:
        text, annotation = read(path)
        written = json.dumps(annotation, indent=1, ensure_ascii=False) + "\n"
        (gold / f"{path.stem}.json").write_text(written, encoding="utf-8")
        (texts / path.name).write_text(text, encoding="utf-8")
    return len(paths)
