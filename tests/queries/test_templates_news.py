"""Mergers, disputes, criticism and people: each answer is what its briefings say, worked out here in Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from graph.ids import briefing_id, statement_id
from graph.model import Document, Edge, Entity, Extraction, Mention, Row, Statement, Succession
from graph.schema import PERSON
from graph.store import Store
from queries.catalogue import load
from queries.run import run
from tests.queries import generated

TEMPLATES = load()
WORLD = generated.extractions()
REJECTED = {d.left for d in generated.decisions(WORLD) if d.judgement == "reject"}
STANDING = [s for x in WORLD for s in x.statements if s.id not in REJECTED]

HURN = Entity("trust-hurn", "Hurn Vale Hospitals NHS Trust", "trust", region="London")
LYDE = Entity("trust-lyde", "Lyde Infirmary NHS Trust", "trust", region="London")
MARL = Entity("trust-marl", "Marl Coast Hospitals NHS Trust", "trust", region="South West")
UNITED = Entity("trust-united", "Hurn and Lyde United Hospitals NHS Trust", "trust", region="London")
COUNCIL = Entity("council-thirle", "Thirle Council", "local_authority")
ABBOT, BREWIN, COTTER, DRAKE = (
    Entity(f"person-{name.split()[-1].lower()}", name, PERSON)
    for name in ("Ann Abbot", "Ben Brewin", "Cai Cotter", "Dot Drake")
)
ALL = {e.id: e for e in (HURN, LYDE, MARL, UNITED, COUNCIL, ABBOT, BREWIN, COTTER, DRAKE)}
LINEAGE = (Succession(HURN.id, UNITED.id, date(2020, 4, 1), "merger"), Succession(LYDE.id, UNITED.id, None, "merger"))


def told(day: str | None, *facts: dict[str, Any], lineage: tuple[Succession, ...] = ()) -> Extraction:
    """A briefing of that day that says these facts; a fact's quote is its place in the briefing."""
    text = f"Briefing of {day}: {facts}"
    id_ = briefing_id(text, text)
    published = date.fromisoformat(day) if day else None
    statements = []
    for place, fact in enumerate(facts):
        start, end = 20 * place, 20 * place + 10
        ends = (fact["subject"], fact["object"])
        made = {"confidence": 0.9, "rule": "by-hand", "quote": f"{day} {place}", **fact}
        statements.append(
            Statement(
                id=statement_id(id_, fact["predicate"], *ends, start, end),
                briefing=id_,
                start=start,
                end=end,
                published=published,
                **made,
            )
        )
    named = {i for s in statements for i in (s.subject, s.object) if i}
    named |= {i for x in lineage for i in (x.predecessor, x.successor)}
    return Extraction(
        document=Document(id_, f"Title of {day}", text, published, None, f"{id_}.txt", id_),
        entities=tuple(ALL[i] for i in sorted(named)),
        mentions=tuple(Mention(9 * n, 9 * n + 5, ALL[i].name, i, "register") for n, i in enumerate(sorted(named))),
        statements=tuple(statements),
        successions=lineage,
    )


def fact(predicate: str, subject: Entity, obj: Entity, status: str | None = None, **more: Any) -> dict[str, Any]:
    return {"predicate": predicate, "subject": subject.id, "object": obj.id, "status": status, **more}


def post(person: Entity, body: Entity, status: str | None, role: str | None = "chief executive") -> dict[str, Any]:
    return fact("HOLDS_ROLE", person, body, status, role=role)


def ask(store: Store, name: str, **values: Any) -> list[Row]:
    return list(run(TEMPLATES[name], store.view(), {"limit": 1000, **values}).rows)


def edges(store: Store, predicate: str, least: float = 0.5) -> list[Edge]:
    return [e for e in store.view().subgraph().edges if e.predicate == predicate and e.confidence >= least]


def fill(store: Store, *briefings: Extraction) -> None:
    store.writer().add(list(briefings))


def day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def sums(links: Iterable[Edge]) -> tuple[int, int, int, int, float | None, float | None]:
    """Of disputes: how many, open, resolved, with a sum, the sums' total and the largest."""
    links = list(links)
    amounts = [e.amount for e in links if e.amount is not None]
    resolved = sum(e.status == "resolved" for e in links)
    return (
        len(links),
        len(links) - resolved,
        resolved,
        len(amounts),
        sum(amounts) if amounts else None,
        max(amounts, default=None),
    )


SUMS = ("disputes", "open", "resolved", "with_sum", "total", "largest")


def test_mergers_by_stage_and_ended_count_the_pairs(any_store: Store) -> None:
    generated.fill(any_store, WORLD)
    talks = edges(any_store, "MERGER_TALKS")
    rows = ask(any_store, "mergers-by-stage")
    assert {(r["status"], r["form"]): r["pairs"] for r in rows} == Counter((e.status, e.form) for e in talks)
    assert sum(r["statements"] for r in rows) == sum(e.statements for e in talks)
    assert [r["pairs"] for r in rows] == sorted((r["pairs"] for r in rows), reverse=True)
    quotes = {s.quote: s for s in STANDING}
    for row in rows:
        same = [e for e in talks if (e.status, e.form) == (row["status"], row["form"])]
        dates = [d for e in same for d in (e.first_seen, e.last_seen) if d]
        assert (row["first_seen"], row["last_seen"]) == (day(min(dates, default=None)), day(max(dates, default=None)))
        shown = next(e for e in same if (e.source, e.target) == (row["from_id"], row["to_id"]))
        assert day(shown.last_seen) == row["last_seen"]
        assert quotes[row["quote"]].status == row["status"]

    ended = [e for e in talks if e.status in ("completed", "called_off", "blocked")]
    rows = ask(any_store, "mergers-ended")
    assert {(r["from_id"], r["to_id"], r["status"]) for r in rows} == {(e.source, e.target, e.status) for e in ended}
    assert [r["last_seen"] or "" for r in rows] == sorted((r["last_seen"] or "" for r in rows), reverse=True)
    newer = ask(any_store, "mergers-ended", since=rows[0]["last_seen"], status=rows[0]["status"])
    assert newer
    assert all(r["last_seen"] == rows[0]["last_seen"] and r["status"] == rows[0]["status"] for r in newer)


def test_months_of_silence_are_whole_and_end_with_the_newest_briefing(any_store: Store) -> None:
    talks = fact("MERGER_TALKS", HURN, LYDE, "in_talks")
    fill(
        any_store,
        told("2023-12-15", talks),
        told("2024-01-16", fact("MERGER_TALKS", HURN, MARL, "agreed")),
        told("2023-01-01", fact("MERGER_TALKS", LYDE, MARL, "completed")),
        told(None, fact("MERGER_TALKS", MARL, UNITED, "mooted")),
        told("2024-06-15", fact("CRITICISED", HURN, MARL)),
    )

    def quiet(**values: Any) -> list[tuple[str, str, int]]:
        return [(r["from_id"], r["to_id"], r["months_quiet"]) for r in ask(any_store, "merger-talks-quiet", **values)]

    # 16 January to 15 June is a day short of five months; what is ended or undated is not quiet.
    assert quiet(months=4) == [(HURN.id, MARL.id, 4), (HURN.id, LYDE.id, 6)]
    assert quiet() == [(HURN.id, LYDE.id, 6)]
    assert quiet(as_of="2024-06-14") == []
    assert quiet(as_of="2024-07-16") == [(HURN.id, MARL.id, 6), (HURN.id, LYDE.id, 7)]
    assert quiet(as_of="2023-12-31", months=0) == [(HURN.id, LYDE.id, 0)]
    assert ask(any_store, "merger-talks-quiet")[0]["quote"] == "2023-12-15 0"


def test_a_body_has_the_mergers_of_those_it_grew_out_of(any_store: Store) -> None:
    fill(
        any_store,
        told("2018-01-01", fact("MERGER_TALKS", LYDE, HURN, "in_talks"), fact("MERGER_TALKS", HURN, MARL, "mooted")),
        told("2020-04-02", fact("MERGER_TALKS", HURN, LYDE, "completed"), lineage=LINEAGE),
        told("2021-05-01", fact("MERGER_TALKS", MARL, UNITED, "called_off")),
    )
    rows = ask(any_store, "mergers-of", organisation=UNITED.name)
    assert [(r["whose"], r["from_id"], r["to_id"], r["status"], r["quote"]) for r in rows] == [
        ("own", UNITED.id, MARL.id, "called_off", "2021-05-01 0"),
        ("predecessor", HURN.id, LYDE.id, "completed", "2020-04-02 0"),
        ("predecessor", HURN.id, MARL.id, "mooted", "2018-01-01 1"),
    ]
    assert [r["whose"] for r in ask(any_store, "mergers-of", organisation=LYDE.id)] == ["own"]
    stages = ask(any_store, "merger-stages", organisation=LYDE.id, other=HURN.id)
    assert [(r["published"], r["status"]) for r in stages] == [("2018-01-01", "in_talks"), ("2020-04-02", "completed")]
    assert stages == ask(any_store, "merger-stages", organisation=HURN.id, other=LYDE.id)


def test_disputes_are_counted_by_form_and_region_and_add_up(any_store: Store) -> None:
    generated.fill(any_store, WORLD)
    disputes = edges(any_store, "DISPUTE")
    by_form: dict[Any, list[Edge]] = defaultdict(list)
    by_region: dict[Any, list[Edge]] = defaultdict(list)
    for e in disputes:
        by_form[e.form].append(e)
        regions = {generated.ENTITIES[i].region for i in (e.source, e.target)} - {None}
        for region in regions or {"not known"}:
            by_region[region].append(e)
    assert {"London", "North West", "not known"} == set(by_region)
    for name, key, groups in (("disputes-by-form", "form", by_form), ("disputes-by-region", "region", by_region)):
        rows = ask(any_store, name)
        assert {r[key]: tuple(r[c] for c in SUMS) for r in rows} == {k: sums(g) for k, g in groups.items()}
        for row in rows:
            assert row["statements"] == sum(e.statements for e in groups[row[key]])
            shown = next(e for e in groups[row[key]] if (e.source, e.target) == (row["from_id"], row["to_id"]))
            assert day(shown.last_seen) == row["last_seen"]

    def open_ones(**values: Any) -> set[tuple[str, str]]:
        return {(r["from_id"], r["to_id"]) for r in ask(any_store, "disputes-open", **values)}

    running = [e for e in disputes if e.status != "resolved"]
    assert open_ones() == {(e.source, e.target) for e in running}
    assert open_ones(minimum=1e6) == {(e.source, e.target) for e in running if (e.amount or 0) >= 1e6}
    assert (
        open_ones(region="north west")
        == {(e.source, e.target) for e in by_region["North West"] if e.status != "resolved"}
        != set()
    )


def test_the_most_contested_have_the_most_different_others(any_store: Store) -> None:
    generated.fill(any_store, WORLD)
    others: dict[str, set[str]] = defaultdict(set)
    foes: Counter[str] = Counter()
    critics: Counter[str] = Counter()
    for e in edges(any_store, "DISPUTE", least=0):
        if e.status != "resolved" and e.source != e.target:
            for one, other in ((e.source, e.target), (e.target, e.source)):
                foes[one] += 1
                others[one].add(other)
    for e in edges(any_store, "CRITICISED", least=0):
        if e.source != e.target:
            critics[e.target] += 1
            others[e.target].add(e.source)
    rows = ask(any_store, "most-contested", min_confidence=0)
    bodies = {i: found for i, found in others.items() if generated.ENTITIES[i].kind != PERSON}
    assert {r["id"]: (r["others"], r["disputes"], r["critics"]) for r in rows} == {
        i: (len(found), foes[i], critics[i]) for i, found in bodies.items()
    }
    assert any(r["others"] < r["disputes"] + r["critics"] for r in rows)
    assert [r["others"] for r in rows] == sorted((r["others"] for r in rows), reverse=True)


@pytest.mark.parametrize("party", [generated.ELLERMOUTH.id, generated.TARNBRIDGE.id])
def test_a_party_has_its_disputes_and_criticism_from_both_ends(any_store: Store, party: str) -> None:
    generated.fill(any_store, WORLD)
    mine = [s for s in STANDING if party in (s.subject, s.object)]
    rows = ask(any_store, "disputes-of", party=party, min_confidence=0)
    assert {(r["statement"], r["to_id"]) for r in rows} == {
        (s.id, s.object if s.subject == party else s.subject) for s in mine if s.predicate == "DISPUTE"
    }
    rows = ask(any_store, "criticism-of", party=party, min_confidence=0)
    assert {(r["statement"], r["direction"], r["from_id"], r["to_id"]) for r in rows} == {
        (s.id, "of" if s.object == party else "by", s.subject, s.object) for s in mine if s.predicate == "CRITICISED"
    }
    assert len(rows) == len({r["statement"] for r in rows})
    newest = ask(any_store, "criticism", min_confidence=0, limit=3)
    dates = sorted((day(s.published) or "" for s in STANDING if s.predicate == "CRITICISED"), reverse=True)
    assert [r["published"] or "" for r in newest] == dates[:3]


def test_who_runs_a_body_is_by_the_newest_word_on_each_post(any_store: Store) -> None:
    fill(
        any_store,
        told("2019-01-01", post(ABBOT, MARL, "current"), post(COTTER, MARL, "current", "Chair")),
        told("2020-01-01", post(DRAKE, MARL, "current", "deputy chief executive")),
        told(
            "2021-01-01", post(ABBOT, MARL, "departing"), post(BREWIN, MARL, "appointed", "chief executive designate")
        ),
        told("2022-01-01", post(COTTER, MARL, "former", "chair"), post(COTTER, UNITED, "current", "chair")),
        told("2022-02-01", post(DRAKE, MARL, "current", "chair of the audit committee")),
        told("2022-03-01", post(DRAKE, MARL, "current", "adviser to the chief executive")),
        told("2022-04-01", post(ABBOT, COUNCIL, "current", "leader of the council")),
        told("2022-05-01", post(COTTER, UNITED, "current", "group chair")),
    )

    def runs(**values: Any) -> list[tuple[str, str, str]]:
        rows = ask(any_store, "who-runs", organisation=MARL.id, **values)
        return [(r["post"], r["from_id"], r["status"]) for r in rows]

    assert sorted(runs(as_of="2020-06-01")) == [
        ("chair", COTTER.id, "current"),
        ("chief executive", ABBOT.id, "current"),
    ]
    assert sorted(runs()) == [("chief executive", ABBOT.id, "departing"), ("chief executive", BREWIN.id, "appointed")]
    assert [r["post"] for r in ask(any_store, "who-runs", organisation=COUNCIL.id)] == ["leader"]
    assert [(r["post"], r["role"]) for r in ask(any_store, "who-runs", organisation=UNITED.id)] == [
        ("chair", "group chair")
    ]
    fill(any_store, told("2021-06-01", post(BREWIN, MARL, "current")))
    assert runs() == [("chief executive", BREWIN.id, "current")]
    # Whoever held the post in between and has gone shows that those before have gone too.
    fill(any_store, told("2023-01-01", post(DRAKE, MARL, "interim", "interim chief executive")))
    fill(any_store, told("2024-01-01", post(DRAKE, MARL, "former")))
    assert runs() == []


def test_a_move_is_a_post_left_and_one_taken_elsewhere(any_store: Store) -> None:
    fill(
        any_store,
        # Abbot: Marl to Hurn, told before she had left. Brewin: holds two posts at once, then leaves one.
        told("2019-01-01", post(ABBOT, MARL, "current"), post(BREWIN, MARL, "current"), post(BREWIN, HURN, "current")),
        told("2020-01-01", post(ABBOT, HURN, "appointed"), post(ABBOT, MARL, "current")),
        told("2020-03-01", post(ABBOT, MARL, "departing"), post(BREWIN, MARL, "departing")),
        told("2020-05-01", post(BREWIN, HURN, "current"), {**post(ABBOT, COUNCIL, "current"), "confidence": 0.2}),
        # Cotter went from Hurn to the body that Hurn became; Drake from Lyde to Marl and on to Thirle.
        told("2020-06-01", post(COTTER, HURN, "former"), post(COTTER, UNITED, "current"), lineage=LINEAGE),
        told("2016-01-01", post(DRAKE, LYDE, "former", "porter"), post(DRAKE, MARL, "current", "medical director")),
        told("2018-01-01", post(DRAKE, MARL, "former", "medical director"), post(DRAKE, COUNCIL, "interim", "leader")),
    )

    def pairs(rows: list[Row]) -> list[tuple[str, str, str]]:
        return [(r["person_id"].split("--")[0], r["from_id"], r["to_id"]) for r in rows]

    moved = ask(any_store, "moves")
    assert pairs(moved) == [
        (ABBOT.id, MARL.id, HURN.id),
        (DRAKE.id, MARL.id, COUNCIL.id),
        (DRAKE.id, LYDE.id, COUNCIL.id),
        (DRAKE.id, LYDE.id, MARL.id),
    ]
    first = moved[0]
    assert (first["left_status"], first["left_published"], first["left_quote"]) == (
        "departing",
        "2020-03-01",
        "2020-03-01 0",
    )
    assert (first["status"], first["published"], first["quote"]) == ("appointed", "2020-01-01", "2020-01-01 0")
    assert (ABBOT.id, MARL.id, COUNCIL.id) in pairs(ask(any_store, "moves", min_confidence=0))
    assert pairs(ask(any_store, "moves", since="2019-01-01")) == [(ABBOT.id, MARL.id, HURN.id)]

    of_marl = ask(any_store, "moves-of", organisation=MARL.id)
    assert [(r["direction"], *p) for r, p in zip(of_marl, pairs(of_marl), strict=True)] == [
        ("from", ABBOT.id, MARL.id, HURN.id),
        ("from", DRAKE.id, MARL.id, COUNCIL.id),
        ("to", DRAKE.id, LYDE.id, MARL.id),
    ]
    for one, other in ((MARL, LYDE), (LYDE, MARL)):
        between = ask(any_store, "moves-between", organisation=one.id, other=other.id)
        assert pairs(between) == [(DRAKE.id, LYDE.id, MARL.id)]


def test_a_post_is_vacant_until_somebody_is_told_to_follow(any_store: Store) -> None:
    fill(
        any_store,
        told("2019-01-01", post(ABBOT, MARL, "current"), post(BREWIN, HURN, "current", "chair")),
        told("2020-01-01", post(ABBOT, MARL, "former"), post(COTTER, MARL, "interim", "Acting chief executive")),
        told("2020-02-01", post(BREWIN, HURN, "departing", "chairman"), post(DRAKE, COUNCIL, "former", "leader")),
    )

    def vacant(**values: Any) -> list[tuple[str, str, str, str]]:
        rows = ask(any_store, "vacancies", **values)
        return [(r["from_id"].split("--")[0], r["to_id"], r["post"], r["status"]) for r in rows]

    chair = (BREWIN.id, HURN.id, "chair", "departing")
    acting = (COTTER.id, MARL.id, "chief executive", "interim")
    leader = (DRAKE.id, COUNCIL.id, "leader", "former")
    # The interim stands for the post; her predecessor is not told of besides.
    assert vacant() == [chair, acting]
    assert vacant(any_former=True) == [chair, leader, acting]
    assert vacant(post="Chief Executive") == [acting]
    assert vacant(since="2020-01-15") == [chair]
    fill(any_store, told("2020-03-01", post(DRAKE, MARL, "appointed"), post(ABBOT, COUNCIL, "current", "Leader")))
    assert vacant(any_former=True) == [chair]
    fill(any_store, told("2020-04-01", post(COTTER, UNITED, "current", "chair"), lineage=LINEAGE))
    assert vacant(any_former=True) == []


def test_people_link_the_bodies_at_which_they_have_posts(any_store: Store) -> None:
    generated.fill(any_store, WORLD)
    posts: dict[str, dict[str, Edge]] = defaultdict(dict)
    for e in edges(any_store, "HOLDS_ROLE"):
        posts[e.source][e.target] = e
    rows = ask(any_store, "people-linking")
    assert {r["id"]: (r["bodies"], r["present"], r["statements"], r["organisations"]) for r in rows} == {
        person: (
            len(held),
            sum(e.status in ("current", "interim", "departing") for e in held.values()),
            sum(e.statements for e in held.values()),
            sorted(generated.ENTITIES[i].name for i in held),
        )
        for person, held in posts.items()
        if len(held) > 1
    }
    assert [r["bodies"] for r in rows] == sorted((r["bodies"] for r in rows), reverse=True)

    strake = posts[generated.STRAKE.id]
    (row,) = ask(any_store, "people-between", organisation=generated.ELLERMOUTH.id, other=generated.NHSE.id)
    assert (row["person_id"], row["role"], row["status"]) == (generated.STRAKE.id, "chief executive", "current")
    assert (row["other_role"], row["other_status"]) == ("director", strake[generated.NHSE.id].status)


def test_posts_at_a_body_are_the_newest_first_however_few_are_asked_for(any_store: Store) -> None:
    generated.fill(any_store, WORLD)
    wanted = [
        s for s in STANDING if (s.predicate, s.object, s.status) == ("HOLDS_ROLE", generated.ELLERMOUTH.id, "current")
    ]
    wanted.sort(key=lambda s: s.id)
    wanted.sort(key=lambda s: day(s.published) or "", reverse=True)
    rows = ask(any_store, "roles-at", organisation=generated.ELLERMOUTH.id, status="current", min_confidence=0, limit=1)
    assert [r["statement"] for r in rows] == [s.id for s in wanted[:1]]
    strake = [s for s in STANDING if s.predicate == "HOLDS_ROLE" and s.subject == generated.STRAKE.id]
    rows = ask(any_store, "roles-of", person=generated.STRAKE.name, min_confidence=0)
    assert {r["statement"] for r in rows} == {s.id for s in strake}
