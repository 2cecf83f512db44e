"""Percentiles, covariances, interpolation, polynomials, convolution: what is computed from arrays beside the recorded reductions."""
import math

from _lens import door

from . import _scalars
from ._creation import _of_numbers, array
from ._joining import concatenate, stack
from ._linear import dot
from ._operands import array_of, axes_of, axis_of, is_number
from ._reductions import mean
from ._shaping import expand_dims, moveaxis
from ._sorting import sort
from ._ufuncs import FUNCTIONS


def _rows(a, axis):
    """The array with the reduced axes joined into the last one."""
    axes = axes_of(axis, a.ndim)
    kept = [dim for dim in range(a.ndim) if dim not in axes]
    moved = a._view(("permute", {"dims": kept + axes}))
    return moved.reshape([a.shape[dim] for dim in kept] + [-1]), axes


def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, **options):
    """Values below which the fractions `q` of the elements lie."""
    if method not in ("linear", "lower", "higher", "nearest", "midpoint"):
        raise door.UnsupportedError(f"numpy.quantile with method={method!r} is not supported")
    a = array_of(a)
    if not is_number(q):
        return stack([array_of(quantile(a, one, axis, method=method, keepdims=keepdims)) for one in array_of(q).ravel()]).reshape(
            array_of(q).shape + array_of(quantile(a, 0.5, axis, keepdims=keepdims)).shape)
    q = float(q)
    if not 0 <= q <= 1:
        raise ValueError("Quantiles must be in the range [0, 1]")
    rows, axes = _rows(a, axis)
    ordered = sort(rows if rows.dtype.kind == "f" else rows.astype(float), -1)
    place = q * (ordered.shape[-1] - 1)
    low = math.floor(place)
    part = {"linear": place - low, "lower": 0.0, "higher": float(place > low), "midpoint": 0.5 * (place > low),
            "nearest": float(round(place) - low)}[method]
    below, above = ordered[..., low], ordered[..., min(low + 1, ordered.shape[-1] - 1)]
    gap = above - below
    # from the nearer end, as NumPy does, so that the last digits are the same
    found = above - gap * (1 - part) if part >= 0.5 else below + gap * part
    for dim in axes if keepdims else ():
        found = expand_dims(found, dim)
    return found


def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, **options):
    if not is_number(q):
        q = array_of(q) / 100
    elif not 0 <= q <= 100:
        raise ValueError("Percentiles must be in the range [0, 100]")
    else:
        q = float(q) / 100
    return quantile(a, q, axis, out, overwrite_input, method, keepdims)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    a = array_of(a)
    rows, axes = _rows(a, axis)
    count = rows.shape[-1]
    if count == 0:
        return _scalars.float64(math.nan)
    ordered = sort(rows if rows.dtype.kind == "f" else rows.astype(float), -1)
    middle = ordered[..., (count - 1) // 2:count // 2 + 1]
    found = mean(middle, -1)
    for dim in axes if keepdims else ():
        found = expand_dims(found, dim)
    return found


def nanmedian(a, axis=None, **options):
    a = array_of(a)
    if axis is None:
        return median(a[~FUNCTIONS["isnan"](a)])
    return stack([array_of(median(row[~FUNCTIONS["isnan"](row)])) for row in moveaxis(a, axis, -1).reshape(-1, a.shape[axis])]).reshape(
        moveaxis(a, axis, -1).shape[:-1])


def nanpercentile(a, q, axis=None, **options):
    a = array_of(a)
    return percentile(a[~FUNCTIONS["isnan"](a)], q)


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    x = array_of(m).astype(float)
    x = x.reshape(1, -1) if x.ndim < 2 else x if rowvar else x.T
    if y is not None:
        other = array_of(y).astype(float)
        x = concatenate([x, other.reshape(1, -1) if other.ndim < 2 else other if rowvar else other.T])
    x = x - mean(x, 1, keepdims=True)
    found = dot(x, x.T) * (1 / (x.shape[1] - ((0 if bias else 1) if ddof is None else ddof)))
    return found[0, 0] if found.size == 1 else found


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    c = cov(x, y, rowvar)
    if is_number(c):
        return c / c
    deviations = FUNCTIONS["sqrt"](c[list(range(len(c))), list(range(len(c)))])
    return c / deviations[:, None] / deviations[None, :]


def interp(x, xp, fp, left=None, right=None, period=None):
    """Straight lines between the points (xp, fp)."""
    import bisect
    xs, ys = array_of(xp)._numbers(), array_of(fp)._numbers()

    def one(number):
        if number < xs[0]:
            return ys[0] if left is None else left
        if number > xs[-1]:
            return ys[-1] if right is None else right
        place = min(bisect.bisect_right(xs, number) - 1, len(xs) - 2)
        if place < 0 or len(xs) == 1:
            return float(ys[0])
        return (ys[place + 1] - ys[place]) / (xs[place + 1] - xs[place]) * (number - xs[place]) + ys[place]
    if is_number(x):
        return _scalars.float64(one(float(x)))
    x = array_of(x)
    return _of_numbers([float(one(number)) for number in x._numbers()], "float64", x.shape)


def convolve(a, v, mode="full"):
    a, v = array_of(a), array_of(v)
    if a.size == 0 or v.size == 0:
        raise ValueError(f"{'a' if a.size == 0 else 'v'} cannot be empty")
    if v.size > a.size:
        a, v = v, a
    first, second = a._numbers(), v._numbers()
    full = [sum(first[place - shift] * second[shift] for shift in range(len(second)) if 0 <= place - shift < len(first))
            for place in range(len(first) + len(second) - 1)]
    if mode == "same":
        start = (len(second) - 1) // 2
        full = full[start:start + len(first)]
    elif mode == "valid":
        full = full[len(second) - 1:len(first)]
    return array(full)


def correlate(a, v, mode="valid"):
    return convolve(a, array_of(v)[::-1], mode)


def gradient(f, *varargs, axis=None, edge_order=1):
    f = array_of(f)
    axes = axes_of(axis, f.ndim)
    spacings = list(varargs) * (len(axes) if len(varargs) == 1 else 1) or [1.0] * len(axes)
    found = []
    for dim, spacing in zip(axes, spacings):
        at = lambda *bounds: (slice(None),) * dim + (slice(*bounds),)
        if is_number(spacing):
            inner = (f[at(2, None)] - f[at(None, -2)]) / (2.0 * spacing)
            first, last = (f[at(1, 2)] - f[at(0, 1)]) / spacing, (f[at(-1, None)] - f[at(-2, -1)]) / spacing
        else:
            steps = array_of(spacing)[1:] - array_of(spacing)[:-1]
            shape = [-1 if one == dim else 1 for one in range(f.ndim)]
            before, after = steps[:-1].reshape(shape), steps[1:].reshape(shape)
            inner = (-after / (before * (before + after)) * f[at(None, -2)] + (after - before) / (before * after) * f[at(1, -1)]
                     + before / (after * (before + after)) * f[at(2, None)])
            first, last = (f[at(1, 2)] - f[at(0, 1)]) / steps[0], (f[at(-1, None)] - f[at(-2, -1)]) / steps[-1]
        found.append(concatenate([first, inner, last], dim))
    return found[0] if len(found) == 1 else tuple(found)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    y = array_of(y)
    moved = moveaxis(y, axis_of(axis, y.ndim), -1)
    steps = dx if x is None else array_of(x)[..., 1:] - array_of(x)[..., :-1]
    return (steps * (moved[..., 1:] + moved[..., :-1]) / 2.0).sum(-1)


trapz = trapezoid


def polyval(p, x):
    result = 0 * x if is_number(x) else array_of(x) * 0
    for coefficient in array_of(p):
        result = result * (x if is_number(x) else array_of(x)) + coefficient
    return result


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    from ._diagonals import vander
    from .linalg import lstsq
    return lstsq(vander(array_of(x).astype(float), deg + 1), array_of(y).astype(float))[0]


def polyadd(a1, a2):
    first, second = array_of(a1).tolist(), array_of(a2).tolist()
    count = max(len(first), len(second))
    first, second = [0] * (count - len(first)) + first, [0] * (count - len(second)) + second
    return array([x + y for x, y in zip(first, second)])


def polymul(a1, a2):
    return convolve(a1, a2)


def polyder(p, m=1):
    coefficients = array_of(p).tolist()
    for _ in range(m):
        coefficients = [number * (len(coefficients) - 1 - place) for place, number in enumerate(coefficients[:-1])]
    return array(coefficients)


class poly1d:
    """A polynomial that is called with numbers; coefficients from the highest power down."""

    def __init__(self, c_or_r, r=False, variable="x"):
        self.coeffs = self.c = array_of(c_or_r)
        self.order = self.o = self.coeffs.size - 1

    def __call__(self, x):
        return polyval(self.coeffs, x)

    def deriv(self, m=1):
        return poly1d(polyder(self.coeffs, m))

    def __getitem__(self, power):
        return self.coeffs[self.order - power] if 0 <= power <= self.order else 0

    def __repr__(self):
        return f"poly1d({self.coeffs!r})"


def unwrap(p, discont=None, axis=-1, *, period=2 * math.pi):
    raise door.UnsupportedError("numpy.unwrap is not supported")


def hanning(M):
    return _window(M, lambda x: 0.5 - 0.5 * math.cos(x))


def hamming(M):
    return _window(M, lambda x: 0.54 - 0.46 * math.cos(x))


def _window(count, of_angle):
    if count < 2:
        return array([1.0] * count)
    return array([of_angle(2 * math.pi * place / (count - 1)) for place in range(count)])
