"""Every template: its example has an answer, its rows are right, in order, whatever the order of ingestion."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.model import Row
from graph.store import Store, View, open_store
from queries.catalogue import Template, load
from queries.run import run, to_subgraph
from tests.queries import generated

TEMPLATES = load()
WORLD = generated.extractions()
ELLERMOUTH = generated.ELLERMOUTH.id
SYSTEMS = (generated.QUILL_STP.id, "ics-2", generated.DEVON.id)
NAMES = ("trust-ellermouth", "trust-tarnbridge", "R0A", "nhs-england", "union-6", "cqc")


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The embedded store alone: `test_contract` holds Neo4j to the same rows. No test here changes it."""
    with open_store(str(tmp_path_factory.mktemp("full") / "store.lbdb"), create=True) as store:
        generated.fill(store, random.Random(3).sample(WORLD, len(WORLD)))
        yield store


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Row]]]:
    """What every case gives on the embedded store with the briefings in their own order."""
    with open_store(str(tmp_path_factory.mktemp("expected") / "store.lbdb"), create=True) as store:
        generated.fill(store, WORLD)
        yield {case: _rows(store.view(), template, values) for case, template, values in _cases()}


def _cases() -> Iterator[tuple[str, Template, dict[str, Any]]]:
    for template in TEMPLATES.values():
        for turn in range(4):
            values = _values(template, turn)
            yield f"{template.name} {values}", template, values


def _values(template: Template, turn: int) -> dict[str, Any]:
    """Values for every parameter, all different from one turn to the next."""
    found: dict[str, Any] = {}
    for place, p in enumerate(template.parameters):
        if p.name == "limit":
            found[p.name] = (1000, 3)[turn % 2]
        elif p.name == "system":
            found[p.name] = SYSTEMS[turn % len(SYSTEMS)]
        elif p.type in ("entity", "organisation"):
            found[p.name] = NAMES[(turn + place) % len(NAMES)] if p.required or turn == 3 else ""
        elif p.type == "person":
            found[p.name] = ("person-gethin-strake", "person-1", "person-2")[turn % 3]
        elif p.type == "briefing":
            found[p.name] = WORLD[turn].document.id
        elif p.type == "date":
            found[p.name] = ("2014-01-01", "2019-06-30", "2016-01-01")[turn % 3] if p.required or turn > 1 else ""
        elif p.choices:
            found[p.name] = (p.example, *p.choices)[turn] if p.required else p.choices[0] if turn == 1 else ""
        elif p.name == "min_confidence":
            found[p.name] = (0.0, 0.6)[turn % 2]
        elif p.default is not None:
            found[p.name] = p.default if turn % 2 or p.example is None else p.example
    return found


def _rows(view: View, template: Template, values: Mapping[str, Any]) -> list[Row]:
    return list(run(template, view, values).rows)


def test_every_example_has_an_answer_with_the_declared_columns(full_store: Store) -> None:
    view = full_store.view()
    for name, template in TEMPLATES.items():
        answer = run(template, view, example=True)
        assert answer.rows, name
        for row in answer.rows:
            assert list(row) == [c.name for c in template.columns], name
        assert len(answer.rows) <= 20, name


def test_the_order_of_ingestion_makes_no_difference(full_store: Store, expected: dict[str, list[Row]]) -> None:
    view = full_store.view()
    answered: dict[str, int] = defaultdict(int)
    for case, template, values in _cases():
        rows = _rows(view, template, values)
        assert rows == expected[case], case
        assert repr(rows) == repr(expected[case]), case  # 2 and 2.0 are equal, but not the same JSON
        answered[template.name] += len(rows)
    assert set(TEMPLATES) == {name for name, count in answered.items() if count}


def test_the_file_pastes_whole_header_and_all(full_store: Store) -> None:
    view = full_store.view()
    for template in TEMPLATES.values():
        values = _values(template, 0)
        assert view.rows(template.text, values) == view.rows(template.cypher, values), template.name


def test_facts_are_those_that_stand(full_store: Store) -> None:
    view = full_store.view()
    rejected = {d.left for d in generated.decisions(WORLD) if d.judgement == "reject"}
    confirmed = {d.left for d in generated.decisions(WORLD) if d.judgement == "confirm"}
    said = {s.id: s for x in WORLD for s in x.statements}
    assert rejected
    assert confirmed
    quotes_of_rejected = {said[i].quote for i in rejected}
    for case, template, values in _cases():
        if template.name == "decided":  # the one that is about judgements
            continue
        for row in _rows(view, template, values):
            assert not {row.get(f"{of}statement") for of in ("", "newest_", "older_")} & rejected, case
            assert not {row.get(f"{of}quote") for of in ("", "other_", "newest_", "older_")} & quotes_of_rejected, case

    for predicate, name in (("COMMISSIONED", "commissions"), ("CRITICISED", "criticism")):
        rows = _rows(view, TEMPLATES[name], {"limit": 1000, "min_confidence": 0.6})
        wanted = {
            s.id
            for s in said.values()
            if s.predicate == predicate and s.id not in rejected and (s.confidence >= 0.6 or s.id in confirmed)
        }
        assert {row["statement"] for row in rows} == wanted, name


def test_links_and_talks_agree_with_the_graph(full_store: Store) -> None:
    view = full_store.view()
    graph = view.subgraph()
    talks = [e for e in graph.edges if e.predicate == "MERGER_TALKS"]
    running = {"mooted", "in_talks", "agreed", "approved", "paused", None}
    rows = _rows(view, TEMPLATES["merger-talks"], {"limit": 1000, "min_confidence": 0})
    assert {(r["from_id"], r["to_id"], r["status"], r["statements"]) for r in rows} == {
        (e.source, e.target, e.status, e.statements) for e in talks if e.status in running
    }
    by_quote = {s.quote: s for x in WORLD for s in x.statements}
    for row in rows:
        evidence = by_quote[row["quote"]]
        assert evidence.status == row["status"]
        assert {evidence.subject, evidence.object} == {row["from_id"], row["to_id"]}

    links = _rows(view, TEMPLATES["links"], {"entity": "Ellermouth", "limit": 1000, "min_confidence": 0})
    assert {(r["predicate"], r["from_id"], r["to_id"], r["status"]) for r in links} == {
        (e.predicate, e.source, e.target, e.status) for e in graph.edges if ELLERMOUTH in (e.source, e.target)
    }


def test_lineage_goes_back_more_than_one_step(full_store: Store) -> None:
    rows = _rows(full_store.view(), TEMPLATES["lineage"], {"organisation": "MFT"})
    assert [(r["direction"], r["from_id"], r["to_id"], r["date"]) for r in rows] == [
        ("predecessor", "RM2X", "RM2", None),
        ("predecessor", "RW3", "R0A", "2017-10-01"),
        ("predecessor", "RM2", "R0A", "2017-10-01"),
    ]
    rows = _rows(full_store.view(), TEMPLATES["lineage"], {"organisation": "RM2X"})
    assert [(r["direction"], r["to_id"]) for r in rows] == [("successor", "RM2"), ("successor", "R0A")]


def test_connections_are_the_fewest_hops_and_each_hop_is_an_edge(full_store: Store) -> None:
    view = full_store.view()
    edges = {(e.predicate, frozenset((e.source, e.target))) for e in view.subgraph().edges}
    rows = _rows(view, TEMPLATES["connection"], {"from": "CQC", "to": "Gethin Strake", "limit": 1000})
    assert {row["hops"] for row in rows} == {3} or {row["hops"] for row in rows} == {2}
    for row in rows:
        ids = row["ids"]
        assert (ids[0], ids[-1], len(ids)) == ("cqc", "person-gethin-strake", row["hops"] + 1)
        for link, start, end in zip(row["predicates"], ids, ids[1:], strict=False):
            assert (link, frozenset((start, end))) in edges
    assert _rows(view, TEMPLATES["connection"], {"from": "CQC", "to": "CQC"}) == []


def test_an_answer_makes_a_map_of_what_it_speaks_of(full_store: Store) -> None:
    view = full_store.view()
    for name, template in TEMPLATES.items():
        graph = to_subgraph(run(template, view, example=True), view)
        known = {n.id for n in graph.nodes}
        assert known, name
        assert all({e.source, e.target} <= known for e in graph.edges), name
    answer = run(TEMPLATES["evidence"], view, {"from": "CQC", "to": "Tarnbridge General Hospital"})
    graph = to_subgraph(answer, view)
    assert {n.id for n in graph.nodes} == {"cqc", "trust-tarnbridge"}
    assert {e.predicate for e in graph.edges} == {row["predicate"] for row in answer.rows}
    assert graph.focus == ("cqc", "trust-tarnbridge")
    between = to_subgraph(run(TEMPLATES["people-between"], view, {"organisation": "Ellermouth", "other": "NHSE"}), view)
    assert any(e.source == "person-gethin-strake" and e.predicate == "HOLDS_ROLE" for e in between.edges)


def test_a_map_says_where_it_shows_more_links_than_the_answer(full_store: Store) -> None:
    view = full_store.view()
    said = "All links between those that the answer names are drawn, not only the answer's own."
    found = to_subgraph(run(TEMPLATES["deficits"], view, example=True), view)
    assert {"DEFICIT"} < {e.predicate for e in found.edges}
    assert found.notes == (said,)
    # Nothing to say where the rows name pairs or links, or where there is no link at all.
    evidence = to_subgraph(run(TEMPLATES["evidence"], view, {"from": "CQC", "to": "Tarnbridge General Hospital"}), view)
    assert (bool(evidence.edges), evidence.notes) == (True, ())
    for name in ("map-money", "merger-talks"):
        pairs = to_subgraph(run(TEMPLATES[name], view, example=True), view)
        assert (bool(pairs.edges), pairs.notes) == (True, ()), name
    none = to_subgraph(run(TEMPLATES["deficits"], view, {"since": "2100-01-01"}), view)
    assert (none.edges, none.notes) == ((), ())


def test_a_map_leaves_out_links_less_sure_than_was_asked_for(full_store: Store) -> None:
    view = full_store.view()
    answer = run(TEMPLATES["deficits"], view, {"min_confidence": 0.6})
    found = to_subgraph(answer, view)
    every = view.subgraph([n.id for n in found.nodes], depth=0).edges
    assert found.edges == tuple(e for e in every if e.confidence >= 0.6)
    assert len(found.edges) < len(every)


def test_no_template_multiplies_on_a_dense_graph(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.lbdb"), create=True) as store:
        store.writer().add(generated.extractions(400))
        for name, template in TEMPLATES.items():
            start = time.process_time()
            run(template, store.view(), example=True, timeout=20.0)
            assert time.process_time() - start < 5.0, name
