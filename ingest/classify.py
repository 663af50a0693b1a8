"""The runs of capitals of a briefing sorted: persons, bodies that the words around them tell, and mere places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.evidence import COMMON, NOT_PERSONS, Evidence, body_kind, weigh
from ingest.mentions import Candidate, Line, candidate, shared
from ingest.names import fold, vocabulary
from ingest.people import is_person
from ingest.places import join_names
from ingest.runs import Run, runs

_IN_PLACES = vocabulary("valley vale coast bay city district island islands sea")
_NO_PLACES = ("DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART", "NORP")


@dataclass(slots=True)
class Sorted:
    """Runs by what they are. `places` may yet stand for a body; nothing more is known of them."""

    persons: list[Run] = field(default_factory=list)
    bodies: list[tuple[Run, str]] = field(default_factory=list)
    places: list[Candidate] = field(default_factory=list)


def classify(lines: Sequence[Line], firm: Sequence[Candidate], lone: Sequence[Candidate]) -> Sorted:
    """Sort the runs that no firm candidate covers, by the evidence of the whole briefing."""
    taken, inside = shared(firm), shared(lone)
    places = {(c.line, c.first, c.last) for c in lone}
    found = [(line, run) for line in lines for run in runs(line, taken)]
    labels = {t.start: t.ent for line in lines for t in line.passage.tokens if t.ent}
    evidence = _gather(found, labels)
    result = Sorted()
    for line, run in found:
        points = evidence[fold(run.text)]
        if (run.line, run.first, run.last) in places:
            continue
        if is_person(run, points):
            result.persons.append(run)
        elif any((run.line, i) in inside for i in range(run.first, run.last)):
            continue
        elif kind := body_kind(run, points):
            result.bodies.append((run, kind))
        elif points.person < 1 and not run.heading and not run.title and _placelike(line, run, labels):
            result.places.append(candidate(line, run.first, run.last, "ner"))
    result.places = [c for x in lines for c in join_names(x, [c for c in result.places if c.line == x.index])]
    return result


def _gather(found: Sequence[tuple[Line, Run]], labels: Mapping[int, str]) -> dict[str, Evidence]:
    """Evidence by spelling. "Ms Flood" somewhere makes a person of "Georgiana Flood" elsewhere."""
    evidence: dict[str, Evidence] = {}
    for line, run in found:
        weigh(line, run, labels, evidence.setdefault(fold(run.text), Evidence()))
    titled = {fold(run.text).split()[-1] for _, run in found if run.title}
    for key, points in evidence.items():
        if " " in key and key.split()[-1] in titled:
            points.person += 2
    return evidence


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
