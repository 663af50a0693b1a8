"""Where in a query a store's complaint points, in the query as the user wrote it.

Neo4j names line and column of the very text. Ladybug names an offset in its translation, or only the word
that it does not know: the place is then that of the same word in the user's text.
"""

from __future__ import annotations

import re

from graph.errors import Place
from graph.store.tokens import place_at

_NEO4J = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_PARSER = re.compile(r"Invalid input <(.*)>: expected rule \w+ \(line: (\d+), offset: (\d+)\)", re.S)
_UNKNOWN = (
    re.compile(r"Cannot find property (\w+) for \w+"),
    re.compile(r"Table (\w+) does not exist"),
    re.compile(r"function (\w+) does not exist", re.I),
    re.compile(r"Variable (\w+) is not in scope"),
)


def from_neo4j(message: str) -> tuple[str, Place | None]:
    """Neo4j's message on one line without its place and excerpt, and the place."""
    found = _NEO4J.search(message)
    if found is None:
        return _one_line(message), None
    return _one_line(message[: found.start()]), Place(int(found[1]), int(found[2]))


def from_ladybug(message: str, cypher: str, translated: str) -> tuple[str, Place | None]:
    """Ladybug's message on one line without its excerpt, and the place in `cypher`, of which it saw `translated`."""
    text = re.sub(r"^\w+ exception: ", "", message)
    if found := _PARSER.match(text):
        lines = translated.split("\n")
        line, offset = int(found[2]) - 1, int(found[3])
        before = sum(len(x) + 1 for x in lines[:line]) + offset
        wrong = found[1].strip().split()
        return (
            f"Invalid input {wrong[-1] if wrong else 'at the end'}",
            place_at(cypher, _same_word(cypher, translated, before)),
        )
    for pattern in _UNKNOWN:
        if unknown := pattern.search(text):
            word = re.search(rf"\b{re.escape(unknown[1])}\b", cypher, re.I)
            return _one_line(text), place_at(cypher, word.start()) if word else None
    return _one_line(text), None


def _same_word(cypher: str, translated: str, offset: int) -> int:
    """The offset in `cypher` of the word that stands at an offset of its translation."""
    word = re.compile(r"\w+|\S").search(translated, offset)
    if word is None:
        return len(cypher.rstrip())
    same = re.compile(rf"(?<!\w){re.escape(word[0])}(?!\w)" if word[0][0].isalnum() else re.escape(word[0]))
    number = len(same.findall(translated[: word.start()]))
    starts = [m.start() for m in same.finditer(cypher)]
    return starts[min(number, len(starts) - 1)] if starts else len(cypher.rstrip())


def _one_line(text: str) -> str:
    return " ".join(text.partition("See the docs")[0].split())[:300]
