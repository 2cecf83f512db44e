"""Writes randomGoldens.json: what PyTorch's CPU generator draws, op after op from one seed.

Run with PyTorch 2.13 (CPU):  python test/golden/make_random_goldens.py
A sequence is {seed, draws}; a draw is {op, attributes, ...} with {first, last, checksum} of its elements' bits (float32: 32 bits,
float64: two words, half types: the float32 of the same value, integers: the value); a `normal` of float64 has all its values, since its logarithm, sine and cosine differ
from one mathematical library to the next. Those of float32 are what processors with AVX2 draw;
`bernoulli` is what builds without MKL, or on processors of other makers than Intel, draw.
"""
import json
import pathlib

import torch


def words(t):
    if t.dtype in (torch.float16, torch.bfloat16):
        t = t.float()
    if t.dtype == torch.float32:
        return [w % 2**32 for w in t.view(torch.int32).tolist()]
    if t.dtype == torch.float64:
        return [half for w in t.view(torch.int64).tolist() for half in (w % 2**32, (w >> 32) % 2**32)]
    return [int(w) % 2**32 for w in t.tolist()]


def checksum(ws):
    total = 0
    for w in ws:
        total = (total * 31 + w) % 2**32
    return total


def name(dtype):
    return str(dtype).removeprefix('torch.')


def exact(op, attributes, t):
    ws = words(t)
    return {'op': op, 'attributes': attributes, 'first': ws[:2], 'last': ws[-2:], 'checksum': checksum(ws)}


def uniform(n, low=0.0, high=1.0, dtype=torch.float32):
    t = torch.empty(n, dtype=dtype).uniform_(low, high)
    return exact('uniform', {'shape': [n], 'from': low, 'to': high, 'dtype': name(dtype)}, t)


def normal(n, mean=0.0, std=1.0, dtype=torch.float32):
    t = torch.empty(n, dtype=dtype).normal_(mean, std)
    attributes = {'shape': [n], 'mean': mean, 'std': std, 'dtype': name(dtype)}
    return exact('normal', attributes, t) if dtype != torch.float64 else {'op': 'normal', 'attributes': attributes, 'values': t.tolist()}


def strided_normal(n, mean=0.0, std=1.0, dtype=torch.float32):
    """Into memory with gaps: in pairs."""
    t = torch.zeros(n, 2, dtype=dtype)[:, 0].normal_(mean, std)
    return exact('normal', {'shape': [n], 'mean': mean, 'std': std, 'dtype': name(dtype), 'pairs': True}, t.contiguous())


def randint(n, low, high, dtype=torch.int64):
    return exact('randint', {'shape': [n], 'low': low, 'high': high, 'dtype': name(dtype)}, torch.randint(low, high, (n,), dtype=dtype))


def randperm(n):
    return exact('randperm', {'n': n, 'dtype': 'int64'}, torch.randperm(n))


def bernoulli(n, p, dtype=torch.float32):
    return exact('bernoulli', {'shape': [n], 'p': p, 'dtype': name(dtype)}, torch.empty(n, dtype=dtype).bernoulli_(p))


def sequence(seed, *draws):
    torch.manual_seed(seed)
    return {'seed': seed, 'draws': [draw() for draw in draws]}


double = torch.float64
later = lambda f, *a: (lambda: f(*a))
sequences = [
    sequence(0, *(later(uniform, n) for n in [*range(1, 41), 1000])),
    sequence(1, *(later(uniform, n, -0.0357, 0.0357) for n in [*range(1, 41), 1000])),
    sequence(2, *(later(uniform, n, -3.0, 0.7, double) for n in [*range(1, 41), 1000])),
    sequence(3, *(later(normal, n) for n in [*range(1, 41), 1000, 100000])),
    sequence(4, *(later(normal, n, 1.5, 0.02) for n in range(12, 36))),
    sequence(5, *(later(normal, n, 0.0, 1.0, double) for n in [*range(1, 24), 100])),
    sequence(6, *(later(bernoulli, n, 0.3) for n in [*range(1, 41), 1000]), later(bernoulli, 9, 0.5, double), later(bernoulli, 9, 0.9, torch.bool)),
    sequence(7, *(later(randperm, n) for n in [*range(1, 41), 1000])),
    sequence(8, *(later(randint, n, 0, 10) for n in range(1, 20)), later(randint, 9, -5, 2**28 - 5), later(randint, 9, -5, 2**28 - 6),
             later(randint, 9, 0, 2**31 - 1), later(randint, 5, 0, 100, torch.int32)),
    sequence(2**32 + 5, later(normal, 3), later(uniform, 5), later(normal, 17), later(normal, 2), later(bernoulli, 3, 0.5), later(normal, 1),
             later(randperm, 4), later(normal, 16), later(normal, 1), later(uniform, 700), later(randint, 3, 0, 7), later(normal, 5, 2.0, 3.0)),
    *(sequence(9, *(later(draw, n, -0.1, 0.3, dtype) for draw in (uniform, normal) for n in [*range(1, 36), 1000]))
      for dtype in (torch.float16, torch.bfloat16)),
    sequence(10, *(later(uniform, n, -3.0, 40000.0, torch.float16) for n in (5, 9000)), *(later(uniform, 9000, low, high) for low, high in ((1.0, 1.0 + 2**-20), (-1e30, 1e30))),
             later(uniform, 9000, 0.0, 1.0, torch.bfloat16), later(normal, 5000, 0.0, 70000.0, torch.float16), later(normal, 100, 7.0, 0.0)),
    sequence(11, *(later(draw, n, 0.5, 2.0) for n in (1, 15, 16, 17, 100) for draw in (strided_normal, normal)), later(strided_normal, 33, 0.5, 2.0, torch.bfloat16)),
    sequence(2**53 - 1, later(uniform, 3)),
]
path = pathlib.Path(__file__).with_name('randomGoldens.json')
lines = ',\n'.join(json.dumps(entry, separators=(',', ':')) for entry in sequences)
path.write_text(f'{{"torch":"{torch.__version__}","sequences":[\n{lines}\n]}}\n')
print(path.stat().st_size, 'bytes')
