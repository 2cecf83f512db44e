"""ConvNeXt (Liu et al., A ConvNet for the 2020s, arXiv:2201.03545)."""
from dataclasses import dataclass
from functools import partial
from typing import Optional

import torch
from torch import nn
from torch.nn import functional as F

from ..ops.misc import Conv2dNormActivation, Permute
from ..ops.stochastic_depth import StochasticDepth
from ._api import register_models
from ._initialization import initialize, weight_by


class LayerNorm2d(nn.LayerNorm):
    """Layer normalization of the channels of (N, C, H, W)."""

    def forward(self, x):
        x = F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)


class CNBlock(nn.Module):
    """Depthwise 7 × 7, normalization, and two linear layers per pixel; scaled per channel and added to the input."""

    def __init__(self, dim, layer_scale, stochastic_depth_prob, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or partial(nn.LayerNorm, eps=1e-6)
        self.block = nn.Sequential(
            nn.Conv2d(dim, dim, kernel_size=7, padding=3, groups=dim), Permute([0, 2, 3, 1]), norm_layer(dim), nn.Linear(dim, 4 * dim),
            nn.GELU(), nn.Linear(4 * dim, dim), Permute([0, 3, 1, 2]))
        self.layer_scale = nn.Parameter(torch.full((dim, 1, 1), float(layer_scale)))
        self.stochastic_depth = StochasticDepth(stochastic_depth_prob, "row")

    def forward(self, input):
        result = self.stochastic_depth(self.layer_scale * self.block(input))
        result += input
        return result


@dataclass
class CNBlockConfig:
    """A stage: its width, the width of the next (None after the last), its blocks."""

    input_channels: int
    out_channels: Optional[int]
    num_layers: int


class ConvNeXt(nn.Module):
    def __init__(self, block_setting, stochastic_depth_prob=0.0, layer_scale=1e-6, num_classes=1000, block=None, norm_layer=None, **kwargs):
        super().__init__()
        if not block_setting:
            raise ValueError("The block_setting should not be empty")
        if not (isinstance(block_setting, (list, tuple)) and all(isinstance(stage, CNBlockConfig) for stage in block_setting)):
            raise TypeError("The block_setting should be List[CNBlockConfig]")
        block, norm_layer = block or CNBlock, norm_layer or partial(LayerNorm2d, eps=1e-6)
        layers = [Conv2dNormActivation(3, block_setting[0].input_channels, kernel_size=4, stride=4, padding=0, norm_layer=norm_layer,
                                       activation_layer=None, bias=True)]
        depth, position = sum(stage.num_layers for stage in block_setting), 0
        for stage in block_setting:
            blocks = []
            for _ in range(stage.num_layers):
                blocks.append(block(stage.input_channels, layer_scale, stochastic_depth_prob * position / (depth - 1.0)))
                position += 1
            layers.append(nn.Sequential(*blocks))
            if stage.out_channels is not None:
                layers.append(nn.Sequential(norm_layer(stage.input_channels),
                                            nn.Conv2d(stage.input_channels, stage.out_channels, kernel_size=2, stride=2)))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        width = block_setting[-1].out_channels or block_setting[-1].input_channels
        self.classifier = nn.Sequential(norm_layer(width), nn.Flatten(1), nn.Linear(width, num_classes))
        initialize(self, {(nn.Conv2d, nn.Linear): weight_by(partial(nn.init.trunc_normal_, std=0.02))})

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)))


def _build(width, depths, **kwargs):
    """Each stage is twice as wide as the one before."""
    widths = [width * 2 ** stage for stage in range(len(depths))]
    return ConvNeXt([CNBlockConfig(*stage) for stage in zip(widths, [*widths[1:], None], depths)], **kwargs)


register_models(globals(), _build, {
    "convnext_tiny": {"width": 96, "depths": (3, 3, 9, 3), "stochastic_depth_prob": 0.1},
    "convnext_small": {"width": 96, "depths": (3, 3, 27, 3), "stochastic_depth_prob": 0.4},
    "convnext_base": {"width": 128, "depths": (3, 3, 27, 3), "stochastic_depth_prob": 0.5},
    "convnext_large": {"width": 192, "depths": (3, 3, 27, 3), "stochastic_depth_prob": 0.5},
})
