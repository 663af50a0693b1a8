"""An evaluation as JSON and as text for people: figures, calibration, causes with counts, examples.

The text fits 80 columns and holds no character that would steer a terminal.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.plain import record
from graph.style import label_text
from ingest.evaluation.causes import ENTITY, INVENTED, MISSED, Fault
from ingest.evaluation.run import Evaluation
from ingest.evaluation.score import BANDS, Figures, Tally

WIDTH = 80
_COLUMNS = {
    ENTITY: "ENT",
    "MERGER_TALKS": "MERG",
    "DISPUTE": "DISP",
    "FUNDING": "FUND",
    "HOLDS_ROLE": "ROLE",
    "COMMISSIONED": "COMM",
    "REGULATORY_ACTION": "REGU",
    "CRITICISED": "CRIT",
    "PART_OF": "PART",
    "DEFICIT": "DEFI",
}
_TITLES = {"missed": "Missed", "invented": "Invented", "wrong": "Attributes"}


def plain(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON values, shares rounded to three places; with `causes` and `faults` where asked for."""
    found = evaluation.figures
    value: dict[str, Any] = {
        "briefings": found.briefings,
        "unread": list(evaluation.unread),
        "entities": _tally(found.entities),
        "statements": _tally(found.statements),
        "headline": _tally(found.headline),
        "by_predicate": {p: _tally(t) for p, t in found.predicates.items()},
        "accuracy": {name: {"right": right, "of": total} for name, (right, total) in found.accuracy.items()},
        "calibration": [
            {"from": band, "right": right, "of": total} for band, (right, total) in found.calibration.items()
        ],
    }
    if evaluation.faults is not None:
        value["causes"] = {
            side: dict(Counter(f.cause for f in evaluation.faults if f.side == side).most_common()) for side in _TITLES
        }
        value["faults"] = [record(fault) for fault in evaluation.faults]
    return value


def _tally(tally: Tally) -> dict[str, Any]:
    shares = {"p": tally.precision, "r": tally.recall, "f1": tally.f1}
    counts = {"right": tally.right, "invented": tally.invented, "missed": tally.missed}
    return {name: round(share, 3) for name, share in shares.items()} | counts


def text(evaluation: Evaluation, *, examples: int | None = 3) -> str:
    """The evaluation as text: figures, calibration and, where asked for, causes with examples.

    `examples` is how many are shown of each cause and predicate (None: all).
    """
    lines = [*_figures(evaluation.figures), "", *_calibration(evaluation.figures)]
    if evaluation.unread:
        lines += ["", *_wrapped(f"Counted as missed, for want of a text: {', '.join(evaluation.unread)}", "")]
    if evaluation.faults is not None:
        lines += ["", *_counts(evaluation.faults), "", *_examples(evaluation.faults, examples)]
    return "\n".join(lines).rstrip()


def _figures(found: Figures) -> Iterator[str]:
    yield f"{found.briefings} briefings" if found.briefings != 1 else "1 briefing"
    yield ""
    yield f"{'':<20}{'precision':>10}{'recall':>9}{'F1':>9}{'right':>8}{'invented':>10}{'missed':>8}"
    totals = {"entities": found.entities, "statements": found.statements, "headline": found.headline}
    for name, tally in (totals | {f"  {p}": t for p, t in found.predicates.items()}).items():
        shares = f"{tally.precision:>10.3f}{tally.recall:>9.3f}{tally.f1:>9.3f}"
        yield f"{name:<20}{shares}{tally.right:>8}{tally.invented:>10}{tally.missed:>8}"
    yield ""
    yield "Right where found:"
    for name, (right, total) in found.accuracy.items():
        if total:
            yield f"  {name:<18}{right / total:>10.3f}   {right} of {total}"


def _calibration(found: Figures) -> Iterator[str]:
    yield "Confidence and how many of the statements found are right (optional ones too):"
    for upper, band in zip(("", *BANDS), BANDS, strict=False):
        right, total = found.calibration[band]
        name = f"from {band}" if not upper else f"{band} to {upper}" if band else f"below {upper}"
        yield f"  {name:<18}{right / total:>10.3f}   {right} of {total}" if total else f"  {name:<18}{'–':>10}"


def _counts(faults: Sequence[Fault]) -> Iterator[str]:
    """A table of causes by predicate for each side, the commonest first."""
    for number, (side, title) in enumerate(_TITLES.items()):
        counts = Counter((f.cause, f.what) for f in faults if f.side == side)
        if number:
            yield ""
        yield f"{title + ', by cause':<24}{'all':>5}" + "".join(f"{short:>5}" for short in _COLUMNS.values())
        causes = Counter(f.cause for f in faults if f.side == side)
        for cause, total in causes.most_common():
            cells = "".join(f"{counts[cause, what] or '·':>5}" for what in _COLUMNS)
            yield f"  {cause:<22}{total:>5}{cells}"
        if not causes:
            yield "  nothing"


def _examples(faults: Sequence[Fault], most: int | None) -> Iterator[str]:
    meanings: Mapping[str, Mapping[str, str]] = {"missed": MISSED, "invented": INVENTED, "wrong": {}}
    for side, title in _TITLES.items():
        mine = [f for f in faults if f.side == side]
        for cause, total in Counter(f.cause for f in mine).most_common():
            meaning = meanings[side].get(cause)
            yield from _wrapped(f"{title}: {cause} ({total})" + (f" – {meaning}" if meaning else ""), "")
            for what in _COLUMNS:
                chosen = [f for f in mine if (f.cause, f.what) == (cause, what)]
                for fault in chosen[:most]:
                    yield from _example(fault)
                if most is not None and len(chosen) > most:
                    yield f"  … and {len(chosen) - most} more {what if what != ENTITY else 'entities'}"
            yield ""


def _example(fault: Fault) -> Iterable[str]:
    detail = f" ({fault.detail})" if fault.detail else ""
    yield from _wrapped(f"{fault.briefing}: {fault.said}{detail}", "  ")
    if fault.sentence:
        yield from _wrapped(f"“{textwrap.shorten(label_text(fault.sentence), 420, placeholder=' …')}”", "      ")


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(label_text(line), WIDTH, initial_indent=indent, subsequent_indent=indent or "  ")
