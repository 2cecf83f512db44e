"""Other shapes of the same elements (views where NumPy gives views), other types, and element-wise limits."""
import builtins
import math

from _lens import door
from _lens.recording.layout import strides_for_view

from ._dtypes import can_cast, dtype_of, kind_of
from ._ndarray import from_buffer, from_value, ndarray, wrap
from ._operands import array_of, axes_of, axis_of, broadcast_shapes, cast, is_number, shape_text, write
from ._ufuncs import FUNCTIONS


def _permute(dims):
    return ("permute", {"dims": list(dims)})


def _as_shape(shape):
    return ("reshape", {"shape": list(shape)})


def reshape(a, /, shape=None, order="C", *, newshape=None, copy=None):
    a = array_of(a)
    wanted = shape if shape is not None else newshape
    sizes = [size.__index__() for size in wanted] if isinstance(wanted, (list, tuple, ndarray)) else [wanted.__index__()]
    if order == "F":
        return reshape(a.T, sizes[::-1]).T
    count, known = a.size, math.prod(size for size in sizes if size != -1)
    if sizes.count(-1) > 1:
        raise ValueError("can only specify one unknown dimension")
    if -1 in sizes and known and count % known == 0:
        sizes[sizes.index(-1)] = count // known
    if math.prod(sizes) != count or any(size < 0 for size in sizes):
        wanted = shape_text(["newaxis" if size == -1 else size for size in sizes])
        raise ValueError(f"cannot reshape array of size {count} into shape {wanted}")
    _, own, strides = a._layout()
    if not copy and strides_for_view(own, strides, sizes) is not None:
        return a._view(_as_shape(sizes))
    return from_value(door.record("reshape", [a.value], shape=sizes))


def ravel(a, order="C"):
    a = array_of(a)
    return reshape(a, (-1,) if a.size else (0,), order)


def transpose(a, axes=None):
    a = array_of(a)
    if axes is None:
        return a.T
    if len(axes) != a.ndim:
        raise ValueError("axes don't match array")
    order = [axis_of(axis, a.ndim) for axis in axes]
    if len(set(order)) != len(order):
        raise ValueError("repeated axis in transpose")
    return a._view(_permute(order))


permute_dims = transpose


def matrix_transpose(x):
    return array_of(x).mT


def swapaxes(a, axis1, axis2):
    a = array_of(a)
    order = list(range(a.ndim))
    first, second = axis_of(axis1, a.ndim), axis_of(axis2, a.ndim)
    order[first], order[second] = order[second], order[first]
    return a._view(_permute(order))


def moveaxis(a, source, destination):
    a = array_of(a)
    sources = [axis_of(axis, a.ndim) for axis in (source if isinstance(source, (list, tuple)) else [source])]
    targets = [axis_of(axis, a.ndim) for axis in (destination if isinstance(destination, (list, tuple)) else [destination])]
    order = [axis for axis in range(a.ndim) if axis not in sources]
    for target, from_axis in sorted(zip(targets, sources)):
        order.insert(target, from_axis)
    return a._view(_permute(order))


def rollaxis(a, axis, start=0):
    a = array_of(a)
    axis = axis_of(axis, a.ndim)
    return moveaxis(a, axis, start - 1 if axis < start else start)


def expand_dims(a, axis):
    a = array_of(a)
    axes = axis if isinstance(axis, (list, tuple)) else [axis]
    rank = a.ndim + len(axes)
    places = {axis_of(one, rank) for one in axes}
    own = iter(a.shape)
    return a._view(_as_shape([1 if place in places else next(own) for place in range(rank)]))


def squeeze(a, axis=None):
    a = array_of(a)
    shape = a.shape
    if axis is None:
        axes = [place for place, size in enumerate(shape) if size == 1]
    else:
        axes = axes_of(axis, a.ndim)
        if any(shape[place] != 1 for place in axes):
            raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
    return a._view(_as_shape([size for place, size in enumerate(shape) if place not in axes]))


def broadcast_to(array, shape, subok=False):
    array = array_of(array)
    sizes = tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)
    try:
        fits = broadcast_shapes(array.shape, sizes) == sizes
    except ValueError:
        fits = False
    if not fits:
        raise ValueError("operands could not be broadcast together with remapped shapes [original->remapped]: "
                         f"{shape_text(array.shape)}  and requested shape {shape_text(sizes)}")
    made = array._view(("expand", {"shape": list(sizes)}))
    made._writeable = False
    return made


def broadcast_arrays(*args, subok=False):
    arrays = [array_of(one) for one in args]
    shape = broadcast_shapes(*(array.shape for array in arrays))
    return tuple(broadcast_to(array, shape) for array in arrays)


def atleast_1d(*arys):
    found = [array if array.ndim else array._view(_as_shape([1])) for array in map(array_of, arys)]
    return found[0] if len(found) == 1 else tuple(found)


def atleast_2d(*arys):
    found = [array if array.ndim > 1 else array._view(_as_shape([1, array.size])) for array in map(array_of, arys)]
    return found[0] if len(found) == 1 else tuple(found)


def atleast_3d(*arys):
    found = []
    for array in map(array_of, arys):
        shape = array.shape
        found.append(array if array.ndim > 2 else array._view(_as_shape([*shape, 1] if len(shape) == 2 else [1, array.size, 1])))
    return found[0] if len(found) == 1 else tuple(found)


def flip(m, axis=None):
    m = array_of(m)
    return m._view(("flip", {"dims": axes_of(axis, m.ndim)}))


def flipud(m):
    return flip(m, 0)


def fliplr(m):
    m = array_of(m)
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return flip(m, 1)


def rot90(m, k=1, axes=(0, 1)):
    m = array_of(m)
    turns = k % 4
    if turns == 0:
        return m._view()
    if turns == 2:
        return flip(m, axes)
    return swapaxes(flip(m, axes[1]), *axes) if turns == 1 else flip(swapaxes(m, *axes), axes[1])


def copy(a, order="K", subok=False):
    a = array_of(a)
    if not a._steps and getattr(a._storage, "buffer", None) is not None:
        return from_buffer(a._storage.buffer[:], a._name, a.shape)
    return from_value(a.value)


def astype(x, dtype, /, *, copy=True, device=None):
    return array_of(x).astype(dtype, copy=copy)


def _astype(self, dtype, order="K", casting="unsafe", subok=True, copy=True):
    found = dtype_of(dtype)
    if found.kind in "UO":
        from ._plain import PlainArray
        return PlainArray([str(number) for number in self._numbers()] if found.kind == "U" else self._numbers(), self.shape, found)
    if not can_cast(self._name, found, casting):
        raise TypeError(f"Cannot cast array data from {self.dtype!r} to {found!r} according to the rule '{casting}'")
    if found.name == self._name:
        return self.copy() if copy else self
    return cast(self, found.name)


def _view_as(self, dtype=None, type=None):
    """The same elements as another class or type."""
    for wanted in (dtype, type):
        if isinstance(wanted, builtins.type) and issubclass(wanted, ndarray):
            return self.view_of(into=wanted)
    if dtype is None or dtype_of(dtype).name == self._name:
        return self._view()
    raise door.UnsupportedError("ndarray.view(dtype) that reinterprets bits is not supported")


def clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None, **options):
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    if low is None and high is None:
        return array_of(a).copy() if not is_number(a) else a
    if is_number(a):
        a = a if low is None else FUNCTIONS["maximum"](a, low)
        return a if high is None else FUNCTIONS["minimum"](a, high)
    a = array_of(a)
    bounds = [bound for bound in (low, high) if bound is not None]
    if kind_of(a._name) == "f" and all(is_number(b) and math.isfinite(b) for b in bounds):
        value = door.record("clamp", [a.value], min=None if low is None else float(low), max=None if high is None else float(high))
        return wrap(value) if out is None else write(out, value, "clip")
    result = a
    if low is not None:
        result = _limit("maximum", result, low)
    if high is not None:
        result = _limit("minimum", result, high)
    return result if out is None else write(out, array_of(result).value, "clip")


def _limit(name, a, bound):
    function = FUNCTIONS[name]
    from ._operands import operand
    return function._of_arrays([operand(a), operand(bound)], None, True, None, "same_kind") if not is_number(a) else function(a, bound)


def round(a, decimals=0, out=None):
    if is_number(a):
        from ._operands import result_type_of
        from ._scalars import make, plain
        number = plain(a)
        name = result_type_of([a])
        if kind_of(name) != "f" and decimals >= 0:
            return make(name, number)
        scale = 10.0 ** abs(decimals)
        if not math.isfinite(number):
            return make(name, number)
        rounded = builtins.round(number * scale) / scale if decimals > 0 else builtins.round(number / scale) * scale
        return make(name, rounded)
    a = array_of(a)
    if kind_of(a._name) != "f":
        result = a.copy() if decimals >= 0 else ((a / 10 ** -decimals).round() * 10 ** -decimals).astype(a._name)
    elif decimals == 0:
        result = wrap(door.record("round", [a.value]))
    elif decimals > 0:
        result = wrap(door.record("round", [(a * 10.0 ** decimals).value])) / 10.0 ** decimals
    else:
        result = wrap(door.record("round", [(a / 10.0 ** -decimals).value])) * 10.0 ** -decimals
    return result if out is None else write(out, array_of(result).value, "round")


around = round_ = round


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    from ._dtypes import finfo
    from ._joining import where
    x = array_of(x)
    if kind_of(x._name) != "f":
        return x.copy()
    limits = finfo(x._name)
    made = where(FUNCTIONS["isnan"](x), nan, x)
    made = where(made == math.inf, limits.max if posinf is None else posinf, made)
    made = where(made == -math.inf, limits.min if neginf is None else neginf, made).astype(x._name)
    if not copy:
        x[...] = made
        return x
    return made[()] if made.ndim == 0 else made


def resize(a, new_shape):
    a = ravel(a)
    sizes = new_shape if isinstance(new_shape, (list, tuple)) else (new_shape,)
    count = math.prod(sizes)
    from ._joining import concatenate
    repeats = -(-count // a.size) if a.size else 0
    return concatenate([a] * repeats)[:count].reshape(sizes) if repeats else a.reshape(sizes)


def tril(m, k=0):
    return from_value(door.record("tril", [array_of(m).value], diagonal=k))


def triu(m, k=0):
    return from_value(door.record("triu", [array_of(m).value], diagonal=k))


def tril_indices(n, k=0, m=None):
    from ._diagonals import tri
    from ._indexing import nonzero
    return nonzero(tri(n, m, k))


def triu_indices(n, k=0, m=None):
    from ._diagonals import tri
    from ._indexing import nonzero
    return nonzero(1 - tri(n, m, k - 1))


def tril_indices_from(arr, k=0):
    return tril_indices(arr.shape[-2], k, arr.shape[-1])


def triu_indices_from(arr, k=0):
    return triu_indices(arr.shape[-2], k, arr.shape[-1])


def real(val):
    return array_of(val).real if not is_number(val) else val


def imag(val):
    return array_of(val).imag if not is_number(val) else type(val)(0)


def conjugate(x):
    x = x if is_number(x) else array_of(x)
    return x.conj() if isinstance(x, ndarray) and x.dtype.kind == "c" else x


conj = conjugate


def shape(a):
    return array_of(a).shape


def ndim(a):
    return array_of(a).ndim


def size(a, axis=None):
    a = array_of(a)
    return a.size if axis is None else a.shape[axis_of(axis, a.ndim)]


def copyto(dst, src, casting="same_kind", where=True):
    if where is True:
        write(dst, array_of(src).value, "copyto", casting)
    else:
        from ._joining import where as choose
        dst[...] = choose(where, src, dst)


def _variadic(function):
    def method(self, *sizes, **options):
        if len(sizes) == 1 and (sizes[0] is None or isinstance(sizes[0], (list, tuple, ndarray))):
            return function(self, sizes[0], **options)
        return function(self, sizes or None, **options)
    method.__name__ = function.__name__
    return method


def _fill(self, value):
    self[...] = value


def _resize(self, *new_shape, refcheck=True):
    sizes = new_shape[0] if len(new_shape) == 1 and isinstance(new_shape[0], (list, tuple)) else new_shape
    from ._creation import zeros
    made, count = zeros(math.prod(sizes), self._name), min(math.prod(sizes), self.size)
    made[:count] = self.ravel()[:count]
    made = made.reshape(sizes)
    self._init(made._storage, made._steps)


ndarray.reshape = _variadic(reshape)
ndarray.transpose = _variadic(transpose)
ndarray.astype, ndarray.view, ndarray.fill, ndarray.resize = _astype, _view_as, _fill, _resize
ndarray.flatten = lambda self, order="C": copy(ravel(self, order))
ndarray.ravel, ndarray.swapaxes, ndarray.squeeze, ndarray.copy = ravel, swapaxes, squeeze, copy
ndarray.round = round
ndarray.clip = lambda self, min=None, max=None, out=None, **options: clip(self, min, max, out)
ndarray.conj = ndarray.conjugate = lambda self: self
