"""The search: any name of any body is found, and what is chosen is shown, whatever hid it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.maps import Look
from graph.model import Edge, Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, small_subgraph

pytestmark = pytest.mark.browser


def hits(page: Page, text: str) -> list[str]:
    page.fill("#search", text)
    return page.locator("#found li bdi").all_inner_texts()


def selected(page: Page) -> str:
    return page.locator("#details h2").inner_text()


def test_any_name_acronym_or_code_finds(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    assert hits(page, "cqc") == ["CQC"]
    assert "Care Quality Commission" in page.locator("#found").inner_text()
    assert hits(page, "X24") == ["NHS England"]
    assert hits(page, "care quality") == ["CQC"]
    assert page.locator("#hits").inner_text() == "1 name found"
    assert hits(page, "zzz") == []
    assert page.locator("#hits").inner_text() == "No such name on this map"
    page.fill("#search", "")
    assert page.locator("#finds").is_hidden()


@pytest.mark.parametrize("asked", ["st osyths", "ST OSYTH'S", "osyth’s st", "hospital st osyth", "St. Osyth"])
def test_case_marks_and_the_order_of_words_do_not_matter(opened: Opened, tmp_path: Path, asked: str) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    assert hits(page, asked) == ["St Osyth’s Children’s Hospital"]


def test_accents_do_not_matter(opened: Opened, tmp_path: Path) -> None:
    names = ("Ysbyty Tŷ Gwyn", "Søren Łukasz-Müller", "Straße & Sons")
    nodes = tuple(Entity(name, name, "other") for name in names)
    page = opened.open(Subgraph(nodes), tmp_path / "map.html")
    for asked, name in zip(("ty gwyn", "soren lukasz muller", "strasse and sons"), names, strict=True):
        assert hits(page, asked) == [name]


def test_best_comes_first(opened: Opened, tmp_path: Path) -> None:
    names = ("Upper Marl Trust", "Marl", "Marlborough Trust", "Kings Marl", "Tidmarl", "Marl Vale Trust")
    nodes = tuple(Entity(name, name, "other") for name in names)
    # Of names that fit as well, the most linked one.
    edges = (Edge("Marl Vale Trust", "Marlborough Trust", "PART_OF"), Edge("Marl Vale Trust", "Tidmarl", "PART_OF"))
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html")
    found = hits(page, "marl")
    assert found[:3] == ["Marl", "Marl Vale Trust", "Marlborough Trust"]
    assert set(found[3:5]) == {"Upper Marl Trust", "Kings Marl"}
    assert found[5] == "Tidmarl"


def test_list_is_worked_by_keyboard(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    search = page.get_by_role("combobox", name="Find")
    assert search.get_attribute("aria-expanded") == "false"
    found = hits(page, "hurn")
    assert search.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("listbox", name="Names found").get_by_role("option").count() == len(found)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    active = page.locator("#found [aria-selected=true]")
    assert active.locator("bdi").inner_text() == found[1]
    assert search.get_attribute("aria-activedescendant") == active.get_attribute("id")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    assert page.locator("#found [aria-selected=true] bdi").inner_text() == found[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#finds").is_hidden()
    assert selected(page) == "NHS Hurn and Marl Integrated Care Board"


def test_escape_closes_the_list_first_and_then_the_panel(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "hvh")
    page.keyboard.press("Enter")
    page.fill("#search", "marl")
    page.keyboard.press("Escape")
    assert page.locator("#finds").is_hidden()
    assert page.locator("#details").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()


def test_click_chooses(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "committee")
    page.locator("#found li").first.click()
    assert selected(page) == "Health and Social Care Committee"


def test_only_the_filters_that_hide_it_are_cleared(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.uncheck("[value=person]")
    page.uncheck("[value=union]")
    page.uncheck("[value=FUNDING]")
    hits(page, "okafor")
    page.keyboard.press("Enter")
    assert selected(page) == "Daniel Okafor-Brandt"
    assert page.is_checked("[value=person]")
    assert not page.is_checked("[value=union]")
    assert not page.is_checked("[value=FUNDING]")
    assert page.locator("#said").inner_text() == "Cleared to show Daniel Okafor-Brandt: Person."
    assert page.locator("#table tbody tr", has_text="Okafor").count() == 1


def test_day_is_cleared_for_what_came_later(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html", Look(until=date(2019, 7, 1)))
    assert page.locator("#table tbody tr", has_text="NHS Centre").count() == 0
    hits(page, "nhs centre")
    page.keyboard.press("Enter")
    assert page.locator("#said").inner_text() == "Cleared to show NHS Centre: days."
    assert page.locator("#table tbody tr", has_text="NHS Centre").count() == 1


def test_groups_are_found_and_closed_ones_open_for_who_is_in_them(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(group="kind"))
    hits(page, "nhs trust")
    assert "Group of 5" in page.locator("#found").inner_text()
    page.keyboard.press("Enter")
    panel = page.locator("#details")
    panel.get_by_role("button", name="Close this group").click()
    hits(page, "hvh")
    page.keyboard.press("Enter")
    assert selected(page) == "Hurn Valley Hospitals NHS Foundation Trust"
    hits(page, "nhs trust")
    page.keyboard.press("Enter")
    assert panel.get_by_role("button", name="Close this group").is_visible()


def test_six_thousand_names_are_searched_at_once(opened: Opened, tmp_path: Path) -> None:
    nodes = tuple(Entity(f"e{i}", f"Body {i:05} of Hurnshire", "charity") for i in range(6000))
    page = opened.open(Subgraph(nodes), tmp_path / "map.html")
    page.fill("#search", "o")
    took = page.evaluate(
        """() => { const search = document.getElementById("search"), began = performance.now();
        for (const text of ["b", "bo", "body", "body hurn", "hurnshire body 05990"]) {
          search.value = text; search.dispatchEvent(new Event("input")); }
        return (performance.now() - began) / 5; }"""
    )
    assert took < 100
    assert page.locator("#hits").inner_text() == "1 name found"
    assert len(hits(page, "body hurn")) == 40
    assert page.locator("#hits").inner_text() == "6,000 names found, the best 40 listed"
