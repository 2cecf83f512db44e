"""ResNets over time (Tran et al., A Closer Look at Spatiotemporal Convolutions, arXiv:1711.11248): R3D, MC3, R(2+1)D. Input (N, 3, T, H, W)."""
from functools import partial

from torch import nn

from .._api import register_models
from .._initialization import initialize, weight_by


class Conv3DSimple(nn.Conv3d):
    def __init__(self, in_planes, out_planes, midplanes=None, stride=1, padding=1):
        super().__init__(in_planes, out_planes, (3, 3, 3), stride, padding, bias=False)

    @staticmethod
    def get_downsample_stride(stride):
        return stride, stride, stride


class Conv2Plus1D(nn.Sequential):
    """Over space, then over time."""

    def __init__(self, in_planes, out_planes, midplanes, stride=1, padding=1):
        super().__init__(*_apart(in_planes, midplanes, out_planes, 3, stride, stride, padding, padding))

    get_downsample_stride = staticmethod(Conv3DSimple.get_downsample_stride)


class Conv3DNoTemporal(nn.Conv3d):
    def __init__(self, in_planes, out_planes, midplanes=None, stride=1, padding=1):
        super().__init__(in_planes, out_planes, (1, 3, 3), (1, stride, stride), (0, padding, padding), bias=False)

    @staticmethod
    def get_downsample_stride(stride):
        return 1, stride, stride


def _apart(in_planes, midplanes, out_planes, size, stride, time_stride, padding, time_padding):
    """A convolution over space, normalized and rectified, and one of three frames over time."""
    return (nn.Conv3d(in_planes, midplanes, (1, size, size), (1, stride, stride), (0, padding, padding), bias=False),
            nn.BatchNorm3d(midplanes), nn.ReLU(inplace=True),
            nn.Conv3d(midplanes, out_planes, (3, 1, 1), (time_stride, 1, 1), (time_padding, 0, 0), bias=False))


def _inner_width(inplanes, planes):
    """The width between space and time that makes both together as large as one 3 × 3 × 3 convolution."""
    return (inplanes * planes * 27) // (inplanes * 9 + 3 * planes)


def _normalized(convolution, planes, *activation):
    return nn.Sequential(convolution, nn.BatchNorm3d(planes), *activation)


class _Residual(nn.Module):
    """Convolutions named conv1, conv2, …, added to the input."""

    def _build(self, convolutions, stride, downsample):
        for number, convolution in enumerate(convolutions, 1):
            setattr(self, f"conv{number}", convolution)
        self.relu = nn.ReLU(inplace=True)
        self.downsample, self.stride = downsample, stride
        self._count = len(convolutions)

    def forward(self, x):
        out = x
        for number in range(1, self._count + 1):
            out = getattr(self, f"conv{number}")(out)
        out += x if self.downsample is None else self.downsample(x)
        return self.relu(out)


class BasicBlock(_Residual):
    expansion = 1

    def __init__(self, inplanes, planes, conv_builder, stride=1, downsample=None):
        super().__init__()
        width = _inner_width(inplanes, planes)
        self._build([_normalized(conv_builder(inplanes, planes, width, stride), planes, nn.ReLU(inplace=True)),
                     _normalized(conv_builder(planes, planes, width), planes)], stride, downsample)


class Bottleneck(_Residual):
    expansion = 4

    def __init__(self, inplanes, planes, conv_builder, stride=1, downsample=None):
        super().__init__()
        wide = planes * self.expansion
        self._build([_normalized(nn.Conv3d(inplanes, planes, kernel_size=1, bias=False), planes, nn.ReLU(inplace=True)),
                     _normalized(conv_builder(planes, planes, _inner_width(inplanes, planes), stride), planes, nn.ReLU(inplace=True)),
                     _normalized(nn.Conv3d(planes, wide, kernel_size=1, bias=False), wide)], stride, downsample)


class BasicStem(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv3d(3, 64, (3, 7, 7), (1, 2, 2), (1, 3, 3), bias=False), nn.BatchNorm3d(64), nn.ReLU(inplace=True))


class R2Plus1dStem(nn.Sequential):
    def __init__(self):
        super().__init__(*_apart(3, 45, 64, 7, 2, 1, 3, 1), nn.BatchNorm3d(64), nn.ReLU(inplace=True))


class VideoResNet(nn.Module):
    def __init__(self, block, conv_makers, layers, stem, num_classes=400, zero_init_residual=False):
        super().__init__()
        self.inplanes = 64
        self.stem = stem()
        for number, (make, blocks) in enumerate(zip(conv_makers, layers), 1):
            setattr(self, f"layer{number}", self._make_layer(block, make, 32 * 2 ** number, blocks, stride=1 if number == 1 else 2))
        self.avgpool = nn.AdaptiveAvgPool3d((1, 1, 1))
        self.fc = nn.Linear(512 * block.expansion, num_classes)
        initialize(self, {nn.Conv3d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu")),
                          nn.Linear: weight_by(partial(nn.init.normal_, mean=0, std=0.01))})
        if zero_init_residual:
            initialize(self, {Bottleneck: lambda block: nn.init.zeros_(block.conv3[1].weight)})

    def _make_layer(self, block, conv_builder, planes, blocks, stride=1):
        before, self.inplanes = self.inplanes, planes * block.expansion
        downsample = None
        if stride != 1 or before != self.inplanes:
            steps = conv_builder.get_downsample_stride(stride)
            downsample = _normalized(nn.Conv3d(before, self.inplanes, kernel_size=1, stride=steps, bias=False), self.inplanes)
        return nn.Sequential(block(before, planes, conv_builder, stride, downsample),
                             *(block(self.inplanes, planes, conv_builder) for _ in range(1, blocks)))

    def forward(self, x):
        for layer in (self.stem, self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.fc(self.avgpool(x).flatten(1))


_eighteen = {"block": BasicBlock, "layers": [2, 2, 2, 2], "stem": BasicStem}
register_models(globals(), VideoResNet, {
    "r3d_18": {**_eighteen, "conv_makers": [Conv3DSimple] * 4},
    "mc3_18": {**_eighteen, "conv_makers": [Conv3DSimple] + [Conv3DNoTemporal] * 3},
    "r2plus1d_18": {**_eighteen, "conv_makers": [Conv2Plus1D] * 4, "stem": R2Plus1dStem},
})
