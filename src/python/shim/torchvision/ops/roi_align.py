"""torchvision.ops.roi_align and roi_pool: parts of feature maps, each brought to the same size.

Where the parts lie is read as numbers, so that parts with equal grids are sampled at once; what is sampled is recorded, with its gradient.
"""
import math

import torch
from torch import nn

from .boxes import rows_of


def _pair(size):
    return (size, size) if isinstance(size, int) else tuple(size)


def roi_align(input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1, aligned=False):
    """Means of bilinear samples (He et al. 2017, Mask R-CNN). `aligned`: pixels are centered at half of their sides."""
    rois = rows_of(boxes)
    height, width = _pair(output_size)
    groups = {}  # samples of a bin, down and across -> positions of the rois
    for position, (_, x1, y1, x2, y2) in enumerate(rois.tolist()):
        sides = [(end - start) * spatial_scale if aligned else max((end - start) * spatial_scale, 1.0) for start, end in ((y1, y2), (x1, x2))]
        grid = tuple(sampling_ratio if sampling_ratio > 0 else math.ceil(side / bins) for side, bins in zip(sides, (height, width)))
        groups.setdefault(grid, []).append(position)
    if not groups:
        return input.new_zeros((0, input.shape[1], height, width))
    order = [position for positions in groups.values() for position in positions]
    parts = [_aligned(input, rois[positions], (height, width), grid, spatial_scale, aligned) for grid, positions in groups.items()]
    return torch.cat(parts)[torch.tensor(order).argsort()]


def _aligned(input, rois, bins, grid, scale, aligned):
    """(K, C, bins) of rois with the same number of samples in each bin."""
    if 0 in grid:
        return input.new_zeros((len(rois), input.shape[1], *bins))
    corners = rois[:, 1:] * scale - (0.5 if aligned else 0.0)
    start, side = corners[:, [1, 0]], corners[:, [3, 2]] - corners[:, [1, 0]]
    side = side if aligned else side.clamp(min=1.0)
    ys, xs = (start[:, axis, None] + (torch.arange(bins[axis] * grid[axis]) + 0.5) / grid[axis] * (side[:, axis, None] / bins[axis]) for axis in (0, 1))
    (y0, y1, ly, y_in), (x0, x1, lx, x_in) = _between(ys, input.shape[-2]), _between(xs, input.shape[-1])
    batch = rois[:, 0].long()[:, None, None]

    def at(y, x):
        return input[batch, :, y[:, :, None], x[:, None, :]]  # (K, samples down, samples across, C)
    ly, lx = ly[:, :, None, None], lx[:, None, :, None]
    samples = (at(y0, x0) * (1 - lx) + at(y0, x1) * lx) * (1 - ly) + (at(y1, x0) * (1 - lx) + at(y1, x1) * lx) * ly
    samples = samples * (y_in[:, :, None] & x_in[:, None, :])[..., None]
    samples = samples.reshape(len(rois), bins[0], grid[0], bins[1], grid[1], -1)
    return samples.mean((2, 4)).permute(0, 3, 1, 2)


def _between(points, count):
    """The pixels before and after, the share of the latter, and whether the point is not further than 1 from the outermost ones."""
    inside = (points >= -1) & (points <= count)
    points = points.clamp(0, count - 1)
    low = points.floor()
    return low.long(), (low + 1).clamp(max=count - 1).long(), points - low, inside


class RoIAlign(nn.Module):
    def __init__(self, output_size, spatial_scale, sampling_ratio, aligned=False):
        super().__init__()
        self.output_size, self.spatial_scale, self.sampling_ratio, self.aligned = output_size, spatial_scale, sampling_ratio, aligned

    def forward(self, input, rois):
        return roi_align(input, rois, self.output_size, self.spatial_scale, self.sampling_ratio, self.aligned)

    def __repr__(self):
        return (f"RoIAlign(output_size={self.output_size}, spatial_scale={self.spatial_scale}, sampling_ratio={self.sampling_ratio}, "
                f"aligned={self.aligned})")


def roi_pool(input, boxes, output_size, spatial_scale=1.0):
    """Maxima over bins of whole pixels (Girshick 2015, Fast R-CNN)."""
    rois = rows_of(boxes)
    height, width = _pair(output_size)
    pooled = [_pooled(input[int(image)], [_rounded(corner * spatial_scale) for corner in corners], height, width) for image, *corners in rois.tolist()]
    return torch.stack(pooled) if pooled else input.new_zeros((0, input.shape[1], height, width))


def _rounded(number):
    """Half away from 0."""
    return int(math.copysign(math.floor(abs(number) + 0.5), number))


def _pooled(image, corners, height, width):
    x1, y1, x2, y2 = corners
    rows, columns = (_bins(start, max(end - start + 1, 1), count, limit)
                     for start, end, count, limit in ((y1, y2, height, image.shape[1]), (x1, x2, width, image.shape[2])))
    cells = [image[:, top:bottom, left:right].amax((1, 2)) if top < bottom and left < right else image.new_zeros(image.shape[0])
             for top, bottom in rows for left, right in columns]
    return torch.stack(cells, 1).reshape(-1, height, width)


def _bins(start, length, count, limit):
    side = length / count
    return [(min(max(math.floor(index * side) + start, 0), limit), min(max(math.ceil((index + 1) * side) + start, 0), limit)) for index in range(count)]


class RoIPool(nn.Module):
    def __init__(self, output_size, spatial_scale):
        super().__init__()
        self.output_size, self.spatial_scale = output_size, spatial_scale

    def forward(self, input, rois):
        return roi_pool(input, rois, self.output_size, self.spatial_scale)

    def __repr__(self):
        return f"RoIPool(output_size={self.output_size}, spatial_scale={self.spatial_scale})"
