"""A store of each type with a module's own briefings in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import Store, open_store
from tests.neo4j_server import emptied
from tests.queries import generated


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def full_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Each store with what the module calls STORED, and the judgements on it. No test changes it."""
    if request.param == "embedded":
        with open_store(str(tmp_path_factory.mktemp("full") / "store.lbdb"), create=True) as store:
            generated.fill(store, request.module.STORED)
            yield store
    else:
        with emptied(request.getfixturevalue("neo4j_server")) as store:
            generated.fill(store, request.module.STORED)
            yield store
