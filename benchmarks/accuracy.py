"""How right extraction is on the annotated briefings, beside the figures kept from before.

    python -m benchmarks.accuracy [--gold GOLD] [--texts TEXTS] [--write] [--scorer FILE]

The committed sets are judged always. GOLD (or the variable GOLD_DIR) is a folder with further ones: each of its folders
that holds annotations, with the texts in the folder of the same name in TEXTS (or TEXTS_DIR; else GOLD/../briefings).
The exit code is 1 where a committed set fell by more than a point. `--scorer` runs another scorer (called with a folder
of annotations, a folder of extractions and --json) on the same files and compares its counts with ours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.errors import NhsGraphError
from ingest.evaluation import baseline, gold, marked
from ingest.evaluation.gold import ATTRIBUTES, Briefing
from ingest.evaluation.run import Evaluation, evaluate
from ingest.evaluation.score import Figures

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "tests" / "baseline.json"
COMMITTED: Mapping[str, tuple[Path, Path | None]] = {
    "examples": (ROOT / "tests" / "gold", ROOT / "examples" / "briefings"),
    "marked": (ROOT / "tests" / "gold" / "marked", None),
}
"""Annotations and texts of the sets that come with the project; marked files bring their texts along."""


def further(golds: Path, texts: Path) -> Iterator[tuple[str, tuple[Path, Path | None]]]:
    """The sets of a folder of sets."""
    for folder in sorted(p for p in golds.iterdir() if p.is_dir()):
        if (texts / folder.name).is_dir() and any(folder.glob("*.json")):
            yield folder.name, (folder, texts / folder.name)


def judge(sets: Mapping[str, tuple[Path, Path | None]]) -> dict[str, Evaluation]:
    """Extract and compare each set."""
    return {name: evaluate(*where, on_error=lambda error: sys.exit(str(error))) for name, where in sets.items()}


def agreement(scorer: Path, annotations: Path, evaluation: Evaluation) -> str:
    """Run another scorer on what we judged; "" where all its counts are ours, else the first that differ."""
    with tempfile.TemporaryDirectory() as folder:
        golds, found = annotations, Path(folder) / "found"
        found.mkdir()
        if gold.files(annotations)[0].suffix != ".json":
            golds = Path(folder) / "gold"
            marked.write(annotations, golds, Path(folder) / "texts")
        for name, comparison in evaluation.comparisons.items():
            (found / f"{name}.json").write_text(json.dumps(_as_json(comparison.found)), encoding="utf-8")
        command = [sys.executable, str(scorer), str(golds), str(found), "--json"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    theirs, ours = _counts(told), counts(evaluation.figures)
    names = sorted(n for n in {*theirs, *ours} if theirs.get(n) != ours.get(n))
    return "; ".join(f"{n}: ours {ours.get(n)}, theirs {theirs.get(n)}" for n in names[:5])


def counts(found: Figures) -> dict[str, tuple[int, ...]]:
    """Right, invented, missed of entities, statements and predicates; right and judged of kinds and attributes."""
    tallies = {"entities": found.entities, "statements": found.statements, "headline": found.headline}
    return {n: (t.right, t.invented, t.missed) for n, t in (tallies | dict(found.predicates)).items()} | dict(
        found.accuracy
    )


def _counts(report: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    tallies = {n: report[n] for n in ("entities", "statements", "headline")} | report["by_predicate"]
    found: dict[str, tuple[int, ...]] = {n: (t["tp"], t["fp"], t["fn"]) for n, t in tallies.items()}
    shares = {n: report["accuracy"][n].split("/") for n in ("kind", *ATTRIBUTES)}
    return found | {n: (int(right), int(total)) for n, (right, total) in shares.items()}


def _as_json(found: Briefing) -> dict[str, Any]:
    entities = [{"id": b.key, "name": b.name, "kind": b.kind, "members": list(b.members)} for b in found.bodies]
    statements = [
        {"predicate": f.predicate, "subject": f.subject, "object": f.object, "confidence": f.confidence, **f.attributes}
        for f in found.facts
    ]
    return {"id": found.id, "entities": entities, "statements": statements}


def main() -> int:
    """Judge, print old → new, write or fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=os.environ.get("GOLD_DIR") or None)
    parser.add_argument("--texts", type=Path, default=os.environ.get("TEXTS_DIR") or None)
    parser.add_argument("--write", action="store_true", help="keep these figures as those to compare with")
    parser.add_argument("--scorer", type=Path, help="another scorer to compare our counts with")
    args = parser.parse_args()
    sets = dict(COMMITTED)
    if args.gold is not None:
        sets |= further(args.gold, args.texts or args.gold.parent / "briefings")
    old = baseline.load(BASELINE)
    done = judge(sets)
    new = {name: baseline.row(evaluation.figures) for name, evaluation in done.items()}
    print(baseline.table(old, new))
    failed = [f"{name}: {fall}" for name in COMMITTED for fall in baseline.falls(old.get(name, {}), new[name])]
    if args.write:
        baseline.save(BASELINE, new)
        print(f"written to {BASELINE.relative_to(ROOT)}")
        failed = []
    for name, evaluation in done.items() if args.scorer else ():
        differ = agreement(args.scorer, sets[name][0], evaluation)
        print(f"{name}: {differ or 'all counts agree'}")
        failed += [f"{name}: the scorers differ"] if differ else []
    for line in failed:
        print(line)
    return bool(failed)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except NhsGraphError as error:
        raise SystemExit(str(error)) from None
