from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.relations.money import find_money


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("a £1.5bn fund", [1.5e9]),
        ("£12m-£15m", [15e6]),
        ("between £3m and £4m", [4e6]),
        ("£3 million to £5 million", [5e6]),
        ("£3-5m", [5e6]),
        ("£5m and £6m respectively", [5e6, 6e6]),
        ("£900,000 and £700k", [900_000, 700_000]),
        ("£17.5m in 2019", [17.5e6]),
        ("£4m to 12 trusts", [4e6]),
        ("costs nothing", []),
        ("£ million", []),
    ],
)
def test_sums_are_read_in_pounds(text, pounds):
    assert [m.pounds for m in find_money(text)] == pounds


@given(
    st.floats(min_value=0.1, max_value=999).map(lambda x: round(x, 1)), st.sampled_from(["m", "bn", "k", " million"])
)
def test_any_figure_with_any_scale_is_one_sum_at_its_place(figure, unit):
    text = f"about £{figure}{unit} more"
    (money,) = find_money(text, offset=100)
    scale = {"m": 1e6, "bn": 1e9, "k": 1e3, " million": 1e6}[unit]
    assert money.pounds == pytest.approx(figure * scale)
    assert text[money.start - 100 : money.end - 100] == f"£{figure}{unit}"


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text):
    for money in find_money(text):
        assert text[money.start] == "£"
        assert money.pounds >= 0
