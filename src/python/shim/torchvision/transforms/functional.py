"""torchvision.transforms.functional: what transforms do to tensors of (…, C, H, W), to pictures, and to arrays of (H, W, C).

The arithmetic is that of torchvision's tensors, also for pictures: PIL's differs in rounding.
"""
import enum
import numbers

import torch
from _lens.array import Array
from _lens.door import UnsupportedError
from torch import Tensor
from torch.nn import functional as F

from ._picture import Picture, image_of, of_array


class InterpolationMode(enum.Enum):
    NEAREST = "nearest"
    NEAREST_EXACT = "nearest-exact"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    BOX = "box"
    HAMMING = "hamming"
    LANCZOS = "lanczos"


_OF_PIL = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}
_RED_GREEN_BLUE = (0.2989, 0.587, 0.114)  # luma of ITU-R 601-2


def _applied(image, function, channels=None, size=None):
    """`function` of a tensor; a picture's may be known by its channels and (height, width) alone."""
    image = image_of(image)
    if isinstance(image, Picture):
        return image.changed(function, channels, size)
    if not isinstance(image, Tensor):
        raise TypeError(f"img should be PIL Image. Got {type(image)}")
    return function(image)


def _missing(image, name):
    """What is not computed here leaves a picture that is drawn as it is."""
    def refuse(numbers):
        raise UnsupportedError(f"torchvision.transforms.functional.{name} is not supported yet")
    return _applied(image, refuse)


# Sizes

def get_dimensions(img):
    """[channels, height, width]"""
    img = image_of(img)
    if isinstance(img, Picture):
        return [img.channels, img.height, img.width]
    if not isinstance(img, Tensor) or img.dim() < 2:
        raise TypeError("Tensor is not a torch image.")
    return [1 if img.dim() == 2 else img.shape[-3], *img.shape[-2:]]


def get_image_size(img):
    """[width, height]"""
    _, height, width = get_dimensions(img)
    return [width, height]


def get_image_num_channels(img):
    return get_dimensions(img)[0]


def _pair(size):
    if isinstance(size, numbers.Number):
        return int(size), int(size)
    return (size[0], size[0]) if len(size) == 1 else tuple(size)


# Kinds

def to_tensor(pic):
    """(C, H, W), and in [0, 1] if it was of bytes."""
    pic = image_of(pic)
    if isinstance(pic, Picture):
        return pic.tensor()
    if not isinstance(pic, Array) or isinstance(pic, Tensor):
        raise TypeError(f"pic should be PIL Image or ndarray. Got {type(pic)}")
    if pic.ndim not in (2, 3):
        raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
    numbers_ = torch.from_numpy(pic)
    numbers_ = numbers_.unsqueeze(0) if numbers_.dim() == 2 else numbers_.permute(2, 0, 1).contiguous()
    return numbers_.to(torch.get_default_dtype()).div(255) if numbers_.dtype == torch.uint8 else numbers_


def pil_to_tensor(pic):
    pic = image_of(pic)
    if not isinstance(pic, Picture):
        raise TypeError(f"pic should be PIL Image. Got {type(pic)}")
    return pic.bytes()


def to_pil_image(pic, mode=None):
    pic = image_of(pic)
    if isinstance(pic, Picture):
        return pic
    if not isinstance(pic, Array):
        raise TypeError(f"pic should be Tensor or ndarray. Got {type(pic)}.")
    if not isinstance(pic, Tensor):
        return of_array(pic)
    pic = pic.unsqueeze(0) if pic.dim() == 2 else pic
    return Picture.of(pic.detach().mul(255).to(torch.uint8) if pic.is_floating_point() else pic)


def convert_image_dtype(image, dtype=torch.float32):
    """Between floats in [0, 1] and integers up to the largest of their type."""
    def convert(x):
        if x.dtype == dtype:
            return x
        if x.is_floating_point():
            return x.to(dtype) if dtype.is_floating_point else x.mul(torch.iinfo(dtype).max + 1.0 - 1e-3).to(dtype)
        if dtype.is_floating_point:
            return x.to(dtype) / torch.iinfo(x.dtype).max
        ours, theirs = torch.iinfo(x.dtype).max, torch.iinfo(dtype).max
        return x.div((ours + 1) // (theirs + 1), rounding_mode="floor").to(dtype) if ours > theirs else x.to(dtype) * ((theirs + 1) // (ours + 1))
    return _applied(image, convert)


def normalize(tensor, mean, std, inplace=False):
    if not isinstance(tensor, Tensor):
        raise TypeError(f"img should be Tensor Image. Got {type(tensor)}")
    if not tensor.is_floating_point():
        raise TypeError(f"Input tensor should be a float tensor. Got {tensor.dtype}.")
    if tensor.dim() < 3:
        raise ValueError(f"Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = {tensor.size()}")
    if any(number == 0 for number in (std if isinstance(std, (list, tuple)) else ())):
        raise ValueError(f"std evaluated to zero after conversion to {tensor.dtype}, leading to division by zero.")
    mean, std = (torch.as_tensor(numbers_, dtype=tensor.dtype) for numbers_ in (mean, std))
    mean, std = (part.view(-1, 1, 1) if part.dim() == 1 else part for part in (mean, std))
    return tensor.sub_(mean).div_(std) if inplace else tensor.sub(mean).div(std)


# Geometry

def resize(img, size, interpolation=InterpolationMode.BILINEAR, max_size=None, antialias=True):
    """`size`: (height, width), or the shorter side, by which the other follows up to `max_size`."""
    _, height, width = get_dimensions(img)
    new = _resized(height, width, size, max_size)
    if new == (height, width):
        return image_of(img)
    mode = _OF_PIL[interpolation] if isinstance(interpolation, int) else InterpolationMode(interpolation).value
    return _applied(img, lambda x: _interpolated(x, new, mode, antialias), size=new)


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
    return _as_floats(x, interpolated, clamps=mode == "bicubic")


def _as_floats(x, function, clamps=False):
    """`function` of a batch of floats; integers are rounded to."""
    batch = x if x.dim() == 4 else x.reshape(-1, *x.shape[-3:]) if x.dim() > 4 else x.unsqueeze(0)
    result = function(batch if batch.is_floating_point() else batch.to(torch.float32))
    if not x.is_floating_point():
        result = (result.clamp(0, 255) if clamps and x.dtype == torch.uint8 else result).round().to(x.dtype)
    return result if x.dim() == 4 else result.reshape(*x.shape[:-2], *result.shape[-2:]) if x.dim() > 4 else result.squeeze(0)


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
        return _applied(img, lambda x: _mirrored(_mirrored(x, -1, left, right), -2, top, bottom), size=(height + top + bottom, width + left + right))
    mode = {"edge": "replicate"}.get(padding_mode, padding_mode)
    value = {"value": float(fill[0] if isinstance(fill, (list, tuple)) else fill or 0)} if mode == "constant" else {}

    def padded(x):
        return F.pad(x, sides, mode, **value) if mode == "constant" else _as_floats(x, lambda y: F.pad(y, sides, mode))
    return _applied(img, padded, size=(height + top + bottom, width + left + right))


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
    return _applied(img, cropped, size=(height, width))


def center_crop(img, output_size):
    height, width = _pair(output_size)
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
    return _applied(img, lambda x: x.flip(-1))


def vflip(img):
    return _applied(img, lambda x: x.flip(-2))


def five_crop(img, size):
    """The four corners and the center."""
    height, width = _pair(size)
    _, own_height, own_width = get_dimensions(img)
    if width > own_width or height > own_height:
        raise ValueError(f"Requested crop size {(height, width)} is bigger than input size {(own_height, own_width)}")
    corners = [crop(img, top, left, height, width) for top in (0, own_height - height) for left in (0, own_width - width)]
    return (*corners, center_crop(img, [height, width]))


def ten_crop(img, size, vertical_flip=False):
    return (*five_crop(img, size), *five_crop(vflip(img) if vertical_flip else hflip(img), size))


def rotate(img, angle, interpolation=InterpolationMode.NEAREST, expand=False, center=None, fill=None):
    return _missing(img, "rotate")


def affine(img, angle, translate, scale, shear, interpolation=InterpolationMode.NEAREST, fill=None, center=None):
    return _missing(img, "affine")


def perspective(img, startpoints, endpoints, interpolation=InterpolationMode.BILINEAR, fill=None):
    return _missing(img, "perspective")


def elastic_transform(img, displacement, interpolation=InterpolationMode.BILINEAR, fill=None):
    return _missing(img, "elastic_transform")


def erase(img, i, j, h, w, v, inplace=False):
    def erased(x):
        x = x if inplace else x.clone()
        x[..., i:i + h, j:j + w] = v
        return x
    return _applied(img, erased)


# Colors

def rgb_to_grayscale(img, num_output_channels=1):
    if num_output_channels not in (1, 3):
        raise ValueError("num_output_channels should be either 1 or 3")

    def gray(x):
        if x.shape[-3] not in (1, 3):
            raise TypeError(f"Input image tensor permitted channel values are [1, 3], but found {x.shape[-3]}")
        if x.shape[-3] == 3:
            x = sum(part * weight for part, weight in zip(x.unbind(-3), _RED_GREEN_BLUE)).to(x.dtype).unsqueeze(-3)
        return x.expand(*x.shape[:-3], num_output_channels, *x.shape[-2:]) if num_output_channels == 3 else x.clone()
    return _applied(img, gray, channels=num_output_channels)


def to_grayscale(img, num_output_channels=1):
    return rgb_to_grayscale(img, num_output_channels)


def _largest(x):
    return 1.0 if x.is_floating_point() else float(torch.iinfo(x.dtype).max)


def _blended(x, other, share):
    return (share * x + (1.0 - share) * other).clamp(0, _largest(x)).to(x.dtype)


def _not_negative(name, factor):
    if factor < 0:
        raise ValueError(f"{name} ({factor}) is not non-negative.")


def adjust_brightness(img, brightness_factor):
    _not_negative("brightness_factor", brightness_factor)
    return _applied(img, lambda x: _blended(x, torch.zeros_like(x), brightness_factor))


def adjust_contrast(img, contrast_factor):
    _not_negative("contrast_factor", contrast_factor)

    def adjusted(x):
        gray = rgb_to_grayscale(x) if x.shape[-3] == 3 else x
        return _blended(x, gray.to(x.dtype if x.is_floating_point() else torch.float32).mean((-3, -2, -1), keepdim=True), contrast_factor)
    return _applied(img, adjusted)


def adjust_saturation(img, saturation_factor):
    _not_negative("saturation_factor", saturation_factor)
    return _applied(img, lambda x: x if x.shape[-3] == 1 else _blended(x, rgb_to_grayscale(x), saturation_factor))


def adjust_hue(img, hue_factor):
    if not -0.5 <= hue_factor <= 0.5:
        raise ValueError(f"hue_factor ({hue_factor}) is not in [-0.5, 0.5].")
    return _missing(img, "adjust_hue") if hue_factor else image_of(img)


def adjust_gamma(img, gamma, gain=1):
    if gamma < 0:
        raise ValueError("Gamma should be a non-negative real number")

    def adjusted(x):
        floats = x if x.is_floating_point() else convert_image_dtype(x, torch.float32)
        return convert_image_dtype((gain * floats ** gamma).clamp(0, 1), x.dtype)
    return _applied(img, adjusted)


def adjust_sharpness(img, sharpness_factor):
    return _missing(img, "adjust_sharpness")


def invert(img):
    return _applied(img, lambda x: _largest(x) - x if x.is_floating_point() else 255 - x)


def solarize(img, threshold):
    return _applied(img, lambda x: torch.where(x >= threshold, invert(x), x))


def posterize(img, bits):
    return _applied(img, lambda x: x & -(2 ** (8 - bits)) % 256)


def autocontrast(img):
    return _missing(img, "autocontrast")


def equalize(img):
    return _missing(img, "equalize")


def gaussian_blur(img, kernel_size, sigma=None):
    """A separable kernel of exp(-x²/2σ²), over edges that are reflected."""
    sides = [kernel_size, kernel_size] if isinstance(kernel_size, int) else list(kernel_size) * (2 // len(kernel_size))
    if any(side % 2 == 0 or side < 0 for side in sides):
        raise ValueError(f"kernel_size should have odd and positive integers. Got {sides}")
    sigmas = [side * 0.15 + 0.35 for side in sides] if sigma is None else [sigma] * 2 if isinstance(sigma, numbers.Number) else list(sigma) * (2 // len(sigma))
    if any(number <= 0 for number in sigmas):
        raise ValueError(f"sigma should have positive values. Got {sigmas}")

    def blurred(x):
        columns, rows = (_bell(side, deviation) for side, deviation in zip(sides, sigmas))
        channels = x.shape[1]
        kernel = (rows[:, None] * columns[None, :]).to(x.dtype).expand(channels, 1, -1, -1)
        half = [side // 2 for side in sides]
        return F.conv2d(F.pad(x, [half[0], half[0], half[1], half[1]], "reflect"), kernel, groups=channels)
    return _applied(img, lambda x: _as_floats(x, blurred))


def _bell(side, deviation):
    points = torch.linspace(-(side - 1) * 0.5, (side - 1) * 0.5, side)
    heights = torch.exp(-0.5 * (points / deviation) ** 2)
    return heights / heights.sum()
