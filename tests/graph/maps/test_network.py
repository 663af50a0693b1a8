"""The picture in the page: filters, groups that open, light and dark, pointing and picking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.maps import Look
from graph.model import Edge, Entity, Evidence, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import large_subgraph, small_subgraph

pytestmark = pytest.mark.browser


def rows(page: Page) -> int:
    return page.locator("#table tbody tr:visible").count()


def test_filters_hide_kinds_predicates_and_statuses(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    kind = {entity.id: entity.kind for entity in subgraph.nodes}
    page.uncheck("[value=FUNDING]")
    left = [edge for edge in subgraph.edges if edge.predicate != "FUNDING"]
    assert rows(page) == len(left)
    page.uncheck("[value=person]")
    left = [edge for edge in left if "person" not in (kind[edge.source], kind[edge.target])]
    assert rows(page) == len(left)
    page.uncheck("[value=register]")
    left = [edge for edge in left if edge.origin != "register"]
    assert rows(page) == len(left)
    page.locator("details.statuses summary").first.click()
    page.uncheck("[value='firm|open']")
    assert rows(page) == sum(edge.status != "open" for edge in left) < len(left)
    page.click("#all")
    assert rows(page) == len(subgraph.edges)
    assert page.is_checked("[value=person]")


def test_how_sure_hides_the_doubtful_but_not_the_register(opened: Opened, tmp_path: Path) -> None:
    nodes = tuple(Entity(id, f"{id} NHS Trust", "trust") for id in "abc")
    edges = (
        Edge("a", "b", "FUNDING", confidence=0.6, statements=1),
        Edge("a", "b", "DISPUTE", confidence=0.95, statements=1),
        Edge("a", "c", "SUCCEEDED_BY", origin="register"),
    )
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html")
    page.fill("#least", "90")
    assert page.locator("#sure").inner_text() == "at least 90%"
    assert sorted(page.locator("tbody tr:visible td:nth-child(2)").all_inner_texts()) == [
        "Dispute",
        "Succeeded by (register)",
    ]


def test_pointing_shows_a_tooltip_with_evidence(opened: Opened, tmp_path: Path) -> None:
    found = Evidence("s1", "The money will be held back.", "b", "Hurn weekly", date(2020, 3, 5), None, 0.75, "r")
    edge = Edge("a", "b", "FUNDING", status="withheld", amount=22e6, statements=1, briefings=1, evidence=(found,))
    page = opened.open(
        Subgraph((Entity("a", "Payer", "government"), Entity("b", "Taker NHS Trust", "trust")), (edge,)),
        tmp_path / "m.html",
    )
    box = page.locator("#network").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 + 5, box["y"] + box["height"] / 2)
    tip = page.locator("#tip")
    tip.wait_for(state="visible")
    said = tip.inner_text()
    for part in ("Payer → Taker", "£22m", "withheld", "The money will be held back.", "Hurn weekly", "5 Mar 2020"):
        assert part in said


def test_click_on_an_entity_opens_it_and_on_paper_closes(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    opened.click_entity("hvh")
    assert page.locator("#details h2").inner_text() == "Hurn Valley Hospitals NHS Foundation Trust"
    box = page.locator("#network").bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert not page.locator("#details").is_visible()


COLOURS = """() => { const canvas = document.querySelector("#network canvas"), copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const all = context.getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = {}; for (let i = 0; i < all.length; i += 4) {
      const name = `${all[i]},${all[i+1]},${all[i+2]}`; seen[name] = (seen[name] ?? 0) + 1; }
    return {...seen, corner: `${all[0]},${all[1]},${all[2]}`}; }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_has_the_colours_of_kinds_on_the_page_colour(opened: Opened, tmp_path: Path, scheme: str) -> None:
    opened.page.emulate_media(color_scheme=scheme)
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    seen = page.evaluate(COLOURS)
    assert seen["corner"] == ("255,255,255" if scheme == "light" else "20,24,27")
    assert seen["0,114,178"] > 100  # a trust
    assert seen["213,94,0"] > 100  # a regulator
    page.click("#theme")
    assert page.evaluate(COLOURS)["corner"] == ("20,24,27" if scheme == "light" else "255,255,255")


def test_arranging_by_group_frames_them_and_back(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(group="kind"))
    assert page.input_value("#arrange") == "kind"
    assert page.evaluate(COLOURS)["243,246,249"] > 5000  # frames
    page.select_option("#arrange", "links")
    assert "243,246,249" not in page.evaluate(COLOURS)


def test_a_large_map_is_closed_and_a_search_opens_the_way_to_a_body(opened: Opened, tmp_path: Path) -> None:
    graph = large_subgraph(1400)
    page = opened.open(graph, tmp_path / "map.html")
    assert page.input_value("#arrange") == "overview"
    trust = next(entity for entity in graph.nodes if entity.id == "e700")
    page.fill("#search", trust.name)
    page.press("#search", "Enter")
    assert page.locator("#details h2").inner_text() == trust.name
    page.keyboard.press("Escape")
    # It stands in the middle, left of where the panel was, as itself.
    page.mouse.click(*opened.middle())
    assert page.locator("#details h2").inner_text() == trust.name


def test_a_page_of_a_day_counts_what_stood_then(opened: Opened, tmp_path: Path) -> None:
    early = Evidence("s1", "They talk.", "b1", "First", date(2018, 3, 5), None, 0.9, "r", status="in_talks")
    late = Evidence("s2", "It is off.", "b2", "Second", date(2019, 6, 1), None, 0.9, "r", status="called_off")
    nodes = (
        *(Entity(id, f"{id.upper()} NHS Trust", "trust") for id in "abc"),
        Entity("ics", "Marl Integrated Care System", "ics", opened=date(2019, 1, 1)),
        Entity("never", "Never Linked", "person"),
    )
    edges = (
        Edge("a", "b", "MERGER_TALKS", status="called_off", evidence=(early, late), last_seen=late.published),
        Edge("b", "c", "DISPUTE", evidence=(late,), last_seen=late.published),
        Edge("a", "ics", "PART_OF", origin="register"),
    )
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html", Look(until=date(2018, 12, 31)))
    assert "As of December 2018: 1 of 3 links, 2 of 5 bodies and people" in page.locator("header").inner_text()
    assert [row.inner_text().split("\t")[4] for row in page.locator("#table tbody tr").all()] == ["in talks"]

    def count(value: str) -> str:
        return page.locator(f"label:has([value='{value}']) .count").inner_text()

    assert (count("MERGER_TALKS"), count("DISPUTE"), count("PART_OF"), count("trust")) == ("1", "0", "0", "2")
    assert (count("firm"), count("over")) == ("1", "0")
    page.get_by_role("button", name="Whole time").click()
    assert "4 organisations · 1 person · 3 links" in page.locator("header").inner_text()
    assert (count("firm"), count("over"), count("person")) == ("1", "1", "1")
