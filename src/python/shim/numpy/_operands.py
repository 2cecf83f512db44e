"""What computations take: arrays, NumPy's scalars, Python's numbers; as recorded Values of one type, with NumPy's words for misfits."""
import math

from _lens import door
from _lens.recording.array import Array

from . import _scalars
from ._dtypes import DTYPES, can_cast, kind_of, recorded, result_name
from ._ndarray import ndarray
from ._scalars import generic, plain



class AxisError(ValueError, IndexError):
    """An axis that the array does not have."""

    def __init__(self, axis, ndim=None, msg_prefix=None):
        self.axis, self.ndim = axis, ndim
        text = axis if ndim is None else f"axis {axis} is out of bounds for array of dimension {ndim}"
        super().__init__(text if msg_prefix is None else f"{msg_prefix}: {text}")


class UFuncTypeError(TypeError):
    pass


def operand(thing):
    """`thing` as an array, a NumPy scalar or a Python number."""
    if isinstance(thing, (ndarray, generic, int, float)):
        return thing
    from ._creation import asarray
    return asarray(thing)


def array_of(thing):
    """`thing` as an array."""
    if isinstance(thing, ndarray):
        return thing
    from ._creation import asarray
    return asarray(thing)


def name_of(thing):
    """Name of the type of an array or scalar; None for a Python number."""
    return thing._name if isinstance(thing, (ndarray, generic)) else None


def result_type_of(operands):
    strong = [thing._name for thing in operands if isinstance(thing, (ndarray, generic))]
    weak = [bool if isinstance(thing, bool) else int if isinstance(thing, int) else float
            for thing in operands if not isinstance(thing, (ndarray, generic))]
    return result_name(strong, weak)


def promote_all(arrays):
    """Name of the type that holds the elements of all arrays."""
    return result_name([array._name for array in arrays], [])


def shape_of(thing):
    return thing.shape if isinstance(thing, ndarray) else ()


def value_of(thing, name):
    """The Value of an operand in the type `name`."""
    recorded(name)
    if isinstance(thing, ndarray):
        value = thing.value
    elif isinstance(thing, generic):
        value = thing._recorded or number_value(plain(thing), name)
    else:
        _check_range(thing, name)
        return number_value(thing, name)
    return value if value.dtype == name else door.record("cast", [value], dtype=name)


def number_value(number, name, shape=()):
    """A Value of one number."""
    if kind_of(name) == "f":
        number = float(number)
        if not math.isfinite(number):  # JSON has no such numbers
            value = door.constant([number], name, ())
            return door.record("expand", [value], shape=list(shape)) if shape else value
    elif kind_of(name) == "b":
        number = int(bool(number))
    else:
        number = int(number)
        if not -0x80000000 <= number <= 0x7FFFFFFF:
            raise OverflowError(f"{number} does not fit the 32 bits in which {name} is stored here")
    return door.record("full", shape=list(shape), value=number, dtype=name)


def _check_range(number, name):
    if kind_of(name) in "iu" and isinstance(number, int):
        from ._dtypes import iinfo
        limits = iinfo(name)
        if not limits.min <= number <= limits.max:
            raise OverflowError(f"Python integer {number} out of bounds for {name}")


def broadcast_shapes(*shapes):
    """The shape that arrays of these shapes have together."""
    shapes = [(shape,) if isinstance(shape, int) else tuple(shape) for shape in shapes]
    result = [1] * max(map(len, shapes), default=0)
    for shape in shapes:
        for back, size in enumerate(reversed(shape), 1):
            if size != 1:
                if result[-back] not in (1, size):
                    raise ValueError("shape mismatch: objects cannot be broadcast to a single shape")
                result[-back] = size
    return tuple(result)


def common_shape(shapes):
    """As `broadcast_shapes`, with the words of an operation."""
    try:
        return broadcast_shapes(*shapes)
    except ValueError:
        texts = " ".join(shape_text(shape) for shape in shapes)
        raise ValueError(f"operands could not be broadcast together with shapes {texts} ") from None


def shape_text(shape):
    """A shape as NumPy's messages write it: no blanks."""
    return "(" + ",".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def axis_of(axis, ndim):
    """A non-negative axis."""
    number = axis.__index__()
    if not -ndim <= number < ndim:
        raise AxisError(number, ndim)
    return number + ndim if number < 0 else number


def axes_of(axis, ndim):
    """Axes to reduce, ascending: None is all of them."""
    if axis is None:
        return list(range(ndim))
    if not isinstance(axis, (tuple, list)):
        return [axis_of(axis, ndim)]
    axes = [axis_of(one, ndim) for one in axis]
    if len(set(axes)) != len(axes):
        raise ValueError("duplicate value in 'axis'")
    return sorted(axes)


def size_of(shape):
    """A shape given as a number or as a sequence of them, as a tuple."""
    if isinstance(shape, (list, tuple)) or isinstance(shape, Array) and shape.value.shape:
        sizes = tuple(int(size.__index__()) for size in shape)
    else:
        sizes = (int(shape.__index__()),)
    if any(size < 0 for size in sizes):
        raise ValueError("negative dimensions are not allowed")
    return sizes


def cast(array, name):
    """The array itself where it has that type, else a cast of it."""
    from ._ndarray import from_value
    return array if array._name == name else from_value(door.record("cast", [array.value], dtype=recorded(name)))


def write(out, value, operation="copyto", casting="same_kind"):
    """Puts a Value into an array that was given as `out=`; returns the array."""
    if not isinstance(out, ndarray):
        raise TypeError("return arrays must be of ArrayType")
    if not out._writeable:
        raise ValueError("output array is read-only")
    name = out._name
    if not can_cast(value.dtype, name, casting):
        raise UFuncTypeError(f"Cannot cast ufunc '{operation}' output from {DTYPES[value.dtype]!r} to {DTYPES[name]!r} "
                             f"with casting rule '{casting}'")
    shape = out.shape
    if value.shape != shape:
        if common_shape([shape, value.shape]) != shape:
            raise ValueError(f"non-broadcastable output operand with shape {shape_text(shape)} doesn't match the broadcast shape "
                             f"{shape_text(common_shape([shape, value.shape]))}")
        value = door.record("expand", [value], shape=list(shape))
    if value.dtype != name:
        value = door.record("cast", [value], dtype=name)
    out.assign(value)
    return out


def is_number(thing):
    return isinstance(thing, (int, float, generic))


def as_scalar(number, name):
    return _scalars.make(name, number)


