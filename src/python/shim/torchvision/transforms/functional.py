"""torchvision.transforms.functional: what transforms do to tensors of (…, C, H, W), to pictures, and to arrays of (H, W, C).

The arithmetic is that of torchvision's tensors, also for pictures: PIL's differs in rounding.
"""
from ._colors import (  # noqa: F401
    adjust_brightness, adjust_contrast, adjust_gamma, adjust_hue, adjust_saturation, adjust_sharpness, autocontrast, equalize, gaussian_blur, invert,
    posterize, rgb_to_grayscale, solarize, to_grayscale)
from ._geometry import (  # noqa: F401
    InterpolationMode, affine, center_crop, crop, elastic_transform, erase, five_crop, hflip, pad, perspective, resize, resized_crop, rotate,
    ten_crop, vflip)
from ._images import get_dimensions, get_image_num_channels, get_image_size  # noqa: F401
from ._kinds import convert_image_dtype, normalize, pil_to_tensor, to_pil_image, to_tensor  # noqa: F401
