"""Preparing training data, without torch: finding mentions, changing names, cutting windows."""

import random
import re
from typing import Any

import pytest

from ingest.relations.windows import BUCKETS, CLOSE, OPEN, SIZE, Marked, buckets, windows
from training.augment import Pools, pools, vary
from training.gold import Example, example, locate, nominal
from training.mentions import aligned

TEXT = (
    "Pelside in talks\n\nHurn Valley Hospitals will take over Pelside Community Trust. “The trust’s board agreed,” "
    "said Ines Callender. The pair will merge in May. Hurn Valley spent £3m."
)
QUOTE = "Hurn Valley Hospitals will take over Pelside Community Trust."
ENTITIES = (
    ("w", "Hurn Valley Hospitals NHS Trust", "trust", "Hurn Valley Hospitals|Hurn Valley|The trust|The pair"),
    ("s", "Pelside Community Trust", "trust", "Pelside|The trust|The pair"),
    ("c", "Ines Callender", "person", "Ines Callender"),
)
MERGER = {"predicate": "MERGER_TALKS", "status": "agreed", "form": "acquisition", "quote": QUOTE}
GOLD: dict[str, Any] = {
    "id": "t-h01",
    "entities": [{"key": k, "name": n, "kind": kind, "mentions": m.split("|")} for k, n, kind, m in ENTITIES],
    "statements": [
        MERGER | {"subject": "w", "object": "s"},
        {"predicate": "MERGER_TALKS", "subject": "s", "object": "w", "status": "in_talks", "optional": True},
        {"predicate": "HOLDS_ROLE", "subject": "w", "object": "c", "role": "chair"},
        {"predicate": "DEFICIT", "subject": "w", "object": None, "optional": True},
    ],
}


def encode(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    words = list(re.finditer(r"\w+|[^\w\s]", text))
    return [1000 + len(w.group()) for w in words], [w.span() for w in words]


@pytest.fixture
def sample() -> Example:
    return example(GOLD, TEXT)


def test_mentions_are_found_longest_first(sample: Example) -> None:
    surfaces = [TEXT[m.start : m.end] for m in sample.mentions]
    assert surfaces == [
        "Pelside",
        "Hurn Valley Hospitals",
        "Pelside Community Trust",
        "The trust",
        "Ines Callender",
        "The pair",
        "The pair",
        "Hurn Valley",
    ]


def test_a_shared_reference_goes_to_the_last_named_and_a_plural_to_all(sample: Example) -> None:
    owners = [(TEXT[m.start : m.end], m.entity) for m in sample.mentions if TEXT[m.start : m.end].startswith("The")]
    assert owners == [("The trust", 1), ("The pair", 0), ("The pair", 1)]


def test_quotes_and_dashes_are_alike() -> None:
    assert locate("Queen Adelaide’s – a trust", [("Queen Adelaide's - a trust", 0)]) == [(0, 26, 0)]


def test_labels_are_merged_ordered_and_legal(sample: Example) -> None:
    merger, deficit = sample.labels
    assert (merger.predicate, merger.subject, merger.object, merger.optional) == ("MERGER_TALKS", 0, 1, False)
    assert merger.statuses == ("agreed", "in_talks")
    assert [TEXT[a:b] for a, b in merger.places] == [QUOTE]
    assert (deficit.predicate, deficit.object, deficit.optional) == ("DEFICIT", None, True)


def test_names_and_references() -> None:
    assert [nominal(x) for x in ("its larger neighbour", "the CCG", "The trust", "the Treasury", "Pelside", "HVH")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_windows_mark_every_mention_with_its_kind(sample: Example) -> None:
    (window,) = windows(sample.text, sample.mentions, encode)
    opened = [window.ids[p] for p in window.positions]
    assert opened == [OPEN[sample.kinds[sample.mentions[m].entity]] for m in window.mentions]
    assert sorted(window.mentions) == list(range(len(sample.mentions)))
    assert window.ids.count(CLOSE) == 7


def test_long_texts_are_cut_between_passages_and_lose_nothing() -> None:
    text = "\n".join(
        f"Hurn Valley number {n} said a good deal about nothing in particular today." * 3 for n in range(60)
    )
    marks = [Marked(a, b, e, "trust") for a, b, e in locate(text, [("Hurn Valley", 0)])]
    found = windows(text, marks, encode)
    assert {m for w in found for m in w.mentions} == set(range(len(marks)))
    assert all(len(w.ids) <= SIZE for w in found)
    for window in found:
        table = buckets(window)
        assert all(0 <= number < BUCKETS for row in table for number in row)
        assert all(table[i][j] != table[j][i] for i in range(len(table)) for j in range(i))


def test_a_passage_longer_than_a_window_is_cut() -> None:
    text = "Hurn Valley " * 2000
    marks = [Marked(a, b, e, "trust") for a, b, e in locate(text, [("Hurn Valley", 0)])]
    found = windows(text, marks, encode)
    assert all(len(w.ids) <= SIZE for w in found)
    assert {m for w in found for m in w.mentions} == set(range(2000))


def test_changed_copies_keep_mentions_labels_and_quotes_together(sample: Example) -> None:
    pool = Pools(("Kettleby", "Marlhaven"), ("Callender", "Priya"))
    changed = vary(sample, pool, random.Random(3), rename=1.0, nominals=0.0, names=0.0, kinds=0.0)
    surfaces = [changed.text[m.start : m.end] for m in changed.mentions]
    assert surfaces[3] == "The trust"
    assert surfaces[0] == surfaces[2].split()[0] != "Pelside"
    assert surfaces[2].endswith("Community Trust")
    assert "Pelside" not in changed.text
    ((start, end),) = changed.labels[0].places
    assert changed.text[start:end] == f"{surfaces[1]} will take over {surfaces[2]}."


def test_changes_are_the_same_for_the_same_seed(sample: Example) -> None:
    pool = pools([sample], ["Marlhaven and Kettleby Hospitals NHS Foundation Trust"])
    assert "Marlhaven" in pool.bodies
    assert "Callender" in pool.people
    assert "Hospitals" not in pool.bodies
    assert vary(sample, pool, random.Random(5)) == vary(sample, pool, random.Random(5))


def test_references_can_be_dropped(sample: Example) -> None:
    bare = vary(
        sample, Pools(("Kettleby",), ("Priya",)), random.Random(1), rename=0.0, nominals=1.0, names=0.0, kinds=0.0
    )
    assert [bare.text[m.start : m.end] for m in bare.mentions if m.entity == 1] == [
        "Pelside",
        "Pelside Community Trust",
    ]


def test_found_mentions_take_the_labels_of_the_body_they_name(sample: Example) -> None:
    spots = [
        (TEXT.index(n), n, e) for n, e in (("Hurn Valley Hospitals", 2), ("Pelside Community Trust", 0), ("May", 1))
    ]
    row = {"kinds": ["trust", "other", "trust"], "mentions": [[at, at + len(n), e] for at, n, e in spots]}
    found = aligned(sample, row)
    assert [(x.predicate, x.subject, x.object) for x in found.labels] == [
        ("MERGER_TALKS", 0, 2),
        ("DEFICIT", 2, None),
    ]
