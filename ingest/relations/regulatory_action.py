"""REGULATORY_ACTION: what a regulator or national body does to a body it oversees.

Inspections, ratings, special measures, enforcement, investigations, restrictions and approvals
each have words of their own. The actor is the regulator that the sentence names; where the act
is one that only one regulator can take (a rating by inspectors is CQC's) and the story names that
regulator, it is the one. A deal that a regulator must still approve is an approval of each party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.schema import RATINGS
from ingest.relations import merger_talks
from ingest.relations.acts import ACTS, Act
from ingest.relations.base import Candidate, Trigger, organisations, subject_of, token_at, triggers_in
from ingest.scene import Line, Mark, Scene, coordinated

_TARGETS = frozenset(
    {"trust", "ccg", "icb", "ics", "independent_provider", "charity", "other", "local_authority", "supplier"}
)
_ACTORS = frozenset({"regulator", "government"})


_INSPECTORS = frozenset({"rating", "inspection"})
"""Acts that are the Care Quality Commission's where the story names it."""
_CQC = re.compile(r"care quality commission|\bcqc\b", re.I)
_RATING = re.compile(r"\b(outstanding|good|requires?[- ]improvement|requiring improvement|inadequate)\b", re.I)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each regulator, body and act that a sentence puts together."""
    for line in scene.lines:
        seen: set[str] = set()
        for act in ACTS:
            match = act.pattern.search(line.text)
            if (
                not match
                or (act.form == "inspection" and "rating" in seen)
                or (seen and act.form in {"investigation", "restriction", "approval"})
            ):
                continue
            seen.add(act.form)
            yield from _tell(scene, line, act, line.start + match.start(), line.start + match.end())
    yield from _roll_calls(scene)
    yield from _deals(scene)


def _roll_calls(scene: Scene) -> Iterator[Candidate]:
    """In a story about one regulator's one kind of act, a list of bodies is the list of those acted on.

    "NHS England has ruled on the mergers. Those that got the nod include A, B and C."
    """
    for section in dict.fromkeys(line.section for line in scene.lines):
        lines = [line for line in scene.lines if line.section == section]
        regulators = [m.entity.id for line in lines for m in organisations(line.marks, frozenset({"regulator"}))]
        forms = [act.form for line in lines for act in ACTS if act.form in _ROLL and act.pattern.search(line.text)]
        if not regulators or not forms:
            continue
        actor = max(dict.fromkeys(regulators), key=regulators.count)
        form = max(dict.fromkeys(forms), key=forms.count)
        if regulators.count(actor) * 2 <= len(regulators):
            continue
        for line in lines:
            if form != "approval" and merger_talks.tells(line):
                continue
            bodies = [
                m for m in organisations(line.marks, frozenset({"trust", "ccg", "icb"})) if m.mention.via != "pronoun"
            ]
            for body in bodies:
                row = {m.entity.id for m in coordinated(bodies, body, scene.text)}
                if len(row) < 2:
                    continue
                sure = 0.55 if len(row) >= 3 else 0.5
                yield Candidate(
                    "REGULATORY_ACTION", actor, body.entity.id, line.start, line.end,
                    rule=f"regulatory_action.{form}.roll_call{min(len(row), 3)}", confidence=sure, form=form,
                )  # fmt: skip


_DEAL_WORDS = re.compile(
    r"\b(?:approv(?:e|es|ed|al|als|ing)|clear(?:ed|s|ance)|green light|go-ahead|sign(?:ed|s|ing)?[- ]off|"
    r"(?:the|its|a) nod|bless(?:ed|ing)|wav(?:ed?|ing) (?:it )?(?:on|through)|"
    r"consent(?:ed|s)?|(?:must|has to|have to|will) (?:agree|clear|rule|decide|say)|final say|say[- ]so|"
    r"rubber[- ]stamp\w*|authoris\w+|block(?:ed|s)?|turned down|rejected|prohibit\w+|verdict|all[- ]clear|"
    r"transaction)\b",
    re.I,
)


def _deals(scene: Scene) -> Iterator[Candidate]:
    """A story that tells of a merger and of a regulator's approval: the approval is of each party."""
    parties: dict[int, dict[str, float]] = {}
    sections = {line.start: line.section for line in scene.lines}
    for deal in merger_talks.find(scene):
        section = sections[deal.start]
        for end in (deal.subject, deal.object):
            if end is not None:
                told = parties.setdefault(section, {})
                told[end] = max(told.get(end, 0.0), deal.confidence)
    act = next(a for a in ACTS if a.form == "approval")
    for line in scene.lines:
        match = _DEAL_WORDS.search(line.text)
        if match is None or len(parties.get(line.section, ())) not in (1, 2, 3):
            continue
        actors, by, sure = _actors(scene, line, act, line.start + match.start())
        for actor in actors if by != "context" else ():
            for party, told_sure in parties[line.section].items():
                if party != actor.entity.id:
                    yield Candidate(
                        "REGULATORY_ACTION", actor.entity.id, party, line.start, line.end,
                        rule=f"regulatory_action.approval.{by}.deal",
                        confidence=round(0.8 * sure * min(1.0, told_sure + 0.2), 3), form="approval",
                    )  # fmt: skip


_ROLL = frozenset({"approval", "special_measures"})


def _tell(scene: Scene, line: Line, act: Act, start: int, end: int) -> Iterator[Candidate]:
    actors, by, sure_by = _actors(scene, line, act, start)
    if not actors:
        return
    targets, on, sure_on = _targets(scene, line, act, start, end, {a.entity.id for a in actors})
    for actor in actors:
        for target in targets:
            if target.entity.id != actor.entity.id:
                yield Candidate(
                    "REGULATORY_ACTION", actor.entity.id, target.entity.id, line.start, line.end,
                    rule=f"regulatory_action.{act.form}.{by}.{on}", confidence=round(act.sure * sure_by * sure_on, 3),
                    form=act.form, rating=rating_in(line.text, start - line.start) if act.form == "rating" else None,
                )  # fmt: skip


def _actors(scene: Scene, line: Line, act: Act, start: int) -> tuple[list[Mark], str, float]:
    """The regulators who act, how they were found, how sure that is."""
    here = [
        m for m in organisations(line.marks, _ACTORS) if not (act.form != "approval" and m.entity.kind == "government")
    ]
    if act.form in _INSPECTORS:
        inspectors = [m for m in here if _CQC.search(m.entity.name)]
        if inspectors:
            return inspectors[:1], "named", 1.0
    if here:
        verb = token_at(line, start)
        subjects = [m for m in (subject_of(line, verb) if verb is not None else []) if m in here]
        chosen = subjects[0] if subjects else min(here, key=lambda m: min(abs(m.start - start), abs(m.end - start)))
        row = coordinated(here, chosen, scene.text)
        return (
            list({m.entity.id: m for m in row}.values()),
            "subject" if subjects else "named",
            1.0 if len(here) == 1 or subjects else 0.85,
        )
    for other in scene.before(line, reach=3):
        found = [
            m
            for m in organisations(other.marks, frozenset({"regulator"}))
            if act.form not in _INSPECTORS or _CQC.search(m.entity.name)
        ]
        if found:
            return found[:1], "context", 0.6
    return [], "none", 0.0


def _targets(
    scene: Scene, line: Line, act: Act, start: int, end: int, actors: set[str]
) -> tuple[list[Mark], str, float]:
    """The bodies acted on, how they were found, how sure that is."""
    bodies = [m for m in organisations(line.marks, _TARGETS) if m.entity.id not in actors]
    ids = {m.entity.id for m in bodies}
    if len(ids) == 1:
        return bodies[:1], "only", 1.0
    if len(ids) > 1:
        if act.form == "approval":
            return list({m.entity.id: m for m in bodies}.values())[:4], "parties", 0.8
        near = min(bodies, key=lambda m: min(abs(m.start - end), abs(m.end - start)))
        row = list({m.entity.id: m for m in coordinated(bodies, near, scene.text)}.values())
        return row, "nearest" if len(row) == 1 else "list", 0.75
    for other in scene.before(line, reach=2):
        found = [
            m for m in organisations(other.marks, _TARGETS) if m.entity.id not in actors and m.mention.via != "pronoun"
        ]
        if found:
            many = list({m.entity.id: m for m in found}.values())
            if act.form == "approval":
                return many[:3], "context", 0.6
            return many[:1], "context", 0.6 if len(many) == 1 else 0.4
    return [], "none", 0.0


def rating_in(text: str, place: int) -> str | None:
    """The rating named nearest after (else before) a place in a sentence, as one of `schema.RATINGS`."""
    found = list(_RATING.finditer(text))
    after = [m for m in found if m.start() >= place - 12]
    best = (after or found)[-1:] if re.search(r"\b(?:from|up from|down from)\b", text) else (after or found)[:1]
    if not best:
        return None
    word = re.sub(r"[- ]+", " ", best[0][1].lower())
    word = "requires improvement" if word.startswith("requir") else word
    return word if word in RATINGS else None


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """The form of the act that a sentence tells; acts have neither status nor sum."""
    form = next((act.form for act in ACTS if act.pattern.search(line.text)), None)
    return None, form, None


def triggers(line: Line) -> list[Trigger]:
    """The words of regulatory acts in a sentence; those of approval tell something only with a regulator."""
    found = triggers_in(line, (), [_DEAL_WORDS], form="approval")
    for act in ACTS:
        telling, helping = ((), [act.pattern]) if act.form == "approval" else ([act.pattern], ())
        found += triggers_in(line, telling, helping, form=act.form)
    return found
