"""Several arrays into one, one into several, and choices between them."""
from _lens import door

from ._dtypes import dtype_of, kind_of
from ._ndarray import from_value, ndarray
from ._operands import (array_of, axis_of, cast, common_shape, operand, promote_all, result_type_of, shape_of, value_of, write)


def concatenate(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    parts = [array_of(array) for array in arrays]
    if not parts:
        raise ValueError("need at least one array to concatenate")
    if any(not getattr(part, "is_recorded", True) for part in parts):
        from ._plain import PlainArray
        return PlainArray.of_nested([item for part in parts for item in part.tolist()], None)
    if axis is None:
        parts, axis = [part.ravel() for part in parts], 0
    rank = parts[0].ndim
    if rank == 0:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    axis = axis_of(axis, rank)
    for position, part in enumerate(parts):
        if part.ndim != rank:
            raise ValueError("all the input arrays must have same number of dimensions, but the array at index 0 has "
                             f"{rank} dimension(s) and the array at index {position} has {part.ndim} dimension(s)")
        for dim, (size, wanted) in enumerate(zip(part.shape, parts[0].shape)):
            if dim != axis and size != wanted:
                raise ValueError("all the input array dimensions except for the concatenation axis must match exactly, but along "
                                 f"dimension {dim}, the array at index 0 has size {wanted} and the array at index {position} has size "
                                 f"{size}")
    name = dtype_of(dtype).name if dtype is not None else promote_all(parts)
    values = [value_of(part, name) for part in parts if part.size] or [value_of(parts[0], name)]
    value = door.record("cat", values, dim=axis) if len(values) > 1 else values[0]
    return from_value(value) if out is None else write(out, value, "concatenate")


concat = concatenate


def stack(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    parts = [array_of(array) for array in arrays]
    if not parts:
        raise ValueError("need at least one array to stack")
    if len({part.shape for part in parts}) != 1:
        raise ValueError("all input arrays must have the same shape")
    place = axis_of(axis, parts[0].ndim + 1)
    return concatenate([_expanded(part, place) for part in parts], place, out, dtype=dtype)


def _expanded(part, place):
    shape = list(part.shape)
    shape.insert(place, 1)
    return part._view(("reshape", {"shape": shape}))


def vstack(tup, *, dtype=None, casting="same_kind"):
    from ._shaping import atleast_2d
    return concatenate([atleast_2d(part) for part in tup], 0, dtype=dtype)


row_stack = vstack


def hstack(tup, *, dtype=None, casting="same_kind"):
    from ._shaping import atleast_1d
    parts = [atleast_1d(part) for part in tup]
    return concatenate(parts, 0 if parts and parts[0].ndim == 1 else 1, dtype=dtype)


def dstack(tup, *, dtype=None, casting="same_kind"):
    from ._shaping import atleast_3d
    return concatenate([atleast_3d(part) for part in tup], 2, dtype=dtype)


def column_stack(tup):
    parts = [array_of(part) for part in tup]
    return concatenate([part.reshape(-1, 1) if part.ndim < 2 else part for part in parts], 1)


def append(arr, values, axis=None):
    if axis is None:
        return concatenate([array_of(arr).ravel(), array_of(values).ravel()])
    return concatenate([arr, values], axis)


def insert(arr, obj, values, axis=None):
    arr = array_of(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    axis = axis_of(axis, arr.ndim)
    size = arr.shape[axis]
    before = (slice(None),) * axis
    if isinstance(obj, int):
        values = cast(array_of(values), arr._name)
        rest = list(arr.shape)
        rest[axis] = 1 if values.ndim < arr.ndim else values.shape[axis]
        from ._shaping import broadcast_to
        if values.ndim == 1 and arr.ndim == 1:
            rest[axis] = values.size
        middle = broadcast_to(values if values.ndim in (0, arr.ndim) else values.reshape(rest), rest)
        at = obj % size if obj < 0 else obj
        return concatenate([arr[before + (slice(None, at),)], middle, arr[before + (slice(at, None),)]], axis)
    places = [int(place) for place in array_of(obj)]
    filler = array_of(values)
    result = arr
    for shift, (number, place) in enumerate(sorted(enumerate(places), key=lambda pair: pair[1])):
        result = insert(result, place + shift, filler if filler.ndim == 0 else filler[number % filler.shape[0]], axis)
    return result


def delete(arr, obj, axis=None):
    arr = array_of(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    axis = axis_of(axis, arr.ndim)
    size = arr.shape[axis]
    if isinstance(obj, slice):
        gone = set(range(*obj.indices(size)))
    else:
        places = array_of(obj)
        numbers = [place for place, hit in enumerate(places._flat()) if hit] if places._name == "bool" else places.ravel()._numbers()
        for number in numbers:
            if not -size <= number < size:
                raise IndexError(f"index {number} is out of bounds for axis {axis} with size {size}")
        gone = {number % size for number in numbers}
    from ._indexing import integers
    return arr[(slice(None),) * axis + (integers([place for place in range(size) if place not in gone]),)]


def array_split(ary, indices_or_sections, axis=0):
    ary = array_of(ary)
    axis = axis_of(axis, ary.ndim)
    size = ary.shape[axis]
    if hasattr(indices_or_sections, "__index__"):
        count = int(indices_or_sections)
        if count <= 0:
            raise ValueError("number sections must be larger than 0.")
        each, extras = divmod(size, count)
        ends = [0]
        for part in range(count):
            ends.append(ends[-1] + each + (part < extras))
    else:
        ends = [0, *map(int, indices_or_sections), size]
    before = (slice(None),) * axis
    return [ary[before + (slice(start, end),)] for start, end in zip(ends, ends[1:])]


def split(ary, indices_or_sections, axis=0):
    ary = array_of(ary)
    if hasattr(indices_or_sections, "__index__") and ary.shape[axis] % int(indices_or_sections):
        raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 1 if array_of(ary).ndim > 1 else 0)


def dsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 2)


def unstack(x, /, *, axis=0):
    from ._shaping import moveaxis
    return tuple(moveaxis(x, axis, 0))


def tile(A, reps):
    A = array_of(A)
    counts = list(reps) if isinstance(reps, (list, tuple, ndarray)) else [reps]
    rank = max(len(counts), A.ndim)
    shape = [1] * (rank - A.ndim) + list(A.shape)
    counts = [1] * (rank - len(counts)) + [int(count) for count in counts]
    spread = [size for pair in zip([1] * rank, shape) for size in pair]
    target = [size for pair in zip(counts, shape) for size in pair]
    value = door.record("reshape", [A.value], shape=spread)
    value = door.record("expand", [value], shape=target)
    return from_value(door.record("reshape", [value], shape=[count * size for count, size in zip(counts, shape)]))


def repeat(a, repeats, axis=None):
    a = array_of(a)
    if axis is None:
        a, axis = a.ravel(), 0
    axis = axis_of(axis, a.ndim)
    counts = array_of(repeats).ravel()._numbers()
    size = a.shape[axis]
    if len(counts) == 1:
        counts *= size
    if len(counts) != size:
        raise ValueError(f"operands could not be broadcast together with shape ({size},) ({len(counts)},)")
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    from ._indexing import integers
    return a[(slice(None),) * axis + (integers(places),)]


def roll(a, shift, axis=None):
    a = array_of(a)
    if axis is None:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    shifts = shift if isinstance(shift, (list, tuple)) else [shift]
    axes = axis if isinstance(axis, (list, tuple)) else [axis] * len(shifts)
    for amount, one in zip(shifts, axes):
        one = axis_of(one, a.ndim)
        size = a.shape[one]
        cut = size - amount % size if size else 0
        if cut not in (0, size):
            before = (slice(None),) * one
            a = concatenate([a[before + (slice(cut, None),)], a[before + (slice(None, cut),)]], one)
    return a.copy()


_MODES = {"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}


def pad(array, pad_width, mode="constant", *, constant_values=0, **options):
    array = array_of(array)
    rank = array.ndim
    widths = array_of(pad_width).tolist()
    if isinstance(widths, int):
        pairs = [[widths, widths]] * rank
    elif isinstance(widths[0], int):
        pairs = [widths * 2 if len(widths) == 1 else widths] * rank
    else:
        pairs = [pair * 2 if len(pair) == 1 else pair for pair in widths]
        pairs = pairs * rank if len(pairs) == 1 else pairs
    if len(pairs) != rank:
        raise ValueError("operands could not be broadcast together with remapped shapes [original->remapped]: "
                         f"({len(pairs)},2) and requested shape ({rank},2)")
    if mode in ("symmetric", "linear_ramp", "maximum", "mean", "median", "minimum", "empty"):
        if mode == "symmetric":
            return _symmetric(array, pairs)
        if mode != "empty":
            raise door.UnsupportedError(f"numpy.pad with mode={mode!r} is not supported")
        mode = "constant"
    if mode not in _MODES:
        raise ValueError(f"mode '{mode}' is not supported")
    if mode == "constant" and not isinstance(constant_values, (int, float)):
        return _constant_pad(array, pairs, array_of(constant_values).tolist())
    if mode == "constant" and kind_of(array._name) == "b":
        return cast(pad(cast(array, "int64"), pad_width, constant_values=int(bool(constant_values))), "bool")
    if mode != "constant":
        # beyond the trailing axes the recorder pads one axis after another
        places = [list(range(size)) for size in array.shape]
        return _by_places(array, [_around(len(own), pair, mode) for own, pair in zip(places, pairs)])
    return from_value(door.record("pad", [array.value], pads=pairs, mode="constant", value=constant_values))


def _around(size, pair, mode):
    """Which index each place of a padded axis takes."""
    places = range(-pair[0], size + pair[1])
    if mode == "edge":
        return [min(max(place, 0), size - 1) for place in places]
    if mode == "wrap":
        return [place % size for place in places]
    period = 2 * (size - 1) if mode == "reflect" else 2 * size
    if period == 0:
        return [0 for _ in places]
    folded = [place % period for place in places]
    last = period if mode == "reflect" else period - 1
    return [place if place < size else last - place for place in folded]


def _symmetric(array, pairs):
    return _by_places(array, [_around(size, pair, "symmetric") for size, pair in zip(array.shape, pairs)])


def _by_places(array, places):
    from ._indexing import integers
    for axis, wanted in enumerate(places):
        if wanted != list(range(array.shape[axis])):
            array = array[(slice(None),) * axis + (integers(wanted),)]
    return array


def _constant_pad(array, pairs, constants):
    from ._creation import full
    constants = [constants * 2 if len(constants) == 1 else constants] * array.ndim if not isinstance(constants[0], list) else constants
    for axis, (pair, fill) in enumerate(zip(pairs, constants)):
        shapes = [list(array.shape), list(array.shape)]
        shapes[0][axis], shapes[1][axis] = pair
        array = concatenate([full(shapes[0], fill[0], array._name), array, full(shapes[1], fill[1], array._name)], axis)
    return array


def where(condition, x=None, y=None, /):
    """Elements of `x` where the condition holds, else of `y`; with the condition alone, the indices where it holds."""
    if x is None and y is None:
        from ._indexing import nonzero
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError("either both or neither of x and y should be given")
    x, y = operand(x), operand(y)
    mask = array_of(condition)
    if not getattr(x, "is_recorded", True) or not getattr(y, "is_recorded", True):
        from ._plain import choose
        return choose(mask, x, y)
    common_shape([mask.shape, shape_of(x), shape_of(y)])
    name = result_type_of([x, y])
    return from_value(door.record("where", [value_of(mask, "bool"), value_of(x, name), value_of(y, name)]))


def select(condlist, choicelist, default=0):
    from ._creation import full
    name = result_type_of([operand(choice) for choice in choicelist] + [default])
    shape = common_shape([array_of(thing).shape for thing in (*condlist, *choicelist)])
    result = full(shape, default, name)
    for condition, choice in reversed(list(zip(condlist, choicelist))):
        result = where(condition, choice, result)
    return result


def choose(a, choices, out=None, mode="raise"):
    a = array_of(a)
    result = array_of(choices[0])
    for number, choice in enumerate(choices[1:], 1):
        result = where(a == number, choice, result)
    return result


def block(arrays):
    def join(parts, depth):
        if not isinstance(parts, list):
            return array_of(parts), 0
        joined = [join(part, depth + 1) for part in parts]
        below = max(level for _, level in joined)
        from ._shaping import atleast_2d
        return concatenate([atleast_2d(array) for array, _ in joined], -1 - below), below + 1
    return join(arrays, 0)[0]


def trim_zeros(filt, trim="fb"):
    numbers = array_of(filt)._numbers()
    start, end = 0, len(numbers)
    while "f" in trim and start < end and numbers[start] == 0:
        start += 1
    while "b" in trim and end > start and numbers[end - 1] == 0:
        end -= 1
    return filt[start:end]


ndarray.repeat = repeat
ndarray.choose = choose
