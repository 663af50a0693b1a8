"""What a user sees of the graph: look-ups as tables and as JSON, maps, review, forgetting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli_world import ALONE, CHIEF, GRANT, HURN, LYDE, OLD_BILL, TALKS, Done, make_store, run

Ask = Callable[..., Done]


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("store") / "graph.lbdb")


@pytest.fixture
def ask(graph_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("NHSGRAPH_STORE", str(graph_file))
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: run(capsys, *arguments)


@pytest.fixture
def ask_own(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """As `ask`, on a store of the test's own that it may change."""
    monkeypatch.setenv("NHSGRAPH_STORE", str(make_store(tmp_path / "own.lbdb")))
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: run(capsys, *arguments)


def squeezed(text: str) -> str:
    """Text without its line breaks, to look for what was wrapped."""
    return " ".join(text.split())


def test_org_says_who_a_body_is(ask: Ask) -> None:
    done = ask("org", "hurn valley", "--table")
    assert done.code == 0
    assert done.out.startswith(f"{HURN.name}\nNHS trust · North West · named in 1 briefing\n")
    assert re.search(r"Also called +HVH; Hurn Valley\n", done.out)
    assert re.search(r"Opened +1 Apr 2009\n", done.out)
    assert re.search(r"Links +1 Merger talks, 1 Funding, 1 Holds role\n", done.out)


def test_org_as_json(ask: Ask) -> None:
    found = ask("org", "HVH", "--min-confidence", "0").json
    assert (found["id"], found["kind"], found["opened"], found["briefings"]) == (HURN.id, "trust", "2009-04-01", 1)
    assert found["links"] == {"MERGER_TALKS": 1, "FUNDING": 1, "HOLDS_ROLE": 1, "DEFICIT": 1}
    assert ask("org", "NHS Hurnshire CCG").json["successors"][0]["entity"]["id"] == "icb-hurn"


def test_links_are_grouped_by_kind_with_their_quotes(ask: Ask) -> None:
    out = ask("links", "HVH", "--table", "--min-confidence", "0").out
    headings = re.findall(r"^(Merger talks|Funding|Holds role|Deficit) \(1\)$", out, re.M)
    assert headings == ["Merger talks", "Funding", "Holds role", "Deficit"]
    said = squeezed(out)
    assert f"↔ {LYDE.name} in talks · merger · 3 Jun 2024 · confidence 80% “{TALKS}” — Two boards, one table" in said
    assert f"← NHS England confirmed · capital · £22m · 3 Jun 2024 · confidence 80% “{GRANT}”" in said
    assert f"← Isolde Quenby chief executive · current · 3 Jun 2024 · confidence 80% “{CHIEF}”" in said


def test_links_as_json_carry_evidence(ask: Ask) -> None:
    found = ask("links", "HVH").json
    assert found["entity"]["id"] == HURN.id
    (funding,) = [link for link in found["links"] if link["predicate"] == "FUNDING"]
    assert (funding["direction"], funding["other"]["id"], funding["amount"]) == ("in", "X24", 22e6)
    (evidence,) = funding["evidence"]
    assert (evidence["quote"], evidence["title"], evidence["published"]) == (
        GRANT,
        "Two boards, one table",
        "2024-06-03",
    )


def test_links_include_lineage_and_say_so(ask: Ask) -> None:
    done = ask("links", "Hurnshire ICB", "--table")
    said = squeezed(done.out)
    assert f"→ {LYDE.name} paid · contract · £350k" in said
    assert f"said of NHS Hurnshire CCG, which it succeeded “{OLD_BILL}”" in said
    assert "Lineage (from the register) ← succeeded NHS Hurnshire CCG, 1 Jul 2022" in said
    assert "Lineage is included: 1 link said of NHS Hurnshire CCG." in said
    (link,) = ask("links", "Hurnshire ICB").json["links"]
    assert link["said_of"]["id"] == "ccg-hurn"


def test_lineage_can_be_left_out(ask: Ask) -> None:
    found = ask("links", "Hurnshire ICB", "--no-lineage").json
    assert found["links"] == []
    assert [r["entity"]["id"] for r in found["predecessors"]] == ["ccg-hurn"]


def test_a_predecessor_does_not_inherit_from_its_successor(ask: Ask) -> None:
    found = ask("links", "NHS Hurnshire CCG").json
    assert [link["said_of"] for link in found["links"]] == [None]
    assert [r["entity"]["id"] for r in found["successors"]] == ["icb-hurn"]


def test_doubtful_facts_are_shown_only_where_asked_for(ask: Ask, tmp_path: Path) -> None:
    kept = ask("links", "HVH").json["links"]
    assert {link["predicate"] for link in kept} == {"MERGER_TALKS", "FUNDING", "HOLDS_ROLE"}
    assert ask("links", "HVH", "--min-confidence", "0.81").json["links"] == []
    page = tmp_path / "map.html"
    for share, deficit in ((), 0), (("0.31",), 0), (("0",), 1):
        option = ["--min-confidence", *share] if share else []
        assert len(ask("links", "HVH", *option).json["links"]) == 3 + deficit
        assert ask("org", "HVH", *option).json["links"].get("DEFICIT", 0) == deficit
        assert len([e for e in ask("timeline", "HVH", *option).json if e["predicate"] == "DEFICIT"]) == deficit
        assert len(ask("query", "run", "deficits", *option).json) == deficit
        assert ask("map", "HVH", "-o", page, *option).json["links"] == 3 + deficit
        assert ask("export", "HVH", "-o", tmp_path / "graph.json", *option).json["links"] == 3 + deficit


def test_how_sure_is_said_once(ask: Ask) -> None:
    twice = ask("query", "run", "deficits", "--param", "min_confidence=0.1", "--min-confidence", "0.2")
    assert (twice.code, twice.err.count("\n")) == (2, 1)
    never = ask("query", "run", "lineage", "--param", "organisation=HVH", "--min-confidence", "0.2")
    assert (never.code, never.err.count("\n")) == (2, 1)
    assert "min_confidence" in never.err


def test_a_path_names_each_step_and_its_quote(ask: Ask) -> None:
    out = squeezed(ask("path", "NHSE", "Lyde and Marl", "--table").out)
    middle = out.index("Hurn Valley Hospitals NHS Foundation Trust (NHS trust)")
    assert (
        out.index("→ Funding · confirmed · capital · £22m") < middle < out.index("↔ Merger talks · in talks · merger")
    )
    assert f"“{TALKS}”" in out
    steps = ask("path", "NHSE", "Lyde and Marl").json
    assert [(s["start"]["id"], s["end"]["id"]) for s in steps] == [("X24", HURN.id), (HURN.id, LYDE.id)]


def test_bodies_that_nothing_connects(ask: Ask) -> None:
    done = ask("path", "NHSE", ALONE.id)
    assert (done.code, done.out) == (1, "")
    assert re.fullmatch(r"nhsgraph: nothing in this store connects .*; ingest more briefings\n", done.err)


def test_a_timeline_goes_by_date(ask: Ask) -> None:
    out = ask("timeline", "Lyde and Marl", "--table").out
    assert out.index("1 Feb 2018") < out.index("3 Jun 2024")
    assert "“" + OLD_BILL in squeezed(out)
    events = ask("timeline", "Hurnshire ICB").json
    assert [(e["date"], e["predicate"]) for e in events] == [("2018-02-01", "FUNDING"), ("2022-07-01", "SUCCEEDED_BY")]


def test_stats_count_what_is_there(ask: Ask) -> None:
    found = ask("stats").json
    assert (found["briefings"], found["statements"]) == (3, 5)
    assert re.search(r"Briefings +3, 1 Feb 2018 to 3 Jun 2024\n", ask("stats", "--table").out)


def test_output_to_a_terminal_holds_no_control_characters(ask: Ask) -> None:
    for command in ("org", "links", "timeline"):
        out = ask(command, ALONE.id, "--table").out
        assert "Thirle" in out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)
    found = ask("org", ALONE.id)
    assert "\x1b" not in found.out
    assert found.json["name"] == ALONE.name


@pytest.mark.parametrize(
    "command",
    [["org", "HVH"], ["links", "HVH"], ["path", "NHSE", "LYDE AND MARL"], ["timeline", "HVH"], ["stats"], ["review"]],
    ids=lambda command: command[0],
)
def test_tables_fit_eighty_columns(ask: Ask, command: list[str]) -> None:
    out = ask(*command, "--table").out
    assert out.strip()
    assert max(map(len, out.splitlines())) <= 80


def test_templates_are_listed_with_what_they_need(ask: Ask) -> None:
    found = ask("query", "list", "--json").json
    assert len(found) >= 15
    for template in found:
        assert template["title"]
        assert {"name", "title", "parameters", "columns"} <= template.keys()
    table = ask("query", "list", "--table").out
    assert all(re.search(rf"^{re.escape(t['name'])} ", table, re.M) for t in found)
    assert max(map(len, table.splitlines())) <= 80


def test_a_template_is_shown_whole(ask: Ask) -> None:
    out = ask("query", "show", "merger-talks", "--table").out
    assert out.startswith("// title:")
    assert "RETURN" in out
    assert "RETURN" in ask("query", "show", "merger-talks").json["cypher"]


def test_a_template_runs_with_names_as_people_type_them(ask: Ask) -> None:
    rows = ask("query", "run", "funding-in", "--param", "recipient=HVH").json
    assert [(row["payer"], row["amount"]) for row in rows] == [("NHS England", 22e6)]
    table = ask("query", "run", "funding-in", "--param", "recipient=HVH", "--table").out
    assert "£22m" in table
    assert "NHS England" in table


def test_a_template_of_ones_own(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "briefings.cypher").write_text(
        "// title: Titles\n// column title (string): it\nMATCH (b:Briefing) RETURN b.title AS title ORDER BY title\n",
        encoding="utf-8",
    )
    rows = ask("query", "run", "briefings", "--templates", tmp_path).json
    assert [row["title"] for row in rows] == ["An old bill", "Two boards, one table", "Whoever names things"]


def test_a_map_is_written(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "one.html"
    done = ask("map", "HVH", "-o", page, "--table")
    assert done.code == 0, done.err
    assert "4 bodies and people, 3 links" in squeezed(done.out)
    assert "Isolde Quenby" in page.read_text(encoding="utf-8")
    whole = ask("map", "-o", tmp_path / "all.html").json
    assert whole["entities"] > 4


@pytest.mark.parametrize("ending", ["graphml", "json"])
def test_an_export_goes_by_its_ending(ask: Ask, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"graph.{ending}"
    assert ask("export", "-o", file).code == 0
    assert "Lyde and Marl Community" in file.read_text(encoding="utf-8")


def test_review_lists_open_questions(ask: Ask) -> None:
    assert {q["text"] for q in ask("review").json} == {"St Osyth"}
    assert "two bodies go by it; trust-st-osyth or ccg-st-osyth?" in squeezed(ask("review", "--table").out)


def test_merging_and_splitting(ask_own: Ask) -> None:
    assert ask_own("review", "merge", "HVH", "Lyde and Marl").code == 0
    merged = ask_own("org", "Lyde and Marl").json
    assert merged["id"] == ask_own("org", "HVH").json["id"]
    assert ask_own("review", "split", HURN.id, LYDE.id).code == 0
    assert ask_own("org", "Lyde and Marl").json["id"] == LYDE.id


def test_a_rejected_statement_no_longer_counts(ask_own: Ask) -> None:
    (deficit,) = [
        x for x in ask_own("links", "HVH", "--min-confidence", "0").json["links"] if x["predicate"] == "DEFICIT"
    ]
    statement = deficit["evidence"][0]["statement"]
    assert statement in ask_own("links", "HVH", "--ids", "--table", "--min-confidence", "0").out
    rejected = ask_own("review", "reject", statement, "--note", "a misreading")
    assert rejected.code == 0
    assert rejected.out.startswith(
        f"recorded: reject {statement}: "
    )  # and the quote, so that one sees what was rejected
    assert "DEFICIT" not in {x["predicate"] for x in ask_own("links", "HVH", "--min-confidence", "0").json["links"]}
    assert ask_own("review", "confirm", statement).code == 0
    assert "DEFICIT" in {x["predicate"] for x in ask_own("links", "HVH", "--min-confidence", "0").json["links"]}


def test_decisions_go_from_one_store_to_another(ask_own: Ask, tmp_path: Path) -> None:
    statement = ask_own("links", "HVH", "--min-confidence", "0").json["links"][0]["evidence"][0]["statement"]
    ask_own("review", "reject", statement)
    lines = ask_own("review", "decisions").out
    assert json.loads(lines)["left"] == statement
    file = tmp_path / "decisions.jsonl"
    file.write_text(lines, encoding="utf-8")
    other = make_store(tmp_path / "other.lbdb")
    assert ask_own("review", "apply", file, "--store", other).code == 0
    assert len(ask_own("links", "HVH", "--store", other).json["links"]) == 2


def test_forgetting_takes_back_what_a_briefing_said(ask_own: Ask) -> None:
    done = ask_own("forget", "talks.txt")
    assert done.json["statements"] == 4
    assert ask_own("stats").json["statements"] == 1
    assert ask_own("org", "HVH").code == 2


def test_doctor_finds_what_is_needed(ask: Ask) -> None:
    done = ask("doctor")
    assert done.code == 0
    found = {check["name"]: check["ok"] for check in done.json}
    assert [name for name in ("Python", "Libraries", "Language model", "Store") if not found[name]] == []
    assert re.search(r"ok Store \S*graph.lbdb: 3 briefings, 5 statements", squeezed(ask("doctor", "--table").out))
