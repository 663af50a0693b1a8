"""What may import what, beyond import-linter's rules, and what must not be imported at all for a quick answer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_world import make_store

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("graph", "ingest", "queries")
HEAVY = {
    "docx",
    "ladybug",
    "neo4j",
    "networkx",
    "numpy",
    "onnxruntime",
    "pypdf",
    "pyvis",
    "rapidfuzz",
    "rich",
    "spacy",
    "tokenizers",
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def modules(*arguments: str) -> set[str]:
    """Top-level modules in memory after `nhsgraph` ran with these arguments."""
    code = "import sys, cli\ntry: cli.main()\nfinally: print('\\n', *sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("path", sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py")), ids=str)
def test_nobody_imports_the_command_line(path: Path) -> None:
    assert not {
        name
        for name in imports(path)
        if name.split(".")[0] in ("cli", "commands", "typer", "nhsgraph", "nhsgraph_init")
    }


@pytest.mark.parametrize("path", [ROOT / "cli.py", *sorted((ROOT / "commands").glob("*.py"))], ids=str)
def test_the_command_line_touches_no_heavy_library(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["links", "--help"], ["query", "--help"]], ids=str)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not modules(*arguments) & HEAVY


def test_the_list_of_templates_needs_no_store() -> None:
    assert not modules("query", "list", "--json") & (HEAVY - {"rich"})


@pytest.mark.parametrize("command", [["org", "HVH"], ["links", "HVH"], ["timeline", "HVH"], ["stats"]], ids=str)
def test_a_look_up_loads_its_store_and_no_more(command: list[str], tmp_path: Path) -> None:
    loaded = modules(*command, "--store", str(make_store(tmp_path / "graph.lbdb")))
    assert loaded & HEAVY <= {"ladybug", "rich"}
    assert "ladybug" in loaded
