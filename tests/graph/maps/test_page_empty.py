"""A picture with nothing left in it: what a reader is told, and how they get back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.maps import Look
from graph.model import Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, small_subgraph

pytestmark = pytest.mark.browser

HIDDEN = "Nothing is left: the filters hide everything"


def hide_all(page: Page) -> None:
    for box in page.locator("[data-group=kinds]").all():
        box.uncheck()


def test_filters_that_leave_nothing_are_told_and_undone(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    words = page.locator("#stage").get_by_text(HIDDEN)
    expect(words).to_be_hidden()
    hide_all(page)
    expect(words).to_be_visible()
    expect(page.locator("#said")).to_have_text(HIDDEN)
    page.locator("#stage").get_by_role("button", name="Show all").click()
    expect(words).to_be_hidden()
    expect(page.locator("#network")).to_be_focused()
    expect(page.locator("[data-group=kinds]:not(:checked)")).to_have_count(0)
    expect(page.locator("#table .counted")).to_contain_text(f"{len(subgraph.edges)} links shown")


def test_line_goes_as_soon_as_something_is_left(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    hide_all(page)
    page.locator("[data-group=kinds]").first.check()
    page.locator("[data-group=kinds][value=trust]").check()
    expect(page.locator("#stage").get_by_text(HIDDEN)).to_be_hidden()


def test_days_that_leave_nothing_are_told_and_undone(opened: Opened, tmp_path: Path) -> None:
    told = changing_subgraph()
    some = Subgraph(told.nodes[:2], told.edges[:1])
    page = opened.open(some, tmp_path / "map.html", Look(until=date(2018, 1, 1)))
    stage = page.locator("#stage")
    expect(stage.get_by_text("Nothing is left: nothing is told of this time")).to_be_visible()
    stage.get_by_role("button", name="Show all").click()
    expect(stage.get_by_text("Nothing is left")).to_be_hidden()
    expect(page.locator("#table tbody tr")).to_have_count(1)


def test_controls_of_the_picture_stay_at_hand(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    hide_all(page)
    page.locator("#whole").click(timeout=3000)
    expect(page.locator("#stage").get_by_text(HIDDEN)).to_be_visible()


def test_graph_of_nothing_is_not_blamed_on_filters(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph((), ()), tmp_path / "map.html")
    expect(page.locator("#stage").get_by_text("Nothing to draw")).to_be_visible()
    expect(page.locator("#stage").get_by_text("Nothing is left")).to_have_count(0)
