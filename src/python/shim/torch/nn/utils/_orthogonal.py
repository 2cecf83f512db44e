"""Orthogonal weights: a map from any matrix to an orthogonal one, and back."""
from ..._creation import eye, zeros_like
from ..._decompositions import matrix_exp, qr, solve
from ..._drawing import randn
from ..._dtype import finfo
from ..._elementwise import allclose
from ..._householder import geqrf, householder_product
from ..._joining import cat
from ..._tensor import Tensor
from ..modules.module import Module

MAPS = ("matrix_exp", "cayley", "householder")


def _is_orthogonal(matrix):
    rows, columns = matrix.shape[-2:]
    return allclose(matrix.mH @ matrix, eye(columns, dtype=matrix.dtype), atol=10 * rows * finfo(matrix.dtype).eps)


def _made_orthogonal(matrix):
    """The Q of its QR decomposition, with signs that make the diagonal of R positive."""
    q, r = qr(matrix)
    return q * r.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


def _exponential(skew):
    return matrix_exp(skew)


def _cayley(skew):
    one = eye(skew.shape[-1], dtype=skew.dtype)
    return solve(one - 0.5 * skew, one + 0.5 * skew)


_OF_SKEW = {"matrix_exp": _exponential, "cayley": _cayley}


def _tall(matrix):
    """With at least as many rows as columns, and whether it was turned for that."""
    is_wide = matrix.shape[-2] < matrix.shape[-1]
    return (matrix.mT if is_wide else matrix), is_wide


class _Orthogonal(Module):
    """The parametrization. Trivialized, the map starts from the weight as it was made orthogonal (`base`), at no step away from it."""

    def __init__(self, weight, orthogonal_map, *, use_trivialization=True):
        super().__init__()
        if weight.is_complex() and orthogonal_map == "householder":
            raise ValueError("The householder parametrization does not support complex tensors.")
        self.shape, self.orthogonal_map = weight.shape, orthogonal_map
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, X):
        tall, is_wide = _tall(X)
        rows, columns = tall.shape[-2:]
        if self.orthogonal_map in _OF_SKEW:
            lower = tall.tril()
            if rows != columns:
                lower = cat([lower, lower.new_zeros(rows, rows - columns).expand(*lower.shape[:-2], -1, -1)], -1)
            result = _OF_SKEW[self.orthogonal_map](lower - lower.mH)[..., :columns]
        else:
            vectors = tall.tril(-1)
            result = householder_product(vectors, 2.0 / (1.0 + (vectors * vectors).sum(-2)))
            result = result * tall.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)
        if hasattr(self, "base"):
            result = self.base @ result
        return result.mT if is_wide else result

    def right_inverse(self, Q):
        if Q.shape != self.shape:
            raise ValueError(f"Expected a matrix or batch of matrices of shape {self.shape}. Got a tensor of shape {Q.shape}.")
        tall, is_wide = _tall(Q)
        if not hasattr(self, "base"):
            found = self._vectors(tall)
            return found.mT if is_wide else found
        rows, columns = tall.shape[-2:]
        if rows != columns:
            self.base = _made_orthogonal(cat([tall, randn(*tall.shape[:-2], rows, rows - columns, dtype=tall.dtype)], -1))
        else:
            self.base = tall.clone() if _is_orthogonal(tall) else _made_orthogonal(tall)
        nothing = zeros_like(Q)
        nothing.diagonal(dim1=-2, dim2=-1).fill_(-1.0)
        return nothing

    def _vectors(self, tall):
        if self.orthogonal_map != "householder":
            raise NotImplementedError("It is not possible to assign to the matrix exponential or the Cayley parametrizations when use_trivialization=False.")
        vectors, scales = geqrf(tall)
        diagonal = vectors.diagonal(dim1=-2, dim2=-1)
        diagonal.sign_()
        diagonal[scales == 0.0] *= -1  # a product of none has the sign of the diagonal itself
        return vectors


def orthogonal_of(module, name, orthogonal_map, use_trivialization):
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if weight.ndim < 2:
        raise ValueError(f"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions.")
    if orthogonal_map is None:
        orthogonal_map = "matrix_exp" if weight.shape[-2] == weight.shape[-1] or weight.is_complex() else "householder"
    if orthogonal_map not in MAPS:
        raise ValueError(f'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: {orthogonal_map}')
    return _Orthogonal(weight, orthogonal_map, use_trivialization=use_trivialization)
