"""Functions of neural networks: activation functions, normalization, losses on logits and on probabilities."""
from _lens import door

from .dtypes import floatx, is_float
from .elementwise import binary, pair
from .reductions import REDUCTIONS
from .shapes import axes_of, axis_of
from .shaping import one_hot
from .tensor import as_tensor, scalar, value_of, wrap


def _value(x):
    value = value_of(x)
    return value if is_float(value.dtype) else value_of(value, floatx())


def _plain(op, keep_integers=False):
    return lambda x: wrap(door.record(op, [value_of(x) if keep_integers else _value(x)]))


# activation functions without settings: name -> op
PLAIN = {"relu6": "relu6", "sigmoid": "sigmoid", "tanh": "tanh", "softsign": "softsign", "silu": "silu", "mish": "mish",
         "selu": "selu", "log_sigmoid": "logsigmoid", "hard_sigmoid": "hardsigmoid", "hard_silu": "hardswish",
         "tanh_shrink": "tanhshrink", "exponential": "exp"}
plain = {name: _plain(op) for name, op in PLAIN.items()}


def relu(x, negative_slope=0.0, max_value=None, threshold=0.0):
    """As Keras puts it together, with its slopes at the corners; but one that leaks stays one op, and recognizable."""
    value = value_of(x)
    if negative_slope and not threshold:
        value = door.record("leaky_relu", [value], negativeSlope=float(negative_slope))
        return wrap(value if max_value is None else door.record("clamp", [value], min=None, max=float(max_value)))
    if threshold:
        above = door.record("threshold", [value], threshold=threshold, value=0.0)
    else:
        above = door.record("relu6" if max_value == 6 else "relu", [value])
    if max_value is not None and (threshold or max_value != 6):
        above = door.record("clamp", [above], min=0.0, max=float(max_value))
    if negative_slope:
        below = door.record("relu", [door.record("sub", [scalar(threshold, value.dtype), value])])
        above = door.record("sub", [above, door.record("mul", [below, scalar(negative_slope, value.dtype)])])
    return wrap(above)


def leaky_relu(x, negative_slope=0.2):
    return wrap(door.record("leaky_relu", [_value(x)], negativeSlope=float(negative_slope)))


def elu(x, alpha=1.0):
    return wrap(door.record("elu", [_value(x)], alpha=float(alpha)))


def celu(x, alpha=1.0):
    return wrap(door.record("celu", [_value(x)], alpha=float(alpha)))


def gelu(x, approximate=False):
    return wrap(door.record("gelu", [_value(x)], approximate="tanh" if approximate else "none"))


def softplus(x):
    return wrap(door.record("softplus", [_value(x)], beta=1.0, threshold=20.0))


def hard_tanh(x):
    return wrap(door.record("hardtanh", [_value(x)], minVal=-1.0, maxVal=1.0))


def hard_shrink(x, threshold=0.5):
    return wrap(door.record("hardshrink", [_value(x)], lambd=float(threshold)))


def soft_shrink(x, threshold=0.5):
    return wrap(door.record("softshrink", [_value(x)], lambd=float(threshold)))


def linear(x):
    return x


def _normalizer(op):
    def implementation(x, axis=-1):
        value = _value(x)
        rank = len(value.shape)
        if isinstance(axis, (list, tuple)) and len(axis) == 1:
            axis = axis[0]
        if isinstance(axis, (list, tuple)):
            dims = axes_of(axis, rank)
            total = door.record("logsumexp", [value], dim=dims, keepdim=True)
            logs = door.record("sub", [value, total])
            return wrap(logs if op == "log_softmax" else door.record("exp", [logs]))
        return wrap(door.record(op, [value], dim=axis_of(axis, rank)))
    return implementation


softmax = _normalizer("softmax")
log_softmax = _normalizer("log_softmax")


def batch_normalize(x, mean, variance, offset=None, scale=None, epsilon=1e-3):
    """(x - mean) * (scale / sqrt(variance + epsilon)) + offset"""
    value = value_of(x)
    factor = door.record("rsqrt", [door.record("add", [value_of(variance), scalar(epsilon, value.dtype)])])
    if scale is not None:
        factor = door.record("mul", [factor, value_of(scale)])
    y = door.record("mul", [door.record("sub", [value, value_of(mean)]), factor])
    return wrap(y if offset is None else door.record("add", [y, value_of(offset)]))


def bias_add(x, bias, data_format=None):
    value, b = pair(x, bias, False, "BiasAdd")
    if data_format is not None and data_format.startswith(("NC", "channels_first")):
        b = door.record("reshape", [b], shape=[b.shape[0]] + [1] * (len(value.shape) - 2))
    return wrap(door.record("add", [value, b]))


def embedding_lookup(params, ids):
    index = value_of(ids)
    if index.dtype not in ("int32", "int64"):
        index = value_of(index, "int32")
    return wrap(door.record("embedding", [value_of(params), index]))


def _negative_mean_log(target, logs, axis):
    """-sum(target * logs) over the classes."""
    dim = axis_of(axis, len(logs.shape))
    return door.record("neg", [door.record("sum", [door.record("mul", [value_of(target, logs.dtype), logs])], dim=[dim], keepdim=False)])


def _log_probabilities(output, from_logits, axis):
    value = _value(output)
    if from_logits:
        return door.record("log_softmax", [value], dim=axis_of(axis, len(value.shape)))
    dim = axis_of(axis, len(value.shape))
    total = door.record("sum", [value], dim=[dim], keepdim=True)
    bounded = door.record("clamp", [door.record("div", [value, total])], min=1e-7, max=1 - 1e-7)
    return door.record("log", [bounded])


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    return wrap(_negative_mean_log(target, _log_probabilities(output, from_logits, axis), axis))


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    logs = _log_probabilities(output, from_logits, axis)
    labels = value_of(target)
    if len(labels.shape) == len(logs.shape) and labels.shape[-1] == 1:
        labels = door.record("reshape", [labels], shape=list(labels.shape[:-1]))
    hits = one_hot(labels, logs.shape[axis_of(axis, len(logs.shape))], axis=axis, dtype=logs.dtype)
    return wrap(_negative_mean_log(hits, logs, axis))


def binary_crossentropy(target, output, from_logits=False):
    value = _value(output)
    y, one = value_of(target, value.dtype), scalar(1, value.dtype)
    if from_logits:
        # x (1 - y) - log sigmoid(x), which has no corner at 0
        rest = door.record("mul", [value, door.record("sub", [one, y])])
        return wrap(door.record("sub", [rest, door.record("logsigmoid", [value])]))
    p = door.record("clamp", [value], min=1e-7, max=1 - 1e-7)
    hit = door.record("mul", [y, door.record("log", [p])])
    miss = door.record("mul", [door.record("sub", [one, y]), door.record("log", [door.record("sub", [one, p])])])
    return wrap(door.record("neg", [door.record("add", [hit, miss])]))


def l2_loss(x):
    squares = door.record("square", [value_of(x)])
    return binary("div")(REDUCTIONS["sum"](squares), 2)


def attention(query, key, value, mask=None, scale=None, is_causal=False, bias=None):
    """Scaled dot-product attention over (B, T, N, H)."""
    q, k, v = (door.record("permute", [value_of(t)], dims=[0, 2, 1, 3]) for t in (query, key, value))
    if scale is None:
        scale = q.shape[-1] ** -0.5
    masks = [] if mask is None else [value_of(mask, "bool")]
    if bias is not None:
        added = value_of(bias, q.dtype)
        masks = [added if mask is None else door.record("where", [masks[0], added, scalar(-1e30, q.dtype)])]
    attended = door.record("scaled_dot_product_attention", [q, k, v, *masks], isCausal=bool(is_causal), scale=float(scale))
    return as_tensor(door.record("permute", [attended], dims=[0, 2, 1, 3]))
