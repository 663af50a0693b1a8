"""What a linear model is told of a name that the register does not know: its words, and those around it.

Every trait is a short readable text ("next:which", "list:trust"). All places where a name stands in the briefing give
theirs to the same name, and so do its shorter forms: "Mr Stubbs" says what "Trelawney Stubbs" is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.evidence import Evidence, given_names
from ingest.mentions import Line
from ingest.names import GENERIC, STOP, Word, fold
from ingest.parse import Token
from ingest.placeuse import class_words
from ingest.runs import LETTERS, Run

_WINDOW = 5
_INSIDE = ("compound", "amod", "nmod", "flat", "punct", "case", "det", "poss", "nummod")
_JOINERS = (",", "and", "or", ";", "&", "both", "the", "with")


@dataclass(slots=True)
class Setting:
    """What a whole briefing says that bears on any name in it.

    `starts` and `ends` give the kind of a body already known that begins or ends at an offset; `alone` counts the
    single words that stand as names by themselves, `titled` those that follow a title. `ordinary` words are no names
    where they are written small.
    """

    lines: Sequence[Line]
    era: str
    starts: Mapping[int, str]
    ends: Mapping[int, str]
    ordinary: frozenset[str]
    tokens: dict[int, Token] = field(default_factory=dict)
    classes: Sequence[Sequence[tuple[int, str]]] = ()
    most: str = ""
    alone: Counter[str] = field(default_factory=Counter)
    titled: Counter[str] = field(default_factory=Counter)
    first_words: Counter[str] = field(default_factory=Counter)
    last_words: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        lines: Sequence[Line],
        found: Iterable[Run],
        era: str,
        known: Mapping[tuple[int, int], str],
        ordinary: frozenset[str],
    ) -> Setting:
        """Read a briefing whose names `found` the register does not know; `known` are kinds by where they stand."""
        starts = {start: kind for (start, _), kind in known.items()}
        ends = {end: kind for (_, end), kind in known.items()}
        setting = cls(lines, era, starts, ends, ordinary)
        setting.tokens = {t.start: t for line in lines for t in line.passage.tokens}
        setting.classes = class_words(lines)
        told = Counter(kind for line in setting.classes for _, kind in line)
        setting.most = told.most_common(1)[0][0] if told else ""
        seen = set()
        for run in found:
            key = fold(run.text)
            if run.size == 1:
                setting.alone[key] += 1
                if run.title:
                    setting.titled[key] += 1
            elif key not in seen:
                seen.add(key)
                words = key.split()
                setting.first_words[words[0]] += 1
                setting.last_words[words[-1]] += 1
        return setting


def traits(runs: Sequence[Run], setting: Setting, evidence: Evidence | None) -> set[str]:
    """All traits of the name that stands at these places; `evidence` is what the rules make of it."""
    found = set(_of_name(runs, setting))
    for run in runs:
        found.update(_of_place(run, setting.lines[run.line], setting))
    if evidence is not None:
        kind, points = evidence.best
        found.add(f"person:{max(-3, min(5, round(evidence.person)))}")
        if kind:
            found.add(f"told:{kind}")
            found.add(f"told:{kind}:{min(5, round(points))}")
        if "" in evidence.body:
            found.add(f"body:{min(4, round(evidence.body['']))}")
    return found


def word_told(word: Word) -> str:
    """A word of the context as traits give it: names and numbers only as such."""
    if word.text[0].isdigit():
        return "0"
    return "Aa" if word.capital and word.key not in STOP and word.key not in LETTERS else word.key


def _of_name(runs: Sequence[Run], setting: Setting) -> Iterator[str]:
    """Traits of the words of a name and of the briefing as a whole."""
    run = runs[0]
    line = setting.lines[run.line]
    words = [w for w in line.words[run.first : run.last] if w.key != "."]
    size = min(len(words), 4)
    yield f"size:{size}"
    yield f"era:{setting.era}"
    yield f"most:{setting.most}:{min(size, 2)}"
    yield f"times:{min(len(runs), 3)}"
    first, last = words[0], words[-1]
    ending = last.bare or last.key
    if any(w.text == "&" for w in words):
        yield "sign:and"
    if any(w.key in ("and", "of") for w in words):
        yield "sign:joined"
    if last.bare and last.text[-1] in "sS’'":
        yield f"sign:possessive:{size}"
    if all(r.heading for r in runs):
        yield "sign:heading"
    for w in words:
        if any(c.isupper() for c in w.text[1:]):
            yield "sign:capitals" if w.text.isupper() else "sign:camel"
        if any(c.isdigit() for c in w.text):
            yield "sign:digit"
    for place, key in (("first", first.key), ("last", ending), *(("mid", w.key) for w in words[1:-1])):
        # a word that only names have would be learned by heart
        if key in setting.ordinary or key in GENERIC:
            yield f"{place}:{key}"
    single = "one" if size == 1 else "end"
    for n in (3, 4, 5):
        if len(ending) > n:
            yield f"{single}:{ending[-n:]}"
    if size == 1 and len(first.key) > 4:
        yield f"open:{first.key[:3]}"
    ordinary = setting.ordinary
    if first.key in ordinary:
        yield f"ordinary:first:{single}"
    if ending in ordinary and size > 1:
        yield "ordinary:last"
        if first.key not in given_names():
            yield "ordinary:last:new"
    if first.key in given_names():
        yield f"given:{min(size, 2)}"
    if size > 1:
        if setting.titled[ending]:
            yield "later:titled"
        if setting.alone[ending]:
            yield "later:last"
        if setting.alone[first.key]:
            yield "later:first"
        yield f"shared:first:{min(setting.first_words[first.key], 3)}"
        yield f"shared:last:{min(setting.last_words[ending], 3)}"


def _of_place(run: Run, line: Line, setting: Setting) -> Iterator[str]:
    """Traits of one place where a name stands."""
    words = line.words
    before = [word_told(w) for w in words[max(0, run.first - 3) : run.first]]
    after = [word_told(w) for w in words[run.last : run.last + 3]]
    owner = bool(words[run.last - 1].bare)
    if run.title:
        yield "title"
    if words[run.first].start in line.opening:
        yield "opening"
    previous = before[-1] if before else "^"
    following = after[0] if after else "$"
    yield f"prev:{previous}"
    yield f"next:{'own:' if owner else ''}{following}"
    if len(before) > 1:
        yield f"prev2:{before[-2]} {previous}"
    if len(after) > 1:
        yield f"next2:{'own:' if owner else ''}{following} {after[1]}"
    for w in words[max(0, run.first - _WINDOW) : run.first]:
        if not w.capital and len(w.key) > 2:
            yield f"left:{w.key}"
    for w in words[run.last : run.last + _WINDOW]:
        if not w.capital and len(w.key) > 2:
            yield f"right:{w.key}"
    yield from _of_sentence(run, line, words[run.last - 1], setting)
    yield from _of_list(run, words, setting)
    yield from _of_class(run, line, setting)


def _of_sentence(run: Run, line: Line, last: Word, setting: Setting) -> Iterator[str]:
    """What the tagger and the parser make of the name."""
    tokens = line.passage.tokens
    token = setting.tokens.get(last.start)
    if token is None:
        return
    yield f"label:{token.ent}"
    yield f"pos:{token.pos}"
    start = line.words[run.first].start
    for _ in range(6):
        head = tokens[token.head]
        if head.i == token.i or head.start < start or head.start >= last.end or token.dep not in _INSIDE:
            break
        token = head
    head = tokens[token.head]
    yield f"dep:{token.dep}"
    if head.i == token.i:
        return
    if token.dep == "pobj":
        above = tokens[head.head]
        yield f"dep:pobj:{head.lower}"
        if above.text.islower():
            yield f"dep:pobj:{above.lemma} {head.lower}"
    elif head.text.islower():
        yield f"dep:{token.dep}:{head.lemma}"


def _of_list(run: Run, words: Sequence[Word], setting: Setting) -> Iterator[str]:
    """The kinds of known bodies that stand beside the name, joined by a comma or an "and"."""
    i = run.first - 1
    while i >= 0 and words[i].key in _JOINERS:
        i -= 1
    if 0 <= i < run.first - 1:
        if kind := setting.ends.get(words[i].name_end):
            yield f"list:{kind}"
        elif words[i].capital and words[i].key not in STOP:
            yield "list:?"
    i = run.last
    while i < len(words) and words[i].key in _JOINERS:
        i += 1
    if run.last < i < len(words):
        if kind := setting.starts.get(words[i].start):
            yield f"list:{kind}"
        elif words[i].capital and words[i].key not in STOP:
            yield "list:?"


def _of_class(run: Run, line: Line, setting: Setting) -> Iterator[str]:
    """The class of body ("the three trusts") that is spoken of nearest to the name, and what follows the sentence."""
    at = run.start
    inside = next((s for s in line.passage.sentences if s.start <= at < s.end), None)
    here = [(abs(where - at), kind) for where, kind in setting.classes[line.index]]
    if inside is not None:
        near = [x for x in setting.classes[line.index] if inside.start <= x[0] < inside.end]
        here = [(abs(where - at), kind) for where, kind in near] or here
        yield "class:sentence" if near else "class:far"
        opening = [w.key for w in line.words if inside.end <= w.start < inside.end + 40][:2]
        if opening:
            yield f"then:{' '.join(opening) if opening[0] in ('the', 'its') else opening[0]}"
    if here:
        yield f"class:{min(here)[1]}"
    else:
        for other in range(line.index - 1, -1, -1):
            if setting.classes[other] and setting.lines[other].passage.section == line.passage.section:
                yield f"above:{setting.classes[other][-1][1]}"
                break
    for w in line.words[run.last : run.last + 12]:
        if w.key in ("he", "she", "his", "her", "its", "their", "it", "who", "which"):
            yield f"soon:{w.key}"
            break
