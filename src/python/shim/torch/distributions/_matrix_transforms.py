"""Transforms from vectors to simplices and matrices: what unconstrained parameters of those are made of."""
import math

from .._creation import arange, eye
from .._decompositions import cholesky
from .._dtype import finfo
from .._size import Size
from ..nn.functional import logsigmoid, pad, softplus
from ._transform import Transform
from . import constraints


class ReshapeTransform(Transform):
    """The last axes in another shape."""

    def __init__(self, in_shape, out_shape, cache_size=0):
        self.in_shape, self.out_shape = Size(in_shape), Size(out_shape)
        if self.in_shape.numel() != self.out_shape.numel():
            raise ValueError("in_shape, out_shape have different numbers of elements")
        super().__init__(cache_size)

    domain = property(lambda self: constraints.independent(constraints.real, len(self.in_shape)))
    codomain = property(lambda self: constraints.independent(constraints.real, len(self.out_shape)))

    def _call(self, x):
        return x.reshape(self.forward_shape(x.shape))

    def _inverse(self, y):
        return y.reshape(self.inverse_shape(y.shape))

    def log_abs_det_jacobian(self, x, y):
        return x.new_zeros(x.shape[:x.dim() - len(self.in_shape)])

    def forward_shape(self, shape):
        return self._exchanged(shape, self.in_shape, self.out_shape)

    def inverse_shape(self, shape):
        return self._exchanged(shape, self.out_shape, self.in_shape)

    @staticmethod
    def _exchanged(shape, old, new):
        cut = len(shape) - len(old)
        if cut < 0:
            raise ValueError("Too few dimensions on input")
        if tuple(shape[cut:]) != tuple(old):
            raise ValueError(f"Shape mismatch: expected {Size(shape[cut:])} but got {old}")
        return Size((*shape[:cut], *new))


def _last_changed(shape, by):
    if len(shape) < 1:
        raise ValueError("Too few dimensions on input")
    return Size((*shape[:-1], shape[-1] + by))


class StickBreakingTransform(Transform):
    """n numbers to n + 1 that sum to 1: each takes its share of what those before it left."""

    domain, codomain = constraints.real_vector, constraints.simplex

    def __eq__(self, other):
        return isinstance(other, StickBreakingTransform)

    __hash__ = object.__hash__

    @staticmethod
    def _offset(like, count):
        """log of how many parts are left at each place: of equal parts, x is 0"""
        return (count + 1 - like.new_ones(count).cumsum(-1)).log()

    def _call(self, x):
        limits = finfo(x.dtype)
        share = (x - self._offset(x, x.shape[-1])).sigmoid().clamp(min=limits.tiny, max=1.0 - limits.eps)
        return pad(share, [0, 1], value=1) * pad((1 - share).cumprod(-1), [1, 0], value=1)

    def _inverse(self, y):
        part = y[..., :-1]
        left = (1 - part.cumsum(-1)).clamp(min=finfo(y.dtype).tiny)
        return part.log() - left.log() + self._offset(y, part.shape[-1])

    def log_abs_det_jacobian(self, x, y):
        x = x - self._offset(x, x.shape[-1])
        return (-x + logsigmoid(x) + y[..., :-1].log()).sum(-1)

    def forward_shape(self, shape):
        return _last_changed(shape, 1)

    def inverse_shape(self, shape):
        return _last_changed(shape, -1)


class LowerCholeskyTransform(Transform):
    """Matrices to lower triangular ones with a positive diagonal."""

    domain, codomain = constraints.independent(constraints.real, 2), constraints.lower_cholesky

    def _call(self, x):
        return x.tril(-1) + x.diagonal(dim1=-2, dim2=-1).exp().diag_embed()

    def _inverse(self, y):
        return y.tril(-1) + y.diagonal(dim1=-2, dim2=-1).log().diag_embed()


class PositiveDefiniteTransform(Transform):
    domain, codomain = constraints.independent(constraints.real, 2), constraints.positive_definite

    def _call(self, x):
        lower = LowerCholeskyTransform()(x)
        return lower @ lower.mT

    def _inverse(self, y):
        return LowerCholeskyTransform()._inverse(cholesky(y))


def matrix_of_vector(vector, diagonal=0):
    """A lower triangular matrix that has these numbers up to that diagonal, row by row."""
    count = vector.shape[-1]
    size = (-(1 + 2 * diagonal) + ((1 + 2 * diagonal) ** 2 + 8 * count + 4 * abs(diagonal) * (diagonal + 1)) ** 0.5) / 2
    if round(size) - size > finfo(vector.dtype).eps:
        raise ValueError(f"The size of last dimension is {count} which cannot be expressed as the lower triangular part of a square D x D matrix.")
    size = round(size)
    result = vector.new_zeros((*vector.shape[:-1], size, size))
    result[..., _lower_places(size, diagonal)] = vector
    return result


def vector_of_matrix(matrix, diagonal=0):
    size = matrix.shape[-1]
    if diagonal < -size or diagonal >= size:
        raise ValueError(f"diag ({diagonal}) provided is outside [{-size}, {size - 1}].")
    return matrix[..., _lower_places(size, diagonal)]


def _lower_places(size, diagonal):
    return arange(size) < arange(size).view(-1, 1) + (diagonal + 1)


class CorrCholeskyTransform(Transform):
    """n (n − 1) / 2 numbers to the Cholesky factor of a correlation matrix: rows of length 1, by the shares that tanh² gives."""

    domain, codomain = constraints.real_vector, constraints.corr_cholesky

    def _call(self, x):
        margin = finfo(x.dtype).eps
        r = matrix_of_vector(x.tanh().clamp(min=-1 + margin, max=1 - margin), -1)
        left = (1 - r ** 2).sqrt().cumprod(-1)
        return (r + eye(r.shape[-1], dtype=r.dtype)) * pad(left[..., :-1], [1, 0], value=1)

    def _inverse(self, y):
        left = pad((1 - (y * y).cumsum(-1))[..., :-1], [1, 0], value=1)
        t = vector_of_matrix(y, -1) / vector_of_matrix(left, -1).sqrt()
        return (t.log1p() - t.neg().log1p()) / 2

    def log_abs_det_jacobian(self, x, y, intermediates=None):
        """Of the numbers below the diagonal, as the matrix has more than it is made of"""
        left = vector_of_matrix(1 - (y * y).cumsum(-1), -2)
        return 0.5 * left.log().sum(-1) - 2 * (x + softplus(-2 * x) - math.log(2.0)).sum(-1)

    def forward_shape(self, shape):
        size = round((0.25 + 2 * shape[-1]) ** 0.5 + 0.5)
        if size * (size - 1) // 2 != shape[-1]:
            raise ValueError("Input is not a flattened lower-diagonal number")
        return Size((*shape[:-1], size, size))

    def inverse_shape(self, shape):
        if len(shape) < 2:
            raise ValueError("Too few dimensions on input")
        if shape[-2] != shape[-1]:
            raise ValueError("Input is not square")
        return Size((*shape[:-2], shape[-1] * (shape[-1] - 1) // 2))
