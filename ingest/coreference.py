"""References: "the trust", "the regulator", "its neighbour", "the pair", "he" → the entity meant.

A reference is resolved only within its story and a few sentences back. The nearest sentence that
names a fitting body wins; within it the first (as a rule its subject). Words of place in the
reference ("the Cambridgeshire trust") must agree with a name where any name agrees with them. Where
nothing fits, nothing is said: a wrong link costs more than a missing one.

Pronouns are resolved too, more narrowly, and marked `via="pronoun"` so that later steps can
weigh them less than nouns (`via="reference"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from graph.model import Mention
from ingest.annotation import Annotation
from ingest.scene import Line, Mark, Scene

REACH = 8
"""How many sentences back a noun may refer."""
PRONOUN_REACH = 2

_SYSTEMS = frozenset({"ics", "icb"})
_COMPANIES = frozenset({"supplier", "independent_provider"})
_TRUSTS = frozenset({"trust"})
_GROUPS = frozenset({"ccg"})

HEADS: dict[str, frozenset[str]] = {
    "trust": _TRUSTS,
    "foundation trust": _TRUSTS,
    "ft": _TRUSTS,
    "hospital": _TRUSTS,
    "hospitals": _TRUSTS,
    "infirmary": _TRUSTS,
    "acute": _TRUSTS,
    "ambulance service": _TRUSTS,
    "regulator": frozenset({"regulator"}),
    "watchdog": frozenset({"regulator"}),
    "inspectorate": frozenset({"regulator"}),
    "national body": frozenset({"regulator"}),
    "oversight body": frozenset({"regulator"}),
    "commission": frozenset({"regulator"}),
    "strategic health authority": frozenset({"regulator"}),
    "ccg": _GROUPS,
    "pct": _GROUPS,
    "clinical commissioning group": _GROUPS,
    "commissioning group": _GROUPS,
    "primary care trust": _GROUPS,
    "commissioner": _GROUPS | _SYSTEMS,
    "icb": _SYSTEMS,
    "integrated care board": _SYSTEMS,
    "ics": _SYSTEMS,
    "stp": _SYSTEMS,
    "system": _SYSTEMS,
    "integrated care system": _SYSTEMS,
    "health economy": _SYSTEMS,
    "department": frozenset({"government"}),
    "health department": frozenset({"government"}),
    "ministry": frozenset({"government"}),
    "council": frozenset({"local_authority"}),
    "county council": frozenset({"local_authority"}),
    "local authority": frozenset({"local_authority"}),
    "authority": frozenset({"local_authority"}),
    "town hall": frozenset({"local_authority"}),
    "union": frozenset({"union"}),
    "company": _COMPANIES,
    "firm": _COMPANIES,
    "contractor": _COMPANIES,
    "supplier": frozenset({"supplier"}),
    "vendor": frozenset({"supplier"}),
    "consultancy": frozenset({"supplier"}),
    "social enterprise": frozenset({"independent_provider"}),
    "private provider": frozenset({"independent_provider"}),
    "charity": frozenset({"charity"}),
    "hospice": frozenset({"charity"}),
    "think tank": frozenset({"think_tank"}),
    "college": frozenset({"royal_college"}),
    "university": frozenset({"university"}),
    "committee": frozenset({"parliamentary_committee"}),
}
"""Head nouns and the kinds of entity they stand for."""

_PLURALS = {
    "trusts": _TRUSTS,
    "foundation trusts": _TRUSTS,
    "acutes": _TRUSTS,
    "hospitals": _TRUSTS,
    "hospital trusts": _TRUSTS,
    "providers": _TRUSTS | _COMPANIES,
    "ccgs": _GROUPS,
    "groups": _GROUPS,
    "clinical commissioning groups": _GROUPS,
    "commissioning groups": _GROUPS,
    "primary care trusts": _GROUPS,
    "pcts": _GROUPS,
    "icbs": _SYSTEMS,
    "boards": _TRUSTS | _SYSTEMS | _GROUPS,
    "systems": _SYSTEMS,
    "organisations": _TRUSTS | _SYSTEMS | _GROUPS,
    "bodies": _TRUSTS | _SYSTEMS | _GROUPS | frozenset({"regulator"}),
    "neighbours": _TRUSTS | _SYSTEMS | _GROUPS,
    "partners": _TRUSTS | _SYSTEMS | _GROUPS,
}
_NUMBERS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4, "five": 5}
_RELATIVES = "neighbour|partner|rival|counterpart|twin|sister trust|suitor|merger partner"

_one = "|".join(sorted((re.escape(h) for h in HEADS), key=len, reverse=True))
_many = "|".join(sorted(_PLURALS, key=len, reverse=True))
_NOUN = re.compile(
    rf"\b(?P<det>the|this|that|its own|her|his|our|"
    rf"their)\s+(?P<mod>(?:[\w’'-]+\s+){{0,3}}?)(?P<head>{_one})\b(?!\s+(?-i:[A-Z]))",
    re.I,
)
_RELATIVE = re.compile(
    rf"\b(?P<det>its|their|the trust’s|the trust's)\s+(?P<mod>(?:[\w’'-]+\s+){{0,2}}?)(?P<head>{_RELATIVES})\b", re.I
)
_SEVERAL = re.compile(
    rf"\b(?:(?:the|these|those|all)\s+(?P<n1>two|three|four|five)\s+(?:[\w-]+\s+){{0,2}}?(?P<h1>{_many})"
    rf"|(?P<n2>both)\s+(?:of\s+the\s+)?(?:[\w-]+\s+){{0,2}}?(?P<h2>{_many})"
    rf"|the\s+(?P<n3>pair|duo|trio|quartet)|(?<=of )(?P<n5>both)\b(?! [a-z])|"
    rf"(?<=at )(?P<n6>both)\b(?! [a-z])|the\s+(?P<n4>two|three)(?=\s+(?:[a-z]+ed|are|were|have|had|will|"
    rf"would|could|should|may|of them|to)\b))\b",
    re.I,
)
_PRONOUN = re.compile(r"\b(he|she|his|her|him|its|it)\b", re.I)
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_VAGUE = frozenset(
    [
        "new",
        "merged",
        "combined",
        "enlarged",
        "other",
        "another",
        "next",
        "first",
        "last",
        "same",
        "local",
        "said",
        "each",
        "any",
        "every",
    ]
)


def resolve(annotation: Annotation) -> Annotation:
    """Add the references that can be resolved; mentions by name stay as they are."""
    scene = Scene(annotation)
    taken = [(m.start, m.end) for m in annotation.mentions]
    added: list[Mention] = []
    for line in scene.lines:
        spots = [*_several(scene, line), *_relatives(scene, line), *_nouns(scene, line), *_pronouns(scene, line)]
        for start, end, entities, via, confidence in spots:
            if not entities or any(start < e and s < end for s, e in taken):
                continue
            taken.append((start, end))
            text = scene.text[start:end]
            added.extend(Mention(start, end, text, entity, via, confidence) for entity in entities)
    mentions = sorted((*annotation.mentions, *added), key=lambda m: (m.start, m.end, m.entity))
    return replace(annotation, mentions=tuple(mentions))


_Spot = tuple[int, int, tuple[str, ...], str, float]


def _nouns(scene: Scene, line: Line) -> Iterable[_Spot]:
    for match in _NOUN.finditer(line.text):
        modifiers = match["mod"].split()
        if any(m.lower() in _VAGUE for m in modifiers):
            continue
        kinds = HEADS[match["head"].lower()]
        start, end = line.start + match.start(), line.start + match.end()
        found = _antecedent(scene, line, start, kinds, modifiers)
        if found:
            yield start, end, (found[0],), "reference", found[1]


def _antecedent(
    scene: Scene, line: Line, start: int, kinds: frozenset[str], modifiers: list[str]
) -> tuple[str, float] | None:
    earlier = _earlier(scene, line, start, kinds, REACH)
    if not earlier:
        only = {m.entity.id for m in scene.marks if m.entity.kind in kinds and m.start < start}
        return (only.pop(), 0.5) if len(only) == 1 and not modifiers else None
    named = [m.lower().replace("’", "'").removesuffix("'s").split("-")[0] for m in modifiers if m[0].isupper()]
    if named:
        agreeing = [m for m in earlier if any(n in m.entity.name.lower().replace("’", "'") for n in named)]
        if agreeing:
            return agreeing[0].entity.id, 0.9
        if len({m.entity.id for m in earlier}) > 1:
            return None
    nearest = [m for m in earlier if m.sentence == earlier[0].sentence]
    best = min(nearest, key=lambda m: m.start)
    rivals = len({m.entity.id for m in nearest})
    alone = len({m.entity.id for m in earlier}) == 1
    return best.entity.id, 0.9 if alone else 0.75 if rivals == 1 else 0.55


def _earlier(scene: Scene, line: Line, start: int, kinds: frozenset[str], reach: int) -> list[Mark]:
    """Named marks of fitting kinds before `start`, by sentence from the nearest."""
    found = [m for m in line.marks if m.end <= start and m.entity.kind in kinds]
    for other in scene.before(line, reach=reach):
        found.extend(m for m in other.marks if m.entity.kind in kinds)
    return [m for m in found if m.mention.via not in {"reference", "pronoun"}]


def _several(scene: Scene, line: Line) -> Iterable[_Spot]:
    for match in _SEVERAL.finditer(line.text):
        number = _NUMBERS[
            (match["n1"] or match["n2"] or match["n3"] or match["n4"] or match["n5"] or match["n6"]).lower()
        ]
        head = (match["h1"] or match["h2"] or "").lower()
        kinds = _PLURALS.get(head, _TRUSTS | _SYSTEMS | _GROUPS | _COMPANIES)
        start, end = line.start + match.start(), line.start + match.end()
        members = _last_group(_earlier(scene, line, start, kinds, REACH), number)
        if members:
            yield start, end, members, "reference", 0.7


def _last_group(earlier: list[Mark], number: int) -> tuple[str, ...]:
    """The `number` bodies of one kind that were named last, or none where they can't be told."""
    for kind in dict.fromkeys(m.entity.kind for m in earlier):
        order = list(dict.fromkeys(m.entity.id for m in earlier if m.entity.kind == kind and not m.entity.members))
        if len(order) >= number:
            return tuple(sorted(order[:number]))
    return ()


def _relatives(scene: Scene, line: Line) -> Iterable[_Spot]:
    for match in _RELATIVE.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        earlier = _earlier(scene, line, start, _TRUSTS | _SYSTEMS | _GROUPS, REACH)
        if not earlier:
            continue
        nearest = [m for m in earlier if m.sentence == earlier[0].sentence]
        owner = min(nearest, key=lambda m: m.start).entity
        others = {m.entity.id for m in scene.marks if m.entity.kind == owner.kind and _in_story(scene, m, line)} - {
            owner.id
        }
        if len(others) == 1:
            yield start, end, tuple(others), "reference", 0.7


def _in_story(scene: Scene, mark: Mark, line: Line) -> bool:
    return scene.lines[mark.sentence].section == line.section


_BODIES = frozenset(k for kinds in HEADS.values() for k in kinds)
_BODY_NOUN = re.compile(rf"\b(?:{_one})\b", re.I)


def _unlinked(line: Line, place: int) -> bool:
    """Whether the sentence has, before a pronoun, a body's noun that no name or reference covers: it may mean that."""
    return any(
        not any(m.start <= line.start + n.start() < m.end for m in line.marks)
        for n in _BODY_NOUN.finditer(line.text[: place - line.start])
    )


def _pronouns(scene: Scene, line: Line) -> Iterable[_Spot]:
    for match in _PRONOUN.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        if match[0].lower() in _PERSONAL:
            earlier = _earlier(scene, line, start, frozenset({"person"}), PRONOUN_REACH)
        elif match[0].lower() == "its" and not _unlinked(line, line.start + match.start()):
            earlier = _earlier(scene, line, start, _BODIES, 1)
        else:
            continue
        if earlier:
            nearest = [m for m in earlier if m.sentence == earlier[0].sentence]
            best = min(nearest, key=lambda m: m.start)
            alone = len({m.entity.id for m in nearest}) == 1
            if alone or match[0].lower() in _PERSONAL:
                yield start, end, (best.entity.id,), "pronoun", 0.7 if alone else 0.45
