"""torchvision.ops.drop_block: dropout of squares (Ghiasi et al. 2018)."""
import torch
from torch import nn
from torch.nn import functional as F


def _dropped(input, p, block_size, inplace, eps, training):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"drop probability has to be between 0 and 1, but got {p}.")
    if not training or p == 0.0:
        return input
    sides = input.shape[2:]
    block = min(block_size, *sides)
    free = [side - block + 1 for side in sides]
    gamma = p * sides.numel() / (block ** len(sides) * torch.Size(free).numel())
    seeds = torch.empty((*input.shape[:2], *free), dtype=input.dtype).bernoulli_(gamma)
    seeds = F.pad(seeds, [block // 2] * (2 * len(sides)), value=0)
    pooled = (F.max_pool2d if len(sides) == 2 else F.max_pool3d)(seeds, kernel_size=block, stride=1, padding=block // 2)
    kept = 1 - pooled
    scale = kept.numel() / (eps + kept.sum())
    return input.mul_(kept).mul_(scale) if inplace else input * kept * scale


def drop_block2d(input, p, block_size, inplace=False, eps=1e-6, training=True):
    if input.dim() != 4:
        raise ValueError(f"input should be 4 dimensional. Got {input.dim()} dimensions.")
    return _dropped(input, p, block_size, inplace, eps, training)


def drop_block3d(input, p, block_size, inplace=False, eps=1e-6, training=True):
    if input.dim() != 5:
        raise ValueError(f"input should be 5 dimensional. Got {input.dim()} dimensions.")
    return _dropped(input, p, block_size, inplace, eps, training)


class DropBlock2d(nn.Module):
    _function = staticmethod(drop_block2d)

    def __init__(self, p, block_size, inplace=False, eps=1e-6):
        super().__init__()
        self.p, self.block_size, self.inplace, self.eps = p, block_size, inplace, eps

    def forward(self, input):
        return self._function(input, self.p, self.block_size, self.inplace, self.eps, self.training)

    def __repr__(self):
        return f"{type(self).__name__}(p={self.p}, block_size={self.block_size}, inplace={self.inplace})"


class DropBlock3d(DropBlock2d):
    _function = staticmethod(drop_block3d)
