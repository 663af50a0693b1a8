"""Names made comparable: how two spellings of one name become the same key, and two bodies never do.

Folding drops what people leave out or type differently: capitals, punctuation, curly quotes,
accents, "the". Words that tell bodies apart (places, compass points, "Hospitals", "Partnership")
always stay. The legal form is set aside only as a step of its own, and is then compared by kind.
"""

from __future__ import annotations

import re
import unicodedata

from graph.model import Entity
from graph.schema import PERSON

_APART = {ord(c): " " for c in '-–—/\\,;:()[]{}"“”„«»!?*_|+#<>=\t\n\r\v\f\u00a0\u2028\u2029'} | {
    ord(c): None for c in "'’‘`´ʼ.…®™"
}
_APART[ord("&")] = " and "
_MARKS = re.compile(r"[\u0300-\u036f]")

FORM_KINDS: dict[str, tuple[str, ...]] = {
    "ft": ("trust",),
    "foundation trust": ("trust",),
    "trust": ("trust",),
    "icb": ("icb", "ics"),
    "integrated care board": ("icb", "ics"),
    "ics": ("ics", "icb"),
    "integrated care system": ("ics", "icb"),
    "stp": ("ics",),
    "ccg": ("ccg",),
    "ccgs": ("ccg",),
    "clinical commissioning group": ("ccg",),
    "pct": ("ccg",),
    "primary care trust": ("ccg",),
    "council": ("local_authority",),
    "ltd": (),
    "limited": (),
    "plc": (),
    "llp": (),
    "cic": (),
    "inc": (),
}
"""Legal forms that a name may end in, and the kinds of body they speak of, likeliest first (empty: no telling)."""

_FORMS = sorted((tuple(form.split()) for form in FORM_KINDS), key=len, reverse=True)
_MOST_WORDS, _LONGEST = 40, 200
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "to", "a"})


def fold(text: str) -> str:
    """Lower-case words of a name without punctuation, accents and "the".

    >>> fold("The Queen Elizabeth’s Hospital, King's Lynn")
    'queen elizabeths hospital kings lynn'
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(w for w in text.casefold().translate(_APART).split() if w != "the")


def without_nhs(folded: str) -> str:
    """A folded name without the word NHS; unchanged where nothing else is in it."""
    if "nhs" not in folded:
        return folded
    return " ".join(w for w in folded.split() if w != "nhs") or folded


def core(folded: str) -> tuple[str, tuple[str, ...]]:
    """A folded name without NHS and its legal form, and the kinds that the form speaks of.

    >>> core("bolton nhs foundation trust")
    ('bolton', ('trust',))
    """
    words = [w for w in folded.split() if w != "nhs"]
    for form in _FORMS:
        size = len(form)
        if len(words) > size and tuple(words[-size:]) == form:
            return " ".join(words[:-size]), FORM_KINDS[" ".join(form)]
    return " ".join(words) or folded, ()


def initials(folded: str) -> frozenset[str]:
    """The ways a folded name is abbreviated to initials: whole, without its form, with "ft", without small words.

    >>> sorted(initials("wirral university teaching hospital nhs foundation trust"))
    ['wuth', 'wuthft', 'wuthnft', 'wuthnhsft']
    """
    words = folded.split()
    body = core(folded)[0].split()
    ways = {_letters(words), _letters(body)}
    if len(words) > 1 and words[-2:] == ["foundation", "trust"]:
        ways |= {_letters(body) + "ft", _letters(body) + "nhsft"}
    small = {"".join(w[0] for w in body)} if _SMALL.intersection(body) else set()
    return frozenset(w for w in ways | small if len(w) > 2)


def is_acronym(alias: str) -> bool:
    """Whether an alias is written as an acronym: "CQC", "NHSE", "BMA", "UHBW", "DHSC", "HEE".

    >>> is_acronym("CQC"), is_acronym("Bolton")
    (True, False)
    """
    return " " not in alias and 2 <= len(alias) <= 10 and sum(c.isupper() for c in alias) >= 2


def search_words(entity: Entity) -> tuple[str, ...]:
    """The words under which an entity is looked up, sorted: those of its names, its acronyms and initials, its id.

    >>> search_words(Entity("RMC", "Bolton NHS Foundation Trust", "trust"))
    ('bnhsft', 'bolton', 'foundation', 'nhs', 'rmc', 'trust')
    """
    names = [fold(name) for name in (entity.name, *entity.aliases)]
    found = {word for name in names for word in name.split()} | {entity.id.casefold()}
    found.update(fold(a).replace(" ", "") for a in entity.aliases if is_acronym(a))
    if entity.kind != PERSON:
        found |= initials(names[0])
    return tuple(sorted(word for word in found if word and " " not in word))


def typed_words(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The `search_words` that whoever goes by a name as typed must have all of, or else one of.

    >>> typed_words("the Bolton NHS FT")
    (('bolton',), ('boltonnhsft',))
    """
    wanted, ident = fold(typed), typed.strip().casefold()
    every = core(wanted)[0].split()[:_MOST_WORDS] if wanted else []
    either = dict.fromkeys(w for w in (ident, wanted.replace(" ", "")) if w and " " not in w and len(w) <= _LONGEST)
    return tuple(every), tuple(either)


def _letters(words: list[str]) -> str:
    return "".join(w[0] for w in words if w not in _SMALL)
