"""The learned relation model: which statements hold between a briefing's entities, and where.

The one module that touches onnxruntime and the tokeniser. A small encoder reads windows of the
text with its mentions marked and scores every pair of mentions (see `windows` and the model
card); here the scores of one pair of entities become one probability, with the sentence that
carries it. It runs on one thread and gives the same answer every time.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import InputError
from graph.schema import PREDICATES
from ingest.annotation import Annotation
from ingest.relations.base import Scored
from ingest.relations.pooling import Pool, Table
from ingest.relations.windows import Marked, Window, buckets, windows

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

DATA = Path(__file__).parent / "data"
_FILES = ("relations.json", "relations.onnx", "tokenizer.json")
_MOST_MENTIONS = 120


@dataclass(frozen=True, slots=True)
class Raw:
    """Like `Scored`, but between entity numbers, uncalibrated, and placed by mentions: `weights` sums to 1."""

    predicate: str
    subject: int
    object: int | None
    logit: float
    chances: Mapping[str, Mapping[str, float]]
    weights: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Labels:
    """What the network's columns mean."""

    pairs: tuple[str, ...]
    singles: tuple[str, ...]
    columns: Mapping[str, Mapping[str, tuple[tuple[int, str], ...]]]


class RelationModel:
    """A loaded model; safe to share between calls, not between threads."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, settings: Mapping[str, Any]
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._labels = _Labels(
            tuple(settings["pairs"]),
            tuple(settings["singles"]),
            {
                predicate: {
                    name: tuple((int(column), value) for column, value in values) for name, values in blocks.items()
                }
                for predicate, blocks in settings["attributes"].items()
            },
        )
        self._scales = {name: (float(s["cut"]), float(s["slope"])) for name, s in settings["calibration"].items()}

    @classmethod
    def load(cls, folder: Path | None = None) -> RelationModel:
        """Load the model of a folder, by default the one that comes with the program.

        Raises:
            InputError: a file is missing or is no model.
        """
        return _load(folder or DATA)

    def score(self, annotation: Annotation, *, floor: float = 0.05) -> list[Scored]:
        """All statements of at least `floor` probability, the likeliest first, then by predicate and ends."""
        names = list(annotation.entities)
        number = {name: k for k, name in enumerate(names)}
        mentions = sorted(
            (
                Marked(m.start, m.end, number[m.entity], annotation.entities[m.entity].kind)
                for m in annotation.mentions
                if m.entity in number
            ),
            key=lambda m: (m.start, m.end, m.entity),
        )
        kinds = [annotation.entities[name].kind for name in names]
        places = _Places(annotation)
        found: list[Scored] = []
        odds = math.log(floor / (1 - floor)) if 0 < floor < 1 else -math.inf
        least = {name: cut + odds / slope - 1e-3 for name, (cut, slope) in self._scales.items()}
        for raw in self.raw(annotation.parsed.document.text, mentions, kinds, least=least):
            cut, slope = self._scales[raw.predicate]
            probability = 1.0 / (1.0 + float(np.exp(-slope * (raw.logit - cut))))
            place = places.best(mentions, raw.weights) if probability >= floor else None
            if place is None:
                continue
            found.append(
                Scored(
                    raw.predicate,
                    names[raw.subject],
                    None if raw.object is None else names[raw.object],
                    round(probability, 4),
                    likeliest(raw.chances.get("status")),
                    likeliest(raw.chances.get("form")),
                    *place,
                    raw.chances,
                )
            )
        return sorted(found, key=lambda s: (-s.probability, s.predicate, s.subject, s.object or ""))

    def raw(
        self,
        text: str,
        mentions: Sequence[Marked],
        kinds: Sequence[str],
        *,
        least: Mapping[str, float] | None = None,
    ) -> Iterator[Raw]:
        """Uncalibrated scores of what the kinds of the entities allow; mentions sorted by start.

        With `least`, by predicate, logits that are smaller are left out.
        """
        pairs, singles = Table(), Table()
        for window in windows(text, mentions, self._encode):
            shown = _thinned(window)
            numbers = np.array(shown.mentions)
            owners = np.array([mentions[m].entity for m in shown.mentions])
            if not self._may_tell({kinds[entity] for entity in owners}):
                continue
            logits, attributes, alone, alone_attributes = self._run(shown, owners)
            i, j = np.nonzero(owners[:, None] != owners[None, :])
            pairs.add(owners[i], owners[j], numbers[i], numbers[j], logits[i, j], attributes[i, j])
            singles.add(owners, owners, numbers, numbers, alone, alone_attributes)
        yield from self._pairs(pairs, kinds, least or {})
        yield from self._singles(singles, kinds, least or {})

    def _may_tell(self, kinds: Collection[str]) -> bool:
        """Whether the schema knows a statement about bodies of these kinds."""
        specs = [PREDICATES[predicate] for predicate in self._labels.pairs]
        return any(kind in PREDICATES[p].subjects for p in self._labels.singles for kind in kinds) or any(
            not spec.subjects.isdisjoint(kinds) and not spec.objects.isdisjoint(kinds) for spec in specs
        )

    def _pairs(self, table: Table, kinds: Sequence[str], least: Mapping[str, float]) -> Iterator[Raw]:
        pools = table.pools()
        columns = [(column, name, PREDICATES[name]) for column, name in enumerate(self._labels.pairs)]
        for (left, right), pool in pools.items():
            for column, predicate, spec in columns:
                if kinds[left] not in spec.subjects or kinds[right] not in spec.objects:
                    continue
                if spec.symmetric and left > right:
                    continue
                sides = (pool, pools[right, left]) if spec.symmetric else (pool,)
                total = sum(side.totals[column] for side in sides) / len(sides)
                if total >= least.get(predicate, -math.inf):
                    yield self._told(predicate, left, right, total, sides, column)

    def _singles(self, table: Table, kinds: Sequence[str], least: Mapping[str, float]) -> Iterator[Raw]:
        for (entity, _), pool in table.pools().items():
            for column, predicate in enumerate(self._labels.singles):
                total = pool.totals[column]
                if kinds[entity] in PREDICATES[predicate].subjects and total >= least.get(predicate, -math.inf):
                    yield self._told(predicate, entity, None, total, (pool,), column)

    def _told(
        self, predicate: str, subject: int, obj: int | None, total: float, sides: Sequence[Pool], column: int
    ) -> Raw:
        weights: dict[int, float] = defaultdict(float)
        mixed: list[NDArray[Any]] = []
        for side in sides:
            shares = side.shares(column) / np.float32(len(sides))
            mixed.append(shares @ side.attributes)
            for one, other, share in zip(side.lefts, side.rights, shares, strict=True):
                weights[int(one)] += float(share) / 2
                weights[int(other)] += float(share) / 2
        return Raw(predicate, subject, obj, total, self._attributes(predicate, sum(mixed[1:], mixed[0])), weights)

    def _attributes(self, predicate: str, mixed: Floats) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for name, values in self._labels.columns.get(predicate, {}).items():
            logits = mixed[[column for column, _ in values]]
            parts = np.exp(logits - logits.max())
            shares = parts / parts.sum()
            found[name] = {value: round(float(s), 4) for (_, value), s in zip(values, shares, strict=True)}
        return found

    def _encode(self, text: str) -> tuple[Sequence[int], Sequence[tuple[int, int]]]:
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        return pieces.ids, pieces.offsets

    def _run(self, window: Window, own: NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
        same = (own[:, None] == own[None, :]).astype(np.float32)
        answers = self._session.run(
            None,
            {
                "ids": np.array([window.ids], dtype=np.int64),
                "positions": np.array(window.positions, dtype=np.int64),
                "pool": same / same.sum(1, keepdims=True),
                "distances": np.array(buckets(window), dtype=np.int64),
            },
        )
        return answers[0], answers[1], answers[2], answers[3]


class _Places:
    """Finds the sentence around an offset."""

    def __init__(self, annotation: Annotation) -> None:
        self._sentences = [
            (s.start, s.end, passage.index) for passage in annotation.parsed.passages for s in passage.sentences
        ]
        self._starts = [s[0] for s in self._sentences]

    def best(self, mentions: Sequence[Marked], weights: Mapping[int, float]) -> tuple[int, int, int] | None:
        """(passage, start, end) of the sentence whose mentions weigh most; of two alike, the later one."""
        masses: dict[int, float] = defaultdict(float)
        for mention, weight in weights.items():
            at = bisect_right(self._starts, mentions[mention].start) - 1
            if at >= 0:
                masses[at] += weight
        if not masses:
            return None
        start, end, passage = self._sentences[max(masses, key=lambda at: (round(masses[at], 6), at))]
        return passage, start, end


def likeliest(chances: Mapping[str, float] | None) -> str | None:
    """The value with the greatest share, the first of equals; None of none."""
    return max(chances, key=lambda value: chances[value]) if chances else None


def _thinned(window: Window) -> Window:
    """A window with its first mentions only, where a list of names would need too much memory."""
    if len(window.mentions) <= _MOST_MENTIONS:
        return window
    most = _MOST_MENTIONS
    return Window(
        window.ids,
        window.mentions[:most],
        window.positions[:most],
        window.sentences[:most],
        window.passages[:most],
        window.sections[:most],
    )


def session(network: Path, settings: Mapping[str, Any], *, threads: int = 1) -> onnxruntime.InferenceSession:
    """Load a network; `settings["unfused"]` names rewrites of the runtime's to leave out, which change speed only."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(network),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=list(settings.get("unfused", ())),
    )


@lru_cache(maxsize=2)
def _load(folder: Path) -> RelationModel:
    from tokenizers import Tokenizer

    settings, network, pieces = (folder / name for name in _FILES)
    missing = [path.name for path in (settings, network, pieces) if not path.is_file()]
    if missing:
        raise InputError(f"relation model in {folder} lacks {', '.join(missing)}: reinstall, or train it anew")
    try:
        known = json.loads(settings.read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(pieces))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return RelationModel(session(network, known), tokenizer, known)
    except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
        raise InputError(f"relation model in {folder} can't be read ({error}): reinstall, or train it anew") from error
