"""GoogLeNet (Szegedy et al. 2014) with batch normalization; what the paper's blocks do by 5 × 5 is done by 3 × 3, as in the published weights."""
from collections import namedtuple

import torch
from torch import nn
from torch.nn import functional as F

from ._api import register_model
from ._inception import BasicConv2d, built, initialize_if, transformed

GoogLeNetOutputs = _GoogLeNetOutputs = namedtuple("GoogLeNetOutputs", ["logits", "aux_logits2", "aux_logits1"])


class Inception(nn.Module):
    """Four branches side by side: 1 × 1, 3 × 3, 3 × 3 (the paper's 5 × 5) and a maximum."""

    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj, conv_block=None):
        super().__init__()
        conv = conv_block or BasicConv2d
        self.branch1 = conv(in_channels, ch1x1, kernel_size=1)
        self.branch2 = nn.Sequential(conv(in_channels, ch3x3red, kernel_size=1), conv(ch3x3red, ch3x3, kernel_size=3, padding=1))
        self.branch3 = nn.Sequential(conv(in_channels, ch5x5red, kernel_size=1), conv(ch5x5red, ch5x5, kernel_size=3, padding=1))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), conv(in_channels, pool_proj, kernel_size=1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class InceptionAux(nn.Module):
    """A classifier at half the depth."""

    def __init__(self, in_channels, num_classes, conv_block=None, dropout=0.7):
        super().__init__()
        self.conv = (conv_block or BasicConv2d)(in_channels, 128, kernel_size=1)
        self.fc1 = nn.Linear(2048, 1024)
        self.fc2 = nn.Linear(1024, num_classes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = torch.flatten(self.conv(F.adaptive_avg_pool2d(x, (4, 4))), 1)
        return self.fc2(self.dropout(F.relu(self.fc1(x), inplace=True)))


# Table 1 of the paper. Inception modules: channels of 1 × 1, 3 × 3 reduced, 3 × 3, 5 × 5 reduced, 5 × 5, and after the maximum; a number: the side of a
# maximum, by 2.
_LAYERS = {
    "inception3a": (64, 96, 128, 16, 32, 32), "inception3b": (128, 128, 192, 32, 96, 64), "maxpool3": 3,
    "inception4a": (192, 96, 208, 16, 48, 64), "inception4b": (160, 112, 224, 24, 64, 64), "inception4c": (128, 128, 256, 24, 64, 64),
    "inception4d": (112, 144, 288, 32, 64, 64), "inception4e": (256, 160, 320, 32, 128, 128), "maxpool4": 2,
    "inception5a": (256, 160, 320, 32, 128, 128), "inception5b": (384, 192, 384, 48, 128, 128),
}
_AUXILIARY = {"inception4a": "aux1", "inception4d": "aux2"}  # the module after which each has its input from


class GoogLeNet(nn.Module):
    __constants__ = ["aux_logits", "transform_input"]

    def __init__(self, num_classes=1000, aux_logits=True, transform_input=False, init_weights=None, blocks=None, dropout=0.2, dropout_aux=0.7):
        super().__init__()
        conv, inception, auxiliary = blocks or (BasicConv2d, Inception, InceptionAux)
        self.aux_logits, self.transform_input = aux_logits, transform_input
        self.conv1 = conv(3, 64, kernel_size=7, stride=2, padding=3)
        self.maxpool1 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv2 = conv(64, 64, kernel_size=1)
        self.conv3 = conv(64, 192, kernel_size=3, padding=1)
        self.maxpool2 = nn.MaxPool2d(3, 2, ceil_mode=True)
        channels, heads = 192, {}
        for name, row in _LAYERS.items():
            if isinstance(row, int):
                self.add_module(name, nn.MaxPool2d(row, 2, ceil_mode=True))
            else:
                self.add_module(name, inception(channels, *row))
                channels = row[0] + row[2] + row[4] + row[5]
            if name in _AUXILIARY:
                heads[_AUXILIARY[name]] = channels
        for name, width in heads.items():
            setattr(self, name, auxiliary(width, num_classes, dropout=dropout_aux) if aux_logits else None)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(channels, num_classes)
        initialize_if(init_weights, self, "GoogleNet", lambda layer: 0.01)

    def forward(self, x):
        if self.transform_input:
            x = transformed(x)
        x = self.maxpool2(self.conv3(self.conv2(self.maxpool1(self.conv1(x)))))
        heads = {"aux1": None, "aux2": None}
        for name in _LAYERS:
            x = getattr(self, name)(x)
            head = getattr(self, _AUXILIARY.get(name, ""), None)
            if head is not None and self.training:
                heads[_AUXILIARY[name]] = head(x)
        x = self.fc(self.dropout(torch.flatten(self.avgpool(x), 1)))
        return GoogLeNetOutputs(x, heads["aux2"], heads["aux1"]) if self.training and self.aux_logits else x


@register_model
def googlenet(weights, **kwargs):
    return built(GoogLeNet, ("aux1", "aux2"), False, weights, kwargs)
