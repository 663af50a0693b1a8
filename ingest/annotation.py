"""What linking and coreference hand to relation extraction: a parsed briefing with its entities marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Entity, Mention, Question
from ingest.parse import ParsedDocument


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reference means what it was taken to mean; only `ingest.explain` reads it.

    `rule` names how it was resolved, `antecedents` are the offsets at which the names stand that it goes back to,
    `rivals` the ids of other entities that would have fitted, `why` what spoke most for this one.
    """

    rule: str
    antecedents: tuple[int, ...]
    rivals: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """`mentions` are sorted by start and never overlap; each one's `entity` is a key of `entities`.

    Mentions by name come from linking; those by reference ("the trust", "Mr Kelly", "the pair")
    are added by coreference with `via="reference"`. A reference to several ("the pair") is one
    mention for each, at the same place. `reasons` has one entry a reference, by its place.
    """

    parsed: ParsedDocument
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    questions: tuple[Question, ...] = ()
    reasons: Mapping[tuple[int, int], Reason] = field(default_factory=dict)
