"""COMMISSIONED: a contract, review or piece of work that one body buys, tenders or asks for from another.

Told by verbs of buying with the buyer before the seller ("hired", "handed X a contract"), by the passive with
"by", by verbs of selling ("won the contract from", "runs the service for") and by nouns (contract, report,
advisers). Who buys and who sells is mostly plain from the kinds of the two. Words of ending, planning and
finishing near the two give the status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.relations.base import Candidate, Trigger, background, group, organisations, triggers_in
from ingest.relations.commissioned_terms import describe
from ingest.scene import Line, Mark, Scene

__all__ = ["describe", "find"]

_BUYERS = frozenset(
    {"trust", "ccg", "icb", "ics", "regulator", "government", "local_authority", "other", "university", "charity",
     "royal_college", "representative_body", "parliamentary_committee"}
)  # fmt: skip
_SELLERS = frozenset({"supplier", "independent_provider"})
_COMMISSIONERS = frozenset({"ccg", "icb", "ics", "local_authority"})
_PERHAPS = frozenset({"trust", "university", "royal_college", "charity", "independent_provider"})
_CLIENTS = frozenset({"trust", "ccg", "icb", "ics", "local_authority"})
_BUY = re.compile(
    r"\b(?:hir(?:e|es|ed|ing)|engag(?:e|es|ed|ing)|retain(?:s|ed|ing)?|appoint(?:s|ed|ing)?|commission(?:s|ed|ing)?|"
    r"br(?:ing|ings|ought|inging) in|brought|call(?:s|ed|ing)? in|t(?:ake|akes|ook|aken|aking) on|sign(?:s|ed|"
    r"ing)? (?:up|with|a)?|"
    r"pick(?:s|ed|ing)?|ch(?:oose|ooses|ose|osen|oosing)|select(?:s|ed|ing)?|award(?:s|ed|ing)?|hand(?:s|ed|ing)?|"
    r"g(?:ive|ives|ave|iven|iving)|outsourc\w+|contract(?:s|ed)? (?:with|to|out)|pa(?:y|ys|id|ying)|spen(?:d|ds|t|"
    r"ding)|"
    r"order(?:s|ed|ing)?|b(?:uy|uys|ought|uying)|instruct(?:s|ed|ing)?|turn(?:s|ed|ing)? to|ask(?:s|ed|ing)?|"
    r"gone? to|went to|"
    r"use[sd]?|employ(?:s|ed|ing)?|procur\w+|purchas\w+|replac\w+|invit(?:e|es|ed|ing)|found|let|lets|had)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:hired|engaged|retained|appointed|commissioned|brought in|called in|taken on|signed up|picked|chosen|"
    r"selected|"
    r"awarded|handed|given|paid|ordered|bought|instructed|asked(?: for)?|employed|procured|summoned|let|"
    r"drafted in|got in|"
    r"contracted|tasked|invited|used|written|prepared|produced|run|lined up)\b[^.;:]{0,60}?\b(?:by|"
    r"for)\s+(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
_SELL = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|won|suppl(?:y|ies|ied|ying)|provid(?:e|es|ed|ing)|r[ua]n(?:s|ning)?|deliver(?:s|ed|"
    r"ing)?|"
    r"wrote|written|writes|did|does|build(?:s|ing)?|built|look(?:s|ed)? after|advis(?:e|es|ed|ing)|act(?:s|ing)? for|"
    r"work(?:s|ed|ing)? (?:for|at)|clean(?:s|ed|ing)|test(?:s|ed|ing)|carr(?:y|ies|ied) out|has (?:had|held)|"
    r"holds?|held|"
    r"drew up|drawn up|produced|prepared|conducted|staff(?:s|ed)|t(?:ook|akes?|aken) (?:on|over)|lost|los(?:es|"
    r"ing)|kept|keeps?)\b",
    re.I,
)
_CUE = re.compile(
    r"\b(?:contracts?|contractors?|deals?|tender(?:s|ed|ing)?|procure\w*|outsourc\w+|agreement|order|consultants?|"
    r"consultancy|"
    r"advis[eo]rs?|accountants|lawyers|solicitors|law firm|headhunters|management consult\w+|fees?|report|review|"
    r"audit|"
    r"business case|strategy|supplier|provider of|client|customers?|invoices?|bill|paid|pays|services?|"
    r"private finance|pfi|software|system|record|lease|bidder|bid|award(?:ed)?|licen[cs]e|subcontract\w*|"
    r"pathology|cleaning|catering|laundry|staffing|agency|patient transport|out-of-hours|111|community services)\b",
    re.I,
)
_CONTRACT = re.compile(
    r"\b(?:contracts?|deal|tender\w*|procure\w*|outsourc\w+|bidders?|awarded|subcontract\w*|paid|pays|"
    r"commission(?:s|ed|ing) (?:a|an|the|it|them|by|from)\b|(?:agreement|order) with)\b",
    re.I,
)
_LOSER_BEFORE = re.compile(
    r"\b(?:beat|beats|beaten|beating|ahead of|seen off|saw off|rather than|instead of|rivals?,?|unlike|pipped|"
    r"over|outbid|"
    r"preferred to|losing bidder|runner-up|loser|from under the nose of)\s+(?:the\s+|its\s+|[\w-]+\s+)?$",
    re.I,
)
_LOSER_AFTER = re.compile(
    r"^[,\s]*(?:which|who|the)?\s*(?:lost out|(?:had )?also bid|came second|was (?:the )?runner-up|the runner-up|"
    r"the other bidder)",
    re.I,
)
_OWNED = re.compile(
    r"\b(?:wholly[- ]owned|subsidiary|owned by|owns|belongs? to|(?:its|their) own company|parent|merg(?:e|er|ing)|"
    r"takeover|"
    r"take over by|acqui\w+|joint venture|members? of|part of|owned)\b",
    re.I,
)
_NOT_BUYING = re.compile(
    r"\b(?:rated|inspect\w+|fined|downgraded|investigat\w+|registration|special measures|regulator|accus\w+|urged|"
    r"warned|"
    r"criticis\w+|clears?|cleared|licence)\b",
    re.I,
)
_DESCRIBED = (
    r"(?:(?:the|a|an|its|their|our|another|one|some|outside|external|independent|management|internal|turnaround|"
    r"governance|city|"
    r"private|global|facilities|law|search|branding|pr|american|german|specialist|local)\s+){0,3}"
    r"(?:(?:[\w-]+\s+)?(?:accountants|consultants|consultancy|law firm|solicitors|headhunters?|firm|company|"
    r"agency|lawyers|specialists|"
    r"supplier|builders?|contractors?|auditors|advisers|co-operative|federation|social enterprise|provider|"
    r"partnership|giant|"
    r"enterprise|architects|outfit)\s*(?:called\s+|at\s+|from\s+)?)?[,(:–—-]?\s*$"
)
_HIRED = re.compile(
    r"\b(?:hired|engaged|retained|appointed|commissioned|br(?:ought|ings|ing) in|called in|took on|taken on|"
    r"takes on|signed up|signed|"
    r"picked|chosen|selected|instructed|asked|employed|pays|paid|paying|pay|bought|uses|had|turned to|went to|"
    r"gone to|"
    r"(?:contracts?|deal|agreement|partnership|order|work|tender)\s(?:[\w£.,-]+\s){0,5}?(?:with|to|by|from)|"
    r"(?:drawn up|written|conducted|run|provided|supplied|done|produced|prepared|carried out|designed|led|built|"
    r"looked at|reviewed|"
    r"gone over|looked into|staffed|evaluated|cleaned)(?:\s\w+){0,3}?\sby|(?:awarded|handed|given|let|outsourced|"
    r"goes?|went|gone|going)\s(?:[\w£.,-]+\s){0,4}?to|"
    r"spent\s(?:[\w£.,-]+\s){1,6}?(?:with|on)|(?:review|report|advice|study|audit|opinion|help|cover|support|plan|"
    r"software|system|record)\s(?:[\w-]+\s){0,3}?(?:by|from)|"
    r"£[\d.,]+\s?(?:m|bn|k|million)?\s(?:[\w-]+\s){0,4}?(?:to|for|with)|to)\s+" + _DESCRIBED,
    re.I,
)
_IS_HIRED = re.compile(
    r"^,?(?:[^.;]{0,50},)?\s(?:(?:has|have|had|was|were|is|are|will|to|being|be|been|got|"
    r"now)\s){1,3}(?:[\w£.,-]+\s){0,2}?(?:hired|engaged|retained|appointed|"
    r"commissioned|brought in|called in|taken on|signed up|picked|chosen|selected|instructed|paid|awarded|handed|"
    r"given|asked|named)\b"
    r"|^,?\s(?:who|which)\s(?:wrote|drew up|produced|advised|built)\b",
    re.I,
)
_WINS = re.compile(
    r"^,?(?:[^.;]{0,60},)?\s(?:(?:has|have|had|will|to|who|which|is|was|then|also|duly|just)\s){0,3}(?:won|wins|"
    r"win|winning|land(?:s|ed)|secur(?:es|ed)|"
    r"kept|keeps?|retained|took over|takes over|take over|taking over|lost|loses|holds?|held|runs?|provides?|got|"
    r"gets)\s(?:[\w’'£.,-]+\s){0,7}?"
    r"(?:contracts?|deal|work|tender|service|services|order|job|business)\b",
    re.I,
)
_HANDS = re.compile(
    r"\b(?:award(?:s|ed|ing)?|hand(?:s|ed|ing)?|g(?:ive|ives|ave|iven|iving)|let|outsourc\w+|transfer(?:s|red|"
    r"ring)?|pick(?:s|ed|ing)?|"
    r"cho(?:ose|ooses|se|sen|osing)|select(?:s|ed|ing)?|appoint(?:s|ed|ing)?|sign(?:s|ed|ing)?|pa(?:y|ys|id|ying)|"
    r"buy(?:s|ing)?|b(?:ought)|"
    r"commission(?:s|ed|ing)?|ask(?:s|ed|ing)?|entrust\w*|name(?:s|d)?)\b[^.;]{0,80}?"
    r"\b(?:contracts?|deal|service|services|tender|beds|work|agreement|nursing|therapies|care|bidder|pathology|"
    r"transport|111|provider)\b[^.;]{0,50}$"
    r"|\bcontracts? with (?:[\w’'-]+\s){0,3}$|\bbuy(?:s|ing)?\b[^.;]{0,60}\bfrom (?:the )?$",
    re.I,
)
_WORK = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|commission(?:s|ed|ing)?|invit(?:es|ed|ing)|pa(?:ys|id|ying)|hired|brought in|call(?:s|"
    r"ed) in|review|study|report)\b",
    re.I,
)
_LOST = re.compile(r"\b(?:lost out|losing|neither|nor|rival|suing|sue[sd]?|hearing)\b", re.I)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each buyer and seller that a sentence, or two in a row, put together."""
    for line in scene.lines:
        done: set[str] = set()
        for seller in organisations(line.marks):
            if seller.mention.via == "pronoun" or seller.entity.id in done or _loses(scene, line, seller):
                continue
            told = _sure(scene, line, seller) if seller.entity.kind in _SELLERS else None
            if told is None and seller.entity.kind in _PERHAPS | _SELLERS:
                told = _perhaps(scene, line, seller)
            if told is None:
                continue
            buyers, rule, confidence = told
            done.add(seller.entity.id)
            for buyer in buyers:
                if buyer.entity.id == seller.entity.id:
                    continue
                status, _, amount = describe(scene, line, buyer.entity.id, seller.entity.id)
                yield Candidate(
                    "COMMISSIONED", buyer.entity.id, seller.entity.id, line.start, line.end,
                    rule=f"commissioned.{rule}", confidence=confidence, status=status, amount=amount,
                )  # fmt: skip


def _loses(scene: Scene, line: Line, seller: Mark) -> bool:
    before, after = _beside(scene, line, seller)
    return bool(_LOSER_BEFORE.search(before) or _LOSER_AFTER.match(after))


def _sure(scene: Scene, line: Line, seller: Mark) -> tuple[list[Mark], str, float] | None:
    """Buyers of a seller by kind: any public body beside it is likely its client."""
    text = scene.text
    found = organisations(line.marks, _BUYERS)
    buyers = [m for m in found if m.entity.id != seller.entity.id and m.mention.via != "pronoun" and _close(m, seller)]
    for buyer in buyers:
        gap = text[seller.end : buyer.start]
        if not gap or _OWNED.search(gap):
            continue
        if _PASSIVE.search(gap):
            return group(scene, line, buyer), "by", 0.8
        if _SELL.search(gap) and not _LOST.search(gap) and _fits(buyer, seller):
            return group(scene, line, buyer), "sells", 0.85
    for buyer in reversed([m for m in buyers if m.end <= seller.start]):
        gap = text[buyer.end : seller.start]
        if _BUY.search(gap) and not _OWNED.search(gap) and _fits(buyer, seller):
            return group(scene, line, buyer), "buys", 0.9
    if not buyers:
        return _behind(scene, line, seller)
    nearest = min(buyers, key=lambda m: max(m.start - seller.end, seller.start - m.end))
    row = group(scene, line, nearest)
    if not _fits(nearest, seller) or _OWNED.search(line.text) or _NOT_BUYING.search(line.text):
        return None
    if not {m.entity.id for m in buyers} <= {m.entity.id for m in row}:
        return None
    if nearest.entity.kind not in _CLIENTS:
        return None
    return (row, "cue", 0.75) if _CUE.search(line.text) else (row, "together", 0.66)


_REACH = 300
"""How many characters apart a buyer and a seller, or a seller and a word about it, may stand."""


def _close(buyer: Mark, seller: Mark) -> bool:
    return max(buyer.start - seller.end, seller.start - buyer.end) <= _REACH


def _beside(scene: Scene, line: Line, mark: Mark) -> tuple[str, str]:
    """What stands before and after a mark in its sentence, within reach."""
    before = scene.text[max(line.start, mark.start - _REACH) : mark.start]
    return before, scene.text[mark.end : min(line.end, mark.end + _REACH)]


def _fits(buyer: Mark, seller: Mark) -> bool:
    """Whether such a body is often the client of such a one."""
    if seller.entity.kind == "independent_provider":
        return buyer.entity.kind in _COMMISSIONERS
    return True


def _behind(scene: Scene, line: Line, seller: Mark) -> tuple[list[Mark], str, float] | None:
    """The buyer that the sentences before were about, where this one tells of buying but not who buys."""
    before, after = _beside(scene, line, seller)
    how = (
        "hired"
        if _HIRED.search(before)
        else "is_hired"
        if _IS_HIRED.match(after)
        else "wins"
        if _WINS.match(after)
        else None
    )
    if how is None:
        return None
    kinds = _BUYERS if seller.entity.kind == "supplier" else _COMMISSIONERS
    buyers, back = background(scene, line, kinds, reach=2)
    if not buyers:
        return None
    return buyers[:1], f"behind.{how}.{back}", 0.68 if back == 1 else 0.45


def _perhaps(scene: Scene, line: Line, seller: Mark) -> tuple[list[Mark], str, float] | None:
    """Buyers of a body that may sell or buy itself: only where words of contracting stand beside them."""
    text = scene.text
    studies = seller.entity.kind in {"university", "royal_college"}
    for buyer in organisations(line.marks, _BUYERS if studies else _COMMISSIONERS):
        if buyer.entity.id == seller.entity.id or buyer.mention.via == "pronoun" or not _close(buyer, seller):
            continue
        if buyer.end <= seller.start:
            gap = text[buyer.end : seller.start]
            if _OWNED.search(gap):
                continue
            if studies and _WORK.search(gap):
                return group(scene, line, buyer), "study", 0.6
            if not studies and _HANDS.search(gap):
                return group(scene, line, buyer), "hands", 0.8
        elif not studies:
            gap = text[seller.end : buyer.start]
            if _PASSIVE.search(gap) and _CONTRACT.search(line.text):
                return group(scene, line, buyer), "handed", 0.75
            if _WINS.match(gap):
                return group(scene, line, buyer), "wins_from", 0.8
    if not studies and _AWARDED_TO.search(_beside(scene, line, seller)[0]):
        found, _ = background(scene, line, _COMMISSIONERS, reach=3)
        if len(found) == 1:
            return found, "behind.awarded", 0.7
    return None


_AWARDED_TO = re.compile(
    r"\b(?:contracts?|deal|award|tender|services?|nursing|beds|therapies|work)\b[^.;]{0,90}\b(?:award(?:ed)?|went|"
    r"gone|goes?|handed|given|let|ratified)\b[^.;]{0,40}\bto\s+(?:the\s+)?(?:[\w-]+\s+){0,1}$",
    re.I,
)


def triggers(line: Line) -> list[Trigger]:
    """The words of buying and selling in a sentence."""
    return triggers_in(line, [_CONTRACT], [_BUY, _SELL, _CUE])
