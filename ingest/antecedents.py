"""Which entity a reference means: all that may be meant, and what speaks for each.

Every entity that its story has named so far, and that is of a kind the head noun has stood for, is weighed by
how far back it was told of, where and how often, whether its name has the reference's modifiers in it, and
what earlier references meant; "none of them" is weighed along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.schema import PERSON
from ingest.discourse import SUBJECT, WORD, Discourse, Told
from ingest.parse import Token
from ingest.scene import Line
from ingest.spots import PERSONAL, Spot

REACH = 12
"""Sentences back within which an entity was told of last, by name or by reference, to be meant by a noun."""
_PRONOUN_REACH = 3
_LOOKED_AT = 40
_MOST = 10
"""Most entities weighed for one reference: those told of last."""
_SIZES = frozenset(
    {"same", "new", "old", "former", "latter", "other", "smaller", "larger", "second", "first", "merged"}
)

_RELATIVES = frozenset({"neighbour", "partner", "rival", "counterpart", "twin", "suitor", "predecessor", "successor"})
"""Heads that with "its" mean another body than the one told of."""

Heads = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Option:
    """An entity that may be meant (None: none is), and what speaks for or against it."""

    entity: str | None
    features: tuple[str, ...]


def options(discourse: Discourse, line: Line, spot: Spot, heads: Heads) -> list[Option]:
    """None, and each entity that may be meant, the one told of last first."""
    fitting = _agreeing(spot, _fitting(discourse, line, spot, heads))
    if spot.head in _RELATIVES and spot.article in ("its", "their"):
        owner = _owner_of(discourse, line)
        fitting = [t for t in fitting if t is not owner]
    tokens = line.passage.tokens
    around = _around(tokens, spot)
    klass = spot.head if spot.pronoun else "n"
    kinds = len({t.entity.id for t in fitting})
    none = [
        f"0 {spot.head}",
        f"0 {spot.head} {spot.article}",
        f"0 {klass} rivals={min(kinds, 4)}",
        f"0 {klass} {spot.article} after={around[1]}",
        f"0 before={around[0]}",
        f"0 {klass} line={line.passage.kind}",
        f"0 heads {spot.head} {around[1]}",
    ]
    if spot.pronoun:
        verb = tokens[tokens[spot.token].head]
        none.append(f"0 {klass} verb={verb.lemma if verb.pos in ('VERB', 'AUX') else verb.pos}")
    none += [f"0 mod={m.lower()}" if m.islower() else "0 mod=Name" for m in spot.modifiers]
    found = [Option(None, tuple(none))]
    for rank, told in enumerate(fitting):
        found.append(Option(told.entity.id, tuple(_features(discourse, line, spot, told, rank, fitting, klass))))
    return found


def _fitting(discourse: Discourse, line: Line, spot: Spot, heads: Heads) -> list[Told]:
    reach = _PRONOUN_REACH if spot.pronoun else REACH
    found: list[Told] = []
    for seen, told in enumerate(discourse.recent(line)):
        if line.index - told.sentence > reach or len(found) == _MOST or seen == _LOOKED_AT:
            break
        if _may(spot, told, heads):
            found.append(told)
    if not found and not spot.pronoun:
        others = [t for t in islice(discourse.everything(), _LOOKED_AT) if _may(spot, t, heads)]
        found = others if len(others) == 1 else []
    return found


def _may(spot: Spot, told: Told, heads: Heads) -> bool:
    kind = told.entity.kind
    if spot.head in PERSONAL:
        wrong = "m" if spot.head in ("she", "her") else "f"
        return kind == PERSON and told.gender != wrong
    if spot.pronoun:
        return kind != PERSON
    return kind in heads[spot.head]


def _features(
    discourse: Discourse, line: Line, spot: Spot, told: Told, rank: int, fitting: Sequence[Told], klass: str
) -> Iterator[str]:
    kind, ident = told.entity.kind, told.entity.id
    far = line.index - told.sentence if told.section == line.section else 99
    back = line.index - told.named_in
    distance = f"d={far if far < 3 else 3 if far < 6 else 6 if far < 99 else 99}"
    same = [t for t in fitting if t.entity.kind == kind]
    place = "only" if len(same) == 1 else str(min(same.index(told), 2))
    yield f"{spot.head} {kind}" if not spot.pronoun else f"{'it' if klass in ('it', 'its') else 'he'} {kind}"
    yield f"{klass} {distance}"
    yield f"{klass} rank={min(rank, 3)} of {min(len(fitting), 4)}"
    yield f"{klass} kin={place} {distance}"
    yield f"{spot.head} kin={place}"
    yield f"named={back if back < 3 else 3 if back < 6 else 6}"
    yield f"{klass} times={min(told.times, 4)}"
    most = max(t.times for t in fitting)
    yield f"{klass} most={told.times == most and sum(t.times == most for t in fitting) == 1}"
    yield f"{klass} first={told.first == min(t.first for t in fitting)}"
    token = line.passage.tokens[spot.token]
    subject = token.dep in SUBJECT
    if spot.pronoun:
        yield f"{klass} {told.entity.kind} dep={token.dep} {told.subject}"
        yield f"its {line.passage.tokens[token.head].lemma} {kind}"
    yield f"{klass} {distance} subj={told.subject} {subject}"
    yield f"{klass} {distance} leads={told.leads}"
    if told.opening:
        yield f"{klass} opening {place}"
    if told.subjects:
        yield f"{klass} subjects={told.subjects == max(t.subjects for t in fitting)} {min(told.subjects, 2)}"
    yield f"{klass} passage={told.passage == line.passage.index} {distance}"
    if any(m.start > spot.start and m.entity.id == ident for m in line.marks):
        yield f"{klass} named later"
    if far == 0 and told.verb == token.head and told.passage == line.passage.index:
        yield f"{klass} beside"
    if far < 99:
        nearest = min(t.entity.id != ident and t.sentence == told.sentence for t in fitting) if fitting else False
        alone = not any(t.sentence == told.sentence and t.entity.id != ident for t in fitting)
        yield f"{klass} {distance} alone={alone} {nearest}"
        if far == 0 and not spot.pronoun:
            between = discourse.scene.text[told.start : spot.start]
            yield f"n apposed={',' in between[-3:]} {len(between) < 60}"
    if told.entity.members:
        yield f"{klass} collective"
    for what in ("noun", "pronoun", spot.head):
        last = discourse.last(what)
        if last is not None:
            yield f"{klass} last {what if what in ('noun', 'pronoun') else 'head'}={last == ident}"
    known = discourse.meant(spot)
    if known is not None:
        yield f"{klass} phrase={known == ident} {place} {distance}"
        yield f"{spot.head} phrase={known == ident}"
    if spot.head in told.heads:
        yield f"{klass} called so"
    yield from _agreement(spot, told, fitting)
    yield from _owner(discourse, line, spot, told)
    if far == 0:
        gap = sum(1 for t in line.passage.tokens[max(0, spot.token - 40) : spot.token] if t.start >= told.start)
        yield f"{klass} gap={0 if gap < 4 else 1 if gap < 9 else 2 if gap < 18 else 3} {spot.article}"
        between = discourse.scene.text[told.start : spot.start]
        yield f"{klass} clause={',' in between[-60:]} {told.subject}"
        yield f"{spot.head} here {spot.article in ('its', 'his', 'her', 'their')}"


def _agreeing(spot: Spot, fitting: list[Told]) -> list[Told]:
    """Names before the head ("the Norfolk trust") leave those that have them in theirs; one alone may lack them."""
    names = [m.lower().replace("’", "'").removesuffix("'s").split("-")[0] for m in spot.modifiers if m[0].isupper()]
    if not names:
        return fitting
    agreeing = [t for t in fitting if any(n in t.entity.name.lower() for n in names)]
    return agreeing or (fitting if len(fitting) == 1 else [])


def _owner_of(discourse: Discourse, line: Line) -> Told | None:
    """The body that "its" is said of: the first of the last sentence that tells of any."""
    bodies = [t for t in islice(discourse.recent(line), _LOOKED_AT) if t.entity.kind != PERSON]
    last = [t for t in bodies if t.sentence == bodies[0].sentence]
    return next((t for t in last if t.subject or t.leads), last[0] if last else None)


def _owner(discourse: Discourse, line: Line, spot: Spot, told: Told) -> Iterator[str]:
    """ "its neighbour" is not the body told of last; "his trust" is the one by the person's name."""
    if spot.article in ("its", "their"):
        yield f"its {spot.head} {told.entity.kind} {told.subject}"
        yield f"its n d={min(line.index - told.sentence, 2)} subj={told.subject}"
    elif spot.article in ("his", "her"):
        person = next((t for t in discourse.recent(line) if t.entity.kind == PERSON), None)
        if person is not None:
            gap = abs(person.named - told.start)
            yield f"his n by={gap < 60} {gap < 140} {person.sentence == told.sentence}"


def _agreement(spot: Spot, told: Told, fitting: Iterable[Told]) -> Iterator[str]:
    """Whether the words before the head are in the entity's name, and in no other's."""
    for modifier in spot.modifiers:
        word = modifier.lower().replace("’", "'").removesuffix("'s")
        if word in _SIZES or modifier in ("'s", "’s"):
            yield f"mod={word} {told.entity.kind}"
            yield f"mod={word} subj={told.subject} leads={told.leads}"
            continue
        for part in WORD.findall(word):
            mine = part in told.words
            others = any(part in t.words for t in fitting if t is not told)
            yield f"{'Name' if modifier[0].isupper() else 'word'} mine={mine} other={others}"
            if not mine:
                yield f"mod={part} {told.entity.kind}"


def _around(tokens: Sequence[Token], spot: Spot) -> tuple[str, str]:
    """What stands before and after: a word class, or the word itself where it is a small one."""
    after = tokens[spot.token + 1] if spot.token + 1 < len(tokens) else None
    first = spot.token
    while first > 0 and tokens[first].start > spot.start:
        first -= 1
    before = tokens[first - 1] if first else None
    return _class(before), _class(after)


def _class(token: Token | None) -> str:
    if token is None:
        return ""
    return token.lower if token.pos in ("ADP", "PRON", "SCONJ", "PART", "PUNCT", "CCONJ") else token.pos
