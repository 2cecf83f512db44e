"""Losses of classes and of pairs of rectangles (N, 4)."""
import torch
from torch.nn import functional as F


def _reduced(loss, reduction):
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"Invalid Value for arg 'reduction': '{reduction} \n Supported reduction modes: 'none', 'mean', 'sum'")
    if reduction == "mean":
        return loss.mean() if loss.numel() > 0 else 0.0 * loss.sum()
    return loss.sum() if reduction == "sum" else loss


def sigmoid_focal_loss(inputs, targets, alpha=0.25, gamma=2, reduction="none"):
    """(1 - p)^γ times the cross entropy, p the probability of the true class (Lin et al. 2017)."""
    if not 0 <= alpha <= 1 and alpha != -1:
        raise ValueError(f"Invalid alpha value: {alpha}. alpha must be in the range [0,1] or -1 for ignore.")
    p = torch.sigmoid(inputs)
    of_target = p * targets + (1 - p) * (1 - targets)
    loss = F.binary_cross_entropy_with_logits(inputs, targets, reduction="none") * (1 - of_target) ** gamma
    if alpha >= 0:
        loss = (alpha * targets + (1 - alpha) * (1 - targets)) * loss
    return _sum_or_mean(loss, reduction)


def _sum_or_mean(loss, reduction):
    return loss.mean() if reduction == "mean" else _reduced(loss, reduction)


def _pairs(boxes1, boxes2, eps):
    """Intersection over union, union, and the sides of the hull, of pairs."""
    (x1, y1, x2, y2), (u1, v1, u2, v2) = boxes1.unbind(-1), boxes2.unbind(-1)
    left, top, right, bottom = torch.max(x1, u1), torch.max(y1, v1), torch.min(x2, u2), torch.min(y2, v2)
    shared = torch.where((bottom > top) & (right > left), (right - left) * (bottom - top), torch.zeros_like(x1))
    union = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - shared
    hull = torch.max(x2, u2) - torch.min(x1, u1), torch.max(y2, v2) - torch.min(y1, v1)
    return shared / (union + eps), union, hull


def generalized_box_iou_loss(boxes1, boxes2, reduction="none", eps=1e-7):
    iou, union, (width, height) = _pairs(boxes1, boxes2, eps)
    area = width * height
    return _reduced(1 - (iou - (area - union) / (area + eps)), reduction)


def _distance_loss(boxes1, boxes2, eps):
    iou, _, (width, height) = _pairs(boxes1, boxes2, eps)
    centers = ((boxes1[..., :2] + boxes1[..., 2:]) - (boxes2[..., :2] + boxes2[..., 2:])) / 2
    return 1 - iou + centers.square().sum(-1) / (width ** 2 + height ** 2 + eps), iou


def distance_box_iou_loss(boxes1, boxes2, reduction="none", eps=1e-7):
    return _reduced(_distance_loss(boxes1, boxes2, eps)[0], reduction)


def complete_box_iou_loss(boxes1, boxes2, reduction="none", eps=1e-7):
    loss, iou = _distance_loss(boxes1, boxes2, eps)
    angles1, angles2 = (torch.atan((boxes[..., 2] - boxes[..., 0]) / (boxes[..., 3] - boxes[..., 1])) for boxes in (boxes1, boxes2))
    difference = 4 / torch.pi ** 2 * (angles2 - angles1) ** 2
    with torch.no_grad():
        weight = difference / (1 - iou + difference + eps)
    return _reduced(loss + weight * difference, reduction)
