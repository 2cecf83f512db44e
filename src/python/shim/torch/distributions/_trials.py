"""Distributions over how often independent trials succeed: Binomial, NegativeBinomial, Multinomial."""
import math

from .._creation import arange, full_like, zeros_like
from .._drawing import binomial, poisson
from .._grad_mode import no_grad
from .._joining import broadcast_tensors
from .._size import Size
from .._tensor import Tensor
from . import constraints
from ._discrete import Categorical, _inside
from ._positive import Gamma
from .distribution import Distribution, as_tensors


def _of_trials(self, total_count, probs, logits):
    """Sets `total_count` and the one of `probs` and `logits` that was given, of one shape."""
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")
    given, = as_tensors(probs if logits is None else logits)
    count = total_count if isinstance(total_count, Tensor) else full_like(given.detach(), float(total_count))
    self.total_count, given = broadcast_tensors(count.to(given.dtype), given)
    setattr(self, "probs" if logits is None else "logits", given)
    self._param = given


class _Trials(Distribution):
    """What the two share: the other of `probs` and `logits`, when it is asked for."""

    def __getattr__(self, name):
        if name == "probs" and "logits" in self.__dict__:
            self.probs = self.logits.sigmoid()
        elif name == "logits" and "probs" in self.__dict__:
            self.logits = _inside(self.probs).log() - (-_inside(self.probs)).log1p()
        else:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return self.__dict__[name]

    param_shape = property(lambda self: self._param.size())


class Binomial(_Trials):
    arg_constraints = {"total_count": constraints.nonnegative_integer, "probs": constraints.unit_interval, "logits": constraints.real}
    support = property(lambda self: constraints.integer_interval(0, self.total_count))
    has_enumerate_support = True

    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        _of_trials(self, total_count, probs, logits)
        super().__init__(self._param.shape)

    mean = property(lambda self: self.total_count * self.probs)
    mode = property(lambda self: ((self.total_count + 1) * self.probs).floor().clamp(max=self.total_count))
    variance = property(lambda self: self.total_count * self.probs * (1 - self.probs))

    def sample(self, sample_shape=Size()):
        shape = self._extended_shape(sample_shape)
        with no_grad():
            return binomial(self.total_count.expand(shape), self.probs.expand(shape))

    def enumerate_support(self, expand=True):
        most = int(self.total_count.max())
        if int(self.total_count.min()) != most:
            raise NotImplementedError("Inhomogeneous total count not supported by `enumerate_support`.")
        values = arange(1 + most, dtype=self._param.dtype).view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1,) + self._batch_shape) if expand else values

    def entropy(self):
        """−Σ p log p, over all counts"""
        if int(self.total_count.max()) != int(self.total_count.min()):
            raise NotImplementedError("Inhomogeneous total count not supported by `entropy`.")
        scores = self.log_prob(self.enumerate_support(False))
        return -(scores.exp() * scores).sum(0)

    def log_prob(self, value):
        """log C(n, k) + k·logit − n·softplus(logit)"""
        n, logits = self.total_count, self.logits
        highest = n * logits.clamp(min=0) + n * (-logits.abs()).exp().log1p() - (n + 1).lgamma()
        return value * logits - (value + 1).lgamma() - (n - value + 1).lgamma() - highest


class NegativeBinomial(_Trials):
    """The successes before `total_count` failures."""

    arg_constraints = {"total_count": constraints.greater_than_eq(0), "probs": constraints.half_open_interval(0.0, 1.0), "logits": constraints.real}
    support = constraints.nonnegative_integer

    def __init__(self, total_count, probs=None, logits=None, validate_args=None):
        _of_trials(self, total_count, probs, logits)
        super().__init__(self._param.shape)

    mean = property(lambda self: self.total_count * self.logits.exp())
    mode = property(lambda self: ((self.total_count - 1) * self.logits.exp()).floor().clamp(min=0.0))
    variance = property(lambda self: self.mean / (-self.logits).sigmoid())

    def sample(self, sample_shape=Size()):
        """Poisson at rates that a Gamma distribution gives"""
        with no_grad():
            return poisson(Gamma(self.total_count, (-self.logits).exp(), validate_args=False).sample(sample_shape))

    def log_prob(self, value):
        n = self.total_count
        unnormalized = n * (-self.logits).sigmoid().log() + value * self.logits.sigmoid().log()
        normalization = -(n + value).lgamma() + (1.0 + value).lgamma() + n.lgamma()
        return unnormalized - normalization.masked_fill(n + value == 0.0, 0.0)


class Multinomial(Distribution):
    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = property(lambda self: constraints.multinomial(self.total_count))

    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        if not isinstance(total_count, int):
            raise NotImplementedError("inhomogeneous total_count is not supported")
        self.total_count, self._categorical = total_count, Categorical(probs, logits, validate_args=validate_args)
        shape = self._categorical.param_shape
        super().__init__(shape[:-1], shape[-1:])

    probs = property(lambda self: self._categorical.probs)
    logits = property(lambda self: self._categorical.logits)
    param_shape = property(lambda self: self._categorical.param_shape)
    mean = property(lambda self: self.probs * self.total_count)
    variance = property(lambda self: self.total_count * self.probs * (1 - self.probs))

    def sample(self, sample_shape=Size()):
        with no_grad():
            drawn = self._categorical.sample(Size((self.total_count, *sample_shape)))
            drawn = drawn.permute(*range(1, drawn.dim()), 0)
            counts = zeros_like(self.probs).expand(self._extended_shape(sample_shape)).clone()
            return counts.scatter_add(-1, drawn, counts.new_ones(drawn.shape))

    def log_prob(self, value):
        logits = self.logits.masked_fill((value == 0) & (self.logits == -float("inf")), 0)
        return (value.sum(-1) + 1).lgamma() - (value + 1).lgamma().sum(-1) + (logits * value).sum(-1)

    def entropy(self):
        """n·H(p) − log n! + Σ E[log kᵢ!], where each count kᵢ is binomial"""
        each = Binomial(self.total_count, probs=self.probs, validate_args=False)
        counts = each.enumerate_support(False)[1:]
        expected = (each.log_prob(counts).exp() * (counts + 1).lgamma()).sum((0, -1))
        return self.total_count * self._categorical.entropy() - math.lgamma(self.total_count + 1) + expected
