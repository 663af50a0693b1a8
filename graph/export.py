"""A Subgraph in other programs' formats: GraphML, GEXF, CSV and JSON, with the evidence.

Nothing is lost that a format can hold: parallel links stay apart, values that are not known are
left out, dates are ISO text, sums are pounds. GraphML and GEXF carry the newest quote of a link and
all its evidence as JSON text, and the look of the map that is drawn of the same subgraph: places, colours,
sizes, shapes, widths and dashes. Gephi shows them; it keeps parallel links apart in GEXF alone. CSV is for
spreadsheets: UTF-8 with a mark that Excel needs, and no cell that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from graph.analysis import to_networkx
from graph.errors import InputError
from graph.facts import link_caption
from graph.files import replacing
from graph.maps.lines import Line
from graph.maps.picture import Look, Picture, picture
from graph.model import Edge, Entity, Evidence, Subgraph
from graph.plain import dumps
from graph.schema import PREDICATES
from graph.xml import legal

if TYPE_CHECKING:
    from graph.analysis import MultiDiGraph

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ENTITY_COLUMNS = tuple(f.name for f in fields(Entity))
_EDGE_COLUMNS = (
    "id",
    "source",
    "target",
    *(f.name for f in fields(Edge) if f.name not in {"source", "target", "evidence"}),
)
_STATEMENT_COLUMNS = ("edge", "subject", "predicate", "object", *(f.name for f in fields(Evidence)))
_SHAPES = {"dot": "disc", "square": "square", "triangle": "triangle", "triangleDown": "triangle", "diamond": "diamond"}
"""GEXF knows these four shapes and images; hexagons and stars are discs there."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def export(subgraph: Subgraph, path: str | Path, fmt: str | None = None, *, look: Look | None = None) -> None:
    """Write a subgraph to `path`, each file whole or not at all.

    Args:
        subgraph: what to write.
        path: the file; for CSV the folder, or a file that ends in .zip.
        fmt: "graphml", "gexf", "json" or "csv"; None takes it from the ending of `path` (.zip and a
            folder that exists are CSV).
        look: how the map is drawn whose places, sizes and colours GraphML and GEXF carry; its days leave
            nothing out, since an export holds the whole subgraph.

    Raises:
        InputError: no such format, a place that can't be written to, or an edge that names an
            entity which the subgraph does not hold.
    """
    path = Path(path)
    name = _format(path) if fmt is None else fmt.lower()
    if name == "csv":
        _write_csv(subgraph, path)
        return
    if name not in _WRITERS:
        raise InputError(f"unknown export format {name!r}; choose one of {', '.join(FORMATS)}")
    content = _WRITERS[name](subgraph, look)
    with replacing(path) as draft:
        draft.write_bytes(content)


def _format(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    if ending == "zip" or path.is_dir():
        return "csv"
    if ending not in _WRITERS:
        raise InputError(f"can't tell the export format from {path.name!r}; give one of {', '.join(FORMATS)}")
    return ending


def _graphml(subgraph: Subgraph, look: Look | None) -> bytes:
    drawn = _drawn(subgraph, look)
    flat = _flat(subgraph, drawn)
    for mark in drawn.marks:
        # The y of Gephi, the one reader that takes places from GraphML, points up; a page's points down.
        flat.nodes[legal(mark.entity.id)].update(x=mark.x, y=-mark.y, size=2 * mark.size, shape=mark.style.shape)
    target = io.BytesIO()
    nx.write_graphml_xml(flat, target, edge_id_from_attribute="id")
    return target.getvalue()


def _gexf(subgraph: Subgraph, look: Look | None) -> bytes:
    drawn = _drawn(subgraph, look)
    flat = _flat(subgraph, drawn)
    for mark in drawn.marks:
        # GEXF's y points up too. Its sizes are diameters, in Gephi at least.
        flat.nodes[legal(mark.entity.id)]["viz"] = {
            "color": _rgb(mark.style.color),
            "position": {"x": mark.x, "y": -mark.y, "z": 0.0},
            "size": 2 * mark.size,
            "shape": _SHAPES.get(mark.style.shape, "disc"),
        }
    for line in drawn.lines:
        viz = {"color": _rgb(line.color), "thickness": line.width, "shape": _dashing(line)}
        flat.edges[legal(line.edge.source), legal(line.edge.target), f"e{line.number}"]["viz"] = viz
    writer = GEXFWriter(version="1.3")
    writer.add_graph(flat)
    predicates = {f"e{line.number}": line.edge.predicate for line in drawn.lines}
    for edge in writer.xml.iter("edge"):
        # Gephi makes one of parallel links, but of those that differ in kind. networkx doesn't write it.
        edge.set("kind", predicates[edge.attrib["id"]])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _drawn(subgraph: Subgraph, look: Look | None) -> Picture:
    """The picture of the whole subgraph: the days of a look decide what is drawn, not what is exported."""
    return picture(subgraph, replace(look or Look(), since=None, until=None, compare=False))


def _dashing(line: Line) -> str:
    """One of the line shapes that GEXF knows."""
    if line.dash is None:
        return "solid"
    return "dotted" if line.dash[0] < 3 else "dashed"


def _node_link(subgraph: Subgraph, _look: Look | None) -> bytes:
    data = nx.node_link_data(to_networkx(subgraph), edges="edges")
    data["graph"] |= {"focus": list(subgraph.focus), "notes": list(subgraph.notes)}
    return dumps(data, indent=1).encode()


FORMATS = ("graphml", "gexf", "csv", "json")
_WRITERS: dict[str, Callable[[Subgraph, Look | None], bytes]] = {"graphml": _graphml, "gexf": _gexf, "json": _node_link}


def _flat(subgraph: Subgraph, drawn: Picture) -> MultiDiGraph:
    """A graph of legal XML text, numbers and truth values alone, its edges called "e0", "e1" …"""
    flat: MultiDiGraph = nx.MultiDiGraph(name=legal(subgraph.title))
    for mark in drawn.marks:
        values = _scalars({name: getattr(mark.entity, name) for name in _ENTITY_COLUMNS[1:]})
        flat.add_node(legal(mark.entity.id), label=values["name"], color=mark.style.color, **values)
    for number, (edge, line) in enumerate(zip(subgraph.edges, drawn.lines, strict=True)):
        values = _scalars({name: getattr(edge, name) for name in _EDGE_COLUMNS[3:]})
        if edge.evidence:
            newest = max(edge.evidence, key=lambda e: (e.published or date.min, e.statement))
            values["quote"] = legal(newest.quote)
            values["evidence"] = legal(dumps(edge.evidence, indent=None))
        values |= {"id": f"e{number}", "label": legal(link_caption(edge)), "color": line.color}
        values |= {"width": line.width, "dash": _dashing(line)}
        flat.add_edge(legal(edge.source), legal(edge.target), values["id"], **values)
    return flat


def _write_csv(subgraph: Subgraph, path: Path) -> None:
    to_networkx(subgraph)  # refuses an edge without ends
    numbered = [(f"e{number}", edge) for number, edge in enumerate(subgraph.edges)]
    said = [
        {
            "edge": name,
            "subject": edge.source,
            "predicate": edge.predicate,
            "object": edge.target if PREDICATES[edge.predicate].objects else None,
            **_record(found, _STATEMENT_COLUMNS[4:]),
        }
        for name, edge in numbered
        for found in edge.evidence
    ]
    tables = {
        "nodes.csv": _csv(_ENTITY_COLUMNS, [_record(entity, _ENTITY_COLUMNS) for entity in subgraph.nodes]),
        "edges.csv": _csv(_EDGE_COLUMNS, [{"id": name, **_record(e, _EDGE_COLUMNS[1:])} for name, e in numbered]),
        "statements.csv": _csv(_STATEMENT_COLUMNS, said),
    }
    if path.suffix.lower() == ".zip":
        with replacing(path) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in tables.items():
                # A fixed time: the same graph gives the same file.
                archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"can't make the folder {path}: {(error.strerror or '').lower()}; name another") from error
    for name, content in tables.items():
        with replacing(path / name) as draft:
            draft.write_bytes(content)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as comma-separated values; no cell is one that a spreadsheet would run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    # The mark at the start tells Excel that it is UTF-8; without it, "£" comes out as two characters.
    return csv_text(columns, rows).encode("utf-8-sig")


def _cell(value: Any) -> str:
    """One cell: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    text = str(_scalar(value))
    if isinstance(value, bool):
        return text.lower()
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.lstrip(" \n\u00a0").startswith(_FORMULA) else text


def _record(record: Entity | Edge | Evidence, columns: Sequence[str]) -> dict[str, Any]:
    return {column: getattr(record, column) for column in columns}


def _scalars(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are known, each as text, number or truth value."""
    return {name: _scalar(value) for name, value in values.items() if value is not None and value != ()}


def _scalar(value: Any) -> str | float | bool:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return legal("; ".join(map(str, value)))
    if isinstance(value, dict):
        return legal(str(value.get("name") or value.get("caption") or value.get("title") or value))
    return legal(str(value))


def _rgb(color: str) -> dict[str, Any]:
    return {"r": int(color[1:3], 16), "g": int(color[3:5], 16), "b": int(color[5:7], 16), "a": 1.0}
