"""The map as an SVG file: a page for a report, made without a browser, that runs nothing and asks for nothing.

A landscape sheet on white paper: title, counts and notes; the network; the legend at its right; at its foot what
the facts rest on. The sheet grows with the number of entities, so that letters stay readable at its own size;
labels stand where there is room for them. All text is escaped by the template.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.layout import Area
from graph.maps.keys import WIDTH, Keys
from graph.maps.labels import Box, Room, Spot, Wanted, around, centred
from graph.maps.legend import CAPTIONS_UP_TO
from graph.maps.letters import LINE_HEIGHT, fitted, width, wrapped
from graph.maps.margins import basis, header
from graph.maps.picture import Picture
from graph.maps.scene import Scene, name, scene
from graph.maps.shapes import path
from graph.maps.sheet import FAINT, INK, MUTED, PAPER, Drawn, Item, Stroke, Text, thing_item, tie_item
from graph.style import label_text
from graph.xml import legal

_MARGIN, _GAP = 36.0, 34.0
_PAGE, _ROOMY = 1600.0, 100
"""Pixels of a sheet's width, for so many entities; more get a wider one."""

_LEADING = 8
"""So many of the largest are named wherever there is the most room."""
_LABEL, _SMALL, _CAPTION = 12.5, 12.0, 11.5
_LARGEST_SCALE, _SMALLEST_MARK = 1.15, 0.62
_AREA_FILLS = ("#f4f7f9", "#e9eff3", "#dfe8ee")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template draws."""

    width: int
    height: int
    title: str
    desc: str
    items: tuple[Item, ...]
    texts: tuple[Text, ...]


def svg(picture: Picture) -> str:
    """The picture as the text of an SVG file, to be stored as UTF-8."""
    return written(sheet(picture))


def written(page: Sheet) -> str:
    """A sheet as the text of an SVG file."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return legal(environment.get_template("drawing.svg").render(sheet=page, paper=PAPER))


def sheet(picture: Picture) -> Sheet:
    """Everything on the page, in its place."""
    drawn = scene(picture)
    plan = _Plan(drawn)
    wide = 2 * _MARGIN + plan.width + _GAP + WIDTH
    texts, top = header(picture, wide, _MARGIN)
    network = _Network(picture, drawn, plan, _MARGIN, top)
    keys = Keys(picture, drawn, _MARGIN + plan.width + _GAP, top - 12, plan.mark)
    foot = max(top + plan.height, keys.bottom) + 26
    rows = wrapped(basis(picture), _SMALL, wide - 2 * _MARGIN, rows=3)
    rule = Stroke(f"M{_MARGIN:g} {foot - 10:.1f}H{wide - _MARGIN:.1f}", color=FAINT)
    texts.append(Text(rows, _MARGIN, round(foot + 8, 1), _SMALL, color=MUTED, step=round(_SMALL * LINE_HEIGHT, 1)))
    return Sheet(
        width=math.ceil(wide),
        height=math.ceil(foot + len(rows) * _SMALL * LINE_HEIGHT + 14),
        title=name(picture.title),
        desc=" ".join(name(text) for text in (picture.summary, *picture.notes[:4]) if text),
        items=(*network.items, *keys.items, Item((rule,))),
        texts=(*texts, *network.texts, *keys.texts),
    )


class _Plan:
    """How large everything is drawn: the frame of the network, the scale of places and that of marks and lines."""

    def __init__(self, drawn: Scene) -> None:
        parts = len(drawn.things)
        page = _PAGE * max(1.0, math.sqrt(parts / _ROOMY))
        most_wide, most_high = page - 2 * _MARGIN - _GAP - WIDTH, 0.66 * page
        boxes = [_extent(area) for area in drawn.areas]
        boxes += [Box(t.x, t.y, t.x, t.y) for t in drawn.things] or [Box(0, 0, 0, 0)]
        self._left, self._top = min(b.left for b in boxes), min(b.top for b in boxes)
        across, down = max(b.right for b in boxes) - self._left, max(b.bottom for b in boxes) - self._top
        side, over = (84.0, 52.0) if not drawn.areas else (24.0, 24.0)
        self.scale = min(
            _LARGEST_SCALE, (most_wide - 2 * side) / max(across, 1.0), (most_high - 2 * over) / max(down, 1.0)
        )
        self.mark = 1.0 if drawn.closed else max(_SMALLEST_MARK, min(self.scale, 1.0))
        self.height = max(down * self.scale + 2 * over, 420.0)
        # Landscape, whatever the network's own form.
        self.width = min(max(across * self.scale + 2 * side, 1.25 * self.height, 760.0), most_wide)
        self._x = (self.width - across * self.scale) / 2
        self._y = (self.height - down * self.scale) / 2

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where something stands in the frame."""
        return self._x + (x - self._left) * self.scale, self._y + (y - self._top) * self.scale


class _Network:
    """The areas, lines, marks and labels of a scene."""

    def __init__(self, picture: Picture, drawn: Scene, plan: _Plan, left: float, top: float) -> None:
        self.items: list[Item] = []
        self.texts: list[Text] = []
        self._scene, self._plan = drawn, plan
        places = [plan.place(thing.x, thing.y) for thing in drawn.things]
        self._places = [(left + x, top + y) for x, y in places]
        self._left, self._top = left, top
        self._sizes = [thing.size if drawn.closed else thing.size * plan.mark for thing in drawn.things]
        frame = Box(left, top, left + plan.width, top + plan.height)
        names = [text for area in drawn.areas for text in self._area(area, 0)]
        ties = self._ties()
        self.items += [tie.item for tie in ties]
        self.items += [
            thing_item(thing, *self._places[number], self._sizes[number]) for number, thing in enumerate(drawn.things)
        ]
        marks = [
            Box(x - size, y - size, x + size, y + size) for (x, y), size in zip(self._places, self._sizes, strict=True)
        ]
        headings = [_box(text) for text in names]
        loops = [_around(line.points) for tie, line in zip(self._ordered, ties, strict=True) if tie.loop]
        # No words over the strike: it is what says that a link is off.
        strikes = [
            _around(line.middles[:1]).grown(6) for tie, line in zip(self._ordered, ties, strict=True) if tie.struck
        ]
        room = Room(frame, (*marks, *headings, *loops, *strikes), [tie.points for tie in ties])
        self.texts += names
        self._labels(room)
        self._captions(room, ties, picture)

    def _area(self, area: Area, level: int) -> Iterator[Text]:
        """A soft frame with its name, then those inside it."""
        x, y = self._plan.place(area.x - area.width / 2, area.y - area.height / 2)
        x, y = x + self._left, y + self._top
        wide, high = area.width * self._plan.scale, area.height * self._plan.scale
        corner = min(14.0, wide / 4, high / 4)
        d = (
            f"M{x + corner:.1f} {y:.1f}h{wide - 2 * corner:.1f}q{corner:.1f} 0 {corner:.1f} {corner:.1f}"
            f"v{high - 2 * corner:.1f}q0 {corner:.1f} {-corner:.1f} {corner:.1f}h{2 * corner - wide:.1f}"
            f"q{-corner:.1f} 0 {-corner:.1f} {-corner:.1f}v{2 * corner - high:.1f}"
            f"q0 {-corner:.1f} {corner:.1f} {-corner:.1f}Z"
        )
        fill = _AREA_FILLS[min(level, len(_AREA_FILLS) - 1)]
        self.items.append(Item((Stroke(d, fill, FAINT, 1.0),), name(area.name)))
        words = fitted(area.name, _LABEL, wide - 18, bold=True)
        if words:
            yield Text((words,), round(x + 9, 1), round(y + 17, 1), _LABEL, bold=True, color=MUTED, halo=True)
        for inner in area.areas:
            yield from self._area(inner, level + 1)

    def _ties(self) -> list[Drawn]:
        many = len(self._scene.ties)
        opacity = 0.55 if self._scene.closed or many > 600 else 0.7 if many > 200 else 0.9
        # Those that matter in a comparison lie on top of those that stayed the same.
        ordered = sorted(self._scene.ties, key=lambda tie: tie.change in {"new", "changed"})
        self._ordered = ordered
        return [
            tie_item(
                tie,
                (self._places[tie.source], self._places[tie.target]),
                (self._sizes[tie.source], self._sizes[tie.target]),
                self._plan.mark,
                opacity,
            )
            for tie in ordered
        ]

    def _labels(self, room: Room) -> None:
        """The most important first: who was asked for, then by size."""
        things = self._scene.things
        order = sorted(range(len(things)), key=lambda n: (not things[n].focus, -things[n].size, n))
        # A picture can't be pointed at: whom most of it is about must have a name.
        leading = {number for number in order[:_LEADING] if things[number].size > things[order[-1]].size}
        for number in order:
            thing, (x, y), size = things[number], self._places[number], self._sizes[number]
            rows = tuple(label_text(row) for row in thing.rows)
            if not any(rows):
                continue
            if thing.holds and size > 11:
                self.texts.append(Text((f"{thing.holds:,}",), round(x, 1), round(y + 4.3, 1), _LABEL, "middle"))
            spots = around(rows, _LABEL, x, y, size + (6 if thing.focus else 0), bold=thing.focus)
            found = room.put(Wanted(spots, must=thing.focus or number in leading))
            if found:
                self.texts.append(_text(rows, found, _LABEL, INK, bold=thing.focus))

    def _captions(self, room: Room, ties: list[Drawn], picture: Picture) -> None:
        """What links are, where they are few, or where they changed."""
        few = len(ties) <= CAPTIONS_UP_TO
        for tie, line in zip(self._ordered, ties, strict=True):
            if not tie.caption or not (tie.change in {"new", "changed"} if picture.look.compare else few):
                continue
            # Where the whole caption finds no room, a changed link still says that it is one.
            choices = [wrapped(tie.caption, _CAPTION, 150, rows=2), *([(tie.change,)] if tie.change else [])]
            for rows in choices:
                beside = around(rows, _CAPTION, *line.middles[0], 6)[:4]
                found = room.put(Wanted((*centred(rows, _CAPTION, line.middles), *beside)))
                if found:
                    break
            if found:
                self.texts.append(replace(_text(rows, found, _CAPTION, MUTED), back=_backing(found.box)))


def _text(rows: tuple[str, ...], spot: Spot, size: float, color: str, *, bold: bool = False) -> Text:
    step = round(size * LINE_HEIGHT, 2)
    return Text(rows, round(spot.x, 1), round(spot.y, 1), size, spot.anchor, bold, color, True, step)


def _backing(box: Box) -> str:
    """A little paper under a caption, so that its line does not run through it."""
    box = Box(box.left + 1, box.top + 1.5, box.right - 1, box.bottom - 1.5)
    return path(((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)))


def _box(text: Text) -> Box:
    """The room of a line of text that starts at its place."""
    wide = width(text.rows[0], text.size, bold=text.bold)
    return Box(text.x, text.y - text.size, text.x + wide, text.y + 0.3 * text.size)


def _around(points: Sequence[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _extent(area: Area) -> Box:
    return Box(area.x - area.width / 2, area.y - area.height / 2, area.x + area.width / 2, area.y + area.height / 2)
