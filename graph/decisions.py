"""People's judgements: which entities are one, which never are, which statements stand.

Decisions are only ever added; of two about the same pair or statement the later one counts
(by `made`, then in the order given), so an opposite decision undoes an earlier one. Entities
judged "same" form connected components, each known by one canonical id: an ODS code before a
slug, then the shorter, then the first in the alphabet. A pair judged "different" never ends up
in one component: of the judgements that would join it, the youngest gives way.

Decisions are what can't be rebuilt from the briefings, so they are exported as JSON lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import get_args

from graph.errors import InputError
from graph.model import Decision, Judgement

_ODS_CODE = re.compile(r"[A-Z0-9]{3,10}")
_JUDGEMENTS: tuple[str, ...] = get_args(Judgement)
_FIELDS = {f.name for f in fields(Decision)}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a list of decisions comes to: canonical ids, pairs kept apart, reviewed statements."""

    components: dict[str, frozenset[str]]
    apart: frozenset[frozenset[str]]
    reviews: dict[str, str]

    def canonical(self, entity: str) -> str:
        """The id under which the entity is stored."""
        return min(self.group(entity), key=_rank)

    def group(self, entity: str) -> frozenset[str]:
        """Every id that is the same entity, itself included."""
        return self.components.get(entity) or frozenset({entity})

    def review(self, statement: str) -> str | None:
        """ "confirmed", "rejected" or None."""
        return self.reviews.get(statement)


def settle(decisions: Iterable[Decision]) -> Settlement:
    """Work out what the decisions come to; the order of the list only breaks ties of `made`."""
    ordered = sorted(decisions, key=lambda d: d.made)
    pairs: dict[frozenset[str], str] = {}
    reviews: dict[str, str] = {}
    for decision in ordered:
        if decision.judgement in ("confirm", "reject"):
            reviews[decision.left] = "confirmed" if decision.judgement == "confirm" else "rejected"
        elif decision.right is not None:
            pair = frozenset({decision.left, decision.right})
            pairs.pop(pair, None)
            pairs[pair] = decision.judgement
    apart = frozenset(p for p, judgement in pairs.items() if judgement == "different")
    components: dict[str, frozenset[str]] = {}
    for pair, judgement in pairs.items():
        if judgement != "same":
            continue
        joined = frozenset().union(*(components.get(i) or {i} for i in pair))
        if not any(p <= joined for p in apart):
            components.update(dict.fromkeys(joined, joined))
    return Settlement(components, apart, reviews)


def check(decision: Decision) -> None:
    """Raise InputError for a decision that makes no sense."""
    if decision.judgement not in _JUDGEMENTS:
        raise InputError(f"Unknown judgement {decision.judgement!r}: use {', '.join(_JUDGEMENTS)}")
    if not decision.left:
        raise InputError(f"A decision {decision.judgement!r} needs an id to be about")
    if decision.judgement in ("confirm", "reject"):
        if decision.right is not None:
            raise InputError(f"A decision {decision.judgement!r} is about one statement, not two")
        return
    if not decision.right or decision.right == decision.left:
        raise InputError(f"A decision {decision.judgement!r} needs two different ids")
    persons = [i.startswith("person-") for i in (decision.left, decision.right)]
    if decision.judgement == "same" and persons[0] != persons[1]:
        raise InputError(f"{decision.left} and {decision.right} can't be the same: one is a person")


def dump(decisions: Iterable[Decision]) -> Iterator[str]:
    """One line of JSON for each decision, without line ends; `load` reads them back."""
    for decision in decisions:
        yield json.dumps(asdict(decision), ensure_ascii=False, sort_keys=True)


def load(lines: Iterable[str]) -> list[Decision]:
    """Read decisions from lines of JSON; empty lines are passed over.

    Raises:
        InputError: a line is no decision; the message names the line.
    """
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"Line {number} of the decisions is not JSON: {error}") from error
        if not isinstance(data, dict) or not {"judgement", "left"} <= set(data) <= _FIELDS:
            raise InputError(f"Line {number} of the decisions is not a decision: it needs judgement and left")
        if not all(isinstance(v, str) or (v is None and k == "right") for k, v in data.items()):
            raise InputError(f"Line {number} of the decisions holds a value that is not text")
        decision = Decision(**data)
        try:
            check(decision)
        except InputError as error:
            raise InputError(f"Line {number} of the decisions: {error}") from error
        found.append(decision)
    return found


def _rank(entity: str) -> tuple[bool, int, str]:
    return (_ODS_CODE.fullmatch(entity) is None, len(entity), entity)
