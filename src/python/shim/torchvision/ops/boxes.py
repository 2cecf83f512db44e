"""torchvision.ops.boxes: rectangles, each a row (x1, y1, x2, y2) unless another format is named."""
import torch
from _lens import door
from torch import Tensor


def box_area(boxes, fmt="xyxy"):
    width, height = (boxes[..., 2:] if fmt != "xyxy" else boxes[..., 2:] - boxes[..., :2]).unbind(-1)
    return width * height


def _intersection(boxes1, boxes2):
    """Areas that each of the first shares with each of the second."""
    low = torch.max(boxes1[..., :, None, :2], boxes2[..., None, :, :2])
    high = torch.min(boxes1[..., :, None, 2:], boxes2[..., None, :, 2:])
    return (high - low).clamp(min=0).prod(-1)


def _hull(boxes1, boxes2):
    """Sides of the least rectangle around each pair."""
    low = torch.min(boxes1[..., :, None, :2], boxes2[..., None, :, :2])
    high = torch.max(boxes1[..., :, None, 2:], boxes2[..., None, :, 2:])
    return (high - low).clamp(min=0)


def _iou_and_union(boxes1, boxes2):
    shared = _intersection(boxes1, boxes2)
    union = box_area(boxes1)[..., :, None] + box_area(boxes2)[..., None, :] - shared
    return shared / union, union


def box_iou(boxes1, boxes2, fmt="xyxy"):
    """Intersection over union of each pair: (N, M)."""
    if fmt != "xyxy":
        boxes1, boxes2 = box_convert(boxes1, fmt, "xyxy"), box_convert(boxes2, fmt, "xyxy")
    return _iou_and_union(boxes1, boxes2)[0]


def generalized_box_iou(boxes1, boxes2):
    """Less the share of the hull that neither covers (Rezatofighi et al. 2019)."""
    iou, union = _iou_and_union(boxes1, boxes2)
    area = _hull(boxes1, boxes2).prod(-1)
    return iou - (area - union) / area


def _distance_iou(boxes1, boxes2, eps):
    iou = box_iou(boxes1, boxes2)
    diagonal = _hull(boxes1, boxes2).square().sum(-1) + eps
    centers1, centers2 = ((boxes[..., :2] + boxes[..., 2:]) / 2 for boxes in (boxes1, boxes2))
    distance = (centers1[..., :, None, :] - centers2[..., None, :, :]).square().sum(-1)
    return iou - distance / diagonal, iou


def distance_box_iou(boxes1, boxes2, eps=1e-7):
    """Less the squared distance of the centers over the squared diagonal of the hull (Zheng et al. 2020)."""
    return _distance_iou(boxes1, boxes2, eps)[0]


def complete_box_iou(boxes1, boxes2, eps=1e-7):
    """Less also how much their proportions differ (Zheng et al. 2020)."""
    diou, iou = _distance_iou(boxes1, boxes2, eps)
    angles1, angles2 = (torch.atan((boxes[..., 2] - boxes[..., 0]) / (boxes[..., 3] - boxes[..., 1])) for boxes in (boxes1, boxes2))
    difference = 4 / torch.pi ** 2 * (angles1[..., :, None] - angles2[..., None, :]).square()
    with torch.no_grad():
        weight = difference / (1 - iou + difference + eps)
    return diou - weight * difference


def clip_boxes_to_image(boxes, size):
    height, width = size
    x, y = boxes[..., 0::2].clamp(min=0, max=width), boxes[..., 1::2].clamp(min=0, max=height)
    return torch.stack((x, y), dim=boxes.dim()).reshape(boxes.shape)


def remove_small_boxes(boxes, min_size):
    """Indices of those whose sides are at least `min_size`."""
    return torch.where((boxes[:, 2:] - boxes[:, :2] >= min_size).all(1))[0]


# Format -> from and to (x1, y1, x2, y2), each side of (…, 4) by itself.
_TO_CORNERS = {
    "xyxy": lambda x1, y1, x2, y2: (x1, y1, x2, y2),
    "xywh": lambda x, y, w, h: (x, y, x + w, y + h),
    "cxcywh": lambda x, y, w, h: (x - 0.5 * w, y - 0.5 * h, x + 0.5 * w, y + 0.5 * h),
}
_FROM_CORNERS = {
    "xyxy": lambda x1, y1, x2, y2: (x1, y1, x2, y2),
    "xywh": lambda x1, y1, x2, y2: (x1, y1, x2 - x1, y2 - y1),
    "cxcywh": lambda x1, y1, x2, y2: ((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1),
}


def box_convert(boxes, in_fmt, out_fmt):
    if in_fmt not in _TO_CORNERS or out_fmt not in _TO_CORNERS:
        raise ValueError(f"Unsupported Bounding Box Conversions for given in_fmt {in_fmt} and out_fmt {out_fmt}")
    if in_fmt == out_fmt:
        return boxes.clone()
    return torch.stack(_FROM_CORNERS[out_fmt](*_TO_CORNERS[in_fmt](*boxes.unbind(-1))), dim=-1)


def masks_to_boxes(masks):
    """The rectangle of the nonzero pixels of each (H, W)."""
    rows = [(columns.min(), lines.min(), columns.max(), lines.max()) for lines, columns in (torch.where(mask != 0) for mask in masks)]
    return torch.tensor([[int(side) for side in row] for row in rows], dtype=torch.float).reshape(-1, 4)


def nms(boxes, scores, iou_threshold):
    """Indices, best score first, of those that no better one overlaps by more than the threshold: the numbers are read, not recorded."""
    if boxes.dim() != 2 or boxes.size(1) != 4:
        raise RuntimeError(f"boxes should be a 2d tensor with 4 columns, got {tuple(boxes.shape)}")
    order = scores.argsort(descending=True, stable=True)
    count = len(order)
    if count == 0:
        return order
    rows = door.read((box_iou(boxes[order], boxes[order]) > iou_threshold).value).tobytes()
    kept, suppressed = [], 0  # of each box a byte, set where a better one that is kept overlaps it
    for place in range(count):
        if not suppressed >> 8 * place & 1:
            kept.append(place)
            suppressed |= int.from_bytes(rows[place * count:(place + 1) * count], "little")
    return order[torch.tensor(kept, dtype=torch.int64)]


def batched_nms(boxes, scores, idxs, iou_threshold):
    """`nms` among the boxes of each class by itself."""
    if boxes.numel() == 0:
        return torch.empty((0,), dtype=torch.int64)
    classes = {}
    for position, index in enumerate(idxs.tolist()):
        classes.setdefault(index, []).append(position)
    kept = torch.cat([own[nms(boxes[own], scores[own], iou_threshold)] for own in map(torch.tensor, classes.values())])
    return kept[scores[kept].argsort(descending=True, stable=True)]


def rows_of(boxes):
    """(K, 5) with the index of the image first, of that or of a list of (L, 4), one per image."""
    if isinstance(boxes, Tensor):
        return boxes
    return torch.cat([torch.cat([torch.full_like(own[:, :1], index), own], 1) for index, own in enumerate(boxes)])
