"""Continuous integration's own plugin: a run that left something out fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CI = Path(__file__).resolve().parent.parent / ".ci"
BOTH = "@pytest.mark.neo4j\ndef test_store(): pass\n@pytest.mark.browser\ndef test_page(): pass\n"


def pytest_run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    neo4j\n    browser\n", encoding="utf-8")
    (folder / "test_it.py").write_text(f"import pytest\n{code}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "must_run", "-p", "no:cacheprovider", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(CI)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_a_whole_run_passes(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, BOTH)
    assert done.returncode == 0, done.stdout
    assert "Ran against the real thing: 1 neo4j, 1 browser" in done.stdout
    assert "2 passed" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (BOTH + "def test_more(): pytest.skip('no server')\n", "skipped: test_it.py::test_more"),
        (BOTH + "@pytest.mark.skip\ndef test_more(): pass\n", "skipped: test_it.py::test_more"),
        (f"pytest.importorskip('nothing_like_it')\n{BOTH}", "skipped: test_it.py"),
        ("@pytest.mark.browser\ndef test_page(): pass\n", "no test marked neo4j passed"),
        ("@pytest.mark.neo4j\ndef test_store(): pass\n", "no test marked browser passed"),
    ],
)
def test_a_run_that_left_something_out_fails(tmp_path: Path, code: str, complaint: str) -> None:
    done = pytest_run(tmp_path, code)
    assert done.returncode != 0
    assert complaint in done.stdout
