"""How often each rule is right on annotated briefings: the confidence that its statements get.

    python -m training.rules GOLD TEXTS [MARKED …] [--out FILE]

Names are taken from the annotation, references from our own coreference, as at run time. The
counts (right, wrong) of every rule go to `ingest/relations/data/rules.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graph.model import Document, Entity, Mention
from graph.schema import PREDICATES
from ingest.annotation import Annotation
from ingest.coreference import resolve
from ingest.parse import parse
from ingest.relations import combine
from ingest.scene import Scene
from training.gold import Example, Label, annotated, nominal

OUT = Path(combine.__file__).parent / "data" / "rules.json"


def annotations(told: Sequence[Example]) -> Iterator[tuple[Example, Annotation]]:
    """Parse annotated briefings and mark their names, not their references."""
    documents = (Document(e.id, e.id, e.text) for e in told)
    for example, parsed in zip(told, parse(documents), strict=True):
        entities = {
            key: Entity(key, name, kind, members=members)
            for key, name, kind, members in zip(
                example.keys, example.names, example.kinds, example.members, strict=True
            )
        }
        mentions = tuple(
            Mention(m.start, m.end, example.text[m.start : m.end], example.keys[m.entity], "gold")
            for m in example.mentions
            if not nominal(example.text[m.start : m.end])
        )
        yield example, resolve(Annotation(parsed, entities, mentions))


def count(told: Sequence[Example]) -> dict[str, tuple[int, int]]:
    """(right, wrong) of each rule; an optional statement counts as right, a rule once a pair."""
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    for example, annotation in annotations(told):
        wanted = {
            _key(x.predicate, example.keys[x.subject], None if x.object is None else example.keys[x.object])
            for x in example.labels
        }
        told = {(c.rule, _key(c.predicate, c.subject, c.object)) for c in combine.candidates(Scene(annotation))}
        for rule, key in told:
            if key[1] == key[2] and key not in wanted:
                continue
            tally = right if key in wanted else wrong
            tally[rule] = tally.get(rule, 0) + 1
    return {rule: (right.get(rule, 0), wrong.get(rule, 0)) for rule in sorted({*right, *wrong})}


def labelled(example: Example) -> Callable[[tuple[str, str, str | None]], Label | None]:
    """What the annotation says of a predicate and two ends (keys), whichever way round where it has no direction."""
    keys = example.keys
    labels = {
        _key(x.predicate, keys[x.subject], None if x.object is None else keys[x.object]): x for x in example.labels
    }
    return lambda key: labels.get(_key(*key))


def _key(predicate: str, subject: str, obj: str | None) -> tuple[str, str, str | None]:
    if PREDICATES[predicate].symmetric and obj is not None and obj < subject:
        return predicate, obj, subject
    return predicate, subject, obj


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    counts = count(annotated(args.sources))
    args.out.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
