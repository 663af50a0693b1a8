"""The register: its shipped tables hold together, and it answers by id, name and day."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RegisterError
from graph.schema import KINDS
from ingest.names import fold, words
from ingest.register import DATA, SORTS, Register


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


class TestShippedTables:
    def test_ids_are_unique_and_kinds_known(self) -> None:
        rows = table("organisations")
        assert [i for i, n in Counter(r["id"] for r in rows).items() if n > 1] == []
        assert {r["kind"] for r in rows} <= set(KINDS)
        assert [r["id"] for r in rows if not r["name"].strip() or not r["source"]] == []

    def test_every_body_closes_after_it_opened(self) -> None:
        wrong = [r["id"] for r in table("organisations") if r["opened"] and r["closed"] and r["closed"] < r["opened"]]
        assert wrong == []

    def test_lineage_renames_systems_and_members_name_known_bodies(self, register: Register) -> None:
        named = {i for r in table("successions") for i in (r["predecessor"], r["successor"])}
        named |= {r["id"] for r in table("renames")}
        named |= {r["system"] for r in table("organisations") if r["system"]}
        named |= {i for r in table("collectives") for i in r["members"].split("|")}
        assert [i for i in sorted(named) if i not in register] == []

    def test_no_body_succeeds_itself(self) -> None:
        assert [r for r in table("successions") if r["predecessor"] == r["successor"]] == []

    def test_systems_are_systems(self, register: Register) -> None:
        kinds = {body.kind for r in table("organisations") if r["system"] and (body := register.get(r["system"]))}
        assert kinds == {"ics"}

    def test_each_alias_means_one_body_or_is_in_the_ambiguous_table(self, register: Register) -> None:
        unclear = {fold(r["alias"]) for r in table("ambiguous")}
        meanings: dict[str, set[str]] = {}
        for row in table("organisations"):
            meanings.setdefault(fold(row["name"]), set()).add(row["id"])
        for row in table("aliases"):
            assert row["id"] in register, row
            assert row["sort"] in SORTS, row
            meanings.setdefault(fold(row["alias"]), set()).add(row["id"])
        assert {k: v for k, v in meanings.items() if len(v) > 1 and k not in unclear} == {}

    def test_ambiguous_names_mean_known_bodies(self, register: Register) -> None:
        rows = table("ambiguous")
        assert [r for r in rows if not all(i in register for i in r["ids"].split("|"))] == []
        assert {r["sort"] for r in rows} == {"several", "usual", "place", "word"}

    def test_the_licence_is_stated(self) -> None:
        assert "Open Government Licence v3.0" in (DATA / "README.md").read_text(encoding="utf-8")


class TestLookups:
    def test_a_body_by_id(self, register: Register) -> None:
        bolton = register.entity("RMC")
        assert (bolton.name, bolton.kind, bolton.ods_code) == ("Bolton NHS Foundation Trust", "trust", "RMC")
        assert bolton.known
        assert "Bolton FT" in bolton.aliases

    def test_a_slug_is_no_ods_code(self, register: Register) -> None:
        assert register.entity("nhs-england").ods_code is None

    def test_an_unknown_id_is_none(self, register: Register) -> None:
        assert register.get("ZZZ") is None
        assert "ZZZ" not in register

    @pytest.mark.parametrize(
        ("name", "ident"),
        [
            ("bolton ft", "RMC"),
            ("The King’s Fund", "kings-fund"),
            ("Guy's & St Thomas' NHS Foundation Trust", "RJ1"),
            ("WUTH", "RBL"),
            ("NHS Devon ICB", "QJK"),
        ],
    )
    def test_names_as_people_type_them(self, register: Register, name: str, ident: str) -> None:
        assert register.candidates(name) == (ident,)

    def test_an_unknown_name_has_no_candidates(self, register: Register) -> None:
        assert register.candidates("Boltom FT") == ()
        assert register.candidates("") == ()

    def test_the_day_orders_the_candidates(self, register: Register) -> None:
        assert register.candidates("NHS Devon", on=date(2023, 5, 1))[0] == "QJK"
        assert register.candidates("NHS Devon", on=date(2020, 5, 1))[0] == "15N"
        assert register.candidates("NHS Devon", on=date(2009, 5, 1))[0] == "5QQ"

    def test_a_body_is_open_from_its_first_to_its_last_day(self, register: Register) -> None:
        assert register.open_on("15N", date(2019, 4, 1))
        assert register.open_on("15N", date(2022, 6, 30))
        assert not register.open_on("15N", date(2022, 7, 1))
        assert not register.open_on("15N", date(2019, 3, 31))

    def test_a_renamed_body_keeps_its_code(self, register: Register) -> None:
        assert register.name_on("REM", date(2018, 1, 1)) == "Aintree University Hospital NHS Foundation Trust"
        assert register.name_on("REM", date(2020, 1, 1)) == "Liverpool University Hospitals NHS Foundation Trust"
        assert register.entity("REM", date(2018, 1, 1)).name.startswith("Aintree")

    def test_lineage_both_ways(self, register: Register) -> None:
        (merged,) = register.successors("RQ6")
        assert (merged.successor, merged.date) == ("REM", date(2019, 10, 1))
        assert "RQ6" in {s.predecessor for s in register.predecessors("REM")}

    def test_membership(self, register: Register) -> None:
        assert register.system_of("RMC") == "ics-greater-manchester"
        assert register.system_of("QJK") == "ics-devon"
        assert register.system_of("nhs-england") is None

    def test_the_changes_of_2026(self, register: Register) -> None:
        assert register.open_on("S1Y5D", date(2026, 5, 1))
        assert not register.open_on("QHG", date(2026, 5, 1))
        assert "S1Y5D" in {s.successor for s in register.successors("QHG")}
        assert register.name_on("RWW", date(2026, 5, 1)) == "North Cheshire and Mersey NHS Foundation Trust"

    def test_a_joint_name_has_its_members(self, register: Register) -> None:
        (ident,) = register.candidates("NHS England and Improvement")
        assert register.entity(ident).members == ("nhs-england", "nhs-improvement")


class TestExtraRegister:
    def write(self, tmp_path: Path, text: str) -> Path:
        path = tmp_path / "extra.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_new_body_with_aliases(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "name,kind,aliases,region\nHurn Valley Hospitals,trust,HVH|Hurn Valley,London\n")
        register = Register.load([path])
        (ident,) = register.candidates("hurn valley")
        assert ident == "trust-hurn-valley-hospitals"
        assert register.candidates("HVH") == (ident,)
        assert register.entity(ident).region == "London"

    def test_an_alias_for_a_known_body_settles_an_ambiguous_name(self, tmp_path: Path) -> None:
        assert len(Register.load().candidates("SFT")) > 1
        path = self.write(tmp_path, "id,name,kind,aliases\nRWJ,Stockport NHS Foundation Trust,trust,SFT\n")
        assert Register.load([path]).candidates("SFT") == ("RWJ",)

    def test_shipped_names_still_work(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "name,kind\nHurn Valley Hospitals,trust\n")
        assert Register.load([path]).candidates("Bolton FT") == ("RMC",)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("title,sort\nx,y\n", "line 1: a register needs the columns name and kind"),
            ("name,kind\nA body,trust\nAnother,hospitl\n", "line 3: unknown kind “hospitl”"),
            ("name,kind\n,trust\n", "line 2: the name is missing"),
            ("name,kind,opened\nA body,trust,1 May 2020\n", "line 2: dates are written as 2026-04-01"),
            ("name,kind,system\nA body,trust,nowhere\n", "line 2: unknown system “nowhere”"),
            ("id,name,kind\nRMC,Bolton,ccg\n", "line 2: RMC is a trust in the register, not a ccg"),
            ("name,kind,aliases\nA body,trust,AB\nB body,trust,AB\n", "line 3: “AB” names two bodies"),
        ],
    )
    def test_a_bad_row_is_named_by_its_line(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(RegisterError) as caught:
            Register.load([self.write(tmp_path, text)])
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "extra.csv"
        path.write_bytes(b"\xff\xfe\x00\x81")
        with pytest.raises(RegisterError, match="can't be read"):
            Register.load([path])
        with pytest.raises(RegisterError, match="can't be read"):
            Register.load([tmp_path / "none.csv"])


@given(st.text())
def test_words_point_into_the_text(text: str) -> None:
    for word in words(text, 7):
        assert text[word.start - 7 : word.end - 7] == word.text
        assert word.start < word.name_end <= word.end


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
