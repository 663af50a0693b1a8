"""Maps and exports of a part of the graph: which part, how it is drawn, and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import graph.maps
from commands.drawing import standing
from graph.maps import Look
from graph.model import Document, Edge, Entity, Evidence, Extraction, Membership, Mention, Subgraph
from graph.store import open_store
from tests.cli_world import BOARD, GROUP, HURN, LYDE, NHSE, QUENBY, Done, make_store, run

Ask = Callable[..., Done]
ICS = Entity("ics-hurn", "Hurnshire Integrated Care System", "ics", known=True)
OTHER = Entity("union-hurn", "Hurnshire Nurses", "union")


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_store(tmp_path_factory.mktemp("store") / "graph.lbdb")
    text = "Hurnshire Integrated Care System and Hurnshire Nurses."
    named = Extraction(
        Document("system", "The system", text, date(2024, 1, 1)),
        (ICS, HURN, BOARD, OTHER),
        (Mention(0, 32, ICS.name, ICS.id, "register"), Mention(37, 53, OTHER.name, OTHER.id, "register")),
        (),
        memberships=(Membership(HURN.id, ICS.id), Membership(BOARD.id, ICS.id)),
    )
    with open_store(str(path)) as store:
        store.writer().add([named])
    return path


@pytest.fixture
def ask(graph_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("NHSGRAPH_STORE", str(graph_file))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(capsys, *arguments)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Subgraph, Path, Look]]:
    """What a command hands over to be drawn; nothing is."""
    calls: list[tuple[Subgraph, Path, Look]] = []
    monkeypatch.setattr(graph.maps, "write_map", lambda found, path, *, look: calls.append((found, path, look)))
    return calls


VIEWS: dict[str, tuple[list[str], str, set[str]]] = {
    "around": (["HVH"], f"Links around {HURN.name}", {HURN.id, LYDE.id, NHSE.id, QUENBY.id, ICS.id}),
    "depth": (["NHSE", "--depth", "0"], NHSE.name, {NHSE.id}),
    "join": (
        ["Lyde and Marl", "NHSE", "--join"],
        f"What joins {LYDE.name} and {NHSE.name}",
        {LYDE.id, NHSE.id, HURN.id},
    ),
    "path": (
        ["Isolde Quenby", "NHSE", "--path"],
        f"How {QUENBY.name} is linked with {NHSE.name}",
        {QUENBY.id, HURN.id, NHSE.id},
    ),
    "system": (["HVH", "--system"], f"{ICS.name} and its members", {ICS.id, HURN.id, BOARD.id, QUENBY.id}),
    "predicate": (["--predicate", "merger talks"], "Merger talks", {HURN.id, LYDE.id}),
    "predicates": (
        ["--predicate", "DISPUTE", "--predicate", "Funding"],
        "Disputes and funding",
        {HURN.id, LYDE.id, NHSE.id, GROUP.id},
    ),
    "predicate around": (["HVH", "--predicate", "posts"], f"Posts around {HURN.name}", {HURN.id, QUENBY.id}),
    "query": (["--query", "map-money", "-p", "min_amount=1000000"], "Who pays whom: £1m or more", {HURN.id, NHSE.id}),
    "title": (["NHSE", "--depth", "0", "--title", "Mine"], "Mine", {NHSE.id}),
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_exported_and_drawn_alike(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]], view: str) -> None:
    arguments, title, bodies = VIEWS[view]
    done = ask("export", *arguments, "-o", "part.json")
    assert (done.code, done.err) == (0, "")
    written = json.loads(Path("part.json").read_text(encoding="utf-8"))
    assert {node["id"] for node in written["nodes"]} == bodies
    assert written["graph"]["title"] == title
    assert done.json == {"path": "part.json", "entities": len(bodies), "links": len(written["edges"])}
    assert ask("map", *arguments).code == 0
    ((found, path, look),) = drawn
    assert ({n.id for n in found.nodes}, len(found.edges)) == (bodies, len(written["edges"]))
    assert (found.title, path.name, look.title) == (title, "map.html", None)


def test_the_whole_graph_where_nothing_is_named(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    assert ask("map", "--min-confidence", "0").code == 0
    assert {HURN.id, OTHER.id, GROUP.id} <= {n.id for n in drawn[0][0].nodes}
    assert len(drawn[0][0].edges) == ask("export", "-o", "all.json", "--min-confidence", "0").json["links"]


def test_how_sure_a_template_is_asked_to_be(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    template = ["--query", "deficits"]
    for option, links in (([], 0), (["--min-confidence", "0.2"], 1), (["-p", "min_confidence=0.2"], 1)):
        assert ask("export", *template, *option, "-o", "part.json").json["links"] == links
        ask("query", "run", "deficits", *option, "--map", "part.svg")
        assert len(drawn.pop()[0].edges) == links


def test_a_template_of_ones_own_is_drawn(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "nurses.cypher").write_text(
        "// title: Nurses\n// column id (id): who\nMATCH (n:Organisation {kind: 'union'}) RETURN n.id AS id\n",
        encoding="utf-8",
    )
    done = ask("export", "--query", "nurses", "--templates", tmp_path, "-o", "n.json")
    assert (done.code, done.json["entities"], done.err) == (0, 1, "")


@pytest.mark.parametrize(
    ("arguments", "since", "until", "compare"),
    [
        ([], None, None, False),
        (["--since", "2019-06"], date(2019, 6, 1), None, False),
        (["--as-of", "2020-02"], None, date(2020, 2, 29), False),
        (["--since", "2019-06-30", "--as-of", "2019-07-02"], date(2019, 6, 30), date(2019, 7, 2), False),
        (["--since", "2019-06", "--as-of", "2019-06"], date(2019, 6, 1), date(2019, 6, 30), False),
        (["--compare", "2018-12", "2020-01-15"], date(2018, 12, 31), date(2020, 1, 15), True),
    ],
    ids=str,
)
def test_months_as_typed(
    ask: Ask,
    drawn: list[tuple[Subgraph, Path, Look]],
    arguments: list[str],
    since: date | None,
    until: date | None,
    compare: bool,
) -> None:
    assert ask("map", "HVH", *arguments).code == 0
    look = drawn[0][2]
    assert (look.since, look.until, look.compare) == (since, until, compare)


def test_what_is_counted_is_what_stood(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    assert ask("map", "--predicate", "funding").json["links"] == 2
    for option, links in (
        (["--as-of", "2018-02"], 1),
        (["--since", "2018-02-02"], 1),
        (["--since", "2018-01", "--as-of", "2024-06"], 2),
        (["--compare", "2017-01", "2018-02"], 1),
        (["--compare", "2023-01", "2024-12"], 2),
    ):
        done = ask("map", "--predicate", "funding", *option)
        assert (done.json["links"], done.err) == (links, ""), option
    for days, words in (
        (["--since", "2019-01", "--as-of", "2019-12"], "no link stood in that time"),
        (["--since", "2030-01", "--as-of", "2035-01"], "nothing was told since 1 Jan 2030"),
    ):
        none = ask("map", "--predicate", "funding", *days)
        assert (none.code, none.json["links"], none.err.count("\n")) == (0, 0, 1)
        assert words in none.err


def test_a_day_outside_the_briefings_is_remarked_on(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    funding = ["map", "--predicate", "funding", "--as-of"]
    late, early = ask(*funding, "2035-01"), ask(*funding, "2001-01")
    assert (late.code, late.json["links"]) == (0, 2)
    assert late.err == "nhsgraph: the newest briefing on these links is of 3 Jun 2024; later months show the same\n"
    assert (early.code, early.json["links"]) == (0, 0)
    assert early.err == "nhsgraph: the first briefing on these links is of 1 Feb 2018: nothing was told by then\n"
    assert ask(*funding, "2024-06").err == ""
    assert ask("map", "--predicate", "lineage", "--as-of", "2035-01").err == ""
    money = ["map", "--predicate", "funding", "--predicate", "lineage", "--as-of", "2024-07"]
    assert ask(*money).err.endswith("later months show the same\n")
    for days in (["--since", "2025-01"], ["--compare", "2025-01", "2026-01"]):
        said = ask(*funding[:-1], *days).err
        assert said.startswith("nhsgraph: the newest briefing on these links is of 3 Jun 2024: nothing was told since ")
    assert "nothing was told by then" in ask(*funding[:-1], "--compare", "2001-01", "2002-01").err


def test_a_remark_minds_the_register_and_what_has_no_date(capsys: pytest.CaptureFixture[str]) -> None:
    said = Evidence("s", "Quote.", "b", "Title", None, None, 0.9, "by hand")
    told = Edge(HURN.id, LYDE.id, "DISPUTE", evidence=(replace(said, published=date(2020, 5, 4)),))
    passed = Edge(LYDE.id, HURN.id, "SUCCEEDED_BY", origin="register", first_seen=date(2021, 4, 1))
    found = Subgraph((HURN, LYDE), (told, passed))
    for until, links, words in (
        (date(2020, 6, 30), 1, "show the same"),
        (date(2021, 4, 30), 2, "differ by the register alone"),
    ):
        assert len(standing(found, (None, until)).edges) == links
        assert capsys.readouterr().err.endswith(f"is of 4 May 2020; later months {words}\n")
    assert len(standing(found, (None, date(2020, 5, 31))).edges) == 1
    assert capsys.readouterr().err == ""
    undated = replace(found, edges=(told, replace(told, predicate="FUNDING", evidence=(said,))))
    assert len(standing(undated, (None, date(2019, 6, 30))).edges) == 1
    assert capsys.readouterr().err == (
        "nhsgraph: the first dated briefing on these links is of 4 May 2020: only what has no date was told by then\n"
    )


def test_links_that_nobody_tells_of_are_said(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    done = ask("map", "Isolde Quenby", "--predicate", "funding")
    assert (done.code, done.json["links"]) == (0, 0)
    assert done.err == f"nhsgraph: No funding of {QUENBY.name} is known.\n"
    assert drawn[0][0].notes == (f"No funding of {QUENBY.name} is known.",)


def test_links_beyond_the_answer_are_said(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    said = "All links between those that the answer names are drawn, not only the answer's own."
    done = ask("query", "run", "deficits", "--min-confidence", "0.2", "--map", "d.html")
    assert (done.code, done.err) == (0, f"nhsgraph: {said}\n")
    assert drawn[0][0].notes == (said,)
    assert ask("query", "run", "map-mergers", "--map", "m.html").err == ""


def test_links_of_predecessors_are_said(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    done = ask("map", "Hurnshire ICB")
    assert done.err == (
        f"nhsgraph: {BOARD.name} succeeded {GROUP.name}, whose own links are not all drawn: --depth 2 adds them.\n"
    )
    assert ask("map", "Hurnshire ICB", "--depth", "2").err == ""


def test_sizes_and_groups(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    assert ask("map", "HVH").code == 0
    assert ask("map", "HVH", "--size", "between", "--group", "system").code == 0
    assert ask("map", "HVH", "--group", "kind").code == 0
    looks = [look for _, _, look in drawn]
    assert [(look.measure, look.group) for look in looks] == [("links", None), ("between", "system"), ("links", "kind")]
    assert looks[1].systems == {HURN.id: ICS.name, ICS.id: ICS.name}


@pytest.mark.parametrize("ending", ["html", "svg", "png"])
def test_the_ending_says_what_is_drawn(ask: Ask, ending: str) -> None:
    start = {"html": b"<!DOCTYPE html>", "svg": b"<", "png": b"\x89PNG\r\n"}[ending]
    for arguments in (["map", "HVH", "-o"], ["query", "run", "map-mergers", "--map"]):
        done = ask(*arguments, f"drawn.{ending}")
        assert done.code == 0, done.err
        assert done.json["links"] > 0
        written = Path(f"drawn.{ending}").read_bytes()
        assert written.lstrip()[: len(start)].lower() == start.lower()


def test_an_answer_drawn_is_told_in_a_line(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    done = ask("query", "run", "map-mergers", "--map", "m.html", "--table")
    assert (done.code, done.out) == (0, "m.html: 2 bodies and people, 1 link\n")
    assert drawn[0][0].title == "Merger talks"


def test_a_template_s_map_says_whom_it_was_asked_of_and_where_it_stops(
    ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]
) -> None:
    for command in (["query", "run", "disputes-of", "--map", "m.html"], ["map", "--query", "disputes-of"]):
        assert ask(*command, "-p", "party=HVH").code == 0
        assert drawn.pop()[0].title == f"Disputes of one party: {HURN.name}"
    ask("map", "--query", "map-money", "-p", "since=2015-01-01", "-p", "min_amount=500000")
    assert drawn.pop()[0].title == "Who pays whom: £500k or more, since 2015-01-01"
    said = "The answer stops at its limit of 1, and may have more: ask with a larger limit."
    assert ask("map", "--query", "map-mergers", "-p", "limit=1").err == f"nhsgraph: {said}\n"
    assert drawn.pop()[0].notes == (said,)


def test_the_line_that_embeds_a_page(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    title = 'A "quoted" <b>title</b> & more\u202e\n'
    done = ask("map", "HVH", "-o", "my map.html", "--title", title, "--embed", "--table")
    first, line = done.out.splitlines()
    assert first.startswith("my map.html: ")
    assert line.startswith(
        '<iframe src="my%20map.html#embed" title="A &quot;quoted&quot; &lt;b&gt;title&lt;/b&gt; &amp; '
    )
    assert line.endswith(
        ' width="100%" height="600" sandbox="allow-scripts allow-downloads allow-modals allow-popups '
        'allow-popups-to-escape-sandbox" loading="lazy"></iframe>'
    )
    assert "\u202e" not in line
    assert ask("map", "HVH", "--embed").json["embed"].split('title="')[1].startswith(f'Links around {HURN.name}"')
    said = re.search('title="([^"]*)"', ask("map", "--embed").json["embed"])
    assert said is not None
    assert unescape(said[1]) == "Who is linked with whom in the NHS"


def test_what_is_shown_can_be_opened(
    ask: Ask, drawn: list[tuple[Subgraph, Path, Look]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("commands.views.typer.launch", opened.append)
    assert ask("map", "HVH", "-o", "x.svg", "--open").code == 0
    assert opened == [(tmp_path / "x.svg").as_uri()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["map", "--predicate", "criticised"],
        ["map", "--query", "map-disputes"],
        ["query", "run", "map-disputes", "--map", "map.html"],
    ],
    ids=str,
)
def test_nothing_to_show_is_said(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]], arguments: list[str]) -> None:
    done = ask(*arguments)
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert "nothing to show" in done.err
    found = drawn[0][0]
    assert (found.nodes, len(found.notes)) == ((), 1)
    assert "nothing to show" in found.notes[0]


def test_a_page_of_nothing(ask: Ask) -> None:
    assert ask("map", "--predicate", "criticised").code == 0
    assert "There is nothing to show" in Path("map.html").read_text(encoding="utf-8")


def test_whom_nothing_joins_is_said(ask: Ask, drawn: list[tuple[Subgraph, Path, Look]]) -> None:
    done = ask("map", "NHSE", "Hurnshire Nurses", "--path")
    assert (done.code, done.err) == (0, f"nhsgraph: Nothing in the graph connects {NHSE.name} with {OTHER.name}.\n")
    assert len(drawn[0][0].nodes) == 2
    done = ask("export", "NHSE", "HVH", "Hurnshire Nurses", "--join", "-o", "j.json")
    assert done.err == f"nhsgraph: Nothing in the graph joins {OTHER.name} with the others.\n"


@pytest.mark.parametrize("command", [["map"], ["export", "-o", "part.json"]], ids=lambda c: c[0])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["HVH", "NHSE", "--join", "--path"], ["--join and --path exclude each other"]),
        (["HVH", "--system", "--query", "map-money"], ["--system and --query exclude each other"]),
        (["HVH", "NHSE", "--join", "--predicate", "dispute"], ["--join and --predicate exclude each other"]),
        (["HVH", "NHSE", "--path", "--depth", "2"], ["--path and --depth exclude each other"]),
        (["--query", "map-money", "--depth", "0"], ["--query and --depth exclude each other"]),
        (["HVH", "--query", "map-money"], ["--query takes no names", "-p"]),
        (["-p", "limit=3"], ["--query"]),
        (["--depth", "2"], ["--depth", "name"]),
        (["HVH", "--join"], ["--join needs two names", "1 given"]),
        (["HVH", "NHSE", "LYDE", "--path"], ["--path needs two names", "3 given"]),
        (["--path"], ["--path needs two names"]),
        (["--system"], ["--system needs one name"]),
        (["HVH", "NHSE", "--system"], ["--system needs one name", "2 given"]),
        (["HVH", "hvh", "--path"], ["both names mean", HURN.name]),
        (["HVH", "hvh", "--join"], ["at least two"]),
        (["NHSE", "--system"], ["NHS England belongs to no system"]),
        (["Nobody At All", "--system"], ["Nobody At All"]),
        (["--predicate", "merger tolks"], ["merger tolks", "did you mean MERGER_TALKS?"]),
        (["--predicate", "x\x1b[31m"], ["the predicates are MERGER_TALKS"]),
        (["--query", "map-mony"], ["map-money"]),
        (["--query", "map-neighbours"], ["needs entity"]),
        (["--query", "map-lineage", "-p", "organisation=HVH", "--min-confidence", "0.2"], ["min_confidence"]),
        (["--query", "map-money", "--templates", "no-folder"], ["no-folder"]),
    ],
    ids=str,
)
def test_what_can_t_be_is_refused_in_a_line(
    ask: Ask, command: list[str], arguments: list[str], words: list[str]
) -> None:
    _refused(ask(*command, *arguments), words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["map", "-o", "map.pdf"], ["map.pdf", ".html, .svg or .png", "graphml"]),
        (["map", "-o", "map"], [".html, .svg or .png"]),
        (["query", "run", "map-mergers", "--map", "m.gexf"], [".html, .svg or .png", "gexf"]),
        (["query", "run", "map-mergers", "--map", "m.svg", "--csv"], ["--csv and --map"]),
        (["map", "-o", "map.svg", "--embed"], ["--embed", "<img>"]),
        (["map", "--group", "colour"], ["--group", "system"]),
        (["map", "--size", "age"], ["--size", "statements"]),
        (["map", "--since", "June 2019"], ["June 2019", "2019-06"]),
        (["map", "--as-of", "2019-13"], ["2019-13"]),
        (["map", "--as-of", "2019-02-30"], ["2019-02-30"]),
        (["map", "--since", "2020-01", "--as-of", "2019-12"], ["--since 2020-01 is later"]),
        (["map", "--compare", "2020-01", "2019-01"], ["the earlier month first"]),
        (["map", "--compare", "2020-01", "2020-01"], ["the earlier month first"]),
        (["map", "--compare", "2019-01", "2020-01", "--as-of", "2021-01"], ["--compare and --as-of exclude"]),
        (["map", "--compare", "2019-01", "2020-01", "--since", "2021-01"], ["--compare and --since exclude"]),
        (["map", "--compare", "2019-01"], ["--compare"]),
    ],
    ids=str,
)
def test_what_can_t_be_drawn_is_refused_in_a_line(ask: Ask, arguments: list[str], words: list[str]) -> None:
    _refused(ask(*arguments), words)


def _refused(done: Done, words: list[str]) -> None:
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done.err
    assert not list(Path().glob("*.*ml")) + list(Path().glob("*.json"))
    for word in words:
        assert word in done.err
