"""Distributions of matrices, and of vectors whose covariance is a low-rank matrix: Wishart, LKJCholesky, LowRankMultivariateNormal."""
import math
import warnings

from .._creation import arange, eye
from .._decompositions import cholesky, slogdet, solve_triangular
from .._drawing import drawn, randn
from .._dtype import finfo
from .._joining import broadcast_tensors, cat
from .._matrices import cholesky_solve
from .._size import Size, broadcast_shapes
from .._special import mvlgamma
from . import constraints
from ._continuous import _lower_of, squared_distance
from ._positive import Beta, Chi2
from .distribution import Distribution, as_tensors


def _log_diagonal(lower):
    return lower.diagonal(dim1=-2, dim2=-1).log().sum(-1)


def _times(matrix, vector):
    return (matrix @ vector.unsqueeze(-1)).squeeze(-1)


class Wishart(Distribution):
    arg_constraints = property(lambda self: {
        "covariance_matrix": constraints.positive_definite, "precision_matrix": constraints.positive_definite, "scale_tril": constraints.lower_cholesky,
        "df": constraints.greater_than(self.event_shape[-1] - 1)})
    support = constraints.positive_definite
    has_rsample = True

    def __init__(self, df, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        given = {"covariance_matrix": covariance_matrix, "precision_matrix": precision_matrix, "scale_tril": scale_tril}
        given = {name: matrix for name, matrix in given.items() if matrix is not None}
        if len(given) != 1:
            raise AssertionError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        (name, matrix), = given.items()
        if matrix.dim() < 2:
            raise ValueError("scale_tril must be at least two-dimensional, with optional leading batch dimensions")
        size = matrix.shape[-1]
        freedom, = as_tensors(df)
        batch = broadcast_shapes(matrix.shape[:-2], freedom.shape)
        self.df = freedom.to(matrix.dtype).expand(batch)
        if (self.df <= size - 1).any():
            raise ValueError(f"Value of df={df} expected to be greater than ndim - 1 = {size - 1}.")
        if (self.df < size).any():
            warnings.warn("Low df values detected. Singular samples are highly likely to occur for ndim - 1 < df < ndim.", stacklevel=2)
        setattr(self, name, matrix.expand((*batch, size, size)))
        super().__init__(batch, matrix.shape[-2:])
        self._unbroadcasted_scale_tril = _lower_of(name, matrix)
        self._dist_chi2 = Chi2(self.df.unsqueeze(-1) - arange(size, dtype=matrix.dtype).expand((*batch, size)))

    def __getattr__(self, name):
        if name not in ("covariance_matrix", "precision_matrix", "scale_tril"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        lower = self._unbroadcasted_scale_tril
        if name == "covariance_matrix":
            lower = lower @ lower.mT
        elif name == "precision_matrix":
            lower = cholesky_solve(eye(self._event_shape[-1], dtype=lower.dtype), lower)
        return lower.expand((*self._batch_shape, *self._event_shape))

    mean = property(lambda self: self.df.unsqueeze(-1).unsqueeze(-1) * self.covariance_matrix)

    @property
    def mode(self):
        factor = self.df - self.covariance_matrix.shape[-1] - 1
        return factor.masked_fill(factor <= 0, math.nan).unsqueeze(-1).unsqueeze(-1) * self.covariance_matrix

    @property
    def variance(self):
        v = self.covariance_matrix
        diagonal = v.diagonal(dim1=-2, dim2=-1)
        return self.df.unsqueeze(-1).unsqueeze(-1) * (v.pow(2) + diagonal.unsqueeze(-1) * diagonal.unsqueeze(-2))

    def _bartlett(self, sample_shape):
        """L A Aᵀ Lᵀ, where A has roots of χ² numbers in its diagonal and normal ones below it"""
        size = self._event_shape[-1]
        noise = self._dist_chi2.rsample(sample_shape).sqrt()
        noise = noise.clamp(min=finfo(noise.dtype).eps).diag_embed(dim1=-2, dim2=-1)
        noise[..., arange(size) < arange(size).unsqueeze(-1)] = randn((*sample_shape, *self._batch_shape, size * (size - 1) // 2), dtype=noise.dtype)
        lower = self._unbroadcasted_scale_tril @ noise
        return lower @ lower.mT

    def rsample(self, sample_shape=Size(), max_try_correction=None):
        """PyTorch 2.13 takes what is regular for singular and draws it again, once."""
        sample_shape = Size(sample_shape)
        sample = self._bartlett(sample_shape)
        regular = self.support.check(sample)
        if self._batch_shape:
            regular = regular.amax([-(at + 1) for at in range(len(self._batch_shape))])
        for _ in range(10 if max_try_correction is None else max_try_correction):
            if not regular.any():
                break
            again = self._bartlett(regular[regular].shape)
            sample[regular] = again
            singular = self.support.check(again).logical_not()
            if self._batch_shape:
                singular = singular.amax([-(at + 1) for at in range(len(self._batch_shape))])
            regular[regular.clone()] = singular
        return sample

    def log_prob(self, value):
        nu, size, lower = self.df, self._event_shape[-1], self._unbroadcasted_scale_tril
        return (-nu * (size * math.log(2) / 2 + _log_diagonal(lower)) - mvlgamma(nu / 2, size) + (nu - size - 1) / 2 * slogdet(value).logabsdet
                - cholesky_solve(value, lower).diagonal(dim1=-2, dim2=-1).sum(-1) / 2)

    def entropy(self):
        nu, size = self.df, self._event_shape[-1]
        digamma = ((nu / 2).unsqueeze(-1) - arange(size, dtype=nu.dtype).div(2)).digamma().sum(-1)
        return ((size + 1) * (size * math.log(2) / 2 + _log_diagonal(self._unbroadcasted_scale_tril)) + mvlgamma(nu / 2, size)
                - (nu - size - 1) / 2 * digamma + nu * size / 2)


class LKJCholesky(Distribution):
    """Cholesky factors of correlation matrices (Lewandowski, Kurowicka and Joe 2009)."""

    arg_constraints = {"concentration": constraints.positive}
    support = constraints.corr_cholesky

    def __init__(self, dim, concentration=1.0, validate_args=None):
        if dim < 2:
            raise ValueError(f"Expected dim to be an integer greater than or equal to 2. Found dim={dim}.")
        self.dim = dim
        self.concentration, = as_tensors(concentration)
        offset = arange(dim - 1, dtype=self.concentration.dtype)
        offset = cat([offset.new_zeros((1,)), offset])
        self._beta = Beta(offset + 0.5, (self.concentration + 0.5 * (dim - 2)).unsqueeze(-1) - 0.5 * offset)
        super().__init__(self.concentration.size(), (dim, dim))

    def sample(self, sample_shape=Size()):
        """Rows: directions on a sphere, as long as roots of Beta numbers."""
        y = self._beta.sample(sample_shape).unsqueeze(-1)
        normal = randn(self._extended_shape(sample_shape), dtype=y.dtype).tril(-1)
        direction = normal / normal.norm(dim=-1, keepdim=True)
        direction[..., 0, :].fill_(0.0)
        w = y.sqrt() * direction
        return w + (1 - (w ** 2).sum(-1)).clamp(min=finfo(w.dtype).tiny).sqrt().diag_embed()

    def log_prob(self, value):
        order = 2 * (self.concentration - 1).unsqueeze(-1) + self.dim - arange(2, self.dim + 1)
        unnormalized = (order * value.diagonal(dim1=-1, dim2=-2)[..., 1:].log()).sum(-1)
        less = self.dim - 1
        alpha = self.concentration + 0.5 * less
        return unnormalized - (0.5 * less * math.log(math.pi) + mvlgamma(alpha - 0.5, less) - alpha.lgamma() * less)


class LowRankMultivariateNormal(Distribution):
    """Normal, of the covariance W Wᵀ + D. By Woodbury's identity only C = I + Wᵀ D⁻¹ W is decomposed."""

    arg_constraints = {"loc": constraints.real_vector, "cov_factor": constraints.independent(constraints.real, 2), "cov_diag": constraints.independent(constraints.positive, 1)}
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, loc, cov_factor, cov_diag, validate_args=None):
        if loc.dim() < 1:
            raise ValueError("loc must be at least one-dimensional.")
        event = loc.shape[-1:]
        if cov_factor.dim() < 2:
            raise ValueError("cov_factor must be at least two-dimensional, with optional leading batch dimensions")
        if cov_factor.shape[-2:-1] != event:
            raise ValueError(f"cov_factor must be a batch of matrices with shape {event[0]} x m")
        if cov_diag.shape[-1:] != event:
            raise ValueError(f"cov_diag must be a batch of vectors with shape {event}")
        try:
            wide, self.cov_factor, diagonal = broadcast_tensors(loc.unsqueeze(-1), cov_factor, cov_diag.unsqueeze(-1))
        except RuntimeError as error:
            raise ValueError(f"Incompatible batch shapes: loc {loc.shape}, cov_factor {cov_factor.shape}, cov_diag {cov_diag.shape}") from error
        self.loc, self.cov_diag = wide[..., 0], diagonal[..., 0]
        self._unbroadcasted_cov_factor, self._unbroadcasted_cov_diag = cov_factor, cov_diag
        scaled = cov_factor.mT / cov_diag.unsqueeze(-2)
        self._capacitance_tril = cholesky(scaled @ cov_factor + eye(cov_factor.shape[-1], dtype=cov_factor.dtype))
        super().__init__(self.loc.shape[:-1], event)

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: (self._unbroadcasted_cov_factor.pow(2).sum(-1) + self._unbroadcasted_cov_diag).expand((*self._batch_shape, *self._event_shape)))

    def _whole(self, matrix):
        return matrix.expand((*self._batch_shape, *self._event_shape, *self._event_shape))

    @property
    def scale_tril(self):
        root = self._unbroadcasted_cov_diag.sqrt().unsqueeze(-1)
        scaled = self._unbroadcasted_cov_factor / root
        return self._whole(root * cholesky(scaled @ scaled.mT + eye(self._event_shape[0], dtype=root.dtype)))

    @property
    def covariance_matrix(self):
        factor = self._unbroadcasted_cov_factor
        return self._whole(factor @ factor.mT + self._unbroadcasted_cov_diag.diag_embed())

    @property
    def precision_matrix(self):
        scaled = self._unbroadcasted_cov_factor.mT / self._unbroadcasted_cov_diag.unsqueeze(-2)
        a = solve_triangular(self._capacitance_tril, scaled, upper=False)
        return self._whole(self._unbroadcasted_cov_diag.reciprocal().diag_embed() - a.mT @ a)

    def rsample(self, sample_shape=Size()):
        """μ + W ε₁ + √D ε₂"""
        shape = self._extended_shape(sample_shape)
        low, own = (drawn("normal", sizes, self.loc.dtype, mean=0.0, std=1.0) for sizes in ((*shape[:-1], self.cov_factor.shape[-1]), shape))
        return self.loc + _times(self._unbroadcasted_cov_factor, low) + self._unbroadcasted_cov_diag.sqrt() * own

    def _log_determinant(self):
        return 2 * _log_diagonal(self._capacitance_tril) + self._unbroadcasted_cov_diag.log().sum(-1)

    def log_prob(self, value):
        difference, diagonal = value - self.loc, self._unbroadcasted_cov_diag
        scaled = _times(self._unbroadcasted_cov_factor.mT / diagonal.unsqueeze(-2), difference)
        distance = (difference.pow(2) / diagonal).sum(-1) - squared_distance(self._capacitance_tril, scaled)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + self._log_determinant() + distance)

    def entropy(self):
        return (0.5 * (self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + self._log_determinant())).expand(self._batch_shape)


Wishart.__module__, LKJCholesky.__module__ = "torch.distributions.wishart", "torch.distributions.lkj_cholesky"
LowRankMultivariateNormal.__module__ = "torch.distributions.lowrank_multivariate_normal"
