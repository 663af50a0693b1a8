"""The short ways through spaCy's components tell what the components themselves tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parse import load
from ingest.quick import Arcs, Entities, Ruler

WORDS = (
    "the Trust merges NHS England £15m John Smith said don't there is was got ta let 's gonna he it who that had to "
    "Manchester 2019 Monday , . ; “ ” ( ) - isn't y' all somethin' her which do did been £ 5 % C'm on nothin' Dr"
)


LINES = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=25).map(" ".join)


@pytest.fixture(scope="module")
def nlp():
    return load()


def attributes(doc):
    return [(t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph), t.head.i, t.is_sent_start) for t in doc]


@settings(max_examples=120, deadline=None)
@given(
    lines=st.lists(st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=25).map(" ".join), min_size=1, max_size=4)
)
def test_every_word_and_entity_is_told_alike(nlp, lines):
    whole = list(nlp.pipe(lines))
    short = list(nlp.pipe(lines, disable=["parser", "attribute_ruler", "lemmatizer", "ner"]))
    arcs, ruler, entities = Arcs.of(nlp), Ruler.of(nlp), Entities.of(nlp)
    assert arcs
    assert ruler
    assert entities
    arcs(short)
    for doc in short:
        ruler(doc)
        nlp.get_pipe("lemmatizer")(doc)
    assert [attributes(doc) for doc in short] == [attributes(doc) for doc in whole]
    assert entities(short) == [[(e.start, e.end, e.label_) for e in doc.ents] for doc in whole]


def test_other_pipelines_have_no_short_ways():
    import spacy

    blank = spacy.blank("en")
    assert (Arcs.of(blank), Ruler.of(blank), Entities.of(blank)) == (None, None, None)
    ruler = blank.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})
    assert Ruler.of(blank) is None
