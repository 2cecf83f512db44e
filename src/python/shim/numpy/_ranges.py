"""Arrays of a rule: ranges, evenly spaced numbers, grids."""
import math

from _lens import door
from _lens.recording.array import Array

from . import _scalars
from ._creation import _of_numbers
from ._dtypes import dtype_of, kind_of
from ._ndarray import from_value
from ._operands import array_of
from ._scalars import generic, plain


def arange(start, stop=None, step=1, dtype=None, *, device=None, like=None):
    if stop is None:
        start, stop = 0, start
    start, stop, step = (plain(array_of(x)[()]) if isinstance(x, Array) else plain(x) for x in (start, stop, step))
    if step == 0:
        raise ZeroDivisionError("division by zero")
    length = max(0, math.ceil((stop - start) / step))
    name = dtype_of(dtype).name if dtype is not None else "float64" if any(isinstance(x, float) for x in (start, stop, step)) else "int64"
    if kind_of(name) == "f" or length > 1 << 20:
        second = start + step
        delta = second - start  # NumPy fills by the difference of the first two elements
        return _of_numbers([start + i * delta for i in range(length)], name, (length,))
    return _of_numbers([int(start) + i * int(step) for i in range(length)], name, (length,))


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    count = num.__index__()
    if count < 0:
        raise ValueError(f"Number of samples, {count}, must be non-negative.")
    if not all(isinstance(x, (int, float, generic)) for x in (start, stop)):
        return _linspace_of_arrays(array_of(start), array_of(stop), count, endpoint, dtype)
    first, last = float(start), float(stop)
    parts = count - 1 if endpoint else count
    step = (last - first) / parts if parts > 0 else math.nan
    if parts > 0 and step != 0:
        numbers = [i * step + first for i in range(count)]
    else:
        numbers = [i * (last - first) + first for i in range(count)]
    if endpoint and count > 1:
        numbers[-1] = last
    name = "float64" if dtype is None else dtype_of(dtype).name
    if kind_of(name) in "iu":
        numbers = [math.floor(number) for number in numbers]
    made = _of_numbers(numbers, name, (count,))
    return (made, _scalars.float64(step)) if retstep else made


def _linspace_of_arrays(start, stop, count, endpoint, dtype):
    parts = max(count - 1 if endpoint else count, 1)
    along = arange(count, dtype=float).reshape((count,) + (1,) * max(start.ndim, stop.ndim))
    made = start + along * ((stop - start) / parts)
    return made if dtype is None else made.astype(dtype)


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    exponents = linspace(start, stop, num, endpoint)
    made = _of_numbers([float(base) ** exponent for exponent in exponents._numbers()], "float64", exponents.shape)
    return made if dtype is None else made.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    made = logspace(math.log10(start), math.log10(stop), num, endpoint)
    if num > 0:
        made[0] = start
    if num > 1 and endpoint:
        made[-1] = stop
    return made if dtype is None else made.astype(dtype)


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    vectors = [array_of(x).ravel() for x in xi]
    rank = len(vectors)
    order = list(range(rank))
    if indexing == "xy" and rank > 1:
        order[0], order[1] = 1, 0
    shape = [0] * rank
    for axis, vector in zip(order, vectors):
        shape[axis] = vector.size
    grids = []
    for axis, vector in zip(order, vectors):
        own = [1] * rank
        own[axis] = vector.size
        value = door.record("reshape", [vector.value], shape=own)
        grids.append(from_value(value if sparse else door.record("expand", [value], shape=shape)))
    return tuple(grids)


def indices(dimensions, dtype=int, sparse=False):
    grids = meshgrid(*[arange(size, dtype=dtype) for size in dimensions], indexing="ij", sparse=sparse)
    if sparse:
        return grids
    from ._joining import stack
    return stack(grids)


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    return function(*indices(shape, dtype=dtype), **kwargs)
