"""The same commands on a real Neo4j server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli_world import HURN, TALKS, extractions, make_store, run
from tests.neo4j_server import Server

pytestmark = pytest.mark.neo4j


@pytest.fixture
def environment(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHSGRAPH_STORE", neo4j_server.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    if neo4j_server.database:
        monkeypatch.setenv("NEO4J_DATABASE", neo4j_server.database)


@pytest.mark.parametrize(
    "command",
    [
        ["org", "HVH"],
        ["links", "Hurnshire ICB"],
        ["path", "NHSE", "Lyde and Marl"],
        ["timeline", "HVH"],
        ["stats"],
        ["review"],
        ["query", "run", "funding-in", "--param", "recipient=HVH"],
    ],
    ids=lambda command: command[0],
)
def test_answers_are_those_of_the_embedded_store(
    command: list[str],
    environment: None,
    neo4j_store: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    neo4j_store.writer().add(extractions())
    served = run(capsys, *command)
    embedded = run(capsys, *command, "--store", make_store(tmp_path / "graph.lbdb"))
    assert served.code == 0, served.err
    assert json.loads(served.out) == json.loads(embedded.out)


def test_briefings_go_into_a_server(
    environment: None, neo4j_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("A note\nNHS England wrote to Bolton NHS Foundation Trust.\n", encoding="utf-8")
    done = run(capsys, "ingest", tmp_path / "note.txt")
    assert (done.code, done.json["added"]) == (0, 1)
    assert run(capsys, "org", "Bolton FT").code == 0
    assert run(capsys, "forget", "note.txt").code == 0
    assert run(capsys, "stats").json["briefings"] == 0


def test_a_map_from_a_server(
    environment: None, neo4j_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    neo4j_store.writer().add(extractions())
    assert run(capsys, "map", HURN.id, "-o", tmp_path / "map.html").code == 0
    assert TALKS in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_wrong_password_is_one_line(
    environment: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    done = run(capsys, "stats")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "password" in done.err
    assert "not-this-one" not in done.err
