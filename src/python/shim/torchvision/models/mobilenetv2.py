"""MobileNet V2 (Sandler et al. 2018)."""
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ..ops.misc import Conv2dNormActivation
from ._api import register_models
from ._initialization import initialize, weight_by
from ._utils import _make_divisible

# Table 2 of the paper: factor of the expansion, output channels, blocks, stride of the first.
_SETTING = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))

INITIALIZATION = {
    nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out")),
    (nn.BatchNorm2d, nn.GroupNorm): weight_by(nn.init.ones_),
    nn.Linear: weight_by(partial(nn.init.normal_, std=0.01)),
}


class InvertedResidual(nn.Module):
    """Widens channels, convolves each by itself, and narrows them without an activation."""

    def __init__(self, inp, oup, stride, expand_ratio, norm_layer=None):
        super().__init__()
        if stride not in (1, 2):
            raise ValueError(f"stride should be 1 or 2 instead of {stride}")
        norm_layer = norm_layer or nn.BatchNorm2d
        hidden = int(round(inp * expand_ratio))
        block = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.ReLU6)
        self.stride = stride
        self.use_res_connect = stride == 1 and inp == oup
        self.conv = nn.Sequential(
            *([] if expand_ratio == 1 else [block(inp, hidden, kernel_size=1)]), block(hidden, hidden, stride=stride, groups=hidden),
            nn.Conv2d(hidden, oup, 1, bias=False), norm_layer(oup))
        self.out_channels = oup
        self._is_cn = stride > 1

    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, num_classes=1000, width_mult=1.0, inverted_residual_setting=None, round_nearest=8, block=None, norm_layer=None, dropout=0.2):
        super().__init__()
        setting = _SETTING if inverted_residual_setting is None else inverted_residual_setting
        if len(setting) == 0 or len(setting[0]) != 4:
            raise ValueError(f"inverted_residual_setting should be non-empty or a 4-element list, got {setting}")
        block, norm_layer = block or InvertedResidual, norm_layer or nn.BatchNorm2d
        channels = _make_divisible(32 * width_mult, round_nearest)
        self.last_channel = _make_divisible(1280 * max(1.0, width_mult), round_nearest)
        layers = [Conv2dNormActivation(3, channels, stride=2, norm_layer=norm_layer, activation_layer=nn.ReLU6)]
        for factor, width, count, stride in setting:
            out = _make_divisible(width * width_mult, round_nearest)
            for position in range(count):
                layers.append(block(channels, out, 1 if position else stride, expand_ratio=factor, norm_layer=norm_layer))
                channels = out
        layers.append(Conv2dNormActivation(channels, self.last_channel, kernel_size=1, norm_layer=norm_layer, activation_layer=nn.ReLU6))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(self.last_channel, num_classes))
        initialize(self, INITIALIZATION)

    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.features(x), (1, 1))
        return self.classifier(torch.flatten(x, 1))


register_models(globals(), MobileNetV2, {"mobilenet_v2": {}})
