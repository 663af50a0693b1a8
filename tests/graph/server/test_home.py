"""Settings and ports of a home, without a server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import InputError, StoreUnavailable
from graph.server.home import (
    BOLT,
    HTTP,
    Home,
    Ports,
    choose,
    conf_text,
    free_port,
    is_free,
    ports_of,
    settings_of,
    with_ports,
)


@contextmanager
def listening(address: str = "127.0.0.1") -> Iterator[int]:
    with socket.socket() as s:
        s.bind((address, 0))
        s.listen()
        yield s.getsockname()[1]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


def test_a_new_server_is_reached_from_this_machine_alone() -> None:
    settings = settings_of(conf_text(Ports(7001, 7002)))
    addresses = {k: v for k, (v,) in settings.items() if k.endswith("_address")}
    assert addresses == {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": "127.0.0.1:7001",
        "server.bolt.advertised_address": "127.0.0.1:7001",
        "server.http.listen_address": "127.0.0.1:7002",
        "server.http.advertised_address": "127.0.0.1:7002",
    }
    assert settings["server.https.enabled"] == ["false"]


def test_a_new_server_reports_to_nobody_and_is_modest() -> None:
    settings = settings_of(conf_text(Ports(7001, 7002)))
    assert settings["dbms.usage_report.enabled"] == settings["client.allow_telemetry"] == ["false"]
    assert settings["server.memory.heap.max_size"] == ["512m"]
    assert settings["server.memory.pagecache.size"] == ["256m"]


def test_settings_are_read_as_neo4j_reads_them() -> None:
    text = "# a=1\n  b = two words \nserver.jvm.additional=-Da=b\nserver.jvm.additional=-Dc\n\nnot a setting\n"
    assert settings_of(text) == {"b": ["two words"], "server.jvm.additional": ["-Da=b", "-Dc"]}


def test_ports_are_read_back() -> None:
    assert ports_of(conf_text(Ports(7001, 7002))) == {"bolt": 7001, "http": 7002}
    assert ports_of("server.bolt.listen_address=:9000\nserver.http.listen_address=localhost\n") == {"bolt": 9000}


def test_other_ports_leave_the_users_own_lines_as_they_were() -> None:
    text = conf_text(Ports(7001, 7002)).replace("256m", "1g") + "# mine\ndb.transaction.timeout=9s\n"
    moved = with_ports(text, Ports(8001, 8002))
    assert moved == text.replace("7001", "8001").replace("7002", "8002")
    assert with_ports(moved, Ports(8001, 8002)) == moved


def test_ports_that_a_conf_lacks_are_added() -> None:
    moved = with_ports("db.transaction.timeout=9s\n", Ports(8001, 8002))
    assert settings_of(moved) == {"db.transaction.timeout": ["9s"]} | {
        k: [v] for k, v in Ports(8001, 8002).addresses().items()
    }


def test_an_asked_for_port_that_is_taken_is_named() -> None:
    with listening() as port, pytest.raises(InputError, match=f"Port {port} is taken .* name another"):
        choose(port, None, BOLT)


def test_a_port_that_is_taken_on_every_address_counts_as_taken() -> None:
    with listening("0.0.0.0") as port:
        assert not is_free(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_no_port_is_refused(port: int) -> None:
    with pytest.raises(InputError, match=f"^{port} is no port"):
        choose(port, None, BOLT)


def test_the_port_of_the_last_start_is_kept_or_missed() -> None:
    port = free_port()
    assert choose(None, port, BOLT) == port
    with listening() as taken, pytest.raises(StoreUnavailable, match=f"Port {taken}, this server's own"):
        choose(None, taken, BOLT)


def test_the_usual_port_is_taken_where_free_else_another() -> None:
    usual = free_port()
    assert choose(None, None, usual) == usual
    with listening() as taken:
        assert choose(None, None, taken) != taken


def test_the_first_start_keeps_its_ports_for_later_ones(home: Home) -> None:
    first = home.settle(free_port(), free_port())
    assert home.settle(None, None) == first
    moved = home.settle(None, free_port())
    assert moved.bolt == first.bolt
    assert moved.http != first.http
    assert home.settle(None, None) == moved


def test_without_wishes_the_ports_are_the_usual_ones_where_free(home: Home) -> None:
    free = {port: is_free(port) for port in (BOLT, HTTP)}
    ports = home.settle(None, None)
    assert (ports.bolt == BOLT, ports.http == HTTP) == (free[BOLT], free[HTTP])


def test_one_port_can_not_serve_both(home: Home) -> None:
    port = free_port()
    with pytest.raises(InputError, match="name two ports"):
        home.settle(port, port)


def test_the_home_is_its_owners_alone(home: Home) -> None:
    assert home.root.stat().st_mode & 0o077 == 0


def test_a_home_that_can_not_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"can't be made or written to: .*; name another folder"):
        Home(tmp_path / "file" / "home").make()


def test_a_home_that_java_could_not_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name another folder"):
        Home(tmp_path / "a:b").make()


def test_our_files_stand_beside_browsers_and_replace_the_former(home: Home, tmp_path: Path) -> None:
    given = tmp_path / "web"
    (given / "browser").mkdir(parents=True)
    (given / "browser" / "index.html").write_text("page", encoding="utf-8")
    home.lay_web(given)
    home.lay_extras({"old.txt": b"old"})
    home.lay_extras({"style.grass": b"node {}", "guides/first.html": b"<p>"})
    laid = {str(p.relative_to(home.web)): p.read_bytes() for p in home.web.rglob("*") if p.is_file()}
    assert laid == {
        "browser/index.html": b"page",
        "browser/nhsgraph/style.grass": b"node {}",
        "browser/nhsgraph/guides/first.html": b"<p>",
    }
    assert [p.name for p in (given / "browser").iterdir()] == ["index.html"]


@pytest.mark.parametrize("name", ["../index.html", "/etc/x", "a/../../b", ""])
def test_our_files_stay_in_their_folder(home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="relative path"):
        home.lay_extras({name: b""})
