"""What people's judgements come to, whichever way they are written down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import check, dump, load, settle
from graph.errors import InputError
from graph.model import Decision


def same(left: str, right: str, made: str = "") -> Decision:
    return Decision("same", left, right, made=made)


def different(left: str, right: str, made: str = "") -> Decision:
    return Decision("different", left, right, made=made)


def test_a_component_is_known_by_its_ods_code() -> None:
    settled = settle([same("trust-hurn-valley", "trust-hurn"), same("trust-hurn", "RXX")])
    assert {settled.canonical(i) for i in ("trust-hurn-valley", "trust-hurn", "RXX")} == {"RXX"}
    assert settled.group("RXX") == {"RXX", "trust-hurn", "trust-hurn-valley"}
    assert settled.canonical("else") == "else"


def test_without_an_ods_code_the_shorter_id_wins_then_the_alphabet() -> None:
    assert settle([same("trust-hurn-valley", "trust-hurn")]).canonical("trust-hurn-valley") == "trust-hurn"
    assert settle([same("trust-b", "trust-a")]).canonical("trust-b") == "trust-a"


def test_the_later_decision_counts() -> None:
    first, second = same("a", "b", "2024-01-01"), different("b", "a", "2024-01-02")
    for decisions in ([first, second], [second, first]):
        assert settle(decisions).canonical("b") == "b"
    assert settle([different("a", "b"), same("a", "b")]).canonical("b") == "a"


def test_the_youngest_merge_gives_way_to_what_is_kept_apart() -> None:
    decisions = [same("a", "b", "1"), same("b", "c", "2"), different("a", "c", "3")]
    settled = settle(decisions)
    assert settled.group("a") == {"a", "b"}
    assert settled.group("c") == {"c"}


def test_reviews_can_be_taken_back() -> None:
    settled = settle(
        [Decision("reject", "s1", made="1"), Decision("confirm", "s1", made="2"), Decision("reject", "s2")]
    )
    assert (settled.review("s1"), settled.review("s2"), settled.review("s3")) == ("confirmed", "rejected", None)


IDS = st.sampled_from(["RXX", "RYY", "trust-a", "trust-b", "c"])
PAIRS = st.tuples(IDS, IDS).filter(lambda p: p[0] != p[1])
DECISIONS = st.lists(
    st.builds(
        lambda j, p, m: Decision(j, p[0], p[1], made=m), st.sampled_from(["same", "different"]), PAIRS, st.text("123")
    ),
    max_size=10,
)


@given(DECISIONS)
def test_components_are_a_partition_that_keeps_apart_what_must_be(decisions: list[Decision]) -> None:
    settled = settle(decisions)
    for id_ in ("RXX", "RYY", "trust-a", "trust-b", "c"):
        group = settled.group(id_)
        assert id_ in group
        assert {settled.canonical(i) for i in group} == {settled.canonical(id_)}
        assert settled.canonical(id_) in group
        assert not any(pair <= group for pair in settled.apart)
    last = sorted(decisions, key=lambda d: d.made)[-1:]
    for decision in last:
        if decision.judgement == "different":
            assert settled.canonical(decision.left) != settled.canonical(decision.right or "")


@given(
    st.lists(
        st.builds(Decision, st.sampled_from(["confirm", "reject"]), st.text(min_size=1), note=st.text(), user=st.text())
    )
)
def test_decisions_come_back_from_their_lines(decisions: list[Decision]) -> None:
    lines = list(dump(decisions))
    assert all("\n" not in line for line in lines)
    assert load(lines) == decisions


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (Decision("same", "a"), "two different"),
        (Decision("same", "a", "a"), "two different"),
        (Decision("confirm", ""), "needs an id"),
        (Decision("confirm", "s", "t"), "one statement"),
        (Decision("same", "person-x", "RXX"), "person"),
        (Decision("maybe", "a", "b"), "same, different, confirm, reject"),  # type: ignore[arg-type]
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(decision: Decision, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check(decision)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "1", '{"judgement": "same"}', '{"judgement": "same", "left": "a", "right": 3}', '{"left": "a"}',
     '{"judgement": "reject", "left": "s", "colour": "red"}', '{"judgement": "same", "left": "a", "right": null}'],
)  # fmt: skip
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match="Line 3"):
        load(["", '{"judgement": "reject", "left": "s"}', line])
