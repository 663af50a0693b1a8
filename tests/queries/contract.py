"""One graph of over 5,000 bodies and people on each store, for the tests that every template has to pass."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from benchmarks import world
from graph.model import Extraction
from graph.store import Store, View
from queries.catalogue import Template
from tests.queries import generated

PEOPLE = 4_000
SYSTEM = "ics-hurnshire-integrated-care-system"


def everything() -> list[Extraction]:
    """What the header examples ask about, everybody named once, and 6,000 facts."""
    return [
        *generated.extractions(),
        *world.roll(PEOPLE),
        *world.extractions(400, people=PEOPLE, facts=15),
    ]


def fill(store: Store, *, seed: int | None = None) -> None:
    """Store it all, in an order of chance if there is a seed, with the judgements on the generated part."""
    said = everything()
    if seed is not None:
        random.Random(seed).shuffle(said)
    writer = store.writer()
    for start in range(0, len(said), 100):
        writer.add(said[start : start + 100])
    for decision in generated.decisions(generated.extractions()):
        writer.decide(decision)


def cases(template: Template, view: View) -> Iterator[dict[str, Any]]:
    """Values to ask with: the header's examples, the defaults with busy bodies, and a wide net of many rows."""
    yield {p.name: p.default if p.example is None else p.example for p in template.parameters}
    busy = {p.name: _busy(p.name, p.type, view) if p.default is None else p.default for p in template.parameters}
    yield busy
    yield busy | {name: value for name, value in (("limit", 500), ("min_confidence", 0.0)) if name in busy}


def _busy(name: str, type_: str, view: View) -> Any:
    match name, type_:
        case (_, "person"):
            return "person-ada-strake"
        case (_, "briefing"):
            return str(view.briefings()[0]["id"])
        case (_, "date"):
            return "2020-01-01"
        case (_, "predicate"):
            return "FUNDING"
        case ("regulator" | "payer", _):
            return "regulator-hurnshire-commission"
        case ("supplier" | "contractor" | "consultant", _):
            return "supplier-hurnshire-consulting"
        case ("system" | "ics", _):
            return SYSTEM
        case ("other" | "to", _):
            return "R001"
        case (_, "entity" | "organisation"):
            return "R000"
    raise AssertionError(f"no value for {name} ({type_})")
