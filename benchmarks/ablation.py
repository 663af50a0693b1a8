"""What each part of extraction is worth: annotated sets read with one part taken out at a time.

    python -m benchmarks.ablation NAME=GOLD[:TEXTS] …

A set is a folder of marked briefings, or of JSON annotations with the folder of its texts. Each briefing is parsed and
linked once; then its statements are made with everything, by rules alone, by the model alone, without
references ("the trust", "its"), and without the vote (the better of rule and model decides).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph.plain import extraction as as_json
from ingest import pipeline, reader
from ingest.annotation import Annotation
from ingest.coreference import resolve
from ingest.evaluation import gold
from ingest.evaluation.align import Names
from ingest.evaluation.gold import Briefing
from ingest.evaluation.score import Figures, compare, figures
from ingest.link import annotate
from ingest.parse import parse
from ingest.register import Register
from ingest.relations import combine
from ingest.relations.ballot import Key, Witnesses
from ingest.relations.model import RelationModel

Variant = Callable[[Annotation], tuple[Annotation, combine.Scorer | None]]


@contextmanager
def _put(name: str, value: object) -> Iterator[None]:
    """Put something else in a part's place for a while."""
    before = getattr(combine, name)
    setattr(combine, name, value)
    try:
        yield
    finally:
        setattr(combine, name, before)


def _better(annotation: Annotation, key: Key, speaking: Witnesses) -> float:
    return max([speaking.probability, *(c.confidence for c in speaking.told)])


def linked(texts: Path, register: Register) -> dict[str, Annotation]:
    """Every briefing of a folder with its names linked, by its file's name."""
    files = reader.expand([texts])
    documents = reader.read(files, on_error=lambda error: sys.exit(str(error)))
    return {Path(p.document.path or "").stem: annotate(p, register) for p in parse(documents)}


def judge(
    wanted: dict[str, Briefing],
    found: dict[str, Annotation],
    register: Register,
    scorer: combine.Scorer | None,
    *,
    references: bool = True,
) -> Figures:
    """How right the statements are."""
    names = Names(register)
    pairs = []
    for name, briefing in wanted.items():
        annotation = resolve(found[name]) if references else found[name]
        extraction = pipeline.assemble(annotation, register, scorer)
        pairs.append(compare(briefing, gold.extraction(as_json(extraction), name), names))
    return figures(pairs)


def table(annotations: Path, texts: Path) -> Iterator[tuple[str, Figures]]:
    """Each variant's name and figures."""
    register, model = Register.load(), RelationModel.load()
    wanted = dict(gold.load(annotations))
    found = linked(texts, register)
    mute = {name: replace(r, find=lambda scene: iter(())) for name, r in combine.RELATIONS.items()}
    half = {name: replace(r, threshold=0.5) for name, r in combine.RELATIONS.items()}
    yield "everything", judge(wanted, found, register, model)
    yield "rules alone", judge(wanted, found, register, None)
    with _put("RELATIONS", mute):
        yield "model alone", judge(wanted, found, register, model)
    yield "no references", judge(wanted, found, register, model, references=False)
    with _put("certainty", _better), _put("RELATIONS", half):
        yield "no vote", judge(wanted, found, register, model)


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="NAME=GOLD or NAME=GOLD:TEXTS")
    for entry in parser.parse_args().sets:
        name, _, where = entry.partition("=")
        annotations, _, texts = where.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            if not texts:
                for stem, briefing in gold.load(Path(annotations)).items():
                    (Path(folder) / f"{stem}.txt").write_text(briefing.text or "", encoding="utf-8")
            print(f"{name:<16}  {'P':>6} {'R':>6} {'F1':>6}  headline F1")
            for variant, found in table(Path(annotations), Path(texts or folder)):
                s = found.statements
                print(
                    f"  {variant:<14}  {s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f}  {found.headline.f1:6.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
