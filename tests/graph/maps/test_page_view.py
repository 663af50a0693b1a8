"""What of the picture is in view: nothing moves without need, a hub has its neighbours, groups their names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.maps import Look, write_map
from graph.model import Edge, Entity, Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import changing_subgraph, large_subgraph, small_subgraph, told

pytestmark = pytest.mark.browser

PANEL = 370
LISTEN = """() => { window.labels = {}; const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      window.labels[text] = [x, y]; return write.call(this, text, x, y); };
    window.widths = new Set(); const stroke = CanvasRenderingContext2D.prototype.stroke;
    CanvasRenderingContext2D.prototype.stroke = function (...path) {
      window.widths.add(Math.round(10 * this.lineWidth) / 10); return stroke.apply(this, path); }; }"""


def labels(page: Page) -> dict[str, list[float]]:
    """Each text that the picture now shows, and where, in pixels; listening begins with the first call."""
    if page.evaluate("window.labels === undefined"):
        page.evaluate(LISTEN)
    page.wait_for_timeout(350)  # what moves has arrived
    page.evaluate("window.labels = {}; window.widths = new Set()")
    page.evaluate("document.getElementById('theme').click()")
    page.evaluate("document.getElementById('theme').click()")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: dict[str, list[float]] = page.evaluate("window.labels")
    return found


def widest(page: Page) -> float:
    """Of the lines that the picture now shows."""
    labels(page)
    found: float = page.evaluate("Math.max(...window.widths)")
    return found


def find(page: Page, name: str) -> None:
    page.fill("#search", name)
    page.press("#search", "Enter")


def pair() -> Subgraph:
    whole = changing_subgraph()
    return Subgraph(whole.nodes[:2], whole.edges[:1])


def network_middle(page: Page) -> tuple[float, float]:
    box = page.locator("#network").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def width_of(page: Page) -> float:
    wide: float = page.evaluate("document.getElementById('network').getBoundingClientRect().width")
    return wide


@pytest.mark.parametrize("way", ["button", "escape"])
def test_closing_the_panel_ends_what_was_picked_in_the_picture(opened: Opened, tmp_path: Path, way: str) -> None:
    page = opened.open(pair(), tmp_path / "map.html")
    page.mouse.move(5, 5)
    before = widest(page)
    x, y = network_middle(page)
    page.mouse.click(x + 25, y)
    expect(page.locator("#details h2")).to_have_text("Merger talks")
    page.mouse.move(5, 5)
    assert widest(page) > before
    if way == "button":
        page.get_by_role("button", name="Close", exact=True).click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()
    page.mouse.move(5, 5)
    assert widest(page) == before


def test_who_is_in_view_stays_where_it_is_when_found(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    names = {"Hurn CCG": "hurn ccg", "Hurn Valley Hospitals": "hvh", "Lumeno Records": "lumeno"}
    wide = width_of(page)
    before = labels(page)
    free = [name for name in names if name in before and before[name][0] < wide - PANEL - 120]
    assert free
    for name in free:
        find(page, names[name])
        assert page.locator("#details").is_visible()
        page.keyboard.press("Escape")
        assert labels(page) == before


def test_the_panel_moves_the_picture_just_so_far_that_it_covers_nothing_it_tells_of(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    wide = width_of(page)
    before = labels(page)
    subgraph = small_subgraph()
    under = {e.name: before[e.name] for e in subgraph.nodes if before.get(e.name, [0])[0] > wide - PANEL}
    assert under
    name = max(under, key=lambda one: under[one][0])
    find(page, name)
    after = labels(page)
    assert wide - PANEL - 160 < after[name][0] < wide - PANEL
    # It moved aside, neither up nor nearer.
    others = [one for one in before if one in after and one != name]
    assert others
    assert after[name][1] == pytest.approx(before[name][1], abs=30)


def test_who_is_out_of_view_is_brought_there(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.focus("#network")
    for _ in range(6):
        page.keyboard.press("+")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    assert "CQC" not in labels(page)
    find(page, "cqc")
    assert "CQC" in labels(page)


def hub() -> Subgraph:
    """A large graph in which one body has 200 neighbours in many groups."""
    whole = large_subgraph(1400)
    hub = Entity("hub", "Hurnshire Commission", "regulator")
    edges = tuple(
        Edge("hub", entity.id, "REGULATORY_ACTION", statements=1 + number % 3, confidence=0.9)
        for number, entity in enumerate(whole.nodes[30:1230:6])
    )
    return Subgraph((*whole.nodes, hub), (*whole.edges, *edges))


def test_a_hub_and_its_neighbours_are_drawn_themselves(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hub(), tmp_path / "map.html")
    find(page, "hurnshire commission")
    page.click("text=Only this and its neighbours")
    assert "150 of its 200 neighbours, those most is said of." in page.locator("#details").inner_text()
    seen = labels(page)
    assert not [text for text in seen if text.endswith(" more") or " + " in text]
    wide = width_of(page)
    names = {entity.name for entity in hub().nodes}
    assert len(seen) > 25
    # All of them left of the panel, the hub in their middle.
    assert max(x for text, (x, _) in seen.items() if text in names) < wide - PANEL
    assert seen["Hurnshire Commission"][0] == pytest.approx((wide - 380) / 2, abs=40)
    counts = [
        int(text.replace(",", "")) for text in page.locator("label:has([data-group=kinds]) .count").all_inner_texts()
    ]
    assert sum(counts) == 151
    assert "Hurnshire Commission and its neighbours: " in page.locator("#summary").inner_text()
    assert "151 of 1,401 bodies and people" in page.locator("#summary").inner_text()
    page.click("text=Show all again")
    assert any(" + " in text or text.endswith("more") for text in labels(page))
    assert "1,401" not in page.locator("#summary").inner_text()


def test_a_group_found_while_only_neighbours_are_shown_brings_the_groups_back(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hub(), tmp_path / "map.html")
    find(page, "hurnshire commission")
    page.click("text=Only this and its neighbours")
    page.fill("#search", "more")
    option = page.locator("#found li", has_text="Group of").first
    name = option.locator("bdi").inner_text()
    option.click()
    assert page.locator("#details h2").inner_text() == name
    assert "1,401" not in page.locator("#summary").inner_text()


def test_nothing_is_shown_again_where_nothing_was_hidden(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(pair(), tmp_path / "map.html")
    find(page, "hvh")
    page.click("text=Only this and its neighbours")
    assert page.get_by_role("button", name="Show all again").count() == 0


def test_a_finger_opens_the_panel_and_presses_nothing_in_it(opened: Opened, tmp_path: Path) -> None:
    write_map(small_subgraph(), tmp_path / "map.html")
    browser = opened.page.context.browser
    assert browser
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    where = labels(page)
    box = page.locator("#network").bounding_box()
    assert box
    page.evaluate("document.addEventListener('click', (event) => { window.pressed = event.target.tagName; })")
    heading = next(text for text in where if text.startswith("Hurn Valley"))
    x, y = where[heading]
    page.evaluate("window.pressed = null")
    for above in (24, 18, 30, 36):
        page.touchscreen.tap(box["x"] + x, box["y"] + y - above)
        page.wait_for_timeout(400)
        if page.locator("#details").is_visible():
            break
    assert page.locator("#details").is_visible()
    assert page.evaluate("window.pressed") is None
    context.close()


def test_long_names_of_groups_lose_letters_and_not_the_count(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(large_subgraph(1400), tmp_path / "map.html")
    texts = list(labels(page))
    tails = [text for text in texts if text.endswith("more") or " + " in text or text.startswith("+ ")]
    assert tails
    # Never "… and 109" without its "more".
    lines = "\n".join(texts)
    assert "…" not in [text[-1] for text in tails]
    for text in texts:
        if text.endswith(tuple("0123456789")) and " and " in text:
            assert "more" in lines[lines.index(text) + len(text) :].split("\n")[1]


def test_group_names_are_cut_before_what_says_how_many_more(opened: Opened, tmp_path: Path) -> None:
    name = "Department for Hurnshire, Department for the whole of Lydeshire and 109 more"
    page = opened.open(pair(), tmp_path / "map.html")
    script = page.locator("script[type=module]").text_content() or ""
    module = script.split("modules.groupnames = await ")[1].split("\nmodules.")[0].rstrip().rstrip(";")
    lines = page.evaluate(f"async (name) => (await {module}).wrapped(name)", name)
    assert len(lines) <= 4
    assert " ".join(lines).endswith("… and 109 more")
    assert " ".join(lines).startswith("Department for Hurnshire, Department")


def test_a_group_in_a_list_counts_as_its_name_does(opened: Opened, tmp_path: Path) -> None:
    nodes = tuple(Entity(f"e{i}", f"Body {i}", "trust", region="North" if i < 6 else "South") for i in range(9))
    edges = tuple(Edge(f"e{i}", f"e{(i + 1) % 9}", "PART_OF", origin="register") for i in range(9))
    page = opened.open(Subgraph(nodes, edges), tmp_path / "map.html", Look(group="region"))
    find(page, "north")
    if page.locator("#details .sum").count():
        assert " of " not in page.locator("#details .sum .count").first.inner_text()
    assert "6 inside" in page.locator("#details").inner_text()


def test_undated_states_come_last(opened: Opened, tmp_path: Path) -> None:
    said = (
        told("undated", None, "A merger was mooted once.", status="mooted", form="merger"),
        told("spring", date(2016, 3, 5), "Talks are under way.", status="in_talks", form="merger"),
        told("winter", date(2020, 1, 10), "Both walked away.", status="called_off", form="merger"),
    )
    edge = Edge(
        "hurn",
        "lyde",
        "MERGER_TALKS",
        status="called_off",
        form="merger",
        first_seen=date(2016, 3, 5),
        last_seen=date(2020, 1, 10),
        statements=3,
        briefings=3,
        confidence=0.9,
        evidence=said,
    )
    page = opened.open(Subgraph(pair().nodes, (edge,)), tmp_path / "map.html")
    page.locator("#table tbody tr button").first.click()
    history = [" ".join(text.split()) for text in page.locator("#details .history li").all_inner_texts()]
    assert history == ["Mar 2016 merger, in talks", "Jan 2020 merger, called off", "No date merger, mooted"]
    assert page.locator("#details [aria-current]").inner_text().endswith("called off")


def test_a_table_wider_than_the_screen_says_so(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    hint = page.locator("#table").get_by_text("The table goes on to the right.")
    page.set_viewport_size({"width": 1500, "height": 850})
    expect(hint).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(hint).to_be_visible()
    # A shadow lies at the edge that hides more.
    wide = page.locator("#table .wide")
    assert wide.evaluate("box => getComputedStyle(box).backgroundImage.split('gradient').length") == 5
    assert wide.evaluate("box => getComputedStyle(box).backgroundAttachment") == "local, local, scroll, scroll"
