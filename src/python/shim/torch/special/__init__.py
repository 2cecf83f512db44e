"""torch.special: functions of torch under this name, and those that are only here."""
import math

from _lens.door import UnsupportedError

from .. import _elementwise as _elements
from .. import _public_names  # noqa: F401
from .._apply import apply, finish
from .._elementwise import where
from .._reductions import log_softmax, logsumexp, softmax  # noqa: F401
from .._special import _times_log, exp2, logit, mvlgamma, polygamma, sinc, xlogy  # noqa: F401

erf, erfc, erfinv, expm1, log1p, i0, round = (
    _elements.erf, _elements.erfc, _elements.erfinv, _elements.expm1, _elements.log1p, _elements.i0, _elements.round)
digamma = psi = _elements.digamma
gammaln, expit, multigammaln = _elements.lgamma, _elements.sigmoid, mvlgamma


def i1(input, *, out=None):
    return finish(apply("i1", input), out)


def i0e(input, *, out=None):
    return finish(apply("i0", input, operation="special_i0e") * (-input.abs()).exp(), out)


def i1e(input, *, out=None):
    return finish(apply("i1", input, operation="special_i1e") * (-input.abs()).exp(), out)


def xlog1py(input, other, *, out=None):
    return finish(_times_log(input, other, "log1p"), out)


def entr(input, *, out=None):
    """-x · log x, 0 at 0, -inf below."""
    inside = where(input > 0, input, 1.0)
    return finish(where(input > 0, -input * inside.log(), where(input == 0, 0.0, where(input < 0, -math.inf, math.nan))), out)


def ndtr(input, *, out=None):
    """The distribution function of the standard normal distribution."""
    return finish(0.5 * apply("erfc", input * -math.sqrt(0.5)), out)


def log_ndtr(input, *, out=None):
    return finish(ndtr(input).log(), out)


def ndtri(input, *, out=None):
    return finish(math.sqrt(2) * apply("erfinv", 2 * input - 1), out)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.special' has no attribute '{name}'")
    raise UnsupportedError(f"torch.special.{name} is not supported yet")
