"""Transforms that change sizes and places."""
import math
import numbers
from collections.abc import Sequence

from . import functional as F
from ._base import Transform
from ._drawing import WithProbability, below, side_pair, uniform
from .functional import InterpolationMode

_BILINEAR, _NEAREST = InterpolationMode.BILINEAR, InterpolationMode.NEAREST


class Resize(Transform):
    _shown = ("size", "interpolation", "max_size", "antialias")

    def __init__(self, size, interpolation=_BILINEAR, max_size=None, antialias=True):
        super().__init__()
        if not isinstance(size, (int, Sequence)):
            raise TypeError(f"Size should be int or sequence. Got {type(size)}")
        if not isinstance(size, int) and len(size) not in (1, 2):
            raise ValueError("If size is a sequence, it should have 1 or 2 values")
        self.size, self.interpolation, self.max_size, self.antialias = size, interpolation, max_size, antialias

    def forward(self, img):
        return F.resize(img, self.size, self.interpolation, self.max_size, self.antialias)


class CenterCrop(Transform):
    _shown = ("size",)

    def __init__(self, size):
        super().__init__()
        self.size = side_pair(size)

    def forward(self, img):
        return F.center_crop(img, self.size)


class FiveCrop(Transform):
    _shown = ("size",)

    def __init__(self, size):
        super().__init__()
        self.size = side_pair(size)

    def forward(self, img):
        return F.five_crop(img, self.size)


class TenCrop(Transform):
    _shown = ("size", "vertical_flip")

    def __init__(self, size, vertical_flip=False):
        super().__init__()
        self.size, self.vertical_flip = side_pair(size), vertical_flip

    def forward(self, img):
        return F.ten_crop(img, self.size, self.vertical_flip)


class Pad(Transform):
    _shown = ("padding", "fill", "padding_mode")

    def __init__(self, padding, fill=0, padding_mode="constant"):
        super().__init__()
        self.padding, self.fill, self.padding_mode = padding, fill, padding_mode

    def forward(self, img):
        return F.pad(img, self.padding, self.fill, self.padding_mode)


class RandomCrop(Transform):
    _shown = ("size", "padding")

    def __init__(self, size, padding=None, pad_if_needed=False, fill=0, padding_mode="constant"):
        super().__init__()
        self.size, self.padding, self.pad_if_needed, self.fill, self.padding_mode = side_pair(size), padding, pad_if_needed, fill, padding_mode

    @staticmethod
    def get_params(img, output_size):
        _, height, width = F.get_dimensions(img)
        th, tw = output_size
        if height < th or width < tw:
            raise ValueError(f"Required crop size {(th, tw)} is larger than input image size {(height, width)}")
        if (height, width) == (th, tw):
            return 0, 0, height, width
        return below(height - th + 1), below(width - tw + 1), th, tw

    def forward(self, img):
        if self.padding is not None:
            img = F.pad(img, self.padding, self.fill, self.padding_mode)
        _, height, width = F.get_dimensions(img)
        if self.pad_if_needed and width < self.size[1]:
            img = F.pad(img, [self.size[1] - width, 0], self.fill, self.padding_mode)
        if self.pad_if_needed and height < self.size[0]:
            img = F.pad(img, [0, self.size[0] - height], self.fill, self.padding_mode)
        return F.crop(img, *self.get_params(img, self.size))


class RandomResizedCrop(Transform):
    def __init__(self, size, scale=(0.08, 1.0), ratio=(3.0 / 4.0, 4.0 / 3.0), interpolation=_BILINEAR, antialias=True):
        super().__init__()
        self.size = side_pair(size)
        self.scale, self.ratio, self.interpolation, self.antialias = scale, ratio, interpolation, antialias

    @staticmethod
    def get_params(img, scale, ratio):
        """top, left, height and width of a part of the area between `scale`; after ten attempts that do not fit, the center."""
        _, height, width = F.get_dimensions(img)
        low, high = (math.log(side) for side in ratio)
        for _ in range(10):
            area = height * width * uniform(*scale)
            aspect = math.exp(uniform(low, high))
            w, h = int(round(math.sqrt(area * aspect))), int(round(math.sqrt(area / aspect)))
            if 0 < w <= width and 0 < h <= height:
                return below(height - h + 1), below(width - w + 1), h, w
        w, h = width, height
        if width / height < min(ratio):
            h = int(round(width / min(ratio)))
        elif width / height > max(ratio):
            w = int(round(height * max(ratio)))
        return (height - h) // 2, (width - w) // 2, h, w

    def forward(self, img):
        return F.resized_crop(img, *self.get_params(img, self.scale, self.ratio), self.size, self.interpolation, antialias=self.antialias)

    def __repr__(self):
        rounded = {name: tuple(round(side, 4) for side in getattr(self, name)) for name in ("scale", "ratio")}
        return (f"{type(self).__name__}(size={self.size}, scale={rounded['scale']}, ratio={rounded['ratio']}, "
                f"interpolation={self.interpolation.value}, antialias={self.antialias})")


class RandomHorizontalFlip(WithProbability):
    _change = staticmethod(F.hflip)


class RandomVerticalFlip(WithProbability):
    _change = staticmethod(F.vflip)


class RandomPerspective(WithProbability):
    def __init__(self, distortion_scale=0.5, p=0.5, interpolation=_BILINEAR, fill=0):
        super().__init__(p)
        self.distortion_scale, self.interpolation, self.fill = distortion_scale, interpolation, fill

    def _change(self, img):
        return F.perspective(img, None, None, self.interpolation, self.fill)


class RandomRotation(Transform):
    _shown = ("degrees", "interpolation", "expand", "fill")

    def __init__(self, degrees, interpolation=_NEAREST, expand=False, center=None, fill=0):
        super().__init__()
        self.degrees = _range_around_0(degrees)
        self.interpolation, self.expand, self.center, self.fill = interpolation, expand, center, fill

    def forward(self, img):
        return F.rotate(img, uniform(*self.degrees), self.interpolation, self.expand, self.center, self.fill)


class RandomAffine(Transform):
    _shown = ("degrees", "translate", "scale", "shear")

    def __init__(self, degrees, translate=None, scale=None, shear=None, interpolation=_NEAREST, fill=0, center=None):
        super().__init__()
        self.degrees, self.translate, self.scale = _range_around_0(degrees), translate, scale
        self.shear = None if shear is None else _range_around_0(shear)
        self.interpolation, self.fill, self.center = interpolation, fill, center

    def forward(self, img):
        _, height, width = F.get_dimensions(img)
        angle = uniform(*self.degrees)
        translate = [int(round(uniform(-share * side, share * side))) for share, side in zip(self.translate or (), (width, height))]
        scale = uniform(*self.scale) if self.scale is not None else 1.0
        shear = [uniform(*self.shear[at:at + 2]) for at in range(0, len(self.shear or ()), 2)]
        return F.affine(img, angle, translate or [0, 0], scale, (shear + [0.0, 0.0])[:2], self.interpolation, self.fill, self.center)


def _range_around_0(limits):
    return [-float(limits), float(limits)] if isinstance(limits, numbers.Number) else [float(limit) for limit in limits]


class ElasticTransform(Transform):
    _shown = ("alpha", "sigma", "interpolation", "fill")

    def __init__(self, alpha=50.0, sigma=5.0, interpolation=_BILINEAR, fill=0):
        super().__init__()
        self.alpha, self.sigma, self.interpolation, self.fill = alpha, sigma, interpolation, fill

    def forward(self, img):
        return F.elastic_transform(img, None, self.interpolation, self.fill)
