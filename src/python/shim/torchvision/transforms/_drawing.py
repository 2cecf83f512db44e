"""What random transforms draw: from the default generator, in torchvision's order."""
import numbers

import torch

from ._base import Transform
from ._picture import image_of


def side_pair(size):
    """(height, width) of a crop."""
    if isinstance(size, numbers.Number):
        return int(size), int(size)
    if len(size) == 1:
        return size[0], size[0]
    if len(size) != 2:
        raise ValueError("Please provide only two dimensions (h, w) for size.")
    return tuple(size)


def uniform(low, high):
    return torch.empty(1).uniform_(float(low), float(high)).item()


def below(count):
    return torch.randint(0, count, size=(1,)).item()


class WithProbability(Transform):
    """Does `_change` to an image with probability `p`."""

    _shown = ("p",)

    def __init__(self, p=0.5):
        super().__init__()
        self.p = p

    def forward(self, img):
        return self._change(img) if torch.rand(1) < self.p else image_of(img)
