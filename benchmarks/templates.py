"""How long every template and look-up takes on a graph of 100,000 statements, on both stores.

    python -m benchmarks.templates [--briefings 10000] [--runs 9] [--keep FOLDER] [--write docs/speed.md]

Fills an embedded file and a Neo4j of its own (Java 17; see `graph.server`) with the made-up NHS of `benchmarks.world`,
ten statements a briefing, then asks each question warm. A figure is the best of the medians of two rounds, in
milliseconds, with rows fetched and made plain; beside Neo4j's stands its ratio to the bare driver's round trip
(`RETURN 1` through `execute_query`) in the same run. With `--keep` the filled stores stay for the next run.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import neo4j

from benchmarks import world
from graph import server
from graph.profile import profile
from graph.store import Store, View, open_store
from queries.catalogue import Template, load
from queries.lookup import find

ROOT = Path(__file__).parent.parent
_BATCH = 50
_MANY = "R000"
_FEW = "R411"
_VALUES = {
    "person": "person-ada-strake",
    "regulator": "regulator-hurnshire-commission",
    "payer": "regulator-hurnshire-commission",
    "contractor": "supplier-hurnshire-consulting",
    "supplier": "supplier-hurnshire-consulting",
    "system": "ics-hurnshire-integrated-care-system",
    "other": "R001",
    "to": "R001",
    "predicate": "MERGER_TALKS",
    "date": "2020-01-01",
    "since": "2020-01-01",
}
"""What is asked for, by a parameter's name or type: those who are in the news most. Everything else: the default."""


def values(template: Template, briefing: str) -> dict[str, Any]:
    """Values for every parameter of a template."""
    found: dict[str, Any] = {}
    for p in template.parameters:
        if p.type == "briefing":
            found[p.name] = briefing
        elif p.default is None:
            anybody = _MANY if p.type in ("entity", "organisation") else p.example
            found[p.name] = _VALUES.get(p.name) or _VALUES.get(p.type) or anybody
        else:
            found[p.name] = p.default
    return found


def look_ups(view: View) -> Mapping[str, Callable[[], object]]:
    """What the command line's look-ups do, by name."""
    return {
        "find a body by its name": lambda: find(view, "NHS Hurnshire Integrated Care Board"),
        "find a person by name": lambda: find(view, "Ada Strake"),
        "find by code": lambda: find(view, _MANY),
        "find by a short name": lambda: find(view, "Hurnshire ICB"),
        "links of a body seldom named": lambda: profile(view, _FEW),
        "links of the body named most": lambda: profile(view, _MANY),
    }


def seconds(ask: Callable[[], object], runs: int) -> float:
    """The better median of two rounds, warm."""
    for _ in range(2):
        ask()
    medians = []
    for _ in range(2):
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            ask()
            times.append(time.perf_counter() - start)
        medians.append(statistics.median(times))
    return min(medians)


def fill(store: Store, briefings: int) -> None:
    """Ingest them all, unless they are there."""
    if store.view().stats()["briefings"] >= briefings:
        return
    writer, said = store.writer(), chain(world.roll(), world.extractions(briefings))
    while batch := list(islice(said, _BATCH)):
        writer.add(batch)


@contextmanager
def served(home: Path) -> Iterator[tuple[str, str]]:
    """A Neo4j in this home for the length of the block: its address and password."""
    secret = home / "password"
    running = server.start(home, libraries=ROOT / ".neo4j", settings={"server.memory.heap.max_size": "1g"})
    if running.password:
        secret.write_text(running.password, encoding="utf-8")
        secret.chmod(0o600)
    try:
        yield running.bolt, secret.read_text(encoding="utf-8")
    finally:
        server.stop(home)


def measure(embedded: Store, neo: Store, round_trip: Callable[[], object], runs: int) -> Iterator[str]:
    """The report, line by line."""
    view, other = embedded.view(), neo.view()
    stats = view.stats()
    briefing = str(view.briefings()[0]["id"])
    asked = {name: (t.cypher, values(t, briefing)) for name, t in load().items()}
    # A server that has just been started is several times slower for its first thousand questions.
    for _ in range(5):
        for cypher, given in asked.values():
            other.rows(cypher, given)
        for ask in (*look_ups(other).values(), *[round_trip] * 50):
            ask()
    base = seconds(round_trip, 4 * runs)
    yield (
        f"{stats['briefings']:,} briefings, {stats['statements']:,} statements, {stats['entities']:,} bodies and "
        f"people, {sum(stats['edges'].values()):,} links. Python {platform.python_version()}, {platform.machine()}. "
        f"The bare driver's round trip took {base * 1000:.2f} ms.\n"
    )
    yield "| Look-up | Neo4j, ms | round trips | embedded, ms |"
    yield "| --- | ---: | ---: | ---: |"
    mine = look_ups(view)
    for what, ask in look_ups(other).items():
        there, here = seconds(ask, runs), seconds(mine[what], runs)
        yield f"| {what} | {there * 1000:.1f} | {there / base:.1f} | {here * 1000:.1f} |"
    yield "\n| Template | rows | Neo4j, ms | round trips | embedded, ms |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    slowest = 0.0
    for name, (cypher, given) in asked.items():
        rows = len(other.rows(cypher, given))
        there = seconds(partial(other.rows, cypher, given), runs)
        here = seconds(partial(view.rows, cypher, given), max(runs // 3, 1))
        slowest = max(slowest, there)
        yield f"| {name} | {rows} | {there * 1000:.1f} | {there / base:.1f} | {here * 1000:.1f} |"
    yield f"\nThe slowest template took {slowest * 1000:.0f} ms on Neo4j."


def main() -> None:
    """Run and print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--briefings", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        address, password = stack.enter_context(served(folder / "neo4j"))
        embedded = stack.enter_context(open_store(str(folder / "store.lbdb"), create=True))
        neo = stack.enter_context(open_store(address, create=True, password=password))
        driver = stack.enter_context(neo4j.GraphDatabase.driver(address, auth=("neo4j", password)))
        for store in (embedded, neo):
            fill(store, options.briefings)
        lines = []
        for line in measure(embedded, neo, lambda: driver.execute_query("RETURN 1"), options.runs):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    if options.write:
        head = "# How long questions take\n\nMade by `python -m benchmarks.templates`; see there what is measured.\n\n"
        options.write.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
