"""Bytes of one file → its content: what each kind of file holds, and where its facts about itself stand.

Plain text, Markdown and e-mail are read here; HTML, DOCX and PDF in modules of their own, each the
only one that touches its library and loaded when the first such file comes. A headline that stands
only beside the text (front matter, subject) is put before it as its first line, because
headlines tell facts too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from graph.errors import ReadError
from ingest import dates, plaintext


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says. `title`, `published` and `source` are explicit; `fallback_title` and `created`
    come from metadata that a program wrote, and stand behind what the text and the file name say."""

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    fallback_title: str | None = None
    created: date | None = None


def plain(data: bytes) -> Content:
    """A text file, with or without front matter."""
    return _with_front_matter(plaintext.normalise(plaintext.decode(data)))


def markdown(data: bytes) -> Content:
    """A Markdown file: as plain text, without the marks."""
    content = _with_front_matter(plaintext.normalise(plaintext.decode(data)))
    return replace(content, text=plaintext.unmark(content.text))


def _with_front_matter(text: str) -> Content:
    fields, body = plaintext.front_matter(text)
    first = {k: next((fields[x] for x in names if fields.get(x)), None) for k, names in _FIELDS.items()}
    title = first["title"]
    body = plaintext.unwrap(body)
    return Content(
        headed(title, body) if title else body,
        title=title,
        published=dates.find(first["published"] or ""),
        source=first["source"],
    )


_FIELDS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "pubdate"),
    "source": ("source", "publication", "publisher", "site"),
}


def headed(title: str, text: str) -> str:
    """The text with its headline as first line, unless it begins with it."""
    opening = text[: len(title) + 200].split("\n\n", 1)[0]
    if plaintext.squeeze(title).casefold() in plaintext.squeeze(opening).casefold():
        return text
    return f"{title}\n\n{text}"


def html(data: bytes) -> Content:
    """A web page: its main text, one line a paragraph."""
    from ingest.webpage import read_html

    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", data[:4096], re.I)
    return read_html(plaintext.decode(data, declared=declared[1].decode("ascii", "ignore") if declared else None))


def docx(data: bytes) -> Content:
    """A Word document: paragraphs and tables in their order."""
    from ingest.office import read_docx

    return read_docx(data)


def pdf(data: bytes) -> Content:
    """A PDF's text layer: paragraphs made whole again."""
    from ingest.office import read_pdf

    return read_pdf(data)


def email(data: bytes) -> Content:
    """A saved message: subject, date, sender, and its text part, else its HTML part.

    A signature after "-- " is left out and quote marks are taken off; attachments are not read.
    """
    if not data.strip():
        raise ReadError("empty file: nothing to read")
    message = BytesParser(policy=policy.default).parsebytes(data)
    subject, sent, sender = (_header(message, name) for name in ("subject", "date", "from"))
    if not (subject or sent or sender):
        raise ReadError("not an e-mail: it has no Subject, Date or From line")
    body = next((c for kind in ("plain", "html") if (c := _body(message, kind)) and c.text.strip()), None)
    if body is None:
        raise ReadError("e-mail without text: neither a text part nor an HTML part")
    title = plaintext.squeeze(plaintext.normalise(re.sub(r"^(?:\s*(?:re|fwd?|fw)\s*:)+", "", subject, flags=re.I)))
    return Content(
        headed(title, body.text) if title else body.text,
        title=title or body.title,
        published=_sent(sent) or body.published,
        source=_sender(sender) or body.source,
    )


def _header(message: EmailMessage, name: str) -> str:
    # The standard library's parsers of structured headers fail on hostile ones in many ways.
    try:
        return str(message.get(name) or "").strip()
    except Exception:
        return ""


def _sent(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return dates.find(value)


def _sender(value: str) -> str | None:
    name, address = parseaddr(value)
    return plaintext.squeeze(plaintext.normalise(name or address)) or None


def _body(message: EmailMessage, kind: str) -> Content | None:
    part = message.get_body(preferencelist=(kind,))
    data = part.get_payload(decode=True) if part is not None else None
    if not isinstance(data, bytes) or not data.strip() or part is None:
        return None
    if kind == "html":
        return html(data)
    text = plaintext.normalise(plaintext.decode(data, declared=part.get_content_charset()))
    text = re.split(r"^-- ?$", text, maxsplit=1, flags=re.M)[0]
    return Content(plaintext.unwrap(re.sub(r"^(?:>[ \t]?)+", "", text, flags=re.M)).strip("\n"))


READERS: dict[str, Callable[[bytes], Content]] = {
    ".txt": plain,
    ".text": plain,
    ".md": markdown,
    ".markdown": markdown,
    ".html": html,
    ".htm": html,
    ".xhtml": html,
    ".eml": email,
    ".docx": docx,
    ".pdf": pdf,
}
HINTS = {
    ".doc": "save it as .docx",
    ".rtf": "save it as .docx",
    ".odt": "save it as .docx",
    ".pages": "save it as .docx",
    ".msg": "save it as .eml",
    ".mht": "save it as .html",
    ".mhtml": "save it as .html",
}


def sniff(data: bytes) -> str:
    """The suffix that bytes without a file name (standard input) would have."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".docx"
    if re.match(rb"<(?:!doctype\s+html|html|head|body|article|\?xml)\b", head, re.I):
        return ".html"
    if re.match(rb"(?:[A-Za-z][A-Za-z-]*: .*\r?\n(?:[ \t].*\r?\n)*){2,}\r?\n", head) and re.search(
        rb"^(?:from|subject): ", head, re.I | re.M
    ):
        return ".eml"
    return ".txt"
