"""The relation network in plain PyTorch: a small BERT encoder and a scorer of mention pairs.

Attention weights see no dropout: drawing it costs more than the rest of a step on a CPU.

Every ordered pair of mentions in a window is scored from both markers' states, the mean state of
each entity in the window, the text that both markers attend to (as in ATLOP, but by mention) and
how far apart they stand. An entity pair's logit is the log-sum-exp over its mention pairs, so the
best place wins and can be shown as the evidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from graph.schema import KINDS, PREDICATES, RATINGS
from ingest.relations.windows import BUCKETS, CLOSE, OPEN
from training.posts import POSTS

PAIRED = tuple(name for name, p in PREDICATES.items() if p.objects)
ALONE = tuple(name for name, p in PREDICATES.items() if not p.objects)
STATUSES = tuple((name, s) for name, p in PREDICATES.items() for s in p.statuses)
FORMS = tuple((name, f) for name, p in PREDICATES.items() for f in p.forms)
ATTRIBUTES = len(STATUSES) + len(FORMS) + len(RATINGS) + len(POSTS)


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; the defaults are those of the six-layer MiniLM."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    places: int = 512
    scorer: int = 256


class _Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.hidden, shape.hidden)
        self.key = nn.Linear(shape.hidden, shape.hidden)
        self.value = nn.Linear(shape.hidden, shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, *, show: bool) -> tuple[Tensor, Tensor]:
        batch, size, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, size, self.heads, hidden // self.heads).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        attention = mask
        if show:
            attention = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(hidden // self.heads) + mask, dim=-1)
            mixed = attention @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, size, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x))))), attention


class Encoder(nn.Module):
    """BERT without pooler: ids (B, T) and mask (B, T) → states (B, T, H) and the last attention (B, heads, T, T)."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.places, shape.hidden)
        self.types = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(_Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.types.weight[0]
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        attention = bias
        for number, layer in enumerate(self.layers, 1):
            x, attention = layer(x, bias, show=number == len(self.layers))
        return x, attention


class Scorer(nn.Module):
    """States of one window → logits of its mention pairs, its mentions, and their attributes."""

    def __init__(self, shape: Shape, dropout: float = 0.2) -> None:
        super().__init__()
        h, s = shape.hidden, shape.scorer
        self.subject = nn.Linear(2 * h, s)
        self.object = nn.Linear(2 * h, s)
        self.context = nn.Linear(h, s)
        self.left = nn.Linear(h, s)
        self.right = nn.Linear(h, s)
        self.distance = nn.Embedding(BUCKETS, s)
        self.hidden = nn.Linear(2 * s, s)
        self.predicates = nn.Linear(s, len(PAIRED))
        self.attributes = nn.Linear(s, ATTRIBUTES)
        self.single = nn.Linear(3 * h, s)
        self.single_predicates = nn.Linear(s, len(ALONE))
        self.single_attributes = nn.Linear(s, ATTRIBUTES)
        self.dropout = nn.Dropout(dropout)
        nn.init.constant_(self.predicates.bias, -4.0)
        nn.init.constant_(self.single_predicates.bias, -4.0)
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(
        self, states: Tensor, attention: Tensor, positions: Tensor, pool: Tensor, distances: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """States (T, H), attention (heads, T, T), positions (M), pool (M, M) and distances (M, M).

        Returns pair logits (M, M, P), pair attributes (M, M, A), mention logits (M, U) and attributes (M, A).
        """
        marks = self.dropout(states.index_select(0, positions))
        looks = attention.index_select(1, positions)
        entity = pool @ marks
        both = torch.cat((marks, entity), dim=-1)
        shared = torch.einsum("hit,hjt->ijt", looks, looks)
        shared = shared / (shared.sum(-1, keepdim=True) + 1e-6)
        values = self.context(states)
        sums = self.subject(both)[:, None] + self.object(both)[None] + shared @ values + self.distance(distances)
        products = self.left(marks)[:, None] * self.right(marks)[None]
        hidden = self.dropout(functional.gelu(torch.cat((sums, products), dim=-1)))
        hidden = self.dropout(functional.gelu(self.hidden(hidden)))
        look = looks.mean(0) @ states
        own = self.dropout(functional.gelu(self.single(torch.cat((both, look), dim=-1))))
        return (
            self.predicates(hidden),
            self.attributes(hidden),
            self.single_predicates(own),
            self.single_attributes(own),
        )


class Network(nn.Module):
    """The whole of it for one window, as exported."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.encoder = Encoder(self.shape)
        self.scorer = Scorer(self.shape)

    def forward(
        self, ids: Tensor, positions: Tensor, pool: Tensor, distances: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        states, attention = self.encoder(ids, torch.ones_like(ids, dtype=torch.float32))
        return self.scorer(states[0], attention[0], positions, pool, distances)


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}


def load_base(network: Network, weights: dict[str, Tensor], names: dict[str, list[int]]) -> None:
    """Copy a published BERT's weights into the encoder; kind markers start as the mean of `names[kind]`'s pieces."""
    own: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        name = name.removeprefix("bert.")
        if name.startswith("encoder.layer."):
            number, rest = name.removeprefix("encoder.layer.").split(".", 1)
            part, _, leaf = rest.rpartition(".")
            own[f"layers.{number}.{_NAMES[part]}.{leaf}"] = tensor.float()
    own["words.weight"] = weights["embeddings.word_embeddings.weight"].float()
    own["places.weight"] = weights["embeddings.position_embeddings.weight"].float()
    own["types.weight"] = weights["embeddings.token_type_embeddings.weight"].float()
    own["norm.weight"] = weights["embeddings.LayerNorm.weight"].float()
    own["norm.bias"] = weights["embeddings.LayerNorm.bias"].float()
    words = own["words.weight"]
    for kind in KINDS:
        words[OPEN[kind]] = words[names[kind]].mean(0)
    words[CLOSE] = words[names["close"]].mean(0)
    network.encoder.load_state_dict(own)
