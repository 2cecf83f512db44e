"""torchvision.ops.roi_pool"""
from .roi_align import RoIPool, roi_pool  # noqa: F401
