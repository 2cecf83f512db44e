"""Writes typePromotion.json: torch.result_type of every pair of dtypes, for tensors with axes and for tensors of rank 0.

Made with torch 2.13.0: python make_type_promotion.py
"""
import json
from pathlib import Path

import torch

NAMES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]


def tensor(name, rank):
    return torch.zeros([1] * rank, dtype=getattr(torch, name))


rows = [
    [a, rank_a, b, rank_b, str(torch.result_type(tensor(a, rank_a), tensor(b, rank_b))).removeprefix("torch.")]
    for a in NAMES for b in NAMES for rank_a, rank_b in ((1, 1), (1, 0), (0, 0))
]
lines = ",\n".join(json.dumps(row) for row in rows)
Path(__file__).with_name("typePromotion.json").write_text(f"[\n{lines}\n]\n")
