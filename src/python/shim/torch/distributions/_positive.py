"""Distributions over positive numbers and over probabilities, and Student's: those of Gamma numbers. Samples are drawn one by one, as PyTorch draws them."""
import functools
import math

from _lens import door
from _lens.door import UnsupportedError

from .. import _drawing
from .._apply import constant
from .._creation import empty, full_like
from .._dtype import DTYPES, finfo
from .._generator import generator_id
from .._elementwise import where
from .._joining import stack
from .._size import Size
from ..nn.functional import one_hot
from . import constraints
from .distribution import Distribution, as_tensors


class Exponential(Distribution):
    arg_constraints = {"rate": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, rate, validate_args=None):
        self.rate, = as_tensors(rate)
        super().__init__(self.rate.shape)

    mean = stddev = property(lambda self: self.rate.reciprocal())
    mode = property(lambda self: full_like(self.rate, 0.0))
    variance = property(lambda self: self.rate.pow(-2))

    def rsample(self, sample_shape=Size()):
        return empty(self._extended_shape(sample_shape), dtype=self.rate.dtype).exponential_() / self.rate

    def log_prob(self, value):
        return self.rate.log() - self.rate * value

    def cdf(self, value):
        return 1 - (-self.rate * value).exp()

    def icdf(self, value):
        return -(-value).log1p() / self.rate

    def entropy(self):
        return 1.0 - self.rate.log()


class Cauchy(Distribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        super().__init__(self.loc.shape)

    mean = property(lambda self: full_like(self.loc, math.nan))
    mode = property(lambda self: self.loc)
    variance = property(lambda self: full_like(self.loc, math.inf))

    def rsample(self, sample_shape=Size()):
        return self.loc + empty(self._extended_shape(sample_shape), dtype=self.loc.dtype).cauchy_() * self.scale

    def log_prob(self, value):
        return -math.log(math.pi) - self.scale.log() - (((value - self.loc) / self.scale) ** 2).log1p()

    def cdf(self, value):
        return ((value - self.loc) / self.scale).atan() / math.pi + 0.5

    def icdf(self, value):
        return (math.pi * (value - 0.5)).tan() * self.scale + self.loc

    def entropy(self):
        return math.log(4 * math.pi) + self.scale.log()


def _gamma_number(alpha, uniform, normal):
    """One number of the Gamma distribution of rate 1 (Marsaglia and Tsang 2000)."""
    scale = 1.0
    if alpha < 1.0:
        if alpha == 0.0:
            return 0.0
        scale *= math.pow(1 - uniform(), 1.0 / alpha)
        alpha += 1.0
    d = alpha - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        y = 0.0
        while y <= 0:
            x = normal()
            y = 1.0 + c * x
        v, u, square = y * y * y, 1 - uniform(), x * x
        if u < 1.0 - 0.0331 * square * square or math.log(u) < 0.5 * square + d * (1.0 - v + math.log(v)):
            return scale * d * v


def _normal_number():
    return door.read(_drawing.drawn("normal", (), DTYPES["float64"], mean=0.0, std=1.0).value)[0]


def standard_gamma(concentration):
    """Gamma numbers of rate 1. They are drawn here, since how many draws one takes depends on those before."""
    if concentration.requires_grad:
        raise UnsupportedError("the gradient of a sample of the Gamma distribution (and of those made of it) is not supported yet")
    uniform = functools.partial(_drawing._double_of_bits, generator_id(None))
    tiny = finfo(concentration.dtype).tiny
    numbers = [max(_gamma_number(alpha, uniform, _normal_number), tiny) for alpha in door.read(concentration.value)]
    return constant(numbers, concentration.dtype, tuple(concentration.value.shape))


class Gamma(Distribution):
    arg_constraints = {"concentration": constraints.positive, "rate": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, concentration, rate, validate_args=None):
        self.concentration, self.rate = as_tensors(concentration, rate)
        super().__init__(self.concentration.shape)

    mean = property(lambda self: self.concentration / self.rate)
    mode = property(lambda self: ((self.concentration - 1) / self.rate).clamp(min=0))
    variance = property(lambda self: self.concentration / self.rate.pow(2))

    def rsample(self, sample_shape=Size()):
        shape = self._extended_shape(sample_shape)
        return (standard_gamma(self.concentration.expand(shape)) / self.rate.expand(shape)).clamp(min=finfo(self.rate.dtype).tiny)

    def log_prob(self, value):
        return (self.concentration * self.rate.log() + (self.concentration - 1) * (value.log() if hasattr(value, "log") else math.log(value))
                - self.rate * value - self.concentration.lgamma())

    def entropy(self):
        a = self.concentration
        return a - self.rate.log() + a.lgamma() + (1.0 - a) * a.digamma()


class Chi2(Gamma):
    arg_constraints = {"df": constraints.positive}

    def __init__(self, df, validate_args=None):
        df, = as_tensors(df)
        super().__init__(0.5 * df, full_like(df, 0.5))

    df = property(lambda self: self.concentration * 2)


class Dirichlet(Distribution):
    arg_constraints = {"concentration": constraints.independent(constraints.positive, 1)}
    support = constraints.simplex
    has_rsample = True

    def __init__(self, concentration, validate_args=None):
        if concentration.dim() < 1:
            raise ValueError("`concentration` parameter must be at least one-dimensional.")
        self.concentration = concentration
        super().__init__(concentration.shape[:-1], concentration.shape[-1:])

    mean = property(lambda self: self.concentration / self.concentration.sum(-1, True))

    @property
    def variance(self):
        a, total = self.concentration, self.concentration.sum(-1, True)
        return a * (total - a) / (total.pow(2) * (total + 1))

    @property
    def mode(self):
        above = (self.concentration - 1).clamp(min=0.0)
        mode = above / above.sum(-1, True)
        below = (self.concentration < 1).all(-1, keepdim=True)
        corner = one_hot(mode.argmax(-1), self.concentration.shape[-1]).to(mode.dtype)
        return where(below.expand(mode.shape), corner, mode)

    def rsample(self, sample_shape=Size()):
        numbers = standard_gamma(self.concentration.expand(self._extended_shape(sample_shape)).double())
        return (numbers / numbers.sum(-1, True)).to(self.concentration.dtype)

    def log_prob(self, value):
        a = self.concentration
        return ((a - 1.0) * value.log()).sum(-1) + a.sum(-1).lgamma() - a.lgamma().sum(-1)

    def entropy(self):
        a, count, total = self.concentration, self.concentration.size(-1), self.concentration.sum(-1)
        return a.lgamma().sum(-1) - total.lgamma() - (count - total) * total.digamma() - ((a - 1.0) * a.digamma()).sum(-1)


class Beta(Distribution):
    arg_constraints = {"concentration1": constraints.positive, "concentration0": constraints.positive}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, concentration1, concentration0, validate_args=None):
        self._dirichlet = Dirichlet(stack(list(as_tensors(concentration1, concentration0)), -1))
        super().__init__(self._dirichlet.batch_shape)

    concentration1 = property(lambda self: self._dirichlet.concentration[..., 0])
    concentration0 = property(lambda self: self._dirichlet.concentration[..., 1])
    mean = property(lambda self: self.concentration1 / (self.concentration1 + self.concentration0))

    @property
    def variance(self):
        total = self.concentration1 + self.concentration0
        return self.concentration1 * self.concentration0 / (total.pow(2) * (total + 1))

    @property
    def mode(self):
        return self._dirichlet.mode[..., 0]

    def rsample(self, sample_shape=Size()):
        return self._dirichlet.rsample(sample_shape).select(-1, 0)

    def log_prob(self, value):
        return self._dirichlet.log_prob(stack([value, 1.0 - value], -1))

    def entropy(self):
        return self._dirichlet.entropy()


class StudentT(Distribution):
    arg_constraints = {"df": constraints.positive, "loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, df, loc=0.0, scale=1.0, validate_args=None):
        self.df, self.loc, self.scale = as_tensors(df, loc, scale)
        self._chi2 = Chi2(self.df)
        super().__init__(self.df.shape)

    mean = property(lambda self: self.loc.masked_fill(self.df <= 1, math.nan))
    mode = property(lambda self: self.loc)

    @property
    def variance(self):
        df = self.df
        found = self.scale.pow(2) * df / (df - 2).masked_fill(df <= 2, 1.0)
        return found.masked_fill(df <= 2, math.inf).masked_fill(df <= 1, math.nan)

    def entropy(self):
        lbeta = (0.5 * self.df).lgamma() + math.lgamma(0.5) - (0.5 * (self.df + 1)).lgamma()
        return (self.scale.log() + 0.5 * (self.df + 1) * ((0.5 * (self.df + 1)).digamma() - (0.5 * self.df).digamma()) + 0.5 * self.df.log() + lbeta)

    def rsample(self, sample_shape=Size()):
        normal = _drawing.drawn("normal", self._extended_shape(sample_shape), self.df.dtype, mean=0.0, std=1.0)
        return self.loc + self.scale * (normal * (self._chi2.rsample(sample_shape) / self.df).rsqrt())

    def log_prob(self, value):
        y = (value - self.loc) / self.scale
        half = 0.5 * self.df
        z = self.scale.log() + 0.5 * self.df.log() + 0.5 * math.log(math.pi) + half.lgamma() - (0.5 * (self.df + 1.0)).lgamma()
        return -0.5 * (self.df + 1.0) * (y ** 2.0 / self.df).log1p() - z
