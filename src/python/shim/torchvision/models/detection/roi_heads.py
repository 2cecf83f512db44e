"""The second stage of a detector: classes, boxes, masks and keypoints of regions that were proposed (Girshick, arXiv:1504.08083; He et al., arXiv:1703.06870)."""
import torch
from torch import nn
from torch.nn import functional as F

from ...ops import boxes as box_ops
from ...ops.roi_align import roi_align
from ._keypoints import keypointrcnn_inference, keypointrcnn_loss
from ._utils import BalancedPositiveNegativeSampler, BoxCoder, Matcher, matched_to_anchors


def fastrcnn_loss(class_logits, box_regression, labels, regression_targets):
    """(Cross entropy of classes, smooth L1 of the boxes of what is no background.)"""
    labels, regression_targets = torch.cat(labels), torch.cat(regression_targets)
    objects = torch.where(labels > 0)[0]
    boxes = box_regression.reshape(class_logits.shape[0], -1, 4)[objects, labels[objects]]
    box_loss = F.smooth_l1_loss(boxes, regression_targets[objects], beta=1 / 9, reduction="sum") / labels.numel()
    return F.cross_entropy(class_logits, labels), box_loss


def maskrcnn_inference(x, labels):
    """Logits (regions, classes, M, M) → for each image the probabilities (regions, 1, M, M) of its regions' own classes."""
    counts, labels = [own.shape[0] for own in labels], torch.cat(labels)
    return x.sigmoid()[torch.arange(x.shape[0]), labels][:, None].split(counts, dim=0)


def maskrcnn_loss(mask_logits, proposals, gt_masks, gt_labels, mask_matched_idxs):
    """Binary cross entropy of the masks of the regions' true classes."""
    size = mask_logits.shape[-1]
    labels = torch.cat([labels[matched] for labels, matched in zip(gt_labels, mask_matched_idxs)])
    targets = torch.cat([_projected(masks, boxes, matched, size) for masks, boxes, matched in zip(gt_masks, proposals, mask_matched_idxs)])
    if targets.numel() == 0:
        return mask_logits.sum() * 0
    return F.binary_cross_entropy_with_logits(mask_logits[torch.arange(labels.shape[0]), labels], targets)


def _projected(masks, boxes, matched, size):
    """The part of each box's true mask that lies in it, as (size, size)."""
    regions = torch.cat([matched.to(boxes.dtype)[:, None], boxes], dim=1)
    return roi_align(masks[:, None].to(boxes.dtype), regions, (size, size), 1.0)[:, 0]


def paste_masks_in_image(masks, boxes, img_shape, padding=1):
    """Masks (K, 1, M, M) of boxes → (K, 1, H, W), zero outside; a pixel is added all around, so that borders are resized as the inside is."""
    height, width = img_shape
    size = masks.shape[-1]
    masks = F.pad(masks, (padding,) * 4)
    center, half = (boxes[:, 2:] + boxes[:, :2]) * 0.5, (boxes[:, 2:] - boxes[:, :2]) * 0.5 * (size + 2 * padding) / size
    corners = torch.cat((center - half, center + half), dim=1).to(torch.int64).tolist()
    pasted = [_pasted(mask, corner, height, width) for mask, corner in zip(masks, corners)]
    return torch.stack(pasted) if pasted else masks.new_empty((0, 1, height, width))


def _pasted(mask, corners, height, width):
    left, top, right, bottom = corners
    mask = F.interpolate(mask[None], size=(max(bottom - top + 1, 1), max(right - left + 1, 1)), mode="bilinear", align_corners=False)[0]
    first_row, last_row, first_column, last_column = max(top, 0), min(bottom + 1, height), max(left, 0), min(right + 1, width)
    part = mask[:, first_row - top:last_row - top, first_column - left:last_column - left]
    return F.pad(part, (first_column, width - last_column, first_row, height - last_row))


class RoIHeads(nn.Module):
    def __init__(self, box_roi_pool, box_head, box_predictor, fg_iou_thresh, bg_iou_thresh, batch_size_per_image, positive_fraction,
                 bbox_reg_weights, score_thresh, nms_thresh, detections_per_img, mask_roi_pool=None, mask_head=None, mask_predictor=None,
                 keypoint_roi_pool=None, keypoint_head=None, keypoint_predictor=None):
        super().__init__()
        self.box_similarity = box_ops.box_iou
        self.proposal_matcher = Matcher(fg_iou_thresh, bg_iou_thresh)
        self.fg_bg_sampler = BalancedPositiveNegativeSampler(batch_size_per_image, positive_fraction)
        self.box_coder = BoxCoder(bbox_reg_weights or (10.0, 10.0, 5.0, 5.0))
        self.box_roi_pool, self.box_head, self.box_predictor = box_roi_pool, box_head, box_predictor
        self.score_thresh, self.nms_thresh, self.detections_per_img = score_thresh, nms_thresh, detections_per_img
        self.mask_roi_pool, self.mask_head, self.mask_predictor = mask_roi_pool, mask_head, mask_predictor
        self.keypoint_roi_pool, self.keypoint_head, self.keypoint_predictor = keypoint_roi_pool, keypoint_head, keypoint_predictor

    def has_mask(self):
        return None not in (self.mask_roi_pool, self.mask_head, self.mask_predictor)

    def has_keypoint(self):
        return None not in (self.keypoint_roi_pool, self.keypoint_head, self.keypoint_predictor)

    def check_targets(self, targets):
        if targets is None:
            raise ValueError("targets should not be None")
        for key in ("boxes", "labels", *(["masks"] if self.has_mask() else [])):
            if not all(key in target for target in targets):
                raise ValueError(f"Every element of targets should have a {key} key")

    def select_training_samples(self, proposals, targets):
        """The proposals and the true boxes of each image, a sample of both: (boxes, what they are matched to, labels, regression targets)."""
        self.check_targets(targets)
        proposals = [torch.cat((own, target["boxes"].to(own.dtype))) for own, target in zip(proposals, targets)]
        all_matched = matched_to_anchors(self.proposal_matcher, self.box_similarity, proposals, targets)
        all_labels = [self._labels(matched, target) for matched, target in zip(all_matched, targets)]
        chosen, true_boxes, samples = [], [], self.fg_bg_sampler(all_labels)
        for boxes, matched, labels, target, positive, negative in zip(proposals, all_matched, all_labels, targets, *samples):
            sampled = torch.where(positive | negative)[0]
            matched = matched.clamp(min=0)[sampled]
            known = target["boxes"].to(boxes.dtype)
            true_boxes.append((known if known.numel() else torch.zeros(1, 4))[matched])
            chosen.append((boxes[sampled], matched, labels[sampled]))
        proposals, matched, labels = map(list, zip(*chosen))
        return proposals, matched, labels, self.box_coder.encode(true_boxes, proposals)

    @staticmethod
    def _labels(matched, target):
        """Classes; 0 for background, -1 for what is between."""
        if not target["boxes"].numel():
            return torch.zeros_like(matched)
        labels = target["labels"][matched.clamp(min=0)].to(torch.int64)
        return labels.masked_fill(matched == Matcher.BELOW_LOW_THRESHOLD, 0).masked_fill(matched == Matcher.BETWEEN_THRESHOLDS, -1)

    def postprocess_detections(self, class_logits, box_regression, proposals, image_shapes):
        """Of each image [boxes, scores, labels], the best first: each region in each class but the background that overlaps no better one of it."""
        classes, counts = class_logits.shape[-1], [own.shape[0] for own in proposals]
        all_boxes = self.box_coder.decode(box_regression, proposals).split(counts, 0)
        results = []
        for boxes, scores, shape in zip(all_boxes, F.softmax(class_logits, -1).split(counts, 0), image_shapes):
            boxes = box_ops.clip_boxes_to_image(boxes, shape)[:, 1:].reshape(-1, 4)
            labels = torch.arange(classes).view(1, -1).expand_as(scores)[:, 1:].reshape(-1)
            scores = scores[:, 1:].reshape(-1)
            kept = torch.where(scores > self.score_thresh)[0]
            boxes, scores, labels = boxes[kept], scores[kept], labels[kept]
            kept = box_ops.remove_small_boxes(boxes, min_size=1e-2)
            boxes, scores, labels = boxes[kept], scores[kept], labels[kept]
            kept = box_ops.batched_nms(boxes, scores, labels, self.nms_thresh)[:self.detections_per_img]
            results.append((boxes[kept], scores[kept], labels[kept]))
        return tuple(map(list, zip(*results)))

    def forward(self, features, proposals, image_shapes, targets=None):
        for target in targets or ():
            if target["boxes"].dtype not in (torch.float, torch.double, torch.half):
                raise TypeError(f"target boxes must of float type, instead got {target['boxes'].dtype}")
            if target["labels"].dtype != torch.int64:
                raise TypeError(f"target labels must of int64 type, instead got {target['labels'].dtype}")
        if self.training:
            proposals, matched, labels, regression_targets = self.select_training_samples(proposals, targets)
        logits, deltas = self.box_predictor(self.box_head(self.box_roi_pool(features, proposals, image_shapes)))
        result, losses = [], {}
        if self.training:
            losses["loss_classifier"], losses["loss_box_reg"] = fastrcnn_loss(logits, deltas, labels, regression_targets)
            objects = [torch.where(own > 0)[0] for own in labels]
            matched = [own[places] for own, places in zip(matched, objects)]
            regions = [boxes[own] for boxes, own in zip(proposals, objects)]
        else:
            result = [{"boxes": boxes, "labels": own_labels, "scores": scores} for boxes, scores, own_labels in
                      zip(*self.postprocess_detections(logits, deltas, proposals, image_shapes))]
            regions = [detected["boxes"] for detected in result]
        if self.has_mask():
            mask_logits = self.mask_predictor(self.mask_head(self.mask_roi_pool(features, regions, image_shapes)))
            if self.training:
                losses["loss_mask"] = maskrcnn_loss(mask_logits, regions, [target["masks"] for target in targets],
                                                    [target["labels"] for target in targets], matched)
            else:
                for detected, masks in zip(result, maskrcnn_inference(mask_logits, [each["labels"] for each in result])):
                    detected["masks"] = masks
        if self.has_keypoint():
            logits = self.keypoint_predictor(self.keypoint_head(self.keypoint_roi_pool(features, regions, image_shapes)))
            if self.training:
                losses["loss_keypoint"] = keypointrcnn_loss(logits, regions, [target["keypoints"] for target in targets], matched)
            else:
                for detected, keypoints, scores in zip(result, *keypointrcnn_inference(logits, regions)):
                    detected["keypoints"], detected["keypoints_scores"] = keypoints, scores
        return result, losses
