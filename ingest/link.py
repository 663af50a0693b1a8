"""Mentions → entities: which body or person each name of a briefing means.

A name means what the register says; of several meanings, the one that the kind words, the
briefing's date and its other bodies single out. Where they don't, the name becomes a question and is left
unlinked: a wrong link costs more than a missing one. A body that the register doesn't know is an
entity of its own, of the kind that its words tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from graph.ids import organisation_id
from graph.model import Entity, Mention, Question
from ingest.annotation import Annotation
from ingest.mentions import Candidate, cut, find
from ingest.nameindex import NameIndex
from ingest.names import fold
from ingest.parse import ParsedDocument
from ingest.people import is_person, people
from ingest.register import Register
from ingest.runs import Evidence, Run, runs, weigh
from ingest.shortforms import acronyms, short_forms, stem
from ingest.unknown import body_kind

_ICB_ERA = date(2022, 7, 1)
_CCG_ERA = date(2013, 4, 1)


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
        found = [c for line in self.lines for c in find(line, index, self.register)]
        firm = [c for c in found if not c.lone]
        for c in firm:
            if not _initials(c):
                self._link(c)
        self._link_initials([c for c in firm if _initials(c)])
        self._runs(firm, [c for c in found if c.lone])
        self.mentions += [m for m, _ in short_forms(self.lines, self.entities, self.mentions)]
        return self._annotation()

    def _runs(self, firm: Sequence[Candidate], lone: Sequence[Candidate]) -> None:
        """Make persons and unknown bodies of the runs that no firm candidate covers."""
        taken = {(c.line, i) for c in firm for i in range(c.first, c.last)}
        places = {(c.line, c.first, c.last) for c in lone}
        found = [(line, run) for line in self.lines for run in runs(line, taken)]
        evidence: dict[str, Evidence] = {}
        titled = {fold(r.text).split()[-1] for _, r in found if r.title}
        labels = {t.start: t.ent for p in self.parsed.passages for t in p.tokens if t.ent}
        for line, run in found:
            weigh(line, run, labels, evidence.setdefault(fold(run.text), Evidence()))
        for key, points in evidence.items():
            if " " in key and key.split()[-1] in titled:
                points.person += 2
        persons, bodies = [], []
        for _, run in found:
            points = evidence[fold(run.text)]
            if (run.line, run.first, run.last) in places:
                continue
            if is_person(run, points):
                persons.append(run)
            elif kind := body_kind(run, points):
                bodies.append((run, kind))
        mentions, entities = people(persons, self.lines)
        self.mentions += mentions
        self.entities.update(entities)
        for run, kind in bodies:
            self._body(run, kind)

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

    def _unknown(self, c: Candidate) -> None:
        assert c.form is not None
        kind = c.form.kind
        if kind == "commissioner":
            kind = self._commissioner()
        name = c.text
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


def _initials(c: Candidate) -> bool:
    return bool(c.aliases) and " " not in c.text and c.text.upper() == c.text
