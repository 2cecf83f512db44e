"""Writes halves.json: what PyTorch computes in float16 and bfloat16.

Run with PyTorch 2.13 (CPU):  python test/golden/make_half_goldens.py
`casts` are float32 numbers with what a cast to each type makes of them; a case is {op, attributes, inputs, outputs}, as in opGoldens.json.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

generator = torch.Generator().manual_seed(7)
halves = (torch.float16, torch.bfloat16)


def rand(*shape, low=-2.0, high=2.0):
    return torch.rand(shape, generator=generator) * (high - low) + low


def number(value):
    if not math.isfinite(value):
        return {math.inf: 'Infinity', -math.inf: '-Infinity'}.get(value, 'NaN')
    return '-0' if value == 0 and math.copysign(1, value) < 0 else float(f'{value:.9g}')


def values(t):
    return [number(v) for v in t.detach().float().flatten().tolist()]


def tensor(t):
    return {'d': str(t.dtype).removeprefix('torch.'), 's': list(t.shape), 'v': values(t)}


def numbers():
    special = [0.0, -0.0, 1.0, 65504.0, 65519.0, 65519.99, 65520.0, -65520.0, 1e5, 6.1035156e-05, 6.097555e-05, 5.9604645e-08, 2.9802322e-08, 2.9802326e-08,
               8.940697e-08, 1e-8, -1e-8, 1e-40, 3.4e38, 3.3953e38, math.inf, -math.inf, math.nan]
    # Halfway between two neighbours, below and above, and a float32 to either side.
    ties = torch.tensor([1 + (2 * k + 1) * 2.0**-11 for k in range(4)] + [1 + (2 * k + 1) * 2.0**-8 for k in range(4)] + [k * 2.0**-25 for k in range(1, 12)])
    beside = torch.cat([torch.nextafter(ties, torch.tensor(0.0)), torch.nextafter(ties, torch.tensor(2.0))])
    spread = torch.exp(rand(60, low=-25, high=12)) * torch.sign(rand(60))
    return torch.cat([torch.tensor(special), ties, -ties, beside, spread])


cases = []


def case(op, attributes, inputs, compute):
    for half in halves:
        given = [x.to(half) if x.is_floating_point() else x for x in inputs]
        outputs = compute(*given)
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        cases.append({'op': op, 'attributes': attributes, 'inputs': [tensor(x) for x in given], 'outputs': [tensor(y) for y in outputs]})


x, y, w, b = rand(3, 17), rand(3, 17), rand(5, 17), rand(5)
for op in ('add', 'sub', 'mul', 'div', 'maximum'):
    case(op, {}, [x, y], lambda x, y, op=op: getattr(torch, op)(x, y))
for op in ('exp', 'tanh', 'sigmoid', 'sqrt', 'relu', 'silu', 'square', 'neg'):
    given = x.abs() if op == 'sqrt' else x
    case(op, {}, [given], lambda x, op=op: getattr(torch, op)(x) if hasattr(torch, op) else getattr(F, op)(x))
case('gelu', {'approximate': 'none'}, [x], F.gelu)
case('leaky_relu', {'negativeSlope': 0.01}, [x], F.leaky_relu)
case('sum', {'dim': [1], 'keepdim': False}, [x], lambda x: x.sum(1))
case('mean', {'dim': [0], 'keepdim': True}, [x], lambda x: x.mean(0, keepdim=True))
case('softmax', {'dim': 1}, [x], lambda x: x.softmax(1))
case('log_softmax', {'dim': 0}, [x], lambda x: x.log_softmax(0))
case('matmul', {}, [x, w.T.contiguous()], torch.matmul)
case('linear', {}, [x, w, b], F.linear)
case('cat', {'dim': 0}, [x, y], lambda x, y: torch.cat([x, y]))

path = pathlib.Path(__file__).with_name('halves.json')
given = numbers()
casts = {'float32': values(given), **{str(half).removeprefix('torch.'): values(given.to(half)) for half in halves}}
lines = ',\n'.join(json.dumps(entry, separators=(',', ':')) for entry in cases)
path.write_text(f'{{"torch":"{torch.__version__}","casts":{json.dumps(casts, separators=(",", ":"))},"cases":[\n{lines}\n]}}\n')
print(f'{len(given)} casts, {len(cases)} cases, {path.stat().st_size} bytes')
