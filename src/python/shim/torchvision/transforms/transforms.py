"""torchvision.transforms: the classes, over `functional`. Random ones draw from the default generator in torchvision's order."""
import math
import numbers
import random
from collections.abc import Sequence

import torch

from . import functional as F
from ._base import Transform
from ._picture import image_of
from .functional import InterpolationMode

_BILINEAR, _NEAREST = InterpolationMode.BILINEAR, InterpolationMode.NEAREST


def _side_pair(size):
    """(height, width) of a crop."""
    if isinstance(size, numbers.Number):
        return int(size), int(size)
    if len(size) == 1:
        return size[0], size[0]
    if len(size) != 2:
        raise ValueError("Please provide only two dimensions (h, w) for size.")
    return tuple(size)


def _uniform(low, high):
    return torch.empty(1).uniform_(float(low), float(high)).item()


def _below(count):
    return torch.randint(0, count, size=(1,)).item()


# Compositions

class Compose:
    _lens_is_data_step = True

    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, img):
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self):
        return "\n    ".join([f"{type(self).__name__}(", *map(str, self.transforms)]) + "\n)"


class Lambda:
    def __init__(self, lambd):
        if not callable(lambd):
            raise TypeError(f"Argument lambd should be callable, got {type(lambd).__name__!r}")
        self.lambd = lambd

    def __call__(self, img):
        return self.lambd(img)

    def __repr__(self):
        return f"{type(self).__name__}()"


class RandomChoice(Compose):
    def __init__(self, transforms, p=None):
        super().__init__(transforms)
        self.p = p

    def __call__(self, *args):
        return random.choices(self.transforms, weights=self.p)[0](*args)

    def __repr__(self):
        return f"{super().__repr__()}(p={self.p})"


class RandomOrder(Compose):
    def __call__(self, img):
        order = list(range(len(self.transforms)))
        random.shuffle(order)
        for position in order:
            img = self.transforms[position](img)
        return img


class RandomApply(Transform):
    def __init__(self, transforms, p=0.5):
        super().__init__()
        self.transforms, self.p = transforms, p

    def forward(self, img):
        if self.p < torch.rand(1):
            return img
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self):
        return "\n    ".join([f"{type(self).__name__}(", f"p={self.p}", *map(str, self.transforms)]) + "\n)"


# Kinds

class _Converter:
    def __init__(self):
        pass

    def __call__(self, pic):
        return type(self)._function(pic)

    def __repr__(self):
        return f"{type(self).__name__}()"


class ToTensor(_Converter):
    _function = staticmethod(F.to_tensor)


class PILToTensor(_Converter):
    _function = staticmethod(F.pil_to_tensor)


class ToPILImage:
    def __init__(self, mode=None):
        self.mode = mode

    def __call__(self, pic):
        return F.to_pil_image(pic, self.mode)

    def __repr__(self):
        return f"{type(self).__name__}({'' if self.mode is None else f'mode={self.mode}'})"


class ConvertImageDtype(Transform):
    _shown = ()

    def __init__(self, dtype):
        super().__init__()
        self.dtype = dtype

    def forward(self, image):
        return F.convert_image_dtype(image, self.dtype)


class Normalize(Transform):
    _shown = ("mean", "std")

    def __init__(self, mean, std, inplace=False):
        super().__init__()
        self.mean, self.std, self.inplace = mean, std, inplace

    def forward(self, tensor):
        return F.normalize(tensor, self.mean, self.std, self.inplace)


class LinearTransformation(Transform):
    def __init__(self, transformation_matrix, mean_vector):
        super().__init__()
        self.transformation_matrix, self.mean_vector = transformation_matrix, mean_vector

    def forward(self, tensor):
        flat = tensor.view(-1, self.transformation_matrix.shape[0]) - self.mean_vector
        return torch.mm(flat, self.transformation_matrix).view(tensor.shape)


# Geometry

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
        self.size = _side_pair(size)

    def forward(self, img):
        return F.center_crop(img, self.size)


class FiveCrop(Transform):
    _shown = ("size",)

    def __init__(self, size):
        super().__init__()
        self.size = _side_pair(size)

    def forward(self, img):
        return F.five_crop(img, self.size)


class TenCrop(Transform):
    _shown = ("size", "vertical_flip")

    def __init__(self, size, vertical_flip=False):
        super().__init__()
        self.size, self.vertical_flip = _side_pair(size), vertical_flip

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
        self.size, self.padding, self.pad_if_needed, self.fill, self.padding_mode = _side_pair(size), padding, pad_if_needed, fill, padding_mode

    @staticmethod
    def get_params(img, output_size):
        _, height, width = F.get_dimensions(img)
        th, tw = output_size
        if height < th or width < tw:
            raise ValueError(f"Required crop size {(th, tw)} is larger than input image size {(height, width)}")
        if (height, width) == (th, tw):
            return 0, 0, height, width
        return _below(height - th + 1), _below(width - tw + 1), th, tw

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
        self.size = _side_pair(size)
        self.scale, self.ratio, self.interpolation, self.antialias = scale, ratio, interpolation, antialias

    @staticmethod
    def get_params(img, scale, ratio):
        """top, left, height and width of a part of the area between `scale`; after ten attempts that do not fit, the center."""
        _, height, width = F.get_dimensions(img)
        low, high = (math.log(side) for side in ratio)
        for _ in range(10):
            area = height * width * _uniform(*scale)
            aspect = math.exp(_uniform(low, high))
            w, h = int(round(math.sqrt(area * aspect))), int(round(math.sqrt(area / aspect)))
            if 0 < w <= width and 0 < h <= height:
                return _below(height - h + 1), _below(width - w + 1), h, w
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


class _WithProbability(Transform):
    """Does `_change` to an image with probability `p`."""

    _shown = ("p",)

    def __init__(self, p=0.5):
        super().__init__()
        self.p = p

    def forward(self, img):
        return self._change(img) if torch.rand(1) < self.p else image_of(img)


class RandomHorizontalFlip(_WithProbability):
    _change = staticmethod(F.hflip)


class RandomVerticalFlip(_WithProbability):
    _change = staticmethod(F.vflip)


class RandomInvert(_WithProbability):
    _change = staticmethod(F.invert)


class RandomAutocontrast(_WithProbability):
    _change = staticmethod(F.autocontrast)


class RandomEqualize(_WithProbability):
    _change = staticmethod(F.equalize)


class RandomGrayscale(_WithProbability):
    def __init__(self, p=0.1):
        super().__init__(p)

    def _change(self, img):
        return F.rgb_to_grayscale(img, F.get_dimensions(img)[0])


class RandomPosterize(_WithProbability):
    _shown, _comma = ("bits", "p"), ","

    def __init__(self, bits, p=0.5):
        super().__init__(p)
        self.bits = bits

    def _change(self, img):
        return F.posterize(img, self.bits)


class RandomSolarize(_WithProbability):
    _shown, _comma = ("threshold", "p"), ","

    def __init__(self, threshold, p=0.5):
        super().__init__(p)
        self.threshold = threshold

    def _change(self, img):
        return F.solarize(img, self.threshold)


class RandomAdjustSharpness(_WithProbability):
    _shown, _comma = ("sharpness_factor", "p"), ","

    def __init__(self, sharpness_factor, p=0.5):
        super().__init__(p)
        self.sharpness_factor = sharpness_factor

    def _change(self, img):
        return F.adjust_sharpness(img, self.sharpness_factor)


class RandomPerspective(_WithProbability):
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
        return F.rotate(img, _uniform(*self.degrees), self.interpolation, self.expand, self.center, self.fill)


class RandomAffine(Transform):
    _shown = ("degrees", "translate", "scale", "shear")

    def __init__(self, degrees, translate=None, scale=None, shear=None, interpolation=_NEAREST, fill=0, center=None):
        super().__init__()
        self.degrees, self.translate, self.scale = _range_around_0(degrees), translate, scale
        self.shear = None if shear is None else _range_around_0(shear)
        self.interpolation, self.fill, self.center = interpolation, fill, center

    def forward(self, img):
        _, height, width = F.get_dimensions(img)
        angle = _uniform(*self.degrees)
        translate = [int(round(_uniform(-share * side, share * side))) for share, side in zip(self.translate or (), (width, height))]
        scale = _uniform(*self.scale) if self.scale is not None else 1.0
        shear = [_uniform(*self.shear[at:at + 2]) for at in range(0, len(self.shear or ()), 2)]
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


# Colors

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
        factors = [None if limits is None else _uniform(*limits) for limits in (self.brightness, self.contrast, self.saturation, self.hue)]
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
        sigma = _uniform(*self.sigma)
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
            area = height * width * _uniform(*self.scale)
            aspect = math.exp(_uniform(low, high))
            h, w = int(round(math.sqrt(area * aspect))), int(round(math.sqrt(area / aspect)))
            if h < height and w < width:
                value = self._value(channels, h, w)
                return F.erase(img, _below(height - h + 1), _below(width - w + 1), h, w, value, self.inplace)
        return img

    def _value(self, channels, height, width):
        if self.value == "random":
            return torch.empty([channels, height, width]).normal_()
        return torch.tensor(self.value if isinstance(self.value, (list, tuple)) else [float(self.value)])[:, None, None]


# Policies, which leave pictures as they are: their content is random.

class _Policy(Transform):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, img):
        return F._missing(img, type(self).__name__)


AutoAugment, RandAugment, TrivialAugmentWide, AugMix = (
    type(name, (_Policy,), {"__module__": __name__}) for name in ("AutoAugment", "RandAugment", "TrivialAugmentWide", "AugMix"))


class AutoAugmentPolicy:
    IMAGENET, CIFAR10, SVHN = "imagenet", "cifar10", "svhn"
