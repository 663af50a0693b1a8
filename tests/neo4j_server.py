"""A real Neo4j server for the tests: the one named by NEO4J_URI, or one started for this run.

Started by `graph.server` from the libraries that Maven copies into `.neo4j/` (Java 17 or newer), else as a container
where a Docker engine answers. It listens on loopback at a free port, has a password of its own, and ends
with the run, however that ends. Where none of the three is possible the tests fail.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph import server as product
from graph.errors import NhsGraphError
from graph.server.home import free_port
from graph.server.libraries import VERSION
from graph.store import Store, open_store

__all__ = ["LIBRARIES", "QUICK", "NoServerError", "Server", "free_port", "guarded", "running", "wipe"]

LIBRARIES = Path(__file__).parent.parent / ".neo4j"
# Tests are short: a Java that starts soon serves them better than one that gets faster later.
QUICK = {"server.memory.pagecache.size": "64m", "server.jvm.additional": "-XX:TieredStopAtLevel=1"}
_START = 180.0


class NoServerError(Exception):
    """Neo4j can't be started here; says what was tried."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is and how to get in; `browser` and `home`: the page of its Neo4j Browser, its folder."""

    uri: str
    username: str
    password: str
    database: str | None = None
    browser: str | None = None
    home: Path | None = None


@contextmanager
def running() -> Iterator[Server]:
    """A server for the length of the block."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        env = os.environ.get
        server = Server(uri, env("NEO4J_USERNAME", "neo4j"), env("NEO4J_PASSWORD", ""), env("NEO4J_DATABASE") or None)
        _must_be_empty(server)
        yield server
        return
    why_not_java = product.lacking(LIBRARIES)
    if why_not_java is None:
        with _from_libraries() as server:
            yield server
    elif _docker_answers():
        with _from_image() as server:
            yield server
    else:
        raise NoServerError(f"{why_not_java}; no Docker engine answers; NEO4J_URI is not set: one of these is needed")


def wipe(server: Server) -> None:
    """Delete every node; constraints and indexes stay."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=server.database)


@contextmanager
def emptied(server: Server) -> Iterator[Store]:
    """An open, empty store on the server for the length of the block; emptied again afterwards."""
    wipe(server)
    with open_store(
        server.uri, create=True, username=server.username, password=server.password, database=server.database
    ) as store:
        yield store
    wipe(server)


def _must_be_empty(server: Server) -> None:
    try:
        with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            found = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=server.database).records[0]["n"]
    except (DriverError, Neo4jError) as error:
        raise NoServerError(f"NEO4J_URI names {server.uri}, which can't be used: {error}") from error
    if found:
        raise NoServerError(f"NEO4J_URI names {server.uri}, which holds {found} nodes: the tests would delete them")


@contextmanager
def guarded() -> Iterator[Path]:
    """A path for a home; its server ends and it is gone after the block, even if this process is killed in it."""
    folder = Path(tempfile.mkdtemp(prefix="nhsgraph-neo4j-"))
    home = folder / "home"
    # Its input closes when this process ends, however: then it ends the server, whose number stands first there.
    last = f"read _; read pid _ 2>/dev/null <'{home}/server.pid' && kill -9 $pid; rm -rf '{folder}'"
    guard = subprocess.Popen(["sh", "-c", last], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield home
    finally:
        product.stop(home)
        guard.communicate()


@contextmanager
def _from_libraries() -> Iterator[Server]:
    with guarded() as home:
        try:
            made = product.start(
                home,
                bolt_port=free_port(),
                http_port=free_port(),
                libraries=LIBRARIES,
                settings=QUICK,
            )
        except NhsGraphError as error:
            raise NoServerError(str(error)) from error
        assert made.password
        yield Server(made.bolt, made.username, made.password, browser=made.browser, home=home)


def _docker_answers() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextmanager
def _from_image() -> Iterator[Server]:
    password = secrets.token_hex(12)
    command = ["docker", "run", "--rm", "-d", "-p", "127.0.0.1::7687", "-e", f"NEO4J_AUTH=neo4j/{password}"]
    done = subprocess.run([*command, f"neo4j:{VERSION}-community"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServerError(f"Docker could not start Neo4j: {done.stderr[-800:]}")
    container = done.stdout.strip()
    try:
        shown = subprocess.run(["docker", "port", container, "7687/tcp"], capture_output=True, text=True, check=True)
        server = Server(f"bolt://{shown.stdout.split()[0]}", "neo4j", password)
        _wait(server)
        yield server
    finally:
        subprocess.run(["docker", "rm", "-f", container], capture_output=True, check=False)


def _wait(server: Server) -> None:
    deadline = time.monotonic() + _START
    while True:
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
                driver.verify_connectivity()
            return
        except (DriverError, Neo4jError, OSError) as error:
            if time.monotonic() > deadline:
                raise NoServerError(f"Neo4j did not start: {error}") from error
            time.sleep(0.5)
