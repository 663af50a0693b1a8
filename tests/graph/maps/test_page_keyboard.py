"""The picture for a reader without a mouse: every step by key, and each one said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.model import Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import hostile_subgraph, small_subgraph

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> str:
    """Press keys in the picture; what is said then."""
    page.focus("#network")
    for key in keys:
        page.keyboard.press(key)
    return page.inner_text("#said")


def test_picture_has_a_name_and_says_how_to_use_it(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    picture = page.get_by_role("application", name="Map: Links around Hurn Valley Hospitals NHS Foundation Trust")
    hint = page.inner_text(f"#{picture.get_attribute('aria-describedby')}")
    assert "Arrow keys" in hint
    assert "table" in hint
    # One stop for Tab, not one more for the canvas within.
    assert page.locator("#network [tabindex='0']").count() == 0


def test_arrows_start_at_whom_the_map_is_about_and_go_to_the_nearest(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    assert press(page, "ArrowRight") == "Hurn Valley Hospitals NHS Foundation Trust, NHS trust, 11 links"
    there = press(page, "ArrowRight")
    assert there.endswith(("link", "links"))
    assert "Hurn Valley Hospitals" not in there


def test_most_of_the_map_can_be_reached_by_arrows(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    rng = random.Random(5)
    arrows = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
    seen = {press(page, rng.choice(arrows)) for _ in range(250)}
    assert len(seen - {"Nothing farther that way"}) > 20


def test_brackets_go_through_the_links_and_enter_opens_one(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    said = press(page, "ArrowRight", "]")
    assert said.startswith("Link 1 of 11. ")
    assert "Hurn Valley" in said
    assert press(page, "]").startswith("Link 2 of 11. ")
    assert press(page, "[", "[").startswith("Link 11 of 11. ")
    assert press(page, "]").startswith("Link 1 of 11. Merger talks")
    press(page, "Enter")
    expect(page.locator("#details h2")).to_contain_text("Merger talks")
    assert page.locator("#details blockquote").count() >= 1


def test_space_crosses_a_link(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    assert "Harrow Sands" in press(page, "ArrowRight", "]")
    assert press(page, " ").startswith("Harrow Sands University Hospitals NHS Trust, NHS trust")


def test_enter_reads_and_escape_closes(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    press(page, "ArrowRight", "Enter")
    expect(page.locator("#details h2")).to_have_text("Hurn Valley Hospitals NHS Foundation Trust")
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()


def test_keys_move_and_scale_the_picture(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")

    def seen() -> bytes:
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return page.locator("#network canvas").screenshot()

    page.focus("#network")
    first = seen()
    page.keyboard.press("+")
    closer = seen()
    assert closer != first
    page.keyboard.press("Shift+ArrowRight")
    assert seen() != closer
    page.keyboard.press("0")
    assert seen() == first


def test_slash_goes_to_the_search_and_is_typed_there(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("a/b?+0")
    assert page.input_value("#search") == "a/b?+0"
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_question_mark_lists_the_keys_and_can_be_switched_off(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert "through its links" in keys.inner_text()
    page.get_by_label("/ and ? work anywhere").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_be_visible()


def test_skip_links_lead_to_the_picture_and_to_the_table(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#at=CQC")
    for tabs, aim in ((1, "network"), (2, "table-title")):
        page.reload()
        page.wait_for_selector("html[data-ready]")
        for _ in range(tabs):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == aim
        assert page.evaluate("location.hash") == "#at=CQC"


def test_keys_on_a_map_without_links_or_entities(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph((Entity("a", "Alone", "trust"),), ()), tmp_path / "one.html")
    assert press(page, "ArrowLeft") == "Alone, NHS trust, 0 links"
    assert press(page, "ArrowLeft") == "Nothing farther that way"
    assert press(page, "]") == "No links"
    page = opened.open(Subgraph((), ()), tmp_path / "none.html")
    press(page, "ArrowLeft", "]", " ", "Enter", "0", "+", "-", "Shift+ArrowUp", "Escape")


def test_hostile_names_are_said_as_text(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    said = press(page, "ArrowRight")
    assert said.startswith("</script><script>window.pwned=1</script>, NHS trust")
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "]", " ", "]", "Enter"):
        assert len(press(page, key)) < 1000
    assert page.evaluate("window.pwned") is None
