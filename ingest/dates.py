"""Dates as briefings write them, day first. A date that can't be is no date, and nothing falls back to today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_GAP = r"[\s\-/.,]{1,3}"
_PATTERNS = tuple(
    re.compile(r"(?<![0-9])" + p, re.I | re.A)
    for p in (
        r"(?P<year>[0-9]{4})(?P<sep>[-/._])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
        rf"{_DAY}{_GAP}(?:of\s)?{_MONTH}{_GAP}{_YEAR}",
        rf"(?<![a-z]){_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}",
        r"(?P<day>[0-9]{1,2})(?P<sep>[-/._])(?P<month>[0-9]{1,2})(?P=sep)" + _YEAR,
    )
)
_LABEL = re.compile(
    r"\W{0,4}(?:date\s+)?(?:published|publication\s+date|date|dated|posted|issued|issue\s+date)"
    r"(?:\s+(?:on|at|published))?\W{0,2}[:–—]\W*(?P<value>.+)",
    re.I,
)
_WEEKDAY = re.compile(r"^\W*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.]*)?", re.I)
_CLOCK = re.compile(r"[\s,]*(?:at\s+)?(?:T?[0-9]{1,2}[:.][0-9]{2}\S*)?\s*(?:am|pm|gmt|bst|utc)?\W*$", re.I)
_FIRST_YEAR, _LAST_YEAR = 1948, 2099
_LABELLED_LINES, _BARE_LINES = 12, 6


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or the NHS was not there yet."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> date | None:
    """The first date written in a short text, such as a header's value or a file name.

    >>> find("Friday 8th November 2024, 06:00")
    datetime.date(2024, 11, 8)
    >>> find("31/02/2024") is None
    True
    """
    return next((found for _, _, found in _all(text)), None)


def in_lines(text: str) -> date | None:
    """The date of a `Published:` or `Date:` line, or of a line that is nothing but a date, near the top."""
    head = [line for line in text[:8000].split("\n") if line.strip()][:_LABELLED_LINES]
    for line in head:
        label = _LABEL.match(line)
        if label and (found := find(label["value"])):
            return found
    return next((found for line in head[:_BARE_LINES] if (found := _bare(line))), None)


def _bare(line: str) -> date | None:
    if len(line) > 60:
        return None
    for start, end, found in _all(line):
        before, after = line[:start], line[end:]
        if _WEEKDAY.sub("", before).strip() == "" and _CLOCK.fullmatch(after):
            return found
    return None


def _all(text: str) -> Iterator[tuple[int, int, date]]:
    hits = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            word = match["month"].lower()
            month = int(word) if word.isdigit() else _MONTHS.index(word[:3]) + 1
            if found := valid(int(match["year"]), month, int(match["day"])):
                hits.append((match.start(), match.end(), found))
    yield from sorted(hits)
