"""What the program's own mention finding makes of the training texts: `python -m training.mentions`.

Run in the program's environment (it needs spaCy, not torch); writes one JSON object a line: `id`, `kinds` and
`mentions` (start, end, number of the entity). The relation model trains on these beside the
annotated mentions, because these are what it meets at run time.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.relations.windows import Marked
from training.gold import SYMMETRIC, Example, Label, allowed


def found(texts: Path) -> Iterator[dict[str, object]]:
    """Mark every text of a folder as ingestion does, up to the relations."""
    from graph.errors import ReadError
    from ingest.coreference import resolve
    from ingest.link import annotate
    from ingest.parse import parse
    from ingest.reader import read
    from ingest.register import Register

    register = Register.load()

    def fail(error: ReadError) -> None:
        raise error

    for path in sorted(texts.glob("*.txt")):
        for parsed in parse(read([path], on_error=fail)):
            annotation = resolve(annotate(parsed, register))
            names = list(annotation.entities)
            yield {
                "id": path.stem,
                "text": parsed.document.text,
                "names": names,
                "kinds": [annotation.entities[name].kind for name in names],
                "mentions": [[m.start, m.end, names.index(m.entity)] for m in annotation.mentions],
            }


def aligned(gold: Example, row: dict[str, object]) -> Example:
    """The example with the program's mentions and entities; each takes the labels of the annotated entity it names.

    An entity names the annotated one that most of its mentions overlap; one whose mentions mostly
    overlap nothing has no labels. A statement whose ends were not found is lost, as it is at run time.
    """
    kinds: list[str] = row["kinds"]  # type: ignore[assignment]
    spans: list[list[int]] = row["mentions"]  # type: ignore[assignment]
    marks = sorted((Marked(a, b, e, kinds[e]) for a, b, e in spans), key=lambda m: (m.start, m.end, m.entity))
    votes: dict[int, Counter[int]] = {}
    for mark in marks:
        tally = votes.setdefault(mark.entity, Counter())
        over = {m.entity for m in gold.mentions if m.start < mark.end and mark.start < m.end}
        tally.update(over or {-1})
    means: dict[int, list[int]] = {}
    for entity, tally in sorted(votes.items()):
        best = max(tally, key=lambda g: (tally[g], g))
        if best >= 0:
            means.setdefault(best, []).append(entity)
    labels: dict[tuple[str, int, int | None], Label] = {}
    for label in gold.labels:
        for subject in means.get(label.subject, []):
            for obj in [None] if label.object is None else means.get(label.object, []):
                left, right = subject, obj
                if right is not None and label.predicate in SYMMETRIC and right < left:
                    left, right = right, left
                if left != right and allowed(label.predicate, kinds[left], None if right is None else kinds[right]):
                    labels[label.predicate, left, right] = replace(label, subject=left, object=right)
    return Example(
        gold.id, gold.text, tuple(str(k) for k in range(len(kinds))), tuple(kinds), tuple(marks), tuple(labels.values())
    )


def load_found(path: Path, examples: list[Example]) -> dict[str, Example]:
    """Aligned examples by id; a text that was read differently from the annotated one is left out."""
    known = {e.id: e for e in examples}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {r["id"]: aligned(known[r["id"]], r) for r in rows if r["id"] in known and r["text"] == known[r["id"]].text}


def main() -> None:
    """Write the found mentions of a folder of texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as file:
        for row in found(args.texts):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
