"""Writes randomDraws.json: where torch's CPU generator stands after a sequence of draws, in 32-bit outputs.

The position is found by looking up the next three torch.rand numbers in the generator's own sequence.
Made with torch 2.13.0: python make_random_draws.py
"""
import json
from pathlib import Path

import torch

SEED = 7
torch.manual_seed(SEED)
SEQUENCE = torch.rand(50_000).tolist()
WHERE = {tuple(SEQUENCE[i:i + 3]): i for i in range(len(SEQUENCE) - 2)}
DTYPES = {name: getattr(torch, name) for name in ("float32", "float64", "float16", "bfloat16", "int64")}


def draw(op, attributes):
    dtype = DTYPES[attributes["dtype"]]
    if op == "uniform":
        torch.rand(attributes["shape"], dtype=dtype)
    elif op == "normal":
        torch.randn(attributes["shape"], dtype=dtype)
    elif op == "randint":
        torch.randint(attributes["low"], attributes["high"], attributes["shape"], dtype=dtype)
    elif op == "randperm":
        torch.randperm(attributes["n"], dtype=dtype)
    elif op == "bernoulli":
        torch.empty(attributes["shape"], dtype=dtype).bernoulli_(attributes["p"])


def uniform(*shape, dtype="float32"):
    return ["uniform", {"shape": list(shape), "from": 0, "to": 1, "dtype": dtype}]


def normal(*shape, dtype="float32"):
    return ["normal", {"shape": list(shape), "mean": 0, "std": 1, "dtype": dtype}]


def randint(low, high, *shape, dtype="int64"):
    return ["randint", {"shape": list(shape), "low": low, "high": high, "dtype": dtype}]


def randperm(n):
    return ["randperm", {"n": n, "dtype": "int64"}]


def bernoulli(*shape, dtype="float32"):
    return ["bernoulli", {"shape": list(shape), "p": 0.3, "dtype": dtype}]


sequences = [[make(count, dtype=dtype)] for make in (uniform, normal) for dtype in ("float32", "float64", "float16", "bfloat16")
             for count in (0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 100)]
sequences += [[normal()], [normal(4, 5)], [normal(3), normal(3)], [normal(1), normal(1), normal(1)], [normal(3), normal(16), normal(3)],
              [normal(3), normal(3, dtype="float64")], [normal(1), uniform(5), normal(2), bernoulli(3), normal(2)],
              [normal(3, dtype="float16"), normal(2)], [normal(1), normal(0), normal(1)]]
sequences += [[randint(low, high, 5)] for low, high in ((0, 10), (-5, 5), (0, 2**28 - 1), (0, 2**28), (-2**27, 2**27), (0, 2**32), (0, 2**40))]
sequences += [[randint(0, 10, 5, dtype="float32")], *([randperm(n)] for n in (0, 1, 2, 5, 100, 30_000))]
sequences += [[bernoulli(count, dtype=dtype)] for count in (0, 1, 2, 5, 16, 100) for dtype in ("float32", "float64", "int64")]
sequences += [[normal(3), randperm(5), normal(16), uniform(2, 2, dtype="float64"), normal(2), randint(0, 3, 2), normal(4)]]

rows = []
for sequence in sequences:
    torch.manual_seed(SEED)
    for op, attributes in sequence:
        draw(op, attributes)
    rows.append({"draws": sequence, "position": WHERE[tuple(torch.rand(3).tolist())]})
lines = ",\n".join(json.dumps(row) for row in rows)
Path(__file__).with_name("randomDraws.json").write_text(f"[\n{lines}\n]\n")
