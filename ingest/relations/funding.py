"""FUNDING: money that goes, may go or is held back from one named party to another.

A sentence tells it by a verb between the two (gives, gets from, withholds, refuses, bills, fines, owes, repays,
borrows) whose meaning and voice say who pays. Where only a sum and a word of funding stand beside
them, the ranks of the two decide: money comes down from the Treasury through national bodies and
commissioners to those that provide care. Where the sentence leaves the payer out, it is the one spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.relations.base import Candidate, Trigger, organisations, triggers_in
from ingest.relations.funding_parties import MONEY_NOUN, MONEYLESS, OTHER_MONEY, PURSES, SURE, UPWARD, Told, rank
from ingest.relations.funding_terms import describe
from ingest.relations.funding_verbs import by_verb, money_verbs
from ingest.relations.money import find_money
from ingest.scene import Line, Mark, Scene

__all__ = ["describe", "find"]

_BILLS = re.compile(
    r"\b(?:invoic(?:e|es|ed|ing)|bill(?:s|ed)|charg(?:e|es|ed|ing)|fin(?:ed|es|ing)|penalis\w+|(?:sent|sends|"
    r"given|handed|issued|served|hit|slapped) .{0,40}(?:penalty|fine|bill|invoice)|"
    r"counterclaim\w*|(?:wants?|wanted|asked|asks|demand(?:s|ed)?|seeks?|like|seeking to) .{0,60}\b(?:back|return|"
    r"repay|recover))\b",
    re.I,
)
_FINED_BY = re.compile(
    r"\b(?:fined|billed|invoiced|charged|docked|penalised)\b[^.;]{0,60}\bby (?:(?:the|its|their|"
    r"[\w’'£.,%&-]+)\s){0,3}$"
    r"|\b(?:bill|invoice|fine|penalty|demand)\b[^.;]{0,50}\b(?:from|by) (?:(?:the|its|their)\s)?$"
    r"|\bow(?:es|ed|ing)\b[^.;]{0,40}\bto (?:(?:the|its|their)\s)?$|\b(?:behind|arrears) with (?:its|"
    r"their) payments to (?:the )?$"
    r"|\bowes (?:(?:the|its|their)\s)?$",
    re.I,
)
_OWED_BY = re.compile(
    r"\b(?:owed|due|recover\w*|reclaim\w*|outstanding|unpaid|owing)\b[^.;]{0,60}\b(?:by|from) (?:(?:the|its|"
    r"their)\s)?$",
    re.I,
)
_FUNDING_CUE = re.compile(
    r"\b(?:fund(?:s|ed|ing)?|grants?|loans?|le(?:nt|nd)|borrow\w*|cash|money|capital|allocat\w+|award(?:ed|s)?|"
    r"given|gave|giv(?:es|ing)|receiv\w+|g[eo]ts?|"
    r"paid|pays?|paying|payments?|promis\w+|pledg\w+|offer\w*|earmark\w*|bail\w*|support|incentive|sustainability|"
    r"recovery fund|subsid\w+|withh\w+|"
    r"kept|keep|held|forfeit\w*|lost|lose|miss(?:ed|es)? out|released?|set aside|contribut\w+|hand(?:s|ed|ing)?|"
    r"sent|found|find|ask(?:ed|s)?|bid|appl\w+|request\w*|"
    r"refus\w+|turned down|rejected|approved|signed off|bill(?:ed)?|invoice[sd]?|ow(?:e|es|ed|ing)|fine[sd]?|"
    r"repay\w*|return|advanc\w+|put(?:s|ting)? (?:in|up)|expect|"
    r"share|instalment|tranche|slice|cheque|meet|towards|costs|worth|good for|coming|waiting|spare|write off|"
    r"written off|let .{0,20} off|dangled)\b",
    re.I,
)


def find(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for each payer and recipient that a sentence tells of."""
    for line in scene.lines:
        best: dict[frozenset[str], Told] = {}
        for one in (*by_verb(scene, line), *_upward(scene, line), *_by_rank(scene, line), *_item(scene, line)):
            key = frozenset((one.payer, one.recipient))
            if len(key) == 2 and (key not in best or one.confidence > best[key].confidence):
                best[key] = one
        for one in best.values():
            status, form, amount = describe(scene, line, one.payer, one.recipient)
            yield Candidate(
                "FUNDING", one.payer, one.recipient, line.start, line.end, rule=f"funding.{one.rule}",
                confidence=one.confidence, status=status, form=form, amount=amount,
            )  # fmt: skip


def _upward(scene: Scene, line: Line) -> Iterator[Told]:
    """Fines, bills and debts: the one that sends them is paid by the other."""
    money = bool(find_money(line.text))
    if not money and not MONEY_NOUN.search(line.text):
        return
    tag = "" if money else ".nosum"
    marks = [m for m in line.marks if m.mention.via != "pronoun" and m.entity.kind not in MONEYLESS]
    for i, left in enumerate(marks):
        for right in marks[i + 1 :]:
            if right.start - left.end > 130:
                break
            gap = scene.text[left.end : right.start]
            if right.start < left.end or ";" in gap:
                continue
            a, b = left.entity.id, right.entity.id
            if _FINED_BY.search(gap):
                yield Told(a, b, "fined_by" + tag, 0.45 if tag else 0.57)
            elif _OWED_BY.search(gap):
                yield Told(b, a, "owed_by" + tag, 0.45 if tag else 0.7)
            elif _BILLS.search(gap):
                yield Told(b, a, "bills" + tag, 0.5 if tag else 0.85)


_PLAIN = re.compile(
    r"\b(?:le(?:nt|nd)|loans?|grants?|bail\w*|sustainability|incentive|recovery fund|capital|promised|pledged|"
    r"earmarked|withh\w+|deficit support|"
    r"holding back|kept back|held back|forfeit\w*|put in|give[ns]?|gave)\b",
    re.I,
)
_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])?\s*(?:the\s+)?$", re.I)


def _item(scene: Scene, line: Line) -> Iterator[Told]:
    """An item of a list ("- Name, £7m"): the payer stands in the text that leads up to the list."""
    marks = organisations(line.marks)
    if line.passage.kind != "item" or not marks or not find_money(line.text):
        return
    first = marks[0]
    if not _ITEM.match(scene.text[line.start : first.start]) or not re.match(
        r"^[,:]\s+(?:up to |another |a further )?£", scene.text[first.end : line.end]
    ):
        return
    found: list[Mark] = []
    for other in scene.before(line, reach=12):
        if other.passage.kind == "item":
            continue
        found = [m for m in organisations(other.marks, PURSES) if rank(m) > rank(first)]
        if found:
            break
    payers = {m.entity.id for m in found}
    if len(payers) == 1:
        yield Told(payers.pop(), first.entity.id, "item", 0.85)


def _by_rank(scene: Scene, line: Line) -> Iterator[Told]:
    """A sum, a word of funding, and two bodies of which one funds the other."""
    if not find_money(line.text) or not _FUNDING_CUE.search(line.text) or UPWARD.search(line.text):
        return
    marks = [m for m in organisations(line.marks) if m.mention.via != "pronoun" and rank(m)]
    top = max((rank(m) for m in marks), default=0)
    if top < 4:
        return
    payers = {m.entity.id: m for m in marks if rank(m) == top}
    recipients = {m.entity.id: m for m in marks if rank(m) < top}
    if len(payers) != 1 or not recipients:
        return
    if OTHER_MONEY.search(line.text) and not _PLAIN.search(line.text):
        return
    many = ".many" if len(recipients) > 1 else ""
    payer = next(iter(payers.values()))
    if payer.entity.kind == "ics" and many:
        return  # a system is named with its members far more often than it pays them
    for recipient in recipients.values():
        rule = f"ranks.{payer.entity.kind}{many}"
        yield Told(payer.entity.id, recipient.entity.id, rule, SURE.get(rule, 0.5))


def triggers(line: Line) -> list[Trigger]:
    """The words of payment in a sentence; they tell something only beside a sum."""
    patterns = [_BILLS, _FUNDING_CUE]
    telling = bool(find_money(line.text)) and not OTHER_MONEY.search(line.text)
    found = triggers_in(line, patterns if telling else (), () if telling else patterns)
    met = {t.start for t in found}
    found += [Trigger(t.start, t.end, False) for t in money_verbs(line) if t.start not in met]
    return sorted(found, key=lambda t: (t.start, t.end))
