"""What every form of a map draws: looks, places, sizes, days."""

from __future__ import annotations

import math
from datetime import date

import pytest

from graph.errors import InputError
from graph.layout import Area
from graph.maps.picture import CLOSED_ABOVE, Look, Picture, picture
from graph.model import Edge, Entity, Evidence, Subgraph
from tests.graph.view_samples import large_subgraph, small_subgraph

ENDS = (Entity("a", "A", "trust"), Entity("b", "B", "trust"))


def middle(drawn: Picture, number: int) -> tuple[float, float]:
    """Where the middle of a line runs, by the rule that `Line.bend` states (y points down)."""
    line = drawn.lines[number]
    start, end = drawn.marks[line.source], drawn.marks[line.target]
    dx, dy = end.x - start.x, end.y - start.y
    share, turn = 0.5 + line.bend / 2, line.bend * math.pi / 2
    via = (
        start.x + share * (dx * math.cos(turn) - dy * math.sin(turn)),
        start.y + share * (dx * math.sin(turn) + dy * math.cos(turn)),
    )
    return tuple(round((s + 2 * v + e) / 4, 1) for s, v, e in zip((start.x, start.y), via, (end.x, end.y), strict=True))


def test_links_of_one_pair_never_lie_on_each_other() -> None:
    kinds = ("FUNDING", "DISPUTE", "CRITICISED", "PART_OF")
    edges = tuple(Edge(*(("a", "b") if i % 2 else ("b", "a")), kind) for i, kind in enumerate(kinds))
    drawn = picture(Subgraph(ENDS, (*edges, Edge("a", "a", "DEFICIT"), Edge("a", "a", "MERGER_TALKS"))))
    assert len({middle(drawn, number) for number in range(4)}) == 4
    assert drawn.lines[4].loop is not None
    assert drawn.lines[5].loop is not None
    assert drawn.lines[4].loop[1] != drawn.lines[5].loop[1]


def test_line_tells_predicate_status_and_origin() -> None:
    drawn = picture(
        Subgraph(
            ENDS,
            (
                Edge("a", "b", "FUNDING", status="confirmed"),
                Edge("a", "b", "FUNDING", status="proposed"),
                Edge("a", "b", "FUNDING", status="refused"),
                Edge("a", "b", "SUCCEEDED_BY", origin="register"),
                Edge("a", "b", "MERGER_TALKS", status="mooted"),
            ),
        )
    )
    firm, proposed, refused, lineage, merger = drawn.lines
    assert firm.dash is None
    assert proposed.dash == merger.dash != lineage.dash
    assert [line.struck for line in drawn.lines] == [False, False, True, False, False]
    assert refused.color != firm.color
    assert (firm.both, merger.both) == (False, True)


def test_names_are_short_and_never_the_same_twice() -> None:
    drawn = picture(
        Subgraph(
            (
                Entity("a", "Hurn Valley Hospitals NHS Foundation Trust", "trust"),
                Entity("b", "Marl NHS Trust", "trust"),
                Entity("c", "Marl NHS Foundation Trust", "trust"),
            )
        )
    )
    labels = [mark.label.replace("\n", " ") for mark in drawn.marks]
    assert labels == ["Hurn Valley Hospitals", "Marl NHS Trust", "Marl NHS Foundation Trust"]


def test_namesakes_are_told_apart_whatever_the_order_of_links() -> None:
    nodes = (
        Entity("h", "Hurn Valley Hospitals NHS Foundation Trust", "trust", ods_code="RHV"),
        Entity("l", "Lyde Hospitals NHS Trust", "trust"),
        Entity("p1", "Jo Ash", "person"),
        Entity("p2", "Jo Ash", "person"),
        Entity("p3", "Jo Ash", "person"),
        Entity("c1", "Save Our Beds", "charity"),
        Entity("c2", "Save Our Beds", "trust"),
        Entity("w1", "Mersey and West Lancashire Teaching Hospitals NHS Trust", "trust", ods_code="RBN"),
        Entity("w2", "Mersey and West Lancashire Teaching Hospitals NHS Trust", "trust", ods_code="RVY"),
    )
    links = [
        Edge("p1", "h", "HOLDS_ROLE", status="current", last_seen=date(2019, 1, 1)),
        Edge("p1", "l", "HOLDS_ROLE", status="former", last_seen=date(2012, 1, 1)),
        Edge("p2", "l", "HOLDS_ROLE", status="current", last_seen=date(2019, 1, 1)),
    ]
    for edges in (links, links[::-1]):
        labels = {
            mark.entity.id: mark.label.replace("\n", " ") for mark in picture(Subgraph(nodes, tuple(edges))).marks
        }
        assert labels["p1"] == "Jo Ash (Hurn Valley Hospitals)"
        assert labels["p2"] == "Jo Ash (Lyde Hospitals)"
        assert labels["p3"] == "Jo Ash (Person)"
        assert (labels["c1"], labels["c2"]) == ("Save Our Beds (Charity)", "Save Our Beds (NHS trust)")
        assert (labels["w1"][-5:], labels["w2"][-5:]) == ("(RBN)", "(RVY)")
    assert len(set(labels.values())) == len(nodes)


def test_even_very_many_parallel_links_stay_apart_and_never_wind_round() -> None:
    bends = [line.bend for line in picture(Subgraph(ENDS, (Edge("a", "b", "FUNDING"),) * 300)).lines]
    assert len(set(bends)) == 300
    assert max(map(abs, bends)) <= 1


def test_size_tells_the_measure_that_is_named() -> None:
    nodes = (*ENDS, Entity("c", "C", "trust"))
    graph = Subgraph(
        nodes,
        (
            Edge("a", "b", "FUNDING", statements=9),
            Edge("a", "c", "FUNDING", statements=1),
            Edge("a", "c", "DISPUTE", statements=1),
        ),
    )
    by_links, by_said = picture(graph), picture(graph, Look(measure="statements"))
    assert by_links.measure == "number of links"
    assert by_said.measure == "number of statements"
    assert by_links.marks[1].size < by_links.marks[2].size < by_links.marks[0].size
    assert by_said.marks[2].size < by_said.marks[1].size < by_said.marks[0].size
    with pytest.raises(InputError, match="can't size by 'fame'"):
        picture(graph, Look(measure="fame"))


def told(number: int, day: date, status: str) -> Evidence:
    return Evidence(f"s{number}", "quote", f"b{number}", "title", day, None, 0.9, "rule", status=status)


def test_days_change_what_is_drawn_but_not_where() -> None:
    first, second = told(1, date(2019, 1, 1), "in_talks"), told(2, date(2020, 1, 1), "called_off")
    nodes = (*ENDS, Entity("c", "C", "trust"))
    graph = Subgraph(
        nodes,
        (
            Edge("a", "b", "MERGER_TALKS", status="called_off", last_seen=date(2020, 1, 1), evidence=(first, second)),
            Edge("b", "c", "MERGER_TALKS", status="in_talks", last_seen=date(2020, 1, 1), evidence=(second,)),
        ),
    )
    now, then = picture(graph), picture(graph, Look(until=date(2019, 6, 1)))
    place = {mark.entity.id: (mark.x, mark.y, mark.size) for mark in now.marks}
    assert {mark.entity.id: (mark.x, mark.y, mark.size) for mark in then.marks}.items() <= place.items()
    assert [line.struck for line in now.lines] == [True, False]
    assert [line.struck for line in then.lines] == [False]
    both = picture(graph, Look(since=date(2019, 6, 1), until=date(2020, 6, 1), compare=True))
    assert [line.change for line in both.lines] == ["changed", "new"]
    since = picture(graph, Look(since=date(2020, 6, 1)))
    assert since.lines == ()


def test_same_graph_gives_the_same_picture_whatever_the_order_of_its_links() -> None:
    graph = small_subgraph()
    turned = Subgraph(graph.nodes, tuple(reversed(graph.edges)), graph.focus, graph.title, graph.notes)
    places = [{mark.entity.id: (mark.x, mark.y) for mark in picture(one).marks} for one in (graph, turned)]
    assert places[0] == places[1]


def test_a_graph_of_too_many_links_is_closed_into_groups() -> None:
    graph = large_subgraph(1400)
    assert len(graph.edges) > CLOSED_ABOVE
    drawn = picture(graph)
    assert drawn.closed
    inside = [member for area in drawn.areas for member in _members(area)]
    assert len(inside) == len(set(inside))
    assert set(inside) <= {entity.id for entity in graph.nodes}
    assert 1 < len(drawn.areas) + len(graph.nodes) - len(inside) <= 120
    assert not picture(small_subgraph()).closed


def _members(area: Area) -> list[str]:
    return [*area.members, *(member for inner in area.areas for member in _members(inner))]


def test_link_to_nowhere_and_unknown_predicate_are_refused() -> None:
    here = Entity("a", "A", "trust")
    with pytest.raises(InputError, match="names 'nobody', which the graph does not hold"):
        picture(Subgraph((Entity("p", "Jo Ash", "person"),), (Edge("p", "nobody", "HOLDS_ROLE"),)))
    with pytest.raises(InputError, match="which the graph does not hold"):
        picture(Subgraph((here,), (Edge("a", "b", "FUNDING"),)))
    with pytest.raises(InputError, match="unknown predicate"):
        picture(Subgraph((here,), (Edge("a", "a", "LOVES"),)))
    with pytest.raises(InputError, match="unknown kind"):
        picture(Subgraph((Entity("x", "X", "wizard"),)))
