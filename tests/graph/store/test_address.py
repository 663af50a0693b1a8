"""Which store an address means, and that only its library is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import is_server, open_store

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("bolt://localhost:7687", True),
        ("neo4j+s://x.databases.neo4j.io", True),
        ("neo4j+ssc://x", True),
        ("BOLT+S://x", True),
        ("graph.lbdb", False),
        ("/srv/neo4j/graph", False),
        ("bolt", False),
        ("C:\\graph.lbdb", False),
    ],
)
def test_a_server_is_told_from_a_file(address: str, server: bool) -> None:
    assert is_server(address) is server


def test_other_addresses_are_refused() -> None:
    with pytest.raises(StoreError, match="bolt://"):
        open_store("https://localhost:7474", create=True)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import graph.store", ("ladybug", "neo4j")),
        ("from graph.store import open_store; open_store(sys.argv[1], create=True).close()", ("neo4j",)),
        (
            "from graph.store import open_store\n"
            "try: open_store('bolt://127.0.0.1:1', password='x')\nexcept Exception: pass",
            ("ladybug",),
        ),
    ],
)
def test_only_the_library_of_the_store_is_imported(tmp_path: Path, code: str, absent: tuple[str, ...]) -> None:
    program = (
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{code}\nprint([m for m in {absent!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "graph")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
