"""What all distributions share: shapes of batches and events, draws, and how they print."""
import functools

from _lens.recording import provenance
from _lens.recording.array import Parametrized

from .._grad_mode import no_grad
from .._joining import broadcast_tensors
from .._known import known, numbers_of
from .._size import Size
from .._creation import tensor
from .._tensor import Tensor
from ._shape import last_summed


def as_tensors(*values):
    """Numbers and tensors, as tensors of one shape."""
    like = next((value for value in values if isinstance(value, Tensor)), None)
    options = {} if like is None else {"dtype": like.dtype}
    return broadcast_tensors(*(value if isinstance(value, Tensor) else tensor(float(value), **options) for value in values))


def _holds(constraint, value):
    """Whether the constraint holds, or cannot be told: that would need the numbers of what is computed."""
    found = constraint.check(value)
    return not known(found) or all(numbers_of(found))


def _of_checked_values(function):
    @functools.wraps(function)
    def checked(self, value):
        if self._validate_args:
            self._validate_sample(value)
        return function(self, value)
    return checked


def _noted(function):
    @functools.wraps(function)
    def noted(self, value):
        result = function(self, value)
        provenance.log_probabilities.add(result.value.id)
        return result
    return noted


class Distribution(Parametrized):
    has_rsample = False
    has_enumerate_support = False
    arg_constraints = {}

    def __new__(cls, *args, validate_args=None, **kwargs):
        made = object.__new__(cls)
        if validate_args is not None:
            made._validate_args = validate_args
        return made

    def __init__(self, batch_shape=Size(), event_shape=Size(), validate_args=None):
        self._batch_shape, self._event_shape = Size(batch_shape), Size(event_shape)
        if self._validate_args:
            self._check_arguments()

    _validate_args = True
    support = None

    def parameter_arrays(self):
        kept = vars(self)
        own = [kept[name] for name in self.arg_constraints if isinstance(kept.get(name), Tensor)]
        return own if own or not isinstance(kept.get("base_dist"), Distribution) else kept["base_dist"].parameter_arrays()

    def __init_subclass__(cls, **kwargs):
        """Values are checked before they are scored, and logarithms of probabilities are known for what they are."""
        super().__init_subclass__(**kwargs)
        for name in ("log_prob", "cdf"):
            if name in cls.__dict__:
                setattr(cls, name, _of_checked_values(cls.__dict__[name]))
        if "log_prob" in cls.__dict__:
            cls.log_prob = _noted(cls.log_prob)

    def _check_arguments(self):
        for name, constraint in self.arg_constraints.items():
            value = self.__dict__.get(name)
            if constraint is not None and isinstance(value, Tensor) and known(value) and not _holds(constraint, value):
                raise ValueError(f"Expected parameter {name} ({type(value).__name__} of shape {tuple(value.shape)}) of distribution {self!r} to satisfy the "
                                 f"constraint {constraint!r}, but found invalid values:\n{value}")

    def _validate_sample(self, value):
        if not isinstance(value, Tensor):
            raise ValueError("The value argument to log_prob must be a Tensor")
        if len(value.size()) < len(self._event_shape):
            raise ValueError(f"Value must have at least as many dimensions as event_shape: {self._event_shape} vs {value.size()}")
        if self._event_shape and value.size()[-len(self._event_shape):] != self._event_shape:
            raise ValueError(f"The right-most size of value must match event_shape: {value.size()} vs {self._event_shape}.")
        expected = (*self._batch_shape, *self._event_shape)
        for own, wanted in zip(reversed(value.value.shape), reversed(expected)):
            if own != 1 and wanted != 1 and own != wanted:
                raise ValueError(f"Value is not broadcastable with batch_shape+event_shape: {value.size()} vs {Size(expected)}.")
        if self.support is not None and known(value) and not _holds(self.support, value):
            raise ValueError(f"Expected value argument ({type(value).__name__} of shape {tuple(value.shape)}) to be within the support ({self.support!r}) of the "
                             f"distribution {self!r}, but found invalid values:\n{value}")

    @staticmethod
    def set_default_validate_args(value):
        Distribution._validate_args = bool(value)

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    @property
    def mean(self):
        raise NotImplementedError

    @property
    def mode(self):
        raise NotImplementedError(f"{self.__class__} does not implement mode")

    @property
    def variance(self):
        raise NotImplementedError

    @property
    def stddev(self):
        return self.variance.sqrt()

    def sample(self, sample_shape=Size()):
        with no_grad():
            return self.rsample(sample_shape)

    def sample_n(self, n):
        return self.sample(Size((n,)))

    def rsample(self, sample_shape=Size()):
        raise NotImplementedError

    def log_prob(self, value):
        raise NotImplementedError

    def entropy(self):
        raise NotImplementedError

    def cdf(self, value):
        raise NotImplementedError

    def icdf(self, value):
        raise NotImplementedError

    def enumerate_support(self, expand=True):
        raise NotImplementedError

    def expand(self, batch_shape, _instance=None):
        """The same distribution for more batches: all that it holds for each of its own is there for each of these."""
        own, wanted = self._batch_shape, Size(batch_shape)
        new = object.__new__(type(self))
        for name, held in self.__dict__.items():
            if isinstance(held, Tensor) and held.shape[:len(own)] == own:
                held = held.expand((*wanted, *held.shape[len(own):]))
            elif isinstance(held, Distribution) and held.batch_shape[:len(own)] == own:
                held = held.expand((*wanted, *held.batch_shape[len(own):]))
            new.__dict__[name] = held
        new._batch_shape = wanted
        return new

    def perplexity(self):
        return self.entropy().exp()

    def _extended_shape(self, sample_shape=Size()):
        return Size((*sample_shape, *self._batch_shape, *self._event_shape))

    def __repr__(self):
        def shown(value):
            return f"{value}" if value.numel() == 1 else str(value.size())
        names = [name for name in self.arg_constraints if name in self.__dict__]
        return f"{type(self).__name__}({', '.join(f'{name}: {shown(self.__dict__[name])}' for name in names)})"


class ExponentialFamily(Distribution):
    """The base class of those whose density is an exponential of products."""


class Independent(Distribution):
    """The last dimensions of a batch, as those of an event."""

    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        shape = base_distribution.batch_shape
        if reinterpreted_batch_ndims > len(shape):
            raise ValueError("Expected reinterpreted_batch_ndims <= len(base_distribution.batch_shape), "
                             f"actual {reinterpreted_batch_ndims} vs {len(shape)}")
        self.base_dist = base_distribution
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims
        kept = len(shape) - reinterpreted_batch_ndims
        super().__init__(shape[:kept], (*shape[kept:], *base_distribution.event_shape))

    has_rsample = property(lambda self: self.base_dist.has_rsample)
    mean = property(lambda self: self.base_dist.mean)
    mode = property(lambda self: self.base_dist.mode)
    variance = property(lambda self: self.base_dist.variance)

    def sample(self, sample_shape=Size()):
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape=Size()):
        return self.base_dist.rsample(sample_shape)

    def log_prob(self, value):
        return last_summed(self.base_dist.log_prob(value), self.reinterpreted_batch_ndims)

    def entropy(self):
        return last_summed(self.base_dist.entropy(), self.reinterpreted_batch_ndims)

    def __repr__(self):
        return f"Independent({self.base_dist}, {self.reinterpreted_batch_ndims})"


for _class in (Distribution, ExponentialFamily, Independent):
    _class.__module__ = "torch.distributions." + _class.__name__.lower()
