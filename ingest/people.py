"""Persons: which runs of capitals are one, and which names are one person's.

Two names are one person only where they are equal, where a title and surname fit exactly one full name, or
where a title and given name do ("Dame Julie").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.ids import person_id
from graph.model import Entity, Mention
from ingest.evidence import Evidence
from ingest.mentions import Line
from ingest.names import fold
from ingest.runs import Run

ENOUGH = 1.0
"""Points that make a person of a run without a title."""


def is_person(run: Run, evidence: Evidence) -> bool:
    """Whether the evidence makes a person of a run, more than it makes a body of it."""
    if run.title:
        return evidence.person > 0
    return " " in run.text and evidence.person >= ENOUGH and evidence.person > evidence.best[1]


def full_name(text: str) -> str:
    """A person's name as entities bear it: straight apostrophes, single spaces."""
    return " ".join(text.replace("’", "'").split())


def people(runs: Iterable[Run], lines: Sequence[Line]) -> tuple[list[Mention], dict[str, Entity]]:
    """The mentions and entities of runs that are persons."""
    runs = list(runs)
    full = {fold(r.text): full_name(r.text) for r in sorted(runs, key=lambda r: not r.heading) if _is_full(r)}
    entities: dict[str, Entity] = {}
    mentions = []
    for run in runs:
        name = _whole(run, full)
        if name is None:
            continue
        entity = Entity(person_id(name), name, "person")
        entities.setdefault(entity.id, entity)
        text = lines[run.line].slice(run.start, run.end)
        mentions.append(Mention(run.start, run.end, text, entity.id, "pattern" if run.title else "ner", 0.9))
    return mentions, entities


def _is_full(run: Run) -> bool:
    """Whether a run gives more than a surname, which may be double-barrelled."""
    words = run.text.split()
    return len(words) > 1 and words[0].lower() != "justice"


def _whole(run: Run, full: Mapping[str, str]) -> str | None:
    """The full name that a run stands for; None where it could be two persons' name."""
    key = fold(run.text)
    if key in full:
        return full[key]
    surnames = [name for k, name in full.items() if k.split()[-len(key.split()) :] == key.split()]
    same = surnames or [name for k, name in full.items() if k.split()[0] == key]
    if len(same) > 1:
        return None
    return same[0] if same else f"{run.title.split()[0] if run.title else ''} {full_name(run.text)}".strip()
