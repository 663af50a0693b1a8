"""Where a sentence may refer to a body or person without naming it: nouns ("the larger trust") and pronouns.

A noun phrase is read from its head back to its article. Its modifiers hold no verb, its head is not the
first half of a compound with another such head, and no name overlaps it. Which heads are looked for, and
which kinds of entity each has stood for, was learned from annotated briefings (`data/references.json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.parse import Token
from ingest.scene import Line

PERSONAL = frozenset({"he", "she", "his", "her", "him"})
IMPERSONAL = frozenset({"its"})
ARTICLES = frozenset({"the", "this", "that", "its", "his", "her", "their", "our", "my", "your"})
_INDEFINITE = frozenset(
    {"a", "an", "any", "every", "each", "no", "another", "some", "which", "what", "whose", "one", "all", "both"}
)
_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "ADP"})
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ"})
_OWNER = frozenset({"'s", "'"})
_MODIFIERS = 4
"""Most words between the article and the head."""
_JOINT = re.compile(r"[-–/]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A reference by document offsets: its head and article in lower case, its modifiers as written.

    `token` indexes the head in its passage; `article` is "" where there is none, `pronoun` tells pronouns
    from nouns.
    """

    start: int
    end: int
    head: str
    article: str
    modifiers: tuple[str, ...]
    token: int
    pronoun: bool = False


def spots(line: Line, heads: Mapping[str, Mapping[str, int]]) -> Iterator[Spot]:
    """The nouns and pronouns of a sentence that may refer, in order.

    None overlaps a mark, nor stands right before one: "its neighbour Marlow" is a description of that.
    """
    tokens = line.passage.tokens
    first, last = line.sentence.first, line.sentence.last
    marks = line.marks
    at = 0
    for i in range(first, last):
        token = tokens[i]
        lower = token.lower
        if lower in PERSONAL or lower in IMPERSONAL:
            spot: Spot | None = Spot(token.start, token.end, lower, "", (), i, True)
        elif lower in heads:
            spot = _noun(tokens, i, first, last, heads)
        else:
            continue
        if spot is None:
            continue
        while at < len(marks) and marks[at].end <= spot.start:
            at += 1
        if at == len(marks) or marks[at].start >= spot.end + (not spot.pronoun) * 2:
            yield spot


def _noun(
    tokens: tuple[Token, ...], i: int, first: int, last: int, heads: Mapping[str, Mapping[str, int]]
) -> Spot | None:
    head = tokens[i]
    after = tokens[i + 1] if i + 1 < last else None
    if after is not None and after.start <= head.end and (_JOINT.match(after.text) or after.text[0].isalnum()):
        return None
    if after is not None and after.pos in ("NOUN", "PROPN", "ADJ") and _runs_on(tokens, i, last, heads):
        return None
    modifiers: list[str] = []
    article, start = "", head.start
    k = i - 1
    while k >= first and len(modifiers) <= _MODIFIERS:
        token = tokens[k]
        if token.lower in ARTICLES:
            article, start = token.lower, token.start
            break
        if token.lower in _INDEFINITE:
            return None
        inner = token.pos in _BETWEEN and token.tag != "IN"
        inner = inner or (token.tag in _PARTICIPLES and tokens[k].head > k) or token.text == "-"
        if not inner or token.lower in ("of", "to"):
            break
        modifiers.append(token.text)
        k -= 1
    if not article:
        if modifiers or "bare" not in heads[head.lower]:
            return None
        if k >= first and tokens[k].lower in _OWNER:
            return None
    return Spot(start, head.end, head.lower, article, tuple(reversed(modifiers)), i)


def _runs_on(tokens: tuple[Token, ...], i: int, last: int, heads: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether the noun phrase goes on to another name or head, or its would-be head is a plural before a noun."""
    if tokens[i].tag in ("NNS", "NNPS"):
        return True
    for token in tokens[i + 1 : min(last, i + 4)]:
        if token.pos not in ("NOUN", "PROPN"):
            return False
        if token.lower in heads or (token.text[0].isupper() and tokens[i].text[0].isupper()):
            return True
    return False
