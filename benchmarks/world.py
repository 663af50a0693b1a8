"""A made-up NHS of any size, the same each time: bodies with systems and lineage, people with careers, dated briefings.

    extractions(briefings=10_000)          # 100,000 statements about 6,000 bodies and people
    extractions(briefings=1_000, people=4_000)

Facts keep to what news is like: a trust talks of merging with its neighbours, a person holds posts that follow one
another, a few bodies are in the news much more than others. All names are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from graph.ids import briefing_id, organisation_id, person_id, statement_id
from graph.model import Document, Entity, Extraction, Membership, Mention, Statement, Succession
from graph.schema import PREDICATES

REGIONS = (
    "London",
    "South East",
    "South West",
    "East of England",
    "Midlands",
    "North West",
    "North East and Yorkshire",
)
FIRST_DAY = date(2014, 1, 6)
_DAYS = 365 * 11
_STARTS = (
    "Hurn",
    "Lyde",
    "Marl",
    "Thirle",
    "Quill",
    "Harrow",
    "Osyth",
    "Dun",
    "Kest",
    "Arden",
    "Bram",
    "Calver",
    "Elling",
)
_ENDS = ("shire", "ford", "bridge", "mouth", "combe", "wick", "dale", "field", "stead", "minster", "haven", "low", "by")
_GIVEN = (
    "Ada",
    "Bron",
    "Cass",
    "Dilys",
    "Edric",
    "Fern",
    "Gethin",
    "Hebe",
    "Ivo",
    "Joan",
    "Kit",
    "Lorna",
    "Moss",
    "Nell",
)
_GIVEN_END = ("", "a", "ine", "wyn", "ard", "eth", "is", "on")
_FAMILY = (
    "Strake",
    "Quenby",
    "Thrale",
    "Oxley",
    "Pell",
    "Varley",
    "Wroth",
    "Yarrow",
    "Zouch",
    "Tolliver",
    "Sedge",
    "Rooke",
)
_FAMILY_END = ("", "s", "son", "man", "ton", "ley", "well", "by", "ham")
_POINTS = ("East", "West", "North", "South")
_MIX = {
    "HOLDS_ROLE": 33,
    "MERGER_TALKS": 14,
    "FUNDING": 13,
    "REGULATORY_ACTION": 11,
    "DEFICIT": 8,
    "COMMISSIONED": 7,
    "DISPUTE": 6,
    "CRITICISED": 5,
    "PART_OF": 3,
}
_ROLES = ("chief executive", "chair", "chief finance officer", "medical director", "non-executive director")
_SUMS = (250_000.0, 1_200_000.0, 4_500_000.0, 22_000_000.0, 96_400_000.0, 1_500_000_000.0)


@dataclass(frozen=True, slots=True)
class World:
    """Who there is: ids by kind (`of`), a body's own system (`near`), each person's bodies (`careers`)."""

    entities: dict[str, Entity]
    of: dict[str, list[str]]
    near: dict[str, list[str]]
    careers: dict[str, list[str]]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]


def world(people: int = 5_000, *, seed: int = 5) -> World:
    """About 1,250 organisations of 42 systems, and so many people."""
    chance = random.Random(seed)
    places = [a + b for b in _ENDS for a in _STARTS]
    found: list[Entity] = []
    memberships: list[Membership] = []
    near: dict[str, list[str]] = {}

    def add(name: str, kind: str, region: str | None = None, *, code: str | None = None, **rest: Any) -> str:
        ident = code or organisation_id(kind, name)
        found.append(Entity(ident, name, kind, code, region=region, known=code is not None, **rest))
        return ident

    for n in range(42):
        place, region = places[n], REGIONS[n % 7]
        system = add(f"{place} Integrated Care System", "ics", region)
        board = add(f"NHS {place} Integrated Care Board", "icb", region, code=f"Q{n:02}", aliases=(f"{place} ICB",))
        towns = [places[(42 + n * 3 + k) % len(places)] + f" {_POINTS[n % 4]}" for k in range(5)]
        trusts = [
            add(f"{t} Hospitals NHS Foundation Trust", "trust", region, code=f"R{n:02}{k}", aliases=(f"{t} Hospitals",))
            for k, t in enumerate(towns)
        ]
        groups = [
            add(f"NHS {t} CCG", "ccg", region, code=f"{n:02}{k}C", opened=date(2013, 4, 1), closed=date(2022, 6, 30))
            for k, t in enumerate(towns[:4])
        ]
        councils = [add(f"{t} Council", "local_authority", region) for t in towns[:3]]
        memberships += [Membership(i, system) for i in (board, *trusts, *groups)]
        around = [*trusts, board, *groups, system]
        near.update(dict.fromkeys((*around, *councils), around))
    for kind, form, number in (
        ("regulator", "{} Commission", 6),
        ("government", "Department for {}", 4),
        ("union", "Union of {} Workers", 20),
        ("supplier", "{} Consulting", 300),
        ("independent_provider", "{} Clinics", 40),
        ("think_tank", "{} Institute", 12),
        ("media", "{} Gazette", 15),
        ("charity", "{} Hospice", 60),
    ):
        for n in range(number):
            add(form.format(places[n % len(places)] + ("" if n < len(places) else f" {n // len(places) + 1}")), kind)
    bodies = [e.id for e in found if e.kind in ("trust", "icb", "regulator", "ccg")]
    careers: dict[str, list[str]] = {}
    for n in range(people):
        given = _GIVEN[n % 14] + _GIVEN_END[n // 14 % 8]
        family = _FAMILY[n // 112 % 12] + _FAMILY_END[n // 1344 % 9]
        name = f"{given} {family}" + (f"-{_FAMILY[n // 12096 % 12]}" if n >= 12096 else "")
        found.append(Entity(person_id(name), name, "person"))
        careers[found[-1].id] = chance.sample(bodies, chance.choice((1, 1, 1, 2, 2, 3)))
    of: dict[str, list[str]] = {}
    for e in found:
        of.setdefault(e.kind, []).append(e.id)
    return World(
        entities={e.id: e for e in found},
        of=of,
        near=near,
        careers=careers,
        memberships=tuple(memberships),
        successions=tuple(
            Succession(f"{n:02}{k}C", f"Q{n:02}", date(2022, 7, 1), "merger") for n in range(42) for k in range(4)
        ),
    )


def roll(people: int = 5_000, *, seed: int = 5, size: int = 200) -> Iterator[Extraction]:
    """Briefings that name everybody once, so many at a time, and say nothing of them."""
    everybody = world(people, seed=seed)
    ids = list(everybody.entities)
    for n in range(0, len(ids), size):
        day = FIRST_DAY - timedelta(n // size + 1)
        yield _briefing(everybody, n // size, (), day, name="Roll", named=ids[n : n + size])


def extractions(
    briefings: int = 10_000, *, people: int = 5_000, facts: int = 10, seed: int = 5
) -> Iterator[Extraction]:
    """So many briefings of so many facts each, oldest first."""
    everybody = world(people, seed=seed)
    chance = random.Random(seed + 1)
    weights = {
        kind: list(accumulate(1 / (n + 2) ** 0.8 for n in range(len(ids)))) for kind, ids in everybody.of.items()
    }
    for n in range(briefings):
        told = [_fact(everybody, weights, chance) for _ in range(facts)]
        yield _briefing(everybody, n, told, FIRST_DAY + timedelta(n * _DAYS // briefings))


def _fact(everybody: World, weights: dict[str, list[float]], chance: random.Random) -> dict[str, Any]:
    spec = PREDICATES[chance.choices(list(_MIX), list(_MIX.values()))[0]]

    def pick(*kinds: str) -> str:
        kind = chance.choice(kinds)
        return chance.choices(everybody.of[kind], cum_weights=weights[kind])[0]

    match spec.name:
        case "MERGER_TALKS":
            one = pick("trust", "trust", "icb")
            other = chance.choice([i for i in everybody.near[one] if i != one])
        case "HOLDS_ROLE":
            one = chance.choice(everybody.of["person"])
            other = chance.choice(everybody.careers[one])
        case "FUNDING":
            one, other = pick("government", "regulator", "icb"), pick("trust", "icb", "charity")
        case "COMMISSIONED":
            one, other = pick("trust", "icb"), pick("supplier", "supplier", "independent_provider")
        case "REGULATORY_ACTION":
            one, other = pick("regulator"), pick("trust", "icb")
        case "DEFICIT":
            one, other = pick("trust", "icb", "ics"), ""
        case "PART_OF":
            one, other = pick("trust"), pick("ics")
        case _:
            one, other = pick("union", "trust", "charity", "person"), pick("trust", "government", "local_authority")
    fact: dict[str, Any] = {"predicate": spec.name, "subject": one, "object": other or None}
    fact["confidence"] = chance.choice((0.42, 0.55, 0.63, 0.71, 0.8, 0.88, 0.93, 0.97))
    if spec.statuses:
        fact["status"] = chance.choice((None, *spec.statuses))
    if spec.forms:
        fact["form"] = chance.choice((None, *spec.forms))
    if "amount" in spec.attributes:
        fact["amount"] = chance.choice((None, *_SUMS))
    if "role" in spec.attributes:
        fact["role"] = chance.choice((None, *_ROLES))
    if fact.get("form") == "rating":
        fact["rating"] = chance.choice(("good", "inadequate", "requires improvement"))
    return fact


def _briefing(
    everybody: World,
    number: int,
    told: Sequence[dict[str, Any]],
    day: date,
    *,
    name: str = "Briefing",
    named: Sequence[str] = (),
) -> Extraction:
    text = f"{name} {number}.\n" + "Some words about money and mergers. " * 40
    ident = briefing_id(f"{name} {number}", text)
    statements = tuple(
        Statement(
            id=statement_id(ident, f["predicate"], f["subject"], f["object"], 60 * k, 60 * k + 50),
            briefing=ident,
            quote=f"Sentence {k} of briefing {number} says something of about this length, as news does.",
            start=60 * k,
            end=60 * k + 50,
            rule="made-up",
            published=day,
            **f,
        )
        for k, f in enumerate(told)
    )
    here = dict.fromkeys((*named, *(i for f in told for i in (f["subject"], f["object"]) if i)))
    members = tuple(m for m in everybody.memberships if m.part in here)
    lineage = tuple(s for s in everybody.successions if s.predecessor in here or s.successor in here)
    extra = sorted(
        {m.whole for m in members} | {i for s in lineage for i in (s.predecessor, s.successor)} - here.keys()
    )
    return Extraction(
        document=Document(ident, f"{name} {number}", text, day, "Made-up Gazette", f"made/{ident}.txt", ident),
        entities=tuple(everybody.entities[i] for i in (*here, *extra)),
        mentions=tuple(
            Mention(9 * n, 9 * n + 5, everybody.entities[i].name, i, "register") for n, i in enumerate(here)
        ),
        statements=statements,
        successions=lineage,
        memberships=members,
    )
