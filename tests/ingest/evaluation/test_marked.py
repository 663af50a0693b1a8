"""Marked briefings: brackets come off without a trace, statements find their sentence, faults are all named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.evaluation import marked
from ingest.evaluation.passages import paragraphs, sentence_at

TEXT = """Trust seeks partner
Published: 2023-05-04

[tarn:Tarnbridge Hospitals] has opened merger talks with [nole:its neighbour]. Dr. [venn:Asha Venn] chairs both.

"[east+west:The pair] owe us £4.5m," she said. Nolebury disagrees.
---
tarn | trust | Tarnbridge Hospitals NHS Foundation Trust | id=RX0
nole | trust | Nolebury NHS Trust | optional
venn | person | Asha Venn

east | ccg | East Fen CCG
west | ccg | West Fen CCG
both | ccg | The two Fen CCGs | members=east,west
---
MERGER_TALKS tarn nole status=in_talks form=merger | has opened merger
HOLDS_ROLE venn tarn role="joint chair" status=current | chairs both
FUNDING east tarn amount=4500000 optional | owe us
DEFICIT tarn - | seeks partner
"""


def write(folder: Path, text: str, name: str = "q01.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_text_entities_and_statements(tmp_path: Path) -> None:
    text, value = marked.read(write(tmp_path, TEXT))
    assert "[" not in text
    assert value["id"] == "q01"
    entities = {e["key"]: e for e in value["entities"]}
    assert [text[a:b] for a, b in entities["nole"]["spans"]] == ["its neighbour"]
    assert entities["east"]["spans"] == entities["west"]["spans"]
    assert entities["tarn"]["id"] == "RX0"
    assert entities["nole"]["optional"] is True
    assert entities["both"]["members"] == ["East Fen CCG", "West Fen CCG"]
    talks, chair, money, deficit = value["statements"]
    assert talks["quote"] == "Tarnbridge Hospitals has opened merger talks with its neighbour."
    assert talks["paragraph"] == 3
    assert (chair["quote"], chair["role"]) == ("Dr. Asha Venn chairs both.", "joint chair")
    assert (money["amount"], money["optional"]) == (4_500_000.0, True)
    assert money["quote"].startswith('"The pair owe us £4.5m," she said.')
    assert (deficit["object"], deficit["paragraph"]) == (None, 1)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("---\n", "", "parted by two lines of ---"),
        ("venn | person |", "venn | human |", "a kind of the guide"),
        ("| optional\n", "| perhaps\n", "unknown field perhaps"),
        ("venn | person | Asha Venn\n", "", "[venn:…] is marked in the text but not in the entities"),
        ("[nole:its neighbour]", "its neighbour", "nole is never marked"),
        ("HOLDS_ROLE venn", "HAS_ROLE venn", "PREDICATE subject object"),
        ("HOLDS_ROLE venn tarn", "HOLDS_ROLE venn xxx", "unknown end"),
        ("HOLDS_ROLE venn tarn", "HOLDS_ROLE tarn venn", "cannot join trust and person"),
        ("status=in_talks", "status=talking", "has no status talking"),
        ("amount=4500000", "amount=£4.5m", "plain number of pounds"),
        ("optional | owe us", "maybe | owe us", "unknown words maybe"),
        ("| owe us", "| owes us", "not in the text"),
    ],
)
def test_faults_are_named_with_their_line(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(marked.MarkedError) as error:
        marked.read(write(tmp_path, TEXT.replace(old, new)))
    assert any(complaint in fault and fault.startswith("q01.txt: ") for fault in error.value.faults)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = TEXT.replace("status=in_talks", "status=talking").replace("| owe us", "| owes us")
    with pytest.raises(marked.MarkedError) as error:
        marked.read(write(tmp_path, broken))
    assert len(error.value.faults) == 2


def test_a_file_that_is_no_text_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="can't be read"):
        marked.read(path)


def test_names_left_unmarked_are_pointed_out(tmp_path: Path) -> None:
    text, value = marked.read(write(tmp_path, TEXT.replace("[nole:its neighbour]", "[nole:Nolebury]")))
    (slip,) = marked.unmarked(text, value)
    assert slip.startswith("Nolebury at ")


def test_a_folder_becomes_annotations_and_texts(tmp_path: Path) -> None:
    (tmp_path / "marked").mkdir()
    path = write(tmp_path / "marked", TEXT)
    assert marked.write(tmp_path / "marked", tmp_path / "gold", tmp_path / "texts") == 1
    text, value = marked.read(path)
    assert (tmp_path / "texts" / "q01.txt").read_text(encoding="utf-8") == text
    assert json.loads((tmp_path / "gold" / "q01.json").read_text(encoding="utf-8")) == value


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=12))
def test_brackets_come_off_and_spans_fit(words: list[tuple[str, bool]]) -> None:
    plain = " ".join(word for word, _ in words)
    written = " ".join(f"[k{n}:{word}]" if mark else word for n, (word, mark) in enumerate(words))
    text, spans = marked._unmark(written)
    assert text == plain
    assert {key: text[a:b] for key, [(a, b)] in spans.items()} == {
        f"k{n}": word for n, (word, mark) in enumerate(words) if mark
    }


@given(st.text("aA. \n£9!”", max_size=60), st.integers(0, 59))
def test_a_sentence_holds_its_place_and_stays_in_its_line(text: str, at: int) -> None:
    if at < len(text) and not text[at].isspace():
        start, end = sentence_at(text, at)
        assert start <= at < end
        assert "\n" not in text[start:end].strip()


@given(st.text("ab \n", max_size=40))
def test_paragraphs_are_the_lines_that_are_not_blank(text: str) -> None:
    assert [text[a:b] for a, b in paragraphs(text)] == [line for line in text.split("\n") if line.strip()]
