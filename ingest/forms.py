"""The words that tell what kind of body a name is: "… CCG", "… Hospitals", "Royal College of …".

Strong closing words ("NHS Trust", "ICB") make a name of what stands before them in any case. Weak ones
("Hospitals", "Partners") do so only when written with a capital. Opening words begin a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.names import Word, keys


@dataclass(frozen=True, slots=True)
class Form:
    """Words that close a name and tell its kind. A weak form may be followed by a stronger one."""

    kind: str
    subtype: str = ""
    weak: bool = False
    plural: bool = False


_FORM_WORDS = (
    (
        Form("trust"),
        "nhs foundation trust|foundation trust|nhs ft|nhsft|ft|nhs trust|trust|nhs hospital trust|nhs hospitals trust|"
        "hospital trust|hospitals trust|ambulance trust|mental health trust|community trust|acute trust|"
        "healthcare trust|health trust|partnership trust|care trust|hospital foundation trust|"
        "hospitals foundation trust",
    ),
    (Form("trust", plural=True), "nhs trusts|trusts|foundation trusts|fts|hospital trusts|nhs foundation trusts"),
    (Form("ccg"), "ccg|clinical commissioning group"),
    (Form("ccg", plural=True), "ccgs|clinical commissioning groups"),
    (Form("ccg", "pct"), "pct|primary care trust|pct cluster|primary care trust cluster"),
    (Form("ccg", "pct", plural=True), "pcts|primary care trusts"),
    (Form("icb"), "icb|integrated care board"),
    (Form("icb", plural=True), "icbs|integrated care boards"),
    (
        Form("ics"),
        "ics|integrated care system|stp|integrated care partnership|sustainability and transformation plan|"
        "sustainability and transformation partnership|sustainability and transformation plan footprint|"
        "sustainability and transformation footprint|stp footprint|footprint|health economy|health system|"
        "health and care system|health and care partnership|system|vanguard|accountable care system",
    ),
    (Form("ics", plural=True), "icss|stps|systems|integrated care systems|footprints|health economies"),
    (
        Form("local_authority"),
        "council|city council|county council|borough council|district council|metropolitan borough council|"
        "metropolitan council|town council|combined authority|london borough council|parish council",
    ),
    (Form("local_authority", plural=True), "councils|county councils|borough councils|city councils|district councils"),
    (Form("regulator", "sha"), "sha|strategic health authority"),
    (Form("representative_body"), "local medical committee"),
)


def _forms() -> dict[tuple[str, ...], Form]:
    return {tuple(ending.split()): form for form, endings in _FORM_WORDS for ending in endings.split("|")}


FORMS = _forms()
"""Folded closing words → the kind of body they make of the name before them, in any case."""


NAME_FORMS: dict[tuple[str, ...], Form] = {
    tuple(k.split()): Form(kind, weak=True)
    for kind, names in (
        (
            "trust",
            "hospital|hospitals|teaching hospital|teaching hospitals|university hospital|university hospitals|"
            "hospitals university|general hospital|general hospitals|childrens hospital|infirmary|royal infirmary|"
            "general|ambulance service|ambulance|healthcare|partnership|health and care|community health|"
            "community services|mental health|community healthcare|health care|hospital services|community nhs|"
            "university teaching hospitals|mental health partnership|community health and care|teaching|royal|"
            "childrens|community partnership|community|womens and childrens|university trust|specialist care",
        ),
        ("university", "university|medical school|business school|college|college of health"),
        ("charity", "hospice|hospices|society|civic society|charity|hospitals charity|voices|carers|voluntary action"),
        (
            "supplier",
            "partners|consulting|consultants|solutions|systems|analytics|digital|facilities|facilities management|"
            "estates|technologies|technology|software|logistics|pathology|laboratories|advisory|associates|"
            "construction|mobility|ltd|limited|plc|llp|& co|health informatics|business services|"
            "support services|services|staffing|labs|diagnostics|holdings|linen|logic|loop|shared services|transport",
        ),
        (
            "independent_provider",
            "care|clinics|dental|care at home|health|community care|homes|care homes|cic|federation|"
            "independent living|homecare|nursing homes|"
            "clinic|health cic|care collective|patient transport|primary care|surgery|surgeries|medical practice",
        ),
        ("other", "hospitals group|hospital group|health group|collaborative|alliance|csu|group|capital|cluster"),
        ("representative_body", "lmc|network|confederation|association"),
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

_LEFT_OUT = {
    "General": "Hospital",
    "Ambulance": "Service",
    "Teaching": "Hospitals",
    "Orthopaedic": "Hospital",
    "Children’s": "Hospital",
    "Children's": "Hospital",
}

_LONGEST = max(len(f) for f in FORMS)


def split_form(name: Sequence[str]) -> tuple[tuple[str, ...], Form | None]:
    """Cut the closing words that tell the kind from folded words.

    >>> split_form(("bolton", "nhs", "foundation", "trust"))[0]
    ('bolton',)
    """
    for size in range(min(_LONGEST, len(name) - 1), 0, -1):
        form = FORMS.get(tuple(name[-size:]))
        if form:
            return tuple(name[:-size]), form
    return tuple(name), None


def form_at(words: Sequence[Word], start: int) -> tuple[int, Form] | None:
    """The longest words from `start` on that tell a kind: where they end, and the kind."""
    for size in range(min(_LONGEST, len(words) - start), 0, -1):
        span = words[start : start + size]
        form = FORMS.get((*(w.key for w in span[:-1]), span[-1].bare or span[-1].key))
        if form:
            return start + size, form
    return None


def completed(name: str) -> str:
    """A name with the word that it leaves out, where that can only be one.

    >>> completed("Hurn Valley Ambulance")
    'Hurn Valley Ambulance Service'
    """
    more = next((word for ending, word in _LEFT_OUT.items() if name.endswith(f" {ending}")), "")
    return f"{name} {more}".strip()


def core(name: str) -> tuple[str, ...]:
    """The folded words of a name without "NHS" before and legal form behind: what tells two bodies apart.

    >>> core("NHS Devon ICB")
    ('devon',)
    >>> core("Hurn Valley Hospitals NHS Foundation Trust")
    ('hurn', 'valley', 'hospitals')
    """
    path, _ = split_form([k for k in keys(name) if k != ","])
    return path[1:] if len(path) > 1 and path[0] == "nhs" else path


def stem(name: str) -> tuple[str, ...]:
    """The core without any words that tell a kind: mostly a place, which several bodies may share.

    >>> stem("Hurn Valley Hospitals NHS Foundation Trust")
    ('hurn', 'valley')
    """
    path = core(name)
    for size in range(min(4, len(path) - 1), 0, -1):
        if path[-size:] in NAME_FORMS:
            path = path[:-size]
            break
    for size in range(min(4, len(path) - 1), 0, -1):
        if path[:size] in OPENINGS:
            return path[size:]
    return path
