"""What transforms act on: tensors of (…, C, H, W) and pictures, of which the sizes alone may be known."""
import numbers

import torch
from _lens.door import UnsupportedError
from torch import Tensor

from ._picture import Picture, image_of


def applied(image, function, channels=None, size=None):
    """`function` of a tensor; a picture's may be known by its channels and (height, width) alone."""
    image = image_of(image)
    if isinstance(image, Picture):
        return image.changed(function, channels, size)
    if not isinstance(image, Tensor):
        raise TypeError(f"img should be PIL Image. Got {type(image)}")
    return function(image)


def missing(image, name):
    """What is not computed here leaves a picture that is drawn as it is."""
    def refuse(numbers):
        raise UnsupportedError(f"torchvision.transforms.functional.{name} is not supported yet")
    return applied(image, refuse)


def as_floats(x, function, clamps=False):
    """`function` of a batch of floats; integers are rounded to."""
    batch = x if x.dim() == 4 else x.reshape(-1, *x.shape[-3:]) if x.dim() > 4 else x.unsqueeze(0)
    result = function(batch if batch.is_floating_point() else batch.to(torch.float32))
    if not x.is_floating_point():
        result = (result.clamp(0, 255) if clamps and x.dtype == torch.uint8 else result).round().to(x.dtype)
    return result if x.dim() == 4 else result.reshape(*x.shape[:-2], *result.shape[-2:]) if x.dim() > 4 else result.squeeze(0)


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


def pair(size):
    if isinstance(size, numbers.Number):
        return int(size), int(size)
    return (size[0], size[0]) if len(size) == 1 else tuple(size)
