"""torch._C: what files take from PyTorch's C++ part. Settings of its compilers are accepted."""
from _lens.door import _LinAlgError

from .. import _public_names
from .._device import device
from .._dtype import dtype
from .._generator import Generator, default_generator
from .._size import Size
from .._tensor import Tensor as TensorBase


def _setting(*args, **kwargs):
    """Nothing is compiled here."""
    return False


def __getattr__(name):
    if name.startswith(("_jit_", "_set_", "_get_", "_has_", "_cuda_", "_log_", "_debug_", "_is_")):
        return _setting
    return _public_names.attribute("torch._C", name)
