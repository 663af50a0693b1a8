"""The map as a PNG and on paper."""

from __future__ import annotations

import base64
import io
import struct
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from graph.maps import Look
from graph.model import Subgraph
from tests.graph.maps.opened import Opened
from tests.graph.view_samples import hostile_subgraph, large_subgraph, small_subgraph

pytestmark = pytest.mark.browser

LIGHT, DARK = [255, 255, 255], [20, 24, 27]
A4_LANDSCAPE = (842, 595)


def saved(page: Page, path: Path) -> str:
    """Save the picture; the name that it was given."""
    with page.expect_download() as download:
        page.evaluate("document.getElementById('picture').click()")
    download.value.save_as(path)
    return download.value.suggested_filename


def size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def pixels(page: Page, path: Path, top: float, bottom: float) -> dict[str, object]:
    """Of a band of the height: the first pixel, how many pixels differ from it, and how many of them at the sides."""
    found: dict[str, object] = page.evaluate(
        """async ([bytes, top, bottom]) => {
            const file = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
            const image = await createImageBitmap(new Blob([file]));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const from = Math.round(top * image.height);
            const { data } = context.getImageData(0, from, image.width, Math.round((bottom - top) * image.height));
            const first = [...data.slice(0, 3)];
            let drawn = 0, sides = 0;
            for (let i = 0; i < data.length; i += 4) {
                const off = [0, 1, 2].reduce((sum, part) => sum + Math.abs(data[i + part] - first[part]), 0);
                if (off < 60) continue;
                drawn += 1;
                const x = (i / 4) % image.width;
                if (x < 4 || x >= image.width - 4) sides += 1;
            }
            return { first, drawn, sides };
        }""",
        [base64.b64encode(path.read_bytes()).decode(), top, bottom],
    )
    return found


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))


def words(sheet: PageObject) -> str:
    """The text of a sheet in one line, without the ligatures of its font."""
    return " ".join(unicodedata.normalize("NFKC", sheet.extract_text()).split())


def pictures(sheet: PageObject) -> list[bytes]:
    """The pixels of each picture of a sheet."""
    parts = sheet["/Resources"]["/XObject"].values()  # type: ignore[index]
    return [part.get_object().get_data() for part in parts if part.get_object()["/Subtype"] == "/Image"]


@pytest.mark.parametrize(("scheme", "paper"), [("light", LIGHT), ("dark", DARK)])
def test_saved_picture_is_whole_large_and_as_seen(
    opened: Opened, tmp_path: Path, scheme: str, paper: list[int]
) -> None:
    opened.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    # Only a corner is in view; the picture holds everything all the same.
    page.focus("#network")
    for _ in range(5):
        page.keyboard.press("+")
    name = saved(page, tmp_path / "saved.png")
    assert name == "Links-around-Hurn-Valley-Hospitals-NHS-Foundation-Trust.png"
    width, height = size(tmp_path / "saved.png")
    assert width == 3000
    assert 900 < height < 4200
    for top, bottom in ((0.0, 0.1), (0.15, 0.75), (0.82, 1.0)):  # title, map, legend
        found = pixels(page, tmp_path / "saved.png", top, bottom)
        assert found["first"] == paper
        assert int(str(found["drawn"])) > 2000
        assert found["sides"] == 0


def test_saving_changes_nothing_that_the_reader_sees(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(large_subgraph(), tmp_path / "map.html")
    page.focus("#network")
    page.keyboard.press("+")
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#theme").focus()
    page.wait_for_timeout(200)
    before = page.locator("#stage").screenshot()
    saved(page, tmp_path / "saved.png")
    page.wait_for_timeout(200)
    assert page.locator("#stage").screenshot() == before


def test_file_takes_a_safe_name_from_any_title(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    assert saved(page, tmp_path / "saved.png") == "script-script-window-pwned-1-script.png"
    assert size(tmp_path / "saved.png")[0] == 3000
    assert page.evaluate("window.pwned") is None


def test_empty_map_can_be_saved(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(Subgraph((), ()), tmp_path / "map.html")
    saved(page, tmp_path / "saved.png")
    assert size(tmp_path / "saved.png")[0] == 3000


def test_print_has_title_day_legend_and_table_on_landscape_paper(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    document = printed(page)
    box = document.pages[0].mediabox
    assert (round(box.width), round(box.height)) == pytest.approx(A4_LANDSCAPE, abs=2)
    first = words(document.pages[0])
    assert "Links around Hurn Valley Hospitals NHS Foundation Trust" in first
    assert "All that was told, January 2022 to December 2022" in first
    for sign in ("NHS trust", "Parliamentary committee", "Merger talks", "Succeeded by", "From the NHS register"):
        assert sign in first
    rest = " ".join(words(each) for each in document.pages[1:])
    assert "The same facts as a table" in rest
    assert "Best evidence" in rest
    assert rest.count("Merger talks") == 2
    assert len(pictures(document.pages[0])) == 1
    whole = first + rest
    for control in ("Save picture", "Whole map", "Whole time", "Show all", "as a table ·", "Compare"):
        assert control not in whole


def test_printed_table_keeps_its_columns_readable(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2022, 3, 31), until=date(2022, 12, 31), compare=True)
    for width in (1300, 390):
        opened.page.set_viewport_size({"width": width, "height": 800})
        page = opened.open(large_subgraph(), tmp_path / "map.html", look)
        links = int(page.locator("#table .counted").inner_text().split()[0])
        # A page for the picture, then at least seven rows to a page.
        assert len(printed(page).pages) <= 2 + links / 7


def test_print_is_light_and_the_page_is_as_before_after_it(opened: Opened, tmp_path: Path) -> None:
    opened.page.emulate_media(color_scheme="dark")
    page = opened.open(small_subgraph(), tmp_path / "map.html")
    page.evaluate("addEventListener('beforeprint', () => { window.then = document.documentElement.dataset.theme; })")
    document = printed(page)
    assert pictures(document.pages[0])[0].startswith(b"\xff" * 30)
    assert page.evaluate("window.then") == "light"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#printed").count() == 0


def test_print_tells_the_comparison_and_only_what_is_shown(opened: Opened, tmp_path: Path) -> None:
    look = Look(since=date(2022, 3, 31), until=date(2022, 6, 30), compare=True)
    page = opened.open(small_subgraph(), tmp_path / "map.html", look)
    page.locator("#key input[value='CRITICISED']").uncheck()
    first = words(printed(page).pages[0])
    assert "March 2022 compared with June 2022" in first
    assert "What changed New" in first
    assert "Criticised" not in first


def test_small_form_prints_the_table_too(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(small_subgraph(), tmp_path / "map.html", at="#embed")
    text = " ".join(words(each) for each in printed(page).pages)
    assert "The same facts as a table" in text
    assert "Key and filters" not in text


def test_hostile_map_prints(opened: Opened, tmp_path: Path) -> None:
    page = opened.open(hostile_subgraph(), tmp_path / "map.html")
    assert "window.pwned=1" in words(printed(page).pages[0])
    assert page.evaluate("window.pwned") is None
