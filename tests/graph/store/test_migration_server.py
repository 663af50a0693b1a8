"""A server's graph migrated: the dump, what is not ours, and a stop at each stage."""

from __future__ import annotations

import stat
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import InputError, StoreBusy, StoreError, StoreVersionError
from graph.schema import SCHEMA_VERSION
from graph.store import migration
from graph.store.migration import migrate
from graph.store.neo4j_ import _Session
from graph.store.writer import GraphWriter
from tests.graph.store.histories import BOTH, BRIEFINGS
from tests.graph.store.older import ask
from tests.graph.store.places import Place, as_todays, todays

pytestmark = pytest.mark.neo4j


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def stop_at(where: str, patched: pytest.MonkeyPatch) -> None:
    """Let the migration of a server be interrupted at this stage."""

    def after(calls: int, owner: type, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)
        left = iter(range(calls))

        def work(*given: Any) -> Any:
            return stop() if next(left, None) is None else real(*given)

        patched.setattr(owner, name, work)

    match where:
        case "emptying":
            after(4, _Session, "write")
        case "emptied":
            patched.setattr(migration, "_mark", stop)
        case "decisions":
            after(1, GraphWriter, "decide")
        case "briefings":
            after(1, GraphWriter, "add")
        case "last":
            patched.setattr(migration, "_check", stop)


def test_the_dump_stays_for_its_owner_alone(on_server: Place) -> None:
    on_server.make(2, list(BOTH))
    done = on_server.migrate()
    assert done.kept is not None
    assert list(on_server.folder.iterdir()) == [done.kept]
    assert "-layout-2-" in done.kept.name
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600


def test_what_is_not_ours_is_left_alone(on_server: Place) -> None:
    assert on_server.server
    on_server.make(2, list(BOTH))
    ask(on_server.server, "CREATE (:Film {id: 'f'})-[:BASED_ON]->(:Word {id: 'theirs'})")
    on_server.migrate()
    rows = ask(on_server.server, "MATCH (f:Film)-[:BASED_ON]->(w:Word) RETURN f.id AS f, w.id AS w")
    assert rows == [{"f": "f", "w": "theirs"}]


def test_another_program_s_nodes_under_a_label_new_to_us_stop_it(on_server: Place) -> None:
    assert on_server.server
    on_server.make(2, list(BOTH))
    ask(on_server.server, "CREATE (:Name {id: 'theirs'})")
    before = ask(on_server.server, "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY elementId(n)")
    with pytest.raises(StoreError, match="other data under our label Name"):
        on_server.migrate()
    after = ask(on_server.server, "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY elementId(n)")
    assert after == before


def test_stopped_while_dumping_the_graph_is_as_it_was(on_server: Place) -> None:
    expected = todays(on_server, list(BOTH))
    on_server.make(2, list(BOTH))
    with pytest.raises(KeyboardInterrupt):
        on_server.migrate(on_progress=stop)
    assert list(on_server.folder.iterdir()) == []
    with pytest.raises(StoreVersionError, match="layout 2"):
        on_server.open()
    on_server.migrate()
    assert on_server.all() == expected


@pytest.mark.parametrize(
    ("where", "layout"),
    [("emptying", 2), ("emptied", 2), ("decisions", 2), ("briefings", 1), ("briefings", 2), ("last", 2)],
)
def test_stopped_later_it_goes_on_with_the_dump(
    on_server: Place, monkeypatch: pytest.MonkeyPatch, layout: int, where: str
) -> None:
    expected = todays(on_server, as_todays(layout, list(BOTH)))
    on_server.make(layout, list(BOTH))
    monkeypatch.setattr("graph.store.replay._BATCH", 3)
    monkeypatch.setattr("graph.store.migration._LOT", 2)
    with monkeypatch.context() as patched:
        stop_at(where, patched)
        with pytest.raises(KeyboardInterrupt):
            on_server.migrate()
    (dump,) = on_server.folder.iterdir()
    for attempt in (on_server.open, on_server.migrate):
        with pytest.raises(StoreVersionError, match=f"was stopped: run .* again, with --dump {dump.name}"):
            attempt()
    done = on_server.migrate(dump=dump)
    assert (done.before, done.after, done.kept) == (layout, SCHEMA_VERSION, dump)
    assert on_server.all() == expected
    with pytest.raises(InputError, match="leave the dump out"):
        on_server.migrate(dump=dump)


def test_a_failure_names_the_dump(on_server: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    on_server.make(2, list(BOTH))

    def fail(*_: object) -> None:
        raise StoreError("The server is gone")

    monkeypatch.setattr(migration, "replay", fail)
    with pytest.raises(StoreError, match=r"--dump .*/nhsgraph-neo4j-layout-2-\w+\.jsonl\.gz \(The server is gone"):
        on_server.migrate()


def test_only_its_own_whole_dump_will_do(on_server: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    on_server.make(2, list(BOTH[:3]))
    other = on_server.migrate().kept
    assert other is not None
    on_server.make(2, list(BOTH))
    with monkeypatch.context() as patched:
        stop_at("emptied", patched)
        with pytest.raises(KeyboardInterrupt):
            on_server.migrate()
    (mine,) = set(on_server.folder.iterdir()) - {other}
    with pytest.raises(InputError, match="of another migration"):
        on_server.migrate(dump=other)
    half = on_server.folder / "half"
    half.write_bytes(mine.read_bytes()[:-40])
    text = on_server.folder / "text"
    text.write_text("Dear reader", encoding="utf-8")
    for bad in (half, text):
        with pytest.raises(StoreError, match="no dump of nhsgraph, or not a whole one"):
            on_server.migrate(dump=bad)
    with pytest.raises(StoreError, match="There is no file"):
        on_server.migrate(dump=on_server.folder / "none")
    moved = mine.rename(on_server.folder / "moved")
    assert on_server.migrate(dump=moved).briefings == len(BRIEFINGS)


def test_a_write_meanwhile_is_noticed_before_anything_is_lost(on_server: Place) -> None:
    server = on_server.server
    assert server
    on_server.make(2, list(BOTH))
    with pytest.raises(StoreBusy, match="written to meanwhile"):
        on_server.migrate(on_progress=lambda n, of: ask(server, f"CREATE (:Decision {{id: 'late-{n}'}})") and None)
    assert list(on_server.folder.iterdir()) == []
    assert ask(server, "MATCH (m:Meta) RETURN m.version AS v") == [{"v": 2}]
    assert len(ask(server, "MATCH (b:Briefing) RETURN b.id")) == len(BRIEFINGS)


def test_a_folder_that_can_t_be_written_to_stops_it(on_server: Place) -> None:
    on_server.make(2, list(BOTH))
    with pytest.raises(StoreError, match="name a folder"):
        migrate(on_server.address, folder=on_server.folder / "none", **on_server.given)
    with pytest.raises(StoreVersionError, match="layout 2"):
        on_server.open()


def test_an_empty_database_says_to_ingest_first(on_server: Place) -> None:
    with pytest.raises(StoreError, match="nhsgraph ingest"):
        on_server.migrate()
