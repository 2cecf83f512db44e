"""Changing spatial sizes in torch.nn.functional: interpolate, pixel_shuffle, unfold, fold."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in
from _lens.door import UnsupportedError

from .._apply import apply
from .._layout import channels_last_as
from .._size import integer
from ._convolution import per_axis

layer = calls.function


_MODES = {  # mode -> (number of spatial axes, mode of the op)
    "nearest": (None, "nearest"), "nearest-exact": (None, "nearest-exact"), "linear": (1, "linear"), "bilinear": (2, "linear"),
    "trilinear": (3, "linear"), "bicubic": (2, "cubic"),
}


def _per_axis(input, given, name, meaning, letter):
    """One number per spatial axis."""
    spatial = list(input.value.shape[2:])
    if not isinstance(given, (tuple, list)):
        return [given] * len(spatial)
    if len(given) != len(spatial):
        shown = "output size of" if name == "output size" else "scale_factor of shape"
        raise ValueError(f"Input and {meaning} must have the same number of spatial dimensions, but got input with spatial dimensions of "
                         f"{spatial} and {shown} {given}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and {name} in "
                         f"({letter}1, {letter}2, ...,{letter}K) format.")
    return list(given)


def _sizes(input, size, scale_factor, mode, recompute):
    """(output sizes, output-per-input scale of each axis or None where it follows from the sizes)"""
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is not None:
        sizes = [integer(n) for n in _per_axis(input, size, "output size", "output", "o")]
        if recompute:
            raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
        return sizes, [None] * len(sizes)
    if scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    factors = [float(factor) for factor in _per_axis(input, scale_factor, "scale_factor", "scale_factor", "s")]
    sizes = [math.floor(n * factor) for n, factor in zip(input.value.shape[2:], factors)]
    return sizes, [None] * len(sizes) if recompute or mode == "area" else factors


@layer("interpolate", values_in)
def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    """Other sizes of the spatial axes: the nearest elements, or sums of neighbours weighted by distance."""
    if mode in ("nearest", "area", "nearest-exact") and align_corners is not None:
        raise ValueError("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear")
    sizes, scales = _sizes(input, size, scale_factor, mode, recompute_scale_factor)
    if mode == "lanczos":
        raise UnsupportedError("interpolate with mode='lanczos' is not supported yet")
    if antialias and not (mode in ("bilinear", "bicubic") and input.dim() == 4):
        raise ValueError("Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input")
    rank = input.dim() - 2
    if mode == "area" and 1 <= rank <= 3:
        from . import _pooling
        return (None, _pooling.adaptive_avg_pool1d, _pooling.adaptive_avg_pool2d, _pooling.adaptive_avg_pool3d)[rank](input, sizes)
    wanted, of_op = _MODES.get(mode, (0, None))
    if not 1 <= rank <= 3 or wanted not in (None, rank):
        if 1 <= rank <= 3 and mode in ("linear", "bilinear", "trilinear"):
            raise NotImplementedError(f"Got {rank + 2}D input, but {mode} mode needs {wanted + 2}D input")
        raise NotImplementedError(f"Input Error: Only 3D, 4D and 5D input Tensors supported (got {input.dim()}D) for the modes: nearest | linear "
                                  f"| bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got {mode})")
    name = f"upsample_{mode.replace('-', '_')}{rank}d{'_aa' if antialias else ''}"
    return apply("interpolate", input, operation=name, mode=of_op, outputSize=sizes, scales=scales, alignCorners=bool(align_corners),
                 antialias=bool(antialias))


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


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
    return channels_last_as(apply("reshape", order, operation="pixel_shuffle", shape=[*lead, channels // (r * r), height * r, width * r]), input)


@layer("pixel_unshuffle", values_in)
def pixel_unshuffle(input, downscale_factor):
    """(…, C, H·r, W·r) → (…, C·r², H, W)"""
    *lead, channels, height, width = input.value.shape
    r, n = downscale_factor, len(lead)
    split = input.reshape([*lead, channels, height // r, r, width // r, r])
    order = split.permute([*range(n), n, n + 2, n + 4, n + 1, n + 3])
    return channels_last_as(apply("reshape", order, operation="pixel_unshuffle", shape=[*lead, channels * r * r, height // r, width // r]), input)


@layer("channel_shuffle", values_in)
def channel_shuffle(input, groups):
    shape = list(input.value.shape)
    split = input.reshape([shape[0], groups, shape[1] // groups, *shape[2:]]).transpose(1, 2)
    return channels_last_as(apply("reshape", split, operation="channel_shuffle", shape=shape), input)


def _windows(kernel_size, dilation, padding, stride):
    return {"kernelSize": per_axis(kernel_size, 2), "dilation": per_axis(dilation, 2), "padding": per_axis(padding, 2),
            "stride": per_axis(stride, 2)}


@layer("unfold", values_in)
def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """(N, C, H, W) → (N, C·kH·kW, L): the windows that a convolution sees, as columns."""
    return apply("im2col", input, **_windows(kernel_size, dilation, padding, stride))


@layer("fold", values_in)
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """(N, C·kH·kW, L) → (N, C, H, W): windows laid back, and added up where they overlap."""
    return apply("col2im", input, outputSize=per_axis(output_size, 2), **_windows(kernel_size, dilation, padding, stride))
