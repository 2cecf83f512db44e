"""Transforms that change colors, and parts of an image."""
import math
import numbers

import torch

from . import functional as F
from ._base import Transform
from ._drawing import WithProbability, below, uniform
from ._picture import image_of


class RandomInvert(WithProbability):
    _change = staticmethod(F.invert)


class RandomAutocontrast(WithProbability):
    _change = staticmethod(F.autocontrast)


class RandomEqualize(WithProbability):
    _change = staticmethod(F.equalize)


class RandomGrayscale(WithProbability):
    def __init__(self, p=0.1):
        super().__init__(p)

    def _change(self, img):
        return F.rgb_to_grayscale(img, F.get_dimensions(img)[0])


class RandomPosterize(WithProbability):
    _shown, _comma = ("bits", "p"), ","

    def __init__(self, bits, p=0.5):
        super().__init__(p)
        self.bits = bits

    def _change(self, img):
        return F.posterize(img, self.bits)


class RandomSolarize(WithProbability):
    _shown, _comma = ("threshold", "p"), ","

    def __init__(self, threshold, p=0.5):
        super().__init__(p)
        self.threshold = threshold

    def _change(self, img):
        return F.solarize(img, self.threshold)


class RandomAdjustSharpness(WithProbability):
    _shown, _comma = ("sharpness_factor", "p"), ","

    def __init__(self, sharpness_factor, p=0.5):
        super().__init__(p)
        self.sharpness_factor = sharpness_factor

    def _change(self, img):
        return F.adjust_sharpness(img, self.sharpness_factor)


class Grayscale(Transform):
    _shown = ("num_output_channels",)

    def __init__(self, num_output_channels=1):
        super().__init__()
        self.num_output_channels = num_output_channels

    def forward(self, img):
        return F.rgb_to_grayscale(img, self.num_output_channels)


class ColorJitter(Transform):
    """Changes brightness, contrast, saturation and hue in a random order."""

    _shown = ("brightness", "contrast", "saturation", "hue")
    _functions = (F.adjust_brightness, F.adjust_contrast, F.adjust_saturation, F.adjust_hue)

    def __init__(self, brightness=0, contrast=0, saturation=0, hue=0):
        super().__init__()
        for name, value in (("brightness", brightness), ("contrast", contrast), ("saturation", saturation)):
            setattr(self, name, _range_of(name, value, 1, 0, float("inf")))
        self.hue = _range_of("hue", hue, 0, -0.5, 0.5)

    def forward(self, img):
        order = torch.randperm(4).tolist()
        factors = [None if limits is None else uniform(*limits) for limits in (self.brightness, self.contrast, self.saturation, self.hue)]
        for index in order:
            if factors[index] is not None:
                img = self._functions[index](img, factors[index])
        return image_of(img)


def _range_of(name, value, center, lowest, highest):
    """(low, high), or None where nothing is to be changed."""
    if isinstance(value, numbers.Number):
        if value < 0:
            raise ValueError(f"If {name} is a single number, it must be non negative.")
        value = [max(center - value, lowest) if center else -value, center + value]
    low, high = value
    if not lowest <= low <= high <= highest:
        raise ValueError(f"{name} values should be between ({lowest}, {highest}), but got {list(value)}.")
    return None if low == high == center else (float(low), float(high))


class GaussianBlur(Transform):
    _shown = ("kernel_size", "sigma")

    def __init__(self, kernel_size, sigma=(0.1, 2.0)):
        super().__init__()
        self.kernel_size = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size) * (2 // len(kernel_size))
        self.sigma = (sigma, sigma) if isinstance(sigma, numbers.Number) else tuple(sigma)

    def forward(self, img):
        sigma = uniform(*self.sigma)
        return F.gaussian_blur(img, self.kernel_size, [sigma, sigma])


class RandomErasing(Transform):
    _shown = ("p", "scale", "ratio", "value", "inplace")

    def __init__(self, p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0, inplace=False):
        super().__init__()
        self.p, self.scale, self.ratio, self.value, self.inplace = p, scale, ratio, value, inplace

    def forward(self, img):
        if not torch.rand(1) < self.p:
            return img
        channels, height, width = F.get_dimensions(img)
        low, high = (math.log(side) for side in self.ratio)
        for _ in range(10):
            area = height * width * uniform(*self.scale)
            aspect = math.exp(uniform(low, high))
            h, w = int(round(math.sqrt(area * aspect))), int(round(math.sqrt(area / aspect)))
            if h < height and w < width:
                value = self._value(channels, h, w)
                return F.erase(img, below(height - h + 1), below(width - w + 1), h, w, value, self.inplace)
        return img

    def _value(self, channels, height, width):
        if self.value == "random":
            return torch.empty([channels, height, width]).normal_()
        return torch.tensor(self.value if isinstance(self.value, (list, tuple)) else [float(self.value)])[:, None, None]
