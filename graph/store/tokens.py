"""Cypher as tokens: enough to check and translate a query without guessing at its text.

Strings, comments and quoted names are tokens of their own, so a keyword inside one is never
taken for a clause. Three questions are answered here: what are a query's parameters, is it
read-only, and (in `dialect`) how is it spelled for the other store.

A read-only query starts with MATCH, OPTIONAL, UNWIND, WITH or RETURN and holds no clause that
writes, loads files, calls a procedure or changes the server. Unicode escapes (`\\u0041`) are
refused: Neo4j decodes them before it reads the query, so they could hide a clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from graph.errors import Place, QueryError

TokenKind = Literal["space", "comment", "string", "quoted", "parameter", "number", "word", "mark"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\n\r]*|/\*.*?\*/)
      | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<quoted>`(?:[^`]|``)*`)
      | (?P<parameter>\$(?:[^\W\d]\w*|`(?:[^`]|``)*`))
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>[^\W\d]\w*)
      | (?P<mark>\.\.|<=|>=|<>|=~|->|<-|[^\w\s'"`$\\])""",
    re.X | re.S,
)
_OPENING = frozenset({"match", "optional", "unwind", "with", "return"})
_FORBIDDEN = frozenset(
    {
        "create",
        "merge",
        "set",
        "delete",
        "detach",
        "remove",
        "foreach",
        "load",
        "copy",
        "drop",
        "alter",
        "insert",
        "use",
        "grant",
        "deny",
        "revoke",
        "attach",
        "install",
        "checkpoint",
        "call",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; the tokens' texts joined are the query again."""

    kind: TokenKind
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()


@lru_cache(maxsize=512)
def tokenise(cypher: str) -> tuple[Token, ...]:
    """Split Cypher into tokens, losing nothing.

    Raises:
        QueryError: an unclosed string, comment or name, or a character Cypher has no use for.
    """
    tokens: list[Token] = []
    place = 0
    while place < len(cypher):
        match = _TOKEN.match(cypher, place)
        if match is None or (match.group() == "/" and cypher.startswith("/*", place)):
            raise QueryError(
                f"The query can't be read at {cypher[place : place + 20]!r}: check quotes and comments",
                place=place_at(cypher, place),
            )
        kind: Any = match.lastgroup
        tokens.append(Token(kind, match.group()))
        place = match.end()
    return tuple(tokens)


def place_at(cypher: str, offset: int) -> Place:
    """Line and column of a character offset.

    >>> place_at("MATCH (n)\\nRETURN n", 10)
    Place(line=2, column=1)
    """
    before = cypher[:offset]
    return Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def significant(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without space and comments."""
    return [t for t in tokens if t.kind not in ("space", "comment")]


def parameters_of(cypher: str) -> tuple[str, ...]:
    """Names of the parameters that a query uses, sorted, without the `$`."""
    return tuple(sorted({t.text[1:].strip("`") for t in tokenise(cypher) if t.kind == "parameter"}))


def used_parameters(cypher: str, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    """The given parameters that the query uses.

    Raises:
        QueryError: the query uses one that is not given.
    """
    given = dict(parameters or {})
    names = parameters_of(cypher)
    missing = [f"${n}" for n in names if n not in given]
    if missing:
        raise QueryError(f"The query needs a value for {', '.join(missing)}")
    return {n: given[n] for n in names}


def check_read_only(cypher: str) -> None:
    """Raise QueryError unless the query can only read (see the module's docstring)."""
    tokens: list[Token] = []
    starts: list[int] = []
    offset = 0
    for token in tokenise(cypher):
        if token.kind not in ("space", "comment"):
            tokens.append(token)
            starts.append(offset)
        offset += len(token.text)
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise QueryError("The query is empty")
    if tokens[0].lower not in _OPENING:
        raise QueryError(
            f"Only reading queries are allowed: this one starts with {tokens[0].text[:30]}",
            place=place_at(cypher, starts[0]),
        )
    for i, token in enumerate(tokens):
        before = tokens[i - 1].text if i else ""
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        place = place_at(cypher, starts[i])
        if token.text == ";":
            raise QueryError("Only one query at a time: take out the semicolon", place=place)
        if token.kind == "string" and re.search(r"\\u", token.text, re.I):
            raise QueryError(
                "Unicode escapes are not allowed in a query: write the character, or use a parameter", place=place
            )
        if token.kind != "word" or token.lower not in _FORBIDDEN or before in (".", ":", "|") or after == ":":
            continue
        if token.lower == "call" and after in ("{", "("):
            continue
        raise QueryError(f"Only reading queries are allowed: this one holds {token.text.upper()}", place=place)
