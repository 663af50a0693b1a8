"""Neo4j's Cypher, spelled for Ladybug: the same text runs on both stores and gives the same rows.

What is translated (everything else, strings and comments included, passes through untouched):

    type(r)                           label(r)
    [:A|B*1..3]                       [:A|B* TRAIL 1..3]: no relationship twice, as in Neo4j
    shortestPath((a)-[*..6]-(b))      (a)-[* SHORTEST 1..6]-(b)
    allShortestPaths(…)               (a)-[* ALL SHORTEST 1..6]-(b)
    EXISTS { (a)--(b) }, COUNT {…}    EXISTS { MATCH (a)--(b) }
    [x IN list WHERE p | e]           list_transform(list_filter(list, x -> p), x -> e)
    substring(s, 0, 4)                substring(s, (0) + 1, 4): Ladybug counts from 1
    list[0], list[0..2]               list[1], list[1:2] (whole numbers only)
    toInteger, toFloat, toString      cast(…, 'INT64'), …
    split(s, ',')                     string_split(s, ',')
    n.end and other reserved names    n.`end`
    $p that is null or a number       the value itself: Ladybug guesses a wrong type for it
    $p inside any(), all(), [x IN …]  the value itself: Ladybug can't take parameters there

Not translated, because Ladybug has nothing like it: a second label (`n:Trust`; match on
`n.kind = 'trust'`), labels(n), startNode(r), map projections, CALL {}, NULLS LAST. A relationship
from a node to itself is one row of an undirected pattern in Neo4j and two in Ladybug: match it
with an arrow. In Ladybug `UNWIND … MATCH (a {id: …}), (b {id: …})` multiplies both tables: put a
WITH between the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from graph.errors import QueryError
from graph.store.tokens import Token, place_at, tokenise, used_parameters

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_RENAMED = {"type": "label", "split": "string_split"}
_CASTS = {"tointeger": "INT64", "tofloat": "DOUBLE", "tostring": "STRING", "toboolean": "BOOL"}
_SHORTEST = {"shortestpath": "SHORTEST", "allshortestpaths": "ALL SHORTEST"}
_QUANTIFIERS = frozenset({"any", "all", "none", "single"})
_LONGEST = 30
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        "all and any as asc by case contains create delete desc distinct else end ends exists false in is limit match "
        "merge none not null on optional or order return set single skip starts then true union unwind when where "
        "with xor",
    )
)


@dataclass(frozen=True, slots=True)
class Group:
    """Everything between two brackets."""

    open: str
    items: tuple[Token | Group, ...]


Item = Token | Group


@dataclass(frozen=True, slots=True)
class _Context:
    """Where the writing is: the parameters' values, inside a list predicate, inside shortestPath."""

    values: Mapping[str, Any]
    inline: bool = False
    path: str = "TRAIL"


def translate(cypher: str, parameters: Mapping[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """Spell a query for Ladybug; returns its text and the parameters that are left to pass.

    Raises:
        QueryError: a parameter without value, unbalanced brackets, or what can't be translated.
    """
    values = used_parameters(cypher, parameters)
    text = _write(_tree(cypher), _Context(values))
    left = {t.text[1:].strip("`") for t in tokenise(text) if t.kind == "parameter"}
    return text, {name: value for name, value in values.items() if name in left}


@lru_cache(maxsize=512)
def _tree(cypher: str) -> tuple[Item, ...]:
    stack: list[tuple[str, list[Item]]] = [("", [])]
    opened, offset = [0], 0
    for token in tokenise(cypher):
        offset += len(token.text)
        if token.text in _CLOSING:
            stack.append((token.text, []))
            opened.append(offset - 1)
        elif token.text in (")", "]", "}"):
            open_, items = stack.pop()
            opened.pop()
            if not stack or _CLOSING[open_] != token.text:
                place = place_at(cypher, offset - 1)
                raise QueryError(f"The query's brackets don't match at {token.text!r}", place=place)
            stack[-1][1].append(Group(open_, tuple(items)))
        else:
            stack[-1][1].append(token)
    if len(stack) > 1:
        raise QueryError(f"The query never closes a {stack[-1][0]!r}", place=place_at(cypher, opened[-1]))
    return tuple(stack[0][1])


def _write(items: Sequence[Item], context: _Context) -> str:
    out: list[str] = []
    before: Item | None = None
    i = 0
    while i < len(items):
        item = items[i]
        following = _next(items, i)
        if isinstance(item, Token) and item.kind in ("space", "comment"):
            out.append(item.text)
            i += 1
            continue
        if isinstance(item, Token):
            group = items[following] if following < len(items) else None
            called = group if isinstance(group, Group) and _text(before) != "." else None
            written = _call(item, called, context) if called and item.kind == "word" else None
            if written is not None:
                out.append(written)
                before, i = called, following + 1
                continue
            out.append(_token(item, before, group, context))
        else:
            out.append(_group(item, before, context))
        before = item
        i += 1
    return "".join(out)


def _next(items: Sequence[Item], i: int) -> int:
    i += 1
    while i < len(items):
        item = items[i]
        if isinstance(item, Group) or item.kind not in ("space", "comment"):
            break
        i += 1
    return i


def _text(item: Item | None) -> str:
    return item.text if isinstance(item, Token) else ""


def _call(word: Token, group: Group, context: _Context) -> str | None:
    """A word and the bracket after it, where the pair is written otherwise; else None."""
    name = word.lower
    if group.open == "{":
        if name in ("exists", "count"):
            first = _text(group.items[i]) if (i := _next(group.items, -1)) < len(group.items) else "("
            lead = "" if first.lower() in ("match", "optional", "with", "unwind", "return") else " MATCH "
            return f"{word.text} {{{lead}{_write(group.items, context)}}}"
        return None
    if group.open != "(":
        return None
    if name in _SHORTEST:
        return _write(group.items, replace(context, path=_SHORTEST[name]))
    if name == "labels":
        raise QueryError("labels(n) differs between the stores: use n.kind, or label names in the pattern")
    if name in _RENAMED:
        return f"{_RENAMED[name]}({_write(group.items, context)})"
    if name in _CASTS:
        return f"cast({_write(group.items, context)}, '{_CASTS[name]}')"
    if name in _QUANTIFIERS:
        return f"{word.text}({_write(group.items, replace(context, inline=True))})"
    if name == "substring":
        first, *rest = [_write(x, context) for x in _split(group.items, ",")]
        if rest:
            arguments = [first, f"({rest[0].strip()}) + 1", *(rest[1:] or [f"size({first})"])]
            return f"substring({', '.join(arguments)})"
    return None


def _token(token: Token, before: Item | None, after: Item | None, context: _Context) -> str:
    if token.kind == "parameter":
        return _parameter(token, context)
    reserved = token.kind == "word" and token.lower in _RESERVED
    if reserved and (_text(before) == "." or _text(before).lower() == "as" or _text(after) == ":"):
        return f"`{token.text}`"
    return token.text


def _parameter(token: Token, context: _Context) -> str:
    value = context.values[token.text[1:].strip("`")]
    if value is None or isinstance(value, (bool, int, float)) or context.inline:
        return _literal(value)
    return token.text


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):
            raise QueryError("A parameter is not a finite number")
        return f"({value!r})" if value < 0 else repr(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_literal(v) for v in value)}]"
    raise QueryError(f"A {type(value).__name__} can't be a parameter inside a list predicate")


def _group(group: Group, before: Item | None, context: _Context) -> str:
    if group.open == "[":
        if _text(before) in ("-", "<-"):
            return f"[{_relationship(group.items, context)}]"
        if isinstance(before, Group) or (
            isinstance(before, Token)
            and (before.kind in ("quoted", "parameter") or (before.kind == "word" and before.lower not in _RESERVED))
        ):
            return f"[{_index(group.items, context)}]"
        comprehension = _comprehension(group.items, context)
        if comprehension is not None:
            return comprehension
    return f"{group.open}{_write(group.items, context)}{_CLOSING[group.open]}"


def _relationship(items: Sequence[Item], context: _Context) -> str:
    """Inside a relationship's brackets: `*`, `*2`, `*1..3`, `*..3`, `*2..` get their kind of path."""
    star = next((i for i, item in enumerate(items) if _text(item) == "*"), None)
    if star is None:
        return _write(items, context)
    end, low, high, dots = star + 1, "", "", False
    while end < len(items):
        token = items[end]
        if not isinstance(token, Token) or not (token.kind in ("number", "space") or token.text == ".."):
            break
        if token.text == "..":
            dots = True
        elif token.kind == "number":
            low, high = (low, token.text) if dots else (token.text, high)
        end += 1
    bounds = f"{low or 1}..{high or (_LONGEST if dots or not low else low)}"
    rest = f" {_write(items[end:], context)}" if end < len(items) else ""
    return f"{_write(items[:star], context)}* {context.path} {bounds}{rest}"


def _index(items: Sequence[Item], context: _Context) -> str:
    parts = [_write(x, context).strip() for x in _split(items, "..")]
    try:
        numbers = [int(p) if p else None for p in parts]
    except ValueError:
        raise QueryError("A list's index must be a whole number in the query") from None
    low = numbers[0]
    if low is not None and low >= 0:
        low += 1
    if len(numbers) == 1:
        return str(low)
    high = numbers[1]
    return f"{1 if low is None else low}:{'' if high is None else high}"


def _comprehension(items: Sequence[Item], context: _Context) -> str | None:
    """`x IN list WHERE p | e`; None where the brackets hold a plain list."""
    name = _next(items, -1)
    marker = _next(items, name)
    if marker >= len(items) or _text(items[marker]).lower() != "in":
        return None
    inner = replace(context, inline=True)
    source, *projection = _split(items[marker + 1 :], "|")
    listed, *condition = _split(source, "where")
    text = _write(listed, inner).strip()
    variable = _text(items[name])
    if condition:
        text = f"list_filter({text}, {variable} -> {_write(condition[0], inner).strip()})"
    if projection:
        text = f"list_transform({text}, {variable} -> {_write(projection[0], inner).strip()})"
    return text


def _split(items: Sequence[Item], separator: str) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    for item in items:
        if _text(item).lower() == separator:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts
