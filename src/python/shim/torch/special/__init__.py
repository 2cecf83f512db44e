"""torch.special: functions of torch under this name, and those that are only here."""
import math

from .. import _elementwise as _elements
from .. import _out, _public_names
from .._apply import apply
from .._elementwise import where
from .._incomplete import erfcx, igamma as gammainc, igammac as gammaincc, zeta
from .._reductions import log_softmax, logsumexp, softmax
from .._special import _times_log, exp2, logit, mvlgamma, polygamma, sinc, xlogy
from ._bessel import FUNCTIONS as _BESSEL
from ._polynomials import FUNCTIONS as _POLYNOMIALS

erf, erfc, erfinv, expm1, log1p, i0, round = (
    _elements.erf, _elements.erfc, _elements.erfinv, _elements.expm1, _elements.log1p, _elements.i0, _elements.round)
digamma = psi = _elements.digamma
gammaln, expit, multigammaln = _elements.lgamma, _elements.sigmoid, mvlgamma


def i1(input):
    return apply("i1", input)


def i0e(input):
    return apply("i0", input, operation="special_i0e") * (-input.abs()).exp()


def i1e(input):
    return apply("i1", input, operation="special_i1e") * (-input.abs()).exp()


def xlog1py(input, other):
    return _times_log(input, other, "log1p")


def entr(input):
    """-x · log x, 0 at 0, -inf below."""
    inside = where(input > 0, input, 1.0)
    return where(input > 0, -input * inside.log(), where(input == 0, 0.0, where(input < 0, -math.inf, math.nan)))


def ndtr(input):
    """The distribution function of the standard normal distribution."""
    return 0.5 * apply("erfc", input * -math.sqrt(0.5))


def log_ndtr(input):
    return ndtr(input).log()


def ndtri(input):
    return math.sqrt(2) * apply("erfinv", 2 * input - 1)


def spherical_bessel_j0(input):
    """sin x / x"""
    return sinc(input / math.pi)


globals().update(_POLYNOMIALS)
globals().update(_BESSEL)
globals().update(_out.written(globals()))


def __getattr__(name):
    return _public_names.attribute("torch.special", name)
