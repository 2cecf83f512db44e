"""What is defined of complex numbers: arithmetic, products, sums, exponential and its relatives, parts; and how real ones become complex."""
import itertools
import math

from . import _products
from ._apply import apply, constant, is_number, operand
from ._complex import ComplexTensor, of_pairs, of_parts, pairs_of, parts_of
from ._dtype import C_TYPES, DTYPES, REAL_OF, SCALAR_TYPES, get_default_dtype
from ._elementwise import where
from ._joining import cat as real_cat
from ._registry import FUNCTIONS
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


def joined(real, imaginary, operation):
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


def mul(input, other):
    return joined(*_product(*_two(input, other), lambda a, b: a * b), "mul")


def add(input, other, *, alpha=1):
    (ar, ai), (br, bi) = _two(input, other if alpha == 1 else mul(other, alpha) if isinstance(other, Tensor) else other * alpha)
    real = ar + br
    return joined(real, _sum(ai, bi), "add")


def sub(input, other, *, alpha=1):
    (ar, ai), (br, bi) = _two(input, other if alpha == 1 else mul(other, alpha) if isinstance(other, Tensor) else other * alpha)
    return joined(ar - br, _sum(ai, bi, -1), "sub")


def div(input, other, *, rounding_mode=None):
    (ar, ai), (br, bi) = _two(input, other)
    if bi is None:
        return joined(ar / br, ai / br, "div")
    size = br * br + bi * bi
    real, imaginary = _product((ar, ai), (br, -bi), lambda a, b: a * b)
    return joined(real / size, imaginary / size, "div")


def neg(input):
    return of_pairs(-input._pairs, "neg")


def reciprocal(input):
    return div(1.0, input)


def square(input):
    return mul(input, input)


def pow(input, exponent):
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


def sinh(input):
    real, imaginary = parts_of(input)
    return of_parts(real.sinh() * imaginary.cos(), real.cosh() * imaginary.sin(), "sinh")


def cosh(input):
    real, imaginary = parts_of(input)
    return of_parts(real.cosh() * imaginary.cos(), real.sinh() * imaginary.sin(), "cosh")


def tan(input):
    real, imaginary = parts_of(input)
    size = (2 * real).cos() + (2 * imaginary).cosh()
    return of_parts((2 * real).sin() / size, (2 * imaginary).sinh() / size, "tan")


def sigmoid(input):
    return div(1.0, add(exp(neg(input)), 1.0))


def abs(input):
    real, imaginary = parts_of(input)
    is_zero = apply("logical_and", real == 0, imaginary == 0)
    size = apply("hypot", where(is_zero, 1.0, real), imaginary)  # no gradient at 0
    return apply("where", is_zero, operand(0.0, real), size, operation="abs")


def angle(input):
    if not isinstance(input, ComplexTensor):
        return where(input < 0, math.pi, 0.0).to(input.dtype if input.is_floating_point() else get_default_dtype())
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


def isreal(input):
    return parts_of(input)[1] == 0


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


def sum(input, dim=None, keepdim=False, *, dtype=None):
    return of_pairs(input._pairs.sum(_axes_shown(input, dim), keepdim) if input.dim() else input._pairs, "sum")


def prod(input, dim=None, keepdim=False, *, dtype=None):
    """One factor after the other."""
    if dim is None:
        return prod(input.reshape(-1), 0)
    position = axis(dim, input.dim())
    result = as_complex(1.0, input.dtype)
    for part in input.unbind(position):
        result = mul(result, part)
    return result.unsqueeze(position) if keepdim else result


def mean(input, dim=None, keepdim=False, *, dtype=None):
    return of_pairs(input._pairs.mean(_axes_shown(input, dim), keepdim) if input.dim() else input._pairs, "mean")


def var(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    """The sum of both parts' variances."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    options = {"correction": correction if correction is not None else int(unbiased), "keepdim": keepdim}
    real, imaginary = parts_of(input)
    axes = _axes_shown(input, dim)
    return real.var(axes, **options) + imaginary.var(axes, **options)


def std(input, *args, **kwargs):
    return var(input, *args, **kwargs).sqrt()


def cumprod(input, dim, *, dtype=None):
    """One factor after the other."""
    position = axis(dim, input.dim())
    products = []
    for part in input.unbind(position):
        products.append(mul(products[-1], part) if products else part)
    return stack(products, position)


def cumsum(input, dim, *, dtype=None):
    return of_pairs(input._pairs.cumsum(axis(dim, input.dim())), "cumsum")


def _check_alike(tensors, message):
    """Products do not promote."""
    first = tensors[0].dtype
    for tensor in tensors[1:]:
        if tensor.dtype is not first:
            raise RuntimeError(message(first, tensor.dtype))


def matmul(input, other):
    _check_alike((input, other), lambda a, b: f"expected m1 and m2 to have the same dtype, but got: {C_TYPES[a.name]} != {C_TYPES[b.name]}")
    return joined(*_product(parts_of(input), parts_of(other), _products.matmul), "mm")


def einsum(equation, *operands):
    """Of each choice of parts, with the power of i that belongs to it."""
    if len(operands) == 1 and isinstance(operands[0], (tuple, list)):
        operands = operands[0]
    _check_alike(operands, lambda a, b: f"expected scalar type {SCALAR_TYPES[a.name]} but found {SCALAR_TYPES[b.name]}")
    totals = [None, None]
    for choice in itertools.product(*([(0, part) for part in parts_of(tensor)[:1]] + [
            (1, part) for part in parts_of(tensor)[1:] if part is not None] for tensor in operands)):
        turns = 0
        for turn, _ in choice:
            turns += turn
        term = _products.einsum(equation, *(part for _, part in choice))
        totals[turns % 2] = _sum(totals[turns % 2], term, 1 if turns % 4 < 2 else -1)
    return of_parts(*totals, "einsum")


def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    return FUNCTIONS["norm"](abs(input), p, dim, keepdim)


def vdot(input, other):
    return matmul(conj(input), other)


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool((abs(sub(input, other)) <= atol + rtol * abs(as_complex(other))).all())


def equal(input, other):
    return input.size() == other.size() and bool(eq(input, other).all())


def cat(tensors, dim=0):
    tensors = [as_complex(tensor) for tensor in tensors]
    return of_pairs(real_cat([tensor._pairs for tensor in tensors], axis(dim, tensors[0].dim())), "cat")


def stack(tensors, dim=0):
    tensors = [as_complex(tensor) for tensor in tensors]
    position = axis(dim, tensors[0].dim() + 1)
    return of_pairs(real_cat([tensor.unsqueeze(position)._pairs for tensor in tensors], position), "stack")


def choose(condition, input=None, other=None):
    left, right = as_complex(input), as_complex(other)
    return of_pairs(apply("where", condition.unsqueeze(-1), left._pairs, right._pairs))


def like(name):
    def function(input, *, dtype=None, **options):
        return FUNCTIONS[name[:-5]](*input.size(), dtype=dtype or input.dtype, **options)
    return function
