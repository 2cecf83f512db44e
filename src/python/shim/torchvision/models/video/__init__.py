"""torchvision.models.video"""
from _lens.missing import lazy as _lazy

from .. import _published
from .s3d import S3D, S3D_Weights, s3d  # a function that has the name of its module

_CLASSES = {"mvit": "MViT", "resnet": "VideoResNet", "s3d": "", "swin_transformer": "SwinTransformer3d"}
_NAMES = {module: _published.names(f"video.{module}", classes) for module, classes in _CLASSES.items()}
__getattr__ = _lazy.attributes(__name__, _NAMES)
__all__ = [name for names in _NAMES.values() for name in names.split()]
