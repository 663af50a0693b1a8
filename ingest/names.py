"""How names are folded and cut into words, and the words that tell what kind of body a name is.

Two spellings of one name fold to one text: case, a leading "the", apostrophes, "&", hyphens and
full stops make no difference. Nothing here is fuzzy: Barnsley never folds to Bolton.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|&|\S")
_JOINED = re.compile(r"\w[-‐‑–]\w")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `key` is folded; `bare` is the key without a closing 's ("" where it has none)."""

    start: int
    end: int
    text: str
    key: str
    bare: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def name_end(self) -> int:
        """Where the word ends without its 's or closing apostrophe."""
        found = _POSSESSIVE.search(self.text)
        return self.start + found.start() if found else self.end


def words(text: str, offset: int = 0) -> list[Word]:
    """Cut a text into words and single punctuation marks, hyphens inside words left out; offsets count from `offset`."""
    found = []
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in "-‐‑–" and _JOINED.match(text, match.start() - 1):
            continue
        key = raw.lower().replace("’", "").replace("'", "") or "'"
        bare = ""
        if raw[-1] in "'’":
            bare = key
        elif len(raw) > 2 and raw[-1] in "sS" and raw[-2] in "'’":
            bare = key[:-1]
        found.append(Word(offset + match.start(), offset + match.end(), raw, "and" if raw == "&" else key, bare))
    return found


def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name, punctuation but commas left out, without a leading "the".

    >>> keys("The King’s Fund")
    ('kings', 'fund')
    """
    found = tuple(k for k in (w.key for w in words(name)) if k == "," or k[0].isalnum())
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def fold(name: str) -> str:
    """The folded name as one text, commas left out.

    >>> fold("Guy's & St Thomas’ NHS FT")
    'guys and st thomas nhs ft'
    """
    return " ".join(k for k in keys(name) if k != ",")


@dataclass(frozen=True, slots=True)
class Form:
    """Words that close a name and tell its kind. A weak form may be followed by a stronger one."""

    kind: str
    subtype: str = ""
    weak: bool = False


def _forms() -> dict[tuple[str, ...], Form]:
    table: dict[str, Form] = {}

    def add(form: Form, *endings: str) -> None:
        table.update({e: form for e in endings})

    trust = Form("trust")
    add(trust, "nhs foundation trust", "foundation trust", "nhs ft", "nhsft", "ft", "nhs trust", "trust")
    add(trust, "nhs hospital trust", "nhs hospitals trust", "hospital trust", "hospitals trust", "ambulance trust")
    add(trust, "mental health trust", "community trust", "acute trust", "healthcare trust", "health trust")
    add(trust, "partnership trust", "care trust", "hospital foundation trust", "hospitals foundation trust")
    add(Form("ccg"), "ccg", "ccgs", "clinical commissioning group", "clinical commissioning groups")
    add(Form("ccg", "pct"), "pct", "pcts", "primary care trust", "primary care trusts")
    add(Form("ccg", "pct"), "pct cluster", "primary care trust cluster")
    add(Form("icb"), "icb", "icbs", "integrated care board", "integrated care boards")
    add(Form("ics"), "ics", "integrated care system", "stp", "integrated care partnership")
    add(Form("ics"), "sustainability and transformation plan", "sustainability and transformation partnership")
    add(Form("ics"), "sustainability and transformation plan footprint", "sustainability and transformation footprint")
    add(Form("ics"), "stp footprint", "footprint", "health economy", "health system", "health and care system")
    add(Form("ics"), "health and care partnership", "system", "vanguard", "accountable care system")
    add(Form("local_authority"), "council", "city council", "county council", "borough council", "district council")
    add(Form("local_authority"), "metropolitan borough council", "metropolitan council", "town council", "councils")
    add(Form("local_authority"), "combined authority", "london borough council", "parish council")
    add(Form("regulator", "sha"), "sha", "strategic health authority")
    return {tuple(k.split()): v for k, v in table.items()}


FORMS = _forms()
"""Folded closing words → the kind of body they make of the name before them, in any case."""

LONGEST_FORM = max(len(f) for f in FORMS)

NAME_FORMS: dict[tuple[str, ...], Form] = {
    tuple(k.split()): Form(kind, weak=True)
    for kind, names in (
        (
            "trust",
            "hospital|hospitals|teaching hospital|teaching hospitals|university hospital|university hospitals|"
            "hospitals university|general hospital|general hospitals|childrens hospital|infirmary|royal infirmary|"
            "general|ambulance service|ambulance|healthcare|partnership|health and care|community health|"
            "community services|mental health|community healthcare|health care|hospital services|community nhs|"
            "university teaching hospitals|mental health partnership|community health and care|teaching",
        ),
        ("university", "university|medical school"),
        ("charity", "hospice|hospices|foundation|charity|hospitals charity|voices|carers|voluntary action"),
        (
            "supplier",
            "partners|consulting|consultants|solutions|systems|analytics|digital|facilities|facilities management|"
            "estates|technologies|technology|software|logistics|pathology|laboratories|advisory|associates|"
            "construction|mobility|ltd|limited|plc|llp|& co|health informatics|services ltd|business services",
        ),
        (
            "independent_provider",
            "care|clinics|dental|care at home|health|community care|homes|care homes|cic|federation|independent living",
        ),
        ("other", "hospitals group|hospital group|health group|collaborative|alliance|csu|group|capital|cluster"),
        ("representative_body", "local medical committee|lmc|network|confederation|association"),
        ("union", "union"),
        ("think_tank", "institute"),
        ("parliamentary_committee", "select committee"),
        ("media", "mercury|gazette|echo|herald|courier|argus|bugle|messenger|advertiser|post|chronicle|standard"),
    )
    for k in names.split("|")
}
"""Folded closing words that often name such a body, but only written with capitals."""

OPENINGS: dict[tuple[str, ...], Form] = {
    tuple(k.split()): Form(kind)
    for kind, names in (
        ("university", "university of"),
        ("trust", "university hospitals of|university hospital of|university hospitals"),
        ("royal_college", "royal college of|faculty of"),
        ("representative_body", "association of|society of|society for|federation of"),
        ("think_tank", "institute for|institute of|centre for"),
        ("charity", "friends of|league of friends of|save our|friends of the|hands off"),
        ("other", "healthwatch"),
        ("government", "department for|department of|ministry of|office for|office of"),
    )
    for k in names.split("|")
}
"""Folded opening words that tell the kind of the name that they begin."""
