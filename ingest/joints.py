"""Whether "A and B" is one name or two: "Soar and Trent says that …", "Kedleston and Trusley Moor say that …".

A small linear model weighs the words around, and whether each part stands elsewhere in the briefing without the
other. It judges names that the register doesn't know, both bare ones and those with words behind them that tell
their kind ("Ridley and Sound and Oasthouse Community").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.evidence import given_names
from ingest.forms import FORMS, NAME_FORMS
from ingest.kinds import Kinds
from ingest.mentions import Candidate, Line
from ingest.names import GENERIC, STOP, Word, vocabulary
from ingest.runs import Run
from ingest.traits import word_told

_PLURAL_CLASSES = vocabulary("trusts boards ccgs icbs systems hospitals councils groups pcts stps")
_TWO = vocabulary("both between neither either two")


@dataclass(frozen=True, slots=True)
class Joint:
    """Words `first` to `middle` and `second` to `last` of a line, with "and" or "and the" between them."""

    line: int
    first: int
    middle: int
    second: int
    last: int
    formed: bool = False


class Joints:
    """The joints of a briefing, judged."""

    def __init__(self, lines: Sequence[Line], judge: Kinds) -> None:
        self._lines = lines
        self._judge = judge
        self._places: dict[str, list[tuple[int, int]]] | None = None

    def bare(self, line: Line, found: Sequence[Run]) -> Iterator[tuple[Run, Run, Joint]]:
        """Neighbouring runs that an "and" joins."""
        for left, right in pairwise(found):
            between = [w.key for w in line.words[left.last : right.first]]
            if between in (["and"], ["and", "the"]) and not (
                left.title or right.title or line.words[left.last - 1].bare
            ):
                yield left, right, Joint(line.index, left.first, left.last, right.first, right.last)

    def formed(self, c: Candidate) -> Joint | None:
        """The last "and" before the closing words of a name by its form."""
        words = self._lines[c.line].words
        if c.via != "pattern" or c.aliases or c.form is None or c.form.plural:
            return None
        stop = next((i for i in range(c.first, c.last) if words[i].start >= c.start + len(c.base)), c.last)
        at = next((i for i in range(stop - 1, c.first, -1) if words[i].key == "and"), None)
        if at is None or at + 1 >= c.last:
            return None
        second = at + 2 if words[at + 1].key == "the" else at + 1
        return Joint(c.line, c.first, at, second, c.last, formed=True) if second < c.last else None

    def shortened(self, c: Candidate) -> Candidate:
        """A name by its form without what stands before an "and" in it, where that is a name of its own."""
        joint = self.formed(c)
        if joint is None or self.one(joint):
            return c
        start = self._lines[c.line].words[joint.second].start
        text, base = c.text[start - c.start :], c.base[start - c.start :]
        return replace(c, first=joint.second, start=start, text=text, base=base or text)

    def one(self, joint: Joint) -> bool:
        """Whether both parts are one name."""
        left = self._lines[joint.line].words[joint.first : joint.middle]
        return not all(w.key in _KIND_WORDS for w in left) and self._judge.joined(self.traits(joint)) >= 0.5

    def whole(self, line: Line, found: Sequence[Run]) -> list[Run]:
        """The runs of a line, those that are parts of one name joined."""
        result = list(found)
        for left, right, joint in self.bare(line, found):
            if result and left in result and self.one(joint):
                at = result.index(left)
                end = line.words[right.last - 1].name_end
                text = line.slice(line.words[left.first].start, end)
                result[at : at + 2] = [replace(left, last=right.last, end=end, text=text)]
        return result

    def traits(self, joint: Joint) -> set[str]:
        """What is known of a joint."""
        words = self._lines[joint.line].words
        left, right = words[joint.first : joint.middle], words[joint.second : joint.last]
        found = {
            "always",
            f"left:{min(len(left), 3)}",
            f"right:{min(len(right), 3)}",
            f"between:{words[joint.second - 1].key}:{int(words[joint.middle].text == '&')}",
            f"formed:{int(joint.formed)}",
        }
        found |= self._around(joint, words)
        for place, key in (("ends", right[-1].bare or right[-1].key), ("left ends", left[-1].key)):
            if key in self._judge.ordinary or key in GENERIC or key in _KIND_WORDS:
                found.add(f"{place}:{key}")
        alone = self._count(left, joint.line, joint.first, 0)
        other = self._count(right, joint.line, joint.second, 1)
        again = self._count(words[joint.first : joint.last], joint.line, joint.first, 2)
        found |= {f"alone:{min(alone, 2)}", f"other:{min(other, 2)}", f"again:{min(again, 2)}"}
        found |= {f"alone:{min(alone, 1)}{min(other, 1)}{min(again, 1)}:{int(joint.formed)}"}
        if left[0].key == right[0].key or left[-1].key == right[-1].key:
            found.add("alike")
        if left[-1].key in _KIND_WORDS or left[0].key in _KIND_WORDS:
            found.add("left told")
        if left[0].key in given_names() and right[0].key in given_names():
            found.add("given")
        return found

    def _around(self, joint: Joint, words: Sequence[Word]) -> set[str]:
        found = set()
        before = words[joint.first - 1] if joint.first else None
        if before is None:
            found.add("prev:^")
        elif before.key == "," and joint.first > 1 and words[joint.first - 2].capital:
            found.add("prev:listed")
        elif before.capital and before.key not in STOP:
            found.add("prev:capital")
        else:
            found.add(f"prev:{word_told(before)}")
        if any(w.key in _TWO for w in words[max(0, joint.first - 3) : joint.first]):
            found.add("prev:two")
        if words[joint.last - 1].bare:
            found.add("own")
        after = words[joint.last] if joint.last < len(words) else None
        if after is not None:
            found.add(f"next:{word_told(after)}")
            tokens = self._lines[joint.line].passage.tokens
            token = next((t for t in tokens if t.start == after.start), None)
            if token is not None:
                found.add(f"next tag:{token.tag}")
            if any(w.key in _PLURAL_CLASSES for w in words[joint.last : joint.last + 3]):
                found.add("next:classes")
        return found

    def _count(self, span: Sequence[Word], line: int, first: int, part: int) -> int:
        """How often words stand elsewhere: without an "and" after them (0), before them (1), or at all (2)."""
        if self._places is None:
            self._places = {}
            for other in self._lines:
                for i, word in enumerate(other.words):
                    if word.capital:
                        self._places.setdefault(word.bare or word.key, []).append((other.index, i))
        keys = [w.key for w in span[:-1]] + [span[-1].bare or span[-1].key]
        count = 0
        for where, i in self._places.get(span[0].bare or span[0].key, ()):
            words = self._lines[where].words
            if (where, i) == (line, first) or i + len(span) > len(words):
                continue
            here = [w.key for w in words[i : i + len(span)]]
            here[-1] = words[i + len(span) - 1].bare or here[-1]
            if here != keys:
                continue
            after = words[i + len(span)].key if i + len(span) < len(words) else ""
            before = words[i - 1].key if i else ""
            if part == 2 or (part == 0 and after != "and") or (part == 1 and before not in ("and", "the")):
                count += 1
        return count


_KIND_WORDS = frozenset(k for form in (*FORMS, *NAME_FORMS) for k in form) - vocabulary("health care royal general")
