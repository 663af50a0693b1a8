"""The map for those who zoom in far, choose their own colours, use no mouse, or hear the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph.maps import Look
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, small_subgraph

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


@pytest.mark.parametrize("width", [500, 700, 900])
def test_small_frame_of_a_comparison_keeps_the_title(opened: Opened, tmp_path: Path, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 480})
    page = opened.open(changing_subgraph(), tmp_path / "map.html", at="#embed")
    page.evaluate("document.documentElement.dataset.dated = ''")
    page.evaluate(
        "document.getElementById('summary').textContent = 'June 2018 compared with June 2021: ' + 'x '.repeat(99)"
    )
    title = page.locator("h1").bounding_box()
    assert title
    assert title["width"] > 0.25 * width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("link", name="Open the whole map")).to_be_in_viewport(ratio=1)


def test_enter_in_the_picture_says_where_the_details_are(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.focus("#network")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    name = "Hurn Valley Hospitals NHS Foundation Trust"
    expect(page.locator("#said")).to_have_text(f"Details open: {name}. Tab leads there.")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('#details') !== null")


def test_small_form_promises_no_table(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#embed")
    assert "table" not in page.locator("#hint").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.textContent") == "To the map"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.getAttribute('href')") != "#table"
    page.goto(page.url.split("#")[0])
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert "The table below holds the same facts" in page.locator("#hint").inner_text()


def test_as_a_table_keeps_the_address_and_moves_the_focus(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#at=CQC")
    before = page.url
    page.click("text=as a table")
    assert page.url == before
    expect(page.locator("#table-title")).to_be_focused()
    expect(page.locator("#table-title")).to_be_in_viewport(ratio=1)


def test_colours_that_tell_something_stay_in_forced_colours(opened: Opened, tmp_path: Path) -> None:
    opened.page.emulate_media(forced_colors="active")
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    page.check("#compare")
    for part in (".disc", ".swatch", ".glyph", ".line"):
        assert page.locator(part).first.evaluate("part => getComputedStyle(part).forcedColorAdjust") == "none"
    swatches = page.locator(".swatch").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert len(set(swatches)) > 1
    assert page.evaluate("""() => {
        const mark = document.createElement("mark");
        document.getElementById("details").append(mark);
        const { color, backgroundColor } = getComputedStyle(mark);
        return color !== backgroundColor && backgroundColor === "rgb(255, 184, 28)";
    }""")


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 400)])
def test_details_found_in_a_window_of_a_few_lines_are_in_view(
    opened: Opened, tmp_path: Path, width: int, height: int
) -> None:
    opened.page.set_viewport_size({"width": width, "height": height})
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "CQC")
    page.press("#search", "Enter")
    expect(page.locator("#details-title")).to_be_focused()
    expect(page.locator("#details-title")).to_be_in_viewport(ratio=0.9)
    stage = page.locator("#stage").bounding_box()
    assert stage
    assert stage["height"] < height


def test_whole_time_hands_the_focus_on(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    page.focus("#timeline .until")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Whole time").press("Enter")
    expect(page.get_by_role("button", name="Play")).to_be_focused()


def test_escape_stops_playing_and_tells_the_day_once(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    assert page.locator("#timeline output").get_attribute("aria-live") == "off"
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#said")).to_be_empty()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator("#said")).not_to_be_empty()


def test_closing_the_details_leads_back_to_the_row(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    row = page.locator("#table tbody tr").last.get_by_role("button").first
    row.press("Enter")
    expect(page.locator("#details-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport(ratio=1)


def test_filters_sorting_and_sliders_say_what_they_do(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    said = page.locator("#said")
    page.locator("#controls [data-group=predicates]").first.uncheck()
    rows = page.locator("#table tbody tr").count()
    expect(said).to_have_text(f"{rows} of {page.locator('#table .counted').inner_text().split()[-1]} links shown")
    page.click("#all")
    everything = page.locator("#table tbody tr").count()
    expect(said).to_have_text(f"{everything} of {everything} links shown")
    page.get_by_role("columnheader", name="From").get_by_role("button").click()
    expect(said).to_have_text("Sorted by From, ascending")
    page.focus("#least")
    page.keyboard.press("PageUp")
    assert page.get_attribute("#least", "aria-valuetext") == page.inner_text("#sure")
    assert page.get_attribute("#least", "aria-valuetext") != "all"


def test_controls_are_named_apart_and_large_enough(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(group="kind"))
    names = page.locator("#table tbody td:nth-child(2) button").evaluate_all("all => all.map(one => one.ariaLabel)")
    texts = page.locator("#table tbody td:nth-child(2) button").all_inner_texts()
    assert all(name.startswith(f"{text}: ") for name, text in zip(names, texts, strict=True))
    assert len(set(names)) > len(set(texts))
    folds = page.locator(".statuses summary").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert len(set(folds)) == len(folds)
    heights = page.locator("#key label.choice").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_without_scripts_the_ways_lead_to_the_text(opened: Opened, tmp_path: Path) -> None:
    opened.open(small_subgraph(), tmp_path / "map.html")
    browser = opened.page.context.browser
    assert browser
    page = browser.new_page(java_script_enabled=False)
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.locator("header").get_by_role("link")).to_have_text(["what it tells"])
    page.get_by_role("link", name="what it tells", exact=True).click()
    expect(page.get_by_role("heading", name="What the map tells")).to_be_in_viewport()
    page.close()
