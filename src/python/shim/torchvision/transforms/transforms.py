"""torchvision.transforms: the classes, over `functional`."""
from ._composed import Compose, Lambda, RandomApply, RandomChoice, RandomOrder  # noqa: F401
from ._converted import ConvertImageDtype, LinearTransformation, Normalize, PILToTensor, ToPILImage, ToTensor  # noqa: F401
from ._moved import (  # noqa: F401
    CenterCrop, ElasticTransform, FiveCrop, Pad, RandomAffine, RandomCrop, RandomHorizontalFlip, RandomPerspective, RandomResizedCrop, RandomRotation,
    RandomVerticalFlip, Resize, TenCrop)
from ._recolored import (  # noqa: F401
    ColorJitter, GaussianBlur, Grayscale, RandomAdjustSharpness, RandomAutocontrast, RandomEqualize, RandomErasing, RandomGrayscale, RandomInvert,
    RandomPosterize, RandomSolarize)
from ._policies import AugMix, AutoAugment, AutoAugmentPolicy, RandAugment, TrivialAugmentWide  # noqa: F401
from .functional import InterpolationMode  # noqa: F401
