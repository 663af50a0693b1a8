"""The map in a frame of another page, and addresses that point at one entity."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from graph.maps import write_map
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import hostile_subgraph, small_subgraph

pytestmark = pytest.mark.browser

SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A web site of the test's folder, as a publisher's."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def framed(opened: Opened, site: str, tmp_path: Path, *, ending: str = "", size: str = "width=640 height=420") -> Frame:
    write_map(small_subgraph(), tmp_path / "map.html")
    (tmp_path / "article.html").write_text(
        f'<link rel="icon" href="data:,"><iframe sandbox="{SANDBOX}" src="map.html{ending}" {size}></iframe>'
    )
    opened.page.goto(f"{site}article.html")
    frame = opened.page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    # The site is the only one that was asked.
    opened.requests[:] = [url for url in opened.requests if not url.startswith(site)]
    return frame


def selected(page: Page | Frame) -> str:
    return page.inner_text("#details h2")


def test_frame_shows_the_picture_and_folds_the_rest(opened: Opened, site: str, tmp_path: Path) -> None:
    frame = framed(opened, site, tmp_path)
    for folded in ("#controls", "#timeline", "#table"):
        expect(frame.locator(folded)).to_be_hidden()
    box = frame.locator("#network").bounding_box()
    assert box
    assert box["width"] == 640
    assert box["height"] > 360
    assert frame.evaluate("document.documentElement.scrollHeight") <= 420
    opener = frame.get_by_role("button", name="Key and filters")
    opener.click()
    expect(frame.locator("#controls")).to_be_visible()
    expect(frame.locator("#timeline")).to_be_visible()
    assert opener.get_attribute("aria-expanded") == "true"
    opener.click()
    expect(frame.locator("#controls")).to_be_hidden()


def test_whole_map_opens_in_a_tab_of_its_own(opened: Opened, site: str, tmp_path: Path) -> None:
    frame = framed(opened, site, tmp_path, ending="#at=HVH")
    assert selected(frame) == "Hurn Valley Hospitals NHS Foundation Trust"
    with opened.page.context.expect_page() as tab:
        frame.click("text=Open the whole map")
    tab.value.wait_for_selector("html[data-ready]")
    assert selected(tab.value) == "Hurn Valley Hospitals NHS Foundation Trust"
    expect(tab.value.locator("#controls")).to_be_visible()
    tab.value.close()


def test_page_without_an_address_offers_no_tab(opened: Opened, tmp_path: Path) -> None:
    write_map(small_subgraph(), tmp_path / "map.html")
    opened.page.goto("about:blank")
    opened.page.evaluate(
        """([html, sandbox]) => {
            const frame = document.createElement("iframe");
            frame.sandbox = sandbox;
            frame.srcdoc = html;
            document.body.append(frame);
        }""",
        [(tmp_path / "map.html").read_text(encoding="utf-8"), SANDBOX],
    )
    frame = opened.page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    expect(frame.get_by_role("button", name="Key and filters")).to_be_visible()
    expect(frame.get_by_text("Open the whole map")).to_have_count(0)
    frame.focus("#network")
    frame.press("#network", "ArrowRight")
    frame.press("#network", "Enter")
    assert selected(frame) == "Hurn Valley Hospitals NHS Foundation Trust"


def test_slash_unfolds_the_search(opened: Opened, site: str, tmp_path: Path) -> None:
    frame = framed(opened, site, tmp_path)
    frame.focus("#network")
    frame.press("#network", "/")
    expect(frame.locator("#search")).to_be_focused()


def test_address_can_ask_for_the_small_form(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#embed&at=CQC")
    expect(page.locator("#table")).to_be_hidden()
    assert selected(page) == "Care Quality Commission"
    page.keyboard.press("Escape")
    assert page.evaluate("location.hash") == "#embed"


@pytest.mark.parametrize("name", ["X24", "NHSE", "nhs england", "NHS%20England"])
def test_address_finds_by_code_acronym_and_name(opened: Opened, tmp_path: Path, name: str) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at=f"#at={name}")
    assert selected(page) == "NHS England"


def test_address_follows_the_selection_and_leads(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.fill("#search", "Thirle")
    page.press("#search", "Enter")
    assert page.evaluate("location.hash") == "#at=Thirle%20Grange%20Consulting"
    page.evaluate("location.hash = '#at=DHSC'")
    expect(page.locator("#details h2")).to_have_text("Department of Health and Social Care")
    page.keyboard.press("Escape")
    assert page.evaluate("location.hash") == ""


def test_address_that_names_nobody_is_told_so_in_plain_text(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#at=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(page.locator("#details")).to_be_hidden()
    words = "No such name on this map: <script>alert(1)</script>"
    expect(page.locator("#said")).to_have_text(words)
    expect(page.locator("#stage .note")).to_have_text(words)
    expect(page.locator("#stage .note")).to_be_in_viewport(ratio=1)
    page.evaluate("location.hash = '#at=Nobody'")
    expect(page.locator("#stage .note")).to_have_text("No such name on this map: Nobody")
    page.evaluate("location.hash = '#at=CQC'")
    expect(page.locator("#details h2")).to_have_text("Care Quality Commission")
    expect(page.locator("#stage .note")).to_have_count(0)


def test_line_about_a_name_that_is_not_there_goes_by_itself(opened: Opened, tmp_path: Path) -> None:
    opened.page.clock.install()
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#at=Nobody")
    expect(page.locator("#stage .note")).to_be_visible()
    page.clock.fast_forward(10_000)
    expect(page.locator("#stage .note")).to_have_count(0)


@pytest.mark.parametrize("ending", ["#at=", "#at=%20", "#embed"])
def test_address_that_asks_for_nobody_is_told_nothing(opened: Opened, tmp_path: Path, ending: str) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at=ending)
    expect(page.locator("#stage .note")).to_have_count(0)
    expect(page.locator("#said")).to_be_empty()


def test_hostile_names_in_the_address(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html", at="#at=__proto__")
    page.focus("#network")
    for key in ("ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert len(page.evaluate("location.href")) < 2000
    assert page.evaluate("window.pwned") is None
