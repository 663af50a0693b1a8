"""Commands that look one body or person up, and count what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import answer, fail, find, open_store
from commands.options import (
    DEFAULT_STORE,
    ConfidenceOption,
    JsonOption,
    LineageOption,
    NameArgument,
    QuotesOption,
    StoreOption,
)
from graph.model import SURE

if TYPE_CHECKING:
    from graph.profile import Profile
    from graph.store.base import View


def org(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    as_json: JsonOption = None,
) -> None:
    """Show who a body or person is.

    \b
    Example:
      nhsgraph org WUTH
    """
    from collections import Counter

    from graph import render
    from graph.plain import record
    from graph.profile import profile
    from queries.lookup import find_entry

    with open_store(store) as opened:
        view = opened.view()
        entry = find_entry(view, name)
        found = profile(view, entry.id, min_confidence=min_confidence)
    value = record(found.entity) | {
        "briefings": entry.briefings,
        "links": Counter(link.predicate for link in found.links),
        "predecessors": found.predecessors,
        "successors": found.successors,
    }
    answer(as_json, value, lambda: render.organisation(found, entry.briefings))


def links(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    lineage: LineageOption = True,
    min_confidence: ConfidenceOption = SURE,
    quotes: QuotesOption = 1,
    ids: Annotated[bool, typer.Option("--ids", help="Show the id of each statement, for review.")] = False,
    as_json: JsonOption = None,
) -> None:
    """Show whom a body is linked with, and who says so.

    \b
    Example:
      nhsgraph links "Bolton FT"
      nhsgraph links NHSE --min-confidence 0.7 --quotes 3
    """
    from graph import plain, render

    with open_store(store) as opened:
        found = _profile(opened.view(), name, lineage=lineage, min_confidence=min_confidence)
    value = plain.record(found) | {"links": list(map(plain.link, found.links))}
    answer(as_json, value, lambda: render.links(found, shown_quotes=quotes, ids=ids))


def path(
    a: NameArgument,
    b: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    min_confidence: ConfidenceOption = SURE,
    quotes: QuotesOption = 1,
    as_json: JsonOption = None,
) -> None:
    """Show the shortest connection between two bodies.

    \b
    Example:
      nhsgraph path WUTH "NHS England"
    """
    from graph import render
    from graph.profile import connection

    with open_store(store) as opened:
        view = opened.view()
        one, other = find(view, a), find(view, b)
        steps = connection(view, one.id, other.id, min_confidence=min_confidence)
    if steps is None:
        fail(f"nothing in this store connects {one.name} with {other.name}; ingest more briefings", 1)
    answer(as_json, steps, lambda: render.path(one, steps, shown_quotes=quotes))


def timeline(
    name: NameArgument,
    store: StoreOption = DEFAULT_STORE,
    lineage: LineageOption = True,
    min_confidence: ConfidenceOption = SURE,
    as_json: JsonOption = None,
) -> None:
    """Show what was said of a body, by date.

    \b
    Example:
      nhsgraph timeline "Bolton FT"
    """
    from graph import profile, render

    with open_store(store) as opened:
        found = _profile(opened.view(), name, lineage=lineage, min_confidence=min_confidence)
    events = profile.timeline(found)
    answer(as_json, events, lambda: render.timeline(found.entity, events))


def stats(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = None) -> None:
    """Show how much the store holds.

    \b
    Example:
      nhsgraph stats
    """
    from graph import render

    with open_store(store) as opened:
        found = opened.view().stats()
    answer(as_json, found, lambda: render.stats(found))


def _profile(view: View, name: str, *, lineage: bool, min_confidence: float) -> Profile:
    from graph.profile import profile

    return profile(view, find(view, name).id, lineage=lineage, min_confidence=min_confidence)
