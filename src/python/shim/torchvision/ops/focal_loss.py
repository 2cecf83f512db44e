"""torchvision.ops.focal_loss"""
from ._losses import sigmoid_focal_loss  # noqa: F401
