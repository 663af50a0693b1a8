"""The runs of capitals of a briefing sorted: persons, bodies that the words around them tell, and mere places.

A title makes a person. All else is judged by the learned model of `ingest.kinds`, which weighs what the rules of
`ingest.evidence` say together with the words around every place where the name stands. Names in one list are mostly
of one kind, so each gets a share of what speaks for the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.evidence import COMMON, NOT_PERSONS
from ingest.kinds import NONE, Judgement
from ingest.mentions import Candidate, Line, candidate, shared
from ingest.names import GENERIC, fold, vocabulary
from ingest.places import join_names
from ingest.runs import Run
from ingest.shapes import COMMISSIONER
from ingest.unknown import Names

_IN_PLACES = vocabulary("valley vale coast bay city district island islands sea")
_NO_PLACES = ("DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART", "NORP")
_SEATS = vocabulary("whitehall westminster downing")
"""Places that stand for the government now and then, and for no body of their own."""
_PAPERS = vocabulary("bill act plan report review strategy paper")
SURE = 0.5
"""How likely a body must be; a single word needs more."""
SURE_SINGLE = 0.8
SURE_PLACE = 0.8
"""How likely a place of the register must be a body."""
SURE_OF_KIND = 0.85
"""What share of the chance that a name is a body must be one kind's to correct what the name's form says."""
PEERS = 0.25
"""The weight of what speaks for the names in a list beside a name."""


@dataclass(slots=True)
class Sorted:
    """Runs by what they are. `places` may yet stand for a body; nothing more is known of them."""

    persons: list[Run] = field(default_factory=list)
    bodies: list[tuple[Run, str]] = field(default_factory=list)
    places: list[Candidate] = field(default_factory=list)


def classify(names: Names, lone: Sequence[Candidate]) -> Sorted:
    """Sort the bare names by the evidence of the whole briefing."""
    inside = shared(lone)
    labels = {t.start: t.ent for line in names.lines for t in line.passage.tokens if t.ent}
    result = Sorted()
    for key, told in _judged(names).items():
        points = names.evidence[key]
        for run in names.units[key]:
            line = names.lines[run.line]
            if run.title:
                if points.person > 0:
                    result.persons.append(run)
            elif told.label == "person":
                if run.size > 1:
                    result.persons.append(run)
            elif any((run.line, i) in inside for i in range(run.first, run.last)):
                continue
            elif _is_body(run, told):
                result.bodies.append((run, told.body))
            elif points.person < 1 and not run.heading and _placelike(line, run, labels):
                result.places.append(candidate(line, run.first, run.last, "ner"))
    result.places = [
        c
        for x in names.lines
        for c in join_names(x, sorted((c for c in result.places if c.line == x.index), key=lambda c: c.first))
    ]
    return result


def _judged(names: Names) -> dict[str, Judgement]:
    """What the model makes of each bare name."""
    judge = names.judge
    points = {key: judge.points(names.of_unit(key)) for key in names.units}
    found = {}
    for key, own in points.items():
        if others := names.peers.get(key):
            own = own + PEERS * np.mean([points[other] for other in others], axis=0)
        found[key] = judge.judgement(own)
    return found


def corrected(names: Names) -> dict[tuple[str, ...], str]:
    """Core of a name → its kind, where the words around it speak against what its form says."""
    judge = names.judge
    found = {}
    for path, (kind, _) in names.formed.items():
        told = judge.judgement(judge.points(names.of_formed(path)))
        may = told.body == "regulator" if kind == COMMISSIONER.kind else told.body not in (kind, "other")
        if may and told.body_share >= SURE_OF_KIND:
            found[path] = told.body
    return found


def standing(names: Names) -> dict[tuple[int, int], str]:
    """Line and first word of a place of the register → the kind of body that it surely stands for there."""
    judge = names.judge
    found = {}
    for run in names.lone:
        told = judge.judgement(judge.points(names.of_lone(run)))
        if told.body_likely >= SURE_PLACE:
            found[run.line, run.first] = told.body
    return found


def _is_body(run: Run, told: Judgement) -> bool:
    return told.label != NONE and told.body_likely >= (SURE if run.size > 1 else SURE_SINGLE) and not _empty(run)


def _empty(run: Run) -> bool:
    """Whether a run is only initials, a paper, or words that tell one body from another no more than "Royal" does."""
    parts = fold(run.text).split()
    if parts[-1] in _PAPERS or all(w.isupper() or w in ("and", "&") for w in run.text.split()):
        return True
    return all(k in GENERIC or k in COMMON or k in _SEATS for k in parts)


def _placelike(line: Line, run: Run, labels: Mapping[int, str]) -> bool:
    """Whether a run that nothing explains may be a place's name."""
    span = line.words[run.first : run.last]
    if any(labels.get(w.start) in _NO_PLACES for w in span):
        return False
    if any(w.key in NOT_PERSONS and w.key not in _IN_PLACES for w in span):
        return False
    if run.last < len(line.words) and line.words[run.last].key == "of":
        return False
    if any(len(w.text) < 3 or w.text.isupper() or w.key in COMMON or "’" in w.text[:-2] for w in span):
        return False
    return len(span) > 1 or (labels.get(span[0].start) is not None and span[0].start not in line.opening)
