"""Distributions that are drawn from by the inverse of their distribution function: ContinuousBernoulli, GeneralizedPareto."""
import math

from .._creation import ones_like, zeros_like
from .._drawing import rand
from .._elementwise import where
from .._grad_mode import no_grad
from .._size import Size
from . import constraints
from ._discrete import _inside
from .distribution import Distribution, as_tensors


class ContinuousBernoulli(Distribution):
    """Loaiza-Ganem and Cunningham 2019. Near a `probs` of 1/2, between `lims`, it is computed by Taylor's series."""

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, probs=None, logits=None, lims=(0.499, 0.501), validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        if logits is None:
            self.probs, = as_tensors(probs)
            if validate_args is not None and not self.arg_constraints["probs"].check(self.probs).all():
                raise ValueError("The parameter probs has invalid values")
            self.probs = _inside(self.probs)
        else:
            self.logits, = as_tensors(logits)
        self._lims = lims
        super().__init__(self._param.shape)

    @property
    def _param(self):
        return self.__dict__["probs"] if "probs" in self.__dict__ else self.logits

    def __getattr__(self, name):
        if name == "probs" and "logits" in self.__dict__:
            return _inside(self.logits.sigmoid())
        if name == "logits" and "probs" in self.__dict__:
            return self.probs.log() - (-self.probs).log1p()
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    param_shape = property(lambda self: self._param.size())

    def _is_stable(self):
        return (self.probs <= self._lims[0]) | (self.probs > self._lims[1])

    def _cut(self):
        return where(self._is_stable(), self.probs, self._lims[0] * ones_like(self.probs))

    def _log_norm(self):
        cut = self._cut()
        below, above = where(cut <= 0.5, cut, zeros_like(cut)), where(cut >= 0.5, cut, ones_like(cut))
        exact = ((-cut).log1p() - cut.log()).abs().log() - where(cut <= 0.5, (-2.0 * below).log1p(), (2.0 * above - 1.0).log())
        x = (self.probs - 0.5) ** 2
        return where(self._is_stable(), exact, math.log(2.0) + (4.0 / 3.0 + 104.0 / 45.0 * x) * x)

    @property
    def mean(self):
        cut, x = self._cut(), self.probs - 0.5
        exact = cut / (2.0 * cut - 1.0) + 1.0 / ((-cut).log1p() - cut.log())
        return where(self._is_stable(), exact, 0.5 + (1.0 / 3.0 + 16.0 / 45.0 * x ** 2) * x)

    @property
    def variance(self):
        cut, x = self._cut(), (self.probs - 0.5) ** 2
        exact = cut * (cut - 1.0) / (1.0 - 2.0 * cut) ** 2 + 1.0 / ((-cut).log1p() - cut.log()) ** 2
        return where(self._is_stable(), exact, 1.0 / 12.0 - (1.0 / 15.0 - 128.0 / 945.0 * x) * x)

    def sample(self, sample_shape=Size()):
        with no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=Size()):
        return self.icdf(rand(self._extended_shape(sample_shape), dtype=self._param.dtype))

    def log_prob(self, value):
        from ..nn.functional import binary_cross_entropy_with_logits
        logits, value = as_tensors(self.logits, value)
        return -binary_cross_entropy_with_logits(logits, value, reduction="none") + self._log_norm()

    def cdf(self, value):
        cut = self._cut()
        exact = (cut ** value * (1.0 - cut) ** (1.0 - value) + cut - 1.0) / (2.0 * cut - 1.0)
        inside = where(self._is_stable(), exact, value)
        return where(value <= 0.0, zeros_like(value), where(value >= 1.0, ones_like(value), inside))

    def icdf(self, value):
        cut = self._cut()
        exact = ((-cut + value * (2.0 * cut - 1.0)).log1p() - (-cut).log1p()) / (cut.log() - (-cut).log1p())
        return where(self._is_stable(), exact, value)

    def entropy(self):
        zero, one = (-self.probs).log1p(), self.probs.log()
        return self.mean * (zero - one) - self._log_norm() - zero


class GeneralizedPareto(Distribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive, "concentration": constraints.real}
    has_rsample = True

    def __init__(self, loc, scale, concentration, validate_args=None):
        self.loc, self.scale, self.concentration = as_tensors(loc, scale, concentration)
        super().__init__(self.loc.shape)

    mode = property(lambda self: self.loc)

    @property
    def support(self):
        return constraints.interval(self.loc, where(self.concentration < 0, self.loc - self.scale / self.concentration, math.inf))

    def _limit(self):
        """(whether the concentration is 0, the concentration with 1 in its place)"""
        is_zero = self.concentration.isclose(zeros_like(self.concentration))
        return is_zero, where(is_zero, ones_like(self.concentration), self.concentration)

    def rsample(self, sample_shape=Size()):
        return self.icdf(rand(self._extended_shape(sample_shape), dtype=self.loc.dtype))

    def log_prob(self, value):
        z, (is_zero, concentration) = (value - self.loc) / self.scale, self._limit()
        y = 1 / concentration + ones_like(z)
        return -self.scale.log() - where(is_zero, z, where(y == 0, y, y * (concentration * z).log1p()))

    def log_survival_function(self, value):
        z, (is_zero, concentration) = (value - self.loc) / self.scale, self._limit()
        return where(is_zero, -z, -(concentration * z).log1p() / concentration)

    def log_cdf(self, value):
        return (-self.log_survival_function(value).exp()).log1p()

    def cdf(self, value):
        return self.log_cdf(value).exp()

    def icdf(self, value):
        (is_zero, concentration), logarithm = self._limit(), (-value).log1p()
        return where(is_zero, self.loc - self.scale * logarithm, self.loc + self.scale / concentration * (-concentration * logarithm).expm1())

    @property
    def mean(self):
        holds = self.concentration < 1
        return where(holds, self.loc + self.scale / (1 - where(holds, self.concentration, 0.5)), math.nan)

    @property
    def variance(self):
        holds = self.concentration < 0.5
        c = where(holds, self.concentration, 0.25)
        return where(holds, self.scale ** 2 / ((1 - c) ** 2 * (1 - 2 * c)), math.nan)

    def entropy(self):
        return self.scale.log() + self.concentration + 1


ContinuousBernoulli.__module__, GeneralizedPareto.__module__ = "torch.distributions.continuous_bernoulli", "torch.distributions.generalized_pareto"
