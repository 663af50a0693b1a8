"""Fit the judge of unknown names: `python -m training.kinds GOLD TEXTS [MARKED …]`.

Writes `ingest/data/kinds.json`. What ingestion makes of each text up to that point is the example, the annotated
mention that fills the same words its label. The fit is a multinomial logistic regression (L-BFGS, no chance in it).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.errors import ReadError
from graph.model import Document
from ingest.joints import Joints
from ingest.kinds import DATA, NONE, SCALE, Kinds
from ingest.link import index_of, unknown_names
from ingest.lists import spread
from ingest.mentions import cut, shared
from ingest.names import TITLES
from ingest.parse import ParsedDocument, parse
from ingest.reader import read
from ingest.register import Register
from ingest.runs import Run, runs
from ingest.shapes import find
from ingest.unknown import Names
from training.gold import Example, annotated

LABELS = (
    NONE,
    "person",
    "trust",
    "ccg",
    "icb",
    "ics",
    "supplier",
    "independent_provider",
    "charity",
    "local_authority",
    "regulator",
    "media",
    "other",
)
"""Rarer kinds of body are `other`: their names mostly tell them by their form."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a briefing: its traits and its right label."""

    traits: frozenset[str]
    label: str


def names(example: Example, parsed: ParsedDocument, register: Register, judge: Kinds) -> Iterator[Named]:
    """The unknown names of a briefing with the labels that its annotation gives them."""
    found = unknown_names(parsed, register, judge)
    for key, places in found.units.items():
        yield Named(frozenset(found.of_unit(key)), _usual(example, found, places))
    for path, (_, places) in found.formed.items():
        yield Named(frozenset(found.of_formed(path)), _usual(example, found, places))


def _usual(example: Example, found: Names, places: Iterable[Run]) -> str:
    """The label of most places of a name."""
    votes = Counter(_label(example, found, place.line, place.first, place.last) for place in places)
    return max(votes, key=lambda k: (votes[k], k))


def _label(example: Example, found: Names, line: int, first: int, last: int) -> str:
    """The kind of the annotated mention that fills these words, articles, titles and small words aside."""
    words = found.lines[line].words
    start, end = words[first].start, words[last - 1].name_end
    for m in example.mentions:
        if m.start <= start and end <= m.end:
            before = re.findall(r"[\w&]+", example.text[m.start : start])
            whole = all(w[0].islower() or w.lower() in TITLES or w == "The" for w in before)
            after = example.text[end : m.end].replace("MP", "")
            if not whole or re.search("[A-Z]", after):
                return NONE
            return m.kind if m.kind in LABELS else "other"
    return NONE


def joints(
    example: Example, parsed: ParsedDocument, register: Register, judge: Kinds
) -> Iterator[tuple[set[str], bool]]:
    """The names with an "and" between them, and whether they are one."""
    lines = cut(parsed)
    judged = Joints(lines, judge)
    found = [c for line in lines for c in spread(line, find(line, index_of(register), register))]
    taken = shared([c for c in found if not c.lone])
    lone = {(c.line, c.first, c.last) for c in found if c.lone}
    seen = [j for c in found if (j := judged.formed(c))]
    for line in lines:
        free = [r for r in runs(line, taken) if (r.line, r.first, r.last) not in lone]
        seen += [j for _, _, j in judged.bare(line, free)]
    for joint in seen:
        words = lines[joint.line].words
        left, right = (
            {
                (m.start, m.end, m.entity)
                for m in example.mentions
                if m.start <= a and b <= m.end + (2 if joint.formed else 0)
            }
            for a, b in (
                (words[joint.first].start, words[joint.middle - 1].name_end),
                (words[joint.second].start, words[joint.last - 1].name_end),
            )
        )
        one = len({m[2] for m in left & right}) == 1
        if one or left or right:
            yield judged.traits(joint), one


def fit_joints(rows: Sequence[tuple[set[str], bool]], *, least: int = 3, decay: float = 1.0) -> dict[str, float]:
    """Weights of the traits of joints: of one label, as there are two."""
    named = [Named(frozenset(t), LABELS[int(one)]) for t, one in rows]
    column, weights, bias = fit(named, least=least, decay=decay)
    found = {t: float(weights[i, 1] - weights[i, 0]) for t, i in column.items()}
    found["always"] += float(bias[1] - bias[0])
    return found


def ordinary(texts: Iterable[str], *, least: int = 4) -> str:
    """The words of four letters or more that so many texts write in lower case, with spaces between them."""
    seen = Counter(w for text in texts for w in set(re.findall(r"(?<![\w’'-])[a-z]{4,}(?![\w’'-])", text)))
    return " ".join(sorted(w for w, n in seen.items() if n >= least))


def fit(rows: Sequence[Named], *, least: int = 3, decay: float = 4.0) -> tuple[dict[str, int], Floats, Floats]:
    """Traits seen in at least so many names → rows, their weights by label, and the labels' bias."""
    seen = Counter(t for row in rows for t in row.traits)
    column = {t: i for i, t in enumerate(sorted(t for t, n in seen.items() if n >= least))}
    problem = _Problem([row for row in rows if not row.traits.isdisjoint(column)], column, decay)
    solved = minimise(problem, np.zeros(len(column) * len(LABELS) + len(LABELS)))
    return column, solved[: -len(LABELS)].reshape(len(column), len(LABELS)), solved[-len(LABELS) :]


class _Problem:
    """Cross-entropy of the labels with a penalty on the weights, and its slope."""

    def __init__(self, rows: Sequence[Named], column: dict[str, int], decay: float) -> None:
        indices = [sorted(column[t] for t in row.traits if t in column) for row in rows]
        sizes = np.array([len(i) for i in indices])
        self._flat = np.array([i for row in indices for i in row])
        self._begins = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        owners = np.repeat(np.arange(len(rows)), sizes)
        order = np.argsort(self._flat, kind="stable")
        self._owners = owners[order]
        self._columns = np.searchsorted(self._flat[order], np.arange(len(column)))
        self._right = np.array([LABELS.index(row.label) for row in rows])
        self._decay = decay

    def __call__(self, at: Floats) -> tuple[float, Floats]:
        weights = at[: -len(LABELS)].reshape(-1, len(LABELS))
        points = np.add.reduceat(weights[self._flat], self._begins, axis=0) + at[-len(LABELS) :]
        points -= points.max(axis=1, keepdims=True)
        odds = np.exp(points)
        total = odds.sum(axis=1)
        every = np.arange(len(self._right))
        loss = (np.log(total) - points[every, self._right]).sum() + self._decay / 2 * (weights**2).sum()
        off = odds / total[:, None]
        off[every, self._right] -= 1
        slope = np.add.reduceat(off[self._owners], self._columns, axis=0) + self._decay * weights
        return float(loss), np.concatenate((slope.ravel(), off.sum(axis=0)))


def minimise(problem: _Problem, at: Floats, *, rounds: int = 80, memory: int = 7) -> Floats:
    """L-BFGS with a halving line search."""
    value, slope = problem(at)
    past: list[tuple[Floats, Floats, float]] = []
    for _ in range(rounds):
        step = _direction(slope, past)
        size, drop = 1.0, float(slope @ step)
        while True:
            after = at + size * step
            new, tilt = problem(after)
            if new <= value + 1e-4 * size * drop or size < 1e-6:
                break
            size /= 2
        moved, turned = after - at, tilt - slope
        curve = float(moved @ turned)
        if curve > 1e-10:
            past = [*past, (moved, turned, 1 / curve)][-memory:]
        settled = abs(value - new) < 1e-4 * abs(value)
        at, value, slope = after, new, tilt
        if settled:
            break
    return at


def _direction(slope: Floats, past: Sequence[tuple[Floats, Floats, float]]) -> Floats:
    step = slope.copy()
    shares = []
    for moved, turned, scale in reversed(past):
        share = scale * float(moved @ step)
        shares.append(share)
        step -= share * turned
    if past:
        moved, turned, _ = past[-1]
        step *= float(moved @ turned) / float(turned @ turned)
    else:
        step /= np.abs(slope).sum()
    for (moved, turned, scale), share in zip(past, reversed(shares), strict=True):
        step += moved * (share - scale * float(turned @ step))
    return -step


def save(path: Path, column: dict[str, int], weights: Floats, bias: Floats, rest: Mapping[str, object]) -> None:
    """Write the weights in hundredths, a line a trait; traits that say next to nothing are left out."""
    rows = {t: hundredths(weights[i]) for t, i in column.items()}
    kept = {t: row for t, row in rows.items() if max(map(abs, row)) >= 8}
    head = json.dumps({"labels": LABELS, "bias": hundredths(bias), **rest}, ensure_ascii=False, indent=0)
    lines = ",\n".join(
        f"{json.dumps(t, ensure_ascii=False)}:{json.dumps(r, separators=(',', ':'))}" for t, r in kept.items()
    )
    path.write_text(f'{head.removesuffix(chr(10) + "}")},\n"weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


def hundredths(numbers: Floats) -> list[int]:
    """Numbers as they are written."""
    return [round(float(n) * SCALE) for n in numbers]


def train(examples: Iterable[Example], out: Path) -> str:
    """Fit on the examples and write the result; returns what was done. Names are gathered with the joints as fitted."""
    register = Register.load()
    read_all = list(parsed(examples))
    words = ordinary(example.text for example, _ in read_all)
    judge = Kinds(
        LABELS, {}, np.zeros((0, len(LABELS)), np.float32), np.zeros(len(LABELS), np.float32), {}, frozenset()
    )
    seen = [j for example, doc in read_all for j in joints(example, doc, register, judge)]
    joined = fit_joints(seen) if seen else {}
    judge = replace(judge, joints=joined)
    rows = [row for example, doc in read_all for row in names(example, doc, register, judge)]
    column, weights, bias = fit(rows)
    save(out, column, weights, bias, {"ordinary": words, "joints": {t: round(w * SCALE) for t, w in joined.items()}})
    return f"{len(read_all)} briefings, {len(rows)} names, {len(column)} traits, {len(seen)} joints"


def parsed(examples: Iterable[Example]) -> Iterator[tuple[Example, ParsedDocument]]:
    """The examples, each text read as ingestion reads a file."""
    examples = list(examples)

    def fail(error: ReadError) -> None:
        raise error

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{e.id}.txt" for e in examples]
        for path, example in zip(paths, examples, strict=True):
            path.write_text(example.text, encoding="utf-8")
        documents: Iterable[Document] = read(paths, on_error=fail)
        yield from zip(examples, parse(documents), strict=True)


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    sys.stdout.write(train(annotated(args.sources), args.out) + "\n")


if __name__ == "__main__":
    main()
