"""Tensors to other types and to Python: to, float, item, tolist, numpy, bool(), len(), iteration."""
import math

from _lens import door

from ._apply import apply, view
from ._device import device as device_type
from ._dtype import ALIASES, DTYPES, bool_, dtype, dtype_of
from ._layout import is_taken_for, laid_out_as
from ._registry import method
from ._tensor import Tensor


def to_dtype(tensor, wanted):
    """The tensor itself where it has that type, else a cast of it."""
    return tensor if tensor.value.dtype == wanted.name else apply("cast", tensor, dtype=wanted.name)


def dtype_in(arguments):
    """The dtype among the arguments of `to`: of a dtype, a tensor, or none (a device keeps it)."""
    for argument in arguments:
        if isinstance(argument, dtype):
            return argument
        if isinstance(argument, Tensor):
            return argument.dtype
        if isinstance(argument, str):
            device_type(argument)  # an unknown device is an error, a known one changes nothing
    return None


@method
def to(self, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None):
    """Another dtype; a device keeps the tensor as it is, since everything is recorded in one place."""
    if device is not None:
        device_type(device)
    wanted = dtype if dtype is not None else dtype_in(args)
    wanted = None if wanted is None else dtype_of(wanted)
    if wanted is not None and wanted.is_complex:
        from ._complex_math import as_complex
        return as_complex(self, wanted)
    result = self if wanted is None else to_dtype(self, wanted)
    if result is not self:
        return result if memory_format is None else laid_out_as(result, self, memory_format)
    return self.clone(memory_format=memory_format) if copy or not is_taken_for(self, memory_format) else self


@method
def type_as(self, other):
    return to_dtype(self, other.dtype)


def _cast_method(name, wanted):
    def function(self, memory_format=None):
        return self.to(wanted, memory_format=memory_format)
    function.__name__ = name
    return function


for _name, _of in {**ALIASES, "bool": "bool", "bfloat16": "bfloat16", "byte": "uint8", "char": "int8"}.items():
    setattr(Tensor, _name, _cast_method(_name, DTYPES[_of]))
del _name, _of


def _same(self, *args, **kwargs):
    return self


for _name in ("cuda", "cpu", "xpu", "pin_memory", "share_memory_", "mps", "resolve_conj", "resolve_neg"):
    setattr(Tensor, _name, _same)
del _name
Tensor.is_pinned = lambda self: False
Tensor.is_shared = lambda self: False


# To Python

def numbers(tensor):
    """All elements as a flat list of Python numbers."""
    data = door.read(tensor.value)
    return list(map(bool, data)) if tensor.value.dtype == "bool" else list(data)


@method
def item(self):
    if self.numel() != 1:
        raise RuntimeError(f"a Tensor with {self.numel()} elements cannot be converted to Scalar")
    return numbers(self)[0]


@method
def tolist(self):
    return nested(numbers(self), self.value.shape)


def nested(flat, shape):
    """A flat list as lists in lists."""
    if not shape:
        return flat[0]
    if len(shape) == 1:
        return flat
    step = math.prod(shape[1:])
    return [nested(flat[place * step:(place + 1) * step], shape[1:]) for place in range(shape[0])]


@method
def numpy(self, *, force=False):
    """A NumPy array over the same storage."""
    if self.requires_grad and not force:
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    from numpy import ndarray
    return self.view_of(into=ndarray)


@method
def __array__(self, dtype=None, copy=None):
    array = self.numpy()
    return array if dtype is None else array.astype(dtype)


def _truth(self):
    count = self.numel()
    if count != 1:
        raise RuntimeError("Boolean value of Tensor with no values is ambiguous" if count == 0 else
                           "Boolean value of Tensor with more than one value is ambiguous")
    return bool(numbers(self)[0])


def _index(self):
    if self.numel() != 1 or self.dtype.is_floating_point or self.dtype is bool_ and self.dim():
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(numbers(self)[0])


def _number(cls):
    def convert(self):
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return cls(numbers(self)[0])
    return convert


def _length(self):
    if self.dim() == 0:
        raise TypeError("len() of a 0-d tensor")
    return self.value.shape[0]


def _iterate(self):
    if self.dim() == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter(self.unbind(0))


def _contains(self, element):
    if isinstance(element, (Tensor, int, float)):
        return bool((self == element).any())
    raise RuntimeError(f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}.")


Tensor.__bool__ = _truth
Tensor.__int__, Tensor.__float__, Tensor.__complex__ = _number(int), _number(float), _number(complex)
Tensor.__index__ = _index
Tensor.__len__ = _length
Tensor.__iter__ = _iterate
Tensor.__contains__ = _contains
Tensor.__round__ = lambda self, digits=0: self.round(decimals=digits)
Tensor.is_nonzero = _truth
Tensor.alias = lambda self: view(self, "alias")
