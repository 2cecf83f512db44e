"""Distributions over real numbers."""
import math

from .._creation import eye, full_like
from .._drawing import drawn
from .._decompositions import cholesky, inv, solve_triangular
from .._dtype import finfo
from .._size import Size, broadcast_shapes
from . import constraints
from .distribution import Distribution, as_tensors

_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


def _standard(op, shape, like, **attributes):
    return drawn(op, shape, like.dtype, **attributes)


class Normal(Distribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
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
    support = constraints.positive
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.base_dist = Normal(loc, scale, validate_args=validate_args)
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

    def cdf(self, value):
        return self.base_dist.cdf(value.log())

    def icdf(self, value):
        return self.base_dist.icdf(value).exp()


class Laplace(Distribution):
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        super().__init__(self.loc.shape)

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: 2 * self.scale.pow(2))
    stddev = property(lambda self: math.sqrt(2) * self.scale)

    def rsample(self, sample_shape=Size()):
        u = _standard("uniform", self._extended_shape(sample_shape), self.loc, **{"from": finfo(self.loc.dtype).eps - 1, "to": 1.0})
        return self.loc - self.scale * u.sign() * (-u.abs()).log1p()

    def log_prob(self, value):
        return -(2 * self.scale).log() - (value - self.loc).abs() / self.scale

    def entropy(self):
        return 1 + (2 * self.scale).log()

    def cdf(self, value):
        distance = value - self.loc
        return 0.5 - 0.5 * distance.sign() * (-distance.abs() / self.scale).expm1()

    def icdf(self, value):
        term = value - 0.5
        return self.loc - self.scale * term.sign() * (-2 * term.abs()).log1p()


class Uniform(Distribution):
    arg_constraints = property(lambda self: {"low": constraints.less_than(self.high), "high": constraints.greater_than(self.low)})
    support = property(lambda self: constraints.interval(self.low, self.high))
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = as_tensors(low, high)
        super().__init__(self.low.shape)

    mean = property(lambda self: (self.high + self.low) / 2)
    mode = property(lambda self: full_like(self.high, math.nan))
    stddev = property(lambda self: (self.high - self.low) / 12 ** 0.5)
    variance = property(lambda self: (self.high - self.low).pow(2) / 12)

    def rsample(self, sample_shape=Size()):
        u = _standard("uniform", self._extended_shape(sample_shape), self.low, **{"from": 0.0, "to": 1.0})
        return self.low + u * (self.high - self.low)

    def log_prob(self, value):
        inside = (self.low <= value) & (self.high > value)
        return inside.to(self.low.dtype).log() - (self.high - self.low).log()

    def cdf(self, value):
        return ((value - self.low) / (self.high - self.low)).clamp(0, 1)

    def icdf(self, value):
        return value * (self.high - self.low) + self.low

    def entropy(self):
        return (self.high - self.low).log()


class MultivariateNormal(Distribution):
    arg_constraints = {"loc": constraints.real_vector, "covariance_matrix": constraints.positive_definite, "precision_matrix": constraints.positive_definite, "scale_tril": constraints.lower_cholesky}
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        if loc.dim() < 1:
            raise ValueError("loc must be at least one-dimensional.")
        given = {"covariance_matrix": covariance_matrix, "precision_matrix": precision_matrix, "scale_tril": scale_tril}
        given = {name: matrix for name, matrix in given.items() if matrix is not None}
        if len(given) != 1:
            raise ValueError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        (name, matrix), = given.items()
        if matrix.dim() < 2:
            raise ValueError(f"{name} {'matrix ' if name == 'scale_tril' else ''}must be at least two-dimensional, with optional leading "
                             "batch dimensions")
        batch, size = broadcast_shapes(matrix.shape[:-2], loc.shape[:-1]), loc.shape[-1]
        super().__init__(batch, (size,))
        self.loc = loc.expand((*batch, size))
        matrix = matrix.expand((*batch, size, size))
        setattr(self, name, matrix)
        if self._validate_args:
            self._check_arguments()  # which its base had not got yet
        self._unbroadcasted_scale_tril = _lower_of(name, matrix)

    def __getattr__(self, name):
        if name.startswith("_") or name not in self.arg_constraints:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        lower = self._unbroadcasted_scale_tril
        if name == "covariance_matrix":
            return lower @ lower.mT
        if name == "precision_matrix":
            inverse = inv(lower)
            return inverse.mT @ inverse
        return lower

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: self._unbroadcasted_scale_tril.pow(2).sum(-1))

    def rsample(self, sample_shape=Size()):
        """loc + L · ε"""
        noise = _standard("normal", self._extended_shape(sample_shape), self.loc, mean=0.0, std=1.0)
        return self.loc + (self._unbroadcasted_scale_tril @ noise.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        """−(|L⁻¹(x − μ)|² + n log 2π) / 2 − log det L"""
        distance = squared_distance(self._unbroadcasted_scale_tril, value - self.loc)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + distance) - self._half_log_determinant()

    def entropy(self):
        return 0.5 * self._event_shape[0] * (1 + math.log(2 * math.pi)) + self._half_log_determinant()

    def _half_log_determinant(self):
        return self._unbroadcasted_scale_tril.diagonal(0, -2, -1).log().sum(-1)


def _lower_of(name, matrix):
    """The Cholesky factor of the covariance."""
    if name == "scale_tril":
        return matrix
    if name == "covariance_matrix":
        return cholesky(matrix)
    # The inverse of an upper factor of the precision
    upper = cholesky(matrix.flip(-2, -1)).flip(-2, -1).mT
    identity = eye(matrix.shape[-1], dtype=matrix.dtype).expand(matrix.shape)
    return solve_triangular(upper, identity, upper=False)


def squared_distance(lower, difference):
    """|L⁻¹ d|²"""
    shape = broadcast_shapes(lower.shape[:-1], difference.shape)
    solved = solve_triangular(lower.expand((*shape, shape[-1])), difference.expand(shape).unsqueeze(-1), upper=False)
    return solved.squeeze(-1).pow(2).sum(-1)


_MODULES = {LogNormal: "log_normal", MultivariateNormal: "multivariate_normal"}
for _class in (Normal, LogNormal, Laplace, Uniform, MultivariateNormal):
    _class.__module__ = "torch.distributions." + _MODULES.get(_class, _class.__name__.lower())
