"""Distributions over choices. Each is made of probabilities or of logits, and gives both."""
import math

from .. import _creation, _drawing
from .._dtype import finfo
from .._grad_mode import no_grad
from .._size import Size, broadcast_shapes
from . import constraints
from .distribution import Distribution, as_tensors


def _only_one(probs, logits):
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")


def _logarithm(probs):
    """log p, with p kept away from 0 and 1."""
    return _inside(probs).log()


def _inside(probs):
    margin = finfo(probs.dtype).eps
    return probs.clamp(margin, 1 - margin)


class Categorical(Distribution):
    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = property(lambda self: constraints.integer_interval(0, self._num_events - 1))
    has_enumerate_support = True

    def __init__(self, probs=None, logits=None, validate_args=None):
        _only_one(probs, logits)
        given = probs if logits is None else logits
        if given.dim() < 1:
            raise ValueError(f"`{'probs' if logits is None else 'logits'}` parameter must be at least one-dimensional.")
        if logits is None:
            self.probs = probs / probs.sum(-1, keepdim=True)
        else:
            self.logits = logits - logits.logsumexp(-1, keepdim=True)
        self._param, self._num_events = given, given.shape[-1]
        super().__init__(given.shape[:-1])

    def __getattr__(self, name):
        if name == "probs" and "logits" in self.__dict__:
            self.probs = self.logits.softmax(-1)
            return self.probs
        if name == "logits" and "probs" in self.__dict__:
            self.logits = _logarithm(self.probs)
            return self.logits
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    @property
    def param_shape(self):
        return self._param.size()

    @property
    def mode(self):
        return self.probs.argmax(-1)

    @property
    def mean(self):
        return _creation.full(self._extended_shape(), math.nan, dtype=self.probs.dtype)

    variance = mean

    def sample(self, sample_shape=Size()):
        count, probs = math.prod(sample_shape), self.probs  # which are kept, and with their gradient
        with no_grad():
            rows = _drawing.multinomial(probs.reshape(-1, self._num_events), count, True)
            return rows.transpose(0, 1).reshape(self._extended_shape(sample_shape))

    def log_prob(self, value):
        index = value.long().unsqueeze(-1)
        logits = self.logits
        shape = Size((*broadcast_shapes(index.shape[:-1], logits.shape[:-1]), self._num_events))
        return logits.expand(shape).gather(-1, index.expand((*shape[:-1], 1))).squeeze(-1)

    def entropy(self):
        return -(self.logits.clamp(min=finfo(self.logits.dtype).min) * self.probs).sum(-1)

    def enumerate_support(self, expand=True):
        values = _creation.arange(self._num_events).view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1, *self._batch_shape)) if expand else values


class OneHotCategorical(Distribution):
    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = constraints.one_hot

    def __init__(self, probs=None, logits=None, validate_args=None):
        self._categorical = Categorical(probs, logits, validate_args=validate_args)
        shape = self._categorical.param_shape
        super().__init__(shape[:-1], shape[-1:])

    probs = property(lambda self: self._categorical.probs)
    logits = property(lambda self: self._categorical.logits)
    mean = property(lambda self: self._categorical.probs)
    variance = property(lambda self: self.probs * (1 - self.probs))
    param_shape = property(lambda self: self._categorical.param_shape)
    mode = property(lambda self: self._one_hot(self._categorical.mode))
    has_enumerate_support = True

    def _one_hot(self, index):
        from ..nn.functional import one_hot
        return one_hot(index, self._event_shape[0]).to(self.probs.dtype)

    def sample(self, sample_shape=Size()):
        return self._one_hot(self._categorical.sample(sample_shape))

    def log_prob(self, value):
        return self._categorical.log_prob(value.argmax(-1))

    def entropy(self):
        return self._categorical.entropy()

    def enumerate_support(self, expand=True):
        return self._one_hot(self._categorical.enumerate_support(expand))


class OneHotCategoricalStraightThrough(OneHotCategorical):
    """Its draws carry the gradient of their probabilities."""

    has_rsample = True

    def rsample(self, sample_shape=Size()):
        return self.sample(sample_shape) + (self.probs - self.probs.detach())


class Bernoulli(Distribution):
    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.boolean
    has_enumerate_support = True

    def __init__(self, probs=None, logits=None, validate_args=None):
        _only_one(probs, logits)
        if logits is None:
            self.probs, = as_tensors(probs)
        else:
            self.logits, = as_tensors(logits)
        self._param = self.probs if logits is None else self.logits
        super().__init__(self._param.shape)

    def __getattr__(self, name):
        if name == "probs" and "logits" in self.__dict__:
            self.probs = self.logits.sigmoid()
            return self.probs
        if name == "logits" and "probs" in self.__dict__:
            probs = _inside(self.probs)
            self.logits = probs.log() - (-probs).log1p()
            return self.logits
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    param_shape = Categorical.param_shape
    mean = property(lambda self: self.probs)
    variance = property(lambda self: self.probs * (1 - self.probs))

    @property
    def mode(self):
        return (self.probs >= 0.5).to(self.probs.dtype).masked_fill(self.probs == 0.5, math.nan)

    def sample(self, sample_shape=Size()):
        probs = self.probs.expand(self._extended_shape(sample_shape))
        with no_grad():
            return _drawing.bernoulli(probs)

    def log_prob(self, value):
        return -self._cross_entropy(value)

    def entropy(self):
        return self._cross_entropy(self.probs)

    def enumerate_support(self, expand=True):
        values = _creation.arange(2, dtype=self._param.dtype).view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1, *self._batch_shape)) if expand else values

    def _cross_entropy(self, target):
        from ..nn.functional import binary_cross_entropy_with_logits
        logits, target = as_tensors(self.logits, target)
        return binary_cross_entropy_with_logits(logits, target, reduction="none")


Categorical.__module__ = "torch.distributions.categorical"
OneHotCategorical.__module__ = OneHotCategoricalStraightThrough.__module__ = "torch.distributions.one_hot_categorical"
Bernoulli.__module__ = "torch.distributions.bernoulli"
