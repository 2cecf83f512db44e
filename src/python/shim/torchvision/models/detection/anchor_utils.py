"""Boxes that predictions are relative to."""
import math

import torch
from torch import nn


class AnchorGenerator(nn.Module):
    """Boxes of given sizes and aspect ratios (height over width) around each place of each feature."""

    def __init__(self, sizes=((128, 256, 512),), aspect_ratios=((0.5, 1.0, 2.0),)):
        super().__init__()
        self.sizes = sizes if isinstance(sizes[0], (list, tuple)) else tuple((size,) for size in sizes)
        self.aspect_ratios = aspect_ratios if isinstance(aspect_ratios[0], (list, tuple)) else (aspect_ratios,) * len(self.sizes)
        self.cell_anchors = [self.generate_anchors(*each) for each in zip(self.sizes, self.aspect_ratios)]

    def generate_anchors(self, scales, aspect_ratios, dtype=torch.float32, device=None):
        """(ratios · scales, 4), around 0, whole numbers."""
        heights = torch.sqrt(torch.as_tensor(aspect_ratios, dtype=dtype)).unsqueeze(1)
        scales = torch.as_tensor(scales, dtype=dtype).unsqueeze(0)
        width, height = (1 / heights * scales).view(-1), (heights * scales).view(-1)
        return (torch.stack([-width, -height, width, height], dim=1) / 2).round()

    def num_anchors_per_location(self):
        return [len(sizes) * len(ratios) for sizes, ratios in zip(self.sizes, self.aspect_ratios)]

    def grid_anchors(self, grid_sizes, strides):
        torch._assert(len(grid_sizes) == len(strides) == len(self.cell_anchors),
                      "Anchors should be Tuple[Tuple[int]] because each feature map could potentially have different sizes and aspect ratios. "
                      "There needs to be a match between the number of feature maps passed and the number of sizes / aspect ratios specified.")
        return [(_places(grid, stride).view(-1, 1, 4) + anchors.view(1, -1, 4)).reshape(-1, 4)
                for grid, stride, anchors in zip(grid_sizes, strides, self.cell_anchors)]

    def forward(self, image_list, feature_maps):
        """For each image (anchors of all features, 4)."""
        grids = [feature.shape[-2:] for feature in feature_maps]
        strides = [[length // count for length, count in zip(image_list.tensors.shape[-2:], grid)] for grid in grids]
        anchors = torch.cat(self.grid_anchors(grids, strides)).to(feature_maps[0].dtype)
        return [anchors for _ in image_list.image_sizes]


def _places(grid, stride):
    """(H · W, 4): x, y, x, y of each place in the image."""
    y, x = torch.meshgrid(*(torch.arange(count) * step for count, step in zip(grid, stride)), indexing="ij")
    return torch.stack([x, y, x, y], dim=-1).reshape(-1, 4)


class DefaultBoxGenerator(nn.Module):
    """SSD's default boxes (Liu et al., arXiv:1512.02325, section 2.2): of each feature a square, one of the next scale's mean, and ratios."""

    def __init__(self, aspect_ratios, min_ratio=0.15, max_ratio=0.9, scales=None, steps=None, clip=True):
        super().__init__()
        if steps is not None and len(aspect_ratios) != len(steps):
            raise ValueError("aspect_ratios and steps should have the same length")
        self.aspect_ratios, self.steps, self.clip = aspect_ratios, steps, clip
        count = len(aspect_ratios)
        if scales is None:
            scales = ([min_ratio + (max_ratio - min_ratio) * k / (count - 1.0) for k in range(count)] + [1.0] if count > 1 else
                      [min_ratio, max_ratio])
        self.scales = scales
        self._wh_pairs = [self._pairs(*each) for each in zip(scales, scales[1:], aspect_ratios)]

    @staticmethod
    def _pairs(scale, next_scale, ratios):
        """[width, height] of each box, in parts of the image."""
        between, roots = math.sqrt(scale * next_scale), [math.sqrt(ratio) for ratio in ratios]
        return [[scale, scale], [between, between], *(pair for root in roots for pair in ([scale * root, scale / root], [scale / root, scale * root]))]

    def num_anchors_per_location(self):
        return [2 + 2 * len(ratios) for ratios in self.aspect_ratios]

    def _grid(self, level, grid, image_size):
        """(H · W · boxes, 4): centers and sizes, in parts of the image."""
        lengths = grid if self.steps is None else [size / self.steps[level] for size in image_size]
        y, x = torch.meshgrid(*((torch.arange(count) + 0.5) / length for count, length in zip(grid, lengths)), indexing="ij")
        pairs = torch.tensor(self._wh_pairs[level])
        pairs = pairs.clamp(min=0, max=1) if self.clip else pairs
        centers = torch.stack([x, y], dim=-1).reshape(-1, 1, 2).expand(-1, len(pairs), 2)
        return torch.cat((centers, pairs.unsqueeze(0).expand(centers.shape)), dim=2).reshape(-1, 4)

    def forward(self, image_list, feature_maps):
        height, width = image_list.tensors.shape[-2:]
        boxes = torch.cat([self._grid(level, feature.shape[-2:], (height, width)) for level, feature in enumerate(feature_maps)])
        corners = torch.cat([boxes[:, :2] - 0.5 * boxes[:, 2:], boxes[:, :2] + 0.5 * boxes[:, 2:]], -1)
        anchors = corners * torch.tensor([width, height] * 2)
        return [anchors for _ in image_list.image_sizes]

    def __repr__(self):
        return f"{type(self).__name__}(aspect_ratios={self.aspect_ratios}, clip={self.clip}, scales={self.scales}, steps={self.steps})"
