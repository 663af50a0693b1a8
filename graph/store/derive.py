"""Statements → derived edges: one for each pair and predicate.

Rejected statements don't count. Of the rest, oldest first (by date, undated ones before all; then
by briefing, place and id), each attribute is that of the newest statement that has it and is about as
sure as the surest (within `DOUBT`): a doubtful reading does not overrule a good one. A former post
yields to another one of the same briefing. `first_seen` and `last_seen` are the dates of the oldest and
newest dated briefing. A briefing is as sure as its surest statement, a confirmed one counting 1; briefings
are taken as independent witnesses, so the edge's `confidence` is 1 − Π(1 − c), to four places. A merged or
symmetric pair is stored from the lower id to the higher. A DEFICIT goes from the organisation to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from graph.decisions import Settlement
from graph.facts import link_caption
from graph.model import DOUBT, Edge
from graph.schema import PREDICATES
from graph.style import money

ATTRIBUTES = ("status", "form", "amount", "role", "rating")


class EdgeKey(NamedTuple):
    """Which edge: predicate and the canonical ids of its ends."""

    predicate: str
    source: str
    target: str

    def text(self) -> str:
        """The key as stored in `Statement.edge`."""
        return "|".join(self)


def edge_key(predicate: str, subject: str, obj: str | None, settlement: Settlement) -> EdgeKey | None:
    """The edge that a statement belongs to, by its ends as ingested; None where a merge made both ends one."""
    source = settlement.canonical(subject)
    if obj is None:
        return EdgeKey(predicate, source, source)
    target = settlement.canonical(obj)
    if source == target and subject != obj:
        return None
    if PREDICATES[predicate].symmetric and target < source:
        source, target = target, source
    return EdgeKey(predicate, source, target)


def derive(
    predicate: str, statements: Iterable[Mapping[str, Any]], *, registered: bool = False
) -> dict[str, Any] | None:
    """Properties of one edge from its statements (rows with `briefing` beside a Statement's properties).

    `registered` says that the register has the link too. None where nothing stands.
    """
    standing = sorted((s for s in statements if s["review"] != "rejected"), key=_age)
    if predicate == "HOLDS_ROLE":
        standing = _posts(standing)
    if not standing and not registered:
        return None
    edge: dict[str, Any] = dict.fromkeys(ATTRIBUTES)
    surest: dict[str, float] = {}
    top = max(map(_sureness, standing), default=0.0)
    # the doubtful ones first, so that they only fill what no surer one says
    for s in sorted(standing, key=lambda s: _sureness(s) >= top - DOUBT):
        edge.update({a: s[a] for a in ATTRIBUTES if s[a] is not None})
        surest[s["briefing"]] = max(surest.get(s["briefing"], 0.0), _sureness(s))
    dates = sorted(s["published"] for s in standing if s["published"])
    doubt = 0.0 if registered else prod(1.0 - c for c in sorted(surest.values()))
    return {
        **edge,
        "caption": link_caption(Edge("", "", predicate, **edge)),
        "sum": None if edge["amount"] is None else money(edge["amount"]),
        "first_seen": dates[0] if dates else None,
        "last_seen": dates[-1] if dates else None,
        "statements": len(standing),
        "briefings": len(surest),
        "confidence": round(1.0 - doubt, 4),
        "origin": "register" if registered else "text",
    }


def _posts(said: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of each briefing first the posts that a person left for another one there, whichever it names first."""
    now: dict[str, set[str]] = {}
    for s in said:
        if s["status"] != "former" and s["role"]:
            now.setdefault(s["briefing"], set()).add(s["role"])

    def left(s: Mapping[str, Any]) -> bool:
        return bool(s["status"] == "former" and s["role"] and now.get(s["briefing"], set()) - {s["role"]})

    return sorted(said, key=lambda s: (s["published"] or "", s["briefing"], not left(s)))


def _sureness(s: Mapping[str, Any]) -> float:
    return 1.0 if s["review"] == "confirmed" else float(s["confidence"])


def _age(s: Mapping[str, Any]) -> tuple[str, str, int, str]:
    return (s["published"] or "", s["briefing"], s["start"], s["id"])
