"""Policies leave pictures as they are: their content is random."""
from ._base import Transform
from ._images import missing


class _Policy(Transform):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, img):
        return missing(img, type(self).__name__)


AutoAugment, RandAugment, TrivialAugmentWide, AugMix = (
    type(name, (_Policy,), {"__module__": __name__}) for name in ("AutoAugment", "RandAugment", "TrivialAugmentWide", "AugMix"))


class AutoAugmentPolicy:
    IMAGENET, CIFAR10, SVHN = "imagenet", "cifar10", "svhn"
