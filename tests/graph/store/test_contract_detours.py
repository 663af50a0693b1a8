"""However a graph came about, it is the one that its briefings and decisions say.

At random, briefings are added, corrected and forgotten and decisions made; then the store must hold
the same as a fresh embedded one that took the decisions first and the remaining briefings in one go.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model import Decision, Entity, Extraction, Statement
from graph.store import Store, open_store
from tests.graph.store.graphs import (
    CHESHIRE_ICS,
    CHESTER,
    HURNOVER,
    ICB,
    NHSE,
    OLD_CCG,
    WIRRAL,
    contents,
    extraction,
    said,
)

POOL = [
    *(WIRRAL, CHESTER, CHESHIRE_ICS, ICB, OLD_CCG, NHSE, HURNOVER),
    Entity("trust-x", "X Trust", "trust", aliases=("X",)),
    Entity("trust-xx", "X Trust and more", "trust", members=("RBL",)),
    Entity("icb-y", "Y", "icb", region="North"),
]
TOLD = [("MERGER_TALKS", "mooted"), ("DISPUTE", "open"), ("PART_OF", None), ("CRITICISED", None)]


def made_up(chance: random.Random) -> list[Extraction]:
    """Briefings on a small world, some in two versions under one path, telling unknown names variously."""
    found = []
    for n in range(7):
        drawn = [
            (p, status, k, chance.sample(POOL, 2), chance.choice([0.3, 0.55, 0.9]))
            for k, (p, status) in enumerate(chance.choices(TOLD, k=3))
        ]
        statements = [
            said(p, a, b, start=40 * k, confidence=sure, status=status) for p, status, k, (a, b), sure in drawn
        ]
        in_debt = chance.choice(POOL)
        statements.append(said("DEFICIT", in_debt, start=999, amount=chance.choice([None, 5, 7])))
        ends = [e for _, _, _, pair, _ in drawn for e in pair]
        told = [
            e if e.known else replace(e, name=e.name + chance.choice(["", " Group"]))
            for e in {e.id: e for e in [*ends, in_debt, *chance.sample(POOL, 2)]}.values()
        ]
        day = chance.choice([None, date(2023, 1, 1 + n % 3)])
        found.append(extraction(f"n{n}", statements, published=day, names=told))
        if chance.random() < 0.3:
            found.append(extraction(f"n{n}", statements[:1], text=f"Corrected {n}.", names=told))
    return found


def decided(chance: random.Random, made: str, statements: list[Statement]) -> Decision:
    if statements and chance.random() < 0.3:
        return Decision(chance.choice(["reject", "confirm"]), chance.choice(statements).id, made=made)
    a, b = chance.sample(POOL, 2)
    return Decision(chance.choice(["same", "same", "different"]), a.id, b.id, made=made)


@pytest.mark.parametrize("seed", [3, 9, 11, 13])
def test_order_and_detours_leave_no_trace(any_store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    briefings = made_up(chance)
    writer, there = any_store.writer(), dict[str | None, Extraction]()
    for step in range(18):
        die = chance.random()
        if die < 0.5 or not there:
            x = chance.choice(briefings)
            writer.add([x])
            there[x.document.path] = x
        elif die < 0.65:
            x = there.pop(chance.choice(sorted(map(str, there))))
            writer.forget(x.document.id)
        else:
            statements = [s for x in there.values() for s in x.statements]
            with suppress(InputError):
                writer.decide(decided(chance, f"{step:03}", statements))
    remaining = list(there.values())
    chance.shuffle(remaining)
    with open_store(str(tmp_path / "straight.lbdb"), create=True) as straight:
        for decision in any_store.view().decisions():
            straight.writer().decide(decision)
        straight.writer().add(remaining)
        assert contents(any_store.view()) == contents(straight.view())
