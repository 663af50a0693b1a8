"""A file migrated: the old one is kept, whatever happens; nobody else uses it meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import ladybug
import pytest

from graph.errors import InputError, StoreBusy, StoreVersionError
from graph.store import open_store
from graph.store.locks import FileLock
from graph.store.migration import migrate
from tests.graph.store.histories import BOTH
from tests.graph.store.places import Place, as_todays, todays

ROOT = Path(__file__).parents[3]


def python(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Another process with the project on its path."""
    return subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def names(place: Place) -> set[str]:
    return {p.name for p in place.folder.iterdir()} - {"todays"}


def test_the_old_file_is_kept_as_it_was(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    path = Path(on_file.address)
    path.chmod(0o640)
    before = path.read_bytes()
    done = on_file.migrate()
    assert done.kept == on_file.folder / "graph.lbdb.layout-2"
    assert done.kept.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(on_file) == {"graph.lbdb", "graph.lbdb.layout-2"}


def test_no_file_is_written_over(on_file: Place) -> None:
    on_file.make(1, list(BOTH))
    (on_file.folder / "graph.lbdb.layout-1").write_text("mine", encoding="utf-8")
    (on_file.folder / "graph.lbdb.layout-1-2").write_text("mine too", encoding="utf-8")
    assert on_file.migrate().kept == on_file.folder / "graph.lbdb.layout-1-3"
    assert (on_file.folder / "graph.lbdb.layout-1").read_text(encoding="utf-8") == "mine"
    assert (on_file.folder / "graph.lbdb.layout-1-2").read_text(encoding="utf-8") == "mine too"


def test_a_link_to_the_store_stays_a_link(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    elsewhere = on_file.folder / "shortcuts"
    elsewhere.mkdir()
    (elsewhere / "news").symlink_to(on_file.address)
    assert migrate(str(elsewhere / "news")).kept == on_file.folder / "graph.lbdb.layout-2"
    assert (elsewhere / "news").is_symlink()
    open_store(str(elsewhere / "news"), read_only=True).close()


def test_where_links_can_t_be_made_the_old_file_is_copied(on_file: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    on_file.make(2, list(BOTH))
    before = Path(on_file.address).read_bytes()
    monkeypatch.setattr(os, "link", refuse)
    kept = on_file.migrate().kept
    assert kept is not None
    assert kept.read_bytes() == before
    assert names(on_file) == {"graph.lbdb", "graph.lbdb.layout-2"}
    on_file.all()


KILLED = """
import os, signal, sys
from pathlib import Path
from graph.store import embedded, migration

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(owner, name):
    real = getattr(owner, name)
    def work(*given, **options):
        real(*given, **options)
        die()
    setattr(owner, name, work)

where, progress = {where!r}, None
if where == "filling":
    migration.replay.__globals__["_BATCH"] = 3
    progress = lambda done, total: done > 5 and die()
elif where == "filled":
    migration._check = die
elif where == "before it is kept":
    os.link = die
elif where == "kept":
    then_die(os, "link")
else:
    then_die(Path, "replace")
migration.migrate(sys.argv[1], on_progress=progress)
"""


@pytest.mark.parametrize("layout", [1, 2])
@pytest.mark.parametrize("where", ["filling", "filled", "before it is kept", "kept", "in place"])
def test_killed_at_any_moment_one_or_the_other_is_whole(on_file: Place, layout: int, where: str) -> None:
    expected = todays(on_file, as_todays(layout, list(BOTH)))
    on_file.make(layout, list(BOTH))
    before = Path(on_file.address).read_bytes()
    assert python(KILLED.format(where=where), Path(on_file.address)).returncode == -signal.SIGKILL
    if where == "in place":
        assert on_file.migrate().kept is None
    else:
        assert Path(on_file.address).read_bytes() == before
        with pytest.raises(StoreVersionError, match="nhsgraph migrate"):
            on_file.open(read_only=True)
        on_file.migrate()
    assert on_file.all() == expected
    assert names(on_file) == {"graph.lbdb", f"graph.lbdb.layout-{layout}"}
    assert (on_file.folder / f"graph.lbdb.layout-{layout}").read_bytes() == before


def test_interrupted_by_hand_the_store_is_as_it_was(on_file: Place) -> None:
    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    on_file.make(2, list(BOTH))
    before = Path(on_file.address).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        on_file.migrate(on_progress=stop)
    assert names(on_file) == {"graph.lbdb"}
    assert Path(on_file.address).read_bytes() == before


FULL = """
import resource, sys
from graph.errors import StoreError
from graph.store.migration import migrate
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    migrate(sys.argv[1])
except StoreError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_store_as_it_was_and_says_so_in_one_line(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    before = Path(on_file.address).read_bytes()
    done = python(FULL, Path(on_file.address))
    (line,) = done.stdout.splitlines()
    assert done.returncode == 0
    assert "graph.lbdb is as it was, but was not migrated: is there room on the disk?" in line
    assert Path(on_file.address).read_bytes() == before
    assert names(on_file) == {"graph.lbdb"}


def test_nobody_else_uses_the_store_meanwhile(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    refused: list[str] = []

    def other(*_: int) -> None:
        with pytest.raises(StoreBusy) as caught:
            FileLock(Path(on_file.address), shared=True, wait=0)
        refused.append(str(caught.value))

    on_file.migrate(on_progress=other)
    assert refused
    with open_store(on_file.address), pytest.raises(StoreBusy, match="another process"):
        on_file.migrate()


def test_who_waited_for_the_old_file_gets_the_new_one(tmp_path: Path) -> None:
    path, new = tmp_path / "store", tmp_path / "new"
    path.touch()
    new.touch()
    ours = FileLock(path, shared=False)
    waiting: list[FileLock] = []
    thread = Thread(target=lambda: waiting.append(FileLock(path, shared=False, wait=20)))
    thread.start()
    new.replace(path)
    ours.release()
    thread.join()
    with pytest.raises(StoreBusy):
        FileLock(path, shared=True, wait=0)
    waiting[0].release()
    FileLock(path, shared=True, wait=0).release()


LEFT = """
import os, sys, ladybug
connection = ladybug.Connection(ladybug.Database(sys.argv[1], buffer_pool_size=1 << 28, max_db_size=1 << 34))
connection.execute("CREATE (:Question {id: 'q', briefing: $b, text: 'Late', start: 1, `end`: 2, reason: 'r'})",
                   {"b": connection.execute("MATCH (b:Briefing) RETURN min(b.id)").get_all()[0][0]})
os._exit(0)
"""


def test_what_a_kill_left_in_the_log_comes_along(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    assert python(LEFT, Path(on_file.address)).returncode == 0
    assert "graph.lbdb.wal" in names(on_file)
    on_file.migrate()
    assert names(on_file) == {"graph.lbdb", "graph.lbdb.layout-2"}
    with on_file.open(read_only=True) as store:
        assert "Late" in {q.text for q in store.view().questions()}


def test_a_dump_is_a_server_s_matter(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    with pytest.raises(InputError, match="leave the dump out"):
        on_file.migrate(dump=on_file.folder / "dump")


def test_a_migrated_file_is_laid_out_as_a_new_one(on_file: Place) -> None:
    on_file.make(2, list(BOTH))
    on_file.migrate()
    with open_store(str(on_file.folder / "empty"), create=True):
        pass

    def tables(path: Path) -> dict[str, Any]:
        database = ladybug.Database(str(path), read_only=True, buffer_pool_size=1 << 28, max_db_size=1 << 34)
        connection: Any = ladybug.Connection(database)
        names = [r[0] for r in connection.execute("CALL show_tables() RETURN name").get_all()]
        columns = {n: connection.execute(f"CALL table_info('{n}') RETURN *").get_all() for n in names}
        connection.close()
        database.close()
        return columns

    assert tables(Path(on_file.address)) == tables(on_file.folder / "empty")
