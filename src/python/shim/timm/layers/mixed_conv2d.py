"""Channels in groups, each with a kernel of its own size (Tan, Le 2019)."""
import torch
from torch import nn

from .conv2d_same import create_conv2d_pad


def _split_channels(count, groups):
    """As equal as they can be; the first has what is left."""
    parts = [count // groups] * groups
    parts[0] += count - sum(parts)
    return parts


class MixedConv2d(nn.ModuleDict):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding="", dilation=1, depthwise=False, **kwargs):
        super().__init__()
        sizes = kernel_size if isinstance(kernel_size, list) else [kernel_size]
        ins, outs = _split_channels(in_channels, len(sizes)), _split_channels(out_channels, len(sizes))
        self.in_channels, self.out_channels, self.splits = sum(ins), sum(outs), ins
        for position, (size, own_in, own_out) in enumerate(zip(sizes, ins, outs)):
            self.add_module(str(position), create_conv2d_pad(
                own_in, own_out, size, stride=stride, padding=padding, dilation=dilation, groups=own_in if depthwise else 1, **kwargs))

    def forward(self, x):
        return torch.cat([conv(part) for conv, part in zip(self.values(), torch.split(x, self.splits, 1))], 1)
