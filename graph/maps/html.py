"""The map's page: one HTML file that opens offline, safe to send and to publish.

pyvis holds the network and renders it, with our page (`page/page.html`, its style and scripts) in place of
its own template. That cures its traps at the root: its template loads Bootstrap from the network, writes
headings and options unescaped, and turns tooltips into live HTML when a title holds "href". Here Jinja
escapes everything, text reaches the page by `textContent` alone, every script stands in the file, and a
Content-Security-Policy forbids every request and every script but ours. The graph is directed, since
pyvis drops parallel edges of an undirected one; nodes have fixed places, since its physics takes a minute
on 1,000 nodes; how lines look is left to the page, since it changes with the day that the reader looks at.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from pyvis.network import Network

from graph.analysis import MEASURES
from graph.facts import entity_facts, quotes, weighed
from graph.history import State, lived, states
from graph.ids import digest
from graph.maps.legend import legend
from graph.maps.margins import days_told
from graph.maps.picture import Look, Mark, Picture, on_days, picture
from graph.maps.script import script
from graph.maps.svg import svg
from graph.maps.told import arrangements, briefings, plain_lines, states_told, values
from graph.model import Entity, Subgraph

_FOLDER = Path(__file__).parent / "page"
_STYLES = ("page", "legend", "stage", "search", "evidence", "table", "timeline", "keys", "embed", "contrast", "paper")
"""The style sheets, in the order in which later ones have the last word."""
_VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
_PLAIN_UP_TO = 1_000_000
"""A page with more characters of data than this holds them compressed: it is to be mailed."""
_STILL_UP_TO = 250
"""A page of more entities has no picture for readers whose scripts are off: it would double the file."""
_NO_HTML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": False}},
    "edges": {"hoverWidth": 0.75, "selectionWidth": 1.5},
}


class _Numbers(list[int]):
    """Numbers from 0 on. pyvis looks through all ids for each end of each link; this one knows without looking."""

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 <= number < len(self)


def page(subgraph: Subgraph, look: Look) -> str:
    """The map as one HTML page. It holds the whole graph; `since`, `until` and `compare` are what it shows first.

    Raises:
        InputError: see `picture`.
    """
    whole = picture(subgraph, replace(look, since=None, until=None, compare=False))
    network = Network(directed=True, cdn_resources="in_line")
    # Numbers, since an id may be any text ("__proto__") and vis-network keeps ids in plain objects.
    network.node_ids = _Numbers()
    measured = values(subgraph, whole)
    _add_marks(network, whole, measured)
    known = briefings(subgraph)
    history = [states(edge) for edge in subgraph.edges]
    _add_lines(network, whole, known, history)
    network.set_options(json.dumps(_OPTIONS))
    extra = {
        "briefings": list(known.values()),
        "arrangements": arrangements(subgraph, whole, look),
        "look": {
            "since": look.since.isoformat() if look.since else None,
            "until": look.until.isoformat() if look.until else None,
            "compare": look.compare,
            "measure": look.measure,
            "sure": look.sure,
        },
        "legend": legend(subgraph, whole, next(iter(measured.values()), MEASURES), history),
        "title": whole.title,
        "summary": whole.summary,
    }
    # What readers without scripts get can't be moved to another day: it is of the days asked for.
    days, still = days_told(look), ""
    then = on_days(whole, subgraph, look) if days else whole
    if len(whole.marks) <= _STILL_UP_TO:
        still = Markup(svg(then))
    return _rendered(
        network,
        whole,
        _storable(extra),
        {"lines": _storable(plain_lines(then)), "still": still, "days": days},
    )


def _add_marks(network: Network, whole: Picture, measured: Mapping[str, Mapping[str, float]]) -> None:
    names = {mark.entity.id: mark.entity.name for mark in whole.marks}
    for mark in whole.marks:
        network.add_node(
            mark.number,
            label=_storable(mark.label),
            shape=mark.style.shape,
            color=mark.style.color,
            size=mark.size,
            x=mark.x,
            y=mark.y,
            page=_storable(_entity(mark, names, measured[mark.entity.id])),
        )


def _entity(mark: Mark, names: Mapping[str, str], measured: Mapping[str, float]) -> dict[str, Any]:
    entity: Entity = mark.entity
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "facts": entity_facts(entity, names),
        "names": [entity.name, *entity.aliases, *([entity.ods_code] if entity.ods_code else [])],
        "focus": mark.focus,
        "values": measured,
    }


def _add_lines(network: Network, whole: Picture, known: Mapping[str, Any], history: Sequence[Sequence[State]]) -> None:
    entities = {mark.entity.id: mark.entity for mark in whole.marks}
    places = {briefing: number for number, briefing in enumerate(known)}
    for line, told in zip(whole.lines, history, strict=True):
        edge = line.edge
        said: dict[str, Any] = {
            "predicate": edge.predicate,
            "register": edge.origin == "register",
            "bend": line.bend,
            "lived": [day.isoformat() if day else None for day in lived(edge, entities)],
            **({"loop": line.loop} if line.loop else {}),
            "states": states_told(told),
            "said": [
                {
                    "briefing": places[found.briefing],
                    "text": quote.text,
                    "says": quote.says,
                    "confidence": quote.confidence,
                }
                for found, quote in zip(weighed(edge), quotes(edge), strict=True)
            ],
        }
        # pyvis would give each line an arrow of its own.
        network.add_edge(line.source, line.target, id=line.number, arrows="", page=_storable(said))


def _rendered(network: Network, whole: Picture, extra: dict[str, Any], plain: dict[str, Any]) -> str:
    """The page that pyvis makes of the network with our template."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["packed"] = _packed
    environment.globals["page"] = {
        "title": whole.title,
        "summary": whole.summary,
        "notes": _storable(list(whole.notes)),
        "plain": plain,
        "extra": extra,
        # Only scripts that carry this word run; text inside the page can't foretell it.
        "nonce": digest(json.dumps([network.nodes, network.edges, extra, whole.title]), size=32),
        "vis_network": Markup((Path(network.template_dir) / _VIS_NETWORK).read_text(encoding="utf-8")),
        "style": Markup("".join((_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)),
        "script": Markup(script(_FOLDER)),
    }
    network.templateEnv, network.path = environment, "page.html"
    html: str = network.generate_html(notebook=False)
    return html


def _packed(value: Any) -> Markup:
    """The value as JSON that HTML can hold; a long one compressed, in base64, for `data.js` to unpack."""

    def compact(value: Any, **_: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    text = compact(value)
    if len(text) <= _PLAIN_UP_TO:
        return htmlsafe_json_dumps(value, dumps=compact)
    return Markup(base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode())


def _storable(value: Any) -> Any:
    """The same value, every text in it without control characters and lone surrogates, which HTML can't hold."""
    if isinstance(value, str):
        return _NO_HTML.sub("", value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(item) for item in value]
    return value
