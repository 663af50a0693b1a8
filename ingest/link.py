"""Mentions → entities: which body or person each name of a briefing means.

A name means what the register says; of several meanings, the one that the kind words, the
briefing's date and its other bodies single out. Where they don't, the name becomes a question and is left
unlinked: a wrong link costs more than a missing one. A body that the register doesn't know is an
entity of its own, of the kind that its words tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from graph.ids import organisation_id
from graph.model import Entity, Mention, Question
from ingest.annotation import Annotation
from ingest.lists import spread
from ingest.mentions import Candidate, Line, candidate, cut
from ingest.nameindex import NameIndex
from ingest.names import fold, vocabulary
from ingest.parse import ParsedDocument
from ingest.people import is_person, people
from ingest.places import bodies, join_names
from ingest.register import Register
from ingest.runs import Evidence, Run, runs, weigh
from ingest.shapes import find
from ingest.forms import core, stem
from ingest.shortforms import acronyms, short_forms
from ingest.unknown import COMMON, body_kind

_ICB_ERA = date(2022, 7, 1)
_VAGUE = vocabulary(
    "a an single one new another no north south east west central two three four five all"
)


@lru_cache(maxsize=4)
def index_of(register: Register) -> NameIndex:
    """The register's tree of names, built once for each register."""
    return NameIndex.of(register)


def annotate(parsed: ParsedDocument, register: Register) -> Annotation:
    """Mark every entity that a briefing names."""
    return _Linker(parsed, register).run()


class _Linker:
    """The state of linking one briefing."""

    def __init__(self, parsed: ParsedDocument, register: Register) -> None:
        self.parsed = parsed
        self.register = register
        self.published = parsed.document.published
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.questions: list[Question] = []
        self.lines = cut(parsed)

    def run(self) -> Annotation:
        index = index_of(self.register)
        found = [c for line in self.lines for c in spread(line, find(line, index, self.register))]
        firm = [c for c in found if not c.lone and not _generic(c)]
        later = [c for c in firm if _initials(c) or _loose(c)]
        for c in firm:
            if c not in later:
                self._link(c)
        self._link_initials([c for c in later if not _loose(c)])
        self._link_loose([c for c in later if _loose(c)])
        lone = [c for c in found if c.lone]
        lone += self._runs(firm, lone)
        lone.sort(key=lambda c: c.start)
        self._places(lone, 1.0)
        self.mentions += list(short_forms(self.lines, self.entities, self.mentions, lone))
        self._places(lone, 0.0)
        self.mentions += list(short_forms(self.lines, self.entities, self.mentions, lone))
        return self._annotation()

    def _places(self, lone: Sequence[Candidate], near: float) -> None:
        found = bodies(self.lines, lone, self.mentions, self.entities, self.register, self.published, near=near)
        for c, ident in list(found):
            if ident in self.register:
                self.entities.setdefault(ident, self.register.entity(ident, self.published))
            else:
                self.entities.setdefault(ident, Entity(ident, c.text, ident.split("-")[0]))
            self._mention(c, ident, "short_name", 0.7)

    def _runs(self, firm: Sequence[Candidate], lone: Sequence[Candidate]) -> list[Candidate]:
        """Make persons and unknown bodies of the runs that no firm candidate covers; give back the others."""
        taken = {(c.line, i) for c in firm for i in range(c.first, c.last)}
        places = {(c.line, c.first, c.last) for c in lone}
        inside = {(c.line, i) for c in lone for i in range(c.first, c.last)}
        found = [(line, run) for line in self.lines for run in runs(line, taken)]
        evidence: dict[str, Evidence] = {}
        titled = {fold(r.text).split()[-1] for _, r in found if r.title}
        labels = {t.start: t.ent for p in self.parsed.passages for t in p.tokens if t.ent}
        for line, run in found:
            weigh(line, run, labels, evidence.setdefault(fold(run.text), Evidence()))
        for key, points in evidence.items():
            if " " in key and key.split()[-1] in titled:
                points.person += 2
        persons, told, rest = [], [], []
        for line, run in found:
            points = evidence[fold(run.text)]
            if (run.line, run.first, run.last) in places:
                continue
            if is_person(run, points):
                persons.append(run)
            elif (kind := body_kind(run, points)) and not _within(run, inside):
                told.append((run, kind))
            elif points.person < 1 and not run.heading and not run.title and _placelike(line, run, labels):
                if not _within(run, inside):
                    rest.append(candidate(line, run.first, run.last, "ner"))
        mentions, entities = people(persons, self.lines)
        self.mentions += mentions
        self.entities.update(entities)
        for run, kind in told:
            self._body(run, kind)
        return [c for line in self.lines for c in join_names(line, [c for c in rest if c.line == line.index])]

    def _body(self, run: Run, kind: str) -> None:
        text = self.lines[run.line].slice(run.start, run.end)
        ident = organisation_id(kind, text)
        self.entities.setdefault(ident, Entity(ident, text, kind))
        self.mentions.append(Mention(run.start, run.end, text, ident, "ner", 0.7))

    def _link_initials(self, found: Sequence[Candidate]) -> None:
        local = {a: e.id for e in self.entities.values() if not e.known for a in acronyms(e.name)}
        for c in found:
            if c.text.upper() in local:
                self._mention(c, local[c.text.upper()], "acronym", 0.9)
            else:
                self._link(c)

    def _link_loose(self, found: Sequence[Candidate]) -> None:
        """ "the Barking trust": a body already named that begins so, else one of the register, never a new description."""
        for c in found:
            path = stem(c.base)
            kind = c.form.kind if c.form else ""
            same = [
                e.id
                for e in self.entities.values()
                if e.kind == kind and path in (stem(e.name)[: len(path)], stem(e.name)[-len(path) :])
            ]
            line = self.lines[c.line]
            before = line.words[c.first - 1] if c.first else None
            if len(same) == 1:
                self._mention(c, same[0], "short_name", 0.8)
            elif before is None or before.key not in _VAGUE:
                if c.aliases:
                    self._link(c)
                elif kind == "ics":
                    self._unknown(c, f"{c.base} ICS")
                elif c.text.endswith("FT"):
                    self._unknown(c)

    def _link(self, c: Candidate) -> None:
        if not c.aliases:
            self._unknown(c)
            return
        ids = tuple(dict.fromkeys(i for a in c.aliases for i in a.ids))
        chosen = self._choose(c, ids)
        if chosen is None:
            self._ask(c, ids)
            return
        via = {"name": "register", "acronym": "acronym"}.get(c.aliases[0].sort, "alias")
        self.entities.setdefault(chosen, self.register.entity(chosen, self.published))
        self._mention(c, chosen, via, 1.0)

    def _choose(self, c: Candidate, ids: Sequence[str]) -> str | None:
        if len(ids) == 1:
            return ids[0]
        if self.published:
            alive = [i for i in ids if self.register.open_on(i, self.published)]
            if len(alive) == 1:
                return alive[0]
            ids = alive or ids
        if any(a.sort in ("usual", "short", "brand", "name", "acronym", "user") for a in c.aliases):
            return ids[0]
        here = [i for i in ids if i in self.entities]
        return here[0] if len(here) == 1 else None

    def _ask(self, c: Candidate, ids: Sequence[str]) -> None:
        reason = "several bodies go by this name"
        self.questions.append(Question(self.parsed.document.id, c.text, c.start, c.end, tuple(ids), reason))

    def _unknown(self, c: Candidate, name: str = "") -> None:
        assert c.form is not None
        kind = c.form.kind
        if kind == "commissioner":
            kind = self._commissioner()
        name = name or (f"{c.text} Hospital" if c.text.endswith(" General") else c.text)
        path = stem(name)
        for entity in self.entities.values():
            if not entity.known and entity.kind == kind and stem(entity.name) == path:
                if len(name) > len(entity.name):
                    self.entities[entity.id] = replace(entity, name=name)
                self._mention(c, entity.id, "pattern", 0.9)
                return
        ident = organisation_id(kind, " ".join(path) or fold(name))
        self.entities.setdefault(ident, Entity(ident, name, kind))
        self._mention(c, ident, "pattern", 0.9)

    def _commissioner(self) -> str:
        if self.published:
            return "icb" if self.published >= _ICB_ERA else "ccg"
        return "icb" if any(e.kind == "icb" for e in self.entities.values()) else "ccg"

    def _mention(self, c: Candidate, ident: str, via: str, confidence: float) -> None:
        self.mentions.append(Mention(c.start, c.end, c.text, ident, via, confidence))

    def _annotation(self) -> Annotation:
        mentions = tuple(sorted(self.mentions, key=lambda m: (m.start, m.end)))
        used = {m.entity for m in mentions}
        entities = {i: e for i, e in self.entities.items() if i in used}
        return Annotation(self.parsed, entities, mentions, tuple(self.questions))


def _within(run: Run, taken: set[tuple[int, int]]) -> bool:
    return any((run.line, i) in taken for i in range(run.first, run.last))


def _placelike(line: Line, run: Run, labels: Mapping[int, str]) -> bool:
    """Whether a run that nothing explains may be a place's name."""
    span = line.words[run.first : run.last]
    if any(labels.get(w.start) in ("DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART", "NORP") for w in span):
        return False
    if any(len(w.text) < 3 or w.text.isupper() or w.key in COMMON or "’" in w.text[:-2] for w in span):
        return False
    return len(span) > 1 or (labels.get(span[0].start) is not None and span[0].start not in line.opening)


def _loose(c: Candidate) -> bool:
    """Whether the closing words are lower case and so common that they may only describe."""
    if c.form is None or c.form.kind not in ("trust", "ics"):
        return False
    closing = c.text[len(c.base) :].strip()
    return closing in ("trust", "trusts", "system", "footprint", "FT", "FTs") or (
        closing.endswith(" trust") and closing.islower()
    )


def _generic(c: Candidate) -> bool:
    """Whether a register name is, in running text, no body at all."""
    return any(a.ids[0] in ("nhs", "nhs-111") or a.text == "FT" for a in c.aliases)


def _initials(c: Candidate) -> bool:
    return bool(c.aliases) and " " not in c.text and c.text.upper() == c.text
