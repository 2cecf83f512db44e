"""torchvision.ops.ps_roi_pool, by PyTorch's place of it."""
from .ps_roi_align import PSRoIPool, ps_roi_pool  # noqa: F401
