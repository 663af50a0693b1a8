"""Figures of several sets beside those kept from before: how they changed, and which fell too far."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph.errors import InputError
from ingest.evaluation.score import Figures

GUARDED = ("entities", "statements", "headline")
"""The F1 that must not fall by more than `TOLERANCE`."""
TOLERANCE = 0.01

Row = Mapping[str, float]
"""Shares by name: F1 of entities, statements, headline and each predicate, precision, recall, accuracies."""


def row(found: Figures) -> dict[str, float]:
    """The figures of a set as shares (four places), by name; what was never judged is left out."""
    shares = {
        "entities": found.entities.f1,
        "statements": found.statements.f1,
        "precision": found.statements.precision,
        "recall": found.statements.recall,
        "headline": found.headline.f1,
        **{name: tally.f1 for name, tally in found.predicates.items()},
        **{name: right / total for name, (right, total) in found.accuracy.items() if total},
    }
    right, total = found.calibration[max(found.calibration)]
    if total:
        shares["sure and right"] = right / total
    return {name: round(share, 4) for name, share in shares.items()}


def load(path: Path) -> dict[str, dict[str, float]]:
    """The rows kept from before, by set; none where there is no file yet.

    Raises:
        InputError: the file is no such JSON.
    """
    if not path.exists():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return {name: {k: float(v) for k, v in kept.items()} for name, kept in value.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError(f"{path} can't be read as figures by set: {error}; write it anew") from error


def save(path: Path, rows: Mapping[str, Row]) -> None:
    """Write the rows; sets that were not judged this time keep theirs."""
    kept = load(path) | {name: dict(found) for name, found in rows.items()}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def falls(old: Row, new: Row) -> list[str]:
    """What fell too far, a line each."""
    return [
        f"{name} fell from {old[name]:.3f} to {new.get(name, 0.0):.3f}"
        for name in GUARDED
        if name in old and new.get(name, 0.0) < old[name] - TOLERANCE - 1e-9
    ]


_COLUMNS = 5
"""Sets side by side in 80 columns."""


def table(old: Mapping[str, Row], new: Mapping[str, Row]) -> str:
    """Every set's figures in points (of 100) and by how many they changed, in at most 80 columns."""
    names = list(new)
    blocks = (names[at : at + _COLUMNS] for at in range(0, len(names), _COLUMNS))
    return "\n\n".join("\n".join(_block(block, old, new)) for block in blocks)


def _block(names: Sequence[str], old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[str]:
    yield f"{'':<18}" + "".join(f"{name[:11]:>12}" for name in names)
    for figure in dict.fromkeys(f for name in names for f in new[name]):
        cells = (_cell(old.get(name, {}).get(figure), new[name].get(figure)) for name in names)
        yield f"{figure:<18}" + "".join(f"{cell:>12}" for cell in cells)


def _cell(before: float | None, now: float | None) -> str:
    if now is None:
        return "–     "
    change = "" if before is None else f"{100 * (now - before):+.1f}".replace("+0.0", "·").replace("-0.0", "·")
    return f"{100 * now:.1f} {change:>5}"
