"""The geometry of marks and lines, as vis-network draws them: outlines, curves, loops and arrowheads as SVG paths.

Coordinates are pixels, y points down, angles are radians. Numbers in paths have one decimal: a tenth of a
pixel is finer than any eye or printer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Point = tuple[float, float]

_HEADS: dict[str, tuple[Point, ...]] = {
    "arrow": ((0.0, 0.0), (-1.0, 0.3), (-0.9, 0.0), (-1.0, -0.3)),
    "triangle": ((0.02, 0.0), (-1.0, 0.3), (-1.0, -0.3)),
    "vee": ((-1.0, 0.3), (-0.5, 0.0), (-1.0, -0.3), (0.0, 0.0)),
    "bar": ((0.0, 0.5), (0.0, -0.5), (-0.15, -0.5), (-0.15, 0.5)),
    "box": ((0.0, 0.3), (0.0, -0.3), (-0.6, -0.3), (-0.6, 0.3)),
    "diamond": ((0.0, 0.0), (-0.5, -0.3), (-1.0, 0.0), (-0.5, 0.3)),
}
"""Outlines by name, the tip at the origin, pointing along x; shares of the length."""

_DEPTHS = {"arrow": 0.9, "triangle": 0.95, "vee": 0.5, "bar": 0.1, "box": 0.6, "diamond": 0.9, "circle": 0.8}
"""How far behind the tip the line ends: inside the head, so that no blunt end shows."""


def path(points: Iterable[Point], *, closed: bool = True) -> str:
    """A polygon, or an open line, through some points."""
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + ("Z" if closed else "")


def disc(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    # Rounded once: a chord that is not twice the radius makes an egg of two arcs.
    radius = round(radius, 1)
    r = _n(radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0Z"


def outline(shape: str, x: float, y: float, size: float) -> str:
    """A mark of one of vis-network's shapes round a place; anything unknown is a disc."""
    if shape == "square":
        return path(((x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)))
    if shape == "diamond":
        return path(((x, y + size), (x + size, y), (x, y - size), (x - size, y)))
    if shape == "hexagon":
        return path((x + size * math.cos(n * math.pi / 3), y + size * math.sin(n * math.pi / 3)) for n in range(6))
    if shape == "star":
        size *= 0.82
        spokes = [(1.3 if n % 2 == 0 else 0.5) * size for n in range(10)]
        return path(
            (x + spoke * math.sin(n * math.pi / 5), y + 0.1 * size - spoke * math.cos(n * math.pi / 5))
            for n, spoke in enumerate(spokes)
        )
    if shape in {"triangle", "triangleDown"}:
        up = -1.0 if shape == "triangle" else 1.0
        side = 1.15 * size
        middle, base = y - up * 0.275 * side, math.sqrt(3) / 3 * side
        tip = math.sqrt(3) * side - base
        return path(((x, middle + up * tip), (x + side, middle - up * base), (x - side, middle - up * base)))
    return disc(x, y, size)


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve from `start` to `end`, or a straight line where `via` is their middle."""

    start: Point
    via: Point
    end: Point

    @classmethod
    def bent(cls, start: Point, end: Point, bend: float) -> Curve:
        """The curve of a line whose bend is what `graph.maps.lines.Line` says."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        turn, reach = -bend * math.pi / 2, 0.5 + abs(bend) / 2
        via = (
            start[0] + reach * (dx * math.cos(turn) - dy * math.sin(turn)),
            start[1] + reach * (dx * math.sin(turn) + dy * math.cos(turn)),
        )
        return cls(start, via, end)

    def at(self, share: float) -> Point:
        """The point at a share (0–1) of the way."""
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        return (
            a * self.start[0] + b * self.via[0] + c * self.end[0],
            a * self.start[1] + b * self.via[1] + c * self.end[1],
        )

    def angle(self, share: float) -> float:
        """Which way the curve runs at a share of the way."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.via, self.end
        dx = (1 - share) * (x1 - x0) + share * (x2 - x1)
        dy = (1 - share) * (y1 - y0) + share * (y2 - y1)
        return math.atan2(dy, dx)

    def leaving(self, distance: float) -> float:
        """The share of the way at which the curve is this far from its start; 0.5 where it never is."""
        return _share(lambda share: math.dist(self.at(share), self.start) < distance)

    def reaching(self, distance: float) -> float:
        """The share of the way from which on the curve is nearer to its end than this."""
        return 1 - _share(lambda share: math.dist(self.at(1 - share), self.end) < distance)

    def part(self, since: float, until: float) -> str:
        """The path between two shares of the way."""
        (x0, y0), (x1, y1) = self.at(since), self.at(until)
        keep = until - since
        # The control point of a part: along the tangent at its start, by half its span.
        tx = (1 - since) * (self.via[0] - self.start[0]) + since * (self.end[0] - self.via[0])
        ty = (1 - since) * (self.via[1] - self.start[1]) + since * (self.end[1] - self.via[1])
        straight = abs((x1 - x0) * ty - (y1 - y0) * tx) < 0.05 * math.dist((x0, y0), (x1, y1))
        if straight:
            return path(((x0, y0), (x1, y1)), closed=False)
        return f"M{_n(x0)} {_n(y0)}Q{_n(x0 + keep * tx)} {_n(y0 + keep * ty)} {_n(x1)} {_n(y1)}"


def head(name: str, tip: Point, angle: float, length: float) -> str:
    """An arrowhead whose tip is at a point; "curve" is an open arc, to be stroked and not filled."""
    if name in {"circle", "curve"}:
        x, y = tip[0] - 0.4 * length * math.cos(angle), tip[1] - 0.4 * length * math.sin(angle)
        if name == "circle":
            return disc(x, y, 0.4 * length)
        r = 0.4 * length
        (x0, y0), (x1, y1) = (
            (x + r * math.cos(angle + turn), y + r * math.sin(angle + turn)) for turn in (-math.pi / 2, math.pi / 2)
        )
        return f"M{_n(x0)} {_n(y0)}A{_n(r)} {_n(r)} 0 0 1 {_n(x1)} {_n(y1)}"
    cos, sin = math.cos(angle) * length, math.sin(angle) * length
    return path((tip[0] + x * cos - y * sin, tip[1] + x * sin + y * cos) for x, y in _HEADS[name])


def depth(name: str) -> float:
    """The share of an arrowhead's length that the line stops short of its tip."""
    return _DEPTHS.get(name, 0.0)


def cross(x: float, y: float, size: float) -> str:
    """Two strokes across a point: the mark of a link that is off."""
    low, high, left, right = _n(y - size), _n(y + size), _n(x - size), _n(x + size)
    return f"M{left} {low}L{right} {high}M{left} {high}L{right} {low}"


def _share(inside: Callable[[float], bool]) -> float:
    """Up to which share (at most 0.5) of the way a test holds."""
    low, high = 0.0, 0.5
    for _ in range(14):
        middle = (low + high) / 2
        if inside(middle):
            low = middle
        else:
            high = middle
    return high


def _n(value: float) -> str:
    """At most one decimal, and no "-0"."""
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"
