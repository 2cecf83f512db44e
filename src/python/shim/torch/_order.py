"""What depends on the order of elements: sort, topk, order statistics, different elements, places among sorted ones, counts."""
import builtins
import math

from _lens import door

from ._apply import apply, apply_all, constant, filled, finish, operand
from ._creation import arange
from ._dtype import DTYPES, FLOAT, SCALAR_TYPES, int64
from ._reductions import _return_type
from ._registry import public
from ._size import axis
from ._tensor import Tensor

_SORT, _TOPK, _MODE = _return_type("sort"), _return_type("topk"), _return_type("mode")


@public
def sort(input, dim=-1, descending=False, stable=False, *, out=None):
    if input.dim() == 0:
        return _SORT(input.clone(), filled((), 0, int64))
    return _SORT(*apply_all("sort", input, dim=axis(dim, input.dim()), descending=bool(descending)))


@public
def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input, dim, descending).indices


@public
def msort(input, *, out=None):
    return sort(input, 0).values


@public
def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    k = k.item() if isinstance(k, Tensor) else k
    if input.value.dtype == "bool":
        raise RuntimeError("topk does not support bool dtypes on CPU")
    if input.dim() == 0:
        return _TOPK(input.clone(), filled((), 0, int64))
    position = axis(dim, input.dim())
    if not 0 <= k <= input.value.shape[position]:
        raise RuntimeError("selected index k out of range")
    ordered = apply_all("sort", input, operation="topk", dim=position, descending=bool(largest))
    return _TOPK(*(apply("slice", tensor, operation="topk", dim=position, start=0, end=k, step=1) for tensor in ordered))


# Order statistics

@public
def median(input, dim=None, keepdim=False, *, out=None):
    """The lower of the two middle elements; NaN where there is one."""
    if dim is None:
        if input.numel() == 0:
            return filled((), math.nan, input.dtype)
        flat = input.reshape(-1)
        chosen = _statistic(flat, (flat.numel() + 1) // 2, 0, False, "median")[0]
        return apply("where", _is_nan(flat).any(), filled((), math.nan, input.dtype), chosen, operation="median") if _floats(input) else chosen
    position = _nonempty_axis("median", input, dim)
    values, indices = _statistic(input, (_length(input, position) + 1) // 2, position, True, "median_dim")
    if _floats(input):
        # the first NaN, as PyTorch gives its index
        is_nan = _is_nan(input)
        has = is_nan.any(position, keepdim=True)
        values = apply("where", has, filled((), math.nan, input.dtype), values, operation="median_dim")
        indices = apply("where", has, is_nan.to(int64).argmax(position, keepdim=True), indices)
    return _pair("median", values, indices, position, keepdim)


@public
def nanmedian(input, dim=None, keepdim=False, *, out=None):
    """As `median`, of what is not NaN."""
    if dim is None:
        return nanmedian(input.reshape(-1), 0)[0]
    position = _nonempty_axis("nanmedian", input, dim)
    ordered = apply_all("sort", input, operation="nanmedian", dim=position, descending=False)
    count = apply("logical_not", _is_nan(input)).to(int64).sum(position, keepdim=True)
    place = ((count - 1).clamp(min=0) / 2).floor().to(int64)
    values, indices = (apply("gather", tensor, place, operation="nanmedian", dim=position) for tensor in ordered)
    return _pair("nanmedian", values, indices, position, keepdim)


@public
def kthvalue(input, k, dim=-1, keepdim=False, *, out=None):
    position = _nonempty_axis("kthvalue", input, dim)
    if not 1 <= k <= _length(input, position):
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {position}")
    values, indices = _statistic(input, k, position, True, "kthvalue")
    return _pair("kthvalue", values, indices, position, keepdim)


def _length(input, position):
    return input.value.shape[position] if input.dim() else 1


def _floats(input):
    return input.dtype.category == FLOAT


def _is_nan(input):
    return apply("isnan", input)


def _nonempty_axis(name, input, dim):
    position = axis(dim, input.dim())
    if input.dim() and input.value.shape[position] == 0:
        raise IndexError(f"{name}(): Expected reduction dim {position} to have non-zero size.")
    return position


def _statistic(input, k, position, keepdim, operation):
    """Values and indices of the k-th smallest along an axis."""
    if input.dim() == 0:
        return input.clone(), filled((), 0, int64)
    ordered = apply_all("sort", input, operation=operation, dim=position, descending=False)
    chosen = [apply("slice", tensor, operation=operation, dim=position, start=k - 1, end=k, step=1) for tensor in ordered]
    return chosen if keepdim else [_dropped(tensor, position, operation) for tensor in chosen]


def _dropped(tensor, position, operation):
    shape = list(tensor.value.shape)
    del shape[position]
    return apply("reshape", tensor, operation=operation, shape=shape)


def _pair(name, values, indices, position, keepdim):
    if not keepdim and values.dim():
        values, indices = _dropped(values, position, name), _dropped(indices, position, name)
    return _return_type(name)(values, indices)


@public
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None):
    if interpolation not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise RuntimeError(f"quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}")
    if input.dtype.category != FLOAT:
        raise RuntimeError("quantile() input tensor must be either float or double dtype")
    flat, position = (input.reshape(-1), 0) if dim is None else (input, axis(dim, input.dim()))
    if flat.numel() == 0:
        raise RuntimeError("quantile() input tensor must be non-empty")
    points = q if isinstance(q, Tensor) else filled((), q, input.dtype)
    values, _ = apply_all("sort", flat, operation="quantile", dim=position, descending=False)
    size, results = flat.value.shape[position], []
    for point in points.reshape(-1).tolist():
        if not 0 <= point <= 1:
            raise RuntimeError("quantile() q values must be in the range [0, 1]")
        place = point * (size - 1)
        low, high, part = math.floor(place), math.ceil(place), place - math.floor(place)
        if interpolation == "nearest":
            low = high = builtins.round(place)
        part = {"linear": part, "lower": 0.0, "higher": 1.0, "midpoint": 0.5 if low != high else 0.0, "nearest": 0.0}[interpolation]
        first, second = values.select(position, low), values.select(position, high)
        results.append(first if part == 0.0 else second if part == 1.0 else first + (second - first) * part)
    # every quantile of what holds a NaN is one
    broken = apply("isnan", flat).any(position)
    results = [apply("where", broken, filled((), math.nan, input.dtype), result, operation="quantile") for result in results]
    if keepdim:
        shape = [1] * input.dim() if dim is None else [1 if d == position else n for d, n in enumerate(input.value.shape)]
        results = [result.reshape(shape) for result in results]
    if points.dim():
        from ._joining import stack
        return finish(stack(results), out)
    return finish(results[0], out)


@public
def mode(input, dim=-1, keepdim=False, *, out=None):
    """The most frequent element of each row (the smallest of several), with the index of its last occurrence."""
    position = _nonempty_axis("mode", input, dim)
    rows = input.movedim(position, -1)
    same = (rows.unsqueeze(-1) == rows.unsqueeze(-2)).to(int64).sum(-1)
    size = rows.value.shape[-1]
    best = same == same.amax(-1, keepdim=True)
    value = apply("where", best, rows, rows.amax(-1, keepdim=True), operation="mode").amin(-1, keepdim=True)
    index = apply("where", rows == value, arange(size), filled((), 0, int64)).amax(-1, keepdim=True)
    pair = [tensor.movedim(-1, position) for tensor in (value, index)]
    return _MODE(*(pair if keepdim else [tensor.squeeze(position) for tensor in pair]))


# Different elements: their number is data, so that the values are computed here

def _slices(input, dim):
    """The numbers of the tensor's slices along an axis, each a tuple, and that axis's size."""
    position = axis(dim, input.dim())
    moved = input.movedim(position, 0)
    numbers, size = list(door.read(moved.value)), moved.value.shape[0]
    width = len(numbers) // builtins.max(size, 1)
    return [tuple(numbers[start * width:(start + 1) * width]) for start in range(size)], position


def _sort_key(row):
    """NaN stands behind all numbers."""
    return tuple((number != number, number) for number in row)


def _gathered(input, position, firsts):
    """The slices at the places `firsts`."""
    places = constant(firsts, int64, (len(firsts),))
    return apply("index_select", input.detach() if position is not None else input.detach().reshape(-1), places, dim=position or 0)


def _different(input, rows, position, order, inverse, counts, return_inverse, return_counts):
    results = [_gathered(input, position, order)]
    if return_inverse:
        results.append(constant(inverse, int64, input.value.shape if position is None else (len(rows),)))
    if return_counts:
        results.append(constant(counts, int64, (len(order),)))
    return results[0] if len(results) == 1 else tuple(results)


def _rows_of(input, dim):
    if dim is not None:
        return _slices(input, dim)
    return [(number,) for number in door.read(input.value)], None


@public
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """Different elements (or slices), ascending."""
    rows, position = _rows_of(input, dim)
    ascending = builtins.sorted(range(len(rows)), key=lambda place: _sort_key(rows[place]))
    order, counts, inverse = [], [], [0] * len(rows)
    for place in ascending:
        if not order or rows[order[-1]] != rows[place]:
            order.append(place)
            counts.append(0)
        counts[-1] += 1
        inverse[place] = len(order) - 1
    return _different(input, rows, position, order, inverse, counts, return_inverse, return_counts)


@public
def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """As `unique`, of each run of equal ones, in their own order."""
    rows, position = _rows_of(input, dim)
    order, counts, inverse = [], [], []
    for place, row in enumerate(rows):
        if not order or rows[order[-1]] != row:
            order.append(place)
            counts.append(0)
        counts[-1] += 1
        inverse.append(len(order) - 1)
    return _different(input, rows, position, order, inverse, counts, return_inverse, return_counts)


# Places and counts

@public(function_only=True)
def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None, out=None):
    if side not in (None, "left", "right"):
        raise RuntimeError(f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError("torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True")
    if sorter is not None:
        sorted_sequence = sorted_sequence.gather(-1, sorter)
    values = operand(input, sorted_sequence)
    places = apply("searchsorted", sorted_sequence, values, right=bool(right or side == "right"))
    return finish(places.to(DTYPES["int32"]) if out_int32 else places, out)


@public
def bucketize(input, boundaries, *, out_int32=False, right=False, out=None):
    if boundaries.dim() != 1:
        raise RuntimeError(f"boundaries tensor must be 1 dimension, but got dim({boundaries.dim()})")
    return searchsorted(boundaries, input, out_int32=out_int32, right=right, out=out)


@public
def bincount(input, weights=None, minlength=0):
    if input.dtype.category == FLOAT:
        raise NotImplementedError(f"\"bincount_cpu\" not implemented for '{SCALAR_TYPES[input.value.dtype]}'")
    numbers = door.read(input.value)
    if input.dim() != 1 or any(number < 0 for number in numbers):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    if weights is not None and weights.numel() != input.numel():
        raise RuntimeError("weights should be 1-d and have the same length as input")
    size = builtins.max([minlength, *(number + 1 for number in numbers)])
    source = weights if weights is not None else filled(input.value.shape, 1, int64)
    return filled((size,), 0, source.dtype).scatter_add(0, input.to(int64), source)


@public
def histc(input, bins=100, min=0, max=0, *, out=None):
    """Counts in `bins` equal intervals of min..max (of the data's own range where both are equal)."""
    if input.dtype.category != FLOAT:
        raise NotImplementedError(f"\"histogram_cpu\" not implemented for '{SCALAR_TYPES[input.value.dtype]}'")
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    if max < min:
        raise RuntimeError("torch.histc: max must be larger than min")
    flat = input.detach().reshape(-1)
    if min == max and flat.numel():
        min, max = flat.min().item(), flat.max().item()
    if not (math.isfinite(min) and math.isfinite(max)):
        raise RuntimeError(f"torch.histc: range of [{min}, {max}] is not finite")
    if min == max:
        min, max = min - 1, max + 1
    inside = (flat >= min) & (flat <= max)
    place = ((flat - min) / (max - min) * bins).nan_to_num(0.0, 0.0, 0.0).floor().clamp(0, bins - 1).to(int64)
    return finish(filled((bins,), 0, input.dtype).scatter_add(0, place, inside.to(input.dtype)), out)


@public
def isin(elements, test_elements, *, assume_unique=False, invert=False):
    elements, test_elements = operand(elements), operand(test_elements)
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)
    return apply("logical_not", found) if invert else found
