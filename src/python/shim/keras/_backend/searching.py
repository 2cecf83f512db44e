"""Places among sorted values, counts, and order statistics."""
from _lens import door

from .dtypes import is_float
from .reductions import REDUCTIONS
from .shapes import axis_of, product
from .tensor import scalar, value_of, wrap


def searchsorted(sorted_sequence, values, side="left"):
    if side not in ("left", "right"):
        raise ValueError(f"`side` must be either 'left' or 'right'. Received: side={side}")
    places = door.record("searchsorted", [value_of(sorted_sequence), value_of(values)], right=side == "right")
    return wrap(value_of(places, "int32"))


def digitize(x, bins):
    """How many of the ascending borders `bins` are not above each element."""
    return wrap(value_of(door.record("searchsorted", [value_of(bins), value_of(x)], right=True), "int32"))


def _lanes(x, axis):
    """The value with the axis last (all axes as one where it is None), and the shape that stays with that axis as 1."""
    value = value_of(x)
    if axis is None:
        return door.record("reshape", [value], shape=[product(value.shape)]), [1] * len(value.shape)
    dim = axis_of(axis, len(value.shape))
    moved = door.record("permute", [value], dims=[d for d in range(len(value.shape)) if d != dim] + [dim])
    return moved, [1 if d == dim else n for d, n in enumerate(value.shape)]


def quantile(x, q, axis=None, method="linear", keepdims=False):
    """Between the two elements that surround the place q · (n − 1) among the sorted ones."""
    if method not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise ValueError(f"Invalid method: {method}")
    lanes, kept = _lanes(x, axis)
    if not is_float(lanes.dtype):
        lanes = value_of(lanes, "float32")
    last = len(lanes.shape) - 1
    ordered = door.record("sort", [lanes], dim=last, descending=False)
    points = value_of(q)
    results = [_between(ordered, point * (lanes.shape[last] - 1), method) for point in door.read(points)]
    shape = kept if keepdims else list(lanes.shape[:-1])
    results = [door.record("reshape", [result], shape=shape) for result in results]
    if not points.shape:
        return wrap(results[0])
    rows = [door.record("reshape", [result], shape=[1, *result.shape]) for result in results]
    return wrap(door.record("cat", rows, dim=0))


def _between(ordered, place, method):
    low = int(place)
    high, part = (low if place == low else low + 1), place - low
    if method == "nearest":
        low = high = round(place)
    part = {"linear": part, "lower": 0.0, "higher": 1.0, "midpoint": 0.5, "nearest": 0.0}[method]
    last = len(ordered.shape) - 1
    first, second = (door.record("slice", [ordered], dim=last, start=n, end=n + 1, step=1) for n in (low, high))
    step = door.record("mul", [door.record("sub", [second, first]), scalar(part, ordered.dtype)])
    return door.record("add", [first, step])


def median(x, axis=None, keepdims=False):
    return quantile(x, 0.5, axis, "linear", keepdims)


def bincount(x, weights=None, minlength=0):
    value = value_of(x)
    numbers = door.read(value)
    size = max([minlength, *(number + 1 for number in numbers)])
    source = door.record("full", shape=list(value.shape), value=1, dtype="int32") if weights is None else value_of(weights)
    empty = door.record("full", shape=[size], value=0, dtype=source.dtype)
    return wrap(door.record("scatter_add", [empty, value_of(value, "int64"), source], dim=0))


def count_nonzero(x, axis=None):
    value = value_of(x)
    return REDUCTIONS["sum"](value_of(door.record("ne", [value, scalar(0, value.dtype)]), "int32"), axis)


def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    value = value_of(x)
    if not is_float(value.dtype):
        return wrap(value)
    largest = 1.7976931348623157e308 if value.dtype == "float64" else 3.4028234663852886e38
    is_infinite, is_positive = door.record("isinf", [value]), door.record("gt", [value, scalar(0, value.dtype)])
    bounds = door.record("where", [is_positive, scalar(largest if posinf is None else posinf, value.dtype),
                                   scalar(-largest if neginf is None else neginf, value.dtype)])
    finite = door.record("where", [is_infinite, bounds, value])
    return wrap(door.record("where", [door.record("isnan", [value]), scalar(nan, value.dtype), finite]))
