"""The table of the same facts: what a reader without the picture gets, and takes along."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.maps import Look
from graph.model import Edge, Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, hostile_subgraph, small_subgraph, star_subgraph

pytestmark = pytest.mark.browser


def rows(page: Page) -> int:
    return page.locator("#table tbody tr").count()


def column(page: Page, name: str) -> list[str]:
    names = [text.rstrip("▲▼") for text in page.locator("#table th").all_inner_texts()]
    place = names.index(name) + 1
    return page.locator(f"#table tbody td:nth-child({place})").all_inner_texts()


def sort(page: Page, name: str) -> None:
    page.get_by_role("columnheader", name=name).get_by_role("button").click()


def saved(page: Page, name: str = "A-merger-that-was-not.csv") -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == name
    # The mark by which Excel knows UTF-8.
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_table_lists_every_fact_with_its_best_quote(opened: Opened, tmp_path: Path) -> None:
    subgraph = changing_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    assert rows(page) == len(subgraph.edges)
    assert page.locator("#table .counted").inner_text() == "5 links shown of 5"
    row = page.locator("#table tbody tr", has_text="Merger talks").inner_text()
    for part in (
        "Lyde Infirmary",
        "merger",
        "called off",
        "5 Mar 2019 to 10 Jan 2020",
        "Both boards walked away last night.",
    ):
        assert part in row
    assert "and 2 more" in row
    assert "Winter letter" in row
    assert "the register of NHS organisations" in page.locator("#table tbody tr", has_text="Part of").inner_text()


def test_filters_and_days_hold_for_the_table(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html", Look(until=date(2019, 7, 1)))
    assert page.locator("#table .counted").inner_text() == "3 links shown of 5"
    row = page.locator("#table tbody tr", has_text="Merger talks").inner_text()
    assert "in talks" in row
    assert "The chairs have met and talks are under way." in row
    assert "Both boards" not in row
    page.uncheck("[value=MERGER_TALKS]")
    assert page.locator("#table .counted").inner_text() == "2 links shown of 5"
    page.uncheck("[value=HOLDS_ROLE]")
    page.uncheck("[value=PART_OF]")
    assert "No link is left by the filters and days." in page.locator("#table").inner_text()


def test_two_days_compared_give_a_column_of_changes(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    assert "Change" not in page.locator("#table th").all_inner_texts()
    look = Look(since=date(2019, 4, 1), until=date(2020, 2, 1), compare=True)
    page = opened.open(changing_subgraph(), tmp_path / "map.html", look)
    told = dict(zip(column(page, "Link"), column(page, "Change"), strict=True))
    assert told["Merger talks"] == "mooted → called off"
    assert told["Funding"] == "New"
    assert told["Holds role"] == "As before"
    assert "1 new, 1 changed" in page.locator("#table .counted").inner_text()
    sort(page, "Change")
    assert column(page, "Change")[:2] == ["New", "mooted → called off"]
    header, *records = saved(page)
    assert header[-2:] == ["Change", "Before"]
    assert ["Changed", "mooted"] in [record[-2:] for record in records]


def test_columns_sort_up_down_and_back(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    first = column(page, "From")
    header = page.get_by_role("columnheader", name="From")
    assert header.get_attribute("aria-sort") == "none"
    sort(page, "From")
    assert header.get_attribute("aria-sort") == "ascending"
    assert column(page, "From") == sorted(first, key=str.lower)
    sort(page, "From")
    assert header.get_attribute("aria-sort") == "descending"
    assert column(page, "From") == sorted(first, key=str.lower, reverse=True)
    assert header.get_by_role("button").evaluate("button => button === document.activeElement")
    sort(page, "From")
    assert column(page, "From") == first
    # By day, not by the words for it; what has none comes last, whichever way.
    for _ in range(2):
        sort(page, "When")
        assert column(page, "When")[-1] == ""


def test_long_table_comes_by_the_page(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(star_subgraph(950), tmp_path / "map.html")
    assert rows(page) == 200
    assert page.locator("#table .counted").inner_text() == "950 links shown of 950 · 200 listed"
    page.get_by_role("button", name="Show 200 more").click()
    assert rows(page) == 400
    assert (
        page.locator("#table tbody tr").nth(200).locator("button").first.evaluate("b => b === document.activeElement")
    )
    page.get_by_role("button", name="Show all 950").click()
    page.wait_for_function("document.querySelectorAll('#table tbody tr').length === 950")
    assert page.get_by_role("button", name="Show all 950").is_hidden()


def test_paper_gets_all_rows_up_to_a_most(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(star_subgraph(950), tmp_path / "map.html")
    printed = page.locator("#table tbody tr:visible")
    # Whether few or all are listed when it comes to printing.
    for listed, after in ((200, 300), (950, 950)):
        if listed == 950:
            page.get_by_role("button", name="Show all 950").click()
        page.wait_for_function(f"document.querySelectorAll('#table tbody tr').length === {listed}")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert printed.count() == 300
        assert "650 more links of the map are not printed" in page.locator("#table .cut").inner_text()
        assert page.locator("#table .counted").inner_text() == "950 links shown of 950 · 300 listed"
        assert page.get_by_role("button", name="Save as CSV").is_hidden()
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#table .cut").is_hidden()
        assert printed.count() == after


@pytest.mark.parametrize("since", [None, date(2019, 4, 1)])
@pytest.mark.parametrize("width", [390, 1300])
def test_every_column_has_room_for_its_words(opened: Opened, tmp_path: Path, width: int, since: date | None) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    look = Look(since=since, until=date(2020, 2, 1), compare=since is not None)
    page = opened.open(changing_subgraph(), tmp_path / "map.html", look)
    widths = {head.inner_text(): head.bounding_box() for head in page.locator("#table th").all()}
    assert all(box and box["width"] >= 90 for box in widths.values())
    quotes = widths["Best evidence, word for word"]
    assert quotes
    assert quotes["width"] >= 220
    # Sideways goes the table, not the page.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_row_shows_its_link_in_the_picture(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    row = page.locator("#table tbody tr", has_text="NHS England").filter(has_text="withheld")
    row.get_by_role("button", name="and 2 more").click()
    assert page.locator("#details blockquote").count() == 3
    assert row.get_attribute("aria-current") == "true"
    top = page.locator("#stage").evaluate("stage => stage.getBoundingClientRect().top")
    assert -1 <= top < 400
    page.keyboard.press("Escape")
    assert row.get_attribute("aria-current") is None


def test_file_holds_whole_texts_of_what_is_shown(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    page.uncheck("[value=FUNDING]")
    header, *records = saved(page)
    assert len(records) == 4
    merger = dict(zip(header, next(record for record in records if "Merger talks" in record), strict=True))
    assert merger["From"] == "Hurn Valley Hospitals NHS Foundation Trust"
    assert (merger["From id"], merger["To id"]) == ("hurn", "lyde")
    assert header[:5] == ["From", "From id", "Link", "To", "To id"]
    assert merger["First reported"] == "2019-03-05"
    assert merger["Last reported"] == "2020-01-10"
    assert merger["Quote"] == "Both boards walked away last night."
    assert merger["Confidence"] == "0.9"


def test_spreadsheet_runs_nothing_of_a_saved_table(opened: Opened, tmp_path: Path) -> None:
    names = ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\uff1dHYPERLINK(1)", 'plain, "quoted"')
    nodes = tuple(Entity(f"e{i}", name, "other") for i, name in enumerate(names))
    edges = tuple(Edge(f"e{i}", f"e{(i + 1) % 6}", "PART_OF") for i in range(6))
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html")
    header, *records = saved(page, "Who-is-linked-with-whom-in-the-NHS.csv")
    cells = {record[header.index("From")] for record in records}
    assert cells == {*(f"'{name}" for name in names[:5]), names[5]}


def test_hostile_cells_are_only_ever_text(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    sort(page, "Best evidence")
    saved(page, "script-script-window-pwned-1-script.csv")
    assert page.evaluate("window.pwned") is None
    assert page.locator("#table img, #table script, #table b, #table svg").count() == 0
    assert "window.pwned=1; // ${window.pwned=1} {{ 7*7 }}" in page.locator("#table tbody").text_content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_map_without_links_says_so(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph((Entity("a", "A", "trust"),)), tmp_path / "map.html")
    assert "No links." in page.locator("#table").inner_text()
    assert page.locator("#table table").is_hidden()
