"""numpy.linalg. Norms and products are recorded; decompositions and inverses are computed in Python, for small matrices."""
import collections
import math

from _lens import door

from . import _scalars
from ._complex import of_pairs
from ._creation import _of_numbers, array
from ._diagonals import eye
from ._linear import cross, dot, matmul, outer, tensordot, trace, vecdot  # noqa: F401
from ._operands import array_of, axes_of
from ._reductions import max as _max, min as _min, sum as _sum
from ._shaping import matrix_transpose  # noqa: F401
from ._ufuncs import FUNCTIONS


EigResult = collections.namedtuple("EigResult", "eigenvalues eigenvectors")


class LinAlgError(ValueError):
    pass


def norm(x, ord=None, axis=None, keepdims=False):
    x = array_of(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    axes = axes_of(axis, x.ndim)
    dims = tuple(axes)
    if ord is None or ord == 2 and len(axes) == 1 or ord == "fro" and len(axes) == 2:
        return FUNCTIONS["sqrt"](_sum(x * x, dims, keepdims=keepdims))
    size = FUNCTIONS["absolute"](x)
    if len(axes) == 1:
        if ord == math.inf:
            return _max(size, dims, keepdims=keepdims)
        if ord == -math.inf:
            return _min(size, dims, keepdims=keepdims)
        if ord == 0:
            return _sum((x != 0).astype(x._name), dims, keepdims=keepdims)
        if ord == 1:
            return _sum(size, dims, keepdims=keepdims)
        if isinstance(ord, str):
            raise ValueError(f"Invalid norm order '{ord}' for vectors")
        return FUNCTIONS["power"](_sum(FUNCTIONS["power"](size, ord), dims, keepdims=keepdims), 1.0 / ord)
    if len(axes) == 2:
        if ord in (1, -1, math.inf, -math.inf):
            rows, columns = axes
            inner = _sum(size, rows if abs(ord) == 1 else columns)
            return (_max if ord > 0 else _min)(inner, -1)
        if ord in (2, -2, "nuc"):
            values = svd(x, compute_uv=False)
            return values[0] if ord == 2 else values[-1] if ord == -2 else _sum(values)
    raise ValueError("Invalid norm order for matrices." if len(axes) == 2 else "Improper number of dimensions to norm.")


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    x = array_of(x)
    return norm(x.ravel() if axis is None else x, ord, axis, keepdims)


def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    return norm(x, ord, (-2, -1), keepdims)


def _matrices(a, function, square=True):
    """`function` of each matrix as lists of rows; its results stacked as the leading axes were."""
    a = array_of(a)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if square and a.shape[-1] != a.shape[-2]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    if a.ndim == 2:
        return function([list(map(float, row)) for row in a.tolist()]), ()
    outer_shape = a.shape[:-2]
    flat = a.reshape((-1,) + a.shape[-2:])
    return [function([list(map(float, row)) for row in one]) for one in flat.tolist()], outer_shape


def _eliminate(rows, right):
    """Gauss with the largest pivots: solves rows · x = right, both lists of rows. (x or None, the determinant's sign and factors)"""
    n = len(rows)
    rows, right, sign = [row[:] for row in rows], [row[:] for row in right], 1.0
    for column in range(n):
        pivot = max(range(column, n), key=lambda row: abs(rows[row][column]))
        if rows[pivot][column] == 0.0:
            return None, 0.0, []
        if pivot != column:
            rows[column], rows[pivot] = rows[pivot], rows[column]
            right[column], right[pivot] = right[pivot], right[column]
            sign = -sign
        sign = math.copysign(sign, sign * rows[column][column])
        for row in range(column + 1, n):
            factor = rows[row][column] / rows[column][column]
            if factor:
                rows[row] = [x - factor * y for x, y in zip(rows[row], rows[column])]
                right[row] = [x - factor * y for x, y in zip(right[row], right[column])]
    for column in reversed(range(n)):
        for place in range(len(right[column])):
            total = right[column][place] - sum(rows[column][k] * right[k][place] for k in range(column + 1, n))
            right[column][place] = total / rows[column][column]
    return right, sign, [abs(rows[place][place]) for place in range(n)]


def _slogdet(rows):
    _, sign, factors = _eliminate(rows, [[] for _ in rows])
    return sign, sum(map(math.log, factors)) if sign else -math.inf


def det(a):
    # by way of the logarithm, as NumPy has it, so that the last digits are the same
    found, outer_shape = _matrices(a, lambda rows: (lambda sign, size: sign * math.exp(size))(*_slogdet(rows)))
    return array(found).reshape(outer_shape) if outer_shape else _scalars.float64(found)


def slogdet(a):
    (sign, size), _ = _matrices(a, _slogdet)
    return _scalars.float64(sign), _scalars.float64(size)


def inv(a):
    def one(rows):
        n = len(rows)
        found, *_ = _eliminate(rows, [[float(i == j) for j in range(n)] for i in range(n)])
        if found is None:
            raise LinAlgError("Singular matrix")
        return found
    found, outer_shape = _matrices(a, one)
    made = array(found)
    return (made.reshape(outer_shape + made.shape[-2:]) if outer_shape else made).astype(_float_of(a))


def _float_of(a):
    name = array_of(a)._name
    return name if name in ("float32", "float64") else "float64"


def solve(a, b):
    b = array_of(b)
    vector = b.ndim == 1
    right = [[float(x)] for x in b.tolist()] if vector else [list(map(float, row)) for row in b.tolist()]

    def one(rows):
        if len(rows) != len(right):
            raise ValueError("solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) "
                             f"(size {len(right)} is different from {len(rows)})")
        found, *_ = _eliminate(rows, right)
        if found is None:
            raise LinAlgError("Singular matrix")
        return found
    found, _ = _matrices(a, one)
    made = array(found)
    return made.ravel() if vector else made


def matrix_power(a, n):
    a = array_of(a)
    if n < 0:
        return matrix_power(inv(a), -n)
    result = eye(a.shape[-1], dtype=a.dtype)
    for _ in range(n):
        result = matmul(result, a)
    return result


def multi_dot(arrays, *, out=None):
    result = arrays[0]
    for other in arrays[1:]:
        result = dot(result, other)
    return result


def cholesky(a, /, *, upper=False):
    def one(rows):
        n = len(rows)
        low = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                rest = rows[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
                if i == j:
                    if rest <= 0:
                        raise LinAlgError("Matrix is not positive definite")
                    low[i][i] = math.sqrt(rest)
                else:
                    low[i][j] = rest / low[j][j]
        return low
    made = array(_matrices(a, one)[0])
    return made.T if upper else made


def qr(a, mode="reduced"):
    """Householder's reflections, with the signs that LAPACK leaves."""
    rows = [list(map(float, row)) for row in array_of(a).tolist()]
    m, n = len(rows), len(rows[0])
    q = [[float(i == j) for j in range(m)] for i in range(m)]
    for column in range(min(m - 1, n)):
        x = [rows[i][column] for i in range(column, m)]
        if not any(x[1:]):
            continue
        length = math.copysign(math.sqrt(sum(number * number for number in x)), x[0])
        v = [x[0] + length, *x[1:]]
        scale = 2.0 / sum(number * number for number in v)
        for target in (rows, q):
            for j in range(len(target[0])):
                factor = scale * sum(v[i] * target[column + i][j] for i in range(m - column))
                for i in range(m - column):
                    target[column + i][j] -= factor * v[i]
    for i in range(m):
        for j in range(min(i, n)):
            rows[i][j] = 0.0
    k = min(m, n) if mode == "reduced" else m
    upper = array(rows[:k])
    return upper if mode == "r" else (array([[q[j][i] for j in range(k)] for i in range(m)]), upper)


def _jacobi(rows):
    """Eigenvalues, ascending, and eigenvectors (columns) of a symmetric matrix, by Jacobi's rotations."""
    n = len(rows)
    rows, vectors = [row[:] for row in rows], [[float(i == j) for j in range(n)] for i in range(n)]
    for _ in range(60):
        if sum(rows[i][j] ** 2 for i in range(n) for j in range(i)) < 1e-30 * (sum(rows[i][i] ** 2 for i in range(n)) or 1.0):
            break
        for p in range(n - 1):
            for q in range(p + 1, n):
                if rows[p][q] == 0.0:
                    continue
                theta = (rows[q][q] - rows[p][p]) / (2.0 * rows[p][q])
                t = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
                c = 1.0 / math.hypot(t, 1.0)
                s = t * c
                for k in range(n):
                    rows[k][p], rows[k][q] = c * rows[k][p] - s * rows[k][q], s * rows[k][p] + c * rows[k][q]
                for k in range(n):
                    rows[p][k], rows[q][k] = c * rows[p][k] - s * rows[q][k], s * rows[p][k] + c * rows[q][k]
                for k in range(n):
                    vectors[k][p], vectors[k][q] = c * vectors[k][p] - s * vectors[k][q], s * vectors[k][p] + c * vectors[k][q]
    order = sorted(range(n), key=lambda i: rows[i][i])
    return [rows[i][i] for i in order], [[vectors[k][i] for i in order] for k in range(n)]


def eigh(a, UPLO="L"):
    (values, vectors), _ = _matrices(a, _jacobi)
    return array(values), array(vectors)


def eigvalsh(a, UPLO="L"):
    return eigh(a)[0]


def eig(a):
    """Eigenvalues and eigenvectors (columns); complex where one of them is."""
    a = array_of(a)
    _matrices(a, lambda rows: rows)  # which refuses what is not square
    name = _float_of(a)
    numbers = a.astype(name).value
    zeros = door.record("full", shape=list(a.shape), value=0.0, dtype=name)
    pairs = door.record("cat", [door.record("reshape", [part], shape=[*a.shape, 1]) for part in (numbers, zeros)], dim=a.ndim)
    values, vectors = door.record_all("eig", [pairs], hermitian=False)
    return EigResult(of_pairs(door.read(values), a.shape[:-1]), of_pairs(door.read(vectors), a.shape))


def eigvals(a):
    return eig(a).eigenvalues


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """Singular values, descending, by rotating columns until they are orthogonal (one-sided Jacobi)."""
    a = array_of(a)
    rows = [list(map(float, row)) for row in a.tolist()]
    m, n = a.shape
    flipped = m < n
    columns = rows if flipped else [list(column) for column in zip(*rows)]
    count = len(columns)
    right = [[float(i == j) for j in range(count)] for i in range(count)]
    for _ in range(60):
        turned = False
        for p in range(count - 1):
            for q in range(p + 1, count):
                x, y = columns[p], columns[q]
                alpha, beta, gamma = (sum(i * j for i, j in zip(one, other)) for one, other in ((x, x), (y, y), (x, y)))
                if abs(gamma) <= 1e-15 * math.sqrt(alpha * beta) or gamma == 0.0:
                    continue
                turned = True
                zeta = (beta - alpha) / (2.0 * gamma)
                t = math.copysign(1.0, zeta) / (abs(zeta) + math.hypot(1.0, zeta))
                c = 1.0 / math.hypot(1.0, t)
                s = c * t
                for pair in (columns, right):
                    pair[p], pair[q] = ([c * i - s * j for i, j in zip(pair[p], pair[q])],
                                        [s * i + c * j for i, j in zip(pair[p], pair[q])])
        if not turned:
            break
    sizes = [math.sqrt(sum(x * x for x in column)) for column in columns]
    order = sorted(range(count), key=lambda i: -sizes[i])
    values = array([sizes[i] for i in order])
    if not compute_uv:
        return values
    left = [[x / sizes[i] if sizes[i] else 0.0 for x in columns[i]] for i in order]
    u, vt = array(left).T, array([right[i] for i in order])
    if full_matrices and m != n:
        from _lens.door import UnsupportedError
        raise UnsupportedError("numpy.linalg.svd of a matrix that is not square takes full_matrices=False here")
    return (vt.T, values, u.T) if flipped else (u, values, vt)


def svdvals(x, /):
    return svd(x, compute_uv=False)


def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    u, s, vt = svd(a, full_matrices=False)
    numbers = s.tolist()
    limit = (1e-15 if rcond is None else rcond) * max(numbers)
    inverse = _of_numbers([1.0 / x if x > limit else 0.0 for x in numbers], "float64", (len(numbers),))
    return dot(vt.T * inverse, u.T)


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    A = array_of(A)
    values = svd(A, compute_uv=False).tolist()
    limit = max(values) * max(A.shape) * 2.0 ** -52 if tol is None else tol
    return _scalars.int64(sum(value > limit for value in values))


def cond(x, p=None):
    values = svd(x, compute_uv=False).tolist()
    return _scalars.float64(values[0] / values[-1] if values[-1] else math.inf)


def lstsq(a, b, rcond=None):
    a, b = array_of(a), array_of(b)
    solution = dot(pinv(a), b)
    rank = matrix_rank(a)
    rest = dot(a, solution) - b
    residuals = _sum(rest * rest, 0)
    many_rows = a.shape[0] > a.shape[1] and int(rank) == a.shape[1]
    return solution, array_of(residuals).reshape(-1) if many_rows else array([]), int(rank), svd(a, compute_uv=False)


def diagonal(x, /, *, offset=0):
    from ._diagonals import diagonal as of
    return of(x, offset, -2, -1)
