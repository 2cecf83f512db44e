"""Other colors."""
import numbers

import torch
from torch.nn import functional as F

from ._images import applied, as_floats, missing
from ._kinds import convert_image_dtype
from ._picture import image_of

_RED_GREEN_BLUE = (0.2989, 0.587, 0.114)  # luma of ITU-R 601-2


def rgb_to_grayscale(img, num_output_channels=1):
    if num_output_channels not in (1, 3):
        raise ValueError("num_output_channels should be either 1 or 3")

    def gray(x):
        if x.shape[-3] not in (1, 3):
            raise TypeError(f"Input image tensor permitted channel values are [1, 3], but found {x.shape[-3]}")
        if x.shape[-3] == 3:
            x = sum(part * weight for part, weight in zip(x.unbind(-3), _RED_GREEN_BLUE)).to(x.dtype).unsqueeze(-3)
        return x.expand(*x.shape[:-3], num_output_channels, *x.shape[-2:]) if num_output_channels == 3 else x.clone()
    return applied(img, gray, channels=num_output_channels)


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
    return applied(img, lambda x: _blended(x, torch.zeros_like(x), brightness_factor))


def adjust_contrast(img, contrast_factor):
    _not_negative("contrast_factor", contrast_factor)

    def adjusted(x):
        gray = rgb_to_grayscale(x) if x.shape[-3] == 3 else x
        return _blended(x, gray.to(x.dtype if x.is_floating_point() else torch.float32).mean((-3, -2, -1), keepdim=True), contrast_factor)
    return applied(img, adjusted)


def adjust_saturation(img, saturation_factor):
    _not_negative("saturation_factor", saturation_factor)
    return applied(img, lambda x: x if x.shape[-3] == 1 else _blended(x, rgb_to_grayscale(x), saturation_factor))


def adjust_hue(img, hue_factor):
    if not -0.5 <= hue_factor <= 0.5:
        raise ValueError(f"hue_factor ({hue_factor}) is not in [-0.5, 0.5].")
    return missing(img, "adjust_hue") if hue_factor else image_of(img)


def adjust_gamma(img, gamma, gain=1):
    if gamma < 0:
        raise ValueError("Gamma should be a non-negative real number")

    def adjusted(x):
        floats = x if x.is_floating_point() else convert_image_dtype(x, torch.float32)
        return convert_image_dtype((gain * floats ** gamma).clamp(0, 1), x.dtype)
    return applied(img, adjusted)


def adjust_sharpness(img, sharpness_factor):
    return missing(img, "adjust_sharpness")


def invert(img):
    return applied(img, lambda x: _largest(x) - x if x.is_floating_point() else 255 - x)


def solarize(img, threshold):
    return applied(img, lambda x: torch.where(x >= threshold, invert(x), x))


def posterize(img, bits):
    return applied(img, lambda x: x & -(2 ** (8 - bits)) % 256)


def autocontrast(img):
    return missing(img, "autocontrast")


def equalize(img):
    return missing(img, "equalize")


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
    return applied(img, lambda x: as_floats(x, blurred))


def _bell(side, deviation):
    points = torch.linspace(-(side - 1) * 0.5, (side - 1) * 0.5, side)
    heights = torch.exp(-0.5 * (points / deviation) ** 2)
    return heights / heights.sum()
