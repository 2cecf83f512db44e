"""Orthogonal matrices as products of reflections: of vectors that have a 1 on the diagonal, and zeros above it."""
from ._creation import eye
from ._decompositions import qr, solve_triangular
from ._dtype import FLOAT
from ._elementwise import where
from ._joining import cat
from ._reductions import _return_type
from ._registry import public


def householder_product(A, tau):
    """The first columns of (1 - τ₁ v₁ v₁ᵀ)(1 - τ₂ v₂ v₂ᵀ)…, of which v₁, v₂, … are below the diagonal of A.

    As 1 - V T Vᵀ with T upper triangular (the compact WY form): one solution, however many vectors there are.
    """
    rows, columns = A.value.shape[-2:]
    count = tau.value.shape[-1]
    if A.dim() < 2:
        raise RuntimeError("torch.linalg.householder_product: input must have at least 2 dimensions.")
    if rows < columns:
        raise RuntimeError("torch.linalg.householder_product: input.shape[-2] must be greater than or equal to input.shape[-1]")
    if columns < count:
        raise RuntimeError("torch.linalg.householder_product: input.shape[-1] must be greater than or equal to tau.shape[-1]")
    vectors = A[..., :count].tril(-1) + eye(rows, count, dtype=A.dtype)
    scales = tau.unsqueeze(-1)
    between = scales * (vectors.mT @ vectors).triu(1) + eye(count, dtype=A.dtype)
    middle = solve_triangular(between, scales * eye(count, dtype=A.dtype), upper=True, unitriangular=True)
    return eye(rows, columns, dtype=A.dtype) - vectors @ (middle @ vectors[..., :columns, :].mT)


@public
def orgqr(input, tau):
    return householder_product(input, tau)


@public
def geqrf(input):
    """The triangle of the QR decomposition with the vectors of its reflections below, and their scales.

    Q - 1 is -V T V₁ᵀ, whose elimination (without exchange of rows, as V has ones on its diagonal) gives both.
    """
    if input.dtype.category != FLOAT:
        raise RuntimeError(f"Expected a floating point tensor as input. Got {input._scalar_type()}")
    rows, columns = input.value.shape[-2:]
    count = min(rows, columns)
    q, r = qr(input, "reduced")
    rest = q - eye(rows, count, dtype=q.dtype)
    vectors, scales = [], []
    for place in range(count):
        pivot = rest[..., place:place + 1, place:place + 1]
        is_none = pivot.abs() < _ROUNDING[q.dtype.name]  # nothing to reflect: what is left is the rounding of Q
        column = where(is_none, 0.0, rest[..., place:place + 1] / where(is_none, 1.0, pivot)).tril(-1 - place)
        vectors.append(column)
        scales.append(where(is_none, 0.0, -pivot)[..., 0])
        whole = column + eye(rows, count, dtype=q.dtype)[:, place:place + 1]
        rest = rest - whole * rest[..., place:place + 1, :]
    below = cat(vectors, -1)
    if columns > count:
        below = cat([below, below.new_zeros(*below.shape[:-1], columns - count)], -1)
    triangle = r if rows == count else cat([r, r.new_zeros(*r.shape[:-2], rows - count, columns)], -2)
    return _Geqrf(triangle + below, cat(scales, -1))


_ROUNDING = {"float32": 1e-5, "float64": 1e-13}
_Geqrf = _return_type("geqrf", "a tau")
