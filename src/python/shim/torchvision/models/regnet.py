"""RegNet (Radosavovic et al., Designing Network Design Spaces, arXiv:2003.13678): X, and Y with squeeze and excitation."""
import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from torch import nn

from ..ops.misc import Conv2dNormActivation, SqueezeExcitation
from ._api import register_models
from ._initialization import initialize, weight_by
from ._utils import _make_divisible


class SimpleStemIN(Conv2dNormActivation):
    def __init__(self, width_in, width_out, norm_layer, activation_layer):
        super().__init__(width_in, width_out, 3, stride=2, norm_layer=norm_layer, activation_layer=activation_layer)


class BottleneckTransform(nn.Sequential):
    """1 × 1, grouped 3 × 3, squeeze and excitation if there is a ratio for it, 1 × 1."""

    def __init__(self, width_in, width_out, stride, norm_layer, activation_layer, group_width, bottleneck_multiplier, se_ratio):
        convolve = partial(Conv2dNormActivation, norm_layer=norm_layer, activation_layer=activation_layer)
        width = int(round(width_out * bottleneck_multiplier))
        layers = OrderedDict(a=convolve(width_in, width, 1), b=convolve(width, width, 3, stride=stride, groups=width // group_width))
        if se_ratio:
            layers["se"] = SqueezeExcitation(width, int(round(se_ratio * width_in)), activation=activation_layer)
        layers["c"] = convolve(width, width_out, 1, activation_layer=None)
        super().__init__(layers)


class ResBottleneckBlock(nn.Module):
    def __init__(self, width_in, width_out, stride, norm_layer, activation_layer, group_width=1, bottleneck_multiplier=1.0, se_ratio=None):
        super().__init__()
        self.proj = None
        if width_in != width_out or stride != 1:
            self.proj = Conv2dNormActivation(width_in, width_out, 1, stride=stride, norm_layer=norm_layer, activation_layer=None)
        self.f = BottleneckTransform(width_in, width_out, stride, norm_layer, activation_layer, group_width, bottleneck_multiplier, se_ratio)
        self.activation = activation_layer(inplace=True)

    def forward(self, x):
        return self.activation((x if self.proj is None else self.proj(x)) + self.f(x))


class AnyStage(nn.Sequential):
    """Blocks of one width; the first has the stride."""

    def __init__(self, width_in, width_out, stride, depth, block_constructor, norm_layer, activation_layer, group_width,
                 bottleneck_multiplier, se_ratio=None, stage_index=0):
        super().__init__()
        for position in range(depth):
            before, step = (width_in, stride) if position == 0 else (width_out, 1)
            self.add_module(f"block{stage_index}-{position}", block_constructor(
                before, width_out, step, norm_layer, activation_layer, group_width, bottleneck_multiplier, se_ratio))


@dataclass
class BlockParams:
    """Of each stage its depth, width, width of groups, bottleneck multiplier and stride."""

    depths: list
    widths: list
    group_widths: list
    bottleneck_multipliers: list
    strides: list
    se_ratio: object = None

    @classmethod
    def from_init_params(cls, depth, w_0, w_a, w_m, group_width, bottleneck_multiplier=1.0, se_ratio=None, **kwargs):
        """Stages from the linear parametrization of widths u_j = w_0 + w_a · j, brought to w_0 · w_m^k and to multiples of 8 (section 3.3)."""
        if w_a < 0 or w_0 <= 0 or w_m <= 1 or w_0 % 8 != 0:
            raise ValueError("Invalid RegNet settings")
        exponents = [round(math.log((w_0 + w_a * block) / w_0) / math.log(w_m)) for block in range(depth)]
        widths = [8 * round(w_0 * w_m ** exponent / 8) for exponent in exponents]
        stages = [(width, len(list(blocks))) for width, blocks in groupby(widths)]
        widths, group_widths = [], []
        for width, _ in stages:
            inner = int(width * bottleneck_multiplier)
            group_widths.append(min(group_width, inner))
            widths.append(int(_make_divisible(inner, group_widths[-1]) / bottleneck_multiplier))
        count = len(stages)
        return cls([blocks for _, blocks in stages], widths, group_widths, [bottleneck_multiplier] * count, [2] * count, se_ratio)

    def _get_expanded_params(self):
        return zip(self.widths, self.strides, self.depths, self.group_widths, self.bottleneck_multipliers)


class RegNet(nn.Module):
    def __init__(self, block_params, num_classes=1000, stem_width=32, stem_type=None, block_type=None, norm_layer=None, activation=None):
        super().__init__()
        norm_layer, activation, block_type = norm_layer or nn.BatchNorm2d, activation or nn.ReLU, block_type or ResBottleneckBlock
        self.stem = (stem_type or SimpleStemIN)(3, stem_width, norm_layer, activation)
        before, stages = stem_width, OrderedDict()
        for number, (width, stride, depth, group_width, multiplier) in enumerate(block_params._get_expanded_params(), 1):
            stages[f"block{number}"] = AnyStage(before, width, stride, depth, block_type, norm_layer, activation, group_width, multiplier,
                                                block_params.se_ratio, stage_index=number)
            before = width
        self.trunk_output = nn.Sequential(stages)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(before, num_classes)
        initialize(self, {nn.Conv2d: _fill_convolution, nn.Linear: weight_by(partial(nn.init.normal_, mean=0.0, std=0.01))})

    def forward(self, x):
        return self.fc(self.avgpool(self.trunk_output(self.stem(x))).flatten(start_dim=1))


def _fill_convolution(layer):
    """Its weight; a bias stays as it is."""
    fan_out = math.prod(layer.kernel_size) * layer.out_channels
    nn.init.normal_(layer.weight, mean=0.0, std=math.sqrt(2.0 / fan_out))


def _build(numbers, se_ratio, norm_layer=partial(nn.BatchNorm2d, eps=1e-5, momentum=0.1), **kwargs):
    return RegNet(BlockParams.from_init_params(*numbers, se_ratio=se_ratio, **kwargs), norm_layer=norm_layer, **kwargs)


# size -> (blocks, w_0, w_a, w_m, width of groups)
_Y = {"400mf": (16, 48, 27.89, 2.09, 8), "800mf": (14, 56, 38.84, 2.4, 16), "1_6gf": (27, 48, 20.71, 2.65, 24),
      "3_2gf": (21, 80, 42.63, 2.66, 24), "8gf": (17, 192, 76.82, 2.19, 56), "16gf": (18, 200, 106.23, 2.48, 112),
      "32gf": (20, 232, 115.89, 2.53, 232), "128gf": (27, 456, 160.83, 2.52, 264)}
_X = {"400mf": (22, 24, 24.48, 2.54, 16), "800mf": (16, 56, 35.73, 2.28, 16), "1_6gf": (18, 80, 34.01, 2.25, 24),
      "3_2gf": (25, 88, 26.31, 2.25, 48), "8gf": (23, 80, 49.56, 2.88, 120), "16gf": (22, 216, 55.59, 2.1, 128),
      "32gf": (23, 320, 69.86, 2.0, 168)}
for _kind, _rows, _ratio in (("y", _Y, 0.25), ("x", _X, None)):
    register_models(globals(), _build, {f"regnet_{_kind}_{size}": {"numbers": numbers, "se_ratio": _ratio} for size, numbers in _rows.items()})
