"""Names that share one closing form: "Barnsley, Bolton and Wigan CCGs", "the four east Kent CCGs".

A list before a plural form names its items one by one. One name before a plural form is a collective,
with its members where the register gives exactly as many as the text counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.forms import Form, form_at
from ingest.mentions import Candidate, Line, candidate
from ingest.names import GENERIC, STOP, vocabulary

_CCGS = Form("ccg", plural=True)
_GROUPS = vocabulary("ccgs clinical")
NUMBERS = vocabulary("two three four five six seven eight nine ten")
_COMPASS = vocabulary("north south east west central mid northern southern eastern western")


def spread(line: Line, found: Sequence[Candidate]) -> list[Candidate]:
    """Split each candidate of a plural form into the items of its list; lone places to its left join in."""
    result: list[Candidate] = []
    for c in _named_by_places(line, found):
        if c.form is None or not c.form.plural:
            result.append(c)
            continue
        if c.last > c.first and line.words[c.first].key in _GROUPS:
            result.append(c)
            continue
        items = _own_items(line, c)
        while result and _joined(line, result[-1], items[0]) and (result[-1].lone or result[-1].via == "pattern"):
            items.insert(0, replace(result.pop(), form=replace(c.form, plural=False), lone=False))
        while (left := _run_left(line, items[0].first, result)) is not None:
            items.insert(0, replace(candidate(line, *left, "pattern"), form=replace(c.form, plural=False)))
        if len(items) == 1:
            result.append(_collective(line, items[0], c.form))
        else:
            result += items
    return result


def _own_items(line: Line, c: Candidate) -> list[Candidate]:
    """A candidate cut at the "and" inside its base, unless the register knows the whole."""
    assert c.form is not None
    single = replace(c.form, plural=False)
    stop = c.first + len([w for w in line.words[c.first : c.last] if w.end <= c.start + len(c.base) + 1])
    if c.aliases:
        return [replace(c, form=single)]
    cuts = [i for i in range(c.first + 1, stop) if line.words[i].key == "and"]
    if not cuts:
        return [replace(c, form=single)]
    cut = cuts[-1]
    right = replace(candidate(line, cut + 1, c.last, "pattern", base=stop), form=single)
    left = candidate(line, c.first, cut, "pattern")
    return [replace(left, form=single), right]


def _joined(line: Line, left: Candidate, right: Candidate) -> bool:
    between = [w.key for w in line.words[left.last : right.first]]
    return between in (["and"], [","], [",", "and"], ["and", "the"], ["and", "nhs"], [",", "nhs"])


def _run_left(line: Line, first: int, found: Iterable[Candidate]) -> tuple[int, int] | None:
    """An unknown run of capitals before a comma or "and" to the left of a word."""
    words = line.words
    i = first - 1
    if i < 1 or words[i].key not in (",", "and"):
        return None
    if words[i].key == "and" and words[i - 1].key == ",":
        i -= 1
    last = i
    covered = {k for c in found for k in range(c.first, c.last)}
    while i > 0 and words[i - 1].capital and words[i - 1].key not in STOP and i - 1 not in covered:
        i -= 1
    return (i, last) if i < last and any(w.key not in GENERIC for w in words[i:last]) else None


def _collective(line: Line, c: Candidate, form: Form) -> Candidate:
    """The candidate with a lower-case compass point before it ("east Kent CCGs") taken in."""
    first = c.first
    while first > 0 and line.words[first - 1].text in _COMPASS:
        first -= 1
    if first == c.first:
        return replace(c, form=form)
    wider = candidate(line, first, c.last, "pattern")
    return replace(wider, base=line.slice(wider.start, c.start + len(c.base)), form=form)


def _named_by_places(line: Line, found: Sequence[Candidate]) -> list[Candidate]:
    """Put "six CCGs of Hampshire, Southampton and the Isle of Wight" in place of the places that it names."""
    words = line.words
    groups: list[Candidate] = []
    for i, word in enumerate(words):
        opening = form_at(words, i) if word.key in _GROUPS else None
        if opening is None or not opening[1].plural or not i or words[i - 1].key not in NUMBERS:
            continue
        first = opening[0] + 1
        if first >= len(words) or words[first - 1].key not in ("of", "in", "across"):
            continue
        last = first
        while last < len(words) and (words[last].capital or words[last].key in (",", "and", "the", "of")):
            last += 1
        while last > first and not words[last - 1].capital:
            last -= 1
        if last > first:
            places = line.slice(words[first].start, words[last - 1].name_end).removeprefix("the ")
            groups.append(replace(candidate(line, i, last, "pattern"), base=places, form=_CCGS))
    apart = [c for c in found if not any(g.first < c.last and c.first < g.last for g in groups)]
    return sorted(apart + groups, key=lambda c: c.first)
