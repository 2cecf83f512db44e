"""Special functions: of torch, of Tensor, and of the module torch.special."""
import math

from ._apply import apply, filled, named, operand, type_name
from ._dtype import FLOAT, bool_
from ._elementwise import binary, clamp, where
from ._registry import public
from ._tensor import Tensor


def _both(input, other):
    """Two operands of which one may be a number."""
    left = operand(input, other if isinstance(other, Tensor) else None)
    return left, operand(other, left)


@public(inplace=True)
def exp2(input):
    base = filled((), 2.0, input.dtype) if input.is_floating_point() else filled((), 2.0, _default())
    return apply("pow", base, input, operation="exp2")


def _default():
    from ._dtype import get_default_dtype
    return get_default_dtype()


@public(inplace=True)
def hypot(input, other):
    return binary("hypot", input, other)


@public
def logaddexp(input, other):
    return binary("logaddexp", input, other)


@public
def logaddexp2(input, other):
    """log2(2ˣ + 2ʸ)"""
    return apply("logaddexp", input * math.log(2), other * math.log(2), operation="logaddexp2") / math.log(2)


def _times_log(input, other, log):
    """x · log, 0 where x is 0 but log's argument is a number. Its slope is x / argument even where that is 0 / 0, as PyTorch's."""
    left, right = _both(input, other)
    logarithm = apply(log, right)
    has_number = apply("logical_or", apply("isnan", right), logarithm.abs() < math.inf)
    return left * where(apply("logical_or", left != 0, has_number), logarithm, 0.0)


@public(inplace=True)
def xlogy(input, other):
    return _times_log(input, other, "log")


@public
def signbit(input):
    """Whether the sign is negative, -0.0's too."""
    if not input.is_floating_point():
        return input < 0
    return apply("logical_or", input < 0, apply("logical_and", input == 0, apply("reciprocal", input) < 0))


@public(inplace=True)
def copysign(input, other):
    """The size of one with the sign of the other."""
    left, right = _both(input, other)
    size = (left if left.is_floating_point() else left.to(_default())).abs()
    return apply("where", signbit(right), -size, size, operation="copysign")


@public(inplace=True)
def sgn(input):
    return apply("sign", input, operation="sgn")


@public
def positive(input):
    if input.value.dtype == "bool":
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


@public(inplace=True)
def deg2rad(input):
    return input * (math.pi / 180)


@public(inplace=True)
def rad2deg(input):
    return input * (180 / math.pi)


def _ignoring_nan(name, relation):
    def function(input, other):
        is_first = apply("logical_or", apply(relation, input, other), apply("isnan", other))
        return apply("where", is_first, input, other, operation=name)
    function.__name__ = function.__qualname__ = name
    return public(function)


fmax, fmin = _ignoring_nan("fmax", "ge"), _ignoring_nan("fmin", "le")


@public(inplace=True)
def ldexp(input, other):
    return input * exp2(other)


@public(function_only=True)
def polygamma(n, input):
    if not isinstance(input, Tensor):
        raise TypeError(f"polygamma(): argument 'input' (position 2) must be Tensor, not {type_name(input)}")
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    return apply("digamma", input, operation="polygamma") if n == 0 else apply("polygamma", input, n=n)


Tensor.polygamma = lambda self, n: polygamma(n, self)


@public(inplace=True)
def mvlgamma(input, p):
    """log of the multivariate gamma function: Σ lgamma(x − j/2) + p (p − 1)/4 · log π"""
    steps = filled((p,), 0.0, input.dtype) + _halves(p, input.dtype)
    return (input.unsqueeze(-1) - steps).lgamma().sum(-1) + p * (p - 1) / 4 * math.log(math.pi)


def _halves(count, dtype):
    from ._creation import arange
    return arange(count).to(dtype) * 0.5


@public
def isposinf(input):
    return input == math.inf


@public
def isneginf(input):
    return input == -math.inf


@public
def isreal(input):
    return filled(input.value.shape, True, bool_)


@public(inplace=True)
def sinc(input):
    scaled = input * math.pi
    safe = where(input == 0, 1.0, scaled)
    return where(input == 0, 1.0, safe.sin() / safe)


@public(inplace=True)
def logit(input, eps=None):
    if not input.is_floating_point():
        input = input.to(_default())
    if eps is not None:
        input = clamp(input, eps, 1 - eps)
    return apply("sub", apply("log", input), apply("log1p", -input), operation="logit")


@public(inplace=True)
def heaviside(input, values):
    if input.dtype is not values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    return named(where(input == 0, values, (input > 0).to(input.dtype)), "heaviside", (input, values))


@public
def isfinite(input):
    if input.dtype.category != FLOAT:
        return filled(input.value.shape, True, bool_)
    return apply("logical_not", apply("logical_or", apply("isnan", input), apply("isinf", input)))
