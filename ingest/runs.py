"""Runs of capitals that no known name covers, and what the words around them say they are.

Evidence is gathered for each run where it stands and added up over all runs of one spelling in the
briefing: for a person (a title, a role, a verb of speech, a given name), for a body ("the consultancy X",
"X, which …") and its kind. One weak hint never makes an entity of a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest.mentions import Line
from ingest.names import GENERIC, STOP, TITLES, Word, vocabulary

_PARTICLES = vocabulary("de da del van von der den di bin ibn al ap")
ROLES_BEFORE = vocabulary(
    "executive chair chairman chairwoman chairperson director officer secretary minister leader president head "
    "boss chief analyst spokesman spokeswoman spokesperson governor surgeon nurse midwife consultant economist "
    "author commissioner chancellor correspondent columnist editor barrister mp mps peer adviser advisor "
    "successor predecessor deputy official negotiator organiser convenor founder treasurer manager physician "
    "psychiatrist gp specialist counterpart coroner tsar patient porter vice expert owner host reporter reader "
    "fellow trustee matron registrar pharmacist paramedic"
)
ROLES_AFTER = vocabulary(
    "executive chair chairman chairwoman director officer secretary minister leader president head boss chief "
    "analyst spokesman spokeswoman spokesperson surgeon nurse midwife founder mp manager commissioner chancellor "
    "adviser organiser economist treasurer patient consultant host gp barrister coroner"
)
_SPEECH = vocabulary(
    "said says told tells warned warns added adds argued argues insisted insists wrote writes thinks believes "
    "explained explains joins retires retired resigned resigns quit quits steps stepped chairs chaired leads led "
    "hopes asked replied conceded recalls laughs laughed sighs shrugs tweeted reckons"
)
_BODY_NOUNS: Mapping[str, str] = {
    noun: kind
    for kind, nouns in (
        (
            "supplier",
            "consultancy consultancies consultants consulting accountants accountant auditors auditor lawyers solicitors "
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
        ("ccg", "ccg pct ccgs pcts"),
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
)
_NOT_PERSONS = vocabulary(
    "plc ltd limited llp group hospital hospitals trust trusts valley council county university college hospice "
    "infirmary partners health care service services centre street road house park court review report inquiry "
    "act bill plan fund day times news morning evening weekly daily podcast award awards foundation committee "
    "commission board authority department office agency institute union association network school ward unit "
    "general teaching systems solutions digital bank city district coast vale england wales scotland britain "
    "london bay labs diagnostics holdings logic sea facilities island islands wing lodge grange clinic"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` (exclusive) of a line, all capitals; `titled` counts the title before them."""

    line: int
    first: int
    last: int
    start: int
    end: int
    text: str
    title: str
    heading: bool

    @property
    def size(self) -> int:
        return self.last - self.first


@dataclass(slots=True)
class Evidence:
    """What all runs of one spelling say together: points for a person, and for a body of each kind."""

    person: float = 0.0
    body: dict[str, float] = field(default_factory=dict)
    thing: float = 0.0

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


def runs(line: Line, taken: set[tuple[int, int]]) -> Iterator[Run]:
    """The runs of a line that touch no taken word, in order."""
    i = 0
    while i < len(line.words):
        if not line.words[i].text[0].isupper() or (line.index, i) in taken:
            i += 1
            continue
        last = _run_end(line, i, taken)
        found = _trim(line, i, last)
        if found:
            yield found
        i = max(last, i + 1)


def _run_end(line: Line, first: int, taken: set[tuple[int, int]]) -> int:
    words = line.words
    i = first
    while i < len(words) and (line.index, i) not in taken:
        word = words[i]
        if i > first and line.slice(words[i - 1].end, word.start) not in (" ", "-", "–", "") and word.key != ".":
            break
        if word.key == "." and i > first and _initial(line, i):
            i += 1
            continue
        joined = i > first and i + 1 < len(words) and words[i + 1].capital and (line.index, i + 1) not in taken
        if not (word.text[0].isupper() or (joined and (word.key in _PARTICLES or word.text == "&"))):
            break
        i += 1
        if word.bare:
            break
    return i


def _initial(line: Line, i: int) -> bool:
    """Whether a full stop closes an initial ("E. Pargeter") and no question's label ("Q. Is it?")."""
    words = line.words
    if len(words[i - 1].text) != 1 or words[i - 1].key in ("q", "a") or i + 1 >= len(words):
        return False
    after = words[i + 1]
    return after.capital and after.key not in STOP and not _common(line, after)


def _trim(line: Line, first: int, last: int) -> Run | None:
    words = line.words
    title, begin = "", first
    while first < last:
        word = words[first]
        if word.key in TITLES:
            if not title:
                begin = first
            title = f"{title} {word.text}".strip()
        elif word.key in STOP or (
            title == "" and last - first > 1 and (word.key in ROLES_BEFORE or (word.start in line.opening and _common(line, word)))
        ):
            title = ""
        elif word.key != "." or not title:
            break
        first += 1
    if first >= last:
        return None
    begin = begin if title else first
    end = words[last - 1].name_end if words[last - 1].key != "." else words[last - 1].end
    heading = line.passage.kind in ("title", "heading")
    text = line.slice(words[first].start, end)
    return Run(line.index, first, last, words[begin].start, end, text, title, heading)


def _common(line: Line, word: Word) -> bool:
    """Whether spaCy takes a sentence's first word for something else than a name."""
    token = next((t for t in line.passage.tokens if t.start == word.start), None)
    return token is not None and token.pos not in ("PROPN", "NOUN", "ADJ", "X") and token.ent != "PERSON"


def weigh(line: Line, run: Run, labels: Mapping[int, str], evidence: Evidence) -> None:
    """Add what the words in and around a run say."""
    words = line.words
    span = [w for w in words[run.first : run.last] if w.key != "."]
    before = [w.key for w in words[max(0, run.first - 3) : run.first]]
    ending = words[run.last - 1]
    after = [w.key for w in words[run.last : run.last + 3]] + ["", "", ""]
    label = [labels.get(w.start, "") for w in span]
    placed = all(x in ("GPE", "LOC", "NORP", "DATE", "FAC", "EVENT", "LAW") for x in label)
    _weigh_person(line, run, span, before, after, label, evidence)
    if any(w.text == "&" for w in span):
        evidence.add("supplier", 3)
    if after[0] == "which" or (after[0] == "," and (after[1] == "which" or after[1:3] in (["with", "which"], ["of", "which"]))):
        evidence.add("", 2)
    noun = _noun_before(words, run.first)
    if noun:
        evidence.add(noun, 3)
    noun = _noun_after(words, run.last)
    if noun and not ending.bare and not placed:
        evidence.add(noun, 2.5)
    if not placed and any(tuple(before[-len(h) :]) == h for h in _HIRES):
        evidence.add("supplier", 1.2)
    if sum(x == "ORG" for x in label) * 2 > len(span):
        evidence.add("", 0.6)


def _weigh_person(
    line: Line,
    run: Run,
    span: Sequence[Word],
    before: Sequence[str],
    after: Sequence[str],
    label: Sequence[str],
    evidence: Evidence,
) -> None:
    if any(w.key in _NOT_PERSONS or (w.key in GENERIC and w.key not in ("st", "west", "north", "new")) for w in span):
        evidence.person -= 3
    if span[0].key in ("st", "queen", "king", "princess", "duchess") or any(w.text.isupper() and len(w.text) > 3 for w in span):
        evidence.person -= 3
    if run.title:
        evidence.person += 3
        return
    if before and before[-1] in ("the", "a", "an"):
        evidence.person -= 2
    if len(span) < 2:
        return
    person = sum(x == "PERSON" for x in label) * 2 > len(span)
    evidence.person += 1.0 if person else 0.0
    if span[0].key in given_names():
        evidence.person += 1.5
    elif len(span[0].text) == 1:
        evidence.person += 1.0
    role = line.words[run.first - 1] if run.first else None
    if role and role.key in ROLES_BEFORE:
        evidence.person += 1.5
    if before[-1:] == [","] and len(before) > 1 and before[-2] in ROLES_BEFORE:
        evidence.person += 1.5
    ending = line.words[run.last - 1]
    if ending.bare:
        return
    if after[0] in _SPEECH:
        evidence.person += 1
    if after[0] in ("who", "whose") or (after[0] == "," and after[1] in ("who", "whose")):
        evidence.person += 2 if "who" in after[:2] else 0.5
    if after[0] == "," and (after[1].isdigit() or _role_after(line.words, run.last + 1)):
        evidence.person += 1.5
    if before[-1:] in (["said"], ["says"]):
        evidence.person += 1


def _role_after(words: Sequence[Word], start: int) -> bool:
    for word in words[start : start + 7]:
        if word.key in (",", ".", ";", ":"):
            return False
        if word.key in ROLES_AFTER:
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


def _noun_after(words: Sequence[Word], last: int) -> str:
    """The kind that an apposition tells: "X, the social enterprise", "X, accountants,"."""
    if last + 1 >= len(words) or words[last].key not in (",", "("):
        return ""
    articled = words[last + 1].key in ("a", "an", "the", "another", "its", "one", "formerly", "our", "their")
    for i, word in enumerate(words[last + 1 : last + 8]):
        if word.key in (",", ".", ";", ":", "who", "which", "that", "of", "to", "for", "in", "at"):
            return ""
        kind = _BODY_NOUNS.get(word.key, "")
        following = words[last + 2 + i].key if last + 2 + i < len(words) else ""
        if kind and (articled or i == 0) and following not in _BODY_NOUNS:
            return kind
    return ""
