"""Check marked briefings, or write them as annotations and texts (the form is told in `ingest.evaluation.marked`).

python -m training.marked FILE …
python -m training.marked FOLDER --gold GOLD --texts TEXTS
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph.errors import InputError
from ingest.evaluation.marked import MarkedError, read, unmarked, write


def main() -> int:
    """Check or write; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "files", type=Path, nargs="+", help="marked files to check, or one folder with --gold and --texts"
    )
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    if args.gold and args.texts:
        print(f"{write(args.files[0], args.gold, args.texts)} briefings written")
        return 0
    failed = 0
    for path in args.files:
        try:
            text, annotation = read(path)
        except InputError as error:
            faults = error.faults if isinstance(error, MarkedError) else (str(error),)
            print("\n".join(faults), file=sys.stderr)
            failed = 1
            continue
        for slip in unmarked(text, annotation):
            print(f"{path.name}: unmarked {slip}")
        required = sum(not s.get("optional") for s in annotation["statements"])
        entities = len(annotation["entities"])
        print(f"{path.name}: {len(text.split())} words, {entities} entities, {required} required statements")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
