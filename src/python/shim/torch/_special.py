"""Special functions: of torch, of Tensor, and of the module torch.special."""
import math

from ._apply import apply, filled, finish, operand, type_name
from ._dtype import FLOAT, bool_
from ._elementwise import binary, clamp, where
from ._registry import public
from ._tensor import Tensor


def _both(input, other):
    """Two operands of which one may be a number."""
    left = operand(input, other if isinstance(other, Tensor) else None)
    return left, operand(other, left)


@public(inplace=True)
def exp2(input, *, out=None):
    base = filled((), 2.0, input.dtype) if input.is_floating_point() else filled((), 2.0, _default())
    return finish(apply("pow", base, input, operation="exp2"), out)


def _default():
    from ._dtype import get_default_dtype
    return get_default_dtype()


@public(inplace=True)
def hypot(input, other, *, out=None):
    return finish(binary("hypot", input, other), out)


@public
def logaddexp(input, other, *, out=None):
    return finish(binary("logaddexp", input, other), out)


@public
def logaddexp2(input, other, *, out=None):
    """log2(2ˣ + 2ʸ)"""
    return finish(apply("logaddexp", input * math.log(2), other * math.log(2), operation="logaddexp2") / math.log(2), out)


def _times_log(input, other, log):
    """x · log, 0 where x is 0 but log's argument is a number. Its slope is x / argument even where that is 0 / 0, as PyTorch's."""
    left, right = _both(input, other)
    logarithm = apply(log, right)
    has_number = apply("logical_or", apply("isnan", right), logarithm.abs() < math.inf)
    return left * where(apply("logical_or", left != 0, has_number), logarithm, 0.0)


@public(inplace=True)
def xlogy(input, other, *, out=None):
    return finish(_times_log(input, other, "log"), out)


@public
def signbit(input, *, out=None):
    """Whether the sign is negative, -0.0's too."""
    if not input.is_floating_point():
        return finish(input < 0, out)
    return finish(apply("logical_or", input < 0, apply("logical_and", input == 0, apply("reciprocal", input) < 0)), out)


@public(inplace=True)
def copysign(input, other, *, out=None):
    """The size of one with the sign of the other."""
    left, right = _both(input, other)
    size = left.abs()
    if not size.is_floating_point():
        size = size.to(_default())
    return finish(apply("where", signbit(right), -size, size, operation="copysign"), out)


@public(inplace=True)
def sgn(input, *, out=None):
    return finish(apply("sign", input, operation="sgn"), out)


@public
def positive(input):
    if input.value.dtype == "bool":
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


@public(inplace=True)
def deg2rad(input, *, out=None):
    return finish(input * (math.pi / 180), out)


@public(inplace=True)
def rad2deg(input, *, out=None):
    return finish(input * (180 / math.pi), out)


def _ignoring_nan(name, relation):
    def function(input, other, *, out=None):
        is_first = apply("logical_or", apply(relation, input, other), apply("isnan", other))
        return finish(apply("where", is_first, input, other, operation=name), out)
    function.__name__ = function.__qualname__ = name
    return public(function)


fmax, fmin = _ignoring_nan("fmax", "ge"), _ignoring_nan("fmin", "le")


@public(inplace=True)
def ldexp(input, other, *, out=None):
    return finish(input * exp2(other), out)


@public(function_only=True)
def polygamma(n, input, *, out=None):
    if not isinstance(input, Tensor):
        raise TypeError(f"polygamma(): argument 'input' (position 2) must be Tensor, not {type_name(input)}")
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    return finish(apply("digamma", input, operation="polygamma") if n == 0 else apply("polygamma", input, n=n), out)


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
def isposinf(input, *, out=None):
    return finish(input == math.inf, out)


@public
def isneginf(input, *, out=None):
    return finish(input == -math.inf, out)


@public
def isreal(input):
    return filled(input.value.shape, True, bool_)


@public(inplace=True)
def sinc(input, *, out=None):
    scaled = input * math.pi
    safe = where(input == 0, 1.0, scaled)
    return finish(where(input == 0, 1.0, safe.sin() / safe), out)


@public(inplace=True)
def logit(input, eps=None, *, out=None):
    if eps is not None:
        input = clamp(input, eps, 1 - eps)
    return finish(apply("sub", apply("log", input), apply("log1p", -input), operation="logit"), out)


@public(inplace=True)
def heaviside(input, values, *, out=None):
    if input.dtype is not values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    return finish(where(input == 0, values, (input > 0).to(input.dtype)), out)


@public
def isfinite(input):
    if input.dtype.category != FLOAT:
        return filled(input.value.shape, True, bool_)
    return apply("logical_not", apply("logical_or", apply("isnan", input), apply("isinf", input)))
