"""SSDlite: SSD with depthwise convolutions (Sandler et al., arXiv:1801.04381, section 6.2) on MobileNet V3."""
import warnings
from collections import OrderedDict
from functools import partial

from torch import nn

from ...ops.misc import Conv2dNormActivation
from .._api import register_models
from .._backbone import stages
from .._initialization import initialize, weight_by
from ._utils import retrieve_out_channels
from .anchor_utils import DefaultBoxGenerator
from .backbone_utils import freeze, made
from .ssd import SSD, SSDScoringHead

_SIZE = (320, 320)


def _fill(layers):
    initialize(layers, {nn.Conv2d: weight_by(partial(nn.init.normal_, mean=0.0, std=0.03))})
    return layers


def _block(width, out_width, norm_layer, kernel_size=3, **options):
    return Conv2dNormActivation(width, out_width, kernel_size=kernel_size, norm_layer=norm_layer, activation_layer=nn.ReLU6, **options)


def _predictors(in_channels, num_anchors, columns, norm_layer):
    """For each feature a depthwise convolution, then one of single pixels to what is predicted of each box."""
    return _fill(nn.ModuleList(nn.Sequential(_block(width, width, norm_layer, groups=width), nn.Conv2d(width, columns * count, 1))
                               for width, count in zip(in_channels, num_anchors)))


def _extra(width, out_width, norm_layer):
    """Half the size: narrowed, depthwise, widened."""
    inner = out_width // 2
    return nn.Sequential(_block(width, inner, norm_layer, 1), _block(inner, inner, norm_layer, stride=2, groups=inner), _block(inner, out_width, norm_layer, 1))


class SSDLiteHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_classes, norm_layer):
        super().__init__()
        self.classification_head = SSDLiteClassificationHead(in_channels, num_anchors, num_classes, norm_layer)
        self.regression_head = SSDLiteRegressionHead(in_channels, num_anchors, norm_layer)

    def forward(self, x):
        return {"bbox_regression": self.regression_head(x), "cls_logits": self.classification_head(x)}


class SSDLiteClassificationHead(SSDScoringHead):
    def __init__(self, in_channels, num_anchors, num_classes, norm_layer):
        super().__init__(_predictors(in_channels, num_anchors, num_classes, norm_layer), num_classes)


class SSDLiteRegressionHead(SSDScoringHead):
    def __init__(self, in_channels, num_anchors, norm_layer):
        super().__init__(_predictors(in_channels, num_anchors, 4, norm_layer), 4)


class SSDLiteFeatureExtractorMobileNet(nn.Module):
    """What the last block that halves the size widens to, the end of MobileNet, and ever smaller ones."""

    def __init__(self, backbone, c4_pos, norm_layer, width_mult=1.0, min_depth=16):
        super().__init__()
        widened = backbone[c4_pos]
        if widened.use_res_connect:
            raise ValueError("backbone[c4_pos].use_res_connect should be False")
        self.features = nn.Sequential(nn.Sequential(*backbone[:c4_pos], widened.block[0]), nn.Sequential(widened.block[1:], *backbone[c4_pos + 1:]))
        widths = [backbone[-1].out_channels, *(max(min_depth, int(width * width_mult)) for width in (512, 256, 256, 128))]
        self.extra = _fill(nn.ModuleList(_extra(*pair, norm_layer) for pair in zip(widths, widths[1:])))

    def forward(self, x):
        outputs = []
        for block in (*self.features, *self.extra):
            x = block(x)
            outputs.append(x)
        return OrderedDict((str(position), output) for position, output in enumerate(outputs))


def _build(weights=None, num_classes=None, norm_layer=None, **kwargs):
    if kwargs.pop("size", None) is not None:
        warnings.warn("The size of the model is already fixed; ignoring the parameter.", stacklevel=2)
    norm_layer = norm_layer or partial(nn.BatchNorm2d, eps=0.001, momentum=0.03)
    own = kwargs.get("weights_backbone", kwargs.get("pretrained_backbone", True))
    is_drawn = weights is not None or own in (None, False)  # then MobileNet's tail is the narrow one
    body, trained = made("mobilenet_v3_large", weights, kwargs, True, 6, 6, frozen_norm=False, norm_layer=norm_layer, reduced_tail=is_drawn)
    if is_drawn:
        _fill(body)
    places = stages(body.features)
    freeze(body.features, places, trained)
    backbone = SSDLiteFeatureExtractorMobileNet(body.features, places[-2], norm_layer)
    boxes = DefaultBoxGenerator([[2, 3]] * 6, min_ratio=0.2, max_ratio=0.95)
    num_classes = 91 if num_classes is None else num_classes
    head = SSDLiteHead(retrieve_out_channels(backbone, _SIZE), boxes.num_anchors_per_location(), num_classes, norm_layer)
    defaults = {"score_thresh": 0.001, "nms_thresh": 0.55, "detections_per_img": 300, "topk_candidates": 300, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    return SSD(backbone, boxes, _SIZE, num_classes, head=head, **{**defaults, **kwargs})


register_models(globals(), _build, {"ssdlite320_mobilenet_v3_large": {}})
