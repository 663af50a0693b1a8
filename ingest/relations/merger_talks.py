"""MERGER_TALKS: two bodies that merge, take over, form a group or share their leaders, at any stage.

The words for it ("merge", "takeover", "buy", "single organisation", "shared chief executive", "group")
tell the form; what surrounds them tells how far along it is. The parties are the bodies of one kind
in the sentence; where it names fewer than two, those that the paragraph has been about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ingest.relations.base import Candidate, coordinated, organisations
from ingest.scene import Line, Mark, Scene

_PARTIES = frozenset({"trust", "ccg", "icb", "ics", "independent_provider", "charity", "other", "supplier"})

_PROVIDERS = frozenset({"trust", "independent_provider", "charity"})
"""Kinds that may merge with one another."""

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "joint_leadership",
        re.compile(
            r"\b(?:share[sd]?|sharing|joint|single|one|same|common|shared)\b(?:\s+[\w-]+){0,3}\s+(?:chief executive|chair(?:man)?|boss|leadership|accountable officer|management team|executive team|leadership team|executive|chief)\b"
            r"|\bchair in common\b|\b(?:chief executive|chair|accountable officer) (?:between them|of both|for both|in common)\b|\bcommittees? in common\b|\bunder one (?:leadership|boss|chief executive)\b|\bmanagement (?:contract|merger)\b",
            re.I,
        ),
    ),
    (
        "acquisition",
        re.compile(
            r"\b(?:take[ -]?over|takes? over|taking over|took over|taken over|acqui(?:re|res|red|ring|sition|sitions)|bought|buys?|buying|purchase|absorb\w*|swallow\w*|merger by acquisition|annex\w*|bid for|gobbl\w+)\b",
            re.I,
        ),
    ),
    (
        "group",
        re.compile(
            r"\b(?:hospitals? group|group model|provider group|form(?:ing|ed)? a group|(?:into|in|as|under) (?:a|one|the) (?:\w+ )?group\b|foundation group|group (?:board|structure|arrangement)|[“\"‘']group[”\"’'])",
            re.I,
        ),
    ),
    (
        "integration",
        re.compile(
            r"\b(?:vertical(?:ly)? integrat\w+|integrated care organisation|formal integration|integrate(?:d)? with|integration of|integration with)\b",
            re.I,
        ),
    ),
    (
        "merger",
        re.compile(
            r"\b(?:merg(?:e|es|ed|er|ers|ing)|demerge\w*|single (?:organisation|trust|body|ccg|statutory body|group|commissioner|commissioning)|one (?:organisation|trust|ccg|body|statutory body)|join forces|joining forces|joined forces|"
            r"join(?:ing)? up|joined up with|combin(?:e|es|ed|ing|ation)|amalgamat\w+|consolidat\w+|unit(?:e|ed|ing)\b|union of|come together|coming together|came together|tie[- ]up|tying the knot|marriage|wed(?:ding)?\b|"
            r"betroth\w+|getting hitched|hitched|fus(?:e|ed|ing|ion)|bec(?:ome|oming|omes|ame) (?:one|a single)|full legal combination|successor (?:organisation|body|trust)|be rolled (?:together|into)|"
            r"altar|nuptials|jilt\w*|suitors?|courtship|wooing|wooed|get-together|pair(?:ing)? (?:off|up) with|(?:two|three|four)-way union|union (?:with|between)|single (?:outfit|entity|provider|institution|commissioning group)|"
            r"fold(?:ed|ing)? into|legal(?:ly)? combin\w+|dissolv\w+ into|rolled into one)\b",
            re.I,
        ),
    ),
)
_STATUS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "blocked",
        re.compile(
            r"\b(?:block(?:ed|s)|(?:was|were|been) refused|prohibit\w*|turned down|threw (?:it|them|the \w+) out|thrown out|veto\w*|voted (?:[\w ]+ )?against|rejected by|has said no|said no\b|ruled against|put its foot down|refused permission|no leave to|pronounced it a|forbid\w*|forbade|voted down|scuppered by)"
        ),
    ),
    (
        "called_off",
        re.compile(
            r"\b(?:called off|call off|abandon\w*|scrap(?:ped|s)|collaps\w+|walk(?:ed|s|ing)? away|broken off|broke off|pulled out|pull(?:s|ing)? out|withdr[ae]w\w*|ditched|shelved for good|fell through|fallen through|dropped|jilted|took fright|ended\b|dead in the water|no longer (?:want|plan|proceed|merge|going)|backed out|came to nothing|unravel\w*|scotched|not to merge|decided against|no further|no wedding|(?:was|were) (?:supposed|meant|due|going) to|(?:was|were) to have|did talk|wound up|rejected an? (?:offer|approach|bid)|thought better|went nowhere|turned (?:it|them|him|her) down)"
        ),
    ),
    (
        "paused",
        re.compile(
            r"\b(?:paus\w+|on hold|on ice|postpon\w+|delay\w*|put off|pushed back|deferr\w+|suspend\w*|stall\w*|until the dust|parked|shelv\w+|mothball\w*|in abeyance|off the agenda|stopped the clock|in the freezer|more months|until (?:after|further notice))"
        ),
    ),
    (
        "completed",
        re.compile(
            r"\b(?:completed?\b|went through|(?:have|has) (?:had|shared) .{0,60}since|since .{0,30} (?:have|has) (?:had|shared)|pooled their|(?:is|are) now part of|(?:which|that) make up|ceased to exist|took effect|takes? effect|was formed|were merged|merged in|merged to|merged into|merged on|having merged|has merged|have merged|formally merged|came into being|(?:was|were) (?:born|created|dissolved|absorbed|swallowed|acquired|taken over)|became (?:one|a single|part)|now belongs?|joined .{0,40}(?:at midnight|last|in \d{4})|took over .{0,60}(?:in \d{4}|last|on \d)|newly merged|recently merged|since (?:the|its|their) merger|acquired .{0,60}in \d{4}|post-merger|bought .{0,50}(?:in \d{4}|last (?:year|month)))"
        ),
    ),
    (
        "approved",
        re.compile(
            r"\b(?:approv(?:ed|es|al has)|cleared|clears|given? the (?:green light|go-ahead|nod|all[- ]clear)|waved (?:it )?(?:through|on)|signed off by|(?:has|have) consented|consented to|rubber-stamp\w*|blessing of|(?:its|their) (?:consent|blessing|approval|leave)|given leave|no objection|sees no harm|came through|green light|green-lit|got the nod)"
        ),
    ),
    (
        "agreed",
        re.compile(
            r"\b(?:agree[ds]?\b|agreed to|voted (?:for|in favour|to)|boards? (?:have |has )?(?:backed|approved|agreed)|sign(?:ed)? (?:off|up)|shook hands|said (?:yes|“i do”)|will merge|are to (?:merge|become|share|have|join|form)|is to (?:merge|become|take over|acquire|join|share|buy)|will (?:take over|become|join|share|acquire|buy|form|be (?:absorbed|merged|acquired|taken over))|set to merge|due to merge|decided to (?:merge|join)|plans? to become|announced|passed by both|intend to become|from (?:january|february|march|april|may|june|july|august|september|october|november|december)|subject to|chosen|choose|to be the (?:first|next)|voted (?:in \w+ )?to|decision (?:in \w+ )?to (?:form|merge|join)|first joint|single .{0,20} from)"
        ),
    ),
    (
        "mooted",
        re.compile(
            r"\b(?:deni(?:ed|es|al)|deny|no plans?|not merging|no merger|no truth|(?:isn't|aren't|is not|are not|never|not) "
            r"(?:\w+ ){0,3}(?:merg\w*|in talks|talking|true))"
        ),
    ),
    (
        "in_talks",
        re.compile(
            r"\b(?:in (?:\w+ )?talks|holding talks|opened talks|began talks|negotiat\w+|consulting|consultation on|business case|"
            r"due diligence|working (?:on|towards|up)|memorandum of understanding|drawing up|in discussions?|discussions (?:with|about)|"
            r"(?:merger|takeover|integration) talks|talks (?:with|about|on|over|between))"
        ),
    ),
    (
        "mooted",
        re.compile(
            r"\b(?:could|may|might|moot\w*|rumou?r\w*|speculat\w*|propos\w+|suggest\w*|option|options|consider\w*|explor\w*|should|would|possib\w+|idea|talk of|thought|asked (?:whether|to look)|recommend\w*|deni(?:ed|es|al)|deny|no plans?|not merging|no merger|feasib\w+|likely|hint\w*|float\w*|wants? to|interested in|ought|(?:is|are|was|isn't|aren't) not? ?(?:a )?merg\w*|isn't true|no truth|asked (?:its|if|whether)|invited|approach|whether|fanc(?:y|ied)|one day|by stealth)"
        ),
    ),
    (
        "in_talks",
        re.compile(
            r"\b(?:talks|negotiat\w+|discuss\w+|consult\w+|working (?:on|towards|up)|business case|outline case|preparing|plan(?:s|ned|ning)? to|hopes? to|intend\w*|memorandum of understanding|due diligence|progress\w*|apply|applied|application|bidding|preferred)"
        ),
    ),
)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each pair of parties that a sentence of merger words is about."""
    told: dict[int, int] = {}
    for line in scene.lines:
        forms = _forms(line)
        if not forms:
            continue
        form, place = forms[0]
        status = status_of(scene, line)
        whole = _collective(scene, line, line.start + place)
        if whole is not None:
            yield _candidate(line, whole, whole, form, "collective", 0.85, status)
            told[line.section] = line.index
            continue
        clauses = _clauses(scene, line)
        for parties, how, sure, shape in clauses or [(*_parties(scene, line), form)]:
            if len(parties) >= 2:
                told[line.section] = line.index
                for a, b in combinations(parties, 2):
                    yield _candidate(line, a, b, shape, how, sure, status)
    yield from _stories(scene, told)


def tells(line: Line) -> bool:
    """Whether a sentence has words of mergers at all."""
    return any(pattern.search(line.text) for _, pattern in _FORMS)


def _forms(line: Line) -> list[tuple[str, int]]:
    """The forms that a sentence's words tell of, each with the place of its first word in the line."""
    found = [(form, m.start()) for form, pattern in _FORMS for m in pattern.finditer(line.text)]
    if len(found) > 1 and found[0][0] == "joint_leadership" and found[1][0] in {"merger", "group"}:
        found = found[1:]
    return found


def _candidate(line: Line, a: str, b: str, form: str, how: str, sure: float, status: str) -> Candidate:
    return Candidate(
        "MERGER_TALKS", a, b, line.start, line.end, rule=f"merger_talks.{form}.{how}",
        confidence=round(sure * _TRUST_IN.get(form, 0.8), 3), status=status, form=form,
    )  # fmt: skip


def _collective(scene: Scene, line: Line, trigger: int) -> str | None:
    """A collective that merges within itself ("the six Staffordshire CCGs plan to become one")."""
    wholes = [m for m in organisations(line.marks, _PARTIES) if m.entity.members or _MANY.search(m.entity.name)]
    others = {m.entity.id for m in organisations(line.marks, _PARTIES)} - {m.entity.id for m in wholes}
    return wholes[0].entity.id if len({m.entity.id for m in wholes}) == 1 and not others else None


_MANY = re.compile(r"\b(?:CCGs|trusts|PCTs|ICBs|hospitals trusts|groups|boards)\s*$", re.I)


def _stories(scene: Scene, told: dict[int, int]) -> Iterator[Candidate]:
    """A story full of merger words that names just two bodies of a kind is about those two."""
    for section in dict.fromkeys(line.section for line in scene.lines):
        lines = [line for line in scene.lines if line.section == section]
        spots = [line for line in lines if _forms(line)]
        if not spots or section in told:
            continue
        for kind in ("trust", "ccg", "icb"):
            ids = list(dict.fromkeys(m.entity.id for line in lines for m in line.marks if m.entity.kind == kind and not m.entity.members))
            if len(ids) == 2:
                form = _forms(spots[0])[0][0]
                sure = 0.6 if len(spots) > 1 else 0.35
                yield _candidate(spots[0], ids[0], ids[1], form, "story", sure, status_of(scene, spots[0]))


_TRUST_IN = {"merger": 0.9, "acquisition": 0.75, "group": 0.8, "joint_leadership": 0.75, "integration": 0.7}


_CLAUSE = re.compile(r";|,? (?:while|whereas)\b|, but\b|, and (?:in|at)\b")


def _clauses(scene: Scene, line: Line) -> list[tuple[list[str], str, float, str]]:
    """A sentence of several deals ("A joins B, while C is to pair off with D") clause by clause."""
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(line.text)), len(line.text)]
    found = []
    for left, right in zip(cuts, cuts[1:], strict=False):
        form = next((f for f, place in _forms(line) if left <= place < right), None)
        marks = [m for m in organisations(line.marks, _PARTIES) if left <= m.start - line.start < right and not m.entity.members]
        ids = list(dict.fromkeys(m.entity.id for m in marks))
        if form and 2 <= len(ids) <= 4 and len({m.entity.kind for m in marks}) == 1:
            found.append((ids, "clause", 0.9, form))
    return found if len(found) >= 2 else []


def _parties(scene: Scene, line: Line) -> tuple[list[str], str, float]:
    """Ids of the parties, how they were found, how sure that is."""
    here = [m for m in organisations(line.marks, _PARTIES) if not m.entity.members]
    by_kind: dict[str, list[Mark]] = {}
    for m in here:
        by_kind.setdefault(m.entity.kind, []).append(m)
    best = max(by_kind.values(), key=lambda ms: len({m.entity.id for m in ms}), default=[])
    ids = list(dict.fromkeys(m.entity.id for m in best))
    if 2 <= len(ids) <= 6:
        if len(ids) == 2:
            return ids, "sentence", 1.0
        lists = [coordinated(best, m, scene.text) for m in best]
        longest = list(dict.fromkeys(m.entity.id for m in max(lists, key=len)))
        if len(longest) >= 2 and len(longest) < len(ids):
            return longest, "list", 0.7
        return ids, "all", 0.6
    across = list(dict.fromkeys(m.entity.id for m in here if m.entity.kind in _PROVIDERS))
    if len(across) == 2:
        return across, "across", 0.7
    others: dict[str, None] = dict.fromkeys(ids)
    kind = best[0].entity.kind if best else None
    for other in scene.before(line, reach=3):
        for m in organisations(other.marks, _PARTIES):
            if kind in (None, m.entity.kind) and not m.entity.members and m.mention.via != "pronoun":
                kind = kind or m.entity.kind
                others.setdefault(m.entity.id)
        if len(others) >= 2:
            break
    if len(others) == 2:
        return list(others), "context" if ids else "context_only", 0.65 if ids else 0.5
    return [], "none", 0.0


_FIRM = frozenset({"blocked", "called_off", "paused", "completed", "approved", "agreed"})


def status_of(scene: Scene, line: Line) -> str:
    """How far the talks told in a sentence have got; where it does not say, its neighbours may."""
    own = _status_in(line)
    if own in _FIRM - {"agreed"}:
        return own
    if own in {"agreed", None} and any(_status_in(other) == "approved" for other in scene.before(line, reach=4)):
        return "approved"
    if own == "agreed":
        return own
    after = [other for other in scene.lines[line.index + 1 : line.index + 3] if other.section == line.section]
    for other in (*after, *scene.before(line, reach=1)):
        told = _status_in(other)
        if told in _FIRM:
            return told
    return own or "in_talks"


def _status_in(line: Line) -> str | None:
    text = line.text.lower().replace("’", "'")
    return next((status for status, pattern in _STATUS if pattern.search(text)), None)


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status, form and sum (never any) of talks that the sentence tells of."""
    form = next((form for form, pattern in _FORMS if pattern.search(line.text)), "merger")
    return status_of(scene, line), form, None
