# Values and gradients of functions where they bend, break or are not defined: at zero, at equal elements, at infinities.
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

inf, nan = math.inf, math.nan


def words(tensor):
    return "none" if tensor is None else " ".join("zero" if abs(v) < 1e-6 else f"{v:.5g}" for v in tensor.flatten().tolist())


def leaf(data):
    return torch.tensor(data, dtype=torch.float32, requires_grad=True)


def corner(name, function, *data):
    """The value, and for each input the gradient of the value times 1, 2, 3 …"""
    inputs = [leaf(numbers) for numbers in data]
    result = function(*inputs)
    result.backward(torch.arange(1.0, result.numel() + 1).reshape(result.shape))
    print(name, "|", words(result), "|", " | ".join(words(x.grad) for x in inputs))


def twice(name, function, data):
    """The gradient, and the gradient of its sum."""
    x = leaf(data)
    first, = torch.autograd.grad(function(x), x, create_graph=True)
    second, = torch.autograd.grad(first.sum(), x, allow_unused=True)
    print(name, "twice |", words(first), "|", words(second))


# Norms and distances at a zero vector and at equal points
zeros = [[0.0, 0.0, 0.0], [3.0, 0.0, -4.0], [2.0, -2.0, 2.0]]
for p in (0, 0.5, 1, 1.5, 2, 3, inf, -inf, -1):
    corner(f"norm {p}", lambda x: x.norm(p, 1), zeros)
    corner(f"vector_norm {p}", lambda x: torch.linalg.vector_norm(x, p), [0.0, 0.0])
    if p != 0:  # of which PyTorch has no gradient
        corner(f"dist {p}", lambda x, y: torch.dist(x, y, p), [1.0, 2.0], [1.0, 2.0])
    if p not in (-inf, -1):
        corner(f"pairwise_distance {p}", lambda x, y: F.pairwise_distance(x, y, p, eps=0.0), [[1.0, 2.0], [0.0, 1.0]], [[1.0, 2.0], [1.0, 1.0]])
        corner(f"normalize {p}", lambda x: F.normalize(x, p), zeros)
        if p != 0:
            corner(f"cdist {p}", lambda x, y: torch.cdist(x, y, p), [[1.0, 2.0], [0.0, 1.5]], [[1.0, 2.0], [2.0, 1.5], [3.0, -1.0]])
corner("norm with infinities", lambda x: x.norm(2, 1), [[inf, 1.0], [-inf, inf], [nan, 1.0]])
corner("greatest norm with infinities", lambda x: x.norm(inf, 1), [[inf, 1.0], [-inf, inf], [nan, 1.0]])
corner("norm of all axes", lambda x: x.norm(), [[0.0, 0.0], [0.0, 0.0]])
corner("matrix norm fro", lambda x: torch.linalg.matrix_norm(x), [[0.0, 0.0], [0.0, 0.0]])
corner("matrix norm 1", lambda x: torch.linalg.matrix_norm(x, 1), [[1.0, -1.0], [-1.0, 1.0]])
corner("matrix norm inf", lambda x: torch.linalg.matrix_norm(x, inf), [[0.0, 0.0], [0.0, 0.0]])
corner("pairwise_distance", F.pairwise_distance, [[1.0, 2.0]], [[1.0, 2.0]])
corner("cosine_similarity", F.cosine_similarity, [[0.0, 0.0], [1.0, 2.0], [0.0, 0.0]], [[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]])
corner("cosine_similarity by eps", lambda x, y: F.cosine_similarity(x, y, eps=10.0), [[0.0, 0.0], [1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]])

# Spread of equal elements, of one element
for unbiased in (True, False):
    corner(f"std {unbiased}", lambda x: x.std(1, unbiased=unbiased), [[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]])
    corner(f"var {unbiased}", lambda x: x.var(1, unbiased=unbiased), [[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]])
    corner(f"std of one {unbiased}", lambda x: x.std(1, unbiased=unbiased), [[2.0], [3.0]])
    corner(f"var of one {unbiased}", lambda x: x.var(1, unbiased=unbiased), [[2.0], [3.0]])
corner("std of all", lambda x: x.std(), [2.0, 2.0, 2.0])
corner("std_mean", lambda x: torch.std_mean(x, 1)[0], [[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]])

# Sums of exponentials, and what is masked as a whole
masked = [[-inf, -inf], [0.0, -inf], [inf, 0.0], [1.0, 1.0]]
corner("logsumexp", lambda x: x.logsumexp(1), masked)
corner("softmax", lambda x: x.softmax(1), masked)
corner("log_softmax", lambda x: x.log_softmax(1), masked)
corner("logaddexp", torch.logaddexp, [-inf, 0.0, inf, 1.0, inf, -inf], [-inf, -inf, inf, 1.0, -inf, inf])
corner("logaddexp2", torch.logaddexp2, [-inf, 0.0, inf, 1.0], [-inf, -inf, inf, 1.0])
corner("attention, blind rows", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, torch.tensor([[True, False], [False, False]])),
       [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [3.0, 5.0]])
corner("attention, rows of -inf", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, torch.tensor([[0.0, -inf], [-inf, -inf]])),
       [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [3.0, 5.0]])
corner("masked_fill, softmax", lambda x: x.masked_fill(torch.tensor([[True, True], [False, True]]), -inf).softmax(1), [[1.0, 2.0], [3.0, 4.0]])

# Roots, powers and products at zero
corner("sqrt", torch.sqrt, [0.0, -1.0, 4.0, inf])
corner("rsqrt", torch.rsqrt, [0.0, -1.0, 4.0, inf])
corner("log", torch.log, [0.0, -1.0, inf])
corner("log1p", torch.log1p, [-1.0, -2.0, inf])
corner("reciprocal", torch.reciprocal, [0.0, inf])
corner("div", torch.div, [0.0, 1.0, inf], [0.0, 0.0, inf])
for exponent in (0, 0.5, 1, 1.5, 2, 3, -1, -0.5):
    corner(f"pow {exponent}", lambda x: x ** exponent, [0.0, -1.0, 4.0, inf])
for base in (0.0, 1.0, 2.0, -1.0):
    corner(f"pow of {base}", lambda x: base ** x, [0.0, 1.0, -1.0, 0.5])
corner("pow of tensors", torch.pow, [0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 2.0, inf], [0.0, 1.0, -1.0, 0.5, 0.0, 2.0, 0.0, 0.0])
corner("prod", lambda x: x.prod(1), [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [1.0, 2.0, 3.0]])
corner("prod of all", lambda x: x.prod(), [0.0, 2.0, 3.0])
corner("cumprod", lambda x: x.cumprod(1), [[0.0, 2.0, 3.0], [2.0, 0.0, 0.0], [2.0, 0.0, 4.0]])
corner("xlogy", torch.xlogy, [0.0, 0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 0.0, inf, -1.0])
corner("xlogy of no number", lambda y: torch.xlogy(torch.zeros(2), y), [inf, nan])
corner("xlogy of a number", lambda x: torch.xlogy(0.0, x), [0.0, 1.0])
corner("xlogy with a number", lambda x: torch.xlogy(x, 0.0), [0.0, 1.0])
corner("hypot", torch.hypot, [0.0, 3.0, 0.0, inf], [0.0, 4.0, 1.0, 1.0])
corner("atan2", torch.atan2, [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, -1.0, 1.0])
corner("sinc", torch.sinc, [0.0, 1.0, 0.5])
corner("logit", torch.logit, [0.0, 1.0, 0.5])
corner("logit by eps", lambda x: torch.logit(x, 0.1), [0.0, 1.0, 0.5, 0.1, 0.9])
corner("asin", torch.asin, [1.0, -1.0, 0.0])
corner("acos", torch.acos, [1.0, -1.0, 0.0])
corner("acosh", torch.acosh, [1.0, 2.0])
corner("atanh", torch.atanh, [1.0, -1.0, 0.0])
corner("erfinv", torch.erfinv, [1.0, -1.0, 0.0])
corner("remainder", torch.remainder, [3.0, -3.0, 1.0], [1.5, 1.5, 0.0])
corner("fmod", torch.fmod, [3.0, -3.0, 1.0], [1.5, 1.5, 0.0])
corner("lerp", torch.lerp, [inf, 1.0], [1.0, inf], [0.0, 0.0])
corner("sign", torch.sign, [0.0, 1.0])
corner("copysign", lambda x: torch.copysign(x, torch.tensor([-1.0, -0.0, 1.0])), [0.0, 1.0, -1.0])
corner("nan_to_num", torch.nan_to_num, [nan, inf, -inf, 1.0])
corner("nansum", torch.nansum, [nan, 1.0])
corner("nanmean", torch.nanmean, [nan, 1.0, 3.0])
corner("lgamma", torch.lgamma, [0.0, 1.0, -1.0])
corner("digamma", torch.digamma, [1.0, 0.5])
corner("i0", torch.i0, [0.0, 1.0])

# Bends
for name in ("relu", "relu6", "elu", "selu", "celu", "leaky_relu", "hardtanh", "hardsigmoid", "hardswish", "softsign", "hardshrink", "softshrink", "tanhshrink",
             "gelu", "silu", "mish", "softplus", "logsigmoid"):
    corner(name, getattr(F, name), [0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5, 200.0, -200.0])
corner("abs", torch.abs, [0.0, 1.0, -1.0])
corner("prelu", F.prelu, [0.0, 1.0, -1.0], [0.5])
corner("threshold", lambda x: F.threshold(x, 1.0, 5.0), [0.0, 1.0, 2.0])
corner("rrelu", lambda x: F.rrelu(x), [0.0, 1.0, -1.0])
corner("clamp", lambda x: x.clamp(0.0, 1.0), [0.0, 1.0, 0.5, 2.0, nan])
corner("clamp_min", lambda x: x.clamp_min(0.0), [0.0, 1.0, -1.0, nan])
corner("clamp_max", lambda x: x.clamp_max(0.0), [0.0, 1.0, -1.0])
corner("clamp by tensors", torch.clamp, [0.0, 1.0, 0.5, 2.0, -1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 2.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
corner("clamp by a least tensor", lambda x, low: x.clamp(min=low), [0.0, 1.0, -1.0], [0.0, 0.0, 0.0])
corner("clamp by a greatest tensor", lambda x, high: x.clamp(max=high), [0.0, 1.0, -1.0], [0.0, 0.0, 0.0])
corner("clamp from a number to a tensor", lambda x, high: x.clamp(torch.tensor(0.0), high), [0.0, 1.0, -1.0], [1.0, 1.0, -1.0])
equal, other = [1.0, 1.0, 2.0, nan], [1.0, 2.0, 1.0, 1.0]
for name in ("maximum", "minimum", "fmax", "fmin"):
    corner(name, getattr(torch, name), equal, other)
ties = [[1.0, 2.0, 2.0], [3.0, 3.0, 3.0], [2.0, 1.0, 1.0]]
for name in ("max", "min", "amax", "amin", "median", "nanmedian"):
    function = getattr(torch, name)
    corner(f"{name} of all", function, ties)
    corner(f"{name} of two", function, [1.0, 1.0])
    if name in ("amax", "amin"):
        corner(f"{name} along an axis", lambda x: function(x, 1), ties)
        continue
    corner(f"{name} of all, NaN among them", function, [nan, 1.0, 1.0, nan])
    corner(f"{name} of NaN", function, [nan, nan])
    corner(f"{name} along an axis", lambda x: function(x, 1)[0], ties)
    corner(f"{name} along an axis, NaN among them", lambda x: function(x, 1)[0], [[nan, 1.0, nan]])
for name, *arguments in (("cummax", 1), ("cummin", 1), ("sort", 1), ("topk", 2, 1), ("mode", 1), ("aminmax",)):
    corner(f"{name} of equal elements", lambda x: (lambda pair: pair[0])(getattr(torch, name)(x, *arguments)), ties)
corner("quantile", lambda x: x.quantile(torch.tensor([0.0, 0.25, 0.5, 0.6]), 1), ties)
corner("quantile of all", lambda x: x.quantile(0.4), ties)
corner("quantile with NaN", lambda x: x.quantile(0.5, 1), [[nan, 1.0, 2.0], [3.0, 4.0, 5.0]])
corner("quantile with infinity", lambda x: x.quantile(0.25, 1), [[-inf, 1.0, 2.0], [3.0, 4.0, 5.0]])
corner("max_pool1d", lambda x: F.max_pool1d(x, 3), [[[2.0, 2.0, 1.0, 1.0, 1.0, 1.0]]])
corner("max_pool1d of NaN", lambda x: F.max_pool1d(x, 3), [[[nan, 2.0, nan]]])
corner("layer_norm of equal elements", lambda x: F.layer_norm(x, (3,), eps=0.1), ties)
corner("layer_norm without eps", lambda x: F.layer_norm(x, (3,), eps=0.0), ties)
corner("batch_norm of equal elements", lambda x: F.batch_norm(x, None, None, training=True), [[1.0, 2.0], [1.0, 3.0]])
corner("rms_norm of zeros", lambda x: F.rms_norm(x, (3,)), zeros)
corner("scatter_reduce", lambda x, s: x.scatter_reduce(0, torch.tensor([0, 0, 1]), s, "amax"), [1.0, 2.0], [1.0, 1.0, 1.0])

# Limits of functions at infinities
limits = [inf, -inf, 0.0, 200.0, -200.0]
for name in ("sigmoid", "tanh", "exp", "expm1", "log1p", "sqrt", "square", "abs", "erf", "erfc", "atan", "asinh", "sinh", "cosh", "exp2", "neg", "sign", "floor", "frac", "lgamma", "sin", "tan", "acosh", "log2", "log10"):
    corner(f"{name} at infinities", getattr(torch, name), limits)
for name in ("relu", "relu6", "elu", "selu", "celu", "leaky_relu", "hardtanh", "hardsigmoid", "hardswish", "hardshrink", "softshrink", "tanhshrink", "silu", "mish", "softplus", "logsigmoid"):
    corner(f"{name} at infinities", getattr(F, name), limits)
corner("gelu tanh", lambda x: F.gelu(x, approximate="tanh"), [0.0, 200.0, -200.0])
corner("glu", lambda x: F.glu(x), [[0.0, 200.0, 200.0, -200.0]])
corner("xlog1py", torch.special.xlog1py, [0.0, 0.0, 1.0], [-1.0, 0.0, -1.0])
corner("mean of none", lambda x: x[:0].mean(), [1.0])
corner("cumsum", lambda x: x.cumsum(0), [inf, -inf, 1.0])
corner("logcumsumexp", lambda x: x.logcumsumexp(0), [0.0, -inf, 1.0])
corner("addcdiv", lambda x, y, z: torch.addcdiv(x, y, z), [1.0], [0.0], [0.0])
corner("float_power", lambda x: torch.float_power(x, 0.5), [0.0, 4.0])
corner("square root of a square", lambda x: (x ** 2).sqrt(), [0.0, -1.0])
corner("norm squared", lambda x: x.norm() ** 2, [0.0, 0.0])
corner("where of a root", lambda x: torch.where(x > 0, x.sqrt(), torch.zeros(())), [0.0, 4.0])
corner("masked log", lambda x: (x.log() * torch.tensor([0.0, 1.0])), [0.0, 1.0])
corner("softmax, log", lambda x: x.softmax(0).log(), [200.0, 0.0])
corner("lp_pool1d", lambda x: F.lp_pool1d(x, 2, 2), [[[0.0, 0.0, 3.0, 4.0]]])
corner("local_response_norm", lambda x: F.local_response_norm(x, 2), [[[0.0, 1.0], [0.0, 2.0]]])
corner("adaptive_max_pool1d", lambda x: F.adaptive_max_pool1d(x, 1), [[[2.0, 2.0, 1.0]]])
corner("softmin", lambda x: F.softmin(x, 0), [inf, 0.0])
corner("var_mean", lambda x: torch.var_mean(x, 1)[0], [[2.0, 2.0]])
corner("corrcoef", torch.corrcoef, [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]])
corner("cov", torch.cov, [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]])
corner("det", torch.det, [[0.0, 0.0], [0.0, 1.0]])
corner("det of rank 0", torch.det, [[0.0, 0.0], [0.0, 0.0]])
corner("logdet", torch.logdet, [[1.0, 0.0], [0.0, 1.0]])
corner("nuclear norm", lambda x: torch.linalg.matrix_norm(x, "nuc"), [[1.0, 0.0], [0.0, 2.0]])
corner("spectral norm", lambda x: torch.linalg.matrix_norm(x, 2), [[1.0, 0.0], [0.0, 1.0]])
corner("embedding_bag max", lambda w: F.embedding_bag(torch.tensor([[0, 1]]), w, mode="max"), [[1.0, 2.0], [1.0, 3.0]])
corner("scatter_reduce mean", lambda x, s: x.scatter_reduce(0, torch.tensor([0, 0, 1]), s, "mean", include_self=False), [1.0, 2.0], [1.0, 1.0, 1.0])
corner("scatter_reduce amin, not of itself", lambda x, s: x.scatter_reduce(0, torch.tensor([0, 0, 1]), s, "amin", include_self=False), [0.0, 2.0], [1.0, 1.0, 1.0])
corner("where", lambda x, y: torch.where(x > y, x, y), [1.0, nan], [1.0, 1.0])
corner("max with keepdim", lambda x: x.max(0, keepdim=True)[0], [[1.0, 1.0], [1.0, nan]])
corner("argmax, gather", lambda x: x.gather(0, x.argmax(0, keepdim=True)), [1.0, 1.0])
corner("clamp with equal bounds", lambda x: x.clamp(1.0, 1.0), [0.0, 1.0, 2.0])
corner("clamp with crossed bounds", lambda x: x.clamp(2.0, 1.0), [0.0, 1.5, 3.0])
corner("clamp to infinity", lambda x: x.clamp(0.0, inf), [inf, 0.0, -inf])
corner("hardtanh of one point", lambda x: F.hardtanh(x, 1.0, 1.0000001), [0.0, 1.0, 2.0])
corner("dropout of all", lambda x: F.dropout(x, 1.0), [1.0, inf])
corner("dropout of none", lambda x: F.dropout(x, 0.0), [1.0, inf])
corner("layer_norm of one", lambda x: F.layer_norm(x, (1,)), [[1.0], [2.0]])
corner("group_norm of equal elements", lambda x: F.group_norm(x, 1), [[[1.0, 1.0], [1.0, 1.0]]])
corner("instance_norm of equal elements", lambda x: F.instance_norm(x), [[[1.0, 1.0], [1.0, 3.0]]])
corner("rms_norm of zeros by its own eps", lambda x: F.rms_norm(x, (2,), eps=1e-6), [[0.0, 0.0]])
attention = nn.MultiheadAttention(2, 1, bias=False)
for parameter in attention.parameters():
    nn.init.constant_(parameter, 0.5)
corner("MultiheadAttention, all keys padded", lambda x: attention(x, x, x, key_padding_mask=torch.tensor([True, True]))[0], [[1.0, 2.0], [3.0, 4.0]])
corner("MultiheadAttention, a key padded", lambda x: attention(x, x, x, key_padding_mask=torch.tensor([False, True]))[0], [[1.0, 2.0], [3.0, 4.0]])

# Twice differentiated
twice("norm of 3, 4", lambda x: x.norm(), [3.0, 4.0])
twice("std", lambda x: x.std(), [2.0, 2.0])
twice("relu", lambda x: F.relu(x).square().sum(), [0.0, 1.0])
twice("abs", lambda x: x.abs().square().sum(), [0.0, -1.0])
twice("sqrt", lambda x: x.sqrt().sum(), [0.0, 1.0])
twice("amax", lambda x: (x.amax() ** 2), [1.0, 1.0])
twice("prod", lambda x: x.prod(), [0.0, 2.0, 3.0])
twice("cumprod", lambda x: x.cumprod(0).sum(), [0.0, 2.0, 3.0])
twice("pow", lambda x: (x ** 3).sum(), [0.0, 1.0])
twice("logsumexp", lambda x: x.logsumexp(0), [-inf, 0.0])
twice("softmax", lambda x: x.softmax(0)[0], [-inf, 0.0])
twice("cosine_similarity", lambda x: F.cosine_similarity(x, torch.tensor([1.0, 2.0]), 0), [0.0, 1.0])
twice("normalize", lambda x: F.normalize(x, dim=0)[0], [3.0, 4.0])
twice("atan2", lambda x: torch.atan2(x, torch.tensor([1.0, 0.0])).sum(), [1.0, 1.0])
twice("softplus", lambda x: F.softplus(x).sum(), [0.0, 25.0])
twice("gelu", lambda x: F.gelu(x).sum(), [0.0, -1.0])
twice("silu", lambda x: F.silu(x).sum(), [0.0, -200.0])
