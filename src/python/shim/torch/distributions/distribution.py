"""What all distributions share: shapes of batches and events, draws, and how they print."""
from _lens.door import UnsupportedError

from .._grad_mode import no_grad
from .._joining import broadcast_tensors
from .._size import Size
from .._creation import tensor
from .._tensor import Tensor
from ._shape import last_summed


def as_tensors(*values):
    """Numbers and tensors, as tensors of one shape."""
    like = next((value for value in values if isinstance(value, Tensor)), None)
    options = {} if like is None else {"dtype": like.dtype}
    return broadcast_tensors(*(value if isinstance(value, Tensor) else tensor(float(value), **options) for value in values))


class Distribution:
    has_rsample = False
    has_enumerate_support = False
    arg_constraints = {}

    def __init__(self, batch_shape=Size(), event_shape=Size(), validate_args=None):
        self._batch_shape, self._event_shape = Size(batch_shape), Size(event_shape)

    @staticmethod
    def set_default_validate_args(value):
        """Arguments are not checked: that would need their numbers."""

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
        raise UnsupportedError(f"{type(self).__name__}.expand is not supported yet")

    def perplexity(self):
        return self.entropy().exp()

    def _extended_shape(self, sample_shape=Size()):
        return Size((*sample_shape, *self._batch_shape, *self._event_shape))

    def __repr__(self):
        def shown(value):
            return f"{value}" if value.numel() == 1 else str(value.size())
        names = [name for name in self.arg_constraints if name in self.__dict__]
        return f"{type(self).__name__}({', '.join(f'{name}: {shown(self.__dict__[name])}' for name in names)})"


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


for _class in (Distribution, Independent):
    _class.__module__ = "torch.distributions." + _class.__name__.lower()
