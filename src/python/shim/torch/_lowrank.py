"""Decompositions of matrices of low rank: Halko, Martinsson and Tropp, "Finding structure with randomness" (arXiv:0909.4061), algorithms 4.4 and 5.1."""
from ._creation import creator
from ._decompositions import qr, svd
from ._drawing import randn


def _basis(A, q, niter, M):
    """(…, m, q): orthonormal columns whose span nearly holds A − M, from a drawn (n, q) and `niter` iterations of the subspace."""
    rest = A if M is None else A - M
    drawn = randn(A.shape[-1], q, dtype=A.dtype)
    basis = qr(rest @ drawn).Q
    for _ in range(niter):
        basis = qr(rest @ qr(rest.mH @ basis).Q).Q
    return basis


@creator
def svd_lowrank(A, q=6, niter=2, M=None):
    """(U, S, V) of the q largest singular values of A − M, near them where the rank is not much more."""
    q, niter = 6 if q is None else q, 2 if niter is None else niter
    M = None if M is None else M.broadcast_to(A.size())
    is_wide = A.shape[-2] < A.shape[-1]
    if is_wide:
        A, M = A.mH, None if M is None else M.mH
    basis = _basis(A, q, niter, M)
    U, S, Vh = svd(basis.mH @ (A if M is None else A - M), full_matrices=False)
    U = basis @ U
    return (Vh.mH, S, U) if is_wide else (U, S, Vh.mH)


@creator
def pca_lowrank(A, q=None, center=True, niter=2):
    """`svd_lowrank` of A less the mean of its rows: the columns of V are the principal directions."""
    least = min(A.shape[-2:])
    if q is None:
        q = min(6, least)
    elif not 0 <= q <= least:
        raise ValueError(f"q(={q}) must be non-negative integer and not greater than min(m, n)={least}")
    if niter < 0:
        raise ValueError(f"niter(={niter}) must be non-negative integer")
    return svd_lowrank(A - A.mean(-2, keepdim=True) if center else A, q, niter)
