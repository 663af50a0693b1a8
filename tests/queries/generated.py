"""A graph made by chance from a fixed seed: every predicate, status and form, undated briefings, ties, judgements.

The bodies that header examples name are in it, so that every example has an answer. What the real ones are
made to do is routine business; rows and deficits are for invented bodies.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from graph.ids import briefing_id, statement_id
from graph.model import Decision, Document, Entity, Extraction, Membership, Mention, Statement, Succession
from graph.schema import OVERSEERS, PERSON, PREDICATES
from graph.store import Store

ELLERMOUTH = Entity(
    "trust-ellermouth",
    "Ellermouth Hospitals NHS Foundation Trust",
    "trust",
    aliases=("Ellermouth",),
    region="North West",
)
TARNBRIDGE = Entity("trust-tarnbridge", "Tarnbridge General Hospital NHS Trust", "trust", aliases=("TGH",))
NHSE = Entity("nhs-england", "NHS England", "regulator", aliases=("NHSE",), known=True)
CQC = Entity("cqc", "Care Quality Commission", "regulator", aliases=("CQC",), known=True)
MFT = Entity("R0A", "Manchester University NHS Foundation Trust", "trust", ods_code="R0A", aliases=("MFT",), known=True)
CENTRAL = Entity("RW3", "Central Manchester University Hospitals NHS Foundation Trust", "trust", "RW3", known=True)
SOUTH = Entity("RM2", "University Hospital of South Manchester NHS Foundation Trust", "trust", "RM2", known=True)
OLDER = Entity("RM2X", "South Manchester University Hospitals NHS Trust", "trust", known=True)
DEVON = Entity("ics-devon", "Devon Integrated Care System", "ics", known=True)
DEVON_BOARD = Entity("QJK", "NHS Devon Integrated Care Board", "icb", ods_code="QJK", known=True)
QUILL_STP = Entity(
    "ics-dunmarrow-and-quill",
    "Dunmarrow and Quill sustainability and transformation partnership",
    "ics",
    aliases=("Dunmarrow and Quill STP",),
)
PIKESTAFF = Entity("supplier-pikestaff-consulting", "Pikestaff Consulting", "supplier")
STRAKE = Entity("person-gethin-strake", "Gethin Strake", PERSON)
REAL = (NHSE, CQC, MFT, CENTRAL, SOUTH, OLDER, DEVON, DEVON_BOARD)

_PLACES = ("Hurn", "Lyde", "Marl", "Thirle", "Quill", "Harrow Sands", "St Osyth’s", "Dunmarrow", "Kestrow", "Ardenfold")
_BODIES = (
    ("{} Hospitals NHS Foundation Trust", "trust"),
    ("NHS {} Integrated Care Board", "icb"),
    ("{} Integrated Care System", "ics"),
    ("NHS {} CCG", "ccg"),
    ("{} County Council", "local_authority"),
    ("{} Consulting", "supplier"),
    ("Society of {} Nurses", "union"),
)
INVENTED = (
    ELLERMOUTH,
    TARNBRIDGE,
    *(
        Entity(f"{kind}-{number}", form.format(place), kind, region=(None, "London", "North West")[number % 3])
        for number, (place, (form, kind)) in enumerate((p, f) for p in _PLACES for f in _BODIES)
    ),
    STRAKE,
    *(Entity(f"person-{n}", f"Person {n % 9} O’{'ABC'[n % 3]}", PERSON) for n in range(18)),
)
ENTITIES = {e.id: e for e in (*REAL, *INVENTED, QUILL_STP, PIKESTAFF)}
LINEAGE = (
    Succession("RW3", "R0A", date(2017, 10, 1), "merger"),
    Succession("RM2", "R0A", date(2017, 10, 1), "merger"),
    Succession("RM2X", "RM2", None, "rename"),
)
MEMBERSHIPS = (Membership("QJK", "ics-devon"),)
NAMED = ("RM2", "cqc", "ics-devon", "icb-1", "local_authority-4", "union-6", "person-1", "person-2")
"""Named by the first briefing even if no fact of it is about them."""
EXAMPLE_PATH = "briefings/2024-09-17-ward-round.txt"


def extractions(briefings: int = 40, seed: int = 7) -> list[Extraction]:
    """The briefings; the first one is what the header examples ask about."""
    chance = random.Random(seed)
    made = [_briefing(0, _wanted(), date(2024, 9, 17), EXAMPLE_PATH)]
    for number in range(1, briefings):
        day = None if number % 7 == 0 else date(2014, 1, 1) + timedelta(days=113 * (number // 2))
        made.append(_briefing(number, [_fact(chance) for _ in range(chance.randint(0, 9))], day, f"b/{number}.txt"))
    return made


def decisions(made: Sequence[Extraction]) -> list[Decision]:
    """Judgements about every fifth and every seventh statement: rejected, confirmed."""
    ids = [s.id for x in made[1:] for s in x.statements]
    return [Decision("reject", i) for i in ids[::5]] + [Decision("confirm", i) for i in ids[3::7] if i not in ids[::5]]


def fill(store: Store, made: Sequence[Extraction]) -> None:
    """Store the briefings in the order given, in two batches, and the judgements."""
    writer = store.writer()
    half = len(made) // 2
    writer.add(made[:half])
    writer.add(made[half:])
    for decision in decisions(sorted(made, key=lambda x: int(x.document.source or 0))):
        writer.decide(decision)


def _wanted() -> list[dict[str, Any]]:
    return [
        _said("MERGER_TALKS", ELLERMOUTH, TARNBRIDGE, status="in_talks", form="merger"),
        _said("DISPUTE", ELLERMOUTH, INVENTED[6], status="open", form="contract", amount=4.1e6),
        _said("FUNDING", NHSE, ELLERMOUTH, status="conditional", form="capital", amount=5e6),
        _said("HOLDS_ROLE", STRAKE, ELLERMOUTH, status="current", role="chief executive"),
        _said("HOLDS_ROLE", STRAKE, NHSE, status="former", role="director"),
        _said("REGULATORY_ACTION", CQC, TARNBRIDGE, form="rating", rating="good"),
        _said("FUNDING", NHSE, MFT, status="confirmed", form="allocation", amount=12.5e6),
        _said("FUNDING", NHSE, DEVON_BOARD, status="paid", form="allocation", amount=2e6),
        _said("PART_OF", TARNBRIDGE, QUILL_STP),
        _said("PART_OF", ELLERMOUTH, QUILL_STP),
        _said("DEFICIT", TARNBRIDGE, status="forecast", amount=9.8e6),
        _said("DEFICIT", QUILL_STP, status="reported", amount=31e6),
        _said("REGULATORY_ACTION", INVENTED[3], TARNBRIDGE, form="special_measures"),
        _said("COMMISSIONED", ELLERMOUTH, PIKESTAFF, status="awarded", amount=95e3),
    ]


def _said(predicate: str, subject: Entity, obj: Entity | None = None, **attributes: Any) -> dict[str, Any]:
    return {"predicate": predicate, "subject": subject.id, "object": obj.id if obj else None, **attributes}


def _fact(chance: random.Random) -> dict[str, Any]:
    """One allowed statement; a few busy bodies have most of them, so that pairs repeat and tie."""
    spec = PREDICATES[chance.choice(list(PREDICATES))]

    def pick(kinds: frozenset[str]) -> Entity:
        fitting = [e for e in INVENTED if e.kind in kinds]
        if spec.name in ("REGULATORY_ACTION", "FUNDING") and kinds & OVERSEERS and chance.random() < 0.3:
            return chance.choice((NHSE, CQC))
        return chance.choice(fitting[:6] if chance.random() < 0.7 else fitting)

    subject = pick(spec.subjects)
    obj = pick(spec.objects) if spec.objects else None
    if obj == subject and chance.random() < 0.7:
        obj = TARNBRIDGE if subject != TARNBRIDGE else ELLERMOUTH
    fact = _said(spec.name, subject, obj, confidence=chance.choice((0.3, 0.55, 0.8, 1.0)))
    if spec.statuses:
        fact["status"] = chance.choice((None, *spec.statuses))
    if spec.forms:
        fact["form"] = chance.choice((None, *spec.forms))
    if "amount" in spec.attributes:
        fact["amount"] = chance.choice((None, 730_000.0, 1.5e9, 46e6, 0.5))
    if "role" in spec.attributes:
        fact["role"] = chance.choice((None, "chair", "chief executive"))
    if "rating" in spec.attributes:
        fact["rating"] = chance.choice((None, "good", "inadequate"))
    return fact


def _briefing(number: int, facts: Sequence[dict[str, Any]], day: date | None, path: str) -> Extraction:
    text = f"Briefing {number}"
    id_ = briefing_id(f"briefing {number}", text)
    statements = []
    for place, fact in enumerate(facts):
        start, end = 40 * place, 40 * place + 30
        rest = {k: v for k, v in fact.items() if k not in ("predicate", "subject", "object", "confidence")}
        statements.append(
            Statement(
                id=statement_id(id_, fact["predicate"], fact["subject"], fact["object"], start, end),
                briefing=id_,
                predicate=fact["predicate"],
                subject=fact["subject"],
                object=fact["object"],
                quote=f"“Sentence {place}” of briefing {number}, with 'quotes' & a 𝒳.",
                start=start,
                end=end,
                confidence=fact.get("confidence", 0.9),
                rule="by-hand",
                published=day,
                **rest,
            )
        )
    named = dict.fromkeys(i for s in statements for i in (s.subject, s.object) if i)
    lineage = tuple(x for x in LINEAGE if {x.predecessor, x.successor} & {"R0A", "RM2"}) if "R0A" in named else ()
    members = MEMBERSHIPS if "QJK" in named else ()
    extra = {i for x in lineage for i in (x.predecessor, x.successor)} | {m.whole for m in members}
    mentioned = (*named, *(i for i in NAMED if number == 0 and i not in named))
    return Extraction(
        document=Document(id_, f"Title {number % 30}", text, day, str(number), path, id_),
        entities=tuple(ENTITIES[i] for i in dict.fromkeys((*mentioned, *sorted(extra)))),
        mentions=tuple(Mention(9 * n, 9 * n + 5, ENTITIES[i].name, i, "register") for n, i in enumerate(mentioned)),
        statements=tuple(statements),
        successions=lineage,
        memberships=members,
    )
