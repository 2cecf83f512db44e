"""torchvision.ops.ps_roi_align and ps_roi_pool: each bin reads channels of its own (Dai et al. 2016, R-FCN).

Of (N, C · bins, H, W): the score of channel c in bin b is read from channel c · bins + b.
"""
import torch
from torch import nn

from .boxes import rows_of
from .roi_align import _bins, _pair, _rounded, roi_align


def _channels(input, height, width):
    if input.shape[1] % (height * width):
        raise RuntimeError("input channels must be a multiple of pooling height * pooling width")
    return input.shape[1] // (height * width)


def ps_roi_align(input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1):
    """Means of bilinear samples."""
    height, width = _pair(output_size)
    channels = _channels(input, height, width)
    every = roi_align(input, boxes, (height, width), spatial_scale, sampling_ratio, aligned=True)
    bins = torch.arange(height * width)
    return every.reshape(-1, channels, height * width, height * width)[:, :, bins, bins].reshape(-1, channels, height, width)


def ps_roi_pool(input, boxes, output_size, spatial_scale=1.0):
    """Means over bins of whole pixels."""
    height, width = _pair(output_size)
    channels = _channels(input, height, width)
    maps = input.reshape(input.shape[0], channels, height, width, *input.shape[2:])
    pooled = [_pooled(maps[int(image)], [_rounded(corner * spatial_scale) for corner in corners], height, width) for image, *corners in rows_of(boxes).tolist()]
    return torch.stack(pooled) if pooled else input.new_zeros((0, channels, height, width))


def _pooled(maps, corners, height, width):
    x1, y1, x2, y2 = corners
    rows = _bins(y1, max(y2 - y1, 1), height, maps.shape[3] - 1)
    columns = _bins(x1, max(x2 - x1, 1), width, maps.shape[4] - 1)
    cells = [maps[:, i, j, top:bottom, left:right].mean((1, 2)) if top < bottom and left < right else maps.new_zeros(maps.shape[0])
             for i, (top, bottom) in enumerate(rows) for j, (left, right) in enumerate(columns)]
    return torch.stack(cells, 1).reshape(-1, height, width)


class PSRoIAlign(nn.Module):
    def __init__(self, output_size, spatial_scale, sampling_ratio):
        super().__init__()
        self.output_size, self.spatial_scale, self.sampling_ratio = output_size, spatial_scale, sampling_ratio

    def forward(self, input, rois):
        return ps_roi_align(input, rois, self.output_size, self.spatial_scale, self.sampling_ratio)

    def __repr__(self):
        return f"PSRoIAlign(output_size={self.output_size}, spatial_scale={self.spatial_scale}, sampling_ratio={self.sampling_ratio})"


class PSRoIPool(nn.Module):
    def __init__(self, output_size, spatial_scale):
        super().__init__()
        self.output_size, self.spatial_scale = output_size, spatial_scale

    def forward(self, input, rois):
        return ps_roi_pool(input, rois, self.output_size, self.spatial_scale)

    def __repr__(self):
        return f"PSRoIPool(output_size={self.output_size}, spatial_scale={self.spatial_scale})"
