#!/usr/bin/env python3
"""Two usual classifiers on the split that `cargo xtask train` learns from, to set beside `model/report.txt`.

Install:  python3 -m venv v && v/bin/pip install scikit-learn fasttext-wheel   (where fastText is missing, its line says so)
Run:      v/bin/python benches/baselines.py DIR      with the folder that `cargo xtask train --data DIR` takes; writes
                                                   model/baselines.txt, which the report of the next training repeats
          v/bin/python benches/baselines.py DIR A,B  the sources A and B held out of the training, and measured instead of dev
"""

import gzip
import json
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

INTENTS = "care reply ask community share product offer event solicit bait news other".split()
ROOT = Path(__file__).resolve().parent.parent


def posts(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def labels(name):
    """A table of labels by post."""
    table = {}
    for line in open(ROOT / "model/data" / name, encoding="utf-8"):
        if not line.startswith("#"):
            post, intent, second, ad, sure = line.rstrip("\n").split("\t")
            table[post] = {"intent": intent, "ad": ad == "1", "sure": sure == "1"}
    return table


def labelled(folder):
    """The posts that the model is trained on: labelled, labelled from the pool, written for the project."""
    read_again = labels("second-readings.tsv")
    rows = [{**row, **read_again.get(row["id"], {})} for row in posts(folder / "train.jsonl")]
    of_pool = labels("pool-labels.tsv")
    with gzip.open(folder / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["id"] in of_pool:
                rows.append({**row, **of_pool[row["id"]]})
    for name in ("written-en", "written-multi", "written-kinds"):
        rows += posts(ROOT / f"model/data/{name}.jsonl")
    return rows


def plain(row):
    text = re.sub(r"https?://\S+", " linkaddress ", row["text"])
    text = re.sub(r"@\w+", " username ", text)
    return ("isreply " if row.get("is_reply") else "") + text.lower().replace("\n", " ")


def report(name, rows, p):
    """`p`: probabilities of the intents, one row a post."""
    truth = np.array([INTENTS.index(row["intent"]) for row in rows])
    conversation, broadcast = p[:, :5].sum(1), p[:, 5:11].sum(1)
    judged = truth < 11
    right = ((conversation > broadcast) == (truth < 5))[judged]
    first = np.array([not row.get("is_reply") for row in rows])[judged]
    best = p.argmax(1)
    scores = []
    for k in range(12):
        hit = ((best == k) & (truth == k)).sum()
        if (truth == k).sum():
            scores.append(2 * hit / max((best == k).sum() + (truth == k).sum(), 1))
    sure = np.abs(conversation - broadcast)[judged].argsort()[::-1][: int(judged.sum() * 0.75)]
    line = (f"n {len(rows):>5}  stance {100 * right.mean():5.1f}  non-replies {100 * right[first].mean():5.1f}  "
            f"intent {100 * (best == truth).mean():5.1f}  macro-F1 {np.mean(scores):.3f}  "
            f"acc@75% {100 * right[sure].mean():5.1f}  {name}")
    print(line, flush=True)
    return line + "\n"


def tfidf(train, test):
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    x = hstack([words.fit_transform(map(plain, train)), chars.fit_transform(map(plain, train))]).tocsr()
    z = hstack([words.transform(map(plain, test)), chars.transform(map(plain, test))]).tocsr()
    model = LogisticRegression(C=4.0, max_iter=60, solver="lbfgs")
    model.fit(x, [INTENTS.index(row["intent"]) for row in train])
    p = np.zeros((len(test), 12))
    p[:, model.classes_] = model.predict_proba(z)
    return report("TF-IDF of words 1-3 and characters 2-5, logistic regression", test, p)


def fasttext(train, test):
    try:
        import fasttext as library
    except ImportError:
        line = "fastText is not installed: not measured"
        print(line)
        return line + "\n"
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"__label__{row['intent']} {plain(row)}\n" for row in train)
        file.flush()
        model = library.train_supervised(file.name, lr=0.5, epoch=25, wordNgrams=2, minn=3, maxn=5, dim=100,
                                         bucket=500_000, thread=2, seed=1, verbose=0)
    p = np.zeros((len(test), 12))
    for at, row in enumerate(test):
        # The library's own predict() breaks with numpy 2.
        for share, label in model.f.predict(plain(row) + "\n", 12, 0.0, "strict"):
            p[at, INTENTS.index(label.removeprefix("__label__"))] = share
    return report("fastText, 100 dimensions, word bigrams, characters 3-5", test, p)


if __name__ == "__main__":
    data = Path(sys.argv[1])
    held = set(sys.argv[2].split(",")) if len(sys.argv) > 2 else set()
    train, test = labelled(data), posts(data / "dev.jsonl")
    if held:
        test = [row for row in posts(data / "train.jsonl") if row["dataset"] in held]
        train = [row for row in train if row.get("dataset") not in held]
    print(f"trained on {len(train)} posts")
    lines = fasttext(train, test) + tfidf(train, test)
    if not held:
        head = f"benches/baselines.py DIR, trained on {len(train)} posts, on dev.jsonl\n"
        (ROOT / "model/baselines.txt").write_text(head + lines, encoding="utf-8")
