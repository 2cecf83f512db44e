"""Padding of convolutions: symmetric, or TensorFlow's `SAME`."""
import math

import torch
import torch.nn.functional as F

from .helpers import to_2tuple


def _by_axis(function, kernel_size, stride, dilation):
    """A function of one axis, for each of two where an argument has two; None where none has."""
    if any(isinstance(size, (tuple, list)) for size in (kernel_size, stride, dilation)):
        return [function(*sizes) for sizes in zip(*map(to_2tuple, (kernel_size, stride, dilation)))]
    return None


def get_padding(kernel_size, stride=1, dilation=1, **_):
    """What keeps the size at stride 1, of an odd kernel."""
    pair = _by_axis(get_padding, kernel_size, stride, dilation)
    return ((stride - 1) + dilation * (kernel_size - 1)) // 2 if pair is None else pair


def get_same_padding(x, kernel_size, stride, dilation):
    """All padding of an axis of length `x`."""
    if isinstance(x, torch.Tensor):
        return torch.clamp(((x / stride).ceil() - 1) * stride + (kernel_size - 1) * dilation + 1 - x, min=0)
    return max((math.ceil(x / stride) - 1) * stride + (kernel_size - 1) * dilation + 1 - x, 0)


def is_static_pad(kernel_size, stride=1, dilation=1, **_):
    """Whether `SAME` is the same for every size, and symmetric."""
    pair = _by_axis(is_static_pad, kernel_size, stride, dilation)
    return stride == 1 and dilation * (kernel_size - 1) % 2 == 0 if pair is None else all(pair)


def pad_same_arg(input_size, kernel_size, stride, dilation=(1, 1)):
    """[left, right, top, bottom]."""
    height, width = (get_same_padding(*sizes) for sizes in zip(input_size, kernel_size, stride, dilation))
    return [width // 2, width - width // 2, height // 2, height - height // 2]


def pad_same(x, kernel_size, stride, dilation=(1, 1), value=0):
    return F.pad(x, pad_same_arg(x.size()[-2:], kernel_size, stride, dilation), value=value)


def get_padding_value(padding, kernel_size, **kwargs):
    """(padding, whether it depends on the input's size) for a number or "", "same", "valid"."""
    if not isinstance(padding, str):
        return padding, False
    padding = padding.lower()
    if padding == "same" and not is_static_pad(kernel_size, **kwargs):
        return 0, True
    return (0 if padding == "valid" else get_padding(kernel_size, **kwargs)), False
