"""The legend of a drawing: the kinds, links, statuses and changes that occur in it, and what sizes tell.

Every sign in it is drawn by the code that draws it in the picture.
"""

from __future__ import annotations

import math
from collections import Counter

from graph.facts import day
from graph.history import Change
from graph.maps.letters import LINE_HEIGHT, fitted, wrapped
from graph.maps.picture import Picture, radius
from graph.maps.scene import Scene, Thing, Tie, bundle_width
from graph.maps.sheet import INK, MUTED, Item, Text, thing_item, tie_item
from graph.schema import KINDS
from graph.style import EDGE_STYLES, MANNERS, NODE_STYLES, caption, manner

WIDTH = 268.0

_SIZE = 12.5
_STEP = 20.0
_SIGN = 46.0
"""Pixels that the signs take, left of their words."""

_GROUPINGS = {
    "system": "Frames hold the bodies of one integrated care system.",
    "region": "Frames hold the bodies of one region.",
    "community": "Frames hold bodies linked more with each other than with the rest.",
    "kind": "Frames hold bodies of one kind.",
}


class Keys:
    """The legend, filled from its top down; `bottom` is where it ends."""

    def __init__(self, picture: Picture, scene: Scene, x: float, y: float, scale: float) -> None:
        self.items: list[Item] = []
        self.texts: list[Text] = []
        self.bottom = y
        self._x, self._scale = x, scale
        if picture.look.compare and picture.look.since and picture.look.until:
            self._changes(picture, scene)
        self._kinds(scene)
        self._predicates(picture, scene)
        if not scene.closed:
            self._manners(picture)
        self._sizes(picture, scene)
        if picture.areas and not scene.closed and picture.by in _GROUPINGS:
            self._heading("Frames")
            self._words(_GROUPINGS[picture.by])

    def _kinds(self, scene: Scene) -> None:
        if not scene.kinds:
            return
        self._heading("Who")
        for kind, look in NODE_STYLES.items():
            if scene.kinds.get(kind):
                self._thing(Thing(0, 0, 7, look.shape, look.color, (), ""))
                self._entry(KINDS[kind].caption, scene.kinds[kind])

    def _predicates(self, picture: Picture, scene: Scene) -> None:
        counts = Counter(line.edge.predicate for line in picture.lines)
        if not counts:
            return
        self._heading("Links, coloured by what most are" if scene.closed else "Links")
        for name, look in EDGE_STYLES.items():
            if counts[name]:
                arrow = None if scene.closed else look.arrow
                width = 4.0 if scene.closed else look.width
                self._tie(Tie(0, 1, look.color, width, "", arrow=arrow, both=look.both and not scene.closed))
                self._entry(caption(name), counts[name])

    def _manners(self, picture: Picture) -> None:
        counts = Counter(manner(line.edge) for line in picture.lines)
        if not counts:
            return
        self._heading("How they stand")
        for name, look in MANNERS.items():
            if counts[name]:
                self._tie(Tie(0, 1, look.color or INK, 2.0, "", dash=look.dash, struck=look.struck))
                self._entry(look.caption, counts[name])

    def _changes(self, picture: Picture, scene: Scene) -> None:
        since, until = picture.look.since, picture.look.until
        counts = Counter(line.change for line in picture.lines)
        self._heading("What changed")
        self._words(f"Between {day(since)} and {day(until)}.")
        if scene.closed:
            # Lines between groups are sums: they have no bands.
            self._words(f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['same']:,} the same.")
            self._gone(picture)
            return
        signs: tuple[tuple[Change, str], ...] = (("new", "New"), ("changed", "Changed"), ("same", "The same"))
        for change, words in signs:
            self._tie(Tie(0, 1, INK, 2.0, "", change=change))
            self._entry(words, counts[change])
        self._gone(picture)

    def _gone(self, picture: Picture) -> None:
        if picture.gone:
            self._words(f"Stood then and no more, not drawn: {picture.gone:,}.")

    def _sizes(self, picture: Picture, scene: Scene) -> None:
        if scene.closed:
            self._heading("Groups")
            most = max((thing.holds for thing in scene.things), default=0)
            if most:
                self._discs([(n, self._group_size(scene, n), _number(n, "links")) for n in _samples(most, whole=True)])
            self._words("Discs stand for groups: the larger, the more organisations and people they hold.")
            if scene.ties:
                self._lines(scene)
            return
        if picture.most <= 0 or not picture.marks:
            return
        self._heading("Size of a mark")
        whole = picture.look.measure != "between"
        found = [
            (value, radius(value, picture.most) * self._scale, _number(value, picture.look.measure))
            for value in _samples(picture.most, whole=whole)
        ]
        self._discs(found)
        # Places and sizes stay as they are whatever the day, so that pictures of two days can be laid on each other.
        whole_time = ", over the whole time" if picture.look.since or picture.look.until else ""
        self._words(f"Its area grows with the {picture.measure}{whole_time}.")

    def _lines(self, scene: Scene) -> None:
        """Sample lines between groups, and which pairs have none."""
        self.bottom += 4
        for links in sorted({scene.least, scene.busiest}):
            self._tie(Tie(0, 1, MUTED, bundle_width(links, scene.busiest), ""))
            self._entry(f"{links:,} {'link' if links == 1 else 'links'}", None)
        if scene.least > 1:
            self._words(f"Pairs of fewer than {scene.least:,} links have no line here.")

    @staticmethod
    def _group_size(scene: Scene, holds: float) -> float:
        largest = max(scene.things, key=lambda thing: thing.holds)
        return largest.size * math.sqrt(holds / largest.holds)

    def _discs(self, samples: list[tuple[float, float, str]]) -> None:
        """Sample discs side by side on one ground line, each with its value under it."""
        tallest = max(size for _, size, _ in samples)
        ground, x = self.bottom + 2 * tallest + 6, self._x
        for _, size, words in samples:
            middle = x + max(size, 16.0)
            self.items.append(thing_item(Thing(0, 0, size, "dot", "#e9edf1", (), ""), middle, ground - size, size))
            self.texts.append(Text((words,), round(middle, 1), round(ground + 15, 1), _SIZE, "middle", color=MUTED))
            x = middle + max(size, 16.0) + 10
        self.bottom = ground + 26

    def _heading(self, words: str) -> None:
        self.bottom += 12
        self.texts.append(Text((words,), self._x, round(self.bottom + 12, 1), _SIZE + 0.5, bold=True))
        self.bottom += 22

    def _words(self, words: str) -> None:
        rows = wrapped(words, _SIZE, WIDTH, rows=3)
        step = round(_SIZE * LINE_HEIGHT, 1)
        self.texts.append(Text(rows, self._x, round(self.bottom + 12, 1), _SIZE, color=MUTED, step=step))
        self.bottom += len(rows) * step + 5

    def _entry(self, words: str, count: int | None) -> None:
        y = round(self.bottom + _STEP / 2 + 4.2, 1)
        self.texts.append(Text((fitted(words, _SIZE, WIDTH - _SIGN - 34),), self._x + _SIGN, y, _SIZE))
        if count is not None:
            self.texts.append(Text((f"{count:,}",), self._x + WIDTH, y, _SIZE, "end", color=MUTED))
        self.bottom += _STEP

    def _thing(self, thing: Thing) -> None:
        self.items.append(thing_item(thing, self._x + _SIGN / 2 - 6, self.bottom + _STEP / 2, thing.size))

    def _tie(self, tie: Tie) -> None:
        y = self.bottom + _STEP / 2
        ends = ((self._x - 1.0, y), (self._x + _SIGN - 9.0, y))
        self.items.append(tie_item(tie, ends, (0.0, 0.0), 0.9, 1.0).item)


def _samples(most: float, *, whole: bool) -> list[float]:
    """Two or three values to show the size of: the largest, and rounder ones about a quarter and a twentieth of it."""
    found = [most]
    for share in (0.25, 0.04):
        value = most * share
        value = max(1.0, round(value)) if whole else float(f"{value:.1g}")
        if 0 < value < found[-1] / 1.5:
            found.append(value)
    return found


def _number(value: float, measure: str) -> str:
    return f"{value:.1%}" if measure == "between" else f"{value:,.0f}"
