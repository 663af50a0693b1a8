"""The PNG of a map: drawn without a browser, the same everywhere."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from graph.maps import Look, raster, write_map
from graph.maps.picture import picture
from graph.maps.svg import sheet, svg
from graph.model import Entity, Subgraph
from tests.graph.view_samples import changing_subgraph, hostile_subgraph, large_subgraph, small_subgraph


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def distinct(png: bytes) -> int:
    """How many different rows of pixels there are, before filtering is undone: 2 or 3 for a blank page."""
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, (wide, high) = zlib.decompress(data), size(png)
    assert len(raw) == (4 * wide + 1) * high
    return len({raw[row * (4 * wide + 1) : (row + 1) * (4 * wide + 1)] for row in range(high)})


def test_it_is_twice_as_large_as_the_svg_and_as_wide_as_asked() -> None:
    whole = picture(changing_subgraph())
    page = sheet(whole)
    assert size(raster.png(whole)) == (2 * page.width, 2 * page.height)
    wide, high = size(raster.png(whole, width=640))
    assert wide == 640
    assert high == pytest.approx(640 * page.height / page.width, abs=1)


def test_a_poster_is_no_larger_than_a_program_can_open(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = picture(large_subgraph(120))
    monkeypatch.setattr(raster, "LARGEST", 900)
    assert 2 * sheet(whole).width > 900
    assert size(raster.png(whole))[0] == 900


def test_same_graph_gives_the_same_picture() -> None:
    assert raster.png(picture(small_subgraph()), width=800) == raster.png(picture(small_subgraph()), width=800)


def test_there_is_something_in_it() -> None:
    assert distinct(raster.png(picture(small_subgraph()), width=800)) > 300


def test_names_are_drawn_in_our_font_without_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    draw = raster.resvg_py.svg_to_bytes

    def noted(**values: object) -> bytes:
        asked.append(bool(values["skip_system_fonts"]))
        return draw(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(raster.resvg_py, "svg_to_bytes", noted)
    plain = raster.png(picture(Subgraph((Entity("a", "Łódź £5m – “Hurn”", "trust"),))), width=600)
    raster.png(picture(Subgraph((Entity("a", "\u0627\u0644\u0639\u0631\u0628", "trust"),))), width=600)
    other = raster.png(picture(Subgraph((Entity("a", "Ĥäĝō £6m – “Lyde”", "trust"),))), width=600)
    assert asked == [True, False, True]
    assert plain != other


def test_letters_leave_ink() -> None:
    """Without a font resvg draws no letter at all, and says nothing."""
    named = raster.png(picture(Subgraph(title="Hurn Infirmary and what became of it")), width=600)
    other = raster.png(picture(Subgraph(title="i")), width=600)
    assert distinct(named) > distinct(other) > 5


def test_hostile_text_is_drawn_too(tmp_path: Path) -> None:
    write_map(hostile_subgraph(), tmp_path / "map.png", look=Look(title="<b>&amp;\x00"))
    assert distinct((tmp_path / "map.png").read_bytes()) > 100
    assert "&lt;b&gt;&amp;amp;" in svg(picture(hostile_subgraph(), Look(title="<b>&amp;\x00")))
