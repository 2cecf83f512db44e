"""Sums, means, extremes along axes. Recorded; a number over all elements is also added up in NumPy's own order."""
import builtins
import math

from _lens import door

from . import _scalars
from ._dtypes import dtype_of, float_name, kind_of
from ._ndarray import from_value, ndarray, wrap
from ._operands import array_of, axes_of, axis_of, is_number, number_value, value_of, write
from ._ufuncs import FUNCTIONS, _masked as masked

# Up to this many elements a total is computed on the Python side, in the order in which NumPy adds.
_EXACT = 1 << 14


def pairwise_sum(numbers):
    """NumPy's summation: eight running sums in blocks of 128, halves above."""
    count = len(numbers)
    if count < 8:
        total = -0.0
        for number in numbers:
            total += number
        return total
    if count <= 128:
        sums = list(numbers[:8])
        whole = count - count % 8
        for start in range(8, whole, 8):
            for lane in range(8):
                sums[lane] += numbers[start + lane]
        total = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
        for number in numbers[whole:]:
            total += number
        return total
    half = count // 2
    half -= half % 8
    return pairwise_sum(numbers[:half]) + pairwise_sum(numbers[half:])


def _total(array):
    """The sum of all elements in NumPy's order, or None where the recorded one is taken."""
    if array._name != "float64" or not 0 < array.size <= _EXACT:
        return None
    return pairwise_sum(array._flat())


def _sum_name(name):
    return "int64" if kind_of(name) == "b" or kind_of(name) in "iu" else name


_NAMES = {  # type in which each reduction is computed
    "sum": _sum_name, "prod": _sum_name, "mean": lambda name: name if kind_of(name) == "f" else "float64",
    "amax": lambda name: name, "amin": lambda name: name, "any": lambda name: "bool", "all": lambda name: "bool",
}
_EMPTY = {"amax": "maximum", "amin": "minimum"}


def reduce(op, a, axis=None, dtype=None, keepdims=False, **attributes):
    """Records a reduction over an array."""
    a = array_of(a)
    if not getattr(a, "is_recorded", True):
        from ._plain import reduce as reduce_plain
        return reduce_plain(op, a)
    axes = axes_of(axis, a.ndim)
    name = dtype_of(dtype).name if dtype is not None else _NAMES[op](a._name)
    if op in _EMPTY and builtins.any(a.shape[dim] == 0 for dim in axes):
        raise ValueError(f"zero-size array to reduction operation {_EMPTY[op]} which has no identity")
    source = value_of(a, name)
    if op in _EMPTY and name == "bool":
        op = "any" if op == "amax" else "all"
    if not axes:
        return wrap(source)
    value = door.record(op, [source], dim=axes, keepdim=bool(keepdims), **attributes)
    if value.dtype != name:
        value = door.record("cast", [value], dtype=name)
    if op == "sum" and not value.shape and name == "float64":
        number = _total(a if a._name == name else from_value(source))
        if number is not None:
            return _scalars.make(name, number, value)
    return wrap(value)


def _finish(result, out):
    return result if out is None else write(out, array_of(result).value)


def _reduction(op, name, fill=None):
    def function(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
        a = array_of(a)
        if where is not True:
            neutral = fill if fill is not None else initial
            a = from_value(masked(value_of(a, _NAMES[op](a._name)), array_of(where), _Filled(neutral, _NAMES[op](a._name))))
        result = reduce(op, a, axis, dtype, keepdims)
        if initial is not None:
            result = FUNCTIONS[{"sum": "add", "prod": "multiply", "amax": "maximum", "amin": "minimum"}[op]](result, initial)
        return _finish(result, out)
    function.__name__ = function.__qualname__ = name
    return function


class _Filled:
    """What `where=` leaves out of a reduction: its neutral number."""

    def __init__(self, number, name):
        self._name, self.value = name, number_value(number, name)


sum = _reduction("sum", "sum", 0)
prod = _reduction("prod", "prod", 1)


def _without_dtype(op, name, fill=None):
    inner = _reduction(op, name, fill)

    def function(a, axis=None, out=None, keepdims=False, initial=None, where=True):
        return inner(a, axis, None, out, keepdims, initial, where)
    function.__name__ = function.__qualname__ = name
    return function


max = amax = _without_dtype("amax", "max")
min = amin = _without_dtype("amin", "min")
any = _without_dtype("any", "any", False)
all = _without_dtype("all", "all", True)


def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    a = array_of(a)
    if where is not True:
        mask = array_of(where)
        return _finish(sum(a, axis, None, None, keepdims, None, mask) / sum(mask.astype(float) + a * 0, axis, keepdims=keepdims), out)
    result = reduce("mean", a, axis, dtype, keepdims)
    if isinstance(result, _scalars.float64) and not isinstance(result, ndarray):
        number = _total(a if a._name == "float64" else a.astype(float))
        if number is not None:
            result = _scalars.make("float64", number / a.size, result._recorded)
    return _finish(result, out)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    a = array_of(a)
    if where is not True:
        raise door.UnsupportedError("numpy.var with where= is not supported")
    correction = ddof if correction is None else correction
    name = dtype_of(dtype).name if dtype is not None else float_name(a._name) if kind_of(a._name) == "f" else "float64"
    axes = axes_of(axis, a.ndim)
    if not axes:
        return _finish(wrap(number_value(0, name)), out)
    source = value_of(a, name)
    value = door.record("var", [source], dim=axes, keepdim=bool(keepdims), correction=correction)
    number = None
    if not value.shape and name == "float64" and a.size > correction:
        flat = a._flat() if a._name == name else door.read(source)
        if 0 < len(flat) <= _EXACT:
            middle = pairwise_sum(flat) / len(flat)
            number = pairwise_sum([(x - middle) * (x - middle) for x in flat]) / (len(flat) - correction)
    return _finish(wrap(value) if number is None else _scalars.make(name, number, value), out)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    return _finish(_root(var(a, axis, dtype, None, ddof, keepdims, where=where, correction=correction)), out)


def _root(variance):
    if isinstance(variance, ndarray) or variance._recorded is None:
        return FUNCTIONS["sqrt"](variance)
    return _scalars.make(variance._name, math.sqrt(variance) if variance >= 0 else math.nan, door.record("sqrt", [variance._recorded]))


def ptp(a, axis=None, out=None, keepdims=False):
    return _finish(max(a, axis, keepdims=keepdims) - min(a, axis, keepdims=keepdims), out)


def _arg(op, name):
    def function(a, axis=None, out=None, *, keepdims=False):
        a = array_of(a)
        if a.size == 0:
            raise ValueError(f"attempt to get {name} of an empty sequence")
        if axis is None:
            found = wrap(door.record(op, [_ordered(a.ravel())], dim=0, keepdim=False))
            return array_of(found).reshape((1,) * a.ndim) if keepdims else found
        return _finish(wrap(door.record(op, [_ordered(a)], dim=axis_of(axis, a.ndim), keepdim=keepdims)), out)
    function.__name__ = function.__qualname__ = name
    return function


def _ordered(a):
    return value_of(a, "int64") if a._name == "bool" else a.value


argmax, argmin = _arg("argmax", "argmax"), _arg("argmin", "argmin")


def _cumulative(op, name):
    def function(a, axis=None, dtype=None, out=None):
        a = array_of(a)
        if axis is None:
            a, axis = a.ravel(), 0
        kind = dtype_of(dtype).name if dtype is not None else _sum_name(a._name)
        value = door.record(op, [value_of(a, kind)], dim=axis_of(axis, a.ndim))
        return _finish(wrap(value), out)
    function.__name__ = function.__qualname__ = name
    return function


cumsum, cumprod = _cumulative("cumsum", "cumsum"), _cumulative("cumprod", "cumprod")
cumulative_sum = cumsum


def _not_nan(a, fill):
    a = array_of(a)
    if kind_of(a._name) != "f":
        return a
    from ._joining import where
    return where(FUNCTIONS["isnan"](a), fill, a)


def nansum(a, axis=None, dtype=None, out=None, keepdims=False):
    return sum(_not_nan(a, 0), axis, dtype, out, keepdims)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False):
    return prod(_not_nan(a, 1), axis, dtype, out, keepdims)


def _count(a, axis, keepdims):
    return sum(FUNCTIONS["logical_not"](FUNCTIONS["isnan"](array_of(a))), axis, keepdims=keepdims)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False):
    return _finish(nansum(a, axis, dtype, None, keepdims) / _count(a, axis, keepdims), out)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    a = array_of(a)
    away = _not_nan(a - nanmean(a, axis, keepdims=True), 0)
    return _finish(sum(away * away, axis, keepdims=keepdims) / (_count(a, axis, keepdims) - ddof), out)


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return FUNCTIONS["sqrt"](nanvar(a, axis, dtype, out, ddof, keepdims))


def nancumsum(a, axis=None, dtype=None, out=None):
    return cumsum(_not_nan(a, 0), axis, dtype, out)


def nanmax(a, axis=None, out=None, keepdims=False):
    return max(_not_nan(a, -math.inf), axis, out, keepdims)


def nanmin(a, axis=None, out=None, keepdims=False):
    return min(_not_nan(a, math.inf), axis, out, keepdims)


def nanargmax(a, axis=None):
    return argmax(_not_nan(a, -math.inf), axis)


def nanargmin(a, axis=None):
    return argmin(_not_nan(a, math.inf), axis)


def diff(a, n=1, axis=-1, prepend=None, append=None):
    from ._joining import concatenate
    a = array_of(a)
    axis = axis_of(axis, a.ndim)
    around = [part for part in (prepend, a, append) if part is not None]
    if len(around) > 1:
        a = concatenate([array_of(part).reshape(1) if array_of(part).ndim == 0 else part for part in around], axis)
    before = (slice(None),) * axis
    for _ in range(n):
        later, earlier = a[before + (slice(1, None),)], a[before + (slice(None, -1),)]
        a = later != earlier if a._name == "bool" else later - earlier
    return a


def ediff1d(ary, to_end=None, to_begin=None):
    return diff(array_of(ary).ravel())


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    a = array_of(a)
    if weights is None:
        result = mean(a, axis, keepdims=keepdims)
        return (result, _scalars.float64(a.size / (result.size or 1))) if returned else result
    w = array_of(weights)
    if w.ndim == 1 and a.ndim > 1 and axis is not None:
        w = w.reshape([w.size if dim == axis_of(axis, a.ndim) else 1 for dim in range(a.ndim)])
    scale = sum(w + a * 0, axis, keepdims=keepdims) if w.shape != a.shape else sum(w, axis, keepdims=keepdims)
    if is_number(scale) and scale == 0:
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    result = sum(a * w, axis, keepdims=keepdims) / scale
    return (result, scale) if returned else result


for _name in ("sum", "prod", "mean", "var", "std", "ptp", "argmax", "argmin", "cumsum", "cumprod"):
    setattr(ndarray, _name, globals()[_name])
ndarray.max, ndarray.min, ndarray.any, ndarray.all = max, min, any, all
del _name
