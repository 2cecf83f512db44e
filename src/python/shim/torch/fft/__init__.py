"""torch.fft: transforms of real and complex tensors along one or more axes."""
import math

from .. import _out
from .._apply import apply, constant
from .._complex import ComplexTensor, of_pairs, pairs_of
from .._creation import _finished
from .._dtype import dtype_of, get_default_dtype, int64
from .._joining import cat, roll
from .._size import axis

__all__ = ["fft", "fft2", "fftfreq", "fftn", "fftshift", "hfft", "hfft2", "hfftn", "ifft", "ifft2", "ifftn", "ifftshift", "ihfft", "ihfft2", "ihfftn", "irfft", "irfft2",
           "irfftn", "rfft", "rfft2", "rfftfreq", "rfftn"]


def _axes(input, s, dim):
    """The axes to transform, ascending in the order given, and the size of each."""
    rank = input.dim()
    if dim is None:
        dims = list(range(rank)) if s is None else list(range(rank - len(s), rank))
    else:
        dims = [axis(d, rank) for d in ([dim] if isinstance(dim, int) else dim)]
    if len(set(dims)) != len(dims):
        raise RuntimeError("FFT dims must be unique")
    sizes = [None] * len(dims) if s is None else list(s)
    if len(sizes) != len(dims):
        raise RuntimeError("When given, dim and shape arguments must have the same length")
    return dims, sizes


def _check(input, dim):
    if input.dim() == 0:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")


def _resized(pairs, dims, sizes):
    """Axes cut, or continued with zeros."""
    for position, size in zip(dims, sizes):
        own = pairs.value.shape[position]
        size = own if size in (None, -1) else size
        if size < 1:
            raise RuntimeError(f"Invalid number of data points ({size}) specified")
        if size < own:
            pairs = pairs.narrow(position, 0, size)
        elif size > own:
            pads = [[0, size - own if d == position else 0] for d in range(pairs.dim())]
            pairs = apply("pad", pairs, pads=pads, mode="constant", value=0)
    return pairs


def _scale(norm, count, inverse):
    if norm not in (None, "backward", "ortho", "forward"):
        raise RuntimeError(f'Invalid normalization mode: "{norm}"')
    if norm == "ortho":
        return 1 / math.sqrt(count)
    return 1 / count if inverse == (norm != "forward") else 1


def _transformed(pairs, dims, norm, inverse, operation):
    count = math.prod(pairs.value.shape[d] for d in dims)
    return apply("fft", pairs, operation=operation, dims=dims, inverse=inverse, scale=_scale(norm, count, inverse))


def fftn(input, s=None, dim=None, norm=None):
    dims, sizes = _axes(input, s, dim)
    operation = "fft_r2c" if not isinstance(input, ComplexTensor) and len(dims) == 1 else "fft_c2c"
    return of_pairs(_transformed(_resized(pairs_of(input), dims, sizes), dims, norm, False, operation))


def ifftn(input, s=None, dim=None, norm=None):
    dims, sizes = _axes(input, s, dim)
    return of_pairs(_transformed(_resized(pairs_of(input), dims, sizes), dims, norm, True, "fft_c2c"))


def rfftn(input, s=None, dim=None, norm=None):
    """Of real numbers, whose transform is symmetric: the first half of the last axis."""
    if isinstance(input, ComplexTensor):
        raise RuntimeError(f"rfft expects a real input tensor, but got {input._scalar_type()}")
    dims, sizes = _axes(input, s, dim)
    whole = _transformed(_resized(pairs_of(input), dims, sizes), dims, norm, False, "fft_r2c")
    last = dims[-1]
    return of_pairs(apply("slice", whole, operation="fft_r2c", dim=last, start=0, end=whole.value.shape[last] // 2 + 1, step=1))


def irfftn(input, s=None, dim=None, norm=None):
    """The real numbers of which half a transform is given."""
    dims, sizes = _axes(input, s, dim)
    last = dims[-1]
    pairs = pairs_of(input)
    size = 2 * (pairs.value.shape[last] - 1) if sizes[-1] in (None, -1) else sizes[-1]
    if size < 1:
        raise RuntimeError(f"Invalid number of data points ({size}) specified")
    half = _resized(pairs, dims, [*sizes[:-1], size // 2 + 1])
    if len(dims) > 1:
        half = _transformed(half, dims[:-1], norm, True, "fft_c2c")
    whole = _mirrored(half, last, size)
    result = _transformed(whole, [last], norm, True, "fft_c2r").select(-1, 0)
    return apply("reshape", result, operation="fft_c2r", shape=list(result.value.shape))


def _mirrored(half, position, size):
    """The other half: that of the opposite frequency, conjugate."""
    rest = list(range(size - size // 2 - 1, 0, -1))
    if not rest:
        return half.narrow(position, 0, size)
    mirrored = apply("index_select", half, constant(rest, int64, (len(rest),)), dim=position)
    signs = constant([1.0, -1.0], half.dtype, (2,))
    return cat([half, mirrored * signs], position)


def _of_one_axis(function):
    def transform(input, n=None, dim=-1, norm=None):
        _check(input, dim)
        return function(input, None if n is None else (n,), (dim,), norm)
    return transform


def _of_two_axes(function):
    def transform(input, s=None, dim=(-2, -1), norm=None):
        return function(input, s, dim, norm)
    return transform


fft, ifft, rfft, irfft = map(_of_one_axis, (fftn, ifftn, rfftn, irfftn))
fft2, ifft2, rfft2, irfft2 = map(_of_two_axes, (fftn, ifftn, rfftn, irfftn))
for _function, _name in zip((fft, ifft, rfft, irfft, fft2, ifft2, rfft2, irfft2), "fft ifft rfft irfft fft2 ifft2 rfft2 irfft2".split()):
    _function.__name__ = _name
del _function, _name

_OPPOSITE = {None: "forward", "backward": "forward", "forward": "backward", "ortho": "ortho"}


def hfftn(input, s=None, dim=None, norm=None):
    """The real transform of numbers of which half are given: the others are their conjugates."""
    return irfftn(of_pairs(pairs_of(input)).conj(), s, dim, _OPPOSITE[norm])


def ihfftn(input, s=None, dim=None, norm=None):
    return rfftn(input, s, dim, _OPPOSITE[norm]).conj()


hfft, ihfft = map(_of_one_axis, (hfftn, ihfftn))
hfft2, ihfft2 = map(_of_two_axes, (hfftn, ihfftn))
hfft.__name__, ihfft.__name__, hfft2.__name__, ihfft2.__name__ = "hfft", "ihfft", "hfft2", "ihfft2"


def _frequencies(places, n, d, dtype, requires_grad):
    wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
    return _finished(constant([place / (n * d) for place in places], wanted, (len(places),)), requires_grad)


def fftfreq(n, d=1.0, *, dtype=None, layout=None, device=None, requires_grad=False):
    return _frequencies([*range((n + 1) // 2), *range(-(n // 2), 0)], n, d, dtype, requires_grad)


def rfftfreq(n, d=1.0, *, dtype=None, layout=None, device=None, requires_grad=False):
    return _frequencies(list(range(n // 2 + 1)), n, d, dtype, requires_grad)


def _shifted(input, dim, way):
    dims = list(range(input.dim())) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    shifts = [way(input.size(d)) for d in dims]
    return input.roll(shifts, dims) if isinstance(input, ComplexTensor) else roll(input, shifts, dims)


def fftshift(input, dim=None):
    """Frequency 0 in the middle."""
    return _shifted(input, dim, lambda size: size // 2)


def ifftshift(input, dim=None):
    return _shifted(input, dim, lambda size: (size + 1) // 2)


globals().update(_out.written(globals()))
