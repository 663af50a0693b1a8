"""Who belongs together, and what a group is called."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.grouping import Group, grouped, overview
from graph.model import Edge, Entity, Subgraph
from tests.graph.view_samples import large_subgraph

ICS = Entity("ics", "Marl Integrated Care System", "ics", region="Midlands")
ICB = Entity("icb", "NHS Marl Integrated Care Board", "icb")
TRUST = Entity("trust", "Marl Hospitals NHS Trust", "trust")
OTHER = Entity("other", "Lyde Hospitals NHS Trust", "trust", region="London")
ADA = Entity("ada", "Ada Reeve", "person")


def names(groups: Sequence[Group]) -> dict[str, tuple[str, ...]]:
    return {group.name: group.members for group in groups}


def everyone(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield from group.members
        yield from everyone(group.groups)


def star(hub: str, leaves: int, kind: str = "person") -> Subgraph:
    nodes = [Entity(hub, hub.title(), "trust")]
    nodes += [Entity(f"{hub}-{i:03}", f"Person {i:03}", kind) for i in range(leaves)]
    return Subgraph(tuple(nodes), tuple(Edge(node.id, hub, "HOLDS_ROLE") for node in nodes[1:]))


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


def test_a_post_that_stands_goes_before_a_former_one_of_the_same_day() -> None:
    day = date(2023, 5, 1)
    posts = (
        Edge("ada", "other", "HOLDS_ROLE", status="former", last_seen=day),
        Edge("ada", "trust", "HOLDS_ROLE", status="current", last_seen=day),
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


def test_overview_bundles_who_knows_nobody_else() -> None:
    subgraph = star("hurn", 34)
    assert names(overview(subgraph)) == {
        "34 linked only with Hurn": tuple(f"hurn-{i:03}" for i in range(34)),
    }


def test_overview_leaves_a_few_leaves_with_their_hub() -> None:
    assert overview(star("hurn", 8)) == ()


def test_overview_cuts_a_bundle_too_large_for_a_page() -> None:
    (bundle,) = overview(star("hurn", 300), most=120)
    assert (bundle.name, bundle.members) == ("300 linked only with Hurn", ())
    assert [(group.name, len(group.members)) for group in bundle.groups] == [
        ("Person 000 to Person 099", 100),
        ("Person 100 to Person 199", 100),
        ("Person 200 to Person 299", 100),
    ]


def test_overview_puts_unlinked_parts_together() -> None:
    main, small = large_subgraph(300), star("marl", 2)
    ids = {end for edge in main.edges for end in (edge.source, edge.target)}
    alone = sorted(entity.id for entity in main.nodes if entity.id not in ids)
    groups = overview(Subgraph(main.nodes + small.nodes, main.edges + small.edges), most=40)
    (rest,) = (group for group in groups if group.name == "Not linked with the rest")
    assert set(everyone([rest])) >= {"marl", "marl-000", "marl-001", *alone}


def test_overview_needs_room() -> None:
    with pytest.raises(InputError, match="room for 2 parts"):
        overview(Subgraph(), most=1)


def parts(groups: Sequence[Group], members: int) -> Iterator[int]:
    yield len(groups) + members
    for group in groups:
        yield from parts(group.groups, len(group.members))


@pytest.mark.parametrize("most", [7, 40, 120])
def test_no_level_of_an_overview_has_more_parts_than_asked_for(most: int) -> None:
    subgraph = large_subgraph(600)
    groups = overview(subgraph, most=most)
    inside = list(everyone(groups))
    assert len(inside) == len(set(inside))
    assert max(parts(groups, len(subgraph.nodes) - len(inside))) <= most


def test_order_of_the_parts_does_not_matter() -> None:
    subgraph, rng = large_subgraph(300), random.Random(5)
    shuffled = Subgraph(
        tuple(rng.sample(subgraph.nodes, len(subgraph.nodes))), tuple(rng.sample(subgraph.edges, len(subgraph.edges)))
    )
    assert overview(subgraph, most=20) == overview(shuffled, most=20)
    for by in ("system", "region", "community", "kind"):
        assert grouped(subgraph, by) == grouped(shuffled, by)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9),
    st.integers(1, 40).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    ),
)
def test_any_graph_has_an_overview(most: int, shape: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = shape
    nodes = tuple(Entity(f"n{i}", f"N{i}", "trust") for i in range(count))
    groups = overview(Subgraph(nodes, tuple(Edge(f"n{a}", f"n{b}", "FUNDING") for a, b in pairs)), most=most)
    inside = list(everyone(groups))
    assert len(inside) == len(set(inside))
    assert max(parts(groups, count - len(inside))) <= most
