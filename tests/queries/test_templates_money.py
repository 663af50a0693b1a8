"""Money, regulation, contracts and structure: what the templates answer is what the statements add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from graph.ids import briefing_id, statement_id
from graph.model import Document, Edge, Entity, Extraction, Membership, Row, Statement, Succession
from graph.schema import PREDICATES
from graph.store import Store
from queries.catalogue import load
from queries.run import run
from tests.queries import generated

TEMPLATES = load()
WORLD = generated.extractions(100)
STORED = WORLD
SAID = {s.id: s for x in WORLD for s in x.statements}
JUDGED = {d.left: d.judgement for d in generated.decisions(WORLD)}
QUOTED = {s.quote: s for s in SAID.values()}
ASKED: dict[str, Any] = {"limit": 1000, "min_confidence": 0.5}
STP = generated.QUILL_STP.id
TARNBRIDGE, ELLERMOUTH = generated.TARNBRIDGE.id, generated.ELLERMOUTH.id


def ask(store: Store, name: str, **values: Any) -> list[Row]:
    known = {p.name for p in TEMPLATES[name].parameters}
    return list(run(TEMPLATES[name], store.view(), {k: v for k, v in (ASKED | values).items() if k in known}).rows)


def standing(*predicates: str) -> list[Statement]:
    """The statements of the generated graph that count: not rejected, and sure enough or confirmed."""
    return [
        s
        for s in SAID.values()
        if s.predicate in predicates
        and JUDGED.get(s.id) != "reject"
        and (s.confidence >= 0.5 or JUDGED.get(s.id) == "confirm")
    ]


def newest_first(statements: Iterable[Statement], amounts: bool = False) -> list[str]:
    """Their ids: undated ones last; of one day (if amounts count) larger sums before smaller ones and none."""

    def key(s: Statement) -> tuple[Any, ...]:
        day = -s.published.toordinal() if s.published else 0
        return (day, -(-1.0 if s.amount is None else s.amount) if amounts else 0, s.id)

    return [s.id for s in sorted(statements, key=key)]


def edges(store: Store, *predicates: str) -> list[Edge]:
    return [e for e in store.view().subgraph().edges if e.predicate in predicates and e.confidence >= 0.5]


def systems(store: Store) -> dict[str, set[str]]:
    """Each system's members."""
    kinds = {e.id: e.kind for e in store.view().names()}
    found: dict[str, set[str]] = {id_: set() for id_, kind in kinds.items() if kind == "ics"}
    for e in edges(store, "PART_OF"):
        if e.target in found and e.source != e.target:
            found[e.target].add(e.source)
    assert sum(map(bool, found.values())) > 3
    return found


def text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def by_sum(found: Iterable[Edge]) -> list[Edge]:
    return sorted(found, key=lambda e: (-(-1.0 if e.amount is None else e.amount), e.source, e.target))


def test_money_to_and_from_one_body_is_every_sentence_that_stands(full_store: Store) -> None:
    for name, end, id_ in (("funding-in", "object", ELLERMOUTH), ("funding-out", "subject", "nhs-england")):
        rows = ask(full_store, name, recipient=id_, payer=id_)
        wanted = {s.id: s for s in standing("FUNDING") if getattr(s, end) == id_}
        assert len(wanted) > 2
        assert {r["statement"] for r in rows} == set(wanted)
        sums = [-1.0 if r["amount"] is None else r["amount"] for r in rows]
        assert sums == sorted(sums, reverse=True)
        for r in rows:
            s = wanted[r["statement"]]
            assert (r["from_id"], r["to_id"], r["quote"], r["amount"]) == (s.subject, s.object, s.quote, s.amount)
        paid = ask(full_store, name, recipient=id_, payer=id_, status="conditional")
        assert {r["statement"] for r in paid} == {i for i, s in wanted.items() if s.status == "conditional"}


def test_flows_are_pairs_with_their_newest_sum_and_a_sentence_that_tells_it(full_store: Store) -> None:
    rows = ask(full_store, "funding-flows")
    wanted = by_sum(edges(full_store, "FUNDING"))
    assert [(r["from_id"], r["to_id"], r["amount"], r["status"], r["statements"]) for r in rows] == [
        (e.source, e.target, e.amount, e.status, e.statements) for e in wanted
    ]
    for r in rows:
        told = QUOTED[r["quote"]]
        assert (told.subject, told.object, told.amount) == (r["from_id"], r["to_id"], r["amount"])
        assert JUDGED.get(told.id) != "reject"
        others = [
            s
            for s in SAID.values()
            if (s.predicate, s.subject, s.object, s.amount) == (told.predicate, told.subject, told.object, told.amount)
            and JUDGED.get(s.id) != "reject"
        ]
        assert text(told.published) == max(filter(None, (text(s.published) for s in others)), default=None)
    large = ask(full_store, "funding-flows", min_amount=1e6, status="paid")
    assert [r["from_id"] for r in large] == [
        e.source for e in wanted if e.status == "paid" and e.amount is not None and e.amount >= 1e6
    ]


def test_net_flows_count_what_is_settled_once_on_each_side(full_store: Store) -> None:
    gained: dict[str, float] = defaultdict(float)
    given: dict[str, float] = defaultdict(float)
    for e in edges(full_store, "FUNDING"):
        if e.status in (None, "confirmed", "paid") and e.amount and e.source != e.target:
            gained[e.target] += e.amount
            given[e.source] += e.amount
    rows = ask(full_store, "net-flows")
    assert {r["from_id"]: (r["money_in"], r["money_out"], r["net"]) for r in rows} == {
        id_: (gained[id_], given[id_], gained[id_] - given[id_]) for id_ in gained.keys() | given.keys()
    }
    assert [abs(r["net"]) for r in rows] == sorted((abs(r["net"]) for r in rows), reverse=True)
    assert sum(r["net"] for r in rows) == 0
    assert sum(r["payers"] for r in rows) == sum(r["recipients"] for r in rows) > 3
    assert {r["kind"] for r in ask(full_store, "net-flows", kind="trust")} == {"trust"}


def test_money_held_back_is_newest_first_and_never_what_was_paid(full_store: Store) -> None:
    held = [s for s in standing("FUNDING") if s.status in ("withheld", "refused", "conditional")]
    assert [r["statement"] for r in ask(full_store, "money-held-back")] == newest_first(held, amounts=True)
    recent = [s for s in held if s.published and s.published >= date(2018, 1, 1)]
    assert 0 < len(recent) < len(held)
    rows = ask(full_store, "money-held-back", since="2018-01-01", limit=2)
    assert [r["statement"] for r in rows] == newest_first(recent, amounts=True)[:2]


def test_deficits_are_ranked_by_the_newest_sum_of_each_body(full_store: Store) -> None:
    rows = ask(full_store, "deficits")
    assert [(r["from_id"], r["amount"], r["status"], r["last_seen"]) for r in rows] == [
        (e.source, e.amount, e.status, text(e.last_seen)) for e in by_sum(edges(full_store, "DEFICIT"))
    ]
    for r in rows:
        told = QUOTED[r["quote"]]
        assert (told.predicate, told.subject, told.amount) == ("DEFICIT", r["from_id"], r["amount"])


def test_deficits_of_a_system_are_its_members_and_its_own_stands_apart(full_store: Store) -> None:
    told = {e.source: e for e in edges(full_store, "DEFICIT")}
    wanted = {}
    for system, members in systems(full_store).items():
        sums = [told[m].amount or 0.0 for m in members if m in told]
        if sums or system in told:
            wanted[system] = (len(sums), sum(sums), told[system].amount if system in told else None)
    rows = ask(full_store, "deficits-by-system")
    assert {r["from_id"]: (r["bodies"], r["total"], r["own"]) for r in rows} == wanted
    assert [r["total"] for r in rows] == sorted((r["total"] for r in rows), reverse=True)
    assert wanted[STP][2] == 31e6


def test_action_by_one_regulator_and_against_one_body(full_store: Store) -> None:
    acts = standing("REGULATORY_ACTION")
    for name, end, id_ in (("regulation-by", "subject", "cqc"), ("regulation-of", "object", TARNBRIDGE)):
        wanted = [s for s in acts if getattr(s, end) == id_]
        assert wanted
        rows = ask(full_store, name, regulator=id_, organisation=id_)
        assert [r["statement"] for r in rows] == newest_first(wanted)
        assert all(SAID[r["statement"]].quote == r["quote"] for r in rows)


def test_action_in_a_system_is_that_against_it_and_its_members(full_store: Store) -> None:
    acts = standing("REGULATORY_ACTION")
    for system, members in systems(full_store).items():
        rows = ask(full_store, "regulation-by-system", system=system)
        assert [r["statement"] for r in rows] == newest_first(s for s in acts if s.object in {*members, system})
    assert {r["to_id"] for r in ask(full_store, "regulation-by-system", system=STP)} == {TARNBRIDGE, ELLERMOUTH}


def test_systems_under_action_count_each_body_once(full_store: Store) -> None:
    hard = ("special_measures", "enforcement", "restriction")
    bad = ("inadequate", "requires improvement")
    acts = [e for e in edges(full_store, "REGULATORY_ACTION") if e.form in hard or e.rating in bad]
    wanted = {}
    for system, members in systems(full_store).items():
        within = [e for e in acts if e.target in members | {system}]
        if within:
            forms = [len({e.target for e in within if e.form == form}) for form in hard]
            poor = len({e.target for e in within if e.rating in bad})
            wanted[system] = (len({e.target for e in within}), *forms, poor, sum(e.statements for e in within))
    rows = ask(full_store, "systems-under-action")
    columns = ("bodies", *hard, "rated_poorly", "statements")
    assert {r["from_id"]: tuple(r[c] for c in columns) for r in rows} == wanted
    assert [r["bodies"] for r in rows] == sorted((r["bodies"] for r in rows), reverse=True)


def test_ratings_are_the_newest_of_each_body_worst_first(full_store: Store) -> None:
    newest: dict[str | None, Statement] = {}
    for s in standing("REGULATORY_ACTION"):
        if s.rating and (s.object not in newest or _age(s) > _age(newest[s.object])):
            newest[s.object] = s
    rows = ask(full_store, "ratings")
    assert {r["to_id"]: r["statement"] for r in rows} == {id_: s.id for id_, s in newest.items()}
    worst = ["inadequate", "requires improvement", "good", "outstanding"]
    assert [r["rating"] for r in rows] == sorted((r["rating"] for r in rows), key=worst.index)
    assert len({r["rating"] for r in rows}) > 1


def _age(s: Statement) -> tuple[str, str]:
    return (text(s.published) or "0000-00-00", s.id)


def test_work_bought_by_all_by_one_and_from_one(full_store: Store) -> None:
    work = standing("COMMISSIONED")
    assert [r["statement"] for r in ask(full_store, "commissions")] == newest_first(work, amounts=True)
    dear = [s for s in work if s.amount is not None and s.amount >= 1e6 and s.status == "awarded"]
    rows = ask(full_store, "commissions", min_amount=1e6, status="awarded")
    assert [r["statement"] for r in rows] == newest_first(dear, amounts=True)
    of_one = [s for s in work if s.subject == ELLERMOUTH]
    assert [r["statement"] for r in ask(full_store, "contracts-of", client=ELLERMOUTH)] == newest_first(
        of_one, amounts=True
    )
    links = edges(full_store, "COMMISSIONED")
    busiest = max({e.target for e in links}, key=lambda id_: len([e for e in links if e.target == id_]))
    rows = ask(full_store, "clients-of", contractor=busiest)
    assert {(r["from_id"], r["amount"], r["status"], r["statements"]) for r in rows} == {
        (e.source, e.amount, e.status, e.statements) for e in links if e.target == busiest
    }
    assert all(QUOTED[r["quote"]].amount == r["amount"] for r in rows)


def test_contractors_are_ranked_by_clients_and_work_called_off_does_not_count(full_store: Store) -> None:
    links = [e for e in edges(full_store, "COMMISSIONED") if e.status != "cancelled"]
    wanted = {}
    for id_ in {e.target for e in links}:
        mine = [e for e in links if e.target == id_]
        wanted[id_] = (len(mine), sum(e.amount or 0.0 for e in mine), sum(e.statements for e in mine))
    rows = ask(full_store, "contractors")
    assert {r["from_id"]: (r["clients"], r["total"], r["statements"]) for r in rows} == wanted
    ranks = [(-r["clients"], -r["total"], r["from_id"]) for r in rows]
    assert ranks == sorted(ranks)


def test_a_systems_picture_is_every_link_of_it_and_its_members(full_store: Store) -> None:
    graph = full_store.view().subgraph()
    names = {e.id: e.name for e in graph.nodes}
    told = [e for e in graph.edges if e.confidence >= 0.5 and e.statements]
    for system, members in systems(full_store).items():
        ours = members | {system}
        wanted = {
            (e.predicate, e.source, e.target): e
            for e in told
            if {e.source, e.target} & ours and not (e.predicate == "PART_OF" and e.target == system)
        }
        rows = ask(full_store, "system", system=system)
        assert {(r["predicate"], r["from_id"], r["to_id"]) for r in rows} == set(wanted)
        assert len(rows) == len(wanted)
        for r in rows:
            e = wanted[r["predicate"], r["from_id"], r["to_id"]]
            assert (r["status"], r["amount"], r["last_seen"]) == (e.status, e.amount, text(e.last_seen))
            starts = e.source in ours
            other = e.target if starts else e.source
            assert r["member"] == names[e.source if starts else e.target]
            assert r["other"] == (None if e.predicate == "DEFICIT" else names[other])
            evidence = QUOTED[r["quote"]]
            assert (evidence.predicate, evidence.status) == (e.predicate, e.status)
            assert {evidence.subject, evidence.object or evidence.subject} == {e.source, e.target}
        seen = [r["last_seen"] or "" for r in rows]
        assert seen == sorted(seen, reverse=True)
        assert ask(full_store, "system", system=system, limit=5) == rows[:5]
    assert len(ask(full_store, "system", system=STP)) > 10


def test_what_belongs_to_what_both_ways(full_store: Store) -> None:
    links = edges(full_store, "PART_OF")
    for id_ in (ELLERMOUTH, STP, "ics-devon", "icb-1"):
        rows = ask(full_store, "part-of", organisation=id_)
        assert {(r["from_id"], r["to_id"], r["origin"], r["statements"]) for r in rows} == {
            (e.source, e.target, e.origin, e.statements) for e in links if id_ in (e.source, e.target)
        }
        for r in rows:
            assert (r["quote"] is None) == (r["statements"] == 0)
        members = {e.source for e in links if e.target == id_}
        assert {r["from_id"] for r in ask(full_store, "system-members", system=id_)} == members


def test_as_of_a_day_later_and_undated_sentences_are_not_known(full_store: Store) -> None:
    day = date(2018, 6, 30)
    told: dict[tuple[str, frozenset[str | None]], list[Statement]] = defaultdict(list)
    for s in standing(*PREDICATES):
        if TARNBRIDGE in (s.subject, s.object) and s.published and s.published <= day:
            symmetric = PREDICATES[s.predicate].symmetric
            ends = frozenset((s.subject, s.object)) if symmetric else frozenset((f"from {s.subject}", s.object))
            told[s.predicate, ends].append(s)
    wanted = {max(group, key=lambda s: (s.status is not None, *_age(s))).id: group for group in told.values()}
    rows = ask(full_store, "as-of", organisation=TARNBRIDGE, date=day.isoformat())
    assert {r["statement"]: (r["statements"], r["last_seen"]) for r in rows} == {
        id_: (len(group), max(text(s.published) or "" for s in group)) for id_, group in wanted.items()
    }
    assert len(rows) > 5
    for r in rows:
        s = SAID[r["statement"]]
        assert (r["quote"], r["status"], r["amount"], r["rating"]) == (s.quote, s.status, s.amount, s.rating)
    assert {r["told_of"] for r in rows} == {generated.TARNBRIDGE.name}


# A small world of its own: a system that merged two trusts of its own, one sum told twice, one told anew.

OLD_A = Entity("AAA", "Marl Hospital NHS Trust", "trust", opened=date(1994, 4, 1), closed=date(2019, 3, 31), known=True)
OLD_B = Entity("BBB", "Thirle Hospital NHS Trust", "trust", opened=date(2001, 4, 1), closed=date(2019, 3, 31))
NEW = Entity("CCC", "Marl and Thirle Hospitals NHS Foundation Trust", "trust", opened=date(2019, 4, 1), known=True)
LATEST = Entity("DDD", "Marlshire Hospitals NHS Foundation Trust", "trust", opened=date(2024, 4, 1), known=True)
SYSTEM = Entity("ics-marlshire", "Marlshire Integrated Care System", "ics", known=True)
BODY = Entity("regulator-marl", "Marl Inspectorate", "regulator")
SMALL = {e.id: e for e in (OLD_A, OLD_B, NEW, LATEST, SYSTEM, BODY)}
LINEAGE = (
    Succession("AAA", "CCC", date(2019, 4, 1), "merger"),
    Succession("BBB", "CCC", date(2019, 4, 1), "merger"),
    Succession("CCC", "DDD", date(2024, 4, 1), "rename"),
)


def told(number: int, day: date | None, *facts: tuple[str, str, str | None, dict[str, Any]]) -> Extraction:
    """A briefing of the small world; everything in it is named."""
    body = f"Small briefing {number}"
    id_ = briefing_id(body, body)
    statements = tuple(
        Statement(
            id=statement_id(id_, predicate, subject, obj, 10 * n, 10 * n + 5),
            briefing=id_,
            predicate=predicate,
            subject=subject,
            object=obj,
            quote=f"Sentence {n} of {number}.",
            start=10 * n,
            end=10 * n + 5,
            rule="by-hand",
            published=day,
            **({"confidence": 0.9} | more),
        )
        for n, (predicate, subject, obj, more) in enumerate(facts)
    )
    return Extraction(
        document=Document(id_, body, body, day, str(number), f"{number}.txt", id_),
        entities=tuple(SMALL.values()),
        mentions=(),
        statements=statements,
        successions=LINEAGE,
        memberships=tuple(Membership(id_, SYSTEM.id) for id_ in ("AAA", "BBB", "CCC")),
    )


SUM = ("FUNDING", BODY.id, "AAA", {"status": "confirmed", "amount": 7e6})
BRIEFINGS = (
    told(1, date(2017, 5, 1), SUM, ("MERGER_TALKS", "AAA", "BBB", {"status": "in_talks"})),
    told(2, date(2017, 6, 1), SUM, ("DEFICIT", "AAA", None, {"status": "forecast", "amount": 3e6})),
    told(3, date(2018, 1, 1), ("MERGER_TALKS", "BBB", "AAA", {"status": "agreed"})),
    told(4, date(2018, 2, 1), ("MERGER_TALKS", "AAA", "BBB", {})),
    told(5, date(2018, 3, 1), ("DEFICIT", "AAA", None, {"status": "reported", "amount": 4e6})),
    told(6, date(2019, 5, 1), ("DEFICIT", "CCC", None, {"amount": 9e6}), ("DEFICIT", SYSTEM.id, None, {"amount": 5e7})),
    told(7, date(2020, 5, 1), ("FUNDING", "CCC", BODY.id, {"status": "proposed", "amount": 1e6})),
)


@pytest.fixture
def small_store(any_store: Store) -> Store:
    any_store.writer().add(BRIEFINGS)
    return any_store


def test_a_sum_told_twice_counts_once_and_a_new_one_replaces_the_old(small_store: Store) -> None:
    (flow,) = ask(small_store, "funding-flows", status="confirmed")
    assert (flow["amount"], flow["statements"], flow["quote"]) == (7e6, 2, "Sentence 0 of 2.")
    rows = ask(small_store, "net-flows")
    assert [(r["from_id"], r["money_in"], r["money_out"], r["net"]) for r in rows] == [
        ("AAA", 7e6, 0.0, 7e6),
        (BODY.id, 0.0, 7e6, -7e6),
    ]
    (system,) = ask(small_store, "deficits-by-system")
    assert (system["bodies"], system["total"], system["largest"], system["own"]) == (2, 13e6, 9e6, 5e7)
    assert (system["statements"], system["first_seen"], system["last_seen"]) == (4, "2017-06-01", "2019-05-01")
    (recent,) = ask(small_store, "deficits-by-system", since="2019-01-01")
    assert (recent["bodies"], recent["total"]) == (1, 9e6)


def test_members_are_open_or_closed_as_of_a_day(small_store: Store) -> None:
    def states(**values: Any) -> list[tuple[str, str]]:
        rows = ask(small_store, "system-members", system=SYSTEM.id, **values)
        return [(r["from_id"], r["state"]) for r in rows]

    assert states() == [("CCC", "open"), ("AAA", "closed"), ("BBB", "closed")]
    assert states(date="2019-03-31") == [("AAA", "open"), ("BBB", "open"), ("CCC", "not yet open")]
    assert states(date="2019-04-01") == [("CCC", "open"), ("AAA", "closed"), ("BBB", "closed")]
    picture = ask(small_store, "system", system=SYSTEM.id, date="2018-12-31")
    assert {(r["member"], r["state"]) for r in picture} == {
        (OLD_A.name, "open"),
        (NEW.name, "not yet open"),
        (SYSTEM.name, "open"),
    }


def test_a_body_as_of_a_day_has_its_predecessors_history_with_the_status_of_then(small_store: Store) -> None:
    def picture(who: str, day: str) -> dict[str, tuple[Any, ...]]:
        rows = ask(small_store, "as-of", organisation=who, date=day)
        return {r["predicate"]: (r["told_of"], r["status"], r["amount"], r["statements"], r["quote"]) for r in rows}

    assert picture("DDD", "2017-12-31") == {
        "MERGER_TALKS": (OLD_A.name, "in_talks", None, 1, "Sentence 1 of 1."),
        "FUNDING": (OLD_A.name, "confirmed", 7e6, 2, "Sentence 0 of 2."),
        "DEFICIT": (OLD_A.name, "forecast", 3e6, 1, "Sentence 1 of 2."),
    }
    # the newest sentence tells no stage: the one before it does
    assert picture("DDD", "2018-12-31")["MERGER_TALKS"] == (OLD_A.name, "agreed", None, 3, "Sentence 0 of 3.")
    assert picture("AAA", "2018-12-31")["DEFICIT"] == (OLD_A.name, "reported", 4e6, 2, "Sentence 0 of 5.")
    assert picture("AAA", "2016-01-01") == {}


def test_what_bodies_became_since_a_day(small_store: Store) -> None:
    def steps(**values: Any) -> list[tuple[str, str, str]]:
        return [(r["from_id"], r["to_id"], r["date"]) for r in ask(small_store, "merged-bodies", **values)]

    assert steps() == [("CCC", "DDD", "2024-04-01"), ("AAA", "CCC", "2019-04-01"), ("BBB", "CCC", "2019-04-01")]
    assert steps(since="2020-01-01", kind="trust") == [("CCC", "DDD", "2024-04-01")]
    assert steps(kind="ccg") == []


def test_lineage_is_told_from_the_body_asked_about(small_store: Store) -> None:
    def steps(who: str) -> list[tuple[str, str, str]]:
        rows = ask(small_store, "lineage", organisation=who)
        return [(r["direction"], r["from_id"], r["to_id"]) for r in rows]

    assert steps("CCC") == [
        ("predecessor", "AAA", "CCC"),
        ("predecessor", "BBB", "CCC"),
        ("successor", "CCC", "DDD"),
    ]
    # nothing of the other predecessor, which is no kin of this one
    assert steps("AAA") == [("successor", "AAA", "CCC"), ("successor", "CCC", "DDD")]
    assert steps(SYSTEM.id) == []
