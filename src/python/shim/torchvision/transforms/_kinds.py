"""Numbers of another kind: arrays and pictures become tensors, and back."""
import torch
from _lens.recording.array import Array
from torch import Tensor

from ._images import applied
from ._picture import Picture, image_of, of_array


def to_tensor(pic):
    """(C, H, W), and in [0, 1] if it was of bytes."""
    pic = image_of(pic)
    if isinstance(pic, Picture):
        return pic.tensor()
    if not isinstance(pic, Array) or isinstance(pic, Tensor):
        raise TypeError(f"pic should be PIL Image or ndarray. Got {type(pic)}")
    if pic.ndim not in (2, 3):
        raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
    numbers_ = torch.from_numpy(pic)
    numbers_ = numbers_.unsqueeze(0) if numbers_.dim() == 2 else numbers_.permute(2, 0, 1).contiguous()
    return numbers_.to(torch.get_default_dtype()).div(255) if numbers_.dtype == torch.uint8 else numbers_


def pil_to_tensor(pic):
    pic = image_of(pic)
    if not isinstance(pic, Picture):
        raise TypeError(f"pic should be PIL Image. Got {type(pic)}")
    return pic.bytes()


def to_pil_image(pic, mode=None):
    pic = image_of(pic)
    if isinstance(pic, Picture):
        return pic
    if not isinstance(pic, Array):
        raise TypeError(f"pic should be Tensor or ndarray. Got {type(pic)}.")
    if not isinstance(pic, Tensor):
        return of_array(pic)
    pic = pic.unsqueeze(0) if pic.dim() == 2 else pic
    return Picture.of(pic.detach().mul(255).to(torch.uint8) if pic.is_floating_point() else pic)


def convert_image_dtype(image, dtype=torch.float32):
    """Between floats in [0, 1] and integers up to the largest of their type."""
    def convert(x):
        if x.dtype == dtype:
            return x
        if x.is_floating_point():
            return x.to(dtype) if dtype.is_floating_point else x.mul(torch.iinfo(dtype).max + 1.0 - 1e-3).to(dtype)
        if dtype.is_floating_point:
            return x.to(dtype) / torch.iinfo(x.dtype).max
        ours, theirs = torch.iinfo(x.dtype).max, torch.iinfo(dtype).max
        return x.div((ours + 1) // (theirs + 1), rounding_mode="floor").to(dtype) if ours > theirs else x.to(dtype) * ((theirs + 1) // (ours + 1))
    return applied(image, convert)


def normalize(tensor, mean, std, inplace=False):
    if not isinstance(tensor, Tensor):
        raise TypeError(f"img should be Tensor Image. Got {type(tensor)}")
    if not tensor.is_floating_point():
        raise TypeError(f"Input tensor should be a float tensor. Got {tensor.dtype}.")
    if tensor.dim() < 3:
        raise ValueError(f"Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = {tensor.size()}")
    if any(number == 0 for number in (std if isinstance(std, (list, tuple)) else ())):
        raise ValueError(f"std evaluated to zero after conversion to {tensor.dtype}, leading to division by zero.")
    mean, std = (torch.as_tensor(numbers_, dtype=tensor.dtype) for numbers_ in (mean, std))
    mean, std = (part.view(-1, 1, 1) if part.dim() == 1 else part for part in (mean, std))
    return (tensor if inplace else tensor.clone()).sub_(mean).div_(std)  # in place, so that three means of one channel are refused
