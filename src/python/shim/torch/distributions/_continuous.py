"""Distributions over real numbers."""
import math

from .._creation import arange, drawn, eye
from .._joining import stack
from .._elementwise import where
from .._size import Size
from .distribution import Distribution, as_tensors

_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


def _standard(op, shape, like, **attributes):
    return drawn(op, shape, like.dtype, **attributes)


class Normal(Distribution):
    arg_constraints = {"loc": None, "scale": None}
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        super().__init__(self.loc.shape)

    mean = mode = property(lambda self: self.loc)
    stddev = property(lambda self: self.scale)
    variance = property(lambda self: self.scale.pow(2))

    def rsample(self, sample_shape=Size()):
        """loc + scale · ε"""
        return self.loc + _standard("normal", self._extended_shape(sample_shape), self.loc, mean=0.0, std=1.0) * self.scale

    def log_prob(self, value):
        """−(x − μ)² / 2σ² − log σ − log √2π"""
        return -((value - self.loc) ** 2) / (2 * self.variance) - self.scale.log() - _HALF_LOG_TWO_PI

    def entropy(self):
        return 0.5 + _HALF_LOG_TWO_PI + self.scale.log()

    def cdf(self, value):
        return 0.5 * (1 + ((value - self.loc) / (self.scale * math.sqrt(2))).erf())

    def icdf(self, value):
        return self.loc + self.scale * (2 * value - 1).erfinv() * math.sqrt(2)


class LogNormal(Distribution):
    arg_constraints = {"loc": None, "scale": None}
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.base_dist = Normal(loc, scale)
        super().__init__(self.base_dist.batch_shape)

    loc = property(lambda self: self.base_dist.loc)
    scale = property(lambda self: self.base_dist.scale)
    mean = property(lambda self: (self.loc + self.scale.pow(2) / 2).exp())
    mode = property(lambda self: (self.loc - self.scale.square()).exp())
    variance = property(lambda self: self.scale.pow(2).expm1() * (2 * self.loc + self.scale.pow(2)).exp())

    def rsample(self, sample_shape=Size()):
        return self.base_dist.rsample(sample_shape).exp()

    def log_prob(self, value):
        return self.base_dist.log_prob(value.log()) - value.log()

    def entropy(self):
        return self.base_dist.entropy() + self.loc


class Laplace(Distribution):
    arg_constraints = {"loc": None, "scale": None}
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        super().__init__(self.loc.shape)

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: 2 * self.scale.pow(2))
    stddev = property(lambda self: math.sqrt(2) * self.scale)

    def rsample(self, sample_shape=Size()):
        u = _standard("uniform", self._extended_shape(sample_shape), self.loc, **{"from": math.ulp(1.0) / 2 - 1, "to": 1.0})
        return self.loc - self.scale * u.sign() * (-u.abs()).log1p()

    def log_prob(self, value):
        return -(2 * self.scale).log() - (value - self.loc).abs() / self.scale

    def entropy(self):
        return 1 + (2 * self.scale).log()


class Uniform(Distribution):
    arg_constraints = {"low": None, "high": None}
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = as_tensors(low, high)
        super().__init__(self.low.shape)

    mean = property(lambda self: (self.high + self.low) / 2)
    variance = property(lambda self: (self.high - self.low).pow(2) / 12)

    def rsample(self, sample_shape=Size()):
        u = _standard("uniform", self._extended_shape(sample_shape), self.low, **{"from": 0.0, "to": 1.0})
        return self.low + u * (self.high - self.low)

    def log_prob(self, value):
        inside = (self.low <= value) & (self.high > value)
        return inside.to(self.low.dtype).log() - (self.high - self.low).log()

    def cdf(self, value):
        return ((value - self.low) / (self.high - self.low)).clamp(0, 1)

    def entropy(self):
        return (self.high - self.low).log()


class MultivariateNormal(Distribution):
    """With one covariance for the whole batch, given as numbers."""

    arg_constraints = {"loc": None, "covariance_matrix": None, "precision_matrix": None, "scale_tril": None}
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        given = [(name, matrix) for name, matrix in (("covariance_matrix", covariance_matrix), ("precision_matrix", precision_matrix),
                                                     ("scale_tril", scale_tril)) if matrix is not None]
        if len(given) != 1:
            raise ValueError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        name, matrix = given[0]
        if name == "precision_matrix" or matrix.dim() != 2:
            from _lens.door import UnsupportedError
            raise UnsupportedError("MultivariateNormal is supported with one covariance_matrix or scale_tril for the whole batch")
        self.loc = loc
        setattr(self, name, matrix)
        self._lower = matrix if name == "scale_tril" else _cholesky(matrix)
        self._inverse = _inverse_of_lower(self._lower)
        super().__init__(loc.shape[:-1], loc.shape[-1:])

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: self._lower.pow(2).sum(-1).expand(self._extended_shape()))

    def rsample(self, sample_shape=Size()):
        shape = self._extended_shape(sample_shape)
        return self.loc + _standard("normal", shape, self.loc, mean=0.0, std=1.0) @ self._lower.transpose(0, 1)

    def log_prob(self, value):
        """−(|L⁻¹(x − μ)|² + n log 2π) / 2 − log det L"""
        distance = ((value - self.loc) @ self._inverse.transpose(0, 1)).pow(2).sum(-1)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + distance) - self._log_determinant()

    def entropy(self):
        entropy = 0.5 * self._event_shape[0] * (1 + math.log(2 * math.pi)) + self._log_determinant()
        return entropy.expand(self._batch_shape) if self._batch_shape else entropy

    def _log_determinant(self):
        return self._lower.diagonal().log().sum()


def _cholesky(matrix):
    """L with L·Lᵀ = matrix, column by column."""
    size = matrix.value.shape[0]
    rest, columns = matrix, []
    row = arange(size)
    for k in range(size):
        column = where(row >= k, rest[:, k], rest[:, k] * 0) / rest[k, k].sqrt()
        columns.append(column)
        rest = rest - column.unsqueeze(1) * column
    return stack(columns, 1)


def _inverse_of_lower(lower):
    """Row by row: xₖ = (eₖ − Σ Lₖⱼ xⱼ) / Lₖₖ."""
    size = lower.value.shape[0]
    unit, rows = eye(size, dtype=lower.dtype), []
    for k in range(size):
        row = unit[k]
        for j, known in enumerate(rows):
            row = row - lower[k, j] * known
        rows.append(row / lower[k, k])
    return stack(rows)


_MODULES = {LogNormal: "log_normal", MultivariateNormal: "multivariate_normal"}
for _class in (Normal, LogNormal, Laplace, Uniform, MultivariateNormal):
    _class.__module__ = "torch.distributions." + _MODULES.get(_class, _class.__name__.lower())
