"""Writes opGoldens.json: what PyTorch computes for every op of the vocabulary, forward and gradient.

Run with PyTorch 2.13 (CPU):  python test/golden/make_op_goldens.py
A case is {op, attributes, inputs, outputs, seed?, gradients?}: `gradients` are those of the sum of the first output times
`seed`, one per input, null where there is none. Tensors are {d: dtype, s: shape, v: values}.
"""
import itertools
import json
import math
import pathlib

import torch
import torch.nn.functional as F

generator = torch.Generator().manual_seed(2024)
cases = []


def rand(*shape, dtype=torch.float32, low=-2.0, high=2.0):
    return (torch.rand(shape, generator=generator, dtype=torch.float64) * (high - low) + low).to(dtype)


def positive(*shape, **options):
    return rand(*shape, low=0.2, high=3.0, **options)


def integers(*shape, low=-4, high=5, dtype=torch.int64):
    return torch.randint(low, high, shape, generator=generator).to(dtype)


def number(value):
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: 'Infinity', -math.inf: '-Infinity'}.get(value, 'NaN')
    if isinstance(value, float):
        return int(value) if value == int(value) and abs(value) < 2**53 and math.copysign(1, value) > 0 else float(f'{value:.9g}')
    return int(value)


def exact(value):
    return number(value) if not isinstance(value, float) or not math.isfinite(value) else value


def tensor(t):
    write = exact if t.dtype == torch.float64 else number
    return {'d': str(t.dtype).removeprefix('torch.'), 's': list(t.shape), 'v': [write(v) for v in t.detach().flatten().tolist()]}


def case(op, attributes, inputs, compute, gradients=True):
    inputs = [x.detach().clone() for x in inputs]
    differentiable = [gradients and x.is_floating_point() for x in inputs]
    for x, wanted in zip(inputs, differentiable):
        x.requires_grad_(wanted)
    outputs = compute(*inputs)
    outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    entry = {'op': op, 'attributes': attributes, 'inputs': [tensor(x) for x in inputs], 'outputs': [tensor(y) for y in outputs]}
    if any(differentiable) and outputs[0].requires_grad:
        seed = rand(*outputs[0].shape, dtype=outputs[0].dtype)
        wanted = [x for x in inputs if x.requires_grad]
        found = iter(torch.autograd.grad(outputs[0], wanted, seed, allow_unused=True))
        entry['seed'] = tensor(seed)
        entry['gradients'] = [
            (lambda g: None if g is None else tensor(g))(next(found)) if wanted else None for wanted in differentiable
        ]
    cases.append(entry)


def forward(op, attributes, inputs, compute):
    case(op, attributes, inputs, compute, gradients=False)


# Where functions bend, PyTorch has a convention for the gradient; each is met here.
bends = torch.tensor([-6.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0, 25.0])
strange = torch.tensor([math.nan, math.inf, -math.inf, -0.0, 1e-40])

# Element-wise, one input
plain = {name: getattr(torch, name) for name in (
    'neg abs sign exp expm1 square sin cos tan asin acos atan sinh cosh tanh erf floor ceil round trunc sigmoid relu'.split())}
plain |= {'silu': F.silu, 'mish': F.mish, 'selu': F.selu, 'softsign': F.softsign, 'logsigmoid': F.logsigmoid,
          'hardsigmoid': F.hardsigmoid, 'hardswish': F.hardswish, 'tanhshrink': F.tanhshrink, 'relu6': F.relu6}
for name, function in plain.items():
    inside = name in ('asin', 'acos')
    case(name, {}, [rand(3, 4, low=-0.9, high=0.9) if inside else rand(3, 4)], function)
    if not inside and name not in ('tan', 'sinh', 'cosh', 'exp', 'expm1'):
        case(name, {}, [bends], function)
    forward(name, {}, [strange], function)
    forward(name, {}, [rand(2, 0, 3)], function)
for name in 'log log1p log2 log10 sqrt rsqrt reciprocal'.split():
    case(name, {}, [positive(3, 4)], getattr(torch, name))
    forward(name, {}, [torch.cat([strange, bends])], getattr(torch, name))
    case(name, {}, [positive(5, dtype=torch.float64)], getattr(torch, name))
for name in 'isnan isinf logical_not'.split():
    forward(name, {}, [torch.cat([strange, bends])], getattr(torch, name))
for name in 'neg abs sign square relu'.split():
    forward(name, {}, [integers(7)], getattr(torch, name))
forward('exp', {}, [integers(4)], torch.exp)
forward('round', {}, [torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997, 8388609.0])], torch.round)
case('detach', {}, [rand(3)], lambda x: x.detach())
for source, target in itertools.product(('float32', 'int64', 'bool', 'uint8', 'float64', 'int8'), repeat=2):
    x = integers(6, low=-3, high=4).to(getattr(torch, source))
    if source == 'float32' or source == 'float64':
        x = torch.tensor([0.0, 0.5, 1.9, 2.0, 100.7, 3.0]).to(x.dtype)
    case('cast', {'dtype': target}, [x], lambda t: t.to(getattr(torch, target)))
forward('cast', {'dtype': 'int8'}, [torch.tensor([127, 128, 255, 256, -129])], lambda x: x.to(torch.int8))
forward('cast', {'dtype': 'int32'}, [torch.tensor([-1.9, 1.9, -0.5])], lambda x: x.to(torch.int32))
with_attributes = [
    ('leaky_relu', {'negativeSlope': 0.01}, lambda x: F.leaky_relu(x)),
    ('leaky_relu', {'negativeSlope': 0.3}, lambda x: F.leaky_relu(x, 0.3)),
    ('elu', {'alpha': 1}, lambda x: F.elu(x)),
    ('elu', {'alpha': 0.5}, lambda x: F.elu(x, 0.5)),
    ('celu', {'alpha': 1}, lambda x: F.celu(x)),
    ('celu', {'alpha': 2}, lambda x: F.celu(x, 2.0)),
    ('gelu', {'approximate': 'none'}, lambda x: F.gelu(x)),
    ('gelu', {'approximate': 'tanh'}, lambda x: F.gelu(x, approximate='tanh')),
    ('softplus', {'beta': 1, 'threshold': 20}, lambda x: F.softplus(x)),
    ('softplus', {'beta': 2, 'threshold': 5}, lambda x: F.softplus(x, 2.0, 5.0)),
    ('hardtanh', {'minVal': -1, 'maxVal': 1}, lambda x: F.hardtanh(x)),
    ('hardtanh', {'minVal': -0.5, 'maxVal': 3}, lambda x: F.hardtanh(x, -0.5, 3.0)),
    ('clamp', {'min': -1, 'max': 1}, lambda x: x.clamp(-1, 1)),
    ('clamp', {'min': 0, 'max': None}, lambda x: x.clamp(min=0)),
    ('clamp', {'min': None, 'max': 0.5}, lambda x: x.clamp(max=0.5)),
    ('hardshrink', {'lambd': 0.5}, lambda x: F.hardshrink(x)),
    ('softshrink', {'lambd': 0.5}, lambda x: F.softshrink(x)),
    ('threshold', {'threshold': 0.5, 'value': -7}, lambda x: F.threshold(x, 0.5, -7.0)),
]
for name, attributes, function in with_attributes:
    case(name, attributes, [rand(3, 4)], function)
    case(name, attributes, [bends], function)
    # oneDNN's gelu makes NaN of infinity; the limit is meant.
    forward(name, attributes, [strange[[0, 2, 3, 4]] if name == 'gelu' else strange], function)

# Element-wise, broadcast
shapes = [((3, 4), (3, 4)), ((3, 4), (4,)), ((3, 1), (1, 4)), ((2, 3, 4), (3, 1)), ((), (3,)), ((2, 0), (1,)), ((2, 1, 3), (4, 1)), ((), ())]
for name in 'add sub mul div maximum minimum remainder fmod atan2'.split():
    function = getattr(torch, name)
    for a, b in shapes:
        case(name, {}, [rand(*a), positive(*b)], function)
    case(name, {}, [torch.tensor([1.0, 0.0, -2.0]), torch.tensor([1.0, 2.0, -2.0])], function)
case('pow', {}, [positive(3, 4), rand(4)], torch.pow)
case('pow', {}, [positive(2, 3), torch.tensor(3.0)], torch.pow)
case('pow', {}, [torch.tensor(2.0), rand(3)], torch.pow)
case('pow', {}, [torch.tensor([0.0, 0.0, 2.0, -2.0]), torch.tensor([0.0, 2.0, 0.0, 3.0])], torch.pow)
forward('pow', {}, [torch.tensor([1.0, math.nan, -1.0, 0.0]), torch.tensor([math.nan, 0.0, math.inf, -1.0])], torch.pow)
forward('pow', {}, [torch.tensor([2, -3, 0]), torch.tensor([5, 3, 0])], torch.pow)
for x, y in (([7.0, -7.0, 7.0, -7.0, 6.0, 5.5], [3.0, 3.0, -3.0, -3.0, 0.1, 0.5]), ([7, -7, 7, -7, 0, 2], [3, 3, -3, -3, 5, 5])):
    for name in 'remainder fmod floor_divide'.split():
        forward(name, {}, [torch.tensor(x), torch.tensor(y)], getattr(torch, name))
forward('floor_divide', {}, [torch.tensor([1.0, -1.0, 0.0]), torch.tensor(0.0)], torch.floor_divide)
for name in 'remainder fmod floor_divide'.split():
    forward(name, {}, [torch.tensor([-5.0, 5.0, math.inf, math.nan]), torch.tensor([math.inf, -math.inf, 2.0, 2.0])], getattr(torch, name))
for name in 'add mul'.split():
    forward(name, {}, [torch.tensor([True, True, False]), torch.tensor([True, False, False])], getattr(torch, name))
    forward(name, {}, [integers(4), rand(4)], getattr(torch, name))
    forward(name, {}, [integers(4), integers(1)], getattr(torch, name))
forward('add', {}, [torch.tensor([250, 3], dtype=torch.uint8), torch.tensor([10, 4], dtype=torch.uint8)], torch.add)
forward('mul', {}, [torch.tensor([100, 3], dtype=torch.int8), torch.tensor([2, -4], dtype=torch.int8)], torch.mul)
forward('div', {}, [integers(4), integers(4, low=1)], torch.div)
forward('maximum', {}, [torch.tensor([math.nan, 1.0]), torch.tensor([0.0, math.nan])], torch.maximum)
for name in 'eq ne lt le gt ge'.split():
    forward(name, {}, [integers(4, 5, low=0, high=3), integers(5, low=0, high=3)], getattr(torch, name))
    forward(name, {}, [torch.tensor([1.0, math.nan, 2.0]), torch.tensor([1.0, math.nan, 3.0])], getattr(torch, name))
for name in 'logical_and logical_or logical_xor'.split():
    forward(name, {}, [integers(3, 4, low=0, high=2), integers(4, low=0, high=2).bool()], getattr(torch, name))
case('prelu', {}, [rand(3, 4), torch.tensor([0.25])], F.prelu)
case('prelu', {}, [rand(2, 3, 4), rand(3)], F.prelu)
case('prelu', {}, [rand(2, 3, 2, 2), rand(3)], F.prelu)
case('prelu', {}, [torch.tensor([-1.0, 0.0, 2.0]), torch.tensor([0.1])], F.prelu)
case('where', {}, [integers(3, 4, low=0, high=2).bool(), rand(3, 4), rand(3, 4)], torch.where)
case('where', {}, [integers(3, 1, low=0, high=2).bool(), rand(4), rand(2, 1, 1)], torch.where)

# Reductions
reductions = {
    'sum': torch.sum, 'mean': torch.mean, 'amax': torch.amax, 'amin': torch.amin, 'logsumexp': torch.logsumexp,
    'prod': lambda x, dim, keepdim: prod(x, dim, keepdim),
    'any': lambda x, dim, keepdim: torch.any(x, dim, keepdim), 'all': lambda x, dim, keepdim: torch.all(x, dim, keepdim),
}


def prod(x, dim, keepdim):
    for axis in sorted(dim, reverse=True):
        x = x.prod(axis, keepdim)
    return x


for name, function in reductions.items():
    for dim, keepdim in (([0, 1, 2], False), ([1], False), ([0], True), ([2], False), ([0, 2], False), ([1, 2], True)):
        x = rand(2, 3, 4) if name not in ('any', 'all') else integers(2, 3, 4, low=0, high=2).bool()
        case(name, {'dim': dim, 'keepdim': keepdim}, [x], lambda x: function(x, dim=dim, keepdim=keepdim))
    if name not in ('any', 'all'):
        case(name, {'dim': [0], 'keepdim': False}, [torch.tensor([[1.0, 2.0], [1.0, 3.0], [0.0, 3.0]])], lambda x: function(x, dim=[0], keepdim=False))
        forward(name, {'dim': [1], 'keepdim': False}, [torch.tensor([[1.0, math.nan], [math.inf, 3.0], [-math.inf, -math.inf]])],
                lambda x: function(x, dim=[1], keepdim=False))
case('sum', {'dim': [], 'keepdim': False}, [rand()], lambda x: x.sum())
forward('sum', {'dim': [0], 'keepdim': False}, [integers(5)], lambda x: x.sum(0))
forward('sum', {'dim': [0], 'keepdim': False}, [integers(5).bool()], lambda x: x.sum(0))
forward('sum', {'dim': [1], 'keepdim': False}, [rand(2, 0)], lambda x: x.sum(1))
forward('mean', {'dim': [1], 'keepdim': False}, [rand(2, 0)], lambda x: x.mean(1))
case('prod', {'dim': [1], 'keepdim': False}, [torch.tensor([[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [1.0, 2.0, 3.0]])], lambda x: x.prod(1))
for dim, keepdim, correction in (([0, 1], False, 1), ([1], True, 0), ([0], False, 1), ([0], False, 0)):
    case('var', {'dim': dim, 'keepdim': keepdim, 'correction': correction}, [rand(4, 3)],
         lambda x: x.var(dim, correction=correction, keepdim=keepdim))
forward('var', {'dim': [1], 'keepdim': False, 'correction': 1}, [rand(2, 1)], lambda x: x.var(1))
for name in ('argmax', 'argmin'):
    for dim, keepdim in ((0, False), (1, True), (2, False)):
        forward(name, {'dim': dim, 'keepdim': keepdim}, [rand(3, 4, 5)], lambda x: getattr(torch, name)(x, dim, keepdim))
    forward(name, {'dim': 1, 'keepdim': False}, [torch.tensor([[1.0, 3.0, 3.0, 1.0], [2.0, math.nan, 5.0, math.nan]])], lambda x: getattr(torch, name)(x, 1))
for dim in (0, 1, 2):
    for name in ('cumsum', 'cumprod', 'softmax', 'log_softmax'):
        case(name, {'dim': dim}, [rand(3, 4, 2)], lambda x: getattr(torch, name)(x, dim))
    for descending in (False, True):
        case('sort', {'dim': dim, 'descending': descending}, [rand(3, 4, 2)], lambda x: tuple(torch.sort(x, dim=dim, descending=descending, stable=True)))
forward('cumsum', {'dim': 0}, [integers(5)], lambda x: x.cumsum(0))
case('softmax', {'dim': 1}, [torch.tensor([[1000.0, 0.0, -1000.0], [5.0, 5.0, 5.0]])], lambda x: x.softmax(1))
for descending in (False, True):
    forward('sort', {'dim': 0, 'descending': descending}, [torch.tensor([2.0, math.nan, 1.0, 2.0, -math.inf, math.inf, 1.0])],
            lambda x: tuple(torch.sort(x, stable=True, descending=descending)))

# Linear algebra
for a, b in (((3, 4), (4, 5)), ((4,), (4,)), ((4,), (4, 3)), ((3, 4), (4,)), ((2, 3, 4), (4, 5)), ((2, 3, 4), (2, 4, 5)), ((2, 1, 3, 4), (5, 4, 2)),
             ((4,), (2, 4, 3)), ((2, 3, 4), (4,)), ((1, 1), (1, 1)), ((2, 0), (0, 3)), ((9, 17), (17, 13)), ((3, 4), (2, 4, 5)), ((5, 300), (300, 6))):
    case('matmul', {}, [rand(*a), rand(*b)], torch.matmul)
forward('matmul', {}, [integers(3, 4), integers(4, 2)], torch.matmul)
for x in ((5,), (3, 5), (2, 3, 5), (0, 5)):
    case('linear', {}, [rand(*x), rand(4, 5), rand(4)], F.linear)
    case('linear', {}, [rand(*x), rand(4, 5)], F.linear)


def convolution(rank, x, weight, bias=True, stride=1, padding=0, dilation=1, transposed=False, output_padding=0, groups=1):
    spread = lambda value: list(value) if isinstance(value, tuple) else [value] * rank
    stride, padding, dilation, output_padding = map(spread, (stride, padding, dilation, output_padding))
    attributes = {'stride': stride, 'padding': padding, 'dilation': dilation, 'transposed': transposed,
                  'outputPadding': output_padding, 'groups': groups}
    out = weight[1] * groups if transposed else weight[0]
    inputs = [rand(*x), rand(*weight)] + ([rand(out)] if bias else [])
    compute = lambda x, w, b=None: torch.convolution(x, w, b, stride, padding, dilation, transposed, output_padding, groups)
    case('convolution', attributes, inputs, compute)
    y = compute(*inputs)
    dy = rand(*y.shape)
    dx, dweight, _ = torch.ops.aten.convolution_backward(
        dy, inputs[0], inputs[1], None, stride, padding, dilation, transposed, output_padding, groups, (True, True, False))
    forward('convolution_backward_input', attributes | {'inputShape': list(x)}, [dy, inputs[1]], lambda *_: dx)
    forward('convolution_backward_weight', attributes | {'weightShape': list(weight)}, [dy, inputs[0]], lambda *_: dweight)


convolution(1, (2, 3, 7), (4, 3, 3))
convolution(1, (2, 2, 8), (2, 2, 3), stride=2, padding=1, dilation=2, bias=False)
convolution(1, (1, 4, 6), (4, 1, 2), groups=4)
convolution(1, (2, 3, 5), (3, 2, 3), transposed=True, stride=2, padding=1, output_padding=1)
convolution(2, (2, 1, 5, 5), (3, 1, 3, 3))
convolution(2, (2, 3, 5, 6), (4, 3, 3, 2), stride=(2, 1), padding=(1, 0))
convolution(2, (1, 4, 4, 4), (6, 2, 3, 3), padding=1, groups=2)
convolution(2, (2, 3, 4, 4), (5, 3, 1, 1))
convolution(2, (1, 2, 7, 7), (2, 2, 3, 3), dilation=2, stride=3, padding=2)
convolution(2, (2, 3, 3, 3), (3, 2, 3, 3), transposed=True, stride=2)
convolution(2, (1, 4, 3, 2), (4, 3, 2, 3), transposed=True, stride=(2, 3), padding=(1, 1), output_padding=(0, 2), groups=2, bias=False)
convolution(2, (1, 2, 4, 4), (2, 3, 3, 3), transposed=True, padding=1, dilation=2)
convolution(3, (1, 2, 4, 4, 3), (3, 2, 2, 3, 2), padding=(1, 0, 1))
convolution(3, (1, 2, 2, 3, 2), (2, 2, 2, 2, 2), transposed=True, stride=2)
convolution(2, (3, 1, 1, 1), (1, 1, 1, 1))
convolution(2, (0, 2, 4, 4), (3, 2, 3, 3))

# Pooling
for rank, x, kernel, stride, padding, dilation, ceil in (
        (1, (2, 3, 8), [2], [2], [0], [1], False), (1, (3, 7), [3], [2], [1], [1], True), (2, (2, 2, 6, 6), [2, 2], [2, 2], [0, 0], [1, 1], False),
        (2, (1, 2, 7, 5), [3, 2], [2, 1], [1, 1], [1, 1], False), (2, (1, 2, 7, 7), [3, 3], [2, 2], [0, 0], [1, 1], True),
        (2, (1, 1, 8, 8), [2, 3], [2, 2], [1, 1], [2, 2], False), (2, (1, 1, 6, 6), [3, 3], [4, 4], [1, 1], [2, 2], True), (3, (1, 2, 4, 4, 4), [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], False)):
    attributes = {'kernelSize': kernel, 'stride': stride, 'padding': padding, 'dilation': dilation, 'ceilMode': ceil}
    pool = getattr(F, f'max_pool{rank}d')
    compute = lambda x: pool(x, kernel, stride, padding, dilation, ceil, return_indices=True)
    case('max_pool_with_indices', attributes, [rand(*x)], compute)
forward('max_pool_with_indices', {'kernelSize': [2, 2], 'stride': [2, 2], 'padding': [0, 0], 'dilation': [1, 1], 'ceilMode': False},
        [torch.tensor([[[1.0, 1.0, math.nan, 2.0], [1.0, 1.0, 9.0, 2.0]]])], lambda x: F.max_pool2d(x, 2, return_indices=True))
for rank, x, kernel, stride, padding, ceil, count, override in (
        (1, (2, 3, 8), [2], [2], [0], False, True, None), (1, (1, 2, 7), [3], [2], [1], True, True, None),
        (2, (2, 2, 6, 6), [2, 2], [2, 2], [0, 0], False, True, None), (2, (1, 2, 7, 5), [3, 2], [2, 1], [1, 1], False, True, None),
        (2, (1, 2, 7, 5), [3, 2], [2, 1], [1, 1], False, False, None), (2, (2, 6, 7), [3, 3], [2, 2], [1, 1], True, True, None),
        (2, (1, 2, 6, 7), [3, 3], [2, 2], [1, 1], True, False, None), (2, (1, 2, 4, 4), [2, 2], [1, 1], [0, 0], False, True, 3),
        (3, (1, 2, 4, 4, 4), [2, 2, 2], [2, 2, 2], [0, 0, 0], False, True, None)):
    attributes = {'kernelSize': kernel, 'stride': stride, 'padding': padding, 'ceilMode': ceil, 'countIncludePad': count, 'divisorOverride': override}
    pool = getattr(F, f'avg_pool{rank}d')
    extra = {} if rank == 1 else {'divisor_override': override}
    case('avg_pool', attributes, [rand(*x)], lambda x: pool(x, kernel, stride, padding, ceil, count, **extra))
for x, size in (((2, 3, 7), [3]), ((2, 3, 6, 5), [1, 1]), ((2, 3, 6, 5), [4, 2]), ((3, 4, 4), [2, 2]), ((1, 2, 3, 3), [5, 4]), ((1, 2, 4, 5, 3), [2, 2, 2])):
    case('adaptive_avg_pool', {'outputSize': size}, [rand(*x)], lambda x: getattr(F, f'adaptive_avg_pool{len(size)}d')(x, size))

# Normalization
for x in ((4, 3), (2, 3, 5), (3, 2, 4, 4), (2, 2, 2, 2, 3)):
    case('native_batch_norm', {'eps': 1e-5}, [rand(*x), positive(x[1]), rand(x[1])],
         lambda x, w, b: torch.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-5))
case('native_batch_norm', {'eps': 1e-3}, [rand(6, 2) + 10, positive(2), rand(2)],
     lambda x, w, b: torch.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-3))
for x, rank in (((3, 4), 1), ((2, 3, 4), 1), ((2, 3, 4), 2), ((5,), 1), ((1, 2, 2, 3), 3)):
    size = x[len(x) - rank:]
    case('native_layer_norm', {'normalizedRank': rank, 'eps': 1e-5}, [rand(*x), positive(*size), rand(*size)],
         lambda x, w, b: torch.native_layer_norm(x, size, w, b, 1e-5))

# Shape
case('reshape', {'shape': [4, 3]}, [rand(3, 4)], lambda x: x.reshape(4, 3))
case('reshape', {'shape': []}, [rand(1)], lambda x: x.reshape(()))
for dims in ([1, 0], [2, 0, 1], [0, 2, 1], [0, 3, 1, 2], [0, 1, 2]):
    x = rand(*(2, 3, 4, 5)[:len(dims)])
    case('permute', {'dims': dims}, [x], lambda x: x.permute(dims))
case('permute', {'dims': []}, [rand()], lambda x: x.permute(()))
case('expand', {'shape': [2, 3, 4]}, [rand(3, 1)], lambda x: x.expand(2, 3, 4))
case('expand', {'shape': [3, 4]}, [rand(3, 4)], lambda x: x.expand(3, 4))
case('expand', {'shape': [0, 4]}, [rand(1, 4)], lambda x: x.expand(0, 4))
for dim, start, end, step in ((0, 1, 3, 1), (1, 0, 5, 2), (1, 3, 3, 1), (1, 1, 5, 3)):
    cut = lambda x: x[start:end:step] if dim == 0 else x[:, start:end:step]
    attributes = {'dim': dim, 'start': start, 'end': end, 'step': step}
    x = rand(4, 5)
    case('slice', attributes, [x], cut)
    case('slice_scatter', attributes, [x, rand(*cut(x).shape)], lambda x, y: torch.slice_scatter(x, y, dim, start, end, step))
case('cat', {'dim': 0}, [rand(2, 3), rand(1, 3), rand(0, 3)], lambda *x: torch.cat(x, 0))
case('cat', {'dim': 1}, [rand(2, 3, 2), rand(2, 1, 2)], lambda *x: torch.cat(x, 1))
case('cat', {'dim': 2}, [rand(2, 3, 2)], lambda *x: torch.cat(x, 2))
forward('cat', {'dim': 0}, [integers(2), rand(2)], lambda *x: torch.cat(x, 0))
for pads, x in (([[0, 0], [1, 2]], (3, 4)), ([[1, 0], [-1, -2]], (3, 4)), ([[-1, 2], [0, 0]], (3, 4)), ([[0, 0], [0, 0], [1, 1], [2, 0]], (1, 2, 3, 3))):
    flat = [size for pair in reversed(pads) for size in pair]
    case('pad', {'pads': pads, 'mode': 'constant', 'value': 1.5}, [rand(*x)], lambda x: F.pad(x, flat, value=1.5))
for mode in ('reflect', 'replicate', 'circular'):
    for pads, x in (([[0, 0], [0, 0], [2, 1]], (1, 2, 4)), ([[0, 0], [0, 0], [1, 2], [3, 0]], (2, 1, 3, 4))):
        flat = [size for pair in reversed(pads[2:]) for size in pair]
        case('pad', {'pads': pads, 'mode': mode, 'value': 0}, [rand(*x)], lambda x: F.pad(x, flat, mode=mode))
for dims in ([0], [1], [0, 2], [0, 1, 2]):
    case('flip', {'dims': dims}, [rand(2, 3, 4)], lambda x: x.flip(dims))
for name in ('tril', 'triu'):
    for diagonal in (0, 1, -2):
        case(name, {'diagonal': diagonal}, [rand(2, 3, 4)], lambda x: getattr(torch, name)(x, diagonal))

# Indexing
for dim, index in ((0, (2, 4)), (1, (3, 2)), (1, (2, 6))):
    i = integers(*index, low=0, high=3 if dim == 0 else 4)
    case('gather', {'dim': dim}, [rand(3, 4), i], lambda x, i: x.gather(dim, i))
    case('scatter_add', {'dim': dim}, [rand(3, 4), i, rand(*index)], lambda x, i, s: x.scatter_add(dim, i, s))
case('scatter', {'dim': 1}, [rand(3, 4), torch.tensor([[0, 2], [3, 1]]), rand(2, 2)], lambda x, i, s: x.scatter(1, i, s))
forward('scatter', {'dim': 1}, [rand(3, 4), torch.tensor([[0, 2], [3, 1]]), rand(2, 3)], lambda x, i, s: x.scatter(1, i, s))
case('scatter', {'dim': 0}, [rand(3, 4, 2), torch.tensor([[[1, 0]], [[2, 2]]]), rand(2, 1, 2)], lambda x, i, s: x.scatter(0, i, s))
for dim, i in ((0, [2, 0, 0]), (1, [3, 1]), (2, []), (2, [1])):
    i = torch.tensor(i, dtype=torch.int64)
    x = rand(3, 4, 2)
    case('index_select', {'dim': dim}, [x, i], lambda x, i: x.index_select(dim, i))
    case('index_add', {'dim': dim}, [x, i, rand(*x.index_select(dim, i).shape)], lambda x, i, s: x.index_add(dim, i, s))
def index_put(x, values, key, accumulate):
    """By position, since torch.index_put takes leading indices only."""
    positions = torch.arange(x.numel()).reshape(x.shape)[key].flatten()
    flat = x.flatten().index_put((positions,), values.expand(x[key].shape).flatten(), accumulate)
    return flat.reshape(x.shape)


one, two, column = torch.tensor([0, 2, -1]), torch.tensor([1, 0, 1]), torch.tensor([[0], [2]])
for dims, indices, pick in (
        ([0], [one], lambda i: (i[0],)), ([1], [one], lambda i: (slice(None), i[0])), ([0, 1], [one, two], lambda i: (i[0], i[1])),
        ([0, 2], [one, two], lambda i: (i[0], slice(None), i[1])), ([1, 2], [column, two], lambda i: (slice(None), i[0], i[1])),
        ([0, 1, 2], [one, two, torch.tensor(1)], lambda i: (i[0], i[1], i[2])), ([2], [column], lambda i: (slice(None), slice(None), i[0]))):
    x = rand(3, 4, 2 if dims != [2] else 3)
    case('index', {'dims': dims}, [x, *indices], lambda x, *i: x[pick(i)])
    values = rand(*x[pick(indices)].shape)
    for accumulate in (False, True):
        if not accumulate and dims == [0]:
            continue  # 2 and -1 are the same row: PyTorch does not say which value stays
        case('index_put', {'dims': dims, 'accumulate': accumulate}, [x, values, *indices],
             lambda x, v, *i: index_put(x, v, pick(i), accumulate))


case('index_put', {'dims': [0], 'accumulate': False}, [rand(4, 3), rand(1), torch.tensor([1, 3])], lambda x, v, i: x.index_put((i,), v))
case('index_put', {'dims': [0], 'accumulate': True}, [rand(4, 3), rand(3), torch.tensor([1, 1, 3])], lambda x, v, i: x.index_put((i,), v, True))
case('embedding', {}, [rand(5, 3), integers(2, 4, low=0, high=5)], lambda w, i: F.embedding(i, w))
case('embedding', {}, [rand(5, 1), torch.tensor(2)], lambda w, i: F.embedding(i, w))
forward('embedding_backward', {'numWeights': 5}, [rand(2, 4, 3), integers(2, 4, low=0, high=5)],
        lambda g, i: torch.ops.aten.embedding_dense_backward(g, i, 5, -1, False))

# Leaves
forward('full', {'shape': [2, 3], 'value': 2.5, 'dtype': 'float32'}, [], lambda: torch.full((2, 3), 2.5))
forward('full', {'shape': [], 'value': 3, 'dtype': 'int64'}, [], lambda: torch.tensor(3))
forward('arange', {'start': -1, 'step': 0.25, 'length': 7, 'dtype': 'float32'}, [], lambda: torch.arange(-1, 0.7, 0.25))
forward('arange', {'start': 5, 'step': -2, 'length': 3, 'dtype': 'int64'}, [], lambda: torch.arange(5, 0, -2))
forward('eye', {'n': 3, 'm': 4, 'dtype': 'float32'}, [], lambda: torch.eye(3, 4))
forward('eye', {'n': 2, 'm': 2, 'dtype': 'float64'}, [], lambda: torch.eye(2, dtype=torch.float64))

# Special functions
for name, x in (('asinh', rand(3, 4)), ('acosh', positive(3, 4) + 1.1), ('atanh', rand(3, 4, low=-0.9, high=0.9)), ('erfc', rand(3, 4)),
                ('erfinv', rand(3, 4, low=-0.95, high=0.95)), ('lgamma', positive(3, 4)), ('digamma', positive(3, 4)), ('i0', rand(3, 4, low=-4, high=4))):
    case(name, {}, [x], getattr(torch, name))
    # PyTorch's i0 makes NaN of infinity; the limit is meant.
    forward(name, {}, [torch.cat([strange[[0, 3, 4]] if name == 'i0' else strange, bends])], getattr(torch, name))
    forward(name, {}, [x[:0]], getattr(torch, name))
case('i1', {}, [rand(3, 4, low=-4, high=4)], torch.special.i1)
forward('i1', {}, [torch.cat([strange[[0, 3, 4]], bends])], torch.special.i1)
forward('erfc', {}, [torch.tensor([3.0, 5.0, 6.5, 8.0, 9.0], dtype=torch.float64)], torch.erfc)
forward('erfinv', {}, [torch.tensor([1.0, -1.0, 0.999999, -0.9999999999, 1e-12, 1.5], dtype=torch.float64)], torch.erfinv)
for name in ('lgamma', 'digamma'):
    case(name, {}, [torch.tensor([-0.5, -1.7, -2.3, 0.1, 30.0])], getattr(torch, name))
for n in (1, 2, 4):
    case('polygamma', {'n': n}, [positive(3, 4)], lambda x: torch.polygamma(n, x))
    forward('polygamma', {'n': n}, [torch.tensor([0.0, 10.0, 100.0, 0.3])], lambda x: torch.polygamma(n, x))
for name in ('hypot', 'logaddexp'):
    for a, b in shapes:
        case(name, {}, [rand(*a), positive(*b)], getattr(torch, name))
    forward(name, {}, [torch.tensor([1e30, math.nan, math.inf, -math.inf, -math.inf]), torch.tensor([1e30, 1.0, -math.inf, -math.inf, 2.0])], getattr(torch, name))
for name in ('bitwise_and', 'bitwise_or', 'bitwise_xor'):
    for dtype in (torch.int64, torch.uint8, torch.int8, torch.bool):
        low, high = (-100, 100) if dtype in (torch.int64, torch.int8) else (0, 200 if dtype == torch.uint8 else 2)
        forward(name, {}, [integers(3, 4, low=low, high=high).to(dtype), integers(4, low=low, high=high).to(dtype)], getattr(torch, name))
for name in ('bitwise_left_shift', 'bitwise_right_shift'):
    forward(name, {}, [integers(3, 4, low=-100, high=100), integers(4, low=0, high=5)], getattr(torch, name))
    forward(name, {}, [integers(5, low=0, high=200).to(torch.uint8), integers(5, low=0, high=5).to(torch.uint8)], getattr(torch, name))
    forward(name, {}, [integers(5, low=-100, high=100).to(torch.int8), torch.tensor(2, dtype=torch.int8)], getattr(torch, name))

# Scans and search
for name in ('cummax', 'cummin', 'logcumsumexp'):
    for dim in (0, 1, 2):
        case(name, {'dim': dim}, [rand(3, 4, 2)], lambda x: getattr(torch, name)(x, dim))
    forward(name, {'dim': 0}, [torch.tensor([1.0, -math.inf, 2.0, 2.0, math.nan, 5.0])], lambda x: getattr(torch, name)(x, 0))
    forward(name, {'dim': 1}, [rand(2, 0)], lambda x: getattr(torch, name)(x, 1))
    forward(name, {'dim': 0}, [torch.tensor([1.0, 1.0, 0.0, 1.0])], lambda x: getattr(torch, name)(x, 0))
forward('cummax', {'dim': 0}, [integers(6)], lambda x: torch.cummax(x, 0))
case('logcumsumexp', {'dim': 0}, [torch.tensor([-800.0, 3.0, 500.0, 2.0, 800.0])], lambda x: torch.logcumsumexp(x, 0))
forward('logcumsumexp', {'dim': 0}, [torch.tensor([-math.inf, -math.inf, 0.0, math.inf, 1.0])], lambda x: torch.logcumsumexp(x, 0))
for right in (False, True):
    places = lambda s, v: torch.searchsorted(s, v, right=right)
    forward('searchsorted', {'right': right}, [torch.tensor([0.0, 1.0, 1.0, 2.0, 5.0]), torch.tensor([[1.0, -1.0, 6.0], [0.5, 2.0, math.nan]])], places)
    forward('searchsorted', {'right': right}, [torch.sort(rand(2, 3, 6)).values, rand(2, 3, 4)], places)
    forward('searchsorted', {'right': right}, [torch.tensor([1, 3, 3, 7]), torch.tensor([3, 0, 8])], places)
    forward('searchsorted', {'right': right}, [torch.tensor([1.0, 3.0]), torch.tensor(2.0)], places)

# Fourier transforms, of pairs (real, imaginary)
for shape, dims in (((8,), [0]), ((5,), [0]), ((2, 6), [1]), ((3, 4, 5), [1]), ((2, 4, 3), [1, 2]), ((1,), [0]), ((2, 3, 4), [0, 1, 2]), ((17,), [0])):
    for inverse in (False, True):
        count = math.prod(shape[d] for d in dims)
        scale = 1 / count if inverse else 1
        transform = torch.fft.ifftn if inverse else torch.fft.fftn
        case('fft', {'dims': dims, 'inverse': inverse, 'scale': scale}, [rand(*shape, 2)],
             lambda x: torch.view_as_real(transform(torch.view_as_complex(x), dim=dims)))

# Decompositions. Vectors are known up to their sign: the largest component is made positive.
def positive_definite(*shape):
    x = rand(*shape, shape[-1])
    return x @ x.mT + 0.5 * torch.eye(shape[-1])


def symmetric(*shape):
    x = rand(*shape, shape[-1])
    return (x + x.mT) / 2


def signs(vectors):
    """Of the largest component of each column."""
    place = vectors.detach().abs().argmax(-2, keepdim=True)
    return torch.sign(vectors.detach().gather(-2, place))


def eigh(upper):
    def compute(x):
        values, vectors = torch.linalg.eigh(x, 'U' if upper else 'L')
        return values, vectors * signs(vectors)
    return compute


def svd(x):
    u, s, vt = torch.linalg.svd(x, full_matrices=False)
    return u * signs(u), s, signs(u).mT * vt


def of_triangle(op, attributes, x, compute):
    """Of a symmetric matrix, and forward of one whose other triangle holds something else."""
    upper = attributes['upper']
    case(op, attributes, [x], compute)
    forward(op, attributes, [x + (rand(*x.shape).tril(-1) if upper else rand(*x.shape).triu(1))], compute)


for shape in ((1,), (3,), (5,), (2, 3), (2, 2, 4), (0, 3)):
    for upper in (False, True):
        of_triangle('cholesky', {'upper': upper, 'partial': False}, positive_definite(*shape), lambda x: torch.linalg.cholesky(x.mT if upper else x))
        of_triangle('eigh', {'upper': upper}, symmetric(*shape), eigh(upper))
    regular = positive_definite(*shape) + rand(*shape, shape[-1]) * 0.2
    case('inverse', {}, [regular], torch.linalg.inv)
    case('det', {}, [regular], torch.linalg.det)
    case('slogdet', {}, [regular], lambda x: tuple(reversed(torch.linalg.slogdet(x))))
    for columns in (1, 3):
        case('solve', {}, [regular, rand(*shape, columns)], torch.linalg.solve)
case('solve', {}, [positive_definite(2, 3), rand(3, 2)], lambda a, b: torch.linalg.solve(a, b.expand(2, 3, 2)))
forward('det', {}, [torch.tensor([[1.0, 2.0], [2.0, 4.0]])], torch.linalg.det)
forward('det', {}, [torch.tensor([[[0.0, 1.0], [1.0, 0.0]], [[-2.0, 0.0], [0.0, 3.0]]])], torch.linalg.det)
forward('slogdet', {}, [torch.tensor([[0.0, 0.0], [0.0, 1.0]])], lambda x: tuple(reversed(torch.linalg.slogdet(x))))
for upper in (False, True):
    for unitriangular in (False, True):
        case('triangular_solve', {'upper': upper, 'unitriangular': unitriangular}, [positive_definite(2, 4), rand(2, 4, 3)],
             lambda a, b: torch.linalg.solve_triangular(a, b, upper=upper, unitriangular=unitriangular))
for shape in ((3, 3), (5, 3), (2, 4, 3), (1, 1), (4, 1)):
    case('qr', {'complete': False}, [rand(*shape)], lambda x: tuple(torch.linalg.qr(x)))
for shape in ((3, 5), (2, 2, 3)):
    forward('qr', {'complete': False}, [rand(*shape)], lambda x: tuple(torch.linalg.qr(x)))
for shape in ((4, 2), (3, 3)):
    forward('qr', {'complete': True}, [rand(*shape)], lambda x: tuple(torch.linalg.qr(x, mode='complete')))
for x in (symmetric(3), symmetric(2, 4)):
    forward('cholesky', {'upper': False, 'partial': True}, [x], lambda x: torch.linalg.cholesky_ex(x).L)


def lu(x):
    packed, pivots = torch.linalg.lu_factor(x)
    return packed, pivots, torch.lu_unpack(packed, pivots)[0].argmax(-2)


for shape in ((3, 3), (1, 1), (5, 3), (3, 5), (2, 4, 4), (2, 2, 3), (2, 1, 4), (4, 1), (0, 2, 2)):
    case('lu', {}, [rand(*shape)], lu)
forward('lu', {}, [torch.tensor([[0.0, 2.0, 1.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]])], lambda x: (x, torch.tensor([1, 2, 3], dtype=torch.int32), torch.arange(3)))


def eig(hermitian):
    """Eigenvalues in LAPACK's order; vectors with the largest component real and positive."""
    def compute(pairs):
        x = torch.view_as_complex(pairs)
        values, vectors = torch.linalg.eigh(x) if hermitian else torch.linalg.eig(x if (x.imag != 0).any() else x.real)
        sizes = vectors.detach().abs()
        largest = vectors.detach().gather(-2, (sizes > sizes.amax(-2, keepdim=True) * (1 - 1e-5)).int().argmax(-2, keepdim=True))
        return torch.view_as_real(values + 0j), torch.view_as_real(vectors * torch.sgn(largest).conj())
    return compute


def real_pairs(x):
    return torch.stack((x, torch.zeros_like(x)), -1)


for shape in ((1, 1), (2, 2), (3, 3), (6, 6), (2, 4, 4), (0, 3, 3), (12, 12)):
    forward('eig', {'hermitian': False}, [real_pairs(rand(*shape, dtype=torch.float64))], eig(False))
    x = rand(*shape, 2)
    case('eig', {'hermitian': True}, [(x + torch.stack((x[..., 0].mT, -x[..., 1].mT), -1)) / 2], eig(True))
for n in (1, 2, 3, 5):
    case('eig', {'hermitian': False}, [rand(n, n, 2)], eig(False))
for x in ([[0.0, 1.0], [-1.0, 0.0]], [[2.0, 0.0, 0.0], [1.0, -3.0, 0.0], [4.0, 5.0, 1.0]], [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]):
    forward('eig', {'hermitian': False}, [real_pairs(torch.tensor(x))], eig(False))
for shape in ((3, 3), (4, 2), (2, 4), (2, 5, 3), (2, 3, 4), (1, 1), (1, 3)):
    case('svd', {}, [rand(*shape)], svd)
forward('svd', {}, [torch.diag(torch.tensor([0.5, 3.0, 2.0]))], svd)

# Attention. In float64, where PyTorch computes by the formula.
def attention(query, key, value, mask=None, causal=False, scale=None):
    inputs = [rand(*shape, dtype=torch.float64) for shape in (query, key, value)] + ([] if mask is None else [mask])
    def compute(q, k, v, m=None):
        y = F.scaled_dot_product_attention(q, k, v, m, is_causal=causal, scale=scale)
        scores = q @ k.mT * used
        if m is not None:
            scores = scores.masked_fill(~m, -math.inf) if m.dtype == torch.bool else scores + m
        if causal:
            scores = scores.masked_fill(torch.ones(scores.shape[-2:]).tril() == 0, -math.inf)
        return y, scores.logsumexp(-1)
    used = 1 / math.sqrt(query[-1]) if scale is None else scale
    case('scaled_dot_product_attention', {'isCausal': causal, 'scale': used}, inputs, compute)


attention((4, 3), (4, 3), (4, 3))
attention((2, 3, 4), (2, 5, 4), (2, 5, 6))
attention((2, 2, 3, 4), (2, 2, 3, 4), (2, 2, 3, 4), causal=True)
attention((1, 2, 3, 2), (1, 2, 5, 2), (1, 2, 5, 2), causal=True, scale=0.7)
attention((2, 2, 3, 4), (2, 2, 5, 4), (2, 2, 5, 4), mask=integers(3, 5, low=0, high=2).bool() | torch.eye(3, 5).bool())
attention((2, 2, 3, 4), (2, 2, 5, 4), (2, 2, 5, 4), mask=rand(2, 1, 3, 5, dtype=torch.float64))
attention((2, 2, 3, 4), (2, 2, 5, 4), (2, 2, 5, 4), mask=rand(1, 5, dtype=torch.float64))
attention((2, 3, 4), (2, 3, 4), (2, 3, 4), mask=torch.tensor([[True, False, True], [False, False, False], [True, True, True]]))
attention((2, 0, 4), (2, 3, 4), (2, 3, 4))

# Alignments
def alignments(steps, batch, classes, targets, input_lengths, target_lengths, blank=0, zero_infinity=False):
    logs = rand(steps, batch, classes).log_softmax(2)
    lengths = [torch.tensor(lengths) for lengths in (input_lengths, target_lengths)]
    def compute(x, t, i, n):
        loss, alpha = torch._ctc_loss(x, t, i.tolist(), n.tolist(), blank, zero_infinity)
        loss = torch.where(torch.isinf(loss), 0.0, loss) if zero_infinity else loss
        # PyTorch leaves what no alignment reaches unset
        reached = (torch.arange(alpha.shape[1])[:, None] < i[:, None, None]) & (torch.arange(alpha.shape[2]) < 2 * n[:, None, None] + 1)
        whole = torch.full((batch, steps, 2 * (t.shape[1] if t.dim() == 2 else t.shape[0]) + 1), -math.inf)
        whole[:, :alpha.shape[1], :alpha.shape[2]] = torch.where(reached, alpha, -math.inf)
        return loss, whole.detach()
    case('ctc_loss', {'blank': blank, 'zeroInfinity': zero_infinity}, [logs, torch.tensor(targets), *lengths], compute)


alignments(6, 2, 4, [[1, 2, 2], [3, 1, 2]], [6, 6], [3, 3])
alignments(6, 2, 4, [[1, 2, 2], [3, 1, 0]], [6, 5], [3, 2])
alignments(7, 3, 5, [1, 2, 3, 3, 0, 1], [7, 6, 5], [2, 3, 1], blank=4)
alignments(3, 2, 4, [[1, 1, 1], [2, 3, 1]], [3, 3], [3, 2], zero_infinity=True)
alignments(5, 1, 3, [[1]], [5], [0])

# Poolings, interpolation, windows
for x, size in (((2, 3, 7), [3]), ((2, 3, 6, 5), [1, 1]), ((2, 3, 6, 5), [4, 2]), ((3, 4, 4), [2, 2]), ((1, 2, 3, 3), [5, 4]), ((1, 2, 4, 5, 3), [2, 2, 2])):
    case('adaptive_max_pool_with_indices', {'outputSize': size}, [rand(*x)],
         lambda x: getattr(F, f'adaptive_max_pool{len(size)}d')(x, size, return_indices=True))
forward('adaptive_max_pool_with_indices', {'outputSize': [2]}, [torch.tensor([[[1.0, 1.0, math.nan, 2.0]]])],
        lambda x: F.adaptive_max_pool1d(x, 2, return_indices=True))


def interpolation(mode, x, size=None, scale=None, align_corners=False, antialias=False):
    rank = len(x) - 2
    of_torch = {'linear': ('linear', 'bilinear', 'trilinear')[rank - 1], 'cubic': 'bicubic'}.get(mode, mode)
    options = {'size': size, 'scale_factor': scale, 'mode': of_torch} | ({'antialias': True} if antialias else {})
    if mode in ('linear', 'cubic'):
        options['align_corners'] = align_corners
    output = list(size or [math.floor(n * f) for n, f in zip(x[2:], scale)])
    case('interpolate', {'mode': mode, 'outputSize': output, 'scales': list(scale or [None] * rank), 'alignCorners': align_corners, 'antialias': antialias},
         [rand(*x)], lambda x: F.interpolate(x, **options))


for mode in ('nearest', 'nearest-exact', 'linear'):
    interpolation(mode, (2, 2, 5), size=(8,))
    interpolation(mode, (1, 2, 7), scale=(0.6,))
    interpolation(mode, (1, 2, 4, 3), size=(8, 6))
    interpolation(mode, (1, 2, 4, 3), scale=(1.7, 2.3))
    interpolation(mode, (1, 1, 7, 6), size=(3, 4))
    interpolation(mode, (1, 1, 2, 3, 2), size=(3, 5, 1))
for mode, x, size in (('linear', (1, 2, 5), (9,)), ('linear', (1, 2, 4, 3), (7, 5)), ('linear', (1, 1, 3, 3), (1, 1)), ('linear', (1, 1, 2, 3, 2), (4, 4, 4)), ('cubic', (1, 2, 4, 3), (7, 5))):
    interpolation(mode, x, size=size, align_corners=True)
interpolation('cubic', (1, 2, 4, 3), size=(8, 6))
interpolation('cubic', (1, 1, 7, 6), size=(3, 4))
interpolation('cubic', (1, 1, 4, 3), scale=(1.7, 2.3))
for mode in ('linear', 'cubic'):
    interpolation(mode, (1, 2, 9, 8), size=(4, 3), antialias=True)
    interpolation(mode, (1, 1, 9, 5), size=(4, 7), antialias=True)
    interpolation(mode, (1, 1, 7, 7), size=(3, 3), align_corners=True, antialias=True)
for kernel, stride, padding, dilation, x in (
        ([2, 2], [1, 1], [0, 0], [1, 1], (2, 3, 4, 5)), ([3, 2], [2, 1], [1, 1], [1, 1], (1, 2, 5, 4)), ([2, 2], [2, 2], [0, 0], [1, 1], (2, 4, 4)),
        ([2, 3], [1, 2], [2, 0], [2, 1], (1, 2, 5, 6)), ([1, 1], [3, 3], [0, 0], [1, 1], (1, 1, 4, 4))):
    attributes = {'kernelSize': kernel, 'stride': stride, 'padding': padding, 'dilation': dilation}
    image = rand(*x)
    case('im2col', attributes, [image], lambda x: F.unfold(x, kernel, dilation, padding, stride))
    columns = rand(*F.unfold(image, kernel, dilation, padding, stride).shape)
    case('col2im', attributes | {'outputSize': list(x[-2:])}, [columns], lambda c: F.fold(c, x[-2:], kernel, dilation, padding, stride))

for reduce in ('amax', 'amin'):
    for include in (False, True):
        for dim, shape in ((0, (5, 4)), (1, (3, 6)), (1, (2, 3))):
            i = integers(*shape, low=0, high=3 if dim == 0 else 4)
            case('scatter_reduce', {'dim': dim, 'reduce': reduce, 'includeSelf': include}, [rand(3, 4), i, rand(*shape)],
                 lambda x, i, s: x.scatter_reduce(dim, i, s, reduce, include_self=include))
forward('scatter_reduce', {'dim': 0, 'reduce': 'amax', 'includeSelf': False}, [integers(3), torch.tensor([0, 0, 2]), torch.tensor([-3, -2, -4])],
        lambda x, i, s: x.scatter_reduce(0, i, s, 'amax', include_self=False))

def gelu_slope(x):
    with torch.enable_grad():
        given = x if x.requires_grad else x.clone().requires_grad_()
        return torch.autograd.grad(F.gelu(given).sum(), given, create_graph=True)[0]


for x in (rand(3, 4), bends, rand(5, dtype=torch.float64)):
    case('gelu_slope', {}, [x], gelu_slope)
forward('gelu_slope', {}, [strange], gelu_slope)
forward('gelu_slope', {}, [rand(2, 0, 3)], gelu_slope)

# Ops that had fewer than three configurations
for name in ('isnan', 'isinf', 'logical_not'):
    forward(name, {}, [integers(2, 3, low=0, high=2)], getattr(torch, name))
    forward(name, {}, [strange.double().reshape(5, 1)], getattr(torch, name))
    forward(name, {}, [rand(2, 0, 3)], getattr(torch, name))
for x in (rand(2, 3, dtype=torch.float64), integers(4), rand(0)):
    case('detach', {}, [x], lambda x: x.detach())
for name in 'eq ne lt le gt ge'.split():
    for a, b in ((rand(2, 1, 3), rand(4, 1)), (integers(5, low=0, high=3, dtype=torch.uint8), torch.tensor([0.0, 1.5, 2.0, math.inf, -0.0])), (rand(2, 0), rand(1))):
        forward(name, {}, [a, b], getattr(torch, name))
for name in 'logical_and logical_or logical_xor'.split():
    forward(name, {}, [torch.tensor([0.0, -0.0, math.nan, math.inf, 1e-40]), torch.tensor([[1.0], [0.0]])], getattr(torch, name))
    forward(name, {}, [rand(2, 0), integers(1)], getattr(torch, name))
case('where', {}, [torch.tensor([True, False, True]), torch.tensor([1.0, math.nan, math.inf]), torch.tensor([math.nan, 2.0, -0.0])], torch.where)
forward('where', {}, [torch.tensor([[True], [False]]), integers(3), integers(2, 3, dtype=torch.uint8, low=0)], torch.where)
forward('where', {}, [torch.tensor(False), rand(2, 0), rand(1, 1)], torch.where)
case('reshape', {'shape': [2, 6]}, [rand(3, 1, 4)], lambda x: x.reshape(2, 6))
forward('reshape', {'shape': [0, 5]}, [rand(2, 0, 3)], lambda x: x.reshape(0, 5))
case('embedding', {}, [rand(4, 2), torch.tensor([[[1, 1], [0, 3]]])], lambda w, i: F.embedding(i, w))
forward('embedding', {}, [rand(4, 2), torch.tensor([], dtype=torch.int64)], lambda w, i: F.embedding(i, w))
for weights, index in ((4, integers(6, low=0, high=4)), (1, torch.zeros(3, 2, dtype=torch.int64)), (7, torch.tensor(6))):
    forward('embedding_backward', {'numWeights': weights}, [rand(*index.shape, 3), index],
            lambda g, i: torch.ops.aten.embedding_dense_backward(g, i, weights, -1, False))
forward('full', {'shape': [0, 2], 'value': 1, 'dtype': 'bool'}, [], lambda: torch.full((0, 2), True))
forward('full', {'shape': [3], 'value': 255, 'dtype': 'uint8'}, [], lambda: torch.full((3,), 255, dtype=torch.uint8))
forward('arange', {'start': 0.1, 'step': 0.3, 'length': 4, 'dtype': 'float64'}, [], lambda: torch.arange(0.1, 1.2, 0.3, dtype=torch.float64))
forward('arange', {'start': 2, 'step': 1, 'length': 0, 'dtype': 'int32'}, [], lambda: torch.arange(2, 2, dtype=torch.int32))
forward('eye', {'n': 4, 'm': 1, 'dtype': 'int64'}, [], lambda: torch.eye(4, 1, dtype=torch.int64))
forward('eye', {'n': 0, 'm': 3, 'dtype': 'float32'}, [], lambda: torch.eye(0, 3))
case('i1', {}, [torch.tensor([-30.0, -8.0, -1e-3, 0.0, 7.9, 20.0], dtype=torch.float64)], torch.special.i1)
forward('i1', {}, [rand(2, 0)], torch.special.i1)

# Corners: gradients at zero, at equal elements, at infinities, and of what is masked as a whole
infinity = math.inf
ends = torch.tensor([0.0, -1.0, 1.0, infinity])
for name in 'sqrt rsqrt log log1p log2 log10 reciprocal square abs exp'.split():
    case(name, {}, [ends], getattr(torch, name))
for name in 'asin acos atanh erfinv'.split():
    case(name, {}, [torch.tensor([1.0, -1.0, 0.0, 2.0])], getattr(torch, name))
pairs = {
    'atan2': ([0.0, 1.0, 0.0, 0.0], [0.0, 0.0, -1.0, 1.0]), 'hypot': ([0.0, 3.0, 0.0, infinity], [0.0, 4.0, 1.0, 1.0]),
    'logaddexp': ([-infinity, 0.0, infinity, 1.0, infinity, -infinity, 200.0], [-infinity, -infinity, infinity, 1.0, -infinity, infinity, 0.0]),
    'pow': ([0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 2.0, infinity], [0.0, 1.0, -1.0, 0.5, 0.0, 2.0, 0.0, 0.0]),
    'div': ([0.0, 1.0, infinity, 1.0], [0.0, 0.0, infinity, infinity]), 'mul': ([0.0, infinity], [infinity, 1.0]),
    'maximum': ([1.0, infinity, -infinity, 0.0], [1.0, infinity, -infinity, -0.0]), 'minimum': ([1.0, infinity, -infinity, 0.0], [1.0, infinity, -infinity, -0.0]),
    'remainder': ([3.0, -3.0, 1.0], [1.5, 1.5, 0.0]), 'fmod': ([3.0, -3.0, 1.0], [1.5, 1.5, 0.0]),
}
for name, (a, b) in pairs.items():
    case(name, {}, [torch.tensor(a), torch.tensor(b)], getattr(torch, name))
masked = torch.tensor([[-infinity, -infinity], [0.0, -infinity], [infinity, 0.0], [1.0, 1.0]])
for name in 'softmax log_softmax'.split():
    case(name, {'dim': 1}, [masked], lambda x: getattr(torch, name)(x, 1))
case('logsumexp', {'dim': [1], 'keepdim': False}, [masked], lambda x: x.logsumexp(1))
ties = torch.tensor([[1.0, 2.0, 2.0], [3.0, 3.0, 3.0], [2.0, 1.0, 1.0], [infinity, infinity, 0.0], [-infinity, -infinity, -infinity]])
for name in 'amax amin'.split():
    case(name, {'dim': [1], 'keepdim': True}, [ties], lambda x: getattr(torch, name)(x, 1, True))
    # of all elements, where NaN counts as equal to NaN
    case(name, {'dim': [0], 'keepdim': False}, [torch.tensor([math.nan, 1.0, math.nan])], getattr(torch, name.removeprefix('a')))
for name in 'cummax cummin'.split():
    case(name, {'dim': 1}, [ties[:3]], lambda x: tuple(getattr(torch, name)(x, 1)))
case('sort', {'dim': 1, 'descending': False}, [ties], lambda x: tuple(torch.sort(x, stable=True)))
zeros = torch.tensor([[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [2.0, 0.0, 0.0], [2.0, 0.0, 4.0]])
case('prod', {'dim': [1], 'keepdim': False}, [zeros], lambda x: x.prod(1))
case('cumprod', {'dim': 1}, [zeros], lambda x: x.cumprod(1))
for correction in (0, 1):
    case('var', {'dim': [1], 'keepdim': False, 'correction': correction}, [torch.tensor([[2.0, 2.0, 2.0]])], lambda x: x.var(1, correction=correction))
    case('var', {'dim': [1], 'keepdim': False, 'correction': correction}, [torch.tensor([[2.0]])], lambda x: x.var(1, correction=correction))
case('clamp', {'min': 0, 'max': 1}, [torch.tensor([0.0, 1.0, math.nan, infinity, -infinity])], lambda x: x.clamp(0, 1))

# A kernel of one element, of whose results not all have been read
convolution(2, (2, 3, 3, 3), (3, 2, 1, 1), transposed=True, dilation=2, output_padding=1)

path = pathlib.Path(__file__).with_name('opGoldens.json')
lines = ',\n'.join(json.dumps(entry, separators=(',', ':')) for entry in cases)
path.write_text(f'{{"torch":"{torch.__version__}","cases":[\n{lines}\n]}}\n')
print(f'{len(cases)} cases, {path.stat().st_size} bytes')
