"""Making tensors: from Python data, of one number, of a range, or drawn from a generator."""
import array
import functools
import math

from _lens import door
from _lens.array import Array

from ._apply import constant, detached, filled, is_number, number_of, type_name
from ._dtype import DTYPES, FLOAT, REAL_OF, bool_, dtype_of, float64, get_default_dtype, int64, number_dtype, promote_types
from ._generator import generator_id
from ._layout import memory_order
from ._registry import FUNCTIONS, public
from ._size import integer, shape_of
from ._tensor import Tensor, wrap


def creator(function):
    """A function of torch that makes tensors: publishes it, with `requires_grad`, `device`, … taken off."""
    FUNCTIONS[function.__name__] = function
    return function


def _finished(tensor, requires_grad, out=None):
    if out is not None:
        from ._apply import finish
        return finish(tensor, out)
    if requires_grad and not (tensor.is_floating_point() or tensor.is_complex()):
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return tensor.requires_grad_() if requires_grad else tensor


def _shape_and_leaves(data):
    """Shape of nested sequences and their numbers, depth first. Tensors and arrays among them give their values."""
    if isinstance(data, Array):
        return list(data.value.shape), list(_numbers(data))
    if is_number(data) or isinstance(data, complex):
        return [], [data]
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
    found = [_dtype_of_kind(leaf) for leaf in {type(leaf): leaf for leaf in leaves}.values()]
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
        return array.array(door.STORAGE[dtype.name][0], map(float, leaves))
    if dtype is bool_:
        return [1 if leaf else 0 for leaf in leaves]
    return [int(leaf) for leaf in leaves]


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
    if all(hasattr(size, "__index__") and not isinstance(size, Tensor) for size in data):
        return zeros(*data)
    if len(data) == 1 and isinstance(data[0], Tensor):
        return data[0].detach()
    if len(data) == 1 and type(data[0]).__name__ == "Size":
        return zeros(data[0])
    return tensor(data[0], dtype=get_default_dtype())


def typed_tensor(name, dtype):
    """`torch.LongTensor` and the like: called with sizes or data, and asked by isinstance."""
    def of_class(cls, instance):
        return isinstance(instance, Tensor) and instance.value.dtype == dtype.name

    def make(cls, *data):
        if not data:
            return constant([], dtype, (0,))
        if all(isinstance(size, int) for size in data):
            return zeros(*data, dtype=dtype)
        return tensor(data[0], dtype=dtype)
    meta = type("tensortype", (type,), {"__instancecheck__": of_class, "__call__": make})
    return meta(name, (), {"__module__": "torch", "dtype": dtype})


# Of one number

def _of_number(name, number):
    def function(*sizes, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False,
                 memory_format=None):
        sizes = shape_of(sizes if size is None else (size,))
        if name == "zeros" and any(size < 0 for size in sizes):
            raise RuntimeError("zeros: Dimension size must be non-negative.")
        _check_sizes(sizes)
        wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
        return _finished(filled(sizes, number, wanted), requires_grad, out)

    def like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
        wanted = input.dtype if dtype is None else dtype_of(dtype)
        return _finished(filled(input.value.shape, number, wanted), requires_grad)

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
def full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    number = fill_value.item() if isinstance(fill_value, Tensor) else number_of(fill_value)
    wanted = number_dtype(number) if dtype is None else dtype_of(dtype)
    return _finished(filled(shape_of((size,)), number, wanted), requires_grad, out)


@creator
def full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
    return full(input.shape, fill_value, dtype=dtype or input.dtype, requires_grad=requires_grad)


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
def arange(start, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if end is None:
        start, end = 0, start
    start, end, step = _value(start), _value(end), _value(step)
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    floating = any(isinstance(bound, float) for bound in (start, end, step))
    wanted = (get_default_dtype() if floating else int64) if dtype is None else dtype_of(dtype)
    length = math.ceil((end - start) / step)
    value = door.record("arange", start=start, step=step, length=length, dtype=wanted.name)
    return _finished(wrap(value), requires_grad, out)


@creator
def range_(start=0, end=None, step=1, **options):
    return arange(start, end + step, step, **{"dtype": get_default_dtype(), **options})


FUNCTIONS["range"] = FUNCTIONS.pop("range_")


@creator
def linspace(start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """`steps` points: the first half counted from the start, the second from the end, as PyTorch rounds them."""
    start, end, steps = _value(start), _value(end), integer(steps)
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    if steps == 1:
        return _finished(filled([1], start, wanted), requires_grad, out)
    step = _rounded((end - start) / max(steps - 1, 1), wanted)
    points = [start + step * i if i < steps // 2 else end - step * (steps - 1 - i) for i in range(steps)]
    return _finished(constant(_stored(points, wanted), wanted, (steps,)), requires_grad, out)


def _rounded(number, dtype):
    return array.array("f", [number])[0] if dtype.name == "float32" else number


@creator
def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    return _finished(base ** linspace(start, end, steps, dtype=dtype), requires_grad)


@creator
def eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    value = door.record("eye", n=integer(n), m=integer(n if m is None else m), dtype=wanted.name)
    return _finished(wrap(value), requires_grad, out)


# Drawn

def drawn(op, shape, dtype, generator=None, **attributes):
    """A tensor drawn by a random op, next in the generator's sequence."""
    _check_sizes(shape)
    if dtype.is_complex:
        return _drawn_complex(op, shape, dtype, generator, attributes)
    return wrap(door.record(op, shape=list(shape), dtype=dtype.name, generator=generator_id(generator), **attributes))


def _drawn_complex(op, shape, dtype, generator, attributes):
    """Both parts from the same sequence; a normal one's variance is that of the two together."""
    from ._complex import of_pairs
    if op == "normal":
        attributes = {**attributes, "std": attributes["std"] * math.sqrt(0.5)}
    return of_pairs(drawn(op, [*shape, 2], DTYPES[REAL_OF[dtype.name]], generator, **attributes))


def drawn_like(op, tensor, generator=None, **attributes):
    """Drawn in the shape of `tensor` and in the order of its memory: a transposed view is filled as what it is a view of."""
    shape, order = list(tensor.value.shape), memory_order(tensor)
    if order == list(range(len(shape))):
        return drawn(op, shape, tensor.dtype, generator, **attributes)
    result = drawn(op, [shape[d] for d in order], tensor.dtype, generator, **attributes)
    return result.permute([order.index(d) for d in range(len(shape))])


def _drawn_creator(name, op, **attributes):
    def function(*sizes, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
        wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
        return _finished(drawn(op, shape_of(sizes if size is None else (size,)), wanted, generator, **attributes), requires_grad, out)

    def like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
        source = input if dtype is None else input.to(dtype_of(dtype))
        return _finished(drawn_like(op, source, generator, **attributes), requires_grad)
    function.__name__, like.__name__ = name, name + "_like"
    creator(like)
    return creator(function)


# PyTorch's CPU `uniform` and `normal` are asked for by keyword, so that they read as the op's attributes.
rand = _drawn_creator("rand", "uniform", **{"from": 0.0, "to": 1.0})
randn = _drawn_creator("randn", "normal", mean=0.0, std=1.0)


@creator
def randint(low, high=None, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if size is None and high is not None:
        low, high, size = 0, low, high
    elif high is None:
        low, high = 0, low
    low, high = integer(low), integer(high)
    if low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    wanted = int64 if dtype is None else dtype_of(dtype)
    return _finished(drawn("randint", shape_of((size,)), wanted, generator, low=low, high=high), requires_grad, out)


@creator
def randint_like(input, low, high=None, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
    return randint(low, high, input.shape, dtype=dtype or input.dtype) if high is not None else randint(
        0, low, input.shape, dtype=dtype or input.dtype)


@creator
def randperm(n, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    wanted = int64 if dtype is None else dtype_of(dtype)
    return _finished(wrap(door.record("randperm", n=integer(n), dtype=wanted.name, generator=generator_id(generator))),
                     requires_grad, out)


@creator
def normal(mean=0.0, std=1.0, size=None, *, generator=None, out=None, dtype=None, device=None, requires_grad=False):
    if size is not None:
        result = drawn("normal", shape_of((size,)), get_default_dtype() if dtype is None else dtype_of(dtype), generator,
                       mean=float(mean), std=float(std))
        return _finished(result, requires_grad, out)
    from ._size import broadcast_shapes
    tensors = [item for item in (mean, std) if isinstance(item, Tensor)]
    shape = broadcast_shapes(*(item.shape for item in tensors))
    standard = drawn("normal", shape, tensors[0].dtype, generator, mean=0.0, std=1.0)
    return _finished(standard * std + mean, requires_grad, out)


@public
def bernoulli(input, p=None, *, generator=None, out=None):
    """Ones with the probability that each element of `input` gives (or `p`)."""
    if p is None:
        return (drawn("uniform", input.value.shape, input.dtype, generator, **{"from": 0.0, "to": 1.0}) < input).to(input.dtype)
    return drawn("bernoulli", input.value.shape, input.dtype, generator, p=float(p))


@creator
def multinomial(input, num_samples, replacement=False, *, generator=None, out=None):
    """Indices drawn by weight, from the cumulative distribution (or, without replacement, by exponential races)."""
    weights = input if input.dim() == 2 else input.unsqueeze(0)
    rows, categories = weights.value.shape
    if not replacement:
        if num_samples > categories:
            raise RuntimeError("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
        race = -drawn("uniform", (rows, categories), weights.dtype, generator, **{"from": 0.0, "to": 1.0}).log() / weights
        found = race.argsort(dim=-1)[:, :num_samples]
    else:
        cumulative = weights.cumsum(-1)
        cumulative = cumulative / cumulative[:, -1:]
        points = drawn("uniform", (rows, num_samples), float64, generator, **{"from": 0.0, "to": 1.0})  # in double, as PyTorch does
        found = (points.unsqueeze(-1) > cumulative.unsqueeze(1)).sum(-1).clamp(max=categories - 1)
    return found if input.dim() == 2 else found.squeeze(0)
