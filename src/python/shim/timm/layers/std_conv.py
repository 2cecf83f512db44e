"""Convolutions whose kernels are standardized (Qiao et al. 2019), and scaled by a gain (Brock et al. 2021). `Same`: padded as TensorFlow's."""
import torch
import torch.nn.functional as F
from torch import nn

from .padding import get_padding, get_padding_value, pad_same


class _Standardized(nn.Conv2d):
    same_pad = False

    def _standardized(self, gain=None):
        """Each output channel's kernel with mean 0 and variance 1."""
        flat = self.weight.reshape(1, self.out_channels, -1)
        return F.batch_norm(flat, None, None, weight=gain, training=True, momentum=0.0, eps=self.eps).reshape_as(self.weight)

    def _convolved(self, x, weight):
        if self.same_pad:
            x = pad_same(x, self.kernel_size, self.stride, self.dilation)
        return F.conv2d(x, weight, self.bias, self.stride, self.padding, self.dilation, self.groups)

    def forward(self, x):
        return self._convolved(x, self._standardized())


class StdConv2d(_Standardized):
    def __init__(self, in_channel, out_channels, kernel_size, stride=1, padding=None, dilation=1, groups=1, bias=False, eps=1e-6):
        if padding is None:
            padding = get_padding(kernel_size, stride, dilation)
        super().__init__(in_channel, out_channels, kernel_size, stride=stride, padding=padding, dilation=dilation, groups=groups, bias=bias)
        self.eps = eps


class StdConv2dSame(StdConv2d):
    def __init__(self, in_channel, out_channels, kernel_size, stride=1, padding="SAME", dilation=1, groups=1, bias=False, eps=1e-6):
        padding, same_pad = get_padding_value(padding, kernel_size, stride=stride, dilation=dilation)
        super().__init__(in_channel, out_channels, kernel_size, stride, padding, dilation, groups, bias, eps)
        self.same_pad = same_pad


class ScaledStdConv2d(_Standardized):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=None, dilation=1, groups=1, bias=True, gamma=1.0, eps=1e-6,
                 gain_init=1.0):
        if padding is None:
            padding = get_padding(kernel_size, stride, dilation)
        super().__init__(in_channels, out_channels, kernel_size, stride=stride, padding=padding, dilation=dilation, groups=groups, bias=bias)
        self.gain = nn.Parameter(torch.full((self.out_channels, 1, 1, 1), gain_init))
        self.scale = gamma * self.weight[0].numel() ** -0.5
        self.eps = eps

    def forward(self, x):
        return self._convolved(x, self._standardized((self.gain * self.scale).view(-1)))


class ScaledStdConv2dSame(ScaledStdConv2d):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding="SAME", dilation=1, groups=1, bias=True, gamma=1.0, eps=1e-6,
                 gain_init=1.0):
        padding, same_pad = get_padding_value(padding, kernel_size, stride=stride, dilation=dilation)
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, gamma, eps, gain_init)
        self.same_pad = same_pad
