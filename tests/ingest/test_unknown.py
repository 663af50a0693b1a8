"""Names that the register doesn't know, judged by the words around every place where they stand."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Document
from ingest.annotation import Annotation
from ingest.joints import Joints
from ingest.kinds import DATA, NONE, Kinds
from ingest.link import annotate, unknown_names
from ingest.mentions import cut
from ingest.parse import ParsedDocument, parse
from ingest.register import Register
from ingest.runs import runs

REGISTER = Register.load()
JUDGE = Kinds.load()


def parsed(text: str, published: date | None = None) -> ParsedDocument:
    (found,) = parse([Document("b", text.split("\n")[0], text, published)])
    return found


def read(text: str, published: date | None = None) -> Annotation:
    return annotate(parsed(text, published), REGISTER)


def kinds(found: Annotation) -> dict[str, str]:
    return {e.name: e.kind for e in found.entities.values()}


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "name", "kind"),
        [
            (
                "The trust's books are in a bad way.\nOxcombe Valley has told NHS Improvement that it will miss its "
                "control total. The trust expects a deficit of £12m.",
                "Oxcombe Valley",
                "trust",
            ),
            (
                "A bill for advice\nThe board paid Lorrimer Tate, the consultancy, £2m. Lorrimer Tate, which won the "
                "contract in May, said its work was done.",
                "Lorrimer Tate",
                "supplier",
            ),
            (
                "Changes at the top\nThe new chief executive is Lorrimer Tate, who joins in May. Mr Tate said that he "
                "was delighted.",
                "Lorrimer Tate",
                "person",
            ),
        ],
    )
    def test_the_briefing_tells_what_the_name_does_not(self, text: str, name: str, kind: str) -> None:
        assert kinds(read(text)).get(name) == kind

    def test_a_known_body_keeps_its_kind(self) -> None:
        text = "The consultancy KPMG advised Bolton NHS Foundation Trust, a private company, said Mr Bolton."
        assert kinds(read(text))["Bolton NHS Foundation Trust"] == "trust"

    def test_part_of_a_known_name_is_no_new_body(self) -> None:
        text = (
            "Northern Lincolnshire and Goole NHS Foundation Trust is in debt. The trust says that Goole has lost £3m."
        )
        assert all(e.known for e in read(text, date(2019, 5, 1)).entities.values())

    def test_the_shorter_name_means_the_longer(self) -> None:
        text = "Oxcombe Valley Hospitals has told the regulator so. Oxcombe said that the trust would miss its target."
        found = read(text)
        assert [m.text for m in found.mentions] == ["Oxcombe Valley Hospitals", "Oxcombe"]
        assert len(found.entities) == 1

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("MOVERS Odalys Vandermeer, the finance director, will leave.", "Odalys Vandermeer"),
            ("It is NHS Wexmarsh’s Odalys Vandermeer, its chief executive, who said so.", "Odalys Vandermeer"),
            ("Last week Hurn Valley Ambulance published its accounts.", "Hurn Valley Ambulance Service"),
            ("Last week Hurn Valley Children’s published its accounts.", "Hurn Valley Children’s Hospital"),
            ("Yesterday the public accounts committee reported.", "Public Accounts Committee"),
        ],
    )
    def test_names_end_where_they_end(self, text: str, name: str) -> None:
        assert name in kinds(read(text))


class TestJoints:
    def test_two_bodies_with_an_and_between_them_stay_two(self) -> None:
        text = (
            "Talks between Hurn Valley Community and Sedgely Moor Ambulance have ended. Hurn Valley Community is sad."
        )
        assert kinds(read(text)) == {"Hurn Valley Community": "trust", "Sedgely Moor Ambulance Service": "trust"}

    def test_one_name_with_an_and_in_it_stays_one(self) -> None:
        text = "Hurn and Sedgely Ambulance has a new chair. Hurn and Sedgely Ambulance is in debt."
        assert kinds(read(text)) == {"Hurn and Sedgely Ambulance Service": "trust"}

    def test_parts_that_stand_apart_elsewhere_speak_against_one_name(self) -> None:
        def likely(text: str) -> float:
            lines = cut(parsed(text))
            joints = Joints(lines, JUDGE)
            ((_, _, joint),) = joints.bare(lines[0], list(runs(lines[0], set())))
            return JUDGE.joined(joints.traits(joint))

        first = "Nobody asked whether Orwen and Tarrow will merge."
        assert likely(f"{first}\nTarrow said that it would. So did Orwen.") < likely(f"{first}\nIt will.")


class TestModel:
    def test_its_weights_can_be_read(self) -> None:
        value = json.loads(DATA.read_text(encoding="utf-8"))
        assert {len(row) for row in value["weights"].values()} == {len(value["labels"])}
        assert NONE in value["labels"]
        assert DATA.stat().st_size < 500_000

    def test_no_traits_make_no_body(self) -> None:
        told = JUDGE.judgement(JUDGE.points(()))
        assert 0 <= told.body_likely <= 1
        assert 0 <= told.body_share <= 1

    def test_what_speaks_for_a_label_raises_it(self) -> None:
        label = JUDGE.labels.index("person")
        assert JUDGE.points({"title", "later:titled"})[label] > JUDGE.points(())[label]

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                ["Orwen", "Tarrow", "and", "the", ",", "St", "Luke’s", "&", "E", ".", "NHS", "BCPT", "said"]
            )
        )
    )
    def test_any_names_have_traits_and_a_judgement(self, words: list[str]) -> None:
        names = unknown_names(parsed(" ".join(words) or "x"), REGISTER, JUDGE)
        for key in names.units:
            assert np.isfinite(JUDGE.points(names.of_unit(key))).all()
