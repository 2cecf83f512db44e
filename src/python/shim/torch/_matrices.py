"""Functions of torch and methods of Tensor on matrices: older names of what `_decompositions` defines, and statistics of rows."""
import warnings

from . import _decompositions as of
from ._apply import apply, filled, named
from ._dtype import get_default_dtype
from ._elimination import lu_factor, lu_factor_ex, lu_solve as solve_by_lu
from ._products import matmul
from ._reductions import _return_type
from ._registry import public
from ._size import axis

_LU_WITH_INFO = _return_type("_lu_with_info", "LU pivots info")
_SVD, _QR = _return_type("svd", "U S V"), _return_type("qr", "Q R")


def _published(name, function, aliases=()):
    def same(input, *args, **kwargs):
        return function(input, *args, **kwargs)
    same.__name__ = same.__qualname__ = name
    return public(same, aliases=aliases)


for _name, _function, _aliases in (
        ("det", of.det, ()), ("logdet", of.logdet, ()), ("slogdet", of.slogdet, ()), ("inverse", of.inv, ()), ("pinverse", of.pinv, ()),
        ("matrix_power", of.matrix_power, ()), ("matrix_exp", of.matrix_exp, ())):
    globals()[_name] = _published(_name, _function, _aliases)
del _name, _function, _aliases


@public
def cholesky(input, upper=False):
    return of.cholesky(input, upper=upper)


@public
def cholesky_solve(input, L, upper=False):
    """X of A X = B from A's Cholesky factor."""
    lower = L.mT if upper else L
    return named(of.solve_triangular(lower.mT, of.solve_triangular(lower, input, upper=False), upper=True), "cholesky_solve")


@public
def cholesky_inverse(L, upper=False):
    from ._creation import eye
    return named(cholesky_solve(eye(L.value.shape[-1], dtype=L.dtype).expand(*L.value.shape), L, upper), "cholesky_inverse")


def _deprecated(old, new):
    warnings.warn(f"torch.{old} is deprecated in favor of torch.linalg.{new} and will be removed in a future PyTorch release.", stacklevel=3)


@public
def lu(A, pivot=True, get_infos=False, out=None):
    _deprecated("lu", "lu_factor / torch.linalg.lu_factor_ex")
    return _LU_WITH_INFO(*lu_factor_ex(A, pivot=pivot)) if get_infos else tuple(lu_factor(A, pivot=pivot))


@public
def lu_solve(b, LU_data, LU_pivots):
    _deprecated("lu_solve", "lu_solve")
    return solve_by_lu(LU_data, LU_pivots, b)


@public
def qr(input, some=True):
    return _QR(*of.qr(input, "reduced" if some else "complete"))


@public
def svd(input, some=True, compute_uv=True):
    u, s, vh = of.svd(input, not some)
    return _SVD(u, s, vh.mT) if compute_uv else _SVD(u * 0, s, vh.mT * 0)


@public
def cross(input, other, dim=None):
    if dim is None:
        dim = next((d for d, size in enumerate(input.value.shape) if size == 3), None)
        if dim is None:
            raise RuntimeError("no dimension of size 3 in input")
    return of.cross(input, other, dim=dim)


@public
def vdot(input, other):
    return apply("matmul", input, other, operation="vdot")


@public(inplace=True)
def addr(input, vec1, vec2, *, beta=1, alpha=1):
    return input * beta + vec1.unsqueeze(1) * vec2 * alpha


@public(inplace=True)
def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return input * beta + matmul(batch1, batch2).sum(0) * alpha


@public
def cov(input, *, correction=1, fweights=None, aweights=None):
    """Covariance of the rows."""
    if fweights is not None or aweights is not None:
        from _lens.door import UnsupportedError
        raise UnsupportedError("cov with weights is not supported yet")
    if input.value.dtype == "bool":
        raise RuntimeError("cov(): bool dtype is not supported for input")
    rows = input if input.dim() == 2 else input.reshape(1, -1)
    if not rows.is_floating_point():
        rows = rows.to(get_default_dtype())
    centred = rows - rows.mean(1, keepdim=True)
    return (matmul(centred, centred.t()) / max(rows.value.shape[1] - correction, 0)).squeeze()


@public
def corrcoef(input):
    covariance = cov(input)
    if covariance.dim() == 0:
        return covariance / covariance
    deviation = covariance.diagonal().sqrt()
    return (covariance / deviation.unsqueeze(1) / deviation).clamp(-1, 1)


@public(function_only=True, aliases=("trapz",))
def trapezoid(y, x=None, *, dx=1, dim=-1):
    """The area below y by trapezoids, over the places x or steps of dx."""
    position = axis(dim, y.dim())
    size = y.value.shape[position]
    if size < 2:
        return filled(list(y.value.shape[:position] + y.value.shape[position + 1:]), 0, y.dtype)
    pairs = y.narrow(position, 1, size - 1) + y.narrow(position, 0, size - 1)
    if x is None:
        return pairs.sum(position) * (dx / 2)
    steps = x.diff(dim=-1 if x.dim() == 1 else position)
    if x.dim() == 1:
        steps = steps.reshape([-1 if d == position else 1 for d in range(y.dim())])
    return (pairs * steps).sum(position) / 2
