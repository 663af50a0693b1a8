"""A server's home folder: what lies where, its settings, its ports, the files that Browser is served from.

`conf/neo4j.conf` is written once and then the user's own; only the addresses in it change when other ports are
asked for. `data/` is kept, `web/` is made anew at each start, `logs/` is Neo4j's.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.errors import InputError, StoreUnavailable

HOST = "127.0.0.1"
BOLT, HTTP = 7687, 7474
# Our files stand beside Browser's own, so that they come from the same origin.
EXTRAS = "browser/nhsgraph"

_CONF = """\
# Made by `nhsgraph neo4j start`, which reads it again at each start; edit it as you like.
# Only this machine can reach the server:
server.default_listen_address=127.0.0.1
{addresses}server.https.enabled=false

server.memory.heap.max_size=512m
server.memory.pagecache.size=256m
server.jvm.additional=-XX:+UseSerialGC
db.tx_log.preallocate=false
# Else a stop takes five seconds longer:
internal.dbms.bolt.netty_server_shutdown_quiet_period=0

# Nothing is reported to anybody:
dbms.usage_report.enabled=false
client.allow_telemetry=false

# Browser may fetch style and guides from here:
browser.remote_content_hostname_whitelist=127.0.0.1,localhost
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """On loopback: where drivers and Browser's queries go (`bolt`), where Browser's page is (`http`)."""

    bolt: int
    http: int

    def addresses(self) -> dict[str, str]:
        """The settings that hold them."""
        ends = {"bolt": self.bolt, "http": self.http}
        return {
            f"server.{k}.{what}_address": f"{HOST}:{v}" for k, v in ends.items() for what in ("listen", "advertised")
        }


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below an absolute `root`."""

    root: Path

    @property
    def conf(self) -> Path:
        return self.root / "conf" / "neo4j.conf"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        """What Neo4j logs."""
        return self.root / "logs" / "neo4j.log"

    @property
    def console(self) -> Path:
        """What Java prints before Neo4j logs, and when it dies; of the last start alone."""
        return self.root / "logs" / "console.log"

    @property
    def web(self) -> Path:
        return self.root / "web"

    @property
    def pid(self) -> Path:
        return self.root / "server.pid"

    @property
    def lock(self) -> Path:
        return self.root / "server.lock"

    @property
    def has_password(self) -> Path:
        """There once the first password was changed; goes with the data that it belongs to."""
        return self.data / "password-set"

    def make(self) -> None:
        """Make the folders.

        Raises:
            InputError: they can't be made, or Java can't be told of them.
        """
        if os.pathsep in str(self.root):
            raise InputError(
                f"{self.root} has a {os.pathsep!r} in its path, which Java can't read: name another folder"
            )
        try:
            # Data and logs are nobody else's to read.
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.conf.parent, self.data, self.log.parent):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(
                f"{self.root} can't be made or written to: {error.strerror}; name another folder"
            ) from error

    def settle(self, bolt: int | None, http: int | None) -> Ports:
        """Choose the ports: those asked for, else those of the last start, else the usual or free ones; keep them.

        Raises:
            InputError: an asked-for port is taken, or no port.
            StoreUnavailable: a port of the last start is taken.
        """
        text = self.conf.read_text(encoding="utf-8") if self.conf.exists() else None
        kept = ports_of(text or "")
        ports = Ports(
            choose(bolt, kept.get("bolt"), BOLT, avoid=http), choose(http, kept.get("http"), HTTP, avoid=bolt)
        )
        if ports.bolt == ports.http:
            raise InputError(f"Port {ports.bolt} can't be both: name two ports")
        wanted = conf_text(ports) if text is None else with_ports(text, ports)
        if wanted != text:
            self.conf.write_text(wanted, encoding="utf-8")
        return ports

    def lay_web(self, browser: Path) -> None:
        """Lay Neo4j Browser's files where the server finds them: as links, where the disk has them. Ours stay."""
        place = self.web / EXTRAS
        ours = {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}
        shutil.rmtree(self.web, ignore_errors=True)
        shutil.copytree(browser, self.web, copy_function=_link)
        self.lay_extras(ours)

    def lay_extras(self, extras: Mapping[str, bytes]) -> None:
        """Put our files, named by relative paths, beside Browser's, in place of those that were there."""
        place = self.web / EXTRAS
        shutil.rmtree(place, ignore_errors=True)
        for name, content in extras.items():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or not path.parts:
                raise ValueError(f"not a relative path: {name!r}")
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)


def conf_text(ports: Ports) -> str:
    """The settings of a new home."""
    return _CONF.format(addresses="".join(f"{k}={v}\n" for k, v in ports.addresses().items()))


def settings_of(text: str) -> dict[str, list[str]]:
    """Setting → its values in a conf's text, in order."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^[ \t]*([^#=\s]+)[ \t]*=[ \t]*(.*?)[ \t]*$", text, re.M):
        found.setdefault(name, []).append(value)
    return found


def ports_of(text: str) -> dict[str, int]:
    """`bolt` and `http` → the port in a conf's text, where it names one."""
    settings = settings_of(text)
    named = {k: settings.get(f"server.{k}.listen_address", [""])[-1].rpartition(":")[2] for k in ("bolt", "http")}
    return {k: int(port) for k, port in named.items() if port.isdecimal()}


def with_ports(text: str, ports: Ports) -> str:
    """A conf's text with the ports in it changed, and all else as it was."""
    if ports_of(text) == {"bolt": ports.bolt, "http": ports.http}:
        return text
    for name, value in ports.addresses().items():
        text, count = re.subn(rf"^[ \t]*{re.escape(name)}[ \t]*=.*$", f"{name}={value}", text, flags=re.M)
        if not count:
            text = f"{text.rstrip()}\n{name}={value}\n"
    return text


def choose(asked: int | None, kept: int | None, usual: int, *, avoid: int | None = None) -> int:
    """A port nobody listens on, by preference; `avoid` is only kept from being the usual one."""
    if asked is not None:
        if not 0 < asked < 65536:
            raise InputError(f"{asked} is no port: name one from 1024 to 65535")
        if not is_free(asked):
            raise InputError(f"Port {asked} is taken by another program: stop that, or name another port")
        return asked
    if kept is not None:
        if not is_free(kept):
            raise StoreUnavailable(
                f"Port {kept}, this server's own so far, is taken by another program: stop that, or name another port"
            )
        return kept
    return usual if usual != avoid and is_free(usual) else free_port()


def is_free(port: int) -> bool:
    """Whether a server could listen on it, on loopback."""
    with socket.socket() as s:
        # Else a port counts as taken for a minute after its server stopped.
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((HOST, port))
        except OSError:
            return False
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex((HOST, port)) != 0


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as s:
        s.bind((HOST, 0))
        return int(s.getsockname()[1])


def _link(source: str, target: str) -> None:
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)
