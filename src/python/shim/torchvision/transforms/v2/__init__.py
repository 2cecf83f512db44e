"""torchvision.transforms.v2: the newer names. What both have are the same classes here, of images alone (no boxes, no masks)."""
import torch as _torch

from .. import transforms as _first
from .._base import Transform
from . import functional

globals().update({_name: _value for _name, _value in vars(_first).items() if isinstance(_value, type)})


class Compose(Transform):
    """Of several inputs, the first is changed."""

    def __init__(self, transforms):
        super().__init__()
        if not transforms:
            raise ValueError("Pass at least one transform")
        self.transforms = transforms

    def forward(self, *inputs):
        image = _first.Compose(self.transforms)(inputs[0])
        return image if len(inputs) == 1 else (image, *inputs[1:])

    def __repr__(self):
        return "\n".join(["Compose(", *(f"      {transform}" for transform in self.transforms), ")"])


class Identity(Transform):
    def forward(self, image):
        return image


class ToPureTensor(Identity):
    pass


class ToImage(Transform):
    def forward(self, image):
        return functional.to_image(image)


class ToDtype(Transform):
    _shown = ("scale",)

    def __init__(self, dtype, scale=False):
        super().__init__()
        self.dtype, self.scale = dtype, scale

    def forward(self, image):
        dtype = self.dtype.get(_torch.Tensor, self.dtype.get("others")) if isinstance(self.dtype, dict) else self.dtype
        return functional.to_dtype(image, dtype, self.scale)


class RGB(Transform):
    def forward(self, image):
        return functional.grayscale_to_rgb(image)


class GaussianNoise(Transform):
    def __init__(self, mean=0.0, sigma=0.1, clip=True):
        super().__init__()
        self.mean, self.sigma, self.clip = mean, sigma, clip

    def forward(self, image):
        noisy = image + self.mean + _torch.randn_like(image) * self.sigma
        return noisy.clamp(0, 1) if self.clip else noisy
