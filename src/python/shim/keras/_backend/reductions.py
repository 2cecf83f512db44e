"""Reductions, with an axis, several, or all of them."""
import math

from _lens import door

from .dtypes import floatx, is_float
from .shapes import axes_of, axis_of, product
from .tensor import Tensor, scalar, value_of, wrap


def _reduction(op, floats=False, dtype=None, **attributes):
    def implementation(x, axis=None, keepdims=False):
        value = value_of(x, dtype)
        if floats and not is_float(value.dtype):
            value = value_of(value, floatx())
        dims = axes_of(axis, len(value.shape))
        return wrap(door.record(op, [value], dim=dims, keepdim=bool(keepdims), **attributes) if dims else value)
    return implementation


def _sum(x, axis=None, keepdims=False):
    value = value_of(x)
    if value.dtype == "bool":
        value = value_of(value, "int32")
    dims = axes_of(axis, len(value.shape))
    result = wrap(door.record("sum", [value], dim=dims, keepdim=bool(keepdims)) if dims else value)
    # PyTorch's sum widens integers; NumPy and TensorFlow keep what they were given
    return wrap(value_of(result, value.dtype))


REDUCTIONS = {
    "sum": _sum,
    "mean": _reduction("mean", floats=True),
    "prod": _reduction("prod"),
    "max": _reduction("amax"),
    "min": _reduction("amin"),
    "any": _reduction("any", dtype="bool"),
    "all": _reduction("all", dtype="bool"),
    "logsumexp": _reduction("logsumexp", floats=True),
    "var": _reduction("var", floats=True, correction=0),
}


def _root(total):
    """The square root. Where it is 0 its gradient is 0 too, as PyTorch masks that of a spread and of a norm."""
    zero, one = scalar(0, total.value.dtype), scalar(1, total.value.dtype)
    is_zero = door.record("eq", [total.value, zero])
    positive = door.record("where", [is_zero, one, total.value])
    return wrap(door.record("where", [is_zero, zero, door.record("sqrt", [positive])]))


def std(x, axis=None, keepdims=False):
    return _root(REDUCTIONS["var"](x, axis, keepdims))


def euclidean_norm(x, axis=None, keepdims=False):
    squares = wrap(door.record("square", [value_of(x)]))
    return _root(REDUCTIONS["sum"](squares, axis, keepdims))


def _position(op):
    def implementation(x, axis=None, keepdims=False, dtype="int64"):
        value = value_of(x)
        if axis is None:
            value = door.record("reshape", [value], shape=[product(value.shape)])
            axis = 0
        found = door.record(op, [value], dim=axis_of(axis, len(value.shape)), keepdim=bool(keepdims))
        return wrap(value_of(found, dtype))
    return implementation


argmax = _position("argmax")
argmin = _position("argmin")


def _cumulative(op):
    def implementation(x, axis=0, exclusive=False, reverse=False):
        value = value_of(x)
        dim = axis_of(axis, len(value.shape))
        if reverse:
            value = door.record("flip", [value], dims=[dim])
        result = door.record(op, [value], dim=dim)
        if exclusive:
            n = value.shape[dim]
            first = {"cumsum": 0, "cumprod": 1}[op]
            pads = [[0, 0] for _ in value.shape]
            pads[dim] = [1, 0]
            result = door.record("pad", [result], pads=pads, mode="constant", value=first)
            result = door.record("slice", [result], dim=dim, start=0, end=n, step=1)
        if reverse:
            result = door.record("flip", [result], dims=[dim])
        return wrap(value_of(result, value.dtype))
    return implementation


cumsum = _cumulative("cumsum")
cumprod = _cumulative("cumprod")


def sort(x, axis=-1, descending=False):
    value = value_of(x)
    return wrap(door.record("sort", [value], dim=axis_of(axis, len(value.shape)), descending=bool(descending)))


def argsort(x, axis=-1, descending=False):
    value = value_of(x)
    return wrap(value_of(door.record_all("sort", [value], dim=axis_of(axis, len(value.shape)), descending=bool(descending))[1], "int32"))


def top_k(x, k=1, sorted=True):
    value = value_of(x)
    last = len(value.shape) - 1
    values, indices = door.record_all("sort", [value], dim=last, descending=True)
    return tuple(wrap(door.record("slice", [v], dim=last, start=0, end=int(k), step=1)) for v in (values, value_of(indices, "int32")))


def moments(x, axes, keepdims=False):
    return REDUCTIONS["mean"](x, axes, keepdims), REDUCTIONS["var"](x, axes, keepdims)


def _squares(value, axis):
    return REDUCTIONS["sum"](Tensor(door.record("square", [value])), axis, True).value


def l2_normalize(x, axis=-1, epsilon=1e-12):
    """TensorFlow's: the sum of squares is at least epsilon."""
    value = value_of(x)
    bounded = door.record("clamp", [_squares(value, axis)], min=epsilon, max=None)
    return wrap(door.record("mul", [value, door.record("rsqrt", [bounded])]))


def normalize(x, axis=-1, order=2, epsilon=None):
    """Keras's: the length is at least epsilon."""
    value, least = value_of(x), 1e-7 if epsilon is None else epsilon
    if order == 2:
        factor = door.record("clamp", [door.record("rsqrt", [_squares(value, axis)])], min=None, max=1 / least)
        return wrap(door.record("mul", [value, factor]))
    length = door.record("clamp", [norm(value, order, axis, True).value], min=least, max=None)
    return wrap(door.record("div", [value, length]))


def norm(x, ord="euclidean", axis=None, keepdims=False):
    if ord in ("euclidean", "fro", 2, None):
        return euclidean_norm(x, axis, keepdims)
    magnitudes = Tensor(door.record("abs", [value_of(x)]))
    if ord == 1:
        return REDUCTIONS["sum"](magnitudes, axis, keepdims)
    if ord == math.inf:
        return REDUCTIONS["max"](magnitudes, axis, keepdims)
    raise door.UnsupportedError(f"norm with ord={ord!r} is not supported")
