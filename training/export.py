"""Checkpoint → shipped files: `python -m training.export GOLD TEXTS [MARKED …] --checkpoint FILE`.

Writes `relations.onnx` (eight-bit weights), `tokenizer.json` and `relations.json`. Cuts and slopes are
fitted on the held-out series with the shipped network through the run-time code, so that what
is measured is what runs.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from graph.schema import PREDICATES
from ingest.relations import model as runtime
from training.batches import BLOCKS, VALUES
from training.gold import HELD, Example, annotated
from training.measure import Judged, Judgement, figures, thresholds
from training.network import ALONE, PAIRED, Network
from training.relations import BASE, split

UNFUSED = ["SkipLayerNormFusion"]
"""Rewrites of onnxruntime's that make this network slower."""


class _Lean(nn.Module):
    """An encoder layer as it ships, with the same answers: no mask, for windows come one by one, the
    query's scale in its weights, and one product for query, key and value. It takes a sixth less time."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer
        scale = math.sqrt(layer.query.out_features // layer.heads)
        parts = ((layer.query, scale), (layer.key, 1.0), (layer.value, 1.0))
        self.weight = nn.Parameter(torch.cat([part.weight / by for part, by in parts]))
        self.bias = nn.Parameter(torch.cat([part.bias / by for part, by in parts]))

    def forward(self, x: Tensor, mask: Tensor, *, show: bool) -> tuple[Tensor, Tensor]:
        layer, (_, size, hidden) = self.layer, x.shape
        parts = functional.linear(x, self.weight, self.bias).view(size, 3, layer.heads, hidden // layer.heads)
        query, key, value = parts.permute(1, 2, 0, 3).split(1)
        attention = torch.softmax(query @ key.transpose(-1, -2), dim=-1)
        mixed = (attention @ value).transpose(1, 2).reshape(1, size, hidden)
        x = layer.norm1(x + layer.out(mixed))
        return layer.norm2(x + layer.down(functional.gelu(layer.up(x)))), attention


def write_network(checkpoint: Path, target: Path) -> None:
    """Export a checkpoint as ONNX: eight-bit weights in the encoder, plain ones in the small scorer."""
    network = Network()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    network.encoder.layers = nn.ModuleList(_Lean(layer) for layer in network.encoder.layers)
    network.eval()
    size, marks = 40, 5
    inputs = (
        torch.randint(3, 1000, (1, size)),
        torch.arange(marks) * 3,
        torch.eye(marks),
        torch.zeros(marks, marks, dtype=torch.long),
    )
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            network,
            inputs,
            str(plain),
            input_names=["ids", "positions", "pool", "distances"],
            output_names=["pairs", "pair_attributes", "singles", "single_attributes"],
            dynamic_axes={
                "ids": {1: "pieces"},
                "positions": {0: "marks"},
                "pool": {0: "marks", 1: "marks"},
                "distances": {0: "marks", 1: "marks"},
            },
            opset_version=17,
            dynamo=False,
        )
        scorer = [n.name for n in onnx.load(str(plain)).graph.node if n.name.startswith("/scorer")]
        quantize_dynamic(
            plain, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=scorer
        )


def settings() -> dict[str, object]:
    """What the columns mean."""
    attributes: dict[str, dict[str, list[list[object]]]] = {name: {} for name in PREDICATES}
    for (name, predicate), columns in BLOCKS.items():
        attributes[predicate][name] = [[c, VALUES[c]] for c in columns]
    return {"pairs": list(PAIRED), "singles": list(ALONE), "attributes": attributes, "unfused": UNFUSED}


def judge(model: runtime.RelationModel, examples: Sequence[Example]) -> Judgement:
    """Score examples with the run-time code."""
    items: list[Judged] = []
    missed: Counter[str] = Counter()
    for example in examples:
        wanted = {(x.predicate, x.subject, x.object): x for x in example.labels}
        for raw in model.raw(example.text, example.mentions, example.kinds):
            label = wanted.pop((raw.predicate, raw.subject, raw.object), None)
            if label is None:
                items.append(Judged(raw.predicate, raw.logit, 0, briefing=example.id))
                continue
            right = tuple(
                (name, runtime.likeliest(raw.chances[name]) in good)
                for name, good in label.attributes()
                if good and name in raw.chances
            )
            items.append(Judged(raw.predicate, raw.logit, None if label.optional else 1, right, example.id))
        missed.update(predicate for (predicate, _, _), x in wanted.items() if not x.optional)
    return Judgement(tuple(items), missed)


def slopes(judgement: Judgement, cuts: dict[str, float]) -> dict[str, float]:
    """Per predicate, the steepness that makes the probabilities of its likelier statements fit best, cut at 0.5."""
    best: dict[str, float] = {}
    for predicate, cut in cuts.items():
        items = [
            (x.logit - cut, x.wanted)
            for x in judgement.items
            if x.predicate == predicate and x.wanted is not None and x.logit > cut - 5
        ]

        def cost(slope: float, items: list[tuple[float, int]] = items) -> float:
            return sum(math.log1p(math.exp(-slope * z if wanted else slope * z)) for z, wanted in items)

        best[predicate] = min((s / 20 for s in range(4, 41)), key=cost)
    return best


def export(args: argparse.Namespace) -> dict[str, object]:
    """Write the three files and return the figures."""
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    write_network(args.checkpoint, args.out / "relations.onnx")
    shutil.copyfile(BASE / "tokenizer.json", args.out / "tokenizer.json")
    known = settings()
    held = split(annotated(args.sources), args.held)[1]
    blank = {name: {"cut": 0.0, "slope": 1.0} for name in PREDICATES}
    tokenizer = Tokenizer.from_file(str(args.out / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    session = runtime.session(args.out / "relations.onnx", known, threads=args.threads)
    model = runtime.RelationModel(session, tokenizer, {**known, "calibration": blank})
    judged = judge(model, held)
    cuts = thresholds(judged)
    steep = slopes(judged, cuts)
    known["calibration"] = {p: {"cut": round(cuts[p], 3), "slope": steep[p]} for p in cuts}
    parts = {"held_out": figures(judged, cuts)}
    for part, gold, texts in args.report:
        parts[part] = figures(judge(model, annotated([Path(gold), Path(texts)])), cuts)
    known["figures"] = parts
    (args.out / "relations.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return known


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--out", type=Path, default=runtime.DATA)
    parser.add_argument("--held", default=HELD, help="pattern of the ids held out in training")
    parser.add_argument(
        "--report", nargs=3, action="append", default=[], metavar=("NAME", "GOLD", "TEXTS"), help="a set to report on"
    )
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    export(arguments().parse_args())
