"""Paragraphs and sentences by punctuation alone: annotations are read and checked without a language model."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9£])|\n+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof|St|No|vs|Inc|Ltd)\.\s*$")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end (character offsets, end exclusive) of every line that isn't blank, in order."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence that holds the character `at`; it never goes beyond its line."""
    start, end = 0, len(text)
    for match in _STOP.finditer(text):
        if _TITLED.search(text[max(0, match.start() - 6) : match.start() + 1]):
            continue
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start() + len(match[0].rstrip())
            break
    return start, end
