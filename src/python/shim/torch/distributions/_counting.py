"""Distributions over counts, choices softened by a temperature, and mixtures."""
import math

from .. import _drawing
from .._creation import empty, zeros_like
from .._dtype import finfo
from .._grad_mode import no_grad
from .._size import Size
from ..nn.functional import softplus
from ._discrete import Categorical, _inside
from ._transformed import TransformedDistribution
from . import constraints
from .distribution import Distribution, as_tensors
from .transforms import ExpTransform, SigmoidTransform


class Poisson(Distribution):
    arg_constraints = {"rate": constraints.nonnegative}
    support = constraints.nonnegative_integer

    def __init__(self, rate, validate_args=None):
        self.rate, = as_tensors(rate)
        super().__init__(self.rate.shape)

    mean = variance = property(lambda self: self.rate)
    mode = property(lambda self: self.rate.floor())

    def sample(self, sample_shape=Size()):
        with no_grad():
            return _drawing.poisson(self.rate.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        return value.xlogy(self.rate) - self.rate - (value + 1).lgamma()


class Geometric(Distribution):
    """The number of failures before the first success."""

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.nonnegative_integer

    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        given, = as_tensors(probs if logits is None else logits)
        self.probs = given if logits is None else given.sigmoid()
        self.logits = given if probs is None else _inside(given).log() - (-_inside(given)).log1p()
        super().__init__(given.shape)

    mean = property(lambda self: 1.0 / self.probs - 1.0)
    mode = property(lambda self: zeros_like(self.probs))
    variance = property(lambda self: (1.0 / self.probs - 1.0) / self.probs)

    def sample(self, sample_shape=Size()):
        with no_grad():
            u = empty(self._extended_shape(sample_shape), dtype=self.probs.dtype).uniform_(finfo(self.probs.dtype).tiny, 1)
            return (u.log() / (-self.probs).log1p()).floor()

    def log_prob(self, value):
        return value * (-self.probs).log1p() + self.probs.log()

    def entropy(self):
        return (softplus(-self.logits) * self.probs + softplus(self.logits) * (1 - self.probs)) / self.probs


class _LogitRelaxedBernoulli(Distribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None):
        given, = as_tensors(probs if logits is None else logits)
        self.temperature = temperature
        self.probs = given if logits is None else given.sigmoid()
        self.logits = given if probs is None else _inside(given).log() - (-_inside(given)).log1p()
        super().__init__(given.shape)

    def rsample(self, sample_shape=Size()):
        shape = self._extended_shape(sample_shape)
        probs, points = _inside(self.probs.expand(shape)), _inside(_drawing.rand(shape, dtype=self.probs.dtype))
        return (points.log() - (-points).log1p() + probs.log() - (-probs).log1p()) / self.temperature

    def log_prob(self, value):
        difference = self.logits - value * self.temperature
        return math.log(self.temperature) + difference - 2 * softplus(difference) if isinstance(self.temperature, (int, float)) else (
            self.temperature.log() + difference - 2 * softplus(difference))


class RelaxedBernoulli(TransformedDistribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(_LogitRelaxedBernoulli(temperature, probs, logits), SigmoidTransform())

    temperature = property(lambda self: self.base_dist.temperature)
    probs = property(lambda self: self.base_dist.probs)
    logits = property(lambda self: self.base_dist.logits)


class _ExpRelaxedCategorical(Distribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None):
        self._categorical, self.temperature = Categorical(probs, logits), temperature
        given = probs if logits is None else logits
        super().__init__(given.shape[:-1], given.shape[-1:])

    def rsample(self, sample_shape=Size()):
        shape = self._extended_shape(sample_shape)
        points = _inside(_drawing.rand(shape, dtype=self._categorical.logits.dtype))
        scores = (self._categorical.logits.expand(shape) - (-(points.log())).log()) / self.temperature
        return scores - scores.logsumexp(-1, keepdim=True)

    def log_prob(self, value):
        count, temperature = self.event_shape[-1], self.temperature
        logits = self._categorical.logits
        scale = math.lgamma(count) + (count - 1) * (math.log(temperature) if isinstance(temperature, (int, float)) else temperature.log())
        score = logits - value * temperature
        return (score - score.logsumexp(-1, keepdim=True)).sum(-1) + scale


class RelaxedOneHotCategorical(TransformedDistribution):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(_ExpRelaxedCategorical(temperature, probs, logits), ExpTransform())

    temperature = property(lambda self: self.base_dist.temperature)
    probs = property(lambda self: self.base_dist._categorical.probs)
    logits = property(lambda self: self.base_dist._categorical.logits)


class MixtureSameFamily(Distribution):
    """Components along the last dimension of a batch, chosen by a Categorical."""

    def __init__(self, mixture_distribution, component_distribution, validate_args=None):
        if not isinstance(mixture_distribution, Categorical):
            raise ValueError(" The Mixture distribution needs to be an  instance of torch.distributions.Categorical")
        self.mixture_distribution = self._mixture_distribution = mixture_distribution
        self.component_distribution = self._component_distribution = component_distribution
        self._events = len(component_distribution.event_shape)
        super().__init__(component_distribution.batch_shape[:-1], component_distribution.event_shape)

    def _weights(self):
        probs = self.mixture_distribution.probs
        return probs.reshape(*probs.shape, *[1] * self._events)

    @property
    def mean(self):
        return (self._weights() * self.component_distribution.mean).sum(-1 - self._events)

    @property
    def variance(self):
        along = -1 - self._events
        spread = self.component_distribution.mean - self.mean.unsqueeze(along)
        return (self._weights() * self.component_distribution.variance).sum(along) + (self._weights() * spread.pow(2)).sum(along)

    def cdf(self, x):
        return (self.component_distribution.cdf(x.unsqueeze(-1 - self._events)) * self.mixture_distribution.probs).sum(-1)

    def log_prob(self, x):
        along = x.unsqueeze(-1 - self._events)
        return (self.component_distribution.log_prob(along) + self.mixture_distribution.logits.log_softmax(-1)).logsumexp(-1)

    def sample(self, sample_shape=Size()):
        with no_grad():
            chosen, parts = self.mixture_distribution.sample(sample_shape), self.component_distribution.sample(sample_shape)
            along = len(sample_shape) + len(self.batch_shape)
            index = chosen.reshape(*chosen.shape, 1, *[1] * self._events).expand(*chosen.shape, 1, *self.event_shape)
            return parts.gather(along, index).squeeze(along)
