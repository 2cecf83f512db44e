"""torchvision.transforms._presets: what `weights.transforms()` gives."""
import torch

from . import functional as F
from ._base import Transform
from .functional import InterpolationMode

_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


class ImageClassification(Transform):
    def __init__(self, *, crop_size, resize_size=256, mean=_IMAGENET[0], std=_IMAGENET[1], interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__()
        self.crop_size, self.resize_size = [crop_size], [resize_size]
        self.mean, self.std, self.interpolation, self.antialias = list(mean), list(std), interpolation, antialias

    def forward(self, img):
        return _normalized(F.center_crop(F.resize(img, self.resize_size, self.interpolation, antialias=self.antialias), self.crop_size), self)


class SemanticSegmentation(Transform):
    def __init__(self, *, resize_size, mean=_IMAGENET[0], std=_IMAGENET[1], interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__()
        self.resize_size = [resize_size] if resize_size is not None else None
        self.mean, self.std, self.interpolation, self.antialias = list(mean), list(std), interpolation, antialias

    def forward(self, img):
        return _normalized(img if self.resize_size is None else F.resize(img, self.resize_size, self.interpolation, antialias=self.antialias), self)


class VideoClassification(Transform):
    """(…, T, C, H, W) to (…, C, T, H, W)."""

    def __init__(self, *, crop_size, resize_size, mean, std, interpolation=InterpolationMode.BILINEAR):
        super().__init__()
        self.crop_size, self.resize_size = list(crop_size), list(resize_size)
        self.mean, self.std, self.interpolation = list(mean), list(std), interpolation

    def forward(self, vid):
        frames = vid.reshape(-1, *vid.shape[-3:])
        frames = F.center_crop(F.resize(frames, self.resize_size, self.interpolation, antialias=False), self.crop_size)
        frames = _normalized(frames, self)
        return frames.reshape(*vid.shape[:-3], *frames.shape[-3:]).transpose(-4, -3)


def _normalized(img, preset):
    if not isinstance(img, torch.Tensor):
        img = F.pil_to_tensor(img)
    return F.normalize(F.convert_image_dtype(img, torch.float), preset.mean, preset.std)


def of_member(member, changes):
    """The transforms of a member of an enum of weights, with changed arguments."""
    mean, std = member.statistics
    mode = InterpolationMode.BICUBIC if member.is_bicubic else InterpolationMode.BILINEAR
    if member.data_set == "COCO":
        return SemanticSegmentation(**{"resize_size": 520, **changes})
    if member.data_set == "ImageNet":
        return ImageClassification(**{"crop_size": member.crop, "resize_size": member.resized[0], "mean": mean, "std": std, "interpolation": mode, **changes})
    return VideoClassification(**{"crop_size": (member.crop, member.crop), "resize_size": member.resized, "mean": mean, "std": std, **changes})
