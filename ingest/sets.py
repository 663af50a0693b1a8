"""References to several bodies: "the two trusts", "the pair", "both", "all five", "they" → their members.

What may be meant is weighed as single entities are (`antecedents`): the bodies of one kind named last, those of one
sentence, of one list ("A, B and C"), all of one kind in the story, and what the last such reference
meant; or nothing of these. The number must agree, and so must the kind where there is a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from graph.schema import PERSON
from ingest.antecedents import REACH
from ingest.discourse import Discourse, Told
from ingest.parse import Token
from ingest.scene import Line

COUNTS = {
    "two": 2, "pair": 2, "duo": 2, "couple": 2, "both": 2, "neither": 2, "either": 2, "three": 3, "trio": 3, "four": 4,
    "quartet": 4, "five": 5, "quintet": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|pair|duo|couple|trio|quartet|quintet"
_ANY = ("bodies", "organisations", "parties", "sides", "neighbours", "partners", "protagonists", "institutions")
_REST = "remaining|other|others|latter|former|first|last|same|surviving"
NOT_BETWEEN = frozenset({"VERB", "AUX", "ADP", "PUNCT", "SCONJ", "CCONJ", "DET", "PRON", "PART"})
_GOES_ON = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})
_MOST = 12
"""Most members a set may have."""


@dataclass(frozen=True, slots=True)
class Several:
    """Words for several bodies, by document offsets; `number` 0 where not told, `kinds` empty for any."""

    start: int
    end: int
    form: str
    number: int
    rest: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Bodies that may be meant together (none: nothing is), and what speaks for or against them."""

    members: tuple[str, ...]
    features: tuple[str, ...]


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def plurals(heads: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """The plurals of head nouns, the longest first."""
    return _plurals(tuple(heads))


@lru_cache(maxsize=4)
def _plurals(heads: tuple[str, ...]) -> tuple[str, ...]:
    singular = (h for h in heads if not h.endswith("s") or h == "ics")
    return tuple(sorted(map(_plural, singular), key=lambda p: (-len(p), p)))


def kinds_of(plural: str, heads: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    """The kinds that a plural has stood for in the singular."""
    return frozenset(k for h in heads if _plural(h) == plural for k in heads[h] if k not in ("bare", PERSON))


@lru_cache(maxsize=4)
def _pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(sorted((*nouns, *_ANY), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<det>the|these|those|all(?: of)?(?: the| these)?|both(?: of)?(?: the| these)?|neither of the|"
        rf"either of the|each of the|its|their)\s+(?:(?P<r1>{_REST})\s+)?(?:(?P<n1>{_COUNT})\s+)?"
        rf"(?P<mod>(?:[\w’'-]+\s+){{0,2}}?)(?P<head>{either})"
        rf"|(?:the|these|those|all|all the)\s+(?:(?P<r2>{_REST})\s+)?(?P<n2>{_COUNT})(?:\s+of\s+them)?"
        rf"|(?P<bare>both|neither|either|each|they|them))\b",
        re.I,
    )


def several(line: Line, heads: Mapping[str, Mapping[str, int]]) -> Iterator[Several]:
    """The words of a sentence that may stand for several bodies named before, outside names."""
    tokens = line.tokens
    for match in _pattern(plurals(heads)).finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        if any(m.start < end and start < m.end for m in line.marks):
            continue
        after = next((t for t in tokens if t.start >= end), None)
        head = (match["head"] or "").lower()
        if head:
            inside = [t for t in tokens if start <= t.start < end]
            if any(
                t.pos in NOT_BETWEEN and t.text != "-" for t in inside[1:-1] if t.lower not in ("of", "the", "these")
            ):
                continue
            if after is not None and after.pos in ("NOUN", "PROPN"):
                continue
            if match["det"].lower() in ("its", "their") and not match["n1"]:
                continue
        elif _goes_on(tokens, end):
            continue
        bare = (match["bare"] or "").lower()
        if bare and any(m.start - end in range(3) for m in line.marks):
            continue
        word = (match["n1"] or match["n2"] or bare or match["det"].split()[0]).lower()
        kinds = kinds_of(head, heads)
        form = bare or ("number" if not head else "any" if head in _ANY else "noun")
        rest = (match["r1"] or match["r2"] or "").lower()
        yield Several(start, end, form, COUNTS.get(word, 0), rest, frozenset() if head in _ANY else kinds)


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    """Whether a noun follows that the words before only count ("the two wards"); a verb may look like one."""
    after = list(islice((t for t in tokens if t.start >= end), 2))
    if not after or (after[0].pos not in _GOES_ON and after[0].text not in "-–"):
        return False
    return len(after) < 2 or after[0].tag not in ("NN", "NNS") or after[1].pos not in ("DET", "PRON")


def choices(discourse: Discourse, line: Line, spot: Several) -> list[Choice]:
    """Nothing, and each set that may be meant."""
    told = [
        t
        for t in islice(discourse.recent(line), 40)
        if line.index - t.sentence <= REACH and t.entity.kind != PERSON and not t.entity.members
    ]
    known = {t.entity.id: t for t in told}
    fitting = [t for t in told if not spot.kinds or t.entity.kind in spot.kinds]
    found: dict[tuple[str, ...], list[str]] = {}

    def offer(members: list[str], why: str) -> None:
        ids = tuple(sorted(dict.fromkeys(members)))
        if 2 <= len(ids) <= _MOST and (not spot.number or len(ids) == spot.number):
            found.setdefault(ids, []).append(why)

    kinds = dict.fromkeys(t.entity.kind for t in fitting)
    for place, kind in enumerate(kinds):
        of_kind = [t for t in fitting if t.entity.kind == kind]
        ids = [t.entity.id for t in of_kind]
        which = "last kind" if place == 0 else "other kind"
        offer(ids, f"all of {which}")
        if spot.number:
            offer(ids[: spot.number], f"last of {which}")
    if spot.number:
        offer([t.entity.id for t in fitting[: spot.number]], "last of any kind")
    by_line: dict[int, list[str]] = {}
    for t in fitting:
        by_line.setdefault(t.sentence, []).append(t.entity.id)
    for sentence in sorted(by_line, reverse=True)[:4]:
        offer(by_line[sentence], f"sentence d={min(line.index - sentence, 3)}")
    for row, sentence in discourse.lists():
        if all(i in known and (not spot.kinds or known[i].entity.kind in spot.kinds) for i in row):
            offer(list(row), f"list d={min(line.index - sentence, 3)}")
    for back, (row, sentence) in enumerate(discourse.sets()):
        if not spot.kinds or all(i in known and known[i].entity.kind in spot.kinds for i in row):
            offer(list(row), f"set back={min(back, 1)} d={min(line.index - sentence, 3)}")
    result = [
        Choice(
            (),
            (
                f"0s {spot.form}",
                f"0s {spot.form} {spot.number}",
                f"0s choices={min(len(found), 3)}",
                f"0s rest={spot.rest}",
                f"0s {spot.form} {line.passage.kind}",
            ),
        )
    ]
    for members, why in found.items():
        result.append(Choice(members, tuple(_features(members, why, known, line, spot))))
    return result


def _features(
    members: tuple[str, ...], why: list[str], known: Mapping[str, Told], line: Line, spot: Several
) -> Iterator[str]:
    told = [known[m] for m in members if m in known]
    kinds = {t.entity.kind for t in told}
    for reason in why:
        yield f"s {reason}"
        yield f"s {spot.form} {reason}"
        if spot.rest:
            yield f"s {spot.rest} {reason.split(' d=')[0]}"
    yield f"s ways={min(len(why), 4)}"
    yield f"s kinds={min(len(kinds), 3)} {'noun' if spot.form == 'noun' else ''}"
    yield f"s {spot.form} size={min(len(members), 5)}"
    if told:
        yield f"s last={min(line.index - max(t.sentence for t in told), 4)}"
        yield f"s spread={min(max(t.sentence for t in told) - min(t.sentence for t in told), 4)}"
        times = [t.times for t in told]
        others = [t.times for t in known.values() if t.entity.id not in members and t.entity.kind in kinds]
        yield f"s most={min(times) > max(others, default=0)} {min(len(others), 2)}"
        yield f"s unsaid={len(told) < len(members)}"
    for kind in kinds:
        yield f"s {spot.form} {kind}"
