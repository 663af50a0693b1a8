"""Persons: which runs of capitals are one, and which names are one person's.

Within a briefing, two names are one person only where they are equal, where a title and surname fit exactly
one full name, or where a title and given name do ("Dame Julie"). Across briefings the name alone does not do:
`identities` says by which bodies a briefing tells its persons from others of the name, and the store links
them (see `graph.people`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.ids import person_id
from graph.model import Entity, Identity, Mention, Statement
from graph.schema import PERSON
from ingest.mentions import Line
from ingest.names import fold
from ingest.register import Register
from ingest.runs import Run


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


def identities(
    statements: Iterable[Statement], entities: Mapping[str, Entity], register: Register
) -> tuple[Identity, ...]:
    """The persons to whom a briefing gives a post, with the bodies of their posts and all that ties them to others."""
    bodies: dict[str, set[str]] = {}
    for s in statements:
        if s.predicate == "HOLDS_ROLE" and s.object is not None and entities[s.subject].kind == PERSON:
            bodies.setdefault(s.subject, set()).add(s.object)
    found = []
    for person, ids in sorted(bodies.items()):
        named = ids.union(*(entities[i].members for i in ids))
        ties = set().union(*(ties_of(i, register) for i in named))
        found.append(Identity(person, tuple(sorted(ids)), tuple(sorted(ties))))
    return tuple(found)


def ties_of(body: str, register: Register) -> set[str]:
    """A body, those that it passed into, and the systems of all of them."""
    found: set[str] = set()
    waiting = [body]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [s.successor for s in register.successors(here)]
    return found | {system for i in found if (system := register.system_of(i)) is not None}
