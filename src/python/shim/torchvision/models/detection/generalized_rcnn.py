"""Detectors in two stages: proposals of regions, then what is in them."""
from collections import OrderedDict

import torch
from torch import nn


def checked_targets(targets):
    """Asserts that a training target has boxes (K, 4)."""
    torch._assert(targets is not None, "targets should not be none when in training mode")
    for target in targets:
        boxes = target["boxes"]
        torch._assert(isinstance(boxes, torch.Tensor), f"Expected target boxes to be of type Tensor, got {type(boxes)}.")
        torch._assert(len(boxes.shape) == 2 and boxes.shape[-1] == 4, f"Expected target boxes to be a tensor of shape [N, 4], got {boxes.shape}.")


def check_extent(targets):
    """Asserts that each box has an area."""
    for position, target in enumerate(targets or ()):
        degenerate = target["boxes"][:, 2:] <= target["boxes"][:, :2]
        if degenerate.any():
            first = torch.where(degenerate.any(dim=1))[0][0]
            torch._assert(False, "All bounding boxes should have positive height and width. Found invalid box "
                          f"{target['boxes'][first].tolist()} for target at index {position}.")


class Detector(nn.Module):
    """What detectors share: a `transform` before and after. Returns losses while training, else detections."""

    def _features(self, images, targets):
        """(Transformed images, targets, sizes of the images before, features by name)"""
        if self.training:
            checked_targets(targets)
        sizes = [tuple(image.shape[-2:]) for image in images]
        images, targets = self.transform(images, targets)
        check_extent(targets)
        features = self.backbone(images.tensors)
        return images, targets, sizes, OrderedDict([("0", features)]) if isinstance(features, torch.Tensor) else features


class GeneralizedRCNN(Detector):
    def __init__(self, backbone, rpn, roi_heads, transform):
        super().__init__()
        self.transform, self.backbone, self.rpn, self.roi_heads = transform, backbone, rpn, roi_heads

    def forward(self, images, targets=None):
        images, targets, sizes, features = self._features(images, targets)
        proposals, proposal_losses = self.rpn(images, features, targets)
        detections, losses = self.roi_heads(features, proposals, images.image_sizes, targets)
        return {**losses, **proposal_losses} if self.training else self.transform.postprocess(detections, images.image_sizes, sizes)
