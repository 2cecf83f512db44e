"""Operators of arrays and scalars, each a function of `_ufuncs`. Another framework's tensor answers first where it wants to."""
from _lens.recording.array import Array

from ._linear import matmul
from ._ndarray import ndarray
from ._operands import array_of
from ._scalars import generic, make, plain
from ._ufuncs import FUNCTIONS

_BINARY = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floor_divide", "mod": "remainder",
    "pow": "power", "and": "bitwise_and", "or": "bitwise_or", "xor": "bitwise_xor", "lshift": "left_shift", "rshift": "right_shift",
}
_COMPARISONS = {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal"}
_UNARY = {"neg": "negative", "pos": "positive", "abs": "absolute", "invert": "invert"}
_OPERANDS = (int, float, generic, ndarray, list, tuple)


def _accepts(other):
    """Whether `other` is computed with here. Tensors of the other frameworks take NumPy's arrays themselves."""
    if isinstance(other, _OPERANDS):
        return True
    if isinstance(other, Array) or other is None or isinstance(other, (str, bytes, dict, set)):
        return False
    return hasattr(other, "__array__") and not hasattr(type(other), "__radd__")


def _forward(function):
    def method(self, other):
        return function(self, other) if _accepts(other) else NotImplemented
    return method


def _backward(function):
    def method(self, other):
        return function(other, self) if _accepts(other) else NotImplemented
    return method


def _in_place(function):
    def method(self, other):
        if not _accepts(other):
            other = array_of(other)
        return function(self, other, out=self)
    return method


def _compared(function, differs):
    def method(self, other):
        if _accepts(other):
            return function(self, other)
        if isinstance(other, Array):
            return NotImplemented
        if not getattr(self, "is_recorded", True):
            return function(self, other)
        if differs is None:
            return NotImplemented
        from ._creation import full
        return full(self.shape, differs) if self.shape else make("bool", differs)
    return method


def _unary(function):
    return lambda self: function(self)


for _cls in (ndarray, generic):
    for _name, _of in _BINARY.items():
        setattr(_cls, f"__{_name}__", _forward(FUNCTIONS[_of]))
        setattr(_cls, f"__r{_name}__", _backward(FUNCTIONS[_of]))
    for _name, _of in _COMPARISONS.items():
        setattr(_cls, f"__{_name}__", _compared(FUNCTIONS[_of], {"eq": False, "ne": True}.get(_name)))
    for _name, _of in _UNARY.items():
        setattr(_cls, f"__{_name}__", _unary(FUNCTIONS[_of]))
    _cls.__matmul__ = _forward(matmul)
    _cls.__rmatmul__ = _backward(matmul)
    _cls.__divmod__ = _forward(FUNCTIONS["divmod"])
    _cls.__rdivmod__ = _backward(FUNCTIONS["divmod"])
for _name, _of in _BINARY.items():
    setattr(ndarray, f"__i{_name}__", _in_place(FUNCTIONS[_of]))
ndarray.__imatmul__ = _in_place(lambda x, y, out: matmul(x, y, out=out))


def _round(self, ndigits=None):
    number = plain(self)
    if ndigits is None and isinstance(number, float):
        return round(number)
    return make(self._name, round(number, ndigits or 0))


generic.__round__ = _round

del _cls, _name, _of
