"""Start, stop and look after the server of a home.

One command at a time works on a home; others wait. Nothing is reported before Bolt answers, Browser's page is served
and the password that every new Neo4j has is changed; a start that fails or is broken off leaves no server behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.errors import InputError, StoreBusy, StoreError, StoreUnavailable
from graph.server import process, wire
from graph.server.home import EXTRAS, HOST, Home, Ports, free_port, settings_of
from graph.server.libraries import Libraries, copied, java
from graph.store.locks import FileLock

_STEP = 0.1
_OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")]
_HEAP = "server.memory.heap.max_size"
_JVM = "server.jvm.additional"
# Starts in half the time, but never gets as fast.
_SHORT = "-XX:TieredStopAtLevel=1"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its addresses on loopback, who gets in.

    `password` is told by the call that made it alone, else None. `fresh`: this call started the server.
    """

    home: Path
    ports: Ports
    username: str
    password: str | None = field(repr=False)
    pid: int
    fresh: bool

    @property
    def bolt(self) -> str:
        """The store's address."""
        return f"bolt://{HOST}:{self.ports.bolt}"

    @property
    def browser(self) -> str:
        """The page of Neo4j Browser."""
        return f"http://{HOST}:{self.ports.http}/browser/"

    @property
    def extras(self) -> str:
        """Where the files given as `extras` are served, without a slash at the end."""
        return f"http://{HOST}:{self.ports.http}/{EXTRAS}"


def start(
    home: Path,
    *,
    bolt_port: int | None = None,
    http_port: int | None = None,
    new_password: bool = False,
    read_only: bool = False,
    libraries: Path | None = None,
    extras: Mapping[str, bytes] | None = None,
    settings: Mapping[str, str] | None = None,
    wait: float = 180.0,
    say: Callable[[str], None] = lambda _: None,
) -> Running:
    """Start the server of `home`, or find it running.

    Ports not named are those of the last start, the usual ones (7687, 7474), or free ones. `new_password` makes
    another password, for one that was lost; a running server is stopped for it. `read_only`: writes to data are
    refused. `libraries` is the folder to keep Neo4j's Java libraries in (default: the home), which homes may share.

    `extras` (relative path → content) are served beside Browser, see `Running.extras`; None leaves those that are
    there. `settings` are Neo4j's, for this start alone, over those of `conf/neo4j.conf`.
    `wait` is in seconds; `say` is told what takes long.

    Raises:
        InputError: the home can't be made, a port can't be had, or the running server was started otherwise.
        StoreUnavailable: Java or Maven is missing, or the server does not come up.
        StoreBusy: another command works on this home for longer than `wait`.
    """
    place = Home(home.expanduser().resolve())
    place.make()
    with _alone(place, wait):
        now = _found(place)
        if now and new_password:
            _end(place, now.pid)
            now = None
        if now:
            _must_fit(now, bolt_port, http_port, read_only)
            if extras is not None:
                place.lay_extras(extras)
            if place.has_password.exists():
                return now
            # The command that started it was killed before it could.
            _await(place, now.pid, now.ports, 0, wait)
            return replace(now, password=_first_password(place, now.ports))
        if read_only and not (place.data / "databases").exists():
            raise InputError(f"{place.root} holds no data yet: start it without read-only first")
        parts = copied((libraries or place.root).expanduser().resolve(), say)
        try:
            ports = place.settle(bolt_port, http_port)
            place.lay_web(parts.web)
            if extras is not None:
                place.lay_extras(extras)
        except OSError as error:
            raise StoreError(f"{place.root} can't be written to: {error.strerror or error}") from error
        password = None
        if new_password and place.has_password.exists():
            password = _reset(place, parts, settings or {}, wait)
        run = dict(settings or {})
        if read_only:
            run["server.databases.read_only"] = "neo4j"
        with _up(place, parts, ports, run, wait) as pid:
            if not place.has_password.exists():
                password = _first_password(place, ports)
        return replace(_running(place, pid, ports), password=password, fresh=True)


def stop(home: Path, *, wait: float = 180.0) -> bool:
    """Stop the server of `home`; False: none runs.

    Raises:
        StoreUnavailable: it is another user's.
        StoreBusy: another command works on this home for longer than `wait` seconds.
    """
    place = Home(home.expanduser().resolve())
    if not place.root.is_dir():
        return False
    with _alone(place, wait):
        now = _found(place)
        if now:
            _end(place, now.pid)
        return now is not None


def status(home: Path) -> Running | None:
    """The server of `home`, if it runs (or is just starting)."""
    return _found(Home(home.expanduser().resolve()))


@contextmanager
def _alone(place: Home, wait: float) -> Iterator[None]:
    try:
        lock = FileLock(place.lock, shared=False, wait=wait)
    except StoreBusy as error:
        raise StoreBusy(f"Another command is starting or stopping {place.root}: try again when it is done") from error
    try:
        yield
    finally:
        lock.release()


def _mark(place: Home) -> str:
    return f"--home-dir={place.root}"


def _found(place: Home) -> Running | None:
    try:
        pid, bolt, http = map(int, place.pid.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    return _running(place, pid, Ports(bolt, http)) if process.is_alive(pid, _mark(place)) else None


def _running(place: Home, pid: int, ports: Ports) -> Running:
    return Running(home=place.root, ports=ports, username=wire.USER, password=None, pid=pid, fresh=False)


def _must_fit(now: Running, bolt: int | None, http: int | None, read_only: bool) -> None:
    for asked, has in ((bolt, now.ports.bolt), (http, now.ports.http)):
        if asked is not None and asked != has:
            raise InputError(f"The server runs already, at {now.bolt} and {now.browser}: stop it first to move it")
    if read_only:
        raise InputError(f"The server runs already, at {now.bolt}: stop it first to start it read-only")


def _end(place: Home, pid: int) -> None:
    process.end(pid, _mark(place))
    place.pid.unlink(missing_ok=True)


def _first_password(place: Home, ports: Ports) -> str | None:
    """Change the password that every new server has; None: the data came with one of its own."""
    made = wire.new_password()
    changed = wire.change_password(ports.http, wire.FIRST_PASSWORD, made)
    place.has_password.touch()
    return made if changed else None


def _reset(place: Home, parts: Libraries, settings: Mapping[str, str], wait: float) -> str:
    """Set a new password through a server that asks for none, at a port that nobody knows, for that moment alone."""
    ports = Ports(free_port(), free_port())
    run = {**settings, **ports.addresses(), "dbms.security.auth_enabled": "false", _JVM: _SHORT}
    password = wire.new_password()
    with _up(place, parts, ports, run, wait) as pid:
        wire.set_password(ports.http, password)
    _end(place, pid)
    return password


@contextmanager
def _up(place: Home, parts: Libraries, ports: Ports, settings: Mapping[str, str], wait: float) -> Iterator[int]:
    """Launch the server and wait for it; the block then has it, and if that fails the server is ended."""
    logged = place.log.stat().st_size if place.log.exists() else 0
    pid = process.launch(_command(place, parts, settings), place.console)
    try:
        place.pid.write_text(f"{pid} {ports.bolt} {ports.http}\n", encoding="ascii")
        _await(place, pid, ports, logged, wait)
        yield pid
    except BaseException:
        _end(place, pid)
        raise


def _command(place: Home, parts: Libraries, settings: Mapping[str, str]) -> list[str]:
    conf = settings_of(place.conf.read_text(encoding="utf-8"))
    heap = settings.get(_HEAP) or conf.get(_HEAP, ["512m"])[-1]
    jvm = [word for value in [*conf.get(_JVM, []), settings.get(_JVM, "")] for word in value.split()]
    # Our web folder comes first, so it is what the server finds under "browser".
    # The server takes its "browser" folder from the first that has one.
    classes = f"{place.web}:{parts.jars}/*"
    command = [java(), f"-Xmx{heap}", *jvm, *_OPENS, "-cp", classes, "org.neo4j.server.CommunityEntryPoint"]
    command += [_mark(place), f"--config-dir={place.conf.parent}"]
    for name, value in settings.items():
        if name != _JVM:
            command += ["-c", f"{name}={value}"]
    return command


def _await(place: Home, pid: int, ports: Ports, logged: int, wait: float) -> None:
    deadline = time.monotonic() + wait
    while not (wire.bolt_answers(ports.bolt) and wire.page_answers(ports.http)):
        if not process.is_alive(pid, _mark(place)):
            raise StoreUnavailable(f"Neo4j did not start: {_why(place, logged)} (more in {place.log.parent})")
        if time.monotonic() > deadline:
            raise StoreUnavailable(f"Neo4j did not answer within {wait:.0f} seconds: see {place.log}")
        time.sleep(_STEP)


def _why(place: Home, logged: int) -> str:
    text = place.console.read_text(encoding="utf-8", errors="replace") if place.console.exists() else ""
    if place.log.exists():
        with place.log.open("rb") as file:
            # A log that was rotated meanwhile is shorter than it was.
            file.seek(logged if place.log.stat().st_size >= logged else 0)
            text += file.read().decode("utf-8", errors="replace")
    return process.telling(text)
