"""FCOS (Tian et al., arXiv:1904.01355): a box at each place of a feature pyramid, and how near its center the place is."""
import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ...ops._losses import generalized_box_iou_loss, sigmoid_focal_loss
from ...ops.feature_pyramid_network import LastLevelP6P7
from .._api import register_models
from .._initialization import initialize, weight_by
from ._utils import BoxLinearCoder, counts_of_levels, most_certain, outputs_per_anchor, surest_of_levels
from .anchor_utils import AnchorGenerator
from .backbone_utils import _resnet_fpn_extractor, made
from .faster_rcnn import IMAGE_MEAN, IMAGE_STD, check_kind
from .generalized_rcnn import Detector
from .transform import GeneralizedRCNNTransform

_fill = weight_by(partial(nn.init.normal_, std=0.01))
_LARGEST_AREA = 1e8
# Each level has the boxes whose farthest side is so many strides away; the first and the last have the smaller and the larger ones too.
_STRIDES = 4, 8


def _tower(in_channels, num_convs, norm_layer):
    norm_layer = norm_layer or partial(nn.GroupNorm, 32)
    layers = [layer for _ in range(num_convs) for layer in (nn.Conv2d(in_channels, in_channels, 3, padding=1), norm_layer(in_channels), nn.ReLU())]
    return nn.Sequential(*layers)


class FCOSHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_classes, num_convs=4):
        super().__init__()
        self.box_coder = BoxLinearCoder()
        self.classification_head = FCOSClassificationHead(in_channels, num_anchors, num_classes, num_convs)
        self.regression_head = FCOSRegressionHead(in_channels, num_anchors, num_convs)

    def compute_loss(self, targets, head_outputs, anchors, matched_idxs):
        """Classes of all places; of those that have an object its box, and the geometric mean of how evenly they part its width and height."""
        logits, objects = head_outputs["cls_logits"], torch.stack(matched_idxs) >= 0
        labels, boxes = (torch.cat([target[key][matched[matched >= 0]] for target, matched in zip(targets, matched_idxs)]) for key in ("labels", "boxes"))
        classes = torch.zeros_like(logits)
        classes[(*torch.where(objects), labels)] = 1.0
        anchors = torch.stack(anchors)[objects]
        found = self.box_coder.decode(head_outputs["bbox_regression"][objects], anchors)
        sides = self.box_coder.encode(anchors, boxes).view(-1, 2, 2)  # (left, top), (right, bottom)
        centerness = (sides.amin(1) / sides.amax(1)).prod(1).sqrt()
        losses = {
            "classification": sigmoid_focal_loss(logits, classes, reduction="sum"), "bbox_regression": generalized_box_iou_loss(found, boxes, reduction="sum"),
            "bbox_ctrness": F.binary_cross_entropy_with_logits(head_outputs["bbox_ctrness"].squeeze(2)[objects], centerness, reduction="sum"),
        }
        return {key: loss / max(1, len(labels)) for key, loss in losses.items()}

    def forward(self, x):
        logits = self.classification_head(x)
        boxes, centerness = self.regression_head(x)
        return {"cls_logits": logits, "bbox_regression": boxes, "bbox_ctrness": centerness}


class FCOSClassificationHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_classes, num_convs=4, prior_probability=0.01, norm_layer=None):
        super().__init__()
        self.num_classes, self.num_anchors = num_classes, num_anchors
        self.conv = _tower(in_channels, num_convs, norm_layer)
        initialize(self.conv, {nn.Conv2d: _fill})
        self.cls_logits = nn.Conv2d(in_channels, num_anchors * num_classes, kernel_size=3, padding=1)
        _fill(self.cls_logits)
        nn.init.constant_(self.cls_logits.bias, -math.log((1 - prior_probability) / prior_probability))

    def forward(self, x):
        return torch.cat([outputs_per_anchor(self.cls_logits(self.conv(feature)), self.num_classes) for feature in x], dim=1)


class FCOSRegressionHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_convs=4, norm_layer=None):
        super().__init__()
        self.conv = _tower(in_channels, num_convs, norm_layer)
        self.bbox_reg = nn.Conv2d(in_channels, num_anchors * 4, kernel_size=3, padding=1)
        self.bbox_ctrness = nn.Conv2d(in_channels, num_anchors, kernel_size=3, padding=1)
        for layer in (self.bbox_reg, self.bbox_ctrness):
            _fill(layer)
        initialize(self.conv, {nn.Conv2d: _fill})

    def forward(self, x):
        boxes, centerness = [], []
        for feature in map(self.conv, x):
            boxes.append(outputs_per_anchor(F.relu(self.bbox_reg(feature)), 4))
            centerness.append(outputs_per_anchor(self.bbox_ctrness(feature), 1))
        return torch.cat(boxes, dim=1), torch.cat(centerness, dim=1)


class FCOS(Detector):
    def __init__(self, backbone, num_classes, min_size=800, max_size=1333, image_mean=None, image_std=None, anchor_generator=None, head=None,
                 center_sampling_radius=1.5, score_thresh=0.2, nms_thresh=0.6, detections_per_img=100, topk_candidates=1000, **kwargs):
        super().__init__()
        if not hasattr(backbone, "out_channels"):
            raise ValueError("backbone should contain an attribute out_channels specifying the number of output channels (assumed to be the "
                             "same for all the levels)")
        check_kind("anchor_generator", anchor_generator, AnchorGenerator)
        self.backbone = backbone
        self.anchor_generator = anchor_generator or AnchorGenerator(((8,), (16,), (32,), (64,), (128,)), ((1.0,),) * 5)
        count = self.anchor_generator.num_anchors_per_location()[0]
        if count != 1:
            raise ValueError(f"anchor_generator.num_anchors_per_location()[0] should be 1 instead of {count}")
        self.head = head or FCOSHead(backbone.out_channels, count, num_classes)
        self.box_coder = BoxLinearCoder()
        self.transform = GeneralizedRCNNTransform(min_size, max_size, image_mean or IMAGE_MEAN, image_std or IMAGE_STD, **kwargs)
        self.center_sampling_radius, self.score_thresh, self.nms_thresh = center_sampling_radius, score_thresh, nms_thresh
        self.detections_per_img, self.topk_candidates = detections_per_img, topk_candidates

    def compute_loss(self, targets, head_outputs, anchors, num_anchors_per_level):
        matched = [self._matched(own, target["boxes"], num_anchors_per_level) for own, target in zip(anchors, targets)]
        return self.head.compute_loss(targets, head_outputs, anchors, matched)

    def _matched(self, anchors, boxes, counts):
        """For each place the smallest box that it lies in, near its center, and that is of the size of its level; -1 where there is none."""
        if not boxes.numel():
            return torch.full((len(anchors),), -1, dtype=torch.int64)
        places, strides = ((anchors[:, :2] + anchors[:, 2:]) / 2)[:, None], (anchors[:, 2] - anchors[:, 0])[:, None]
        is_near = (places - (boxes[:, :2] + boxes[:, 2:]) / 2).abs().amax(2) < self.center_sampling_radius * strides
        sides = torch.cat([places - boxes[:, :2], boxes[:, 2:] - places], 2)
        least, most = (strides * count for count in _STRIDES)
        least[:counts[0]], most[-counts[-1]:] = 0, float("inf")
        is_of_level = (sides.amax(2) > least) & (sides.amax(2) < most)
        fits = is_near & is_of_level & (sides.amin(2) > 0)
        smallest, matched = (fits * (_LARGEST_AREA - (boxes[:, 2:] - boxes[:, :2]).prod(1))).max(1)
        return matched.masked_fill(smallest < 1e-5, -1)

    def _detections(self, logits, deltas, centerness, anchors, shape, counts):
        scores = torch.sqrt(torch.sigmoid(logits) * torch.sigmoid(centerness))
        found = surest_of_levels(scores, deltas, anchors, counts, self.box_coder.decode, shape, self.score_thresh, self.topk_candidates)
        return most_certain(found, self.nms_thresh, self.detections_per_img)

    def forward(self, images, targets=None):
        images, targets, sizes, features = self._features(images, targets)
        features = list(features.values())
        outputs = self.head(features)
        anchors = self.anchor_generator(images, features)
        counts = counts_of_levels(features, outputs["cls_logits"])
        if self.training:
            return self.compute_loss(targets, outputs, anchors, counts)
        each = zip(outputs["cls_logits"], outputs["bbox_regression"], outputs["bbox_ctrness"], anchors, images.image_sizes)
        return self.transform.postprocess([self._detections(*one, counts) for one in each], images.image_sizes, sizes)


def _build(weights=None, num_classes=None, **kwargs):
    body, trained = made("resnet50", weights, kwargs, True, 5, 3)
    backbone = _resnet_fpn_extractor(body, trained, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    return FCOS(backbone, 91 if num_classes is None else num_classes, **kwargs)


register_models(globals(), _build, {"fcos_resnet50_fpn": {}})
