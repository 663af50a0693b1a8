"""Fixtures of the stores' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph.store.places import Place
from tests.neo4j_server import Server, wipe


@pytest.fixture
def on_file(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def on_server(tmp_path: Path, neo4j_server: Server) -> Iterator[Place]:
    wipe(neo4j_server)
    s = neo4j_server
    yield Place(tmp_path, s, {"username": s.username, "password": s.password, "database": s.database})
    wipe(neo4j_server)


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.neo4j)])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"on_{request.param}")
    return found
