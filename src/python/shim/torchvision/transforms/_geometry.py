"""Other sizes and places."""
import enum
import numbers

import torch
from torch.nn import functional as F

from ._images import applied, as_floats, get_dimensions, missing, pair
from ._picture import image_of


class InterpolationMode(enum.Enum):
    NEAREST = "nearest"
    NEAREST_EXACT = "nearest-exact"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    BOX = "box"
    HAMMING = "hamming"
    LANCZOS = "lanczos"


_OF_PIL = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}


def resize(img, size, interpolation=InterpolationMode.BILINEAR, max_size=None, antialias=True):
    """`size`: (height, width), or the shorter side, by which the other follows up to `max_size`."""
    _, height, width = get_dimensions(img)
    new = _resized(height, width, size, max_size)
    if new == (height, width):
        return image_of(img)
    mode = _OF_PIL[interpolation] if isinstance(interpolation, int) else InterpolationMode(interpolation).value
    return applied(img, lambda x: _interpolated(x, new, mode, antialias), size=new)


def _resized(height, width, size, max_size):
    if not isinstance(size, int) and len(size) == 2:
        if max_size is not None:
            raise ValueError("max_size should only be passed if size specifies the length of the smaller edge, i.e. size should be an int or a "
                             "sequence of length 1 in torchscript mode.")
        return int(size[0]), int(size[1])
    size = [size] if isinstance(size, int) else size
    wanted = size[0]
    short, long = sorted((height, width))
    short, long = wanted, int(wanted * long / short)
    if max_size is not None:
        if max_size <= wanted:
            raise ValueError(f"max_size = {max_size} must be strictly greater than the requested size for the smaller edge size = {size}")
        if long > max_size:
            short, long = int(max_size * short / long), max_size
    return (short, long) if height <= width else (long, short)


def _interpolated(x, size, mode, antialias):
    if mode not in ("nearest", "nearest-exact", "bilinear", "bicubic"):
        raise ValueError("This interpolation mode is unsupported with Tensor input")
    smooth = mode in ("bilinear", "bicubic")
    options = {"align_corners": False, "antialias": bool(antialias)} if smooth else {}

    def interpolated(images):
        return F.interpolate(images, size=list(size), mode=mode, **options)
    return as_floats(x, interpolated, clamps=mode == "bicubic")


def pad(img, padding, fill=0, padding_mode="constant"):
    """`padding`: of all sides, of (left and right, top and bottom), or of (left, top, right, bottom)."""
    if padding_mode not in ("constant", "edge", "reflect", "symmetric"):
        raise ValueError("Padding mode should be either constant, edge, reflect or symmetric")
    if isinstance(padding, numbers.Number):
        padding = [padding]
    if len(padding) not in (1, 2, 4):
        raise ValueError(f"Padding must be an int or a 1, 2, or 4 element tuple, not a {len(padding)} element tuple")
    left, top, right, bottom = (list(padding) * (4 // len(padding)))
    _, height, width = get_dimensions(img)
    sides = [left, right, top, bottom]
    if padding_mode == "symmetric":
        return applied(img, lambda x: _mirrored(_mirrored(x, -1, left, right), -2, top, bottom), size=(height + top + bottom, width + left + right))
    mode = {"edge": "replicate"}.get(padding_mode, padding_mode)
    value = {"value": float(fill[0] if isinstance(fill, (list, tuple)) else fill or 0)} if mode == "constant" else {}

    def padded(x):
        return F.pad(x, sides, mode, **value) if mode == "constant" else as_floats(x, lambda y: F.pad(y, sides, mode))
    return applied(img, padded, size=(height + top + bottom, width + left + right))


def _mirrored(x, axis, before, after):
    """With its own edge repeated first."""
    count = x.shape[axis]
    return torch.cat([x.narrow(axis, 0, before).flip(axis), x, x.narrow(axis, count - after, after).flip(axis)], axis)


def crop(img, top, left, height, width):
    """What lies outside of the image is 0."""
    _, own_height, own_width = get_dimensions(img)
    right, bottom = left + width, top + height

    def cropped(x):
        x = x[..., max(top, 0):max(bottom, 0), max(left, 0):max(right, 0)]
        outside = [max(-left + min(0, right), 0), max(right - max(own_width, left), 0), max(-top + min(0, bottom), 0), max(bottom - max(own_height, top), 0)]
        return F.pad(x, outside) if any(outside) else x
    return applied(img, cropped, size=(height, width))


def center_crop(img, output_size):
    height, width = pair(output_size)
    _, own_height, own_width = get_dimensions(img)
    if width > own_width or height > own_height:
        spare = [max(width - own_width, 0), max(height - own_height, 0)]
        img = pad(img, [*(number // 2 for number in spare), *((number + 1) // 2 for number in spare)])
        _, own_height, own_width = get_dimensions(img)
        if (height, width) == (own_height, own_width):
            return img
    return crop(img, int(round((own_height - height) / 2.0)), int(round((own_width - width) / 2.0)), height, width)


def resized_crop(img, top, left, height, width, size, interpolation=InterpolationMode.BILINEAR, antialias=True):
    return resize(crop(img, top, left, height, width), size, interpolation, antialias=antialias)


def hflip(img):
    return applied(img, lambda x: x.flip(-1))


def vflip(img):
    return applied(img, lambda x: x.flip(-2))


def five_crop(img, size):
    """The four corners and the center."""
    height, width = pair(size)
    _, own_height, own_width = get_dimensions(img)
    if width > own_width or height > own_height:
        raise ValueError(f"Requested crop size {(height, width)} is bigger than input size {(own_height, own_width)}")
    corners = [crop(img, top, left, height, width) for top in (0, own_height - height) for left in (0, own_width - width)]
    return (*corners, center_crop(img, [height, width]))


def ten_crop(img, size, vertical_flip=False):
    return (*five_crop(img, size), *five_crop(vflip(img) if vertical_flip else hflip(img), size))


def rotate(img, angle, interpolation=InterpolationMode.NEAREST, expand=False, center=None, fill=None):
    return missing(img, "rotate")


def affine(img, angle, translate, scale, shear, interpolation=InterpolationMode.NEAREST, fill=None, center=None):
    return missing(img, "affine")


def perspective(img, startpoints, endpoints, interpolation=InterpolationMode.BILINEAR, fill=None):
    return missing(img, "perspective")


def elastic_transform(img, displacement, interpolation=InterpolationMode.BILINEAR, fill=None):
    return missing(img, "elastic_transform")


def erase(img, i, j, h, w, v, inplace=False):
    def erased(x):
        x = x if inplace else x.clone()
        x[..., i:i + h, j:j + w] = v
        return x
    return applied(img, erased)
