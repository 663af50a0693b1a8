"""Which part of the graph is drawn, on both stores: around a body, what joins several, a system, a kind, a path."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from graph import selection
from graph.errors import InputError, UnknownName
from graph.membership import systems
from graph.model import Document, Entity, Extraction, Membership, Mention, Statement, Subgraph, Succession
from graph.store import Store, View, open_store
from tests.neo4j_server import emptied

BOARDS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
ENTITIES = tuple(
    Entity(id, name, kind)
    for id, name, kind in (
        ("ics-hurn", "Hurn Integrated Care System", "ics"),
        ("ics-marl", "Marl Integrated Care System", "ics"),
        ("ics-elsewhere", "Elsewhere Integrated Care System", "ics"),
        ("icb-hurn", "NHS Hurn Integrated Care Board", "icb"),
        ("ccg-hurn", "NHS Hurn CCG", "ccg"),
        ("trust-a", "Ash Hospitals NHS Trust", "trust"),
        ("trust-b", "Birch Hospitals NHS Trust", "trust"),
        ("trust-c", "Cedar Community NHS Trust", "trust"),
        ("trust-d", "Damson Hospitals NHS Trust", "trust"),
        ("trust-e", "Elder Ambulance NHS Trust", "trust"),
        ("cqc", "Care Quality Commission", "regulator"),
        ("nhse", "NHS England", "regulator"),
        ("union", "Society of Hurn Nurses", "union"),
        ("person-webb", "Ann Webb", "person"),
        ("person-lyle", "Bo Lyle", "person"),
        *((f"supplier-{n:02}", f"Supplier {n}", "supplier") for n in range(17)),
        ("board-new", "New Board", "regulator"),
        *((f"board-{n + 1}", f"{word} Board", "regulator") for n, word in enumerate(BOARDS)),
        *((f"town-{n}", f"Town {n}", "union") for n in range(3)),
    )
)
FACTS: tuple[tuple[str, str, str | None, float], ...] = (
    ("MERGER_TALKS", "trust-a", "trust-b", 0.9),
    ("MERGER_TALKS", "trust-d", "trust-b", 0.4),
    ("FUNDING", "nhse", "trust-a", 0.9),
    ("FUNDING", "nhse", "trust-b", 0.9),
    ("REGULATORY_ACTION", "cqc", "trust-a", 0.9),
    ("DISPUTE", "trust-d", "cqc", 0.9),
    ("DISPUTE", "cqc", "nhse", 0.9),
    ("HOLDS_ROLE", "person-webb", "trust-a", 0.9),
    ("HOLDS_ROLE", "person-webb", "trust-d", 0.9),
    ("HOLDS_ROLE", "person-lyle", "trust-c", 0.9),
    ("CRITICISED", "union", "nhse", 0.4),
    ("DEFICIT", "trust-a", None, 0.9),
    ("PART_OF", "trust-b", "ics-hurn", 0.7),
    ("PART_OF", "trust-b", "ics-marl", 0.6),
    ("PART_OF", "trust-c", "icb-hurn", 0.7),
    ("PART_OF", "trust-d", "ics-marl", 0.4),
    ("FUNDING", "board-1", "town-0", 0.9),
    ("DISPUTE", "town-0", "board-2", 0.9),
    ("CRITICISED", "board-2", "town-1", 0.9),
    ("DISPUTE", "board-3", "town-0", 0.9),
    ("DEFICIT", "board-4", None, 0.9),
    ("DISPUTE", "board-4", "board-new", 0.9),
    ("FUNDING", "board-6", "town-2", 0.4),
    *(("COMMISSIONED", t, f"supplier-{n:02}", 0.9) for n in range(17) for t in ("trust-a", "trust-b")),
)
TEXT = "All of them, one by one, each with what was said of it."


def _briefing() -> Extraction:
    statements = tuple(
        Statement(f"s{n:02}", "b", predicate, one, other, TEXT, 0, 30, sure, "by hand", published=date(2020, 1, 1))
        for n, (predicate, one, other, sure) in enumerate(FACTS)
    )
    return Extraction(
        Document("b", "Title", TEXT, date(2020, 1, 1)),
        ENTITIES,
        tuple(Mention(n, n + 1, "x", e.id, "register") for n, e in enumerate(ENTITIES)),
        statements,
        successions=(
            Succession("ccg-hurn", "icb-hurn", date(2022, 7, 1), "became"),
            *(Succession(f"board-{n + 1}", "board-new", date(2019, 4, 1), "became") for n in range(len(BOARDS))),
        ),
        memberships=(
            *(Membership(part, "ics-hurn") for part in ("icb-hurn", "ccg-hurn", "trust-a")),
            Membership("board-5", "ics-elsewhere"),
        ),
    )


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def view(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    def filled(store: Store) -> View:
        store.writer().add([_briefing()])
        return store.view()

    if request.param == "embedded":
        with open_store(str(tmp_path_factory.mktemp("selection") / "store.lbdb"), create=True) as store:
            yield filled(store)
    else:
        with emptied(request.getfixturevalue("neo4j_server")) as store:
            yield filled(store)


def bodies(found: Subgraph) -> set[str]:
    return {n.id for n in found.nodes}


def links(found: Subgraph) -> set[tuple[str, str, str]]:
    return {(e.source, e.predicate, e.target) for e in found.edges}


def test_around_a_body(view: View) -> None:
    found = selection.around(view, ["trust-d"], min_confidence=0.5)
    assert (found.title, found.focus, found.notes) == ("Links around Damson Hospitals NHS Trust", ("trust-d",), ())
    assert bodies(found) == {"trust-d", "cqc", "person-webb"}
    assert found == selection.around(view, ["trust-d", "trust-d"], min_confidence=0.5)
    two = selection.around(view, ["trust-d"], 2, min_confidence=0.5)
    assert two.title == "Links within 2 steps of Damson Hospitals NHS Trust"
    assert bodies(two) == bodies(found) | {"trust-a", "nhse"}


def test_around_several_without_going_anywhere(view: View) -> None:
    found = selection.around(view, ["trust-b", "trust-a"], 0, min_confidence=0.5)
    assert found.title == "Links between Birch Hospitals NHS Trust and Ash Hospitals NHS Trust"
    assert found.focus == ("trust-b", "trust-a")
    assert links(found) == {("trust-a", "MERGER_TALKS", "trust-b"), ("trust-a", "DEFICIT", "trust-a")}


def test_around_a_body_by_one_kind_of_link(view: View) -> None:
    found = selection.around(view, ["trust-a"], 2, predicates=["DISPUTE", "REGULATORY_ACTION"], min_confidence=0.5)
    assert found.title == "Disputes and regulatory action within 2 steps of Ash Hospitals NHS Trust"
    assert bodies(found) == {"trust-a", "cqc", "trust-d", "nhse"}


def test_that_there_are_no_links_of_a_kind_is_told(view: View) -> None:
    found = selection.around(view, ["cqc"], predicates=["FUNDING"])
    assert (bodies(found), found.edges) == ({"cqc"}, ())
    assert found.notes == ("No funding of Care Quality Commission is known.",)
    several = selection.around(view, ["cqc", "trust-e"], 2, predicates=["FUNDING", "MERGER_TALKS"])
    assert several.notes == (
        "No funding or merger talks of Care Quality Commission or Elder Ambulance NHS Trust are known.",
    )
    between = selection.around(view, ["cqc", "trust-b"], 0, predicates=["DISPUTE"])
    assert between.notes == ("No disputes between Care Quality Commission and Birch Hospitals NHS Trust are known.",)
    assert selection.around(view, ["cqc", "trust-e"], predicates=["DISPUTE"]).notes == ()
    assert selection.around(view, ["trust-e"]).notes == ()


def test_of_predecessors_those_are_named_whose_links_are_left_out(view: View) -> None:
    found = selection.around(view, ["board-new", "trust-e"], min_confidence=0.5)
    (note,) = found.notes
    assert note == (
        "New Board succeeded Second Board, First Board and 1 more, whose own links are not all drawn: "
        "--depth 2 adds them."
    )
    # What is told of the fourth joins it with somebody who is drawn; of the fifth only the register tells.
    assert {"board-4", "board-5"} <= bodies(found)
    assert selection.around(view, ["board-new"], 2, min_confidence=0.5).notes == ()
    assert selection.around(view, ["board-1"], min_confidence=0.5).notes == ()
    doubtful = selection.around(view, ["board-new"])
    assert "Second Board, First Board and 2 more" in doubtful.notes[0]


def test_of_predecessors_only_links_of_the_kind_asked_for_are_missed(view: View) -> None:
    lineage = selection.around(view, ["board-new"], predicates=["SUCCEEDED_BY"], min_confidence=0.5)
    assert (len(lineage.edges), lineage.notes) == (6, ())
    funding = selection.around(view, ["board-new"], predicates=["SUCCEEDED_BY", "FUNDING"], min_confidence=0.5)
    assert funding.notes == (
        "New Board succeeded First Board, whose own links are not all drawn: --depth 2 adds them.",
    )


def test_what_joins_two_is_whom_both_are_linked_with(view: View) -> None:
    found = selection.joining(view, ["trust-d", "trust-a"], min_confidence=0.5)
    assert found.title == "What joins Damson Hospitals NHS Trust and Ash Hospitals NHS Trust"
    assert (found.focus, found.notes) == (("trust-d", "trust-a"), ())
    assert links(found) == {
        ("cqc", "DISPUTE", "trust-d"),
        ("cqc", "REGULATORY_ACTION", "trust-a"),
        ("person-webb", "HOLDS_ROLE", "trust-a"),
        ("person-webb", "HOLDS_ROLE", "trust-d"),
    }
    assert all(e.evidence[0].quote == TEXT for e in found.edges)


def test_what_joins_three_leaves_out_links_that_join_none_of_them(view: View) -> None:
    found = selection.joining(view, ["trust-a", "trust-d", "trust-b"])
    assert {("cqc", "DISPUTE", "trust-d"), ("nhse", "FUNDING", "trust-a"), ("nhse", "FUNDING", "trust-b")} <= links(
        found
    )
    assert ("trust-b", "MERGER_TALKS", "trust-d") in links(found)
    assert ("cqc", "DISPUTE", "nhse") not in links(found)
    assert ("trust-a", "DEFICIT", "trust-a") not in links(found)


def test_what_joins_those_that_share_nobody_is_a_path(view: View) -> None:
    found = selection.joining(view, ["trust-c", "trust-a", "trust-d"], min_confidence=0.5)
    assert {("trust-c", "PART_OF", "icb-hurn"), ("icb-hurn", "PART_OF", "ics-hurn")} <= links(found)
    assert bodies(found) == {"trust-a", "trust-c", "trust-d", "cqc", "person-webb", "icb-hurn", "ics-hurn"}
    assert found.notes == ()


def test_whom_nothing_joins_is_named(view: View) -> None:
    three = selection.joining(view, ["trust-a", "trust-e", "trust-b"])
    assert three.notes == ("Nothing in the graph joins Elder Ambulance NHS Trust with the others.",)
    assert "trust-e" in bodies(three)
    two = selection.joining(view, ["trust-e", "trust-a"])
    assert two.notes == ("Nothing in the graph joins Ash Hospitals NHS Trust with Elder Ambulance NHS Trust.",)
    assert (bodies(two), two.edges) == ({"trust-a", "trust-e"}, ())
    doubtful = selection.joining(view, ["union", "nhse"], min_confidence=0.5)
    assert doubtful.notes == ("Nothing in the graph joins NHS England with Society of Hurn Nurses.",)


def test_one_body_alone_is_not_joined(view: View) -> None:
    with pytest.raises(InputError, match="at least two"):
        selection.joining(view, ["trust-a", "trust-a"])


def test_a_system_with_its_members_and_who_holds_posts_there(view: View) -> None:
    found = selection.system(view, "ics-hurn", min_confidence=0.5)
    assert found.title == "Hurn Integrated Care System and its members"
    assert found.focus == ("ics-hurn",)
    inside = {"ics-hurn", "icb-hurn", "ccg-hurn", "trust-a", "trust-b", "trust-c"}
    assert inside | {"person-webb", "person-lyle", "nhse"} <= bodies(found)
    assert not {"trust-d", "ics-marl", "union", "cqc"} & bodies(found)
    assert {
        ("trust-a", "MERGER_TALKS", "trust-b"),
        ("trust-a", "DEFICIT", "trust-a"),
        ("ccg-hurn", "SUCCEEDED_BY", "icb-hurn"),
        ("trust-c", "PART_OF", "icb-hurn"),
        ("person-webb", "HOLDS_ROLE", "trust-a"),
    } <= links(found)
    assert all(inside & {e.source, e.target} for e in found.edges)


def test_outside_bodies_of_a_system_stay_few_and_the_note_says_which(view: View) -> None:
    found = selection.system(view, "ics-hurn", min_confidence=0.5)
    shown = sorted(bodies(found) - {"ics-hurn", "icb-hurn", "ccg-hurn", "person-webb", "person-lyle"})
    assert shown == ["nhse", *(f"supplier-{n:02}" for n in range(14)), "trust-a", "trust-b", "trust-c"]
    (note,) = found.notes
    assert note.startswith("From outside, linked with two members or more, the 15 most linked of 18: NHS England, ")
    assert note.endswith(" and 10 more.")


def test_a_member_stands_for_its_system(view: View) -> None:
    whole = selection.system(view, "ics-hurn", min_confidence=0.5)
    for member in ("trust-a", "icb-hurn", "ccg-hurn", "trust-b", "trust-c"):
        found = selection.system(view, member, min_confidence=0.5)
        assert found.focus == ("ics-hurn", member)
        assert (found.nodes, found.edges) == (whole.nodes, whole.edges)


def test_who_belongs_to_no_system_has_none(view: View) -> None:
    for stranger in ("cqc", "trust-d", "person-webb"):
        with pytest.raises(InputError, match="belongs to no system"):
            selection.system(view, stranger, min_confidence=0.5)
    assert selection.system(view, "trust-d").focus == ("ics-marl", "trust-d")


def test_all_links_of_a_kind(view: View) -> None:
    found = selection.predicates(view, ["MERGER_TALKS"], min_confidence=0.5)
    assert (found.title, found.focus) == ("Merger talks", ())
    assert links(found) == {("trust-a", "MERGER_TALKS", "trust-b")}
    assert bodies(found) == {"trust-a", "trust-b"}
    assert len(selection.predicates(view, ["MERGER_TALKS"]).edges) == 2
    both = selection.predicates(view, ["DISPUTE", "SUCCEEDED_BY"])
    assert both.title == "Disputes and lineage"
    assert {"trust-d", "cqc", "nhse", "ccg-hurn", "icb-hurn"} <= bodies(both)
    assert {e.predicate for e in both.edges} == {"DISPUTE", "SUCCEEDED_BY"}
    with pytest.raises(InputError, match="no predicate 'LOVES'"):
        selection.predicates(view, ["LOVES"])


def test_a_path(view: View) -> None:
    found = selection.path(view, "trust-d", "trust-c", min_confidence=0.5)
    assert found.title == "How Damson Hospitals NHS Trust is linked with Cedar Community NHS Trust"
    assert found.focus == ("trust-d", "trust-c")
    assert bodies(found) == {"trust-d", "cqc", "trust-a", "ics-hurn", "icb-hurn", "trust-c"}
    assert len(found.edges) == 5
    assert all(e.evidence or e.origin == "register" for e in found.edges)


def test_no_path(view: View) -> None:
    found = selection.path(view, "trust-e", "cqc")
    assert (bodies(found), found.edges) == ({"trust-e", "cqc"}, ())
    assert found.notes == ("Nothing in the graph connects Elder Ambulance NHS Trust with Care Quality Commission.",)
    with pytest.raises(InputError, match="both names mean Care Quality Commission"):
        selection.path(view, "cqc", "cqc")


def test_everybody_s_system(view: View) -> None:
    hurn = dict.fromkeys(
        ("ics-hurn", "icb-hurn", "ccg-hurn", "trust-a", "trust-b", "trust-c"), "Hurn Integrated Care System"
    )
    every = view.subgraph()
    elsewhere = dict.fromkeys(("ics-elsewhere", "board-5"), "Elsewhere Integrated Care System")
    assert systems(view, every) == {**hurn, **elsewhere, "ics-marl": "Marl Integrated Care System"}
    assert systems(view, every, min_confidence=0)["trust-d"] == "Marl Integrated Care System"
    # The systems themselves need not be there.
    few = view.subgraph(["trust-a", "trust-c", "person-webb"], depth=0)
    assert systems(view, few) == {id: hurn[id] for id in ("trust-a", "trust-c")}
    assert systems(view, Subgraph()) == {}


def test_ids_that_the_store_lacks(view: View) -> None:
    for ask in (
        lambda: selection.around(view, ["nobody"]),
        lambda: selection.joining(view, ["cqc", "nobody"]),
        lambda: selection.system(view, "nobody"),
        lambda: selection.path(view, "cqc", "nobody"),
    ):
        with pytest.raises(UnknownName, match="nobody"):
            ask()
