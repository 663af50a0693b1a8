"""The learned relation model: which statements hold between a briefing's entities, and where.

The one module that touches onnxruntime and the tokeniser. A small encoder reads windows of the
text with its mentions marked and scores every pair of mentions (see `windows` and the model
card); here the scores of one pair of entities become one probability, with the sentence that
carries it. It runs on one thread and gives the same answer every time.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import InputError
from graph.schema import PREDICATES
from ingest.annotation import Annotation
from ingest.relations.base import Scored
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
    attributes: Mapping[str, str]
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
        for raw in self.raw(annotation.parsed.document.text, mentions, kinds):
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
                    raw.attributes.get("status"),
                    raw.attributes.get("form"),
                    *place,
                )
            )
        return sorted(found, key=lambda s: (-s.probability, s.predicate, s.subject, s.object or ""))

    def raw(self, text: str, mentions: Sequence[Marked], kinds: Sequence[str]) -> Iterator[Raw]:
        """Uncalibrated scores of everything that the kinds of the entities allow; mentions sorted by start."""
        pairs: dict[tuple[int, int], list[tuple[int, int, Floats, Floats]]] = defaultdict(list)
        singles: dict[int, list[tuple[int, Floats, Floats]]] = defaultdict(list)
        for window in windows(text, mentions, self._encode):
            shown = _thinned(window)
            numbers = shown.mentions
            entities = [mentions[m].entity for m in numbers]
            logits, attributes, alone, alone_attributes = self._run(shown, entities)
            for i, left in enumerate(entities):
                singles[left].append((numbers[i], alone[i], alone_attributes[i]))
                for j, right in enumerate(entities):
                    if left != right:
                        pairs[left, right].append((numbers[i], numbers[j], logits[i, j], attributes[i, j]))
        yield from self._pairs(pairs, kinds)
        for entity, rows in sorted(singles.items()):
            logits = np.stack([r[1] for r in rows])
            values = np.stack([r[2] for r in rows])
            for column, predicate in enumerate(self._labels.singles):
                if kinds[entity] in PREDICATES[predicate].subjects:
                    total, shares = _pool(logits[:, column])
                    weights: dict[int, float] = defaultdict(float)
                    for (mention, _, _), share in zip(rows, shares, strict=True):
                        weights[mention] += float(share)
                    chosen = self._attributes(predicate, shares @ values)
                    yield Raw(predicate, entity, None, total, chosen, weights)

    def _pairs(
        self, pairs: Mapping[tuple[int, int], list[tuple[int, int, Floats, Floats]]], kinds: Sequence[str]
    ) -> Iterator[Raw]:
        tables = {
            ends: (np.stack([r[2] for r in rows]), np.stack([r[3] for r in rows])) for ends, rows in pairs.items()
        }
        for (left, right), rows in sorted(pairs.items()):
            logits, values = tables[left, right]
            for column, predicate in enumerate(self._labels.pairs):
                spec = PREDICATES[predicate]
                if kinds[left] not in spec.subjects or kinds[right] not in spec.objects:
                    continue
                if spec.symmetric and left > right:
                    continue
                total, shares = _pool(logits[:, column])
                placed, mixed = rows, shares @ values
                if spec.symmetric:
                    others, other_values = tables[right, left]
                    back, back_shares = _pool(others[:, column])
                    total = (total + back) / 2
                    mixed = (mixed + back_shares @ other_values) / 2
                    placed = [*rows, *pairs[right, left]]
                    shares = np.concatenate((shares, back_shares)) / np.float32(2)
                weights: dict[int, float] = defaultdict(float)
                for (subject, obj, _, _), share in zip(placed, shares, strict=True):
                    weights[subject] += float(share) / 2
                    weights[obj] += float(share) / 2
                yield Raw(predicate, left, right, total, self._attributes(predicate, mixed), weights)

    def _attributes(self, predicate: str, mixed: Floats) -> dict[str, str]:
        return {
            name: max(values, key=lambda v: (float(mixed[v[0]]), -v[0]))[1]
            for name, values in self._labels.columns.get(predicate, {}).items()
        }

    def _encode(self, text: str) -> tuple[Sequence[int], Sequence[tuple[int, int]]]:
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        return pieces.ids, pieces.offsets

    def _run(self, window: Window, entities: Sequence[int]) -> tuple[Floats, Floats, Floats, Floats]:
        own = np.array(entities)
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


def _pool(logits: Floats) -> tuple[float, Floats]:
    """Log-sum-exp of a column of logits, and each one's share in it."""
    top = float(logits.max())
    parts = np.exp(logits - top)
    total = float(parts.sum())
    return top + float(np.log(total)), parts / total


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


@lru_cache(maxsize=2)
def _load(folder: Path) -> RelationModel:
    import onnxruntime
    from tokenizers import Tokenizer

    settings, network, pieces = (folder / name for name in _FILES)
    missing = [path.name for path in (settings, network, pieces) if not path.is_file()]
    if missing:
        raise InputError(f"relation model in {folder} lacks {', '.join(missing)}: reinstall, or train it anew")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(pieces))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return RelationModel(session, tokenizer, json.loads(settings.read_text(encoding="utf-8")))
    except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
        raise InputError(f"relation model in {folder} can't be read ({error}): reinstall, or train it anew") from error
