"""The words round a drawing: title, counts and notes over it, and under it what the facts rest on."""

from __future__ import annotations

from graph.facts import day
from graph.maps.letters import LINE_HEIGHT, wrapped
from graph.maps.picture import Look, Picture
from graph.maps.scene import name
from graph.maps.sheet import INK, MUTED, Text
from graph.style import label_text

_NEAR = 1600.0
"""Pixels of a sheet's width up to which letters have their own size; a poster is read from further off."""


def header(picture: Picture, wide: float, margin: float) -> tuple[list[Text], float]:
    """Title, counts and notes at the top of a sheet, and where they end."""
    room = wide - 2 * margin
    large = min(max(wide / _NEAR, 1.0), 2.0)
    texts, y = [], 20.0
    notes = [note for note in map(label_text, picture.notes) if note]
    lines = [
        (picture.title, 27.0, True, INK),
        (_days(picture) + picture.summary, 14.5, False, MUTED),
        *((note, 13.5, False, INK) for note in notes[:4]),
    ]
    for text, size, bold, color in lines:
        size = round(size * large, 1)
        rows = wrapped(text, size, room, rows=2, bold=bold)
        if rows:
            step = round(size * LINE_HEIGHT, 1)
            texts.append(Text(rows, margin, round(y + size, 1), size, bold=bold, color=color, step=step))
            y += len(rows) * step + 5
    return texts, y + 14


def _days(picture: Picture) -> str:
    told = days_told(picture.look)
    return f"{told} · " if told else ""


def days_told(look: Look) -> str:
    """Which days a picture is of, "" where it is of all."""
    if look.compare and look.since and look.until:
        return f"{day(look.since)} and {day(look.until)} compared"
    if look.since:
        return f"What was reported from {day(look.since)}" + (f" to {day(look.until)}" if look.until else " on")
    return f"As of {day(look.until)}" if look.until else ""


def basis(picture: Picture) -> str:
    """What the facts rest on: the newest briefings first, as many as there is room for."""
    found = {}
    for line in picture.lines:
        for said in line.edge.evidence:
            if said.briefing not in found:
                found[said.briefing] = (said.published, name(said.title) or said.briefing)
    newest = sorted(found.values(), key=lambda item: (item[0] is not None, item[0], item[1]), reverse=True)
    register = any(line.edge.origin == "register" for line in picture.lines)
    parts = []
    if newest:
        listed = "; ".join(f"{title} ({day(when)})" for when, title in newest)
        parts.append(f"{len(newest):,} {'briefing' if len(newest) == 1 else 'briefings'}")
    if register:
        parts.append("the register of NHS organisations")
    text = "Made with nhsgraph"
    if parts:
        text += f" from {' and '.join(parts)}"
    return f"{text}: {listed}" if newest else text
