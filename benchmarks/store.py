"""How long the stores take: `python benchmarks/store.py [BRIEFINGS] [ADDRESS]`.

Writes made-up briefings of about ten statements in batches of fifty into a fresh file (or the named empty
server), then times what a look-up does. For scale it writes the same statements, without evidence,
entities or derived edges, straight through Ladybug, and gives the ratio.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from graph import ids
from graph.model import Document, Entity, Extraction, Mention, Statement
from graph.store import open_store

_BATCH = 50
_PREDICATES = ("MERGER_TALKS", "DISPUTE", "FUNDING", "COMMISSIONED", "REGULATORY_ACTION", "CRITICISED", "DEFICIT")


def made_up(count: int, *, seed: int = 1) -> list[Extraction]:
    """Briefings about a few hundred bodies, some of them in the news much more than others."""
    chance = random.Random(seed)
    bodies = [
        Entity(f"R{n:03}", f"Body {n} NHS Trust", "trust", f"R{n:03}", (f"B{n}",), known=True) for n in range(400)
    ]
    weights = [1 / (n + 1) for n in range(len(bodies))]
    return [_briefing(n, bodies, weights, chance) for n in range(count)]


def _briefing(n: int, bodies: list[Entity], weights: list[float], chance: random.Random) -> Extraction:
    text = f"Briefing {n}. " + "Some words about money and mergers. " * 60
    document = Document(
        ids.briefing_id(f"made-{n}", text), f"Briefing {n}", text, date(2020, 1, 1) + timedelta(n % 1500)
    )
    named = list({e.id: e for e in chance.choices(bodies, weights, k=12)}.values())
    statements = []
    for k in range(10):
        predicate = chance.choice(_PREDICATES)
        a, b = chance.sample(named, 2)
        target = None if predicate == "DEFICIT" else b.id
        statements.append(
            Statement(
                ids.statement_id(document.id, predicate, a.id, target, 40 * k, 40 * k + 39),
                document.id,
                predicate,
                a.id,
                target,
                "Some words about money and mergers. " * 3,
                40 * k,
                40 * k + 39,
                0.8,
                "made-up",
                amount=1e6 if k % 3 == 0 else None,
            )
        )
    mentions = [Mention(20 * k, 20 * k + 9, e.name, e.id, "register") for k, e in enumerate(named)]
    return Extraction(document, tuple(named), tuple(mentions), tuple(statements))


def raw(path: Path, extractions: list[Extraction]) -> None:
    """The bare driver: statements as nodes with a relationship to each end, in the same batches."""
    import ladybug

    database = ladybug.Database(str(path), buffer_pool_size=1 << 30, max_db_size=1 << 36)
    connection = ladybug.Connection(database)
    connection.execute("CREATE NODE TABLE O(id STRING PRIMARY KEY)")
    connection.execute("CREATE NODE TABLE S(id STRING PRIMARY KEY, quote STRING, predicate STRING)")
    connection.execute("CREATE REL TABLE E(FROM S TO O)")
    for i in range(0, len(extractions), _BATCH):
        batch = extractions[i : i + _BATCH]
        rows = [
            {"id": s.id, "quote": s.quote, "predicate": s.predicate, "ends": [e for e in (s.subject, s.object) if e]}
            for x in batch
            for s in x.statements
        ]
        ends = [{"s": r["id"], "o": e} for r in rows for e in r["ends"]]
        connection.execute("BEGIN TRANSACTION")
        connection.execute("UNWIND $r AS i MERGE (:O {id: i})", {"r": sorted({e["o"] for e in ends})})
        connection.execute("UNWIND $r AS r CREATE (:S {id: r.id, quote: r.quote, predicate: r.predicate})", {"r": rows})
        connection.execute(
            "UNWIND $r AS r MATCH (s:S {id: r.s}) WITH s, r MATCH (o:O {id: r.o}) CREATE (s)-[:E]->(o)", {"r": ends}
        )
        connection.execute("COMMIT")
    connection.close()
    database.close()


@contextmanager
def timed(what: str, shown: dict[str, float]) -> Iterator[None]:
    """Time the block into `shown`, and print it."""
    start = time.perf_counter()
    yield
    shown[what] = time.perf_counter() - start
    sys.stdout.write(f"{what:<48}{shown[what]:>9.3f} s\n")


def main(count: int = 1000, address: str | None = None) -> None:
    """Run and print."""
    extractions = made_up(count)
    shown: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        address = address or str(Path(folder) / "store.lbdb")
        with timed(f"ingest {count} briefings", shown), open_store(address, create=True) as store:
            writer = store.writer()
            for i in range(0, count, _BATCH):
                start = time.perf_counter()
                writer.add(extractions[i : i + _BATCH])
                if i in (0, (count // 2) // _BATCH * _BATCH) or i + _BATCH >= count:
                    sys.stdout.write(f"  batch {i // _BATCH + 1:<42}{time.perf_counter() - start:>9.3f} s\n")
        look_ups: dict[str, Callable[[Any], object]] = {
            "open, names": lambda v: v.names(),
            "open, subgraph of a middling body": lambda v: v.subgraph(["R060"]),
            "open, links of the busiest body": lambda v: v.subgraph(["R000"], between=False),
            "open, subgraph of the busiest body": lambda v: v.subgraph(["R000"]),
            "open, statements of a body": lambda v: v.statements(entity="R060"),
            "open, stats": lambda v: v.stats(),
            "open, whole graph": lambda v: v.subgraph(),
        }
        for what, ask in look_ups.items():
            with timed(what, shown), open_store(address, read_only=True) as store:
                ask(store.view())
        with timed("forget one briefing", shown), open_store(address) as store:
            store.writer().forget(extractions[count // 2].document.id)
        with timed("the same statements, bare Ladybug", shown):
            raw(Path(folder) / "raw.lbdb", extractions)
        ratio = shown[f"ingest {count} briefings"] / shown["the same statements, bare Ladybug"]
        sys.stdout.write(f"{'ratio to bare Ladybug':<48}{ratio:>9.1f}\n")


if __name__ == "__main__":
    main(*(int(sys.argv[1]),) if len(sys.argv) > 1 else (), *sys.argv[2:3])
