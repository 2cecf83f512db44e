"""timm.loss: losses of classification."""
from _lens.missing import lazy as _lazy

_NAMES = {"cross_entropy": "LabelSmoothingCrossEntropy SoftTargetCrossEntropy"}

__getattr__ = _lazy.attributes(__name__, _NAMES, missing_things=(
    "AsymmetricLossMultiLabel", "AsymmetricLossSingleLabel", "BinaryCrossEntropy", "JsdCrossEntropy"))
