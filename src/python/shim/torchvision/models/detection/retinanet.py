"""RetinaNet (Lin et al., Focal Loss for Dense Object Detection, arXiv:1708.02002)."""
import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ...ops import boxes as box_ops
from ...ops.feature_pyramid_network import LastLevelP6P7
from ...ops._losses import generalized_box_iou_loss, sigmoid_focal_loss
from ...ops.misc import Conv2dNormActivation
from .._api import register_models
from .._initialization import initialize, weight_by
from ._utils import BoxCoder, Matcher, counts_of_levels, matched_to_anchors, most_certain, outputs_per_anchor, surest_of_levels
from .anchor_utils import AnchorGenerator
from .backbone_utils import _resnet_fpn_extractor, made
from .faster_rcnn import IMAGE_MEAN, IMAGE_STD, check_kind
from .generalized_rcnn import Detector
from .transform import GeneralizedRCNNTransform

_fill = weight_by(partial(nn.init.normal_, std=0.01))


def _default_anchorgen():
    """Three sizes in each octave."""
    sizes = tuple((side, int(side * 2 ** (1.0 / 3)), int(side * 2 ** (2.0 / 3))) for side in (32, 64, 128, 256, 512))
    return AnchorGenerator(sizes, ((0.5, 1.0, 2.0),) * len(sizes))


class _Head(nn.Module):
    """Four convolutions and an output for each anchor, the same at every level of the pyramid."""

    def _tower(self, in_channels, norm_layer):
        return nn.Sequential(*(Conv2dNormActivation(in_channels, in_channels, norm_layer=norm_layer) for _ in range(4)))

    def _outputs(self, features, layer, columns):
        return torch.cat([outputs_per_anchor(layer(self.conv(feature)), columns) for feature in features], dim=1)


class RetinaNetHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_classes, norm_layer=None):
        super().__init__()
        self.classification_head = RetinaNetClassificationHead(in_channels, num_anchors, num_classes, norm_layer=norm_layer)
        self.regression_head = RetinaNetRegressionHead(in_channels, num_anchors, norm_layer=norm_layer)

    def compute_loss(self, targets, head_outputs, anchors, matched_idxs):
        return {"classification": self.classification_head.compute_loss(targets, head_outputs, matched_idxs),
                "bbox_regression": self.regression_head.compute_loss(targets, head_outputs, anchors, matched_idxs)}

    def forward(self, x):
        return {"cls_logits": self.classification_head(x), "bbox_regression": self.regression_head(x)}


class RetinaNetClassificationHead(_Head):
    def __init__(self, in_channels, num_anchors, num_classes, prior_probability=0.01, norm_layer=None):
        super().__init__()
        self.conv = self._tower(in_channels, norm_layer)
        initialize(self.conv, {nn.Conv2d: _fill})
        self.cls_logits = nn.Conv2d(in_channels, num_anchors * num_classes, kernel_size=3, padding=1)
        nn.init.normal_(self.cls_logits.weight, std=0.01)
        nn.init.constant_(self.cls_logits.bias, -math.log((1 - prior_probability) / prior_probability))
        self.num_classes, self.num_anchors = num_classes, num_anchors

    def compute_loss(self, targets, head_outputs, matched_idxs):
        losses = []
        for target, logits, matched in zip(targets, head_outputs["cls_logits"], matched_idxs):
            objects = torch.where(matched >= 0)[0]
            classes = torch.zeros_like(logits)
            classes[objects, target["labels"][matched[objects]]] = 1.0
            counted = torch.where(matched != Matcher.BETWEEN_THRESHOLDS)[0]
            losses.append(sigmoid_focal_loss(logits[counted], classes[counted], reduction="sum") / max(1, objects.numel()))
        return sum(losses) / len(targets)

    def forward(self, x):
        return self._outputs(x, self.cls_logits, self.num_classes)


class RetinaNetRegressionHead(_Head):
    def __init__(self, in_channels, num_anchors, norm_layer=None):
        super().__init__()
        self.conv = self._tower(in_channels, norm_layer)
        self.bbox_reg = nn.Conv2d(in_channels, num_anchors * 4, kernel_size=3, padding=1)
        _fill(self.bbox_reg)
        initialize(self.conv, {nn.Conv2d: _fill})
        self.box_coder = BoxCoder(weights=(1.0, 1.0, 1.0, 1.0))
        self._loss_type = "l1"

    def compute_loss(self, targets, head_outputs, anchors, matched_idxs):
        losses = []
        for target, deltas, own, matched in zip(targets, head_outputs["bbox_regression"], anchors, matched_idxs):
            objects = torch.where(matched >= 0)[0]
            boxes = target["boxes"][matched[objects]]
            losses.append(self._loss(deltas[objects], own[objects], boxes) / max(1, objects.numel()))
        return sum(losses) / max(1, len(targets))

    def _loss(self, deltas, anchors, boxes):
        if self._loss_type == "giou":
            return generalized_box_iou_loss(self.box_coder.decode_single(deltas, anchors), boxes, reduction="sum")
        return F.l1_loss(deltas, self.box_coder.encode_single(boxes, anchors), reduction="sum")

    def forward(self, x):
        return self._outputs(x, self.bbox_reg, 4)


class RetinaNet(Detector):
    def __init__(self, backbone, num_classes, min_size=800, max_size=1333, image_mean=None, image_std=None, anchor_generator=None, head=None,
                 proposal_matcher=None, score_thresh=0.05, nms_thresh=0.5, detections_per_img=300, fg_iou_thresh=0.5, bg_iou_thresh=0.4,
                 topk_candidates=1000, **kwargs):
        super().__init__()
        if not hasattr(backbone, "out_channels"):
            raise ValueError("backbone should contain an attribute out_channels specifying the number of output channels (assumed to be the "
                             "same for all the levels)")
        check_kind("anchor_generator", anchor_generator, AnchorGenerator)
        self.backbone, self.anchor_generator = backbone, anchor_generator or _default_anchorgen()
        self.head = head or RetinaNetHead(backbone.out_channels, self.anchor_generator.num_anchors_per_location()[0], num_classes)
        self.proposal_matcher = proposal_matcher or Matcher(fg_iou_thresh, bg_iou_thresh, allow_low_quality_matches=True)
        self.box_coder = BoxCoder(weights=(1.0, 1.0, 1.0, 1.0))
        self.transform = GeneralizedRCNNTransform(min_size, max_size, image_mean or IMAGE_MEAN, image_std or IMAGE_STD, **kwargs)
        self.score_thresh, self.nms_thresh = score_thresh, nms_thresh
        self.detections_per_img, self.topk_candidates = detections_per_img, topk_candidates

    def compute_loss(self, targets, head_outputs, anchors):
        matched = matched_to_anchors(self.proposal_matcher, box_ops.box_iou, anchors, targets)
        return self.head.compute_loss(targets, head_outputs, anchors, matched)

    def _detections(self, logits, deltas, anchors, shape, counts):
        """Of one image: the best of each level, less what overlaps a better one of its class."""
        found = surest_of_levels(torch.sigmoid(logits), deltas, anchors, counts, self.box_coder.decode_single, shape, self.score_thresh, self.topk_candidates)
        return most_certain(found, self.nms_thresh, self.detections_per_img)

    def forward(self, images, targets=None):
        images, targets, sizes, features = self._features(images, targets)
        features = list(features.values())
        outputs = self.head(features)
        anchors = self.anchor_generator(images, features)
        if self.training:
            return self.compute_loss(targets, outputs, anchors)
        counts = counts_of_levels(features, outputs["cls_logits"])
        detections = [self._detections(*each, counts) for each in zip(outputs["cls_logits"], outputs["bbox_regression"], anchors, images.image_sizes)]
        return self.transform.postprocess(detections, images.image_sizes, sizes)


def _build(weights=None, num_classes=None, **kwargs):
    body, trained = made("resnet50", weights, kwargs, True, 5, 3)
    backbone = _resnet_fpn_extractor(body, trained, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    return RetinaNet(backbone, 91 if num_classes is None else num_classes, **kwargs)


def _build_v2(weights=None, num_classes=None, **kwargs):
    body, trained = made("resnet50", weights, kwargs, None, 5, 3, frozen_norm=False)
    backbone = _resnet_fpn_extractor(body, trained, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(2048, 256))
    num_classes, anchors = 91 if num_classes is None else num_classes, _default_anchorgen()
    head = RetinaNetHead(256, anchors.num_anchors_per_location()[0], num_classes, norm_layer=partial(nn.GroupNorm, 32))
    head.regression_head._loss_type = "giou"
    return RetinaNet(backbone, num_classes, anchor_generator=anchors, head=head, **kwargs)


register_models(globals(), _build, {"retinanet_resnet50_fpn": {}})
register_models(globals(), _build_v2, {"retinanet_resnet50_fpn_v2": {}})
