"""MobileNet V3 (Howard et al. 2019), large and small."""
from functools import partial

import torch
from torch import nn

from ..ops.misc import Conv2dNormActivation, SqueezeExcitation
from ._api import register_models
from ._initialization import initialize
from ._utils import _make_divisible
from .mobilenetv2 import INITIALIZATION

# Tables 1 and 2 of the paper: side of the kernel, channels of the expansion, output channels, squeeze and excitation, activation, stride.
# The last three belong to the tail, which may be halved, or dilated instead of strided. Then the channels of the classifier.
_ARCHITECTURES = {
    "mobilenet_v3_large": (16, (
        (3, 16, 16, False, "RE", 1), (3, 64, 24, False, "RE", 2), (3, 72, 24, False, "RE", 1), (5, 72, 40, True, "RE", 2), (5, 120, 40, True, "RE", 1),
        (5, 120, 40, True, "RE", 1), (3, 240, 80, False, "HS", 2), (3, 200, 80, False, "HS", 1), (3, 184, 80, False, "HS", 1),
        (3, 184, 80, False, "HS", 1), (3, 480, 112, True, "HS", 1), (3, 672, 112, True, "HS", 1),
        (5, 672, 160, True, "HS", 2), (5, 960, 160, True, "HS", 1), (5, 960, 160, True, "HS", 1)), 1280),
    "mobilenet_v3_small": (16, (
        (3, 16, 16, True, "RE", 2), (3, 72, 24, False, "RE", 2), (3, 88, 24, False, "RE", 1), (5, 96, 40, True, "HS", 2), (5, 240, 40, True, "HS", 1),
        (5, 240, 40, True, "HS", 1), (5, 120, 48, True, "HS", 1), (5, 144, 48, True, "HS", 1),
        (5, 288, 96, True, "HS", 2), (5, 576, 96, True, "HS", 1), (5, 576, 96, True, "HS", 1)), 1024),
}


class InvertedResidualConfig:
    """A row of those tables."""

    def __init__(self, input_channels, kernel, expanded_channels, out_channels, use_se, activation, stride, dilation, width_mult):
        self.input_channels = self.adjust_channels(input_channels, width_mult)
        self.kernel = kernel
        self.expanded_channels = self.adjust_channels(expanded_channels, width_mult)
        self.out_channels = self.adjust_channels(out_channels, width_mult)
        self.use_se, self.use_hs = use_se, activation == "HS"
        self.stride, self.dilation = stride, dilation

    @staticmethod
    def adjust_channels(channels, width_mult):
        return _make_divisible(channels * width_mult, 8)


class InvertedResidual(nn.Module):
    def __init__(self, cnf, norm_layer, se_layer=partial(SqueezeExcitation, scale_activation=nn.Hardsigmoid)):
        super().__init__()
        if not 1 <= cnf.stride <= 2:
            raise ValueError("illegal stride value")
        self.use_res_connect = cnf.stride == 1 and cnf.input_channels == cnf.out_channels
        block = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.Hardswish if cnf.use_hs else nn.ReLU)
        width = cnf.expanded_channels
        layers = [] if width == cnf.input_channels else [block(cnf.input_channels, width, kernel_size=1)]
        layers.append(block(width, width, kernel_size=cnf.kernel, stride=cnf.stride if cnf.dilation == 1 else 1, dilation=cnf.dilation, groups=width))
        if cnf.use_se:
            layers.append(se_layer(width, _make_divisible(width // 4, 8)))
        layers.append(block(width, cnf.out_channels, kernel_size=1, activation_layer=None))
        self.block = nn.Sequential(*layers)
        self.out_channels = cnf.out_channels
        self._is_cn = cnf.stride > 1

    def forward(self, input):
        result = self.block(input)
        if self.use_res_connect:
            result += input
        return result


class MobileNetV3(nn.Module):
    def __init__(self, inverted_residual_setting, last_channel, num_classes=1000, block=None, norm_layer=None, dropout=0.2):
        super().__init__()
        if not inverted_residual_setting:
            raise ValueError("The inverted_residual_setting should not be empty")
        if not (isinstance(inverted_residual_setting, (list, tuple)) and all(isinstance(row, InvertedResidualConfig) for row in inverted_residual_setting)):
            raise TypeError("The inverted_residual_setting should be List[InvertedResidualConfig]")
        block, norm_layer = block or InvertedResidual, norm_layer or partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        outer = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.Hardswish)
        narrow = inverted_residual_setting[-1].out_channels
        self.features = nn.Sequential(
            outer(3, inverted_residual_setting[0].input_channels, kernel_size=3, stride=2),
            *[block(row, norm_layer) for row in inverted_residual_setting],
            outer(narrow, 6 * narrow, kernel_size=1))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(6 * narrow, last_channel), nn.Hardswish(inplace=True), nn.Dropout(dropout, inplace=True), nn.Linear(last_channel, num_classes))
        initialize(self, INITIALIZATION)

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _mobilenet_v3_conf(arch, width_mult=1.0, reduced_tail=False, dilated=False, **kwargs):
    """The rows of an architecture and the width of its classifier."""
    channels, rows, last = _ARCHITECTURES[arch]
    shrink, dilation = 2 if reduced_tail else 1, 2 if dilated else 1
    setting = []
    for position, (kernel, expanded, out, *rest) in enumerate(rows):
        in_tail = position >= len(rows) - 3
        if in_tail:
            expanded, out = expanded if position == len(rows) - 3 else expanded // shrink, out // shrink
        setting.append(InvertedResidualConfig(channels, kernel, expanded, out, *rest, dilation if in_tail else 1, width_mult))
        channels = out
    return setting, InvertedResidualConfig.adjust_channels(last // shrink, width_mult)


def _mobilenet_v3(arch, **kwargs):
    shape = {name: kwargs.pop(name) for name in ("width_mult", "reduced_tail", "dilated") if name in kwargs}
    return MobileNetV3(*_mobilenet_v3_conf(arch, **shape), **kwargs)


register_models(globals(), _mobilenet_v3, {name: {"arch": name} for name in _ARCHITECTURES})
