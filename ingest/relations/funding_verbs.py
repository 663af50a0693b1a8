"""FUNDING told by a verb: who gives, gets, asks for, keeps, refuses, bills or owes.

The verb's class and voice say which of its subject, objects and prepositional phrases pays and which is
paid. Where the sentence leaves one out or says "it", that one is the body last spoken of that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parse import Token
from ingest.relations.base import background, dependents, group, organisations, subject_of
from ingest.relations.funding_parties import FUNDED, MONEY_NOUN, OTHER_MONEY, PURSES, SURE, UPWARD, Told, party, rank
from ingest.relations.money import find_money
from ingest.scene import Line, Mark, Scene

_VERBS: dict[str, str] = {
    "gives": """give hand grant award allocate offer promise pledge lend advance send pay provide find contribute
        earmark release approve agree slip fund meet cover throw toss announce underwrite transfer
        donate pump cough stump steer invest reimburse compensate subsidise dangle reward spare
        confirm guarantee inject supply chip put add set sign write allow channel bail share
        sanction forward wire""",
    "gets": "get receive secure win bank pocket earn borrow collect land draw accept obtain have",
    "asks": "ask apply bid request seek plead appeal lobby beg petition",
    "keeps": "withhold keep hold dock retain suspend cut stop claw trim halve park freeze deduct forfeit",
    "refuses": "refuse reject decline turn deny knock rebuff",
    "bills": "invoice bill charge fine penalise",
    "owes": "owe repay return refund reimburse",
}
"""What a verb's subject does with the money, by lemma."""
_CLASS = {lemma: name for name, lemmas in reversed(_VERBS.items()) for lemma in lemmas.split()}
_PARTICLE = re.compile(
    r"^(?:set (?:\w+ )?(?:aside|by)|sign(?:ed|s|ing)? off|wr(?:ite|ote|itten|ites|iting) off|put|ma(?:ke|de|"
    r"kes) good|bail\w*|chip\w* in|"
    r"hand|hold|held|turn(?:ed|s|ing)? (?:it |them )?(?:down|away)|knock\w* back|cut|stop|add|let)",
    re.I,
)
_NEEDS_PARTICLE = frozenset({"set", "sign", "write", "turn", "knock", "hold"})
_W = r"[\w’'£.,%&-]+"
_TO = re.compile(
    r"\b(?:to|for|towards?|into|at|upon)\s+(?:both\s+)?(?:(?:the|its|their|a|an|each|all|of|help|local|struggling|"
    r"neighbouring|" + _W + r")\s+){0,3}$",
    re.I,
)
_FROM = re.compile(
    r"\b(?:from|by|off|out of|courtesy of)\s+(?:both\s+)?(?:(?:the|its|their|a|an|" + _W + r")\s+){0,2}$", re.I
)
_DIRECT = re.compile(
    r"^\s*(?:(?:the|its|their|both|each|back|over|poor|neighbouring|local|down|away|" + _W + r")\s+){0,2}$", re.I
)
_DOWNWARD = frozenset({"gives", "given", "gets", "keeps", "asks", "refuses"})
_BACKED = frozenset({"trust", "ics", "icb", "ccg", "charity", "independent_provider"})
_BESIDE = re.compile(r"\b(?:by|at|in|from|with|under|behind)\s+(?:the\s+|its\s+)?$", re.I)
"""What stands before a name that is inside a subject without being it ("an expert appointed by ...")."""
_IT = re.compile(r"^\s(?:it|them|us|her|him|me|you)\b", re.I)
_WORK = re.compile(r"\b(?:contracts?|deal|tender|work|job|services?|agreement)\b", re.I)
_LISTED = re.compile(
    r"^(?:\s+(?:in|at|of|the)\s+[\w’'-]+)?[,:]?\s+(?:(?:got|gets|received|was|only|a further|just|will get|"
    r"another)\s+){0,2}(?=£)",
    re.I,
)


def by_verb(scene: Scene, line: Line) -> Iterator[Told]:
    """Payers and recipients that the verbs of a sentence tell of, near a sum or a word for money."""
    for token in line.tokens:
        kind = _CLASS.get(token.lemma) if token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"} else None
        if kind is None:
            continue
        near = scene.text[max(line.start, token.start - 70) : min(line.end, token.end + 110)]
        money = bool(find_money(near))
        if not money and not MONEY_NOUN.search(near):
            continue
        if token.lemma in _NEEDS_PARTICLE and not _PARTICLE.match(scene.text[token.start : token.start + 30]):
            continue
        if token.lemma == "have" and not find_money(scene.text[token.end : token.end + 14]):
            continue
        for payer, recipient, rule in _frame(scene, line, token, kind):
            sure = SURE.get(rule, 0.6)
            yield Told(payer, recipient, rule if money else rule + ".nosum", sure if money else round(sure * 0.65, 2))


def money_verbs(line: Line) -> Iterator[Token]:
    """The verbs of a sentence that may tell of money, whatever stands beside them."""
    return (t for t in line.tokens if t.pos == "VERB" and t.lemma in _CLASS and t.lemma != "have")


def _frame(scene: Scene, line: Line, verb: Token, kind: str) -> Iterator[tuple[str, str, str]]:
    """Payer, recipient and rule as the verb's class and voice say."""
    passive = bool(dependents(line, verb.i, frozenset({"auxpass", "nsubjpass"}))) or (
        verb.tag == "VBN" and verb.dep in {"acl", "relcl"}
    )
    subjects = [
        m
        for m in subject_of(line, verb.i)
        if m.start < verb.start and party(m) and not _BESIDE.search(scene.text[: m.start][-24:])
    ]
    if not subjects and verb.dep == "acl":
        subjects = [m for m in line.marks if m.first <= verb.head < m.last and party(m)]
    after = [
        m
        for m in line.marks
        if m.start >= verb.end and m.start - verb.end < 130 and party(m) and m.mention.via != "pronoun"
    ]
    direct = [
        m
        for m in after
        if _DIRECT.match(scene.text[verb.end : m.start]) and not _FROM.search(scene.text[verb.end : m.start])
    ]
    onto = [m for m in after if _TO.search(scene.text[verb.end : m.start])]
    source = [m for m in after if _FROM.search(scene.text[verb.end : m.start])]
    goal = (direct or onto)[:1]
    lead = subjects[:1]
    object_pronoun = _IT.match(scene.text[verb.end : verb.end + 8]) is not None
    if kind == "gives":
        if passive:
            yield from _pairs(
                scene, line, source[:1] or _purse(scene, line, lead), lead, "given" if source else "given.behind"
            )
        elif goal and not object_pronoun:
            yield from _pairs(scene, line, lead or _purse(scene, line, goal), goal, "gives" if lead else "gives.behind")
        elif lead:
            yield from _pairs(
                scene, line, lead, _needy(scene, line, lead[0]), "gives.it" if object_pronoun else "gives.nobody"
            )
    elif kind == "gets" and not passive:
        yield from _pairs(
            scene, line, source[:1] or _purse(scene, line, lead), lead, "gets" if source else "gets.behind"
        )
    elif kind == "asks" and not passive:
        payers = goal or source[:1]
        if payers:
            yield from _pairs(
                scene, line, payers, lead or _needy(scene, line, payers[0]), "asks" if lead else "asks.behind"
            )
    elif kind == "keeps":
        if not passive and lead:
            yield from _pairs(
                scene, line, lead, source[:1] or _needy(scene, line, lead[0]), "keeps" if source else "keeps.behind"
            )
    elif kind == "refuses":
        if not passive and lead:
            yield from _pairs(
                scene,
                line,
                lead,
                direct[:1] or onto[:1] or _needy(scene, line, lead[0]),
                "refuses" if direct or onto else "refuses.behind",
            )
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


def _purse(scene: Scene, line: Line, lead: list[Mark]) -> list[Mark]:
    """Who pays where the sentence does not say: the purse that stands above, last spoken of."""
    if not lead:
        return []
    here = [m for m in line.marks if m.end <= lead[0].start and rank(m) > max(rank(lead[0]), 3)]
    if here:
        return here[-1:]
    found, _ = background(scene, line, PURSES, reach=3)
    fit = [m for m in found if rank(m) > rank(lead[0])]
    return fit[:1] if len(fit) == 1 else []


def _needy(scene: Scene, line: Line, payer: Mark) -> list[Mark]:
    """Who is paid where the sentence says "it" or nothing: the body below, last spoken of."""
    here = [m for m in line.marks if m.end <= payer.start and 0 < rank(m) < rank(payer)]
    if here:
        return here[-1:]
    found, _ = background(scene, line, FUNDED, reach=3)
    fit = [m for m in found if 0 < rank(m) < rank(payer)]
    return fit[:1] if len(fit) == 1 else []


def _pairs(
    scene: Scene, line: Line, payers: list[Mark], recipients: list[Mark], rule: str
) -> Iterator[tuple[str, str, str]]:
    head = rule.split(".")[0]
    for payer in payers:
        for recipient in recipients:
            if head in _DOWNWARD and (rank(payer) < rank(recipient) or UPWARD.search(line.text)):
                continue
            if rule.endswith(".behind") and (recipient.entity.kind not in _BACKED or OTHER_MONEY.search(line.text)):
                continue
            if (
                head == "gives"
                and recipient.entity.kind in {"supplier", "independent_provider"}
                and _WORK.search(line.text)
            ):
                continue
            for one in group(scene, line, payer):
                for other in group(scene, line, recipient):
                    yield one.entity.id, other.entity.id, rule
            if head in _DOWNWARD:
                for other in _listed(scene, line, recipient, payer):
                    yield payer.entity.id, other.entity.id, head + ".list"


def _listed(scene: Scene, line: Line, recipient: Mark, payer: Mark) -> list[Mark]:
    """Others in a list like "A was sent £3m and B £2m": each name with its sum right after it."""
    return [
        m
        for m in organisations(line.marks)
        if m.start > recipient.end
        and m.entity.id not in {recipient.entity.id, payer.entity.id}
        and 0 < rank(m) <= max(rank(recipient), 1) + 2
        and _LISTED.match(scene.text[m.end : line.end])
    ]
