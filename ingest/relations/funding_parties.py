"""Who pays whom by kind, and words of money, for the modules that find FUNDING.

Money comes down from the Treasury through national bodies and commissioners to those that provide care; it
goes up only as fines, bills and debts, and to landlords, tax collectors and the like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.scene import Mark

_RANK = {
    "government": 6, "regulator": 5, "icb": 4, "ics": 4, "ccg": 4, "local_authority": 4, "trust": 2, "charity": 1,
    "independent_provider": 1, "other": 1, "university": 1,
}  # fmt: skip
"""Where a kind stands on money's way down; 0 for those that only sell or only owe."""
PURSES = frozenset({"government", "regulator", "icb", "ics", "ccg", "local_authority"})
FUNDED = frozenset({"trust", "ics", "icb", "ccg", "independent_provider", "charity"})
MONEYLESS = frozenset(
    {"media", "union", "parliamentary_committee", "political_party", "think_tank", "person", "royal_college"}
)
_NO_PURSE = re.compile(
    r"\b(?:court|tribunal|commission|audit|ombudsman|competition|inspectors?|inspectorate|executive|information|"
    r"parliament|"
    r"commons|professional|medical council|nursing and midwifery|\w*fund|programme|healthwatch)\b|^nhs$",
    re.I,
)
_CREDITOR = re.compile(
    r"\b(?:property services|hmrc|revenue and customs|information commissioner|resolution|health and safety)\b", re.I
)
"""Public bodies to which money is owed as to a landlord, an insurer or a court: it goes up to them, not down."""
UPWARD = re.compile(
    r"\b(?:fin(?:e|es|ed|ing)|penalt(?:y|ies)|invoic\w+|bill(?:s|ed)?|rent demand|(?:is|was|were|are|still|"
    r"being) owed|owes|owing|repa(?:y|id|ys|ying)\w*|"
    r"(?:want|wants|wanted|have|get|got|give|gave|hand|pay) .{0,40}\bback|dock(?:s|ed)|in vat|wrongly paid|refund|"
    r"return)\b",
    re.I,
)
MONEY_NOUN = re.compile(
    r"\b(?:loans?|grants?|funding|bail-?outs?|allocations?|subsid(?:y|ies)|cash|money|capital|incentive|"
    r"sustainability (?:and transformation )?(?:fund|money|cash)|"
    r"fines?|penalt(?:y|ies)|invoices?|bill|arrears|rent|debts?|rescue|deficit support|instalment|payments?|"
    r"a (?:penny|bean|farthing))\b",
    re.I,
)
OTHER_MONEY = re.compile(
    r"\b(?:deficit|overspen\w+|adrift|in the red|surplus|turnover|losing|lost £|agency (?:bill|spend)|savings?|"
    r"worse than|black hole|budget of|"
    r"rated|inspect\w+|inadequate|owned by|acqui\w+|takeover|merg\w+|capped|barred|licence|save £|overshot|"
    r"members?|expert|arbitrat\w+)\b",
    re.I,
)
SURE = {
    "gives": 0.67,
    "gives.nobody": 0.74,
    "gives.it": 0.67,
    "gives.behind": 0.78,
    "given": 0.83,
    "given.behind": 0.5,
    "gets": 0.8,
    "gets.behind": 0.8,
    "given.list": 0.85,
    "gets.list": 0.85,
    "gives.list": 0.85,
    "asks": 0.83,
    "asks.behind": 0.62,
    "keeps": 0.85,
    "keeps.behind": 0.85,
    "refuses": 0.7,
    "refuses.behind": 0.67,
    "bills": 0.85,
    "fined": 0.7,
    "owed": 0.7,
    "owes": 0.6,
    "ranks.government": 0.92,
    "ranks.government.many": 0.85,
    "ranks.regulator": 0.69,
    "ranks.regulator.many": 0.7,
    "ranks.icb": 0.85,
    "ranks.ccg": 0.8,
    "ranks.ccg.many": 0.5,
    "ranks.local_authority": 0.7,
    "ranks.local_authority.many": 0.5,
    "ranks.ics": 0.6,
}
"""How often each rule was right on annotated briefings, optional statements counted as right."""


@dataclass(frozen=True, slots=True)
class Told:
    """Payer and recipient (entity ids) as one rule told them, and how often that rule is right."""

    payer: str
    recipient: str
    rule: str
    confidence: float


def rank(mark: Mark) -> int:
    """Where a body stands on money's way down: 0 for those that money does not come down to or from."""
    name = mark.entity.name
    return 0 if _NO_PURSE.search(name) or _CREDITOR.search(name) else _RANK.get(mark.entity.kind, 0)


def party(mark: Mark) -> bool:
    """Whether a body may pay or be paid at all: no courts, media, unions or named funds."""
    return mark.entity.kind not in MONEYLESS and not _NO_PURSE.search(mark.entity.name)
