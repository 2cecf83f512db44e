"""torch.distributions.transforms: invertible functions, with the logarithm of how much they stretch."""
import math

from .._joining import broadcast_tensors
from .._reductions import softmax
from ..nn.functional import softplus
from ._shape import last_summed

__all__ = ["AbsTransform", "AffineTransform", "ComposeTransform", "ExpTransform", "IndependentTransform", "PowerTransform", "SigmoidTransform",
           "SoftmaxTransform", "SoftplusTransform", "TanhTransform", "Transform", "identity_transform"]


class Transform:
    """y = f(x). Subclasses define `_call`, `_inverse` and `log_abs_det_jacobian(x, y)`."""

    bijective = True
    sign = 1
    event_dim = 0

    def __init__(self, cache_size=0):
        self._cache_size, self._inv = cache_size, None
        self._cached = (None, None)

    @property
    def inv(self):
        if self._inv is None:
            self._inv = _InverseTransform(self)
        return self._inv

    def __call__(self, x):
        if self._cache_size and x is self._cached[0]:
            return self._cached[1]
        y = self._call(x)
        if self._cache_size:
            self._cached = (x, y)
        return y

    def _inv_call(self, y):
        if self._cache_size and y is self._cached[1]:
            return self._cached[0]
        x = self._inverse(y)
        if self._cache_size:
            self._cached = (x, y)
        return x

    def forward_shape(self, shape):
        return shape

    inverse_shape = forward_shape

    def __eq__(self, other):
        return self is other or type(self) is type(other) and vars(self).keys() == vars(other).keys() and not self._settings()

    def _settings(self):
        return []

    __hash__ = object.__hash__

    def __repr__(self):
        return f"{type(self).__name__}()"


class _InverseTransform(Transform):
    def __init__(self, transform):
        super().__init__()
        self._inv = transform

    sign = property(lambda self: self._inv.sign)
    bijective = property(lambda self: self._inv.bijective)
    event_dim = property(lambda self: self._inv.event_dim)

    def __call__(self, x):
        return self._inv._inv_call(x)

    def _inv_call(self, y):
        return self._inv(y)

    def log_abs_det_jacobian(self, x, y):
        return -self._inv.log_abs_det_jacobian(y, x)

    def __repr__(self):
        return f"_InverseTransform({self._inv!r})"


class ExpTransform(Transform):
    def _call(self, x):
        return x.exp()

    def _inverse(self, y):
        return y.log()

    def log_abs_det_jacobian(self, x, y):
        return x


class PowerTransform(Transform):
    def __init__(self, exponent, cache_size=0):
        super().__init__(cache_size)
        self.exponent, = broadcast_tensors(exponent)

    def _call(self, x):
        return x.pow(self.exponent)

    def _inverse(self, y):
        return y.pow(1 / self.exponent)

    def log_abs_det_jacobian(self, x, y):
        return (self.exponent * y / x).abs().log()


class SigmoidTransform(Transform):
    def _call(self, x):
        return x.sigmoid()

    def _inverse(self, y):
        y = y.clamp(min=1.1754943508222875e-38, max=1 - 1.1920928955078125e-07)
        return y.log() - (-y).log1p()

    def log_abs_det_jacobian(self, x, y):
        return -softplus(-x) - softplus(x)


class SoftplusTransform(Transform):
    def _call(self, x):
        return softplus(x)

    def _inverse(self, y):
        return (-y).expm1().neg().log() + y

    def log_abs_det_jacobian(self, x, y):
        return -softplus(-x)


class TanhTransform(Transform):
    def _call(self, x):
        return x.tanh()

    def _inverse(self, y):
        return y.atanh()

    def log_abs_det_jacobian(self, x, y):
        return 2.0 * (math.log(2.0) - x - softplus(-2.0 * x))


class AbsTransform(Transform):
    bijective = False

    def _call(self, x):
        return x.abs()

    def _inverse(self, y):
        return y


class AffineTransform(Transform):
    """loc + scale · x"""

    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        super().__init__(cache_size)
        self.loc, self.scale, self.event_dim = loc, scale, event_dim

    @property
    def sign(self):
        return (1 if self.scale > 0 else -1 if self.scale < 0 else 0) if isinstance(self.scale, (int, float)) else self.scale.sign()

    def _call(self, x):
        return self.loc + self.scale * x

    def _inverse(self, y):
        return (y - self.loc) / self.scale

    def log_abs_det_jacobian(self, x, y):
        if isinstance(self.scale, (int, float)):
            result = x * 0 + math.log(abs(self.scale))
        else:
            result = self.scale.abs().log().expand(x.shape)
        return last_summed(result, self.event_dim)


class SoftmaxTransform(Transform):
    bijective = False
    event_dim = 1

    def _call(self, x):
        return softmax(x - x.max(-1, True)[0], -1)

    def _inverse(self, y):
        return y.log()


class ComposeTransform(Transform):
    def __init__(self, parts, cache_size=0):
        super().__init__(cache_size)
        self.parts = list(parts)

    bijective = property(lambda self: all(part.bijective for part in self.parts))
    event_dim = property(lambda self: max((part.event_dim for part in self.parts), default=0))

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def _inv_call(self, y):
        for part in reversed(self.parts):
            y = part._inv_call(y)
        return y

    def log_abs_det_jacobian(self, x, y):
        total = 0
        for part in self.parts:
            following = part(x)
            total = total + last_summed(part.log_abs_det_jacobian(x, following), self.event_dim - part.event_dim)
            x = following
        return total

    def __repr__(self):
        return "ComposeTransform(\n    " + ",\n    ".join(map(repr, self.parts)) + "\n)"


class IndependentTransform(Transform):
    def __init__(self, base_transform, reinterpreted_batch_ndims, cache_size=0):
        super().__init__(cache_size)
        self.base_transform, self.reinterpreted_batch_ndims = base_transform, reinterpreted_batch_ndims

    event_dim = property(lambda self: self.base_transform.event_dim + self.reinterpreted_batch_ndims)

    def _call(self, x):
        return self.base_transform(x)

    def _inverse(self, y):
        return self.base_transform._inv_call(y)

    def log_abs_det_jacobian(self, x, y):
        return last_summed(self.base_transform.log_abs_det_jacobian(x, y), self.reinterpreted_batch_ndims)


identity_transform = ComposeTransform([])
