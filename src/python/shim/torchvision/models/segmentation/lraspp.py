"""Lite R-ASPP (Howard et al., Searching for MobileNetV3, arXiv:1905.02244, section 6.4)."""
from collections import OrderedDict

from torch import nn

from .._api import register_models
from .._backbone import backbone as backbone_of
from .._backbone import stages
from .._utils import IntermediateLayerGetter
from ._utils import resized


class LRASPP(nn.Module):
    def __init__(self, backbone, low_channels, high_channels, num_classes, inter_channels=128):
        super().__init__()
        self.backbone = backbone
        self.classifier = LRASPPHead(low_channels, high_channels, num_classes, inter_channels)

    def forward(self, input):
        return OrderedDict(out=resized(self.classifier(self.backbone(input)), input))


class LRASPPHead(nn.Module):
    """Classes of an early stage, plus classes of the last one, of which channels are scaled by their means."""

    def __init__(self, low_channels, high_channels, num_classes, inter_channels):
        super().__init__()
        self.cbr = nn.Sequential(nn.Conv2d(high_channels, inter_channels, 1, bias=False), nn.BatchNorm2d(inter_channels),
                                 nn.ReLU(inplace=True))
        self.scale = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(high_channels, inter_channels, 1, bias=False), nn.Sigmoid())
        self.low_classifier = nn.Conv2d(low_channels, num_classes, 1)
        self.high_classifier = nn.Conv2d(inter_channels, num_classes, 1)

    def forward(self, input):
        low, high = input["low"], input["high"]
        x = self.cbr(high)
        x = resized(x * self.scale(high), low)
        return self.low_classifier(low) + self.high_classifier(x)


def _build(weights=None, num_classes=None, aux_loss=False, **kwargs):
    if aux_loss:
        raise NotImplementedError("This model does not use auxiliary loss")
    body = backbone_of("mobilenet_v3_large", weights, kwargs, dilated=True).features
    low, high = (stages(body)[position] for position in (-4, -1))
    features = IntermediateLayerGetter(body, {str(low): "low", str(high): "high"})
    return LRASPP(features, body[low].out_channels, body[high].out_channels, 21 if num_classes is None else num_classes)


register_models(globals(), _build, {"lraspp_mobilenet_v3_large": {}})
