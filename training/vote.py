"""How much rules and model weigh in a statement's confidence: one small logistic regression.

    python -m training.vote GOLD TEXTS [MARKED …] [--held PATTERN] [--out FILE]

Fitted on briefings that the model was not trained on, with names as annotated and our own references. What a witness's
word is worth is fitted for each predicate and drawn to what it is worth for all. The
weights go to `ingest/relations/data/vote.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.relations import ballot, combine
from ingest.relations.model import RelationModel
from ingest.scene import Scene
from training.gold import HELD, Example, annotated
from training.rules import annotations, labelled

OUT = Path(combine.__file__).parent / "data" / "vote.json"
PREDICATES = tuple(combine.RELATIONS)
_RIDGE = 10.0
"""How strongly the weights of the predicates are drawn together."""


def witnessed(told: Sequence[Example]) -> Iterator[tuple[str, list[float], int]]:
    """(predicate, features, right or not) of every pair that a rule or the model speaks for; optional ones apart."""
    model = RelationModel.load()
    for example, annotation in annotations(told):
        label_of = labelled(example)
        for key, speaking in combine.witnesses(Scene(annotation), model).items():
            label = label_of(key)
            if label is None or not label.optional:
                yield key[0], ballot.features(speaking), int(label is not None)


def fit(rows: list[tuple[str, list[float], int]]) -> dict[str, list[float]]:
    """Bias and weights of each predicate, by Newton's method; each predicate's are drawn to the shared ones."""
    count, width = len(PREDICATES), 1 + len(rows[0][1])
    x = np.zeros((len(rows), (count + 1) * width))
    for row, (predicate, values, _) in enumerate(rows):
        own = (1 + PREDICATES.index(predicate)) * width
        x[row, :width] = x[row, own : own + width] = [1.0, *values]
    y = np.array([label for _, _, label in rows], dtype=float)
    w = np.zeros(x.shape[1])
    ridge = np.array([1e-3] * width + [_RIDGE] * (count * width))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    parts = w.reshape(count + 1, width)
    return {q: [round(float(v), 4) for v in parts[0] + parts[1 + k]] for k, q in enumerate(PREDICATES)}


def main() -> None:
    """Fit the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--held", default=HELD, help="pattern of the ids that the model was not trained on")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    rows = list(witnessed([e for e in annotated(args.sources) if re.search(args.held, e.id)]))
    args.out.write_text(json.dumps(fit(rows), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
