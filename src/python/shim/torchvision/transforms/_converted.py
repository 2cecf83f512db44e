"""Transforms that change what kind of numbers an image has."""
import torch

from . import functional as F
from ._base import Transform


class _Converter:
    def __init__(self):
        pass

    def __call__(self, pic):
        return type(self)._function(pic)

    def __repr__(self):
        return f"{type(self).__name__}()"


class ToTensor(_Converter):
    _function = staticmethod(F.to_tensor)


class PILToTensor(_Converter):
    _function = staticmethod(F.pil_to_tensor)


class ToPILImage:
    def __init__(self, mode=None):
        self.mode = mode

    def __call__(self, pic):
        return F.to_pil_image(pic, self.mode)

    def __repr__(self):
        return f"{type(self).__name__}({'' if self.mode is None else f'mode={self.mode}'})"


class ConvertImageDtype(Transform):
    _shown = ()

    def __init__(self, dtype):
        super().__init__()
        self.dtype = dtype

    def forward(self, image):
        return F.convert_image_dtype(image, self.dtype)


class Normalize(Transform):
    _shown = ("mean", "std")

    def __init__(self, mean, std, inplace=False):
        super().__init__()
        self.mean, self.std, self.inplace = mean, std, inplace

    def forward(self, tensor):
        return F.normalize(tensor, self.mean, self.std, self.inplace)


class LinearTransformation(Transform):
    def __init__(self, transformation_matrix, mean_vector):
        super().__init__()
        self.transformation_matrix, self.mean_vector = transformation_matrix, mean_vector

    def forward(self, tensor):
        flat = tensor.view(-1, self.transformation_matrix.shape[0]) - self.mean_vector
        return torch.mm(flat, self.transformation_matrix).view(tensor.shape)
