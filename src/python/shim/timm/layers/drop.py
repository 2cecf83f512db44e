"""Stochastic depth (Huang et al. 2016), and DropBlock (Ghiasi et al. 2018)."""
import torch
import torch.nn.functional as F
from torch import nn

from .grid import ndgrid


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    """Leaves out whole samples of a residual branch."""
    if drop_prob == 0.0 or not training:
        return x
    kept = 1 - drop_prob
    mask = x.new_empty((x.shape[0], *(1,) * (x.ndim - 1))).bernoulli_(kept)
    if kept > 0.0 and scale_by_keep:
        mask.div_(kept)
    return x * mask


class DropPath(nn.Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()
        self.drop_prob, self.scale_by_keep = drop_prob, scale_by_keep

    def forward(self, x):
        return drop_path(x, self.drop_prob, self.training, self.scale_by_keep)

    def extra_repr(self):
        return f"drop_prob={round(self.drop_prob, 3):0.3f}"


def _seeds_rate(x, drop_prob, block_size, gamma_scale):
    """How often a block is to begin, so that `drop_prob` of the elements are left out; and the block's size within the map."""
    height, width = x.shape[-2:]
    clipped = min(block_size, width, height)
    return gamma_scale * drop_prob * width * height / clipped ** 2 / ((width - block_size + 1) * (height - block_size + 1)), clipped


def _masked(x, kept, noise, epsilon, inplace):
    """`x` where `kept` is 1; elsewhere `noise`, or nothing, and the rest scaled up for it."""
    if noise is not None:
        return x.mul_(kept).add_(noise * (1 - kept)) if inplace else x * kept + noise * (1 - kept)
    scale = (kept.numel() / kept.to(torch.float32).sum().add(epsilon)).to(x.dtype)
    return x.mul_(kept * scale) if inplace else x * kept * scale


def drop_block_2d(x, drop_prob=0.1, block_size=7, gamma_scale=1.0, with_noise=False, inplace=False, batchwise=False):
    """Blocks lie within the map."""
    height, width = x.shape[-2:]
    gamma, clipped = _seeds_rate(x, drop_prob, block_size, gamma_scale)
    columns, rows = ndgrid(torch.arange(width), torch.arange(height))
    before, after = clipped // 2, (clipped - 1) // 2
    inside = (columns >= before) & (columns < width - after) & (rows >= before) & (rows < height - after)
    inside = inside.reshape(1, 1, height, width).to(x.dtype)
    shape = (1, *x.shape[1:]) if batchwise else tuple(x.shape)
    seeds = ((2 - gamma - inside + torch.rand(shape, dtype=x.dtype)) >= 1).to(x.dtype)
    kept = -F.max_pool2d(-seeds, kernel_size=clipped, stride=1, padding=clipped // 2)
    return _masked(x, kept, torch.randn(shape, dtype=x.dtype) if with_noise else None, 1e-7, inplace)


def drop_block_fast_2d(x, drop_prob=0.1, block_size=7, gamma_scale=1.0, with_noise=False, inplace=False):
    """Blocks may reach over the edge."""
    gamma, clipped = _seeds_rate(x, drop_prob, block_size, gamma_scale)
    dropped = F.max_pool2d(torch.empty_like(x).bernoulli_(gamma), kernel_size=clipped, stride=1, padding=clipped // 2)
    return _masked(x, 1.0 - dropped, torch.empty_like(x).normal_() if with_noise else None, 1e-6, inplace)


class DropBlock2d(nn.Module):
    def __init__(self, drop_prob=0.1, block_size=7, gamma_scale=1.0, with_noise=False, inplace=False, batchwise=False, fast=True):
        super().__init__()
        self.drop_prob, self.gamma_scale, self.block_size = drop_prob, gamma_scale, block_size
        self.with_noise, self.inplace, self.batchwise, self.fast = with_noise, inplace, batchwise, fast

    def forward(self, x):
        if not self.training or not self.drop_prob:
            return x
        arguments = self.drop_prob, self.block_size, self.gamma_scale, self.with_noise, self.inplace
        return drop_block_fast_2d(x, *arguments) if self.fast else drop_block_2d(x, *arguments, self.batchwise)
