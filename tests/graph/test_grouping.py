"""Who belongs together, and what a group is called."""

from __future__ import annotations

import random
from datetime import date

import pytest

from graph.errors import InputError
from graph.grouping import grouped
from graph.model import Edge, Entity, Subgraph
from tests.graph.group_samples import names, star
from tests.graph.view_samples import large_subgraph

ICS = Entity("ics", "Marl Integrated Care System", "ics", region="Midlands")
ICB = Entity("icb", "NHS Marl Integrated Care Board", "icb")
TRUST = Entity("trust", "Marl Hospitals NHS Trust", "trust")
OTHER = Entity("other", "Lyde Hospitals NHS Trust", "trust", region="London")
ADA = Entity("ada", "Ada Reeve", "person")


def test_system_holds_its_bodies_itself_and_their_people() -> None:
    subgraph = Subgraph(
        (ICS, ICB, TRUST, OTHER, ADA),
        (
            Edge("icb", "ics", "PART_OF", origin="register"),
            Edge("trust", "icb", "PART_OF"),
            Edge("ada", "trust", "HOLDS_ROLE"),
        ),
    )
    assert names(grouped(subgraph, "system")) == {"Marl ICS": ("ada", "icb", "ics", "trust")}


def test_a_system_that_is_told_goes_before_the_links() -> None:
    subgraph = Subgraph((ICS, TRUST, OTHER), (Edge("trust", "ics", "PART_OF"),))
    told = {"trust": "Lyde Integrated Care System", "other": "Marl Integrated Care System"}
    assert names(grouped(subgraph, "system", systems=told)) == {"Lyde ICS": ("trust",), "Marl ICS": ("ics", "other")}


def test_people_stand_with_their_newest_post() -> None:
    lyde = Entity("lyde", "Lyde Integrated Care System", "ics")
    posts = (
        Edge("ada", "trust", "HOLDS_ROLE", last_seen=date(2021, 5, 1)),
        Edge("ada", "other", "HOLDS_ROLE", last_seen=date(2023, 5, 1)),
    )
    parts = (Edge("trust", "ics", "PART_OF"), Edge("other", "lyde", "PART_OF"))
    subgraph = Subgraph((ICS, lyde, TRUST, OTHER, ADA), posts + parts)
    assert names(grouped(subgraph, "system"))["Lyde ICS"] == ("ada", "lyde", "other")


def test_the_register_goes_before_a_newer_briefing_and_the_surer_before_the_doubtful() -> None:
    lyde = Entity("lyde", "Lyde Integrated Care System", "ics")
    parts = (
        Edge("trust", "lyde", "PART_OF", last_seen=date(2023, 5, 1), confidence=0.9),
        Edge("trust", "ics", "PART_OF", origin="register"),
        Edge("other", "ics", "PART_OF", last_seen=date(2023, 5, 1), confidence=0.6),
        Edge("other", "lyde", "PART_OF", last_seen=date(2021, 5, 1), confidence=0.9),
    )
    found = names(grouped(Subgraph((ICS, lyde, TRUST, OTHER), parts), "system"))
    assert found == {"Lyde ICS": ("lyde", "other"), "Marl ICS": ("ics", "trust")}


def test_a_post_that_stands_goes_before_one_that_was_left() -> None:
    posts = (
        Edge("ada", "other", "HOLDS_ROLE", status="former", last_seen=date(2023, 5, 1)),
        Edge("ada", "trust", "HOLDS_ROLE", status="current", last_seen=date(2022, 5, 1)),
    )
    subgraph = Subgraph((ICS, TRUST, OTHER, ADA), (*posts, Edge("trust", "ics", "PART_OF")))
    assert "ada" in names(grouped(subgraph, "system"))["Marl ICS"]


def test_parts_in_a_circle_belong_nowhere() -> None:
    subgraph = Subgraph((TRUST, OTHER), (Edge("trust", "other", "PART_OF"), Edge("other", "trust", "PART_OF")))
    assert grouped(subgraph, "system") == ()


def test_region_is_the_bodys_own_or_its_systems() -> None:
    subgraph = Subgraph((ICS, TRUST, OTHER, ADA), (Edge("trust", "ics", "PART_OF"), Edge("ada", "other", "HOLDS_ROLE")))
    assert names(grouped(subgraph, "region")) == {"London": ("ada", "other"), "Midlands": ("ics", "trust")}


def test_a_system_across_two_regions_lends_none() -> None:
    subgraph = Subgraph(
        (ICS, TRUST, OTHER, ICB),
        tuple(Edge(part, "ics", "PART_OF") for part in ("trust", "other", "icb")),
    )
    assert names(grouped(subgraph, "region")) == {"London": ("other",), "Midlands": ("ics",)}


def test_kinds_stand_in_the_schemas_order() -> None:
    found = names(grouped(Subgraph((ADA, ICS, TRUST, OTHER)), "kind"))
    assert list(found.items()) == [
        ("NHS trust", ("other", "trust")),
        ("Integrated care system", ("ics",)),
        ("Person", ("ada",)),
    ]


def test_communities_are_named_after_their_most_linked_members() -> None:
    first, second = star("hurn", 4), star("marl", 1)
    found = grouped(Subgraph(first.nodes + second.nodes, first.edges + second.edges), "community")
    assert [(group.name, len(group.members)) for group in found] == [("Hurn, Person 000 and 3 more", 5)]


def test_unknown_grouping_is_refused() -> None:
    with pytest.raises(InputError, match="can't group by 'colour'; choose one of system, region, community, kind"):
        grouped(Subgraph(), "colour")


@pytest.mark.parametrize("by", ["system", "region", "community", "kind"])
def test_links_must_name_entities_that_are_there(by: str) -> None:
    with pytest.raises(InputError, match="'nowhere'"):
        grouped(Subgraph((TRUST,), (Edge("trust", "nowhere", "FUNDING"),)), by)


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph, rng = large_subgraph(300), random.Random(5)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    for by in ("system", "region", "community", "kind"):
        assert grouped(subgraph, by) == grouped(shuffled, by)
