"""Short histories of a graph: briefings about persons of one name, bodies and lineage, and decisions in between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Decision, Entity, Extraction, Identity
from tests.graph.store.graphs import CHESTER, HURNOVER, ICB, NHSE, OLD_CCG, QUENBY, WIRRAL, extraction, said
from tests.graph.store.older import Step

WEBB = Entity("person-ann-webb", "Ann Webb", "person")
HURN = Entity("trust-hurn-valley", "Hurn Valley Hospitals", "trust")
PAIR = Entity("other-the-pair", "the pair", "other", members=("RBL", "RJR"))
SYSTEMS = {"RBL": {"QYG"}, "RJR": {"QYG"}, "12F": {"QYGB", "QYG"}, "QYGB": {"QYG"}}
"""What the register knows of lineage and membership."""


def briefing(name: str, person: Entity, posts: Sequence[Entity] = (), more: Sequence[Entity] = ()) -> Extraction:
    """A briefing that gives a person posts, as ingestion tells it: the ties are those that its lineage has."""
    statements = [said("HOLDS_ROLE", person, body, start=30 * i, role="chair") for i, body in enumerate(posts)]
    odd = '<b>\'; MATCH (n) DETACH DELETE n //\u2028 "{}"'
    statements += [said("CRITICISED", person, NHSE, start=300, quote=odd)] * 2
    statements += [said("DEFICIT", body, start=400, amount=1_250_000.5, status="forecast") for body in more]
    found = extraction(name, statements, names=[person, *posts, NHSE, *more], questions=[("Webb", "two bear it")])
    mentions = [*found.mentions, *(replace(m, text=f"{m.text} again") for m in found.mentions[:1])] * 3
    ids = {m for body in posts for m in (body.id, *body.members)}
    ties = ids.union(*(SYSTEMS.get(i, set()) for i in ids))
    identity = Identity(person.id, tuple(sorted({b.id for b in posts})), tuple(sorted(ties)))
    return replace(found, mentions=tuple(mentions), identities=(identity,) if posts else ())


BRIEFINGS = (
    briefing("wirral", WEBB, [WIRRAL]),
    briefing("chester", WEBB, [CHESTER], [HURNOVER]),
    briefing("hurn", WEBB, [HURN]),
    briefing("moves", WEBB, [OLD_CCG, HURN], [ICB]),
    briefing("no post", WEBB),
    briefing("quenby", QUENBY, [WIRRAL, ICB], [CHESTER]),
    briefing("quenby again", QUENBY, [OLD_CCG]),
    briefing("two at once", WEBB, [PAIR], [WIRRAL, CHESTER]),
    extraction("talks", [said("MERGER_TALKS", WIRRAL, CHESTER, status="mooted", form="merger")], published=None),
    extraction("nothing"),
)


def decided(judgement: str, left: str, right: str | None = None, *, day: int = 1) -> Decision:
    """A decision of a day in May, with a note that has everything."""
    return Decision(judgement, left, right, "ed", f"2024-05-{day:02}", 'see "p. 4"\n– ed')  # type: ignore[arg-type]


DECISIONS = (
    decided("confirm", BRIEFINGS[0].statements[0].id),
    decided("reject", BRIEFINGS[1].statements[0].id, day=2),
    decided("reject", BRIEFINGS[8].statements[0].id, day=3),
    decided("same", "person-ann-webb", "person-isolde-quenby", day=4),
    decided("same", "trust-hurn-valley", "RBL", day=5),
    decided("different", "trust-hurn-valley", "RBL", day=6),
    decided("same", "supplier-hurnover-analytics", "other-the-pair", day=7),
    decided("different", "person-ann-webb", "person-isolde-quenby", day=8),
)
BOTH = (*BRIEFINGS[:4], DECISIONS[0], DECISIONS[3], *BRIEFINGS[4:], *DECISIONS[4:])


def history(seed: int) -> list[Step]:
    """Some of the briefings and decisions, in an order made by chance."""
    chance = random.Random(seed)
    steps: list[Step] = [*chance.sample(BRIEFINGS, 6), *chance.sample(DECISIONS, 4)]
    chance.shuffle(steps)
    return steps


def decisions_last(steps: Sequence[Step]) -> list[Step]:
    """The same steps with all decisions after the briefings."""
    return sorted(steps, key=lambda s: isinstance(s, Decision))
