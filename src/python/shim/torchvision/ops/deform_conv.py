"""torchvision.ops.deform_conv: convolution that samples where it is told to (Dai et al. 2017; with a mask: Zhu et al. 2018)."""
import math

import torch
from torch import nn


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def deform_conv2d(input, offset, weight, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), mask=None):
    """`offset`: (N, 2 · groups of offsets · kernel, H', W'), for each point of the kernel down, then across; `mask`: half as many."""
    stride, padding, dilation = _pair(stride), _pair(padding), _pair(dilation)
    batch, channels, *sizes = input.shape
    out_channels, per_group, *kernel = weight.shape
    points = kernel[0] * kernel[1]
    groups, offset_groups = channels // per_group, offset.shape[1] // (2 * points)
    if offset_groups == 0:
        raise RuntimeError("the shape of the offset tensor at dimension 1 is not valid. It should be a multiple of 2 * weight.size[2] * weight.size[3].\n"
                           f"Got offset.shape[1]={offset.shape[1]}, while 2 * weight.size[2] * weight.size[3]={2 * points}")
    out = [(size + 2 * pad - step * (side - 1) - 1) // by + 1 for size, pad, step, side, by in zip(sizes, padding, dilation, kernel, stride)]
    if list(offset.shape[-2:]) != out:
        raise RuntimeError(f"offset output dims: ({offset.shape[-2]}, {offset.shape[-1]}) - computed output dims: ({out[0]}, {out[1]})")
    moved = offset.reshape(batch, offset_groups, points, 2, *out)
    down, across = (torch.arange(count) * by - pad for count, by, pad in zip(out, stride, padding))
    rows = (torch.arange(kernel[0]) * dilation[0]).repeat_interleave(kernel[1])
    columns = (torch.arange(kernel[1]) * dilation[1]).repeat(kernel[0])
    y = moved[:, :, :, 0] + (rows[:, None, None] + down[None, :, None])
    x = moved[:, :, :, 1] + (columns[:, None, None] + across[None, None, :])
    samples = _sampled(input.reshape(batch, offset_groups, channels // offset_groups, -1), y, x, sizes)
    if mask is not None:
        samples = samples * mask.reshape(batch, offset_groups, 1, points, *out)
    samples = samples.reshape(batch, groups, per_group * points, out[0] * out[1])
    result = torch.matmul(weight.reshape(groups, out_channels // groups, per_group * points), samples).reshape(batch, out_channels, *out)
    return result if bias is None else result + bias.reshape(1, -1, 1, 1)


def _sampled(images, y, x, sizes):
    """Bilinear samples of (N, G, C, H · W) at y, x of (N, G, points, H', W'): (N, G, C, points, H', W'); 0 outside."""
    low_y, low_x = y.floor(), x.floor()
    result = 0
    for corner_y, weight_y in ((low_y, 1 - (y - low_y)), (low_y + 1, y - low_y)):
        for corner_x, weight_x in ((low_x, 1 - (x - low_x)), (low_x + 1, x - low_x)):
            inside = (corner_y >= 0) & (corner_y < sizes[0]) & (corner_x >= 0) & (corner_x < sizes[1])
            place = corner_y.clamp(0, sizes[0] - 1).long() * sizes[1] + corner_x.clamp(0, sizes[1] - 1).long()
            index = place.flatten(2).unsqueeze(2).expand(-1, -1, images.shape[2], -1)
            result = result + images.gather(3, index).reshape(*images.shape[:3], *y.shape[2:]) * (weight_y * weight_x * inside).unsqueeze(2)
    return result


class DeformConv2d(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True):
        super().__init__()
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size, self.stride, self.padding, self.dilation = (_pair(value) for value in (kernel_size, stride, padding, dilation))
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels // groups, *self.kernel_size))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_channels))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.weight[0].numel())
            nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, input, offset, mask=None):
        return deform_conv2d(input, offset, self.weight, self.bias, self.stride, self.padding, self.dilation, mask)

    def __repr__(self):
        parts = [f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"]
        parts += [f"padding={self.padding}"] if self.padding != (0, 0) else []
        parts += [f"dilation={self.dilation}"] if self.dilation != (1, 1) else []
        parts += [f"groups={self.groups}"] if self.groups != 1 else []
        parts += ["bias=False"] if self.bias is None else []
        return f"DeformConv2d({', '.join(parts)})"
