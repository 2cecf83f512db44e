"""Region features from a pyramid: each region from the level that its size asks for (Lin et al., arXiv:1612.03144, equation 1)."""
import math

import torch
from torch import nn

from .boxes import box_area
from .roi_align import roi_align


class LevelMapper:
    """⌊canonical_level + log₂(√area / canonical_scale)⌋ of each box, within the levels that there are, counted from the first."""

    def __init__(self, k_min, k_max, canonical_scale=224, canonical_level=4, eps=1e-6):
        self.k_min, self.k_max, self.s0, self.lvl0, self.eps = k_min, k_max, canonical_scale, canonical_level, eps

    def __call__(self, boxlists):
        sides = torch.sqrt(torch.cat([box_area(boxes) for boxes in boxlists]))
        levels = torch.floor(self.lvl0 + torch.log2(sides / self.s0) + self.eps)
        return torch.clamp(levels, min=self.k_min, max=self.k_max).to(torch.int64) - self.k_min


class MultiScaleRoIAlign(nn.Module):
    """`roi_align` of boxes (one tensor per image) over the features named in `featmap_names`."""

    def __init__(self, featmap_names, output_size, sampling_ratio, *, canonical_scale=224, canonical_level=4):
        super().__init__()
        self.featmap_names, self.sampling_ratio = featmap_names, sampling_ratio
        self.output_size = (output_size, output_size) if isinstance(output_size, int) else tuple(output_size)
        self.scales = self.map_levels = None
        self.canonical_scale, self.canonical_level = canonical_scale, canonical_level

    def _set_scales(self, features, image_shapes):
        """The power of two next to each level's share of the largest height; levels are its negative exponents."""
        if not image_shapes:
            raise ValueError("images list should not be empty")
        height = max(shape[0] for shape in image_shapes)
        exponents = [round(math.log2(feature.shape[-2] / height)) for feature in features]
        self.scales = [2.0 ** exponent for exponent in exponents]
        self.map_levels = LevelMapper(-exponents[0], -exponents[-1], self.canonical_scale, self.canonical_level)

    def forward(self, x, boxes, image_shapes):
        features = [feature for name, feature in x.items() if name in self.featmap_names]
        if self.scales is None:
            self._set_scales(features, image_shapes)
        regions = torch.cat([torch.cat([torch.full_like(own[:, :1], image) for image, own in enumerate(boxes)]), torch.cat(boxes)], dim=1)
        if len(features) == 1:
            return self._aligned(features[0], regions, self.scales[0])
        levels = self.map_levels(boxes)
        result = torch.zeros((len(regions), features[0].shape[1], *self.output_size), dtype=features[0].dtype)
        for level, (feature, scale) in enumerate(zip(features, self.scales)):
            here = torch.where(levels == level)[0]
            if len(here):
                result[here] = self._aligned(feature, regions[here], scale)
        return result

    def _aligned(self, feature, regions, scale):
        return roi_align(feature, regions, output_size=self.output_size, spatial_scale=scale, sampling_ratio=self.sampling_ratio)

    def __repr__(self):
        return (f"{type(self).__name__}(featmap_names={self.featmap_names}, output_size={self.output_size}, "
                f"sampling_ratio={self.sampling_ratio})")
