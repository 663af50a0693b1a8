"""Who of one name is who: persons are known by name and organisation.

A briefing that gives a person a post somewhere makes them "the Ann Webb of that body": their id as ingested is
that of the name with the body's behind it (`person-ann-webb--rmc`). Two such are one person where their bodies
have something in common: the same body, one that it passed into, the same system, or a briefing that names both (a
move). Those that have nothing in common are kept apart, and it is asked whether they are one. The bare id
(`person-ann-webb`) is that of a person named without a body; it joins the rest where they are one person only,
and stands alone otherwise. All of this follows from what is stored, in whatever order it came, and gives way
to what people decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from graph.decisions import Settlement
from graph.ids import digest, slug
from graph.model import Decision, Extraction, Identity

_APART = "--"
"""Stands between name and bodies in an id; no slug has it."""
_LONGEST = 100

Ties = Mapping[str, Collection[str]]
"""Id as ingested of a person told of with a body → ids of the bodies that tie them to others of the name."""


def bare(person: str) -> str:
    """The id of the name alone.

    >>> bare("person-ann-webb--rmc")
    'person-ann-webb'
    """
    return person.split(_APART)[0]


def told_apart(person: str) -> bool:
    """Whether an id has a body behind the name."""
    return person.startswith("person-") and _APART in person


def full_id(identity: Identity) -> str:
    """The id as ingested of a person with the bodies of their posts; one that has bodies behind the name stays.

    >>> full_id(Identity("person-ann-webb", ("RMC", "nhs-england"), ()))
    'person-ann-webb--nhs-england--rmc'
    """
    if told_apart(identity.person):
        return identity.person
    bodies = _APART.join(sorted(map(slug, identity.organisations)))
    if len(bodies) > _LONGEST:
        bodies = f"{bodies[:_LONGEST].rstrip('-')}-{digest(*sorted(identity.organisations), size=6)}"
    return f"{identity.person}{_APART}{bodies}" if bodies else identity.person


def ingested(extraction: Extraction) -> Extraction:
    """The extraction with its persons under the ids of name and body; ids of statements stay as they are."""
    ids = {i.person: full_id(i) for i in extraction.identities}
    if not ids:
        return extraction
    return replace(
        extraction,
        entities=tuple(replace(e, id=ids.get(e.id, e.id)) for e in extraction.entities),
        mentions=tuple(replace(m, entity=ids.get(m.entity, m.entity)) for m in extraction.mentions),
        statements=tuple(
            replace(s, subject=ids.get(s.subject, s.subject), object=s.object and ids.get(s.object, s.object))
            for s in extraction.statements
        ),
    )


def bare_ids(ids: Iterable[str | None]) -> list[str]:
    """The names (bare ids) of the persons among these ids."""
    return sorted({bare(i) for i in ids if i is not None and i.startswith("person-")})


def decided_on(settlement: Settlement) -> Iterator[str]:
    """Every id that a decision about two entities speaks of."""
    yield from settlement.components
    for pair in settlement.apart:
        yield from pair


def settle(settlement: Settlement, ties: Ties) -> Settlement:
    """Add to what people decided what the ties say; a pair that people keep apart stays apart."""
    components = dict(settlement.components)

    def join(one: str, other: str) -> None:
        joined = frozenset().union(*(components.get(i) or {i} for i in (one, other)))
        if not any(pair <= joined for pair in settlement.apart):
            components.update(dict.fromkeys(joined, joined))

    names: dict[str, list[str]] = {}
    for person in sorted(ties):
        names.setdefault(bare(person), []).append(person)
    for name, persons in names.items():
        for one, other in combinations(persons, 2):
            if not set(ties[one]).isdisjoint(ties[other]):
                join(one, other)
        if len({components.get(p, frozenset({p})) for p in persons}) == 1:
            join(name, persons[0])
    return replace(settlement, components=components)


def pinned(decision: Decision, settlement: Settlement) -> Decision:
    """The decision with bare ids replaced by those of the persons whom they now mean.

    A bare id means the only person of the name for as long as there is only one; a decision must outlast that.
    One about two of the same name speaks of the bare id itself.
    """
    if decision.right is None or bare(decision.left) == bare(decision.right):
        return decision

    def pin(person: str) -> str:
        same = [p for p in settlement.group(person) if bare(p) == person and told_apart(p)]
        return min(same, default=person)

    return replace(decision, left=pin(decision.left), right=pin(decision.right))


def doubtful(persons: Collection[str], settlement: Settlement) -> tuple[str, ...]:
    """Of the persons (canonical ids) of one name, those of whom nobody has decided whether they are one."""
    found: set[str] = set()
    for one, other in combinations(sorted(persons), 2):
        groups = settlement.group(one), settlement.group(other)
        if not any(pair & groups[0] and pair & groups[1] for pair in settlement.apart):
            found |= {one, other}
    return tuple(sorted(found))
