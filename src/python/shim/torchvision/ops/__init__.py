"""torchvision.ops: operations and blocks of networks that look at images."""
from _lens.missing import lazy as _lazy

from .ps_roi_align import PSRoIAlign, ps_roi_align  # functions that have the names of their modules
from .ps_roi_pool import PSRoIPool, ps_roi_pool
from .roi_align import RoIAlign, roi_align
from .roi_pool import RoIPool, roi_pool
from .stochastic_depth import StochasticDepth, stochastic_depth

_NAMES = {
    "misc": "FrozenBatchNorm2d Conv2dNormActivation Conv3dNormActivation SqueezeExcitation MLP Permute",
    "boxes": """
        batched_nms box_area box_convert box_iou clip_boxes_to_image complete_box_iou distance_box_iou generalized_box_iou masks_to_boxes nms
        remove_small_boxes
    """,
    "_losses": "complete_box_iou_loss distance_box_iou_loss generalized_box_iou_loss sigmoid_focal_loss",
    "deform_conv": "DeformConv2d deform_conv2d",
    "drop_block": "DropBlock2d DropBlock3d drop_block2d drop_block3d",
    "feature_pyramid_network": "FeaturePyramidNetwork",
    "focal_loss": "",
    "poolers": "MultiScaleRoIAlign",
}

__getattr__ = _lazy.attributes(__name__, _NAMES)
__all__ = ["PSRoIAlign", "PSRoIPool", "RoIAlign", "RoIPool", "StochasticDepth", "ps_roi_align", "ps_roi_pool", "roi_align", "roi_pool", "stochastic_depth", *(name for names in _NAMES.values() for name in names.split())]
