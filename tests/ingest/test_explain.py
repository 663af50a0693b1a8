"""Why a statement was found: its words, its ends, what each reference was taken for, and what was nearly one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from graph import render
from graph.model import Document
from graph.plain import dumps
from ingest.annotation import Annotation
from ingest.coreference import resolve
from ingest.explain import Account, Explanation, explain
from ingest.explain_rules import gloss
from ingest.explain_text import rows
from ingest.link import annotate
from ingest.parse import parse
from ingest.pipeline import assemble
from ingest.register import Register
from ingest.relations import ballot, combine
from ingest.relations.base import Scored

RULES = Path(combine.__file__).parent / "data" / "rules.json"
TEXT = """Two trusts, one board
Tarnbridge Hospitals NHS Foundation Trust (THFT) and Gorse Vale NHS Trust are in merger talks.
The pair will share a chair.
NHS England has said that THFT has a deficit of £22m.
The regulator had earlier put the trust in special measures.
Last year Gorse Vale NHS Trust was fined by a judge. The firm’s contract is due.
"""


class Model:
    """A model that says what it is told to."""

    def __init__(self, *said: Scored) -> None:
        self.said = said
        self.asked = 0

    def score(self, annotation: Annotation) -> Iterable[Scored]:
        self.asked += 1
        return list(self.said)


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="module")
def read(register: Register) -> Callable[..., tuple[Annotation, Explanation]]:
    def explained(
        text: str, model: Model | None = None, published: date | None = None
    ) -> tuple[Annotation, Explanation]:
        (parsed,) = parse([Document("b1", "Two boards", text, published)])
        annotation = resolve(annotate(parsed, register))
        return annotation, explain(annotation, register, model)

    return explained


def the(found: Explanation, predicate: str) -> Account:
    return next(a for a in found.statements if a.statement.predicate == predicate)


def shown(found: Explanation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    render.show(render.rows(rows(found, marked=True)))
    return capsys.readouterr().out


def test_the_statements_explained_are_those_of_the_pipeline(
    read: Callable[..., tuple[Annotation, Explanation]], register: Register
) -> None:
    annotation, found = read(TEXT)
    assert tuple(a.statement for a in found.statements) == assemble(annotation, register, None).statements
    assert found.statements


def test_the_ends_and_the_trigger_are_words_of_the_quote(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    annotation, found = read(TEXT)
    text = annotation.parsed.document.text
    for account in found.statements:
        s = account.statement
        for end in (account.subject, account.object):
            if end and end.link and end.in_quote:
                assert text[end.link.start : end.link.end] == end.link.text
                assert s.start <= end.link.start < s.end
        if account.trigger:
            assert text[account.trigger.start : account.trigger.end] == account.trigger.text
    account = the(found, "REGULATORY_ACTION")
    assert account.trigger is not None
    assert account.trigger.text == "special measures"
    talks = the(found, "MERGER_TALKS")
    assert talks.trigger is not None
    assert talks.trigger.text == "merger"


def test_references_say_what_they_were_taken_for(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    _, found = read(TEXT)
    account = the(found, "REGULATORY_ACTION")
    assert account.subject.link is not None
    assert (account.subject.link.text, account.subject.name) == ("The regulator", "NHS England")
    (earlier,) = account.subject.link.antecedents
    assert (earlier.text, earlier.sentences) == ("NHS England", 1)
    assert account.object is not None
    assert account.object.link is not None
    assert account.object.link.why.startswith("the NHS trust most likely meant, of those told of before: “THFT”")
    assert [r.name for r in account.object.link.rejected] == ["Gorse Vale NHS Trust"]


def test_the_pair_goes_back_to_two_names(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    annotation, _ = read(TEXT)
    (reason,) = [r for r in annotation.reasons.values() if r.rule == "members"]
    text = annotation.parsed.document.text
    assert sorted(text[a : a + 4] for a in reason.antecedents) == ["Gors", "THFT"]


def test_an_acronym_says_where_it_was_given(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    _, found = read(TEXT)
    link = the(found, "DEFICIT").subject.link
    assert link is not None
    assert "given in the text: “Tarnbridge Hospitals NHS Foundation Trust (THFT)”" in link.why


def test_rejected_bodies_of_the_register_come_with_what_spoke_against_them(
    read: Callable[..., tuple[Annotation, Explanation]],
) -> None:
    text = "A deal\nBolton FT is in a deficit of £4m.\n"
    _, found = read(text, published=date(2023, 5, 1))
    link = the(found, "DEFICIT").subject.link
    assert link is not None
    assert link.name == "Bolton NHS Foundation Trust"
    against = {r.entity: r.why for r in link.rejected}
    assert against["00T"] == "the words of the name say NHS trust"


def test_a_confidence_shows_its_parts(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    _, bare = read(TEXT)
    statement = the(bare, "DEFICIT").statement
    said = Scored("DEFICIT", statement.subject, None, 0.9, "reported", None, 0, statement.start, statement.end)
    model = Model(said)
    _, found = read(TEXT, model)
    votes = the(found, "DEFICIT").votes
    assert model.asked == 1
    assert votes.model == 0.9
    assert votes.vote > votes.confidence == the(found, "DEFICIT").statement.confidence
    assert votes.vote > the(bare, "DEFICIT").votes.vote
    best = max(votes.rules, key=lambda r: r.precision)
    assert (best.right, best.wrong) == ballot.tally(best.name)


def test_near_misses_say_what_was_lacking(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    text = (
        "Money\nThornby Hospitals NHS Trust is to get £4m of funding. "
        "The council was accused of a cover-up by Unison.\n"
    )
    _, found = read(text)
    misses = {m.predicate: m for m in found.near_misses}
    assert misses["FUNDING"].lacking.startswith("a second end")
    assert misses["FUNDING"].trigger is not None
    assert [e.name for e in misses["FUNDING"].ends] == ["Thornby Hospitals NHS Trust"]
    assert misses["CRITICISED"].lacking == "a second end; not resolved: “The council”"


def test_what_falls_below_the_threshold_says_by_how_much(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    annotation, _ = read(TEXT)
    text = annotation.parsed.document.text
    ids = {e.name: e.id for e in annotation.entities.values()}
    start = text.index("Last year")
    unsure = Scored("DISPUTE", ids["NHS England"], ids["Gorse Vale NHS Trust"], 0.3, None, None, 0, start, start + 40)
    _, found = read(TEXT, Model(unsure))
    (miss,) = [m for m in found.near_misses if m.predicate == "DISPUTE" and m.votes]
    assert miss.votes is not None
    assert miss.votes.confidence < miss.votes.threshold
    assert miss.lacking == f"certainty: {miss.votes.confidence:.0%} sure, and {miss.votes.threshold:.0%} is needed"


def test_an_end_that_the_schema_refuses(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    person = "A note\nAnn Webb told NHS England about it.\n"
    annotation, _ = read(person)
    ids = {e.name: e.id for e in annotation.entities.values()}
    text = annotation.parsed.document.text
    start = text.index("Ann")
    odd = Scored("MERGER_TALKS", ids["Ann Webb"], ids["NHS England"], 0.99, None, None, 0, start, len(text) - 1)
    _, found = read(person, Model(odd))
    (miss,) = [m for m in found.near_misses if m.predicate == "MERGER_TALKS"]
    assert miss.lacking.startswith("an end that may stand there: MERGER_TALKS can't")


def test_a_name_left_open_lists_whom_it_may_mean(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    _, found = read("A note\nThe move was welcomed by BTH and by others.\n")
    (name,) = found.open_names
    assert name.words.text == "BTH"
    assert [c.entity for c in name.candidates] == ["RAE", "RXL"]


def test_the_same_briefing_gives_the_same_answer(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    assert dumps(read(TEXT)[1]) == dumps(read(TEXT)[1])
    assert json.loads(dumps(read(TEXT)[1]))["statements"][0]["votes"]["rules"]


def test_people_read_marks_on_eighty_columns(
    read: Callable[..., tuple[Annotation, Explanation]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = shown(read(TEXT)[1], capsys, monkeypatch)
    said = " ".join(out.split())
    assert "[A: The regulator] had earlier put [B: the trust] in ⟦special measures⟧." in said
    assert "“The regulator” → NHS England: the regulator most likely meant" in said
    assert max(map(len, out.splitlines())) <= 80


def test_without_marks_the_quote_is_as_it_stands(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    found = read(TEXT)[1]
    plain = ["".join(text for text, _ in line) for _, _, line in rows(found, marked=False)]
    assert all(f"“{a.statement.quote}”" in plain for a in found.statements)


def test_hostile_text_is_harmless_at_a_terminal(
    read: Callable[..., tuple[Annotation, Explanation]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "A \x1b[31mred\x07 title\nNHS England \x1b[2J gave [bold]Gorse Vale NHS Trust[/bold] £4m of \u202efunding.\n"
    out = shown(read(text)[1], capsys, monkeypatch)
    assert "[bold]" in out
    assert not {c for c in out if ord(c) < 32 and c != "\n"}
    assert "\u202e" not in out


def test_every_measured_rule_has_words() -> None:
    for rule in json.loads(RULES.read_text(encoding="utf-8")):
        said = gloss(rule)
        assert said
        assert "_" not in said


def test_two_acts_in_one_sentence_have_each_their_words(read: Callable[..., tuple[Annotation, Explanation]]) -> None:
    text = "A verdict\nGorse Vale NHS Trust is in special measures after the CQC rated it inadequate.\n"
    found = {a.statement.form: a for a in read(text)[1].statements if a.statement.predicate == "REGULATORY_ACTION"}
    words = {form: a.trigger.text for form, a in found.items() if a.trigger}
    assert words["special_measures"] == "special measures"
    assert words["rating"] in ("rated", "inadequate")
    for form, account in found.items():
        assert f".{form}." in account.votes.rules[0].name
