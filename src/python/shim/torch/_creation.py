"""Making tensors: from Python data, of one number, or of a range."""
import array
import functools
import math

from _lens import door
from _lens.recording.array import Array

from ._apply import check_implemented, constant, detached, filled, is_number, number_of, type_name
from ._dtype import FLOAT, INTEGER, bool_, dtype_of, get_default_dtype, int64, number_dtype, promote_types
from ._layout import laid_out_as
from ._registry import FUNCTIONS
from ._size import integer, shape_of
from ._tensor import Tensor, wrap


def creator(function):
    """A function of torch that makes tensors: publishes it, with `requires_grad`, `device`, … taken off."""
    FUNCTIONS[function.__name__] = function
    return function


def _finished(tensor, requires_grad):
    if requires_grad and not (tensor.is_floating_point() or tensor.is_complex()):
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return tensor._as_new_leaf() if requires_grad else tensor


_PYTHON_INTEGERS = frozenset((int, bool))
_PYTHON_NUMBERS = _PYTHON_INTEGERS | {float}


def _shape_and_leaves(data):
    """Shape of nested sequences and their numbers, depth first. Tensors and arrays among them give their values."""
    if isinstance(data, Array):
        return list(data.value.shape), list(_numbers(data))
    if is_number(data) or isinstance(data, complex):
        return [], [data]
    if isinstance(data, (list, tuple)) and _PYTHON_NUMBERS.issuperset(map(type, data)):
        return [len(data)], data
    if isinstance(data, (list, tuple, range)) or hasattr(data, "__len__") and hasattr(data, "__getitem__") and not isinstance(
            data, (str, bytes, dict)):
        shape, leaves = None, []
        for position, item in enumerate(data):
            inner, found = _shape_and_leaves(item)
            if shape is None:
                shape = inner
            elif inner != shape:
                raise _ragged(shape, inner)
            leaves += found
        return [len(data), *(shape or [])], leaves
    if isinstance(data, str):
        raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
    raise RuntimeError(f"Could not infer dtype of {type_name(data)}")


def _ragged(shape, inner):
    if len(shape) != len(inner) and (not shape or not inner):
        return TypeError("not a sequence") if not inner else ValueError("only one element tensors can be converted to Python scalars")
    for depth, (wanted, got) in enumerate(zip(shape, inner), 1):
        if wanted != got:
            return ValueError(f"expected sequence of length {wanted} at dim {depth} (got {got})")
    return ValueError("too many dimensions")


def _numbers(source):
    data = door.read(source.value)
    return map(bool, data) if source.value.dtype == "bool" else data


def _inferred(data, leaves):
    """The dtype of Python data: that of its widest number."""
    first = data
    while isinstance(first, (list, tuple)) and first:
        first = first[0]
    if isinstance(first, Array):
        return dtype_of(first.value.dtype)
    if not leaves:
        return get_default_dtype()
    kinds = set(map(type, leaves))
    found = [number_dtype(kind()) for kind in kinds & _PYTHON_NUMBERS]
    if not kinds <= _PYTHON_NUMBERS:
        found += [_dtype_of_kind(leaf) for leaf in {type(leaf): leaf for leaf in leaves}.values()]
    return functools.reduce(promote_types, found)


def _dtype_of_kind(number):
    """The dtype of a number by itself: NumPy's scalars have their own."""
    return dtype_of(number.dtype) if hasattr(number, "dtype") else number_dtype(number)


@creator
def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    """A copy of `data`: nested sequences of numbers, an array or a tensor."""
    if isinstance(data, Tensor) and data.is_complex():
        return _finished(data.detach().clone().to(data.dtype if dtype is None else dtype_of(dtype)), requires_grad)
    if isinstance(data, Array):
        result = wrap(data.value if not _carries_gradient(data) else door.record("detach", [data.value]))
        if dtype is not None:
            result = detached(result.to(dtype_of(dtype)))
        return _finished(result, requires_grad)
    shape, leaves = _shape_and_leaves(data)
    wanted = _inferred(data, leaves) if dtype is None else dtype_of(dtype)
    return _finished(constant(_stored(leaves, wanted), wanted, tuple(shape)), requires_grad)


def _carries_gradient(data):
    return isinstance(data, Tensor) and data.requires_grad


def _stored(leaves, dtype):
    if dtype.is_complex:
        return list(map(complex, leaves))
    if dtype.category == FLOAT:
        return array.array(door.STORAGE[dtype.name][0], leaves)
    if dtype is bool_:
        return [1 if leaf else 0 for leaf in leaves]
    return leaves if _PYTHON_INTEGERS.issuperset(map(type, leaves)) else [int(leaf) for leaf in leaves]


@creator
def as_tensor(data, dtype=None, device=None):
    """`data` itself where it is a tensor or array of that dtype, else a copy."""
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype_of(dtype))
    if isinstance(data, Array):
        shared = data.view_of(into=Tensor)
        return shared if dtype is None else shared.to(dtype_of(dtype))
    return tensor(data, dtype=dtype)


@creator
def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    result = as_tensor(obj, dtype=dtype)
    return _finished(result.clone() if copy else result, requires_grad)


@creator
def from_numpy(ndarray):
    """A tensor over the same storage as a NumPy array."""
    if not isinstance(ndarray, Array) or isinstance(ndarray, Tensor):
        raise TypeError(f"expected np.ndarray (got {type_name(ndarray)})")
    return ndarray.view_of(into=Tensor)


def legacy_tensor(data, options):
    """`torch.Tensor(2, 3)` and `torch.Tensor([1, 2])`: sizes, or data of the default type."""
    if not data:
        return constant([], get_default_dtype(), (0,))
    if all(hasattr(size, "__index__") and not isinstance(size, Array) for size in data):
        return zeros(*data)
    if len(data) == 1 and isinstance(data[0], Tensor):
        return data[0].detach()
    if len(data) == 1 and type(data[0]).__name__ == "Size":
        return zeros(data[0])
    return tensor(data[0], dtype=get_default_dtype())


# Of one number

def _of_number(name, number):
    def function(*sizes, size=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False,
                 memory_format=None):
        sizes = shape_of(sizes if size is None else (size,), name)
        if name == "zeros" and any(size < 0 for size in sizes):
            raise RuntimeError("zeros: Dimension size must be non-negative.")
        _check_sizes(sizes)
        wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
        made = filled(sizes, number, wanted)
        if memory_format is not None:
            made = laid_out_as(made, made, memory_format)
        return _finished(made, requires_grad)

    def like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
        wanted = input.dtype if dtype is None else dtype_of(dtype)
        return _finished(laid_out_as(filled(input.value.shape, number, wanted), input, memory_format), requires_grad)

    def new(self, *size, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
        return function(*size, dtype=dtype or self.dtype, requires_grad=requires_grad)
    function.__name__, like.__name__ = name, name + "_like"
    setattr(Tensor, "new_" + name, new)
    creator(like)
    return creator(function)


def _check_sizes(sizes):
    for size in sizes:
        if size < 0:
            raise RuntimeError(f"Trying to create tensor with negative dimension {size}: {sizes}")


zeros = _of_number("zeros", 0)
ones = _of_number("ones", 1)
empty = _of_number("empty", 0)  # what uninitialized memory holds is not defined: zeros
zeros_like, ones_like, empty_like = (FUNCTIONS[name + "_like"] for name in ("zeros", "ones", "empty"))


@creator
def full(size, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False):
    if not isinstance(fill_value, Tensor) and not is_number(fill_value) and not isinstance(fill_value, complex):
        raise TypeError(f"full(): argument 'fill_value' (position 2) must be Number, not {type_name(fill_value)}")
    number = fill_value.item() if isinstance(fill_value, Tensor) else number_of(fill_value)
    wanted = number_dtype(number) if dtype is None else dtype_of(dtype)
    return _finished(filled(shape_of((size,)), number, wanted), requires_grad)


@creator
def full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
    made = full(input.shape, fill_value, dtype=dtype or input.dtype)
    return _finished(laid_out_as(made, input, memory_format), requires_grad)


Tensor.new_full = lambda self, size, fill_value, *, dtype=None, device=None, requires_grad=False: full(
    size, fill_value, dtype=dtype or self.dtype, requires_grad=requires_grad)
Tensor.new_tensor = lambda self, data, *, dtype=None, device=None, requires_grad=False: tensor(
    data, dtype=dtype or self.dtype, requires_grad=requires_grad)
Tensor.new = lambda self, *sizes: zeros(*sizes, dtype=self.dtype) if sizes else constant([], self.dtype, (0,))


@creator
def scalar_tensor(s, *, dtype=None, device=None, requires_grad=False):
    return full((), s, dtype=dtype or get_default_dtype(), requires_grad=requires_grad)


# Of a range

def _value(bound):
    return bound.item() if isinstance(bound, Tensor) or not isinstance(bound, (int, float)) else bound


@creator
def arange(start, end=None, step=1, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if end is None:
        start, end = 0, start
    start, end, step = _value(start), _value(end), _value(step)
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    floating = any(isinstance(bound, float) for bound in (start, end, step))
    wanted = (get_default_dtype() if floating else int64) if dtype is None else dtype_of(dtype)
    check_implemented("arange_cpu", wanted, INTEGER, FLOAT)
    length = math.ceil((end - start) / step)
    value = door.record("arange", start=start, step=step, length=length, dtype=wanted.name)
    return _finished(wrap(value), requires_grad)


@creator
def range_(start=0, end=None, step=1, **options):
    return arange(start, end + step, step, **{"dtype": get_default_dtype(), **options})


FUNCTIONS["range"] = FUNCTIONS.pop("range_")


@creator
def linspace(start, end, steps, *, dtype=None, layout=None, device=None, requires_grad=False):
    """`steps` points: the first half counted from the start, the second from the end, as PyTorch rounds them."""
    start, end, steps = _value(start), _value(end), integer(steps)
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    check_implemented("linspace_cpu", wanted, INTEGER, FLOAT)
    if steps == 1:
        return _finished(filled([1], start, wanted), requires_grad)
    step = _rounded((end - start) / max(steps - 1, 1), wanted)
    points = [start + step * i if i < steps // 2 else end - step * (steps - 1 - i) for i in range(steps)]
    return _finished(constant(_stored(points, wanted), wanted, (steps,)), requires_grad)


def _rounded(number, dtype):
    return array.array("f", [number])[0] if dtype.name == "float32" else number


@creator
def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    check_implemented("logspace_cpu", wanted, INTEGER, FLOAT)
    points = linspace(start, end, steps, dtype=wanted if wanted.is_floating_point else None)
    return _finished((base ** points).to(wanted), requires_grad)


@creator
def eye(n, m=None, *, dtype=None, layout=None, device=None, requires_grad=False):
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    if wanted.is_complex:
        return _finished(eye(n, m).to(wanted), requires_grad)
    value = door.record("eye", n=integer(n), m=integer(n if m is None else m), dtype=wanted.name)
    return _finished(wrap(value), requires_grad)
