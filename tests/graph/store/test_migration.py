"""Graphs of older layouts on both stores: what comes out is what today's version would have made of the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import StoreError, StoreVersionError
from graph.schema import SCHEMA_VERSION
from tests.graph.store.graphs import extraction
from tests.graph.store.histories import BOTH, BRIEFINGS, SYSTEMS, history
from tests.graph.store.older import told
from tests.graph.store.places import Place, as_todays, todays


@pytest.mark.parametrize("layout", [1, 2])
def test_a_migrated_graph_is_what_today_s_version_makes(place: Place, layout: int) -> None:
    expected = todays(place, as_todays(layout, list(BOTH)))
    place.make(layout, list(BOTH))
    with pytest.raises(StoreVersionError, match=rf"layout {layout}, .* run `nhsgraph migrate`"):
        place.open(read_only=True)
    steps: list[tuple[int, int]] = []
    done = place.migrate(on_progress=lambda n, of: steps.append((n, of)))
    assert (done.before, done.after) == (layout, SCHEMA_VERSION)
    assert (done.briefings, done.statements) == (len(BRIEFINGS), len(expected[0]["Statement"]))
    assert steps[-1][0] == steps[-1][1]
    assert place.all() == expected
    with place.open() as store:
        assert "RBL" in {n.id for n in store.view().candidates("Wirral University")}
        assert {n.name for n in store.view().candidates("quenby")} == {"Isolde Quenby"}
        store.writer().add([extraction("later")])


@pytest.mark.parametrize("layout", [1, 2])
@pytest.mark.parametrize("seed", range(6))
def test_any_history_comes_out_as_today_s_version_makes_it(on_file: Place, layout: int, seed: int) -> None:
    steps = history(seed)
    expected = todays(on_file, as_todays(layout, steps))
    on_file.make(layout, steps)
    on_file.migrate(around=lambda body: SYSTEMS.get(body, ()))
    assert on_file.all() == expected


def test_a_graph_of_this_layout_is_left_as_it_is(place: Place) -> None:
    with place.open(create=True) as store:
        told(store, BOTH)
    before, files = place.all(), sorted(place.folder.iterdir())
    done = place.migrate()
    assert (done.before, done.after, done.kept) == (SCHEMA_VERSION, SCHEMA_VERSION, None)
    assert done.briefings == len(BRIEFINGS)
    assert place.all() == before
    assert sorted(place.folder.iterdir()) == files


def test_a_newer_layout_asks_for_a_newer_version(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    module = "neo4j_" if place.server else "embedded"
    with monkeypatch.context() as later:
        later.setattr(f"graph.store.{module}.SCHEMA_VERSION", 99)
        later.setattr("graph.store.layouts.SCHEMA_VERSION", 99)
        place.open(create=True).close()
    for attempt in (place.open, place.migrate):
        with pytest.raises(StoreVersionError, match=r"a newer version of nhsgraph.*update nhsgraph"):
            attempt()


def test_no_store_there(on_file: Place) -> None:
    with pytest.raises(StoreError, match="No store at"):
        on_file.migrate()
    assert list(on_file.folder.iterdir()) == []
    Path(on_file.address).write_bytes(b"Dear reader, " * 900)
    with pytest.raises(StoreError, match="no nhsgraph store"):
        on_file.migrate()
    assert [p.name for p in on_file.folder.iterdir()] == ["graph.lbdb"]
