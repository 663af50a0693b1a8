"""DOCX and PDF → content: the one module that touches python-docx and pypdf.

Word's paragraphs are read from the document's own elements, so that text in content controls,
links and accepted insertions is not lost and deleted text stays out. A PDF has only lines: they
are joined to paragraphs, words cut at a line's end are healed, running heads and page numbers dropped.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from statistics import quantiles
from typing import Any

from graph.errors import ReadError
from ingest import plaintext
from ingest.formats import Content

_MAX_UNPACKED = 200_000_000
_MAX_PAGES = 2_000
_OLE = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_UNREAD = frozenset({_FALLBACK, _W + "moveFrom", _W + "del", _W + "pPr", _W + "rPr"})
_TEMPLATE_DATE = date(2013, 12, 23)  # what python-docx stamps on every new document

_SENTENCE_END = re.compile(r"[.!?:;]['\"’”)\]]*$")
_BULLET = re.compile(r"[•●▪◦‣–-]\s|\(?\d{1,2}[.)]\s")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' warnings and log lines off the user's terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def read_docx(data: bytes) -> Content:
    """Paragraphs and table rows (cells joined by " | ") of a Word document.

    Raises:
        ReadError: broken, not a Word document, unpacking to over 200 MB, or without text.
    """
    if data.startswith(_OLE):
        raise ReadError("old or password-protected Word document; save it as .docx without a password")
    with _quiet():
        try:
            if sum(x.file_size for x in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _MAX_UNPACKED:
                raise ReadError("unpacks to more than 200 MB; not a briefing")
            import docx

            document = docx.Document(io.BytesIO(data))
            blocks = [x for x in _blocks(document.element.body) if x]
            core = document.core_properties
            title, created = core.title, core.created
        except ReadError:
            raise
        except Exception as error:  # a broken file fails in zipfile, lxml or python-docx, each in its own way
            raise ReadError("broken Word document; open it in Word and save it again") from error
    text = "\n\n".join(blocks)
    if not text:
        raise ReadError("Word document without text")
    day = created.date() if created else None
    return Content(
        text,
        fallback_title=plaintext.squeeze(plaintext.normalise(title or "")) or None,
        created=None if day == _TEMPLATE_DATE else day,
    )


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == _W + "p":
            yield _lines("".join(_runs(child)))
        elif child.tag == _W + "tbl":
            rows = (_row(row) for row in child.iter(_W + "tr") if _table_of(row) is child)
            yield "\n".join(filter(None, rows))
        elif child.tag not in _UNREAD:
            yield from _blocks(child)


def _table_of(element: Any) -> Any:
    return next((x for x in element.iterancestors() if x.tag == _W + "tbl"), None)


def _row(row: Any) -> str:
    cells = (x for x in row.iter(_W + "tc") if next(a for a in x.iterancestors() if a.tag == _W + "tr") is row)
    return " | ".join(filter(None, (plaintext.squeeze(" ".join(_blocks(cell))) for cell in cells)))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == _W + "p":  # a text box: a paragraph inside a paragraph
            yield "\n" + "".join(_runs(child)) + "\n"
        elif child.tag not in _UNREAD:
            yield from _runs(child)


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(plaintext.squeeze, plaintext.normalise(text).split("\n"))))


def read_pdf(data: bytes) -> Content:
    """The text layer of a PDF, one line a paragraph.

    Raises:
        ReadError: broken, encrypted, over 2,000 pages, or pictures only.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    with _quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise ReadError("encrypted PDF; save it without a password")
            if len(reader.pages) > _MAX_PAGES:
                raise ReadError(f"PDF of more than {_MAX_PAGES:,} pages; not a briefing")
            pages = [_pdf_lines(page) for page in reader.pages]
            title, created = _pdf_metadata(reader)
        except ReadError:
            raise
        except DependencyError as error:
            raise ReadError("encrypted PDF; save it without a password") from error
        except Exception as error:  # a broken PDF fails in as many ways as it can be broken
            raise ReadError("broken PDF; print it to a new PDF and try again") from error
    lines = _body_lines(pages)
    if not any(c.isalpha() for line in lines for c in line.text):
        raise ReadError("PDF without a text layer (a scan?); run text recognition on it first")
    return Content(paragraphs(lines), fallback_title=title, created=created)


def _pdf_metadata(reader: Any) -> tuple[str | None, date | None]:
    try:
        info = reader.metadata
        title = plaintext.squeeze(plaintext.normalise(str(info.title or ""))) if info else ""
        created = info.creation_date if info else None
    except Exception:  # malformed metadata is no reason to lose the text
        return None, None
    named_by_program = re.match(r"microsoft word - |untitled|.*\.(?:docx?|pdf|indd|html?)$", title, re.I)
    return (
        None if named_by_program else title or None,
        created.date() if isinstance(created, datetime) and created.year >= 1990 else None,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `gap`: whether white space stands above it, None where that can't be told."""

    text: str
    gap: bool | None = None


def _pdf_lines(page: Any) -> list[Line]:
    # Lines in the order of the page's stream, which keeps columns apart; only the gaps come from the
    # library's picture of the layout, where a line of two columns is not found and so not judged.
    lines = _squeezed(page.extract_text())
    try:
        layout = page.extract_text(extraction_mode="layout").split("\n")
    except Exception:  # the layout mode gives up on pages that the plain one reads
        layout = []
    above = {re.sub(r"\s", "", b): not a.strip() for a, b in pairwise(layout) if b.strip()}
    gaps = [above.get(re.sub(r"\s", "", line)) for line in lines]
    if True not in gaps or gaps.count(True) > 0.7 * len(gaps):  # set solid, or double-spaced
        gaps = [None] * len(lines)
    tidied = (plaintext.squeeze(plaintext.normalise(line.translate(_LIGATURES))) for line in lines)
    return [Line(text, gap) for text, gap in zip(tidied, gaps, strict=True) if text]


def _squeezed(text: str) -> list[str]:
    return [line for line in map(plaintext.squeeze, text.split("\n")) if line]


def _body_lines(pages: list[list[Line]]) -> list[Line]:
    """All lines but running heads (first or last on at least three pages and half of them) and page numbers."""
    edges = Counter(re.sub(r"\d+", "0", line.text) for page in pages for line in {*page[:1], *page[-1:]})
    running = {text for text, n in edges.items() if n >= 3 and 2 * n >= len(pages)}
    return [
        replace(line, gap=None) if i == 0 else line
        for page in pages
        for i, line in enumerate(page)
        if i not in (0, len(page) - 1)
        or not (_PAGE_NUMBER.fullmatch(line.text) or re.sub(r"\d+", "0", line.text) in running)
    ]


def paragraphs(lines: list[Line]) -> str:
    """Lines joined to paragraphs, a blank line between them.

    White space above a line starts a paragraph. Where that can't be told, a paragraph ends at a short
    line that ends a sentence, and a short line without such an end before a capital is a heading.
    A word cut by a hyphen is joined unless the text has it with the hyphen.
    """
    whole = " ".join(line.text for line in lines)
    width = quantiles([len(x.text) for x in lines], n=10)[-1] if len(lines) > 1 else len(whole)
    found: list[str] = []
    for i, line in enumerate(lines):
        before, after = lines[i - 1].text, lines[i + 1].text if i + 1 < len(lines) else ""
        if found and _continues(before, line, after, width):
            found[-1] = _join(found[-1], line.text, whole)
        else:
            found.append(line.text)
    return "\n\n".join(found)


def _continues(before: str, current: Line, after: str, width: float) -> bool:
    line = current.text
    if current.gap or _BULLET.match(line):
        return False
    if current.gap is False:
        return len(before) >= 0.6 * width or line[0].islower()
    ended = bool(_SENTENCE_END.search(before))
    capital = not line[0].islower()
    short = len(before) < 0.75 * width
    heading = capital and len(line) < 0.6 * width and not _SENTENCE_END.search(line) and not after[:1].islower()
    return not (capital and ((short and (ended or len(before) < 0.6 * width)) or (ended and heading)))


def _join(text: str, line: str, whole: str) -> str:
    cut = re.search(r"(\w+)[-]$", text)
    if cut and line[0].islower():
        rest = re.match(r"\w+", line)
        hyphened = f"{cut[1]}-{rest[0] if rest else ''}"
        return text + line if re.search(rf"\b{re.escape(hyphened)}\b", whole) else text[:-1] + line
    return f"{text}{line}" if cut else f"{text} {line}"
