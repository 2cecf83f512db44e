"""The package `einops`: patterns of axes, for PyTorch's, NumPy's, Keras's and TensorFlow's tensors."""
from . import layers, packing
from ._error import EinopsError
from ._named_einsum import einsum
from ._transform import asnumpy, parse_shape, rearrange, reduce, repeat
from .packing import pack, unpack

__version__ = "0.8.1"
__all__ = ["rearrange", "reduce", "repeat", "einsum", "pack", "unpack", "parse_shape", "asnumpy", "EinopsError"]
