"""How wide texts are, and how they are cut into lines."""

from __future__ import annotations

import re
from pathlib import Path

import font_source_sans_pro
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from graph.maps.letters import fitted, width, wrapped

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
