"""torchvision.transforms.v2.functional: the newer names of what is in `transforms.functional`, for images."""
from torch import Tensor

from .. import functional as _first
from .._picture import Picture, image_of
from ..functional import (  # noqa: F401
    InterpolationMode, adjust_brightness, adjust_contrast, adjust_gamma, adjust_hue, adjust_saturation, adjust_sharpness, affine, autocontrast,
    center_crop, convert_image_dtype, crop, elastic_transform, equalize, erase, five_crop, gaussian_blur, get_dimensions, get_image_num_channels,
    get_image_size, hflip, invert, normalize, pad, perspective, pil_to_tensor, posterize, resize, resized_crop, rgb_to_grayscale, rotate, solarize,
    ten_crop, to_grayscale, to_pil_image, to_tensor, vflip)

horizontal_flip, vertical_flip, elastic, get_num_channels = hflip, vflip, elastic_transform, get_image_num_channels


def get_size(img):
    """[height, width]"""
    return get_dimensions(img)[1:]


def to_image(img):
    """A tensor of (C, H, W) with the numbers as they are."""
    img = image_of(img)
    return img if isinstance(img, Tensor) else (img if isinstance(img, Picture) else _first.to_pil_image(img)).bytes()


def to_dtype(img, dtype, scale=False):
    return convert_image_dtype(img, dtype) if scale else img.to(dtype)


def grayscale_to_rgb(img):
    return img if get_dimensions(img)[0] >= 3 else rgb_to_grayscale(img, 3)
