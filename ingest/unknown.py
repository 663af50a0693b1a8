"""The names of a briefing that the register doesn't know, gathered for the learned judge: by spelling, with all
that the briefing says of each, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.evidence import Evidence, weigh
from ingest.forms import core
from ingest.joints import Joints
from ingest.kinds import Kinds
from ingest.mentions import Candidate, Line, shared
from ingest.names import fold
from ingest.register import Register
from ingest.runs import Run, runs
from ingest.shapes import COMMISSIONER
from ingest.traits import Setting, traits


@dataclass(frozen=True, slots=True)
class Names:
    """`units` are bare names by their folded spelling, with the places where each stands; `evidence` is what the
    rules make of them. `formed` are names whose closing words hint at a kind, by their core, with that kind; `lone`
    are places of the register that stand alone. `peers` are the units beside which a unit stands in a list.
    """

    lines: Sequence[Line]
    setting: Setting
    units: Mapping[str, Sequence[Run]]
    evidence: Mapping[str, Evidence]
    formed: Mapping[tuple[str, ...], tuple[str, Sequence[Run]]]
    lone: Sequence[Run]
    peers: Mapping[str, frozenset[str]]
    judge: Kinds

    def of_unit(self, key: str) -> set[str]:
        """Traits of a bare name."""
        return traits(self.units[key], self.setting, self.evidence[key])

    def of_formed(self, path: tuple[str, ...]) -> set[str]:
        """Traits of a name by its form."""
        kind, places = self.formed[path]
        return traits(places, self.setting, None) | {f"form:{kind}"}

    def of_lone(self, run: Run) -> set[str]:
        """Traits of a place of the register, where it stands."""
        return traits([run], self.setting, None)


def gather(
    lines: Sequence[Line],
    firm: Sequence[Candidate],
    lone: Sequence[Candidate],
    era: str,
    register: Register,
    judge: Kinds,
) -> Names:
    """All names of a briefing that the register doesn't know. `firm` and `lone` are the candidates of its own."""
    taken = shared(firm)
    places = {(c.line, c.first, c.last) for c in lone}
    joints = Joints(lines, judge)
    found: list[tuple[Line, Run]] = []
    for line in lines:
        free = [r for r in runs(line, taken) if (r.line, r.first, r.last) not in places]
        found += [(line, run) for run in joints.whole(line, free)]
    known = {(c.start, c.end): kind for c in firm if (kind := _kind(c, register))}
    units: dict[str, list[Run]] = {}
    for _, run in found:
        units.setdefault(fold(run.text), []).append(run)
    formed: dict[tuple[str, ...], tuple[str, list[Run]]] = {}
    for c in firm:
        if not c.aliases and c.form and (c.form.weak or c.form == COMMISSIONER):
            formed.setdefault(core(c.text), (c.form.kind, []))[1].append(_run(c, lines[c.line]))
    return Names(
        lines,
        Setting.of(lines, [run for _, run in found], era, known, judge.ordinary),
        units,
        _evidence(lines, found),
        formed,
        [_run(c, lines[c.line]) for c in lone if c.aliases],
        _peers(found),
        judge,
    )


def _kind(c: Candidate, register: Register) -> str:
    """The kind of the body that a candidate surely is."""
    if c.aliases:
        body = register.get(c.aliases[0].ids[0])
        return body.kind if body else ""
    return c.form.kind if c.form and c.form != COMMISSIONER else ""


def _run(c: Candidate, line: Line) -> Run:
    return Run(c.line, c.first, c.last, c.start, c.end, c.text, "", line.passage.kind in ("title", "heading"))


def _evidence(lines: Iterable[Line], found: Sequence[tuple[Line, Run]]) -> dict[str, Evidence]:
    """Evidence by spelling. "Ms Flood" somewhere makes a person of "Georgiana Flood" elsewhere."""
    labels = {t.start: t.ent for line in lines for t in line.passage.tokens if t.ent}
    evidence: dict[str, Evidence] = {}
    for line, run in found:
        weigh(line, run, labels, evidence.setdefault(fold(run.text), Evidence()))
    titled = {fold(run.text).split()[-1] for _, run in found if run.title}
    for key, points in evidence.items():
        if " " in key and key.split()[-1] in titled:
            points.person += 2
    return evidence


def _peers(found: Sequence[tuple[Line, Run]]) -> dict[str, frozenset[str]]:
    """For each unit those that it stands beside in a list, the whole list through."""
    groups: list[list[str]] = []
    last: Run | None = None
    for line, run in found:
        between = [w.key for w in line.words[last.last : run.first]] if last and last.line == run.line else []
        if between and last and all(k in (",", "and", "the", ";", "or") for k in between):
            groups[-1].append(fold(run.text))
        else:
            groups.append([fold(run.text)])
        last = run
    found_peers: dict[str, set[str]] = {}
    for key, others in _members(groups):
        found_peers.setdefault(key, set()).update(others)
    return {key: frozenset(others - {key}) for key, others in found_peers.items()}


def _members(groups: Iterable[Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    for group in groups:
        if len(group) > 1:
            for key in group:
                yield key, group
