"""The package `torch`, recorded instead of computed: its names are PyTorch's, what they do is recorded by `_lens.door`."""
import math as _math

from . import _dtype, _formats, _public_names, torch_version
from ._device import device
from ._dtype import dtype, finfo, get_default_dtype, iinfo, promote_types, set_default_dtype
from ._generator import Generator, default_generator, initial_seed, manual_seed, seed
from ._grad_mode import enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad, set_grad_enabled
from ._size import Size, broadcast_shapes
from ._tensor import Tensor
from . import _views, _conversion, _elementwise, _reductions, _products, _operators, _indexing, _creation, _drawing
from . import _joining, _bitwise, _special, _order, _distinct, _selection, _inplace, _decompositions, _matrices
from . import _complex_functions, _householder, _numeric, _spectral, _storage, _strided
from . import _control, _incomplete, _lowrank, _removed
from ._ops import ops
from ._printing import set_printoptions
from ._registry import FUNCTIONS as _FUNCTIONS
from . import accelerator, amp, autograd, backends, compiler, cuda, distributed, distributions, fft, fx, jit, linalg, nn, optim, signal, special, utils
from .amp import autocast
from .nn import functional as _functional
from . import _foreach, _native, _out, _program, ao, func, functional, futures, hub, multiprocessing, nested, onnx, overrides, profiler
from . import _C, export, library, masked, quantization, random, serialization, sparse, testing, types, version
from . import _storage_types, _tensor_types
from ._tensor_types import set_default_tensor_type

__version__ = torch_version.TorchVersion("2.13.0")

globals().update(_dtype.DTYPES)
globals().update({_alias: _dtype.DTYPES[_name] for _alias, _name in _dtype.ALIASES.items()})
Tensor.prelu, Tensor.hardshrink = _functional.prelu, _functional.hardshrink
globals().update(_out.written({**{_name: getattr(_functional, _name) for _name in _program.ALSO_FUNCTIONAL}, **_FUNCTIONS}))
globals().update({_name: getattr(_program, _name) for _name in _program.__all__})
globals().update(_tensor_types.tensor_types("torch"))
globals().update(_storage_types.STORAGE_TYPES)
vars(cuda).update(_tensor_types.tensor_types("torch.cuda", is_cuda=True))
pi, e, inf, nan, newaxis = _math.pi, _math.e, _math.inf, _math.nan, None
globals().update(_formats.NAMES)

overrides.make_overridable(globals())
overrides.make_overridable(vars(_functional))

from . import _adapter


def __getattr__(name):
    if name.startswith("_foreach_"):
        function = _foreach.foreach(name)
        if function is not None:
            return function
    return _public_names.attribute("torch", name)
