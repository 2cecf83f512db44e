"""Fully convolutional networks (Long et al., arXiv:1411.4038)."""
from torch import nn

from .._api import register_models
from ._utils import _SimpleSegmentationModel, with_heads


class FCN(_SimpleSegmentationModel):
    pass


class FCNHead(nn.Sequential):
    def __init__(self, in_channels, channels):
        width = in_channels // 4
        super().__init__(nn.Conv2d(in_channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(), nn.Dropout(0.1),
                         nn.Conv2d(width, channels, 1))


register_models(globals(), with_heads, {
    f"fcn_{network}": {"model": FCN, "head": FCNHead, "aux_head": FCNHead, "network": network} for network in ("resnet50", "resnet101")})
