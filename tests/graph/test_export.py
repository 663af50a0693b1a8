"""Exports read back by the programs that they are for."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.export import FORMATS, export
from graph.maps import Look, picture
from graph.model import Edge, Entity, Evidence, Subgraph
from tests.graph.view_samples import small_subgraph

READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def read_json(path: Path) -> nx.MultiDiGraph:
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read_table(folder: Path, name: str) -> list[dict[str, str]]:
    return table((folder / name).read_bytes().decode("utf-8-sig"))


def quoted(text: str, **said: str) -> Subgraph:
    """Two bodies of this name, and one link whose quote this is."""
    found = Evidence("s", text, "b", text, None, None, 0.5, "rule", **said)
    ends = (Entity("a", text, "trust"), Entity("b", "B", "icb", aliases=(text,)))
    return Subgraph(ends, (Edge("a", "b", "DISPUTE", statements=1, evidence=(found,)),), title=text)


@pytest.mark.parametrize("fmt", ["graphml", "gexf"])
def test_xml_formats_come_back_whole(fmt: str, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    export(subgraph, tmp_path / f"g.{fmt}")
    back = READERS[fmt](tmp_path / f"g.{fmt}")
    assert isinstance(back, nx.MultiDiGraph)
    assert set(back) == {entity.id for entity in subgraph.nodes}
    assert sorted((s, t, d["predicate"]) for s, t, d in back.edges(data=True)) == sorted(
        (e.source, e.target, e.predicate) for e in subgraph.edges
    )
    assert back.nodes["X24"]["name"] == back.nodes["X24"]["label"] == "NHS England"
    assert back.nodes["X24"]["known"] is True
    assert "ods_code" not in back.nodes["trust-hurn"]
    money = back.edges["X24", "trust-hurn", "e5"]
    assert (money["status"], money["amount"], money["first_seen"]) == ("withheld", 22.4e6, "2022-03-23")
    assert [said["published"] for said in json.loads(money["evidence"])] == ["2022-03-23", "2022-04-24", "2022-05-25"]
    assert money["quote"].startswith("Board papers show")


def test_gexf_brings_colours_and_places(tmp_path: Path) -> None:
    export(small_subgraph(), tmp_path / "g.gexf")
    viz = nx.read_gexf(tmp_path / "g.gexf").nodes["CQC"]["viz"]
    assert viz["color"] == {"r": 213, "g": 94, "b": 0, "a": 1.0}
    assert set(viz["position"]) == {"x", "y", "z"}


def test_json_keeps_evidence_as_records(tmp_path: Path) -> None:
    subgraph = small_subgraph()
    export(subgraph, tmp_path / "g.json")
    back = read_json(tmp_path / "g.json")
    assert back.number_of_edges() == len(subgraph.edges)
    assert back.graph["focus"] == ["trust-hurn"]
    link = back.edges["trust-hurn", "trust-harrow-sands", "MERGER_TALKS"]
    assert [said["quote"] for said in link["evidence"]] == [e.quote for e in subgraph.edges[0].evidence]
    assert link["last_seen"] == "2022-04-04"
    assert link["amount"] is None


def test_csv_folder_holds_nodes_edges_and_statements(tmp_path: Path) -> None:
    subgraph = small_subgraph()
    export(subgraph, tmp_path / "deep" / "out", "csv")
    nodes, edges, said = (read_table(tmp_path / "deep" / "out", f"{n}.csv") for n in ("nodes", "edges", "statements"))
    assert [row["id"] for row in nodes] == [entity.id for entity in subgraph.nodes]
    assert [(row["source"], row["target"]) for row in edges] == [(e.source, e.target) for e in subgraph.edges]
    assert len(said) == sum(len(edge.evidence) for edge in subgraph.edges)
    assert {row["edge"] for row in said} <= {row["id"] for row in edges}
    money = next(row for row in said if row["edge"] == "e5")
    assert (money["subject"], money["predicate"], money["object"]) == ("X24", "FUNDING", "trust-hurn")
    assert (money["published"], money["amount"], money["role"]) == ("2022-03-23", "22400000.0", "")
    assert {row["object"] for row in said if row["predicate"] == "DEFICIT"} == {""}


def test_csv_zip_is_the_same_file_every_time(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        export(small_subgraph(), tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["nodes.csv", "edges.csv", "statements.csv"]
        assert len(table(archive.read("edges.csv").decode("utf-8-sig"))) == len(small_subgraph().edges)


@pytest.mark.parametrize("start", ["=cmd|'/c calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_no_cell_runs_as_a_formula(start: str, tmp_path: Path) -> None:
    export(quoted(start), tmp_path, "csv")
    for name in ("nodes", "statements"):
        for row in read_table(tmp_path, f"{name}.csv"):
            for cell in row.values():
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert read_table(tmp_path, "statements.csv")[0]["quote"] == f"'{start}"


def test_negative_sum_stays_a_number(tmp_path: Path) -> None:
    ends = (Entity("a", "A", "trust"), Entity("b", "B", "trust"))
    export(Subgraph(ends, (Edge("a", "b", "FUNDING", amount=-5.5),)), tmp_path, "csv")
    assert read_table(tmp_path, "edges.csv")[0]["amount"] == "-5.5"


@pytest.mark.parametrize("fmt", ["graphml", "gexf"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters()))
def test_any_text_makes_xml_that_can_be_read(fmt: str, tmp_path: Path, text: str) -> None:
    export(quoted(text), tmp_path / f"g.{fmt}")
    back = READERS[fmt](tmp_path / f"g.{fmt}")
    assert back.number_of_edges() == 1
    printable = "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    name = back.nodes["a"].get("name") or ""
    assert "".join(c for c in name if c >= " ") == printable


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters()))
def test_any_text_goes_through_json_and_csv(tmp_path: Path, text: str) -> None:
    export(quoted(text), tmp_path / "g.json")
    assert read_json(tmp_path / "g.json").nodes["a"]["name"] == text
    export(quoted(text), tmp_path / "tables", "csv")
    assert len(read_table(tmp_path / "tables", "statements.csv")) == 1


@pytest.mark.parametrize("fmt", FORMATS)
def test_empty_graph_exports(fmt: str, tmp_path: Path) -> None:
    export(Subgraph(), tmp_path / "out", fmt)
    if fmt == "csv":
        assert read_table(tmp_path / "out", "nodes.csv") == []
    else:
        assert len((READERS | {"json": read_json})[fmt](tmp_path / "out")) == 0


@pytest.mark.parametrize("fmt", FORMATS)
def test_link_without_an_end_is_refused_and_leaves_nothing(fmt: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="which the graph does not hold"):
        export(
            Subgraph((Entity("a", "A", "trust", opened=date(1999, 1, 1)),), (Edge("a", "b", "FUNDING"),)),
            tmp_path / "o",
            fmt,
        )
    assert list(tmp_path.iterdir()) == []


def test_wrong_use_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown export format 'xlsx'; choose one of graphml, gexf, csv, json"):
        export(Subgraph(), tmp_path / "a", "xlsx")
    with pytest.raises(InputError, match=r"can't tell the export format from 'a\.xyz'"):
        export(Subgraph(), tmp_path / "a.xyz")
    with pytest.raises(InputError, match=r"can't write .*; name a file"):
        export(Subgraph(), tmp_path / "no" / "a.json")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"can't make the folder .*; name another"):
        export(Subgraph(), tmp_path / "file", "csv")


@pytest.mark.parametrize("look", [Look(), Look(measure="statements", group="kind")])
def test_places_sizes_and_colours_are_those_of_the_map(look: Look, tmp_path: Path) -> None:
    subgraph = small_subgraph()
    whole = picture(subgraph, look)
    export(subgraph, tmp_path / "g.gexf", look=look)
    export(subgraph, tmp_path / "g.graphml", look=look)
    gexf, graphml = nx.read_gexf(tmp_path / "g.gexf"), nx.read_graphml(tmp_path / "g.graphml")
    for mark in whole.marks:
        viz, data = gexf.nodes[mark.entity.id]["viz"], graphml.nodes[mark.entity.id]
        assert (viz["position"]["x"], viz["position"]["y"]) == (mark.x, -mark.y)
        assert (data["x"], data["y"]) == (mark.x, -mark.y)
        assert viz["size"] == data["size"] == pytest.approx(2 * mark.size)
        assert data["shape"] == mark.style.shape
        assert data["color"] == mark.style.color == "#{r:02x}{g:02x}{b:02x}".format(**viz["color"])
    for line in whole.lines:
        ends = line.edge.source, line.edge.target, f"e{line.number}"
        assert graphml.edges[ends]["color"] == line.color
        assert graphml.edges[ends]["width"] == line.width
        assert gexf.edges[ends]["dash"] == {None: "solid", 9: "dashed", 1.5: "dotted"}[line.dash and line.dash[0]]


def test_gexf_says_how_lines_look_where_gephi_reads_it(tmp_path: Path) -> None:
    subgraph = small_subgraph()
    export(subgraph, tmp_path / "g.gexf")
    root = ElementTree.parse(tmp_path / "g.gexf").getroot()
    gexf, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    assert root.get("version") == "1.3"
    edges = {edge.get("id"): edge for edge in root.iter(f"{gexf}edge")}
    assert len(edges) == len(subgraph.edges)
    for line in picture(subgraph).lines:
        edge = edges[f"e{line.number}"]
        # Without kinds Gephi makes one of parallel links.
        assert edge.get("kind") == line.edge.predicate
        color, thickness, shape = (edge.find(viz + name) for name in ("color", "thickness", "shape"))
        assert color is not None
        assert thickness is not None
        assert shape is not None
        assert "#" + "".join(f"{int(color.attrib[part]):02x}" for part in "rgb") == line.color
        assert float(thickness.attrib["value"]) == line.width
        assert shape.attrib["value"] in {"solid", "dotted", "dashed", "double"}
    shapes = {shape.attrib["value"] for node in root.iter(f"{gexf}node") for shape in node.iter(f"{viz}shape")}
    assert shapes <= {"disc", "square", "triangle", "diamond"}


def test_days_of_a_look_leave_nothing_out(tmp_path: Path) -> None:
    subgraph = small_subgraph()
    export(subgraph, tmp_path / "g.gexf", look=Look(until=date(1999, 1, 1)))
    assert nx.read_gexf(tmp_path / "g.gexf").number_of_edges() == len(subgraph.edges)
