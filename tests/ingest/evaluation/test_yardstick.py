"""The yardsticks in tests/gold: what a careful reader finds, well formed and true to the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.schema import PREDICATES, RATINGS, check_statement
from ingest.evaluation import gold
from ingest.evaluation.gold import Briefing
from ingest.evaluation.passages import paragraphs
from ingest.reader import read

ROOT = Path(__file__).parents[3]
TEXTS = {
    Path(d.path or "").stem: d.text
    for d in read([ROOT / "examples" / "briefings"], on_error=lambda e: pytest.fail(str(e)))
}
SETS = {"examples": gold.load(ROOT / "tests" / "gold"), "marked": gold.load(ROOT / "tests" / "gold" / "marked")}


@pytest.fixture(params=[(s, name) for s, found in SETS.items() for name in found], ids=lambda p: "-".join(p))
def briefing(request: pytest.FixtureRequest) -> tuple[Briefing, str]:
    found = SETS[request.param[0]][request.param[1]]
    return found, found.text or TEXTS[found.id]


def test_entities_are_named_as_the_text_names_them(briefing: tuple[Briefing, str]) -> None:
    found, text = briefing
    for body in found.bodies:
        assert body.forms or body.members
        for form in body.forms:
            assert form in text


def test_statements_fit_the_schema_and_point_at_a_paragraph(briefing: tuple[Briefing, str]) -> None:
    found, text = briefing
    kinds = {body.key: body.kind for body in found.bodies}
    for fact in found.facts:
        given = fact.attributes
        ends = [kinds[fact.subject], kinds[fact.object] if fact.object else None]
        status, form = (str(given[x]) if x in given else None for x in ("status", "form"))
        assert check_statement(fact.predicate, *ends, status, form) is None
        assert set(given) <= set(PREDICATES[fact.predicate].attributes)
        rating = str(given.get("rating", "good"))
        assert rating in RATINGS or rating.split()[0] in {"segment", "tier"}
        assert 1 <= (fact.paragraph or 0) <= len(paragraphs(text))


def test_the_yardsticks_are_large_enough() -> None:
    assert (len(SETS["examples"]), len(SETS["marked"])) == (12, 40)


@pytest.mark.parametrize("name", list(PREDICATES))
def test_every_predicate_and_status_and_form_is_exercised(name: str) -> None:
    facts = [f for b in SETS["marked"].values() for f in b.facts if f.predicate == name]
    assert sum(not f.optional for f in facts) >= 15
    assert {f.attributes.get("status") for f in facts} >= set(PREDICATES[name].statuses)
    assert {f.attributes.get("form") for f in facts} >= set(PREDICATES[name].forms)
