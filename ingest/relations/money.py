"""Sums of money in text, in pounds: "£1.5bn", "up to £38m", "£12m to £15m", "a further £900,000".

A range counts as its upper end. "m", "bn", "k" and scale words may be apart from the figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCALE = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"(?:[\s\u00a0-]?(?P<{0}>bn|billion|mn|mln|million|m|k|thousand|tn|trillion|b)\b)?"
_MONEY = re.compile(
    rf"£\s?(?P<low>{_NUMBER}){_UNIT.format('lowunit')}"
    rf"(?:\s?(?P<dash>-|–|to|and)\s?(?P<pound>£?)\s?(?P<high>{_NUMBER}){_UNIT.format('highunit')})?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum and where it stands (document offsets). `pounds` is the upper end of a range."""

    pounds: float
    start: int
    end: int


def find_money(text: str, *, offset: int = 0) -> list[Money]:
    """All sums in a text, in order; `offset` is added to their places.

    >>> [m.pounds for m in find_money("a £1.5bn fund, of which £12m-£15m and £900,000")]
    [1500000000.0, 15000000.0, 900000.0]
    """
    found: list[Money] = []
    for match in _MONEY.finditer(text):
        low_scale = _SCALE.get((match["lowunit"] or "").lower(), 1.0)
        pounds = float(match["low"].replace(",", "")) * low_scale
        end = match.end()
        if match["high"]:
            high_scale = _SCALE.get((match["highunit"] or "").lower(), 1.0)
            high = float(match["high"].replace(",", "")) * high_scale
            ranged = match["dash"] != "and" or "between" in text[max(0, match.start() - 12) : match.start()].lower()
            if ranged and high >= pounds and (match["pound"] or match["highunit"]):
                pounds = high
            else:
                end = match.end("lowunit") if match["lowunit"] else match.end("low")
                if match["pound"]:
                    found.append(Money(pounds, match.start() + offset, end + offset))
                    found.extend(find_money(text[end : match.end()], offset=offset + end))
                    continue
        found.append(Money(pounds, match.start() + offset, end + offset))
    return found
