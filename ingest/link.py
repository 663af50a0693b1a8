"""Mentions → entities: which body or person each name of a briefing means.

A name means what the register says; of several meanings, the one that the kind words, the
briefing's date and its other bodies single out. Where they don't, the name becomes a question and is left
unlinked: a wrong link costs more than a missing one. A body that the register doesn't know is an
entity of its own, of the kind that its words tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from graph.ids import organisation_id
from graph.model import Entity, Mention, Question
from ingest.annotation import Annotation
from ingest.choose import Context, Era
from ingest.classify import classify, corrected, standing
from ingest.collectives import members_of
from ingest.evidence import told_kinds
from ingest.forms import completed, core, stem
from ingest.joints import Joints
from ingest.kinds import Kinds
from ingest.lists import spread
from ingest.mentions import Candidate, cut
from ingest.nameindex import NameIndex, parts_of
from ingest.names import keys, vocabulary
from ingest.parse import ParsedDocument
from ingest.people import people
from ingest.places import bodies
from ingest.register import Register
from ingest.runs import Run
from ingest.shapes import COMMISSIONER, find
from ingest.shortforms import acronyms, beginnings, initials, prefixes, short_forms
from ingest.unknown import Names, gather

_ICB_ERA = date(2022, 7, 1)
_CLASSES = ("nhs", "nhs-111")
"""Ids whose names, in running text, speak of the whole service and not of one body."""
_VAGUE = vocabulary("a an single one new another no north south east west central two three four five all")
"""Words before "… trust" that make a description of it."""


@lru_cache(maxsize=4)
def index_of(register: Register) -> NameIndex:
    """The register's tree of names, built once for each register."""
    return NameIndex.of(register)


def annotate(parsed: ParsedDocument, register: Register) -> Annotation:
    """Mark every organisation and person that a briefing names; later references are coreference's work."""
    return _Linker(parsed, register, Kinds.load()).run()


def unknown_names(parsed: ParsedDocument, register: Register, judge: Kinds) -> Names:
    """What `ingest.classify` is to judge in a briefing: for training, and to look into."""
    linker = _Linker(parsed, register, judge)
    return linker.names(*linker.candidates())


class _Linker:
    """The state of linking one briefing."""

    def __init__(self, parsed: ParsedDocument, register: Register, judge: Kinds) -> None:
        self.parsed = parsed
        self.register = register
        self.judge = judge
        self.era = Era.of(register, parsed.document.published)
        self.lines = cut(parsed)
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.questions: list[Question] = []
        self.told: Mapping[tuple[str, ...], str] = {}
        self.standing: Mapping[tuple[int, int], str] = {}

    def run(self) -> Annotation:
        firm, lone = self.candidates()
        names = self.names(firm, lone)
        self.told = corrected(names) | told_kinds(self.lines, firm)
        self.standing = standing(names)
        self._firm(firm)
        told = classify(names, lone)
        persons, humans = people(told.persons, self.lines)
        self.mentions += persons
        self.entities.update(humans)
        self._told(told.bodies)
        lone = sorted(lone + told.places, key=lambda c: c.start)
        # a place whose sentence says what it stands for comes before short forms, the others after them
        for near in (1.0, 0.0):
            self._places(lone, near)
            self.mentions += list(short_forms(self.lines, self.entities, self.mentions, lone))
        self._one_system()
        return self._annotation()

    def candidates(self) -> tuple[list[Candidate], list[Candidate]]:
        """Names by the register or by their form, and places that stand alone."""
        index = index_of(self.register)
        found = [c for line in self.lines for c in spread(line, find(line, index, self.register))]
        joints = Joints(self.lines, self.judge)
        found = [joints.shortened(c) for c in found if not _speaks_of_all(c)]
        return [c for c in found if not c.lone], [c for c in found if c.lone]

    def names(self, firm: Sequence[Candidate], lone: Sequence[Candidate]) -> Names:
        """The names that the register doesn't know."""
        return gather(self.lines, firm, lone, self.era.label, self.register, self.judge)

    def _told(self, bodies: Sequence[tuple[Run, str]]) -> None:
        """Bodies by the words around them; what begins a longer name is left to the short forms."""
        begun = beginnings(self.entities.values())
        begun |= {p for run, _ in bodies if run.size > 1 for p in prefixes(keys(run.text)[:-1])}
        within, brief = parts_of(self.register), initials(self.lines, self.entities, self.mentions)
        for run, kind in bodies:
            path = keys(run.text)
            if path in within or run.text.upper() in brief or (run.size == 1 and kind == "other"):
                continue
            if path in begun or (*path[:-1], f"{path[-1]}s") in begun:
                continue
            ident = organisation_id(kind, " ".join(core(run.text)))
            self.entities.setdefault(ident, Entity(ident, run.text, kind))
            self.mentions.append(Mention(run.start, run.end, run.text, ident, "ner", 0.7))

    def _firm(self, firm: Sequence[Candidate]) -> None:
        """Link the clear names first, then those that need them: initials, loose descriptions, ambiguous names."""
        later = [c for c in firm if _initials(c) or _loose(c) or len(_ids(c)) > 1]
        for c in firm:
            if c not in later:
                self._link(c, _ids(c))
        self.era = Era.of(self.register, self.parsed.document.published, self.entities)
        local = {a: e.id for e in self.entities.values() if not e.known for a in acronyms(e.name)}
        unclear = []
        for c in later:
            if _initials(c) and c.text.upper() in local:
                self._mention(c, local[c.text.upper()], "acronym", 0.9)
            elif _loose(c):
                self._describe(c)
            elif len(_ids(c)) > 1:
                unclear.append(c)
            else:
                self._link(c, _ids(c))
        context = Context(self.register, self.entities, self.era)
        for c in unclear:
            self._choose(c, context)

    def _link(self, c: Candidate, ids: Sequence[str]) -> None:
        if not ids:
            self._unknown(c)
            return
        via = {"name": "register", "acronym": "acronym"}.get(c.aliases[0].sort, "alias")
        self._known(ids[0])
        self._mention(c, ids[0], via, 1.0)

    def _choose(self, c: Candidate, context: Context) -> None:
        """Of several meanings take the one that the context singles out, else ask."""
        ids = _ids(c)
        usual = ids[0] if all(a.sort != "several" for a in c.aliases) else None
        chosen = context.choose(ids, usual=usual)
        if chosen is not None:
            self._link(c, [chosen])
            return
        reason = "several bodies go by this name"
        ranked = context.ranked(ids)
        self.questions.append(Question(self.parsed.document.id, c.text, c.start, c.end, ranked, reason))

    def _describe(self, c: Candidate) -> None:
        """ "the Barking trust": a body already named that begins so, else one of the register, no new description."""
        path = core(c.base)
        kind = c.form.kind if c.form else ""
        size = len(path)
        same = [
            e.id
            for e in self.entities.values()
            if e.kind == kind and path in (core(e.name)[:size], stem(e.name)[-size:])
        ]
        before = self.lines[c.line].words[c.first - 1].key if c.first else ""
        if len(same) == 1:
            self._mention(c, same[0], "short_name", 0.8)
        elif before in _VAGUE:
            return
        elif len(_ids(c)) == 1:
            self._link(c, _ids(c))
        elif kind == "ics" or c.text.endswith("FT"):
            self._unknown(c, f"{c.base} ICS" if kind == "ics" else c.text)

    def _unknown(self, c: Candidate, name: str = "") -> None:
        """A body of the kind that its words tell; its id leaves the legal form out, which texts do as well."""
        if c.form is None:
            return
        kind = self.told.get(core(c.text)) or (self._commissioner() if c.form == COMMISSIONER else c.form.kind)
        if c.form.plural and not c.text.startswith(c.base):
            name = f"{c.base} CCGs"
        name = name or completed(c.text)
        ident = organisation_id(kind, " ".join(core(name)))
        known = self.entities.setdefault(ident, Entity(ident, name, kind))
        if len(name) > len(known.name):
            known = replace(known, name=name)
        if c.form.plural:
            known = replace(known, members=members_of(c, self.lines[c.line], self.register, self.era))
        self.entities[ident] = known
        self._mention(c, ident, "pattern", 0.9)

    def _commissioner(self) -> str:
        """What "NHS Coppershaw" was on the briefing's day."""
        if self.era.before(_ICB_ERA):
            return "ccg"
        if self.era.earliest and self.era.earliest >= _ICB_ERA:
            return "icb"
        text = self.parsed.document.text
        new = sum(text.count(w) for w in ("ICB", "ntegrated care board", "Integrated Care Board"))
        old = sum(text.count(w) for w in ("CCG", "PCT", "ommissioning group", "rimary care trust"))
        return "icb" if new > old else "ccg"

    def _places(self, lone: Sequence[Candidate], near: float) -> None:
        found = bodies(
            self.lines, lone, self.mentions, self.entities, self.register, self.era, self.standing, near=near
        )
        for c, ident, kind in list(found):
            if ident in self.register:
                self._known(ident)
            else:
                self.entities.setdefault(ident, Entity(ident, c.base, kind))
            self._mention(c, ident, "short_name", 0.7)

    def _known(self, ident: str) -> None:
        self.entities.setdefault(ident, self.register.entity(ident, self.era.day))

    def _mention(self, c: Candidate, ident: str, via: str, confidence: float) -> None:
        self.mentions.append(Mention(c.start, c.end, c.text, ident, via, confidence))

    def _one_system(self) -> None:
        """An ICS and its ICB are one entity, that of the first mention, unless one sentence names both in full."""
        firsts: dict[str, Mention] = {}
        for m in sorted(self.mentions, key=lambda m: m.start):
            firsts.setdefault(m.entity, m)
        for ident, first in firsts.items():
            system = self.register.system_of(ident)
            if self.entities[ident].kind != "icb" or system not in firsts or self._together(ident, system):
                continue
            kept, gone = (ident, system) if first.start < firsts[system].start else (system, ident)
            self.mentions = [replace(m, entity=kept) if m.entity == gone else m for m in self.mentions]

    def _together(self, one: str, other: str) -> bool:
        """Whether some sentence sets the two against each other."""
        places = [(m.start, m.entity) for m in self.mentions if m.entity in (one, other)]
        sentences = (s for p in self.parsed.passages for s in p.sentences)
        return any({one, other} <= {e for at, e in places if s.start <= at < s.end} for s in sentences)

    def _annotation(self) -> Annotation:
        mentions = tuple(_apart(self.mentions))
        used = {m.entity for m in mentions}
        entities = {i: e for i, e in self.entities.items() if i in used}
        return Annotation(self.parsed, entities, mentions, tuple(self.questions))


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in order, of overlapping ones the longer."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or kept[-1].end <= m.start:
            kept.append(m)
        elif m.end - m.start > kept[-1].end - kept[-1].start:
            kept[-1] = m
    return kept


def _ids(c: Candidate) -> list[str]:
    """What a candidate may mean; a user's own alias outranks the rest."""
    return list(dict.fromkeys(i for a in c.aliases for i in a.ids))


def _speaks_of_all(c: Candidate) -> bool:
    return any(a.ids[0] in _CLASSES for a in c.aliases)


def _initials(c: Candidate) -> bool:
    return bool(c.aliases) and " " not in c.text and c.text.upper() == c.text


def _loose(c: Candidate) -> bool:
    """Whether the closing words are so common that they may only describe: "the Barking trust"."""
    if c.form is None or c.form.kind not in ("trust", "ics"):
        return False
    closing = c.text[len(c.base) :].strip()
    plain = closing in ("trust", "trusts", "system", "footprint", "FT", "FTs")
    return plain or (closing.endswith(" trust") and closing.islower())
