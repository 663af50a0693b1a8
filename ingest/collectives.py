"""The members of a collective such as "the four Staffordshire CCGs", where the register can tell them."""

from __future__ import annotations

from ingest.choose import Era
from ingest.mentions import Candidate, Line
from ingest.names import fold
from ingest.register import Register

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10
}  # fmt: skip


def members_of(c: Candidate, line: Line, register: Register, era: Era) -> tuple[str, ...]:
    """Ids of the bodies of a collective's kind in the system of its name; empty unless as many as the text counts.

    A collective without a number before it has the members of the whole system.
    """
    if c.form is None or era.day is None:
        return ()
    place = fold(c.base)
    systems = {b.id for b in register if b.kind == "ics" and place in b.folded}
    alive = [b for b in register if b.kind == c.form.kind and era.alive(b)]
    found = [b.id for b in alive if b.system in systems or place in b.folded]
    before = line.words[c.first - 1] if c.first else None
    counted = _NUMBERS.get(before.key) or (int(before.key) if before.key.isdigit() else None) if before else None
    named = [b.id for b in alive if place in b.folded]
    for members in (found, named):
        if len(members) > 1 and (counted is None or counted == len(members)):
            return tuple(members)
    return ()
