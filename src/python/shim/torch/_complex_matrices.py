"""Solutions, inverses and functions of complex matrices, as those of real ones of twice the size: each number a block [[re, -im], [im, re]].

What is defined so commutes with that: products, inverses, Cholesky's factor (whose diagonal is real), functions by series.
"""
from . import _decompositions as of
from ._apply import named
from ._complex_math import as_complex
from ._complex import of_parts
from ._eigenvalues import eigvals, hermitian
from ._joining import stack


def _blocks(A):
    pairs = as_complex(A)._pairs
    *batch, m, n, _ = pairs.value.shape
    re, im = pairs.select(-1, 0), pairs.select(-1, 1)
    rows = [stack(row, -1).reshape(*batch, m, 2 * n) for row in ((re, -im), (im, re))]
    return stack(rows, -2).reshape(*batch, 2 * m, 2 * n)


def _numbers(blocks, operation):
    *batch, m, n = blocks.value.shape
    first = blocks.reshape(*batch, m // 2, 2, n // 2, 2).select(-1, 0)
    return of_parts(first.select(-2, 0), first.select(-2, 1), operation)


def inv(A):
    return _numbers(of.inv(_blocks(A)), "linalg_inv_ex")


def solve(A, B, *, left=True):
    if not left:
        return solve(A.mT, B.mT).mT
    is_vector = B.dim() == 1 or A.dim() - 1 == B.dim() and tuple(B.shape) == tuple(A.shape[:-1])
    result = _numbers(of.solve(_blocks(A), _blocks(B.unsqueeze(-1) if is_vector else B)), "linalg_solve_ex")
    return result.squeeze(-1) if is_vector else result


def solve_triangular(A, B, *, upper, left=True, unitriangular=False):
    triangle = A.triu() if upper else A.tril()
    if unitriangular:
        from ._creation import eye
        triangle = (A.triu(1) if upper else A.tril(-1)) + eye(A.shape[-1], dtype=A.real.dtype)
    return solve(triangle, B, left=left)


def cholesky(A, *, upper=False):
    lower = _numbers(of.cholesky(_blocks(A.mH if upper else A)), "linalg_cholesky_ex")
    return lower.mH if upper else lower


def pinv(A, *, atol=None, rtol=None, hermitian=False):
    return _numbers(of.pinv(_blocks(A), atol=atol, rtol=rtol), "linalg_pinv")


def matrix_exp(A):
    return _numbers(of.matrix_exp(_blocks(A)), "linalg_matrix_exp")


def matrix_power(A, n):
    return _numbers(of.matrix_power(_blocks(A), n), "mm")


def det(A):
    return eigvals(A).prod(-1)


def svdvals(A, *, driver=None):
    """Each is one of the real matrix twice."""
    return named(of.svdvals(_blocks(A))[..., ::2], "linalg_svd")


def matrix_rank(A, *, atol=None, rtol=None, hermitian=False):
    values = svdvals(A)
    return (values > of._tolerance(values, A.real, atol, rtol)).sum(-1)


def eigh(A, UPLO="L"):
    return hermitian(A, UPLO)


def eigvalsh(A, UPLO="L"):
    return hermitian(A, UPLO).eigenvalues
