"""Who belongs to which system (ICS), by the register or by what briefings say, read from a store.

A body belongs to the ICS that it is part of, else to the one that its integrated care board is part of. The register
counts before a briefing, and of several the surest; what is less sure than asked for does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.errors import InputError
from graph.model import SURE, Entity, Subgraph
from graph.schema import PERSON
from graph.store.base import View

_PARTS = (
    "UNWIND $ids AS i MATCH (w:Organisation {id: i})<-[e:PART_OF]-(m:Organisation) "
    "WHERE e.confidence >= $min_confidence RETURN m.id AS id, m.kind AS kind ORDER BY id"
)
_WHOLES = (
    "UNWIND $ids AS i MATCH (m:Organisation {id: i})-[e:PART_OF]->(w:Organisation) "
    "WHERE e.confidence >= $min_confidence OPTIONAL MATCH (w)-[f:PART_OF]->(s:Organisation) "
    "RETURN m.id AS id, w.id AS whole, w.kind AS kind, w.name AS name, e.origin AS origin, e.confidence AS confidence, "
    "s.id AS above, s.kind AS above_kind, s.name AS above_name, f.origin AS above_origin, "
    "f.confidence AS above_confidence ORDER BY id, whole, above"
)


def systems(view: View, subgraph: Subgraph, *, min_confidence: float = SURE) -> dict[str, str]:
    """By id, the name of the system (ICS) that each entity of a subgraph belongs to; who belongs to none is left out.

    The ICS itself need not be in the subgraph, and belongs to itself.
    """
    bodies = sorted(e.id for e in subgraph.nodes if e.kind not in ("ics", PERSON))
    found = {id: name for id, (_, name) in _systems(view, bodies, min_confidence).items()}
    own = {e.id: e.name for e in subgraph.nodes if e.kind == "ics"}
    return dict(sorted({**found, **own}.items()))


def parts(view: View, ids: Sequence[str], min_confidence: float) -> dict[str, str]:
    """The kinds of what belongs to these, by id."""
    rows = view.rows(_PARTS, {"ids": list(ids), "min_confidence": min_confidence}) if ids else []
    return {str(row["id"]): str(row["kind"]) for row in rows}


def system_of(view: View, asked: Entity, min_confidence: float) -> str:
    """The id of the system that a body belongs to, or is.

    Raises:
        InputError: it belongs to none.
    """
    if asked.kind == "ics":
        return asked.id
    found = _systems(view, [asked.id], min_confidence)
    if not found:
        raise InputError(
            f"{asked.name} belongs to no system that the graph knows of; name an integrated care system or a member"
        )
    return found[asked.id][0]


def _systems(view: View, ids: Sequence[str], min_confidence: float) -> dict[str, tuple[str, str]]:
    """The id and name of each body's system."""
    rows = view.rows(_WHOLES, {"ids": list(ids), "min_confidence": min_confidence}) if ids else []
    found: dict[str, list[tuple[bool, bool, float, str, str]]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "ics":
            sure = float(row["confidence"])
            found[row["id"]].append((False, row["origin"] != "register", -sure, row["whole"], row["name"]))
        elif row["kind"] == "icb" and row["above_kind"] == "ics" and row["above_confidence"] >= min_confidence:
            sure = min(float(row["confidence"]), float(row["above_confidence"]))
            found[row["id"]].append((True, row["origin"] != "register", -sure, row["above"], row["above_name"]))
    return {id: min(several)[3:] for id, several in found.items()}
