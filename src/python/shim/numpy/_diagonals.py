"""Matrices made along their diagonals, and diagonals taken out of matrices."""
from _lens import door

from ._creation import _of_numbers, filled
from ._dtypes import dtype_of, recorded
from ._ndarray import from_value, ndarray
from ._operands import array_of
from ._ranges import arange


def eye(N, M=None, k=0, dtype=float, order="C", *, device=None, like=None):
    columns = N if M is None else M
    name = dtype_of(dtype).name
    if k == 0:
        return from_value(door.record("eye", n=int(N), m=int(columns), dtype=recorded(name)))
    return _of_numbers([1 if column - row == k else 0 for row in range(N) for column in range(columns)], name, (N, columns))


def identity(n, dtype=None, *, like=None):
    return eye(n, dtype=dtype or float)


def tri(N, M=None, k=0, dtype=float):
    columns = N if M is None else M
    return _of_numbers([1 if column - row <= k else 0 for row in range(N) for column in range(columns)], dtype_of(dtype).name, (N, columns))


def diag(v, k=0):
    """The diagonal of a matrix, or the matrix that has a vector on its diagonal."""
    v = array_of(v)
    if v.ndim == 1:
        size = v.size + abs(k)
        made = filled((size, size), 0, v._name)
        rows = arange(v.size) + max(0, -k)
        made[rows, rows + k] = v
        return made
    return diagonal(v, k)


def diagonal(a, offset=0, axis1=0, axis2=1):
    a = array_of(a)
    if a.ndim != 2:
        from ._shaping import moveaxis
        a = moveaxis(a, (axis1, axis2), (0, 1))
    rows, columns = a.shape[:2]
    count = max(0, min(rows + min(offset, 0), columns - max(offset, 0)))
    along = arange(count)
    found = a[along + max(0, -offset), along + max(0, offset)]
    if found.ndim > 1:
        from ._shaping import moveaxis
        return moveaxis(found, 0, -1)
    return found


def diagflat(v, k=0):
    return diag(array_of(v).ravel(), k)


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def fill_diagonal(a, val, wrap=False):
    along = arange(min(a.shape))
    a[(along,) * a.ndim] = val


def vander(x, N=None, increasing=False):
    x = array_of(x)
    count = x.size if N is None else N
    powers = range(count) if increasing else range(count - 1, -1, -1)
    from ._joining import stack
    return stack([x ** power for power in powers], axis=1)


ndarray.diagonal = diagonal
