"""S3D (Xie et al., Rethinking Spatiotemporal Feature Learning, arXiv:1712.04851). Input (N, 3, T, H, W)."""
from functools import partial

import torch
from torch import nn

from ...ops.misc import Conv3dNormActivation
from .._api import register_models


class TemporalSeparableConv(nn.Sequential):
    """Over space, then over time."""

    def __init__(self, in_planes, out_planes, kernel_size, stride, padding, norm_layer):
        super().__init__(*(
            Conv3dNormActivation(before, out_planes, kernel_size=over(kernel_size, 1), stride=over(stride, 1), padding=over(padding, 0), bias=False,
                                 norm_layer=norm_layer)
            for before, over in ((in_planes, lambda value, none: (none, value, value)), (out_planes, lambda value, none: (value, none, none)))))


class SepInceptionBlock3D(nn.Module):
    """Four branches side by side."""

    def __init__(self, in_planes, b0_out, b1_mid, b1_out, b2_mid, b2_out, b3_out, norm_layer):
        super().__init__()
        point = partial(Conv3dNormActivation, kernel_size=1, norm_layer=norm_layer)
        self.branch0 = point(in_planes, b0_out)
        self.branch1 = nn.Sequential(point(in_planes, b1_mid), TemporalSeparableConv(b1_mid, b1_out, 3, 1, 1, norm_layer))
        self.branch2 = nn.Sequential(point(in_planes, b2_mid), TemporalSeparableConv(b2_mid, b2_out, 3, 1, 1, norm_layer))
        self.branch3 = nn.Sequential(nn.MaxPool3d(kernel_size=(3, 3, 3), stride=1, padding=1), point(in_planes, b3_out))

    def forward(self, x):
        return torch.cat([branch(x) for branch in (self.branch0, self.branch1, self.branch2, self.branch3)], 1)


# Widths of the blocks (input, then as their arguments) between the poolings.
_BLOCKS = (((192, 64, 96, 128, 16, 32, 32), (256, 128, 128, 192, 32, 96, 64)),
           ((480, 192, 96, 208, 16, 48, 64), (512, 160, 112, 224, 24, 64, 64), (512, 128, 128, 256, 24, 64, 64),
            (512, 112, 144, 288, 32, 64, 64), (528, 256, 160, 320, 32, 128, 128)),
           ((832, 256, 160, 320, 32, 128, 128), (832, 384, 192, 384, 48, 128, 128)))


class S3D(nn.Module):
    def __init__(self, num_classes=400, dropout=0.2, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or partial(nn.BatchNorm3d, eps=0.001, momentum=0.001)
        early, middle, late = ((SepInceptionBlock3D(*widths, norm_layer) for widths in blocks) for blocks in _BLOCKS)  # made in their turn
        self.features = nn.Sequential(
            TemporalSeparableConv(3, 64, 7, 2, 3, norm_layer), nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
            Conv3dNormActivation(64, 64, kernel_size=1, norm_layer=norm_layer), TemporalSeparableConv(64, 192, 3, 1, 1, norm_layer),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)), *early, nn.MaxPool3d((3, 3, 3), (2, 2, 2), (1, 1, 1)), *middle,
            nn.MaxPool3d((2, 2, 2), (2, 2, 2), (0, 0, 0)), *late)
        self.avgpool = nn.AvgPool3d(kernel_size=(2, 7, 7), stride=1)
        self.classifier = nn.Sequential(nn.Dropout(p=dropout), nn.Conv3d(1024, num_classes, kernel_size=1))

    def forward(self, x):
        return torch.mean(self.classifier(self.avgpool(self.features(x))), dim=(2, 3, 4))


register_models(globals(), S3D, {"s3d": {}})
