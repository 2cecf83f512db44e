"""Keypoints as heatmaps over regions (He et al., arXiv:1703.06870, section 5). A place of a heatmap is its pixel's center."""
import torch
from torch.nn import functional as F


def keypoints_to_heatmap(keypoints, rois, heatmap_size):
    """Keypoints (K, N, 3: x, y, visibility) of regions (K, 4) → (places in the flattened heatmap (K, N), whether they are in it and seen, as 0 and 1)."""
    start, end = rois[:, None, :2], rois[:, None, 2:]
    places = ((keypoints[..., :2] - start) * (heatmap_size / (end - start))).floor().long()
    places = places.masked_fill(keypoints[..., :2] == end, heatmap_size - 1)  # what lies on the border is inside
    valid = ((places >= 0) & (places < heatmap_size)).all(-1) & (keypoints[..., 2] > 0)
    return (places[..., 1] * heatmap_size + places[..., 0]) * valid, valid.long()


def heatmaps_to_keypoints(maps, rois):
    """Heatmaps (K, N, H, W) of regions (K, 4) → (keypoints (K, N, 3): x, y and 1, scores (K, N)): where each is highest once it is as large as its region."""
    found, scores = maps.new_zeros(0, maps.shape[1], 3), maps.new_zeros(0, maps.shape[1])
    for own, corner, size in zip(maps, rois[:, :2], (rois[:, 2:] - rois[:, :2]).clamp(min=1)):
        width, height = (int(length) for length in size.ceil().tolist())
        whole = F.interpolate(own[:, None], size=(height, width), mode="bicubic", align_corners=False)[:, 0].flatten(1)
        score, place = whole.max(1)
        places = torch.stack([place % width, torch.div(place, width, rounding_mode="floor")], 1)
        points = (places + 0.5) * (size / torch.tensor([width, height])) + corner
        found = torch.cat([found, torch.cat([points, torch.ones_like(points[:, :1])], 1)[None]])
        scores = torch.cat([scores, score[None]])
    return found, scores


def keypointrcnn_loss(keypoint_logits, proposals, gt_keypoints, keypoint_matched_idxs):
    """Cross entropy of the place of each keypoint that is seen in its region."""
    count, keypoints, height, width = keypoint_logits.shape
    if height != width:
        raise ValueError(f"keypoint_logits height and width (last two elements of shape) should be equal. Instead got H = {height} and W = {width}")
    wanted = [keypoints_to_heatmap(known[matched], boxes, height) for boxes, known, matched in zip(proposals, gt_keypoints, keypoint_matched_idxs)]
    places, valid = (torch.cat([part.reshape(-1) for part in parts]) for parts in zip(*wanted))
    seen = torch.where(valid)[0]
    if len(seen) == 0:
        return keypoint_logits.sum() * 0
    return F.cross_entropy(keypoint_logits.view(count * keypoints, height * width)[seen], places[seen])


def keypointrcnn_inference(x, boxes):
    """For each image its regions' keypoints, and their scores."""
    each = [heatmaps_to_keypoints(*own) for own in zip(x.split([len(own) for own in boxes], dim=0), boxes)]
    return tuple(map(list, zip(*each)))
