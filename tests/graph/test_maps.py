"""The map as a reader meets it: opened from disk in a browser without a network."""

from __future__ import annotations

import json
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from graph.errors import InputError
from graph.maps import map_html, write_map
from graph.model import Edge, Entity, Evidence, Subgraph
from tests.graph.view_samples import large_subgraph, small_subgraph

HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=\"window.pwned=1;fetch('http://127.0.0.1:9/x')\">",
    "\"><svg onload=window.pwned=1> <a href='javascript:window.pwned=1'>href</a>",
    "'; window.pwned=1; // ${window.pwned=1} {{ 7*7 }} {% raw %} `",
    "\u202eevil tfel ot thgir\u202c \u200f\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "nul\x00 bell\x07 escape\x1b[31m line\u2028separator surrogate\ud800 <!--",
    "A" * 10_000,
    "word & <b>word</b> " * 500,
)


@dataclass
class Opened:
    """A map in the browser, and everything that it should never have done."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, subgraph: Subgraph, path: Path) -> Page:
        write_map(subgraph, path)
        self.page.goto(path.as_uri())
        return self.page

    def click_entity(self, name: str) -> None:
        """Find an entity, which moves it to the middle left of the panel, close the panel and click it there."""
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")
        self.page.keyboard.press("Escape")
        x, y = self.middle()
        self.page.mouse.click(x, y)

    def middle(self) -> tuple[float, float]:
        box = self.page.locator("#network").bounding_box()
        assert box
        return box["x"] + box["width"] / 2 - 185, box["y"] + box["height"] / 2


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    page = chromium.new_page(viewport={"width": 1300, "height": 850}, color_scheme="light")
    watch = Opened(page)
    page.on("console", lambda message: watch.errors.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: watch.errors.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watch.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: watch.requests.append(request.url))
    yield watch
    page.close()
    assert watch.errors == []
    assert [url for url in watch.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def hostile_subgraph() -> Subgraph:
    ids = ["__proto__", "constructor", "<script>", "a b", '"', "\u202e", "7", "toString"]
    nodes = tuple(
        Entity(id, text, kind, aliases=(text, "href"), region=text, members=(text,))
        for id, text, kind in zip(
            ids, HOSTILE, ["trust", "icb", "person", "other", "ics", "ccg", "union", "media"], strict=True
        )
    )
    edges = []
    for number, (text, source, target) in enumerate(zip(HOSTILE, ids, ids[1:] + ids[:1], strict=True)):
        found = Evidence(
            f"s{number}", text, text, text, date(2020, 1, 2), f"javascript:window.pwned=1//{text}", 0.5, text
        )
        edges.append(
            Edge(
                source,
                target,
                "HOLDS_ROLE",
                role=text,
                statements=1,
                briefings=1,
                evidence=(found, replace(found, role=text)),
            )
        )
    return Subgraph(nodes, tuple(edges), focus=("__proto__",), title=HOSTILE[0], notes=HOSTILE)


def table_rows(page: Page) -> int:
    return page.locator("tbody tr:visible").count()


def test_page_asks_the_network_for_nothing() -> None:
    html = map_html(small_subgraph())
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert "default-src 'none'" in markup
    assert not re.search(r"<(link|img|iframe|script)[^>]+(src|href)=", html)
    assert "bootstrap" not in markup
    assert "cdn" not in markup.lower()


def test_the_network_is_made_by_pyvis(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyvis.network import Network

    made: list[Network] = []
    render = Network.generate_html
    monkeypatch.setattr(Network, "generate_html", lambda self, **said: (made.append(self), render(self, **said))[1])
    subgraph = small_subgraph()
    map_html(subgraph)
    assert len(made[0].nodes) == len(subgraph.nodes)
    assert len(made[0].edges) == len(subgraph.edges)


def test_same_subgraph_gives_the_same_bytes() -> None:
    assert map_html(large_subgraph()) == map_html(large_subgraph())


def test_file_is_utf8_readable_by_others_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")
    write_map(small_subgraph(), target, title="Größe – £5m")
    assert "Größe – £5m" in target.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask


def test_old_map_stays_where_the_new_one_fails(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="unknown kind"):
        write_map(Subgraph((Entity("x", "X", "wizard"),)), target)
    assert target.read_text(encoding="utf-8") == "old"


def test_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"can't write .*no such file or directory; name a file in a folder"):
        write_map(Subgraph(), tmp_path / "nowhere" / "map.html")


def test_link_to_nowhere_and_unknown_predicate_are_refused() -> None:
    here = Entity("a", "A", "trust")
    with pytest.raises(InputError, match="which the graph does not hold"):
        map_html(Subgraph((here,), (Edge("a", "b", "FUNDING"),)))
    with pytest.raises(InputError, match="unknown predicate"):
        map_html(Subgraph((here,), (Edge("a", "a", "LOVES"),)))


def drawn(subgraph: Subgraph) -> tuple[list[dict], list[dict]]:
    found = re.search(r'id="data">(.*?)</script>', map_html(subgraph), re.S)
    assert found
    data = json.loads(found[1])
    return data["nodes"], data["edges"]


def test_links_of_one_pair_never_lie_on_each_other() -> None:
    ends = (Entity("a", "A", "trust"), Entity("b", "B", "trust"))
    kinds = ("FUNDING", "DISPUTE", "CRITICISED", "PART_OF")
    edges = tuple(Edge(*(("a", "b") if i % 2 else ("b", "a")), kind) for i, kind in enumerate(kinds))
    _, lines = drawn(Subgraph(ends, (*edges, Edge("a", "a", "DEFICIT"), Edge("a", "a", "MERGER_TALKS"))))
    bows = set()
    for line in lines[:4]:
        turn = 1 if line["smooth"]["type"] == "curvedCW" else -1
        # Seen from one side: a clockwise bow of a link that points the other way is on the other side.
        bows.add(turn * line["smooth"]["roundness"] * (1 if line["from"] == 0 else -1))
    assert len(bows) == 4
    assert lines[4]["selfReference"]["angle"] != lines[5]["selfReference"]["angle"]


def test_line_tells_predicate_status_and_origin() -> None:
    ends = (Entity("a", "A", "trust"), Entity("b", "B", "trust"))
    _, lines = drawn(
        Subgraph(
            ends,
            (
                Edge("a", "b", "FUNDING", status="confirmed"),
                Edge("a", "b", "FUNDING", status="proposed"),
                Edge("a", "b", "FUNDING", status="refused"),
                Edge("a", "b", "SUCCEEDED_BY", origin="register"),
                Edge("a", "b", "MERGER_TALKS", status="mooted"),
            ),
        )
    )
    firm, proposed, refused, lineage, merger = lines
    assert firm["dashes"] is False
    assert proposed["dashes"] == merger["dashes"] != lineage["dashes"] != False  # noqa: E712
    assert "middle" in refused["arrows"]
    assert refused["color"] != firm["color"]
    assert set(firm["arrows"]) == {"to"}
    assert set(merger["arrows"]) == {"to", "from"}


def test_names_are_short_and_never_the_same_twice() -> None:
    nodes, _ = drawn(
        Subgraph(
            (
                Entity("a", "Hurn Valley Hospitals NHS Foundation Trust", "trust"),
                Entity("b", "Marl NHS Trust", "trust"),
                Entity("c", "Marl NHS Foundation Trust", "trust"),
            )
        )
    )
    labels = [node["label"].replace("\n", " ") for node in nodes]
    assert labels == ["Hurn Valley Hospitals", "Marl NHS Trust", "Marl NHS Foundation Trust"]


@pytest.mark.browser
def test_map_opens_at_once_and_lists_every_fact(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    assert page.title() == "Links of Hurn Valley Hospitals NHS Foundation Trust"
    assert "22 organisations · 3 people · 33 links" in page.locator("header").inner_text()
    assert table_rows(page) == len(subgraph.edges)
    kinds = page.locator("[data-kind]").evaluate_all("boxes => boxes.map(box => box.dataset.kind)")
    assert set(kinds) == {entity.kind for entity in subgraph.nodes}
    predicates = page.locator("[data-predicate]").evaluate_all("boxes => boxes.map(box => box.dataset.predicate)")
    assert set(predicates) == {edge.predicate for edge in subgraph.edges}


@pytest.mark.browser
def test_click_on_an_entity_shows_its_facts_and_every_quote(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    opened.click_entity("hvh")
    panel = page.locator("#details")
    assert panel.locator("h2").inner_text() == "Hurn Valley Hospitals NHS Foundation Trust"
    mine = [edge for edge in subgraph.edges if "trust-hurn" in (edge.source, edge.target)]
    assert panel.locator("blockquote").all_text_contents() != []
    assert sorted(panel.locator("blockquote").all_text_contents()) == sorted(
        e.quote for edge in mine for e in edge.evidence
    )
    assert "£22.4m incentive, withheld" in panel.text_content()


@pytest.mark.browser
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
    for part in (
        "Payer → Taker NHS Trust",
        "£22m",
        "withheld",
        "The money will be held back.",
        "Hurn weekly",
        "5 Mar 2020",
        "75%",
    ):
        assert part in said


@pytest.mark.browser
def test_row_of_the_table_opens_the_link(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.locator("tbody tr", has_text="NHS England").filter(has_text="withheld").locator("button").first.click()
    panel = page.locator("#details")
    assert panel.locator("blockquote").count() == 3
    assert "£22.4m (£22,400,000)" in panel.inner_text()
    assert panel.locator("a").first.get_attribute("href") == "https://example.org/hurnshire-watch"


@pytest.mark.browser
def test_filters_hide_kinds_and_predicates(opened: Opened, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    page = opened.open(subgraph, tmp_path / "map.html")
    kind = {entity.id: entity.kind for entity in subgraph.nodes}
    page.uncheck("[data-predicate=FUNDING]")
    left = [edge for edge in subgraph.edges if edge.predicate != "FUNDING"]
    assert table_rows(page) == len(left)
    page.uncheck("[data-kind=person]")
    assert table_rows(page) == sum("person" not in (kind[e.source], kind[e.target]) for e in left)
    page.click("#all")
    assert table_rows(page) == len(subgraph.edges)
    assert page.is_checked("[data-kind=person]")


@pytest.mark.browser
def test_search_takes_acronyms_and_says_when_there_is_nothing(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "cqc")
    assert page.locator("#found").inner_text() == "CQC"
    page.fill("#search", "st osyth")
    assert page.locator("#found li").count() == 1
    page.fill("#search", "zzz")
    assert "No such name" in page.locator("#found").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_is_drawn_on_the_page_colour(opened: Opened, tmp_path: Path, scheme: str) -> None:
    opened.page.emulate_media(color_scheme=scheme)
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    with page.expect_download() as download:
        page.click("#picture")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    pixels = page.evaluate(
        """() => { const canvas = document.querySelector("canvas"), context = canvas.getContext("2d");
        const all = context.getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set(); for (let i = 0; i < all.length; i += 4) seen.add(`${all[i]},${all[i+1]},${all[i+2]}`);
        return {corner: [all[0], all[1], all[2]], trust: seen.has("0,114,178"), regulator: seen.has("213,94,0")}; }"""
    )
    assert pixels == {"corner": [255] * 3 if scheme == "light" else [20, 24, 27], "trust": True, "regulator": True}


@pytest.mark.browser
def test_hostile_text_is_only_ever_text(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    for row in range(len(HOSTILE)):
        page.locator("tbody tr").nth(row).locator("button").first.click()
        page.locator("#details button").nth(1).click()
        opened.page.mouse.move(*opened.middle())
        page.mouse.move(5, 5)
        page.keyboard.press("Escape")
    for asked in ("script", "onerror", "href", "AAAA", "word"):
        page.fill("#search", asked)
        page.press("#search", "Enter")
    assert page.evaluate("window.pwned") is None
    assert page.locator("#details img, #details script, #table img, #table b, #stage svg").count() == 0
    assert page.locator("#details a").count() == 0
    assert HOSTILE[3] in page.locator("tbody").text_content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_long_name_and_quote_are_whole_in_the_panel(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    page.fill("#search", "AAAA")
    page.press("#search", "Enter")
    assert page.locator("#details h2").text_content() == "A" * 10_000
    assert "A" * 10_000 in page.locator("#details blockquote").all_text_contents()


@pytest.mark.browser
def test_empty_map_says_so(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph(), tmp_path / "map.html")
    assert "Nothing to draw" in page.locator("#stage").inner_text()
    assert "No links" in page.locator("#table").inner_text()


@pytest.mark.browser
def test_a_thousand_entities_open_in_two_seconds(opened: Opened, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    write_map(large_subgraph(1000), target)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        opened.page.goto(target.as_uri())
        took.append(time.perf_counter() - began)
    assert min(took) < 2
