"""What the page says of a day: why a link is not there, what is gone, who is hidden, what is of the whole time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.maps import Look
from graph.model import Edge, Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import evidence, small_subgraph

pytestmark = pytest.mark.browser

ENDED = date(2023, 12, 31)


def told(source: str, target: str, predicate: str, day: date | None, confidence: float = 0.9, number: int = 1) -> Edge:
    found = evidence(number, published=day, briefing=f"b{number}", confidence=confidence)
    return Edge(
        source,
        target,
        predicate,
        first_seen=day,
        last_seen=day,
        statements=1,
        briefings=1,
        confidence=confidence,
        evidence=(found,),
    )


def marl() -> Subgraph:
    """A group of the register that closed on 30 June 2022, its board, and a trust that belongs to the same system."""
    nodes = (
        Entity("ccg", "NHS Marl Clinical Commissioning Group", "ccg", closed=date(2022, 6, 30)),
        Entity("ics", "Marl Integrated Care System", "ics", opened=date(2016, 1, 1)),
        Entity("icb", "NHS Marl Integrated Care Board", "icb", opened=date(2022, 7, 1)),
        Entity("tr", "Marl Hospitals NHS Trust", "trust"),
        Entity("eng", "NHS England", "regulator"),
    )
    edges = (
        Edge("ccg", "ics", "PART_OF", origin="register", confidence=1.0),
        replace(told("tr", "ics", "PART_OF", date(2018, 5, 1), number=2), origin="register"),
        Edge("ccg", "icb", "SUCCEEDED_BY", origin="register", first_seen=date(2022, 7, 1), last_seen=date(2022, 7, 1)),
        told("eng", "ccg", "FUNDING", date(2019, 3, 1), number=3),
        told("eng", "tr", "FUNDING", date(2023, 3, 1), 0.6, number=4),
        told("tr", "eng", "CRITICISED", date(2024, 3, 1), number=5),
    )
    return Subgraph(nodes, edges, title="Marl")


def details(page: Page) -> str:
    return page.inner_text("#details")


def bar(page: Page) -> str:
    return page.inner_text("#timeline .counts")


def faded(page: Page) -> bool:
    """Whether the picture is paler than its marks are when nothing is selected."""
    return bool(
        page.evaluate("""() => {
        const canvas = document.querySelector("#network canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let strong = 0;
        for (let at = 0; at < data.length; at += 4)
          if (data[at + 3] === 255 && Math.max(...data.slice(at, at + 3)) - Math.min(...data.slice(at, at + 3)) > 90)
            strong += 1;
        return strong < 20; }""")
    )


def test_membership_that_ended_is_over_and_not_yet_to_come(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(until=ENDED), at="#at=ics")
    assert "first reported after" not in details(page)
    assert "Part of (register): over since 30 Jun 2022" in details(page)
    page.locator("#details .step button", has_text="Marl").last.click()
    assert "As of 31 Dec 2023: over since 30 Jun 2022." in details(page)
    assert "Nothing had been reported" not in details(page)


def test_membership_to_come_and_link_not_yet_told_have_their_own_words(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(until=date(2015, 12, 31)), at="#at=ics")
    assert "Part of (register): not before 1 Jan 2016" in details(page)
    page.evaluate("location.hash = '#at=tr'")
    expect(page.locator("#details")).to_contain_text("2 links first reported after 31 Dec 2015.")


def test_link_of_undated_briefings_does_not_stand_before_both_ends_existed(opened: Opened, tmp_path: Path) -> None:
    graph = marl()
    undated = told("eng", "icb", "CRITICISED", None, number=6)
    graph = replace(graph, edges=(*graph.edges, undated))
    page = opened.open(graph, tmp_path / "map.html", Look(until=date(2020, 1, 31)), at="#at=icb")
    assert "Criticised: not before 1 Jul 2022" in details(page)
    assert "without a date" not in bar(page)


def test_bar_counts_as_always_standing_only_what_no_day_bounds(opened: Opened, tmp_path: Path) -> None:
    graph = replace(marl(), edges=(*marl().edges, told("tr", "eng", "DISPUTE", None, number=7)))
    page = opened.open(graph, tmp_path / "map.html", Look(until=date(2019, 12, 31)))
    assert bar(page) == "4 of 7 links · 1 without a date always stand"


def test_membership_stays_from_a_month_on_in_which_nothing_was_said_of_it(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(since=date(2023, 1, 1)))
    links = page.locator("#table tbody tr:visible").evaluate_all("rows => rows.map((row) => row.dataset.link)")
    # Of 2018 and the register; without a briefing; told since then.
    assert sorted(links) == ["0", "1", "4", "5"]


def test_day_shows_only_what_was_as_sure_as_asked_for(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(until=ENDED, sure=0.7))
    assert page.inner_text("#sure") == "at least 70%"
    assert page.input_value("#least") == "70"
    rows = page.locator("#table tbody tr:visible")
    assert "4" not in rows.evaluate_all("rows => rows.map((row) => row.dataset.link)")
    before = rows.count()
    page.click("#all")
    assert page.inner_text("#sure") == "all"
    assert rows.count() == before + 1


def test_comparison_says_what_is_gone_and_where_to_find_it(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2021, 1, 31), until=ENDED, compare=True)
    page = opened.open(marl(), tmp_path / "map.html", look, at="#at=ics")
    assert bar(page) == "2 new · 0 changed · 2 the same · 1 gone"
    page.locator("#details .step button", has_text="Marl").last.click()
    told = " ".join(details(page).split())
    assert "Between the two days 31 Jan 2021 part of 31 Dec 2023 over since 30 Jun 2022" in told
    page.uncheck("[value=PART_OF]")
    assert "gone" not in bar(page)


def test_comparison_with_the_newest_month_counts_what_is_gone_too(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html")
    page.check("#compare")
    page.get_by_label("Before").and_(page.locator("select")).select_option("January 2021")
    assert bar(page) == "3 new · 0 changed · 2 the same · 1 gone"
    assert page.inner_text("#said").startswith("January 2021 compared with March 2024")
    page.uncheck("#compare")
    assert page.inner_text("#timeline .looked").startswith("All that was told")
    assert bar(page) == "6 links"


def test_sizes_and_ranks_of_a_day_say_that_they_are_of_the_whole_time(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", at="#at=eng")
    assert "whole time" not in details(page) + page.inner_text("#key")
    page.locator("#timeline input.until").fill("12")
    expect(page.locator("#details")).to_contain_text("On this map, over the whole time")
    assert page.get_by_label("Size, over the whole time:").input_value() == "links"


def test_lineage_clears_the_filter_in_the_way_and_says_so(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", at="#at=icb")
    page.uncheck("[value=ccg]")
    page.locator("#details .lineage button").click()
    assert page.is_checked("[value=ccg]")
    assert page.inner_text("#said").startswith("Cleared to show Marl CCG: ")
    assert not faded(page)


def test_address_clears_the_filter_in_the_way(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html")
    page.uncheck("[value=icb]")
    page.evaluate("location.hash = '#at=icb'")
    expect(page.locator("#details h2")).to_have_text("NHS Marl Integrated Care Board")
    assert page.is_checked("[value=icb]")


def test_body_that_the_day_hides_is_told_of_and_the_picture_stays(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(until=date(2019, 12, 31)), at="#at=icb")
    assert "Not linked as of 31 Dec 2019." in details(page)
    assert page.inner_text("#timeline .looked") == "As of December 2019"
    assert not faded(page)
    page.click("text=Show the whole time")
    assert "Not linked" not in details(page)
    assert page.inner_text("#timeline .looked").startswith("All that was told")


def test_compare_in_the_first_month_takes_a_later_one(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(marl(), tmp_path / "map.html", Look(until=date(2018, 5, 31)))
    page.check("#compare")
    assert page.inner_text("#said").startswith("May 2018 compared with June 2018")
    assert page.locator("#timeline select").evaluate_all("lists => lists.map((list) => list.value)") == ["0", "1"]


def test_empty_day_is_not_blamed_on_how_sure_links_must_be(opened: Opened, tmp_path: Path) -> None:
    graph = marl()
    graph = replace(graph, edges=tuple(edge for edge in graph.edges if edge.origin != "register"))
    page = opened.open(graph, tmp_path / "map.html", Look(until=date(2018, 1, 31), sure=0.5))
    assert page.inner_text(".nothing p") == "Nothing is left: nothing is told of this time"


def test_size_key_has_no_disc_of_one_where_nobody_is_linked(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(replace(marl(), edges=()), tmp_path / "map.html")
    assert page.inner_text("#sizes") == ""


def test_size_key_tells_small_shares_apart(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(measure="between"))
    shown = page.locator("#sizes .size").all_inner_texts()
    assert len(shown) == 2
    assert all(text.endswith("%") and "." in text for text in shown)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Leicester, Leicestershire and Rutland ICS", "Leicester, Leicestershire and Rutland ICS"),
        ("Marl Hospitals, NHS England and 9 more", "Marl Hospitals + 10"),
        ("NHS England and 1,200 more", "NHS England + 10"),
    ],
)
def test_only_names_that_count_the_rest_are_shortened_to_a_number(
    opened: Opened, tmp_path: Path, name: str, short: str
) -> None:
    page = opened.open(marl(), tmp_path / "map.html")
    script = page.locator("script[type=module]").text_content() or ""
    module = script.split("modules.groupnames = await ")[1].split("\nmodules.")[0].rstrip().rstrip(";")
    assert page.evaluate(f"async (name) => (await {module}).shorter({{ name, all: Array(11) }})", name) == short
