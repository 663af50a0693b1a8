"""Connections, evidence and maps: what the templates answer is what the statements and edges add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from graph.model import Row, Statement, Subgraph
from graph.store import Store
from queries.catalogue import load
from queries.run import run, to_subgraph
from tests.queries import generated

TEMPLATES = load()
WORLD = generated.extractions()
STORED = WORLD
SAID = {s.id: s for x in WORLD for s in x.statements}
JUDGED = {d.left: d.judgement for d in generated.decisions(WORLD)}
TITLES = {x.document.id: x.document.title for x in WORLD}
ELLERMOUTH, TARNBRIDGE = generated.ELLERMOUTH.id, generated.TARNBRIDGE.id
ASKED: dict[str, Any] = {"limit": 1000, "min_confidence": 0.5}
SINCE = "2014-01-01"


def ask(store: Store, name: str, **values: Any) -> list[Row]:
    template = TEMPLATES[name]
    taken = {p.name for p in template.parameters}
    given = {k: v for k, v in (ASKED | values).items() if k in taken}
    return list(run(template, store.view(), given).rows)


def standing(confidence: float = 0.5) -> list[Statement]:
    """The statements that stand and are sure enough."""
    return [
        s
        for s in SAID.values()
        if JUDGED.get(s.id) != "reject" and (s.confidence >= confidence or JUDGED.get(s.id) == "confirm")
    ]


def key(s: Statement) -> tuple[str, str, str]:
    one, other = s.subject, s.object or s.subject
    if s.predicate in ("MERGER_TALKS", "DISPUTE"):
        one, other = sorted((one, other))
    return s.predicate, one, other


def between(rows: list[Row]) -> set[tuple[str, str, str]]:
    """The links that a map's rows draw."""
    return {(r["link"]["type"], r["from_node"]["id"], r["to_node"]["id"]) for r in rows}


def edges(graph: Subgraph, confidence: float = 0.5) -> set[tuple[str, str, str]]:
    return {(e.predicate, e.source, e.target) for e in graph.edges if e.confidence >= confidence}


def test_links_come_once_with_a_sentence_of_their_own(full_store: Store) -> None:
    graph = full_store.view().subgraph()
    for id_ in (ELLERMOUTH, TARNBRIDGE, "R0A"):
        rows = ask(full_store, "links", entity=id_)
        found = [(r["predicate"], r["from_id"], r["to_id"]) for r in rows]
        assert len(set(found)) == len(found)
        assert set(found) == {e for e in edges(graph) if id_ in e[1:]}
        quoted = {s.quote: s for s in SAID.values()}
        for link, row in zip(found, rows, strict=True):
            if row["quote"] is not None:
                assert key(quoted[row["quote"]]) == link
                assert quoted[row["quote"]].status == row["status"]


def test_in_common_are_the_neighbours_of_both(full_store: Store) -> None:
    found = edges(full_store.view().subgraph())
    near: dict[str, set[str]] = defaultdict(set)
    for predicate, one, other in found:
        if predicate != "SUCCEEDED_BY":
            near[one].add(other)
            near[other].add(one)
    common = (near[ELLERMOUTH] & near[TARNBRIDGE]) - {ELLERMOUTH, TARNBRIDGE}
    rows = ask(full_store, "in-common", one=ELLERMOUTH, other=TARNBRIDGE)
    assert {(r["predicate"], r["from_id"], r["to_id"]) for r in rows} == {
        e for e in found if set(e[1:]) & common and set(e[1:]) & {ELLERMOUTH, TARNBRIDGE} and e[0] != "SUCCEEDED_BY"
    }
    assert len(common) > 1


def test_connections_within_are_all_ways_past_the_busiest(full_store: Store) -> None:
    near: dict[str, set[str]] = defaultdict(set)
    degree: Counter[str] = Counter()
    for e in full_store.view().subgraph().edges:
        if e.predicate in ("SUCCEEDED_BY", "DEFICIT"):
            continue
        degree.update((e.source, e.target))
        if e.confidence >= 0.5 and e.source != e.target:
            near[e.source].add(e.target)
            near[e.target].add(e.source)

    def wanted(most: int, steps: int) -> set[tuple[str, ...]]:
        ways, done = [(ELLERMOUTH,)], set()
        for _ in range(steps):
            ways = [(*w, n) for w in ways for n in near[w[-1]] if n not in w]
            done |= {w for w in ways if w[-1] == TARNBRIDGE}
            ways = [w for w in ways if degree[w[-1]] <= most and w[-1] != TARNBRIDGE]
        return done

    for most, steps in ((100, 1), (100, 2), (100, 3), (6, 3)):
        rows = ask(
            full_store, "connections-within", **{"from": ELLERMOUTH, "to": TARNBRIDGE, "max_links": most}, steps=steps
        )
        assert {tuple(r["ids"]) for r in rows} == wanted(most, steps)
        assert len(rows) == len(wanted(most, steps))
        assert all(len(r["predicates"]) == r["hops"] == len(r["ids"]) - 1 for r in rows)
    assert wanted(6, 3) < wanted(100, 3)
    assert ask(full_store, "connections-within", **{"from": ELLERMOUTH, "to": ELLERMOUTH}) == []


def test_shortest_ways_of_one_kind_keep_to_it_and_nobody_is_no_error(full_store: Store) -> None:
    rows = ask(full_store, "connection-by-people", **{"from": ELLERMOUTH, "to": "nhs-england"})
    assert [generated.STRAKE.id] in [r["ids"][1:-1] for r in rows]
    rows = ask(full_store, "connection-by-money", **{"from": "R0A", "to": ELLERMOUTH})
    assert rows
    assert {k for r in rows for k in r["predicates"]} <= {"FUNDING", "COMMISSIONED"}
    for name in ("connection", "connection-by-money", "connection-by-people", "map-path"):
        assert ask(full_store, name, **{"from": "cqc", "to": "cqc"}) == []


def test_most_connected_counts_links_and_others(full_store: Store) -> None:
    links: Counter[str] = Counter()
    others: dict[str, set[str]] = defaultdict(set)
    for e in full_store.view().subgraph().edges:
        if e.predicate != "SUCCEEDED_BY" and e.source != e.target:
            links.update((e.source, e.target))
            others[e.source].add(e.target)
            others[e.target].add(e.source)
    rows = ask(full_store, "most-connected")
    assert {r["id"]: (r["links"], r["others"]) for r in rows} == {i: (n, len(others[i])) for i, n in links.items()}
    assert [r["links"] for r in rows] == sorted(links.values(), reverse=True)


def test_contradictions_are_other_statuses_or_sums_of_other_briefings(full_store: Store) -> None:
    def facts(predicate: str, months: int) -> set[str]:
        said = [s for s in standing() if s.predicate == predicate and s.published]
        found = set()
        for new in said:
            for old in said:
                assert new.published is not None
                assert old.published is not None
                apart = 12 * (new.published.year - old.published.year) + new.published.month - old.published.month
                older = (old.published.isoformat(), old.id) < (new.published.isoformat(), new.id)
                same = (key(old), old.role, old.form) == (key(new), new.role, new.form)
                other = any(
                    None not in (a, b) and a != b for a, b in ((old.status, new.status), (old.amount, new.amount))
                )
                if same and older and other and apart <= months and old.briefing != new.briefing:
                    found.add(new.id)
        return found

    for predicate in ("COMMISSIONED", "DEFICIT", "HOLDS_ROLE", "FUNDING"):
        for months in (1, 1000):
            rows = ask(full_store, "contradictions", predicate=predicate, since=SINCE, months=months)
            assert {r["statement"] for r in rows} == facts(predicate, months), (predicate, months)
            assert all(r["older_published"] <= r["published"] and r["months"] <= months for r in rows)
    assert facts("COMMISSIONED", 1000)


def test_a_status_that_went_backwards_is_shown_with_the_one_before(full_store: Store) -> None:
    (row,) = ask(full_store, "status-reversals", predicate="COMMISSIONED", since=SINCE, min_confidence=0)
    order = ("planned", "awarded", "completed")
    assert order.index(row["status"]) < order.index(row["older_status"])
    assert (SAID[row["statement"]].status, SAID[row["older_statement"]].status) == (row["status"], row["older_status"])
    assert key(SAID[row["statement"]]) == key(SAID[row["older_statement"]])


def test_single_source_links_have_one_briefing(full_store: Store) -> None:
    briefings: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for s in standing(0):
        briefings[key(s)].add(s.briefing)
    rows = ask(full_store, "single-source", predicate="FUNDING", since=SINCE)
    wanted = {key(s) for s in standing() if s.predicate == "FUNDING" and s.published and len(briefings[key(s)]) == 1}
    assert {(r["predicate"], r["from_id"], r["to_id"]) for r in rows} == wanted
    assert len(rows) == len(wanted) > 3


def test_what_a_briefing_adds_was_not_told_before(full_store: Store) -> None:
    for x in WORLD[:12]:
        wanted = {}
        for s in standing():
            if s.briefing != x.document.id:
                continue
            older = [t for t in standing() if key(t) == key(s) and str(t.published or "") < str(s.published or "")]
            if not older:
                wanted[s.id] = "link"
            elif s.status and s.status not in {t.status for t in older}:
                wanted[s.id] = "status"
        rows = ask(full_store, "briefing-adds", briefing=x.document.id)
        assert {r["statement"]: r["adds"] for r in rows} == wanted


def test_first_named_were_in_no_older_briefing(full_store: Store) -> None:
    days = {x.document.id: str(x.document.published or "") for x in WORLD}
    for x in WORLD[:12]:
        named = {m.entity for m in x.mentions}
        before = {m.entity for y in WORLD for m in y.mentions if days[y.document.id] < days[x.document.id]}
        rows = ask(full_store, "first-named", briefing=x.document.id)
        assert {r["id"] for r in rows} == named - before


def test_least_sure_and_decided_go_by_sureness_and_judgement(full_store: Store) -> None:
    rows = ask(full_store, "least-sure", predicate="HOLDS_ROLE", below=0.9)
    assert {r["statement"] for r in rows} == {
        s.id for s in SAID.values() if s.predicate == "HOLDS_ROLE" and 0.5 <= s.confidence < 0.9 and s.id not in JUDGED
    }
    assert [r["confidence"] for r in rows] == sorted(r["confidence"] for r in rows)
    words = {"confirm": "confirmed", "reject": "rejected"}
    rows = ask(full_store, "decided")
    assert {r["statement"]: r["judgement"] for r in rows} == {i: words[j] for i, j in JUDGED.items()}
    assert {r["judgement"] for r in ask(full_store, "decided", judgement="rejected")} == {"rejected"}


def test_maps_draw_the_links_that_they_promise(full_store: Store) -> None:
    graph = full_store.view().subgraph()
    found = edges(graph)
    for name, predicate in (("map-mergers", "MERGER_TALKS"), ("map-disputes", "DISPUTE")):
        assert between(ask(full_store, name)) == {e for e in found if e[0] == predicate}
    assert between(ask(full_store, "map-neighbours", entity=ELLERMOUTH)) == {e for e in found if ELLERMOUTH in e[1:]}
    large = {
        (e.predicate, e.source, e.target) for e in graph.edges if e.predicate == "FUNDING" and (e.amount or 0) > 1e7
    }
    assert between(ask(full_store, "map-money", min_amount=1e7)) == large & found
    said = {key(s) for s in standing() if s.briefing == WORLD[0].document.id}
    assert between(ask(full_store, "map-briefing", briefing=WORLD[0].document.id)) == said
    posts = Counter(e[1] for e in found if e[0] == "HOLDS_ROLE")
    assert between(ask(full_store, "map-people")) == {e for e in found if e[0] == "HOLDS_ROLE" and posts[e[1]] > 1}
    inside = {e[1] for e in found if e[0] == "PART_OF" and e[2] == "ics-2"} | {"ics-2"}
    assert between(ask(full_store, "map-system", system="ics-2")) == {e for e in found if set(e[1:]) <= inside}
    line = {("SUCCEEDED_BY", s.predecessor, s.successor) for s in generated.LINEAGE}
    assert between(ask(full_store, "map-lineage", organisation="R0A")) == line
    assert between(ask(full_store, "map-lineage", organisation="RW3")) == {("SUCCEEDED_BY", "RW3", "R0A")}


def test_map_path_has_the_steps_of_every_shortest_way(full_store: Store) -> None:
    ends = {"from": generated.STRAKE.id, "to": "cqc"}
    steps = {
        frozenset(p) for r in ask(full_store, "connection", **ends) for p in zip(r["ids"], r["ids"][1:], strict=False)
    }
    rows = ask(full_store, "map-path", **ends)
    assert {frozenset(e[1:]) for e in between(rows)} == steps


def test_a_maps_answer_becomes_the_same_graph(full_store: Store) -> None:
    view = full_store.view()
    for name in ("map-neighbours", "map-system", "map-path", "map-lineage", "map-money"):
        answer = run(TEMPLATES[name], view, example=True)
        graph = to_subgraph(answer, view)
        assert answer.rows
        assert between(list(answer.rows)) == edges(graph, 0)
        assert {n.id for n in graph.nodes} >= {r[end]["id"] for r in answer.rows for end in ("from_node", "to_node")}
