"""How good a network is: statement precision and recall as the scorer counts them, thresholds, attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from graph.schema import PREDICATES
from training.batches import BLOCKS, VALUES, Prepared, legal, pair_table, run, single_table
from training.gold import SYMMETRIC
from training.network import ALONE, PAIRED, Network


@dataclass(frozen=True)
class Judged:
    """One possible statement: `wanted` is 1 (required), 0 (wrong) or None (optional, counts neither way)."""

    predicate: str
    logit: float
    wanted: int | None
    right: tuple[tuple[str, bool], ...] = ()
    briefing: str = ""


@dataclass(frozen=True)
class Judgement:
    """All possible statements of some briefings; `missed` counts required ones that were never scored."""

    items: tuple[Judged, ...]
    missed: Mapping[str, int]


def judge(network: Network, prepared: Sequence[Prepared], *, half: bool = False) -> Judgement:
    """Score every allowed pair of every briefing."""
    items: list[Judged] = []
    missed: Counter[str] = Counter()
    network.eval()
    with torch.no_grad():
        for p in prepared:
            wanted = {(x.predicate, x.subject, x.object): x for x in p.example.labels}
            got: set[tuple[str, int, int | None]] = set()
            for scores in run(network, [p], half=half):
                table, seen = pair_table(p.example, scores)
                allowed = legal(p.example.kinds) & seen[..., None]
                options: list[tuple[str, int, int | None, float]] = [
                    (PAIRED[c], a, b, float(table[a, b, c])) for a, b, c in allowed.nonzero().tolist()
                ]
                singles, seen_singles = single_table(p.example, scores)
                options += [
                    (ALONE[c], a, None, float(singles[a, c]))
                    for a, c in seen_singles[:, None].expand_as(singles).nonzero().tolist()
                    if p.example.kinds[a] in PREDICATES[ALONE[c]].subjects
                ]
                for predicate, a, b, logit in options:
                    label = wanted.get((predicate, a, b))
                    if label is None:
                        items.append(Judged(predicate, logit, 0, briefing=p.example.id))
                        continue
                    got.add((predicate, a, b))
                    right: list[tuple[str, bool]] = []
                    if b is None:
                        rows = [n for n, (e, _) in enumerate(scores.singles) if e == a]
                        logits, values = (
                            scores.single_logits[rows, ALONE.index(predicate)],
                            scores.single_attributes[rows],
                        )
                    else:
                        ends = {(a, b), (b, a)} if predicate in SYMMETRIC else {(a, b)}
                        rows = [n for n, (s, o, _, _) in enumerate(scores.pairs) if (s, o) in ends]
                        logits, values = scores.pair_logits[rows, PAIRED.index(predicate)], scores.pair_attributes[rows]
                    mixed = torch.softmax(logits, 0) @ values
                    for name, good in label.attributes():
                        if good and (columns := BLOCKS.get((name, predicate))):
                            right.append((name, VALUES[columns[int(mixed[columns].argmax())]] in good))
                    items.append(Judged(predicate, logit, None if label.optional else 1, tuple(right), p.example.id))
            missed.update(k[0] for k, x in wanted.items() if not x.optional and k not in got)
    return Judgement(tuple(items), missed)


def f1(tp: int, fp: int, fn: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def thresholds(judgement: Judgement) -> dict[str, float]:
    """The logit per predicate that gives the best F1; halfway to its neighbour below, within -2.5 … 2.5."""
    best: dict[str, float] = {}
    for predicate in (*PAIRED, *ALONE):
        items = sorted(
            (x for x in judgement.items if x.predicate == predicate and x.wanted is not None), key=lambda x: -x.logit
        )
        total = sum(x.wanted or 0 for x in items) + judgement.missed.get(predicate, 0)
        tp, top, cut = 0, -1.0, 0.0
        for n, x in enumerate(items, 1):
            tp += x.wanted or 0
            below = items[n].logit if n < len(items) else x.logit - 1
            score = f1(tp, n - tp, total - tp)[2]
            if score > top:
                top, cut = score, (x.logit + below) / 2
        best[predicate] = min(max(cut, -2.5), 2.5)
    return best


def figures(judgement: Judgement, cuts: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Per predicate, "headline" and "all": p, r, f1, tp, fp, fn; "attributes": accuracy on found statements."""
    tally: dict[str, Counter[str]] = {p: Counter(fn=judgement.missed.get(p, 0)) for p in (*PAIRED, *ALONE)}
    attributes: Counter[str] = Counter()
    for x in judgement.items:
        found = x.logit >= cuts[x.predicate]
        if x.wanted is not None and (found or x.wanted):
            tally[x.predicate]["tp" if found and x.wanted else "fp" if found else "fn"] += 1
        if found:
            for name, right in x.right:
                attributes[name + "_total"] += 1
                attributes[name + "_ok"] += right
    tally["all"] = sum(tally.values(), Counter())
    headline = ("MERGER_TALKS", "DISPUTE", "FUNDING")
    tally["headline"] = sum((tally[p] for p in headline), Counter())
    report: dict[str, dict[str, float]] = {}
    for name, t in tally.items():
        p, r, f = f1(t["tp"], t["fp"], t["fn"])
        report[name] = {
            "p": round(p, 3),
            "r": round(r, 3),
            "f1": round(f, 3),
            "tp": t["tp"],
            "fp": t["fp"],
            "fn": t["fn"],
        }
    report["attributes"] = {
        n: round(attributes[n + "_ok"] / max(attributes[n + "_total"], 1), 3)
        for n in ("status", "form", "rating", "role")
    }
    return report
