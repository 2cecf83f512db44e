"""MnasNet-B1 (Tan et al. 2018)."""
from functools import partial

from torch import nn

from ._api import register_models
from ._initialization import initialize, weight_by
from ._utils import _make_divisible

_BN_MOMENTUM = 1 - 0.9997  # of TensorFlow's 0.9997

# Figure 7 of the paper: channels at width 1, then side of the kernel, stride, factor of the expansion, blocks.
_STEM, _SEPARATED = 32, 16
_STACKS = ((24, 3, 2, 3, 3), (40, 5, 2, 3, 3), (80, 5, 2, 6, 3), (96, 3, 1, 6, 2), (192, 5, 2, 6, 4), (320, 3, 1, 6, 1))


def _convolved(channels, out, kernel=1, stride=1, groups=1, momentum=_BN_MOMENTUM, activated=True):
    return [nn.Conv2d(channels, out, kernel, padding=kernel // 2, stride=stride, groups=groups, bias=False), nn.BatchNorm2d(out, momentum=momentum),
            *([nn.ReLU(inplace=True)] if activated else [])]


class _InvertedResidual(nn.Module):
    def __init__(self, in_ch, out_ch, kernel_size, stride, expansion_factor, bn_momentum=0.1):
        super().__init__()
        if stride not in [1, 2]:
            raise ValueError(f"stride should be 1 or 2 instead of {stride}")
        if kernel_size not in [3, 5]:
            raise ValueError(f"kernel_size should be 3 or 5 instead of {kernel_size}")
        wide = in_ch * expansion_factor
        self.apply_residual = in_ch == out_ch and stride == 1
        self.layers = nn.Sequential(
            *_convolved(in_ch, wide, momentum=bn_momentum), *_convolved(wide, wide, kernel_size, stride, wide, bn_momentum),
            *_convolved(wide, out_ch, momentum=bn_momentum, activated=False))

    def forward(self, input):
        return self.layers(input) + input if self.apply_residual else self.layers(input)


class MNASNet(nn.Module):
    _version = 2

    def __init__(self, alpha, num_classes=1000, dropout=0.2):
        super().__init__()
        if alpha <= 0.0:
            raise ValueError(f"alpha should be greater than 0.0 instead of {alpha}")
        self.alpha, self.num_classes = alpha, num_classes
        stem, channels = _make_divisible(_STEM * alpha, 8), _make_divisible(_SEPARATED * alpha, 8)
        layers = [*_convolved(3, stem, 3, 2), *_convolved(stem, stem, 3, groups=stem), *_convolved(stem, channels, activated=False)]
        for width, kernel, stride, factor, count in _STACKS:
            out = _make_divisible(width * alpha, 8)
            rows = [(channels, stride), *[(out, 1)] * (count - 1)]
            layers.append(nn.Sequential(*[_InvertedResidual(before, out, kernel, step, factor, _BN_MOMENTUM) for before, step in rows]))
            channels = out
        self.layers = nn.Sequential(*layers, *_convolved(channels, 1280))
        self.classifier = nn.Sequential(nn.Dropout(dropout, inplace=True), nn.Linear(1280, num_classes))
        initialize(self, {
            nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu")),
            nn.BatchNorm2d: weight_by(nn.init.ones_),
            nn.Linear: weight_by(partial(nn.init.kaiming_uniform_, mode="fan_out", nonlinearity="sigmoid"))})

    def forward(self, x):
        return self.classifier(self.layers(x).mean([2, 3]))


register_models(globals(), MNASNet, {
    "mnasnet0_5": {"alpha": 0.5}, "mnasnet0_75": {"alpha": 0.75}, "mnasnet1_0": {"alpha": 1.0}, "mnasnet1_3": {"alpha": 1.3}})
