"""torch._C: what files take from PyTorch's C++ part. Settings of its compilers are accepted."""
from _lens.door import _LinAlgError  # noqa: F401

from .. import _public_names
from .._device import device  # noqa: F401
from .._dtype import dtype  # noqa: F401
from .._generator import Generator, default_generator  # noqa: F401
from .._size import Size  # noqa: F401
from .._tensor import Tensor as TensorBase  # noqa: F401


def _setting(*args, **kwargs):
    """Nothing is compiled here."""
    return False


def __getattr__(name):
    if name.startswith(("_jit_", "_set_", "_get_", "_has_", "_cuda_", "_log_", "_debug_", "_is_")):
        return _setting
    return _public_names.attribute("torch._C", name)
