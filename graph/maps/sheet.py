"""The parts of a drawing on paper: strokes in groups with a title, and texts; and how ties and things look."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from graph.maps.scene import GROUP_SHAPE, Thing, Tie
from graph.maps.shapes import Curve, Point, cross, depth, disc, head, outline, path
from graph.style import CHANGE_COLORS

PAPER, INK, MUTED, FAINT = "#ffffff", "#1d2733", "#56626e", "#c9d1d8"

_FADED = 0.22


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path; `dash` as SVG writes it."""

    d: str
    fill: str = "none"
    color: str = ""
    width: float = 1.0
    dash: str = ""
    round: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Strokes that belong together, and what a pointer on them shows."""

    strokes: tuple[Stroke, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text, the first baseline at `y`; a halo of paper keeps them clear of what they stand on."""

    rows: tuple[str, ...]
    x: float
    y: float
    size: float
    anchor: str = "start"
    bold: bool = False
    color: str = INK
    halo: bool = False
    step: float = 0.0
    back: str = ""
    """A path of paper under the text."""


def thing_item(thing: Thing, x: float, y: float, size: float) -> Item:
    """An entity or group at a place on the sheet."""
    strokes = []
    if thing.focus:
        strokes.append(Stroke(disc(x, y, size + 6), "#ffe9a8", "#8a6100", 1.4))
    if thing.shape == GROUP_SHAPE:
        strokes.append(Stroke(disc(x, y, size), thing.color, "#5f7387", 1.4))
    else:
        strokes.append(Stroke(outline(thing.shape, x, y, size), thing.color, INK, 0.8))
    return Item(tuple(strokes), thing.title)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie on the sheet: the item, points along it, and points where its caption may stand, best first."""

    item: Item
    points: tuple[Point, ...]
    middles: tuple[Point, ...]


def tie_item(tie: Tie, ends: tuple[Point, Point], sizes: tuple[float, float], scale: float, opacity: float) -> Drawn:
    """A tie between two places; `sizes` are the radii of its ends, and lines and heads are drawn at `scale`."""
    tie = replace(tie, color=_paled(tie.color, _opacity(tie, opacity)))
    wide = round(max(tie.width * scale, 1.0), 2)
    length = (8.5 + 2.0 * tie.width) * max(scale, 0.75)
    if tie.loop:
        return _loop(tie, tie.loop, ends[0], sizes[0], wide, length)
    curve = Curve.bent(*ends, tie.bend)
    since, until = curve.leaving(sizes[0] + 2.5), curve.reaching(sizes[1] + 2.5)
    heads, begin, finish = [], since, until
    room = math.dist(curve.at(since), curve.at(until))
    if tie.arrow and room > 3:
        length = min(length, room * (0.45 if tie.both else 0.8))
        heads.append(_head(tie.arrow, tie.color, curve.at(until), curve.angle(until), length, wide))
        finish = max(since, curve.reaching(sizes[1] + 2.5 + depth(tie.arrow) * length))
        if tie.both:
            heads.append(_head(tie.arrow, tie.color, curve.at(since), curve.angle(since) + math.pi, length, wide))
            begin = min(finish, curve.leaving(sizes[0] + 2.5 + depth(tie.arrow) * length))
    strokes = _line(tie, curve.part(begin, finish), curve.at(0.5), wide, scale, heads)
    steps = max(4, int(math.dist(*ends) / 3.5))
    points = tuple(curve.at(since + (until - since) * n / steps) for n in range(steps + 1))
    middles = tuple(curve.at(since + (until - since) * share) for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73))
    return Drawn(Item(strokes, tie.title), points, middles)


def _line(tie: Tie, line: str, middle: Point, wide: float, scale: float, heads: list[Stroke]) -> tuple[Stroke, ...]:
    """The band of a change, the line, its heads and its strike."""
    strokes = []
    if tie.change in {"new", "changed"}:
        strokes.append(Stroke(line, color=CHANGE_COLORS[tie.change], width=wide + 9, round=True))
    dash = " ".join(f"{part * max(scale, 0.7):.3g}" for part in tie.dash or ())
    strokes += [Stroke(line, color=tie.color, width=wide, dash=dash), *heads]
    if tie.struck:
        mark = cross(*middle, 3.6)
        strokes += [Stroke(mark, color=PAPER, width=4.2, round=True), Stroke(mark, color=tie.color, width=1.7)]
    return tuple(strokes)


def _head(arrow: str, color: str, tip: Point, angle: float, length: float, wide: float) -> Stroke:
    d = head(arrow, tip, angle, length)
    return Stroke(d, color=color, width=max(wide, 1.2)) if arrow == "curve" else Stroke(d, fill=color)


def _loop(tie: Tie, loop: tuple[float, float], place: Point, size: float, wide: float, length: float) -> Drawn:
    """A circle that leaves a mark and comes back to it."""
    radius, angle = max(loop[0] * 0.62, 8.0), -loop[1]
    reach = size + 2.0
    away = reach + 0.55 * radius
    middle = (place[0] + away * math.cos(angle), place[1] + away * math.sin(angle))
    # Where the circle meets the rim of the mark, as seen from the mark's own middle.
    spread = math.acos(max(-1.0, min(1.0, (away**2 + reach**2 - radius**2) / (2 * away * reach))))
    start, tip = (
        (place[0] + reach * math.cos(angle + turn), place[1] + reach * math.sin(angle + turn))
        for turn in (-spread, spread)
    )
    line = f"{path((start,), closed=False)}A{radius:.1f} {radius:.1f} 0 1 1 {tip[0]:.1f} {tip[1]:.1f}"
    tangent = math.atan2(tip[1] - middle[1], tip[0] - middle[0]) + math.pi / 2
    heads = [_head(tie.arrow, tie.color, tip, tangent, min(length, radius), wide)] if tie.arrow else []
    far = (middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle))
    ring = tuple(
        (middle[0] + radius * math.cos(n * math.pi / 8), middle[1] + radius * math.sin(n * math.pi / 8))
        for n in range(16)
    )
    outside = tuple((far[0] + 4 + 30 * math.cos(angle) * n, far[1] + 12 * math.sin(angle) * n) for n in (0.5, 1.0, 1.5))
    return Drawn(Item(_line(tie, line, far, wide, 1.0, heads), tie.title), ring, outside)


def _opacity(tie: Tie, opacity: float) -> float:
    return _FADED if tie.change == "same" else 1.0 if tie.change else opacity


def _paled(color: str, opacity: float) -> str:
    """The colour as it looks on paper at an opacity; drawn so, programs that know no opacity show the same."""
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - opacity * (255 - part)):02x}" for part in parts)
