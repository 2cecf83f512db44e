"""Decompositions, solutions and functions of matrices: what torch.linalg and torch have of them.

Eigenvectors and singular vectors are known up to their sign: here the largest component of each is positive.
"""
import math

from _lens import door
from _lens.recording import provenance

from . import _creation as creation
from ._apply import apply, apply_all, filled, named
from ._dtype import FLOAT, SCALAR_TYPES, finfo, int32, int64
from ._elimination import lu_factor_ex, lu_solve
from ._joining import cat
from ._known import known
from ._products import matmul
from ._reductions import _return_type, vector_norm
from ._size import axis

_QR, _EIGH = _return_type("linalg_qr", "Q R"), _return_type("linalg_eigh", "eigenvalues eigenvectors")
_SVD, _SLOGDET = _return_type("linalg_svd", "U S Vh"), _return_type("linalg_slogdet", "sign logabsdet")
_CHOLESKY_EX, _INV_EX = _return_type("linalg_cholesky_ex", "L info"), _return_type("linalg_inv_ex", "inverse info")
_SOLVE_EX = _return_type("linalg_solve_ex", "result info")
_LSTSQ = _return_type("linalg_lstsq", "solution residuals rank singular_values")


def _matrix(name, A):
    if A.dim() < 2:
        raise RuntimeError(f"linalg.{name}: The input tensor A must have at least 2 dimensions.")
    if A.dtype.category != FLOAT:
        raise RuntimeError(f"linalg.{name}: Expected a floating point or complex tensor as input. Got {SCALAR_TYPES[A.value.dtype]}")
    return A.value.shape[-2:]


def _square(name, A):
    rows, columns = _matrix(name, A)
    if rows != columns:
        raise RuntimeError(f"linalg.{name}: A must be batches of square matrices, but they are {rows} by {columns} matrices")
    return rows


def cholesky(A, *, upper=False):
    return _triangle(A, upper, False)


def _triangle(A, upper, partial):
    lower = apply("cholesky", A, operation="linalg_cholesky_ex", upper=bool(upper), partial=partial)
    return lower.mT if upper else lower


def cholesky_ex(A, *, upper=False, check_errors=False):
    """`info`: the order of the first leading minor that is not positive, 0 where there is none."""
    if check_errors:
        _raising("cholesky", "cholesky_ex", cholesky, A.detach(), upper=upper)
    factor = _triangle(A, upper, True)
    return _CHOLESKY_EX(factor, first_of(apply("logical_not", factor.detach().diagonal(0, -2, -1) > 0)))


def first_of(marks):
    """Where along the last axis the first mark is, from 1, as LAPACK's `info`; 0: nowhere."""
    if marks.value.shape[-1] == 0:
        return filled(marks.value.shape[:-1], 0, int32)
    return (marks.any(-1) * (marks.to(int32).argmax(-1) + 1)).to(int32)


def _raising(own, other, function, *args, **kwargs):
    """Raises now what `function` of these numbers raises, under the name of another."""
    if not known(*args):
        return
    try:
        door.read(function(*args, **kwargs).value)
        provenance.reads.pop()
    except door._LinAlgError as error:
        raise door._LinAlgError(str(error).replace(f"linalg.{own}:", f"linalg.{other}:", 1)) from None


def inv_ex(A, *, check_errors=False):
    if check_errors:
        _raising("inv", "inv_ex", inv, A.detach())
    result, info = solve_ex(A, creation.eye(_square("inv_ex", A), dtype=A.dtype).expand(*A.value.shape))
    return _INV_EX(named(result, "linalg_inv_ex"), info)


def solve_ex(A, B, *, left=True, check_errors=False):
    if check_errors:
        _raising("solve", "solve_ex", solve, A.detach(), B.detach(), left=left)
    _square("solve", A)
    LU, pivots, info = lu_factor_ex(A)
    columns = B.unsqueeze(-1) if _is_vector(A, B) else B
    result = lu_solve(LU, pivots, columns, left=left)
    return _SOLVE_EX(named(result.squeeze(-1) if columns is not B else result, "linalg_solve_ex"), info)


def inv(A):
    return apply("inverse", A, operation="linalg_inv_ex")


def det(A):
    return apply("det", A, operation="linalg_det")


def slogdet(A):
    logarithm, sign = apply_all("slogdet", A, operation="linalg_slogdet")
    return _SLOGDET(sign.detach(), logarithm)


def logdet(A):
    """log of the determinant, NaN where that is negative."""
    sign, logarithm = slogdet(A)
    return apply("where", sign < 0, filled((), math.nan, A.dtype), logarithm, operation="where")


def solve(A, B, *, left=True):
    """X of A X = B, or of X A = B."""
    if not left:
        return named(solve(A.mT, B.mT).mT, "linalg_solve_ex")
    if _is_vector(A, B):
        return named(apply("solve", A, B.unsqueeze(-1)).squeeze(-1), "linalg_solve_ex")
    return apply("solve", A, B, operation="linalg_solve_ex")


def _is_vector(A, B):
    return B.dim() == 1 or A.dim() - 1 == B.dim() and tuple(B.value.shape) == tuple(A.value.shape[:-1])


def solve_triangular(A, B, *, upper, left=True, unitriangular=False):
    if not left:
        return solve_triangular(A.mT, B.mT, upper=not upper, unitriangular=unitriangular).mT
    return apply("triangular_solve", A, B, operation="linalg_solve_triangular", upper=bool(upper), unitriangular=bool(unitriangular))


def qr(A, mode="reduced"):
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'")
    q, r = apply_all("qr", A, operation="linalg_qr", complete=mode == "complete")
    return _QR(filled((0,), 0, A.dtype) if mode == "r" else q, r)


def eigh(A, UPLO="L"):
    if str(UPLO)[:1] not in tuple("LUlu"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    return _EIGH(*apply_all("eigh", A, operation="linalg_eigh", upper=UPLO[0] in "Uu"))


def eigvalsh(A, UPLO="L"):
    return eigh(A, UPLO).eigenvalues


def svd(A, full_matrices=True, *, driver=None):
    u, s, vh = apply_all("svd", A, operation="linalg_svd")
    if full_matrices:
        m, n = A.value.shape[-2:]
        u, vh = (_completed(u) if m > n else u), (_completed(vh.mT).mT if n > m else vh)
    return _SVD(u, s, vh)


def _completed(columns):
    """Orthonormal columns and as many more as make a square matrix."""
    count = columns.value.shape[-1]
    whole, _ = apply_all("qr", columns.detach(), complete=True)
    return cat([columns, whole.narrow(-1, count, whole.value.shape[-1] - count)], -1)


def svdvals(A, *, driver=None):
    return svd(A, False).S


def _tolerance(S, A, atol, rtol):
    """Below it a singular value counts as 0."""
    relative = max(A.value.shape[-2:]) * finfo(A.dtype).eps if rtol is None and atol is None else rtol or 0.0
    largest = S.amax(-1, keepdim=True) * relative
    return largest if atol is None else largest.clamp(min=atol)


def matrix_rank(A, *, atol=None, rtol=None, hermitian=False):
    values = eigvalsh(A).abs() if hermitian else svdvals(A)
    return (values > _tolerance(values, A, atol, rtol)).to(int64).sum(-1)


def pinv(A, *, atol=None, rtol=None, hermitian=False):
    """The matrix that solves least squares. Of full rank it is that of the QR decomposition, which has derivatives everywhere."""
    return named(_pseudoinverse(A, atol, rtol), "linalg_pinv")


def _pseudoinverse(A, atol, rtol):
    m, n = _matrix("pinv", A)
    u, s, vh = svd(A.detach(), False)
    tolerance = _tolerance(s, A, atol, rtol)
    if bool((s > tolerance).all()):
        if m < n:
            return _pseudoinverse(A.mT, atol, rtol).mT
        q, r = qr(A)
        return solve_triangular(r, q.mT, upper=True)
    u, s, vh = svd(A, False)
    inverse = apply("where", s > tolerance, 1 / s, filled((), 0, s.dtype))
    return matmul(vh.mT * inverse.unsqueeze(-2), u.mT)


def lstsq(A, B, rcond=None, *, driver=None):
    m, n = _matrix("lstsq", A)
    rows = B.dim() == A.dim() - 1
    columns = B.unsqueeze(-1) if rows else B
    solution = named(matmul(_pseudoinverse(A, None, rcond), columns), "linalg_lstsq")
    empty = filled((0,), 0, A.dtype)
    residuals = (columns - matmul(A, solution)).square().sum(-2) if m > n else empty
    return _LSTSQ(solution.squeeze(-1) if rows else solution, residuals, matrix_rank(A), empty)


def matrix_power(A, n):
    size = _square("matrix_power", A)
    if n < 0:
        return matrix_power(inv(A), -n)
    if n == 0:
        return creation.eye(size, dtype=A.dtype).expand(*A.value.shape)
    result, power = None, A
    while n:
        if n & 1:
            result = power if result is None else matmul(result, power)
        n >>= 1
        power = matmul(power, power) if n else power
    return result


def matrix_exp(A):
    """Scaled until its norm is below 1/2, by Taylor's series, and squared back."""
    size = _square("matrix_exp", A)
    largest = A.detach().abs().sum(-2).max().item() if A.numel() else 0.0
    squarings = max(0, math.ceil(math.log2(largest)) + 1) if 0 < largest < math.inf else 0
    scaled = A * 2.0 ** -squarings
    unit = creation.eye(size, dtype=A.dtype)
    result = unit
    for degree in range(18, 0, -1):
        result = unit + matmul(scaled, result) * (1.0 / degree)
    for _ in range(squarings):
        result = matmul(result, result)
    return named(result, "linalg_matrix_exp")


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None):
    A = A if dtype is None else A.to(dtype)
    rows, columns = (axis(d, A.dim()) for d in dim)
    if ord == "fro":
        return vector_norm(A, 2, tuple(dim), keepdim)
    if ord in (1, -1, math.inf, -math.inf):
        summed, along = (rows, columns) if abs(ord) == 1 else (columns, rows)
        sums = A.abs().sum(summed, keepdim=True)
        found = sums.amax(along, keepdim=True) if ord > 0 else sums.amin(along, keepdim=True)
    elif ord in (2, -2, "nuc"):
        values = svdvals(A.movedim((rows, columns), (-2, -1)))
        found = values.sum(-1) if ord == "nuc" else values.amax(-1) if ord == 2 else values.amin(-1)
        return found.reshape([1 if d in (rows, columns) else size for d, size in enumerate(A.value.shape)]) if keepdim else found
    else:
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    return found if keepdim else found.squeeze((rows, columns))


def norm(A, ord=None, dim=None, keepdim=False, *, dtype=None):
    """A vector norm, or a matrix norm where two axes (or a matrix) and an order are given."""
    is_matrix = isinstance(dim, (tuple, list)) and len(dim) == 2 or dim is None and A.dim() == 2
    if ord is not None and is_matrix:
        return matrix_norm(A, ord, dim or (-2, -1), keepdim, dtype=dtype)
    return vector_norm(A, 2 if ord in (None, "fro") else ord, dim, keepdim, dtype=dtype)


def cond(A, p=None):
    if p in (None, 2, -2):
        values = svdvals(A)
        largest, smallest = values.amax(-1), values.amin(-1)
        return named(smallest / largest if p == -2 else largest / smallest, "squeeze_dim")
    return matrix_norm(A, p) * matrix_norm(inv(A), p)


def cross(input, other, *, dim=-1):
    """The vector product along an axis of three."""
    position = axis(dim, input.dim())
    if input.value.shape[position] != 3:
        raise RuntimeError(f"linalg.cross: inputs dimension {dim} must have length 3. Got {input.value.shape[position]} and "
                           f"{other.value.shape[axis(dim, other.dim())]}")
    return named(input.roll(-1, dim) * other.roll(-2, dim) - input.roll(-2, dim) * other.roll(-1, dim), "linalg_cross")


def multi_dot(tensors):
    result = tensors[0]
    for tensor in tensors[1:]:
        result = matmul(result, tensor)
    return named(result, "view")


def tensorinv(A, ind=2):
    """The inverse of A as a linear map from its axes from `ind` on to those before."""
    if ind <= 0:
        raise RuntimeError(f"Expected a strictly positive integer for 'ind', but got {ind}")
    left, right = A.value.shape[:ind], A.value.shape[ind:]
    if math.prod(left) != math.prod(right):
        raise RuntimeError("Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got "
                           f"{math.prod(right)} != {math.prod(left)}")
    return inv(A.reshape(math.prod(left), math.prod(right))).reshape([*right, *left])


def tensorsolve(A, B, dims=None):
    """X of tensordot(A, X, X.dim()) = B"""
    if dims is not None:
        A = A.movedim(tuple(dims), tuple(range(-len(dims), 0)))
    shape = A.value.shape[B.dim():]
    if math.prod(shape) != math.prod(A.value.shape[:B.dim()]):
        raise RuntimeError(f"Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got "
                           f"{math.prod(shape)} != {math.prod(A.value.shape[:B.dim()])}")
    return solve(A.reshape(B.numel(), math.prod(shape)), B.reshape(-1)).reshape(shape)


def vecdot(x, y, *, dim=-1):
    return (x * y).sum(dim)


def vander(x, N=None):
    """Powers 0, 1, … as columns."""
    return x.unsqueeze(-1) ** creation.arange(x.value.shape[-1] if N is None else N).to(x.dtype)
