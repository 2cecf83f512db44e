"""Orthogonal polynomials of degree n, by their recurrences: p₀ = 1, p₁, pₖ₊₁ = next(k, pₖ, pₖ₋₁)."""
from _lens.door import UnsupportedError

from .._creation import ones_like
from .._tensor import Tensor


def _polynomial(name, first, following, shift=lambda x: x):
    def function(input, n):
        if isinstance(n, Tensor):
            raise UnsupportedError(f"torch.special.{name} with a tensor of degrees is not supported yet")
        x = shift(input)
        if n < 0:
            return ones_like(x) * 0
        before, now = ones_like(x), first(x)
        if n == 0:
            return before
        for k in range(1, int(n)):
            before, now = now, following(k, x, now, before)
        return now
    function.__name__ = function.__qualname__ = name
    return function


def _chebyshev(k, x, now, before):
    return 2 * x * now - before


_KINDS = {"t": lambda x: x, "u": lambda x: 2 * x, "v": lambda x: 2 * x - 1, "w": lambda x: 2 * x + 1}  # what each begins with
_POLYNOMIALS = {
    **{f"chebyshev_polynomial_{kind}": (first, _chebyshev) for kind, first in _KINDS.items()},
    **{f"shifted_chebyshev_polynomial_{kind}": (first, _chebyshev, lambda x: 2 * x - 1) for kind, first in _KINDS.items()},
    "hermite_polynomial_h": (lambda x: 2 * x, lambda k, x, now, before: 2 * x * now - 2 * k * before),
    "hermite_polynomial_he": (lambda x: x, lambda k, x, now, before: x * now - k * before),
    "laguerre_polynomial_l": (lambda x: 1 - x, lambda k, x, now, before: ((2 * k + 1 - x) * now - k * before) / (k + 1)),
    "legendre_polynomial_p": (lambda x: x, lambda k, x, now, before: ((2 * k + 1) * x * now - k * before) / (k + 1)),
}
FUNCTIONS = {name: _polynomial(name, *parts) for name, parts in _POLYNOMIALS.items()}
