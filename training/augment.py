"""Changed copies of training examples: other names, fewer references, now and then a wrong kind.

Names are changed word by word and alike through a text ("Pelside" → "Kettleby" wherever it
stands in a mention), so that the model learns what is said about bodies, not which body it is.
National bodies keep their names: what NHS England or the Treasury do is worth learning.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.relations.windows import Marked
from training.gold import Example, Label, nominal

RENAMED = frozenset(
    {
        "trust",
        "ics",
        "icb",
        "ccg",
        "supplier",
        "independent_provider",
        "local_authority",
        "charity",
        "university",
        "person",
    }
)
_CONFUSED = {
    "trust": ("independent_provider", "other", "ccg"),
    "ics": ("icb", "other"),
    "icb": ("ics", "ccg"),
    "ccg": ("icb", "trust"),
    "supplier": ("other", "independent_provider"),
    "independent_provider": ("supplier", "trust", "charity"),
    "charity": ("other", "independent_provider"),
    "regulator": ("government", "other"),
    "representative_body": ("other", "union"),
    "other": ("supplier", "representative_body", "charity"),
}
_WORD = re.compile(r"[A-Za-z][A-Za-z]+(?:-[A-Za-z]+)*")
_KEPT_TEXT = """
nhs england foundation trust trusts hospital hospitals university teaching royal healthcare health care community
mental partnership partnerships and of the for in with ambulance service services integrated board system systems
clinical commissioning group groups ccg ccgs icb icbs ics stp stps pct pcts ft fts general district national north
south east west central mid northern southern eastern western greater upper lower children women infirmary medical
centre city county council borough college school institute limited ltd plc llp uk mr mrs ms dr sir dame professor
prof lord lady baroness social enterprise cic consulting partners associates solutions digital technologies capital
holdings international sustainability transformation acute primary cluster region regional place alliance
federation society association charity fund chief executive director minister its their his her a an
"""
_KEPT = frozenset(_KEPT_TEXT.split())
_FIRST_TEXT = """
Amara Beatrix Callum Dilys Edwin Farida Gethin Harriet Ishaan Joan Kofi Lorna Magnus Nadia Owen Priya Quentin
Rosalind Sunil Tamsin Ursula Victor Winifred Yusuf Zara Alistair Bronwen Cyril Deepa Esme Fergus Greta Hamish Ines
Jasper Kirsty Leopold Mira
"""
_FIRST = tuple(_FIRST_TEXT.split())


@dataclass(frozen=True)
class Pools:
    """Words to draw new names from."""

    bodies: tuple[str, ...]
    people: tuple[str, ...]


def pools(examples: Iterable[Example], names: Iterable[str]) -> Pools:
    """Collect telling words of the examples' own names and of a register's names."""
    bodies: set[str] = set()
    people: set[str] = set(_FIRST)
    for example in examples:
        for m in example.mentions:
            if m.kind in RENAMED and not nominal(surface := example.text[m.start : m.end]):
                (people if m.kind == "person" else bodies).update(w for w in _WORD.findall(surface) if _telling(w))
    for name in names:
        bodies.update(w for w in _WORD.findall(name) if _telling(w))
    short = re.compile(r"[A-Z]{2,6}")
    return Pools(*(tuple(sorted(w for w in pool if not short.fullmatch(w))) for pool in (bodies, people)))


def _telling(word: str) -> bool:
    return word[0].isupper() and len(word) > 2 and word.lower() not in _KEPT


def vary(
    example: Example,
    pool: Pools,
    rng: random.Random,
    *,
    rename: float = 0.6,
    nominals: float = 0.4,
    names: float = 0.03,
    kinds: float = 0.04,
) -> Example:
    """A changed copy. `rename`, `nominals`, `names` and `kinds` are chances: of new names for one briefing's entity,
    of losing a reference by noun, of losing a mention by name, and of showing a near but wrong kind."""
    dropped = {
        k
        for k, m in enumerate(example.mentions)
        if rng.random() < (nominals if nominal(example.text[m.start : m.end]) else names)
    }
    shown = [rng.choice(_CONFUSED[k]) if k in _CONFUSED and rng.random() < kinds else k for k in example.kinds]
    mapping: dict[tuple[bool, str], str] = {}
    fresh = [k in RENAMED and rng.random() < rename for k in example.kinds]
    pieces: list[str] = []
    edits: list[tuple[int, int, int]] = []
    at = 0
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    length = 0
    for m in example.mentions:
        if (m.start, m.end) in spans:
            continue
        surface = example.text[m.start : m.end]
        new = surface
        if fresh[m.entity] and not nominal(surface):
            new = _renamed(surface, m.kind == "person", mapping, pool, rng)
        pieces += (example.text[at : m.start], new)
        length += m.start - at
        spans[m.start, m.end] = (length, length + len(new))
        length += len(new)
        edits.append((m.start, m.end, len(new) - len(surface)))
        at = m.end
    pieces.append(example.text[at:])

    def moved(place: tuple[int, int]) -> tuple[int, int]:
        return (
            place[0] + sum(d for _, end, d in edits if end <= place[0]),
            place[1] + sum(d for start, _, d in edits if start < place[1]),
        )

    return replace(
        example,
        text="".join(pieces),
        mentions=tuple(
            Marked(*spans[m.start, m.end], m.entity, shown[m.entity])
            for k, m in enumerate(example.mentions)
            if k not in dropped
        ),
        labels=tuple(_moved(x, tuple(moved(p) for p in x.places)) for x in example.labels),
    )


def _moved(label: Label, places: tuple[tuple[int, int], ...]) -> Label:
    return replace(label, places=places) if places else label


def _renamed(surface: str, person: bool, mapping: dict[tuple[bool, str], str], pool: Pools, rng: random.Random) -> str:
    def swap(match: re.Match[str]) -> str:
        word = match.group()
        if not _telling(word) or not (person or pool.bodies):
            return word
        key = (person, word.lower())
        if key not in mapping:
            if re.fullmatch(r"[A-Z]{2,6}", word):
                mapping[key] = "".join(rng.choice("ABCDEFGHKLMNPRSTUW") for _ in word)
            else:
                mapping[key] = rng.choice(pool.people if person else pool.bodies)
        return mapping[key]

    return _WORD.sub(swap, surface)
