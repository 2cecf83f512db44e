"""Distributions of what is computed of draws of others: their absolute value, reciprocal, quotient or power."""
import math

from .._creation import full_like, zeros_like
from .._dtype import finfo
from .._size import Size
from . import constraints
from ._continuous import Uniform
from ._positive import Cauchy, Gamma
from ._transformed import TransformedDistribution
from .distribution import Distribution, as_tensors
from .transforms import AbsTransform, AffineTransform, PowerTransform

_EULER = 0.57721566490153286060


class HalfCauchy(TransformedDistribution):
    arg_constraints = {"scale": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, scale, validate_args=None):
        self._scale, = as_tensors(scale)
        super().__init__(Cauchy(zeros_like(self._scale), self._scale, validate_args=validate_args), AbsTransform())

    scale = property(lambda self: self.base_dist.scale)
    mean = variance = property(lambda self: full_like(self.scale, math.inf))
    mode = property(lambda self: zeros_like(self.scale))

    def log_prob(self, value):
        return (self.base_dist.log_prob(value) + math.log(2)).masked_fill(value < 0, -math.inf)

    def cdf(self, value):
        return 2 * self.base_dist.cdf(value) - 1

    def icdf(self, prob):
        return self.base_dist.icdf((prob + 1) / 2)

    def entropy(self):
        return self.base_dist.entropy() - math.log(2)


class InverseGamma(TransformedDistribution):
    arg_constraints = {"concentration": constraints.positive, "rate": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, concentration, rate, validate_args=None):
        base = Gamma(concentration, rate, validate_args=validate_args)
        super().__init__(base, PowerTransform(-base.rate.new_ones(())))

    concentration = property(lambda self: self.base_dist.concentration)
    rate = property(lambda self: self.base_dist.rate)
    mode = property(lambda self: self.rate / (self.concentration + 1))

    @property
    def mean(self):
        found = self.rate / (self.concentration - 1)
        return found.masked_fill(self.concentration <= 1, math.inf)

    @property
    def variance(self):
        found = self.rate.square() / ((self.concentration - 1).square() * (self.concentration - 2))
        return found.masked_fill(self.concentration <= 2, math.inf)

    def entropy(self):
        a = self.concentration
        return a + self.rate.log() + a.lgamma() - (1 + a) * a.digamma()


class Kumaraswamy(TransformedDistribution):
    """(1 − u^(1/b))^(1/a)"""

    arg_constraints = {"concentration1": constraints.positive, "concentration0": constraints.positive}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1, self.concentration0 = as_tensors(concentration1, concentration0)
        one = full_like(self.concentration0.detach(), 1.0)
        super().__init__(Uniform(zeros_like(one), one, validate_args=validate_args),
                         [PowerTransform(self.concentration0.reciprocal()), AffineTransform(1.0, -1.0), PowerTransform(self.concentration1.reciprocal())])

    def _moment(self, n):
        """E[xⁿ] = b·B(1 + n/a, b)"""
        a, b = self.concentration1, self.concentration0
        power = 1 + n / a
        return (b.log() + power.lgamma() + b.lgamma() - (power + b).lgamma()).exp()

    mean = property(lambda self: self._moment(1))
    variance = property(lambda self: self._moment(2) - self._moment(1).pow(2))

    @property
    def mode(self):
        a, b = self.concentration1, self.concentration0
        log_mode = a.reciprocal() * (-b).log1p() - (-a * b).log1p()
        return log_mode.exp().masked_fill((b < 1) | (a < 1), math.nan)

    def entropy(self):
        a, b = 1 - self.concentration1.reciprocal(), 1 - self.concentration0.reciprocal()
        harmonic = (self.concentration0 + 1).digamma() + _EULER
        return b + a * harmonic - self.concentration1.log() - self.concentration0.log()


class FisherSnedecor(Distribution):
    """The quotient of two variables of χ², each divided by its degrees of freedom."""

    arg_constraints = {"df1": constraints.positive, "df2": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, df1, df2, validate_args=None):
        self.df1, self.df2 = as_tensors(df1, df2)
        self._gamma1, self._gamma2 = (Gamma(df * 0.5, df, validate_args=validate_args) for df in (self.df1, self.df2))
        super().__init__(self.df1.shape)

    mean = property(lambda self: (self.df2 / (self.df2 - 2)).masked_fill(self.df2 <= 2, math.nan))

    @property
    def mode(self):
        return ((self.df1 - 2) / self.df1 * self.df2 / (self.df2 + 2)).masked_fill(self.df1 <= 2, math.nan)

    @property
    def variance(self):
        df2 = self.df2.masked_fill(self.df2 <= 4, math.nan)
        return 2 * df2.pow(2) * (self.df1 + df2 - 2) / (self.df1 * (df2 - 2).pow(2) * (df2 - 4))

    def rsample(self, sample_shape=Size()):
        shape, tiny = self._extended_shape(sample_shape), finfo(self.df2.dtype).tiny
        first, second = (gamma.rsample(sample_shape).view(shape) for gamma in (self._gamma1, self._gamma2))
        return (first / second.clamp(min=tiny)).clamp(min=tiny)

    def log_prob(self, value):
        a, b = self.df1 * 0.5, self.df2 * 0.5
        ratio = self.df1 / self.df2
        return ((a + b).lgamma() - a.lgamma() - b.lgamma() + a * ratio.log() + (a - 1) * value.log() - (a + b) * (ratio * value).log1p())
