"""The pickle within a PyTorch file, read without the power of pickles: a fixed list of names, each of them made here.

Any other name is refused, whatever it is: a pickle can call everything that it can name.
"""
import collections
import io
import pickle

from .given import WeightsError


class Storage:
    """A storage as the pickle names it: its bytes are a member of the archive."""

    def __init__(self, dtype, key, count):
        self.dtype, self.key, self.count = dtype, key, count


class Tensor:
    """A tensor as the pickle describes it: a view of a storage."""

    def __init__(self, storage, offset, shape, strides):
        self.storage, self.offset, self.shape, self.strides = storage, offset, tuple(shape), tuple(strides)


class _Mark:
    """A name that stands for itself: a storage's class, a dtype."""

    def __init__(self, dtype):
        self.dtype = dtype


def _tensor(storage, offset, shape, strides, *_):
    if not isinstance(storage, Storage):
        raise WeightsError("the pickle in it is damaged")
    return Tensor(storage, offset, shape, strides)


def _same(thing, *_):
    return thing


def _bytes(text, encoding):
    return text.encode("latin1") if encoding == "latin1" else text


_STORAGES = {
    "FloatStorage": "float32", "DoubleStorage": "float64", "HalfStorage": "float16", "BFloat16Storage": "bfloat16", "LongStorage": "int64",
    "IntStorage": "int32", "ShortStorage": "int16", "CharStorage": "int8", "ByteStorage": "uint8", "BoolStorage": "bool",
}
_DTYPES = ("float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool")
_NAMES = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("collections", "defaultdict"): collections.defaultdict,
    ("collections", "Counter"): collections.Counter,
    ("_codecs", "encode"): _bytes,
    ("torch._utils", "_rebuild_tensor"): _tensor,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch._utils", "_rebuild_parameter"): _same,
    ("torch._utils", "_rebuild_parameter_with_state"): _same,
    ("torch.nn.parameter", "Parameter"): _same,
    ("torch", "Size"): tuple,
    ("torch", "device"): lambda *names: ":".join(map(str, names)),
    ("torch.storage", "UntypedStorage"): _Mark("uint8"),
    **{("torch", name): _Mark(dtype) for name, dtype in _STORAGES.items()},
    **{("torch", dtype): _Mark(dtype) for dtype in _DTYPES},
    **{(module, kind.__name__): kind for module in ("builtins", "__builtin__")
       for kind in (dict, list, tuple, set, frozenset, int, float, bool, str, complex)},
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return _NAMES[module, name]
        except KeyError:
            raise WeightsError(f"it holds `{module}.{name}`, and objects of Python classes are not loaded from files: "
                               "save `model.state_dict()`") from None

    def persistent_load(self, key):
        try:
            kind, mark, name, _, count = key
        except (TypeError, ValueError):
            kind = None
        if kind != "storage" or not isinstance(mark, _Mark) or not isinstance(name, str):
            raise WeightsError("the pickle in it is damaged")
        return Storage(mark.dtype, name, count)


def unpickled(content):
    """What the pickle describes, tensors as `Tensor`."""
    try:
        return _Unpickler(io.BytesIO(content), encoding="utf-8").load()
    except WeightsError:
        raise
    except Exception as error:  # a pickle that is cut off or made by hand raises anything
        raise WeightsError(f"the pickle in it is damaged ({type(error).__name__})") from None
