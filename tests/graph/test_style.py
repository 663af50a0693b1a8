"""Colours and shapes: everything has one, and nobody has to rely on colour alone."""

from __future__ import annotations

import itertools

import pytest

from graph.errors import InputError
from graph.model import Edge, Entity
from graph.schema import KINDS, PREDICATES, SUCCEEDED_BY
from graph.style import (
    EDGE_STYLES,
    FIRMNESS,
    NODE_STYLES,
    OVER_COLOR,
    edge_style,
    firmness,
    label_text,
    money,
    node_style,
    short_name,
)

# What a reader without red, green or blue cones sees of linear red, green and blue (Viénot, Brettel, Mollon).
SIGHTS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.112, 0.888, 0), (0.112, 0.888, 0), (0.004, -0.004, 1)),
    "no green": ((0.293, 0.707, 0), (0.293, 0.707, 0), (-0.021, 0.021, 1)),
    "no blue": ((1.0, 0.146, -0.146), (0, 0.931, 0.069), (0, 0.931, 0.069)),
}


def linear(color: str) -> list[float]:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, sight: str) -> list[float]:
    seen = [min(max(sum(w * c for w, c in zip(row, linear(color), strict=True)), 0), 1) for row in SIGHTS[sight]]
    weights = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(w * c for w, c in zip(row, seen, strict=True)) / n for row, n in zip(weights, white, strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, sight: str) -> float:
    pairs = zip(lab(one, sight), lab(other, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_every_kind_predicate_and_status_has_a_look() -> None:
    assert set(NODE_STYLES) == set(KINDS)
    assert set(EDGE_STYLES) == {*PREDICATES, SUCCEEDED_BY}
    assert set(FIRMNESS) == {status for predicate in PREDICATES.values() for status in predicate.statuses}


def test_no_two_kinds_or_predicates_look_the_same() -> None:
    assert len({style.color for style in NODE_STYLES.values()}) == len(NODE_STYLES)
    assert len({style.color for style in EDGE_STYLES.values()}) == len(EDGE_STYLES)


@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_of_one_shape_differ_in_colour_for_every_eye(sight: str) -> None:
    pairs = itertools.combinations(NODE_STYLES.items(), 2)
    close = [
        (one, other, round(difference(a.color, b.color, sight), 1))
        for (one, a), (other, b) in pairs
        if a.shape == b.shape and difference(a.color, b.color, sight) < 15
    ]
    assert close == []


@pytest.mark.parametrize("page", ["#ffffff", "#14181b"])
def test_lines_stand_out_on_light_and_dark_pages(page: str) -> None:
    faint = {name: s.color for name, s in EDGE_STYLES.items() if contrast(s.color, page) < 3}
    assert faint == {}
    assert contrast(OVER_COLOR, page) >= 3


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "£0"),
        (950, "£950"),
        (999_950, "£1m"),
        (350_000, "£350k"),
        (22.4e6, "£22.4m"),
        (1.5e9, "£1.5bn"),
        (123_456_789, "£123.5m"),
        (2.5e12, "£2,500bn"),
        (-4e6, "-£4m"),
        (999_999_999, "£1bn"),
    ],
)
def test_money_reads_as_an_editor_writes_it(amount: float, text: str) -> None:
    assert money(amount) == text


@pytest.mark.parametrize(
    ("name", "kind", "aliases", "short"),
    [
        ("Hurn Valley Hospitals NHS Foundation Trust", "trust", (), "Hurn Valley Hospitals"),
        ("Marl Healthcare NHS Trust", "trust", (), "Marl Healthcare"),
        ("NHS Hurn and Marl Integrated Care Board", "icb", (), "Hurn and Marl ICB"),
        ("NHS Marl Clinical Commissioning Group", "ccg", (), "Marl CCG"),
        ("NHS England", "regulator", ("NHSE",), "NHS England"),
        ("Care Quality Commission", "regulator", ("CQC",), "CQC"),
        ("University Hospitals Marl NHS Trust", "trust", ("UHM",), "University Hospitals Marl"),
        ("x" * 10_000, "other", (), "x" * 43 + "…"),
        ("\u202egnp.exe\x00\n two", "other", (), "gnp.exe two"),
        ("\u200b", "other", (), "id"),
    ],
)
def test_short_names(name: str, kind: str, aliases: tuple[str, ...], short: str) -> None:
    assert short_name(Entity("id", name, kind, aliases=aliases)) == short


def test_label_text_is_one_line() -> None:
    assert label_text("a\n\tb\u2028 c\ud800") == "a b c"


def test_unknown_kind_and_predicate_stop() -> None:
    with pytest.raises(InputError, match="unknown kind 'wizard'"):
        node_style("wizard")
    with pytest.raises(InputError, match="unknown predicate 'LOVES'"):
        edge_style("LOVES")


def test_a_link_without_a_status_stands() -> None:
    assert firmness(Edge("a", "b", "CRITICISED")) == "firm"
