"""A graph of an older layout brought to today's, with nothing lost: `migrate`.

What an older graph keeps is told again to today's writer (see `replay`); the layout is not altered in place. Until
the new graph is whole and counted, the old one can be had back.

A file: the new graph grows in a file beside it (`graph.lbdb.new`), and then takes its name at one stroke; the old
one stays as `graph.lbdb.layout-2`. A kill at any moment leaves one or the other whole under the name, and running
again begins anew. The store's lock is held all the while.

A server: all is first written to a dump in a folder of this machine, which stays as the backup. Then the graph is
marked as being migrated (its layout's number, negative), emptied, laid out anew and filled from the dump. Nobody
can open it until that is done; a migration that was stopped goes on when run again with the dump. Nodes under
labels that are not ours are never touched.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import InputError, NhsGraphError, StoreBusy, StoreError
from graph.ids import slug
from graph.schema import SCHEMA_VERSION
from graph.store.address import credentials, is_server
from graph.store.base import Transaction
from graph.store.dump import Dump, write_dump
from graph.store.layouts import ADDED, check_layout
from graph.store.replay import Around, Counts, Source, Stored, replay
from graph.store.tables import NODES
from graph.store.writer import GraphWriter

if TYPE_CHECKING:
    from graph.store.neo4j_ import _Session as _Server

Progress = Callable[[int, int], None]
"""Gets how many steps are done, and of how many."""

_LOT = 2_000
_META = "MATCH (m:Meta {id: 'schema'}) "
_OURS = [label for label in NODES if label not in ("Meta", "Word")]
"""What a server's graph has of our labels, the mark aside (`Word` is the file's alone); entities, which most hangs
on, go last."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration did: layouts, what the graph holds, and the file that keeps the old one.

    `kept` is None where nothing was to do: the graph had today's layout.
    """

    before: int
    after: int
    briefings: int
    statements: int
    kept: Path | None = None


def migrate(
    address: str,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    dump: Path | None = None,
    folder: Path | None = None,
    around: Around | None = None,
    on_progress: Progress | None = None,
) -> Migration:
    """Bring a store's graph to today's layout; one that has it is left as it is.

    What is not given of username, password and database comes from the environment (see `open_store`). For a
    server: `folder` is where the dump goes (None: the current one), `dump` the one that a stopped migration left.
    `around` gives of a body those that it passed into or belongs to, by the register: layout 1 did not keep all that
    tells its persons apart.

    Raises:
        InputError: a dump is given, but no migration was stopped.
        StoreError: no store there; the old graph is as it was, or the message names the dump to go on with.
        StoreBusy: somebody is using it.
        StoreUnavailable: no server, wrong password, no such database.
        StoreVersionError: a newer version of nhsgraph made it, or a dump is needed to go on.
    """
    tell = on_progress or (lambda done, total: None)
    if not is_server(address):
        if dump is not None:
            raise InputError("A file's migration begins anew by itself: leave the dump out")
        return _migrate_file(Path(address), around, tell)
    from graph.store.neo4j_ import connected

    user, word, base = credentials(username, password, database)
    with connected(address, username=user, password=word, database=base) as session:
        return _migrate_server(session, address, base or "neo4j", dump, folder or Path(), around, tell)


def _migrate_file(path: Path, around: Around | None, tell: Progress) -> Migration:
    from graph.store.embedded import held, reading

    path = path.resolve()
    with held(path):
        with reading(path) as session:
            layout = session.layout()
            source = Stored(session.read, layout, around)
            counts = source.counts
            if layout == SCHEMA_VERSION:
                return Migration(layout, layout, counts.briefings, counts.statements)
            if layout > SCHEMA_VERSION:
                check_layout(str(path), layout)
            new = path.with_name(f"{path.name}.new")
            try:
                _fill(new, source, counts, tell)
            except BaseException as error:
                _discard(new)
                if isinstance(error, NhsGraphError):
                    raise StoreError(f"{path} is as it was, but was not migrated: {error}") from error
                raise
        try:
            kept = _swap(path, new, layout)
        except OSError as error:
            raise StoreError(f"{path} is as it was, but was not migrated: {error.strerror}") from error
        return Migration(layout, SCHEMA_VERSION, counts.briefings, counts.statements, kept)


def _fill(new: Path, source: Source, counts: Counts, tell: Progress) -> None:
    from graph.store.embedded import EmbeddedStore

    _discard(new)
    try:
        with EmbeddedStore(new, create=True) as store:
            replay(source, store.writer(), (), lambda done: tell(done, counts.briefings))
    except StoreError as error:
        raise StoreError(f"is there room on the disk? {error}") from error
    with EmbeddedStore(new, read_only=True) as store:
        view = store.view()
        _check(counts, Stored(lambda query, given: view.rows(query, given, timeout=None), SCHEMA_VERSION).counts)


def _discard(new: Path) -> None:
    """Delete the new file with its log and what else Ladybug puts beside it."""
    for path in list(new.parent.iterdir()):
        if path.name == new.name or path.name.startswith(f"{new.name}."):
            path.unlink()


def _swap(path: Path, new: Path, layout: int) -> Path:
    """Put the new file in the old one's place, which stays under another name; at each moment one is in place."""
    shutil.copymode(path, new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    number, kept = 1, path.with_name(f"{path.name}.layout-{layout}")
    while kept.exists() and not kept.samefile(path):
        number += 1
        kept = path.with_name(f"{path.name}.layout-{layout}-{number}")
    if not kept.exists():
        try:
            os.link(path, kept)
        except OSError:
            # A file system without links: the name must never be without a store, so a copy it is.
            part = kept.with_name(f"{kept.name}.part")
            shutil.copy2(path, part)
            part.replace(kept)
    new.replace(path)
    return kept


def _check(wanted: Counts, found: Counts) -> None:
    if wanted != found:
        raise StoreError(f"the new graph does not hold what the old one did ({found}, not {wanted})")


def _migrate_server(
    session: _Server,
    address: str,
    database: str,
    dump: Path | None,
    folder: Path,
    around: Around | None,
    tell: Progress,
) -> Migration:
    meta = session.meta()
    if meta is None:
        raise StoreError(f"No graph in {address} yet: run `nhsgraph ingest` first, or name another store")
    layout: int = meta["version"]
    if layout > SCHEMA_VERSION or (layout < 0 and dump is None):
        check_layout(address, layout, meta["dump"])
    if dump is not None and layout >= 0:
        raise InputError(f"No migration of {address} was stopped: leave the dump out")
    if layout == SCHEMA_VERSION:
        counts = Stored(session.read, layout).counts
        return Migration(layout, layout, counts.briefings, counts.statements)
    _check_labels(session, address, max(abs(layout), meta["emptied"] or 0))
    if dump is None:
        dump = folder / f"nhsgraph-{slug(database)}-layout-{layout}-{secrets.token_hex(4)}.jsonl.gz"
        _dump(session, Stored(session.read, layout, around), dump, address, tell)
        meta = {"dump": dump.name, "emptied": None}
    source = Dump(dump)
    if source.name != meta["dump"]:
        raise InputError(f"{dump} is of another migration: this one goes on with {meta['dump']}")
    try:
        if meta["emptied"] != SCHEMA_VERSION:
            _empty(session)
            session.lay_out()
            _mark(session, "SET m.emptied = $layout", {"layout": SCHEMA_VERSION})
        total = 2 * source.counts.briefings
        decided = Stored(session.read, SCHEMA_VERSION).decisions()
        replay(source, GraphWriter(session), decided, lambda done: tell(total // 2 + done, total))
        _check(source.counts, Stored(session.read, SCHEMA_VERSION).counts)
        _mark(session, "SET m.version = $layout REMOVE m.dump, m.emptied", {"layout": SCHEMA_VERSION})
    except NhsGraphError as error:
        raise StoreError(
            f"The migration of {address} was stopped: run `nhsgraph migrate` again, with --dump {dump} ({error})"
        ) from error
    return Migration(source.layout, SCHEMA_VERSION, source.counts.briefings, source.counts.statements, dump)


def _check_labels(session: _Server, address: str, layout: int) -> None:
    """Refuse a database where another program uses labels that our layouts have only had since."""
    for label in (x for x in _OURS if ADDED.get(x, 1) > layout):
        if session.read(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"]:
            raise StoreError(
                f"{address} holds other data under our label {label}: copy our graph to an empty database, or rename it"
            )


def _dump(session: _Server, stored: Stored, path: Path, address: str, tell: Progress) -> None:
    """Write the dump and mark the graph as being migrated, if nobody has written to it meanwhile."""
    total = 2 * stored.counts.briefings
    write_dump(path, stored, lambda done: tell(done, total))
    source = Dump(path)

    def work(tx: Transaction) -> bool:
        tx.run(_META + "SET m.version = m.version")
        now = Stored(tx.run, stored.layout)
        same = now.counts == source.counts and source.ids == set(now.ids())
        if same:
            given = {"version": -stored.layout, "dump": path.name}
            tx.run(_META + "SET m.version = $version, m.dump = $dump", given)
        return same

    if not session.write(work):
        path.unlink()
        raise StoreBusy(f"{address} was written to meanwhile: wait until that is done, and migrate again")


def _empty(session: _Server) -> None:
    for label in reversed(_OURS):
        query = f"MATCH (n:{label}) WITH n LIMIT {_LOT} DETACH DELETE n RETURN count(*) AS n"
        while session.write(partial(_deleted, query)):
            pass


def _deleted(query: str, tx: Transaction) -> int:
    return int(tx.run(query)[0]["n"])


def _mark(session: _Server, change: str, given: Mapping[str, Any]) -> None:
    session.write(lambda tx: tx.run(_META + change, given))
