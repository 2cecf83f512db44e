"""The public functions of `keras.ops`, by table, and the functions behind Python's operators."""
import math

from _lens import door

from . import (
    convolution, drawing, elementwise, images, linear, matrices, neural, operators, reductions, searching, shaping, symbolic)
from .dtypes import floatx, standard
from .public import function
from .tensor import as_tensor, is_tensor, value_of, wrap

# Functions that act as layers, with the name of their row (torch's functional name where there is one)
LAYERS = {
    "matmul": "matmul", "maximum": "maximum", "relu": "relu", "relu6": "relu6", "leaky_relu": "leaky_relu", "elu": "elu", "celu": "celu",
    "selu": "selu", "gelu": "gelu", "sigmoid": "sigmoid", "tanh": "tanh", "softmax": "softmax", "log_softmax": "log_softmax",
    "softplus": "softplus", "softsign": "softsign", "silu": "silu", "swish": "silu", "mish": "mish", "log_sigmoid": "logsigmoid",
    "hard_sigmoid": "hardsigmoid", "hard_silu": "hardswish", "hard_swish": "hardswish", "hard_tanh": "hardtanh",
    "hard_shrink": "hardshrink", "soft_shrink": "softshrink", "tanh_shrink": "tanhshrink", "einsum": "einsum", "tensordot": "tensordot",
}

TABLE = {}  # public name -> (signature, implementation)


def _add(signature, implementation, *names):
    for name in names:
        TABLE[name] = (signature, implementation)


for _name, _op in elementwise.FLOAT_UNARY.items():
    _add("x", elementwise.float_unary(_op), _name)
for _name, _op in {**elementwise.UNARY, **elementwise.PREDICATES}.items():
    _add("x", elementwise.unary(_op), _name)
for _name, _op in {**elementwise.BINARY, **elementwise.COMPARISONS}.items():
    _add("x1, x2", elementwise.binary(_op), _name)
for _name, _op in elementwise.LOGICAL.items():
    _add("x1, x2", elementwise.logical(_op), _name)
for _name, _implementation in reductions.REDUCTIONS.items():
    _add("x, axis=None, keepdims=False", _implementation, _name)
for _name, _implementation in neural.plain.items():
    _add("x", _implementation, _name)

_add("x", elementwise.unary("abs"), "abs")
_add("x1, x2", elementwise.binary("div"), "true_divide")
_add("x1, x2", elementwise.divide_no_nan, "divide_no_nan")
_add("x", elementwise.isfinite, "isfinite")
_add("condition, x1=None, x2=None", elementwise.where, "where")
_add("x, x_min, x_max", elementwise.clip, "clip")
_add("x, dtype", elementwise.cast, "cast")
_add("variable", elementwise.stop_gradient, "stop_gradient")
_add("x, axis=None, keepdims=False", reductions.std, "std")
_add("x, axis=None, keepdims=False", reductions.argmax, "argmax")
_add("x, axis=None, keepdims=False", reductions.argmin, "argmin")
_add("x, axis=0", reductions.cumsum, "cumsum")
_add("x, axis=0", reductions.cumprod, "cumprod")
_add("x, axis=-1", reductions.sort, "sort")
_add("x, axis=-1", reductions.argsort, "argsort")
_add("x, k, sorted=True", reductions.top_k, "top_k")
_add("x, axes, keepdims=False", reductions.moments, "moments")
_add("x, ord='euclidean', axis=None, keepdims=False", reductions.norm, "norm")
_add("x, axis=-1, order=2, epsilon=None", reductions.normalize, "normalize")
_add("x, newshape", shaping.reshape, "reshape")
_add("x, axes=None", shaping.transpose, "transpose")
_add("x, axis1, axis2", shaping.swapaxes, "swapaxes")
_add("x, source, destination", shaping.moveaxis, "moveaxis")
_add("x, axis", shaping.expand_dims, "expand_dims")
_add("x, axis=None", shaping.squeeze, "squeeze")
_add("xs, axis=0", shaping.concatenate, "concatenate")
_add("x, axis=0", shaping.stack, "stack")
_add("x, num=None, axis=0", shaping.unstack, "unstack")
_add("x, indices_or_sections, axis=0", shaping.split_at, "split")
_add("x, repeats", shaping.tile, "tile")
_add("x, repeats, axis=None", shaping.repeat, "repeat")
_add("x, shape", shaping.broadcast_to, "broadcast_to")
_add("x, axis=None", shaping.flip, "flip")
_add("x, shift, axis=None", shaping.roll, "roll")
_add("x, pad_width, mode='constant', constant_values=0", shaping.pad, "pad")
_add("x, indices, axis=0", shaping.take, "take")
_add("x, indices, axis=-1", shaping.take_along_axis, "take_along_axis")
_add("x, num_classes, axis=-1, dtype=None", lambda x, n, axis, dtype: shaping.one_hot(x, n, axis=axis, dtype=dtype), "one_hot")
_add("x, k=0", shaping.tril, "tril")
_add("x, k=0", shaping.triu, "triu")
_add("x, key", shaping.getitem, "getitem")
_add("sorted_sequence, values, side='left'", searching.searchsorted, "searchsorted")
_add("x, bins", searching.digitize, "digitize")
_add("x, weights=None, minlength=0, sparse=False", lambda x, weights, minlength, sparse: searching.bincount(x, weights, minlength), "bincount")
_add("x, axis=None, keepdims=False", searching.median, "median")
_add("x, q, axis=None, method='linear', keepdims=False", searching.quantile, "quantile")
_add("x, axis=None", searching.count_nonzero, "count_nonzero")
_add("x, nan=0.0, posinf=None, neginf=None", searching.nan_to_num, "nan_to_num")
_add("x, upper=False", matrices.cholesky, "cholesky")
_add("x, full_matrices=True, compute_uv=True", matrices.svd, "svd")
_add("x, mode='reduced'", matrices.qr, "qr")
_add("a, b", matrices.solve, "solve")
_add("a, b, lower=False", matrices.solve_triangular, "solve_triangular")
for _name in ("inv", "det", "slogdet", "logdet", "eigh", "fft", "fft2", "ifft2"):
    _add("x", getattr(matrices, _name), _name)
for _name in ("rfft", "irfft"):
    _add("x, fft_length=None", getattr(matrices, _name), _name)
_add("target, output, target_length, output_length, mask_index=0", matrices.ctc_loss, "ctc_loss")
_add("x1, x2", linear.matmul, "matmul")
_add("x1, x2", linear.dot, "dot")
_add("x1, x2, axes=2", linear.tensordot, "tensordot")
_add("x1, x2", linear.outer, "outer")
_add("x", linear.trace, "trace")
_add("x", linear.diag, "diag")
_add("x", neural.relu, "relu")
_add("x, negative_slope=0.2", neural.leaky_relu, "leaky_relu")
_add("x, alpha=1.0", neural.elu, "elu")
_add("x, alpha=1.0", neural.celu, "celu")
_add("x, approximate=True", neural.gelu, "gelu")
_add("x", neural.softplus, "softplus")
_add("x", neural.hard_tanh, "hard_tanh")
_add("x, threshold=0.5", neural.hard_shrink, "hard_shrink")
_add("x, threshold=0.5", neural.soft_shrink, "soft_shrink")
_add("x", neural.plain["silu"], "swish")
_add("x", neural.plain["hard_silu"], "hard_swish")
_add("x, axis=-1", neural.softmax, "softmax")
_add("x, axis=-1", neural.log_softmax, "log_softmax")
_add("target, output, from_logits=False, axis=-1", neural.categorical_crossentropy, "categorical_crossentropy")
_add("target, output, from_logits=False, axis=-1", neural.sparse_categorical_crossentropy, "sparse_categorical_crossentropy")
_add("target, output, from_logits=False", neural.binary_crossentropy, "binary_crossentropy")
_add("query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None",
     lambda q, k, v, bias, mask, scale, is_causal, *_: neural.attention(q, k, v, mask, scale, is_causal, bias), "dot_product_attention")

ops = {name: function(name, signature, implementation, LAYERS.get(name)) for name, (signature, implementation) in TABLE.items()}


def _variadic(name, implementation):
    """A function of any number of arrays."""
    from .public import apply

    def result(*operands, **kwargs):
        return apply(name, LAYERS.get(name), lambda *args: implementation(*args, **kwargs), operands)
    result.__name__ = result.__qualname__ = name
    return result


IMAGES = {
    "resize": ("images, size, interpolation='bilinear', antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, "
               "fill_mode='constant', fill_value=0.0, data_format=None", images.resize, "interpolate"),
    "extract_patches": ("images, size, strides=None, dilation_rate=1, padding='valid', data_format=None", images.extract_patches, "unfold"),
}
image_ops = {name: function(name, *row) for name, row in IMAGES.items()}

ops["einsum"] = _variadic("einsum", lambda equation, *rest: linear.einsum(equation, *rest))
ops["meshgrid"] = _variadic("meshgrid", shaping.meshgrid)


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    return as_tensor(x, None if dtype is None else standard(dtype))


def convert_to_numpy(x):
    return as_tensor(x).numpy()


def shape(x):
    return tuple(x.shape) if is_tensor(x) else tuple(as_tensor(x).shape)


def _filled(number):
    def implementation(shape, dtype=None):
        return wrap(door.record("full", shape=shaping.sizes(shape), value=number, dtype=standard(dtype)))
    return implementation


zeros, ones = _filled(0), _filled(1)


def full(shape, fill_value, dtype=None):
    value = value_of(fill_value, None if dtype is None else standard(dtype))
    return wrap(door.record("expand", [value], shape=shaping.sizes(shape)))


def _like(number):
    def implementation(x, dtype=None):
        value = value_of(x)
        return wrap(door.record("full", shape=list(value.shape), value=number, dtype=value.dtype if dtype is None else standard(dtype)))
    return function("zeros_like" if number == 0 else "ones_like", "x, dtype=None, name=None", implementation)


zeros_like, ones_like = _like(0), _like(1)


def arange(start, stop=None, step=1, dtype=None):
    start, stop, step = (n if n is None or isinstance(n, (int, float)) else n._as_python() for n in (start, stop, step))
    if stop is None:
        start, stop = 0, start
    if dtype is None:
        dtype = floatx() if any(isinstance(n, float) for n in (start, stop, step)) else "int32"
    length = max(0, math.ceil((stop - start) / step))
    return wrap(door.record("arange", start=start, step=step, length=length, dtype=standard(dtype)))


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    steps = max(num - 1, 1) if endpoint else max(num, 1)
    return wrap(door.record("arange", start=float(start), step=(float(stop) - float(start)) / steps, length=int(num), dtype=standard(dtype)))


def eye(N, M=None, k=0, dtype=None):
    if k:
        raise door.UnsupportedError("eye with k other than 0 is not supported")
    return wrap(door.record("eye", n=int(N), m=int(N if M is None else M), dtype=standard(dtype)))


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


# the operators: as TensorFlow has them, which does not mix dtypes
operators.functions.update(ops)
for _name, _op in {**elementwise.BINARY, **elementwise.COMPARISONS}.items():
    operators.functions[_name] = function(_name, "x, y", elementwise.binary(_op, strict=True))
operators.functions["matmul"] = function("matmul", "x, y", lambda x, y: linear.matmul(x, y, strict=True))



def is_keras_tensor(x):
    return isinstance(x, symbolic.KerasTensor)


dropout = function("dropout", "inputs, rate, noise_shape=None, seed=None", drawing.dropout, layer="dropout")
CONVOLUTIONS = {
    "conv": ("inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1",
             lambda x, k, s, p, f, d: convolution.conv(x, k, s, p, d, f or "channels_last")),
    "depthwise_conv": ("inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1",
                       lambda x, k, s, p, f, d: convolution.depthwise_conv(x, k, s, p, d, f or "channels_last")),
    "conv_transpose": ("inputs, kernel, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1",
                       lambda x, k, s, p, o, f, d: convolution.conv_transpose(x, k, s, p, o, d, f or "channels_last")),
    "max_pool": ("inputs, pool_size, strides=None, padding='valid', data_format=None",
                 lambda x, n, s, p, f: convolution.max_pool(x, n, s, p, f or "channels_last")),
    "average_pool": ("inputs, pool_size, strides=None, padding='valid', data_format=None",
                     lambda x, n, s, p, f: convolution.avg_pool(x, n, s, p, f or "channels_last")),
}
ops.update({name: function(name, signature, implementation, layer=name) for name, (signature, implementation) in CONVOLUTIONS.items()})
