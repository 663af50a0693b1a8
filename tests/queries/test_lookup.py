"""Names as people type them: the right body, a tie told as a tie, and never a guess."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousName, UnknownName
from graph.folding import core, fold, initials
from graph.schema import ORGANISATION_KINDS, PERSON
from graph.store import NameEntry, Store
from queries.lookup import find, find_briefing, match
from tests.queries import generated


def entry(id_: str, name: str, kind: str, *aliases: str, briefings: int = 1) -> NameEntry:
    return NameEntry(id_, name, kind, aliases, briefings)


BODIES = [
    entry("RMC", "Bolton NHS Foundation Trust", "trust", "Royal Bolton Hospital NHS Foundation Trust", "Bolton FT"),
    entry("00T", "NHS Bolton CCG", "ccg"),
    entry("RFF", "Barnsley Hospital NHS Foundation Trust", "trust"),
    entry("RBL", "Wirral University Teaching Hospital NHS Foundation Trust", "trust", "WUTH"),
    entry("RJR", "Countess of Chester Hospital NHS Foundation Trust", "trust"),
    entry("RJ7", "St George’s University Hospitals NHS Foundation Trust", "trust", "St George's"),
    entry("RJ1", "Guy's and St Thomas' NHS Foundation Trust", "trust", "GSTT"),
    entry("cqc", "Care Quality Commission", "regulator", "CQC"),
    entry("nhs-england", "NHS England", "regulator", "NHSE", "NHS Commissioning Board"),
    entry("Y56", "NHS England London", "other"),
    entry("ics-devon", "Devon Integrated Care System", "ics", "Devon STP"),
    entry("QJK", "NHS Devon Integrated Care Board", "icb"),
    entry("QMF", "NHS North East London Integrated Care Board", "icb"),
    entry("QRV", "NHS North West London Integrated Care Board", "icb"),
    entry("R0A", "Manchester University NHS Foundation Trust", "trust", "MFT"),
    entry("RW3", "Central Manchester University Hospitals NHS Foundation Trust", "trust"),
    entry("rcn", "Royal College of Nursing", "union", "RCN"),
    entry("supplier-zuehlke", "Zühlke Engineering Ltd", "supplier"),
    entry("la-hurn", "Hurn & Marl County Council", "local_authority"),
    entry("person-ann-kelly", "Ann Kelly", PERSON),
    entry("person-bo-kelly", "Bo Kelly", PERSON),
    entry("person-jo-smith", "Jo Smith", PERSON),
    entry("person-jo-smith-2", "Jo Smith", PERSON, briefings=4),
]


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("RMC", "RMC"),
        ("rmc", "RMC"),
        ("Bolton NHS Foundation Trust", "RMC"),
        ("the bolton nhs foundation trust", "RMC"),
        ("Bolton Foundation Trust", "RMC"),
        ("Bolton FT", "RMC"),
        ("bolton trust", "RMC"),
        ("Bolton CCG", "00T"),
        ("NHS Bolton Clinical Commissioning Group", "00T"),
        ("Royal Bolton Hospital NHS FT", "RMC"),
        ("Barnsley Hospital", "RFF"),
        ("WUTH", "RBL"),
        ("wuth", "RBL"),
        ("Wirral University Teaching Hospital", "RBL"),
        ("COCH", "RJR"),
        ("St George's", "RJ7"),
        ("st georges university hospitals", "RJ7"),
        ("St. George’s University Hospitals NHS FT", "RJ7"),
        ("Guys and St Thomas", "RJ1"),
        ("Guy’s & St Thomas’ NHS Foundation Trust", "RJ1"),
        ("GSTT", "RJ1"),
        ("C.Q.C.", "cqc"),
        ("cqc", "cqc"),
        (" the  Care Quality Commission ", "cqc"),
        ("NHSE", "nhs-england"),
        ("nhs commissioning board", "nhs-england"),
        ("NHS England", "nhs-england"),
        ("NHS England London", "Y56"),
        ("Devon ICS", "ics-devon"),
        ("Devon ICB", "QJK"),
        ("Devon STP", "ics-devon"),
        ("North East London ICB", "QMF"),
        ("NHS North West London", "QRV"),
        ("MFT", "R0A"),
        ("RCN", "rcn"),
        ("Zuhlke Engineering", "supplier-zuehlke"),
        ("Hurn and Marl County Council", "la-hurn"),
        ("ann kelly", "person-ann-kelly"),
        ("person-jo-smith-2", "person-jo-smith-2"),
    ],
)
def test_a_name_as_typed_finds_its_body(typed: str, id_: str) -> None:
    assert match(BODIES, typed).id == id_


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("bolton", {"RMC", "00T"}),
        ("Devon", {"ics-devon", "QJK"}),
        ("Jo Smith", {"person-jo-smith", "person-jo-smith-2"}),
    ],
)
def test_a_tie_is_told_and_never_broken(typed: str, ids: set[str]) -> None:
    with pytest.raises(AmbiguousName, match="could be any of 2") as caught:
        match(BODIES, typed)
    assert {c[0] for c in caught.value.candidates} == ids
    assert all(id_ in str(caught.value) for id_ in ids)
    assert "\n" not in str(caught.value)


def test_of_a_tie_the_better_known_comes_first() -> None:
    with pytest.raises(AmbiguousName) as caught:
        match(BODIES, "jo smith")
    assert caught.value.candidates[0] == ("person-jo-smith-2", "Jo Smith", PERSON)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Boltn NHS Foundation Trust", "Bolton NHS Foundation Trust"),
        ("Care Quality Comission", "Care Quality Commission"),
        ("Wirral", "Wirral University Teaching Hospital NHS Foundation Trust"),
        ("wiral university", "Wirral University Teaching Hospital NHS Foundation Trust"),
        ("Kelly", "Ann Kelly"),
        ("Barnsley", "Barnsley Hospital NHS Foundation Trust"),
        ("WUHT", "Wirral University Teaching Hospital NHS Foundation Trust"),
    ],
)
def test_a_near_miss_is_suggested_and_not_taken(typed: str, suggested: str) -> None:
    with pytest.raises(UnknownName, match="in the graph goes by") as caught:
        match(BODIES, typed)
    assert suggested in caught.value.suggestions
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("typed", ["", "  ", "\t\n", "???", "The", "zzzz qqqq", "\x00\x1b[31m", "x" * 5000])
def test_what_is_no_name_at_all(typed: str) -> None:
    with pytest.raises(UnknownName) as caught:
        match(BODIES, typed)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_an_empty_graph_says_so() -> None:
    with pytest.raises(UnknownName, match="the graph is empty: ingest some briefings first"):
        match([], "CQC")


def test_kinds_narrow_the_search() -> None:
    assert match(BODIES, "bolton", kinds={"trust"}).id == "RMC"
    assert match(BODIES, "Devon", kinds={"icb"}).id == "QJK"
    with pytest.raises(UnknownName, match="No person in the graph goes by “CQC”"):
        match(BODIES, "CQC", kinds={PERSON})
    with pytest.raises(UnknownName, match="No organisation in the graph"):
        match(BODIES, "Ann Kelly", kinds=ORGANISATION_KINDS)


def test_an_exact_name_outranks_an_alias_and_a_form_that_does_not_fit_is_no_match() -> None:
    former = [
        entry("NEW", "Hurn Valley NHS Foundation Trust", "trust", "Hurn Hospitals NHS Trust"),
        entry("OLD", "Hurn Hospitals NHS Trust", "trust"),
    ]
    assert match(former, "Hurn Hospitals NHS Trust").id == "OLD"
    assert match(former[:1], "Hurn Hospitals NHS Trust").id == "NEW"
    assert match(former[:1], "Hurn Hospitals").id == "NEW"
    with pytest.raises(UnknownName):
        match(former[:1], "Hurn Valley CCG")


def test_acronyms_of_two_bodies_are_a_tie_even_if_one_is_only_initials() -> None:
    two = [entry("a", "Mid Hurn Trust", "trust", "MWT"), entry("b", "Marl and Hurn Trust", "trust", "MWT")]
    with pytest.raises(AmbiguousName):
        match(two, "mwt")
    alias_first = [two[0], entry("c", "Marl West Town", "other")]
    assert match(alias_first, "MWT").id == "a"


def test_names_found_in_a_store(any_store: Store) -> None:
    generated.fill(any_store, generated.extractions(2))
    view = any_store.view()
    assert find(view, "MFT") == view.entity("R0A")
    assert find(view, "ellermouth").id == "trust-ellermouth"
    with pytest.raises(UnknownName, match="did you mean Ellermouth Hospitals NHS Foundation Trust"):
        find(view, "Elermouth")


def test_briefings_by_id_title_and_file() -> None:
    rows = [
        {"id": "one-71988c4d", "title": "Who’s courting Ellermouth?", "path": "in/2015-11-24 corridor.txt"},
        {"id": "two-aaaaaaaa", "title": "Digest", "path": "a/digest.eml"},
        {"id": "two-bbbbbbbb", "title": "Digest", "path": "b/digest.eml"},
        {"id": "dateless-cc", "title": "…", "path": None},
    ]
    for typed in (
        "one-71988c4d",
        "one-7198",
        "who's courting ellermouth",
        "2015-11-24 corridor.txt",
        "2015-11-24 corridor",
    ):
        assert find_briefing(rows, typed) == "one-71988c4d"
    assert find_briefing(rows, "b/digest.eml") == "two-bbbbbbbb"
    for typed in ("digest", "digest.eml"):
        with pytest.raises(AmbiguousName, match="Give the id") as caught:
            find_briefing(rows, typed)
        assert {c[0] for c in caught.value.candidates} == {"two-aaaaaaaa", "two-bbbbbbbb"}
    with pytest.raises(UnknownName, match="did you mean Digest") as unknown:
        find_briefing(rows, "Digests")
    assert unknown.value.suggestions
    with pytest.raises(UnknownName):
        find_briefing(rows, "")
    with pytest.raises(UnknownName, match="nothing comes close"):
        find_briefing([], "anything")


_SAID = ("north", "east", "of", "and", "royal", "university", "hospital", "hospitals", "hurn", "marl", "st", "george's")
_WORDS = st.lists(st.sampled_from(_SAID), min_size=1, max_size=5)


@given(_WORDS, st.sampled_from(["NHS Foundation Trust", "NHS Trust", "CCG", "Integrated Care Board", ""]))
def test_spelling_makes_no_difference(words: list[str], form: str) -> None:
    name = " ".join([*words, form]).strip().title()
    other = "  the " + name.upper().replace("'", "’").replace(" AND ", " & ").replace(" ", "  ") + "."
    assert fold(name) == fold(other)
    entries = [entry("x", name, "trust"), entry("y", "Something Else Altogether", "charity")]
    if fold(name):
        assert match(entries, other).id == "x"


@given(_WORDS, _WORDS)
def test_different_words_are_never_one_body(left: list[str], right: list[str]) -> None:
    a, b = fold(" ".join(left)), fold(" ".join(right))
    entries = [entry("x", f"{a} NHS Trust", "trust")]
    typed = f"{b} hospital trust"
    try:
        found = match(entries, typed)
    except UnknownName:
        return
    assert core(fold(found.name))[0] == core(fold(typed))[0] or fold(typed).replace(" ", "") in initials(
        fold(found.name)
    )


@given(st.text(max_size=60))
def test_any_text_has_an_answer_or_one_line(text: str) -> None:
    try:
        said = match(BODIES, text).name
    except (UnknownName, AmbiguousName) as error:
        said = str(error)
    assert said
    assert said.isprintable()


@given(st.sampled_from(BODIES))
def test_every_body_is_found_by_its_id(body: NameEntry) -> None:
    assert match(BODIES, body.id) == body


def test_a_look_up_among_five_thousand_is_quick() -> None:
    chance = random.Random(1)
    words = [f"{a}{b}{c}" for a in ("wen", "mar", "lyd", "orr") for b in ("d", "l", "in") for c in ("ham", "ton", "by")]
    many = [
        entry(
            f"T{n}",
            f"{' '.join(chance.sample(words, 3)).title()} NHS Foundation Trust {n}",
            "trust",
            f"A{n}",
            f"Old {n} Trust",
        )
        for n in range(5000)
    ]
    for typed in ("T4999", many[4321].name, "A77", "old 12 trust", "Hurnhm Marlton"):
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            try:
                match(many, typed)
            except UnknownName:
                assert typed == "Hurnhm Marlton"
            best = min(best, time.process_time() - start)
        assert best < 0.1, typed
