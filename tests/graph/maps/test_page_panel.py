"""The panel of details and the tooltip: what a reader learns of what they pick."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.maps import Look
from graph.model import Edge, Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, small_subgraph, star_subgraph

pytestmark = pytest.mark.browser


def find(page: Page, name: str) -> None:
    page.fill("#search", name)
    page.press("#search", "Enter")


def open_row(page: Page, *texts: str) -> None:
    row = page.locator("#table tbody tr")
    for text in texts:
        row = row.filter(has_text=text)
    row.first.locator("button").first.click()


def facts(page: Page) -> dict[str, str]:
    texts = page.locator("#details dl > *").all_inner_texts()
    return dict(zip(texts[::2], texts[1::2], strict=True))


def test_entity_shows_its_facts_and_every_quote(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    find(page, "hvh")
    panel = page.locator("#details")
    assert panel.locator("h2").inner_text() == "Hurn Valley Hospitals NHS Foundation Trust"
    assert facts(page)["Also called"] == "Hurn Valley; HVH"
    mine = [edge for edge in subgraph.edges if "trust-hurn" in (edge.source, edge.target)]
    quotes = panel.locator("blockquote").all_text_contents()
    assert sorted(quotes) == sorted(found.quote for edge in mine for found in edge.evidence)
    lines = panel.inner_text().split("\n")
    assert "from NHS England: £22.4m incentive, withheld" in lines
    assert "of Hurn and Marl ICS" in lines


def test_entity_shows_how_it_measures_and_what_size_tells(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    find(page, "hvh")
    told = facts(page)
    assert told["Number of links (told by size)"] == "4 · 1st of 6"
    assert told["Number of statements"] == "5 · 1st of 6"


def test_links_come_in_the_order_of_the_legend_with_counts(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    find(page, "nhs england")
    titles = page.locator("#details details.group > summary").all_inner_texts()
    legend = page.locator("[data-group=predicates] ~ span:not(.count)").all_inner_texts()
    names = [title.rsplit(" ", 1)[0] for title in titles]
    assert names == sorted(names, key=legend.index)
    assert "Funding 2" in titles


def test_lineage_leads_from_one_body_to_the_next(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    # A filter of links hides no lineage.
    page.uncheck("[value=SUCCEEDED_BY]")
    find(page, "marl ccg")
    assert page.locator("#details .lineage").inner_text().split("\n") == ["Passed into", "Marl ICB", "1 Jul 2022"]
    page.click("#details button:has-text('Marl ICB')")
    assert page.locator("#details h2").inner_text() == "NHS Marl Integrated Care Board"
    assert page.locator("#details .lineage").inner_text().split("\n") == ["Came after", "Marl CCG", "1 Jul 2022"]


def test_link_shows_state_history_and_statements(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    open_row(page, "Merger talks")
    told = facts(page)
    assert told["Status"] == "called off"
    assert told["Reported"] == "5 Mar 2019 to 10 Jan 2020"
    assert told["Evidence"] == "3 statements in 3 briefings"
    assert told["Confidence"] == "90%"
    history = page.locator("#details .history li").all_inner_texts()
    assert [" ".join(line.split()) for line in history] == [
        "Mar 2019 merger, mooted",
        "Jun 2019 merger, in talks",
        "Jan 2020 merger, called off",
    ]
    assert page.locator("#details blockquote").all_inner_texts()[0] == "Both boards walked away last night."
    assert "Winter letter · 10 Jan 2020" in page.locator("#details").inner_text()
    page.click("#details .ends button:has-text('Lyde Infirmary')")
    assert page.locator("#details h2").inner_text() == "Lyde Infirmary NHS Trust"


def test_statements_that_differ_are_said_to_be_weighed(opened: Opened, tmp_path: Path) -> None:
    line = "The newest of the surest statements decide."
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    open_row(page, "Merger talks")
    assert line in page.locator("#details").inner_text()
    open_row(page, "Funding")
    assert line not in page.locator("#details").inner_text()
    # By then there was one statement only.
    page = opened.open(changing_subgraph(), tmp_path / "map.html", Look(until=date(2019, 4, 1)))
    open_row(page, "Merger talks")
    assert line not in page.locator("#details").inner_text()


def test_other_names_stand_whole_up_to_twenty_lines(opened: Opened, tmp_path: Path) -> None:
    for count, whole in ((24, True), (300, False)):
        aliases = tuple(f"Another name {number}" for number in range(count))
        page = opened.open(Subgraph((Entity("a", "A Trust", "trust", aliases=aliases),)), tmp_path / "map.html")
        find(page, "a trust")
        seen = page.locator("#details dd").nth(1)
        lines, rest = seen.evaluate(
            "dd => [dd.clientHeight / parseFloat(getComputedStyle(dd).lineHeight), dd.scrollHeight - dd.clientHeight]"
        )
        assert lines == pytest.approx(round(lines), abs=0.1)
        assert (rest <= 1) == whole
        assert (10 < lines <= 20.1) if whole else lines == pytest.approx(20, abs=0.1)


def test_link_stands_as_of_the_day_and_later_statements_are_left_out(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html", Look(until=date(2019, 7, 1)))
    open_row(page, "Merger talks")
    panel = page.locator("#details")
    assert "As of 1 Jul 2019" in panel.inner_text()
    assert facts(page)["Status"] == "in talks"
    assert facts(page)["Reported"] == "5 Mar 2019 to 20 Jun 2019"
    assert facts(page)["Evidence"] == "2 statements in 2 briefings"
    assert "Both boards walked away" not in panel.inner_text()
    assert "1 later statement, after 1 Jul 2019, is left out." in panel.inner_text()
    panel.get_by_role("button", name="Show", exact=True).click()
    assert "Both boards walked away last night." in panel.inner_text()
    assert "10 Jan 2020, later than the day looked at" in panel.inner_text()


def test_entity_says_what_was_not_yet_reported(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html", Look(until=date(2019, 7, 1)))
    find(page, "hvh")
    text = page.locator("#details").inner_text()
    assert "with Lyde Infirmary: merger, in talks" in text
    assert "1 link first reported after 1 Jul 2019." in text
    assert "hidden by filters" not in text


def test_two_days_compared_say_what_it_was_and_is(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2019, 4, 1), until=date(2020, 2, 1), compare=True)
    page = opened.open(changing_subgraph(), tmp_path / "map.html", look)
    open_row(page, "Merger talks")
    told = facts(page)
    assert (told["1 Apr 2019"], told["1 Feb 2020"]) == ("merger, mooted", "merger, called off")
    find(page, "hvh")
    marks = page.locator("#details mark").all_inner_texts()
    assert sorted(marks) == ["new", "was: mooted"]


def test_links_hidden_by_filters_are_counted(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    find(page, "hvh")
    before = page.locator("#details details.group details").count()
    page.uncheck("[value=DISPUTE]")
    assert page.locator("#details details.group details").count() == before - 2
    assert "2 more are hidden by filters." in page.locator("#details").inner_text()


def test_only_an_entity_and_its_neighbours(opened: Opened, tmp_path: Path) -> None:
    subgraph = changing_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    find(page, "isolde")
    page.click("#details button:has-text('Only this')")
    assert page.locator("#table tbody tr").count() == 1
    page.click("#details button:has-text('Show all again')")
    assert page.locator("#table tbody tr").count() == len(subgraph.edges)
    assert page.locator("#details button:has-text('Show all again')").count() == 0


def test_folds_stay_open_while_the_days_go_by(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    find(page, "hvh")
    page.locator("#details details.group details summary").first.click()
    assert page.locator("#details details.group details[open]").count() == 1
    page.uncheck("[value=DISPUTE]")
    assert page.locator("#details details.group details[open]").count() == 1


def test_two_thousand_links_are_listed_a_page_at_a_time(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(star_subgraph(2000), tmp_path / "map.html")
    find(page, "the payer")
    group = page.locator("#details details.group")
    assert group.locator("details").count() == 0
    group.locator("summary").first.click()
    expect(group.locator("details")).to_have_count(25)
    # The newest first.
    assert "Body 01" in group.locator("details").first.inner_text()
    group.get_by_role("button", name="Show all 2,000").click()
    assert group.locator("details").count() == 2000
    assert page.locator("#details blockquote").count() == 0
    group.locator("details summary").last.click()
    expect(page.locator("#details blockquote")).to_have_count(1)


def test_keyboard_goes_into_the_panel_and_back(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(changing_subgraph(), tmp_path / "map.html")
    find(page, "hvh")
    panel = page.get_by_role("complementary", name="Hurn Valley Hospitals NHS Foundation Trust")
    assert panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "details-title"
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.id") == "search"
    sorter = page.locator("#table tbody tr button").first
    sorter.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close", exact=True).click()
    assert sorter.evaluate("button => button === document.activeElement")


def test_groups_open_and_close_from_the_panel(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(group="kind"))
    find(page, "nhs trust")
    panel = page.locator("#details")
    name = panel.locator("h2").inner_text()
    assert "5 inside" in panel.inner_text()
    assert "Hurn Valley Hospitals" in panel.inner_text()
    panel.get_by_role("button", name="Close this group").click()
    assert panel.locator("h2").inner_text() == name
    panel.get_by_role("button", name="Open this group").click()
    panel.get_by_role("button", name="Hurn Valley Hospitals").click()
    assert panel.locator("h2").inner_text() == "Hurn Valley Hospitals NHS Foundation Trust"


def test_links_between_groups_are_listed(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", Look(group="kind"))
    for name in ("nhs trust", "regulator"):
        find(page, name)
        page.locator("#details").get_by_role("button", name="Close this group").click()
    bundle = bundle_of(page)
    assert bundle["links"] == len(bundle["listed"])
    assert "NHS England → Hurn Valley Hospitals\n£22.4m incentive, withheld" in bundle["listed"]
    page.locator("#details .step button").first.click()
    assert page.locator("#details blockquote").count() > 0


def bundle_of(page: Page) -> dict:
    """Go through the links of the group at hand by keyboard until one is many."""
    page.locator("#network").focus()
    for _ in range(30):
        page.keyboard.press("]")
        page.keyboard.press("Enter")
        title = page.locator("#details h2").inner_text()
        if title.endswith("links"):
            return {"links": int(title.split()[0]), "listed": page.locator("#details .step").all_inner_texts()}
    raise AssertionError("no line stands for many links")


def test_hostile_names_of_groups_are_only_ever_text(opened: Opened, tmp_path: Path) -> None:
    names = ("<img src=x onerror=window.pwned=1>", "</script><script>window.pwned=1</script>")
    nodes = tuple(Entity(f"e{i}", f"{names[i % 2]} {i}", "trust", region=names[i % 2]) for i in range(8))
    edges = tuple(Edge(f"e{i}", f"e{(i + 3) % 8}", "PART_OF", origin="register") for i in range(8))
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html", Look(group="region"))
    for name in ("img src", "script script"):
        find(page, name)
        page.locator("#details").get_by_role("button", name="Close this group").click()
        page.mouse.move(*opened.middle())
    assert page.evaluate("window.pwned") is None
    assert page.locator("#details img, #details script, #finds img, #tip img").count() == 0


def test_pointing_at_a_link_shows_its_newest_quote(opened: Opened, tmp_path: Path) -> None:
    subgraph = changing_subgraph()
    two = Subgraph(subgraph.nodes[:2], subgraph.edges[:1])
    page = opened.open(two, tmp_path / "map.html")
    box = page.locator("#network").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 + 25, box["y"] + box["height"] / 2)
    tip = page.locator("#tip")
    tip.wait_for(state="visible")
    said = tip.inner_text()
    for part in (
        "Hurn Valley Hospitals – Lyde Infirmary",
        "merger, called off",
        "Both boards walked away",
        "and 2 more",
    ):
        assert part in said
    inside = tip.bounding_box()
    assert inside
    assert box["x"] <= inside["x"]
    assert inside["x"] + inside["width"] <= box["x"] + box["width"]
    page.mouse.move(5, 5)
    assert tip.is_hidden()
