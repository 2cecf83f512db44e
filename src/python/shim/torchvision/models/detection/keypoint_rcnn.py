"""Keypoint R-CNN (He et al., arXiv:1703.06870, section 5)."""
from functools import partial

from torch import nn
from torch.nn import functional as F

from ...ops.poolers import MultiScaleRoIAlign
from .._api import register_models
from .._initialization import initialize, weight_by
from .backbone_utils import _resnet_fpn_extractor, made
from .faster_rcnn import FasterRCNN, check_kind

_fill = weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu"))


class KeypointRCNN(FasterRCNN):
    """Faster R-CNN with keypoints of each region. Arguments besides the keypoints' own are `FasterRCNN`'s."""

    def __init__(self, backbone, num_classes=None, min_size=None, *args, keypoint_roi_pool=None, keypoint_head=None, keypoint_predictor=None,
                 num_keypoints=None, **kwargs):
        check_kind("keypoint_roi_pool", keypoint_roi_pool, MultiScaleRoIAlign)
        if num_keypoints is not None and keypoint_predictor is not None:
            raise ValueError("num_keypoints should be None when keypoint_predictor is specified")
        keypoint_roi_pool = keypoint_roi_pool or MultiScaleRoIAlign(["0", "1", "2", "3"], output_size=14, sampling_ratio=2)
        keypoint_head = keypoint_head or KeypointRCNNHeads(backbone.out_channels, (512,) * 8)
        keypoint_predictor = keypoint_predictor or KeypointRCNNPredictor(512, 17 if num_keypoints is None else num_keypoints)
        super().__init__(backbone, num_classes, (640, 672, 704, 736, 768, 800) if min_size is None else min_size, *args, **kwargs)
        heads = self.roi_heads
        heads.keypoint_roi_pool, heads.keypoint_head, heads.keypoint_predictor = keypoint_roi_pool, keypoint_head, keypoint_predictor


class KeypointRCNNHeads(nn.Sequential):
    def __init__(self, in_channels, layers):
        super().__init__(*(layer for before, after in zip([in_channels, *layers], layers)
                           for layer in (nn.Conv2d(before, after, 3, padding=1), nn.ReLU(inplace=True))))
        initialize(self, {nn.Conv2d: _fill})


class KeypointRCNNPredictor(nn.Module):
    """(regions, C, M, M) → logits (regions, keypoints, 4M, 4M)"""

    def __init__(self, in_channels, num_keypoints):
        super().__init__()
        self.kps_score_lowres = nn.ConvTranspose2d(in_channels, num_keypoints, 4, stride=2, padding=1)
        _fill(self.kps_score_lowres)
        self.up_scale, self.out_channels = 2, num_keypoints

    def forward(self, x):
        return F.interpolate(self.kps_score_lowres(x), scale_factor=float(self.up_scale), mode="bilinear", align_corners=False, recompute_scale_factor=False)


def _build(weights=None, num_classes=None, num_keypoints=None, **kwargs):
    body, trained = made("resnet50", weights, kwargs, True, 5, 3)
    return KeypointRCNN(_resnet_fpn_extractor(body, trained), 2 if num_classes is None else num_classes, num_keypoints=num_keypoints, **kwargs)


register_models(globals(), _build, {"keypointrcnn_resnet50_fpn": {}})
