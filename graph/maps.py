"""Maps: a Subgraph as one HTML page that opens offline, safe to send and to publish.

pyvis builds the network and renders it, with our page (`maps_page.html`) in place of its own
template. That cures its traps at the root: its template loads Bootstrap from the network, writes
headings and options unescaped, and turns tooltips into live HTML when a title holds "href". Here
Jinja escapes everything, text reaches the page by `textContent` alone, vis-network's script stands
in the file, and a Content-Security-Policy forbids every request and every script but ours. The
graph is directed, since pyvis drops parallel edges of an undirected one, and nodes have fixed
places, since its physics takes a minute on 1,000 nodes.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from graph.facts import (
    basis,
    entity_facts,
    heading,
    link_caption,
    link_facts,
    link_nature,
    link_title,
    quotes,
    sides,
    summary,
    when,
    words,
)
from graph.files import replacing
from graph.ids import digest
from graph.layout import positions
from graph.model import Edge, Entity, Subgraph
from graph.schema import KINDS
from graph.style import (
    EDGE_STYLES,
    NODE_STYLES,
    OVER_COLOR,
    REGISTER_DASH,
    TENTATIVE_DASH,
    caption,
    edge_style,
    firmness,
    label_text,
    node_style,
    short_name,
)

_PAGE = "maps_page.html"
_VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
_LABEL_WIDTH = 22
_LINK_LABELS_UP_TO = 45
"""A map of more links writes a caption only on the links pointed at, until the reader asks for all."""
_BOW = 0.22
_NO_HTML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "edges": {"hoverWidth": 0.75, "selectionWidth": 1.5},
}


def write_map(subgraph: Subgraph, path: str | Path, *, title: str | None = None) -> None:
    """Write the map of a subgraph to an HTML file (UTF-8), whole or not at all.

    Raises:
        InputError: the file can't be written, or the subgraph holds what the schema does not know.
    """
    page = map_html(subgraph, title=title)
    with replacing(Path(path)) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")


def map_html(subgraph: Subgraph, *, title: str | None = None) -> str:
    """The map as one HTML page; `title` stands at its top, else the subgraph's own.

    Raises:
        InputError: an unknown kind or predicate, or an edge that names an entity which is not there.
    """
    # Numbers, since an id may be any text ("__proto__") and vis-network keeps ids in plain objects.
    numbers = {entity.id: number for number, entity in enumerate(subgraph.nodes)}
    labels = _labels(subgraph.nodes)
    names = {entity.id: entity.name for entity in subgraph.nodes}
    focus = frozenset(subgraph.focus)
    links = Counter(end for edge in subgraph.edges for end in {edge.source, edge.target})
    places = positions(subgraph, {id: _box(label) for id, label in labels.items()})
    sizes = {id: round(min(11 + 3 * math.sqrt(links[id]), 30) + (5 if id in focus else 0), 1) for id in numbers}
    network = Network(directed=True, cdn_resources="in_line")
    for entity in subgraph.nodes:
        look, (x, y) = node_style(entity.kind), places[entity.id]
        said = {
            "name": entity.name,
            "kind": entity.kind,
            "facts": entity_facts(entity, names),
            "names": [entity.name, labels[entity.id], *entity.aliases, entity.ods_code or ""],
            "focus": entity.id in focus,
        }
        network.add_node(
            numbers[entity.id],
            label=labels[entity.id],
            shape=look.shape,
            color=look.color,
            size=sizes[entity.id],
            x=x,
            y=y,
            page=_storable(said),
        )
    curves = _curves(subgraph.edges, sizes)
    for number, (edge, curve) in enumerate(zip(subgraph.edges, curves, strict=True)):
        said = {
            "predicate": edge.predicate,
            "title": link_title(edge),
            "source": names[edge.source],
            "target": names[edge.target] if edge.predicate != "DEFICIT" else "",
            "caption": link_caption(edge),
            "facts": link_facts(edge),
            "nature": link_nature(edge),
            "status": words(edge.status or ""),
            "when": when(edge),
            "basis": basis(edge),
            "sides": sides(edge),
            "symmetric": edge_style(edge.predicate).both,
            "quotes": [asdict(quote) for quote in quotes(edge)],
        }
        network.add_edge(
            numbers[edge.source], numbers[edge.target], id=number, page=_storable(said), **_line(edge), **curve
        )
    network.set_options(json.dumps(_OPTIONS))
    return _rendered(network, subgraph, title)


def _rendered(network: Network, subgraph: Subgraph, title: str | None) -> str:
    """The page that pyvis makes of the network with our template."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    kinds = Counter(entity.kind for entity in subgraph.nodes)
    predicates = Counter(edge.predicate for edge in subgraph.edges)
    environment.globals["page"] = {
        "title": label_text(title or heading(subgraph)),
        "summary": summary(subgraph),
        "notes": _storable(list(subgraph.notes)),
        "kinds": [(kind, KINDS[kind].caption, NODE_STYLES[kind], kinds[kind]) for kind in NODE_STYLES if kinds[kind]],
        "predicates": [
            (name, caption(name), style, predicates[name]) for name, style in EDGE_STYLES.items() if predicates[name]
        ],
        "manners": {_manner(edge) for edge in subgraph.edges},
        "over_color": OVER_COLOR,
        "tentative_dash": TENTATIVE_DASH,
        "register_dash": REGISTER_DASH,
        "link_labels": len(subgraph.edges) <= _LINK_LABELS_UP_TO,
        # Only scripts that carry this word run; text inside the page can't foretell it.
        "nonce": digest(json.dumps([network.nodes, network.edges, title]), size=32),
        "vis_network": Markup((Path(network.template_dir) / _VIS_NETWORK).read_text(encoding="utf-8")),
    }
    network.templateEnv, network.path = environment, _PAGE
    html: str = network.generate_html(notebook=False)
    return html


def _labels(entities: Sequence[Entity]) -> dict[str, str]:
    """Short names by id, in at most three lines; the full name where two would read the same."""
    short = {entity.id: short_name(entity) for entity in entities}
    uses = Counter(short.values())
    labels = {}
    for entity in entities:
        text = short[entity.id] if uses[short[entity.id]] == 1 else label_text(entity.name) or entity.id
        labels[entity.id] = "\n".join(textwrap.wrap(text, _LABEL_WIDTH, max_lines=3, placeholder=" …"))
    return labels


def _box(label: str) -> tuple[float, float]:
    """Pixels to keep free for an entity and its label."""
    lines = label.split("\n")
    return max(64.0, 7.2 * max(map(len, lines)) + 10), 44.0 + 16 * len(lines)


def _manner(edge: Edge) -> str:
    return "register" if edge.origin == "register" else firmness(edge)


def _line(edge: Edge) -> dict[str, Any]:
    """vis-network's options for a link: colour and arrowheads by predicate, dash and strike by status."""
    look, manner = edge_style(edge.predicate), _manner(edge)
    arrows: dict[str, Any] = {}
    if look.arrow:
        head = {"enabled": True, "type": look.arrow, "scaleFactor": 0.55}
        arrows = {"to": head, "from": head} if look.both else {"to": head}
    line: dict[str, Any] = {
        "color": look.color,
        "width": round(look.width + 0.6 * math.log2(max(edge.statements, 1)), 2),
        "dashes": False,
    }
    if manner == "over":
        line["color"] = OVER_COLOR
        arrows["middle"] = {"enabled": True, "type": "bar", "scaleFactor": 0.8}
    elif manner == "tentative":
        line["dashes"] = list(TENTATIVE_DASH)
    elif manner == "register":
        line["dashes"] = list(REGISTER_DASH)
    return {**line, "arrows": arrows}


def _curves(edges: Sequence[Edge], sizes: Mapping[str, float]) -> list[dict[str, Any]]:
    """How each link bends, so that links of one pair, or loops at one entity, never lie on each other."""
    siblings: dict[frozenset[str], list[int]] = {}
    for number, edge in enumerate(edges):
        siblings.setdefault(frozenset((edge.source, edge.target)), []).append(number)
    curves: list[dict[str, Any]] = [{} for _ in edges]
    for ends, family in siblings.items():
        for rank, number in enumerate(family):
            if len(ends) == 1:
                # Loops go round from the upper right: the label mostly stands below.
                size = round(10 + sizes[edges[number].source] / 2, 1)
                angle = math.pi / 4 + rank * math.pi / 3
                curves[number] = {"selfReference": {"size": size, "angle": angle, "renderBehindTheNode": True}}
                continue
            bow = (rank - (len(family) - 1) / 2) * _BOW
            # A bow is to the right of its own direction: turned round for links that point the other way.
            if edges[number].source != min(ends):
                bow = -bow
            kind = "curvedCW" if bow > 0 else "curvedCCW"
            curves[number] = {
                "smooth": {"enabled": True, "type": kind, "roundness": round(abs(bow), 3)} if bow else False
            }
    return curves


def _storable(value: Any) -> Any:
    """The same value, every text in it without control characters and lone surrogates, which HTML can't hold."""
    if isinstance(value, str):
        return _NO_HTML.sub("", value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(item) for item in value]
    return value
