"""Which of several bodies a name means, by what else the briefing says; None where that leaves a doubt.

Counted for each candidate: that it existed on the day, that the briefing names it elsewhere, that it belongs to
the system or region of other bodies named there. The best wins only by a clear lead. Similarity of names plays no
part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.register import Organisation, Register

_HERE, _ALIVE, _SYSTEM, _REGION, _USUAL = 4.0, 3.0, 2.0, 1.0, 1.0
_GROUPS_BEGIN = date(2013, 4, 1)
_BOARDS_BEGIN = date(2022, 7, 1)
LEAD = 1.0
"""Points by which the best candidate must lead."""


@dataclass(frozen=True, slots=True)
class Era:
    """When a briefing was written: on a day, or not before `earliest` and not after `latest` (None: no bound)."""

    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def of(cls, register: Register, published: date | None, named: Iterable[str] = ()) -> Era:
        """The day of publishing, else what the lives of the bodies named allow; nothing where they contradict it."""
        if published:
            return cls(published, published)
        bodies = [b for i in named if (b := register.get(i))]
        earliest = max((b.opened for b in bodies if b.opened), default=None)
        latest = min((b.closed for b in bodies if b.closed), default=None)
        return cls() if earliest and latest and earliest > latest else cls(earliest, latest)

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def label(self) -> str:
        """The bodies that there were then: those before 2013, clinical commissioning groups, or boards; "?" unknown."""
        if self.latest is not None and self.latest < _GROUPS_BEGIN:
            return "2012"
        if self.earliest is None or self.latest is None:
            return "?"
        if self.earliest >= _BOARDS_BEGIN:
            return "2022"
        return "2017" if self.earliest >= _GROUPS_BEGIN and self.latest < _BOARDS_BEGIN else "?"

    def alive(self, body: Organisation) -> bool:
        """Whether a body may have existed then."""
        begun = body.opened is None or self.latest is None or body.opened <= self.latest
        return begun and (body.closed is None or self.earliest is None or body.closed >= self.earliest)

    def before(self, day: date) -> bool:
        """Whether it surely was before a day."""
        return self.latest is not None and self.latest < day


class Context:
    """The bodies that a briefing names beyond doubt, and its era."""

    def __init__(self, register: Register, named: Iterable[str], era: Era) -> None:
        self._register = register
        self._named = [i for i in named if i in register]
        self._era = era
        bodies = [b for i in self._named if (b := register.get(i))]
        self._systems = Counter(b.system or b.id for b in bodies if b.kind in ("trust", "ccg", "icb", "ics"))
        self._regions = Counter(b.region for b in bodies if b.region)

    def points(self, ident: str, *, usual: bool = False) -> float:
        """How well a candidate fits."""
        body = self._register.get(ident)
        if body is None:
            return 0.0
        points = _USUAL if usual else 0.0
        points += _HERE if ident in self._named else 0.0
        points += _ALIVE if self._era.alive(body) else 0.0
        points += _SYSTEM if self._systems[body.system or body.id] else 0.0
        points += _REGION if body.region and self._regions[body.region] else 0.0
        return points

    def choose(self, ids: Sequence[str], *, usual: str | None = None) -> str | None:
        """The candidate that leads clearly, or None."""
        ranked = sorted(((self.points(i, usual=i == usual), i) for i in ids), reverse=True)
        if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAD:
            return ranked[0][1]
        return None

    def ranked(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Candidates, best first."""
        return tuple(sorted(ids, key=lambda i: -self.points(i)))
