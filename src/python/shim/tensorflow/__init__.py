"""TensorFlow 2 as a recorder: eager tensors whose operations are recorded. `tf.keras` is the `keras` beside this package."""
import contextlib as _contextlib
import sys as _sys
import types as _types

import keras
from _lens import door as _door
from _lens.missing import finder as _finder
from keras._backend.dtypes import DType, dtypes as _dtypes
from keras._backend.shapes import TensorShape
from keras._backend.tensor import Tensor

from . import _modules, _random, _table, data
from ._module import Module, TensorSpec, Variable, function
from ._tape import GradientTape

__version__ = "2.19.0"
version = _types.SimpleNamespace(VERSION=__version__, __version__=__version__)

globals().update(_table.root_functions)
globals().update(_table.leaves)
globals().update({_name: _dtype for _name, _dtype in _dtypes.items()})
double, half = _dtypes["float64"], _dtypes["float16"]
string = DType("string")
newaxis = None
dtypes = _types.SimpleNamespace(**_dtypes, DType=DType, as_dtype=lambda t: _dtypes[keras._backend.dtypes.standard(t)])
as_dtype = dtypes.as_dtype
EagerTensor = Tensor

math = _modules.made("math", _table.math_functions)
nn = _modules.made("nn", _table.nn_functions)
linalg = _modules.made("linalg", _table.linalg_functions)
image = _modules.made("image", _table.image_functions, ResizeMethod=_types.SimpleNamespace(
    BILINEAR="bilinear", NEAREST_NEIGHBOR="nearest", BICUBIC="bicubic", AREA="area", LANCZOS3="lanczos3", LANCZOS5="lanczos5", GAUSSIAN="gaussian",
    MITCHELLCUBIC="mitchellcubic"))
random = _modules.made("random", {name: getattr(_random, name) for name in (
    "normal", "uniform", "truncated_normal", "shuffle", "set_seed", "Generator")}, get_global_generator=_random.Generator)
errors = _modules.made("errors", _modules.ERRORS)
initializers = keras.initializers
losses, metrics, optimizers = keras.losses, keras.metrics, keras.optimizers
compat = _modules.made("compat", {}, v1=_modules.unsupported(
    "compat.v1", "tf.compat.v1 is not supported: TensorFlow 1 graphs and sessions are not recorded"))
io, signal, strings, saved_model, summary, lite, sparse, ragged, audio, estimator = (
    _modules.unsupported(_name, f"tf.{_name} is not supported") for _name in (
        "io", "signal", "strings", "saved_model", "summary", "lite", "sparse", "ragged", "audio", "estimator"))
train = _modules.made("train", {}, Checkpoint=lambda *a, **k: _types.SimpleNamespace(
    save=lambda *a, **k: "", restore=lambda *a, **k: None, write=lambda *a, **k: "", step=None))
config = _modules.made("config", {
    "list_physical_devices": lambda device_type=None: [], "run_functions_eagerly": lambda run_eagerly: None,
    "list_logical_devices": lambda device_type=None: [], "set_visible_devices": lambda *a, **k: None}, experimental=_types.SimpleNamespace(
        list_physical_devices=lambda device_type=None: [], set_memory_growth=lambda *a, **k: None, enable_op_determinism=lambda: None))
test = _types.SimpleNamespace(is_gpu_available=lambda *a, **k: False, gpu_device_name=lambda: "", is_built_with_cuda=lambda: False)
distribute = _modules.unsupported("distribute", "tf.distribute is not supported: there is one device")
autograph = _types.SimpleNamespace(experimental=_types.SimpleNamespace(do_not_convert=lambda f=None: f), set_verbosity=lambda *a: None)
debugging = _types.SimpleNamespace(set_log_device_placement=lambda *a: None, assert_equal=lambda *a, **k: None,
                                   assert_shapes=lambda *a, **k: None, check_numerics=lambda t, message=None: t)
experimental = _types.SimpleNamespace(numpy=_types.SimpleNamespace(experimental_enable_numpy_behavior=lambda *a, **k: None))


def print(*inputs, output_stream=None, summarize=3, sep=" ", end="\n", name=None):
    """tf.print: values alone, without `tf.Tensor(...)`."""
    texts = [_plain(item) for item in inputs]
    (output_stream or _sys.stdout).write(sep.join(texts) + end)


def _plain(item):
    if not hasattr(item, "numpy"):
        return str(item)
    array = item.numpy()
    if not item.shape:
        number = array.item()
        return f"{number:g}" if isinstance(number, float) else str(int(number))
    return "[" + " ".join(_plain(row) for row in item) + "]"


def is_tensor(x):
    return isinstance(x, (Tensor, Variable, keras.KerasTensor))


def executing_eagerly():
    return True


def get_static_value(tensor, partial=False):
    return tensor.numpy() if isinstance(tensor, Tensor) else None


def ensure_shape(x, shape, name=None):
    x.set_shape(shape)
    return x


def group(*inputs, **kwargs):
    return None


no_op = group


def device(name):
    return _contextlib.nullcontext()


def name_scope(name):
    return _contextlib.nullcontext(name)


def init_scope():
    return _contextlib.nullcontext()


def control_dependencies(inputs):
    return _contextlib.nullcontext()


def cond(pred, true_fn=None, false_fn=None, name=None):
    return true_fn() if bool(pred) else false_fn()


def while_loop(cond, body, loop_vars, **kwargs):
    state = loop_vars
    while bool(cond(*state)):
        state = body(*state)
    return state


def map_fn(fn, elems, **kwargs):
    return _table.shaping.stack([fn(element) for element in elems])


vectorized_map = map_fn


def custom_gradient(f):
    """The function's own gradient is not used: that of its operations is."""
    def wrapper(*args, **kwargs):
        result = f(*args, **kwargs)
        return result[0] if isinstance(result, tuple) and len(result) == 2 and callable(result[1]) else result
    return wrapper


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(f"module 'tensorflow' has no attribute '{name}'")
    if name in ("Session", "placeholder", "get_variable", "global_variables_initializer", "layers", "reset_default_graph"):
        raise AttributeError(f"module 'tensorflow' has no attribute '{name}'")
    if name == "contrib":  # which went with TensorFlow 1: files of PyTorch still take their settings from it
        return _finder.part("tensorflow.contrib")
    raise _door.UnsupportedError(f"tf.{name} is not supported")


_modules.alias_keras()
from . import _adapter
