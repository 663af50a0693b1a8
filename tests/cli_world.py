"""A small graph made by hand for the tests of the command line; the bodies in a row or in debt are invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from graph.ids import briefing_id, statement_id
from graph.model import Document, Entity, Extraction, Mention, Question, Statement, Succession
from graph.store import open_store

HURN = Entity(
    "trust-hurn-valley",
    "Hurn Valley Hospitals NHS Foundation Trust",
    "trust",
    aliases=("Hurn Valley", "HVH"),
    opened=date(2009, 4, 1),
    region="North West",
    known=True,
)
LYDE = Entity("trust-lyde", "Lyde and Marl Community NHS Trust", "trust", aliases=("Lyde and Marl",), known=True)
BOARD = Entity("icb-hurn", "NHS Hurnshire Integrated Care Board", "icb", aliases=("Hurnshire ICB",), known=True)
GROUP = Entity("ccg-hurn", "NHS Hurnshire CCG", "ccg", closed=date(2022, 6, 30), known=True)
NHSE = Entity("X24", "NHS England", "regulator", ods_code="X24", aliases=("NHSE",), known=True)
QUENBY = Entity("person-isolde-quenby", "Isolde Quenby", "person")
ALONE = Entity("supplier-thirle", "Thirle \x1b[31mGrange\x07 Consulting", "supplier")
ENTITIES = {e.id: e for e in (HURN, LYDE, BOARD, GROUP, NHSE, QUENBY, ALONE)}

TALKS = "Hurn Valley and Lyde and Marl are in talks about a merger."
GRANT = "NHS England has promised Hurn Valley £22m for new theatres."
CHIEF = "Chief executive Isolde Quenby told staff on Monday."
OLD_BILL = "NHS Hurnshire CCG paid Lyde and Marl £350,000 under the old contract."
HOSTILE = "Thirle \x1b[31mGrange\x07 Consulting was named <b>too</b>."


def _briefing(
    stem: str, title: str, published: date | None, sentences: list[str], said: list[dict[str, Any]]
) -> Extraction:
    text = "\n".join([title, *sentences])
    id = briefing_id(stem, text)
    mentions = []
    for entity in ENTITIES.values():
        for name in (entity.name, *entity.aliases):
            if (start := text.find(name)) >= 0:
                mentions.append(Mention(start, start + len(name), name, entity.id, "register"))
                break
    statements = []
    for facts in said:
        quote, predicate = facts.pop("quote"), facts.pop("predicate")
        subject, obj = facts.pop("subject"), facts.pop("object")
        start = text.index(quote)
        identity = statement_id(id, predicate, subject, obj, start, start + len(quote))
        ends = (identity, id, predicate, subject, obj, quote, start, start + len(quote))
        statements.append(Statement(*ends, facts.pop("confidence", 0.8), "by hand", published=published, **facts))
    named = {m.entity for m in mentions} | {e for s in statements for e in (s.subject, s.object) if e}
    lineage = (Succession("ccg-hurn", "icb-hurn", date(2022, 7, 1), "became"),) if named & {"ccg-hurn"} else ()
    named |= {"icb-hurn"} if lineage else set()
    return Extraction(
        Document(id, title, text, published, "Hurnshire Watch", f"{stem}.txt", "0" * 64),
        tuple(e for e in ENTITIES.values() if e.id in named),
        tuple(mentions),
        tuple(statements),
        (Question(id, "St Osyth", 0, 4, ("trust-st-osyth", "ccg-st-osyth"), "two bodies go by it"),),
        lineage,
    )


def extractions() -> list[Extraction]:
    talks = {"quote": TALKS, "predicate": "MERGER_TALKS", "subject": HURN.id, "object": LYDE.id}
    grant = {"quote": GRANT, "predicate": "FUNDING", "subject": NHSE.id, "object": HURN.id, "amount": 22e6}
    chief = {"quote": CHIEF, "predicate": "HOLDS_ROLE", "subject": QUENBY.id, "object": HURN.id}
    bill = {"quote": OLD_BILL, "predicate": "FUNDING", "subject": GROUP.id, "object": LYDE.id, "amount": 350e3}
    deficit = {"quote": CHIEF, "predicate": "DEFICIT", "subject": HURN.id, "object": None, "confidence": 0.3}
    return [
        _briefing(
            "talks",
            "Two boards, one table",
            date(2024, 6, 3),
            [TALKS, GRANT, CHIEF],
            [
                talks | {"status": "in_talks", "form": "merger"},
                grant | {"status": "confirmed", "form": "capital"},
                chief | {"status": "current", "role": "chief executive"},
                deficit,
            ],
        ),
        _briefing("bill", "An old bill", date(2018, 2, 1), [OLD_BILL], [bill | {"status": "paid", "form": "contract"}]),
        _briefing("hostile", "Whoever names things", None, [HOSTILE], []),
    ]


def make_store(path: Path) -> Path:
    with open_store(str(path), create=True) as store:
        store.writer().add(extractions())
    return path


@dataclass(frozen=True)
class Done:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Done:
    """Run a command in this process, as the entry point does."""
    with pytest.raises(SystemExit) as left:
        cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return Done(int(left.value.code or 0), out, err)
