"""EfficientNet (Tan & Le, arXiv:1905.11946) and EfficientNetV2 (arXiv:2104.00298)."""
import copy
import math
from dataclasses import dataclass
from functools import partial
from typing import Callable

import torch
from torch import nn

from ..ops.misc import Conv2dNormActivation, SqueezeExcitation
from ..ops.stochastic_depth import StochasticDepth
from ._api import register_models
from ._initialization import initialize, weight_by
from ._utils import _make_divisible


@dataclass
class _MBConvConfig:
    """A stage: `num_layers` blocks, of which the first changes the width and has the stride."""

    expand_ratio: float
    kernel: int
    stride: int
    input_channels: int
    out_channels: int
    num_layers: int
    block: Callable[..., nn.Module]

    @staticmethod
    def adjust_channels(channels, width_mult, min_value=None):
        return _make_divisible(channels * width_mult, 8, min_value)


class MBConvConfig(_MBConvConfig):
    def __init__(self, expand_ratio, kernel, stride, input_channels, out_channels, num_layers, width_mult=1.0, depth_mult=1.0, block=None):
        super().__init__(expand_ratio, kernel, stride, self.adjust_channels(input_channels, width_mult),
                         self.adjust_channels(out_channels, width_mult), self.adjust_depth(num_layers, depth_mult), block or MBConv)

    @staticmethod
    def adjust_depth(num_layers, depth_mult):
        return math.ceil(num_layers * depth_mult)


class FusedMBConvConfig(_MBConvConfig):
    def __init__(self, expand_ratio, kernel, stride, input_channels, out_channels, num_layers, block=None):
        super().__init__(expand_ratio, kernel, stride, input_channels, out_channels, num_layers, block or FusedMBConv)


class _InvertedBottleneck(nn.Module):
    """A block that is wide within, added to its input where both are of one size."""

    def _build(self, cnf, stochastic_depth_prob, layers):
        if not 1 <= cnf.stride <= 2:
            raise ValueError("illegal stride value")
        self.use_res_connect = cnf.stride == 1 and cnf.input_channels == cnf.out_channels
        self.block = nn.Sequential(*layers)
        self.stochastic_depth = StochasticDepth(stochastic_depth_prob, "row")
        self.out_channels = cnf.out_channels

    def forward(self, input):
        result = self.block(input)
        if self.use_res_connect:
            result = self.stochastic_depth(result)
            result += input
        return result


class MBConv(_InvertedBottleneck):
    """Widening 1 × 1, depthwise, squeeze and excitation, narrowing 1 × 1."""

    def __init__(self, cnf, stochastic_depth_prob, norm_layer, se_layer=SqueezeExcitation):
        super().__init__()
        convolve = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.SiLU)
        width = cnf.adjust_channels(cnf.input_channels, cnf.expand_ratio)
        layers = [convolve(cnf.input_channels, width, kernel_size=1)] if width != cnf.input_channels else []
        layers.append(convolve(width, width, kernel_size=cnf.kernel, stride=cnf.stride, groups=width))
        layers.append(se_layer(width, max(1, cnf.input_channels // 4), activation=partial(nn.SiLU, inplace=True)))
        layers.append(convolve(width, cnf.out_channels, kernel_size=1, activation_layer=None))
        self._build(cnf, stochastic_depth_prob, layers)


class FusedMBConv(_InvertedBottleneck):
    """One dense convolution in place of the widening and the depthwise one, and nothing after it where nothing is widened."""

    def __init__(self, cnf, stochastic_depth_prob, norm_layer):
        super().__init__()
        convolve = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.SiLU)
        width = cnf.adjust_channels(cnf.input_channels, cnf.expand_ratio)
        is_widened = width != cnf.input_channels
        layers = [convolve(cnf.input_channels, width if is_widened else cnf.out_channels, kernel_size=cnf.kernel, stride=cnf.stride)]
        if is_widened:
            layers.append(convolve(width, cnf.out_channels, kernel_size=1, activation_layer=None))
        self._build(cnf, stochastic_depth_prob, layers)


class EfficientNet(nn.Module):
    def __init__(self, inverted_residual_setting, dropout, stochastic_depth_prob=0.2, num_classes=1000, norm_layer=None, last_channel=None):
        super().__init__()
        stages = inverted_residual_setting
        if not stages:
            raise ValueError("The inverted_residual_setting should not be empty")
        if not (isinstance(stages, (list, tuple)) and all(isinstance(stage, _MBConvConfig) for stage in stages)):
            raise TypeError("The inverted_residual_setting should be List[MBConvConfig]")
        norm_layer = norm_layer or nn.BatchNorm2d
        convolve = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=nn.SiLU)
        layers = [convolve(3, stages[0].input_channels, kernel_size=3, stride=2)]
        depth, position = sum(stage.num_layers for stage in stages), 0
        for stage in stages:
            blocks = []
            for _ in range(stage.num_layers):
                each = copy.copy(stage)
                if blocks:
                    each.input_channels, each.stride = each.out_channels, 1
                blocks.append(each.block(each, stochastic_depth_prob * float(position) / depth, norm_layer))
                position += 1
            layers.append(nn.Sequential(*blocks))
        width = stages[-1].out_channels
        last_channel = 4 * width if last_channel is None else last_channel
        layers.append(convolve(width, last_channel, kernel_size=1))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(p=dropout, inplace=True), nn.Linear(last_channel, num_classes))
        initialize(self, {nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out")), nn.Linear: _fill_linear})

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _fill_linear(layer):
    bound = 1.0 / math.sqrt(layer.out_features)
    nn.init.uniform_(layer.weight, -bound, bound)
    nn.init.zeros_(layer.bias)


# Stages as arguments of their configuration: expansion, kernel, stride, width before and after, blocks.
_B0 = ((1, 3, 1, 32, 16, 1), (6, 3, 2, 16, 24, 2), (6, 5, 2, 24, 40, 2), (6, 3, 2, 40, 80, 3), (6, 5, 1, 80, 112, 3), (6, 5, 2, 112, 192, 4),
       (6, 3, 1, 192, 320, 1))
_V2 = {  # size -> (stages of fused blocks, stages of others, dropout)
    "s": (((1, 3, 1, 24, 24, 2), (4, 3, 2, 24, 48, 4), (4, 3, 2, 48, 64, 4)),
          ((4, 3, 2, 64, 128, 6), (6, 3, 1, 128, 160, 9), (6, 3, 2, 160, 256, 15)), 0.2),
    "m": (((1, 3, 1, 24, 24, 3), (4, 3, 2, 24, 48, 5), (4, 3, 2, 48, 80, 5)),
          ((4, 3, 2, 80, 160, 7), (6, 3, 1, 160, 176, 14), (6, 3, 2, 176, 304, 18), (6, 3, 1, 304, 512, 5)), 0.3),
    "l": (((1, 3, 1, 32, 32, 4), (4, 3, 2, 32, 64, 7), (4, 3, 2, 64, 96, 7)),
          ((4, 3, 2, 96, 192, 10), (6, 3, 1, 192, 224, 19), (6, 3, 2, 224, 384, 25), (6, 3, 1, 384, 640, 7)), 0.4),
}


def _build(stages, dropout, norm=None, **kwargs):
    """`norm`: what the normalization has other than its defaults."""
    own_norm = {} if norm is None else {"norm_layer": partial(nn.BatchNorm2d, **norm)}
    return EfficientNet(stages, dropout, **own_norm, **kwargs)


def _scaled(width, depth):
    return [MBConvConfig(*stage, width_mult=width, depth_mult=depth) for stage in _B0]


_wider_norm = {"eps": 0.001, "momentum": 0.01}

register_models(globals(), _build, {
    "efficientnet_b0": {"stages": _scaled(1.0, 1.0), "dropout": 0.2},
    "efficientnet_b1": {"stages": _scaled(1.0, 1.1), "dropout": 0.2},
    "efficientnet_b2": {"stages": _scaled(1.1, 1.2), "dropout": 0.3},
    "efficientnet_b3": {"stages": _scaled(1.2, 1.4), "dropout": 0.3},
    "efficientnet_b4": {"stages": _scaled(1.4, 1.8), "dropout": 0.4},
    "efficientnet_b5": {"stages": _scaled(1.6, 2.2), "dropout": 0.4, "norm": _wider_norm},
    "efficientnet_b6": {"stages": _scaled(1.8, 2.6), "dropout": 0.5, "norm": _wider_norm},
    "efficientnet_b7": {"stages": _scaled(2.0, 3.1), "dropout": 0.5, "norm": _wider_norm},
    **{f"efficientnet_v2_{size}": {
        "stages": [*(FusedMBConvConfig(*stage) for stage in fused), *(MBConvConfig(*stage) for stage in others)],
        "dropout": dropout, "norm": {"eps": 0.001}, "last_channel": 1280} for size, (fused, others, dropout) in _V2.items()},
})
