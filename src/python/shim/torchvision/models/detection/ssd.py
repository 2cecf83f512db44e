"""SSD (Liu et al., arXiv:1512.02325) on VGG-16."""
import warnings
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F

from ...ops import boxes as box_ops
from .._api import register_models
from .._initialization import initialize, weight_by
from ._utils import BoxCoder, SSDMatcher, matched_to_anchors, most_certain, outputs_per_anchor, retrieve_out_channels
from .anchor_utils import DefaultBoxGenerator
from .backbone_utils import freeze, made
from .faster_rcnn import IMAGE_MEAN, IMAGE_STD
from .generalized_rcnn import Detector
from .transform import GeneralizedRCNNTransform


def _xavier_init(layers):
    initialize(layers, {nn.Conv2d: weight_by(nn.init.xavier_uniform_)})


class SSDHead(nn.Module):
    def __init__(self, in_channels, num_anchors, num_classes):
        super().__init__()
        self.classification_head = SSDClassificationHead(in_channels, num_anchors, num_classes)
        self.regression_head = SSDRegressionHead(in_channels, num_anchors)

    def forward(self, x):
        return {"bbox_regression": self.regression_head(x), "cls_logits": self.classification_head(x)}


class SSDScoringHead(nn.Module):
    """A convolution for each feature; (N, boxes of all features, columns)."""

    def __init__(self, module_list, num_columns):
        super().__init__()
        self.module_list, self.num_columns = module_list, num_columns

    def forward(self, x):
        return torch.cat([outputs_per_anchor(layer(feature), self.num_columns) for layer, feature in zip(self.module_list, x)], dim=1)


def _predictors(in_channels, num_anchors, columns):
    layers = nn.ModuleList(nn.Conv2d(width, columns * count, kernel_size=3, padding=1) for width, count in zip(in_channels, num_anchors))
    _xavier_init(layers)
    return layers


class SSDClassificationHead(SSDScoringHead):
    def __init__(self, in_channels, num_anchors, num_classes):
        super().__init__(_predictors(in_channels, num_anchors, num_classes), num_classes)


class SSDRegressionHead(SSDScoringHead):
    def __init__(self, in_channels, num_anchors):
        super().__init__(_predictors(in_channels, num_anchors, 4), 4)


class SSD(Detector):
    def __init__(self, backbone, anchor_generator, size, num_classes, image_mean=None, image_std=None, head=None, score_thresh=0.01,
                 nms_thresh=0.45, detections_per_img=200, iou_thresh=0.5, topk_candidates=400, positive_fraction=0.25, **kwargs):
        super().__init__()
        self.backbone, self.anchor_generator = backbone, anchor_generator
        self.box_coder = BoxCoder(weights=(10.0, 10.0, 5.0, 5.0))
        if head is None:
            widths = backbone.out_channels if hasattr(backbone, "out_channels") else retrieve_out_channels(backbone, size)
            if len(widths) != len(anchor_generator.aspect_ratios):
                raise ValueError(f"The length of the output channels from the backbone ({len(widths)}) do not match the length of the anchor "
                                 f"generator aspect ratios ({len(anchor_generator.aspect_ratios)})")
            head = SSDHead(widths, anchor_generator.num_anchors_per_location(), num_classes)
        self.head = head
        self.proposal_matcher = SSDMatcher(iou_thresh)
        self.transform = GeneralizedRCNNTransform(min(size), max(size), image_mean or IMAGE_MEAN, image_std or IMAGE_STD, size_divisible=1,
                                                  fixed_size=size, **kwargs)
        self.score_thresh, self.nms_thresh, self.detections_per_img = score_thresh, nms_thresh, detections_per_img
        self.topk_candidates, self.neg_to_pos_ratio = topk_candidates, (1.0 - positive_fraction) / positive_fraction

    def compute_loss(self, targets, head_outputs, anchors, matched_idxs):
        """Boxes of what is matched; classes of that and of the hardest of the others, so many times as many."""
        box_losses, classes, count = [], [], 0
        for target, deltas, own, matched in zip(targets, head_outputs["bbox_regression"], anchors, matched_idxs):
            objects = torch.where(matched >= 0)[0]
            count += objects.numel()
            wanted = self.box_coder.encode_single(target["boxes"][matched[objects]], own[objects])
            box_losses.append(F.smooth_l1_loss(deltas[objects], wanted, reduction="sum"))
            labels = torch.zeros(deltas.size(0), dtype=target["labels"].dtype)
            labels[objects] = target["labels"][matched[objects]]
            classes.append(labels)
        classes, logits = torch.stack(classes), head_outputs["cls_logits"]
        losses = F.cross_entropy(logits.view(-1, logits.size(-1)), classes.view(-1), reduction="none").view(classes.size())
        objects = classes > 0
        order = losses.masked_fill(objects, -float("inf")).sort(1, descending=True)[1]
        hardest = order.sort(1)[1] < self.neg_to_pos_ratio * objects.sum(1, keepdim=True)
        count = max(1, count)
        return {"bbox_regression": torch.stack(box_losses).sum() / count,
                "classification": (losses[objects].sum() + losses[hardest].sum()) / count}

    def _detections(self, deltas, scores, anchors, shape):
        """Of one image: the best boxes of each class but the background, less what overlaps a better one of its class."""
        boxes = box_ops.clip_boxes_to_image(self.box_coder.decode_single(deltas, anchors), shape)
        found = []
        for label in range(1, scores.size(-1)):
            candidates = torch.where(scores[:, label] > self.score_thresh)[0]
            best, order = scores[candidates, label].topk(min(self.topk_candidates, len(candidates)))
            found.append((boxes[candidates[order]], best, torch.full_like(best, label, dtype=torch.int64)))
        return most_certain(found, self.nms_thresh, self.detections_per_img)

    def forward(self, images, targets=None):
        images, targets, sizes, features = self._features(images, targets)
        features = list(features.values())
        outputs = self.head(features)
        anchors = self.anchor_generator(images, features)
        if self.training:
            matched = matched_to_anchors(self.proposal_matcher, box_ops.box_iou, anchors, targets)
            return self.compute_loss(targets, outputs, anchors, matched)
        probabilities = F.softmax(outputs["cls_logits"], dim=-1)
        detections = [self._detections(*each) for each in zip(outputs["bbox_regression"], probabilities, anchors, images.image_sizes)]
        return self.transform.postprocess(detections, images.image_sizes, sizes)


def _extra(width, inner, outer, size, **options):
    """A narrowing 1 × 1 convolution and one that makes the image smaller, each with ReLU."""
    return nn.Sequential(nn.Conv2d(width, inner, kernel_size=1), nn.ReLU(inplace=True),
                         nn.Conv2d(inner, outer, kernel_size=size, **options), nn.ReLU(inplace=True))


class SSDFeatureExtractorVGG(nn.Module):
    """VGG's features up to the fourth pooling, normalized and scaled; after it, what is left of VGG, and ever smaller ones."""

    def __init__(self, backbone, highres):
        super().__init__()
        poolings = [position for position, layer in enumerate(backbone) if isinstance(layer, nn.MaxPool2d)]
        backbone[poolings[2]].ceil_mode = True
        self.scale_weight = nn.Parameter(torch.ones(512) * 20)
        self.features = nn.Sequential(*backbone[:poolings[3]])
        extra = nn.ModuleList([_extra(1024, 256, 512, 3, padding=1, stride=2), _extra(512, 128, 256, 3, padding=1, stride=2),
                               _extra(256, 128, 256, 3), _extra(256, 128, 256, 3)])
        if highres:
            extra.append(_extra(256, 128, 256, 4))
        _xavier_init(extra)
        convolutions = nn.Sequential(
            nn.MaxPool2d(kernel_size=3, stride=1, padding=1, ceil_mode=False), nn.Conv2d(512, 1024, kernel_size=3, padding=6, dilation=6),
            nn.ReLU(inplace=True), nn.Conv2d(1024, 1024, kernel_size=1), nn.ReLU(inplace=True))
        _xavier_init(convolutions)
        extra.insert(0, nn.Sequential(*backbone[poolings[3]:-1], convolutions))
        self.extra = extra

    def forward(self, x):
        x = self.features(x)
        outputs = [self.scale_weight.view(1, -1, 1, 1) * F.normalize(x)]
        for block in self.extra:
            x = block(x)
            outputs.append(x)
        return OrderedDict((str(position), output) for position, output in enumerate(outputs))


def _build(weights=None, num_classes=None, **kwargs):
    if kwargs.pop("size", None) is not None:
        warnings.warn("The size of the model is already fixed; ignoring the parameter.", stacklevel=2)
    body, trained = made("vgg16", weights, kwargs, "IMAGENET1K_FEATURES", 5, 4, frozen_norm=False)
    features = body.features
    freeze(features, [0, *(position for position, layer in enumerate(features) if isinstance(layer, nn.MaxPool2d))][:-1], trained)
    boxes = DefaultBoxGenerator([[2], [2, 3], [2, 3], [2, 3], [2], [2]], scales=[0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
                                steps=[8, 16, 32, 64, 100, 300])
    return SSD(SSDFeatureExtractorVGG(features, False), boxes, (300, 300), 91 if num_classes is None else num_classes, **kwargs)


register_models(globals(), _build, {"ssd300_vgg16": {"image_mean": [0.48235, 0.45882, 0.40784], "image_std": [1.0 / 255.0] * 3}})
