"""Functions beside the gamma function: the incomplete ones, Hurwitz's zeta; and the next float. Computed of float64."""
import functools
import math

from ._apply import check_tensor, operand
from ._creation import arange
from ._dtype import FLOAT, DTYPES, finfo, get_default_dtype, promote_types
from ._elementwise import where
from ._registry import public
from ._tensor import Tensor

_TERMS = 512  # those around the largest one, as far as x = 800
# B₂ⱼ / (2j)! of Euler's and Maclaurin's formula
_BERNOULLI = (1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000)


def _precise(*tensors):
    """Each as float64, and the dtype of the result."""
    tensors = [tensor if isinstance(tensor, Tensor) else operand(tensor, next(each for each in tensors if isinstance(each, Tensor))) for tensor in tensors]
    dtype = functools.reduce(promote_types, [tensor.dtype for tensor in tensors])
    return [tensor.double() for tensor in tensors], dtype if dtype.category == FLOAT else get_default_dtype()


def _regularized(a, x):
    """P(a, x) = Σ exp((a + k) log x − x − log Γ(a + k + 1)): the terms of a Poisson distribution, from where they begin to count."""
    number = x.detach().clamp(min=0.0)
    is_inner = (number > 0) & (number < math.inf)
    inner = where(is_inner, number, 1.0)
    first = (inner - a - 9 * inner.sqrt() - 40).floor().clamp(min=0.0)
    place = (a + first).unsqueeze(-1) + arange(_TERMS, dtype=DTYPES["float64"])
    found = (place * inner.log().unsqueeze(-1) - inner.unsqueeze(-1) - (place + 1).lgamma()).exp().sum(-1).clamp(max=1.0)
    found = where(is_inner, found, where(number > 0, 1.0, 0.0))
    found = where((a == 0) & (number >= 0), 1.0, where((a < 0) | (x.detach() < 0) | a.isnan() | x.detach().isnan(), math.nan, found)).detach()
    slope = ((a - 1) * inner.log() - inner - a.lgamma()).exp().detach()
    return found, (x - x.detach()) * slope  # that passes the gradient: PyTorch has none with respect to a


@public(inplace=True)
def igamma(input, other):
    """The regularized lower incomplete gamma function P(a, x)."""
    (a, x), dtype = _precise(input, other)
    found, passing = _regularized(a, x)
    return (found + passing).to(dtype)


@public(inplace=True)
def igammac(input, other):
    """The upper one, 1 − P(a, x)."""
    (a, x), dtype = _precise(input, other)
    found, passing = _regularized(a, x)
    return (1 - found - passing).to(dtype)


def zeta(input, other):
    """Σ (k + q)⁻ˣ: ten terms, and the rest by Euler's and Maclaurin's formula."""
    (x, q), dtype = _precise(input, other)
    place, total = q, 0.0
    for _ in range(10):
        total = total + place ** -x
        place = place + 1
    power = place ** -x
    total = total + power * place / (x - 1) + 0.5 * power
    rising, power = x, power / place
    for step, weight in enumerate(_BERNOULLI):
        total = total + weight * rising * power
        rising, power = rising * (x + 2 * step + 1) * (x + 2 * step + 2), power / (place * place)
    return where(x == 1, math.inf, where(x < 1, math.nan, total)).to(dtype)


def erfcx(input):
    """exp(x²) · erfc(x); from x = 10 on by its asymptotic series."""
    (x,), dtype = _precise(input)
    near, far = x.clamp(max=10.0), 1 / x.clamp(min=10.0).square()
    series = 1 - far * (0.5 - far * (0.75 - far * (1.875 - far * 6.5625)))
    return where(x < 10, near.square().exp() * near.erfc(), series / (x.clamp(min=10.0) * math.sqrt(math.pi))).to(dtype)


@public(inplace=True)
def nextafter(input, other):
    """The neighbour of a float in the direction of another."""
    check_tensor(input, "nextafter")
    check_tensor(other, "nextafter", "other", 2)
    if input.dtype is not DTYPES["float32"] or other.dtype is not DTYPES["float32"]:
        from _lens.door import UnsupportedError
        raise UnsupportedError(f"torch.nextafter of {input.dtype} is not supported yet")
    input, other = input.detach(), other.detach()
    number = input.double()
    # more than half of the distance to the neighbour and not more than it, whose rounding is the neighbour
    step = (number.abs() * (2.0 ** -24 * (1 + 2.0 ** -20))).clamp(min=0.75 * 2.0 ** -149)
    moved = where(input.isinf(), number.sign() * finfo(input.dtype).max, where(other > input, number + step, number - step)).to(input.dtype)
    return where(input.isnan() | other.isnan(), math.nan, where(input == other, other, moved))
