"""The embedded store's own promises: one writer, nothing lost, clear words about files that are none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import ladybug
import pytest

from graph.errors import StoreBusy, StoreError, StoreVersionError
from graph.schema import SCHEMA_VERSION
from graph.store import Store, open_store
from tests.graph.store.graphs import NHSE, QUENBY, WIRRAL, contents, extraction, said

ROOT = Path(__file__).parents[3]
ONE = extraction("one", [said("DISPUTE", NHSE, WIRRAL)])


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process with the project on its path."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_closed_store_is_one_file_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    with open_store(str(path), create=True) as store:
        store.writer().add([ONE])
        before = contents(store.view())
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]
    with open_store(str(path), read_only=True) as store:
        assert contents(store.view()) == before
        assert store.address == str(path)
        with pytest.raises(StoreError, match="reading only"):
            store.writer()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "graph"), create=True)
    store.close()
    store.close()


def test_a_missing_store_says_to_ingest_first(tmp_path: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(StoreError, match="nhsgraph ingest"):
            open_store(str(tmp_path / "none"), read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_no_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No folder"):
        open_store(str(tmp_path / "no" / "graph"), create=True)
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path), create=True)


@pytest.mark.parametrize("content", [b"Dear reader, " * 900, b"\x00" * 9000, b"LBUG", b"%PDF-1.7\n"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_store_says_so_and_stays_as_it_is(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"letter\.txt") as caught:
        open_store(str(path), create=not read_only, read_only=read_only)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_an_empty_file_is_no_store_until_one_is_made_of_it(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    with pytest.raises(StoreError, match="no nhsgraph store"):
        open_store(str(path), read_only=True)
    with open_store(str(path), create=True) as store:
        assert store.view().stats()["briefings"] == 0


def test_another_database_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "other"
    database = ladybug.Database(str(path))
    ladybug.Connection(database).execute("CREATE NODE TABLE Film(id STRING PRIMARY KEY)")
    database.close()
    with pytest.raises(StoreError, match="no nhsgraph store"):
        open_store(str(path), create=True)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old"
    open_store(str(path), create=True).close()
    database = ladybug.Database(str(path))
    ladybug.Connection(database).execute("MATCH (m:Meta) SET m.version = 99")
    database.close()
    with pytest.raises(StoreVersionError, match=f"layout 99, this one has {SCHEMA_VERSION}"):
        open_store(str(path))


def test_no_word_is_left_of_a_name_that_was_forgotten(tmp_path: Path) -> None:
    talks, other = (
        extraction("talks", [said("HOLDS_ROLE", QUENBY, WIRRAL)]),
        extraction("other", [said("CRITICISED", NHSE, WIRRAL)]),
    )
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        store.writer().add([other])
        words = "MATCH (w:Word) RETURN w.id AS word ORDER BY word"
        before = store.view().rows(words)
        store.writer().add([talks])
        assert {"word": "quenby"} in store.view().rows(words)
        store.writer().forget(talks.document.id)
        assert store.view().rows(words) == before


def test_queries_give_their_memory_back(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        store.writer().add([extraction(f"b{n}", [said("FUNDING", NHSE, WIRRAL, start=n)]) for n in range(300)])
        view = store.view()
        query = (
            "MATCH (a:Organisation)<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(b:Organisation|Person) "
            "MATCH (s)-[:STATED_IN]->(d:Briefing) RETURN s.id AS id ORDER BY id LIMIT $limit"
        )
        # The limit stands in the text that Ladybug sees: each is another query, and it would keep them all.
        assert [len(view.rows(query, {"limit": limit})) for limit in range(1, 101)] == list(range(1, 101))


HOLD = """
import sys, time
from graph.store import open_store
store = open_store(sys.argv[1], read_only=sys.argv[2] == "read")
print("open", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("theirs", "read_only", "busy"),
    [("write", False, True), ("write", True, True), ("read", False, True), ("read", True, False)],
)
def test_one_process_writes_or_several_read(tmp_path: Path, theirs: str, read_only: bool, busy: bool) -> None:
    path = str(tmp_path / "graph")
    open_store(path, create=True).close()
    other = python(HOLD, path, theirs)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        if busy:
            with pytest.raises(StoreBusy, match="another process"):
                open_store(path, read_only=read_only)
        else:
            with open_store(path, read_only=read_only) as store:
                assert store.view().names() == []
    finally:
        other.kill()
        other.communicate()
    with open_store(path) as store:
        assert store.view().names() == []


def test_one_process_does_not_open_a_store_twice(embedded_store: Store) -> None:
    with pytest.raises(StoreBusy):
        open_store(embedded_store.address)


INGEST = """
import sys
from graph.store import open_store
from tests.graph.store.graphs import NHSE, WIRRAL, extraction, said
store = open_store(sys.argv[1], create=True)
for n in range(10_000):
    store.writer().add([extraction(f"n{n}", [said("DISPUTE", NHSE, WIRRAL)])])
    print(n, flush=True)
"""


def test_a_kill_in_the_middle_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = str(tmp_path / "graph")
    other = python(INGEST, path)
    assert other.stdout is not None
    for line in other.stdout:
        if int(line) >= 7:
            break
    time.sleep(0.03)
    other.send_signal(signal.SIGKILL)
    said_done = 8 + len(other.communicate()[0].split())
    with open_store(path, read_only=True) as store:
        stats = store.view().stats()
    assert stats["briefings"] in (said_done, said_done + 1)
    assert stats["statements"] == stats["briefings"]
    with open_store(path) as store:
        (edge,) = [e for e in store.view().subgraph().edges if e.predicate == "DISPUTE"]
        assert edge.statements == stats["statements"]
        store.writer().add([ONE])


FULL = """
import resource, sys
from graph.errors import StoreError
from graph.store import open_store
from tests.graph.store.graphs import NHSE, WIRRAL, extraction, said
with open_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    for n in range(200):
        try:
            store.writer().add([extraction(f"n{n}", [said("DISPUTE", NHSE, WIRRAL)], text=f"{n} long " * 20_000)])
            print(n, flush=True)
        except StoreError as error:
            print("StoreError", error, flush=True)
            break
    try:
        store.writer().add([extraction("more", [said("DISPUTE", NHSE, WIRRAL)])])
    except StoreError as error:
        print("StoreError", error, flush=True)
"""


def test_a_full_disk_is_one_clear_error_and_loses_nothing_written_before(tmp_path: Path) -> None:
    path = str(tmp_path / "graph")
    with open_store(path, create=True) as store:
        store.writer().add([ONE])
    other = python(FULL, path)
    lines = other.communicate(timeout=120)[0].splitlines()
    assert other.returncode == 0
    assert "nothing was changed" in lines[-2]
    assert "make room on the disk" in lines[-1]
    for read_only in (True, False):
        with open_store(path, read_only=read_only) as store:
            assert store.view().stats()["briefings"] == 1 + len(lines) - 2


def test_reading_needs_no_right_to_write(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    with open_store(str(path), create=True) as store:
        store.writer().add([ONE])
    before = path.read_bytes()
    with open_store(str(path), read_only=True) as store:
        assert len(store.view().statements()) == 1
    assert path.read_bytes() == before
