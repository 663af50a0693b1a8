"""Pictures of every view of the map, for docs/maps.md: made by the program, taken in Chromium.

    python -m benchmarks.gallery [--out docs/maps] [--large STORE]

The small graph is that of the example briefings; the large one has some 5,400 links of a made-up NHS
(`benchmarks.world`), from a store that holds it or made for the occasion.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.world import extractions
from graph.store import open_store

ROOT = Path(__file__).parent.parent
_WIDTH, _HEIGHT = 1240, 800
_BATCH = 200


@dataclass(frozen=True, slots=True)
class View:
    """One picture: what is typed after `nhsgraph map`, what is searched for in the page, in which colours."""

    name: str
    typed: tuple[str, ...]
    search: str = ""
    dark: bool = False


SMALL = (
    View("around", ("Ellermouth Hospitals",)),
    View("around-2", ("NHS England", "--depth", "2")),
    View("evidence", ("NHS England",), search="Quill Coast"),
    View("joining", ("Ellermouth Hospitals", "Orrindale", "DHSC", "--join")),
    View("system", ("Greater Manchester ICS", "--system")),
    View("predicate", ("--predicate", "merger talks")),
    View("path", ("Harebell Care", "Ellermouth Hospitals", "--path")),
    View("query", ("--query", "map-money")),
    View("as-of", ("Ellermouth Hospitals", "--as-of", "2019-06")),
    View("compare", ("NHS England", "--depth", "2", "--compare", "2018-06", "2021-06")),
    View("by-system", ("--group", "system"), dark=True),
    View("whole", ()),
)
LARGE = (
    View("large", ()),
    View("large-open", (), search="Hurnshire Commission"),
    View("large-around", ("Hurnshire Commission",)),
    View("large-system", ("Marlford ICS", "--system")),
    View("large-predicate", ("--predicate", "dispute")),
    View("large-joining", ("Hurnshire Commission", "Marlford ICB", "Lydeshire ICB", "--join")),
    View("large-path", ("Marlford ICB", "Lydeshire ICB", "--path")),
    View("large-query", ("--query", "map-people")),
    View("large-as-of", ("--as-of", "2016-06")),
    View("large-compare", ("Hurnshire Commission", "--compare", "2018-06", "2019-06")),
    View("large-by-region", ("--group", "region"), dark=True),
)


def make_small(folder: Path) -> Path:
    """The store of the example briefings."""
    place = folder / "small.lbdb"
    _run("ingest", "examples/briefings", "--store", str(place))
    return place


def make_large(folder: Path) -> Path:
    """A store of some 5,400 links."""
    place = folder / "large.lbdb"
    with open_store(str(place), create=True) as store:
        told = list(extractions(700, people=1_500))
        for start in range(0, len(told), _BATCH):
            store.writer().add(told[start : start + _BATCH])
    return place


def take(view: View, store: Path, browser: Browser, folder: Path, out: Path) -> None:
    """Write the map, open it, and take its picture."""
    page = folder / f"{view.name}.html"
    _run("map", *view.typed, "--store", str(store), "--out", str(page))
    tab = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme="dark" if view.dark else "light")
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready]")
    if view.search:
        _search(tab, view.search)
    tab.wait_for_timeout(400)
    tab.screenshot(path=out / f"{view.name}.jpg", type="jpeg", quality=82)
    tab.close()


def _search(tab: Page, name: str) -> None:
    tab.fill("#search", name)
    tab.press("#search", "Enter")
    tab.mouse.move(300, 120)


def _run(*typed: str) -> None:
    subprocess.run([sys.executable, "cli.py", *typed], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "maps")
    parser.add_argument("--small", type=Path, help="a store that holds the example briefings")
    parser.add_argument("--large", type=Path, help="a store that holds the large graph")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("Chromium is not installed: make chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        small, large = chosen.small or make_small(folder), chosen.large or make_large(folder)
        for views, store in ((SMALL, small), (LARGE, large)):
            for view in views:
                take(view, store, browser, folder, chosen.out)
        browser.close()


if __name__ == "__main__":
    main()
