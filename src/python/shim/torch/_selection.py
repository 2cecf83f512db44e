"""Choosing by index tensors: gather, scatter, index_*, take, put and their relatives."""
from _lens.recording.positions import from_start

from ._apply import apply, filled, named, operand
from ._dtype import SCALAR_TYPES
from ._joining import cat
from ._registry import public
from ._size import axis
from ._tensor import Tensor, wrap


@public
def gather(input, dim, index, *, sparse_grad=False):
    _check_index(index, "gather")
    return apply("gather", input, index, dim=axis(dim, input.dim()))


def _check_index(index, name):
    if index.value.dtype not in ("int64", "int32"):
        raise RuntimeError(f"{name}(): Expected dtype int32/int64 for index")


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
    if reduce == "multiply":
        return _multiplied(input, position, index, source, True)
    if reduce is not None:
        raise RuntimeError("reduce argument must be either add or multiply.")
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


@public(inplace=True)
def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    """What meets at one place, together."""
    if reduce not in ("sum", "prod", "mean", "amax", "amin"):
        raise RuntimeError(f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}.")
    _check_index(index, "scatter")
    position, source = axis(dim, input.dim()), _cut(src, index)
    if reduce in ("amax", "amin"):
        return apply("scatter_reduce", input, index, source, dim=position, reduce=reduce, includeSelf=bool(include_self))
    if reduce == "prod":
        return _multiplied(input, position, index, source, include_self)
    none = filled(index.value.shape, 0, input.dtype)
    start = input if include_self else apply("scatter", input, index, none, dim=position)
    total = apply("scatter_add", start, index, source, operation="scatter_reduce", dim=position)
    if reduce == "sum":
        return total
    ones = filled(input.value.shape, 1, input.dtype)
    counted = ones if include_self else apply("scatter", ones, index, none, dim=position)
    counts = apply("scatter_add", counted, index, filled(index.value.shape, 1, input.dtype), dim=position).clamp(min=1)
    if not input.is_floating_point():
        return apply("floor_divide", total, counts)
    return apply("div", total, counts, operation="scatter_reduce")


def _multiplied(input, position, index, source, include_self):
    """Products of what meets at each place: of all sources along the axis, those for other places are taken as 1."""
    from ._creation import arange, ones
    from ._elementwise import where
    size = input.value.shape[position]
    places = arange(size).reshape([-1 if d == position else 1 for d in range(input.dim())]).unsqueeze(position + 1)
    meets = index.unsqueeze(position) == places
    factor = where(meets, source.unsqueeze(position), ones((), dtype=source.dtype)).prod(position + 1)
    touched = meets.any(position + 1)
    for d, (whole, part) in enumerate(zip(input.value.shape, factor.value.shape)):
        if part < whole:  # `index` covers the first of these only
            rest = [whole - part if at == d else n for at, n in enumerate(factor.value.shape)]
            factor, touched = cat([factor, ones(rest, dtype=factor.dtype)], d), cat([touched, ones(rest, dtype=touched.dtype) == 0], d)
    return input * factor if include_self else where(touched, factor, input)


@public
def index_select(input, dim, index):
    if index.dim() == 0:
        index = index.reshape(1)
    if index.dim() != 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    return apply("index_select", input, index, dim=axis(dim, input.dim()))


@public(inplace=True)
def index_add(input, dim, index, source, *, alpha=1):
    if input.dim() == 0:
        return _as_vector(index_add, input, dim, index, source, alpha=alpha)
    return apply("index_add", input, index, source if alpha == 1 else source * alpha, dim=axis(dim, input.dim()))


def _as_vector(function, input, dim, index, *source, **settings):
    """What a function does with the only element of a tensor of rank 0."""
    return function(input.reshape(1), dim, index, *[each.reshape(-1) for each in source], **settings).reshape([])


def _whole_axis(input, dim, index):
    """An index tensor for `scatter` that puts whole slices at the places `index` of axis `dim`."""
    position = axis(dim, input.dim())
    shape = list(input.value.shape)
    shape[position] = index.numel()
    spread = index.reshape([-1 if d == position else 1 for d in range(len(shape))])
    return position, spread.expand(shape)


@public(inplace=True)
def index_copy(input, dim, index, source):
    if input.dim() == 0:
        return _as_vector(index_copy, input, dim, index, source)
    if input.dtype is not source.dtype:
        raise RuntimeError(f"index_copy_(): self and source expected to have the same dtype, but got (self) {input._scalar_type()} and "
                           f"(source) {source._scalar_type()}")
    position, spread = _whole_axis(input, dim, index)
    return apply("scatter", input, spread, source, operation="index_copy", dim=position)


@public(inplace=True)
def index_fill(input, dim, index, value):
    if input.dim() == 0:
        return _as_vector(lambda *first: index_fill(*first, value), input, dim, index)
    source = operand(value, input).to(input.dtype)
    return apply("index_put", input, source, index, operation="index_fill", dims=[axis(dim, input.dim())], accumulate=False)


@public
def take_along_dim(input, indices, dim=None):
    """As `gather`, of both broadcast over the other axes; along an axis negative indices count from its end."""
    if dim is None:
        return gather(input.reshape(-1), 0, indices.reshape(-1))
    if indices.dim() != input.dim():
        raise RuntimeError(f"torch.take_along_dim(): input and indices should have the same number of dimensions, but got {input.dim()} "
                           f"dimensions for input, and {indices.dim()} dimensions for indices")
    dim = axis(dim, input.dim())
    size, count = input.value.shape[dim], indices.value.shape[dim]
    shape = [max(pair) if 0 not in pair else 0 for pair in zip(input.value.shape, indices.value.shape)]
    index = wrap(from_start(indices.value, size)).expand(*shape[:dim], count, *shape[dim + 1:])
    return gather(input.expand(*shape[:dim], size, *shape[dim + 1:]), dim, index)


def _flat_places(name, index):
    if index.value.dtype != "int64":
        raise RuntimeError(f"{name}(): Expected a long tensor for index, but got {SCALAR_TYPES[index.value.dtype]}")
    return index.reshape(-1)


@public
def take(input, index):
    """Elements of the flattened tensor."""
    taken = apply("index", input.reshape(-1), _flat_places("take", index), operation="take", dims=[0])
    return named(taken.reshape(index.value.shape), "take")


@public(inplace=True)
def put(input, index, source, accumulate=False):
    """`source`'s elements at places of the flattened tensor."""
    if input.dtype is not source.dtype:
        raise RuntimeError("put_(): self and source expected to have the same dtype, but got "
                           f"self.dtype = {input._scalar_type()} and source.dtype = {source._scalar_type()}")
    places = _flat_places("put_", index)
    changed = apply("index_put", input.reshape(-1), source.reshape(-1), places, operation="put", dims=[0], accumulate=bool(accumulate))
    return changed.reshape(input.value.shape)


@public
def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    position = axis(dim, input.dim())
    size = input.value.shape[position]
    start, end, step = slice(start, end, step).indices(size)
    return apply("slice_scatter", input, src, dim=position, start=start, end=max(start, end), step=step)


@public
def select_scatter(input, src, dim, index):
    position = axis(dim, input.dim())
    size = input.value.shape[position]
    if not -size <= index < size:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(input.value.shape)} at dimension {position}")
    start = index % size
    return apply("slice_scatter", input, src.unsqueeze(position), operation="select_scatter", dim=position, start=start, end=start + 1, step=1)


@public(function_only=True)
def cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    """The distance of each row of (…, P, M) from each row of (…, R, M): (…, P, R)."""
    for name, given in (("X1", x1), ("X2", x2)):
        if given.dim() < 2:
            raise RuntimeError(f"cdist only supports at least 2D tensors, {name} got: {given.dim()}D")
    if x1.value.shape[-1] != x2.value.shape[-1]:
        raise RuntimeError(f"X1 and X2 must have the same number of columns. X1: {x1.value.shape[-1]} X2: {x2.value.shape[-1]}")
    if p < 0:
        raise RuntimeError("cdist only supports non-negative p values")
    return named((x1.unsqueeze(-2) - x2.unsqueeze(-3)).norm(p, -1), "cdist")
