"""Text for XML, which can't hold every character that a briefing can."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Without the characters that XML can't hold, which lone surrogates are among."""
    return _ILLEGAL.sub("", text)
