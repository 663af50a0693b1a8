"""How names are folded and cut into words, and which words are no part of a name or tell nothing.

Two spellings of one name fold to one text: case, a leading "the", apostrophes, "&", hyphens and
full stops make no difference. Nothing here is fuzzy: Barnsley never folds to Bolton.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|&|\S")
_JOINED = re.compile(r"\w[-‐‑–]\w")


def vocabulary(words: str) -> frozenset[str]:
    """A set of words, written as one text with spaces between them."""
    return frozenset(words.split())


def lowered(text: str) -> str:
    """A text in small letters, letter for letter, so that offsets stay.

    Patterns of small letters searched in it take a third of the time of patterns that ignore case.
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


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
        text = self.text
        cut = 1 if text[-1] in "'’" else 2 if text[-1] == "s" and text[-2:-1] in ("'", "’") else 0
        return self.end - cut if len(text) > cut else self.end


def words(text: str, offset: int = 0) -> list[Word]:
    """Cut a text into words and single punctuation marks, without hyphens inside words; offsets count from `offset`."""
    found = []
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in "-‐‑–" and _JOINED.match(text, match.start() - 1):
            continue
        key = raw.lower().replace("’", "").replace("'", "") or "'"
        bare = ""
        if not raw[0].isalnum():
            bare = ""
        elif raw[-1] in "'’":
            bare = key
        elif len(raw) > 2 and raw[-1] in "sS" and raw[-2] in "'’":
            bare = key[:-1]
        found.append(Word(offset + match.start(), offset + match.end(), raw, "and" if raw == "&" else key, bare))
    return found


@lru_cache(maxsize=4096)
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


STOP = vocabulary(
    "a an and as at but by do does did for from had has have he her here his how i if in into is it its like many "
    "more most much my no nor not now of on one only or our over she since so some such than that the their them "
    "then there these they this those though two to until up was we were what when where which while who whose "
    "why will with would yet you your after all also although another any asked because before being between both "
    "can could despite during each either even ever every few first just last later let meanwhile neither next "
    "once other others out per perhaps second several should still third today tomorrow under unlike whether "
    "within without yesterday monday tuesday wednesday thursday friday saturday sunday "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march "
    "april may june july august september october november december said says five four six eight nine ten eleven "
    "twelve fifteen both dear read take ask enter exit mr mrs ms miss dr sir dame"
)
"""Words that are no part of a name, whatever their case."""
GENERIC = vocabulary(
    "nhs royal university teaching general north south east west central city new great st saint hospital "
    "hospitals health healthcare care community mental trust foundation national united northern southern eastern "
    "western upper lower mid greater county district services service partnership of and the integrated local "
    "regional morning evening weekly daily medical borough metropolitan committee children childrens women womens "
    "state clinical "
    "acute ambulance social joint public private primary secondary board group trusts boards systems"
)
"""Words that don't tell one body from another by themselves."""
TITLES = vocabulary(
    "mr mrs ms miss mx dr sir dame prof professor lord lady baroness baron councillor cllr coun rev reverend "
    "bishop viscount judge justice colonel sister canon major captain sergeant"
)
"""Words that stand before a person's name."""
