"""spaCy's dearer components by shorter ways, with the same answers.

The attribute ruler tries all its patterns at every word, though hardly any of them looks at more than a word's
tag, its place in the parse and, for few words, the word itself. Parser and entity recogniser let go of
Python's lock and take it back at each look at their state; driven from Python they keep it. And outside an entity,
what the recogniser does at a word depends on nothing that came before, so all words can be looked at at
once. These ways are taken only with models for which they hold: `of` gives None for others. This module knows
spaCy's objects, but does not import it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

Span = tuple[int, int, str]
"""An entity: first token, last token (exclusive), label."""

_Attributes = tuple[int, int, str, int, int]


class Ruler:
    """The attribute ruler, asked once for each kind of word."""

    def __init__(self, ruler: Any) -> None:
        self._ruler = ruler
        self._known: dict[tuple[int, int, str], _Attributes] = {}
        self._special: dict[str, bool] = {}
        alone, openings = _split(ruler.patterns)
        self._words = _Words(alone)
        self._openings = _Words(openings)
        self._deps = frozenset(d for spec in openings for d in _literals(spec.get("DEP")))

    @classmethod
    def of(cls, nlp: Language) -> Ruler | None:
        """A short way for a pipeline's ruler; None where it has none, or one that looks at other things."""
        if "attribute_ruler" not in nlp.pipe_names:
            return None
        ruler: Any = nlp.get_pipe("attribute_ruler")
        alone, openings = _split(ruler.patterns)
        seen = {name for spec in (*alone, *openings) for name in spec}
        given = {name for pattern in ruler.patterns for name in pattern["attrs"]}
        plain = all(set(spec) & {"LOWER", "DEP"} for spec in openings)
        if plain and seen <= {"TAG", "DEP", "LOWER", "IS_SPACE"} and given <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}:
            return cls(ruler)
        return None

    def __call__(self, doc: Doc) -> None:
        """Set parts of speech, morphology and irregular lemmas."""
        tokens: list[Any] = list(doc)
        if any(t.dep_ in self._deps or t.lower_ in self._openings for t in tokens):
            self._ruler(doc)
            return
        for token in tokens:
            lower = token.lower_
            key = (token.tag, token.dep, lower if token.is_space or lower in self._words else "")
            pos, morph, lemma, tag, dep = self._known.get(key) or self._ask(key, token)
            token.pos = pos
            token.set_morph(morph)
            if lemma:
                token.lemma_ = lemma
            if tag != key[0]:
                token.tag = tag
            if dep != key[1]:
                token.dep = dep

    def _ask(self, key: tuple[int, int, str], token: Any) -> _Attributes:
        alone = type(token.doc)(token.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        self._ruler(alone)
        told = alone[0]
        self._known[key] = told.pos, told.morph.key, told.lemma_, told.tag, told.dep
        return self._known[key]


class _Words:
    """The words that patterns ask for by themselves, as text or as a regular expression."""

    def __init__(self, specs: Sequence[Mapping[str, Any]]) -> None:
        self._literal = frozenset(w for spec in specs for w in _literals(spec.get("LOWER")))
        given = (spec["LOWER"] for spec in specs if isinstance(spec.get("LOWER"), dict))
        self._patterns = [re.compile(x["REGEX"]) for x in given if "REGEX" in x]
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = word in self._literal or any(p.search(word) for p in self._patterns)
            self._known[word] = known
        return known


def _split(patterns: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """What the patterns of one word ask of it, and what those of several ask of the first."""
    ways = [way for pattern in patterns for way in pattern["patterns"]]
    return [way[0] for way in ways if len(way) == 1], [way[0] for way in ways if len(way) > 1]


def _literals(condition: object) -> Sequence[str]:
    if isinstance(condition, str):
        return (condition,)
    if isinstance(condition, dict):
        return tuple(w for words in (condition.get("IN", ()), condition.get("NOT_IN", ())) for w in words)
    return ()


class Arcs:
    """The dependency parser, step by step for all texts of a batch."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    @classmethod
    def of(cls, nlp: Language) -> Arcs | None:
        """A short way for a pipeline's parser; None where it has none, or one that keeps several parses at once."""
        if "parser" not in nlp.pipe_names:
            return None
        parser: Any = nlp.get_pipe("parser")
        return cls(parser) if parser.model.name == "parser_model" and parser.cfg["beam_width"] == 1 else None

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set heads, dependencies and sentences."""
        states = self._parser.moves.init_batch(docs)
        unfinished = [state for state in states if not state.is_final()]
        if unfinished:
            model = self._parser.model.predict(docs)
            while unfinished:
                unfinished = self._parser.transition_states(unfinished, model.predict(unfinished))
        self._parser.set_annotations(docs, states)


class Entities:
    """The entity recogniser, read off for all words at once."""

    def __init__(self, ner: Any) -> None:
        model = ner.model
        self._encode = model.get_ref("tok2vec").predict
        self._lower = model.get_ref("lower")
        self._upper = model.get_ref("upper")
        names = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
        self._names = names
        self._begins = np.array([n.startswith("B-") for n in names])
        self._units = np.array([n.startswith("U-") and n != "U-" for n in names])
        self._outs = np.array([n == "O" for n in names])
        weights, bias = self._upper.get_param("W"), self._upper.get_param("b")
        self._stay: dict[str, tuple[Floats, Floats]] = {}
        for label in (n[2:] for n in names if n.startswith("B-")):
            rows = [names.index(f"I-{label}"), names.index(f"L-{label}")]
            self._stay[label] = weights[rows], bias[rows]

    @classmethod
    def of(cls, nlp: Language) -> Entities | None:
        """A short way for a pipeline's recogniser; None where it has none, or one of another build."""
        if "ner" not in nlp.pipe_names:
            return None
        ner: Any = nlp.get_pipe("ner")
        model = ner.model
        if (
            model.name != "parser_model"
            or not model.attrs["has_upper"]
            or model.attrs["unseen_classes"]
            or model.get_ref("lower").get_dim("nF") != 3
            or ner.cfg["beam_width"] != 1
            or any(layer.name == "tok2vec-listener" for layer in model.walk())
        ):
            return None
        return cls(ner)

    def __call__(self, docs: Sequence[Doc]) -> list[list[Span]]:
        """The entities of each parsed document, in order."""
        docs_with_words = [doc for doc in docs if len(doc)]
        if not docs_with_words:
            return [[] for _ in docs]
        features = self._lower.predict(self._encode(docs_with_words))
        bias = self._lower.get_param("b")
        padding, features = features[0], features[1:]
        hidden = (features[:, 0] + padding[1] + padding[2] + bias).max(axis=2)
        scores = self._upper.predict(hidden)
        flags = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs_with_words])
        starts, spaces = flags[:, 0] == 1, flags[:, 1] == 1
        ends = np.cumsum([len(doc) for doc in docs_with_words])
        closing = np.append(starts[1:], True)  # whether an entity has to end here
        closing[ends - 1] = True
        allowed = self._outs | (self._units & ~spaces[:, None]) | (self._begins & ~spaces[:, None] & ~closing[:, None])
        best = np.where(allowed, scores, -np.inf).argmax(axis=1).tolist()
        found: list[list[Span]] = []
        begin = 0
        for doc in docs:
            end = begin + len(doc)
            found.append(self._walk(best, closing, features, bias, begin, end))
            begin = end
        return found

    def _walk(
        self, best: list[int], closing: NDArray[np.bool_], features: Floats, bias: Floats, begin: int, end: int
    ) -> list[Span]:
        spans: list[Span] = []
        at = begin
        while at < end:
            kind, _, label = self._names[best[at]].partition("-")
            first = at
            at += 1
            if kind == "B":
                weights, base = self._stay[label]
                while not closing[at]:
                    state = (features[at, 0] + features[first, 1] + features[at - 1, 2] + bias).max(axis=1)
                    stay, leave = weights @ state + base
                    if leave > stay:
                        break
                    at += 1
                at += 1
            if kind != "O":
                spans.append((first - begin, at - begin, label))
        return spans
