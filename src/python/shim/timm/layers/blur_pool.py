"""Blurring before a stride (Zhang 2019)."""
from functools import partial
from math import comb

import torch
import torch.nn.functional as F
from torch import nn

from .padding import get_padding


class BlurPool2d(nn.Module):
    """The filter is binomial. Without `channels` it fits any number of them."""

    def __init__(self, channels=None, filt_size=3, stride=2, pad_mode="reflect"):
        super().__init__()
        assert filt_size > 1
        self.channels, self.filt_size, self.stride, self.pad_mode = channels, filt_size, stride, pad_mode
        self.padding = [get_padding(filt_size, stride, dilation=1)] * 4
        row = torch.tensor([comb(filt_size - 1, k) for k in range(filt_size)], dtype=torch.float32) / 2 ** (filt_size - 1)
        square = (row[:, None] * row[None, :])[None, None]
        self.register_buffer("filt", square if channels is None else square.repeat(channels, 1, 1, 1), persistent=False)

    def forward(self, x):
        x = F.pad(x, self.padding, mode=self.pad_mode)
        filters = self.filt.expand(x.shape[1], 1, self.filt_size, self.filt_size) if self.channels is None else self.filt
        return F.conv2d(x, filters, stride=self.stride, groups=filters.shape[0])


_BY_NAME = {"avg": nn.AvgPool2d, "avgpool": nn.AvgPool2d, "blur": BlurPool2d, "blurpool": BlurPool2d, "blurpc": partial(BlurPool2d, pad_mode="constant")}


def create_aa(aa_layer, channels=None, stride=2, enable=True, noop=nn.Identity):
    if not aa_layer or not enable:
        return None if noop is None else noop()
    if isinstance(aa_layer, str):
        name = aa_layer.lower().replace("_", "").replace("-", "")
        assert name in _BY_NAME, f"Unknown anti-aliasing layer ({name})."
        aa_layer = _BY_NAME[name]
    try:
        return aa_layer(channels=channels, stride=stride)
    except TypeError:
        return aa_layer(stride)
