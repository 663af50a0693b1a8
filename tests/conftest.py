"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, open_store
from tests.neo4j_server import NoServerError, Server, running, wipe


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A real Neo4j server, started once for the run; a run that can't have one fails."""
    try:
        with running() as server:
            yield server
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[Store]:
    """An open, empty store in a file."""
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        yield store


@pytest.fixture
def neo4j_store(neo4j_server: Server) -> Iterator[Store]:
    """An open, empty store on the server; emptied again afterwards."""
    wipe(neo4j_server)
    with open_store(
        neo4j_server.uri,
        create=True,
        username=neo4j_server.username,
        password=neo4j_server.password,
        database=neo4j_server.database,
    ) as store:
        yield store
    wipe(neo4j_server)


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An open, empty store of each type."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store
