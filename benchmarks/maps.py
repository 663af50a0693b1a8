"""How long a map takes to make and to open, how large it is, and how smoothly it moves, by the number of links.

    python -m benchmarks.maps [--out docs/maps.md] [--pages FOLDER]

Each size is a made-up NHS (`benchmarks.world`) cut to exactly so many links. "Made" is from the subgraph to the
file; beside it stands the same time as a multiple of reading the subgraph from the embedded store. "Opened" is from
asking Chromium for the file to the first picture that can be used; "moves" are frames a second while the picture is
dragged about for three seconds. Beside the frames of a map of many links, which starts in closed groups, stand
those of the same links all drawn at once, which is what vis-network would otherwise have to do. The browser draws
without a graphics card; a reader's is quicker.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.world import extractions
from graph.ids import digest
from graph.maps import write_map
from graph.model import Subgraph
from graph.store import open_store

ROOT = Path(__file__).parent.parent
SIZES = {50: (8, 4), 500: (60, 60), 5_000: (700, 1_500), 20_000: (3_900, 6_000)}
"""Links → briefings and people of the world that is cut to so many."""
_BATCH = 200
_FRAMES = """(milliseconds) => new Promise((done) => {
  let frames = 0; const end = performance.now() + milliseconds;
  const step = () => {
    frames += 1;
    if (performance.now() < end) requestAnimationFrame(step); else done(1000 * frames / milliseconds); };
  requestAnimationFrame(step); })"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: counts, seconds, bytes, frames a second (`at_once`: with all links drawn)."""

    entities: int
    links: int
    read: float
    made: float
    size: int
    opened: float
    moves: float
    at_once: float


def cut(graph: Subgraph, links: int) -> Subgraph:
    """The first so many links, and whom they join."""
    if len(graph.edges) < links:
        raise ValueError(f"the world has {len(graph.edges)} links, fewer than {links}")
    # Not in the order of ids, which would leave whole systems out.
    edges = tuple(sorted(graph.edges, key=lambda e: (digest(e.source + e.target), e.predicate))[:links])
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    return replace(graph, nodes=tuple(node for node in graph.nodes if node.id in linked), edges=edges)


def subgraph(links: int) -> tuple[Subgraph, float]:
    """A graph of so many links, and the seconds that reading it from an embedded store took."""
    briefings, people = SIZES[links]
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "world.lbdb")
        with open_store(place, create=True) as store:
            writer = store.writer()
            told = list(extractions(briefings, people=people))
            for start in range(0, len(told), _BATCH):
                writer.add(told[start : start + _BATCH])
        with open_store(place, read_only=True) as store:
            began = time.perf_counter()
            graph = store.view().subgraph(None)
            read = time.perf_counter() - began
    return cut(graph, links), read


@contextmanager
def opened(browser: Browser, page: Path) -> Iterator[tuple[Page, float]]:
    """The page in a new tab, and the seconds until its first picture."""
    tab = browser.new_page(viewport={"width": 1300, "height": 850})
    began = time.perf_counter()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready]")
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    yield tab, time.perf_counter() - began
    tab.close()


def frames(tab: Page, seconds: float = 3.0) -> float:
    """Frames a second while the picture is dragged about."""
    box = tab.locator("#network").bounding_box()
    assert box
    # From a corner, where nothing stands.
    x, y = box["x"] + 6, box["y"] + 6
    tab.mouse.move(x, y)
    tab.mouse.down()
    # Not to be waited for: the picture is to move meanwhile.
    tab.evaluate(f"void (window.counted = ({_FRAMES})({1000 * seconds}))")
    end = time.perf_counter() + seconds
    step = 0
    while time.perf_counter() < end:
        step += 5
        tab.mouse.move(x + step % 200, y + step % 120)
    counted = float(tab.evaluate("window.counted"))
    tab.mouse.up()
    return counted


def measure(links: int, browser: Browser, folder: Path) -> Measured:
    """One size, from the store to the reader's screen."""
    graph, read = subgraph(links)
    page, all_page = folder / f"map-{links}.html", folder / f"map-{links}-all.html"
    began = time.perf_counter()
    write_map(graph, page)
    made = time.perf_counter() - began
    with patch("graph.maps.picture.CLOSED_ABOVE", len(graph.edges)):
        write_map(graph, all_page)
    # The page leaves lines out while a large picture moves; vis-network by itself does not.
    drawn_always = all_page.read_text(encoding="utf-8").replace("CALM_FROM = 600;", "CALM_FROM = Infinity;")
    all_page.write_text(drawn_always, encoding="utf-8")
    with opened(browser, page) as (tab, first):
        moves = frames(tab)
    with opened(browser, all_page) as (tab, _):
        at_once = frames(tab)
    return Measured(len(graph.nodes), links, read, made, page.stat().st_size, first, moves, at_once)


def table(found: list[Measured]) -> str:
    """The figures as a page of documentation."""
    rows = "\n".join(
        f"| {m.links:,} | {m.entities:,} | {m.made:.1f} | {m.made / m.read:.1f} | {m.size / 1e6:.1f} | {m.opened:.1f} "
        f"| {m.moves:.0f} | {m.at_once:.0f} |"
        for m in found
    )
    return (
        f"Made by `python -m benchmarks.maps`; see there what is measured. Python {platform.python_version()}, "
        f"{platform.machine()}, Chromium without a graphics card.\n\n"
        "| Links | Bodies and people | Made, s | × reading the store | File, MB | Opened, s | Moves, frames/s "
        "| All links drawn at once |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        f"{rows}\n"
    )


def main() -> None:
    """Measure every size and print the table, or put it in its place in a page of documentation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="a page with the marks <!-- sizes --> and <!-- /sizes -->")
    parser.add_argument("--pages", type=Path, help="a folder to keep the maps in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = chosen.pages or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        program = shutil.which("chromium")
        if program is None:
            raise SystemExit("Chromium is not installed: make chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        text = table([measure(links, browser, folder) for links in SIZES])
        browser.close()
    if chosen.out:
        page = chosen.out.read_text(encoding="utf-8")
        before, _, rest = page.partition("<!-- sizes -->\n")
        _, _, after = rest.partition("<!-- /sizes -->")
        chosen.out.write_text(f"{before}<!-- sizes -->\n{text}<!-- /sizes -->{after}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
