"""Labels: how wide texts are, how they are cut, and who gets which place."""

from __future__ import annotations

import re
from pathlib import Path

import font_source_sans_pro
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from graph.maps.labels import Box, Room, Wanted, around, centred, fitted, width, wrapped

FRAME = Box(0, 0, 400, 300)
SAMPLES = (
    "University Hospitals of Wexbury and Marl NHS Foundation Trust",
    "£22.4m incentive, withheld – “paid” … 5 Mar 2019 → called off",
    "WWW MMM iii lll @@@ %%% QQQ",
    "Château d'Eau, Łódź, Ångström & Søn",
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", SAMPLES)
def test_no_text_is_wider_than_we_think(text: str, bold: bool, chromium: Browser) -> None:
    """Measured in a browser with our own font, and with the plain font of a machine that has it not."""
    style = "Bold" if bold else "Regular"
    font = Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{style}.ttf"
    page = chromium.new_page()
    page.goto(font.parent.as_uri())
    page.set_content(f"<style>@font-face {{ font-family: ours; src: url('{font.as_uri()}') }}</style>")
    measured = page.evaluate(
        """async ([text, weight]) => {
            const context = document.createElement("canvas").getContext("2d");
            return ["ours", "Arial, 'Liberation Sans'"].map((family) => {
                context.font = `${weight} 100px ${family}`;
                return context.measureText(text).width;
            });
        }""",
        [text, 700 if bold else 400],
    )
    page.close()
    assert max(measured) <= width(text, 100, bold=bold) * 1.02
    assert min(measured) >= width(text, 100, bold=bold) * 0.8


def test_cut_text_fits_and_says_that_it_is_cut() -> None:
    assert fitted("Short", 13, 200) == "Short"
    cut = fitted("Royal Wexbury Hospitals NHS Foundation Trust", 13, 120)
    assert cut.endswith("…")
    assert width(cut, 13) <= 120
    assert fitted("", 13, 100) == ""


@given(st.text(max_size=300), st.integers(20, 400), st.integers(1, 4))
def test_wrapped_rows_fit_and_keep_the_words(text: str, most: int, rows: int) -> None:
    found = wrapped(text, 12, most, rows=rows)
    assert len(found) <= rows
    assert all(width(row, 12) <= most + 1e-6 or len(row) <= 2 for row in found)
    if found and not found[-1].endswith("…"):
        assert re.sub(r"\s", "", "".join(found)) != "" or text.strip() == ""


def test_text_breaks_between_words() -> None:
    assert wrapped("Isle of Wight NHS Trust", 12, 80, rows=3) == ("Isle of Wight", "NHS Trust")


def test_a_free_label_stands_below_its_mark() -> None:
    spot = Room(FRAME).put(Wanted(around(("Lyde",), 12, 200, 150, 10)))
    assert spot is not None
    assert spot.anchor == "middle"
    assert spot.box.top > 160


def test_the_next_label_makes_way() -> None:
    room = Room(FRAME)
    spots = [room.put(Wanted(around(("Lyde Infirmary",), 12, x, 150, 8))) for x in (190, 210)]
    one, other = (spot.box for spot in spots if spot)
    assert one.bottom <= other.top or other.bottom <= one.top or one.right <= other.left or other.right <= one.left


def test_a_label_keeps_clear_of_a_line_where_it_can() -> None:
    line = [(float(x), 170.0) for x in range(100, 300, 2)]
    spot = Room(FRAME, lines=[line]).put(Wanted(around(("Lyde",), 12, 200, 150, 10)))
    assert spot is not None
    assert not spot.box.top < 170 < spot.box.bottom


def test_a_label_without_room_is_left_out_unless_it_must_stand() -> None:
    full = Room(FRAME, [FRAME])
    spots = around(("Lyde",), 12, 200, 150, 10)
    assert full.put(Wanted(spots)) is None
    assert full.put(Wanted(spots, must=True)) is not None


def test_a_label_never_leaves_the_page() -> None:
    room = Room(FRAME)
    corner = room.put(Wanted(around(("Lyde Infirmary",), 12, 398, 298, 8), must=True))
    assert corner is not None
    assert (corner.box.right, corner.box.bottom) <= (400, 300)
    assert room.put(Wanted(centred(("far",), 12, [(-50, -50)]))) is None
