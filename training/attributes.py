"""What readings of status and form are worth, and how much the model's: `ingest/relations/data/attributes.json`.

    python -m training.attributes GOLD TEXTS [MARKED …] [--held PATTERN] [--out FILE]

Readings are counted on annotated briefings, with names as annotated and our own references; the
weights are fitted on those that the model was not trained on.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.relations import attributes, ballot, combine
from ingest.relations.model import RelationModel
from ingest.scene import Scene
from training.gold import HELD, Example, annotated
from training.rules import annotations, labelled

OUT = Path(attributes.__file__).parent / "data" / "attributes.json"
_MODEL = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_MIX = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One found statement whose value is annotated."""

    predicate: str
    name: str
    readings: tuple[str, ...]
    chances: Mapping[str, float]
    right: tuple[str, ...]
    held: bool


def cases(told: Sequence[Example], held: str) -> Iterator[Case]:
    """Every annotated status and form of a found statement that its best rule does not tell."""
    model = RelationModel.load()
    for example, annotation in annotations(told):
        label_of = labelled(example)
        scene = Scene(annotation)
        for key, speaking in combine.witnesses(scene, model).items():
            predicate, label = key[0], label_of(key)
            if label is None or ballot.vote(predicate, speaking) < combine.RELATIONS[predicate].threshold:
                continue
            for name, good in (("status", label.statuses), ("form", label.forms)):
                best = max(speaking.told, key=lambda c: (c.confidence, -c.start), default=None)
                if good and not (best and (best.status if name == "status" else best.form)):
                    readings = tuple(combine.readings(scene, key, speaking.told, speaking.scored, name))
                    chances = speaking.scored.chances.get(name, {}) if speaking.scored else {}
                    yield Case(predicate, name, readings, chances, good, bool(re.search(held, example.id)))


def counted(found: Sequence[Case]) -> attributes.Worth:
    """What each reading meant and how common each value was."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    common: dict[str, Counter[str]] = defaultdict(Counter)
    for case in found:
        slot = f"{case.predicate}.{case.name}"
        common[slot].update(case.right[:1])
        for reading in case.readings:
            counts[slot][reading].update(case.right[:1])
    return attributes.Worth(counts, common, 0.5, 0.5)


def right(found: Sequence[Case], worth: attributes.Worth) -> Counter[str]:
    """How many of the cases of each slot come out right."""
    return Counter(
        f"{c.predicate}.{c.name}"
        for c in found
        if attributes.likeliest(c.predicate, c.name, c.readings, c.chances, worth) in c.right
    )


def fit(found: Sequence[Case]) -> attributes.Worth:
    """The weights that get most right on held-out cases, by counts of all the others; of equals the mildest."""
    held = [c for c in found if c.held]
    others = counted([c for c in found if not c.held])
    options = [replace(others, model=m, mix=x) for m in _MODEL for x in _MIX]
    best = max(options, key=lambda w: (right(held, w).total(), -abs(w.model - 0.5) - abs(w.mix - 0.5)))
    total, got = Counter(f"{c.predicate}.{c.name}" for c in held), right(held, best)
    alone = right(held, replace(others, model=0.0, mix=0.0))
    for slot in sorted(total):
        print(f"{slot}: {got[slot]} of {total[slot]} (readings alone {alone[slot]})")
    print(f"all: {got.total()} of {total.total()} (readings alone {alone.total()}), model {best.model}, mix {best.mix}")
    return replace(counted(found), model=best.model, mix=best.mix)


def main() -> None:
    """Count, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--held", default=HELD, help="pattern of the ids that the model was not trained on")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    worth = fit(list(cases(annotated(args.sources), args.held)))
    data = {
        "model": worth.model,
        "mix": worth.mix,
        "common": {slot: dict(sorted(c.items())) for slot, c in sorted(worth.common.items())},
        "counts": {slot: {r: dict(c) for r, c in sorted(t.items())} for slot, t in sorted(worth.counts.items())},
    }
    args.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
