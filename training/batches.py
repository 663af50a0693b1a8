"""Examples → tensors, and the loss of a batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from graph.schema import PREDICATES, RATINGS
from ingest.relations.windows import Encode, buckets, windows
from training.gold import SYMMETRIC, Example, Label, allowed
from training.network import ALONE, FORMS, PAIRED, STATUSES, Network
from training.posts import POSTS

OPTIONAL_WEIGHT = 0.3
PLACE_WEIGHT = 0.3
ATTRIBUTE_WEIGHT = 0.5
POSITIVE_WEIGHT = 1.5

BLOCKS: dict[tuple[str, str], list[int]] = defaultdict(list)
"""(attribute, predicate) → columns of its values among the attribute logits."""
VALUES: list[str] = []
for _predicate, _status in STATUSES:
    BLOCKS["status", _predicate].append(len(VALUES))
    VALUES.append(_status)
for _predicate, _form in FORMS:
    BLOCKS["form", _predicate].append(len(VALUES))
    VALUES.append(_form)
for _rating in RATINGS:
    BLOCKS["rating", "REGULATORY_ACTION"].append(len(VALUES))
    VALUES.append(_rating)
for _post in POSTS:
    BLOCKS["role", "HOLDS_ROLE"].append(len(VALUES))
    VALUES.append(_post)


def balance(examples: Iterable[Example]) -> Tensor:
    """How much each value of each attribute counts in the loss: rare ones more, by the root of their rarity."""
    counts: Counter[int] = Counter()
    for example in examples:
        for label in example.labels:
            for name, right in label.attributes():
                columns = BLOCKS.get((name, label.predicate), [])
                counts.update(c for c in columns if VALUES[c] in right)
    weights = torch.ones(len(VALUES))
    for columns in BLOCKS.values():
        mean = sum(counts[c] for c in columns) / len(columns)
        for c in columns:
            weights[c] = min(max((mean / max(counts[c], 1)) ** 0.5, 0.5), 2.5)
    return weights


@dataclass(frozen=True)
class Prepared:
    """One example's windows as tensors; `entities` and `mentions` number each window's mentions."""

    example: Example
    ids: list[Tensor]
    positions: list[Tensor]
    pools: list[Tensor]
    distances: list[Tensor]
    entities: list[list[int]]
    mentions: list[list[int]]


def prepare(example: Example, encode: Encode) -> Prepared:
    """Cut an example into windows."""
    found = Prepared(example, [], [], [], [], [], [])
    for window in windows(example.text, example.mentions, encode):
        entities = [example.mentions[m].entity for m in window.mentions]
        same = torch.tensor([[float(a == b) for b in entities] for a in entities])
        found.ids.append(torch.tensor(window.ids))
        found.positions.append(torch.tensor(window.positions))
        found.pools.append(same / same.sum(1, keepdim=True))
        found.distances.append(torch.tensor(buckets(window)))
        found.entities.append(entities)
        found.mentions.append(list(window.mentions))
    return found


@dataclass
class Scores:
    """Mention-level scores of one example: N pairs and M mentions over all its windows."""

    pairs: list[tuple[int, int, int, int]]
    pair_logits: Tensor
    pair_attributes: Tensor
    singles: list[tuple[int, int]]
    single_logits: Tensor
    single_attributes: Tensor


def run(network: Network, batch: list[Prepared], *, half: bool) -> list[Scores]:
    """Encode all windows of a batch together and score each window's mentions."""
    ids = [w for p in batch for w in p.ids]
    if not ids:
        return []
    size = max(len(w) for w in ids)
    padded = torch.zeros(len(ids), size, dtype=torch.long)
    mask = torch.zeros(len(ids), size)
    for k, w in enumerate(ids):
        padded[k, : len(w)] = w
        mask[k, : len(w)] = 1.0
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        states, attention = network.encoder(padded, mask)
    states, attention = states.float(), attention.float()
    results: list[Scores] = []
    k = 0
    for p in batch:
        pairs: list[tuple[int, int, int, int]] = []
        singles: list[tuple[int, int]] = []
        parts: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []
        for n in range(len(p.ids)):
            length = len(p.ids[n])
            logits, attributes, alone, alone_attributes = network.scorer(
                states[k, :length], attention[k, :, :length, :length], p.positions[n], p.pools[n], p.distances[n]
            )
            e, m = p.entities[n], p.mentions[n]
            rows = [(i, j) for i in range(len(e)) for j in range(len(e)) if e[i] != e[j]]
            pairs += [(e[i], e[j], m[i], m[j]) for i, j in rows]
            singles += zip(e, m, strict=True)
            flat = torch.tensor([i * len(e) + j for i, j in rows], dtype=torch.long)
            parts.append((logits.flatten(0, 1)[flat], attributes.flatten(0, 1)[flat], alone, alone_attributes))
            k += 1
        if not parts:
            continue
        a, b, c, d = (torch.cat(x) for x in zip(*parts, strict=True))
        results.append(Scores(pairs, a, b, singles, c, d))
    return results


def pooled(keys: Tensor, values: Tensor, size: int) -> Tensor:
    """Log-sum-exp of rows that share a key: (N), (N, P) → (size, P); -inf-like where none does."""
    index = keys[:, None].expand_as(values)
    top = torch.full((size, values.shape[1]), -30.0).scatter_reduce(
        0, index, values.detach(), "amax", include_self=True
    )
    total = torch.zeros(size, values.shape[1]).scatter_add(0, index, torch.exp(values - top.gather(0, index)))
    return top + torch.log(total + 1e-9)


def pair_table(example: Example, scores: Scores) -> tuple[Tensor, Tensor]:
    """(E, E, P) logits of entity pairs, averaged over both orders where symmetric, and which pairs were scored."""
    size = len(example.kinds)
    keys = torch.tensor([s * size + o for s, o, _, _ in scores.pairs], dtype=torch.long)
    table = pooled(keys, scores.pair_logits, size * size).view(size, size, -1)
    seen = torch.zeros(size * size, dtype=torch.bool)
    seen[keys] = True
    columns = [(t + t.T) / 2 if p in SYMMETRIC else t for p, t in zip(PAIRED, table.unbind(-1), strict=True)]
    return torch.stack(columns, -1), seen.view(size, size)


def single_table(example: Example, scores: Scores) -> tuple[Tensor, Tensor]:
    """(E, U) logits of entities and which were scored."""
    size = len(example.kinds)
    keys = torch.tensor([e for e, _ in scores.singles], dtype=torch.long)
    seen = torch.zeros(size, dtype=torch.bool)
    seen[keys] = True
    return pooled(keys, scores.single_logits, size), seen


def legal(kinds: tuple[str, ...]) -> Tensor:
    """(E, E, P): which predicates the kinds allow, each symmetric pair once."""
    size = len(kinds)
    return torch.tensor(
        [
            [
                [a != b and (a < b or p not in SYMMETRIC) and allowed(p, kinds[a], kinds[b]) for p in PAIRED]
                for b in range(size)
            ]
            for a in range(size)
        ]
    )


def rows_of(label: Label, example: Example, scores: Scores) -> list[int]:
    """Rows of the mention pairs (or mentions) that carry a label best: those inside its quotes, if any are."""
    inside = {k for k, m in enumerate(example.mentions) if any(a <= m.start and m.end <= b for a, b in label.places)}
    if label.object is None:
        rows = [(n, int(m in inside)) for n, (e, m) in enumerate(scores.singles) if e == label.subject]
    else:
        ends = {(label.subject, label.object)}
        if label.predicate in SYMMETRIC:
            ends.add((label.object, label.subject))
        rows = [(n, (m in inside) + (o in inside)) for n, (s, t, m, o) in enumerate(scores.pairs) if (s, t) in ends]
    best = max((score for _, score in rows), default=0)
    return [n for n, score in rows if score == best]


def loss(network: Network, batch: list[Prepared], weights: Tensor, *, half: bool) -> Tensor:
    """Mean loss per briefing of a batch; `weights` are those of `balance`."""
    total = torch.zeros(())
    usable = [p for p in batch if p.ids]
    for p, scores in zip(usable, run(network, usable, half=half), strict=True):
        example = p.example
        table, seen = pair_table(example, scores)
        singles, seen_singles = single_table(example, scores)
        target, weight = torch.zeros_like(table), (legal(example.kinds) & seen[..., None]).float()
        lone_target = torch.zeros_like(singles)
        lone_weight = seen_singles[:, None].float() * torch.tensor(
            [[float(k in PREDICATES[u].subjects) for u in ALONE] for k in example.kinds]
        )
        extra: list[Tensor] = []
        for label in example.labels:
            strength = OPTIONAL_WEIGHT if label.optional else 1.0
            rows = rows_of(label, example, scores)
            if label.object is None:
                at: tuple[int, ...] = (label.subject, ALONE.index(label.predicate))
                lone_target[at], lone_weight[at] = 1.0, lone_weight[at] * strength * POSITIVE_WEIGHT
                logits, attributes = scores.single_logits[rows, at[-1]], scores.single_attributes[rows]
            else:
                at = (label.subject, label.object, PAIRED.index(label.predicate))
                target[at], weight[at] = 1.0, weight[at] * strength * POSITIVE_WEIGHT
                logits, attributes = scores.pair_logits[rows, at[-1]], scores.pair_attributes[rows]
            if not rows:
                continue
            if label.places:
                extra.append(PLACE_WEIGHT * strength * functional.softplus(-torch.logsumexp(logits, 0)))
            mixed = torch.softmax(logits.detach(), 0) @ attributes
            for name, right in label.attributes():
                columns = BLOCKS.get((name, label.predicate))
                if not columns or not right:
                    continue
                chosen = [n for n, c in enumerate(columns) if VALUES[c] in right]
                if chosen:
                    chances = torch.log_softmax(mixed[columns], 0)[chosen]
                    share = float(weights[[columns[n] for n in chosen]].mean())
                    extra.append(-ATTRIBUTE_WEIGHT * strength * share * torch.logsumexp(chances, 0))
        total = total + functional.binary_cross_entropy_with_logits(table, target, weight, reduction="sum")
        total = total + functional.binary_cross_entropy_with_logits(singles, lone_target, lone_weight, reduction="sum")
        if extra:
            total = total + torch.stack(extra).sum()
    return total / (10 * max(len(batch), 1))
