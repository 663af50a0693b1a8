"""The map as a PNG: the SVG, drawn by resvg with a font that is installed with us, the same on every machine.

Fonts of the machine are asked only where a name has letters that ours lacks (Arabic, Chinese …).
"""

from __future__ import annotations

import re
from pathlib import Path

import font_source_sans_pro
import resvg_py

from graph.maps.picture import Picture
from graph.maps.svg import sheet, written

LARGEST = 6000
"""Pixels of a picture's width at most, unless more are asked for."""

_FAMILY = "Source Sans Pro"
_OURS = re.compile(
    "[\t\n -~\u00a0-\u017e\u0386-\u03ce\u0401-\u045f\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u20ac→·×]*"
)


def png(picture: Picture, *, width: int | None = None) -> bytes:
    """The picture as a PNG of some pixels' width; twice the SVG's own, up to `LARGEST`, where none is given."""
    page = sheet(picture)
    text = written(page)
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    return resvg_py.svg_to_bytes(
        svg_string=text,
        width=width or min(2 * page.width, LARGEST),
        skip_system_fonts=_OURS.fullmatch(text) is not None,
        font_files=[str(folder / f"SourceSansPro-{style}.ttf") for style in ("Regular", "Bold")],
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )
