"""A Subgraph in other programs' formats: GraphML, GEXF, CSV and JSON, with the evidence.

Nothing is lost that a format can hold: parallel links stay apart, values that are not known are
left out, dates are ISO text, sums are pounds. GraphML and GEXF carry the newest quote of a link and
all its evidence as JSON text; Gephi finds the map's colours and places. CSV is for spreadsheets: UTF-8
with a mark that Excel needs, and no cell that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.analysis import to_networkx
from graph.errors import InputError
from graph.facts import link_caption
from graph.files import replacing
from graph.layout import positions
from graph.model import Edge, Entity, Evidence, Subgraph
from graph.plain import dumps
from graph.schema import PREDICATES
from graph.style import OVER_COLOR, edge_style, firmness, node_style

if TYPE_CHECKING:
    from graph.analysis import MultiDiGraph

_ILLEGAL_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ENTITY_COLUMNS = tuple(f.name for f in fields(Entity))
_EDGE_COLUMNS = (
    "id",
    "source",
    "target",
    *(f.name for f in fields(Edge) if f.name not in {"source", "target", "evidence"}),
)
_STATEMENT_COLUMNS = ("edge", "subject", "predicate", "object", *(f.name for f in fields(Evidence)))
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def export(subgraph: Subgraph, path: str | Path, fmt: str | None = None) -> None:
    """Write a subgraph to `path`, each file whole or not at all.

    Args:
        subgraph: what to write.
        path: the file; for CSV the folder, or a file that ends in .zip.
        fmt: "graphml", "gexf", "json" or "csv"; None takes it from the ending of `path` (.zip and a
            folder that exists are CSV).

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
    content = _WRITERS[name](subgraph)
    with replacing(path) as draft:
        draft.write_bytes(content)


def _format(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    if ending == "zip" or path.is_dir():
        return "csv"
    if ending not in _WRITERS:
        raise InputError(f"can't tell the export format from {path.name!r}; give one of {', '.join(FORMATS)}")
    return ending


def _graphml(subgraph: Subgraph) -> bytes:
    target = io.BytesIO()
    nx.write_graphml_xml(_flat(subgraph), target, edge_id_from_attribute="id")
    return target.getvalue()


def _gexf(subgraph: Subgraph) -> bytes:
    flat = _flat(subgraph)
    places = positions(subgraph)
    for entity in subgraph.nodes:
        x, y = places[entity.id]
        # GEXF's y points up, a page's down.
        flat.nodes[_legal(entity.id)]["viz"] = {
            "color": _rgb(node_style(entity.kind).color),
            "position": {"x": x, "y": -y, "z": 0.0},
        }
    target = io.BytesIO()
    nx.write_gexf(flat, target)
    return target.getvalue()


def _node_link(subgraph: Subgraph) -> bytes:
    data = nx.node_link_data(to_networkx(subgraph), edges="edges")
    data["graph"] |= {"focus": list(subgraph.focus), "notes": list(subgraph.notes)}
    return dumps(data, indent=1).encode()


FORMATS = ("graphml", "gexf", "csv", "json")
_WRITERS: dict[str, Callable[[Subgraph], bytes]] = {"graphml": _graphml, "gexf": _gexf, "json": _node_link}


def _flat(subgraph: Subgraph) -> MultiDiGraph:
    """A graph of legal XML text, numbers and truth values alone, its edges called "e0", "e1" …"""
    to_networkx(subgraph)  # refuses an edge without ends
    flat: MultiDiGraph = nx.MultiDiGraph(name=_legal(subgraph.title))
    for entity in subgraph.nodes:
        values = _scalars({name: getattr(entity, name) for name in _ENTITY_COLUMNS[1:]})
        flat.add_node(_legal(entity.id), label=values["name"], color=node_style(entity.kind).color, **values)
    for number, edge in enumerate(subgraph.edges):
        values = _scalars({name: getattr(edge, name) for name in _EDGE_COLUMNS[3:]})
        if edge.evidence:
            newest = max(edge.evidence, key=lambda e: (e.published or date.min, e.statement))
            values["quote"] = _legal(newest.quote)
            values["evidence"] = _legal(dumps(edge.evidence, indent=None))
        color = OVER_COLOR if firmness(edge) == "over" else edge_style(edge.predicate).color
        values |= {"id": f"e{number}", "label": _legal(link_caption(edge)), "color": color}
        flat.add_edge(_legal(edge.source), _legal(edge.target), values["id"], **values)
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
        return _legal("; ".join(map(str, value)))
    if isinstance(value, dict):
        return _legal(str(value.get("name") or value.get("caption") or value.get("title") or value))
    return _legal(str(value))


def _legal(text: str) -> str:
    """Without the characters that XML can't hold, which lone surrogates are among."""
    return _ILLEGAL_XML.sub("", text)


def _rgb(color: str) -> dict[str, Any]:
    return {"r": int(color[1:3], 16), "g": int(color[3:5], 16), "b": int(color[5:7], 16), "a": 1.0}
