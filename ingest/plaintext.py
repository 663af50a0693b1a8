"""Bytes → text, once: what is done here is done before any offset is taken and never again.

A UTF-8 file with plain newlines stays as it is, character for character, so that offsets into
`Document.text` are offsets into the file. What changes, and how:

- line ends (CRLF, CR, form feed, vertical tab, Unicode separators) become a newline;
- other control characters become a space, exotic spaces an ordinary one, exotic hyphens "-";
- invisible characters (byte-order mark, soft hyphen, zero-width space, word joiner) are dropped;
- the rest is composed (NFC), so that an accent typed in two pieces matches the register;
- a text that was wrapped by machine at a fixed width gets its paragraphs back: the newline
  inside one becomes a space. Quotes and direction marks are left alone.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise

from graph.errors import ReadError

_LINE_ENDS = re.compile("\r\n|[\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b\u2060]")
_TABLE = (
    dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)), " ")  # controls
    | dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")  # spaces
    | dict.fromkeys((0x2010, 0x2011), "-")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of a character
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"\x1f\x8b", b"{\\rtf")
_HIGH_PUNCTUATION = frozenset("‘’“”‚„–—…•€£©®™°·§«»½¼¾²³¹º¿×\u00a0\u00ad´")
_MAX_HIGH_SHARE = 0.15
_TRUSTED = re.compile(r"cp125\d|iso8859-(?:[2-9]|1\d)|mac-roman|utf-16(?:-[bl]e)?")

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n+|\Z)", re.S)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_MAX_FRONT_MATTER = 8_000

_MAX_WRAP = 100
_OPENER = re.compile(r"\s*(?:[-*•#>|]|\d{1,2}[.)]\s|\w[\w ]{0,20}:\s)")
_CLOSED = re.compile(r"[.!?:;]['\"’”)]*\s*$")
_MARKS = re.compile(r"^\s*(?:={3,}|-{3,}|\*{3,}|_{3,}|```.*)\s*$", re.M)
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)([^_\n]*\S)\3(?!\w)"
)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Text of a file's bytes: UTF-8, UTF-16 by its mark, the declared encoding, else plausible Windows-1252.

    Raises:
        ReadError: empty, binary, or in an encoding that can't be told.
    """
    if not data.strip():
        raise ReadError("empty file: nothing to read")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ReadError("starts like UTF-16 but isn't; save it as UTF-8") from error
    if b"\0" in data or data.startswith(_BINARY):
        raise ReadError("binary file, not text: save it as UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"byte 0x{data[error.start]:02x} in line {line}"
    text = _declared(data, declared) or _windows(data)
    if text is None:
        raise ReadError(f"not UTF-8 text ({place}); save it as UTF-8")
    return text


def _declared(data: bytes, name: str | None) -> str | None:
    # Not Latin-1: browsers read it as Windows-1252, which is what such pages and mails hold.
    try:
        codec = codecs.lookup(name or "").name
        return data.decode(codec) if _TRUSTED.fullmatch(codec) else None
    except (LookupError, ValueError):
        return None


def _windows(data: bytes) -> str | None:
    if any(ord(c) > 0x7F for c in data.decode("utf-8", "ignore")):
        return None  # partly valid UTF-8: a damaged file, where guessing would garble names
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [c for c in text if ord(c) > 0x7F]
    if len(high) > _MAX_HIGH_SHARE * len(text) or any(ord(c) < 0x20 and c not in "\t\n\r\f" for c in text):
        return None
    return text if all(c.isalpha() or c in _HIGH_PUNCTUATION for c in high) else None


def normalise(text: str) -> str:
    """The text as it is stored; see the module's list. Doing it twice changes nothing."""
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_TABLE))


def squeeze(text: str) -> str:
    """One line: runs of white space become a space, the ends are trimmed."""
    return " ".join(text.split())


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split off a leading block of `key: value` lines between `---` marks: (lower-case keys, the rest).

    A block with any other kind of line is no front matter but a rule in the text, and stays.
    """
    match = _FRONT_MATTER.match(text[:_MAX_FRONT_MATTER])
    if match is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in match["body"].split("\n"):
        field = _FIELD.match(line)
        if field:
            value = re.sub(r"\s+#.*$", "", field["value"] or "").strip()
            fields[field["key"].strip().lower()] = value.strip("\"'") if value[:1] in "\"'" else value
        elif line.strip() and not re.match(r"\s+|- |#", line):
            return {}, text
    return (fields, text[match.end() :]) if fields else ({}, text)


def unmark(text: str) -> str:
    """Markdown without the marks that would stand between words: links, emphasis, rules, code fences.

    Headings keep their `#`, by which passages are told apart.
    """
    text = _MARKS.sub("", _LINK.sub(r"\1", text))
    return _EMPHASIS.sub(lambda m: m[2] if m[2] is not None else m[4], text).replace("`", "")


def unwrap(text: str) -> str:
    """Undo wrapping at a fixed width of at most 100 columns; the length never changes.

    A newline was put in by machine where the next word would hardly have fitted, or in mid-sentence.
    Texts with longer lines, or whose lines seldom break off in mid-sentence, are left alone.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > _MAX_WRAP:
        return text
    joins, midway = set(), 0
    for i, (line, following) in enumerate(pairwise(lines)):
        word = following.split(maxsplit=1)[0] if following.strip() else ""
        if not word or not line.strip() or line.startswith("#") or _OPENER.match(following):
            continue
        mid_sentence = word[0].islower() and not _CLOSED.search(line)
        if len(line) + 1 + len(word) > 0.9 * width or (mid_sentence and len(line) > 0.6 * width):
            joins.add(i)
            midway += mid_sentence
    if midway < 2 or midway * 3 < len(joins):
        return text
    return "".join(line + ("" if i == len(lines) - 1 else " " if i in joins else "\n") for i, line in enumerate(lines))
