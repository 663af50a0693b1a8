"""Annotated briefings → examples: texts with their mentions marked and the statements as labels.

An annotation lists an entity's surface forms and may say where they stand (`spans`, character
offsets); where it does not they are found here, longest first. A form shared by several entities
("the trust") goes to the one named last before it, or to all of them where it is a plural ("the pair").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.schema import KINDS, PREDICATES
from ingest.relations.windows import Marked
from training import marked
from training.posts import post_class

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "‑": "-"})
_SEVERAL = re.compile(
    r"\b(pair|two|both|three|four|five|six|trio|trusts|groups|bodies|ccgs|boards|neighbours|partners|all|they|each)\b",
    re.I,
)
_GENERIC = re.compile(r"\b(?:NHS|FT|CCGs?|ICBs?|ICSs?|STPs?|PCTs?|SHA|CEO|Trusts?|Board|I|GPs?)\b")
_DETERMINER = re.compile(r"^(?:The|Its|Their|An?|Both|This|That|His|Her|Our|These|Those)\b")
HELD = r"^t-[hp]|^[q-z]\d*9$"
"""Ids of the briefings never trained on, to fit what weighs the model: two shared series and a tenth of our own."""
SYMMETRIC = frozenset(name for name, p in PREDICATES.items() if p.symmetric)


@dataclass(frozen=True, slots=True)
class Label:
    """What an annotation says of one predicate and pair: `object` is None for a unary predicate.

    `statuses`, `forms`, `ratings`, `roles` (classes of posts) and `amounts` (pounds) hold every right
    answer; `places` are character spans of the quotes.
    """

    predicate: str
    subject: int
    object: int | None
    optional: bool
    statuses: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    amounts: tuple[float, ...] = ()
    places: tuple[tuple[int, int], ...] = ()

    def attributes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each attribute's name and right answers."""
        return ("status", self.statuses), ("form", self.forms), ("rating", self.ratings), ("role", self.roles)


@dataclass(frozen=True, slots=True)
class Example:
    """A briefing with `mentions` sorted by start; entities are numbers into `kinds` and `keys`."""

    id: str
    text: str
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    mentions: tuple[Marked, ...]
    labels: tuple[Label, ...]
    names: tuple[str, ...] = ()
    members: tuple[tuple[str, ...], ...] = ()


def folded(text: str) -> str:
    """Curly quotes, dashes and hard spaces as plain ones, same length."""
    return text.translate(_QUOTES)


def nominal(surface: str) -> bool:
    """Whether a mention is a reference by noun ("its larger neighbour", "the CCG"), not a name."""
    return not re.search(r"[A-Z]", _GENERIC.sub("", _DETERMINER.sub("", surface)))


def locate(text: str, forms: Sequence[tuple[str, int]]) -> list[tuple[int, int, int]]:
    """Find surface forms (each with its entity's number) as (start, end, entity), longest first, never overlapping."""
    plain = folded(text)
    owners: dict[str, list[int]] = {}
    for form, entity in forms:
        known = owners.setdefault(folded(form).strip(), [])
        if entity not in known:
            known.append(entity)
    taken = bytearray(len(plain))
    found: list[tuple[int, int, str]] = []
    for form in sorted(owners, key=lambda f: (-len(f), f)):
        if not form:
            continue
        pattern = r"(?<![A-Za-z0-9])" + re.escape(form) + r"(?![A-Za-z0-9])"
        for match in re.finditer(pattern, plain):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                found.append((*match.span(), form))
    found.sort()
    placed: list[tuple[int, int, int]] = []
    last: dict[int, int] = {}
    for start, end, form in found:
        entities = owners[form]
        if len(entities) > 1 and not _SEVERAL.search(form):
            entities = [max(entities, key=lambda e: (last.get(e, -1), -e))]
        for entity in entities:
            placed.append((start, end, entity))
            if not nominal(form):
                last[entity] = start
    return placed


def _place(text: str, quote: str | None) -> tuple[int, int] | None:
    if not quote:
        return None
    at = folded(text).find(folded(quote))
    return (at, at + len(quote)) if at >= 0 else None


def example(gold: dict, text: str) -> Example:
    """Build an example from an annotation and its text; statements that break the schema's kinds are left out."""
    entities = gold["entities"]
    number = {e["key"]: k for k, e in enumerate(entities)}
    kinds = tuple(e["kind"] if e["kind"] in KINDS else "other" for e in entities)
    forms = [(m, k) for k, e in enumerate(entities) for m in (*e.get("mentions", ()), e["name"])]
    spans = [(a, b, k) for k, e in enumerate(entities) for a, b in e.get("spans", ())]
    mentions = tuple(Marked(a, b, e, kinds[e]) for a, b, e in sorted(spans) or locate(text, forms))
    grouped: dict[tuple[str, int, int | None], list[dict]] = {}
    for s in gold["statements"]:
        predicate, subject = s["predicate"], number[s["subject"]]
        obj = number[s["object"]] if s.get("object") else None
        if obj is not None and predicate in SYMMETRIC and obj < subject:
            subject, obj = obj, subject
        grouped.setdefault((predicate, subject, obj), []).append(s)
    labels = tuple(
        Label(
            predicate,
            subject,
            obj,
            optional=all(s.get("optional") for s in same),
            statuses=_values(same, "status"),
            forms=_values(same, "form"),
            ratings=_values(same, "rating"),
            roles=tuple(dict.fromkeys(r for s in same if (r := post_class(s.get("role"))))),
            amounts=tuple(dict.fromkeys(float(s["amount"]) for s in same if s.get("amount"))),
            places=tuple(p for s in same if (p := _place(text, s.get("quote")))),
        )
        for (predicate, subject, obj), same in grouped.items()
        if allowed(predicate, kinds[subject], None if obj is None else kinds[obj])
    )
    return Example(
        gold["id"],
        text,
        tuple(number),
        kinds,
        mentions,
        labels,
        names=tuple(e["name"] for e in entities),
        members=tuple(tuple(e.get("members") or ()) for e in entities),
    )


def _values(statements: Iterable[dict], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s[name] for s in statements if s.get(name)))


def allowed(predicate: str, subject: str, obj: str | None) -> bool:
    """Whether the schema lets the predicate hold between these kinds, in either order if it is symmetric."""
    spec = PREDICATES[predicate]
    if obj is None:
        return not spec.objects and subject in spec.subjects
    return subject in spec.subjects and obj in spec.objects


def load(gold: Path, texts: Path) -> list[Example]:
    """All examples of a folder of annotations, by name; texts bear the same names with `.txt`."""
    return [
        example(json.loads(path.read_text(encoding="utf-8")), (texts / f"{path.stem}.txt").read_text(encoding="utf-8"))
        for path in sorted(gold.glob("*.json"))
    ]


def load_marked(folder: Path) -> list[Example]:
    """All examples of a folder of marked briefings, by name."""
    return [example(gold, text) for text, gold in map(marked.read, sorted(folder.glob("*.txt")))]


def pairs(sources: Sequence[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Sources apart: annotations with the folder of their texts, or a folder of marked briefings and None."""
    left = iter(sources)
    for folder in left:
        yield folder, (next(left) if any(folder.glob("*.json")) else None)


def annotated(sources: Sequence[Path]) -> list[Example]:
    """Examples of sources: a folder of marked briefings each, or of JSON annotations followed by that of its texts."""
    return [
        e
        for folder, texts in pairs(sources)
        for e in (load(folder, texts) if texts is not None else load_marked(folder))
    ]
