"""How kinds, predicates and statuses look, in one place for every picture of the graph.

Colour is never the only sign: kinds differ by shape too, predicates by arrowhead and caption, and
how firm a fact is by dash, strike and words. No two kinds share both shape and a hue that a
colour-blind reader would confuse; link colours reach a contrast of 3:1 on white and on the dark
page. Colours are `#rrggbb`, widths and dashes CSS pixels, shapes and arrowheads vis-network's names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from graph.errors import InputError
from graph.model import Edge, Entity
from graph.schema import PREDICATES, SUCCEEDED_BY

Firmness = Literal["firm", "tentative", "over"]


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """Fill colour and shape of a kind."""

    color: str
    shape: str


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """Line of a predicate: colour, arrowhead at the target (and the source where `both`), base width."""

    color: str
    arrow: str | None
    both: bool
    width: float


NODE_STYLES: dict[str, NodeStyle] = {
    # Who cares for patients: blues.
    "trust": NodeStyle("#0072b2", "dot"),
    "independent_provider": NodeStyle("#56b4e9", "square"),
    # Who plans and pays locally: greens.
    "ics": NodeStyle("#009e73", "hexagon"),
    "icb": NodeStyle("#3fb68e", "diamond"),
    "ccg": NodeStyle("#8fd3b6", "triangle"),
    "local_authority": NodeStyle("#5c7a29", "triangleDown"),
    # Who rules and watches: reds.
    "regulator": NodeStyle("#d55e00", "triangle"),
    "government": NodeStyle("#a33b00", "square"),
    "parliamentary_committee": NodeStyle("#f0a06a", "triangleDown"),
    "political_party": NodeStyle("#7d2e1e", "star"),
    # Who speaks for others: purples.
    "union": NodeStyle("#cc79a7", "star"),
    "royal_college": NodeStyle("#9c4f83", "diamond"),
    "representative_body": NodeStyle("#e8b5d2", "hexagon"),
    # Who sells, studies and reports: yellows.
    "supplier": NodeStyle("#e69f00", "diamond"),
    "think_tank": NodeStyle("#f0e442", "triangle"),
    "university": NodeStyle("#b8860b", "hexagon"),
    "charity": NodeStyle("#f5d76e", "star"),
    "media": NodeStyle("#fff3b0", "triangleDown"),
    "other": NodeStyle("#c3c9cf", "square"),
    "person": NodeStyle("#8a939c", "dot"),
}

EDGE_STYLES: dict[str, EdgeStyle] = {
    "MERGER_TALKS": EdgeStyle("#0072b2", "circle", both=True, width=3.0),
    "DISPUTE": EdgeStyle("#d0450b", "bar", both=True, width=2.5),
    "FUNDING": EdgeStyle("#008a64", "arrow", both=False, width=2.0),
    "HOLDS_ROLE": EdgeStyle("#7b838a", None, both=False, width=1.25),
    "COMMISSIONED": EdgeStyle("#a97400", "vee", both=False, width=1.75),
    "REGULATORY_ACTION": EdgeStyle("#b0558f", "triangle", both=False, width=2.0),
    "CRITICISED": EdgeStyle("#c2484f", "curve", both=False, width=1.5),
    "PART_OF": EdgeStyle("#6f8596", "diamond", both=False, width=1.25),
    "DEFICIT": EdgeStyle("#9a6a3c", "box", both=False, width=2.0),
    SUCCEEDED_BY: EdgeStyle("#7a7f55", "arrow", both=False, width=1.25),
}

FIRMNESS: dict[str, Firmness] = {
    **dict.fromkeys(("mooted", "proposed", "conditional", "planned", "forecast", "paused"), "tentative"),
    **dict.fromkeys(("called_off", "blocked", "refused", "withheld", "cancelled", "former", "resolved"), "over"),
    **dict.fromkeys(("in_talks", "agreed", "approved", "completed", "open", "confirmed", "paid"), "firm"),
    **dict.fromkeys(("current", "appointed", "interim", "departing", "awarded", "reported"), "firm"),
}
"""Every status of the schema: may happen (drawn dashed), stands (solid), is off or over (struck, greyed)."""

Manner = Literal["firm", "tentative", "over", "register"]


@dataclass(frozen=True, slots=True)
class MannerStyle:
    """How firm a link is, as people read it and as a line shows it; a colour takes the predicate's place."""

    caption: str
    dash: tuple[float, ...] | None = None
    struck: bool = False
    color: str | None = None


CHANGE_COLORS = {"new": "#ffd84d", "changed": "#b9dcff"}
"""The band behind a link that is new or changed between two days."""
OVER_COLOR = "#858b91"
MANNERS: dict[Manner, MannerStyle] = {
    "firm": MannerStyle("Stands"),
    "tentative": MannerStyle("Mooted, proposed or planned", dash=(9, 6)),
    "over": MannerStyle("Off, refused or over", struck=True, color=OVER_COLOR),
    "register": MannerStyle("From the NHS register", dash=(1.5, 5)),
}

_MAX_SHORT = 44
_SHORTENINGS = (
    (re.compile(r"[\s,]+NHS (?:Foundation )?(?:Trust|FT)$", re.I), ""),
    (re.compile(r"[\s,]+(?:Foundation Trust|FT)$", re.I), ""),
    (re.compile(r"\bIntegrated Care Board$", re.I), "ICB"),
    (re.compile(r"\bIntegrated Care System$", re.I), "ICS"),
    (re.compile(r"\b(?:Clinical Commissioning Group)(s?)$", re.I), r"CCG\1"),
    (re.compile(r"^NHS (?=.+ (?:ICB|CCG)s?$)"), ""),
)
_ACRONYM_KINDS = frozenset(
    {"regulator", "government", "union", "royal_college", "representative_body", "parliamentary_committee"}
)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


def node_style(kind: str) -> NodeStyle:
    """Style of an entity's kind.

    Raises:
        InputError: the schema has no such kind.
    """
    try:
        return NODE_STYLES[kind]
    except KeyError:
        raise InputError(f"can't draw an entity of unknown kind {kind!r}; ingest again with this version") from None


def edge_style(predicate: str) -> EdgeStyle:
    """Style of a predicate.

    Raises:
        InputError: the schema has no such predicate.
    """
    try:
        return EDGE_STYLES[predicate]
    except KeyError:
        raise _unknown_predicate(predicate) from None


def _unknown_predicate(predicate: str) -> InputError:
    return InputError(f"can't draw a link of unknown predicate {predicate!r}; ingest again with this version")


def caption(predicate: str) -> str:
    """The predicate as people read it.

    >>> caption("MERGER_TALKS"), caption("SUCCEEDED_BY")
    ('Merger talks', 'Succeeded by')

    Raises:
        InputError: the schema has no such predicate.
    """
    if predicate == SUCCEEDED_BY:
        return "Succeeded by"
    try:
        return PREDICATES[predicate].caption
    except KeyError:
        raise _unknown_predicate(predicate) from None


def firmness(edge: Edge) -> Firmness:
    """Whether a link stands, may come, or is off; one without a status stands."""
    return "firm" if edge.status is None else FIRMNESS.get(edge.status, "tentative")


def manner(edge: Edge) -> Manner:
    """How a link's line is drawn: by its origin where the register has it, else by how firm it is."""
    return "register" if edge.origin == "register" else firmness(edge)


def money(amount: float) -> str:
    """Pounds as an editor writes them.

    >>> money(1_500_000_000), money(22_400_000), money(350_000), money(-950)
    ('£1.5bn', '£22.4m', '£350k', '-£950')
    """
    sign, size = ("-", -amount) if amount < 0 else ("", amount)
    for unit, suffix in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        # From 999,950 on it is a million: four figures would round it to "£1000k".
        if size >= unit * 0.99995:
            return f"{sign}£{size / unit:,.0f}{suffix}" if size >= unit * 1000 else f"{sign}£{size / unit:.4g}{suffix}"
    return f"{sign}£{size:,.0f}"


def label_text(text: str) -> str:
    """One line without control, zero-width and bidirectional-override characters or lone surrogates."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def short_name(entity: Entity) -> str:
    """The name for a picture: no "NHS Foundation Trust", an acronym for long national bodies, 44 characters at most.

    >>> short_name(Entity("RBS", "Alder Hey Children's NHS Foundation Trust", "trust"))
    "Alder Hey Children's"
    >>> short_name(Entity("x", "NHS Kent and Medway Integrated Care Board", "icb"))
    'Kent and Medway ICB'
    """
    name = label_text(entity.name)
    if entity.kind in _ACRONYM_KINDS and len(name) > 20:
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) > 1 and initials in entity.aliases:
            return initials
    for pattern, replacement in _SHORTENINGS:
        shorter = pattern.sub(replacement, name)
        name = shorter or name
    if not name:
        return entity.id[:_MAX_SHORT]
    return name if len(name) <= _MAX_SHORT else name[: _MAX_SHORT - 1].rstrip() + "…"
