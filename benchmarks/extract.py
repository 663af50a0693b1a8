"""Throughput of the whole of extraction, beside spaCy's own pipeline over the same texts.

    python -m benchmarks.extract [PATH …]

Both run in this process, one after the other; the ratio is extraction's share of raw `nlp.pipe` speed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ingest.parse import load
from ingest.pipeline import extract
from ingest.reader import expand, read

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Time both and print briefings a second and the ratio."""
    paths = sys.argv[1:] or [str(ROOT / "examples" / "briefings")]
    documents = list(read(expand(paths), on_error=lambda error: sys.stderr.write(f"{error}\n") and None))
    nlp = load()
    list(extract(documents[:2]))
    start = time.perf_counter()
    for _ in nlp.pipe(d.text for d in documents):
        pass
    bare = time.perf_counter() - start
    start = time.perf_counter()
    statements = sum(len(found.statements) for found in extract(documents))
    whole = time.perf_counter() - start
    sys.stdout.write(
        f"{len(documents)} briefings, {statements} statements\n"
        f"nlp.pipe   {len(documents) / bare:6.1f} briefings/s\n"
        f"extraction {len(documents) / whole:6.1f} briefings/s\n"
        f"ratio      {bare / whole:6.2f}\n"
    )


if __name__ == "__main__":
    main()
