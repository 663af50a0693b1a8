"""The installed package: becomes `nhsgraph/__init__.py` in the wheel, beside the project's rooms.

The project's own imports are `from graph.model import …`, as in a checkout. Names as general as
`graph` and `queries` must not stand bare in site-packages, so the wheel keeps them under this one
directory and the console script puts it on the path when it starts, not when it is imported.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the command line."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from cli import main as run

    run()
