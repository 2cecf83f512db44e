"""Inception v3 (Szegedy et al. 2015, "Rethinking the Inception Architecture for Computer Vision")."""
from collections import namedtuple

import torch
from torch import nn
from torch.nn import functional as F

from ._api import register_model
from ._inception import BasicConv2d, built, initialize_if, transformed

InceptionOutputs = _InceptionOutputs = namedtuple("InceptionOutputs", ["logits", "aux_logits"])


class _Branches(nn.Module):
    """Branches of convolutions, each an attribute; `_add` makes them, `_chain` calls those of one branch in turn."""

    def __init__(self, conv_block):
        super().__init__()
        self._conv = conv_block or BasicConv2d

    def _add(self, channels, *branches):
        """branch: its name, then for each of its convolutions (suffix, output channels, kernel). A stride of 2 is written as a third number."""
        for name, *convolutions in branches:
            width = channels
            for suffix, out, kernel, *stride in convolutions:
                setattr(self, name + suffix, self._conv(width, out, **_geometry(kernel, *stride)))
                width = out

    def _chain(self, x, name, count):
        for position in range(count):
            x = getattr(self, f"{name}_{position + 1}")(x)
        return x

    def _pooled(self, x):
        return self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))


def _geometry(kernel, stride=1):
    """The size stays, except that a stride of 2 goes without padding."""
    if stride != 1:
        return {"kernel_size": kernel, "stride": stride}
    padding = tuple(side // 2 for side in kernel) if isinstance(kernel, tuple) else kernel // 2
    return {"kernel_size": kernel, "padding": padding} if padding else {"kernel_size": kernel}


class InceptionA(_Branches):
    def __init__(self, in_channels, pool_features, conv_block=None):
        super().__init__(conv_block)
        self._add(in_channels, ("branch1x1", ("", 64, 1)), ("branch5x5", ("_1", 48, 1), ("_2", 64, 5)),
                  ("branch3x3dbl", ("_1", 64, 1), ("_2", 96, 3), ("_3", 96, 3)), ("branch_pool", ("", pool_features, 1)))

    def _forward(self, x):
        return [self.branch1x1(x), self._chain(x, "branch5x5", 2), self._chain(x, "branch3x3dbl", 3), self._pooled(x)]

    def forward(self, x):
        return torch.cat(self._forward(x), 1)


class InceptionB(_Branches):
    """Halves the sides."""

    def __init__(self, in_channels, conv_block=None):
        super().__init__(conv_block)
        self._add(in_channels, ("branch3x3", ("", 384, 3, 2)), ("branch3x3dbl", ("_1", 64, 1), ("_2", 96, 3), ("_3", 96, 3, 2)))

    def _forward(self, x):
        return [self.branch3x3(x), self._chain(x, "branch3x3dbl", 3), F.max_pool2d(x, kernel_size=3, stride=2)]

    def forward(self, x):
        return torch.cat(self._forward(x), 1)


class InceptionC(_Branches):
    """7 × 7 as 1 × 7 after 7 × 1."""

    def __init__(self, in_channels, channels_7x7, conv_block=None):
        super().__init__(conv_block)
        c, row, column = channels_7x7, (1, 7), (7, 1)
        self._add(in_channels, ("branch1x1", ("", 192, 1)), ("branch7x7", ("_1", c, 1), ("_2", c, row), ("_3", 192, column)),
                  ("branch7x7dbl", ("_1", c, 1), ("_2", c, column), ("_3", c, row), ("_4", c, column), ("_5", 192, row)), ("branch_pool", ("", 192, 1)))

    def _forward(self, x):
        return [self.branch1x1(x), self._chain(x, "branch7x7", 3), self._chain(x, "branch7x7dbl", 5), self._pooled(x)]

    def forward(self, x):
        return torch.cat(self._forward(x), 1)


class InceptionD(_Branches):
    """Halves the sides."""

    def __init__(self, in_channels, conv_block=None):
        super().__init__(conv_block)
        self._add(in_channels, ("branch3x3", ("_1", 192, 1), ("_2", 320, 3, 2)),
                  ("branch7x7x3", ("_1", 192, 1), ("_2", 192, (1, 7)), ("_3", 192, (7, 1)), ("_4", 192, 3, 2)))

    def _forward(self, x):
        return [self._chain(x, "branch3x3", 2), self._chain(x, "branch7x7x3", 4), F.max_pool2d(x, kernel_size=3, stride=2)]

    def forward(self, x):
        return torch.cat(self._forward(x), 1)


class InceptionE(_Branches):
    """Two of its branches end in 1 × 3 and 3 × 1 side by side."""

    def __init__(self, in_channels, conv_block=None):
        super().__init__(conv_block)
        row, column = (1, 3), (3, 1)
        self._add(in_channels, ("branch1x1", ("", 320, 1)), ("branch3x3", ("_1", 384, 1), ("_2a", 384, row), ("_2b", 384, column)),
                  ("branch3x3dbl", ("_1", 448, 1), ("_2", 384, 3), ("_3a", 384, row), ("_3b", 384, column)), ("branch_pool", ("", 192, 1)))

    def _forward(self, x):
        short, long = self.branch3x3_1(x), self._chain(x, "branch3x3dbl", 2)
        return [self.branch1x1(x), torch.cat([self.branch3x3_2a(short), self.branch3x3_2b(short)], 1),
                torch.cat([self.branch3x3dbl_3a(long), self.branch3x3dbl_3b(long)], 1), self._pooled(x)]

    def forward(self, x):
        return torch.cat(self._forward(x), 1)


class InceptionAux(nn.Module):
    """A classifier below the last reduction of the sides."""

    def __init__(self, in_channels, num_classes, conv_block=None):
        super().__init__()
        conv = conv_block or BasicConv2d
        self.conv0 = conv(in_channels, 128, kernel_size=1)
        self.conv1 = conv(128, 768, kernel_size=5)
        self.conv1.stddev = 0.01
        self.fc = nn.Linear(768, num_classes)
        self.fc.stddev = 0.001

    def forward(self, x):
        x = self.conv1(self.conv0(F.avg_pool2d(x, kernel_size=5, stride=3)))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, (1, 1)), 1))


class Inception3(nn.Module):
    def __init__(self, num_classes=1000, aux_logits=True, transform_input=False, inception_blocks=None, init_weights=None, dropout=0.5):
        super().__init__()
        conv, a, b, c, d, e, auxiliary = inception_blocks or (BasicConv2d, InceptionA, InceptionB, InceptionC, InceptionD, InceptionE, InceptionAux)
        self.aux_logits, self.transform_input = aux_logits, transform_input
        self.Conv2d_1a_3x3 = conv(3, 32, kernel_size=3, stride=2)
        self.Conv2d_2a_3x3 = conv(32, 32, kernel_size=3)
        self.Conv2d_2b_3x3 = conv(32, 64, kernel_size=3, padding=1)
        self.maxpool1 = nn.MaxPool2d(3, 2)
        self.Conv2d_3b_1x1 = conv(64, 80, kernel_size=1)
        self.Conv2d_4a_3x3 = conv(80, 192, kernel_size=3)
        self.maxpool2 = nn.MaxPool2d(3, 2)
        self.Mixed_5b, self.Mixed_5c, self.Mixed_5d = a(192, pool_features=32), a(256, pool_features=64), a(288, pool_features=64)
        self.Mixed_6a = b(288)
        self.Mixed_6b, self.Mixed_6c = c(768, channels_7x7=128), c(768, channels_7x7=160)
        self.Mixed_6d, self.Mixed_6e = c(768, channels_7x7=160), c(768, channels_7x7=192)
        self.AuxLogits = auxiliary(768, num_classes) if aux_logits else None
        self.Mixed_7a, self.Mixed_7b, self.Mixed_7c = d(768), e(1280), e(2048)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(2048, num_classes)
        initialize_if(init_weights, self, "inception_v3", lambda layer: float(getattr(layer, "stddev", 0.1)))

    def forward(self, x):
        if self.transform_input:
            x = transformed(x)
        x = self.maxpool1(self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(x))))
        x = self.maxpool2(self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(x)))
        x = self.Mixed_5d(self.Mixed_5c(self.Mixed_5b(x)))
        x = self.Mixed_6e(self.Mixed_6d(self.Mixed_6c(self.Mixed_6b(self.Mixed_6a(x)))))
        auxiliary = self.AuxLogits(x) if self.AuxLogits is not None and self.training else None
        x = self.avgpool(self.Mixed_7c(self.Mixed_7b(self.Mixed_7a(x))))
        x = self.fc(torch.flatten(self.dropout(x), 1))
        return InceptionOutputs(x, auxiliary) if self.training and self.aux_logits else x


@register_model
def inception_v3(weights, **kwargs):
    return built(Inception3, ("AuxLogits",), True, weights, kwargs)
