"""What kind of money a FUNDING is, how sure, and how much: form, status and sum.

A form is scored: what is likely between two such kinds, plus the words of the sentence and, less, of its
neighbours. A status is read off the words that stand nearest to the sum; refusals and conditions, being
rarer, decide from further away, and an answer in the next sentence counts.
"""

from __future__ import annotations

import re

from ingest.relations.base import around, following
from ingest.relations.money import Money
from ingest.relations.sums import nearby, pick
from ingest.scene import Line, Scene

_FORMS: dict[str, re.Pattern[str]] = {
    "fine": re.compile(r"\b(?:fin(?:ed|es|ing)|a fine|fine of|penalt(?:y|ies)|penalis\w+)\b", re.I),
    "loan": re.compile(
        r"\b(?:loans?|le(?:nt|nd|nds|nding)|borrow\w*|interest|advanc(?:e|es|ed|ing)|overdraft|repay\w*|repaid)\b", re.I
    ),
    "incentive": re.compile(
        r"\b(?:sustainability|stf|psf|incentives?|bonus|recovery fund|rewards?|quality payment|cquin|"
        r"control totals?|elective money|winnings|dowry|sweetener|"
        r"forfeit\w*|miss(?:ed|ing) (?:a |its |the |waiting list )?target\w*|hit (?:its|their) marks?|(?:meets?|"
        r"met|meeting) .{0,30}targets?|sign(?:s|ed)?(?: up)?|waiting (?:lists?|times?))\b",
        re.I,
    ),
    "bailout": re.compile(
        r"\b(?:bail\w*|tide .{0,20}over|emergency (?:cash|£)|emergency|rescue\w*|shore|to be going on with|"
        r"keep .{0,20}(?:afloat|going|lights)|cash support|plug|wages|"
        r"make good|handout|lifeline|in cash|cash|see .{0,15}through|deficit|buy time|pay suppliers|propp?ed|"
        r"pick up the tab|helps? .{0,15}out)\b",
        re.I,
    ),
    "bill": re.compile(
        r"\b(?:bill(?:s|ed)?|invoic\w+|ow(?:e|es|ed|ing)|(?:its|their|his|her|legal|of) costs|rent|arrears|"
        r"settle\w*|ruled|arbitrat\w+|adjudicat\w+|panel|"
        r"damages|compensation|back|refund|return|must (?:pay|find|settle)|ordered to|claimed|dispute|due)\b",
        re.I,
    ),
    "capital": re.compile(
        r"\b(?:capital|buildings?|scanners?|analysers?|laborator\w+|new (?:\w+ )?(?:hospital|ward|wing|theatre|"
        r"unit|site|building|kit|plant|tower)s?|theatres?|roofs?|estates?|hub|centre|refurb\w+|"
        r"equipment|digit\w*|front door|a&e|emergency (?:department|floor)|campus|wards?|robot|records?|build|"
        r"rebuil\w*|dormitor\w+|boiler|generator|plant|kit|wing|leaking)\b",
        re.I,
    ),
    "contract": re.compile(
        r"\b(?:contracts?|operations|activity|tariff|block|fee|above plan|a (?:year|month|week|quarter) for|"
        r"for the use of|more patients|buddy)\b",
        re.I,
    ),
    "allocation": re.compile(
        r"\b(?:deficit support|strike money|grants?|allocat\w+|growth money|share|instalment|transition|"
        r"earmark\w*|winter (?:beds|money|pressures)|towards)\b",
        re.I,
    ),
}
_LIKELY: tuple[tuple[frozenset[str], frozenset[str], dict[str, float]], ...] = (
    (frozenset({"regulator"}), frozenset({"trust"}), {"incentive": 1.6, "bailout": 1.0, "capital": 1.0, "loan": 0.4}),
    (frozenset({"government"}), frozenset({"trust"}), {"capital": 1.6, "loan": 1.0, "bailout": 0.8, "allocation": 0.6}),
    (frozenset({"ccg"}), frozenset({"trust"}), {"bill": 1.2, "contract": 1.0, "allocation": 0.9, "bailout": 0.6}),
    (frozenset({"regulator", "government"}), frozenset({"ics", "icb", "ccg"}), {"allocation": 1.5, "incentive": 1.2}),
    (
        frozenset({"icb", "ics"}),
        frozenset({"trust"}),
        {"contract": 1.2, "allocation": 0.8, "bailout": 0.8, "capital": 0.6},
    ),
    (
        frozenset({"trust", "independent_provider", "supplier"}),
        frozenset({"ccg", "icb", "regulator"}),
        {"fine": 1.5, "bill": 1.0},
    ),
    (frozenset({"trust"}), frozenset({"supplier", "independent_provider"}), {"contract": 1.2, "bill": 1.2}),
    (frozenset({"icb", "ccg", "local_authority"}), frozenset({"charity"}), {"allocation": 1.6, "contract": 0.5}),
    (frozenset({"charity"}), frozenset({"trust", "university"}), {"capital": 1.2, "allocation": 0.8}),
    (
        frozenset({"icb", "ccg"}),
        frozenset({"independent_provider", "supplier"}),
        {"bill": 1.1, "contract": 1.1, "allocation": 0.3},
    ),
    (frozenset({"local_authority"}), frozenset({"ccg", "icb", "trust"}), {"bill": 1.5, "contract": 0.5}),
    (frozenset({"trust"}), frozenset({"trust", "person", "government", "local_authority"}), {"bill": 1.5, "loan": 0.3}),
)
"""What money between two such kinds mostly is, before any word is read."""
_WEIGHT = {
    "fine": 3.5,
    "loan": 3.0,
    "incentive": 2.2,
    "bailout": 1.6,
    "bill": 1.8,
    "capital": 1.8,
    "contract": 1.5,
    "allocation": 1.5,
}

_STATUS: dict[str, re.Pattern[str]] = {
    "refused": re.compile(
        r"\b(?:refus\w+|turned (?:it |them )?(?:down|away)|turn(?:s|ing) down|reject\w+|declin\w+|said no|says no|"
        r"no,? said|won['’]t pay|will not pay|would not pay|"
        r"not (?:a penny|a bean|paying|going to pay|be paying|one penny|hand over)|(?:is|are)n['’]t paying|"
        r"owes? nothing|spare (?:it |them )?nothing|with nothing|struck out|has failed|bid failed|sent (?:away|"
        r"home)|vetoed|"
        r"answer was no|said no|no it does|none of it|whistle for it|(?:will|would|should|does|"
        r"did) not (?:be )?(?:pay|giv|owe|fund|lend)\w*|(?:it|they) should not|knocked back|rebuff\w+|disput(?:es|"
        r"ed)|contest(?:s|ing)|cannot have|not proven|been returned)\b",
        re.I,
    ),
    "withheld": re.compile(
        r"\b(?:withh\w+|ke(?:pt|ep|eps|eping) (?:it |the \w+ )?(?:back|for itself)|(?:has|have|had) (?:duly |"
        r"now )?kept|to keep|in (?:its|their) pocket|h(?:eld|olding|old|olds) (?:back|on to)|suspend\w*|dock(?:s|"
        r"ed)|forfeit\w*|"
        r"forgo\w*|forego\w*|(?:not|n['’]t) (?:be )?(?:now )?(?:coming|get|getting|see|receive|arrive)|gets? no|"
        r"miss(?:ed|es)? out|cost it|loss of|los(?:es|e|ing) (?:out|its|the)|lost (?:its|the|out)|stay(?:s|ed|"
        r"ing) in|"
        r"unpaid|yet to pay|behind with|cut(?:s|ting)? (?:its|the|her|his|their)|stop(?:s|ped) (?:paying|the)|"
        r"axed|would (?:otherwise )?have (?:paid|had|got|been|given|released)|parked|froz\w+|nil|stay(?:s|ed|"
        r"ing) (?:put|in))\b",
        re.I,
    ),
    "conditional": re.compile(
        r"\b(?:if\b(?! you)|provided|as long as|on (?:the )?condition|so long as|unless|subject to|only (?:when|"
        r"if|once)|depend(?:s|ent|ing) on|once\b|payable only|hinges?|hangs? on|in (?:return|exchange) for|"
        r"not before|until (?:there|it))\b",
        re.I,
    ),
    "proposed": re.compile(
        r"\b(?:ask(?:s|ed|ing)? (?!to\b)|want(?:s|ed)?|seek(?:s|ing)?|sought|would like|bid(?:s|ding)? (?:for|of)|"
        r"appl(?:y|ies|ied)|request\w*|propos\w+|hop(?:e|es|ing)|might|could do with|"
        r"(?:could|may) (?:be )?(?:offer|giv|get|receiv|provid|lend|lent|hand)\w*|"
        r"consider\w*|plead\w*|pleas?\b|invoiced|billed|has offered|have offered|demand(?:s|ed))\b",
        re.I,
    ),
    "confirmed": re.compile(
        r"\b(?:will|is to|are to|agreed|approved|awarded|promised|pledged|must|ordered|signed off|announced|"
        r"allocated|set aside|confirmed|earmarked|to be|may keep|fined|"
        r"on its way|being lent|lending|an award|to settle|panel awarded|expert .{0,60}awarded|is owed|was owed|"
        r"coming|has to|have to|due|ruled|told to|is (?:being )?(?:handing|giving|meeting|putting|paying|lending|"
        r"lent|given|paid)|put their names?|guarantee\w*|granted|adding|contributes?|puts? in|gets?\b|expect(?:s|"
        r"ed)?)\b",
        re.I,
    ),
    "paid": re.compile(
        r"\b(?:paid up|has already|have already|every penny|has been getting|taken out of|swapped|tossed in|"
        r"outstanding|in old loans|has (?:paid|given|sent|lent|put|provided|received)|paid|gave|sent|lent|"
        r"received|got|pocketed|handed|borrowed|spent|slipped|banked|found|had put|put in|contributed|funded|"
        r"advanced|tossed|"
        r"bailed|provided|drew|drawn|came|let .{0,20} have|has (?:now )?had|went (?:off|to)|propped|written off|"
        r"in (?:19|20)\d\d|last (?:year|month|week|summer|autumn|winter|spring))\b",
        re.I,
    ),
}
_REACH = {"refused": 75, "withheld": 50, "conditional": 90, "proposed": 5, "confirmed": 0, "paid": 0}
"""How many characters nearer to the sum a status counts than it stands: the rarer words decide from afar."""
_TENDENCY = {
    "incentive": {"withheld": 25, "conditional": 20},
    "loan": {"paid": 30},
    "fine": {"confirmed": 25},
    "bailout": {"paid": 15},
    "capital": {"confirmed": 5},
    "bill": {"confirmed": 15, "refused": 20},
    "contract": {"withheld": 15, "refused": 10},
}


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status, form and sum of the money that the sentence tells of, from `subject` to `obj`."""
    money = pick(scene, line, (obj or "", subject))
    form = _form(scene, line, subject, obj)
    status = _status(scene, line, money, form)
    return status, form, money.pounds if money is not None else nearby(scene, line, before=True)


_ANSWER = re.compile(
    r"\b(?:answer was no|(?:it|they) (?:has |have )?(?:declined|refused)|not a penny|no it does|owes nothing|"
    r"turned (?:it |them )?down|will not pay|(?:is|are)n['’]t paying|begs? to differ|"
    r"none of it|says that it (?:should|does|will) not|has been returned|is contesting|have refused|"
    r"has told .{0,40}where)\b",
    re.I,
)
_STRINGS = re.compile(
    r"\b(?:on condition|provided that|so long as|as long as|sees? nothing until|only if|see a penny until|"
    r"asking first|depends on)\b",
    re.I,
)


def _status(scene: Scene, line: Line, money: Money | None, form: str) -> str:
    """The status whose words stand nearest to the sum."""
    after = following(scene, line)
    if _ANSWER.search(after):
        return "refused"
    place = (money.start + money.end) // 2 - line.start if money is not None else len(line.text) // 2
    lean = _TENDENCY.get(form, {})
    best, nearest = "confirmed" if line.passage.kind == "item" else "paid", 1000.0
    for status, pattern in _STATUS.items():
        for match in pattern.finditer(line.text, max(0, place - 600), place + 600):
            far = max(match.start() - place, place - match.end(), 0) - _REACH[status] - lean.get(status, 0)
            if far < nearest:
                best, nearest = status, far
    if best in {"confirmed", "paid"}:
        if _NOT_GRANTED.search(line.text):
            return "proposed"
        if _NOT_PAID.search(line.text):
            return "withheld"
        if _STRINGS.search(after):
            return "conditional"
    return best


_NOT_GRANTED = re.compile(
    r"\b(?:not|n['’]t|never) (?:yet )?(?:been )?(?:approved|agreed|granted|promised|confirmed)\b", re.I
)
_NOT_PAID = re.compile(
    r"\b(?:not|n['’]t|never) (?:yet )?(?:been )?(?:received|paid|given|sent|had|seen|handed)\b", re.I
)


def _form(scene: Scene, line: Line, subject: str, obj: str | None) -> str:
    """The form that the kinds of the two make likely and the words of the sentence and its paragraph confirm."""
    entities = scene.annotation.entities
    payer = entities[subject].kind if subject in entities else ""
    recipient = entities[obj].kind if obj is not None and obj in entities else ""
    scores = dict.fromkeys(_FORMS, 0.0)
    scores["allocation"] = 0.5
    for payers, recipients, likely in _LIKELY:
        if payer in payers and recipient in recipients:
            for form, weight in likely.items():
                scores[form] += weight
    near = " ".join(around(scene, line, reach=1))
    for form, pattern in _FORMS.items():
        if pattern.search(line.text):
            scores[form] += _WEIGHT[form]
        elif pattern.search(near):
            scores[form] += _WEIGHT[form] * 0.35
    if payer == "regulator" and _STATUS["conditional"].search(line.text):
        scores["incentive"] += 1.2
    return max(scores, key=lambda form: scores[form])
