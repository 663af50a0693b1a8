"""Throughput of the whole of extraction, beside spaCy's own pipeline over the same texts.

    python -m benchmarks.extract [PATH …] [--rounds N]

Raw `nlp.pipe` (all of the model, as spaCy loads it) and extraction run by turns, each in a process of its own, on one
core and on two; the best round counts, models are loaded before the clock starts. The ratio is extraction's share of
raw speed on the same cores: at least 0.7 is wanted, and 5 briefings a second on two cores. After that, where the
time goes, and whether twice the briefings take twice the time. Workers load their models on the clock: for the two
cores give it some hundred briefings.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from graph.model import Document
from ingest.reader import expand, read

ROOT = Path(__file__).parent.parent


def documents(paths: Sequence[str]) -> list[Document]:
    """The briefings; those that can't be read are told and left out."""
    return list(read(expand(paths), on_error=lambda error: sys.stderr.write(f"{error}\n") and None))


def raw(found: Sequence[Document], cores: int) -> float:
    """Seconds that spaCy alone takes."""
    import spacy

    from ingest.parse import load

    name = load().path
    nlp = spacy.load(name)
    texts = [d.text for d in found]
    if cores == 1:
        list(nlp.pipe(texts[:2]))
    return clocked(lambda: sum(1 for _ in nlp.pipe(texts, n_process=cores)))


def ours(found: Sequence[Document], cores: int) -> float:
    """Seconds that extraction takes. Several workers load their models on the clock, as spaCy's get theirs."""
    from ingest.pipeline import extract

    if cores == 1:
        list(extract(found[:2]))
    return clocked(lambda: sum(1 for _ in extract(found, workers=cores)))


def clocked(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def stages(found: Sequence[Document]) -> dict[str, float]:
    """Seconds by stage, in one process."""
    from ingest.coreference import resolve
    from ingest.link import annotate, index_of
    from ingest.parse import parse
    from ingest.pipeline import assemble
    from ingest.register import Register
    from ingest.relations.model import RelationModel

    register, model = Register.load(()), RelationModel.load()
    list(parse(found[:2]))
    index_of(register)
    spent: dict[str, float] = {}

    def timed(name: str, results: Iterable[object]) -> list:
        start = time.perf_counter()
        kept = list(results)
        spent[name] = time.perf_counter() - start
        return kept

    parsed = timed("parse", parse(found))
    linked = timed("link", (annotate(p, register) for p in parsed))
    resolved = timed("coreference", (resolve(a) for a in linked))
    timed("model", (model.score(a) for a in resolved))
    timed("rules and vote", (assemble(a, register, None) for a in resolved))
    return spent


def apart(task: str, paths: Sequence[str], cores: int) -> float | dict[str, float]:
    """Run a task of this module in a process of its own, on so many cores."""
    command = [sys.executable, "-m", "benchmarks.extract", *paths, "--task", task, "--cores", str(cores)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[str(ROOT / "examples" / "briefings")])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--task", choices=["raw", "ours", "half", "stages"], help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    paths = [str(Path(path).resolve()) for path in given.paths]
    found = documents(paths)
    if given.task:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.cores])
        tasks: dict[str, Callable[[], object]] = {
            "raw": lambda: raw(found, given.cores),
            "ours": lambda: ours(found, given.cores),
            "half": lambda: ours(found[: len(found) // 2], given.cores),
            "stages": lambda: stages(found),
        }
        sys.stdout.write(json.dumps(tasks[given.task]()))
        return
    write = sys.stdout.write
    write(f"{len(found)} briefings, {sum(len(d.text.split()) for d in found) // len(found)} words each\n")
    for cores in (1, 2):
        taken = {"raw": float("inf"), "ours": float("inf")}
        for _ in range(given.rounds):
            for task in taken:
                taken[task] = min(taken[task], apart(task, paths, cores))
        for task, name in (("raw", "nlp.pipe"), ("ours", "extraction")):
            write(f"{cores} core{'s' * (cores > 1)}  {name:10}  {len(found) / taken[task]:6.1f} briefings/s\n")
        write(f"{cores} core{'s' * (cores > 1)}  ratio       {taken['raw'] / taken['ours']:6.2f}\n")
        if cores == 1:
            half = min(apart("half", paths, 1) for _ in range(given.rounds))
            share = 2 * (taken["ours"] / len(found)) / (half / (len(found) // 2))
            write(f"twice the briefings take {share:.2f} times as long\n")
    spent = apart("stages", paths, 1)
    for name, seconds in spent.items():
        write(f"{name:15} {1000 * seconds / len(found):6.1f} ms a briefing  {seconds / sum(spent.values()):4.0%}\n")


if __name__ == "__main__":
    main()
