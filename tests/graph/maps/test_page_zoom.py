"""How near and how far the picture goes, and whose the wheel is in an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from graph.maps import write_map
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import small_subgraph

pytestmark = pytest.mark.browser


# The only scaling of the drawing is how near it is.
WATCH = """
const scale = CanvasRenderingContext2D.prototype.scale;
CanvasRenderingContext2D.prototype.scale = function (x, y) {
  if (this.canvas.closest("#network")) window.scaled = x;
  return scale.call(this, x, y);
};
"""


def scale_of(page: Page | Frame) -> float:
    return float(page.evaluate("window.scaled"))


def in_article(opened: Opened, tmp_path: Path) -> Frame:
    write_map(small_subgraph(), tmp_path / "map.html")
    article = tmp_path / "article.html"
    article.write_text(
        '<link rel="icon" href="data:,"><p style="height: 100px">Above</p>'
        '<iframe src="map.html" width="640" height="420"></iframe><p style="height: 2000px">Below</p>'
    )
    opened.page.add_init_script(WATCH)
    opened.page.goto(article.as_uri())
    frame = opened.page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    return frame


@pytest.mark.parametrize("by", ["keys", "wheel", "buttons"])
def test_picture_stops_before_it_is_blank_or_a_dot(opened: Opened, tmp_path: Path, by: str) -> None:
    opened.page.add_init_script(WATCH)
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.focus("#network")
    whole = scale_of(page)
    page.mouse.move(600, 300)

    def zoom(near: bool) -> None:
        if by == "keys":
            page.keyboard.press("+" if near else "-")
        elif by == "wheel":
            page.mouse.wheel(0, -400 if near else 400)
        else:
            page.click("#closer" if near else "#farther")

    for near, low, high in ((True, 3 * whole, 8.1 * whole), (False, 0.19 * whole, 0.4 * whole)):
        for _ in range(45):
            zoom(near)
        page.wait_for_timeout(100)
        now = scale_of(page)
        zoom(near)
        page.wait_for_timeout(100)
        assert scale_of(page) == pytest.approx(now)
        assert low < now < high


def test_wheel_scrolls_the_article_and_zooms_with_ctrl(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    frame = in_article(opened, tmp_path)
    before = scale_of(frame)
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 120)
    page.wait_for_function("scrollY > 60")
    expect(frame.get_by_text("Ctrl + wheel zooms")).to_be_visible()
    assert scale_of(frame) == before
    expect(frame.get_by_text("Ctrl + wheel zooms")).to_be_hidden()
    scrolled = page.evaluate("scrollY")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_timeout(200)
    assert scale_of(frame) > before
    assert page.evaluate("scrollY") == scrolled


def test_one_finger_may_scroll_an_article(opened: Opened, tmp_path: Path) -> None:
    frame = in_article(opened, tmp_path)
    assert frame.eval_on_selector("#network canvas", "canvas => getComputedStyle(canvas).touchAction") == "pan-y"
