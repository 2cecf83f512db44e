"""Decompositions and solutions of matrices, Fourier transforms of (real, imaginary) pairs, and the loss of alignments."""
from _lens import door

from .dtypes import floatx, is_float
from .elementwise import pair
from .linear import swap_last
from .tensor import value_of, wrap


def _float(x):
    value = value_of(x)
    return value if is_float(value.dtype) else value_of(value, floatx())


def cholesky(x, upper=False):
    lower = door.record("cholesky", [_float(x)], upper=False, partial=False)
    return wrap(swap_last(lower) if upper else lower)


def inv(x):
    return wrap(door.record("inverse", [_float(x)]))


def det(x):
    return wrap(door.record("det", [_float(x)]))


def slogdet(x):
    logarithm, sign = door.record_all("slogdet", [_float(x)])
    return wrap(sign), wrap(logarithm)


def logdet(x):
    return slogdet(x)[1]


def solve(a, b):
    left, right = pair(a, b, False, "MatrixSolve")
    if len(right.shape) == len(left.shape) - 1:
        column = door.record("solve", [left, door.record("reshape", [right], shape=[*right.shape, 1])])
        return wrap(door.record("reshape", [column], shape=list(column.shape[:-1])))
    return wrap(door.record("solve", [left, right]))


def solve_triangular(a, b, lower=False):
    left, right = pair(a, b, False, "MatrixTriangularSolve")
    is_vector = len(right.shape) == len(left.shape) - 1
    if is_vector:
        right = door.record("reshape", [right], shape=[*right.shape, 1])
    result = door.record("triangular_solve", [left, right], upper=not lower, unitriangular=False)
    return wrap(door.record("reshape", [result], shape=list(result.shape[:-1])) if is_vector else result)


def qr(x, mode="reduced"):
    return tuple(map(wrap, door.record_all("qr", [_float(x)], complete=mode == "complete")))


def eigh(x):
    return tuple(map(wrap, door.record_all("eigh", [_float(x)], upper=False, partial=False)))


def svd(x, full_matrices=True, compute_uv=True):
    """(U, S, Vᵀ), or S alone."""
    value = _float(x)
    u, s, vt = door.record_all("svd", [value])
    if not compute_uv:
        return wrap(s)
    m, n = value.shape[-2:]
    if full_matrices and m != n:
        raise door.UnsupportedError("svd with full_matrices=True of a matrix that is not square is not supported")
    return wrap(u), wrap(s), wrap(vt)


# Fourier transforms

def _pairs(real, imaginary=None):
    value = _float(real)
    shape = list(value.shape)
    column = door.record("reshape", [value], shape=[*shape, 1])
    if imaginary is None:
        return door.record("pad", [column], pads=[*([0, 0] for _ in shape), [0, 1]], mode="constant", value=0)
    return door.record("cat", [column, door.record("reshape", [_float(imaginary)], shape=[*shape, 1])], dim=len(shape))


def _parts(pairs):
    last = len(pairs.shape) - 1
    return tuple(wrap(door.record("reshape", [door.record("slice", [pairs], dim=last, start=part, end=part + 1, step=1)], shape=list(pairs.shape[:-1])))
                 for part in (0, 1))


def _transform(axes, inverse):
    def implementation(x):
        pairs = _pairs(*x)
        dims = [len(pairs.shape) - 1 - axes + axis for axis in range(axes)]
        count = 1
        for dim in dims:
            count *= pairs.shape[dim]
        return _parts(door.record("fft", [pairs], dims=dims, inverse=inverse, scale=1 / count if inverse else 1))
    return implementation


fft, fft2, ifft2 = _transform(1, False), _transform(2, False), _transform(2, True)


def _fitted(pairs, dim, size):
    own = pairs.shape[dim]
    if size == own:
        return pairs
    if size < own:
        return door.record("slice", [pairs], dim=dim, start=0, end=size, step=1)
    return door.record("pad", [pairs], pads=[[0, size - own if d == dim else 0] for d in range(len(pairs.shape))], mode="constant", value=0)


def rfft(x, fft_length=None):
    pairs = _pairs(x)
    dim = len(pairs.shape) - 2
    pairs = _fitted(pairs, dim, pairs.shape[dim] if fft_length is None else int(fft_length))
    whole = door.record("fft", [pairs], dims=[dim], inverse=False, scale=1)
    return _parts(door.record("slice", [whole], dim=dim, start=0, end=whole.shape[dim] // 2 + 1, step=1))


def irfft(x, fft_length=None):
    pairs = _pairs(*x)
    dim = len(pairs.shape) - 2
    size = 2 * (pairs.shape[dim] - 1) if fft_length is None else int(fft_length)
    half = _fitted(pairs, dim, size // 2 + 1)
    rest = list(range(size - size // 2 - 1, 0, -1))
    if rest:
        mirrored = door.record("index_select", [half, value_of(rest, "int64")], dim=dim)
        conjugate = door.record("mul", [mirrored, door.constant([1.0, -1.0], half.dtype, [2])])
        half = door.record("cat", [half, conjugate], dim=dim)
    else:
        half = _fitted(half, dim, size)
    return _parts(door.record("fft", [half], dims=[dim], inverse=True, scale=1 / size))[0]


def ctc_loss(target, output, target_length, output_length, mask_index=0):
    """-log of a target's probability over all its alignments with the steps of `output` (N, T, C): logits."""
    steps = door.record("permute", [_float(output)], dims=[1, 0, 2])
    logs = door.record("log_softmax", [steps], dim=2)
    return wrap(door.record("ctc_loss", [logs, *(value_of(x, "int64") for x in (target, output_length, target_length))], blank=int(mask_index),
                            zeroInfinity=False))
