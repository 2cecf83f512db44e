"""Data types as TensorFlow shows them, and the names by which users give them. Inside, a dtype is a string of `door.STORAGE`."""
from _lens import door

_FLOATS = ("float16", "bfloat16", "float32", "float64")
_INTEGERS = ("uint8", "int8", "int16", "int32", "int64")

# Names that users write, beside the stored ones
_ALIASES = {"float": "float32", "double": "float64", "half": "float16", "int": "int32", "long": "int64", "boolean": "bool"}
_PYTHON_TYPES = {float: "float32", int: "int32", bool: "bool"}
_floatx = "float32"


class DType:
    """`tf.float32` and the like."""

    def __init__(self, name):
        self.name = name

    @property
    def as_numpy_dtype(self):
        import numpy
        return getattr(numpy, "bool_" if self.name == "bool" else self.name)

    @property
    def base_dtype(self):
        return self

    @property
    def is_floating(self):
        return is_float(self.name)

    @property
    def is_integer(self):
        return self.name in _INTEGERS

    @property
    def is_bool(self):
        return self.name == "bool"

    @property
    def is_complex(self):
        return False

    @property
    def size(self):
        return {"bool": 1, "uint8": 1, "int8": 1, "int16": 2, "float16": 2, "bfloat16": 2, "int64": 8, "float64": 8}.get(self.name, 4)

    @property
    def max(self):
        return _LIMITS[self.name][1]

    @property
    def min(self):
        return _LIMITS[self.name][0]

    def __eq__(self, other):
        try:
            return other is not None and standard(other) == self.name
        except (TypeError, ValueError, door.UnsupportedError):
            return False

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"tf.{self.name}"

    def __str__(self):
        return f"<dtype: '{self.name}'>"


_LIMITS = {
    "float16": (-65504.0, 65504.0), "bfloat16": (-3.3895313892515355e+38, 3.3895313892515355e+38),
    "float32": (-3.4028234663852886e+38, 3.4028234663852886e+38),
    "float64": (-1.7976931348623157e+308, 1.7976931348623157e+308),
    "uint8": (0, 255), "int8": (-128, 127), "int16": (-32768, 32767), "int32": (-2**31, 2**31 - 1),
    "int64": (-2**63, 2**63 - 1), "bool": (False, True),
}
dtypes = {name: DType(name) for name in door.STORAGE}


def standard(dtype):
    """The stored name of a dtype given as string, tf or numpy dtype, Python type, or anything with a `name`."""
    if isinstance(dtype, str):
        name = _ALIASES.get(dtype, dtype)
    elif isinstance(dtype, DType):
        name = dtype.name
    elif dtype is None:
        name = _floatx
    elif dtype in _PYTHON_TYPES:
        name = _PYTHON_TYPES[dtype]
    else:
        name = getattr(dtype, "name", None) or getattr(dtype, "__name__", None) or str(dtype).rpartition(".")[2]
        name = {"bool_": "bool"}.get(name, name)
    if name not in door.STORAGE:
        if name in ("string", "str", "complex64", "complex128", "uint16", "uint32", "uint64", "resource", "variant"):
            raise door.UnsupportedError(f"tensors of dtype {name} are not supported")
        raise ValueError(f"Invalid dtype: {dtype}")
    return name


def is_float(name):
    return name in _FLOATS


def is_integer(name):
    return name in _INTEGERS


def floatx():
    return _floatx


def set_floatx(value):
    global _floatx
    if value not in _FLOATS:
        raise ValueError(f"Unknown `floatx` value: {value}. Expected one of {set(_FLOATS)}")
    _floatx = value


_ORDER = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")


def promoted(names):
    """The dtype that Keras computes in when arrays of these dtypes meet."""
    result = max(names, key=_ORDER.index)
    if {"float16", "bfloat16"} <= set(names):
        return "float32" if result != "float64" else result
    return result
