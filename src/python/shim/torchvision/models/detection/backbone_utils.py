"""Backbones of detectors: a classifier's features, frozen in part, with a feature pyramid on them."""
import warnings

from torch import nn

from ...ops.feature_pyramid_network import FeaturePyramidNetwork, LastLevelMaxPool
from ...ops.misc import FrozenBatchNorm2d
from .. import _api
from .._backbone import stages
from .._utils import IntermediateLayerGetter

_RESNET_PARTS = ("layer4", "layer3", "layer2", "layer1", "conv1", "bn1")  # in the order in which they are given free


class BackboneWithFPN(nn.Module):
    def __init__(self, backbone, return_layers, in_channels_list, out_channels, extra_blocks=None, norm_layer=None):
        super().__init__()
        self.body = IntermediateLayerGetter(backbone, return_layers=return_layers)
        self.fpn = FeaturePyramidNetwork(in_channels_list, out_channels, extra_blocks or LastLevelMaxPool(), norm_layer)
        self.out_channels = out_channels

    def forward(self, x):
        return self.fpn(self.body(x))


def resnet_fpn_backbone(*, backbone_name, weights=None, norm_layer=FrozenBatchNorm2d, trainable_layers=3, returned_layers=None,
                        extra_blocks=None, **older):
    backbone = _api.get_model(backbone_name, weights=older.get("pretrained", weights), norm_layer=norm_layer)
    return _resnet_fpn_extractor(backbone, trainable_layers, returned_layers, extra_blocks)


def _resnet_fpn_extractor(backbone, trainable_layers, returned_layers=None, extra_blocks=None, norm_layer=None):
    if not 0 <= trainable_layers <= 5:
        raise ValueError(f"Trainable layers should be in the range [0,5], got {trainable_layers}")
    trained = _RESNET_PARTS if trainable_layers == 5 else _RESNET_PARTS[:trainable_layers]
    for name, parameter in backbone.named_parameters():
        if not name.startswith(trained):
            parameter.requires_grad_(False)
    returned_layers = returned_layers or [1, 2, 3, 4]
    if min(returned_layers) <= 0 or max(returned_layers) >= 5:
        raise ValueError(f"Each returned layer should be in the range [1,4]. Got {returned_layers}")
    widths = [backbone.inplanes // 8 * 2 ** (layer - 1) for layer in returned_layers]
    names = {f"layer{layer}": str(position) for position, layer in enumerate(returned_layers)}
    return BackboneWithFPN(backbone, names, widths, 256, extra_blocks, norm_layer)


def mobilenet_backbone(*, backbone_name, weights=None, fpn=True, norm_layer=FrozenBatchNorm2d, trainable_layers=2, returned_layers=None,
                       extra_blocks=None, **older):
    backbone = _api.get_model(backbone_name, weights=older.get("pretrained", weights), norm_layer=norm_layer)
    return _mobilenet_extractor(backbone, fpn, trainable_layers, returned_layers, extra_blocks)


def _mobilenet_extractor(backbone, fpn, trainable_layers, returned_layers=None, extra_blocks=None, norm_layer=None):
    features = backbone.features
    places = stages(features)
    count = len(places)
    if not 0 <= trainable_layers <= count:
        raise ValueError(f"Trainable layers should be in the range [0,{count}], got {trainable_layers} ")
    freeze(features, places, trainable_layers)
    if not fpn:
        plain = nn.Sequential(features, nn.Conv2d(features[-1].out_channels, 256, 1))
        plain.out_channels = 256
        return plain
    returned_layers = returned_layers or [count - 2, count - 1]
    if min(returned_layers) < 0 or max(returned_layers) >= count:
        raise ValueError(f"Each returned layer should be in the range [0,{count - 1}], got {returned_layers} ")
    names = {str(places[layer]): str(position) for position, layer in enumerate(returned_layers)}
    return BackboneWithFPN(features, names, [features[places[layer]].out_channels for layer in returned_layers], 256, extra_blocks, norm_layer)


def freeze(features, places, trainable_layers):
    """Gives no gradient to what lies before the last `trainable_layers` of the stages that begin at `places`."""
    end = places[len(places) - trainable_layers] if trainable_layers else len(features)
    for block in features[:end]:
        for parameter in block.parameters():
            parameter.requires_grad_(False)


def made(name, weights, kwargs, default, most, usual, frozen_norm=True, **options):
    """(The classifier `name`, how many of its stages are trained.) `kwargs`: the caller's, of which both choices are taken.

    `default`: whether it has weights of its own unless told otherwise; with weights, of its own or of the whole, normalization is frozen.
    """
    asked = kwargs.pop("weights_backbone", kwargs.pop("pretrained_backbone", default))
    trained = kwargs.pop("trainable_backbone_layers", None)
    has_weights = weights is not None or asked not in (None, False)
    if not has_weights:
        if trained is not None:
            warnings.warn("Changing trainable_backbone_layers has no effect if neither pretrained nor pretrained_backbone have been set to True, "
                          f"falling back to trainable_backbone_layers={most} so that all layers are trainable", stacklevel=2)
        trained = most
    trained = usual if trained is None else trained
    if not 0 <= trained <= most:
        raise ValueError(f"Trainable backbone layers should be in the range [0,{most}], got {trained} ")
    norm = {"norm_layer": FrozenBatchNorm2d if has_weights else nn.BatchNorm2d} if frozen_norm else {}
    return _api.get_model(name, weights=None if weights is not None else asked, **norm, **options), trained
