"""Briefings with their entities marked by hand: "{Hurn Valley Hospitals|trust} has rejected …"."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from graph.ids import slug
from graph.model import Document, Entity, Mention
from ingest.annotation import Annotation
from ingest.parse import parse

_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]+)(?:\|([^{}]+))?\}")


@pytest.fixture(scope="session")
def marked() -> Callable[[str], Annotation]:
    """Turn marked text into an annotation. `{text|kind}` names an entity; `{text|kind|name}` one named otherwise."""

    def annotate(source: str) -> Annotation:
        text, entities, mentions, last = "", {}, [], 0
        for match in _MARK.finditer(source):
            text += source[last : match.start()]
            name = match[3] or match[1]
            ident = slug(name)
            entities.setdefault(ident, Entity(ident, name, match[2]))
            mentions.append(Mention(len(text), len(text) + len(match[1]), match[1], ident, "register"))
            text += match[1]
            last = match.end()
        text += source[last:]
        (parsed,) = parse([Document("test", "Test", text)])
        return Annotation(parsed, entities, tuple(mentions))

    return annotate
