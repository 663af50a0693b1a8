"""What linking and coreference hand to relation extraction: a parsed briefing with its entities marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Entity, Mention, Question
from ingest.parse import ParsedDocument


@dataclass(frozen=True, slots=True)
class Annotation:
    """`mentions` are sorted by start and never overlap; each one's `entity` is a key of `entities`.

    Mentions by name come from linking; those by reference ("the trust", "Mr Kelly", "the pair")
    are added by coreference with `via="reference"`. A reference to several ("the pair") is one
    mention for each, at the same place.
    """

    parsed: ParsedDocument
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    questions: tuple[Question, ...] = ()
