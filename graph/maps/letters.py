"""How wide a text is, and how it fits into lines.

Widths are the larger of Source Sans Pro's and Arial's, so that a picture holds whichever of the two its reader has.
"""

from __future__ import annotations

import unicodedata

from graph.style import label_text

LINE_HEIGHT = 1.18
"""Of the size of the letters."""

_WIDTHS = {
    character: hundredths / 100
    for hundredths, characters in {
        25: "'ij",
        26: "l|",
        28: " ,.:;I\u00b7‘’",
        30: "!f",
        34: "[]()-t{}",
        35: "/\\r",
        43: '*"“”',
        50: "J^cksvxyz",
        56: "`#$0123456789?L_abdeghnopqu£–",
        59: "+<=>~×",
        62: "FTZ",
        67: "&ABEKPSVXY",
        73: "CDHNRUw",
        78: "GOQ",
        84: "Mm",
        95: "%W",
        102: "@—…→",
    }.items()
    for character in characters
}
_BOLD = 1.08


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a line of text takes, at most.

    >>> round(width("NHS England", 13), 1)
    78.4
    """
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1.0)


def fitted(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """The text as one line of at most `most` pixels, cut with an ellipsis where it must be.

    >>> fitted("Royal Wexbury Hospitals", 13, 80)
    'Royal Wexb…'
    """
    return (wrapped(text, size, most, rows=1, bold=bold) or ("",))[0]


def wrapped(text: str, size: float, most: float, *, rows: int, bold: bool = False) -> tuple[str, ...]:
    """The text in at most `rows` lines of at most `most` pixels; broken at spaces where it can be."""
    found: list[str] = []
    rest = label_text(text[:20_000])
    while rest and len(found) < rows:
        fits = _fitting(rest, size, most, bold)
        if fits == len(rest):
            found.append(rest)
            break
        if len(found) + 1 == rows:
            found.append(rest[: _fitting(rest, size, most - width("…", size, bold=bold), bold)].rstrip() + "…")
            break
        space = rest.rfind(" ", 0, fits + 1)
        cut = space if space > 0 else max(fits, 1)
        found.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return tuple(found)


def _fitting(text: str, size: float, most: float, bold: bool) -> int:
    """How many characters fit."""
    room = most / (size * (_BOLD if bold else 1.0))
    for number, character in enumerate(text):
        room -= _advance(character)
        if room < 0:
            return number
    return len(text)


def _advance(character: str) -> float:
    """The width of a character, of letters with accents that of the bare letter; shares of the size."""
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    return _WIDTHS.get(unicodedata.normalize("NFD", character)[0], 1.0)
