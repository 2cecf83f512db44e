"""What changes shapes: reshape, transpose, stack, split, gather, pad, and NumPy-style indexing."""
from _lens import door
from _lens.recording.positions import from_start

from .dtypes import standard
from .errors import InvalidArgumentError
from .shapes import axes_of, axis_of, product
from .tensor import Tensor, is_tensor, value_of, wrap


def sizes(shape):
    """A list of ints from a shape given as a tuple, an int, or a tensor (`tf.shape(x)`)."""
    if isinstance(shape, int):
        return [shape]
    if is_tensor(shape):
        return [int(n) for n in door.read(shape.value)]
    return [int(n) if n is not None else -1 for n in shape]


def reshape(x, shape):
    value = value_of(x)
    wanted = sizes(shape)
    if -1 in wanted:
        rest = product(n for n in wanted if n != -1)
        if wanted.count(-1) == 1 and rest and product(value.shape) % rest == 0:
            wanted[wanted.index(-1)] = product(value.shape) // rest
    if -1 in wanted or product(wanted) != product(value.shape):
        raise InvalidArgumentError(
            f"Input to reshape is a tensor with {product(value.shape)} values, but the requested shape "
            + (f"requires a multiple of {rest}" if -1 in wanted else f"has {product(wanted)}") + " [Op:Reshape]")
    return wrap(door.record("reshape", [value], shape=wanted))


def transpose(x, axes=None):
    value = value_of(x)
    rank = len(value.shape)
    dims = list(reversed(range(rank))) if axes is None else [axis_of(a, rank) for a in sizes(axes)]
    return wrap(door.record("permute", [value], dims=dims))


def swapaxes(x, axis1, axis2):
    rank = len(value_of(x).shape)
    dims = list(range(rank))
    a, b = axis_of(axis1, rank), axis_of(axis2, rank)
    dims[a], dims[b] = dims[b], dims[a]
    return transpose(x, dims)


def moveaxis(x, source, destination):
    rank = len(value_of(x).shape)
    sources = [axis_of(a, rank) for a in (source if isinstance(source, (list, tuple)) else [source])]
    targets = [axis_of(a, rank) for a in (destination if isinstance(destination, (list, tuple)) else [destination])]
    dims = [d for d in range(rank) if d not in sources]
    for target, origin in sorted(zip(targets, sources)):
        dims.insert(target, origin)
    return transpose(x, dims)


def expand_dims(x, axis):
    value = value_of(x)
    shape = list(value.shape)
    for a in sorted(a % (len(shape) + 1) if a < 0 else a for a in (axis if isinstance(axis, (list, tuple)) else [int(axis)])):
        shape.insert(a, 1)
    return wrap(door.record("reshape", [value], shape=shape))


def squeeze(x, axis=None):
    value = value_of(x)
    if axis is None or axis == []:
        dropped = [a for a, n in enumerate(value.shape) if n == 1]
    else:
        dropped = axes_of(axis, len(value.shape))
        for a in dropped:
            if value.shape[a] != 1:
                raise InvalidArgumentError(f"Can not squeeze dim[{a}], expected a dimension of 1, got {value.shape[a]} [Op:Squeeze]")
    return wrap(door.record("reshape", [value], shape=[n for a, n in enumerate(value.shape) if a not in dropped]))


def _values(arrays):
    """Values in one dtype: that of the first tensor among them."""
    if is_tensor(arrays):
        arrays = list(arrays)
    reference = next((a.value.dtype for a in arrays if isinstance(a, Tensor) or hasattr(a, "value")), None)
    return [value_of(a, reference) for a in arrays]


def concatenate(arrays, axis=0):
    values = _values(arrays)
    rank = len(values[0].shape)
    dim = axis_of(axis, rank)
    for position, value in enumerate(values):
        if len(value.shape) != rank or any(n != m for a, (n, m) in enumerate(zip(value.shape, values[0].shape)) if a != dim):
            raise InvalidArgumentError(
                f"ConcatOp : Dimension {next((a for a, (n, m) in enumerate(zip(value.shape, values[0].shape)) if n != m and a != dim), 0)} "
                f"in both shapes must be equal: shape[0] = {_bracketed(values[0])} vs. shape[{position}] = {_bracketed(value)} [Op:ConcatV2]")
    return wrap(door.record("cat", values, dim=dim) if len(values) > 1 else values[0])


def _bracketed(value):
    return "[" + ",".join(map(str, value.shape)) + "]"


def stack(arrays, axis=0):
    values = _values(arrays)
    rank = len(values[0].shape) + 1
    dim = axis_of(axis, rank)
    rows = [door.record("reshape", [v], shape=[*v.shape[:dim], 1, *v.shape[dim:]]) for v in values]
    return wrap(door.record("cat", rows, dim=dim))


def unstack(x, num=None, axis=0):
    value = value_of(x)
    dim = axis_of(axis, len(value.shape))
    return [squeeze(slice_axis(value, dim, i, i + 1), dim) for i in range(value.shape[dim])]


def slice_axis(x, dim, start, end, step=1):
    return wrap(door.record("slice", [value_of(x)], dim=dim, start=start, end=end, step=step))


def split(x, parts, axis=0):
    """`parts`: how many equal ones, or the list of their sizes (-1: the rest)."""
    value = value_of(x)
    dim = axis_of(axis, len(value.shape))
    n = value.shape[dim]
    if isinstance(parts, int):
        if n % parts:
            raise InvalidArgumentError(
                f"Dimension size must be evenly divisible by {parts} but is {n} for 'Split' [Op:Split]")
        lengths = [n // parts] * parts
    else:
        lengths = sizes(parts)
        if -1 in lengths:
            lengths[lengths.index(-1)] = n - sum(k for k in lengths if k != -1)
    pieces, start = [], 0
    for length in lengths:
        pieces.append(slice_axis(value, dim, start, start + length))
        start += length
    return pieces


def split_at(x, indices_or_sections, axis=0):
    """NumPy's split: the positions to cut at, or how many equal parts."""
    if isinstance(indices_or_sections, int):
        return split(x, indices_or_sections, axis)
    n = value_of(x).shape[axis]
    bounds = [0, *indices_or_sections, n]
    return split(x, [b - a for a, b in zip(bounds, bounds[1:])], axis)


def tile(x, multiples):
    value = value_of(x)
    multiples = sizes(multiples)
    shape = [1] * (len(multiples) - len(value.shape)) + list(value.shape)
    multiples = [1] * (len(shape) - len(multiples)) + multiples
    if all(m == 1 for m in multiples):
        return wrap(door.record("reshape", [value], shape=shape))
    paired = [n for size in shape for n in (1, size)]
    repeated = [n for size, m in zip(shape, multiples) for n in (m, size)]
    value = door.record("expand", [door.record("reshape", [value], shape=paired)], shape=repeated)
    return wrap(door.record("reshape", [value], shape=[n * m for n, m in zip(shape, multiples)]))


def repeat(x, repeats, axis=None):
    value = value_of(x)
    if axis is None:
        value = door.record("reshape", [value], shape=[product(value.shape)])
        axis = 0
    dim = axis_of(axis, len(value.shape))
    if not isinstance(repeats, int):
        positions = [i for i, count in enumerate(sizes(repeats)) for _ in range(count)]
        return wrap(door.record("index_select", [value, value_of(positions, "int64")], dim=dim))
    shape = list(value.shape)
    inserted = door.record("reshape", [value], shape=[*shape[:dim + 1], 1, *shape[dim + 1:]])
    expanded = door.record("expand", [inserted], shape=[*shape[:dim + 1], repeats, *shape[dim + 1:]])
    return wrap(door.record("reshape", [expanded], shape=[*shape[:dim], shape[dim] * repeats, *shape[dim + 1:]]))


def broadcast_to(x, shape):
    return wrap(door.record("expand", [value_of(x)], shape=sizes(shape)))


def flip(x, axis=None):
    value = value_of(x)
    return wrap(door.record("flip", [value], dims=axes_of(axis, len(value.shape))))


def roll(x, shift, axis=None):
    value = value_of(x)
    if axis is None:
        return reshape(roll(reshape(x, [-1]), shift, 0), value.shape)
    shifts, axes = (list(s) if isinstance(s, (list, tuple)) else [s] for s in (shift, axis))
    result = wrap(value)
    for amount, a in zip(shifts, axes):
        dim = axis_of(a, len(value.shape))
        n = value.shape[dim]
        cut = -amount % n if n else 0
        if cut:
            result = concatenate([slice_axis(result, dim, cut, n), slice_axis(result, dim, 0, cut)], dim)
    return result


_PAD_MODES = {"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}


def pad(x, paddings, mode="constant", constant_values=0):
    mode = mode.lower()
    if mode not in _PAD_MODES:
        raise door.UnsupportedError(f"pad with mode {mode!r} is not supported")
    if is_tensor(paddings):
        flat = [int(n) for n in door.read(paddings.value)]
        pads = [flat[i:i + 2] for i in range(0, len(flat), 2)]
    elif isinstance(paddings, int):
        pads = [[paddings, paddings] for _ in value_of(x).shape]
    else:
        pads = [[int(a), int(b)] for a, b in paddings]
    return wrap(door.record("pad", [value_of(x)], pads=pads, mode=_PAD_MODES[mode], value=constant_values))


def gather(x, indices, axis=0, batch_dims=0):
    """Whole slices of `x` along an axis."""
    value, index = value_of(x), value_of(indices)
    if batch_dims:
        return take_along_axis(x, indices, batch_dims) if len(index.shape) == len(value.shape) else _batch_gather(value, index, batch_dims)
    dim = axis_of(axis, len(value.shape))
    flat = door.record("reshape", [index], shape=[product(index.shape)])
    taken = door.record("index_select", [value, flat], dim=dim)
    return wrap(door.record("reshape", [taken], shape=[*value.shape[:dim], *index.shape, *value.shape[dim + 1:]]))


def _batch_gather(value, index, batch_dims):
    if batch_dims != 1 or len(index.shape) > 2:
        raise door.UnsupportedError(f"gather with batch_dims={batch_dims} is not supported")
    rows = door.record("arange", start=0, step=1, length=value.shape[0], dtype="int64")
    rows = door.record("reshape", [rows], shape=[value.shape[0]] + [1] * (len(index.shape) - 1))
    return wrap(door.record("index", [value, rows, index], dims=[0, 1]))


def take(x, indices, axis=0):
    """As `gather`, with negative indices from the end."""
    return gather(x, wrap(from_start(value_of(indices), value_of(x).shape[axis])), axis)


def take_along_axis(x, indices, axis=-1):
    value, dim = value_of(x), axis_of(axis, len(value_of(x).shape))
    return wrap(door.record("gather", [value, from_start(value_of(indices, "int64"), value.shape[dim])], dim=dim))


def gather_nd(x, indices):
    value, index = value_of(x), value_of(indices)
    depth = index.shape[-1]
    parts = unstack(index, axis=-1)
    return wrap(door.record("index", [value, *(p.value for p in parts)], dims=list(range(depth))))


def one_hot(indices, depth, on_value=None, off_value=None, axis=-1, dtype=None):
    index = value_of(indices)
    if index.dtype not in ("int32", "int64"):
        index = value_of(index, "int64")
    dtype = standard(dtype)
    position = axis_of(axis, len(index.shape) + 1)
    shape = [1] * (len(index.shape) + 1)
    shape[position] = int(depth)
    classes = door.record("reshape", [door.record("arange", start=0, step=1, length=int(depth), dtype=index.dtype)], shape=shape)
    hits = door.record("eq", [expand_dims(index, position).value, classes])
    if on_value is None and off_value is None:
        return wrap(value_of(hits, dtype))
    return wrap(door.record("where", [hits, value_of(1 if on_value is None else on_value, dtype), value_of(off_value or 0, dtype)]))


def tril(x, k=0):
    return wrap(door.record("tril", [value_of(x)], diagonal=k))


def triu(x, k=0):
    return wrap(door.record("triu", [value_of(x)], diagonal=k))


def shape_of(x):
    """`tf.shape`: the sizes as an integer tensor."""
    shape = value_of(x).shape
    return wrap(door.constant(list(shape), "int32", [len(shape)]))


def size_of(x):
    return wrap(door.constant([product(value_of(x).shape)], "int32", []))


def meshgrid(*arrays, indexing="xy"):
    values = [value_of(a) for a in arrays]
    count = len(values)
    order = list(range(count))
    if indexing == "xy" and count > 1:
        order[0], order[1] = 1, 0
    lengths = [0] * count
    for position, value in zip(order, values):
        lengths[position] = value.shape[0]
    grids = []
    for position, value in zip(order, values):
        shape = [1] * count
        shape[position] = value.shape[0]
        grids.append(wrap(door.record("expand", [door.record("reshape", [value], shape=shape)], shape=lengths)))
    return grids


def getitem(x, key):
    """`x[key]` with integers, slices, None, ..., and integer or boolean arrays."""
    value = value_of(x)
    keys = list(key) if isinstance(key, tuple) else [key]
    used = sum(1 for k in keys if k is not None and k is not Ellipsis)
    if any(k is Ellipsis for k in keys):
        at = next(i for i, k in enumerate(keys) if k is Ellipsis)
        keys[at:at + 1] = [slice(None)] * (len(value.shape) - used)
    if used > len(value.shape):
        raise IndexError(f"too many indices: tensor is {len(value.shape)}-dimensional, but {used} were indexed")
    arrays, dim = [], 0
    for k in keys:
        if k is None:
            value = door.record("reshape", [value], shape=[*value.shape[:dim], 1, *value.shape[dim:]])
            dim += 1
        elif isinstance(k, slice):
            value = _sliced(value, dim, k)
            dim += 1
        elif _is_index_array(k):
            index = value_of(k)
            if index.dtype == "bool":
                raise door.UnsupportedError("indexing with a boolean array is not supported: the shape of the result depends on the data")
            arrays.append((dim, index))
            dim += 1
        else:
            i, n = int(k), value.shape[dim]
            if not -n <= i < n:
                raise InvalidArgumentError(f"slice index {i} of dimension {dim} out of bounds. [Op:StridedSlice] name: strided_slice/")
            i %= n
            value = door.record("slice", [value], dim=dim, start=i, end=i + 1, step=1)
            value = door.record("reshape", [value], shape=[*value.shape[:dim], *value.shape[dim + 1:]])
    if arrays:
        value = door.record("index", [value, *(index for _, index in arrays)], dims=[d for d, _ in arrays])
    return wrap(value)


def _is_index_array(key):
    if isinstance(key, (list, tuple)):
        return True
    return hasattr(key, "value") and isinstance(key.value, door.Value) and len(key.value.shape) > 0


def _bound(bound):
    return bound if bound is None else int(bound)


def _sliced(value, dim, key):
    n = value.shape[dim]
    start, end, step = slice(_bound(key.start), _bound(key.stop), _bound(key.step)).indices(n)
    if step < 0:
        length = len(range(start, end, step))
        value = door.record("flip", [value], dims=[dim])
        start, step = n - 1 - start, -step
        end = start + (length - 1) * step + 1 if length else start
    if (start, end, step) == (0, n, 1):
        return value
    return door.record("slice", [value], dim=dim, start=min(start, n), end=max(start, end), step=step)
