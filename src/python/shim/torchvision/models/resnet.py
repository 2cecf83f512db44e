"""ResNet (He et al. 2015), ResNeXt (Xie et al. 2016) and Wide ResNet (Zagoruyko & Komodakis 2016).

The stride of a bottleneck lies on its 3 × 3 convolution (the variant called ResNet V1.5).
"""
from functools import partial

import torch
from torch import nn

from ._api import register_models
from ._initialization import initialize, weight_by


def conv3x3(in_planes, out_planes, stride=1, groups=1, dilation=1):
    return nn.Conv2d(in_planes, out_planes, 3, stride, padding=dilation, dilation=dilation, groups=groups, bias=False)


def conv1x1(in_planes, out_planes, stride=1):
    return nn.Conv2d(in_planes, out_planes, 1, stride, bias=False)


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        if groups != 1 or base_width != 64:
            raise ValueError("BasicBlock only supports groups=1 and base_width=64")
        if dilation > 1:
            raise NotImplementedError("Dilation > 1 not supported in BasicBlock")
        self.conv1 = conv3x3(inplanes, planes, stride)
        self.bn1 = norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = conv3x3(planes, planes)
        self.bn2 = norm_layer(planes)
        self.downsample = downsample
        self.stride = stride

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return _joined(self, out, x)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inplanes, planes, stride=1, downsample=None, groups=1, base_width=64, dilation=1, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        width = int(planes * (base_width / 64.0)) * groups
        self.conv1 = conv1x1(inplanes, width)
        self.bn1 = norm_layer(width)
        self.conv2 = conv3x3(width, width, stride, groups, dilation)
        self.bn2 = norm_layer(width)
        self.conv3 = conv1x1(width, planes * self.expansion)
        self.bn3 = norm_layer(planes * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = downsample
        self.stride = stride

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        return _joined(self, out, x)


def _joined(block, out, x):
    out += x if block.downsample is None else block.downsample(x)
    return block.relu(out)


class ResNet(nn.Module):
    """`layers`: blocks of each of the four stages; all but the first halve the sides, unless their stride is replaced by dilation."""

    def __init__(self, block, layers, num_classes=1000, zero_init_residual=False, groups=1, width_per_group=64,
                 replace_stride_with_dilation=None, norm_layer=None):
        super().__init__()
        replaced = [False, False, False] if replace_stride_with_dilation is None else replace_stride_with_dilation
        if len(replaced) != 3:
            raise ValueError(f"replace_stride_with_dilation should be None or a 3-element tuple, got {replaced}")
        self._norm_layer = norm_layer or nn.BatchNorm2d
        self.inplanes, self.dilation = 64, 1
        self.groups, self.base_width = groups, width_per_group
        self.conv1 = nn.Conv2d(3, self.inplanes, 7, 2, 3, bias=False)
        self.bn1 = self._norm_layer(self.inplanes)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(block, 64, layers[0])
        self.layer2 = self._make_layer(block, 128, layers[1], stride=2, dilate=replaced[0])
        self.layer3 = self._make_layer(block, 256, layers[2], stride=2, dilate=replaced[1])
        self.layer4 = self._make_layer(block, 512, layers[3], stride=2, dilate=replaced[2])
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512 * block.expansion, num_classes)
        self._initialize(zero_init_residual)

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        first_dilation = self.dilation
        if dilate:
            self.dilation, stride = self.dilation * stride, 1
        out_planes = planes * block.expansion
        downsample = None
        if stride != 1 or self.inplanes != out_planes:
            downsample = nn.Sequential(conv1x1(self.inplanes, out_planes, stride), self._norm_layer(out_planes))
        made = []
        for position in range(blocks):
            first = (stride, downsample) if position == 0 else (1, None)
            made.append(block(self.inplanes, planes, *first, self.groups, self.base_width, self.dilation if position else first_dilation, self._norm_layer))
            self.inplanes = out_planes
        return nn.Sequential(*made)

    def _initialize(self, zero_init_residual):
        initialize(self, {
            nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu")),
            (nn.BatchNorm2d, nn.GroupNorm): weight_by(nn.init.ones_),
        })
        if zero_init_residual:  # each block begins as the identity (Goyal et al. 2017)
            initialize(self, {Bottleneck: lambda block: nn.init.zeros_(block.bn3.weight), BasicBlock: lambda block: nn.init.zeros_(block.bn2.weight)})

    def _forward_impl(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))

    def forward(self, x):
        return self._forward_impl(x)


def _rows():
    """name -> block, blocks of each stage, and groups × width where they are not 1 × 64"""
    for name, layers, *width in (
            ("resnet18", [2, 2, 2, 2]), ("resnet34", [3, 4, 6, 3]), ("resnet50", [3, 4, 6, 3]), ("resnet101", [3, 4, 23, 3]), ("resnet152", [3, 8, 36, 3]),
            ("resnext50_32x4d", [3, 4, 6, 3], 32, 4), ("resnext101_32x8d", [3, 4, 23, 3], 32, 8), ("resnext101_64x4d", [3, 4, 23, 3], 64, 4),
            ("wide_resnet50_2", [3, 4, 6, 3], 1, 128), ("wide_resnet101_2", [3, 4, 23, 3], 1, 128)):
        block = BasicBlock if name in ("resnet18", "resnet34") else Bottleneck
        yield name, {"block": block, "layers": layers, **dict(zip(("groups", "width_per_group"), width))}


register_models(globals(), ResNet, dict(_rows()))
