"""torchvision.models.detection"""
from _lens.missing import lazy as _lazy

from .. import _published

_CLASSES = {"faster_rcnn": "FasterRCNN", "mask_rcnn": "MaskRCNN", "keypoint_rcnn": "KeypointRCNN", "fcos": "FCOS", "retinanet": "RetinaNet", "ssd": "", "ssdlite": ""}
_NAMES = {module: _published.names(f"detection.{module}", classes) for module, classes in _CLASSES.items()}
_PARTS = dict.fromkeys(("anchor_utils", "backbone_utils", "generalized_rcnn", "image_list", "roi_heads", "rpn", "transform", "_utils"), "")
__getattr__ = _lazy.attributes(__name__, {**_NAMES, **_PARTS})
__all__ = [name for names in _NAMES.values() for name in names.split()]
