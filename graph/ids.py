"""Ids: the same input always gives the same id, on every machine and in any order.

An organisation that the register knows has its ODS code or the register's slug; one that it
does not know has a slug of its kind and name; a person has a slug of the full name (`graph.people`
tells those of one name apart). Briefings
and statements are hashed from their content, so that ingesting twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_MAX_SLUG = 80


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; "x" and a hash where nothing is left of them.

    >>> slug("St George’s University Hospitals")
    'st-georges-university-hospitals'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("&", " and "))
    plain = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not words:
        return "x-" + digest(text, size=10)
    if len(words) > _MAX_SLUG:
        return f"{words[:_MAX_SLUG].rstrip('-')}-{digest(text, size=6)}"
    return words


def digest(*parts: str, size: int = 16) -> str:
    """The first `size` hex digits of a SHA-256 over the parts, which may hold any character."""
    whole = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:size]


def organisation_id(kind: str, name: str) -> str:
    """Id of an organisation that the register does not know.

    >>> organisation_id("trust", "Hurn Valley Hospitals")
    'trust-hurn-valley-hospitals'
    """
    return f"{kind.replace('_', '-')}-{slug(name)}"


def person_id(name: str) -> str:
    """Id of a person known by this full name.

    >>> person_id("Isolde Quenby")
    'person-isolde-quenby'
    """
    return f"person-{slug(name)}"


def briefing_id(stem: str, text: str) -> str:
    """Id of a briefing: a readable stem and a hash of its text.

    >>> briefing_id("2024-11 board paper", "Text")
    '2024-11-board-paper-71988c4d'
    """
    return f"{slug(stem)}-{digest(text, size=8)}"


def statement_id(briefing: str, predicate: str, subject: str, obj: str | None, start: int, end: int) -> str:
    """Id of a statement: a hash of briefing, predicate, ends and place (character offsets)."""
    return digest(briefing, predicate, subject, obj or "", str(start), str(end))
