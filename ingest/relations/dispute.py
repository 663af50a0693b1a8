"""DISPUTE: two named parties in open conflict, in court, before an arbitrator, on strike or over money.

The words tell the form: strikes and ballots (a union and an employer), tribunals (a person and an employer),
courts, arbitration, refused control totals (a provider and its national body), and rows about contracts and
payment. The parties are the two that the sentence sets against each other; where it names only one, the other
is the one spoken of before. Rulings, settlements and withdrawals make it resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from graph.schema import PERSON
from ingest.relations.base import Candidate, Trigger, background, following, group, organisations, triggers_in
from ingest.relations.dispute_terms import ARBITRATION, LEGAL, NATIONAL, SIGNERS, STRIKE, TOTAL, describe
from ingest.scene import Line, Mark, Scene

__all__ = ["describe", "find"]

_COURT = re.compile(
    r"\b(?:court|tribunal|acas|arbitrat\w*|panel|ombudsman|competition|commission|nhs resolution)\b|^nhs$", re.I
)
_EMPLOYERS = frozenset(
    {
        "trust",
        "independent_provider",
        "supplier",
        "government",
        "icb",
        "ics",
        "ccg",
        "local_authority",
        "charity",
        "other",
    }
)
_PARTIES = frozenset(
    {
        "trust",
        "ccg",
        "icb",
        "ics",
        "independent_provider",
        "supplier",
        "local_authority",
        "charity",
        "other",
        "university",
    }
)
_TRIBUNAL = re.compile(
    r"\b(?:employment (?:tribunal|judge)|tribunal|unfair(?:ly)? dismiss\w*|whistleblow\w*|constructive dismissal|"
    r"forced out|discrimination claim)\b",
    re.I,
)
_ROW = re.compile(
    r"\b(?:disput(?:e|es|ed|ing)|rows?\b|row(?:ed|ing)|quarrel\w*|argument (?:with|over|about|between)|at odds|"
    r"loggerheads|stand-?off|wrangl\w+|feud\w*|f[ae]ll(?:en|ing)? out|spat|"
    r"tussle|stalemate|deadlock\w*|bust-up|clash(?:es|ed)?|at war|locked in|beef|battl(?:e|es|ing) (?:with|over)|"
    r"begs? to differ|hatchet|peace with|"
    r"cannot agree|could not agree|failed to agree|not agree|apart on|buried|differ(?:s)? (?:on|over|about)|"
    r"contest(?:s|ed|ing) (?:every|the|it|that|this|a)|refus(?:e|es|ed|ing|al) to pay|(?:won['’]t|will not|"
    r"would not|is not|isn['’]t|not going to|declin\w+ to) (?:be )?pay(?:ing)?|"
    r"withheld|withholding|kept back|held back|want(?:s|ed)? .{0,40}(?:back|returned)|seeking to recover|"
    r"demand(?:s|ed|ing) .{0,30}back|den(?:y|ies|ied) (?:that it owes|owing)|"
    r"owes? (?:it|nothing|them)|is owed|was owed|says? (?:that )?it (?:is|was) owed|complain(?:ed|t|ts|s) (?:to|"
    r"about|by|from)|protest(?:s|ed)? (?:to|that))\b",
    re.I,
)
_NO = re.compile(
    r"\b(?:refus\w+|reject\w+|declin\w+|turn(?:ed|s|ing)? (?:it |them )?(?:down|up (?:its|their) nose)|said no|"
    r"says no|(?:not|n['’]t|never|nor) (?:be )?(?:sign|accept|agree|put|have|take|been (?:signed|agreed|"
    r"accepted))\w*|"
    r"unable to (?:accept|agree|sign)|cannot (?:accept|sign|agree)|unsigned|arithmetically|threw (?:it|"
    r"them) (?:out|back)|sent (?:it|them) back|balk\w+|rebuff\w+|regrett\w+|"
    r"gone off|would(?:n['’]t| not)|will(?:n['’]t| not)|won['’]t|resist\w+|defi(?:ed|es|ance)|hold(?:ing)? out|"
    r"held out)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Cue:
    form: str
    start: int
    end: int


_DENIED = re.compile(
    r"\b(?:no|not|never) (?:\w+ ){0,2}(?:row|dispute|quarrel|argument|beef|stand-off|strike action)\b|"
    r"\bnothing to do with\b|\bno quarrel\b|clash(?:es|ed)? with an?\b|"
    r"\b(?:seminars?|webinars?|podcast|roadshow|panel on)\b|\bneither .{0,60}\b(?:any|would call)\b|\b(?:not|"
    r"n['’]t) (?:now )?(?:in dispute|at odds|balloting)\b|"
    r"\b(?:asks?|asked) (?:if|whether)\b|\bwe (?:said|stated|reported|wrote)\b|\bno strike\b|\bsearched in vain\b|"
    r"\bthe word\b|\bowes nothing to\b",
    re.I,
)
_CLAIM = re.compile(
    r"\b(?:invoic\w+|bill(?:s|ed)?|owes?|owed|owing|(?:wants?|wanted|asked|like|demand(?:s|ed)?|claim(?:s|ed|"
    r"ing)?|pursuing|seek(?:s|ing)?) .{0,50}£|£[\d.,]+\w* .{0,40}\bback|fin(?:e|es|ed)|penalty|"
    r"(?:kept|held|holding|keeping) back|with(?:held|holding|holds)|unpaid|rent)\b",
    re.I,
)
_DENY = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput\w+|contest\w+|refus\w+|declin\w+|says? no|said no|not a penny|owes? nothing|"
    r"does(?:n['’]t| not) owe|no it does|(?:is|are)(?:n['’]t| not) (?:going to )?pay(?:ing)?|"
    r"will not|won['’]t|would not|begs? to differ|maintains?|does not accept|turned (?:it )?down|whistle|queried|"
    r"replied|lawyers?|solicitors?|mediat\w+|arbitrat\w+|court|judge|expert|adjudicat\w+|panel|"
    r"yet to pay|so the .{0,20} says|position is|insists?|protests?|case is)\b",
    re.I,
)
_MINISTERS = re.compile(
    r"\b(?:government|ministers?|pay (?:offer|award|deal|review)|health secretary|secretary of state|"
    r"national (?:strike|campaign|dispute|action)|england[’']?s?)\b",
    re.I,
)
_MINISTRY = re.compile(r"\b(?:department of health|government)\b", re.I)
_DOCTORS = re.compile(r"\b(?:junior|resident|trainee) doctors?|juniors|nurses\b", re.I)


_SURE = {
    "arbitration.sides": 0.5, "arbitration.beside.alike": 0.5, "claim.beside": 0.7, "claim.behind1.of_several": 0.5,
    "claim.several": 0.4, "contract.between": 0.5, "contract.beside": 0.78, "control_total.here.nearest": 0.55,
    "control_total.story.signer1": 0.4, "legal.beside": 0.67, "legal.several": 0.73, "legal.behind2": 0.8,
}  # fmt: skip
"""How often a rule was right on annotated briefings, where that differs from its kin."""


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each two parties that a sentence sets against each other."""
    for line in scene.lines:
        if _DENIED.search(line.text):
            continue
        seen: dict[frozenset[str], Candidate] = {}
        for cue in _cues(scene, line):
            for left, right, how, likely in _parties(scene, line, cue):
                confidence = _SURE.get(f"{cue.form}.{how}", likely)
                key = frozenset((left, right))
                if len(key) < 2 or (key in seen and seen[key].confidence >= confidence):
                    continue
                status, form, amount = describe(scene, line, left, right)
                seen[key] = Candidate(
                    "DISPUTE", left, right, line.start, line.end, rule=f"dispute.{cue.form}.{how}",
                    confidence=confidence, status=status, form=form or cue.form, amount=amount,
                )  # fmt: skip
        yield from seen.values()


def _cues(scene: Scene, line: Line) -> Iterator[_Cue]:
    for form, pattern in (
        ("industrial_action", STRIKE),
        ("tribunal", _TRIBUNAL),
        ("legal", LEGAL),
        ("arbitration", ARBITRATION),
        ("contract", _ROW),
    ):
        match = pattern.search(line.text)
        if match:
            yield _Cue(form, line.start + match.start(), line.start + match.end())
    match = TOTAL.search(line.text)
    if match and _NO.search(line.text):
        yield _Cue("control_total", line.start + match.start(), line.start + match.end())
    match = _CLAIM.search(line.text)
    if match and (_DENY.search(line.text) or _DENY.search(following(scene, line))):
        yield _Cue("claim", line.start + match.start(), line.start + match.end())
    match = _RULING.search(line.text)
    if match and any(ARBITRATION.search(other.text) for other in scene.before(line, reach=3)):
        yield _Cue("ruling", line.start + match.start(), line.start + match.end())


_RULING = re.compile(
    r"\b(?:ordered|must (?:find|pay)|awarded|given|found (?:for|in favour|against)|ruled|lost|won|persuaded|loser|"
    r"winner|has to (?:pay|find)|will (?:not )?have to|need not|wanted|sided)\b",
    re.I,
)


def _parties(scene: Scene, line: Line, cue: _Cue) -> Iterator[tuple[str, str, str, float]]:
    union = any(m.entity.kind == "union" for m in line.marks)
    if cue.form == "industrial_action" or (union and cue.form in {"contract", "arbitration", "tribunal"}):
        yield from _strikers(scene, line, cue)
    elif cue.form == "tribunal":
        yield from _claimants(scene, line, cue)
    elif cue.form == "control_total":
        yield from _refusers(scene, line)
    elif not union:
        yield from _opponents(scene, line, cue)


def _strikers(scene: Scene, line: Line, cue: _Cue) -> Iterator[tuple[str, str, str, float]]:
    marks = organisations(line.marks)
    unions = [
        m
        for m in marks
        if m.entity.kind == "union" or (m.entity.kind == "royal_college" and "nursing" in m.entity.name.lower())
    ]
    employers = [
        m
        for m in marks
        if m.entity.kind in _EMPLOYERS and not _COURT.search(m.entity.name) and m.mention.via != "pronoun"
    ]
    how = "here"
    if unions and not employers and (_MINISTERS.search(line.text) or _DOCTORS.search(line.text)):
        government = [m for m in scene.marks if m.entity.kind == "government" and _MINISTRY.search(m.entity.name)]
        employers = government[:1]
        how = "ministers"
    if not unions:
        unions, back = background(scene, line, frozenset({"union"}), reach=1)
        how = f"union{back}"
        if not employers or len(unions) != 1:
            return
    elif not employers:
        if cue.form != "industrial_action":
            return
        employers, back = background(scene, line, _EMPLOYERS - {"ccg", "ics", "icb", "other", "government"}, reach=2)
        how = f"employer{back}"
    if not unions or not employers:
        return
    near = min(
        employers, key=lambda m: min(abs(m.start - u.end) for u in unions) if m.sentence == line.index else m.start
    )
    row = group(scene, line, near)
    if len({m.entity.id for m in employers} - {m.entity.id for m in row}):
        how += ".several"
    for union in {m.entity.id: m for m in unions}.values():
        for employer in row:
            yield union.entity.id, employer.entity.id, f"union.{how}", 0.78


def _claimants(scene: Scene, line: Line, cue: _Cue) -> Iterator[tuple[str, str, str, float]]:
    people = [m for m in line.marks if m.entity.kind == PERSON]
    bodies = [m for m in organisations(line.marks) if m.entity.kind in _EMPLOYERS and not _COURT.search(m.entity.name)]
    if not people:
        return
    person = min(people, key=lambda m: abs(m.start - cue.start))
    if bodies:
        body = min(bodies, key=lambda m: abs(m.start - cue.start))
        yield person.entity.id, body.entity.id, "here" if len({m.entity.id for m in people}) == 1 else "people", 0.9
    else:
        found, back = background(scene, line, _EMPLOYERS, reach=2)
        if found:
            yield person.entity.id, found[0].entity.id, f"employer{back}", 0.45


def _refusers(scene: Scene, line: Line) -> Iterator[tuple[str, str, str, float]]:
    marks = [m for m in organisations(line.marks) if m.mention.via != "pronoun"]
    setters = [m for m in marks if _sets(m)]
    signers = [m for m in marks if m.entity.kind in SIGNERS]
    how = "here"
    if not setters:
        setters = [m for other in scene.before(line, reach=40) for m in other.marks if _sets(m)][:1]
        setters = setters or [m for m in scene.marks if _sets(m)][:1]
        how = "story"
    if not signers:
        signers, back = background(scene, line, SIGNERS, reach=2)
        how += f".signer{back}"
        if len(signers) != 1:
            return
    no = _NO.search(line.text)
    place = line.start + (no.start() if no else 0)
    if len({m.entity.id for m in signers}) > 1 and signers[0].sentence == line.index:
        near = min(signers, key=lambda m: abs(m.end - place) + (40 if m.start > place else 0))
        signers = group(scene, line, near)
        how += ".nearest"
    for setter in {m.entity.id: m for m in setters}.values():
        for signer in {m.entity.id: m for m in signers}.values():
            yield signer.entity.id, setter.entity.id, how, 0.85 if how.startswith("here") else 0.7


def _sets(mark: Mark) -> bool:
    """Whether a body sets control totals: the national bodies that oversee providers' money."""
    return (
        mark.entity.kind == "regulator"
        and re.search(r"nhs (?:england|improvement|trust development)|^monitor\b", mark.entity.name, re.I) is not None
    )


def _opponents(scene: Scene, line: Line, cue: _Cue) -> Iterator[tuple[str, str, str, float]]:
    """Two bodies against each other: on both sides of the word, or listed as its subject."""
    marks = [m for m in organisations(line.marks) if m.mention.via != "pronoun" and not _COURT.search(m.entity.name)]
    sides = [m for m in marks if m.entity.kind in _PARTIES]
    if len({m.entity.id for m in sides}) < 2 and not _CONVENED.search(line.text):
        sides = [m for m in marks if m.entity.kind in _PARTIES or _NATIONAL_PARTY.search(m.entity.name)]
    names = {m.entity.id for m in sides}
    if len(names) == 2:
        first = min(sides, key=lambda m: m.start)
        last = max((m for m in sides if m.entity.id != first.entity.id), key=lambda m: m.start)
        kinds = {first.entity.kind, last.entity.kind}
        where = "between" if first.end <= cue.start and cue.end <= last.start else "beside"
        if kinds <= NATIONAL or (len(kinds) == 1 and where == "beside" and cue.form != "arbitration"):
            return
        like = ".alike" if len(kinds) == 1 else ".mixed" if kinds & NATIONAL else ""
        yield (
            first.entity.id,
            last.entity.id,
            where + like,
            0.9 if cue.form in {"arbitration", "claim"} and not like else 0.73,
        )
    elif len(names) > 2 and not any(m.entity.kind in NATIONAL for m in sides):
        left = group(scene, line, sides[0])
        rest = [m for m in sides if m.entity.id not in {x.entity.id for x in left}]
        if rest and {m.entity.id for m in group(scene, line, rest[0])} >= {m.entity.id for m in rest}:
            for x, y in product(left, group(scene, line, rest[0])):
                if y.entity.id not in {m.entity.id for m in left} and x.entity.kind != y.entity.kind:
                    yield x.entity.id, y.entity.id, "sides", 0.7
            return
        before = [m for m in sides if m.end <= cue.start]
        after = [m for m in sides if m.start >= cue.end]
        if before and after:
            left, right = group(scene, line, before[-1]), group(scene, line, after[0])
            for x, y in product(left, right):
                yield x.entity.id, y.entity.id, "several", 0.6
        elif before or after:
            listed = group(scene, line, before[-1] if before else after[0])
            if len(listed) == 2:
                for x, y in combinations(listed, 2):
                    yield x.entity.id, y.entity.id, "listed", 0.6
    elif len(names) == 1 and cue.form != "contract" and sides[0].entity.kind in _PARTIES:
        one = sides[0]
        found, back = background(scene, line, _PARTIES, reach=2)
        others = [m for m in found if m.entity.id != one.entity.id and not _COURT.search(m.entity.name)]
        unlike = [m for m in others if m.entity.kind != one.entity.kind]
        if len(unlike) == 1:
            yield (
                one.entity.id,
                unlike[0].entity.id,
                f"behind{back}" + ("" if len(others) == 1 else ".of_several"),
                0.65,
            )


_CONVENED = re.compile(r"\b(?:appointed|convened|called in|chosen|set up|judged|marked down) by\b", re.I)
_NATIONAL_PARTY = re.compile(
    r"^(?:nhs england|department of health|nhs property services|hm revenue|nhs improvement)", re.I
)


def triggers(line: Line) -> list[Trigger]:
    """The words of conflict in a sentence."""
    if _DENIED.search(line.text):
        return []
    return triggers_in(line, [STRIKE, _TRIBUNAL, LEGAL, ARBITRATION, _ROW], [TOTAL, _CLAIM, _RULING])
