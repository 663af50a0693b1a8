"""Fitting the judge of unknown names: examples from annotations, weights that tell them apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ingest.kinds import Kinds
from ingest.relations.windows import Marked
from training.gold import Example
from training.kinds import Named, fit, ordinary, train


def example(ident: str, text: str, *marks: tuple[str, str]) -> Example:
    found = tuple(
        Marked(text.index(name), text.index(name) + len(name), k, kind) for k, (name, kind) in enumerate(marks)
    )
    keys = tuple(str(k) for k in range(len(marks)))
    return Example(ident, text, keys, tuple(kind for _, kind in marks), found, ())


def test_traits_tell_labels_apart() -> None:
    rows = [Named(frozenset({"prev:dr"}), "person"), Named(frozenset({"next:which"}), "supplier")] * 5
    column, weights, bias = fit(rows, least=2)
    judge = Kinds(("none", "person"), {}, np.zeros((1, 2), np.float32), np.zeros(2, np.float32), {}, frozenset())
    assert judge.joined(()) == 0.5
    assert set(column) == {"prev:dr", "next:which"}
    person = weights[column["prev:dr"]] + bias
    assert int(person.argmax()) == 1


def test_rare_traits_are_left_out() -> None:
    rows = [Named(frozenset({"often"}), "person")] * 3 + [Named(frozenset({"once", "often"}), "none")]
    assert set(fit(rows, least=3)[0]) == {"often"}


def test_ordinary_words_are_those_that_several_texts_write_small() -> None:
    assert ordinary(["the ward was full", "a ward", "Ward"], least=2) == "ward"


def test_training_writes_weights_that_can_be_read(tmp_path: Path) -> None:
    text = "Board news\nThe consultancy {}, which won the contract, was paid £2m. Dr {} said that the trust agreed.\n"
    pairs = [("Orwen Tarrow", "Odalys Vell"), ("Brannick Stoll", "Imre Castell"), ("Pellam Voss", "Runa Brandt")]
    examples = [
        example(f"b{k}", text.format(firm, person), (firm, "supplier"), (person, "person"))
        for k, (firm, person) in enumerate(pairs)
    ]
    out = tmp_path / "kinds.json"
    assert train(examples, out).startswith("3 briefings")
    judge = Kinds.load(out)
    person, supplier = judge.labels.index("person"), judge.labels.index("supplier")
    doctor, firm = judge.points({"title", "next:said"}), judge.points({"next2:, which", "right:contract"})
    assert doctor[person] > doctor[supplier]
    assert firm[supplier] > firm[person]
