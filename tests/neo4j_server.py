"""A real Neo4j server for the tests: the one named by NEO4J_URI, or one started for this run.

Started from the libraries that Maven copies into `.neo4j/` (Java 17 or newer), else as a container where
a Docker engine answers. It listens on loopback at a free port, has a password of its own, and ends
with the run, however that ends. Where none of the three is possible the tests fail.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

VERSION = "5.26.30"
ROOT = Path(__file__).parent.parent
POM = Path(__file__).parent / "neo4j" / "pom.xml"
_START = 180.0


class NoServerError(Exception):
    """Neo4j can't be started here; says what was tried."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is and how to get in."""

    uri: str
    username: str
    password: str
    database: str | None = None


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
    why_not_java = _lacks_java()
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


def _must_be_empty(server: Server) -> None:
    try:
        with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            found = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=server.database).records[0]["n"]
    except (DriverError, Neo4jError) as error:
        raise NoServerError(f"NEO4J_URI names {server.uri}, which can't be used: {error}") from error
    if found:
        raise NoServerError(f"NEO4J_URI names {server.uri}, which holds {found} nodes: the tests would delete them")


def _lacks_java() -> str | None:
    if not shutil.which("java"):
        return "Java is missing"
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return "Java is older than 17"
    if not _libraries().is_dir() and not shutil.which("mvn"):
        return "Maven is missing"
    return None


def _libraries() -> Path:
    return ROOT / ".neo4j" / f"lib-{VERSION}"


def _copy_libraries() -> None:
    """Once for all runs; two runs at a time wait for each other."""
    target = _libraries()
    target.parent.mkdir(exist_ok=True)
    with (target.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.is_dir():
            return
        part = target.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={VERSION}"]
        command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={part}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not part.is_dir():
            raise NoServerError(f"Maven could not fetch Neo4j {VERSION}: {(done.stdout + done.stderr)[-800:]}")
        part.rename(target)


@contextmanager
def _from_libraries() -> Iterator[Server]:
    _copy_libraries()
    home = Path(tempfile.mkdtemp(prefix="nhsgraph-neo4j-"))
    port = free_port()
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(
        f"server.default_listen_address=127.0.0.1\nserver.bolt.listen_address=127.0.0.1:{port}\n"
        f"server.bolt.advertised_address=127.0.0.1:{port}\nserver.http.enabled=false\nserver.https.enabled=false\n"
        "server.memory.pagecache.size=64m\ndbms.usage_report.enabled=false\ndb.tx_log.preallocate=false\n",
        encoding="utf-8",
    )
    opens = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "sun.nio.ch")]
    command = ["java", "-Xmx512m", *opens, "-cp", f"{_libraries()}/*", "org.neo4j.server.CommunityEntryPoint"]
    log = home / "console.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    # Its input closes when this process ends, even if killed: then it ends the server.
    guard = subprocess.Popen(["sh", "-c", f"read _; kill -9 {process.pid} 2>/dev/null"], stdin=subprocess.PIPE)
    try:
        server = _with_own_password(f"bolt://127.0.0.1:{port}", lambda: process.poll() is None, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        guard.communicate()
        shutil.rmtree(home, ignore_errors=True)


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
        _wait(server, lambda: True, None)
        yield server
    finally:
        subprocess.run(["docker", "rm", "-f", container], capture_output=True, check=False)


def _with_own_password(uri: str, alive: Callable[[], bool], log: Path) -> Server:
    """Wait for the server, and change the password that every new one has."""
    password = secrets.token_hex(12)
    _wait(Server(uri, "neo4j", "neo4j", "system"), alive, log, change_to=password)
    return Server(uri, "neo4j", password)


def _wait(server: Server, alive: Callable[[], bool], log: Path | None, *, change_to: str | None = None) -> None:
    deadline = time.monotonic() + _START
    while True:
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
                if change_to is None:
                    driver.verify_connectivity()
                else:
                    with driver.session(database=server.database) as session:
                        statement = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
                        session.run(statement, old=server.password, new=change_to).consume()
            return
        except (DriverError, Neo4jError, OSError) as error:
            told = log.read_text(encoding="utf-8", errors="replace")[-800:] if log else ""
            if time.monotonic() > deadline or not alive():
                raise NoServerError(f"Neo4j did not start: {error} {told}") from error
            time.sleep(0.5)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
