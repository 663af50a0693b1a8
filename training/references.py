"""What tells which entity a reference means: `ingest/data/references.json`.

    python -m training.references MARKED … [--held PATTERN] [--out FILE]

Heads of references with the kinds they stood for are counted; a conditional logit over the entities told of
before each reference, and "none", is fitted (see `reference_cases`). The least probability at which references
are right often enough is found by fitting without each part of the briefings in turn. Held-out briefings
choose nothing; how good references are is printed for those.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from graph.model import Document
from ingest import choice
from ingest.choice import GROUPS, likeliest
from ingest.parse import parse
from training.gold import HELD, annotated
from training.reference_cases import Case, Told, cases, heads

OUT = Path(choice.__file__).parent / "data" / "references.json"
RIGHT = 0.85
"""Share of references that must be right, of those that are annotated or nouns."""
_ROUNDS = 10
_RATE = 0.25
_PULL = 0.02
"""How strongly weights are drawn to nothing at each step."""
_SEEN = 4
"""A feature seen less often is left out."""
_FOLDS = 4
_LEAST = 0.5


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Weights by AdaGrad, with a fixed seed."""
    seen = Counter(f for c in found for o in c.options for f in o.features)
    number = {f: k for k, f in enumerate(sorted(f for f, n in seen.items() if n >= _SEEN))}
    weights, grown = np.zeros(len(number)), np.full(len(number), 1e-2)
    usable = [
        ([np.array([number[f] for f in o.features if f in number], dtype=int) for o in c.options], list(c.right), c)
        for c in found
        if len(c.options) > 1
    ]
    rng = random.Random(7)
    for _ in range(_ROUNDS):
        for rows, right, case in rng.sample(usable, len(usable)):
            scores = np.array([weights[r].sum() for r in rows])
            p = np.exp(scores - scores.max())
            p /= p.sum()
            wanted = np.zeros(len(rows))
            wanted[right] = p[right] / p[right].sum()
            for row, error in zip(rows, (p - wanted) * case.weight, strict=True):
                if abs(error) > 1e-4:
                    step = error + _PULL * weights[row] / max(len(row), 1)
                    grown[row] += step**2
                    weights[row] -= _RATE * step / np.sqrt(grown[row])
    return {f: round(float(weights[k]), 3) for f, k in number.items() if abs(weights[k]) >= 0.02}


def judged(found: Sequence[Case], weights: Mapping[str, float]) -> dict[str, list[tuple[float, bool | None, Case]]]:
    """Of nouns and pronouns apart: the probability of the best entity, and whether it is right (None: unannotated)."""
    rows: dict[str, list[tuple[float, bool | None, Case]]] = {g: [] for g in GROUPS}
    for c in found:
        if len(c.options) > 1:
            best, p = likeliest(c.options, weights)
            right = c.options.index(best) in c.right if c.annotated or c.implied else None
            rows[c.group].append((p, right, c))
    return {k: sorted(v, key=lambda r: -r[0]) for k, v in rows.items()}


def least(rows: Sequence[tuple[float, bool | None, Case]]) -> float:
    """The least probability down to which enough references are right; unannotated nouns are wrong in part."""
    right = wrong = 0.0
    found = 1.0
    for p, hit, case in rows:
        right += hit is True
        wrong += 0 if hit or (hit is None and case.group == "several") else case.weight
        if right >= RIGHT * (right + wrong):
            found = p
    return max(round(found, 2), _LEAST)


def report(found: Sequence[Case], weights: Mapping[str, float], bounds: Mapping[str, float]) -> str:
    """By class: annotated references, chosen, right, and choices where nothing is annotated."""
    lines = []
    for name, rows in judged(found, weights).items():
        every = sum(c.annotated or c.implied for c in found if c.group == name)
        chosen = [r for r in rows if r[0] >= bounds[name]]
        right = sum(r[1] is True for r in chosen)
        wrong = sum(r[1] is False for r in chosen)
        unsaid = len(chosen) - right - wrong
        share = right / max(right + wrong, 1)
        lines.append(f"{name}: {every} annotated, {right} right, {wrong} wrong ({share:.2f}), {unsaid} unannotated")
    return "\n".join(lines)


def fitted(told: Sequence[Told], held: str) -> tuple[dict[str, object], str]:
    """What the module reads, and how good it is on held-out briefings."""
    known = heads([t for t in told if not re.search(held, t[0].id)])
    found = list(cases(told, known))
    taught = [c for c in found if not re.search(held, c.briefing)]
    weights = fit(taught)
    test = [c for c in found if re.search(held, c.briefing)]
    bounds = {name: least(rows) for name, rows in _unseen(taught).items()}
    return {"heads": known, "least": bounds, "weights": weights}, report(test, weights, bounds)


def _unseen(found: Sequence[Case]) -> dict[str, list[tuple[float, bool | None, Case]]]:
    """As `judged`, each case by weights fitted without its part of the briefings."""
    rows: dict[str, list[tuple[float, bool | None, Case]]] = {g: [] for g in GROUPS}
    names = sorted({c.briefing for c in found})
    for fold in range(_FOLDS):
        part = set(names[fold::_FOLDS])
        weights = fit([c for c in found if c.briefing not in part])
        for group, judgements in judged([c for c in found if c.briefing in part], weights).items():
            rows[group] += judgements
    return {group: sorted(found, key=lambda r: -r[0]) for group, found in rows.items()}


def main() -> None:
    """Fit, report on held-out briefings, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="folders of marked briefings")
    parser.add_argument("--held", default=HELD, help="pattern of the ids to report on")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    told = annotated(args.sources)
    parsed = parse(Document(e.id, e.id, e.text) for e in told)
    shipped, figures = fitted(list(zip(told, parsed, strict=True)), args.held)
    args.out.write_text(json.dumps(shipped, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(figures)


if __name__ == "__main__":
    main()
