"""Subgraphs made by hand for the tests of maps, exports and analysis.

The bodies that are only linked by rows, money or rulings are invented; dates and sums are made up.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from graph.model import Edge, Entity, Evidence, Subgraph
from graph.schema import SUCCEEDED_BY

_BODIES = {
    "X24": ("NHS England", "regulator", ("NHSE",)),
    "CQC": ("Care Quality Commission", "regulator", ("CQC",)),
    "DHSC": ("Department of Health and Social Care", "government", ("DHSC",)),
    "HSCC": ("Health and Social Care Committee", "parliamentary_committee", ()),
    "trust-hurn": ("Hurn Valley Hospitals NHS Foundation Trust", "trust", ("Hurn Valley", "HVH")),
    "trust-harrow-sands": ("Harrow Sands University Hospitals NHS Trust", "trust", ()),
    "trust-lyde": ("Lyde and Marl Community NHS Foundation Trust", "trust", ()),
    "trust-st-osyth": ("St Osyth’s Children’s Hospital NHS Foundation Trust", "trust", ()),
    "trust-ambulance": ("Mid Shires Ambulance Service NHS Trust", "trust", ("Mid Shires Ambulance",)),
    "icb-hurn": ("NHS Hurn and Marl Integrated Care Board", "icb", ("Hurn and Marl ICB",)),
    "ics-hurn": ("Hurn and Marl Integrated Care System", "ics", ()),
    "ccg-hurn": ("NHS Hurn Clinical Commissioning Group", "ccg", ("Hurn CCG",)),
    "ccg-marl": ("NHS Marl and Coast Clinical Commissioning Group", "ccg", ()),
    "union-shw": ("Society of Health Workers", "union", ("SHW",)),
    "college": ("Royal College of Ward Medicine", "royal_college", ()),
    "rep": ("Hospitals Together", "representative_body", ()),
    "supplier-thirle": ("Thirle Grange Consulting", "supplier", ()),
    "supplier-tessel": ("Lumeno Records", "supplier", ()),
    "ip-ferndene": ("Ferndene Independent Clinics", "independent_provider", ()),
    "la-hurnshire": ("Hurnshire County Council", "local_authority", ()),
    "uni-marl": ("University of Marl", "university", ()),
    "tank": ("Institute for Care Policy", "think_tank", ()),
    "person-quenby": ("Isolde Quenby", "person", ("Ms Quenby",)),
    "person-okafor": ("Daniel Okafor-Brandt", "person", ()),
    "person-quill": ("Sir Peter Quill", "person", ()),
}

_QUOTES = (
    "Board papers show that the plan has been “paused until the financial position is clearer”.",
    "The letter, seen by this newsletter, says the money will be released only if the plan is signed by June.",
    "A spokesman confirmed that no decision had been taken and that talks would go on over the summer.",
    "Inspectors found that staff were caring, but that there were too few of them on the wards at night.",
)


def evidence(number: int, **said: Any) -> Evidence:
    values: dict[str, Any] = {
        "statement": f"s{number}",
        "quote": _QUOTES[number % len(_QUOTES)],
        "briefing": f"briefing-{number % 7}",
        "title": f"Hurnshire watch, number {number % 7 + 1}",
        "published": date(2022, 1 + number % 12, 1 + number % 28),
        "source": "https://example.org/hurnshire-watch",
        "confidence": 0.6 + number % 4 / 10,
        "rule": "sample",
    }
    return Evidence(**values | said)


def link(number: int, source: str, target: str, predicate: str, count: int = 1, **said: Any) -> Edge:
    found = tuple(evidence(number * 10 + i, **said) for i in range(count))
    dates = [e.published for e in found if e.published]
    return Edge(
        source,
        target,
        predicate,
        **said,
        first_seen=min(dates),
        last_seen=max(dates),
        statements=count,
        briefings=len({e.briefing for e in found}),
        confidence=0.9,
        evidence=found,
    )


def small_subgraph() -> Subgraph:
    """25 entities, every predicate, parallel links, loops, register links, each firmness."""
    rows: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
        ("trust-hurn", "trust-harrow-sands", "MERGER_TALKS", 4, {"status": "called_off", "form": "acquisition"}),
        ("trust-hurn", "trust-lyde", "MERGER_TALKS", 2, {"status": "mooted", "form": "group"}),
        ("trust-harrow-sands", "trust-hurn", "DISPUTE", 2, {"status": "open", "form": "contract", "amount": 4.2e6}),
        ("trust-hurn", "icb-hurn", "DISPUTE", 3, {"status": "open", "form": "arbitration", "amount": 12e6}),
        ("icb-hurn", "trust-hurn", "FUNDING", 1, {"status": "refused", "form": "bailout", "amount": 30e6}),
        ("X24", "trust-hurn", "FUNDING", 3, {"status": "withheld", "form": "incentive", "amount": 22.4e6}),
        ("DHSC", "trust-harrow-sands", "FUNDING", 2, {"status": "confirmed", "form": "capital", "amount": 1.2e9}),
        ("DHSC", "X24", "FUNDING", 1, {"status": "proposed", "form": "allocation", "amount": 2.5e9}),
        ("icb-hurn", "ip-ferndene", "COMMISSIONED", 1, {"status": "awarded", "amount": 950_000.0}),
        ("X24", "supplier-thirle", "COMMISSIONED", 2, {"status": "planned", "amount": 1.75e6}),
        ("trust-lyde", "supplier-tessel", "COMMISSIONED", 1, {"status": "cancelled"}),
        ("CQC", "trust-hurn", "REGULATORY_ACTION", 2, {"form": "rating", "rating": "inadequate"}),
        ("X24", "trust-hurn", "REGULATORY_ACTION", 1, {"form": "special_measures"}),
        ("CQC", "trust-ambulance", "REGULATORY_ACTION", 1, {"form": "inspection"}),
        ("person-quenby", "trust-hurn", "HOLDS_ROLE", 3, {"status": "departing", "role": "chief executive"}),
        ("person-quenby", "trust-lyde", "HOLDS_ROLE", 1, {"status": "former", "role": "finance director"}),
        ("person-okafor", "trust-harrow-sands", "HOLDS_ROLE", 1, {"status": "interim", "role": "chair"}),
        ("person-quill", "HSCC", "HOLDS_ROLE", 1, {"status": "current", "role": "chair"}),
        ("person-quill", "X24", "CRITICISED", 2, {}),
        ("union-shw", "trust-ambulance", "DISPUTE", 2, {"status": "resolved", "form": "industrial_action"}),
        ("union-shw", "DHSC", "DISPUTE", 1, {"status": "open", "form": "policy"}),
        ("college", "X24", "CRITICISED", 1, {}),
        ("rep", "DHSC", "CRITICISED", 1, {}),
        ("tank", "ics-hurn", "CRITICISED", 1, {}),
        ("uni-marl", "trust-st-osyth", "FUNDING", 1, {"status": "conditional", "form": "capital", "amount": 350_000.0}),
        ("la-hurnshire", "icb-hurn", "FUNDING", 1, {"status": "paid", "form": "bill", "amount": 2e6}),
        ("trust-st-osyth", "ics-hurn", "PART_OF", 1, {}),
        ("trust-hurn", "trust-hurn", "DEFICIT", 2, {"status": "forecast", "amount": 41.5e6}),
        ("icb-hurn", "icb-hurn", "DEFICIT", 1, {"status": "reported", "amount": 63e6}),
    )
    edges = [link(i, s, t, p, count, **said) for i, (s, t, p, count, said) in enumerate(rows)]
    for part in ("icb-hurn", "trust-hurn"):
        edges.append(Edge(part, "ics-hurn", "PART_OF", origin="register"))
    for ccg in ("ccg-hurn", "ccg-marl"):
        edges.append(Edge(ccg, "icb-hurn", SUCCEEDED_BY, first_seen=date(2022, 7, 1), origin="register"))
    nodes = tuple(
        Entity(id, name, kind, aliases=aliases, ods_code="X24" if id == "X24" else None, known=id == "X24")
        for id, (name, kind, aliases) in _BODIES.items()
    )
    return Subgraph(nodes, tuple(edges), focus=("trust-hurn",))


def large_subgraph(size: int = 120, seed: int = 3) -> Subgraph:
    """A whole graph as briefings make it: a few hubs, a long tail, some small parts of their own."""
    rng = random.Random(seed)
    first = ("Ash", "Birch", "Cold", "Dun", "East", "Fair", "Glen", "High", "Ivy", "Kings", "Long", "Marsh", "North")
    last = ("ford", "ley", "borough", "wick", "stead", "combe", "mouth", "bridge", "field", "ham", "worth", "well")
    nodes = list(small_subgraph().nodes)
    used: set[str] = set()
    while len(nodes) < size:
        place = rng.choice(first) + rng.choice(last) + rng.choice(("", " and Vale", " Coast", " Town", " Moor"))
        kind = rng.choices(
            ("trust", "icb", "ccg", "person", "supplier", "charity", "media", "other"), (9, 2, 3, 4, 2, 1, 1, 1)
        )[0]
        suffix = {"trust": " Hospitals NHS Foundation Trust", "icb": " Integrated Care Board", "person": ""}.get(
            kind, f" {kind}"
        )
        name = f"{rng.choice(('Ada', 'Ben', 'Cleo', 'Dev'))} {place.split()[0]}" if kind == "person" else place + suffix
        if name in used:
            name = f"{name} {len(nodes)}"
        used.add(name)
        nodes.append(Entity(f"e{len(nodes)}", name, kind))
    hubs = [node.id for node in nodes[:6]]
    edges = list(small_subgraph().edges)
    choices = ("FUNDING", "REGULATORY_ACTION", "DISPUTE", "MERGER_TALKS", "CRITICISED", "COMMISSIONED")
    for number, node in enumerate(nodes[25:], 100):
        if number % 12 == 0:
            continue
        if node.kind == "person":
            at = rng.choice([n.id for n in nodes[25:] if n.kind == "trust"])
            edges.append(link(number, node.id, at, "HOLDS_ROLE", status="current", role="chief executive"))
            continue
        for _ in range(1 + (rng.random() < 0.4)):
            other = rng.choice(hubs) if rng.random() < 0.55 else rng.choice(nodes[4 : 25 + number - 100]).id
            predicate = rng.choice(choices)
            if other == node.id or number % 12 == 1:
                other = nodes[25 + max(0, number - 101)].id
            if other != node.id:
                edges.append(link(number, other, node.id, predicate, 1 + number % 3))
    return Subgraph(tuple(nodes), tuple(edges))


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=\"window.pwned=1;fetch('http://127.0.0.1:9/x')\">",
    "\"><svg onload=window.pwned=1> <a href='javascript:window.pwned=1'>href</a>",
    "'; window.pwned=1; // ${window.pwned=1} {{ 7*7 }} {% raw %} `",
    "\u202eevil tfel ot thgir\u202c \u200f\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "nul\x00 bell\x07 escape\x1b[31m line\u2028separator surrogate\ud800 <!--",
    "A" * 10_000,
    "word & <b>word</b> " * 500,
)


def hostile_subgraph() -> Subgraph:
    ids = ["__proto__", "constructor", "<script>", "a b", '"', "\u202e", "7", "toString"]
    nodes = tuple(
        Entity(id, text, kind, aliases=(text, "href"), region=text, members=(text,))
        for id, text, kind in zip(
            ids, HOSTILE, ["trust", "icb", "person", "other", "ics", "ccg", "union", "media"], strict=True
        )
    )
    edges = []
    for number, (text, source, target) in enumerate(zip(HOSTILE, ids, ids[1:] + ids[:1], strict=True)):
        found = Evidence(
            f"s{number}", text, text, text, date(2020, 1, 2), f"javascript:window.pwned=1//{text}", 0.5, text
        )
        edges.append(
            Edge(
                source,
                target,
                "HOLDS_ROLE",
                role=text,
                statements=1,
                briefings=1,
                evidence=(found, replace(found, role=text)),
            )
        )
    return Subgraph(nodes, tuple(edges), focus=("__proto__",), title=HOSTILE[0], notes=HOSTILE)


def told(briefing: str, day: date | None, quote: str, **said: Any) -> Evidence:
    """A statement of a briefing of its own."""
    title = f"{briefing.capitalize()} letter"
    return Evidence(f"{briefing}-{quote[:12]}", quote, briefing, title, day, None, 0.9, "sample", **said)


def changing_subgraph() -> Subgraph:
    """A merger mooted in March 2019, in talks in June and called off in January 2020, and what stands around it."""
    merger = (
        told("spring", date(2019, 3, 5), "The two boards may yet become one.", status="mooted", form="merger"),
        told(
            "summer",
            date(2019, 6, 20),
            "The chairs have met and talks are under way.",
            status="in_talks",
            form="merger",
        ),
        told("winter", date(2020, 1, 10), "Both boards walked away last night.", status="called_off", form="merger"),
    )
    grant = (told("winter", date(2020, 1, 10), "The centre will pay £5m.", status="confirmed", amount=5e6),)
    post = (told("scrap", None, "Ms Quenby chairs the board.", status="current", role="chair"),)
    nodes = (
        Entity("hurn", "Hurn Valley Hospitals NHS Foundation Trust", "trust", aliases=("HVH",)),
        Entity("lyde", "Lyde Infirmary NHS Trust", "trust"),
        Entity("centre", "NHS Centre", "government"),
        Entity("quenby", "Isolde Quenby", "person"),
        Entity("ccg", "NHS Marl Clinical Commissioning Group", "ccg"),
        Entity("icb", "NHS Marl Integrated Care Board", "icb"),
    )
    edges = (
        _summed("hurn", "lyde", "MERGER_TALKS", merger, status="called_off", form="merger"),
        _summed("centre", "hurn", "FUNDING", grant, status="confirmed", amount=5e6),
        _summed("quenby", "hurn", "HOLDS_ROLE", post, status="current", role="chair"),
        Edge("ccg", "icb", SUCCEEDED_BY, first_seen=date(2022, 7, 1), origin="register"),
        Edge("hurn", "icb", "PART_OF", origin="register"),
    )
    return Subgraph(nodes, edges, title="A merger that was not")


def _summed(source: str, target: str, predicate: str, said: tuple[Evidence, ...], **values: Any) -> Edge:
    days = sorted(found.published for found in said if found.published)
    return Edge(
        source,
        target,
        predicate,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        statements=len(said),
        briefings=len({found.briefing for found in said}),
        confidence=0.9,
        evidence=said,
        **values,
    )


def star_subgraph(links: int) -> Subgraph:
    """A payer with so many links, each to a body of its own and told of on a day of its own."""
    nodes = [Entity("payer", "The Payer", "government")]
    edges = []
    for number in range(links):
        nodes.append(Entity(f"b{number}", f"Body {number:05}", "charity"))
        day = date(2010 + number % 12, 1 + number % 11, 1 + number % 27)
        said = (told(f"issue {number}", day, f"Sentence {number} of many.", status="paid"),)
        edges.append(_summed("payer", f"b{number}", "FUNDING", said, status="paid"))
    return Subgraph(tuple(nodes), tuple(edges), title="A star")
