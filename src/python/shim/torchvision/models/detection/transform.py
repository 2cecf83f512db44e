"""What detectors do to images and targets before, and to detections after: normalize, resize, batch, and back."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from .image_list import ImageList


class GeneralizedRCNNTransform(nn.Module):
    def __init__(self, min_size, max_size, image_mean, image_std, size_divisible=32, fixed_size=None, **kwargs):
        super().__init__()
        self.min_size = min_size if isinstance(min_size, (list, tuple)) else (min_size,)
        self.max_size, self.image_mean, self.image_std = max_size, image_mean, image_std
        self.size_divisible, self.fixed_size = size_divisible, fixed_size
        self._skip_resize = kwargs.pop("_skip_resize", False)

    def forward(self, images, targets=None):
        targets = None if targets is None else [dict(target) for target in targets]
        resized = []
        for position, image in enumerate(images):
            if image.dim() != 3:
                raise ValueError(f"images is expected to be a list of 3d tensors of shape [C, H, W], got {image.shape}")
            image, target = self.resize(self.normalize(image), None if targets is None else targets[position])
            resized.append(image)
            if targets is not None:
                targets[position] = target
        return ImageList(self.batch_images(resized, self.size_divisible), [tuple(image.shape[-2:]) for image in resized]), targets

    def normalize(self, image):
        if not image.is_floating_point():
            raise TypeError(f"Expected input images to be of floating type (in range [0, 1]), but found type {image.dtype} instead")
        mean, deviation = (torch.as_tensor(numbers, dtype=image.dtype)[:, None, None] for numbers in (self.image_mean, self.image_std))
        return (image - mean) / deviation

    def torch_choice(self, k):
        return k[int(torch.empty(1).uniform_(0.0, float(len(k))).item())]

    def resize(self, image, target=None):
        """The shorter side to `min_size` (one of several while training), the longer no more than `max_size`; or to the fixed (width, height)."""
        before = image.shape[-2:]
        if self.training and self._skip_resize:
            return image, target
        size = self.torch_choice(self.min_size) if self.training else self.min_size[-1]
        if self.fixed_size is not None:
            to = {"size": [self.fixed_size[1], self.fixed_size[0]]}
        else:
            to = {"scale_factor": min(size / min(before), self.max_size / max(before)), "recompute_scale_factor": True}
        image = F.interpolate(image[None], mode="bilinear", align_corners=False, **to)[0]
        if target is None:
            return image, target
        if "masks" in target:
            target["masks"] = F.interpolate(target["masks"][:, None].float(), **to)[:, 0].byte()
        target["boxes"] = resize_boxes(target["boxes"], before, image.shape[-2:])
        if "keypoints" in target:
            target["keypoints"] = resize_keypoints(target["keypoints"], before, image.shape[-2:])
        return image, target

    def batch_images(self, images, size_divisible=32):
        """Zeros to the right and below, up to the largest image and to a multiple of `size_divisible`."""
        height, width = (math.ceil(max(image.shape[axis] for image in images) / size_divisible) * size_divisible for axis in (1, 2))
        return torch.stack([F.pad(image, (0, width - image.shape[2], 0, height - image.shape[1])) for image in images])

    def postprocess(self, result, image_shapes, original_image_sizes):
        if self.training:
            return result
        for detected, size, original in zip(result, image_shapes, original_image_sizes):
            detected["boxes"] = resize_boxes(detected["boxes"], size, original)
            if "masks" in detected:
                from .roi_heads import paste_masks_in_image
                detected["masks"] = paste_masks_in_image(detected["masks"], detected["boxes"], original)
            if "keypoints" in detected:
                detected["keypoints"] = resize_keypoints(detected["keypoints"], size, original)
        return result

    def __repr__(self):
        return (f"{type(self).__name__}(\n    Normalize(mean={self.image_mean}, std={self.image_std})\n"
                f"    Resize(min_size={self.min_size}, max_size={self.max_size}, mode='bilinear')\n)")


def resize_boxes(boxes, original_size, new_size):
    """Boxes (K, 4) of an image of another size (height, width)."""
    height, width = (new / original for new, original in zip(new_size, original_size))
    return boxes * torch.tensor([width, height, width, height], dtype=boxes.dtype)


def resize_keypoints(keypoints, original_size, new_size):
    """Keypoints (K, N, 3) of an image of another size (height, width)."""
    height, width = (new / original for new, original in zip(new_size, original_size))
    return keypoints * torch.tensor([width, height, 1.0], dtype=keypoints.dtype)
