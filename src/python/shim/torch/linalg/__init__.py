"""torch.linalg: norms, products, decompositions and solutions of matrices."""
from _lens.door import UnsupportedError, _LinAlgError as LinAlgError  # noqa: F401

from .._decompositions import (  # noqa: F401
    cholesky, cond, cross, det, eigh, eigvalsh, inv, lstsq, matrix_exp, matrix_norm, matrix_power, matrix_rank, multi_dot, norm, pinv, qr, slogdet,
    solve, solve_triangular, svd, svdvals, vander, vecdot)
from .._products import matmul, outer
from .._reductions import vector_norm
from .._views import diagonal as _diagonal

__all__ = ["LinAlgError", "cholesky", "cond", "cross", "det", "diagonal", "eigh", "eigvalsh", "inv", "lstsq", "matmul", "matrix_exp", "matrix_norm",
           "matrix_power", "matrix_rank", "multi_dot", "norm", "outer", "pinv", "qr", "slogdet", "solve", "solve_triangular", "svd", "svdvals",
           "vander", "vecdot", "vector_norm"]


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return _diagonal(A, offset, dim1, dim2)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.linalg' has no attribute '{name}'")
    raise UnsupportedError(f"torch.linalg.{name} is not supported yet")
