from __future__ import annotations

import pytest

from graph.schema import PREDICATES
from ingest.relations.attributes import NAMES, settle, values


def test_what_the_sentence_says_outweighs_a_doubtful_model():
    even = dict.fromkeys(values("FUNDING", "status"), 1 / 6)
    assert settle("FUNDING", "status", ["read:withheld"], even) == "withheld"


def test_a_sure_model_decides_where_the_sentence_says_nothing():
    sure = dict.fromkeys(values("MERGER_TALKS", "status"), 0.01) | {"called_off": 0.95}
    assert settle("MERGER_TALKS", "status", ["read:"], sure) == "called_off"


def test_nothing_read_is_nothing_said():
    assert settle("MERGER_TALKS", "status", ["read:"], None) is None
    assert settle("CRITICISED", "status", ["read:open"], {"open": 1.0}) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_only_values_of_the_schema_are_given(predicate, name):
    found = settle(predicate, name, ["read:nonsense"], {"nonsense": 1.0})
    assert found is None or found in values(predicate, name)
