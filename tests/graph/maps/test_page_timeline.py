"""The bar under the picture: months, play, two months compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.maps import Look
from graph.model import Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import evidence, hostile_subgraph, large_subgraph, small_subgraph

pytestmark = pytest.mark.browser


def undated() -> Subgraph:
    """The small graph as briefings without a date would have told it."""
    whole = small_subgraph()
    edges = tuple(
        replace(
            edge,
            first_seen=None,
            last_seen=None,
            evidence=tuple(replace(found, published=None) for found in edge.evidence),
        )
        for edge in whole.edges
        if edge.predicate != "SUCCEEDED_BY"
    )
    return replace(whole, edges=edges)


def turning() -> Subgraph:
    """One link that was mooted in March 2021 and called off in May 2022, one told in April 2021."""
    whole = small_subgraph()
    talks, other = whole.edges[0], whole.edges[1]
    first = evidence(1, status="mooted", published=date(2021, 3, 9))
    then = evidence(2, status="called_off", published=date(2022, 5, 2))
    steady = evidence(3, status="mooted", published=date(2021, 4, 1))
    return replace(
        whole,
        edges=(
            replace(talks, evidence=(first, then), first_seen=first.published, last_seen=then.published, statements=2),
            replace(other, evidence=(steady,), first_seen=steady.published, last_seen=steady.published, statements=1),
        ),
    )


def text(page: Page) -> str:
    return page.inner_text("#timeline .words")


def slide(page: Page, name: str, month: int) -> None:
    page.locator(f"#timeline input.{name}").fill(str(month))
    page.evaluate("new Promise(requestAnimationFrame)")


def test_bar_tells_the_span_and_each_month_has_its_bar(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    assert text(page).startswith("All that was told, January 2022 to December 2022")
    assert "33 links" in text(page)
    titles = page.locator("#timeline rect title").all_text_contents()
    assert "January 2022: 7 statements" in titles
    assert sum(int(title.split(": ")[1].split()[0]) for title in titles) == 46
    expect(page.get_by_role("button", name="Whole time")).to_be_hidden()


def test_graph_as_of_a_month(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(turning(), tmp_path / "map.html")
    slide(page, "until", 0)
    assert text(page).startswith("As of March 2021")
    assert "1 of 2 links" in text(page)
    assert page.locator("tbody tr:visible").count() == 1
    assert "mooted" in page.inner_text("#table")
    assert "called off" not in page.inner_text("#table tbody")
    handle = page.get_by_role("slider", name="As of")
    assert handle.get_attribute("aria-valuetext") == "March 2021"
    assert "As of March 2021" in page.inner_text("#said")
    page.get_by_role("button", name="Whole time").click()
    assert text(page).startswith("All that was told, March 2021 to May 2022")
    assert page.locator("tbody tr:visible").count() == 2


def test_only_what_was_told_from_a_month_on(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(turning(), tmp_path / "map.html")
    slide(page, "since", 2)
    assert text(page).startswith("Told from May 2021 on")
    assert "1 of 2 links" in text(page)
    slide(page, "until", 1)
    # A handle that meets the other one takes it along.
    assert text(page).startswith("Told from April 2021 to April 2021")


def test_handles_follow_the_arrow_keys(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(turning(), tmp_path / "map.html")
    page.focus("#timeline input.until")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert text(page).startswith("As of March 2022")


def test_two_months_compared(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(turning(), tmp_path / "map.html")
    page.check("#compare")
    page.get_by_label("Before").and_(page.locator("select")).select_option("March 2021")
    assert "1 new · 1 changed · 0 the same" in text(page)
    page.get_by_label("After").and_(page.locator("select")).select_option("April 2021")
    assert "1 new · 0 changed · 1 the same" in text(page)
    assert "March 2021 compared with April 2021" in page.inner_text("#said")
    page.uncheck("#compare")
    assert text(page).startswith("As of April 2021")


def test_map_opens_on_the_comparison_asked_for(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2021, 3, 31), until=date(2022, 5, 15), compare=True)
    page = opened.open(turning(), tmp_path / "map.html", look)
    assert page.is_checked("#compare")
    assert "1 new · 1 changed · 0 the same" in text(page)


def test_day_within_a_month_is_told_as_a_day(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(turning(), tmp_path / "map.html", Look(until=date(2021, 4, 12)))
    assert text(page).startswith("As of 12 April 2021")


def test_play_runs_to_the_end_and_can_be_paused(opened: Opened, tmp_path: Path) -> None:
    opened.page.clock.install()
    page = opened.open(turning(), tmp_path / "map.html")
    page.click("text=Play")
    assert text(page).startswith("As of March 2021")
    page.clock.run_for(800)
    assert text(page).startswith("As of April 2021")
    page.click("text=Pause")
    page.clock.run_for(5000)
    assert text(page).startswith("As of April 2021")
    page.click("text=Play")
    page.clock.run_for(20_000)
    assert text(page).startswith("All that was told")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_who_wants_no_motion_goes_month_by_month(opened: Opened, tmp_path: Path) -> None:
    opened.page.emulate_media(reduced_motion="reduce")
    opened.page.clock.install()
    page = opened.open(turning(), tmp_path / "map.html")
    page.click("text=Next month")
    assert text(page).startswith("As of March 2021")
    page.clock.run_for(5000)
    assert text(page).startswith("As of March 2021")
    page.click("text=Next month")
    assert text(page).startswith("As of April 2021")


def test_links_without_a_date_always_stand(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    slide(page, "until", 0)
    assert "2 without a date always stand" in text(page)
    assert page.locator("tbody tr:visible", has_text="register").count() == 2


def test_graph_without_dates_offers_no_months(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(undated(), tmp_path / "map.html")
    assert page.inner_text("#timeline") == "Nothing here has a date, so there are no months to choose."
    assert page.locator("#timeline input, #timeline button").count() == 0


def test_one_month_needs_no_handles(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    assert text(page).startswith("All that was told, in January 2020")
    assert page.locator("#timeline input").count() == 0


def test_picture_stays_where_it_is_while_the_months_change(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(large_subgraph(), tmp_path / "map.html")
    before = page.locator("#network canvas").bounding_box()
    for month in (9, 4, 7):
        slide(page, "until", month)
        assert page.locator("#network canvas").bounding_box() == before
    page.check("#compare")
    assert page.locator("#network canvas").bounding_box() == before
