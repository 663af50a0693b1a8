"""FUNDING: money that goes, may go or is held back from one named party to another.

A sentence tells it by a verb between the two (gives, gets from, withholds, refuses, bills, fines, owes, repays,
borrows) whose meaning and voice say who pays. Where only a sum and a word of funding stand beside
them, the ranks of the two decide: money comes down from the Treasury through national bodies and
commissioners to those that provide care. Where the sentence leaves the payer out, it is the one spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse import Token
from ingest.relations.base import Candidate, around, background, dependents, following, group, organisations, subject_of
from ingest.relations.money import Money, find_money
from ingest.relations.sums import nearby, pick
from ingest.scene import Line, Mark, Scene

_RANK = {
    "government": 6, "regulator": 5, "icb": 4, "ics": 4, "ccg": 4, "local_authority": 4, "trust": 2, "charity": 1,
    "independent_provider": 1, "other": 1, "university": 1,
}  # fmt: skip
"""Where a kind stands on money's way down; 0 for those that only sell or only owe."""
_PURSES = frozenset({"government", "regulator", "icb", "ics", "ccg", "local_authority"})
_NATIONAL = frozenset({"government", "regulator"})
_FUNDED = frozenset({"trust", "ics", "icb", "ccg", "independent_provider", "charity"})
_MONEYLESS = frozenset({"media", "union", "parliamentary_committee", "political_party", "think_tank", "person", "royal_college"})
_NO_PURSE = re.compile(
    r"\b(?:court|tribunal|commission|audit|ombudsman|competition|inspectors?|inspectorate|executive|information|parliament|"
    r"commons|professional|medical council|nursing and midwifery|\w*fund|programme|healthwatch)\b|^nhs$",
    re.I,
)

_CREDITOR = re.compile(r"\b(?:property services|hmrc|revenue and customs|information commissioner|resolution|health and safety)\b", re.I)
"""Public bodies to which money is owed as to a landlord, an insurer or a court: it goes up to them, not down."""
_UPWARD = re.compile(
    r"\b(?:fin(?:e|es|ed|ing)|penalt(?:y|ies)|invoic\w+|bill(?:s|ed)?|rent demand|(?:is|was|were|are|still|being) owed|owes|owing|repa(?:y|id|ys|ying)\w*|"
    r"(?:want|wants|wanted|have|get|got|give|gave|hand|pay) .{0,40}\bback|dock(?:s|ed)|in vat|wrongly paid|refund|return)\b",
    re.I,
)
_BILLS = re.compile(
    r"\b(?:invoic(?:e|es|ed|ing)|bill(?:s|ed)|charg(?:e|es|ed|ing)|fin(?:ed|es|ing)|penalis\w+|(?:sent|sends|given|handed|issued|served|hit|slapped) .{0,40}(?:penalty|fine|bill|invoice)|"
    r"counterclaim\w*|(?:wants?|wanted|asked|asks|demand(?:s|ed)?|seeks?|like|seeking to) .{0,60}\b(?:back|return|repay|recover))\b",
    re.I,
)
_FINED_BY = re.compile(
    r"\b(?:fined|billed|invoiced|charged|docked|penalised)\b[^.;]{0,60}\bby (?:(?:the|its|their|[\w’'£.,%&-]+)\s){0,3}$"
    r"|\b(?:bill|invoice|fine|penalty|demand)\b[^.;]{0,50}\b(?:from|by) (?:(?:the|its|their)\s)?$"
    r"|\bow(?:es|ed|ing)\b[^.;]{0,40}\bto (?:(?:the|its|their)\s)?$|\b(?:behind|arrears) with (?:its|their) payments to (?:the )?$"
    r"|\bowes (?:(?:the|its|their)\s)?$",
    re.I,
)
_OWED_BY = re.compile(r"\b(?:owed|due|recover\w*|reclaim\w*|outstanding|unpaid|owing)\b[^.;]{0,60}\b(?:by|from) (?:(?:the|its|their)\s)?$", re.I)

_VERBS: dict[str, frozenset[str]] = {
    "gives": frozenset(
        ["give", "hand", "grant", "award", "allocate", "offer", "promise", "pledge", "lend", "advance", "send", "pay", "provide", "find", "contribute", "earmark", "release", "approve", "agree", "slip", "fund", "meet", "cover", "throw", "toss", "announce", "underwrite", "transfer", "donate", "pump", "cough", "stump", "steer", "invest", "reimburse", "compensate", "subsidise", "dangle", "reward", "spare", "confirm", "guarantee", "inject", "supply", "chip", "put", "add", "set", "sign", "write", "allow", "channel", "bail", "hand", "share", "sanction", "forward", "wire"]
    ),
    "gets": frozenset(["get", "receive", "secure", "win", "bank", "pocket", "earn", "borrow", "collect", "land", "draw", "accept", "obtain", "have"]),
    "asks": frozenset(["ask", "apply", "bid", "request", "seek", "plead", "appeal", "lobby", "beg", "petition"]),
    "keeps": frozenset(["withhold", "keep", "hold", "dock", "retain", "suspend", "cut", "stop", "claw", "trim", "halve", "park", "freeze", "deduct", "forfeit"]),
    "refuses": frozenset(["refuse", "reject", "decline", "turn", "deny", "knock", "rebuff"]),
    "bills": frozenset(["invoice", "bill", "charge", "fine", "penalise"]),
    "owes": frozenset(["owe", "repay", "return", "refund", "reimburse"]),
}
"""What a verb's subject does with the money, by lemma."""
_CLASS = {lemma: name for name, lemmas in reversed(_VERBS.items()) for lemma in lemmas}
_PARTICLE = re.compile(
    r"^(?:set (?:\w+ )?(?:aside|by)|sign(?:ed|s|ing)? off|wr(?:ite|ote|itten|ites|iting) off|put|ma(?:ke|de|kes) good|bail\w*|chip\w* in|"
    r"hand|hold|held|turn(?:ed|s|ing)? (?:it |them )?(?:down|away)|knock\w* back|cut|stop|add|let)",
    re.I,
)
_NEEDS_PARTICLE = frozenset({"set", "sign", "write", "turn", "knock", "hold"})
_W = r"[\w’'£.,%&-]+"
_TO = re.compile(r"\b(?:to|for|towards?|into|at|upon)\s+(?:both\s+)?(?:(?:the|its|their|a|an|each|all|of|help|local|struggling|neighbouring|" + _W + r")\s+){0,3}$", re.I)
_FROM = re.compile(r"\b(?:from|by|off|out of|courtesy of)\s+(?:both\s+)?(?:(?:the|its|their|a|an|" + _W + r")\s+){0,2}$", re.I)
_DIRECT = re.compile(r"^\s*(?:(?:the|its|their|both|each|back|over|poor|neighbouring|local|down|away|" + _W + r")\s+){0,2}$", re.I)
_MONEY_NOUN = re.compile(
    r"\b(?:loans?|grants?|funding|bail-?outs?|allocations?|subsid(?:y|ies)|cash|money|capital|incentive|sustainability (?:and transformation )?(?:fund|money|cash)|"
    r"fines?|penalt(?:y|ies)|invoices?|bill|arrears|rent|debts?|rescue|deficit support|instalment|payments?|a (?:penny|bean|farthing))\b",
    re.I,
)
_FUNDING_CUE = re.compile(
    r"\b(?:fund(?:s|ed|ing)?|grants?|loans?|le(?:nt|nd)|borrow\w*|cash|money|capital|allocat\w+|award(?:ed|s)?|given|gave|giv(?:es|ing)|receiv\w+|g[eo]ts?|"
    r"paid|pays?|paying|payments?|promis\w+|pledg\w+|offer\w*|earmark\w*|bail\w*|support|incentive|sustainability|recovery fund|subsid\w+|withh\w+|"
    r"kept|keep|held|forfeit\w*|lost|lose|miss(?:ed|es)? out|released?|set aside|contribut\w+|hand(?:s|ed|ing)?|sent|found|find|ask(?:ed|s)?|bid|appl\w+|request\w*|"
    r"refus\w+|turned down|rejected|approved|signed off|bill(?:ed)?|invoice[sd]?|ow(?:e|es|ed|ing)|fine[sd]?|repay\w*|return|advanc\w+|put(?:s|ting)? (?:in|up)|expect|"
    r"share|instalment|tranche|slice|cheque|meet|towards|costs|worth|good for|coming|waiting|spare|write off|written off|let .{0,20} off|dangled)\b",
    re.I,
)
_OTHER_MONEY = re.compile(
    r"\b(?:deficit|overspen\w+|adrift|in the red|surplus|turnover|losing|lost £|agency (?:bill|spend)|savings?|worse than|black hole|budget of|"
    r"rated|inspect\w+|inadequate|owned by|acqui\w+|takeover|merg\w+|capped|barred|licence|save £|overshot|members?|expert|arbitrat\w+)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Told:
    payer: str
    recipient: str
    rule: str
    confidence: float


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each payer and recipient that a sentence tells of."""
    for line in scene.lines:
        best: dict[frozenset[str], _Told] = {}
        for one in (*_by_verb(scene, line), *_upward(scene, line), *_by_rank(scene, line), *_item(scene, line)):
            key = frozenset((one.payer, one.recipient))
            if len(key) == 2 and (key not in best or one.confidence > best[key].confidence):
                best[key] = one
        for one in best.values():
            status, form, amount = describe(scene, line, one.payer, one.recipient)
            yield Candidate(
                "FUNDING", one.payer, one.recipient, line.start, line.end, rule=f"funding.{one.rule}",
                confidence=one.confidence, status=status, form=form, amount=amount,
            )  # fmt: skip


def _rank(mark: Mark) -> int:
    name = mark.entity.name
    return 0 if _NO_PURSE.search(name) or _CREDITOR.search(name) else _RANK.get(mark.entity.kind, 0)


def _party(mark: Mark) -> bool:
    return mark.entity.kind not in _MONEYLESS and not _NO_PURSE.search(mark.entity.name)


def _by_verb(scene: Scene, line: Line) -> Iterator[_Told]:
    for token in line.tokens:
        kind = _CLASS.get(token.lemma) if token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"} else None
        if kind is None:
            continue
        near = scene.text[max(line.start, token.start - 70) : min(line.end, token.end + 110)]
        money = bool(find_money(near))
        if not money and not _MONEY_NOUN.search(near):
            continue
        if token.lemma in _NEEDS_PARTICLE and not _PARTICLE.match(scene.text[token.start : token.start + 30]):
            continue
        if token.lemma == "have" and not find_money(scene.text[token.end : token.end + 14]):
            continue
        for payer, recipient, rule in _frame(scene, line, token, kind):
            yield _Told(payer, recipient, rule if money else rule + ".nosum", 0.75)


def _frame(scene: Scene, line: Line, verb: Token, kind: str) -> Iterator[tuple[str, str, str]]:
    """Payer, recipient and rule as the verb's class and voice say."""
    passive = bool(dependents(line, verb.i, frozenset({"auxpass", "nsubjpass"}))) or (verb.tag == "VBN" and verb.dep in {"acl", "relcl"})
    subjects = [m for m in subject_of(line, verb.i) if m.start < verb.start and _party(m)]
    if not subjects and verb.dep == "acl":
        subjects = [m for m in line.marks if m.first <= verb.head < m.last and _party(m)]
    after = [m for m in line.marks if m.start >= verb.end and m.start - verb.end < 130 and _party(m) and m.mention.via != "pronoun"]
    direct = [m for m in after if _DIRECT.match(scene.text[verb.end : m.start]) and not _FROM.search(scene.text[verb.end : m.start])]
    onto = [m for m in after if _TO.search(scene.text[verb.end : m.start])]
    source = [m for m in after if _FROM.search(scene.text[verb.end : m.start])]
    goal = (direct or onto)[:1]
    lead = subjects[:1]
    object_pronoun = _IT.match(scene.text[verb.end : verb.end + 8]) is not None
    if kind == "gives":
        if passive:
            yield from _pairs(scene, line, source[:1] or _purse(scene, line, lead), lead, "given" if source else "given.behind")
        elif goal and not object_pronoun:
            yield from _pairs(scene, line, lead or _purse(scene, line, goal), goal, "gives" if lead else "gives.behind")
        elif lead:
            yield from _pairs(scene, line, lead, _needy(scene, line, lead[0]), "gives.it" if object_pronoun else "gives.nobody")
    elif kind == "gets" and not passive:
        yield from _pairs(scene, line, source[:1] or _purse(scene, line, lead), lead, "gets" if source else "gets.behind")
    elif kind == "asks" and not passive:
        payers = goal or source[:1]
        if payers:
            yield from _pairs(scene, line, payers, lead or _needy(scene, line, payers[0]), "asks" if lead else "asks.behind")
    elif kind == "keeps":
        if not passive and lead:
            yield from _pairs(scene, line, lead, source[:1] or _needy(scene, line, lead[0]), "keeps" if source else "keeps.behind")
    elif kind == "refuses":
        if not passive and lead:
            yield from _pairs(scene, line, lead, direct[:1] or onto[:1] or _needy(scene, line, lead[0]), "refuses" if direct or onto else "refuses.behind")
    elif kind == "bills":
        if passive:
            yield from _pairs(scene, line, lead, source[:1], "fined")
        else:
            yield from _pairs(scene, line, direct[:1], lead, "bills")
    elif kind == "owes":
        if passive:
            yield from _pairs(scene, line, source[:1], lead, "owed")
        else:
            yield from _pairs(scene, line, lead, goal, "owes")


_DOWNWARD = frozenset({"gives", "given", "gets", "keeps", "asks", "refuses"})
_IT = re.compile(r"^\s(?:it|them|us|her|him|me|you)\b", re.I)


def _purse(scene: Scene, line: Line, lead: list[Mark]) -> list[Mark]:
    """Who pays where the sentence does not say: the purse that stands above, last spoken of."""
    if not lead:
        return []
    here = [m for m in line.marks if m.end <= lead[0].start and _rank(m) > max(_rank(lead[0]), 3)]
    if here:
        return here[-1:]
    found, _ = background(scene, line, _PURSES, reach=3)
    fit = [m for m in found if _rank(m) > _rank(lead[0])]
    return fit[:1] if len(fit) == 1 else []


def _needy(scene: Scene, line: Line, payer: Mark) -> list[Mark]:
    """Who is paid where the sentence says "it" or nothing: the body below, last spoken of."""
    here = [m for m in line.marks if m.end <= payer.start and 0 < _rank(m) < _rank(payer)]
    if here:
        return here[-1:]
    found, _ = background(scene, line, _FUNDED, reach=3)
    fit = [m for m in found if 0 < _rank(m) < _rank(payer)]
    return fit[:1] if len(fit) == 1 else []


def _pairs(scene: Scene, line: Line, payers: list[Mark], recipients: list[Mark], rule: str) -> Iterator[tuple[str, str, str]]:
    head = rule.split(".")[0]
    for payer in payers:
        for recipient in recipients:
            if head in _DOWNWARD and (_rank(payer) < _rank(recipient) or _UPWARD.search(line.text)):
                continue
            if rule.endswith(".behind") and (recipient.entity.kind not in _BACKED or _OTHER_MONEY.search(line.text)):
                continue
            if head == "gives" and recipient.entity.kind in {"supplier", "independent_provider"} and _WORK.search(line.text):
                continue
            for one in group(scene, line, payer):
                for other in group(scene, line, recipient):
                    yield one.entity.id, other.entity.id, rule
            if head in _DOWNWARD:
                for other in _listed(scene, line, recipient, payer):
                    yield payer.entity.id, other.entity.id, head + ".list"


_BACKED = frozenset({"trust", "ics", "icb", "ccg", "charity", "independent_provider"})
_WORK = re.compile(r"\b(?:contracts?|deal|tender|work|job|services?|agreement)\b", re.I)
_LISTED = re.compile(r"^(?:\s+(?:in|at|of|the)\s+[\w’'-]+)?[,:]?\s+(?:(?:got|gets|received|was|only|a further|just|will get|another)\s+){0,2}(?=£)", re.I)


def _listed(scene: Scene, line: Line, recipient: Mark, payer: Mark) -> list[Mark]:
    """Others in a list like "A was sent £3m and B £2m": each name with its sum right after it."""
    return [
        m
        for m in organisations(line.marks)
        if m.start > recipient.end
        and m.entity.id not in {recipient.entity.id, payer.entity.id}
        and 0 < _rank(m) <= max(_rank(recipient), 1) + 2
        and _LISTED.match(scene.text[m.end : line.end])
    ]


def _upward(scene: Scene, line: Line) -> Iterator[_Told]:
    """Fines, bills and debts: the one that sends them is paid by the other."""
    money = bool(find_money(line.text))
    if not money and not _MONEY_NOUN.search(line.text):
        return
    tag = "" if money else ".nosum"
    marks = [m for m in line.marks if m.mention.via != "pronoun" and m.entity.kind not in _MONEYLESS]
    for i, left in enumerate(marks):
        for right in marks[i + 1 :]:
            gap = scene.text[left.end : right.start]
            if right.start < left.end or len(gap) > 130 or ";" in gap:
                continue
            a, b = left.entity.id, right.entity.id
            if _FINED_BY.search(gap):
                yield _Told(a, b, "fined_by" + tag, 0.8)
            elif _OWED_BY.search(gap):
                yield _Told(b, a, "owed_by" + tag, 0.8)
            elif _BILLS.search(gap):
                yield _Told(b, a, "bills" + tag, 0.8)


_PLAIN = re.compile(
    r"\b(?:le(?:nt|nd)|loans?|grants?|bail\w*|sustainability|incentive|recovery fund|capital|promised|pledged|earmarked|withh\w+|deficit support|"
    r"holding back|kept back|held back|forfeit\w*|put in|give[ns]?|gave)\b",
    re.I,
)
_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])?\s*(?:the\s+)?$", re.I)


def _item(scene: Scene, line: Line) -> Iterator[_Told]:
    """An item of a list ("- Name, £7m"): the payer stands in the text that leads up to the list."""
    marks = organisations(line.marks)
    if line.passage.kind != "item" or not marks or not find_money(line.text):
        return
    first = marks[0]
    if not _ITEM.match(scene.text[line.start : first.start]) or not re.match(r"^[,:]\s+(?:up to |another |a further )?£", scene.text[first.end : line.end]):
        return
    found: list[Mark] = []
    for other in scene.before(line, reach=12):
        if other.passage.kind == "item":
            continue
        found = [m for m in organisations(other.marks, _PURSES) if _rank(m) > _rank(first)]
        if found:
            break
    payers = {m.entity.id for m in found}
    if len(payers) == 1:
        yield _Told(payers.pop(), first.entity.id, "item", 0.7)


def _by_rank(scene: Scene, line: Line) -> Iterator[_Told]:
    """A sum, a word of funding, and two bodies of which one funds the other."""
    if not find_money(line.text) or not _FUNDING_CUE.search(line.text) or _UPWARD.search(line.text):
        return
    marks = [m for m in organisations(line.marks) if m.mention.via != "pronoun" and _rank(m)]
    top = max((_rank(m) for m in marks), default=0)
    if top < 4:
        return
    payers = {m.entity.id: m for m in marks if _rank(m) == top}
    recipients = {m.entity.id: m for m in marks if _rank(m) < top}
    if len(payers) != 1 or not recipients:
        return
    if _OTHER_MONEY.search(line.text) and not _PLAIN.search(line.text):
        return
    many = ".many" if len(recipients) > 1 else ""
    payer = next(iter(payers.values()))
    for recipient in recipients.values():
        yield _Told(payer.entity.id, recipient.entity.id, f"ranks.{payer.entity.kind}{many}", 0.6)


_FORMS: dict[str, re.Pattern[str]] = {
    "fine": re.compile(r"\b(?:fin(?:ed|es|ing)|a fine|fine of|penalt(?:y|ies)|penalis\w+)\b", re.I),
    "loan": re.compile(r"\b(?:loans?|le(?:nt|nd|nds|nding)|borrow\w*|interest|advanc(?:e|es|ed|ing)|overdraft|repay\w*|repaid)\b", re.I),
    "incentive": re.compile(
        r"\b(?:sustainability|stf|psf|incentives?|bonus|recovery fund|rewards?|quality payment|cquin|control totals?|elective money|winnings|dowry|sweetener|"
        r"forfeit\w*|miss(?:ed|ing) (?:a |its |the |waiting list )?target\w*|hit (?:its|their) marks?|(?:meets?|met|meeting) .{0,30}targets?|sign(?:s|ed)?(?: up)?|waiting (?:lists?|times?))\b",
        re.I,
    ),
    "bailout": re.compile(
        r"\b(?:bail\w*|tide .{0,20}over|emergency (?:cash|£)|emergency|rescue\w*|shore|to be going on with|keep .{0,20}(?:afloat|going|lights)|cash support|plug|wages|"
        r"make good|handout|lifeline|in cash|cash|see .{0,15}through|deficit|buy time|pay suppliers|propp?ed|pick up the tab|helps? .{0,15}out)\b",
        re.I,
    ),
    "bill": re.compile(
        r"\b(?:bill(?:s|ed)?|invoic\w+|ow(?:e|es|ed|ing)|(?:its|their|his|her|legal|of) costs|rent|arrears|settle\w*|ruled|arbitrat\w+|adjudicat\w+|panel|"
        r"damages|compensation|back|refund|return|must (?:pay|find|settle)|ordered to|claimed|dispute|due)\b",
        re.I,
    ),
    "capital": re.compile(
        r"\b(?:capital|buildings?|scanners?|new (?:\w+ )?(?:hospital|ward|wing|theatre|unit|site|building|kit|plant|tower)s?|theatres?|roofs?|estates?|hub|centre|refurb\w+|"
        r"equipment|digit\w*|front door|a&e|emergency (?:department|floor)|campus|wards?|robot|records?|build|rebuil\w*|dormitor\w+|boiler|generator|plant|kit|wing|leaking)\b",
        re.I,
    ),
    "contract": re.compile(r"\b(?:contracts?|operations|activity|tariff|block|fee|above plan|a (?:year|month|week|quarter) for|for the use of|more patients|buddy)\b", re.I),
    "allocation": re.compile(r"\b(?:deficit support|strike money|grants?|allocat\w+|growth money|share|instalment|transition|earmark\w*|winter (?:beds|money|pressures)|towards)\b", re.I),
}
_LIKELY: tuple[tuple[frozenset[str], frozenset[str], dict[str, float]], ...] = (
    (frozenset({"regulator"}), frozenset({"trust"}), {"incentive": 1.6, "bailout": 1.0, "capital": 1.0, "loan": 0.4}),
    (frozenset({"government"}), frozenset({"trust"}), {"capital": 1.6, "loan": 1.0, "bailout": 0.8, "allocation": 0.6}),
    (frozenset({"ccg"}), frozenset({"trust"}), {"bill": 1.2, "contract": 1.0, "allocation": 0.9, "bailout": 0.6}),
    (frozenset({"regulator", "government"}), frozenset({"ics", "icb", "ccg"}), {"allocation": 1.5, "incentive": 1.2}),
    (frozenset({"icb", "ics"}), frozenset({"trust"}), {"contract": 1.2, "allocation": 0.8, "bailout": 0.8, "capital": 0.6}),
    (frozenset({"trust", "independent_provider", "supplier"}), frozenset({"ccg", "icb", "regulator"}), {"fine": 1.5, "bill": 1.0}),
    (frozenset({"trust"}), frozenset({"supplier", "independent_provider"}), {"contract": 1.2, "bill": 1.2}),
    (frozenset({"icb", "ccg", "local_authority"}), frozenset({"charity"}), {"allocation": 1.6, "contract": 0.5}),
    (frozenset({"charity"}), frozenset({"trust", "university"}), {"capital": 1.2, "allocation": 0.8}),
    (frozenset({"icb", "ccg"}), frozenset({"independent_provider", "supplier"}), {"bill": 1.1, "contract": 1.1, "allocation": 0.3}),
    (frozenset({"local_authority"}), frozenset({"ccg", "icb", "trust"}), {"bill": 1.5, "contract": 0.5}),
    (frozenset({"trust"}), frozenset({"trust", "person", "government", "local_authority"}), {"bill": 1.5, "loan": 0.3}),
)
"""What money between two such kinds mostly is, before any word is read."""
_WEIGHT = {"fine": 3.5, "loan": 3.0, "incentive": 2.2, "bailout": 1.6, "bill": 1.8, "capital": 1.8, "contract": 1.5, "allocation": 1.5}

_STATUS: dict[str, re.Pattern[str]] = {
    "refused": re.compile(
        r"\b(?:refus\w+|turned (?:it |them )?(?:down|away)|turn(?:s|ing) down|reject\w+|declin\w+|said no|says no|no,? said|won['’]t pay|will not pay|would not pay|"
        r"not (?:a penny|a bean|paying|going to pay|be paying|one penny|hand over)|(?:is|are)n['’]t paying|owes? nothing|spare (?:it |them )?nothing|with nothing|struck out|has failed|bid failed|sent (?:away|home)|vetoed|"
        r"answer was no|knocked back|rebuff\w+|disput(?:es|ed)|contest(?:s|ing)|cannot have|not proven|been returned)\b",
        re.I,
    ),
    "withheld": re.compile(
        r"\b(?:withh\w+|ke(?:pt|ep|eps|eping) (?:it |the \w+ )?(?:back|for itself)|(?:has|have|had) (?:duly |now )?kept|to keep|in (?:its|their) pocket|h(?:eld|olding|old|olds) (?:back|on to)|suspend\w*|dock(?:s|ed)|forfeit\w*|"
        r"forgo\w*|forego\w*|(?:not|n['’]t) (?:be )?(?:now )?(?:coming|get|getting|see|receive|arrive)|gets? no|miss(?:ed|es)? out|cost it|loss of|los(?:es|e|ing) (?:out|its|the)|lost (?:its|the|out)|stay(?:s|ed|ing) in|"
        r"unpaid|yet to pay|behind with|cut(?:s|ting)? (?:its|the|her|his|their)|stop(?:s|ped) (?:paying|the)|axed|would (?:otherwise )?have (?:paid|had|got|been|given|released)|parked|froz\w+|nil|stay(?:s|ed|ing) (?:put|in))\b",
        re.I,
    ),
    "conditional": re.compile(
        r"\b(?:if\b(?! you)|provided|as long as|on (?:the )?condition|so long as|unless|subject to|only (?:when|if|once)|depend(?:s|ent|ing) on|once\b|payable only|hinges?|hangs? on|not before|until (?:there|it))\b",
        re.I,
    ),
    "proposed": re.compile(
        r"\b(?:ask(?:s|ed|ing)? (?!to\b)|want(?:s|ed)?|seek(?:s|ing)?|sought|would like|bid(?:s|ding)? (?:for|of)|appl(?:y|ies|ied)|request\w*|propos\w+|hop(?:e|es|ing)|might|could do with|"
        r"consider\w*|plead\w*|pleas?\b|invoiced|billed|has offered|have offered|demand(?:s|ed))\b",
        re.I,
    ),
    "confirmed": re.compile(
        r"\b(?:will|is to|are to|agreed|approved|awarded|promised|pledged|must|ordered|signed off|announced|allocated|set aside|confirmed|earmarked|to be|may keep|fined|"
        r"coming|has to|have to|due|ruled|told to|is (?:being )?(?:handing|giving|meeting|putting|paying|lending|lent|given|paid)|put their names?|guarantee\w*|granted|adding|contributes?|puts? in|gets?\b|expect(?:s|ed)?)\b",
        re.I,
    ),
    "paid": re.compile(
        r"\b(?:paid|gave|sent|lent|received|got|pocketed|handed|borrowed|spent|slipped|banked|found|had put|put in|contributed|funded|advanced|tossed|"
        r"bailed|provided|drew|drawn|came|let .{0,20} have|has (?:now )?had|went (?:off|to)|propped|written off|in (?:19|20)\d\d|last (?:year|month|week|summer|autumn|winter|spring))\b",
        re.I,
    ),
}
_REACH = {"refused": 60, "withheld": 50, "conditional": 50, "proposed": 5, "confirmed": 0, "paid": 0}
"""How many characters nearer to the sum a status counts than it stands: the rarer words decide from afar."""
_TENDENCY = {
    "incentive": {"withheld": 25, "conditional": 20},
    "loan": {"paid": 30},
    "fine": {"confirmed": 25},
    "bailout": {"paid": 15},
    "capital": {"confirmed": 5},
    "bill": {"confirmed": 10},
}


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status, form and sum of the money that the sentence tells of, from `subject` to `obj`."""
    money = pick(scene, line, (obj or "", subject))
    form = _form(scene, line, subject, obj)
    status = _status(scene, line, money, form)
    return status, form, money.pounds if money is not None else nearby(scene, line, before=True)


def _status(scene: Scene, line: Line, money: Money | None, form: str) -> str:
    """The status whose words stand nearest to the sum."""
    after = following(scene, line)
    if _STATUS["refused"].search(after) and re.match(r"\W*(?:the|it|they|that|not|no|but|which|answer|\w+ (?:said|says|replied))\b", after, re.I):
        return "refused"
    place = (money.start + money.end) // 2 - line.start if money is not None else len(line.text) // 2
    lean = _TENDENCY.get(form, {})
    best, nearest = "confirmed" if line.passage.kind == "item" else "paid", 1000.0
    for status, pattern in _STATUS.items():
        for match in pattern.finditer(line.text):
            far = max(match.start() - place, place - match.end(), 0) - _REACH[status] - lean.get(status, 0)
            if far < nearest:
                best, nearest = status, far
    if best in {"confirmed", "paid"} and re.search(r"\b(?:if|provided|so long as|as long as|condition|sees nothing until)\b", after, re.I):
        return "conditional"
    return best


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
    return max(scores, key=lambda form: scores[form])
