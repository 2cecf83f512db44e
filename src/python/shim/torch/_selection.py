"""Choosing by index tensors and by order: gather, scatter, index_*, sort, topk, unique, one-hot and their relatives."""
import builtins

from _lens import door

from ._apply import apply, apply_all, constant, filled, finish, operand
from ._creation import arange
from ._dtype import int64
from ._reductions import _return_type
from ._registry import method, public
from ._size import axis
from ._tensor import Tensor

_SORT, _TOPK, _MODE = _return_type("sort"), _return_type("topk"), _return_type("mode")


@public
def gather(input, dim, index, *, sparse_grad=False, out=None):
    _check_index(index, "gather")
    return finish(apply("gather", input, index, dim=axis(dim, input.dim())), out)


def _check_index(index, name):
    if index.value.dtype not in ("int64", "int32"):
        raise RuntimeError(f"{name}(): Expected dtype int64 for index")


@public(inplace=True)
def scatter(input, dim, index, src=None, *, value=None, reduce=None):
    _check_index(index, "scatter")
    position = axis(dim, input.dim())
    source = value if src is None else src
    if not isinstance(source, Tensor):
        source = filled(index.value.shape, source, input.dtype)
    source = _cut(source, index)
    if reduce == "add":
        return apply("scatter_add", input, index, source, dim=position)
    if reduce is not None:
        raise door.UnsupportedError(f"scatter with reduce='{reduce}' is not supported yet")
    return apply("scatter", input, index, source, dim=position)


def _cut(source, index):
    """The part of `source` that `index` covers."""
    for position, size in enumerate(index.value.shape):
        if source.value.shape[position] > size:
            source = source.narrow(position, 0, size)
    return source


@public(inplace=True)
def scatter_add(input, dim, index, src):
    _check_index(index, "scatter_add")
    return apply("scatter_add", input, index, _cut(src, index), dim=axis(dim, input.dim()))


@public
def index_select(input, dim, index, *, out=None):
    if index.dim() == 0:
        index = index.reshape(1)
    if index.dim() != 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    return finish(apply("index_select", input, index, dim=axis(dim, input.dim())), out)


@public(inplace=True)
def index_add(input, dim, index, source, *, alpha=1):
    return apply("index_add", input, index, source if alpha == 1 else source * alpha, dim=axis(dim, input.dim()))


def _whole_axis(input, dim, index):
    """An index tensor for `scatter` that puts whole slices at the places `index` of axis `dim`."""
    position = axis(dim, input.dim())
    shape = list(input.value.shape)
    shape[position] = index.numel()
    spread = index.reshape([-1 if d == position else 1 for d in range(len(shape))])
    return position, spread.expand(shape)


@public(inplace=True)
def index_copy(input, dim, index, source):
    position, spread = _whole_axis(input, dim, index)
    return apply("scatter", input, spread, source, operation="index_copy", dim=position)


@public(inplace=True)
def index_fill(input, dim, index, value):
    position, spread = _whole_axis(input, dim, index)
    source = operand(value, input).to(input.dtype).expand(spread.value.shape)
    return apply("scatter", input, spread, source, operation="index_fill", dim=position)


@public
def take_along_dim(input, indices, dim=None):
    if dim is None:
        return gather(input.reshape(-1), 0, indices.reshape(-1))
    return gather(input, dim, indices)


@public
def sort(input, dim=-1, descending=False, stable=False, *, out=None):
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
def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    k = k.item() if isinstance(k, Tensor) else k
    if input.dim() == 0:
        return _TOPK(input.clone(), filled((), 0, int64))
    position = axis(dim, input.dim())
    if not 0 <= k <= input.value.shape[position]:
        raise RuntimeError("selected index k out of range")
    ordered = apply_all("sort", input, operation="topk", dim=position, descending=bool(largest))
    return _TOPK(*(apply("slice", tensor, operation="topk", dim=position, start=0, end=k, step=1) for tensor in ordered))


@public
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """Different elements, ascending: their number is data, so the value is computed here."""
    if dim is not None:
        raise door.UnsupportedError("unique along an axis is not supported yet")
    numbers = list(door.read(input.value))
    found = builtins.sorted(set(numbers))
    place = {number: position for position, number in enumerate(found)}
    results = [constant(found, input.dtype, (len(found),))]
    if return_inverse:
        results.append(constant([place[number] for number in numbers], int64, input.value.shape))
    if return_counts:
        counts = [0] * len(found)
        for number in numbers:
            counts[place[number]] += 1
        results.append(constant(counts, int64, (len(found),)))
    return results[0] if len(results) == 1 else tuple(results)


@public
def bincount(input, weights=None, minlength=0):
    numbers = door.read(input.value)
    size = max([minlength, *(number + 1 for number in numbers)])
    source = weights if weights is not None else filled(input.value.shape, 1, int64)
    return filled((size,), 0, source.dtype).scatter_add(0, input.to(int64), source)


@public(function_only=True)
def searchsorted(sorted_sequence, values, *, right=False, side=None, out_int32=False):
    scalar = not isinstance(values, Tensor)
    values = operand(values, sorted_sequence)
    below = sorted_sequence <= values.unsqueeze(-1) if right or side == "right" else sorted_sequence < values.unsqueeze(-1)
    result = below.to(int64).sum(-1)
    return result.reshape(()) if scalar else result


@public
def bucketize(input, boundaries, *, right=False, out_int32=False):
    return searchsorted(boundaries, input, right=right)


@public
def isin(elements, test_elements):
    return (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)


@public
def mode(input, dim=-1, keepdim=False):
    """The most frequent element of each row (the smallest of several), with the index of its last occurrence."""
    position = axis(dim, input.dim())
    rows = input.movedim(position, -1)
    same = (rows.unsqueeze(-1) == rows.unsqueeze(-2)).to(int64).sum(-1)
    size = rows.value.shape[-1]
    best = same == same.amax(-1, keepdim=True)
    value = apply("where", best, rows, rows.amax(-1, keepdim=True)).amin(-1, keepdim=True)
    index = apply("where", rows == value, arange(size), filled((), 0, int64)).amax(-1, keepdim=True)
    pair = [tensor.movedim(-1, position) for tensor in (value, index)]
    return _MODE(*(pair if keepdim else [tensor.squeeze(position) for tensor in pair]))


@method
def unfold(self, dimension, size, step):
    """Windows of `size` along an axis, each `step` apart, as a new last axis (a copy here, not a view)."""
    position = axis(dimension, self.dim())
    count = (self.value.shape[position] - size) // step + 1
    places = arange(count).unsqueeze(1) * step + arange(size)
    windows = apply("index", self.movedim(position, 0), places, operation="unfold", dims=[0])
    rest = list(range(2, windows.dim()))
    return windows.permute(*rest[:position], 0, *rest[position:], 1)


@public
def cdist(x1, x2, p=2.0):
    difference = x1.unsqueeze(-2) - x2.unsqueeze(-3)
    return difference.norm(p, -1)

