"""Where a DISPUTE is fought, whether it is over, and for how much: form, status and sum."""

from __future__ import annotations

import re

from graph.schema import PERSON
from ingest.relations.base import around, following
from ingest.relations.sums import choose, nearby
from ingest.scene import Line, Scene

NATIONAL = frozenset({"regulator", "government"})
SIGNERS = frozenset({"trust", "ics", "icb", "ccg"})
STRIKE = re.compile(
    r"\b(?:strik(?:e|es|ing|ers?)|struck (?:for|over|on)|walk(?:s|ed|ing)? ?-?outs?|walkouts?|ballot(?:s|ed|ing)?|"
    r"pickets?(?:ed|ing)?|picket lines?|industrial action|"
    r"stoppages?|down(?:ed|ing)? (?:tools|mops)|overtime ban|work(?:ing)? to rule|bring(?:s|ing)? .{0,20} out|"
    r"(?:been|are|were) out (?:for|again|since|on)|"
    r"days? of action|pay (?:claim|dispute|row|award))\b",
    re.I,
)
LEGAL = re.compile(
    r"\b(?:judicial(?:ly)? review\w*|high court|court of appeal|supreme court|su(?:e|es|ed|ing)\b|legal (?:action|"
    r"challenge|proceedings|claim)|"
    r"(?:issu|start|begun|began|launch|lodg|brought|bring)\w* (?:\w+ ){0,3}(?:proceedings|claim|action)|(?:to|in|"
    r"into|before) (?:the )?(?:court|courts|law|judge)\b|"
    r"claims? (?:£[\d.,]+\w* )?(?:in|against|at) |see you in court|(?:in|to|before|by|from) (?:a |"
    r"the )?(?:[A-Z]\w+ )*(?:court|judge)\b|(?:award|decision|tender|contract) set aside|"
    r"letters? before (?:action|claim)|writs?|litigat\w+|lawsuit|called in lawyers|instructed (?:lawyers|"
    r"solicitors)|"
    r"(?:solicitors|lawyers) (?:have|has|are|were|for|sent|say)|injunction|proceedings (?:against|for|on)|"
    r"judge (?:ruled|has|found|will|said)|trial)\b",
    re.I,
)
ARBITRATION = re.compile(
    r"\b(?:arbitrat\w+|adjudicat\w+|mediat\w+|expert determination|independent expert|an expert (?:appointed|has|"
    r"called)|referees|panel (?:found|ruled|has|had|awarded|convened|sided|split)|disputes? (?:panel|resolution|"
    r"clause))\b",
    re.I,
)
TOTAL = re.compile(
    r"\b(?:control totals?|spending limit|financial target|number that|sign up to (?:the|its|their|a) (?:number|"
    r"total|target)|put (?:its|their|his|her|my) name to)\b",
    re.I,
)
_RESOLVED = re.compile(
    r"\b(?:settl\w+|resolv\w+|(?:is|was|came|comes|brings?|brought|come) (?:it |them |this |all )?(?:to an end|"
    r"over|ended)|ended|end of (?:the|a)|won\b|lost\b|wins|loses|ruled|ruling|awarded|found (?:for|in favour|"
    r"against)|"
    r"in (?:his|her|its|their) favour|the (?:loser|winner)\b|in favour of|dismissed|"
    r"thr(?:own|ew) out|withdr\w+|dropp?(?:ed|s)|called off|come to terms|came to terms|"
    r"terms (?:agreed|reached)|accepted (?:an|the) offer|reached (?:a|an) (?:deal|agreement|settlement)|"
    r"shaken hands|deal (?:was|is|has)|there is a deal|buried the hatchet|made (?:its|their) peace|paid up|"
    r"must (?:pay|find|hand|settle)|ordered to|upheld|struck out|quashed|"
    r"(?:has|have|had) (?:now )?(?:been )?(?:paid|decided|found|agreed)|landed at|sided with|came down|"
    r"come off worse|judge (?:has|found|said|told)|voted to accept|agreed to (?:pay|share|split|meet)|half each|"
    r"last (?:winter|summer|spring|autumn) .{0,40}(?:ended|settled))\b",
    re.I,
)
_STILL = re.compile(
    r"\b(?:will (?:hear|be heard|begin|decide|go|strike|walk)|begins?|next (?:week|month|year)|is (?:to|due)|"
    r"due (?:to|in)|still|hearing is|has yet|set for|again|continues?|for a ruling)\b",
    re.I,
)
_LOST = re.compile(
    r"\b(?:lost|losing|won|winning) (?:a|an|the|its|their|that|this) (?:\w+ ){0,2}(?:dispute|case|battle|row|fight|"
    r"arbitration|appeal|claim|argument)\b",
    re.I,
)
"""In a sentence or two before or after, too: a row that somebody lost is over."""
_OVER = re.compile(
    r"\b(?:(?:was|were|is|been) (?:settled|resolved|dismissed|withdrawn|dropped|paid)|(?:has|have) (?:paid|"
    r"settled)|shaken hands|half each|ended in|came to terms|found for|landed at|"
    r"(?:panel|judge|arbitrator|adjudicator|court) (?:has )?(?:found|ruled|awarded|gave|told|decided)|was given £)\b",
    re.I,
)


def describe(scene: Scene, line: Line, subject: str, obj: str | None) -> tuple[str | None, str | None, float | None]:
    """Status, form and sum of the conflict that the sentence tells of; its paragraph may tell where it is fought."""
    entities = scene.annotation.entities
    kinds = {entities[e].kind for e in (subject, obj) if e is not None and e in entities}
    form = _form(line.text, kinds)
    if form is None:
        form = next((f for f in (_form(t, kinds) for t in around(scene, line, reach=3)) if f is not None), None)
    if form is None:
        form = (
            "industrial_action"
            if "union" in kinds
            else "control_total"
            if kinds & {"regulator"} and TOTAL.search(line.text)
            else "contract"
        )
    after = following(scene, line)
    lost = any(_LOST.search(other.text) for other in scene.story(line) if abs(other.index - line.index) <= 2)
    status = "open"
    if (_RESOLVED.search(line.text) and not _STILL.search(line.text)) or lost or _OVER.search(after):
        status = "resolved"
    if form in {"control_total", "industrial_action", "policy"}:
        return status, form, None
    amount = choose(scene, line, (subject, obj or ""))
    return status, form, amount if amount is not None else nearby(scene, line, before=True)


def _form(text: str, kinds: set[str]) -> str | None:
    """The form that a sentence's words show for parties of these kinds, or None."""
    if "union" in kinds:
        return "industrial_action" if STRIKE.search(text) else None
    if PERSON in kinds:
        return "tribunal"
    if TOTAL.search(text) and kinds & NATIONAL:
        return "control_total"
    if ARBITRATION.search(text):
        return "arbitration"
    return "legal" if LEGAL.search(text) else None
