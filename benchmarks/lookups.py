"""How long a look-up takes, from the command line, on a graph of a thousand briefings.

    python -m benchmarks.lookups [--briefings 1000] [--runs 7]

The graph is the example briefings' extractions over and over, each copy a briefing of its own. Every
figure is a whole process's wall time beside that of a Python that does nothing.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph.ids import statement_id
from graph.model import Extraction
from graph.store import open_store
from ingest.pipeline import extract
from ingest.reader import expand, read

ROOT = Path(__file__).parent.parent
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("org", "NHS England"),
    ("links", "NHS England"),
    ("links", "Bedfordshire Hospitals"),
    ("path", "Tarnbridge General Hospital", "Dunmarrow County Council"),
    ("query", "run", "merger-talks"),
    ("stats",),
)


def copy(extraction: Extraction, number: int) -> Extraction:
    """The extraction as that of another briefing."""
    ident = f"{extraction.document.id}-{number}"
    statements = tuple(
        replace(s, id=statement_id(ident, s.predicate, s.subject, s.object, s.start, s.end), briefing=ident)
        for s in extraction.statements
    )
    document = replace(extraction.document, id=ident, path=f"{number}/{extraction.document.path}")
    return replace(extraction, document=document, statements=statements, questions=())


def seconds(command: Sequence[str], runs: int) -> float:
    """Median wall time of a command, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Build the graph, run each command, print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--briefings", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args()
    found = list(extract(read(expand([ROOT / "examples" / "briefings"]), on_error=lambda error: None)))
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "graph.lbdb")
        with open_store(address, create=True) as store:
            for first in range(0, args.briefings, 100):
                batch = [copy(found[n % len(found)], n) for n in range(first, min(first + 100, args.briefings))]
                store.writer().add(batch)
        bare = seconds([sys.executable, "-c", "pass"], args.runs)
        sys.stdout.write(f"{'bare Python':<36} {bare:6.2f} s\n")
        for command in COMMANDS:
            rest = () if command == ("--help",) else ("--store", address)
            taken = seconds([sys.executable, str(ROOT / "cli.py"), *command, *rest], args.runs)
            sys.stdout.write(f"{' '.join(command):<36} {taken:6.2f} s   {taken / bare:5.1f} x\n")


if __name__ == "__main__":
    main()
