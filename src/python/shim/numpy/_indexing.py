"""a[...]: reading and writing in every form. Numbers, slices, None and ... make a view; arrays and lists index or mask."""
import math

from _lens import door
from _lens.recording.array import Array
from _lens.recording.positions import from_start

from . import _scalars
from ._dtypes import kind_of
from ._ndarray import from_buffer, from_value, ndarray, wrap
from ._operands import array_of, cast, common_shape, shape_text, value_of
from ._scalars import bool_, generic, plain

_INVALID = "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices"


def _whole(item):
    """True for what is a single integer index."""
    kind = type(item)
    return kind is int or (kind is not bool and isinstance(item, int)) or (
        not isinstance(item, (bool, bool_, Array)) and hasattr(item, "__index__"))


def _place(self, key):
    """Place in the storage of the one element that `key` names, or None if it names something else."""
    offset, shape, strides = self._layout()
    if type(key) is not tuple:
        key = (key,)
    if len(key) != len(shape):
        return None
    for axis, item in enumerate(key):
        if type(item) is not int:
            if not _whole(item):
                return None
            item = item.__index__()
        size = shape[axis]
        if item < 0:
            item += size
        if not 0 <= item < size:
            raise IndexError(f"index {key[axis]} is out of bounds for axis {axis} with size {size}")
        offset += item * strides[axis]
    return offset


def _item(item):
    """An item of an index as slice, None, ..., int, bool or an array of integers or booleans."""
    if item is None or item is Ellipsis or isinstance(item, (slice, bool)):
        return item
    if isinstance(item, bool_):
        return bool(item)
    if _whole(item):
        return item.__index__()
    if isinstance(item, (float, str, dict)) or not (isinstance(item, (Array, list, tuple, range)) or hasattr(item, "__array__")):
        raise IndexError(_INVALID)
    array = array_of(item)
    if array.size == 0 and not isinstance(item, Array):
        array = cast(array, "int64")
    if kind_of(array._name) not in "iub":
        raise IndexError("arrays used as indices must be of integer (or boolean) type")
    return array


def _axes_used(item):
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    return item.ndim if isinstance(item, ndarray) and item._name == "bool" else 1


def _bounds(item, size):
    """(start, end, step, flipped) of a slice: a step below zero takes the same elements of the flipped axis."""
    try:
        start, stop, step = item.indices(size)
    except TypeError:
        raise TypeError("slice indices must be integers or None or have an __index__ method") from None
    if step > 0:
        return start, max(start, stop), step, False
    count = max(0, -(-(stop - start) // step))
    first = size - 1 - start
    return (first, first + (count - 1) * -step + 1, -step, True) if count else (0, 0, 1, False)


def _slice(dim, start, end, step=1):
    return ("slice", {"dim": dim, "start": start, "end": end, "step": step})


def _parse(array, key):
    """(steps of the view by the basic items, [(axis of that view, index or mask array)])."""
    items = [_item(item) for item in (key if isinstance(key, tuple) else (key,))]
    rank = array.ndim
    used = sum(map(_axes_used, items))
    if used > rank:
        raise IndexError(f"too many indices for array: array is {rank}-dimensional, but {used} were indexed")
    if sum(item is Ellipsis for item in items) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    if not any(item is Ellipsis for item in items):
        items.append(Ellipsis)
    steps, advanced = [], []
    shape, position, source = list(array.shape), 0, 0
    for item in items:
        if item is Ellipsis:
            position, source = position + rank - used, source + rank - used
        elif item is None or isinstance(item, bool):
            shape.insert(position, 1)
            steps.append(("reshape", {"shape": list(shape)}))
            if item is not None:
                advanced.append((position, array_of([item])))
            position += 1
        elif isinstance(item, slice):
            start, end, step, flipped = _bounds(item, shape[position])
            if flipped:
                steps.append(("flip", {"dims": [position]}))
            if (start, end, step) != (0, shape[position], 1):
                steps.append(_slice(position, start, end, step))
            shape[position] = max(0, -(-(end - start) // step))
            position, source = position + 1, source + 1
        elif isinstance(item, ndarray):
            advanced.append((position, item))
            position, source = position + _axes_used(item), source + _axes_used(item)
        else:
            size = shape[position]
            if not -size <= item < size:
                raise IndexError(f"index {item} is out of bounds for axis {source} with size {size}")
            if any(isinstance(other, ndarray) for other in items):
                # beside arrays a number is an array index too: it decides where the new axes go
                advanced.append((position, array_of(item % size)))
                position, source = position + 1, source + 1
                continue
            steps.append(_slice(position, item % size, item % size + 1))
            del shape[position]
            steps.append(("reshape", {"shape": list(shape)}))
            source += 1
    return steps, advanced


def _indices(base, advanced):
    """(axes, index arrays), masks replaced by the indices of what they hold; errors in NumPy's words."""
    dims, arrays = [], []
    for position, array in advanced:
        if array._name != "bool":
            dims.append(position)
            arrays.append(array)
            continue
        for offset, (wanted, size) in enumerate(zip(base.shape[position:], array.shape)):
            if size != wanted:
                raise IndexError(f"boolean index did not match indexed array along axis {position + offset}; size of axis is {wanted} "
                                 f"but size of corresponding boolean axis is {size}")
        found = nonzero(array)
        dims.extend(range(position, position + len(found)))
        arrays.extend(found)
    try:
        common_shape([array.shape for array in arrays])
    except ValueError:
        texts = " ".join(map(shape_text, (array.shape for array in arrays)))
        raise IndexError(f"shape mismatch: indexing arrays could not be broadcast together with shapes {texts} ") from None
    for dim, array in zip(dims, arrays):
        size = base.shape[dim]
        if array.size and not _in_bounds(array, size):
            wrong = next(number for number in array._flat() if not -size <= number < size)
            raise IndexError(f"index {wrong} is out of bounds for axis {dim} with size {size}")
    return dims, arrays


def _in_bounds(array, size):
    flat = array._flat()
    return min(flat) >= -size and max(flat) < size


def getitem(self, key):
    place = _place(self, key)
    if place is not None:
        number = self._element(place)
        if number is not None:
            return _scalars.make(self._name, number)
    steps, advanced = _parse(self, key)
    base = self._view(*steps) if steps or not advanced else self
    if not advanced:
        if base.ndim == 0 and not (key is Ellipsis or isinstance(key, tuple) and Ellipsis in [i for i in key if i is Ellipsis]):
            return wrap(base.value)
        return base
    dims, arrays = _indices(base, advanced)
    return wrap(door.record("index", [base.value, *(value_of(array, "int64") for array in arrays)], dims=dims))


def setitem(self, key, value):
    if not self._writeable:
        raise ValueError("assignment destination is read-only")
    place = _place(self, key)
    if place is not None and _write_element(self, place, value):
        return
    source = array_of(value)
    name = self._name
    if isinstance(key, ndarray) and key._name == "bool" and key.shape == self.shape and source.size == 1:
        self.assign(door.record("where", [key.value, value_of(source.reshape(()), name), self.value]))
        return
    steps, advanced = _parse(self, key)
    base = self._view(*steps)
    if not advanced:
        base.assign(_fitted(value_of(source, name), base.shape, "could not broadcast input array from shape {} into shape {}"))
        return
    dims, arrays = _indices(base, advanced)
    indices = [value_of(array, "int64") for array in arrays]
    target = door.record("index", [base.value, *indices], dims=dims).shape
    fit = _mask_words(key, source, target) or ("shape mismatch: value array of shape {} could not be broadcast to indexing result "
                                               "of shape {}")
    put = door.record("index_put", [base.value, _fitted(value_of(source, name), target, fit), *indices], dims=dims, accumulate=False)
    base.assign(put)


def _mask_words(key, source, target):
    if isinstance(key, ndarray) and key._name == "bool" and source.ndim == 1 and len(target) == 1 and source.size not in (1, target[0]):
        return (f"NumPy boolean array indexing assignment cannot assign {source.size} input values to the {target[0]} output values "
                "where the mask is true")
    return None


def _write_element(self, place, value):
    """Writes a number to one place without recording it, where that is possible."""
    if isinstance(value, generic):
        value = plain(value)
    elif isinstance(value, ndarray) and value.size == 1 and value.ndim == 0:
        value = value.item()
    if not isinstance(value, (int, float)):
        if not isinstance(value, (Array, str)) and isinstance(value, (list, tuple)):
            raise ValueError("setting an array element with a sequence.")
        return False
    kind = kind_of(self._name)
    if kind == "f":
        value = float(value)
    elif kind == "b":
        value = 1 if value else 0
    else:
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError("cannot convert float NaN to integer" if value != value else "cannot convert float infinity to integer")
        value = int(value)
    write = getattr(self._storage, "write", None)
    return write is not None and write(place, value)


def _fitted(value, shape, words):
    """A Value broadcast to the place it is written to; leading axes of size 1 fall away."""
    own = list(value.shape)
    while len(own) > len(shape) and own[0] == 1:
        own.pop(0)
    if len(own) > len(shape) or any(size not in (1, wanted) for size, wanted in zip(reversed(own), reversed(shape))):
        raise ValueError(words.format(shape_text(value.shape), shape_text(shape)))
    if tuple(own) != value.shape:
        value = door.record("reshape", [value], shape=own)
    return value if tuple(own) == tuple(shape) else door.record("expand", [value], shape=list(shape))


ndarray.__getitem__ = getitem
ndarray.__setitem__ = setitem


def integers(numbers, shape=None):
    """An int64 array of known numbers."""
    import array
    return from_buffer(array.array("i", numbers), "int64", (len(numbers),) if shape is None else shape)


def nonzero(a):
    """Indices of the elements that are not zero, one array per axis. Their number is data: the elements are read."""
    a = array_of(a)
    flat = [place for place, number in enumerate(a._flat()) if number]
    columns, stride = [], a.size
    for size in a.shape:
        stride //= max(size, 1)
        columns.append(integers([place // stride % size for place in flat]))
    return tuple(columns)


def argwhere(a):
    columns = [column._numbers() for column in nonzero(a)]
    return integers([number for row in zip(*columns) for number in row], (len(columns[0]) if columns else 0, len(columns)))


def flatnonzero(a):
    return nonzero(array_of(a).ravel())[0]


def count_nonzero(a, axis=None, *, keepdims=False):
    from ._reductions import sum
    result = sum(array_of(a) != 0, axis=axis, keepdims=keepdims)
    return int(result) if axis is None and not keepdims else result


def take(a, indices, axis=None, out=None, mode="raise"):
    a = array_of(a)
    if axis is None:
        a, axis = a.ravel(), 0
    if not isinstance(indices, (int, ndarray)):
        indices = array_of(indices)
    if mode != "raise":
        size = a.shape[axis]
        from ._ufuncs import FUNCTIONS
        from ._shaping import clip
        indices = FUNCTIONS["remainder"](indices, size) if mode == "wrap" else clip(indices, 0, size - 1)
    return a[(slice(None),) * (axis % a.ndim) + (indices,)]


def take_along_axis(arr, indices, axis=-1):
    arr, indices = array_of(arr), array_of(indices)
    if axis is None:
        return arr.ravel()[indices]
    return wrap(door.record("gather", [arr.value, from_start(value_of(indices, "int64"), arr.shape[axis])], dim=axis % arr.ndim))


def put_along_axis(arr, indices, values, axis):
    indices = array_of(indices)
    source = _fitted(value_of(array_of(values), arr._name), indices.shape, "shape mismatch: {} {}")
    arr.assign(door.record("scatter", [arr.value, from_start(value_of(indices, "int64"), arr.shape[axis]), source], dim=axis % arr.ndim))


def put(a, ind, v, mode="raise"):
    a.flat[array_of(ind)] = v


def compress(condition, a, axis=None, out=None):
    return take(a, flatnonzero(array_of(condition)), axis)


def extract(condition, arr):
    return array_of(arr).ravel()[array_of(condition).ravel().astype(bool)]


def place(arr, mask, vals):
    mask, vals = array_of(mask), array_of(vals).ravel()
    count = len(flatnonzero(mask))
    arr[mask.astype(bool)] = from_value(door.record("index", [vals.value, integers([i % vals.size for i in range(count)]).value], dims=[0]))


def putmask(a, mask, values):
    values = array_of(values)
    from ._shaping import resize
    from ._joining import where
    a[...] = where(array_of(mask), values if values.size == 1 else resize(values, a.shape), a)


def unravel_index(indices, shape, order="C"):
    array, results, stride = array_of(indices), [], math.prod(shape)
    for size in shape:
        stride //= size
        results.append((array // stride) % size)
    return tuple(results)


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    result = 0
    for index, size in zip(multi_index, dims):
        result = result * size + (array_of(index) if not isinstance(index, int) else index)
    return result


def ix_(*args):
    results = []
    for position, one in enumerate(args):
        array = array_of(one)
        if array._name == "bool":
            array = nonzero(array)[0]
        results.append(array.reshape((1,) * position + (array.size,) + (1,) * (len(args) - position - 1)))
    return tuple(results)


ndarray.take, ndarray.nonzero, ndarray.put = take, nonzero, put
ndarray.compress = lambda self, condition, axis=None, out=None: compress(condition, self, axis)
