"""Descriptions of one entity are joined alike in whatever order they come."""

from __future__ import annotations

from datetime import date
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import settle
from graph.model import Decision, Entity
from graph.store import records
from tests.graph.store.graphs import ICB, NHSE, OLD_CCG, QUENBY, WIRRAL, extraction, said

NAMES = st.sampled_from(["Hurn", "Hurn Valley", "Hurn Vale", "WV"])
DATES = st.none() | st.sampled_from([date(2013, 4, 1), date(2022, 7, 1)])
ENTITIES = st.builds(
    Entity,
    id=st.sampled_from(["RXX", "trust-hurn"]),
    name=NAMES,
    kind=st.sampled_from(["trust", "other"]),
    ods_code=st.none() | st.just("RXX"),
    aliases=st.lists(NAMES, max_size=3).map(tuple),
    opened=DATES,
    closed=DATES,
    region=st.none() | st.sampled_from(["London", "North West"]),
    known=st.booleans(),
    members=st.lists(st.sampled_from(["A1", "B2"]), max_size=2).map(tuple),
)


@given(st.lists(ENTITIES, min_size=1, max_size=6).flatmap(lambda es: st.tuples(st.just(es), st.permutations(es))))
def test_the_order_of_descriptions_does_not_matter(pair: tuple[list[Entity], list[Entity]]) -> None:
    first, second = ([records.describe(e, "RXX") for e in entities] for entities in pair)
    whole = reduce(records.join, first)
    assert reduce(records.join, second) == whole
    assert reduce(records.join, first, whole) == whole
    middle = len(first) // 2
    if middle:
        assert records.join(reduce(records.join, first[:middle]), reduce(records.join, first[middle:])) == whole
    names = {whole.entity.name, *whole.entity.aliases}
    assert names == {n for e in pair[0] for n in (e.name, *e.aliases)}


def test_the_register_outranks_the_text() -> None:
    text = records.describe(
        Entity("RBL", "Wirral University Teaching Hospital NHS Foundation Trust and more", "other"), "RBL"
    )
    assert records.join(text, records.describe(WIRRAL, "RBL")).entity.kind == "trust"


def test_a_record_comes_back_from_its_json() -> None:
    statements = [said("FUNDING", NHSE, ICB), said("HOLDS_ROLE", QUENBY, WIRRAL)]
    record = records.record_of(extraction("x", statements, names=[OLD_CCG]))
    assert records.load(records.dump(record)) == record
    assert record.mentions["12F"] == (1, ("NHS Wirral CCG",))


def test_lineage_follows_merges_and_never_loops() -> None:
    record = records.record_of(extraction("x", [said("FUNDING", NHSE, ICB)]))
    same = settle([Decision("same", "12F", "QYGB")])
    successions, memberships = records.lineage([record], same)
    assert successions == {}
    assert memberships == {("12F", "QYG")}


def test_a_dated_succession_outranks_an_undated_one() -> None:
    assert records.earlier((None, "merged"), ("2022-07-01", "split")) == ("2022-07-01", "split")
