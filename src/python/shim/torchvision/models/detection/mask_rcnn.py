"""Mask R-CNN (He et al., arXiv:1703.06870)."""
from collections import OrderedDict
from functools import partial

from torch import nn

from ...ops.misc import Conv2dNormActivation
from ...ops.poolers import MultiScaleRoIAlign
from .._api import register_models
from .._initialization import initialize, weight_by
from .faster_rcnn import FasterRCNN, check_kind, resnet_fpn, resnet_fpn_v2

_fill = partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu")


class MaskRCNN(FasterRCNN):
    """Faster R-CNN with a mask for each region. Arguments besides the masks' own are `FasterRCNN`'s."""

    def __init__(self, backbone, num_classes=None, *args, mask_roi_pool=None, mask_head=None, mask_predictor=None, **kwargs):
        check_kind("mask_roi_pool", mask_roi_pool, MultiScaleRoIAlign)
        if num_classes is not None and mask_predictor is not None:
            raise ValueError("num_classes should be None when mask_predictor is specified")
        mask_roi_pool = mask_roi_pool or MultiScaleRoIAlign(["0", "1", "2", "3"], output_size=14, sampling_ratio=2)
        mask_head = mask_head or MaskRCNNHeads(backbone.out_channels, (256, 256, 256, 256), 1)
        mask_predictor = mask_predictor or MaskRCNNPredictor(256, 256, num_classes)
        super().__init__(backbone, num_classes, *args, **kwargs)
        self.roi_heads.mask_roi_pool, self.roi_heads.mask_head, self.roi_heads.mask_predictor = mask_roi_pool, mask_head, mask_predictor


class MaskRCNNHeads(nn.Sequential):
    def __init__(self, in_channels, layers, dilation, norm_layer=None):
        super().__init__(*(Conv2dNormActivation(before, after, kernel_size=3, padding=dilation, dilation=dilation, norm_layer=norm_layer)
                           for before, after in zip([in_channels, *layers], layers)))
        initialize(self, {nn.Conv2d: weight_by(_fill)})


class MaskRCNNPredictor(nn.Sequential):
    """(regions, C, M, M) → logits (regions, classes, 2M, 2M)"""

    def __init__(self, in_channels, dim_reduced, num_classes):
        super().__init__(OrderedDict(conv5_mask=nn.ConvTranspose2d(in_channels, dim_reduced, 2, 2, 0), relu=nn.ReLU(inplace=True),
                                     mask_fcn_logits=nn.Conv2d(dim_reduced, num_classes, 1, 1, 0)))
        for layer in (self.conv5_mask, self.mask_fcn_logits):
            _fill(layer.weight)


register_models(globals(), resnet_fpn, {"maskrcnn_resnet50_fpn": {"detector": MaskRCNN}})
register_models(globals(), resnet_fpn_v2, {"maskrcnn_resnet50_fpn_v2": {"detector": MaskRCNN, "masks": True}})
