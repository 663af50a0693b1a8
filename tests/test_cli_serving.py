"""A Neo4j of one's own by the commands alone: start, copy, Browser's page, a read-only restart, stop."""

from __future__ import annotations

import io
import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from graph import server
from graph.server.home import Home, Ports, conf_text
from graph.store import open_store
from queries.catalogue import load
from queries.scripts import examples
from tests.cli_world import Done, make_store, run
from tests.neo4j_server import LIBRARIES, QUICK, free_port, guarded

pytestmark = pytest.mark.neo4j


def call(*arguments: str | Path) -> Done:
    """Run a command in this process, where pytest's own capture is not to be had."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        cli.main([str(a) for a in arguments])
    return Done(int(left.value.code or 0), out.getvalue(), err.getvalue())


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


@dataclass
class Served:
    """A server that the commands started, with a copied graph; `remarks` are what it noted of every template before."""

    home: Path
    embedded: Path
    ports: Ports
    first: Done
    again: Done
    copied: Done
    remarks: list[str]

    @property
    def store(self) -> str:
        return f"bolt://127.0.0.1:{self.ports.bolt}"


@pytest.fixture(scope="module")
def environment() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_DATABASE", "NHSGRAPH_STORE"):
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", "80")
        yield patch


@pytest.fixture(scope="module")
def served(environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    embedded = make_store(tmp_path_factory.mktemp("world") / "graph.lbdb")
    assert call("review", "confirm", _statement(embedded), "--store", embedded).code == 0
    ports = Ports(free_port(), free_port())
    with guarded() as home:
        _quick(Home(home))
        environment.setenv("NHSGRAPH_NEO4J_HOME", str(home))
        environment.setenv("NHSGRAPH_NEO4J_LIBRARIES", str(LIBRARIES))
        first = call("neo4j", "start", "--bolt-port", str(ports.bolt), "--http-port", str(ports.http))
        assert first.code == 0, first.err
        again = call("neo4j", "start")
        environment.setenv("NEO4J_PASSWORD", first.json["password"])
        environment.setenv("NHSGRAPH_STORE", first.json["store"])
        remarks = _remarks(first.json["store"])
        copied = call("copy", embedded, first.json["store"])
        yield Served(home, embedded, ports, first, again, copied, remarks)


@pytest.fixture(scope="module")
def read_only(served: Served) -> None:
    """The same server, stopped by the command and started again so that it refuses writes."""
    stopped = call("neo4j", "stop")
    assert stopped.json == {"stopped": True}
    server.start(served.home, read_only=True, libraries=LIBRARIES)


def _statement(store: str | Path) -> str:
    """The id of a statement."""
    found = call("cypher", "MATCH (s:Statement) RETURN s.id AS id ORDER BY id LIMIT 1", "--store", store)
    id_: str = found.json[0]["id"]
    return id_


def _quick(home: Home) -> None:
    """A setting that starts Java sooner; the command keeps what stands in a conf."""
    home.conf.parent.mkdir(parents=True)
    quick = f"server.jvm.additional={QUICK['server.jvm.additional']}\n"
    home.conf.write_text(conf_text(Ports(1, 2)) + quick, encoding="utf-8")


def _remarks(address: str) -> list[str]:
    """What the server notes of every template on a graph that holds nothing yet."""
    with open_store(address, create=True):
        pass
    remarks: list[str] = []
    with open_store(address, remark=remarks.append) as store:
        for template in load().values():
            values = {e.parameter.name: e.value for e in examples(template, None)}
            store.view().rows(template.cypher, values)
    return remarks


def test_the_password_is_told_once(served: Served) -> None:
    assert served.first.json | {"password": "", "home": ""} == {
        "store": served.store,
        "browser": f"http://127.0.0.1:{served.ports.http}/browser/",
        "username": "neo4j",
        "password": "",
        "started": True,
        "home": "",
    }
    assert len(served.first.json["password"]) > 20
    assert served.again.json | {"home": ""} == served.first.json | {"password": None, "started": False, "home": ""}
    assert served.first.json["password"] not in call("neo4j", "status").out


def test_where_it_runs_can_be_copied_from_the_screen(served: Served) -> None:
    said = call("neo4j", "status", "--table").out
    assert f"  {served.store}\n" in said
    assert f"  http://127.0.0.1:{served.ports.http}/browser/\n" in said
    assert max(map(len, said.splitlines())) <= 80


def test_no_template_looks_mistaken_on_a_graph_that_holds_nothing(served: Served) -> None:
    assert served.remarks == []


def test_a_copied_graph_answers_as_the_file_does(served: Served) -> None:
    assert (served.copied.code, served.copied.json["added"]) == (0, 3)
    for command in (
        ["links", "HVH"],
        ["org", "Hurnshire ICB"],
        ["stats"],
        ["timeline", "HVH"],
        ["review", "decisions"],
    ):
        assert call(*command).json == call(*command, "--store", served.embedded).json
    assert call("copy", served.embedded, served.store).json["unchanged"] == 3


def test_params_give_the_ids_of_the_store(served: Served) -> None:
    said = call("query", "show", "funding-in", "--params").out
    assert ":param limit => 20" in said
    assert "for “" in said, "the example's name is not in this graph, and who stands in is said"
    (recipient,) = re.findall(r'^:param recipient => "(.+)";$', said, re.M)
    assert call("org", recipient).json["id"] == recipient
    assert call("query", "show", "funding-in", "--params", "--json").json["recipient"] == recipient


@pytest.mark.parametrize(
    "command",
    [
        ["org", "HVH"],
        ["links", "Hurnshire ICB"],
        ["path", "NHSE", "Lyde and Marl"],
        ["timeline", "HVH"],
        ["stats"],
        ["query", "run", "funding-in", "--param", "recipient=HVH"],
        ["query", "show", "funding-in", "--params"],
        ["cypher", "MATCH (o:Organisation) RETURN count(*) AS bodies"],
        ["map", "HVH", "-o", "{folder}/map.html"],
        ["export", "-o", "{folder}/graph.json"],
        ["review"],
        ["review", "decisions"],
        ["doctor"],
        ["neo4j", "status"],
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_a_server_that_refuses_writes_is_enough_to_look_things_up(
    command: list[str], read_only: None, tmp_path: Path
) -> None:
    done = call(*(word.replace("{folder}", str(tmp_path)) for word in command))
    assert done.code == 0, done.err
    assert done.out or list(tmp_path.iterdir())


def test_browser_gets_a_page_to_open_and_the_files_too(read_only: None, served: Served, tmp_path: Path) -> None:
    done = call("browser", "-o", tmp_path / "bundle", "--table")
    assert done.code == 0, done.err
    beside = f"http://127.0.0.1:{served.ports.http}/browser/nhsgraph"
    # Each address stands whole at the end of its line, so that it can be copied.
    assert re.search(rf"^Open +{beside}/start\.html$", done.out, re.M)
    assert re.search(rf"^Guide +{beside}/guide\.html$", done.out, re.M)
    assert max(map(len, done.out.splitlines())) <= 80
    assert b"start.js" in fetch(f"{beside}/start.html")
    assert f"{beside}/start.html".encode() in fetch(f"{beside}/guide.html")
    assert len(json.loads(fetch(f"{beside}/start.json"))["documents"]) > len(load())
    names = {path.name for path in (tmp_path / "bundle").iterdir()}
    assert names == {"nhsgraph.grass", "nhsgraph-scripts.zip", "parameters.txt", "start-here.html"}
    assert call("neo4j", "start").code == 0
    assert b"start.js" in fetch(f"{beside}/start.html"), "asking again where the server runs took the page away"


@pytest.mark.parametrize("command", ["ingest", "forget", "review reject"])
def test_what_changes_the_graph_is_refused_in_one_line(
    command: str, read_only: None, served: Served, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("A note\nNHS England wrote to Bolton NHS Foundation Trust.\n", encoding="utf-8")
    what = {
        "ingest": tmp_path / "note.txt",
        "forget": "talks.txt",
        "review reject": _statement(served.store),
    }[command]
    done = call(*command.split(), what)
    assert (done.code, done.err.count("\n")) == (1, 1), done.err
    assert "read-only" in done.err
    assert call("stats").json == call("stats", "--store", served.embedded).json


def test_it_is_stopped_once(read_only: None, served: Served) -> None:
    assert call("neo4j", "stop").json == {"stopped": True}
    assert call("neo4j", "stop").json == {"stopped": False}
    assert call("neo4j", "status").json is None
    assert "Nothing ran" in call("neo4j", "stop", "--table").out


def test_browser_with_a_file_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = make_store(tmp_path / "graph.lbdb")
    done = run(capsys, "browser", "--store", store)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "nhsgraph neo4j start" in done.err
    assert f"nhsgraph copy {store}" in done.err
