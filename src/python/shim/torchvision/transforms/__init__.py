"""torchvision.transforms: what is done to images before a model gets them."""
from _lens.missing import lazy as _lazy

_NAMES = {
    "transforms": """
        AugMix AutoAugment AutoAugmentPolicy CenterCrop ColorJitter Compose ConvertImageDtype ElasticTransform FiveCrop GaussianBlur Grayscale
        InterpolationMode Lambda LinearTransformation Normalize PILToTensor Pad RandAugment RandomAdjustSharpness RandomAffine RandomApply
        RandomAutocontrast RandomChoice RandomCrop RandomEqualize RandomErasing RandomGrayscale RandomHorizontalFlip RandomInvert RandomOrder
        RandomPerspective RandomPosterize RandomResizedCrop RandomRotation RandomSolarize RandomVerticalFlip Resize TenCrop ToPILImage ToTensor
        TrivialAugmentWide
    """,
    "functional": "", "v2": "",
}

__getattr__ = _lazy.attributes(__name__, _NAMES, missing=("autoaugment",))
__all__ = _NAMES["transforms"].split()
