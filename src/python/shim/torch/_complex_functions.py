"""Where what `_complex_math` defines is put: methods and operators of complex tensors, and functions of torch, which they take over when
one of the operands is complex. And how a real tensor becomes complex.
"""
import functools

from _lens.recording import calls
from _lens.recording.array import values_in

from . import _complex_math as of
from . import _complex_matrices as matrices
from . import _complex_views, _numeric, _strided  # noqa: F401
from ._apply import operand, view, write
from ._complex import ComplexTensor, of_pairs
from ._registry import FUNCTIONS, public
from ._tensor import Tensor

_METHODS = {name: getattr(of, name) for name in (
    "mul", "add", "sub", "div", "neg", "reciprocal", "square", "pow", "eq", "ne", "exp", "log", "sqrt", "cos", "sin", "tanh", "abs", "angle", "sgn",
    "sinh", "cosh", "tan", "sigmoid", "isnan", "isfinite", "isreal", "sum", "mean", "prod", "var", "std", "cumsum", "cumprod", "norm", "vdot", "allclose", "equal")}
_METHODS |= {
    "multiply": of.mul, "subtract": of.sub, "divide": of.div, "true_divide": of.div, "negative": of.neg, "absolute": of.abs, "mv": of.matmul,
    "dot": of.matmul,
}
# Those that act as layers, as their real relatives do
_METHODS |= {name: calls.function("matmul", values_in)(of.matmul) for name in ("matmul", "mm", "bmm")}
_FUNCTIONS = {
    **_METHODS, "einsum": calls.function("einsum", values_in)(of.einsum), "cat": of.cat, "concat": of.cat, "stack": of.stack, "where": of.choose,
    **{name: of.like(name) for name in ("zeros_like", "ones_like", "empty_like", "rand_like", "randn_like")},
}
_METHODS_OF_MATRICES = {name: getattr(matrices, name) for name in ("det", "cholesky", "matrix_exp", "matrix_power")}
_METHODS_OF_MATRICES |= {"inverse": matrices.inv, "pinverse": matrices.pinv}
_OPERATORS = {"add": of.add, "sub": of.sub, "mul": of.mul, "truediv": of.div, "matmul": _METHODS["matmul"], "pow": of.pow}


def _holds_complex(arguments):
    for argument in arguments:
        if isinstance(argument, (ComplexTensor, complex)):
            return True
        if isinstance(argument, (tuple, list)) and _holds_complex(argument):
            return True
    return False


def dispatched(name, function, plain):
    @functools.wraps(plain)
    def dispatching(*args, **kwargs):
        return (function if _holds_complex(args) else plain)(*args, **kwargs)
    dispatching.__name__ = name
    return dispatching


def _shaping(name):
    """A function of torch that is a method of the complex tensor."""
    def function(input, *args, **kwargs):
        return getattr(input, name)(*args, **kwargs)
    return function


def _in_place(function):
    def method(self, *args, **kwargs):
        result = of.as_complex(function(self, *args, **kwargs), self.dtype)
        write(self._pairs, (result if result.dim() else result.expand(*self.size()))._pairs)
        return self
    return method


def _install():
    ComplexTensor.swapaxes = ComplexTensor.transpose
    for name in ("reshape", "permute", "transpose", "swapaxes", "movedim", "squeeze", "unsqueeze", "flatten", "unflatten", "unbind", "split", "chunk",
                 "roll", "flip", "diagonal", "diag_embed", "diag", "diagflat", "gather", "take_along_dim", "trace", "repeat_interleave", "rot90", "narrow", "select", "index_select", "clone", "detach", "t", "tril", "triu",
                 "masked_fill"):
        FUNCTIONS[name] = dispatched(name, _shaping(name), FUNCTIONS[name])
    for name, function in _FUNCTIONS.items():
        if name in FUNCTIONS:
            FUNCTIONS[name] = dispatched(name, function, FUNCTIONS[name])
    for name, function in _METHODS.items():
        setattr(ComplexTensor, name, function)
        if name in ("mul", "add", "sub", "div", "neg", "exp"):
            setattr(ComplexTensor, name + "_", _in_place(function))
    for name, function in _METHODS_OF_MATRICES.items():
        setattr(ComplexTensor, name, function)
        FUNCTIONS[name] = dispatched(name, function, FUNCTIONS[name])
    for name, function in _OPERATORS.items():
        setattr(ComplexTensor, f"__{name}__", function)
        setattr(ComplexTensor, f"__r{name}__", (lambda f: lambda self, other: f(other, self))(function))
        setattr(ComplexTensor, f"__i{name}__", _in_place(function))
        plain, reverse = getattr(Tensor, f"__{name}__"), getattr(Tensor, f"__r{name}__")
        setattr(Tensor, f"__{name}__", _with_numbers(plain, function, False))
        setattr(Tensor, f"__r{name}__", _with_numbers(reverse, function, True))
    ComplexTensor.__neg__, ComplexTensor.__abs__, ComplexTensor.__eq__, ComplexTensor.__ne__ = of.neg, of.abs, of.eq, of.ne
    ComplexTensor.__hash__ = Tensor.__hash__
    ComplexTensor.masked_fill_ = _in_place(ComplexTensor.masked_fill)
    ComplexTensor.zero_ = _in_place(lambda self: 0j)
    ComplexTensor.fill_ = _in_place(lambda self, value: value)
    ComplexTensor.copy_ = _in_place(lambda self, source: of.as_complex(source, self.dtype).expand(*self.size()))


def _with_numbers(plain, function, is_reversed):
    """An operator of real tensors that takes Python's complex numbers too."""
    def operator(self, other):
        if isinstance(other, complex):
            return function(other, self) if is_reversed else function(self, other)
        return plain(self, other)
    return operator


_install()
Tensor.real = property(of.real, lambda self, value: write(of.real(self), operand(value).expand(*self.size())))
Tensor.imag = property(of.imag, lambda self, value: write(of.imag(self), operand(value).expand(*self.size())))
Tensor.mH = property(lambda self: of.conj(self).transpose(-2, -1))
Tensor.H = property(lambda self: of.conj(self).transpose(0, 1))
public(of.real, function_only=True)
public(of.imag, function_only=True)
public(of.angle)
public(of.conj, aliases=("conj_physical",))


@public
def adjoint(input):
    return input.mH


@public(function_only=True)
def is_complex(input):
    return input.is_complex()


@public(function_only=True)
def view_as_real(input):
    if not isinstance(input, ComplexTensor):
        raise RuntimeError("view_as_real is only supported for complex tensors")
    pairs = input._pairs
    return view(pairs, "view_as_real")


@public(function_only=True)
def view_as_complex(input):
    if input.value.dtype not in ("float32", "float64"):
        raise RuntimeError(f"view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: "
                           f"{input._scalar_type()}")
    if input.dim() == 0 or input.value.shape[-1] != 2:
        raise RuntimeError("Tensor must have a last dimension of size 2")
    return of_pairs(input)


@public(function_only=True)
def complex_(real, imag):
    _check_parts(real, imag)
    return of.joined(real, imag, "complex")


FUNCTIONS["complex"] = FUNCTIONS.pop("complex_")


@public(function_only=True)
def polar(abs, angle):
    _check_parts(abs, angle)
    return of.joined(abs * angle.cos(), abs * angle.sin(), "polar")


def _check_parts(first, second):
    for tensor in (first, second):
        if not tensor.is_floating_point():
            raise RuntimeError("Expected both inputs to be Half, Float or Double tensors but got "
                               f"{first._scalar_type()} and {second._scalar_type()}")
    if first.dtype is not second.dtype:
        raise RuntimeError(f"Expected object of scalar type {first._scalar_type()} but got scalar type {second._scalar_type()} for second "
                           "argument")
