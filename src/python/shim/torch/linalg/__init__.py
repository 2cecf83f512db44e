"""torch.linalg: norms, products, decompositions and solutions of matrices."""
from _lens.door import UnsupportedError, _LinAlgError as LinAlgError

from .. import _out
from .._decompositions import (
    cholesky, cond, cross, det, eigh, eigvalsh, inv, lstsq, matrix_exp, matrix_norm, matrix_power, matrix_rank, multi_dot, norm, pinv, qr, slogdet,
    solve, solve_triangular, svd, svdvals, tensorinv, tensorsolve, vander, vecdot)
from .._householder import householder_product
from .._products import matmul, outer
from .._reductions import vector_norm
from .._strided import diagonal as _diagonal

__all__ = ["LinAlgError", "cholesky", "cond", "cross", "det", "diagonal", "eigh", "eigvalsh", "householder_product", "inv", "lstsq", "matmul", "matrix_exp", "matrix_norm",
           "matrix_power", "matrix_rank", "multi_dot", "norm", "outer", "pinv", "qr", "slogdet", "solve", "solve_triangular", "svd", "svdvals", "tensorinv", "tensorsolve",
           "vander", "vecdot", "vector_norm"]


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return _diagonal(A, offset, dim1, dim2)


globals().update(_out.written(globals()))


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.linalg' has no attribute '{name}'")
    raise UnsupportedError(f"torch.linalg.{name} is not supported yet")
