"""What a briefing has told up to a place: which entities, where and how often, in lists, and by which references.

Names and references are added in the order of the text. A new story (the section of a round-up) keeps its
entities apart from those before.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Entity
from graph.schema import PERSON
from ingest.parse import Token
from ingest.scene import Line, Mark, Scene, is_list_gap
from ingest.spots import PERSONAL, Spot

SUBJECT = frozenset({"nsubj", "nsubjpass"})
WORD = re.compile(r"[a-z]+")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|Fr|Father)\.?\s+(?:[\w’'-]+\s+)?$")
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Baroness|Sister)\.?\s+(?:[\w’'-]+\s+)?$")
_TITLE = re.compile(r"(?:(Mr|Sir|Lord|Father)|(Mrs|Ms|Miss|Dame|Lady|Baroness))\b")


@dataclass(slots=True)
class Told:
    """What a story has said of one entity so far; places are document offsets, sentences as the scene counts them."""

    entity: Entity
    words: frozenset[str]
    first: int
    named: int
    named_in: int
    start: int
    sentence: int
    section: int
    subject: bool
    leads: bool
    passage: int
    verb: int
    times: int = 1
    subjects: int = 0
    opening: bool = False
    gender: str = ""
    heads: set[str] = field(default_factory=set)


class Discourse:
    """What a briefing has told up to a place, sentence by sentence; marks and references are added in order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._told: dict[str, Told] = {}
        self._last: dict[str, str] = {}
        self._section = -1
        self._began = 0
        self._phrases: dict[str, str] = {}
        self._lists: deque[tuple[tuple[str, ...], int]] = deque(maxlen=4)
        self._sets: deque[tuple[tuple[str, ...], int]] = deque(maxlen=3)
        self._row: list[Mark] = []

    def told(self, ident: str) -> Told | None:
        """What is known of an entity, if it was told of."""
        return self._told.get(ident)

    def recent(self, line: Line) -> Iterator[Told]:
        """The entities of the line's story, the one told of last first."""
        for ident in reversed(self._told):
            told = self._told[ident]
            if told.section != line.section:
                return
            yield told

    def everything(self) -> Iterator[Told]:
        """All entities of the briefing, the one told of last first."""
        return reversed(self._told.values())

    def last(self, what: str) -> str | None:
        """What the story's last "noun", "pronoun" or reference by a certain head meant."""
        return self._last.get(what)

    def meant(self, spot: Spot) -> str | None:
        """What the same words meant last in the story."""
        return self._phrases.get(phrase(spot))

    def open(self, line: Line) -> None:
        """Begin a sentence; a new story forgets which phrase meant whom."""
        if line.section != self._section:
            self._section = line.section
            self._began = line.index
            self._last.clear()
            self._phrases.clear()
            self._lists.clear()
            self._sets.clear()
        self._row = []

    def name(self, line: Line, mark: Mark) -> None:
        """An entity is named."""
        self._join(line, mark)
        token = line.passage.tokens[mark.head]
        leads = not any(m.start < mark.start for m in line.marks[:1])
        gender = self._gender(mark) if mark.entity.kind == PERSON else ""
        self._add(mark.entity, mark.start, line, token, leads, gender, named=True)

    def refer(self, line: Line, spot: Spot, entity: Entity) -> None:
        """A reference was resolved."""
        token = line.passage.tokens[spot.token]
        gender = ("f" if spot.head in ("she", "her") else "m") if spot.head in PERSONAL else ""
        self._add(entity, spot.start, line, token, False, gender, named=False)
        self._told[entity.id].heads.add(spot.head)
        self._last["pronoun" if spot.pronoun else "noun"] = entity.id
        if not spot.pronoun:
            self._last[spot.head] = entity.id
            self._phrases[phrase(spot)] = entity.id

    def refer_to_all(self, line: Line, start: int, entities: Sequence[Entity]) -> None:
        """A reference to several was resolved."""
        for entity in entities:
            self._add(entity, start, line, None, False, "", named=False)
        self._sets.append((tuple(e.id for e in entities), line.index))

    def lists(self) -> list[tuple[tuple[str, ...], int]]:
        """Bodies listed side by side in the story ("A, B and C"), with their sentence, the last first."""
        return list(reversed(self._lists))

    def sets(self) -> list[tuple[tuple[str, ...], int]]:
        """What the last references to several meant, with their sentence, the last first."""
        return list(reversed(self._sets))

    def _join(self, line: Line, mark: Mark) -> None:
        """Keep lists as they grow."""
        if mark.entity.kind == PERSON:
            self._row = []
            return
        joined = bool(self._row) and is_list_gap(self.scene.text[self._row[-1].end : mark.start])
        if joined and len(self._row) > 1 and self._lists:
            self._lists.pop()
        self._row = [*self._row, mark] if joined else [mark]
        ids = tuple(dict.fromkeys(m.entity.id for m in self._row))
        if len(self._row) > 1:
            self._lists.append((ids, line.index))

    def _add(
        self, entity: Entity, start: int, line: Line, token: Token | None, leads: bool, gender: str, *, named: bool
    ) -> None:
        old = self._told.pop(entity.id, None)
        subject = token is not None and token.dep in SUBJECT
        verb = token.head if token is not None else -1
        if old is None or old.section != line.section:
            words = old.words if old else frozenset(WORD.findall(entity.name.lower()))
            at, of = (start, line.index) if named or old is None else (old.named, old.named_in)
            told = Told(
                entity, words, start, at, of, start, line.index, line.section, subject, leads, line.passage.index, verb
            )
            told.opening = line.index - self._began < 2
            told.gender = old.gender if old else ""
        else:
            told = old
            told.times += 1
            told.start, told.sentence, told.subject, told.leads = start, line.index, subject, leads
            told.passage, told.verb = line.passage.index, verb
            if named:
                told.named, told.named_in = start, line.index
        told.gender = gender or told.gender
        told.subjects += subject
        self._told[entity.id] = told

    def _gender(self, mark: Mark) -> str:
        title = _TITLE.match(mark.mention.text) or _TITLE.match(mark.entity.name)
        if title:
            return "m" if title[1] else "f"
        before = self.scene.text[max(0, mark.start - 24) : mark.start]
        return "m" if _MALE.search(before) else "f" if _FEMALE.search(before) else ""


def phrase(spot: Spot) -> str:
    """The words of a reference but its article."""
    return " ".join((*spot.modifiers, spot.head)).lower()
