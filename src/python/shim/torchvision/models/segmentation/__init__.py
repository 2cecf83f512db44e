"""torchvision.models.segmentation"""
from _lens.missing import lazy as _lazy

from .. import _published

_CLASSES = {"deeplabv3": "DeepLabV3", "fcn": "FCN", "lraspp": "LRASPP"}
_NAMES = {module: _published.names(f"segmentation.{module}", classes) for module, classes in _CLASSES.items()}
__getattr__ = _lazy.attributes(__name__, _NAMES)
__all__ = [name for names in _NAMES.values() for name in names.split()]
