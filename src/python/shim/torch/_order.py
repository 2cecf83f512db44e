"""What depends on the order of elements: sort, topk and order statistics."""
import builtins
import math

from ._apply import apply, apply_all, check_implemented, filled, named
from ._creation import arange
from ._dtype import FLOAT, INTEGER, int64
from ._reductions import _return_type, dropped
from ._registry import public
from ._size import axis
from ._tensor import Tensor

_SORT, _TOPK = _return_type("sort"), _return_type("topk")


@public
def sort(input, dim=-1, descending=False, stable=False):
    if input.dim() == 0:
        return _SORT(input.clone(), filled((), 0, int64))
    return _SORT(*apply_all("sort", input, dim=axis(dim, input.dim()), descending=bool(descending)))


@public
def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input, dim, descending).indices


@public
def msort(input):
    return sort(input, 0).values


@public
def topk(input, k, dim=-1, largest=True, sorted=True):
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
def median(input, dim=None, keepdim=False):
    """The lower of the two middle elements; NaN where there is one."""
    check_implemented("median_cpu", input.dtype, INTEGER, FLOAT)
    if dim is None:
        if input.numel() == 0:
            return filled((), math.nan, input.dtype)
        flat = input.reshape(-1)
        return _from_all_equal(flat, median(flat.detach(), 0).values, "median")
    position = _nonempty_axis("median", input, dim)
    values, indices = _statistic(input, (_length(input, position) + 1) // 2, position, True, "median_dim")
    if _floats(input) and input.dim():
        # the first NaN, as PyTorch gives its index
        is_nan = _is_nan(input)
        indices = apply("where", is_nan.any(position, keepdim=True), is_nan.to(int64).argmax(position, keepdim=True), indices)
        values = apply("gather", input, indices, operation="median_dim", dim=position)
    return _pair("median", values, indices, position, keepdim, "median_dim")


@public
def nanmedian(input, dim=None, keepdim=False):
    """As `median`, of what is not NaN."""
    if dim is None:
        flat = input.reshape(-1)
        return _from_all_equal(flat, nanmedian(flat.detach(), 0).values, "nanmedian")
    position = _nonempty_axis("nanmedian", input, dim)
    ordered = apply_all("sort", input, operation="nanmedian", dim=position, descending=False)
    count = apply("logical_not", _is_nan(input)).to(int64).sum(position, keepdim=True)
    place = ((count - 1).clamp(min=0) / 2).floor().to(int64)
    values, indices = (apply("gather", tensor, place, operation="nanmedian", dim=position) for tensor in ordered)
    return _pair("nanmedian", values, indices, position, keepdim)


@public
def kthvalue(input, k, dim=-1, keepdim=False):
    check_implemented("kthvalue_cpu", input.dtype, INTEGER, FLOAT)
    position = _nonempty_axis("kthvalue", input, dim)
    if not 1 <= k <= _length(input, position):
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {position}")
    values, indices = _statistic(input, k, position, True, "kthvalue")
    return _pair("kthvalue", values, indices, position, keepdim)


def _from_all_equal(flat, value, operation):
    """One of the elements, its gradient shared by all that equal it (PyTorch's evenly_distribute_backward)."""
    if not _floats(flat):
        return value
    is_equal = apply("logical_or", flat == value, apply("logical_and", _is_nan(flat), _is_nan(value)))
    return apply("amax", apply("where", is_equal, flat, filled((), -math.inf, flat.dtype)), operation=operation, dim=[0], keepdim=False)


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
    return chosen if keepdim else [dropped(tensor, position, operation) for tensor in chosen]


def _pair(name, values, indices, position, keepdim, operation=None):
    if not keepdim and values.dim():
        values, indices = (dropped(tensor, position, operation or name) for tensor in (values, indices))
    return _return_type(name)(values, indices)


@public
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    if interpolation not in ("linear", "lower", "higher", "midpoint", "nearest"):
        raise RuntimeError(f"quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}")
    if input.dtype.category != FLOAT:
        raise RuntimeError("quantile() input tensor must be either float or double dtype")
    position = 0 if dim is None else axis(dim, input.dim())
    flat = input.reshape(-1) if dim is None or input.dim() == 0 else input
    if flat.numel() == 0:
        raise RuntimeError("quantile() input tensor must be non-empty")
    points = q if isinstance(q, Tensor) else filled((), q, input.dtype)
    values, _ = apply_all("sort", flat, operation="quantile", dim=position, descending=False)
    size, results = flat.value.shape[position], []
    for point in points.reshape(-1).tolist():
        if not 0 <= point <= 1:
            raise RuntimeError("quantile() q values must be in the range [0, 1]" if isinstance(q, Tensor) else
                               f"quantile() q must be in the range [0, 1] but got {q:g}")
        place = point * (size - 1)
        low, high, part = math.floor(place), math.ceil(place), place - math.floor(place)
        if interpolation == "nearest":
            low = high = builtins.round(place)
        part = {"linear": part, "lower": 0.0, "higher": 1.0, "midpoint": 0.5 if low != high else 0.0, "nearest": 0.0}[interpolation]
        first, second = values.select(position, low), values.select(position, high)
        # from the nearer one, which may be infinite
        between = first + (second - first) * part if part < 0.5 else second - (second - first) * (1 - part)
        results.append(first if part == 0.0 else second if part == 1.0 else between)
    # every quantile of what holds a NaN is one: it is sorted to the end
    broken, last = apply("isnan", flat).any(position), values.select(position, size - 1)
    results = [apply("where", broken, last, result, operation="quantile") for result in results]
    if keepdim:
        shape = [1] * input.dim() if dim is None else [1 if d == position else n for d, n in enumerate(input.value.shape)]
        results = [result.reshape(shape) for result in results]
    if points.dim():
        from ._joining import stack
        return named(stack(results), "quantile")
    return named(results[0], "quantile")


@public
def mode(input, dim=-1, keepdim=False):
    """The most frequent element of each row (the smallest of several), with the index of its last occurrence."""
    position = _nonempty_axis("mode", input, dim)
    if input.dim() == 0:
        return _pair("mode", input.clone(), filled((), 0, int64), position, keepdim)
    rows = input.movedim(position, -1)
    last, size = rows.dim() - 1, rows.value.shape[-1]
    # in order, equal ones are a run; the first element at which a run is as long as the longest is that run's last
    ordered, places = apply_all("sort", rows.detach(), dim=last, descending=False)
    begins = ordered.narrow(last, 1, size - 1) != ordered.narrow(last, 0, size - 1)
    begins = apply("where", begins, arange(1, size), filled((), 0, int64))
    start, _ = apply_all("cummax", apply("pad", begins, pads=[*([0, 0] for _ in range(last)), [1, 0]], mode="constant", value=0), dim=last)
    index = apply("gather", places, (arange(size) - start).argmax(-1, keepdim=True), dim=last)
    value = apply("gather", rows, index, operation="mode", dim=last)
    return _pair("mode", value.movedim(-1, position), index.movedim(-1, position), position, keepdim)
