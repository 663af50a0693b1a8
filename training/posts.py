"""Classes of posts that the relation model may name where no words for a post stand by the person.

A class is the short title that is stored; the post's words decide it, the first class that fits.
"""

from __future__ import annotations

import re

_CLASSES = (
    ("deputy chief executive", r"deputy (?:chief exec|ceo)"),
    ("chief finance officer", r"chief fina|\bcfo\b"),
    ("finance director", r"finance|director of resources"),
    ("chief operating officer", r"operating officer|\bcoo\b"),
    ("operations director", r"operations"),
    ("chief nurse", r"nurs"),
    ("medical director", r"medical director|director of medicine"),
    ("managing director", r"managing director"),
    ("regional director", r"regional director"),
    ("improvement director", r"improvement director|turnaround director"),
    ("strategy director", r"strategy"),
    ("accountable officer", r"accountable officer|chief officer|clinical officer"),
    ("chief inspector", r"inspector"),
    ("chief executive", r"chief exec|\bceo\b|\bboss\b|^chief$"),
    ("vice-chair", r"(?:vice|deputy)[- ]chair"),
    ("chair", r"\bchair|\bconven"),
    ("non-executive director", r"non-exec|board member"),
    ("governor", r"governor"),
    ("minister", r"minister"),
    ("health secretary", r"health (?:and social care )?secretary|secretary of state"),
    ("general secretary", r"general secretary"),
    ("regional organiser", r"organiser|branch secretary|regional secretary|regional officer"),
    ("councillor", r"councillor"),
    ("mp", r"^mp\b|member of parliament"),
    ("consultant", r"consultant|surgeon|physician"),
    ("partner", r"partner"),
    ("professor", r"professor|fellow"),
    ("founder", r"founder"),
    ("president", r"president"),
    ("spokesman", r"spokes"),
    ("adviser", r"advis"),
    ("director", r"director"),
    ("leader", r"lead|\bhead\b"),
    ("member", r"member"),
)
POSTS = (*(name for name, _ in _CLASSES), "other")


def post_class(role: str | None) -> str | None:
    """The class of an annotated post; None where there is none to tell.

    >>> post_class("interim chief executive officer")
    'chief executive'
    """
    if not role:
        return None
    words = role.lower()
    return next((name for name, pattern in _CLASSES if re.search(pattern, words)), "other")
