"""Pooling padded as TensorFlow's `SAME`."""
import torch.nn.functional as F
from torch import nn

from .helpers import to_2tuple
from .padding import get_padding_value, pad_same


def avg_pool2d_same(x, kernel_size, stride, padding=(0, 0), ceil_mode=False, count_include_pad=True):
    return F.avg_pool2d(pad_same(x, kernel_size, stride), kernel_size, stride, (0, 0), ceil_mode, count_include_pad)


def max_pool2d_same(x, kernel_size, stride, padding=(0, 0), dilation=(1, 1), ceil_mode=False):
    return F.max_pool2d(pad_same(x, kernel_size, stride, value=-float("inf")), kernel_size, stride, (0, 0), dilation, ceil_mode)


class AvgPool2dSame(nn.AvgPool2d):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__(to_2tuple(kernel_size), to_2tuple(stride), (0, 0), ceil_mode, count_include_pad)

    def forward(self, x):
        return avg_pool2d_same(x, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)


class MaxPool2dSame(nn.MaxPool2d):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
        super().__init__(to_2tuple(kernel_size), to_2tuple(stride), (0, 0), to_2tuple(dilation), ceil_mode)

    def forward(self, x):
        return max_pool2d_same(x, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)


_POOLS = {"avg": (nn.AvgPool2d, AvgPool2dSame), "max": (nn.MaxPool2d, MaxPool2dSame)}


def create_pool2d(pool_type, kernel_size, stride=None, **kwargs):
    stride = stride or kernel_size
    padding, depends_on_size = get_padding_value(kwargs.pop("padding", ""), kernel_size, stride=stride, **kwargs)
    assert pool_type in _POOLS, f"Unsupported pool type {pool_type}"
    plain, same = _POOLS[pool_type]
    return same(kernel_size, stride=stride, **kwargs) if depends_on_size else plain(kernel_size, stride=stride, padding=padding, **kwargs)
