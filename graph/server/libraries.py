"""Java, Maven, and the Java libraries of the server, copied together once.

A copy is made beside its place and moved there when whole, under a lock: two starts at a time make one copy, and
a broken-off one never counts. Neo4j Browser comes unpacked, so that files of ours can be laid beside its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreBusy, StoreError, StoreUnavailable
from graph.store.locks import FileLock

VERSION = "5.26.30"
BROWSER = "5.24.0"
OLDEST_JAVA = 17

_POM = Path(__file__).parent / "pom.xml"
_COPY = 1800.0


@dataclass(frozen=True, slots=True)
class Libraries:
    """`jars`: a folder of the server's libraries; `web`: a folder that holds `browser/`, Neo4j Browser's files."""

    jars: Path
    web: Path


def lacking(folder: Path) -> str | None:
    """What to install before a server can run with the libraries in `folder`, as one line; None: nothing."""
    said = _java_says()
    version = java_version(said) if said else None
    if version is None:
        how = "on Debian and Ubuntu `apt-get install openjdk-17-jre-headless`"
        return f"Neo4j needs Java {OLDEST_JAVA} or newer, and there is none: install it ({how}), then try again"
    if version < OLDEST_JAVA:
        return (
            f"Neo4j needs Java {OLDEST_JAVA} or newer, and this is Java {version}: install it, or set JAVA_HOME to it"
        )
    if not _place(folder).is_dir() and not shutil.which("mvn"):
        how = "on Debian and Ubuntu `apt-get install maven`"
        return f"Maven fetches Neo4j's libraries the first time, and it is missing: install it ({how}), then try again"
    return None


def java() -> str:
    """The Java to run: that of JAVA_HOME, else the first on the path."""
    home = os.environ.get("JAVA_HOME")
    own = Path(home, "bin", "java") if home else None
    return str(own) if own and own.is_file() else "java"


def java_version(said: str) -> int | None:
    """The feature release in what `java -version` says (1.8 is 8); None: it tells none."""
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else None


def copied(folder: Path, say: Callable[[str], None]) -> Libraries:
    """The libraries in `folder`, fetched there if need be (160 MB, once). `say` is told before the wait.

    Raises:
        StoreUnavailable: Java or Maven is missing, or Maven failed.
        StoreError: the folder can't be written to.
    """
    lack = lacking(folder)
    if lack:
        raise StoreUnavailable(lack)
    place = _place(folder)
    if not place.is_dir():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / "lock", shared=False, wait=_COPY)
        except StoreBusy as error:
            raise StoreBusy(f"Another process is still fetching Neo4j into {folder}: wait until it is done") from error
        except OSError as error:
            raise StoreError(f"{folder} can't be written to: {error.strerror}; name another folder") from error
        try:
            if not place.is_dir():
                say(f"Fetching Neo4j {VERSION} and Neo4j Browser into {folder} (once, 160 MB) …")
                _fetch(place)
        finally:
            lock.release()
    return Libraries(place / "jars", place / "web")


def _place(folder: Path) -> Path:
    return folder / f"neo4j-{VERSION}-browser-{BROWSER}"


def _java_says() -> str:
    try:
        return subprocess.run([java(), "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return ""


def _fetch(place: Path) -> None:
    part = place.with_name(f"{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={(part / 'jars').absolute()}"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
    page = part / "jars" / f"neo4j-browser-{BROWSER}.jar"
    if done.returncode or not page.is_file():
        raise StoreUnavailable(f"Maven could not fetch Neo4j {VERSION}: {_complaint(done.stdout + done.stderr)}")
    try:
        with zipfile.ZipFile(page) as archive:
            archive.extractall(part / "web", [name for name in archive.namelist() if name.startswith("browser/")])
        page.unlink()
        part.rename(place)
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(f"Neo4j Browser could not be unpacked into {part}: {error}") from error


def _complaint(said: str) -> str:
    """The first error in Maven's words, on one line."""
    lines = [line.removeprefix("[ERROR]").strip() for line in said.splitlines() if line.startswith("[ERROR]")]
    return (next(filter(None, lines), "") or " ".join(said.split()) or "it said nothing")[:400]
