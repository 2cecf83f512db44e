"""Invertible functions, with the logarithm of how much they stretch: what all have in common, and what is made of several."""
from .._creation import zeros_like
from .._joining import cat, stack
from ._shape import last_summed
from . import constraints


class Transform:
    """y = f(x). Subclasses define `_call`, `_inverse` and `log_abs_det_jacobian(x, y)`."""

    bijective = True
    sign = 1
    domain = codomain = constraints.real
    event_dim = property(lambda self: self.domain.event_dim)  # of what it takes
    event_dim_after = property(lambda self: self.codomain.event_dim)  # of what it gives

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

    def log_abs_det_jacobian(self, x, y):
        raise NotImplementedError

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
    domain = property(lambda self: self._inv.codomain)
    codomain = property(lambda self: self._inv.domain)

    def __call__(self, x):
        return self._inv._inv_call(x)

    def _inv_call(self, y):
        return self._inv(y)

    def forward_shape(self, shape):
        return self._inv.inverse_shape(shape)

    def inverse_shape(self, shape):
        return self._inv.forward_shape(shape)

    def log_abs_det_jacobian(self, x, y):
        return -self._inv.log_abs_det_jacobian(y, x)

    def __repr__(self):
        return f"_InverseTransform({self._inv!r})"


class ComposeTransform(Transform):
    def __init__(self, parts, cache_size=0):
        super().__init__(cache_size)
        self.parts = list(parts)

    bijective = property(lambda self: all(part.bijective for part in self.parts))
    domain = property(lambda self: self._widened(self.parts[0].domain, self.event_dim) if self.parts else constraints.real)
    codomain = property(lambda self: self._widened(self.parts[-1].codomain, self.event_dim_after) if self.parts else constraints.real)

    @staticmethod
    def _widened(constraint, event_dim):
        missing = event_dim - constraint.event_dim
        return constraints.independent(constraint, missing) if missing > 0 else constraint

    @property
    def event_dim(self):
        """Axes of the first part's events, so many that those of the parts after it have theirs."""
        found = self.parts[-1].event_dim_after if self.parts else 0
        for part in reversed(self.parts):
            found = max(found + part.event_dim - part.event_dim_after, part.event_dim)
        return found

    @property
    def event_dim_after(self):
        found = self.parts[0].event_dim if self.parts else 0
        for part in self.parts:
            found = max(found + part.event_dim_after - part.event_dim, part.event_dim_after)
        return found

    def forward_shape(self, shape):
        for part in self.parts:
            shape = part.forward_shape(shape)
        return shape

    def inverse_shape(self, shape):
        for part in reversed(self.parts):
            shape = part.inverse_shape(shape)
        return shape

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def _inv_call(self, y):
        for part in reversed(self.parts):
            y = part._inv_call(y)
        return y

    def log_abs_det_jacobian(self, x, y):
        if not self.parts:
            return zeros_like(x)
        total, event_dim = 0, self.event_dim
        for part in self.parts:
            following = part(x)
            total = total + last_summed(part.log_abs_det_jacobian(x, following), event_dim - part.event_dim)
            event_dim += part.event_dim_after - part.event_dim
            x = following
        return total

    def __repr__(self):
        return "ComposeTransform(\n    " + ",\n    ".join(map(repr, self.parts)) + "\n)"


class IndependentTransform(Transform):
    def __init__(self, base_transform, reinterpreted_batch_ndims, cache_size=0):
        super().__init__(cache_size)
        self.base_transform, self.reinterpreted_batch_ndims = base_transform, reinterpreted_batch_ndims

    bijective = property(lambda self: self.base_transform.bijective)
    sign = property(lambda self: self.base_transform.sign)
    domain = property(lambda self: constraints.independent(self.base_transform.domain, self.reinterpreted_batch_ndims))
    codomain = property(lambda self: constraints.independent(self.base_transform.codomain, self.reinterpreted_batch_ndims))

    def _call(self, x):
        return self.base_transform(x)

    def _inverse(self, y):
        return self.base_transform._inv_call(y)

    def log_abs_det_jacobian(self, x, y):
        return last_summed(self.base_transform.log_abs_det_jacobian(x, y), self.reinterpreted_batch_ndims)


class CatTransform(Transform):
    """Transforms of the parts along `dim`, of so many elements each."""

    def __init__(self, tseq, dim=0, lengths=None, cache_size=0):
        super().__init__(cache_size)
        self.transforms, self.dim = list(tseq), dim
        self.lengths = [1] * len(self.transforms) if lengths is None else list(lengths)
        if len(self.lengths) != len(self.transforms):
            raise AssertionError(f"lengths ({len(self.lengths)}) must match transforms ({len(self.transforms)})")

    length = property(lambda self: sum(self.lengths))
    bijective = property(lambda self: all(part.bijective for part in self.transforms))
    domain = property(lambda self: constraints.cat([part.domain for part in self.transforms], self.dim, self.lengths))
    codomain = property(lambda self: constraints.cat([part.codomain for part in self.transforms], self.dim, self.lengths))

    def _parts(self, x):
        if x.size(self.dim) != self.length:
            raise AssertionError(f"x.size({self.dim}) = {x.size(self.dim)} must equal length {self.length}")
        return x.split(self.lengths, self.dim)

    _put_together = staticmethod(cat)

    def _call(self, x):
        return self._put_together([part(piece) for part, piece in zip(self.transforms, self._parts(x))], self.dim)

    def _inverse(self, y):
        return self._put_together([part._inv_call(piece) for part, piece in zip(self.transforms, self._parts(y))], self.dim)

    def log_abs_det_jacobian(self, x, y):
        found = [last_summed(part.log_abs_det_jacobian(before, after), self.event_dim - part.event_dim)
                 for part, before, after in zip(self.transforms, self._parts(x), self._parts(y))]
        dim = (self.dim - x.dim() if self.dim >= 0 else self.dim) + self.event_dim
        return self._put_together(found, dim) if dim < 0 else sum(found)


class StackTransform(CatTransform):
    """Transforms of the elements along `dim`."""

    def __init__(self, tseq, dim=0, cache_size=0):
        super().__init__(tseq, dim, None, cache_size)

    domain = property(lambda self: constraints.stack([part.domain for part in self.transforms], self.dim))
    codomain = property(lambda self: constraints.stack([part.codomain for part in self.transforms], self.dim))
    _put_together = staticmethod(stack)

    def _parts(self, x):
        if x.size(self.dim) != len(self.transforms):
            raise AssertionError(f"x.size({self.dim}) = {x.size(self.dim)} must equal len(transforms) {len(self.transforms)}")
        return x.unbind(self.dim)
