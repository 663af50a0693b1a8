"""Fit everything that extraction learns, in order, from annotated briefings: `python -m training [GOLD TEXTS] …`.

    python -m training training/briefings --runs runs
    python -m training GOLD TEXTS training/briefings --runs runs --register organisations.csv

Needs the program's own packages and the `train` extra in one environment, and hours on two cores (most of them for
the relation model). Seeds are fixed. What ships is rewritten: `ingest/data/kinds.json`,
`ingest/data/references.json` and all of `ingest/relations/data/`. Then run `make accuracy`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from training.gold import annotated, pairs


def steps(sources: list[Path], runs: Path, epochs: int, register: Path | None) -> list[list[str]]:
    """The commands, each a module of this room with its arguments."""
    told = [str(s) for s in sources]
    marked = [str(folder) for folder, texts in pairs(sources) if texts is None]
    found = str(runs / "found.jsonl")
    names = ["--register", str(register)] if register else []
    last = str(runs / f"epoch{epochs:02}.pt")
    return [
        ["kinds", *told],
        ["references", *marked],
        ["mentions", "--texts", str(runs / "texts"), "--out", found],
        ["relations", *told, "--found", found, "--epochs", str(epochs), "--out", str(runs), "--half", *names],
        ["export", *told, "--checkpoint", last],
        ["rules", *told],
        ["vote", *told],
        ["attributes", *told],
        ["amounts", *told],
    ]


def main() -> None:
    """Run the steps; the first that fails ends the run with its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or folders of marked briefings")
    parser.add_argument("--runs", type=Path, default=Path(tempfile.gettempdir()) / "nhsgraph-runs")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--register", type=Path, help="organisations.csv, for names to draw from")
    args = parser.parse_args()
    (args.runs / "texts").mkdir(parents=True, exist_ok=True)
    for example in annotated(args.sources):
        (args.runs / "texts" / f"{example.id}.txt").write_text(example.text, encoding="utf-8")
    for module, *arguments in steps(args.sources, args.runs, args.epochs, args.register):
        print(f"training.{module} …", flush=True)
        done = subprocess.run([sys.executable, "-m", f"training.{module}", *arguments], check=False)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
