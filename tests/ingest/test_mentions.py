"""Mention finding: names of the register and names by their form, where they begin and end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Document
from ingest.choose import Context, Era
from ingest.forms import core, split_form, stem
from ingest.lists import spread
from ingest.mentions import Candidate, cut
from ingest.nameindex import NameIndex
from ingest.names import fold, keys
from ingest.parse import parse
from ingest.register import Alias, Register
from ingest.shapes import find
from ingest.shortforms import acronyms

REGISTER = Register.load()
INDEX = NameIndex.of(REGISTER)


def candidates(text: str) -> list[Candidate]:
    (parsed,) = parse([Document("b", "", text)])
    return [c for line in cut(parsed) for c in spread(line, find(line, INDEX, REGISTER))]


def firm(text: str) -> list[str]:
    return [c.text for c in candidates(text) if not c.lone]


class TestKnownNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Bosses at Bolton NHS Foundation Trust’s hospital left.", "Bolton NHS Foundation Trust"),
            ("It is Guy’s and St Thomas’ that pays.", "Guy’s and St Thomas’"),
            ("It is the King’s Fund’s view.", "King’s Fund"),
            ("The NHSE-led review began.", "NHSE"),
            ("It went to (CQC) inspectors.", "CQC"),
            ("The Warrington and Halton Hospitals board met.", "Warrington and Halton Hospitals"),
            ("Barking, Havering and Redbridge University Hospitals said so.", None),
        ],
    )
    def test_a_name_ends_where_it_ends(self, text: str, name: str | None) -> None:
        (found,) = firm(text)
        assert found == (name or text.removesuffix(" said so.")).rstrip("’")

    def test_the_longest_name_wins(self) -> None:
        assert firm("It was University Hospitals Birmingham NHS Foundation Trust.") == [
            "University Hospitals Birmingham NHS Foundation Trust"
        ]

    def test_an_acronym_keeps_its_case(self) -> None:
        assert firm("The LAS replied, las vegas did not.") == ["LAS"]

    def test_a_bare_place_is_only_lone(self) -> None:
        (place,) = candidates("Snow fell in Barnsley.")
        assert place.lone
        assert {i for a in place.aliases for i in a.ids} >= {"RFF", "02P"}

    def test_kind_words_after_a_place_leave_only_that_kind(self) -> None:
        (found,) = candidates("The Barnsley CCG met.")
        assert [i for a in found.aliases for i in a.ids] == ["02P"]

    def test_a_word_in_a_longer_name_is_no_alias(self) -> None:
        assert firm("She met Paul Newton of Spire Road.") == []


class TestShapes:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Nothing binds Monitor and Hurn Valley Hospitals.", ["Monitor", "Hurn Valley Hospitals"]),
            ("Two are Harleton, Cray Moor and the Gorse Infirmary.", ["Gorse Infirmary"]),
            ("The Foundation Trust and the Integrated Care Board met.", []),
            ("It is Holtby’s primary care trust that pays.", []),
            (
                "The University of Sedgely and the Health Foundation agreed.",
                ["University of Sedgely", "Health Foundation"],
            ),
            ("It is NHS Averill, Stoke and Brindow that pays.", ["NHS Averill, Stoke and Brindow"]),
            ("The NHS Long Term Plan says so.", []),
            ("Friends of Mr Mallinson say so.", []),
        ],
    )
    def test_names_by_their_form(self, text: str, names: list[str]) -> None:
        assert [n for n in firm(text) if n != "NHS"] == names

    def test_a_list_before_one_form(self) -> None:
        found = candidates("The West Cheshire, South Cheshire and Vale Royal CCGs met.")
        assert [c.text for c in found] == ["West Cheshire", "South Cheshire", "Vale Royal CCGs"]
        assert {c.form.kind for c in found if c.form} == {"ccg"}

    def test_a_compass_point_belongs_to_a_collective(self) -> None:
        assert firm("It cost the four east Kent CCGs £15m.") == ["east Kent CCGs"]


class TestNames:
    def test_spelling_makes_no_difference(self) -> None:
        assert fold("The St George’s & Epsom") == fold("st georges and epsom")
        assert fold("Stoke-on-Trent") == fold("Stoke on Trent")

    def test_different_names_stay_different(self) -> None:
        assert fold("Barnsley") != fold("Bolton")
        assert fold("NHS North East London ICB") != fold("NHS North West London ICB")

    def test_kind_words_are_cut(self) -> None:
        assert split_form(keys("NHS Devon ICB"))[0] == ("nhs", "devon")
        assert core("NHS Devon ICB") == core("Devon Integrated Care Board") == ("devon",)
        assert core("Hurn Valley Hospitals FT") != core("Hurn Valley Partnership FT")
        assert stem("Hurn Valley Hospitals FT") == stem("Hurn Valley Partnership FT")

    def test_initials(self) -> None:
        assert "NNUH" in acronyms("Norfolk and Norwich University Hospitals NHS Foundation Trust")
        assert "NNUHFT" in acronyms("Norfolk and Norwich University Hospitals NHS Foundation Trust")
        assert "WV" not in acronyms("Hurn Valley")

    @given(st.text(max_size=60))
    def test_any_text_has_a_core_and_initials(self, text: str) -> None:
        assert len(stem(text)) <= len(core(text)) <= len(keys(text))
        assert all(a == a.upper() for a in acronyms(text))


class TestContext:
    def test_a_day_of_publishing_is_the_era(self) -> None:
        era = Era.of(REGISTER, date(2020, 1, 1), ["15N"])
        assert era.day == date(2020, 1, 1)

    def test_without_a_date_the_bodies_tell_the_era(self) -> None:
        era = Era.of(REGISTER, None, ["15N", "RMC"])
        assert era.day is None
        assert era.before(date(2022, 7, 1))
        icb = REGISTER.get("QJK")
        assert icb is not None
        assert not era.alive(icb)

    def test_bodies_that_never_met_tell_nothing(self) -> None:
        assert Era.of(REGISTER, None, ["5QQ", "QJK"]) == Era()

    def test_the_bodies_around_choose(self) -> None:
        ids = REGISTER.candidates("SFT")
        assert Context(REGISTER, ["RMC", "RM3"], Era()).choose(ids) == "RWJ"
        assert Context(REGISTER, [], Era()).choose(ids) is None

    def test_the_usual_meaning_wins_only_where_nothing_speaks_against_it(self) -> None:
        ids = ("R0A", "RPA")
        assert Context(REGISTER, [], Era()).choose(ids, usual="R0A") == "R0A"
        assert Context(REGISTER, ["RN7", "QKS"], Era()).choose(ids, usual="R0A") == "RPA"


def test_the_index_gives_every_name_that_begins_at_a_word() -> None:
    index = NameIndex(
        [(("east", "kent"), Alias("East Kent", ("a",), "short")), (("east",), Alias("East", ("b",), "short"))]
    )
    (line,) = cut(next(iter(parse([Document("b", "", "East Kent")]))))
    assert [(h.first, h.last, h.aliases[0].ids) for h in index.hits(line.words, 0)] == [(0, 1, ("b",)), (0, 2, ("a",))]
