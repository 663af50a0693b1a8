"""Linking: every name of a briefing goes to its own body or person, and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from graph.model import Document, Entity
from ingest.annotation import Annotation
from ingest.link import annotate
from ingest.names import vocabulary
from ingest.parse import parse
from ingest.register import Register

SIMILAR = 0.9
"""Jaro-Winkler similarity above which two bodies' names make a confusable pair."""


PIECES = vocabulary(
    "Bolton FT CCG NHS Devon ICB and , the of Dr Mr Kelly Julian Hospitals Trust ( ) 's ’ & - / . University Hurn "
    "Valley said chief executive in Unite É 東 £ <b>"
)
_REGISTER = Register.load()


@pytest.fixture(scope="module")
def register() -> Register:
    return _REGISTER


def read(register: Register, text: str, published: date | None = None) -> Annotation:
    (parsed,) = parse([Document("b", text.split("\n")[0], text, published)])
    return annotate(parsed, register)


def ids(annotation: Annotation) -> set[str]:
    return set(annotation.entities)


def named(annotation: Annotation, text: str) -> Entity:
    """The entity that the first mention with this text was linked to."""
    mention = next(m for m in annotation.mentions if m.text == text)
    return annotation.entities[mention.entity]


def confusable(register: Register) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of different bodies whose names are nearly alike: (name, id, name, id)."""
    clear = [b for b in register if register.candidates(b.name) == (b.id,) and not b.members]
    for kind in ("trust", "icb", "ics", "ccg", "regulator", "royal_college", "independent_provider"):
        bodies = sorted((b for b in clear if b.kind == kind and b.subtype != "pct"), key=lambda b: b.id)
        for one, other in combinations(bodies, 2):
            if JaroWinkler.similarity(one.name, other.name) >= SIMILAR:
                yield one.name, one.id, other.name, other.id


class TestConfusablePairs:
    def test_no_full_name_goes_to_its_double(self, register: Register) -> None:
        pairs = list(confusable(register))
        assert len(pairs) >= 150
        texts = [f"{one} has written to {other} about the plan." for one, _, other, _ in pairs]
        wrong = []
        for parsed, (one, first, other, second) in zip(parse(Document("b", "", t) for t in texts), pairs, strict=True):
            found = [(m.start, m.entity) for m in annotate(parsed, register).mentions]
            if found != [(0, first), (len(one) + len(" has written to "), second)]:
                wrong.append((one, other, found))
        assert wrong == []

    @pytest.mark.parametrize(
        ("one", "first", "other", "second"),
        [
            ("Barnsley FT", "RFF", "Bolton FT", "RMC"),
            ("NHS North East London ICB", "QMF", "NHS North West London ICB", "QRV"),
            ("NHS South East London ICB", "QKK", "NHS South West London ICB", "QWE"),
            ("University Hospitals Birmingham", "RRK", "Birmingham Community Healthcare", "RYW"),
            ("South Tees Hospitals FT", "RTR", "North Tees and Hartlepool FT", "RVW"),
            ("Bolton FT", "RMC", "Bolton CCG", "00T"),
            ("East Kent Hospitals", "RVV", "West Kent CCG", "99J"),
            ("St George’s University Hospitals", "RJ7", "St George’s, University of London", "st-georges-university"),
        ],
    )
    def test_common_names_of_neighbours(
        self, register: Register, one: str, first: str, other: str, second: str
    ) -> None:
        found = read(register, f"Last week {one} wrote to {other} about the plan.")
        assert named(found, one).id == first
        if second in register:
            assert named(found, other).id == second
        else:
            assert named(found, other).id != first


class TestKnownBodies:
    def test_kind_words_behind_a_place_choose_the_body(self, register: Register) -> None:
        found = read(register, "Salford CCG and Bolton NHS FT met the Greater Manchester ICS.", date(2021, 5, 4))
        assert ids(found) == {"01G", "RMC", "ics-greater-manchester"}

    def test_the_date_chooses_what_was_open(self, register: Register) -> None:
        text = "NHS Devon will run a deficit."
        assert ids(read(register, text, date(2023, 5, 1))) == {"QJK"}
        assert ids(read(register, text, date(2020, 5, 1))) == {"15N"}
        assert ids(read(register, text, date(2010, 5, 1))) == {"5QQ"}

    def test_an_entity_bears_the_name_of_its_time(self, register: Register) -> None:
        found = read(register, "Aintree University Hospital FT is in the red.", date(2016, 3, 1))
        assert found.entities["REM"].name == "Aintree University Hospital NHS Foundation Trust"

    def test_an_ambiguous_acronym_takes_its_meaning_from_the_other_bodies(self, register: Register) -> None:
        near = "Stockport NHS Foundation Trust has a new chair. SFT was rated good."
        assert ids(read(register, near, date(2019, 5, 1))) == {"RWJ"}

    def test_an_ambiguous_acronym_without_context_is_a_question(self, register: Register) -> None:
        found = read(register, "The board of SFT met on Tuesday.")
        assert found.mentions == ()
        (question,) = found.questions
        assert question.text == "SFT"
        assert set(question.candidates) == set(register.candidates("SFT"))

    def test_joint_names_are_collectives(self, register: Register) -> None:
        found = read(register, "NHS England and Improvement wrote to every chief executive.", date(2020, 5, 1))
        (entity,) = found.entities.values()
        assert entity.members == ("nhs-england", "nhs-improvement")

    def test_two_names_in_a_row_are_two_bodies(self, register: Register) -> None:
        found = read(register, "NHS England and NHS Improvement wrote to every chief executive.", date(2018, 5, 1))
        assert ids(found) == {"nhs-england", "nhs-improvement"}

    def test_the_whole_service_is_no_body(self, register: Register) -> None:
        assert ids(read(register, "The NHS needs more money, ministers say.")) == set()

    def test_an_ics_and_its_icb_are_one(self, register: Register) -> None:
        text = "Devon ICS is in deficit. The plan was signed off by Devon ICB on Monday."
        assert ids(read(register, text, date(2023, 5, 1))) == {"ics-devon"}

    def test_unless_one_sentence_sets_them_apart(self, register: Register) -> None:
        text = "Devon ICS has quarrelled with Devon ICB about money."
        assert ids(read(register, text, date(2023, 5, 1))) == {"ics-devon", "QJK"}

    @pytest.mark.parametrize("text", ["Unite the two services, she said.", "They monitor queues in Circle Road."])
    def test_ordinary_words_are_no_bodies(self, register: Register, text: str) -> None:
        assert ids(read(register, text)) == set()

    def test_but_bodies_of_that_name_are(self, register: Register) -> None:
        found = read(register, "Members of Unite walked out. Last month Monitor opened an inquiry.", date(2013, 5, 1))
        assert ids(found) == {"unite", "monitor"}

    def test_a_users_own_alias_is_found(self, tmp_path: Path) -> None:
        path = tmp_path / "extra.csv"
        path.write_text("id,name,kind,aliases\nRMC,,,Bolt United\n", encoding="utf-8")
        assert ids(read(Register.load([path]), "The deficit of Bolt United grew.")) == {"RMC"}


class TestPlaces:
    def test_a_place_that_acts_as_a_system_is_one(self, register: Register) -> None:
        text = "Few ICSs balanced their books. Devon has submitted a deficit plan."
        assert ids(read(register, text, date(2022, 7, 20))) == {"ics-devon"}

    def test_a_list_of_systems(self, register: Register) -> None:
        text = "Four ICSs are in deficit: Devon, Shropshire, Nottinghamshire and Herefordshire and Worcestershire."
        assert ids(read(register, text, date(2022, 7, 20))) == {
            "ics-devon",
            "ics-shropshire-telford-and-wrekin",
            "ics-nottingham-and-nottinghamshire",
            "ics-herefordshire-and-worcestershire",
        }

    def test_a_list_of_groups(self, register: Register) -> None:
        text = "Two clinical commissioning groups, North Kirklees and Wakefield, were told to pay."
        assert ids(read(register, text, date(2018, 5, 1))) == {"03J", "03R"}

    @pytest.mark.parametrize(
        "text",
        [
            "Patients in Devon wait longer than those in Kent, the systems said.",
            "She lives near Bolton and works across Derbyshire for several trusts.",
            "He drove from Norfolk to Suffolk to see two hospitals.",
        ],
    )
    def test_a_place_used_as_a_place_is_nothing(self, register: Register, text: str) -> None:
        assert ids(read(register, text)) == set()


class TestShortForms:
    def test_the_first_words_of_a_name(self, register: Register) -> None:
        text = "Western Sussex Hospitals FT will grow. It is Western that pays the bill."
        found = read(register, text, date(2020, 5, 1))
        assert named(found, "Western").id == "RYR"

    def test_plain_initials(self, register: Register) -> None:
        found = read(register, "Hurn Valley Hospitals is in debt. HVH owes £3m.")
        assert named(found, "HVH") == named(found, "Hurn Valley Hospitals")

    def test_initials_in_brackets(self, register: Register) -> None:
        found = read(register, "Hurn Valley Community Healthcare (HurnCare) is in debt. HurnCare owes £3m.")
        assert len(ids(found)) == 1
        assert [m.text for m in found.mentions].count("HurnCare") == 2

    def test_a_beginning_that_two_bodies_share_is_left_alone(self, register: Register) -> None:
        text = "Hurn Valley Hospitals met Hurn Valley Community Trust. A deal would suit Hurn Valley."
        found = read(register, text)
        assert len(ids(found)) == 2
        assert not any(m.text == "Hurn Valley" for m in found.mentions)

    def test_england_is_not_short_for_nhs_england(self, register: Register) -> None:
        found = read(register, "NHS England wrote to trusts. Nowhere else is England's health poor.")
        assert [m.text for m in found.mentions] == ["NHS England"]


class TestUnknownBodies:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("Hurn Valley Hospitals NHS Foundation Trust", "trust"),
            ("Ashmere General", "trust"),
            ("Wickbarrow CCG", "ccg"),
            ("Marrowsea and District Integrated Care Board", "icb"),
            ("Gorsemoor County Council", "local_authority"),
            ("Skylark Partners", "supplier"),
            ("St Alkmund's Hospice", "charity"),
            ("University of Sedgely", "university"),
            ("Healthwatch Marlshire", "other"),
            ("Copshire Local Medical Committee", "representative_body"),
        ],
    )
    def test_the_form_of_a_name_tells_its_kind(self, register: Register, name: str, kind: str) -> None:
        found = read(register, f"Last week {name} published its accounts.")
        (entity,) = found.entities.values()
        assert (entity.kind, entity.known) == (kind, False)
        assert [m.text for m in found.mentions] == [name]

    def test_the_words_around_tell_what_the_name_does_not(self, register: Register) -> None:
        found = read(register, "The trust hired a consultancy, Carlyon Lyle, which billed £2m.")
        assert named(found, "Carlyon Lyle").kind == "supplier"

    def test_a_private_company_is_no_trust(self, register: Register) -> None:
        found = read(register, "Rowan Gate Healthcare, a private provider, will bid.")
        assert named(found, "Rowan Gate Healthcare").kind == "independent_provider"

    def test_legal_forms_make_no_second_body(self, register: Register) -> None:
        text = "Hurn Valley Hospitals NHS Foundation Trust is in debt.\nLast week Hurn Valley Hospitals FT said so."
        (entity,) = read(register, text).entities.values()
        assert entity.name == "Hurn Valley Hospitals NHS Foundation Trust"

    def test_two_trusts_of_one_place_stay_two(self, register: Register) -> None:
        found = read(register, "Hurn Valley Hospitals will merge with Hurn Valley Partnership.")
        assert len(ids(found)) == 2

    def test_lists_before_one_form(self, register: Register) -> None:
        found = read(register, "The Oakhaven, Garrick and Pell Valley CCGs will merge.", date(2019, 5, 1))
        assert {e.name for e in found.entities.values()} == {"Oakhaven", "Garrick", "Pell Valley CCGs"}

    def test_a_counted_collective_has_its_members(self, register: Register) -> None:
        found = read(register, "The six Staffordshire CCGs plan to become one.", date(2019, 5, 1))
        (entity,) = found.entities.values()
        assert len(entity.members) == 6
        assert {register.entity(i).kind for i in entity.members} == {"ccg"}


class TestPersons:
    @pytest.mark.parametrize(
        "text",
        [
            "The chief executive, Odalys Vandermeer, will leave.",
            "Dr Odalys Vandermeer will leave.",
            "“We are late,” said Odalys Vandermeer, who chairs the board.",
        ],
    )
    def test_a_title_a_role_or_speech_makes_a_person(self, register: Register, text: str) -> None:
        (entity,) = read(register, text).entities.values()
        assert (entity.name, entity.kind, entity.id) == ("Odalys Vandermeer", "person", "person-odalys-vandermeer")

    def test_later_short_forms(self, register: Register) -> None:
        text = "Julian Kelly is finance director.\nMr Kelly was cross. Kelly left early."
        found = read(register, text)
        assert ids(found) == {"person-julian-kelly"}
        assert [m.text for m in found.mentions] == ["Julian Kelly", "Mr Kelly", "Kelly"]

    def test_a_surname_that_two_share_is_left_alone(self, register: Register) -> None:
        text = "Nurse Ann Kelly and surgeon Tom Kelly spoke, said a colleague.\nLater Mr Kelly left."
        found = read(register, text)
        assert not any(m.text == "Mr Kelly" for m in found.mentions)

    def test_a_knight_by_given_name(self, register: Register) -> None:
        found = read(register, "Dame Julie Mellor resigned. Dame Julie had no choice.")
        assert ids(found) == {"person-julie-mellor"}

    def test_a_place_is_no_person(self, register: Register) -> None:
        assert "person" not in {e.kind for e in read(register, "Milton Keynes has a new hospital.").entities.values()}


class TestHostileText:
    def test_markup_and_queries_are_only_text(self, register: Register) -> None:
        text = "<script>alert('Bolton FT')</script> MATCH (n) DETACH DELETE n; \x00 ’s & / - Bolton FT\x7f"
        found = read(register, text)
        assert ids(found) == {"RMC"}

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.sampled_from([*sorted(PIECES), "\n", "\x00"]),
            max_size=40,
        )
    )
    def test_mentions_are_in_order_apart_and_true_to_the_text(self, words: list[str]) -> None:
        text = " ".join(words)
        found = read(_REGISTER, text)
        end = 0
        for mention in found.mentions:
            assert mention.start >= end
            assert mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            assert mention.entity in found.entities
            end = mention.end
        assert {m.entity for m in found.mentions} == set(found.entities)
