"""By which bodies a briefing tells its persons from others of the name."""

from __future__ import annotations

import pytest

from graph.model import Document, Extraction, Identity
from ingest.pipeline import extract

TEXT = """Two posts
Isolde Quenby, chief executive of Bolton NHS Foundation Trust, told Gethin Strake about it.
"""


@pytest.fixture(scope="module")
def found() -> Extraction:
    (extraction,) = extract([Document("b1", "Two posts", TEXT)])
    return extraction


def test_a_post_gives_its_body_and_what_that_belongs_to(found: Extraction) -> None:
    (identity,) = found.identities
    assert (identity.person, identity.organisations) == ("person-isolde-quenby", ("RMC",))
    assert {"RMC", *(m.whole for m in found.memberships if m.part == "RMC")} == set(identity.ties)
    assert len(identity.ties) == 2


def test_who_has_no_post_has_no_identity(found: Extraction) -> None:
    assert "person-gethin-strake" in {e.id for e in found.entities}
    assert "person-gethin-strake" not in {i.person for i in found.identities}


def test_a_body_ties_to_those_that_it_passed_into() -> None:
    text = "A post\nIsolde Quenby, chair of Central Manchester University Hospitals NHS Foundation Trust, agreed.\n"
    (extraction,) = extract([Document("b2", "A post", text)])
    (identity,) = extraction.identities
    assert identity.organisations == ("RW3",)
    assert "R0A" in identity.ties
    assert identity == Identity(identity.person, identity.organisations, tuple(sorted(set(identity.ties))))
