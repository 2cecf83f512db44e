"""Efficient channel attention (Wang et al. 2020): a convolution over the channels' means."""
import math

import torch.nn.functional as F
from torch import nn

from .create_act import create_act_layer
from .helpers import make_divisible


def _kernel_size(channels, kernel_size, gamma, beta):
    """The more channels, the larger; always odd."""
    if channels is not None:
        size = int(abs(math.log(channels, 2) + beta) / gamma)
        kernel_size = max(size if size % 2 else size + 1, 3)
    assert kernel_size % 2 == 1
    return kernel_size


class EcaModule(nn.Module):
    def __init__(self, channels=None, kernel_size=3, gamma=2, beta=1, act_layer=None, gate_layer="sigmoid", rd_ratio=1 / 8, rd_channels=None, rd_divisor=8,
                 use_mlp=False):
        super().__init__()
        kernel_size = _kernel_size(channels, kernel_size, gamma, beta)
        padding = (kernel_size - 1) // 2
        if use_mlp:
            assert channels is not None
            if rd_channels is None:
                rd_channels = make_divisible(channels * rd_ratio, divisor=rd_divisor)
            self.conv = nn.Conv1d(1, rd_channels, kernel_size=1, padding=0, bias=True)
            self.act = create_act_layer(act_layer or nn.ReLU)
            self.conv2 = nn.Conv1d(rd_channels, 1, kernel_size=kernel_size, padding=padding, bias=True)
        else:
            self.conv = nn.Conv1d(1, 1, kernel_size=kernel_size, padding=padding, bias=False)
            self.act = self.conv2 = None
        self.gate = create_act_layer(gate_layer)

    def forward(self, x):
        y = self.conv(x.mean((2, 3)).view(x.shape[0], 1, -1))
        if self.conv2 is not None:
            y = self.conv2(self.act(y))
        return x * self.gate(y).view(x.shape[0], -1, 1, 1).expand_as(x)


class CecaModule(nn.Module):
    """The channels form a circle."""

    def __init__(self, channels=None, kernel_size=3, gamma=2, beta=1, act_layer=None, gate_layer="sigmoid"):
        super().__init__()
        kernel_size = _kernel_size(channels, kernel_size, gamma, beta)
        self.padding = (kernel_size - 1) // 2
        self.conv = nn.Conv1d(1, 1, kernel_size=kernel_size, padding=0, bias=act_layer is not None)
        self.gate = create_act_layer(gate_layer)

    def forward(self, x):
        y = F.pad(x.mean((2, 3)).view(x.shape[0], 1, -1), (self.padding, self.padding), mode="circular")
        return x * self.gate(self.conv(y)).view(x.shape[0], -1, 1, 1).expand_as(x)


EfficientChannelAttn, CircularEfficientChannelAttn = EcaModule, CecaModule
