"""TensorFlow's functions by table: module, name, signature, implementation. `Layer` rows act as layers when user code calls them."""
from _lens import door
from keras._backend import (
    convolution, drawing, elementwise, images, linear, matrices, neural, operations, reductions, searching, shaping)
from keras._backend.dtypes import standard
from keras._backend.public import function
from keras._backend.tensor import scalar, value_of, wrap

_UNARY = {"exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "sqrt": "sqrt", "rsqrt": "rsqrt", "sin": "sin", "cos": "cos",
          "tan": "tan", "asin": "asin", "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "erf": "erf",
          "reciprocal": "reciprocal", "asinh": "asinh", "acosh": "acosh", "atanh": "atanh"}
_MATH_UNARY = {"erfc": "erfc", "erfinv": "erfinv", "lgamma": "lgamma", "digamma": "digamma", "bessel_i0": "i0", "bessel_i1": "i1"}
_PLAIN_UNARY = {"negative": "neg", "abs": "abs", "sign": "sign", "square": "square", "floor": "floor", "ceil": "ceil", "round": "round"}
_BINARY = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "truediv": "div", "pow": "pow", "minimum": "minimum",
           "floormod": "remainder", "mod": "remainder", "floordiv": "floor_divide", "atan2": "atan2", "equal": "eq", "not_equal": "ne",
           "less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge"}
_REDUCTIONS = {"reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max", "reduce_min": "min", "reduce_prod": "prod",
               "reduce_any": "any", "reduce_all": "all", "reduce_logsumexp": "logsumexp", "reduce_variance": "var"}

math_functions = {}   # tf.math
root_functions = {}   # tf
nn_functions = {}     # tf.nn


def _add(tables, name, signature, implementation, layer=None, label=None):
    made = function(name, signature, implementation, layer, label)
    for table in tables:
        table[name] = made


_both = (math_functions, root_functions)
for _name, _op in _UNARY.items():
    _add(_both, _name, "x, name=None", elementwise.float_unary(_op))
for _name, _op in _MATH_UNARY.items():
    _add((math_functions,), _name, "x, name=None", elementwise.float_unary(_op))
for _name, _op in _PLAIN_UNARY.items():
    _add(_both, _name, "x, name=None", elementwise.unary(_op))
for _name, _op in _BINARY.items():
    _add(_both, _name, "x, y, name=None", elementwise.binary(_op, strict=True))
_add(_both, "maximum", "x, y, name=None", elementwise.binary("maximum", strict=True), layer="maximum")
for _name in ("logical_and", "logical_or", "logical_xor"):
    _add(_both, _name, "x, y, name=None", elementwise.logical(_name))
_add(_both, "logical_not", "x, name=None", elementwise.unary("logical_not"))
for _name, _reduction in _REDUCTIONS.items():
    _add(_both, _name, "input_tensor, axis=None, keepdims=False, name=None", reductions.REDUCTIONS[_reduction])
_add(_both, "reduce_std", "input_tensor, axis=None, keepdims=False, name=None", reductions.std)
_add(_both, "reduce_euclidean_norm", "input_tensor, axis=None, keepdims=False, name=None", reductions.euclidean_norm)
_add(_both, "argmax", "input, axis=0, output_type='int64', name=None", lambda x, axis, dtype: reductions.argmax(x, axis or 0, False, standard(dtype)))
_add(_both, "argmin", "input, axis=0, output_type='int64', name=None", lambda x, axis, dtype: reductions.argmin(x, axis or 0, False, standard(dtype)))
_add(_both, "cumsum", "x, axis=0, exclusive=False, reverse=False, name=None", reductions.cumsum)
_add(_both, "add_n", "inputs, name=None", elementwise.add_n)
_add(_both, "tanh", "x, name=None", neural.plain["tanh"], layer="tanh")
_add(_both, "sigmoid", "x, name=None", neural.plain["sigmoid"], layer="sigmoid")
_add((math_functions, nn_functions), "softplus", "features, name=None", neural.softplus, layer="softplus")
_add((math_functions,), "cumprod", "x, axis=0, exclusive=False, reverse=False, name=None", reductions.cumprod)
_add((math_functions,), "divide_no_nan", "x, y, name=None", elementwise.divide_no_nan)
_add((math_functions,), "log_sigmoid", "x, name=None", neural.plain["log_sigmoid"], layer="logsigmoid")
_add((math_functions,), "is_nan", "x, name=None", elementwise.unary("isnan"))
_add((math_functions,), "is_inf", "x, name=None", elementwise.unary("isinf"))
_add((math_functions,), "is_finite", "x, name=None", elementwise.isfinite)
_add((math_functions, nn_functions), "l2_normalize", "x, axis=None, epsilon=1e-12, name=None",
     lambda x, axis, epsilon: reductions.l2_normalize(x, axis, epsilon))
_add((math_functions, nn_functions), "top_k", "input, k=1, sorted=True, name=None", reductions.top_k)
_add((math_functions,), "squared_difference", "x, y, name=None",
     lambda x, y: elementwise.unary("square")(elementwise.binary("sub", strict=True)(x, y)))
root_functions["squared_difference"] = math_functions["squared_difference"]
_add((root_functions, math_functions), "scalar_mul", "scalar, x, name=None", elementwise.binary("mul"))

_root = (root_functions,)
_add(_root, "cast", "x, dtype, name=None", elementwise.cast)
_add(_root, "clip_by_value", "t, clip_value_min, clip_value_max, name=None", elementwise.clip)
_add(_root, "stop_gradient", "input, name=None", elementwise.stop_gradient)
_add(_root, "where", "condition, x=None, y=None, name=None", elementwise.where)
_add(_root, "norm", "tensor, ord='euclidean', axis=None, keepdims=None, name=None",
     lambda x, ord, axis, keepdims: reductions.norm(x, ord, axis, bool(keepdims)))
_add(_root, "sort", "values, axis=-1, direction='ASCENDING', name=None",
     lambda x, axis, direction: reductions.sort(x, axis, direction == "DESCENDING"))
_add(_root, "argsort", "values, axis=-1, direction='ASCENDING', stable=False, name=None",
     lambda x, axis, direction, stable: reductions.argsort(x, axis, direction == "DESCENDING"))
_add(_root, "reshape", "tensor, shape, name=None", shaping.reshape)
_add(_root, "transpose", "a, perm=None, conjugate=False, name=None", lambda x, perm, conjugate: shaping.transpose(x, perm))
_add(_root, "expand_dims", "input, axis, name=None", shaping.expand_dims)
_add(_root, "squeeze", "input, axis=None, name=None", shaping.squeeze)
_add(_root, "concat", "values, axis, name=None", shaping.concatenate)
_add(_root, "stack", "values, axis=0, name=None", shaping.stack)
_add(_root, "unstack", "value, num=None, axis=0, name=None", shaping.unstack)
_add(_root, "split", "value, num_or_size_splits, axis=0, num=None, name=None", lambda x, parts, axis, num: shaping.split(x, parts, axis))
_add(_root, "tile", "input, multiples, name=None", shaping.tile)
_add(_root, "repeat", "input, repeats, axis=None, name=None", shaping.repeat)
_add(_root, "pad", "tensor, paddings, mode='CONSTANT', constant_values=0, name=None", shaping.pad)
_add(_root, "reverse", "tensor, axis, name=None", shaping.flip)
_add(_root, "roll", "input, shift, axis, name=None", shaping.roll)
_add(_root, "broadcast_to", "input, shape, name=None", shaping.broadcast_to)
_add(_root, "gather", "params, indices, validate_indices=None, axis=None, batch_dims=0, name=None",
     lambda x, indices, validate, axis, batch_dims: shaping.gather(x, indices, batch_dims if axis is None else axis, batch_dims))
_add(_root, "gather_nd", "params, indices, batch_dims=0, name=None", lambda x, indices, batch_dims: shaping.gather_nd(x, indices))
_add(_root, "one_hot", "indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None",
     lambda i, depth, on, off, axis, dtype: shaping.one_hot(i, int(depth), on, off, -1 if axis is None else axis, dtype))
_add(_root, "slice", "input_, begin, size, name=None", lambda x, begin, size: shaping.getitem(
    x, tuple(slice(b, None if s == -1 else b + s) for b, s in zip(shaping.sizes(begin), shaping.sizes(size)))))
_add(_root, "identity", "input, name=None", lambda x: wrap(value_of(x)))
_add(_root, "tensordot", "a, b, axes, name=None", linear.tensordot, layer="tensordot")
_add(_root, "shape", "input, out_type=None, name=None", lambda x, out_type: shaping.shape_of(x))
_add(_root, "size", "input, out_type=None, name=None", lambda x, out_type: shaping.size_of(x))
_add(_root, "rank", "input, name=None", lambda x: wrap(scalar(len(value_of(x).shape), "int32")))
_add(_root, "matmul", "a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, "
     "b_is_sparse=False, output_type=None, name=None",
     lambda a, b, ta, tb, aa, ab, *rest: linear.matmul(a, b, ta or aa, tb or ab, strict=True), layer="matmul")
root_functions["zeros_like"] = operations.zeros_like
root_functions["ones_like"] = operations.ones_like

linalg_functions = {
    "matmul": root_functions["matmul"], "norm": root_functions["norm"], "tensordot": root_functions["tensordot"],
    "trace": function("trace", "x, name=None", linear.trace),
    "diag": function("diag", "diagonal, name=None", linear.diag),
    "diag_part": function("diag_part", "input, name=None", linear.diag_part),
    "matvec": function("matvec", "a, b, name=None", lambda a, b: linear.matmul(a, b), layer="matmul"),
    "band_part": function("band_part", "input, num_lower, num_upper, name=None", lambda x, low, up: _band(x, low, up)),
    "l2_normalize": math_functions["l2_normalize"],
}

linalg_functions |= {name: function(name, f"{first}, name=None", getattr(matrices, of)) for name, first, of in (
    ("cholesky", "input", "cholesky"), ("inv", "input", "inv"), ("det", "input", "det"), ("slogdet", "input", "slogdet"), ("logdet", "matrix", "logdet"),
    ("eigh", "tensor", "eigh"))}
linalg_functions |= {
    "solve": function("solve", "matrix, rhs, adjoint=False, name=None", lambda a, b, adjoint: matrices.solve(_adjoint(a, adjoint), b)),
    "triangular_solve": function("triangular_solve", "matrix, rhs, lower=True, adjoint=False, name=None", lambda a, b, lower, adjoint: (
        matrices.solve_triangular(_adjoint(a, adjoint), b, lower != adjoint))),
    "qr": function("qr", "input, full_matrices=False, name=None", lambda x, full: matrices.qr(x, "complete" if full else "reduced")),
    "svd": function("svd", "tensor, full_matrices=False, compute_uv=True, name=None", lambda x, full, uv: _svd(x, full, uv)),
    "adjoint": function("adjoint", "matrix, name=None", lambda x: _adjoint(x, True)),
}
root_functions["searchsorted"] = function("searchsorted", "sorted_sequence, values, side='left', out_type='int32', name=None",
                                          lambda s, v, side, dtype: elementwise.cast(searching.searchsorted(s, v, side), dtype))
math_functions["count_nonzero"] = function("count_nonzero", "input, axis=None, keepdims=None, dtype='int64', name=None",
                                           lambda x, axis, keepdims, dtype: elementwise.cast(searching.count_nonzero(x, axis), dtype))

image_functions = {
    "resize": function("resize", "images, size, method='bilinear', preserve_aspect_ratio=False, antialias=False, name=None",
                       lambda x, size, *rest: images.resize_of_tensorflow(x, shaping.sizes(size), *rest), layer="interpolate"),
    "extract_patches": function("extract_patches", "images, sizes, strides, rates, padding, name=None", images.extract_patches, layer="unfold"),
    "flip_left_right": function("flip_left_right", "image", lambda x: shaping.flip(x, -2)),
    "flip_up_down": function("flip_up_down", "image", lambda x: shaping.flip(x, -3)),
}


def _adjoint(x, is_adjoint):
    return wrap(linear.swap_last(value_of(x))) if is_adjoint else x


def _svd(x, full_matrices, compute_uv):
    """(S, U, V), as TensorFlow orders them."""
    if not compute_uv:
        return matrices.svd(x, full_matrices, False)
    u, s, vt = matrices.svd(x, full_matrices)
    return s, u, _adjoint(vt, True)


def _band(x, lower, upper):
    if lower >= 0:
        x = shaping.triu(x, -int(lower))
    return shaping.tril(x, int(upper)) if upper >= 0 else x


# tf.nn

_nn = (nn_functions,)
_add(_nn, "relu", "features, name=None", neural.relu, layer="relu")
_add(_nn, "relu6", "features, name=None", neural.plain["relu6"], layer="relu6")
_add(_nn, "leaky_relu", "features, alpha=0.2, name=None", neural.leaky_relu, layer="leaky_relu")
_add(_nn, "elu", "features, name=None", neural.elu, layer="elu")
_add(_nn, "selu", "features, name=None", neural.plain["selu"], layer="selu")
_add(_nn, "gelu", "features, approximate=False, name=None", neural.gelu, layer="gelu")
_add(_nn, "silu", "features, beta=1.0", lambda x, beta: neural.plain["silu"](x), layer="silu")
nn_functions["swish"] = nn_functions["silu"]
_add(_nn, "crelu", "features, axis=-1, name=None",
     lambda x, axis: shaping.concatenate([neural.relu(x), neural.relu(elementwise.unary("neg")(x))], axis), layer="crelu")
_add(_nn, "softsign", "features, name=None", neural.plain["softsign"], layer="softsign")
_add(_nn, "softmax", "logits, axis=None, name=None", lambda x, axis: neural.softmax(x, -1 if axis is None else axis), layer="softmax")
_add(_nn, "log_softmax", "logits, axis=None, name=None", lambda x, axis: neural.log_softmax(x, -1 if axis is None else axis),
     layer="log_softmax")
nn_functions["sigmoid"], nn_functions["tanh"] = math_functions["sigmoid"], math_functions["tanh"]
math_functions["softmax"] = nn_functions["softmax"]
_add(_nn, "bias_add", "value, bias, data_format=None, name=None", neural.bias_add, layer="bias_add")
_add(_nn, "dropout", "x, rate, noise_shape=None, seed=None, name=None", drawing.dropout, layer="dropout")
_add(_nn, "embedding_lookup", "params, ids, max_norm=None, name=None", lambda p, ids, max_norm: neural.embedding_lookup(p, ids),
     layer="embedding")
_add(_nn, "l2_loss", "t, name=None", neural.l2_loss)
_add(_nn, "moments", "x, axes, shift=None, keepdims=False, name=None", lambda x, axes, shift, keepdims: reductions.moments(x, axes, keepdims))
_add(_nn, "batch_normalization", "x, mean, variance, offset, scale, variance_epsilon, name=None", neural.batch_normalize,
     layer="batch_norm")
_add(_nn, "softmax_cross_entropy_with_logits", "labels, logits, axis=-1, name=None",
     lambda y, x, axis: neural.categorical_crossentropy(y, x, True, axis), layer="cross_entropy")
_add(_nn, "sparse_softmax_cross_entropy_with_logits", "labels, logits, name=None",
     lambda y, x: neural.sparse_categorical_crossentropy(y, x, True), layer="cross_entropy")
_add(_nn, "sigmoid_cross_entropy_with_logits", "labels=None, logits=None, name=None",
     lambda y, x: neural.binary_crossentropy(y, x, True), layer="binary_cross_entropy_with_logits")

_add(_nn, "ctc_loss", "labels, logits, label_length, logit_length, logits_time_major=True, unique=None, blank_index=None, name=None",
     lambda y, x, ny, nx, is_time_major, unique, blank: _ctc(y, x, ny, nx, is_time_major, blank), layer="ctc_loss")


def _ctc(labels, logits, label_length, logit_length, is_time_major, blank):
    steps = shaping.transpose(logits, [1, 0, 2]) if is_time_major else logits
    classes = value_of(steps).shape[2]
    return matrices.ctc_loss(labels, steps, label_length, logit_length, (blank or 0) % classes)


def _padding(padding):
    return [tuple(p) for p in padding[1:-1]] if isinstance(padding, (list, tuple)) else padding


for _rank in (1, 2, 3):
    _name = f"conv{_rank}d"
    _stride = "stride" if _rank == 1 else "strides"
    _add(_nn, _name, f"input, filters, {_stride}, padding, data_format=None, dilations=None, name=None",
         lambda x, k, s, p, f, d: convolution.conv(x, k, s, _padding(p), 1 if d is None else d, f or "channels_last"), layer=_name)
    for _kind, _pool in (("max_pool", convolution.max_pool), ("avg_pool", convolution.avg_pool)):
        _add(_nn, f"{_kind}{_rank}d", "input, ksize, strides, padding, data_format=None, name=None",
             lambda x, k, s, p, f, pool=_pool: pool(x, k, s, _padding(p), f or "channels_last"), layer=f"{_kind}{_rank}d")
nn_functions["max_pool"], nn_functions["avg_pool"] = nn_functions["max_pool2d"], nn_functions["avg_pool2d"]
_add(_nn, "convolution", "input, filters, strides=None, padding='VALID', data_format=None, dilations=None, name=None",
     lambda x, k, s, p, f, d: convolution.conv(x, k, s or 1, p, d or 1, f or "channels_last"), layer="convolution")
_add(_nn, "depthwise_conv2d", "input, filter, strides, padding, data_format=None, dilations=None, name=None",
     lambda x, k, s, p, f, d: convolution.depthwise_conv(x, k, s, p, d or 1, f or "channels_last"), layer="conv2d")
_add(_nn, "conv2d_transpose", "input, filters, output_shape, strides, padding='SAME', data_format=None, dilations=None, name=None",
     lambda x, k, o, s, p, f, d: convolution.conv_transpose(x, k, s, p, None, d or 1, f or "channels_last", shaping.sizes(o)),
     layer="conv_transpose2d")


# Leaves

def constant(value, dtype=None, shape=None, name="Const"):
    dtype = None if dtype is None else standard(dtype)
    made = wrap(value_of(value, dtype))
    if shape is None:
        return made
    return operations.full(shape, made, dtype) if not made.shape else shaping.reshape(made, shape)


def convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    return operations.convert_to_tensor(value, dtype)


def zeros(shape, dtype="float32", name=None, layout=None):
    return operations.zeros(shape, dtype)


def ones(shape, dtype="float32", name=None, layout=None):
    return operations.ones(shape, dtype)


def fill(dims, value, name=None, layout=None):
    return operations.full(dims, value)


def eye(num_rows, num_columns=None, batch_shape=None, dtype="float32", name=None):
    if batch_shape is not None:
        raise door.UnsupportedError("tf.eye with batch_shape is not supported")
    return operations.eye(num_rows, num_columns, dtype=dtype)


def range_(start, limit=None, delta=1, dtype=None, name="range"):
    return operations.arange(start, limit, delta, dtype)


def linspace(start, stop, num, name=None, axis=0):
    return operations.linspace(start, stop, num)


def einsum(equation, *inputs, **kwargs):
    return operations.ops["einsum"](equation, *inputs)


def meshgrid(*args, indexing="xy", **kwargs):
    return operations.ops["meshgrid"](*args, indexing=indexing)


def global_norm(t_list, name=None):
    squares = [reductions.REDUCTIONS["sum"](elementwise.unary("square")(t)) for t in t_list if t is not None]
    return elementwise.float_unary("sqrt")(elementwise.add_n(squares))


def clip_by_norm(t, clip_norm, axes=None, name=None):
    length = reductions.euclidean_norm(t, axes, True)
    factor = elementwise.binary("minimum")(elementwise.binary("div")(float(clip_norm), elementwise.binary("maximum")(length, 1e-12)), 1.0)
    return elementwise.binary("mul")(t, factor)


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    total = global_norm(t_list) if use_norm is None else use_norm
    factor = elementwise.binary("div")(float(clip_norm), elementwise.binary("maximum")(total, float(clip_norm)))
    return [None if t is None else elementwise.binary("mul")(t, factor) for t in t_list], total


leaves = {"constant": constant, "convert_to_tensor": convert_to_tensor, "zeros": zeros, "ones": ones, "fill": fill, "eye": eye,
          "range": range_, "linspace": linspace, "einsum": einsum, "meshgrid": meshgrid, "clip_by_norm": clip_by_norm,
          "clip_by_global_norm": clip_by_global_norm}
