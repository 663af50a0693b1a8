"""What has to be installed, and one whole copy of the libraries however many ask for it."""

from __future__ import annotations

import stat
import threading
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.server import libraries
from graph.server.libraries import BROWSER, VERSION, copied, java_version, lacking


def program(folder: Path, name: str, script: str) -> None:
    """A command called `name` that runs `script`."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A search path with a Java 17, and a Maven that makes the right files, slowly, counting its runs."""
    folder = tmp_path / "bin"
    program(folder, "java", "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2")
    # The browser's jar is made beforehand: a shell has no zip.
    with zipfile.ZipFile(tmp_path / "browser.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "")
        jar.writestr("browser/index.html", "page")
    program(
        folder,
        "mvn",
        f"""for word; do case $word in -DoutputDirectory=*) to=${{word#*=}};; esac; done
echo run >> '{tmp_path}/runs'; mkdir -p "$to"; echo > "$to/neo4j-{VERSION}.jar"; sleep 0.3
cp '{tmp_path}/browser.jar' "$to/neo4j-browser-{BROWSER}.jar\"""",
    )
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17),
        ('java version "1.8.0_392"', 8),
        ('openjdk version "21" 2023-09-19', 21),
        ('Picked up JAVA_TOOL_OPTIONS: -Dx="9"\nopenjdk version "11.0.2" 2019-01-15', 11),
        ("The operation couldn't be completed. Unable to locate a Java Runtime.", None),
    ],
)
def test_the_version_is_read_from_what_java_says(said: str, version: int | None) -> None:
    assert java_version(said) == version


def test_with_java_and_maven_nothing_is_lacking(path: Path, tmp_path: Path) -> None:
    assert lacking(tmp_path) is None


def test_without_java_one_line_says_what_to_install(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    told = lacking(tmp_path) or ""
    assert "Java 17 or newer" in told
    assert "openjdk-17" in told
    assert "\n" not in told


def test_an_old_java_is_named(path: Path, tmp_path: Path) -> None:
    program(path, "java", "echo 'java version \"1.8.0_392\"' >&2")
    assert "this is Java 8" in (lacking(tmp_path) or "")


def test_the_java_of_java_home_comes_first(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path, "java", "echo 'java version \"1.8.0_392\"' >&2")
    (tmp_path / "jdk").mkdir()
    program(tmp_path / "jdk" / "bin", "java", "echo 'openjdk version \"21\"' >&2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert lacking(tmp_path) is None


def test_maven_is_needed_for_the_first_copy_alone(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "libraries"
    (path / "mvn").rename(path / "elsewhere")
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(StoreUnavailable, match=r"Maven .* install it"):
        copied(folder, lambda _: None)
    (path / "elsewhere").rename(path / "mvn")
    monkeypatch.setenv("PATH", f"{path}:/usr/bin:/bin")
    first = copied(folder, lambda _: None)
    (path / "mvn").unlink()
    monkeypatch.setenv("PATH", str(path))
    assert copied(folder, lambda _: None) == first


def test_two_at_a_time_make_one_copy_and_both_have_it(path: Path, tmp_path: Path) -> None:
    said: list[str] = []
    found: list[libraries.Libraries] = []
    ask = [threading.Thread(target=lambda: found.append(copied(tmp_path / "lib", said.append))) for _ in range(3)]
    for thread in ask:
        thread.start()
    for thread in ask:
        thread.join(30)
    assert len(said) == 1
    assert (tmp_path / "runs").read_text(encoding="utf-8") == "run\n"
    (one,) = set(found)
    assert len(found) == 3
    assert [p.name for p in one.jars.iterdir()] == [f"neo4j-{VERSION}.jar"]
    assert (one.web / "browser" / "index.html").read_text(encoding="utf-8") == "page"


def test_a_copy_that_broke_off_does_not_count(path: Path, tmp_path: Path) -> None:
    working = (path / "mvn").read_text(encoding="utf-8")
    program(
        path,
        "mvn",
        "for word; do case $word in -DoutputDirectory=*) to=${word#*=};; esac; done\n"
        'mkdir -p "$to"; echo > "$to/half.jar"\n'
        "echo '[INFO] at it'; echo '[ERROR] Could not resolve dependencies: offline'; echo '[ERROR] more'; exit 1",
    )
    with pytest.raises(StoreUnavailable, match=r"^Maven could not fetch .*: Could not resolve dependencies: offline$"):
        copied(tmp_path / "lib", lambda _: None)
    (path / "mvn").write_text(working, encoding="utf-8")
    assert not (copied(tmp_path / "lib", lambda _: None).jars / "half.jar").exists()


def test_the_versions_here_are_those_that_maven_is_told() -> None:
    names = {"m": "http://maven.apache.org/POM/4.0.0"}
    pom = ET.parse(Path(libraries.__file__).parent / "pom.xml")
    told = {
        d.findtext("m:artifactId", namespaces=names): d.findtext("m:version", namespaces=names)
        for d in pom.iterfind("m:dependencies/m:dependency", names)
    }
    assert told == {"neo4j-server": VERSION, "neo4j": VERSION, "neo4j-browser": BROWSER}
