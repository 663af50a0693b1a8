"""The shipped relation model, through its public face: texts of our own, marked by hand."""

import re
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model import Document, Entity, Mention
from graph.schema import check_statement
from ingest.annotation import Annotation
from ingest.parse import parse
from ingest.relations.model import RelationModel, Scored

TEXT = """Two trusts, one board
Published: 2019-03-04

Kettleby Hospitals Foundation Trust and Hurn Valley Trust have agreed to merge next spring. The two boards voted for \
the merger on Monday.

Kettleby Hospitals has forecast a deficit of £14m for the year. Its chief executive, Ines Callender, said the sum was \
under control.

Care Quality Commission inspectors rated Hurn Valley Trust inadequate in May.
"""
BODIES = {
    "kettleby": ("trust", "Kettleby Hospitals Foundation Trust|Kettleby Hospitals"),
    "hurn": ("trust", "Hurn Valley Trust"),
    "callender": ("person", "Ines Callender"),
    "cqc": ("regulator", "Care Quality Commission"),
}


def annotate(text: str, bodies: dict[str, tuple[str, str]]) -> Annotation:
    parsed = next(parse([Document("d", "A briefing", text)]))
    entities = {key: Entity(key, names.split("|")[0], kind) for key, (kind, names) in bodies.items()}
    mentions = [
        Mention(m.start(), m.end(), m.group(), key, "register")
        for key, (_, names) in bodies.items()
        for m in re.finditer(names, text)
    ]
    return Annotation(parsed, entities, tuple(sorted(mentions, key=lambda m: m.start)))


@pytest.fixture(scope="module")
def model() -> RelationModel:
    return RelationModel.load()


@pytest.fixture(scope="module")
def annotation() -> Annotation:
    return annotate(TEXT, BODIES)


def likeliest(scored: list[Scored], predicate: str) -> Scored:
    return next(s for s in scored if s.predicate == predicate)


def test_finds_the_plain_statements(model: RelationModel, annotation: Annotation) -> None:
    scored = model.score(annotation)
    merger = likeliest(scored, "MERGER_TALKS")
    role = likeliest(scored, "HOLDS_ROLE")
    deficit = likeliest(scored, "DEFICIT")
    action = likeliest(scored, "REGULATORY_ACTION")
    assert {merger.subject, merger.object} == {"kettleby", "hurn"}
    assert (role.subject, role.object) == ("callender", "kettleby")
    assert (deficit.subject, deficit.object) == ("kettleby", None)
    assert (action.subject, action.object) == ("cqc", "hurn")
    assert min(s.probability for s in (merger, role, deficit, action)) >= 0.5


def test_points_at_a_sentence_that_tells_it(model: RelationModel, annotation: Annotation) -> None:
    scored = model.score(annotation)
    deficit = likeliest(scored, "DEFICIT")
    action = likeliest(scored, "REGULATORY_ACTION")
    assert "deficit of £14m" in TEXT[deficit.start : deficit.end]
    assert TEXT[action.start : action.end].startswith("Care Quality Commission")
    passage = annotation.parsed.passages[action.passage]
    assert passage.start <= action.start < action.end <= passage.end


def test_same_answer_every_time(model: RelationModel, annotation: Annotation) -> None:
    assert model.score(annotation) == model.score(annotation)


def test_respects_kinds_and_attributes(model: RelationModel, annotation: Annotation) -> None:
    kinds = {key: entity.kind for key, entity in annotation.entities.items()}
    scored = model.score(annotation, floor=0.0)
    assert scored
    for s in scored:
        end = None if s.object is None else kinds[s.object]
        assert check_statement(s.predicate, kinds[s.subject], end, s.status, s.form) is None
        assert 0.0 <= s.probability <= 1.0
        assert s.subject != s.object


def test_floor_drops_the_unlikely_and_order_is_by_likelihood(model: RelationModel, annotation: Annotation) -> None:
    everything = model.score(annotation, floor=0.0)
    likely = model.score(annotation, floor=0.4)
    assert likely == [s for s in everything if s.probability >= 0.4]
    assert [s.probability for s in everything] == sorted((s.probability for s in everything), reverse=True)


def test_symmetric_statements_come_once(model: RelationModel, annotation: Annotation) -> None:
    pairs = [
        (s.predicate, frozenset((s.subject, s.object)))
        for s in model.score(annotation, floor=0.0)
        if s.predicate in {"MERGER_TALKS", "DISPUTE"}
    ]
    assert len(pairs) == len(set(pairs))


def test_no_mentions_no_statements(model: RelationModel) -> None:
    assert model.score(annotate("Nothing is said here of anybody.", {})) == []
    assert model.score(annotate("", {})) == []


def test_one_mention_can_only_run_a_deficit(model: RelationModel) -> None:
    alone = annotate("Hurn Valley Trust reported a deficit of £9m last year.", {"hurn": BODIES["hurn"]})
    assert {s.predicate for s in model.score(alone, floor=0.0)} == {"DEFICIT"}


def test_long_texts_and_one_long_line(model: RelationModel) -> None:
    story = "Kettleby Hospitals met Hurn Valley Trust and Ines Callender about a deficit of £3m in the spring. "
    for text in ("\n\n".join([story * 4] * 80), story * 300):
        scored = model.score(annotate(text, BODIES))
        assert all(s.end <= len(text) for s in scored)


def test_a_line_of_a_thousand_names(model: RelationModel) -> None:
    scored = model.score(annotate("Hurn Valley Trust, Kettleby Hospitals, " * 500, BODIES), floor=0.0)
    assert {s.subject for s in scored} <= {"hurn", "kettleby"}


def test_marks_at_odd_places_do_no_harm(model: RelationModel, annotation: Annotation) -> None:
    text = annotation.parsed.document.text
    odd = Annotation(
        annotation.parsed,
        annotation.entities,
        (
            Mention(0, 3, text[:3], "hurn", "ner"),
            Mention(0, 3, text[:3], "kettleby", "reference"),
            *annotation.mentions,
        ),
    )
    assert likeliest(model.score(odd), "DEFICIT").subject == "kettleby"


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lacks relations\.json"):
        RelationModel.load(tmp_path)


def test_a_broken_model_says_so(tmp_path: Path) -> None:
    for name in ("relations.json", "relations.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("no model", encoding="utf-8")
    with pytest.raises(InputError, match="can't be read"):
        RelationModel.load(tmp_path)
