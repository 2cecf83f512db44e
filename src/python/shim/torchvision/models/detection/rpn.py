"""The region proposal network (Ren et al., arXiv:1506.01497)."""
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ...ops import boxes as box_ops
from ...ops.misc import Conv2dNormActivation
from .._initialization import initialize, weight_by
from ._utils import BalancedPositiveNegativeSampler, BoxCoder, Matcher, matched_to_anchors, outputs_per_anchor
from .anchor_utils import AnchorGenerator  # noqa: F401: files import it from here


class RPNHead(nn.Module):
    """Of each feature, objectness and offsets of the anchors at each place."""

    def __init__(self, in_channels, num_anchors, conv_depth=1):
        super().__init__()
        self.conv = nn.Sequential(*(Conv2dNormActivation(in_channels, in_channels, kernel_size=3, norm_layer=None) for _ in range(conv_depth)))
        self.cls_logits = nn.Conv2d(in_channels, num_anchors, kernel_size=1)
        self.bbox_pred = nn.Conv2d(in_channels, num_anchors * 4, kernel_size=1)
        initialize(self, {nn.Conv2d: weight_by(partial(nn.init.normal_, std=0.01))})

    def forward(self, x):
        hidden = [self.conv(feature) for feature in x]
        return [self.cls_logits(each) for each in hidden], [self.bbox_pred(each) for each in hidden]


class RegionProposalNetwork(nn.Module):
    def __init__(self, anchor_generator, head, fg_iou_thresh, bg_iou_thresh, batch_size_per_image, positive_fraction, pre_nms_top_n,
                 post_nms_top_n, nms_thresh, score_thresh=0.0):
        super().__init__()
        self.anchor_generator, self.head = anchor_generator, head
        self.box_coder = BoxCoder(weights=(1.0, 1.0, 1.0, 1.0))
        self.box_similarity = box_ops.box_iou
        self.proposal_matcher = Matcher(fg_iou_thresh, bg_iou_thresh, allow_low_quality_matches=True)
        self.fg_bg_sampler = BalancedPositiveNegativeSampler(batch_size_per_image, positive_fraction)
        self._pre_nms_top_n, self._post_nms_top_n = pre_nms_top_n, post_nms_top_n
        self.nms_thresh, self.score_thresh, self.min_size = nms_thresh, score_thresh, 1e-3

    def pre_nms_top_n(self):
        return self._pre_nms_top_n["training" if self.training else "testing"]

    def post_nms_top_n(self):
        return self._post_nms_top_n["training" if self.training else "testing"]

    def filter_proposals(self, proposals, objectness, image_shapes, num_anchors_per_level):
        """The best of each level, and of these what does not overlap a better one of its level. `objectness`: (N, anchors)"""
        objectness = objectness.detach()
        best, levels, offset = [], [], 0
        for level, scores in enumerate(objectness.split(num_anchors_per_level, 1)):
            count = min(self.pre_nms_top_n(), scores.shape[1])
            best.append(scores.topk(count, dim=1)[1] + offset)
            levels.append(torch.full((count,), level, dtype=torch.int64))
            offset += scores.shape[1]
        best, levels = torch.cat(best, dim=1), torch.cat(levels)
        rows = torch.arange(len(proposals)).unsqueeze(1)
        chosen = []
        for boxes, scores, shape in zip(proposals[rows, best], torch.sigmoid(objectness[rows, best]), image_shapes):
            boxes = box_ops.clip_boxes_to_image(boxes, shape)
            kept = box_ops.remove_small_boxes(boxes, self.min_size)
            kept = kept[scores[kept] >= self.score_thresh]
            boxes, scores, own_levels = boxes[kept], scores[kept], levels[kept]
            kept = box_ops.batched_nms(boxes, scores, own_levels, self.nms_thresh)[:self.post_nms_top_n()]
            boxes, scores = boxes[kept], scores[kept]
            chosen.append((boxes, scores))
        return [boxes for boxes, _ in chosen], [scores for _, scores in chosen]

    def assign_targets_to_anchors(self, anchors, targets):
        """Of each image, labels of anchors (1 object, 0 background, -1 neither) and the true boxes that they are matched to."""
        labels, boxes = [], []
        for matched, own, target in zip(matched_to_anchors(self.proposal_matcher, self.box_similarity, anchors, targets), anchors, targets):
            labels.append((matched >= 0).to(torch.float32).masked_fill(matched == Matcher.BETWEEN_THRESHOLDS, -1.0))
            boxes.append(target["boxes"][matched.clamp(min=0)] if target["boxes"].numel() else torch.zeros(own.shape))
        return labels, boxes

    def compute_loss(self, objectness, pred_bbox_deltas, labels, regression_targets):
        positive, negative = (torch.where(torch.cat(masks))[0] for masks in self.fg_bg_sampler(labels))
        sampled = torch.cat([positive, negative])
        labels, regression_targets = torch.cat(labels), torch.cat(regression_targets)
        box_loss = F.smooth_l1_loss(pred_bbox_deltas[positive], regression_targets[positive], beta=1 / 9, reduction="sum") / sampled.numel()
        return F.binary_cross_entropy_with_logits(objectness.flatten()[sampled], labels[sampled]), box_loss

    def forward(self, images, features, targets=None):
        features = list(features.values())
        logits, deltas = self.head(features)
        anchors = self.anchor_generator(images, features)
        counts = [each.shape[1] * each.shape[2] * each.shape[3] for each in logits]
        objectness = torch.cat([outputs_per_anchor(each, 1) for each in logits], dim=1).squeeze(2)
        deltas = torch.cat([outputs_per_anchor(each, 4) for each in deltas], dim=1).reshape(-1, 4)
        proposals = self.box_coder.decode(deltas.detach(), anchors).view(len(anchors), -1, 4)
        boxes, _ = self.filter_proposals(proposals, objectness, images.image_sizes, counts)
        if not self.training:
            return boxes, {}
        if targets is None:
            raise ValueError("targets should not be None")
        labels, matched = self.assign_targets_to_anchors(anchors, targets)
        objectness_loss, box_loss = self.compute_loss(objectness, deltas, labels, self.box_coder.encode(matched, anchors))
        return boxes, {"loss_objectness": objectness_loss, "loss_rpn_box_reg": box_loss}
