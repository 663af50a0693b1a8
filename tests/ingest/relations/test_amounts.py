from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest.coreference import resolve
from ingest.relations import amounts
from ingest.scene import Scene


def settled(marked, text, predicate, subject, obj=None, picked=None):
    scene = Scene(resolve(marked(text)))
    return amounts.settle(scene, scene.lines[-1], predicate, subject, obj, picked)


@pytest.mark.parametrize(
    ("text", "predicate", "obj", "pounds"),
    [
        ("{Tarn Hospitals|trust} has a turnover of £300m and a deficit of £4m.", "DEFICIT", None, 4e6),
        (
            "{Tarn Hospitals|trust} has appointed {Corvale|supplier} under a contract worth £7m.",
            "COMMISSIONED",
            "c",
            7e6,
        ),
        ("{Tarn Hospitals|trust} has hired {Corvale|supplier}.", "COMMISSIONED", "c", None),
    ],
)
def test_the_sum_that_belongs(marked, text, predicate, obj, pounds):
    found = settled(marked, f"A note\n\n{text}", predicate, "tarn-hospitals", "corvale" if obj else None)
    assert found == pounds


def test_no_sum_is_taken_from_another_story(marked):
    text = "A note\n\n{Corvale|supplier} paid £9m.\n\nIn brief\n\n{Tarn Hospitals|trust} has hired {Corvale|supplier}."
    assert settled(marked, text, "COMMISSIONED", "tarn-hospitals", "corvale") is None


def test_nothing_is_learned_of_names():
    weights = json.loads((Path(amounts.__file__).parent / "data" / "amounts.json").read_text(encoding="utf-8"))
    words = {w for feature in weights for w in re.findall(r"(?:^| )[lr]1? (\S+)$", feature)}
    assert {w for w in words if w[0].isupper()} == {"Name"}
