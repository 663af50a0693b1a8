"""A server as people run it: started, found, stopped, started again, its password lost."""

from __future__ import annotations

import os
import re
import urllib.request
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError, ClientError

from graph.errors import InputError, StoreUnavailable
from graph.server import Running, start, status, stop
from graph.server.home import Home, free_port
from graph.server.process import is_alive
from graph.store import open_store
from tests.neo4j_server import LIBRARIES, QUICK, guarded

pytestmark = pytest.mark.neo4j


def ask(running: Running, password: str, cypher: str) -> list[object]:
    """The first column of the answer."""
    with neo4j.GraphDatabase.driver(running.bolt, auth=(running.username, password)) as driver:
        return [row[0] for row in driver.execute_query(cypher).records]


def fetched(address: str) -> str:
    # Loopback needs no proxy, whatever the environment says.
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
        return str(answer.read().decode("utf-8"))


def test_a_server_from_its_first_start_to_a_lost_password() -> None:
    with guarded() as home:
        assert status(home) is None
        assert stop(home) is False
        assert not home.exists()

        first = start(
            home,
            bolt_port=free_port(),
            http_port=free_port(),
            libraries=LIBRARIES,
            extras={"style.grass": b"node {}\n"},
            settings=QUICK,
        )
        assert first.fresh
        assert first.password
        assert re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", first.password)
        assert first.password not in repr(first)
        with pytest.raises(AuthError):
            ask(first, "neo4j", "RETURN 1")
        with open_store(first.bolt, create=True, username="neo4j", password=first.password) as store:
            assert store.address == first.bolt
        assert "<title>Neo4j Browser</title>" in fetched(first.browser)
        assert fetched(f"{first.extras}/style.grass") == "node {}\n"
        assert os.getsid(first.pid) != os.getsid(0)

        # Once more: the same server, and no password told.
        again = start(home, libraries=LIBRARIES, extras={"other.txt": b"new"})
        assert (again.pid, again.bolt, again.browser) == (first.pid, first.bolt, first.browser)
        assert (again.fresh, again.password) == (False, None)
        assert fetched(f"{again.extras}/other.txt") == "new"
        assert status(home) == again
        with pytest.raises(InputError, match=r"runs already, at .* stop it first"):
            start(home, bolt_port=free_port(), libraries=LIBRARIES)

        # What it holds is kept, at the same addresses; opened so, it is for reading alone.
        assert stop(home) is True
        assert stop(home) is False
        assert status(home) is None
        assert not is_alive(first.pid, f"--home-dir={home.resolve()}")
        reading = start(home, libraries=LIBRARIES, read_only=True, settings=QUICK)
        assert (reading.bolt, reading.browser) == (first.bolt, first.browser)
        assert (reading.fresh, reading.password) == (True, None)
        assert ask(reading, first.password, "MATCH (m:Meta) RETURN m.id") == ["schema"]
        assert fetched(f"{reading.extras}/other.txt") == "new"
        with pytest.raises(ClientError, match="read-only"):
            ask(reading, first.password, "CREATE (n) RETURN 1")

        # The password is lost: another one, the data kept.
        anew = start(home, libraries=LIBRARIES, new_password=True, settings=QUICK)
        assert anew.password not in (None, first.password)
        assert (anew.bolt, anew.browser) == (first.bolt, first.browser)
        assert ask(anew, anew.password or "", "MATCH (m:Meta) RETURN m.id") == ["schema"]
        with pytest.raises(AuthError):
            ask(anew, first.password, "RETURN 1")
        secrets = [p for p in home.rglob("*") if p.is_file() and (anew.password or "").encode() in p.read_bytes()]
        assert not secrets


def test_a_start_that_fails_gives_the_reason_in_one_line_and_leaves_nothing() -> None:
    with guarded() as home:
        with pytest.raises(StoreUnavailable, match=r"Neo4j did not start: .*no\.such\.setting") as raised:
            start(
                home,
                bolt_port=free_port(),
                http_port=free_port(),
                libraries=LIBRARIES,
                settings={"no.such.setting": "1"},
            )
        assert "\n" not in str(raised.value)
        assert status(home) is None


def test_reading_alone_needs_data(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no data yet"):
        start(tmp_path / "home", read_only=True, libraries=LIBRARIES)


def test_a_number_that_belongs_to_another_process_now_is_no_server(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.make()
    home.pid.write_text(f"{os.getpid()} 7687 7474\n", encoding="ascii")
    assert status(home.root) is None
    assert stop(home.root) is False


@pytest.mark.parametrize("text", ["", "x y z", "1 2"])
def test_a_broken_note_of_the_server_is_none(tmp_path: Path, text: str) -> None:
    home = Home(tmp_path / "home")
    home.make()
    home.pid.write_text(text, encoding="ascii")
    assert status(home.root) is None
