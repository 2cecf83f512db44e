"""ShuffleNet V2 (Ma et al. 2018)."""
import torch
from torch import nn

from ._api import register_models


def channel_shuffle(x, groups):
    """The channels of (N, C, H, W) dealt out anew: the first of each group, then the second of each, …"""
    batch, channels, height, width = x.size()
    return x.view(batch, groups, channels // groups, height, width).transpose(1, 2).contiguous().view(batch, channels, height, width)


class InvertedResidual(nn.Module):
    """Half of the channels pass through; where the sides are halved, all go through both branches."""

    def __init__(self, inp, oup, stride):
        super().__init__()
        if not 1 <= stride <= 3:
            raise ValueError("illegal stride value")
        self.stride = stride
        half = oup // 2
        if stride == 1 and inp != half << 1:
            raise ValueError(f"Invalid combination of stride {stride}, inp {inp} and oup {oup} values. If stride == 1 then inp should be equal to oup // 2 << 1.")
        halves = stride > 1
        self.branch1 = nn.Sequential(*([*self._depthwise(inp, stride), *_pointwise(inp, half)] if halves else []))
        self.branch2 = nn.Sequential(*_pointwise(inp if halves else half, half), *self._depthwise(half, stride), *_pointwise(half, half))

    def _depthwise(self, channels, stride):
        return self.depthwise_conv(channels, channels, kernel_size=3, stride=stride, padding=1), nn.BatchNorm2d(channels)

    @staticmethod
    def depthwise_conv(i, o, kernel_size, stride=1, padding=0, bias=False):
        return nn.Conv2d(i, o, kernel_size, stride, padding, bias=bias, groups=i)

    def forward(self, x):
        if self.stride == 1:
            passing, changed = x.chunk(2, dim=1)
            out = torch.cat((passing, self.branch2(changed)), 1)
        else:
            out = torch.cat((self.branch1(x), self.branch2(x)), 1)
        return channel_shuffle(out, 2)


def _pointwise(channels, out):
    return _convolved(nn.Conv2d(channels, out, 1, bias=False))


def _convolved(convolution):
    return convolution, nn.BatchNorm2d(convolution.out_channels), nn.ReLU(inplace=True)


class ShuffleNetV2(nn.Module):
    """`stages_out_channels`: of the first convolution, the three stages, and the last convolution."""

    def __init__(self, stages_repeats, stages_out_channels, num_classes=1000, inverted_residual=InvertedResidual):
        super().__init__()
        if len(stages_repeats) != 3:
            raise ValueError("expected stages_repeats as list of 3 positive ints")
        if len(stages_out_channels) != 5:
            raise ValueError("expected stages_out_channels as list of 5 positive ints")
        self._stage_out_channels = stages_out_channels
        channels, *widths, last = stages_out_channels
        self.conv1 = nn.Sequential(*_convolved(nn.Conv2d(3, channels, 3, 2, 1, bias=False)))
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        for name, count, width in zip(("stage2", "stage3", "stage4"), stages_repeats, widths):
            blocks = [inverted_residual(channels, width, 2), *[inverted_residual(width, width, 1) for _ in range(count - 1)]]
            setattr(self, name, nn.Sequential(*blocks))
            channels = width
        self.conv5 = nn.Sequential(*_pointwise(channels, last))
        self.fc = nn.Linear(last, num_classes)

    def _forward_impl(self, x):
        x = self.maxpool(self.conv1(x))
        x = self.conv5(self.stage4(self.stage3(self.stage2(x))))
        return self.fc(x.mean([2, 3]))

    def forward(self, x):
        return self._forward_impl(x)


register_models(globals(), ShuffleNetV2, {
    f"shufflenet_v2_{name}": {"stages_repeats": [4, 8, 4], "stages_out_channels": widths} for name, widths in {
        "x0_5": [24, 48, 96, 192, 1024], "x1_0": [24, 116, 232, 464, 1024], "x1_5": [24, 176, 352, 704, 1024], "x2_0": [24, 244, 488, 976, 2048],
    }.items()
})
