"""Weights of what ties a sum to a statement: `ingest/relations/data/amounts.json`.

    python -m training.amounts GOLD TEXTS [MARKED …] [--held PATTERN] [--out FILE]

A conditional logit over the sums near each annotated statement and "none", names as annotated. Held-out
briefings choose nothing; how often the choice is right there is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.schema import PREDICATES
from ingest.relations import amounts, combine
from ingest.relations.amounts import Option
from ingest.scene import Scene
from training.gold import HELD, Example, annotated
from training.rules import annotations

OUT = Path(amounts.__file__).parent / "data" / "amounts.json"
_ROUNDS = 12
_RATE = 0.3
_PULL = 0.02
"""How strongly weights are drawn to nothing at each step."""
_SEEN = 4
"""A feature seen less often is left out."""


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated statement: the sums offered, which of them are right, and which the module alone would take."""

    predicate: str
    options: tuple[Option, ...]
    right: tuple[int, ...]
    picked: float | None
    amount: float | None
    held: bool


def cases(told: Sequence[Example], held: str) -> Iterator[Case]:
    """One case for each annotated statement of a predicate that has sums, where its sentence is known."""
    for example, annotation in annotations(told):
        scene = Scene(annotation)
        by_rule: dict[tuple[str, str, str | None], list[combine.Candidate]] = {}
        for c in combine.candidates(scene):
            by_rule.setdefault((c.predicate, c.subject, c.object), []).append(c)
        for label in example.labels:
            if "amount" not in PREDICATES[label.predicate].attributes:
                continue
            subject, obj = example.keys[label.subject], None if label.object is None else example.keys[label.object]
            ends = [(label.predicate, subject, obj)]
            if obj is not None and PREDICATES[label.predicate].symmetric:
                ends.append((label.predicate, obj, subject))
            rules = [c for key in ends for c in by_rule.get(key, ())]
            places = [p[0] for p in label.places] or [c.start for c in rules]
            if not places:
                continue
            line = scene.line_at(places[0])
            picked = next((c.amount for c in rules), None)
            if not rules:
                picked = combine.RELATIONS[label.predicate].describe(scene, line, subject, obj)[2]
            offered = tuple(amounts.options(scene, line, label.predicate, subject, obj, picked))
            amount = label.amounts[0] if label.amounts else None
            right = tuple(
                k
                for k, o in enumerate(offered)
                if (o.pounds is None and amount is None)
                or (o.pounds is not None and any(abs(o.pounds - a) <= 0.01 * a for a in label.amounts))
            )
            yield Case(label.predicate, offered, right, picked, amount, bool(re.search(held, example.id)))


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Weights by AdaGrad over the cases whose answer is among the options."""
    seen = Counter(f for c in found for o in c.options for f in o.features)
    number = {f: k for k, f in enumerate(sorted(f for f, n in seen.items() if n >= _SEEN))}
    weights, grown = np.zeros(len(number)), np.full(len(number), 1e-2)
    usable = [
        ([np.array([number[f] for f in o.features if f in number], dtype=int) for o in c.options], list(c.right))
        for c in found
        if c.right
    ]
    rng = random.Random(7)
    for _ in range(_ROUNDS):
        for rows, right in rng.sample(usable, len(usable)):
            scores = np.array([weights[r].sum() for r in rows])
            p = np.exp(scores - scores.max())
            p /= p.sum()
            wanted = np.zeros(len(rows))
            wanted[right] = p[right] / p[right].sum()
            for row, error in zip(rows, p - wanted, strict=True):
                if abs(error) > 1e-4:
                    step = error + _PULL * weights[row] / len(row)
                    grown[row] += step**2
                    weights[row] -= _RATE * step / np.sqrt(grown[row])
    return {f: round(float(weights[k]), 3) for f, k in number.items() if abs(weights[k]) >= 0.02}


def report(found: Sequence[Case], weights: dict[str, float]) -> str:
    """How many annotated sums are chosen rightly, and by the module alone; and sums given where there is none."""
    tally: Counter[str] = Counter()
    for c in found:
        best = max(c.options, key=lambda o: sum(weights.get(f, 0.0) for f in o.features)).pounds
        if c.amount is not None:
            tally["all"] += 1
            tally["chosen"] += best is not None and abs(best - c.amount) <= 0.01 * c.amount
            tally["picked"] += c.picked is not None and abs(c.picked - c.amount) <= 0.01 * c.amount
        else:
            tally["none"] += 1
            tally["chosen wrongly"] += best is not None
            tally["picked wrongly"] += c.picked is not None
    return ", ".join(f"{name} {n}" for name, n in tally.items())


def main() -> None:
    """Fit, report on held-out briefings, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--held", default=HELD, help="pattern of the ids to report on")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    found = list(cases(annotated(args.sources), args.held))
    trial = fit([c for c in found if not c.held])
    print("held out:", report([c for c in found if c.held], trial))
    weights = fit(found)
    args.out.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
