"""Which annotated body each found one is: by id, by folded name, by what the register says of the name.

Two names are one where they agree without their legal form, titles and possessives ("Bolton NHS FT" and "the
Bolton trust"); people also by first and last word. A collective is any of its members. An integrated care system
and its board are one place. Of several bodies that fit, the one of the same kind is meant, then the one that
agrees in most. Nothing is matched by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.schema import PERSON
from ingest.evaluation.gold import Body, Briefing
from ingest.names import vocabulary
from ingest.register import Register

_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\w))")
_FORM = vocabulary(
    "the nhs foundation trust trusts ft university ccg ccgs ics icb stp ltd limited plc llp "
    "professor prof dr sir dame lord mr mrs ms"
)
_LONG_FORMS = frozenset(
    {
        ("clinical", "commissioning", "group"),
        ("clinical", "commissioning", "groups"),
        ("integrated", "care", "system"),
        ("integrated", "care", "board"),
        ("integrated", "care", "partnership"),
    }
)
_VAGUE = frozenset({"usual", "several", "place", "word"})
"""Sorts of aliases that don't tell one body by themselves."""
_MINISTER = "secretary"
"""Names with this word stand for a department in a text ("the health secretary") but don't name it."""
SYSTEMS = frozenset({"ics", "icb"})


def bare(name: str) -> str:
    """What tells a name apart: lower case, without legal form, title and possessive; all of it if nothing is left.

    >>> bare("The King’s Fund"), bare("Dr Ann Webb"), bare("NHS Trust")
    ('king fund', 'ann webb', 'nhs trust')
    """
    words = re.findall(r"[a-z0-9]+", _POSSESSIVE.sub("", name.lower().replace("&", " and ")))
    kept: list[str] = []
    at = 0
    while at < len(words):
        if tuple(words[at : at + 3]) in _LONG_FORMS:
            at += 3
            continue
        if words[at] not in _FORM:
            kept.append(words[at])
        at += 1
    return " ".join(kept or words)


def same_kind(a: str | None, b: str | None) -> bool:
    """Whether two kinds count as one: a system and its board do."""
    return a == b or {a, b} == SYSTEMS


class Names:
    """Under which keys a body may be recognised, with what the register knows of its name."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._ids: dict[str, set[str]] = {}
        self._place: dict[str, str] = {}
        for body in register:
            self._learn(body.name, body.id)
            if body.kind in SYSTEMS:
                self._place[body.id] = f"place:{bare(body.name)}"
        for _, aliases in register.aliases():
            for alias in aliases:
                if alias.sort not in _VAGUE and _MINISTER not in alias.text.lower():
                    self._learn(alias.text, *alias.ids)

    def _learn(self, name: str, *ids: str) -> None:
        # The register keeps one spelling of "Women's" and "Womens"; briefings have both.
        for spelling in {name, re.sub("[’']", "", name)}:
            self._ids.setdefault(bare(spelling), set()).update(ids)

    def keys(self, body: Body) -> frozenset[str]:
        """All keys of a body; two bodies that share one may be the same."""
        folded = bare(body.name)
        ids = {body.id} if body.id else set()
        ids |= {i for member in body.members for i in self._meant(member, body.kind)}
        if body.kind == PERSON:
            words = folded.split()
            named = {f"person:{folded}"} | ({f"person:{words[0]} {words[-1]}"} if len(words) > 1 else set())
        else:
            named = {f"name:{folded}"}
            ids |= self._meant(body.name, body.kind, only_alike=body.id is not None and body.id in self._register)
        places = {self._place[i] for i in ids if i in self._place}
        return frozenset({*named, *ids, *places, *self._members(body)})

    def _members(self, body: Body) -> Iterator[str]:
        for member in body.members:
            yield f"name:{bare(member)}"
            yield member

    def _meant(self, name: str, kind: str, *, only_alike: bool = False) -> set[str]:
        """Ids of the register that go by the name: those of the kind, or all if none is and that is allowed."""
        known = self._ids.get(bare(name), set())
        alike = {i for i in known if same_kind(self._kind(i), kind)}
        return alike or (set() if only_alike else set(known))

    def _kind(self, ident: str) -> str | None:
        body = self._register.get(ident)
        return body.kind if body else None


def align(gold: Briefing, found: Briefing, names: Names) -> dict[str, str]:
    """Key of each found body → key of the annotated one that it is; those that are none are left out."""
    known = {body.key: names.keys(body) for body in gold.bodies}
    kinds = {body.key: body.kind for body in gold.bodies}
    same: dict[str, str] = {}
    for body in found.bodies:
        keys = names.keys(body)
        fits = [key for key in known if keys & known[key]]
        if fits:
            same[body.key] = max(fits, key=lambda k: (same_kind(kinds[k], body.kind), len(keys & known[k])))
    return same
