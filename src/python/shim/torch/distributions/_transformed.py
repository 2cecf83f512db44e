"""Distributions of a function of what another gives: TransformedDistribution, and those that PyTorch makes so."""
import math

from .._creation import full_like, zeros_like
from .._dtype import finfo
from .._grad_mode import no_grad
from .._size import Size
from ._continuous import Normal, Uniform
from ._positive import Exponential
from ._shape import last_summed
from . import constraints
from .distribution import Distribution, Independent, as_tensors
from .transforms import AbsTransform, AffineTransform, ComposeTransform, ExpTransform, PowerTransform, StickBreakingTransform, Transform

_EULER = 0.57721566490153286060


class TransformedDistribution(Distribution):
    def __init__(self, base_distribution, transforms, validate_args=None):
        self.transforms = [transforms] if isinstance(transforms, Transform) else list(transforms)
        whole, event = ComposeTransform(self.transforms), len(base_distribution.event_shape)
        shape = Size((*base_distribution.batch_shape, *base_distribution.event_shape))
        if len(shape) < whole.event_dim:
            raise ValueError(f"base_distribution needs to have shape with size at least {whole.event_dim}, but got {shape}.")
        shape = whole.forward_shape(shape)
        before = whole.inverse_shape(shape)
        if before[:len(before) - event] != base_distribution.batch_shape:
            base_distribution = base_distribution.expand(before[:len(before) - event])
        extra = whole.event_dim - event
        self.base_dist = Independent(base_distribution, extra) if extra > 0 else base_distribution
        event = max(whole.event_dim_after, event + whole.event_dim_after - whole.event_dim)
        super().__init__(shape[:len(shape) - event], shape[len(shape) - event:])

    has_rsample = property(lambda self: self.base_dist.has_rsample)

    def _transformed(self, x):
        for transform in self.transforms:
            x = transform(x)
        return x

    def sample(self, sample_shape=Size()):
        with no_grad():
            return self._transformed(self.base_dist.sample(sample_shape))

    def rsample(self, sample_shape=Size()):
        return self._transformed(self.base_dist.rsample(sample_shape))

    def log_prob(self, value):
        """log p(x) − Σ log |dy/dx|"""
        event, total, y = len(self.event_shape), 0.0, value
        for transform in reversed(self.transforms):
            x = transform._inv_call(y)
            event += transform.event_dim - transform.event_dim_after
            total = total - last_summed(transform.log_abs_det_jacobian(x, y), event - transform.event_dim)
            y = x
        return total + last_summed(self.base_dist.log_prob(y), event - len(self.base_dist.event_shape))

    def cdf(self, value):
        sign = 1
        for transform in reversed(self.transforms):
            sign = sign * transform.sign
            value = transform._inv_call(value)
        found = self.base_dist.cdf(value)
        return found if isinstance(sign, int) and sign == 1 else sign * (found - 0.5) + 0.5

    def icdf(self, value):
        sign = 1
        for transform in self.transforms:
            sign = sign * transform.sign
        value = value if isinstance(sign, int) and sign == 1 else sign * (value - 0.5) + 0.5
        return self._transformed(self.base_dist.icdf(value))

    def __repr__(self):
        if type(self) is TransformedDistribution:
            return f"{type(self).__name__}()"
        return Distribution.__repr__(self)


class HalfNormal(TransformedDistribution):
    arg_constraints = {"scale": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, scale, validate_args=None):
        self._scale, = as_tensors(scale)
        super().__init__(Normal(zeros_like(self._scale), self._scale), AbsTransform())

    scale = property(lambda self: self._scale)
    mean = property(lambda self: self.scale * math.sqrt(2 / math.pi))
    mode = property(lambda self: zeros_like(self.scale))
    variance = property(lambda self: self.scale.pow(2) * (1 - 2 / math.pi))

    def log_prob(self, value):
        found = self.base_dist.log_prob(value) + math.log(2)
        return found.masked_fill(value < 0, -math.inf) if hasattr(value, "masked_fill") else found

    def entropy(self):
        return self.base_dist.entropy() - math.log(2)

    def cdf(self, value):
        return 2 * self.base_dist.cdf(value) - 1

    def icdf(self, prob):
        return self.base_dist.icdf((prob + 1) / 2)


class Gumbel(TransformedDistribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        limits = finfo(self.loc.dtype)
        base = Uniform(full_like(self.loc, limits.tiny), full_like(self.loc, 1 - limits.eps))
        super().__init__(base, [ExpTransform().inv, AffineTransform(0, full_like(self.scale, -1.0)), ExpTransform().inv, AffineTransform(self.loc, -self.scale)])

    mean = property(lambda self: self.loc + self.scale * _EULER)
    mode = property(lambda self: self.loc)
    stddev = property(lambda self: (math.pi / math.sqrt(6)) * self.scale)
    variance = property(lambda self: self.stddev.pow(2))

    def log_prob(self, value):
        y = (self.loc - value) / self.scale
        return (y - y.exp()) - self.scale.log()

    def entropy(self):
        return self.scale.log() + (1 + _EULER)


class LogisticNormal(TransformedDistribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.simplex
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        base = Normal(loc, scale, validate_args=validate_args)
        super().__init__(base if base.batch_shape else base.expand([1]), StickBreakingTransform())

    loc = property(lambda self: self.base_dist.base_dist.loc)
    scale = property(lambda self: self.base_dist.base_dist.scale)


class Weibull(TransformedDistribution):
    arg_constraints = {"scale": constraints.positive, "concentration": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, scale, concentration, validate_args=None):
        self.scale, self.concentration = as_tensors(scale, concentration)
        self.concentration_reciprocal = self.concentration.reciprocal()
        super().__init__(Exponential(full_like(self.scale, 1.0)), [PowerTransform(exponent=self.concentration_reciprocal), AffineTransform(0, self.scale)])

    mean = property(lambda self: self.scale * (1 + self.concentration_reciprocal).lgamma().exp())
    mode = property(lambda self: self.scale * ((self.concentration - 1) / self.concentration) ** self.concentration.reciprocal())

    @property
    def variance(self):
        first, second = (1 + self.concentration_reciprocal).lgamma(), (1 + 2 * self.concentration_reciprocal).lgamma()
        return self.scale.pow(2) * (second.exp() - (2 * first).exp())

    def entropy(self):
        return _EULER * (1 - self.concentration_reciprocal) + (self.scale * self.concentration_reciprocal).log() + 1


class Pareto(TransformedDistribution):
    arg_constraints = {"alpha": constraints.positive, "scale": constraints.positive}
    has_rsample = True

    def __init__(self, scale, alpha, validate_args=None):
        self.scale, self.alpha = as_tensors(scale, alpha)
        super().__init__(Exponential(self.alpha), [ExpTransform(), AffineTransform(0, self.scale)])

    mean = property(lambda self: self.alpha.clamp(min=1) * self.scale / (self.alpha.clamp(min=1) - 1))
    mode = property(lambda self: self.scale)

    @property
    def variance(self):
        a = self.alpha.clamp(min=2)
        return self.scale.pow(2) * a / ((a - 1).pow(2) * (a - 2))

    def entropy(self):
        return (self.scale / self.alpha).log() + (1 + self.alpha.reciprocal())
