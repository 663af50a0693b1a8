"""The build script turns reference tables into the register's own, the same bytes each time."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "build_register.py"
REFERENCE = {
    "organisations.csv": """id,name,kind,subtype,foundation,opened,closed,region,icb,source
RAA,Hurn Valley Hospitals NHS Trust,trust,acute,false,2001-04-01,,South West,QAA,x
RBB,Ashmere NHS Trust,trust,acute,false,2001-04-01,,South West,QAA,x
QAA,NHS Hurn Integrated Care Board,icb,,,2022-07-01,,South West,,x
ics-hurn,Hurn Integrated Care System,ics,,,,,South West,QAA,x
nhs-england,NHS England,regulator,,,2012-10-01,,,,x
nhs-improvement,NHS Improvement,regulator,,,2016-04-01,2022-07-01,,,x
""",
    "aliases.csv": """alias,id,kind_of_alias
Hurn & Valley FT,RAA,ampersand
Hurn and Valley FT,RAA,short_name
HVH,RAA,acronym
NHS England and Improvement,nhs-england,short_name
""",
    "ambiguous_aliases.csv": """alias,ids,note
Hurn,RAA|QAA,bare place name; never resolve without context
WV,RAA|RBB,no dominant meaning; use date and place
""",
    "successions.csv": "predecessor_id,successor_id,date,kind,note\nRBB,RAA,2010-04-01,merger,\n",
    "renames.csv": "id,old_name,new_name,date\n",
    "changes_2026.csv": """change,id,name,date,predecessor_ids,note
new_icb,QZZ,NHS Greater Hurn Integrated Care Board,2026-04-01,QAA,merger
trust_acquisition,RAA,Greater Hurn NHS Trust,2026-04-01,RBB,renamed
""",
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_register", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def built(script: ModuleType, tmp_path: Path) -> Path:
    source, target = tmp_path / "reference", tmp_path / "data"
    source.mkdir()
    target.mkdir()
    for name, text in REFERENCE.items():
        (source / name).write_text(text, encoding="utf-8")
    assert script.main([str(source), str(target)]) == 0
    return target


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_bodies_belong_to_their_system(built: Path) -> None:
    systems = {r["id"]: r["system"] for r in rows(built, "organisations.csv")}
    assert systems["RAA"] == systems["QAA"] == "ics-hurn"
    assert systems["ics-hurn"] == systems["nhs-england"] == ""


def test_spellings_that_fold_alike_are_written_once(built: Path) -> None:
    assert [r["alias"] for r in rows(built, "aliases.csv") if r["id"] == "RAA" and "Valley FT" in r["alias"]] == [
        "Hurn and Valley FT"
    ]


def test_acronyms_keep_their_case(built: Path) -> None:
    assert {r["alias"]: r["exact"] for r in rows(built, "aliases.csv")}["HVH"] == "1"


def test_the_changes_of_2026_open_close_and_rename(built: Path) -> None:
    bodies = {r["id"]: r for r in rows(built, "organisations.csv")}
    assert bodies["QZZ"]["opened"] == "2026-04-01"
    assert bodies["QAA"]["closed"] == bodies["RBB"]["closed"] == "2026-03-31"
    assert {"predecessor": "QAA", "successor": "QZZ", "date": "2026-04-01", "kind": "merger"} in rows(
        built, "successions.csv"
    )
    assert [(r["id"], r["new"]) for r in rows(built, "renames.csv")] == [("RAA", "Greater Hurn NHS Trust")]


def test_a_joint_name_is_no_alias_of_one_of_them(built: Path) -> None:
    assert "NHS England and Improvement" not in {r["alias"] for r in rows(built, "aliases.csv")}
    assert {r["members"] for r in rows(built, "collectives.csv")} == {"nhs-england|nhs-improvement"}


def test_ambiguous_names_say_why(built: Path) -> None:
    assert {r["alias"]: r["sort"] for r in rows(built, "ambiguous.csv")} == {"Hurn": "place", "WV": "several"}


def test_building_twice_gives_the_same_bytes(script: ModuleType, built: Path) -> None:
    before = {p.name: p.read_bytes() for p in built.iterdir()}
    assert script.main([str(built.parent / "reference"), str(built)]) == 0
    assert {p.name: p.read_bytes() for p in built.iterdir()} == before


def test_wrong_use_says_how(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main([]) == 2
    assert "usage:" in capsys.readouterr().err
