"""DeepLabv3 (Chen et al., Rethinking Atrous Convolution for Semantic Image Segmentation, arXiv:1706.05587)."""
import torch
from torch import nn

from .._api import register_models
from ._utils import _SimpleSegmentationModel, resized, with_heads
from .fcn import FCNHead


class DeepLabV3(_SimpleSegmentationModel):
    pass


def _convolution(in_channels, out_channels, size, **options):
    """A convolution, batch normalization, ReLU."""
    return [nn.Conv2d(in_channels, out_channels, size, bias=False, **options), nn.BatchNorm2d(out_channels), nn.ReLU()]


class ASPPConv(nn.Sequential):
    def __init__(self, in_channels, out_channels, dilation):
        super().__init__(*_convolution(in_channels, out_channels, 3, padding=dilation, dilation=dilation))


class ASPPPooling(nn.Sequential):
    """The mean over the image, classified, and spread over the image again."""

    def __init__(self, in_channels, out_channels):
        super().__init__(nn.AdaptiveAvgPool2d(1), *_convolution(in_channels, out_channels, 1))

    def forward(self, x):
        return resized(super().forward(x), x)


class ASPP(nn.Module):
    """Atrous spatial pyramid pooling: convolutions of several dilations side by side."""

    def __init__(self, in_channels, atrous_rates, out_channels=256):
        super().__init__()
        self.convs = nn.ModuleList([
            nn.Sequential(*_convolution(in_channels, out_channels, 1)), *(ASPPConv(in_channels, out_channels, rate) for rate in atrous_rates),
            ASPPPooling(in_channels, out_channels)])
        self.project = nn.Sequential(*_convolution(len(self.convs) * out_channels, out_channels, 1), nn.Dropout(0.5))

    def forward(self, x):
        return self.project(torch.cat([convolve(x) for convolve in self.convs], dim=1))


class DeepLabHead(nn.Sequential):
    def __init__(self, in_channels, num_classes, atrous_rates=(12, 24, 36)):
        super().__init__(ASPP(in_channels, atrous_rates), *_convolution(256, 256, 3, padding=1), nn.Conv2d(256, num_classes, 1))


register_models(globals(), with_heads, {
    f"deeplabv3_{network}": {"model": DeepLabV3, "head": DeepLabHead, "aux_head": FCNHead, "network": network}
    for network in ("resnet50", "resnet101", "mobilenet_v3_large")})
