"""The lock and the wheel: what a clone installs, and what an installed nhsgraph puts where."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import graph

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, set[str]]:
    """Name → versions (a universal lock may hold several, each for its own platforms)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, re.M):
        found.setdefault(canonical(name), set()).add(version)
    return found


def test_every_locked_package_is_pinned_by_version_and_hash() -> None:
    entries = re.findall(r"^\S.*(?:\n    .*)*", LOCK, re.M)
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+ ", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_lock_names_no_package_index() -> None:
    assert "://" not in LOCK
    assert "index-url" not in LOCK
    assert "find-links" not in LOCK


def test_the_lock_holds_every_direct_dependency_in_a_fitting_version() -> None:
    versions = locked()
    for text in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]:
        wanted = Requirement(text)
        assert canonical(wanted.name) in versions, f"make lock: {wanted.name} is not in requirements.lock"
        for version in versions[canonical(wanted.name)]:
            assert version in wanted.specifier, f"make lock: {wanted.name} {version} is not {wanted.specifier}"


def test_it_can_not_be_published_by_mistake() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked as an installer would, beside a foreign package called `queries`."""
    folder = tmp_path_factory.mktemp("site")
    foreign = folder / "queries"
    foreign.mkdir()
    (foreign / "__init__.py").write_text("OWNER = 'somebody else'\n", encoding="utf-8")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(site: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python code with the installed wheel on the path and the checkout out of sight."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_wheel_puts_one_directory_into_site_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"nhsgraph", f"nhsgraph-{graph.__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "tests/" in name]


def test_the_wheel_holds_every_file_of_the_rooms(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix("nhsgraph/") for name in archive.namelist() if name.startswith("nhsgraph/")}
    ours = {
        str(path.relative_to(ROOT))
        for room in ("graph", "ingest", "queries", "commands")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == ours | {"__init__.py", "cli.py"}
    endings = {Path(name).suffix for name in packed}
    assert {".py", ".cypher", ".csv", ".html", ".onnx"} <= endings


def test_the_wheel_names_its_licence_command_and_dependencies(site: Path) -> None:
    info = site / f"nhsgraph-{graph.__version__}.dist-info"
    metadata = (info / "METADATA").read_text(encoding="utf-8")
    assert "License-Expression: MIT" in metadata
    assert "Requires-Dist: spacy" in metadata
    assert "MIT License" in (info / "licenses" / "LICENSE").read_text(encoding="utf-8")
    assert "nhsgraph = nhsgraph:main" in (info / "entry_points.txt").read_text(encoding="utf-8")


def test_the_installed_program_runs(site: Path) -> None:
    start = "import sys; sys.argv[0] = 'nhsgraph'; from nhsgraph import main; main()"
    version = run(site, start, "--version")
    assert (version.returncode, version.stdout.strip()) == (0, f"nhsgraph {graph.__version__}")
    shown = run(site, start, "--help")
    assert shown.returncode == 0
    assert "ingest" in shown.stdout
    listed = run(site, start, "query", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert '"title"' in listed.stdout


def test_a_foreign_package_called_queries_stays_what_it_was(site: Path) -> None:
    before = run(site, "import nhsgraph, queries; print(queries.OWNER)")
    assert (before.returncode, before.stdout.strip()) == (0, "somebody else"), before.stderr


def test_the_version_is_said_once() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert f"## {graph.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
