"""Words of regulatory acts: how text tells an inspection, a rating, special measures and the like.

One entry a form of REGULATORY_ACTION, in the order in which they are tried; `sure` is how well the words
alone tell the act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """A form of regulatory action, the words that tell it, and how sure they are (0–1)."""

    form: str
    pattern: re.Pattern[str]
    sure: float


def _act(form: str, sure: float, *words: str) -> Act:
    return Act(form, re.compile(r"\b(?:" + "|".join(words) + r")", re.I), sure)


ACTS = (
    _act(
        "special_measures",
        0.9,
        r"special measures|recovery support|segment (?:four|4)\b|success regime|challenged provider|"
        r"intensive support|segment 4",
    ),
    _act(
        "rating",
        0.85,
        r"rat(?:ed|es|ing|ings)\b|requires?[- ]improvement|[“\"‘']?inadequate[”\"’']?|"
        r"found (?:it|them)? ?(?:to be )?(?:inadequate|outstanding|wanting)|"
        r"outstanding\b(?=[”\"’']? (?:by|from|rating|trust|last|in|overall))|"
        r"marked (?:it )?(?:down|up) (?:from|to)|downgrad\w+|upgrad\w+|segment (?:one|two|three|1|2|3)\b",
    ),
    _act(
        "enforcement",
        0.85,
        r"warning notices?|enforcement|licen[cs]e conditions?|"
        r"conditions? (?:on|to) (?:its|the|their) licen[cs]e|undertakings|"
        r"breach of (?:its|the|their) (?:terms|licen[cs]e|conditions|authori\w+)|section 29a?|"
        r"legal directions?|directions\b|prosecut\w+|section 31|in breach|significant breach|"
        r"broke its licen[cs]e|fined\b|improvement notice",
    ),
    _act(
        "investigation",
        0.75,
        r"investigat\w+|inquir(?:y|ies)|enquir(?:y|ies)|probe\b|external review|independent review|"
        r"rapid review|looking into|phase (?:one|two|1|2)\b|referred to the",
    ),
    _act(
        "inspection",
        0.8,
        r"inspect(?:ed|ion|ions|ors|or|s|ing)?\b|called unannounced|unannounced visit|follow-up visit",
    ),
    _act(
        "restriction",
        0.75,
        r"capped expenditure|agency controls?|spending controls?|restrict(?:ed|ion|ions|s)\b|"
        r"stopped (?:it|them|us|the \w+) from|suspend(?:ed|s)\b|capital controls?|"
        r"no (?:new|more) (?:patients|admissions|residents)|double[- ]lock|"
        r"recruitment (?:freeze|controls?)|without (?:its|prior) (?:permission|approval|leave)|"
        r"must (?:now )?send|banned from|financial controls?|performance regime",
    ),
    _act(
        "approval",
        0.7,
        r"approv(?:e|es|ed|al|als|ing)\b|clear(?:ed|ance|s)\b|green light|go-ahead|"
        r"sign(?:ed|s|ing)?[- ]off|(?:the|its|a) nod\b|bless(?:ed|ing)|waved? (?:it )?(?:on|through)|"
        r"wav(?:ed|ing) (?:on|through)|consent(?:ed|s)?\b|permission|must (?:agree|clear|rule|decide|say)|"
        r"final say|say[- ]so|rubber[- ]stamp\w*|subject to the agreement|authoris\w+|block(?:ed|s)?\b|"
        r"turned down|rejected\b|prohibit\w+|assur(?:e|ed|ance) process|give its verdict|all[- ]clear",
    ),
)
