"""A graph copied from store to store: from the file to a server, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, StoreError, StoreVersionError
from graph.store import open_store
from graph.store.transfer import copy
from graph.store.writer import GraphWriter
from tests.graph.store.graphs import extraction
from tests.graph.store.histories import BOTH, BRIEFINGS, history
from tests.graph.store.older import Step, told
from tests.graph.store.places import All, Place, everything


def made(path: Path, steps: list[Step]) -> All:
    with open_store(str(path), create=True) as store:
        told(store, steps)
        return everything(store)


def read(path: Path) -> All:
    with open_store(str(path), read_only=True) as store:
        return everything(store)


def test_to_another_store_and_back_it_is_the_same_graph(place: Place, tmp_path: Path) -> None:
    first, back = tmp_path / "first", tmp_path / "back"
    expected = made(first, list(BOTH))
    steps: list[tuple[int, int]] = []
    result = copy(str(first), place.address, on_progress=lambda n, of: steps.append((n, of)), **place.given)
    assert (result.added, result.statements) == (len(BRIEFINGS), len(expected[0]["Statement"]))
    assert steps[-1] == (len(BRIEFINGS), len(BRIEFINGS))
    assert place.all() == expected
    copy(place.address, str(back), **place.given)
    assert read(back) == expected


@pytest.mark.parametrize("seed", range(20, 28))
def test_any_history_can_be_copied_and_migrated_to_and_fro(on_file: Place, tmp_path: Path, seed: int) -> None:
    steps = history(seed)
    expected = made(tmp_path / "first", steps)
    copy(str(tmp_path / "first"), str(tmp_path / "second"))
    assert read(tmp_path / "second") == expected
    on_file.make(2, steps)
    on_file.migrate()
    copy(on_file.address, str(tmp_path / "third"))
    assert read(tmp_path / "third") == expected


def test_a_stopped_copy_goes_on_and_what_is_new_follows(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    made(first, list(BOTH))
    real, left = GraphWriter.add, iter(range(2))

    def add(self: GraphWriter, *given: object) -> object:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("graph.store.replay._BATCH", 3)
        patched.setattr(GraphWriter, "add", add)
        with pytest.raises(KeyboardInterrupt):
            copy(str(first), place.address, **place.given)
    result = copy(str(first), place.address, **place.given)
    assert (result.added, result.unchanged) == (len(BRIEFINGS) - 6, 6)
    changed = extraction("talks", text="The talks are off.")
    expected = made(first, [extraction("newer"), changed])
    result = copy(str(first), place.address, **place.given)
    assert (result.added, result.replaced, result.unchanged) == (1, 1, len(BRIEFINGS) - 1)
    assert place.all() == expected
    result = copy(str(first), place.address, **place.given)
    assert (result.added, result.replaced, result.statements) == (0, 0, 0)
    assert place.all() == expected


def test_a_store_with_other_briefings_is_no_target(tmp_path: Path) -> None:
    made(tmp_path / "first", list(BOTH[:2]))
    expected = made(tmp_path / "other", [BOTH[2]])
    with pytest.raises(StoreError, match=r"holds 1 briefing .* name an empty store"):
        copy(str(tmp_path / "first"), str(tmp_path / "other"))
    assert read(tmp_path / "other") == expected


def test_nothing_is_copied_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "first"
    made(path, [])
    (tmp_path / "link").symlink_to(path)
    for target in (str(path), str(tmp_path / "link"), f"{tmp_path}/./first"):
        with pytest.raises(InputError, match="to itself"):
            copy(str(path), target)


def test_an_older_store_is_migrated_first(on_file: Place, tmp_path: Path) -> None:
    on_file.make(2, list(BOTH))
    with pytest.raises(StoreVersionError, match="nhsgraph migrate"):
        copy(on_file.address, str(tmp_path / "target"))
    assert not (tmp_path / "target").exists()
