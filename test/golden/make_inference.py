"""Writes inference.json: for each case an op's inputs and attributes, and what torch says: the outputs' types, or its error.

`call` is the torch call that the op stands for. Made with torch 2.13.0: python make_inference.py
"""
import json
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")
CASES = []


def t(*shape, dtype="float32"):
    return torch.ones(shape, dtype=getattr(torch, dtype))


def case(op, inputs, call, **attributes):
    spec = [{"dtype": str(x.dtype).removeprefix("torch."), "shape": list(x.shape)} for x in inputs]
    row = {"op": op, "inputs": spec, "attributes": attributes}
    try:
        results = call(*inputs)
    except Exception as error:
        row["error"] = {"name": type(error).__name__, "message": str(error).split("\nException raised")[0]}
    else:
        results = results if isinstance(results, (tuple, list)) else [results]
        row["outputs"] = [{"dtype": str(y.dtype).removeprefix("torch."), "shape": list(y.shape)} for y in results]
    CASES.append(row)


INT = dict(dtype="int64")
BOOL = dict(dtype="bool")

for name in ("neg abs sign exp expm1 log log1p log2 log10 sqrt rsqrt square reciprocal sin cos tan asin acos atan sinh cosh tanh "
             "erf floor ceil round trunc isnan isinf logical_not relu sigmoid").split():
    for dtype in ("float32", "float64", "int64", "bool", "uint8"):
        case(name, [t(2, 3, dtype=dtype)], getattr(torch, name))
for name in "silu mish selu softsign logsigmoid hardsigmoid hardswish tanhshrink relu6".split():
    for dtype in ("float32", "int64", "bool"):
        case(name, [t(2, 3, dtype=dtype)], getattr(F, name))
PARAMETERS = {
    "leaky_relu": (F.leaky_relu, dict(negativeSlope=0.01)), "elu": (F.elu, dict(alpha=1)), "celu": (F.celu, dict(alpha=1)),
    "gelu": (F.gelu, dict(approximate="none")), "softplus": (F.softplus, dict(beta=1, threshold=20)),
    "hardtanh": (F.hardtanh, dict(minVal=-1, maxVal=1)), "hardshrink": (F.hardshrink, dict(lambd=0.5)),
    "softshrink": (F.softshrink, dict(lambd=0.5)), "threshold": (lambda x: F.threshold(x, 0, 0), dict(threshold=0, value=0)),
}
for name, (call, attributes) in PARAMETERS.items():
    for dtype in ("float32", "int64", "bool"):
        case(name, [t(2, 3, dtype=dtype)], call, **attributes)
for dtype in ("float32", "int64", "bool"):
    case("clamp", [t(2, dtype=dtype)], lambda x: torch.clamp(x, min=0), min=0, max=None)
    case("clamp", [t(2, dtype=dtype)], lambda x: torch.clamp(x, min=0.5), min=0.5, max=None)
for name in ("add sub mul div pow maximum minimum remainder fmod floor_divide atan2 eq ne lt le gt ge "
             "logical_and logical_or logical_xor").split():
    for a in ("float32", "int64", "bool"):
        for b in ("float32", "int64", "bool"):
            case(name, [t(2, 3, dtype=a), t(2, 3, dtype=b)], getattr(torch, name))
for a, b in (((2, 3), (2, 4)), ((2, 3), (3,)), ((2, 1), (1, 4)), ((), (2,)), ((0, 1), (1, 3)), ((4, 3, 2), (5, 1, 2)), ((2, 3), (0, 3))):
    case("add", [t(*a), t(*b)], torch.add)
case("where", [t(2, 3, **BOOL), t(2, 3), t(2, 4)], torch.where)
case("where", [t(4, **BOOL), t(2, 3), t(2, 3)], torch.where)
case("where", [t(2, 3), t(2, 3), t(2, 3)], torch.where)
case("where", [t(3, **BOOL), t(2, 3), t(**INT)], torch.where)
for x, slope in (((2, 3, 4), (5,)), ((5,), (5,)), ((), (5,)), ((2, 3, 4), (3,)), ((2, 3), (1,))):
    case("prelu", [t(*x), t(*slope)], F.prelu)
case("prelu", [t(2, 3, **INT), t(1)], F.prelu)

for name in "sum mean prod amax amin any all logsumexp".split():
    for dtype in ("float32", "int64", "bool", "uint8"):
        case(name, [t(2, 3, 4, dtype=dtype)], lambda x: getattr(torch, name)(x, dim=1), dim=[1], keepdim=False)
        case(name, [t(2, 3, 4, dtype=dtype)], lambda x: getattr(torch, name)(x, dim=2, keepdim=True), dim=[-1], keepdim=True)
for dims in ([0, 2], [-1, 0], [0, 1, 2], [3], [0, 0], [0, -3]):
    case("sum", [t(2, 3, 4)], lambda x: torch.sum(x, dim=dims), dim=dims, keepdim=False)
case("sum", [t()], lambda x: torch.sum(x, dim=0), dim=[0], keepdim=False)
case("var", [t(2, 3)], lambda x: torch.var(x, dim=1), dim=[1], keepdim=False, correction=1)
case("var", [t(2, 3, **INT)], lambda x: torch.var(x, dim=1), dim=[1], keepdim=False, correction=1)
case("amax", [t(0, 3)], lambda x: torch.amax(x, dim=0), dim=[0], keepdim=False)
case("amax", [t(0, 3)], lambda x: torch.amax(x, dim=1), dim=[1], keepdim=False)
for name in ("argmax", "argmin"):
    case(name, [t(2, 3)], lambda x: getattr(torch, name)(x, dim=1), dim=1, keepdim=False)
    case(name, [t(2, 3, **BOOL)], lambda x: getattr(torch, name)(x, dim=1), dim=1, keepdim=False)
    case(name, [t(0, 3)], lambda x: getattr(torch, name)(x, dim=0), dim=0, keepdim=False)
for name in ("cumsum", "cumprod", "softmax", "log_softmax", "sort"):
    for dtype in ("float32", "int64", "bool"):
        extra = dict(descending=False) if name == "sort" else {}
        case(name, [t(2, 3, dtype=dtype)], lambda x: getattr(torch, name)(x, dim=0), dim=0, **extra)
case("softmax", [t(2, 3)], lambda x: torch.softmax(x, 2), dim=2)

for a, b in (((32, 784), (780, 256)), ((3,), (4,)), ((3,), (3,)), ((2, 3), (4,)), ((2, 3), (3,)), ((3,), (4, 2)), ((3,), (3, 2)), ((5, 2, 3), (4,)),
             ((5, 2, 3), (3,)), ((3,), (5, 4, 2)), ((3,), (5, 3, 2)), ((5, 2, 3), (4, 2)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (5, 4, 2)),
             ((5, 2, 3), (6, 3, 2)), ((6, 5, 2, 3), (6, 5, 4, 2)), ((2, 3), (6, 4, 2)), ((6, 5, 2, 3), (6, 4, 3, 2)), ((), (3,)), ((3,), ()),
             ((1, 5, 2, 3), (6, 1, 3, 4)), ((0, 3), (3, 2)), ((2, 0), (0, 3))):
    case("matmul", [t(*a), t(*b)], torch.matmul)
case("matmul", [t(2, 3, **INT), t(3, 2)], torch.matmul)
case("matmul", [t(2, 3, dtype="float64"), t(3, 2)], torch.matmul)
case("matmul", [t(2, 3, **INT), t(3, 2, **INT)], torch.matmul)
case("matmul", [t(2, 3, **BOOL), t(3, 2, **BOOL)], torch.matmul)
for x in ((32, 784), (2, 32, 784), (784,), (2, 3, 780), (780,), ()):
    case("linear", [t(*x), t(256, 780), t(256)], F.linear)
    case("linear", [t(*x), t(256, 780)], F.linear)
case("linear", [t(2, 784), t(256, 784), t(255)], F.linear)
case("linear", [t(2, 2, 784), t(256, 784), t(255)], F.linear)
case("linear", [t(2, 784, dtype="float64"), t(3, 784), t(3)], F.linear)
case("linear", [t(2, 784, **INT), t(3, 784), t(3)], F.linear)
case("linear", [t(2, 784, **INT), t(3, 784)], F.linear)


def convolution(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, transposed=False, output_padding=0, dtype="float32"):
    rank = len(weight) - 2
    name = f"conv{'_transpose' if transposed else ''}{rank}d"
    options = dict(stride=stride, padding=padding, dilation=dilation, groups=groups)
    if transposed:
        options["output_padding"] = output_padding
    inputs = [t(*x, dtype=dtype), t(*weight)] + ([] if bias is None else [t(*bias)])
    case("convolution", inputs, lambda *a: getattr(F, name)(*a, **options), stride=[stride] * rank, padding=[padding] * rank,
         dilation=[dilation] * rank, transposed=transposed, outputPadding=[output_padding] * rank, groups=groups)


convolution((2, 1, 28, 28), (64, 3, 3, 3))
convolution((2, 3, 28, 28), (64, 3, 3, 3), (64,))
convolution((2, 28), (64, 3, 3, 3))
convolution((2, 3, 4, 5), (64, 3, 3))
convolution((2, 3, 2, 2), (64, 3, 3, 3))
convolution((2, 3, 2, 2), (64, 3, 5, 5), padding=1)
convolution((2, 3, 9, 9), (64, 3, 3, 3), (63,))
convolution((2, 6, 9, 9), (64, 3, 3, 3), groups=2)
convolution((2, 6, 9, 9), (63, 3, 3, 3), groups=2)
convolution((2, 5, 9, 9), (64, 3, 3, 3), groups=2)
convolution((2, 3, 9, 9), (64, 3, 3, 3), stride=0)
convolution((2, 3, 9, 9), (64, 3, 3, 3), padding=-1)
convolution((2, 3, 9, 9), (64, 3, 3, 3), dtype="float64")
convolution((2, 3, 9, 9), (64, 3, 3, 3), dtype="int64")
convolution((2, 3, 9, 9), (64, 3, 3, 3), (64,), dtype="float64")
convolution((2, 3, 10, 10), (4, 3, 3, 3), stride=2, padding=1, dilation=2)
convolution((0, 3, 9, 9), (4, 3, 3, 3))
convolution((2, 3, 0, 9), (4, 3, 3, 3))
convolution((2, 3, 4, 4, 4), (4, 3, 5, 5, 5))
convolution((2, 3, 4), (4, 3, 5))
convolution((2, 3, 40), (4, 3, 5), stride=3)
convolution((2, 1, 9, 9), (3, 4, 3, 3), transposed=True)
convolution((2, 3, 9, 9), (3, 4, 3, 3), (5,), transposed=True)
convolution((2, 3, 9, 9), (3, 4, 3, 3), transposed=True, output_padding=1)
convolution((2, 3, 9, 9), (3, 4, 3, 3), transposed=True, stride=2, padding=1, output_padding=1)
convolution((2, 4, 9), (4, 4, 3), transposed=True, groups=2, dilation=2)


def pooling(op, x, kernel, stride=None, padding=0, dilation=1, ceil=False, rank=2, dtype="float32"):
    stride = kernel if stride is None else stride
    attributes = dict(kernelSize=[kernel] * rank, stride=[stride] * rank, padding=[padding] * rank, ceilMode=ceil)
    if op == "max_pool_with_indices":
        attributes["dilation"] = [dilation] * rank
        call = lambda a: getattr(F, f"max_pool{rank}d")(a, kernel, stride, padding, dilation, ceil, return_indices=True)
    else:
        attributes.update(countIncludePad=True, divisorOverride=None)
        call = lambda a: getattr(F, f"avg_pool{rank}d")(a, kernel, stride, padding, ceil)
    case(op, [t(*x, dtype=dtype)], call, **attributes)


for op in ("max_pool_with_indices", "avg_pool"):
    pooling(op, (2, 3, 9, 9), 2)
    pooling(op, (3, 9, 9), 2)
    pooling(op, (2, 3, 1, 1), 2)
    pooling(op, (2, 3, 9, 9), 2, padding=2)
    pooling(op, (2, 3, 9, 9), 3, stride=2, ceil=True)
    pooling(op, (2, 3, 4, 4), 3, stride=2, ceil=True)
    pooling(op, (2, 3, 5, 5), 2, padding=1, ceil=True)
    pooling(op, (2, 3, 9), 2, rank=1)
    pooling(op, (2, 3, 5, 5, 5), 2, rank=3)
pooling("max_pool_with_indices", (2, 3), 2)
pooling("max_pool_with_indices", (2, 3, 9, 9), 2, dilation=3)
pooling("max_pool_with_indices", (2, 3, 9, 9), 2, dtype="int64")
for x, size, rank in (((2, 3, 7, 7), 2, 2), ((3, 7, 7), 1, 2), ((2, 3), 2, 2), ((2, 3, 0, 2), 2, 2), ((2, 3, 4, 4, 5), 2, 2), ((2, 3, 9), 4, 1), ((2, 3, 4), 2, 3)):
    case("adaptive_avg_pool", [t(*x)], lambda a: getattr(F, f"adaptive_avg_pool{rank}d")(a, size), outputSize=[size] * rank)
case("adaptive_avg_pool", [t(2, 3, 4, 4, **INT)], lambda a: F.adaptive_avg_pool2d(a, 2), outputSize=[2, 2])

for weight, bias in ((4, 4), (3, 4), (3, 3)):
    case("native_batch_norm", [t(2, 3, 4), t(weight), t(bias)],
         # F.batch_norm checks what the native op does not
         lambda x, w, b: (F.batch_norm(x, None, None, w, b, True), torch.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-5))[1], eps=1e-5)
case("native_batch_norm", [t(3), t(3), t(3)], lambda x, w, b: F.batch_norm(x, None, None, w, b, True), eps=1e-5)
for weight, bias in (((3, 4), (3, 4)), ((3, 4), (3, 5)), ((4,), (3, 4))):
    case("native_layer_norm", [t(2, 3, 4), t(*weight), t(*bias)],
         lambda x, w, b: torch.native_layer_norm(x, (3, 4), w, b, 1e-5), normalizedRank=2, eps=1e-5)
case("native_layer_norm", [t(2, 3, 4), t(5), t(5)], lambda x, w, b: torch.native_layer_norm(x, (5,), w, b, 1e-5), normalizedRank=1, eps=1e-5)

for x, shape in (((1000,), [-1, 3136]), ((1000,), [10, 10]), ((1000,), [-1, -1]), ((1000,), [-2, 5]), ((0,), [-1, 0]), ((0, 3), [-1, 3]), ((4,), []),
                 ((2, 3, 4), [2, -1]), ((), [1, 1]), ((2, 6), [-1]), ((0,), [-1])):
    case("reshape", [t(*x)], lambda a: a.reshape(shape), shape=shape)
for x, shape in (((4,), [3]), ((4,), [2, 3]), ((2, 4), [4]), ((4,), [2, -1]), ((4,), [-1, 4]), ((4,), [-2]), ((2, 1), [2, 5]), ((), [3, 2]), ((1, 3), [0, 3])):
    case("expand", [t(*x)], lambda a: a.expand(shape), shape=shape)
for dims in ([2, 0, 1], [0, 1], [0, 1, 1], [0, 1, 3], [-1, 0, 1]):
    case("permute", [t(2, 3, 4)], lambda a: a.permute(dims), dims=dims)
for x, dim, start, end, step in (((4, 3), 0, 1, 3, 1), ((4, 3), 1, 0, 3, 2), ((4, 3), -1, -2, 9, 1), ((4, 3), 0, 3, 1, 1), ((4, 3), 0, 0, 2**31, 3), ((4, 3), 2, 0, 1, 1)):
    case("slice", [t(*x)], lambda a: torch.ops.aten.slice(a, dim, start, end, step), dim=dim, start=start, end=end, step=step)
case("slice_scatter", [t(4, 3), t(3, 3)], lambda a, b: torch.slice_scatter(a, b, 0, 0, 2), dim=0, start=0, end=2, step=1)
case("slice_scatter", [t(4, 3), t(2, 3)], lambda a, b: torch.slice_scatter(a, b, 0, 0, 2), dim=0, start=0, end=2, step=1)
for shapes, dim in ((((2, 2), (2, 3, 1)), 1), (((2, 2), (2, 2), (3, 2)), 1), (((2, 2), (2, 3)), 1), (((2, 2), (0,)), 1), (((0,), (2, 2)), 0),
                    (((), ()), 0), (((2, 2), (2, 2)), -1), (((2, 2), (2, 2)), 2), ((), 0), (((0,), (0,)), 0)):
    case("cat", [t(*shape) for shape in shapes], lambda *a: torch.cat(a, dim), dim=dim)
case("cat", [t(2), t(2, **INT)], lambda *a: torch.cat(a, 0), dim=0)
for x, pads, mode in (((2, 3, 4), [[0, 0], [0, 0], [5, 5]], "reflect"), ((2, 3, 4), [[0, 0], [0, 0], [1, 2]], "reflect"), ((2, 3, 4), [[0, 0], [0, 0], [-3, -3]], "constant"),
                      ((2, 3, 4), [[0, 0], [0, 0], [-2, -2]], "constant"), ((2, 3, 4), [[0, 0], [0, 0], [5, 5]], "circular"), ((2, 3, 4), [[0, 0], [0, 0], [5, 5]], "replicate"),
                      ((2, 3, 4, 4), [[0, 0], [0, 0], [7, 1], [1, 1]], "reflect"), ((2, 3, 0), [[0, 0], [0, 0], [5, 5]], "replicate"), ((2, 3), [[1, 2], [3, 4]], "constant")):
    flat = [size for pair in reversed(pads) for size in pair]
    spatial = flat if mode == "constant" else flat[:2 * (len(x) - 2)]
    case("pad", [t(*x)], lambda a: F.pad(a, spatial, mode=mode), pads=pads, mode=mode, value=0)
for name in ("tril", "triu"):
    case(name, [t(3)], getattr(torch, name), diagonal=0)
    case(name, [t(2, 3, 4)], getattr(torch, name), diagonal=0)
case("flip", [t(2, 3)], lambda a: a.flip(-1), dims=[-1])

for index in (t(2, **INT), t(2, 3), t(3, 3, **INT), t(2, 5, **INT)):
    case("gather", [t(2, 3), index * 0], lambda a, i: torch.gather(a, 1, i), dim=1)
for name in ("scatter", "scatter_add"):
    for index, source in ((t(2, 3, **INT), t(2, 2)), (t(2, 3), t(2, 3)), (t(3, 3, **INT), t(3, 3)), (t(2, 3, **INT), t(2, 3, dtype="float64")),
                          (t(2, **INT), t(2)), (t(2, 2, **INT), t(2, 3)), (t(2, 3, **INT), t(2))):
        case(name, [t(2, 3), index, source], lambda a, i, s: getattr(torch, name)(a, 1, i, s), dim=1)
for index in (t(2, 2, **INT), t(2), t(5, **INT), t(**INT)):
    case("index_select", [t(2, 3), index], lambda a, i: torch.index_select(a, 1, i), dim=1)
for index, source in ((t(2, **INT), t(2, 3)), (t(2, **INT), t(3, 2)), (t(2), t(2, 2)), (t(2, **INT), t(2, 2, dtype="float64")), (t(2, **INT), t(2, 2))):
    case("index_add", [t(2, 3), index, source], lambda a, i, s: torch.index_add(a, 1, i, s), dim=1)
case("index", [t(4, 4), t(2, **INT), t(3, **INT)], lambda a, i, j: a[i, j], dims=[0, 1])
case("index", [t(4, 4), t(2)], lambda a, i: a[i], dims=[0])
case("index", [t(4, 5, 6, 7), t(2, 1, **INT), t(3, **INT)], lambda a, i, j: a[:, i, j], dims=[1, 2])
case("index", [t(4, 5, 6, 7), t(2, 1, **INT), t(3, **INT)], lambda a, i, j: a[:, i, :, j], dims=[1, 3])
case("index", [t(4, 5), t(**INT)], lambda a, i: a[:, i], dims=[1])
case("index_put", [t(2, 3), t(4), t(2, **INT) * 0], lambda a, v, i: torch.index_put(a, (i,), v), dims=[0], accumulate=False)
case("index_put", [t(2, 3), t(3, dtype="float64"), t(2, **INT)], lambda a, v, i: torch.index_put(a, (i,), v), dims=[0], accumulate=False)
case("index_put", [t(2, 3), t(3), t(2, **INT)], lambda a, v, i: torch.index_put(a, (i,), v), dims=[0], accumulate=False)
case("embedding", [t(5, 3), t(2)], lambda w, i: F.embedding(i, w))
case("embedding", [t(5), t(2, **INT)], lambda w, i: F.embedding(i, w))
case("embedding", [t(5, 3), t(2, 4, **INT)], lambda w, i: F.embedding(i, w))

case("bernoulli", [], lambda: t(2).bernoulli_(1.5), seed=0, offset=0, carry=None, shape=[2], p=1.5, dtype="float32")
case("normal", [], lambda: t(2).normal_(0, -1), seed=0, offset=0, carry=None, shape=[2], mean=0, std=-1, dtype="float32")
case("uniform", [], lambda: t(2).uniform_(1, 0), seed=0, offset=0, carry=None, shape=[2], **{"from": 1, "to": 0}, dtype="float32")
case("randint", [], lambda: torch.randint(5, 5, (2,)), seed=0, offset=0, carry=None, shape=[2], low=5, high=5, dtype="int64")
case("randperm", [], lambda: torch.randperm(3), seed=0, offset=0, carry=None, n=3, dtype="int64")
case("full", [], lambda: torch.ones(-1, 2), shape=[-1, 2], value=1, dtype="float32")
case("eye", [], lambda: torch.eye(-1), n=-1, m=-1, dtype="float32")
case("eye", [], lambda: torch.eye(2, 3), n=2, m=3, dtype="float32")

lines = ",\n".join(json.dumps(row) for row in CASES)
Path(__file__).with_name("inference.json").write_text(f"[\n{lines}\n]\n")
print(len(CASES), "cases,", sum("error" in row for row in CASES), "errors")
