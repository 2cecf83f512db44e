"""Boxes as numbers that a network predicts, and boxes matched to what is there. Boxes are (K, 4): x1, y1, x2, y2."""
import math

import torch

from ...ops import boxes as box_ops


class BalancedPositiveNegativeSampler:
    """Of each image's labels (≥ 1 positive, 0 negative) so many at random, at most `positive_fraction` of them positive; as two masks."""

    def __init__(self, batch_size_per_image, positive_fraction):
        self.batch_size_per_image, self.positive_fraction = batch_size_per_image, positive_fraction

    def __call__(self, matched_idxs):
        sampled = ([], [])
        for labels in matched_idxs:
            positive, negative = torch.where(labels >= 1)[0], torch.where(labels == 0)[0]
            positives = min(positive.numel(), int(self.batch_size_per_image * self.positive_fraction))
            negatives = min(negative.numel(), self.batch_size_per_image - positives)
            for masks, indices, count in zip(sampled, (positive, negative), (positives, negatives)):
                mask = torch.zeros_like(labels, dtype=torch.uint8)
                mask[indices[torch.randperm(indices.numel())[:count]]] = 1
                masks.append(mask)
        return sampled


def _center_and_size(boxes):
    size = boxes[:, 2:] - boxes[:, :2]
    return boxes[:, :2] + 0.5 * size, size


class BoxCoder:
    """A box relative to another: its center's offset in the other's size, and the logarithm of the quotient of sizes, both weighted."""

    def __init__(self, weights, bbox_xform_clip=math.log(1000.0 / 16)):
        self.weights, self.bbox_xform_clip = weights, bbox_xform_clip

    def encode(self, reference_boxes, proposals):
        counts = [len(boxes) for boxes in reference_boxes]
        return self.encode_single(torch.cat(reference_boxes), torch.cat(proposals)).split(counts, 0)

    def encode_single(self, reference_boxes, proposals):
        (center, size), (other_center, other_size) = _center_and_size(reference_boxes), _center_and_size(proposals)
        codes = torch.cat(((center - other_center) / other_size, torch.log(size / other_size)), dim=1)
        return codes * torch.tensor(self.weights, dtype=codes.dtype)

    def decode(self, rel_codes, boxes):
        torch._assert(isinstance(boxes, (list, tuple)), "This function expects boxes of type list or tuple.")
        torch._assert(isinstance(rel_codes, torch.Tensor), "This function expects rel_codes of type torch.Tensor.")
        count = sum(own.size(0) for own in boxes)
        if count == 0:
            return self.decode_single(rel_codes, torch.cat(boxes))
        return self.decode_single(rel_codes.reshape(count, -1), torch.cat(boxes)).reshape(count, -1, 4)

    def decode_single(self, rel_codes, boxes):
        """Codes (K, 4 · classes) of boxes (K, 4) → boxes (K, 4 · classes)"""
        center, size = (part.unsqueeze(1) for part in _center_and_size(boxes.to(rel_codes.dtype)))
        codes = rel_codes.reshape(rel_codes.shape[0], rel_codes.shape[1] // 4, 4) / torch.tensor(self.weights, dtype=rel_codes.dtype)
        center = codes[..., :2] * size + center
        half = 0.5 * torch.exp(torch.clamp(codes[..., 2:], max=self.bbox_xform_clip)) * size
        return torch.cat((center - half, center + half), dim=2).flatten(1)


class BoxLinearCoder:
    """A box relative to another: how far its sides are from the other's center, in the other's size."""

    def __init__(self, normalize_by_size=True):
        self.normalize_by_size = normalize_by_size

    def encode(self, reference_boxes, proposals):
        center, unit = self._center_and_unit(reference_boxes)
        return torch.cat((center - proposals[..., :2], proposals[..., 2:] - center), dim=-1) / unit

    def decode(self, rel_codes, boxes):
        center, unit = self._center_and_unit(boxes.to(rel_codes.dtype))
        codes = rel_codes * unit
        return torch.cat((center - codes[..., :2], center + codes[..., 2:]), dim=-1)

    def _center_and_unit(self, boxes):
        size = boxes[..., 2:] - boxes[..., :2]
        return 0.5 * (boxes[..., :2] + boxes[..., 2:]), torch.cat((size, size), dim=-1) if self.normalize_by_size else 1


class Matcher:
    """For each prediction, the true box that it overlaps most; -1 below the lower threshold, -2 between both."""

    BELOW_LOW_THRESHOLD = -1
    BETWEEN_THRESHOLDS = -2

    def __init__(self, high_threshold, low_threshold, allow_low_quality_matches=False):
        torch._assert(low_threshold <= high_threshold, "low_threshold should be <= high_threshold")
        self.high_threshold, self.low_threshold = high_threshold, low_threshold
        self.allow_low_quality_matches = allow_low_quality_matches

    def __call__(self, match_quality_matrix):
        """Overlaps (true boxes, predictions) → (predictions,)"""
        if match_quality_matrix.numel() == 0:
            what = "ground-truth" if match_quality_matrix.shape[0] == 0 else "proposal"
            raise ValueError(f"No {what} boxes available for one of the images during training")
        overlaps, matches = match_quality_matrix.max(dim=0)
        found = matches.masked_fill(overlaps < self.high_threshold, self.BETWEEN_THRESHOLDS)
        found = found.masked_fill(overlaps < self.low_threshold, self.BELOW_LOW_THRESHOLD)
        if self.allow_low_quality_matches:  # what overlaps a true box most keeps it, however little that is
            best = match_quality_matrix.max(dim=1, keepdim=True)[0]
            found = torch.where((match_quality_matrix == best).any(dim=0), matches, found)
        return found


class SSDMatcher(Matcher):
    """One threshold; each true box has the prediction that overlaps it most."""

    def __init__(self, threshold):
        super().__init__(threshold, threshold)

    def __call__(self, match_quality_matrix):
        matches = super().__call__(match_quality_matrix)
        best = match_quality_matrix.max(dim=1)[1]
        matches[best] = torch.arange(best.size(0), dtype=torch.int64)
        return matches


def matched_to_anchors(matcher, similarity, anchors, targets):
    """For each image what of its targets each anchor is matched to; -1 where it has none."""
    return [matcher(similarity(target["boxes"], own)) if target["boxes"].numel() else torch.full((own.size(0),), -1, dtype=torch.int64)
            for own, target in zip(anchors, targets)]


def outputs_per_anchor(x, columns):
    """(N, anchors · columns, H, W) → (N, H · W · anchors, columns)"""
    batch, _, height, width = x.shape
    return x.view(batch, -1, columns, height, width).permute(0, 3, 4, 1, 2).reshape(batch, -1, columns)


def counts_of_levels(features, outputs):
    """How many of the (N, anchors of all levels, …) are of each."""
    places = [feature.size(2) * feature.size(3) for feature in features]
    return [count * (outputs.size(1) // sum(places)) for count in places]


def surest_of_levels(scores, codes, anchors, counts, decode, shape, least, most):
    """[(boxes, scores, labels)] of each level of an image: the surest `most` of the anchors' classes (anchors, classes) that are surer than `least`."""
    found = []
    for own_scores, own_codes, own_anchors in zip(scores.split(counts), codes.split(counts), anchors.split(counts)):
        flat, classes = own_scores.flatten(), own_scores.shape[-1]
        candidates = torch.where(flat > least)[0]
        best, order = flat[candidates].topk(min(most, len(candidates)))
        candidates = candidates[order]
        places = torch.div(candidates, classes, rounding_mode="floor")
        found.append((box_ops.clip_boxes_to_image(decode(own_codes[places], own_anchors[places]), shape), best, candidates % classes))
    return found


def most_certain(candidates, overlap, count):
    """Of candidates [(boxes, scores, labels)] the best `count`, less what overlaps a better one of its class."""
    boxes, scores, labels = map(torch.cat, zip(*candidates))
    kept = box_ops.batched_nms(boxes, scores, labels, overlap)[:count]
    return {"boxes": boxes[kept], "scores": scores[kept], "labels": labels[kept]}


def retrieve_out_channels(model, size):
    """Channels of each feature that a backbone makes of images of a size (width, height)."""
    was_training = model.training
    model.eval()
    with torch.no_grad():
        features = model(torch.zeros((1, 3, size[1], size[0])))
    model.train(was_training)
    return [feature.size(1) for feature in ([features] if isinstance(features, torch.Tensor) else features.values())]
