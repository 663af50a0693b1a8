"""References: "the trust", "the regulator", "its neighbour", "the pair", "he" → the entity meant.

What a briefing has named so far is kept sentence by sentence (`discourse`). Each noun or pronoun that may
refer (`spots`) gets the likeliest entity of its story (`antecedents`, `choice`), where that is likely enough; words
for several ("the two trusts", `sets`) get their members, and so does a class told before them (`listed`).
Where nothing is likely nothing is said: a wrong link costs more than a missing one.

Pronouns are marked `via="pronoun"` so that later steps can weigh them less than nouns (`via="reference"`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.model import Mention
from ingest.annotation import Annotation, Reason
from ingest.antecedents import options
from ingest.choice import Learned, group_of, learned, likeliest, strongest
from ingest.discourse import Discourse
from ingest.listed import Listed, listed
from ingest.scene import Line, Mark, Scene
from ingest.sets import Several, choices, several
from ingest.spots import IMPERSONAL, Spot, spots

_LISTED = 0.8
"""How sure the members of a class are that the text lists."""
_SURE = 0.95
"""No reference is surer than this."""


def resolve(annotation: Annotation) -> Annotation:
    """Add the references that can be resolved; mentions by name stay as they are."""
    return _Resolver(annotation).run()


class _Resolver:
    """The state of resolving one briefing's references."""

    def __init__(self, annotation: Annotation) -> None:
        self._annotation = annotation
        self._scene = Scene(annotation)
        self._learned: Learned = learned()
        self._discourse = Discourse(self._scene)
        self._added: list[Mention] = []
        self._reasons: dict[tuple[int, int], Reason] = {}

    def run(self) -> Annotation:
        for line in self._scene.lines:
            self._read(line)
        mentions = sorted((*self._annotation.mentions, *self._added), key=lambda m: (m.start, m.end, m.entity))
        return replace(self._annotation, mentions=tuple(mentions), reasons=self._reasons)

    def _read(self, line: Line) -> None:
        """Take names and references in the order in which they stand; of two that overlap the longer counts."""
        self._discourse.open(line)
        classes = listed(self._scene, line, self._learned.heads, self._discourse)
        found: list[Mark | Spot | Several | Listed] = [
            *line.marks,
            *several(line, self._learned.heads),
            *spots(line, self._learned.heads),
            *classes,
        ]
        taken, open_noun = line.start, False
        for item in sorted(found, key=lambda f: (f.start, -f.end)):
            if isinstance(item, Mark):
                self._discourse.name(line, item)
            elif item.start >= taken:
                if isinstance(item, Listed):
                    done = self._class(line, item)
                elif isinstance(item, Several):
                    done = self._several(line, item)
                else:
                    # "its" may mean a noun of its sentence that nothing was found for
                    done = not (open_noun and item.head in IMPERSONAL) and self._one(line, item)
                    open_noun = open_noun or not (done or item.pronoun)
                taken = item.end if done else taken

    def _one(self, line: Line, spot: Spot) -> bool:
        offered = options(self._discourse, line, spot, self._learned.heads)
        if len(offered) < 2:
            return False
        best, share = likeliest(offered, self._learned.weights)
        if best.entity is None or share < self._learned.least[group_of(spot)]:
            return False
        told = self._discourse.told(best.entity)
        if told is None:
            return False
        rivals = tuple(o.entity for o in offered if o.entity and o.entity != best.entity)
        reason = Reason("chosen", (told.named,), rivals, strongest(best, self._learned.weights))
        self._discourse.refer(line, spot, told.entity)
        via = "pronoun" if spot.pronoun else "reference"
        self._add(spot.start, spot.end, (best.entity,), via, min(share, _SURE), reason)
        return True

    def _several(self, line: Line, item: Several) -> bool:
        offered = choices(self._discourse, line, item)
        if len(offered) < 2:
            return False
        best, share = likeliest(offered, self._learned.weights)
        if not best.members or share < self._learned.least["several"]:
            return False
        told = [t for m in best.members if (t := self._discourse.told(m))]
        if len(told) < len(best.members):
            return False
        self._discourse.refer_to_all(line, item.start, [t.entity for t in told])
        self._add(
            item.start,
            item.end,
            best.members,
            "reference",
            min(share, _SURE),
            Reason("members", tuple(t.named for t in told)),
        )
        return True

    def _class(self, line: Line, item: Listed) -> bool:
        entities = [m.entity for m in item.members]
        reason = Reason("listed", tuple(m.start for m in item.members))
        self._discourse.refer_to_all(line, item.start, entities)
        self._add(item.start, item.end, (e.id for e in entities), "reference", _LISTED, reason)
        return True

    def _add(self, start: int, end: int, entities: Iterable[str], via: str, share: float, reason: Reason) -> None:
        text = self._scene.text[start:end]
        self._added.extend(Mention(start, end, text, e, via, round(share, 2)) for e in entities)
        self._reasons[start, end] = reason


def unresolved(line: Line) -> list[tuple[int, int]]:
    """Places in a sentence of nouns that refer to a body ("the trust") and that nothing was found for."""
    places: Sequence[Spot | Several] = [
        *(s for s in spots(line, learned().heads) if not s.pronoun),
        *several(line, learned().heads),
    ]
    found = sorted({(s.start, s.end) for s in places})
    return [(a, b) for a, b in found if not any(m.start < b and a < m.end for m in line.marks)]
