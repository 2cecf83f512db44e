"""Python's operators of Tensor, from one table: `a + b` and `b + a`, comparisons, `a += b`."""
from . import _bitwise as bitwise, _elementwise as elementwise
from ._apply import apply, is_number, operand, write
from ._history import count
from ._tensor import Tensor
from ._products import matmul

# operator -> function of two operands
_TWO_SIDED = {
    "add": elementwise.add, "sub": elementwise.sub, "mul": elementwise.mul, "truediv": elementwise.div,
    "floordiv": elementwise.floor_divide, "mod": elementwise.remainder, "pow": elementwise.pow,
    "and": bitwise.bitwise_and, "or": bitwise.bitwise_or, "xor": bitwise.bitwise_xor,
    "matmul": matmul, "lshift": bitwise.bitwise_left_shift, "rshift": bitwise.bitwise_right_shift,
}
_COMPARISONS = {"eq": elementwise.eq, "ne": elementwise.ne, "lt": elementwise.lt, "le": elementwise.le, "gt": elementwise.gt,
                "ge": elementwise.ge}


def _reversed_div(self, other):
    return apply("reciprocal", self) * other  # as PyTorch computes a number over a tensor


_REVERSED = {"sub": elementwise.rsub, "truediv": _reversed_div}


def _is_operand(other):
    return isinstance(other, Tensor) or is_number(other) or operand(other) is not None


def _forward(function):
    def operator(self, other):
        if not _is_operand(other):
            return NotImplemented
        return function(self, other)
    return operator


def _backward(name, function):
    def operator(self, other):
        if not _is_operand(other):
            return NotImplemented
        return _REVERSED[name](self, other) if name in _REVERSED else function(other, self)
    return operator


def _inplace(function):
    def operator(self, other):
        if not _is_operand(other):
            return NotImplemented
        since = count()
        return write(self, function(self, other), in_place=True, since=since)
    return operator


for _name, _function in _TWO_SIDED.items():
    setattr(Tensor, f"__{_name}__", _forward(_function))
    setattr(Tensor, f"__r{_name}__", _backward(_name, _function))
    setattr(Tensor, f"__i{_name}__", _inplace(_function))
for _name, _function in _COMPARISONS.items():
    setattr(Tensor, f"__{_name}__", _forward(_function))
Tensor.__hash__ = lambda self: id(self)
Tensor.__neg__ = lambda self: _negative(self)
Tensor.__pos__ = lambda self: self
Tensor.__abs__ = lambda self: apply("abs", self)
Tensor.__invert__ = lambda self: _inverted(self)


def _negative(tensor):
    if tensor.value.dtype == "bool":
        raise RuntimeError("Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, "
                           "use the `~` or `logical_not()` operator instead.")
    return apply("neg", tensor)


def _inverted(tensor):
    if tensor.is_floating_point():
        raise TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    return bitwise.bitwise_not(tensor)


del _name, _function
