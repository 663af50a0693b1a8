"""What a saved picture and paper say: they count what is drawn, name what was left out, and explain each colour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.maps import Look
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import hostile_subgraph, large_subgraph, small_subgraph

pytestmark = pytest.mark.browser

COMPARED = Look(since=date(2022, 3, 31), until=date(2022, 6, 30), compare=True)
LISTEN = """() => { window.written = []; const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      if (!this.canvas.isConnected) window.written.push(text);
      return write.call(this, text, ...rest); }; }"""


def saved_words(page: Page) -> list[str]:
    """The lines of text of the saved sheet, in the order in which they are written."""
    page.evaluate(LISTEN)
    with page.expect_download():
        page.evaluate("document.getElementById('picture').click()")
    return [str(text) for text in page.evaluate("window.written")]


def printed_words(page: Page) -> str:
    """All text of the sheet that goes to the printer."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text = page.evaluate("document.querySelector('header').innerText + document.getElementById('printed').textContent")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return " ".join(str(text).split())


def test_whole_map_says_what_the_page_says(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    words = saved_words(page)
    assert page.locator("#summary").inner_text() in words
    assert "All that was told, January 2022 to December 2022" in words
    assert not [text for text in words if text.startswith("Left out")]


def test_saved_picture_counts_what_is_drawn_and_names_what_was_left_out(opened: Opened, tmp_path: Path) -> None:
    graph = small_subgraph()
    page = opened.open(graph, tmp_path / "map.html")
    for name in ("HOLDS_ROLE", "REGULATORY_ACTION", "DISPUTE"):
        page.uncheck(f"[value={name}]")
    left = [e for e in graph.edges if e.predicate not in {"HOLDS_ROLE", "REGULATORY_ACTION", "DISPUTE"}]
    words = saved_words(page)
    ends = {end for edge in left for end in (edge.source, edge.target)} | set(graph.focus)
    people = len([end for end in ends if end.startswith("person-")])
    assert words[1].startswith(f"{len(ends) - people} of 22 organisations · {people} of 3 people · {len(left)} of 33")
    assert "Of what was told, January 2022 to December 2022" in words
    assert "Left out: dispute, holds role, regulatory action." in words
    # Each sign of the key stands with its count.
    assert words[words.index("Funding") + 1] == str(sum(edge.predicate == "FUNDING" for edge in left))
    paper = printed_words(page)
    assert f"{len(left)} of 33 links" in paper
    assert "· 33 links" not in paper
    assert "Left out: dispute, holds role, regulatory action." in paper
    # The page itself says again what it said.
    assert "33 links" in page.locator("#summary").inner_text()


def test_filters_of_confidence_status_and_neighbours_are_named_too(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "hvh")
    page.press("#search", "Enter")
    page.click("text=Only this and its neighbours")
    page.fill("#least", "60")
    page.uncheck("[value=register]")
    page.locator("details.statuses summary").first.click()
    page.uncheck("[value='firm|open']")
    words = " ".join(saved_words(page))
    assert "Only Hurn Valley Hospitals and its neighbours. Left out: " in words
    assert "from the NHS register, stands: open, what is less than 60% sure." in words


def test_saved_comparison_counts_it_and_explains_the_bands(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", COMPARED)
    words = saved_words(page)
    told = page.inner_text("#timeline .counts").split(" · ")
    fresh, changed, same = (text.strip().split()[0] for text in told)
    shown = page.locator("#table .counted").inner_text().split()[0]
    assert f"· {shown} of 33 links" in words[1]
    at = words.index("What changed")
    assert words[at + 1 : at + 7] == ["New", fresh, "Changed", changed, "The same", same]
    paper = printed_words(page)
    assert f"What changedNew {fresh}Changed {changed}The same {same}" in paper


def test_saved_picture_and_paper_name_their_sources(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    for words in (" ".join(saved_words(page)), printed_words(page)):
        assert "Made with nhsgraph from 7 briefings and the register of NHS organisations: " in words
        assert "Hurnshire watch, number 1 (" in words
    page.uncheck("[value=register]")
    assert "from 7 briefings:" in printed_words(page)
    # Of many, the newest as far as there is room.
    page = opened.open(hostile_subgraph(), tmp_path / "hostile.html")
    source = next(text for text in saved_words(page) if text.startswith("Made with"))
    assert len(source) < 300
    assert page.evaluate("window.pwned") is None


def test_closed_groups_show_where_the_change_is(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(large_subgraph(1400), tmp_path / "map.html")
    yellow = """() => { const canvas = document.querySelector("#network canvas");
        const context = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const all = context.getImageData(0, 0, canvas.width, canvas.height).data;
        let found = 0; for (let i = 0; i < all.length; i += 4)
          if (all[i] === 255 && all[i + 1] === 216 && all[i + 2] === 77) found += 1;
        return found; }"""
    assert page.evaluate(yellow) == 0
    page.check("#compare")
    page.get_by_label("Before").and_(page.locator("select")).select_option(index=2)
    page.wait_for_timeout(200)
    assert page.evaluate(yellow) > 500
    words = " ".join(saved_words(page))
    assert "A band between groups has the colour of what most of the links became" in words
