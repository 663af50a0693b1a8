"""What the words in and around a run of capitals say it is.

Evidence is gathered for each run where it stands and added up over all runs of one spelling in the
briefing: for a person (a title, a role, a verb of speech, a given name), for a body ("the consultancy X",
"X, which …") and its kind. One weak hint never makes an entity of a run, and a run about which the words
say nothing is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest.forms import FORMS, core
from ingest.mentions import Candidate, Line
from ingest.names import GENERIC, Word, vocabulary
from ingest.runs import LETTERS, ROLES_BEFORE, Run

_ROLES_AFTER = vocabulary(
    "executive chair chairman chairwoman director officer secretary minister leader president head boss chief "
    "analyst spokesman spokeswoman spokesperson surgeon nurse midwife founder mp manager commissioner chancellor "
    "adviser organiser economist treasurer patient consultant host gp barrister coroner"
)
_SPEECH = vocabulary(
    "said says told tells warned warns added adds argued argues insisted insists wrote writes thinks believes "
    "explained explains joins retires retired resigned resigns quit quits steps stepped chairs chaired leads led "
    "hopes asked replied conceded recalls laughs laughed sighs shrugs tweeted reckons"
)
_COPULAS = vocabulary("is was has had will becomes became")
_LED_BY = tuple(
    (verb, word)
    for verbs, word in (
        (("led", "chaired", "headed", "succeeded", "replaced", "followed"), "by"),
        (("successor", "replacement", "predecessor"), "is"),
        (("successor", "replacement", "predecessor"), "was"),
    )
    for verb in verbs
)
_BODY_NOUNS: Mapping[str, str] = {
    noun: kind
    for kind, nouns in (
        (
            "supplier",
            "consultancy consultancies consultants consulting accountants accountant auditors auditor lawyers "
            "solicitors "
            "solicitor firm contractor contractors builder builders supplier suppliers headhunter headhunters agency "
            "vendor subsidiary landlord developer developers advisers software architects advisors lender company "
            "companies laundry outsourcer caterer maker manufacturer startup",
        ),
        (
            "independent_provider",
            "operator provider enterprise bidder clinics homes hospitals chain co-operative cooperative",
        ),
        ("charity", "charity hospice campaigners campaign"),
        ("think_tank", "tank thinktank"),
        ("union", "union"),
        ("trust", "trust neighbour ft trusts"),
        ("ccg", "ccg pct ccgs pcts commissioning"),
        ("icb", "icb icbs"),
        ("ics", "ics icss system systems stp stps footprint footprints economy economies"),
        ("media", "newspaper paper magazine"),
        ("university", "university"),
    )
    for noun in nouns.split()
}
_HIRES = (
    ("brought", "in"),
    ("bring", "in"),
    ("called", "in"),
    ("hired",),
    ("hiring",),
    ("engaged",),
    ("partner", "at"),
    ("consultants", "from"),
    ("taken", "on"),
    ("paid",),
    ("awarded", "to"),
    ("contract", "to"),
    ("contract", "with"),
    ("deal", "with"),
    ("report", "by"),
    ("report", "from"),
    ("review", "by"),
    ("agreement", "with"),
    ("to", "pay"),
    ("pays",),
)
_HIRED = (("was", "paid"), ("were", "paid"), ("is", "paid"), ("had", "been", "paid"), ("was", "taken", "on"))
NOT_PERSONS = vocabulary(
    "plc ltd limited llp group hospital hospitals trust trusts valley council county university college hospice "
    "infirmary partners health care service services centre street road house park court review report inquiry "
    "act bill plan fund day times news morning evening weekly daily podcast award awards foundation committee "
    "commission board authority department office agency institute union association network school ward unit "
    "general teaching systems solutions digital bank city district coast vale england wales scotland britain "
    "london bay labs diagnostics holdings logic sea facilities island islands wing lodge grange clinic"
)


_CORRECTED = ("trust", "supplier", "independent_provider", "charity")
_ARTICLES = vocabulary("a an the another its one formerly our their")
_PHRASE_END = vocabulary(", . ; : who which that of to for in at")
_OF_WHICH = (("with", "which"), ("of", "which"), ("to", "which"), ("for", "which"))
_NO_BODIES = ("GPE", "LOC", "NORP", "DATE", "FAC", "EVENT", "LAW")
"""spaCy's labels of what an apposition does not make a body."""
_SURNAMES = ("st", "west", "north", "new")
"""Words that mostly tell nothing but may be a surname or part of one."""
_SURNAMES_TOO = vocabulary("bill lodge grange park day court house wing street bank")
_ROYAL = ("st", "queen", "king", "princess", "duchess")
COMMON = frozenset(" ".join(f) for f in FORMS) | vocabulary("nhs ft mps gps mp gp pfi covid trust department")
"""Capitals that are no name by themselves."""


@dataclass(slots=True)
class Evidence:
    """What all runs of one spelling say together: points for a person, and for a body of each kind."""

    person: float = 0.0
    body: dict[str, float] = field(default_factory=dict)

    def add(self, kind: str, points: float) -> None:
        self.body[kind] = self.body.get(kind, 0.0) + points

    @property
    def best(self) -> tuple[str, float]:
        return max(self.body.items(), key=lambda x: x[1], default=("", 0.0))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Common given names, lower case: a hint that a run is a person, never a proof."""
    path = Path(__file__).with_name("data") / "given_names.txt"
    return frozenset(path.read_text(encoding="utf-8").lower().split())


def weigh(line: Line, run: Run, labels: Mapping[int, str], evidence: Evidence) -> None:
    """Add what the words in and around a run say; `labels` gives spaCy's entity label at a token's offset."""
    words = line.words
    span = [w for w in words[run.first : run.last] if w.key != "."]
    before = [w.key for w in words[max(0, run.first - 3) : run.first]]
    after = [w.key for w in words[run.last : run.last + 3]] + ["", "", ""]
    label = [labels.get(w.start, "") for w in span]
    _weigh_person(line, run, span, before, after, label, evidence)
    if any(w.text == "&" for w in span) and " & " in run.text:
        evidence.add("supplier", 3)
    if after[0] == "which" or (after[0] == "," and (after[1] == "which" or tuple(after[1:3]) in _OF_WHICH)):
        evidence.add("", 2)
    noun = _noun_before(words, run.first)
    if noun:
        evidence.add(noun, 3.5)
    if sum(x == "ORG" for x in label) * 2 > len(span):
        evidence.add("", 0.6)
    placed = all(x in _NO_BODIES for x in label)
    noun = _noun_after(words, run.last, near=placed)
    if noun and not words[run.last - 1].bare:
        evidence.add(noun, 2.5)
    if placed:
        return
    hired = any(tuple(after[: len(h)]) == h for h in _HIRED)
    if hired or any(tuple(before[-len(h) :]) == h for h in _HIRES):
        evidence.add("supplier", 1.2)


def told_kinds(lines: Sequence[Line], found: Iterable[Candidate]) -> dict[tuple[str, ...], str]:
    """Core of a name → its kind, where the words around an unknown body correct what its form alone would say.

    "Rowan Gate Healthcare, a private company," is no trust for all its name.
    """
    kinds: dict[tuple[str, ...], str] = {}
    for c in found:
        if c.aliases or c.form is None or not c.form.weak or c.form.kind not in _CORRECTED:
            continue
        words = lines[c.line].words
        noun = _noun_before(words, c.first) or ("" if words[c.last - 1].bare else _noun_after(words, c.last))
        private = c.first > 1 and "private" in (words[c.first - 1].key, words[c.first - 2].key)
        if c.form.kind != "supplier" and (private or noun == "supplier"):
            noun = "independent_provider"
        if noun in _CORRECTED:
            kinds.setdefault(core(c.text), noun)
    return kinds


def _weigh_person(
    line: Line,
    run: Run,
    span: Sequence[Word],
    before: Sequence[str],
    after: Sequence[str],
    label: Sequence[str],
    evidence: Evidence,
) -> None:
    given = span[0].key in given_names()
    if any(_impersonal(w, given) for w in span):
        evidence.person -= 3
    if span[0].key in _ROYAL or any(w.text.isupper() and len(w.text) > 3 for w in span):
        evidence.person -= 3
    if run.title:
        evidence.person += 3
        return
    if before[-1:] in (["the"], ["a"], ["an"]):
        evidence.person -= 2
    if len(span) < 2:
        return
    if sum(x == "PERSON" for x in label) * 2 > len(span):
        evidence.person += 1
    if given:
        evidence.person += 1.5
    elif len(span[0].text) == 1:
        evidence.person += 1
    if before[-1:] and before[-1] in ROLES_BEFORE:
        evidence.person += 1.5
    if before[-1:] in ([","], [":"]) and len(before) > 1 and before[-2] in ROLES_BEFORE:
        evidence.person += 1.5
    if before[-1:] in (["said"], ["says"]):
        evidence.person += 1
    if line.words[run.last - 1].bare:
        return
    if after[0] in LETTERS:
        evidence.person += 2.5
    if after[0] in _SPEECH:
        evidence.person += 1
    if after[0] in _COPULAS and _role_after(line.words, run.last + 1):
        evidence.person += 1
    if tuple(before[-2:]) in _LED_BY:
        evidence.person += 1.5
    if "who" in after[:2]:
        evidence.person += 2
    elif "whose" in after[:2]:
        evidence.person += 0.5
    if after[0] == "," and (after[1].isdigit() or _role_after(line.words, run.last + 1)):
        evidence.person += 1.5


def _impersonal(word: Word, given: bool) -> bool:
    """Whether a word is hardly part of a person's name; after a given name more words may be one."""
    if given and word.key in _SURNAMES_TOO:
        return False
    return word.key in NOT_PERSONS or (word.key in GENERIC and word.key not in _SURNAMES)


def _role_after(words: Sequence[Word], start: int) -> bool:
    for word in words[start : start + 7]:
        if word.key in (",", ".", ";", ":"):
            return False
        if word.key in _ROLES_AFTER:
            return True
    return False


def _noun_before(words: Sequence[Word], first: int) -> str:
    """The kind of a body noun right before a run: "the consultancy X", "a charity, X"."""
    i = first - 1
    if i >= 0 and words[i].key == ",":
        i -= 1
    if i >= 0 and words[i].key in ("called", "named"):
        i -= 1
    if i < 0 or words[i].capital or (i == first - 1 and words[i].key in ("provider", "trust", "systems", "system")):
        return ""
    kind = _BODY_NOUNS.get(words[i].key, "")
    return "independent_provider" if words[i].key == "enterprise" and words[i - 1].key != "social" else kind


def _noun_after(words: Sequence[Word], last: int, *, near: bool = False) -> str:
    """The kind that an apposition tells: "X, the social enterprise", "X, accountants,"; `near`: in its first words."""
    if last + 1 >= len(words) or words[last].key not in (",", "("):
        return ""
    articled = words[last + 1].key in _ARTICLES
    for i, word in enumerate(words[last + 1 : last + (4 if near else 8)]):
        if word.key in _PHRASE_END:
            return ""
        if word.bare:
            return ""
        kind = _BODY_NOUNS.get(word.key, "")
        following = words[last + 2 + i].key if last + 2 + i < len(words) else ""
        if kind and (articled or i == 0 or following in (",", ".")) and following not in _BODY_NOUNS:
            return kind
    return ""
