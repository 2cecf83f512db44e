"""Changing spatial sizes in torch.nn.functional: interpolate, pixel_shuffle, unfold."""
import math

from _lens import calls
from _lens.array import values_in
from _lens.door import UnsupportedError

from .._apply import apply, constant
from .._creation import arange
from .._dtype import int64
from ._convolution import per_axis

layer = calls.function


def _sizes(input, size, scale_factor, recompute):
    """(output sizes, input-per-output scale of each axis or None where it follows from the sizes)"""
    spatial = input.value.shape[2:]
    if (size is None) == (scale_factor is None):
        raise ValueError("either size or scale_factor should be defined" if size is None else
                         "only one of size or scale_factor should be defined")
    if size is not None:
        return [int(n) for n in (size if isinstance(size, (tuple, list)) else [size] * len(spatial))], [None] * len(spatial)
    factors = [float(f) for f in (scale_factor if isinstance(scale_factor, (tuple, list)) else [scale_factor] * len(spatial))]
    sizes = [math.floor(n * f) for n, f in zip(spatial, factors)]
    return sizes, [None if recompute else 1.0 / f for f in factors]


@layer("interpolate", values_in)
def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    """Nearest or linear interpolation over the spatial axes."""
    if mode in ("nearest", "area") and align_corners is not None:
        raise ValueError("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear")
    sizes, scales = _sizes(input, size, scale_factor, recompute_scale_factor)
    if mode == "area":
        from . import _pooling
        return (None, _pooling.adaptive_avg_pool1d, _pooling.adaptive_avg_pool2d, _pooling.adaptive_avg_pool3d)[len(sizes)](input, sizes)
    if mode not in ("nearest", "nearest-exact", "linear", "bilinear", "trilinear") or antialias:
        raise UnsupportedError(f"interpolate with mode='{mode}'{' and antialias' if antialias else ''} is not supported yet")
    operation = f"upsample_{mode}{len(sizes)}d" if mode == "nearest" else f"upsample_{mode}{'1d' if mode == 'linear' else '2d'}"
    for position, (new, scale) in enumerate(zip(sizes, scales), 2):
        old = input.value.shape[position]
        if mode.startswith("nearest"):
            ratio = scale if scale is not None else old / new
            shift = 0.5 if mode == "nearest-exact" else 0.0
            places = [min(int((place + shift) * ratio), old - 1) for place in range(new)]
            input = _taken(input, position, places, operation)
        elif new != old or scale not in (None, 1.0):
            input = _linear(input, position, new, scale, align_corners, operation)
    return input


def _taken(input, position, places, operation):
    return apply("index_select", input, constant(places, int64, (len(places),)), operation=operation, dim=position)


def _linear(input, position, new, scale, align_corners, operation):
    old = input.value.shape[position]
    if align_corners:
        points = [place * ((old - 1) / (new - 1) if new > 1 else 0.0) for place in range(new)]
    else:
        ratio = scale if scale is not None else old / new
        points = [max(0.0, (place + 0.5) * ratio - 0.5) for place in range(new)]
    low = [min(int(point), old - 1) for point in points]
    high = [min(place + 1, old - 1) for place in low]
    weights = constant([point - place for point, place in zip(points, low)], input.dtype, (new,))
    weights = weights.reshape([-1 if d == position else 1 for d in range(input.dim())])
    first, second = _taken(input, position, low, operation), _taken(input, position, high, operation)
    return apply("add", first * (1 - weights), second * weights, operation=operation)


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


@layer("pixel_shuffle", values_in)
def pixel_shuffle(input, upscale_factor):
    """(…, C·r², H, W) → (…, C, H·r, W·r)"""
    *lead, channels, height, width = input.value.shape
    r = upscale_factor
    if channels % (r * r):
        raise RuntimeError(f"pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but "
                           f"input.size(-3)={channels} is not divisible by {r * r}")
    n = len(lead)
    split = input.reshape([*lead, channels // (r * r), r, r, height, width])
    order = split.permute([*range(n), n, n + 3, n + 1, n + 4, n + 2])
    return apply("reshape", order, operation="pixel_shuffle", shape=[*lead, channels // (r * r), height * r, width * r])


@layer("pixel_unshuffle", values_in)
def pixel_unshuffle(input, downscale_factor):
    """(…, C, H·r, W·r) → (…, C·r², H, W)"""
    *lead, channels, height, width = input.value.shape
    r, n = downscale_factor, len(lead)
    split = input.reshape([*lead, channels, height // r, r, width // r, r])
    order = split.permute([*range(n), n, n + 2, n + 4, n + 1, n + 3])
    return apply("reshape", order, operation="pixel_unshuffle", shape=[*lead, channels * r * r, height // r, width // r])


@layer("channel_shuffle", values_in)
def channel_shuffle(input, groups):
    shape = list(input.value.shape)
    split = input.reshape([shape[0], groups, shape[1] // groups, *shape[2:]]).transpose(1, 2)
    return apply("reshape", split, operation="channel_shuffle", shape=shape)


@layer("unfold", values_in)
def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """(N, C, H, W) → (N, C·kH·kW, L): the windows that a convolution sees, as columns."""
    from ._padding import pad
    (kh, kw), (dh, dw), (ph, pw), (sh, sw) = (per_axis(value, 2) for value in (kernel_size, dilation, padding, stride))
    padded = pad(input, (pw, pw, ph, ph)) if ph or pw else input
    batch, channels, height, width = padded.value.shape
    rows, columns = (height - dh * (kh - 1) - 1) // sh + 1, (width - dw * (kw - 1) - 1) // sw + 1
    y = (arange(kh) * dh).reshape(kh, 1, 1, 1) + (arange(rows) * sh).reshape(1, 1, rows, 1)
    x = (arange(kw) * dw).reshape(1, kw, 1, 1) + (arange(columns) * sw).reshape(1, 1, 1, columns)
    windows = padded[:, :, y, x]
    return windows.reshape(batch, channels * kh * kw, rows * columns)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    raise UnsupportedError("fold is not supported yet")


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    raise UnsupportedError("grid_sample is not supported yet")
