"""A graph brought from one store to another, decisions and all: from a file to a server, or back.

What the one keeps is told to the other's writer (see `replay`), which therefore ends up as if it had ingested the
briefings itself. The other is empty, or holds briefings of the same graph from before: then it is brought up to
date, and a copy that was stopped goes on when run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from pathlib import Path

from graph.errors import InputError, StoreError
from graph.schema import SCHEMA_VERSION
from graph.store.address import is_server, open_store
from graph.store.base import Store, WriteResult
from graph.store.replay import Stored, replay


def copy(
    source: str,
    target: str,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> WriteResult:
    """Copy the graph at one address to another, which is made where it is missing; tells what was written there.

    Username, password and database are a server's; see `open_store`. `on_progress` gets how many briefings are
    done, and of how many.

    Raises:
        InputError: both addresses are the same.
        StoreError: no store there, or the target holds briefings that the source lacks.
        StoreBusy: another process is using a file.
        StoreUnavailable: no server, wrong password, no such database.
        StoreVersionError: made by another version of nhsgraph.
    """
    if source == target or _same_file(source, target):
        raise InputError(f"{source} can't be copied to itself: name another store")
    user, word, base = username, password, database
    with (
        open_store(source, read_only=True, username=user, password=word, database=base) as old,
        open_store(target, create=True, username=user, password=word, database=base) as new,
    ):
        _check_fits(old, new)
        kept = Stored(lambda query, values: old.view().rows(query, values, timeout=None), SCHEMA_VERSION)
        total = kept.counts.briefings
        tell = on_progress or (lambda done, total: None)
        return replay(kept, new.writer(), new.view().decisions(), lambda done: tell(done, total))


def _same_file(source: str, target: str) -> bool:
    if is_server(source) or is_server(target):
        return False
    one, other = Path(source), Path(target)
    return one.exists() and other.exists() and one.samefile(other)


def _check_fits(old: Store, new: Store) -> None:
    query = "MATCH (b:Briefing) RETURN b.id AS id, b.path AS path"
    known = old.view().rows(query, timeout=None)
    ids, paths = {r["id"] for r in known}, {r["path"] for r in known} - {None}
    strange = [r for r in new.view().rows(query, timeout=None) if r["id"] not in ids and r["path"] not in paths]
    if strange:
        raise StoreError(
            f"{new.address} holds {_count(strange)} that {old.address} lacks: name an empty store to copy to"
        )


def _count(briefings: Sized) -> str:
    return "1 briefing" if len(briefings) == 1 else f"{len(briefings)} briefings"
