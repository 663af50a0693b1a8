"""Extraction is as right on the committed yardsticks as it was: a fall of more than a point fails."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import BASELINE, COMMITTED, judge
from ingest.evaluation import baseline


@pytest.mark.parametrize("name", list(COMMITTED))
def test_no_figure_fell(name: str) -> None:
    kept = baseline.load(BASELINE)[name]
    now = baseline.row(judge({name: COMMITTED[name]})[name].figures)
    fell = baseline.falls(kept, now)
    assert not fell, "\n".join([*fell, "", baseline.table({name: kept}, {name: now})])
