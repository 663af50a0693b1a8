"""Predicates as people type them and as titles name them, and names in a row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from graph.errors import InputError
from graph.schema import PREDICATES, SUCCEEDED_BY

NOUNS = {
    "MERGER_TALKS": "merger talks",
    "DISPUTE": "disputes",
    "FUNDING": "funding",
    "HOLDS_ROLE": "posts",
    "COMMISSIONED": "commissioned work",
    "REGULATORY_ACTION": "regulatory action",
    "CRITICISED": "criticism",
    "PART_OF": "membership",
    "DEFICIT": "deficits",
    SUCCEEDED_BY: "lineage",
}
"""All links of a predicate, in words."""


def predicate(typed: str) -> str:
    """The predicate of that name, caption or noun, however it is spelled: "merger talks", MERGER_TALKS, disputes.

    Raises:
        InputError: there is none; the message suggests those that come close.
    """
    names: dict[str, str] = {}
    for name, noun in NOUNS.items():
        captions = (PREDICATES[name].caption,) if name in PREDICATES else ()
        names |= dict.fromkeys((_folded(word) for word in (name, noun, *captions)), name)
    found = names.get(_folded(typed))
    if found is None:
        close = dict.fromkeys(names[word] for word in get_close_matches(_folded(typed), names, n=3, cutoff=0.6))
        hint = f"did you mean {' or '.join(close)}?" if close else f"the predicates are {', '.join(NOUNS)}"
        raise InputError(f"no predicate is called {typed!r}: {hint}")
    return found


def titled(names: Collection[str]) -> str:
    """Predicates as a title: "Merger talks and disputes"."""
    row = listed((NOUNS.get(name, name) for name in dict.fromkeys(names)), most=len(NOUNS))
    return row[:1].upper() + row[1:]


def unknown(predicates: Collection[str], whom: Iterable[str], preposition: str = "of") -> str:
    """That there are no such links: "No funding of A is known.", "No merger talks or disputes of A or B are known."."""
    nouns = [NOUNS.get(name, name) for name in dict.fromkeys(predicates)]
    row = listed(nouns, most=len(NOUNS), last="or")
    ends = listed(whom, last="and" if preposition == "between" else "or")
    return f"No {row} {preposition} {ends} {'are' if nouns[-1].endswith('s') else 'is'} known."


def listed(names: Iterable[str], most: int = 3, *, last: str = "and") -> str:
    """Names in a row: "A, B and C", "A, B and 3 more"; `last` is the word before the last of them."""
    shown = list(names)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()
