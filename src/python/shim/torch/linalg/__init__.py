"""torch.linalg: norms, products, decompositions and solutions of matrices."""
from _lens.door import UnsupportedError, _LinAlgError as LinAlgError

from .. import _complex_matrices, _out
from .._complex_functions import dispatched as _dispatched
from .._decompositions import (
    cholesky, cholesky_ex, cond, cross, det, eigh, eigvalsh, inv, inv_ex, lstsq, matrix_exp, matrix_norm, matrix_power, matrix_rank, multi_dot, norm, pinv, qr, slogdet,
    solve, solve_ex, solve_triangular, svd, svdvals, tensorinv, tensorsolve, vander, vecdot)
from .._eigenvalues import eig as _eig, eigvals
from .._elimination import lu, lu_factor, lu_factor_ex, lu_solve
from .._householder import householder_product
from .._products import matmul, outer
from .._reductions import vector_norm
from .._strided import diagonal as _diagonal

__all__ = ["LinAlgError", "cholesky", "cholesky_ex", "cond", "cross", "det", "diagonal", "eig", "eigh", "eigvals", "eigvalsh", "householder_product", "inv", "inv_ex", "lstsq", "lu",
           "lu_factor", "lu_factor_ex", "lu_solve", "matmul", "matrix_exp", "matrix_norm",
           "matrix_power", "matrix_rank", "multi_dot", "norm", "outer", "pinv", "qr", "slogdet", "solve", "solve_ex", "solve_triangular", "svd", "svdvals", "tensorinv", "tensorsolve",
           "vander", "vecdot", "vector_norm"]


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return _diagonal(A, offset, dim1, dim2)


def eig(A):
    return _eig(A)


globals().update({_name: _dispatched(_name, getattr(_complex_matrices, _name), globals()[_name]) for _name in (
    "cholesky", "det", "eigh", "eigvalsh", "inv", "matrix_exp", "matrix_power", "matrix_rank", "pinv", "solve", "solve_triangular", "svdvals")})
globals().update(_out.written(globals()))


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.linalg' has no attribute '{name}'")
    raise UnsupportedError(f"torch.linalg.{name} is not supported yet")
