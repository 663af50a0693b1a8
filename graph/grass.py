"""The maps' palette as GraSS, the style sheet of Neo4j Browser.

Browser draws every node as a disc, so that the fill, the size and the caption tell kinds apart. A node takes the
properties of every rule that fits one of its labels, the last rule winning: the rule of `Organisation` comes first,
those of the kinds after it. Browser's reader is simple: no comments, no colon or semicolon inside a value, one rule
per selector. Lines keep the maps' link colours, which show on a white and a dark page; the captions on them are
black or white, as Browser's theme has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema import KINDS, PERSON, PREDICATES, SUCCEEDED_BY
from graph.style import edge_style, node_style

DARK_TEXT = "#000000"
LIGHT_TEXT = "#ffffff"
BRIEFING_COLOR = "#e4e0d6"
STATEMENT_COLOR = "#5d6b7a"
PLAIN_LINE = "#8a939c"

_ORGANISATION_SIZE, _PERSON_SIZE, _BRIEFING_SIZE, _STATEMENT_SIZE = 84, 64, 80, 84
_TIES = {"SUBJECT": "who", "OBJECT": "whom", "STATED_IN": "stated in", "MENTIONED_IN": "named in"}
"""What leads from the facts to their evidence; captions as people read them."""


def stylesheet() -> str:
    """The whole sheet: a rule for all nodes and links, then one for each label and each type of relationship."""
    return "\n".join(_rule(selector, values) for selector, values in rules().items())


def rules() -> dict[str, dict[str, str]]:
    """The sheet as Browser keeps it once it has read it: properties by selector."""
    return dict((*_nodes(), *_relationships()))


def text_color(fill: str) -> str:
    """Black or white, whichever can be read better on a fill (`#rrggbb`).

    >>> text_color("#fff3b0"), text_color("#7d2e1e")
    ('#000000', '#ffffff')
    """
    return max((DARK_TEXT, LIGHT_TEXT), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`#rrggbb`) as WCAG counts it: 1 for none, 21 for black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _nodes() -> Iterator[tuple[str, dict[str, str]]]:
    yield "node", _disc(node_style("other").color, _PERSON_SIZE, "{name}")
    yield "node.Organisation", _disc(node_style("other").color, _ORGANISATION_SIZE, "{name}")
    for kind in KINDS.values():
        size = _PERSON_SIZE if kind.name == PERSON else _ORGANISATION_SIZE
        yield f"node.{kind.label}", _disc(node_style(kind.name).color, size, "{name}")
    yield "node.Briefing", _disc(BRIEFING_COLOR, _BRIEFING_SIZE, "{title}")
    # Browser cuts a word that is wider than its disc, and REGULATORY_ACTION is one word.
    yield "node.Statement", _disc(STATEMENT_COLOR, _STATEMENT_SIZE, "{predicate} {status}", font=7)


def _relationships() -> Iterator[tuple[str, dict[str, str]]]:
    yield "relationship", _line(PLAIN_LINE, 1.0, "<type>")
    for predicate in (*PREDICATES, SUCCEEDED_BY):
        style = edge_style(predicate)
        yield f"relationship.{predicate}", _line(style.color, style.width, "{caption}")
    for type_, words in _TIES.items():
        yield f"relationship.{type_}", _line(PLAIN_LINE, 1.0, words)


def _disc(fill: str, diameter: int, caption: str, font: int = 9) -> dict[str, str]:
    return {
        "diameter": f"{diameter}px",
        "color": fill,
        "border-color": _darker(fill),
        "border-width": "2px",
        "text-color-internal": text_color(fill),
        "font-size": f"{font}px",
        "caption": caption,
    }


def _line(color: str, width: float, caption: str) -> dict[str, str]:
    return {
        "color": color,
        "shaft-width": f"{width:g}px",
        "font-size": "7px",
        "padding": "3px",
        "text-color-internal": text_color(color),
        "caption": caption,
    }


def _rule(selector: str, values: Mapping[str, str]) -> str:
    quoted = {name: f'"{value}"' if name == "caption" else value for name, value in values.items()}
    inside = "".join(f"  {name}: {value};\n" for name, value in quoted.items())
    return f"{selector} {{\n{inside}}}\n"


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _darker(color: str) -> str:
    return "#" + "".join(f"{round(channel * 0.75):02x}" for channel in _channels(color))


def _luminance(color: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(color)))
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
