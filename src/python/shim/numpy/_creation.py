"""Arrays out of Python's data, and arrays of one number or a rule."""
import array as _array
import math

from _lens import door
from _lens.recording.array import Array

from ._dtypes import DTYPES, dtype_of, kind_of, promote, recorded
from ._ndarray import from_buffer, from_value, ndarray
from ._operands import array_of, cast, number_value, result_type_of, size_of
from ._scalars import generic, plain

_PYTHON_NAMES = {bool: "bool", int: "int64", float: "float64"}


def array(object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0, like=None):
    """A new array of nested sequences, numbers, or another array."""
    name = None if dtype is None else dtype_of(dtype).name
    made = _convert(object, dtype)
    if isinstance(object, Array) and made._storage is object._storage and copy:
        made = made.copy()
    if name is not None and made._name != name:
        made = made.astype(dtype)
    while made.ndim < ndmin:
        made = made._view(("reshape", {"shape": [1, *made.shape]}))
    return made


def asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """`a` itself where it is an array of that type. A tensor of another framework becomes an array over the same storage."""
    if isinstance(a, ndarray) and (dtype is None or dtype_of(dtype).name == a._name):
        return a.copy() if copy else a
    made = _convert(a, dtype)
    return made if dtype is None or made._name == dtype_of(dtype).name else made.astype(dtype)


asanyarray = ascontiguousarray = asfortranarray = asarray


def _convert(thing, dtype):
    if isinstance(thing, ndarray):
        return thing
    if isinstance(thing, Array):
        if getattr(thing, "requires_grad", False):
            return thing.numpy()
        return thing.view_of(into=ndarray)
    if isinstance(thing, generic) and not isinstance(thing, str):
        if thing._recorded is not None:
            return from_value(thing._recorded)
        return _of_numbers([plain(thing)], thing._name, ())
    if isinstance(thing, (bool, int, float)):
        return _of_numbers([thing], _name_for(dtype, _PYTHON_NAMES[type(thing)] if type(thing) in _PYTHON_NAMES else "int64"), ())
    if isinstance(thing, (list, tuple, range)) or hasattr(thing, "__len__") and hasattr(thing, "__getitem__") and not isinstance(
            thing, (str, bytes, dict)) and not hasattr(thing, "__array__"):
        return _of_sequence(thing if isinstance(thing, (list, tuple, range)) else list(thing), dtype)
    method = getattr(thing, "__array__", None)
    if method is not None:
        return _convert(method(), dtype)
    from ._plain import PlainArray
    return PlainArray([thing], (), dtype)


def _name_for(dtype, found):
    """The type to store at once: the one asked for, where numbers of the found type go into it as they are."""
    if dtype is None:
        return found
    name = dtype_of(dtype).name
    return name if name in DTYPES and kind_of(name) == "f" and name != "float16" else found


def _of_sequence(sequence, dtype):
    if dtype is not None and dtype_of(dtype).kind in "UO":
        from ._plain import PlainArray
        return PlainArray.of_nested(sequence, dtype)
    shape, leaves = [], []
    _flatten(sequence, shape, 0, leaves)
    kinds = set(map(type, leaves))
    if kinds and all(issubclass(kind, Array) for kind in kinds):
        return _of_arrays([array_of(leaf) for leaf in leaves], shape)
    found = _leaf_name(kinds, leaves)
    if found is None:
        from ._plain import PlainArray
        return PlainArray(leaves, tuple(shape), dtype)
    if any(issubclass(kind, generic) for kind in kinds):
        leaves = [plain(leaf) for leaf in leaves]
    if any(issubclass(kind, Array) for kind in kinds):
        leaves = [leaf.item() if isinstance(leaf, Array) else leaf for leaf in leaves]
    return _of_numbers(leaves, _name_for(dtype, found), tuple(shape))


def _leaf_name(kinds, leaves):
    """Type of an array of these leaves, None where they are not numbers."""
    name = None
    for kind in kinds:
        if kind in _PYTHON_NAMES:
            own = _PYTHON_NAMES[kind]
        elif issubclass(kind, generic) and kind._name in DTYPES:
            own = kind._name
        elif issubclass(kind, Array):
            own = next(array_of(leaf)._name for leaf in leaves if type(leaf) is kind)
        elif issubclass(kind, float):
            own = "float64"
        elif issubclass(kind, int):
            own = "int64"
        else:
            return None
        name = own if name is None else promote(name, own)
    return name or "float64"


def _flatten(data, shape, depth, leaves):
    """The leaves of nested sequences of one shape, row by row."""
    if isinstance(data, (list, tuple, range)) or isinstance(data, ndarray) and data.ndim and not getattr(data, "is_recorded", True):
        if len(shape) == depth:
            if leaves:
                raise _ragged(shape, depth)
            shape.append(len(data))
        elif shape[depth] != len(data):
            raise _ragged(shape, depth)
        if data and type(data[0]) in _PYTHON_NAMES and not isinstance(data, range):
            if not any(issubclass(kind, (list, tuple, range, Array)) for kind in set(map(type, data))):
                if len(shape) != depth + 1:
                    raise _ragged(shape, depth + 1)
                leaves.extend(data)
                return
        for item in data:
            _flatten(item, shape, depth + 1, leaves)
        return
    inner = tuple(data.shape) if isinstance(data, Array) else ()
    if not inner and hasattr(data, "__array__") and not isinstance(data, (Array, generic)):
        data = data.__array__()
        inner = tuple(data.shape)
    if len(shape) == depth and not leaves:
        leaves.append(data)
        if inner:
            shape.append(_Inner(inner))
        return
    own = shape[depth] if len(shape) > depth else _Inner(())
    if not isinstance(own, _Inner) or own.shape != inner:
        raise _ragged(shape, depth)
    leaves.append(data)


class _Inner:
    """Stands in a shape for the axes of the arrays that lie in the sequences."""

    def __init__(self, shape):
        self.shape = shape


def _ragged(shape, depth):
    known = tuple(size for size in shape[:depth] if not isinstance(size, _Inner))
    text = f"({known[0]},)" if len(known) == 1 else str(known)
    return ValueError(f"setting an array element with a sequence. The requested array has an inhomogeneous shape after {len(known)} "
                      f"dimensions. The detected shape was {text} + inhomogeneous part.")


def _of_arrays(arrays, shape):
    """Arrays of one shape in nested sequences: stacked, and so still connected with what they were computed from."""
    inner = arrays[0].shape
    outer = [size for size in shape if not isinstance(size, _Inner)]
    if any(not getattr(array, "is_recorded", True) for array in arrays):
        from ._plain import PlainArray
        return PlainArray.of_nested([array.tolist() for array in arrays], None)
    name = arrays[0]._name
    for array in arrays:
        name = promote(name, array._name)
    rows = [door.record("reshape", [cast(array, name).value], shape=[1, *inner]) for array in arrays]
    joined = door.record("cat", rows, dim=0) if len(rows) > 1 else rows[0]
    return from_value(joined if joined.shape == (*outer, *inner) else door.record("reshape", [joined], shape=[*outer, *inner]))


def _of_numbers(leaves, name, shape):
    """An array of known Python numbers."""
    recorded(name)
    code = door.STORAGE[name][0]
    if kind_of(name) == "b":
        leaves = [1 if leaf else 0 for leaf in leaves]
    elif kind_of(name) in "iu":
        leaves = leaves if set(map(type, leaves)) == {int} else list(map(int, leaves))
    try:
        return from_buffer(_array.array(code, leaves), name, shape)
    except OverflowError:
        raise OverflowError(f"a number does not fit the 32 bits in which {name} is stored here") from None


def filled(shape, number, name):
    return from_value(number_value(number, recorded(name), shape))


def zeros(shape, dtype=float, order="C", *, device=None, like=None):
    return _constant(shape, dtype, 0)


def ones(shape, dtype=float, order="C", *, device=None, like=None):
    return _constant(shape, dtype, 1)


empty = zeros


def _constant(shape, dtype, number):
    found = dtype_of(dtype)
    if found.kind in "UO":
        from ._plain import PlainArray
        sizes = size_of(shape)
        return PlainArray(["" if found.kind == "U" else number] * math.prod(sizes), sizes, found)
    return filled(size_of(shape), number, found.name)


def full(shape, fill_value, dtype=None, order="C", *, device=None, like=None):
    sizes = size_of(shape)
    if isinstance(fill_value, (str, type(None))):
        from ._plain import PlainArray
        return PlainArray([fill_value] * math.prod(sizes), sizes, dtype)
    source = array_of(fill_value) if not isinstance(fill_value, (int, float, generic)) else fill_value
    name = dtype_of(dtype).name if dtype is not None else result_type_of([source])
    if isinstance(source, ndarray):
        made = filled(sizes, 0, name)
        made[...] = source
        return made
    return filled(sizes, plain(source), name)


def _like(a, dtype, shape, number):
    a = array_of(a)
    return full(a.shape if shape is None else shape, number, a._name if dtype is None else dtype)


def zeros_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return _like(a, dtype, shape, 0)


def ones_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return _like(a, dtype, shape, 1)


def full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return _like(a, dtype, shape, fill_value)


empty_like = zeros_like


def fromiter(iter, dtype, count=-1, *, like=None):
    items = list(iter)
    return array(items[:count] if count >= 0 else items, dtype=dtype)


def frombuffer(buffer, dtype=float, count=-1, offset=0):
    import struct
    found = dtype_of(dtype)
    data = bytes(buffer)[offset:]
    length = len(data) // found.itemsize if count < 0 else count
    code = {"bool": "?", "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q",
            "uint64": "Q", "float16": "e", "float32": "f", "float64": "d"}[found.name]
    order = ">" if isinstance(dtype, str) and dtype.startswith(">") else "<"
    numbers = struct.unpack_from(f"{order}{length}{code}", data)
    name = found.name if found.name in door.STORAGE else "int64"
    return _of_numbers(numbers, name, (length,))


def fromstring(string, dtype=float, count=-1, *, sep):
    return array([float(part) for part in string.split(sep.strip() or None) if part.strip()], dtype=dtype)
