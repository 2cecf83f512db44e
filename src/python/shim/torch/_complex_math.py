"""What is defined of complex numbers: arithmetic, products, sums, exponential and its relatives, parts; and how real ones become complex."""
import itertools
import math

from . import _products
from ._apply import apply, constant, is_number, operand, result_of, write
from ._complex import ComplexTensor, of_pairs, of_parts, pairs_of, parts_of
from ._dtype import DTYPES, REAL_OF
from ._elementwise import where
from ._joining import cat as real_cat
from ._registry import FUNCTIONS, public
from ._size import axis, broadcast_shapes
from ._tensor import Tensor


def as_complex(thing, dtype=None):
    """A number or tensor as a complex tensor."""
    if isinstance(thing, ComplexTensor):
        return thing if dtype is None or thing.dtype is dtype else thing.to(dtype)
    real = "float32" if dtype is None else REAL_OF[dtype.name]
    if isinstance(thing, complex) or is_number(thing):
        number = complex(thing)
        return of_pairs(constant([number.real, number.imag], DTYPES[real], (2,)))
    tensor = operand(thing)
    return of_pairs(pairs_of(tensor if dtype is None else tensor.to(DTYPES[real])))


def _two(left, right):
    """Both operands' parts; a real one's imaginary part is None."""
    like = left if isinstance(left, ComplexTensor) else right
    return [parts_of(thing if isinstance(thing, Tensor) else _scalar(thing, like)) for thing in (left, right)]


def _scalar(thing, like):
    if isinstance(thing, complex):
        return as_complex(thing, like.dtype if isinstance(like, ComplexTensor) else None)
    return operand(thing, like._pairs if isinstance(like, ComplexTensor) else like)


def _sum(first, second, sign=1):
    if second is None:
        return first
    if first is None:
        return second if sign == 1 else -second
    return first + second if sign == 1 else first - second


def _joined(real, imaginary, operation):
    shape = broadcast_shapes(real.value.shape, imaginary.value.shape)
    return of_parts(real.expand(*shape), imaginary.expand(*shape), operation)


# Arithmetic

def _product(a, b, times):
    """(real, imaginary) of a product by a bilinear `times`."""
    (ar, ai), (br, bi) = a, b
    real = times(ar, br)
    if ai is not None and bi is not None:
        real = real - times(ai, bi)
    imaginary = _sum(None if bi is None else times(ar, bi), None if ai is None else times(ai, br))
    return real, imaginary


def mul(input, other, *, out=None):
    return _joined(*_product(*_two(input, other), lambda a, b: a * b), "mul")


def add(input, other, *, alpha=1, out=None):
    (ar, ai), (br, bi) = _two(input, other if alpha == 1 else mul(other, alpha) if isinstance(other, Tensor) else other * alpha)
    real = ar + br
    return _joined(real, _sum(ai, bi), "add")


def sub(input, other, *, alpha=1, out=None):
    (ar, ai), (br, bi) = _two(input, other if alpha == 1 else mul(other, alpha) if isinstance(other, Tensor) else other * alpha)
    return _joined(ar - br, _sum(ai, bi, -1), "sub")


def div(input, other, *, rounding_mode=None, out=None):
    (ar, ai), (br, bi) = _two(input, other)
    if bi is None:
        return _joined(ar / br, ai / br, "div")
    size = br * br + bi * bi
    real, imaginary = _product((ar, ai), (br, -bi), lambda a, b: a * b)
    return _joined(real / size, imaginary / size, "div")


def neg(input):
    return of_pairs(-input._pairs, "neg")


def reciprocal(input):
    return div(1.0, input)


def square(input):
    return mul(input, input)


def pow(input, exponent, *, out=None):
    if isinstance(exponent, int) and 0 <= exponent <= 8:
        result = as_complex(1.0, input.dtype).expand(*input.size()) if exponent == 0 else input
        for _ in range(exponent - 1):
            result = mul(result, input)
        return result
    return exp(mul(log(as_complex(input)), exponent))


def eq(input, other):
    (ar, ai), (br, bi) = _two(input, other)
    zero = [0.0 if part is None else part for part in (ai, bi)]
    second = zero[0] == zero[1] if isinstance(zero[0], Tensor) else zero[1] == zero[0]
    return apply("logical_and", ar == br, second)


def ne(input, other):
    return apply("logical_not", eq(input, other))


# Functions

def exp(input):
    real, imaginary = parts_of(input)
    size = real.exp()
    return of_parts(size * imaginary.cos(), size * imaginary.sin(), "exp")


def log(input):
    return of_parts(abs(input).log(), angle(input), "log")


def sqrt(input):
    """With a real part that is not negative."""
    real, imaginary = parts_of(input)
    size = abs(input)
    sign = where(imaginary < 0, -1.0, 1.0).to(real.dtype)
    return of_parts(((size + real) / 2).clamp(min=0).sqrt(), sign * ((size - real) / 2).clamp(min=0).sqrt(), "sqrt")


def cos(input):
    real, imaginary = parts_of(input)
    return of_parts(real.cos() * imaginary.cosh(), -(real.sin() * imaginary.sinh()), "cos")


def sin(input):
    real, imaginary = parts_of(input)
    return of_parts(real.sin() * imaginary.cosh(), real.cos() * imaginary.sinh(), "sin")


def tanh(input):
    real, imaginary = parts_of(input)
    size = (2 * real).cosh() + (2 * imaginary).cos()
    return of_parts((2 * real).sinh() / size, (2 * imaginary).sin() / size, "tanh")


def abs(input):
    real, imaginary = parts_of(input)
    is_zero = apply("logical_and", real == 0, imaginary == 0)
    size = apply("hypot", where(is_zero, 1.0, real), imaginary)  # no gradient at 0
    return apply("where", is_zero, operand(0.0, real), size, operation="abs")


def angle(input):
    if not isinstance(input, ComplexTensor):
        return where(input < 0, math.pi, 0.0).to(input.dtype)
    real, imaginary = parts_of(input)
    return apply("atan2", imaginary, real, operation="angle")


def sgn(input):
    size = abs(input)
    return div(input, where(size == 0, 1.0, size))


def conj(input):
    if not isinstance(input, ComplexTensor):
        return input
    real, imaginary = parts_of(input)
    return of_parts(real, -imaginary, "conj")


def isnan(input):
    return apply("isnan", input._pairs).any(-1)


def isfinite(input):
    return FUNCTIONS["isfinite"](input._pairs).all(-1)


def real(input):
    return input._pairs.select(-1, 0) if isinstance(input, ComplexTensor) else input


def imag(input):
    if not isinstance(input, ComplexTensor):
        raise RuntimeError("imag is not implemented for tensors with non-complex dtypes.")
    return input._pairs.select(-1, 1)


# Sums and products

def _axes_shown(input, dim):
    if dim is None:
        return list(range(input.dim()))
    return [axis(d, input.dim()) for d in (dim if isinstance(dim, (tuple, list)) else [dim])]


def sum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    return of_pairs(input._pairs.sum(_axes_shown(input, dim), keepdim) if input.dim() else input._pairs, "sum")


def mean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    return of_pairs(input._pairs.mean(_axes_shown(input, dim), keepdim) if input.dim() else input._pairs, "mean")


def cumsum(input, dim, *, dtype=None, out=None):
    return of_pairs(input._pairs.cumsum(axis(dim, input.dim())), "cumsum")


def matmul(input, other, *, out=None):
    return _joined(*_product(parts_of(input), parts_of(other), _products.matmul), "mm")


def einsum(equation, *operands):
    """Of each choice of parts, with the power of i that belongs to it."""
    if len(operands) == 1 and isinstance(operands[0], (tuple, list)):
        operands = operands[0]
    totals = [None, None]
    for choice in itertools.product(*([(0, part) for part in parts_of(tensor)[:1]] + [
            (1, part) for part in parts_of(tensor)[1:] if part is not None] for tensor in operands)):
        turns = 0
        for turn, _ in choice:
            turns += turn
        term = _products.einsum(equation, *(part for _, part in choice))
        totals[turns % 2] = _sum(totals[turns % 2], term, 1 if turns % 4 < 2 else -1)
    return of_parts(*totals, "einsum")


def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    return FUNCTIONS["norm"](abs(input), p, dim, keepdim)


def vdot(input, other, *, out=None):
    return matmul(conj(input), other)


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool((abs(sub(input, other)) <= atol + rtol * abs(as_complex(other))).all())


def equal(input, other):
    return input.size() == other.size() and bool(eq(input, other).all())


def cat(tensors, dim=0, *, out=None):
    tensors = [as_complex(tensor) for tensor in tensors]
    return of_pairs(real_cat([tensor._pairs for tensor in tensors], axis(dim, tensors[0].dim())), "cat")


def stack(tensors, dim=0, *, out=None):
    tensors = [as_complex(tensor) for tensor in tensors]
    position = axis(dim, tensors[0].dim() + 1)
    return of_pairs(real_cat([tensor.unsqueeze(position)._pairs for tensor in tensors], position), "stack")


def choose(condition, input=None, other=None, *, out=None):
    left, right = as_complex(input), as_complex(other)
    return of_pairs(apply("where", condition.unsqueeze(-1), left._pairs, right._pairs))


def like(name):
    def function(input, *, dtype=None, **options):
        return FUNCTIONS[name[:-5]](*input.size(), dtype=dtype or input.dtype, **options)
    return function


# Where they are put. Of torch's functions these take over when one of the operands is complex.

_METHODS = {
    "mul": mul, "multiply": mul, "add": add, "sub": sub, "subtract": sub, "div": div, "divide": div, "true_divide": div, "neg": neg,
    "negative": neg, "reciprocal": reciprocal, "square": square, "pow": pow, "eq": eq, "ne": ne, "exp": exp, "log": log, "sqrt": sqrt,
    "cos": cos, "sin": sin, "tanh": tanh, "abs": abs, "absolute": abs, "angle": angle, "sgn": sgn, "isnan": isnan, "isfinite": isfinite,
    "sum": sum, "mean": mean, "cumsum": cumsum, "matmul": matmul, "mm": matmul, "bmm": matmul, "mv": matmul, "dot": matmul, "norm": norm,
    "vdot": vdot, "allclose": allclose, "equal": equal,
}
_FUNCTIONS = {
    **_METHODS, "einsum": einsum, "cat": cat, "concat": cat, "stack": stack, "where": choose, "zeros_like": like("zeros_like"),
    "ones_like": like("ones_like"), "empty_like": like("empty_like"), "rand_like": like("rand_like"), "randn_like": like("randn_like"),
}
_OPERATORS = {"add": add, "sub": sub, "mul": mul, "truediv": div, "matmul": matmul, "pow": pow}


def _holds_complex(arguments):
    for argument in arguments:
        if isinstance(argument, (ComplexTensor, complex)):
            return True
        if isinstance(argument, (tuple, list)) and _holds_complex(argument):
            return True
    return False


def _dispatched(name, function, plain):
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
        write(self._pairs, as_complex(function(self, *args, **kwargs), self.dtype)._pairs)
        return self
    return method


def _install():
    for name in ("reshape", "permute", "transpose", "swapaxes", "movedim", "squeeze", "unsqueeze", "flatten", "unflatten", "unbind", "split", "chunk",
                 "roll", "flip", "narrow", "select", "index_select", "clone", "detach", "t"):
        if name == "swapaxes":
            ComplexTensor.swapaxes = ComplexTensor.transpose
        FUNCTIONS[name] = _dispatched(name, _shaping(name), FUNCTIONS[name])
    for name, function in _FUNCTIONS.items():
        if name in FUNCTIONS:
            FUNCTIONS[name] = _dispatched(name, function, FUNCTIONS[name])
    for name, function in _METHODS.items():
        setattr(ComplexTensor, name, function)
        if name in ("mul", "add", "sub", "div", "neg", "exp"):
            setattr(ComplexTensor, name + "_", _in_place(function))
    for name, function in _OPERATORS.items():
        setattr(ComplexTensor, f"__{name}__", function)
        setattr(ComplexTensor, f"__r{name}__", (lambda f: lambda self, other: f(other, self))(function))
        setattr(ComplexTensor, f"__i{name}__", _in_place(function))
        plain, reverse = getattr(Tensor, f"__{name}__"), getattr(Tensor, f"__r{name}__")
        setattr(Tensor, f"__{name}__", _with_numbers(plain, function, False))
        setattr(Tensor, f"__r{name}__", _with_numbers(reverse, function, True))
    ComplexTensor.__neg__, ComplexTensor.__abs__, ComplexTensor.__eq__, ComplexTensor.__ne__ = neg, abs, eq, ne
    ComplexTensor.__hash__ = Tensor.__hash__
    ComplexTensor.zero_ = _in_place(lambda self: 0.0 * self)
    ComplexTensor.copy_ = _in_place(lambda self, source: as_complex(source, self.dtype).expand(*self.size()))


def _with_numbers(plain, function, is_reversed):
    """An operator of real tensors that takes Python's complex numbers too."""
    def operator(self, other):
        if isinstance(other, complex):
            return function(other, self) if is_reversed else function(self, other)
        return plain(self, other)
    return operator


_install()
Tensor.real = property(real, lambda self, value: write(real(self), operand(value).expand(*self.size())))
Tensor.imag = property(imag, lambda self, value: write(imag(self), operand(value).expand(*self.size())))
Tensor.mH = property(lambda self: conj(self).transpose(-2, -1))
Tensor.H = property(lambda self: conj(self).transpose(0, 1))
public(real, function_only=True)
public(imag, function_only=True)
public(angle)
public(conj, aliases=("conj_physical",))


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
    return result_of(pairs.value, (pairs,), "view_as_real") if pairs._steps == () and pairs.requires_grad and not pairs.is_leaf else pairs


@public(function_only=True)
def view_as_complex(input):
    if input.value.dtype not in ("float32", "float64"):
        raise RuntimeError(f"view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: "
                           f"{input._scalar_type()}")
    if input.dim() == 0 or input.value.shape[-1] != 2:
        raise RuntimeError("Tensor must have a last dimension of size 2")
    return of_pairs(input)


@public(function_only=True)
def complex_(real, imag, *, out=None):
    _check_parts(real, imag)
    return _joined(real, imag, "complex")


FUNCTIONS["complex"] = FUNCTIONS.pop("complex_")


@public(function_only=True)
def polar(abs, angle, *, out=None):
    _check_parts(abs, angle)
    return _joined(abs * angle.cos(), abs * angle.sin(), "polar")


def _check_parts(first, second):
    for tensor in (first, second):
        if not tensor.is_floating_point():
            raise RuntimeError("Expected both inputs to be Half, Float or Double tensors but got "
                               f"{first._scalar_type()} and {second._scalar_type()}")
    if first.dtype is not second.dtype:
        raise RuntimeError(f"Expected object of scalar type {first._scalar_type()} but got scalar type {second._scalar_type()} for second "
                           "argument")
