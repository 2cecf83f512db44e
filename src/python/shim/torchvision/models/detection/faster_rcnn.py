"""Faster R-CNN (Ren et al., arXiv:1506.01497) on feature pyramids."""
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ...ops.misc import Conv2dNormActivation
from ...ops.poolers import MultiScaleRoIAlign
from .._api import register_models
from .._initialization import initialize, weight_by
from .anchor_utils import AnchorGenerator
from .backbone_utils import _mobilenet_extractor, _resnet_fpn_extractor, made
from .generalized_rcnn import GeneralizedRCNN
from .roi_heads import RoIHeads
from .rpn import RegionProposalNetwork, RPNHead
from .transform import GeneralizedRCNNTransform

IMAGE_MEAN, IMAGE_STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
_RATIOS = (0.5, 1.0, 2.0)


def _default_anchorgen():
    return AnchorGenerator(((32,), (64,), (128,), (256,), (512,)), (_RATIOS,) * 5)


class FasterRCNN(GeneralizedRCNN):
    def __init__(self, backbone, num_classes=None, min_size=800, max_size=1333, image_mean=None, image_std=None, rpn_anchor_generator=None,
                 rpn_head=None, rpn_pre_nms_top_n_train=2000, rpn_pre_nms_top_n_test=1000, rpn_post_nms_top_n_train=2000,
                 rpn_post_nms_top_n_test=1000, rpn_nms_thresh=0.7, rpn_fg_iou_thresh=0.7, rpn_bg_iou_thresh=0.3, rpn_batch_size_per_image=256,
                 rpn_positive_fraction=0.5, rpn_score_thresh=0.0, box_roi_pool=None, box_head=None, box_predictor=None, box_score_thresh=0.05,
                 box_nms_thresh=0.5, box_detections_per_img=100, box_fg_iou_thresh=0.5, box_bg_iou_thresh=0.5, box_batch_size_per_image=512,
                 box_positive_fraction=0.25, bbox_reg_weights=None, **kwargs):
        if not hasattr(backbone, "out_channels"):
            raise ValueError("backbone should contain an attribute out_channels specifying the number of output channels (assumed to be the "
                             "same for all the levels)")
        check_kind("rpn_anchor_generator", rpn_anchor_generator, AnchorGenerator)
        check_kind("box_roi_pool", box_roi_pool, MultiScaleRoIAlign)
        if num_classes is not None and box_predictor is not None:
            raise ValueError("num_classes should be None when box_predictor is specified")
        if num_classes is None and box_predictor is None:
            raise ValueError("num_classes should not be None when box_predictor is not specified")
        width = backbone.out_channels
        anchors = rpn_anchor_generator or _default_anchorgen()
        rpn = RegionProposalNetwork(
            anchors, rpn_head or RPNHead(width, anchors.num_anchors_per_location()[0]), rpn_fg_iou_thresh, rpn_bg_iou_thresh,
            rpn_batch_size_per_image, rpn_positive_fraction, {"training": rpn_pre_nms_top_n_train, "testing": rpn_pre_nms_top_n_test},
            {"training": rpn_post_nms_top_n_train, "testing": rpn_post_nms_top_n_test}, rpn_nms_thresh, score_thresh=rpn_score_thresh)
        box_roi_pool = box_roi_pool or MultiScaleRoIAlign(["0", "1", "2", "3"], output_size=7, sampling_ratio=2)
        box_head = box_head or TwoMLPHead(width * box_roi_pool.output_size[0] ** 2, 1024)
        roi_heads = RoIHeads(box_roi_pool, box_head, box_predictor or FastRCNNPredictor(1024, num_classes), box_fg_iou_thresh,
                             box_bg_iou_thresh, box_batch_size_per_image, box_positive_fraction, bbox_reg_weights, box_score_thresh,
                             box_nms_thresh, box_detections_per_img)
        transform = GeneralizedRCNNTransform(min_size, max_size, image_mean or IMAGE_MEAN, image_std or IMAGE_STD, **kwargs)
        super().__init__(backbone, rpn, roi_heads, transform)


def check_kind(name, thing, kind):
    if not isinstance(thing, (kind, type(None))):
        raise TypeError(f"{name} should be of type {kind.__name__} or None instead of {type(thing)}")


class TwoMLPHead(nn.Module):
    def __init__(self, in_channels, representation_size):
        super().__init__()
        self.fc6 = nn.Linear(in_channels, representation_size)
        self.fc7 = nn.Linear(representation_size, representation_size)

    def forward(self, x):
        return F.relu(self.fc7(F.relu(self.fc6(x.flatten(start_dim=1)))))


class FastRCNNConvFCHead(nn.Sequential):
    """Convolutions, then linear layers, each with ReLU. `input_size`: (C, H, W)"""

    def __init__(self, input_size, conv_layers, fc_layers, norm_layer=None):
        channels, height, width = input_size
        layers = [Conv2dNormActivation(before, after, norm_layer=norm_layer) for before, after in zip([channels, *conv_layers], conv_layers)]
        layers.append(nn.Flatten())
        features = [(conv_layers or [channels])[-1] * height * width, *fc_layers]
        for before, after in zip(features, fc_layers):
            layers += [nn.Linear(before, after), nn.ReLU(inplace=True)]
        super().__init__(*layers)
        initialize(self, {nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu"))})


class FastRCNNPredictor(nn.Module):
    """(regions, features) → classes (regions, classes), boxes of each class (regions, 4 · classes)"""

    def __init__(self, in_channels, num_classes):
        super().__init__()
        self.cls_score = nn.Linear(in_channels, num_classes)
        self.bbox_pred = nn.Linear(in_channels, num_classes * 4)

    def forward(self, x):
        if x.dim() == 4:
            torch._assert(list(x.shape[2:]) == [1, 1],
                          f"x has the wrong shape, expecting the last two dimensions to be [1,1] instead of {list(x.shape[2:])}")
        x = x.flatten(start_dim=1)
        return self.cls_score(x), self.bbox_pred(x)


def resnet_fpn(detector, weights=None, num_classes=None, progress=True, **kwargs):
    body, trained = made("resnet50", weights, kwargs, True, 5, 3)
    return detector(_resnet_fpn_extractor(body, trained), num_classes=91 if num_classes is None else num_classes, **kwargs)


def resnet_fpn_v2(detector, weights=None, num_classes=None, masks=False, **kwargs):
    """With normalization in all parts (Li et al., arXiv:2111.11429), and deeper heads."""
    body, trained = made("resnet50", weights, kwargs, None, 5, 3, frozen_norm=False)
    backbone = _resnet_fpn_extractor(body, trained, norm_layer=nn.BatchNorm2d)
    anchors = _default_anchorgen()
    parts = {"rpn_anchor_generator": anchors, "rpn_head": RPNHead(256, anchors.num_anchors_per_location()[0], conv_depth=2),
             "box_head": FastRCNNConvFCHead((256, 7, 7), [256] * 4, [1024], norm_layer=nn.BatchNorm2d)}
    if masks:
        from .mask_rcnn import MaskRCNNHeads
        parts["mask_head"] = MaskRCNNHeads(256, [256] * 4, 1, norm_layer=nn.BatchNorm2d)
    return detector(backbone, num_classes=91 if num_classes is None else num_classes, **parts, **kwargs)


def _mobilenet_fpn(weights=None, num_classes=None, **kwargs):
    body, trained = made("mobilenet_v3_large", weights, kwargs, True, 6, 3)
    anchors = AnchorGenerator(((32, 64, 128, 256, 512),) * 3, (_RATIOS,) * 3)
    return FasterRCNN(_mobilenet_extractor(body, True, trained), 91 if num_classes is None else num_classes, rpn_anchor_generator=anchors, **kwargs)


register_models(globals(), resnet_fpn, {"fasterrcnn_resnet50_fpn": {"detector": FasterRCNN}})
register_models(globals(), resnet_fpn_v2, {"fasterrcnn_resnet50_fpn_v2": {"detector": FasterRCNN}})
register_models(globals(), _mobilenet_fpn, {
    "fasterrcnn_mobilenet_v3_large_fpn": {"rpn_score_thresh": 0.05},
    "fasterrcnn_mobilenet_v3_large_320_fpn": {"rpn_score_thresh": 0.05, "min_size": 320, "max_size": 640, "rpn_pre_nms_top_n_test": 150,
                                              "rpn_post_nms_top_n_test": 150},
})
