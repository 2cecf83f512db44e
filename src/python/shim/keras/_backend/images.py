"""Images: other sizes, and patches as rows. Keras's layout is N H W C, the ops' is N C H W."""
from _lens import door

from .convolution import first, last, per_axis, same_padding
from .dtypes import floatx, is_float
from .errors import InvalidArgumentError
from .tensor import value_of, wrap

# interpolation -> mode of the op
MODES = {"nearest": "nearest-exact", "bilinear": "linear", "bicubic": "cubic"}


def _channels_last(data_format):
    return data_format in (None, "channels_last", "NHWC")


def _batch(images):
    """The images as a batch of floats, and whether it was one image alone."""
    value = value_of(images)
    if not is_float(value.dtype):
        value = value_of(value, floatx())
    if len(value.shape) not in (3, 4):
        raise ValueError("Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). Received input with shape: "
                         f"images.shape={tuple(value.shape)}")
    single = len(value.shape) == 3
    return (door.record("reshape", [value], shape=[1, *value.shape]) if single else value), single


def _unbatched(value, single):
    return wrap(door.record("reshape", [value], shape=list(value.shape[1:])) if single else value)


def interpolate(value, size, mode, antialias=False):
    """N C H W in another size."""
    return door.record("interpolate", [value], mode=mode, outputSize=[int(n) for n in size], scales=[None] * len(size), alignCorners=False,
                       antialias=bool(antialias) and mode in ("linear", "cubic"))


def _cropped(value, size):
    """The largest part from the middle that has the aspect ratio of `size`."""
    for axis, (own, other) in ((2, (0, 1)), (3, (1, 0))):
        n = value.shape[axis]
        kept = max(min(n, int(float(value.shape[5 - axis] * size[own]) / size[other])), 1)
        start = int(float(n - kept) / 2)
        if kept != n:
            value = door.record("slice", [value], dim=axis, start=start, end=start + kept, step=1)
    return value


def _padded(value, size, fill):
    """With a border so that it has the aspect ratio of `size`."""
    pads = [[0, 0], [0, 0]]
    for axis, (own, other) in ((2, (0, 1)), (3, (1, 0))):
        n = value.shape[axis]
        wanted = max(n, int(float(value.shape[5 - axis] * size[own]) / size[other]))
        pads.append([int(float(wanted - n) / 2)] * 2)
    return door.record("pad", [value], pads=pads, mode="constant", value=float(fill))


def resize(images, size, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,
           fill_mode="constant", fill_value=0.0, data_format=None):
    if interpolation not in MODES:
        raise door.UnsupportedError(f"resizing with interpolation {interpolation!r} is not supported")
    if fill_mode != "constant":
        raise ValueError(f"Invalid value for argument `fill_mode`. Only `'constant'` is supported. Received: fill_mode={fill_mode}")
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise ValueError("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`.")
    if len(size) != 2:
        raise ValueError(f"Argument `size` must be a tuple of two elements (height, width). Received: size={size}")
    value, single = _batch(images)
    value = first(value) if _channels_last(data_format) else value
    if crop_to_aspect_ratio:
        value = _cropped(value, size)
    elif pad_to_aspect_ratio:
        value = _padded(value, size, fill_value)
    value = interpolate(value, size, MODES[interpolation], antialias)
    return _unbatched(last(value) if _channels_last(data_format) else value, single)


def resize_of_tensorflow(images, size, method="bilinear", preserve_aspect_ratio=False, antialias=False):
    """As tf.image.resize, whose nearest pixel is that of the centre."""
    if preserve_aspect_ratio or method not in ("bilinear", "nearest", "area"):
        raise door.UnsupportedError(f"tf.image.resize with {'preserve_aspect_ratio' if preserve_aspect_ratio else f'method {method!r}'} "
                                    "is not supported")
    value, single = _batch(images)
    value = first(value)
    if method == "area":
        value = door.record("adaptive_avg_pool", [value], outputSize=[int(n) for n in size])
    else:
        value = interpolate(value, size, "linear" if method == "bilinear" else "nearest-exact", antialias)
    return _unbatched(last(value), single)


def extract_patches(images, size, strides=None, dilation_rate=1, padding="valid", data_format=None):
    """N H W C → N rows columns (patch height · patch width · C)"""
    kernel = per_axis(size, 2)
    stride, dilation = kernel if strides is None else per_axis(strides, 2), per_axis(dilation_rate, 2)
    value, single = _batch(images)
    value = first(value) if _channels_last(data_format) else value
    if padding.lower() == "same":
        value = door.record("pad", [value], pads=[[0, 0], [0, 0], *map(list, same_padding(value.shape[2:], kernel, stride, dilation))],
                            mode="constant", value=0)
    elif padding.lower() != "valid":
        raise InvalidArgumentError(f"padding must be 'same' or 'valid', not {padding!r}")
    batch, channels = value.shape[:2]
    rows, columns = ((n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(value.shape[2:], kernel, stride, dilation))
    windows = door.record("im2col", [value], kernelSize=kernel, stride=stride, padding=[0, 0], dilation=dilation)
    count = kernel[0] * kernel[1]
    split = door.record("reshape", [windows], shape=[batch, channels, count, rows, columns])
    if _channels_last(data_format):
        patches = door.record("reshape", [door.record("permute", [split], dims=[0, 3, 4, 2, 1])], shape=[batch, rows, columns, count * channels])
    else:
        patches = door.record("reshape", [door.record("permute", [split], dims=[0, 2, 1, 3, 4])], shape=[batch, count * channels, rows, columns])
    return _unbatched(patches, single)
