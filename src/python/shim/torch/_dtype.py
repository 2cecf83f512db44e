"""Data types as PyTorch names them, their categories, and what a Python number becomes beside a tensor.

The dtype of a recorded value is the recorder's answer; here is only what PyTorch shows of a type and the rule for scalars.
"""
from _lens.door import UnsupportedError


BOOL, INTEGER, FLOAT, COMPLEX = 0, 1, 2, 3


class dtype:
    """A torch.dtype: one object per type, compared by identity. `name` is the recorder's name of it."""

    __module__ = "torch"  # as PyTorch prints its name

    __slots__ = ("name", "category", "itemsize", "is_floating_point", "is_complex", "is_signed")

    def __init__(self, name, category, itemsize):
        self.name = name
        self.category = category  # 0 bool, 1 integer, 2 floating point, 3 complex: a wider category wins in promotion
        self.itemsize = itemsize
        self.is_floating_point = category == 2
        self.is_complex = category == COMPLEX
        self.is_signed = name not in ("bool", "uint8")

    def __repr__(self):
        return f"torch.{self.name}"

    def __reduce__(self):
        return (_of_name, (self.name,))

    def __deepcopy__(self, memo):
        return self


_ROWS = (
    ("bool", BOOL, 1), ("uint8", INTEGER, 1), ("int8", INTEGER, 1), ("int16", INTEGER, 2), ("int32", INTEGER, 4),
    ("int64", INTEGER, 8), ("float16", FLOAT, 2), ("bfloat16", FLOAT, 2), ("float32", FLOAT, 4), ("float64", FLOAT, 8),
    ("complex64", COMPLEX, 8), ("complex128", COMPLEX, 16),
)
DTYPES = {row[0]: dtype(*row) for row in _ROWS}

# PyTorch's other names of the same types.
ALIASES = {"float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16",
           "cfloat": "complex64", "cdouble": "complex128"}

# A complex type and that of its parts.
REAL_OF = {"complex64": "float32", "complex128": "float64"}

bool_, int32, int64, float32, float64 = DTYPES["bool"], DTYPES["int32"], DTYPES["int64"], DTYPES["float32"], DTYPES["float64"]

# Names of legacy tensor types, as `tensor.type()` gives them.
TENSOR_TYPES = {
    "FloatTensor": "float32", "DoubleTensor": "float64", "HalfTensor": "float16", "BFloat16Tensor": "bfloat16",
    "LongTensor": "int64", "IntTensor": "int32", "ShortTensor": "int16", "CharTensor": "int8", "ByteTensor": "uint8",
    "BoolTensor": "bool",
}

# What error messages call a type.
SCALAR_TYPES = {"float32": "Float", "float64": "Double", "float16": "Half", "bfloat16": "BFloat16", "int64": "Long",
                "int32": "Int", "int16": "Short", "int8": "Char", "uint8": "Byte", "bool": "Bool",
                "complex64": "ComplexFloat", "complex128": "ComplexDouble"}

# What C++ calls a type, where messages show that.
C_TYPES = {"float32": "float", "float64": "double", "float16": "c10::Half", "bfloat16": "c10::BFloat16", "int64": "long int",
           "int32": "int", "int16": "short int", "int8": "signed char", "uint8": "unsigned char", "bool": "bool",
           "complex64": "c10::complex<float>", "complex128": "c10::complex<double>"}

_default = float32


def _of_name(name):
    return DTYPES[name]


def get_default_dtype():
    return _default


def set_default_dtype(d):
    global _default
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    _default = d


def dtype_of(value):
    """The dtype named by a dtype, a Python type, a legacy name or a NumPy dtype."""
    if isinstance(value, dtype):
        return value
    if value is float:
        return _default
    if value is int:
        return int64
    if value is bool:
        return bool_
    name = str(value).rpartition(".")[2]
    name = TENSOR_TYPES.get(name, ALIASES.get(name, name))
    if name in DTYPES:
        return DTYPES[name]
    if value is complex:
        return complex_dtype(_default)
    if name == "complex32":
        raise UnsupportedError("torch.complex32 is not supported yet")
    raise TypeError(f"expected a torch.dtype, not {value!r}")


def dtype_of_tensor_type(named):
    """The dtype named by what `tensor.type` takes: a dtype, a tensor type, or its name."""
    if isinstance(named, dtype):
        return named
    if not isinstance(named, (type, str)):
        raise TypeError("dtype must be a type, str, or dtype object")
    name = named if isinstance(named, str) else f"{named.__module__}.{named.__name__}".removeprefix("builtins.")
    if name == "torch.Tensor" or name == "torch._tensor.Tensor":
        return _default
    package, _, last = name.rpartition(".")
    if package not in ("torch", "torch.cuda") or last not in TENSOR_TYPES:
        raise ValueError(f"invalid type: '{name}'")
    return DTYPES[TENSOR_TYPES[last]]


def category_of_number(number):
    if isinstance(number, bool):
        return BOOL
    if isinstance(number, int):
        return INTEGER
    return COMPLEX if isinstance(number, complex) else FLOAT


def scalar_dtype(number, beside):
    """The type a Python number takes beside a tensor of type `beside`: the tensor's, unless the number's category is wider."""
    category = category_of_number(number)
    if category <= beside.category:
        return beside
    return _default if category == FLOAT else int64


def number_dtype(number):
    """The type a Python number has by itself."""
    return (bool_, int64, _default, complex_dtype(_default))[category_of_number(number)]


def complex_dtype(real):
    """The complex type whose parts are of this one."""
    return DTYPES["complex128" if real.name == "float64" else "complex64"]


def promote_types(type1, type2):
    """The smallest type that holds both, by PyTorch's lattice."""
    if type1 is type2:
        return type1
    if COMPLEX in (type1.category, type2.category) and DTYPES["float64"] in (type1, type2):
        return DTYPES["complex128"]
    if type1.category != type2.category:
        return type1 if type1.category > type2.category else type2
    names = {type1.name, type2.name}
    if names == {"float16", "bfloat16"}:
        return float32
    if names == {"uint8", "int8"}:
        return DTYPES["int16"]
    return type1 if type1.itemsize >= type2.itemsize else type2


class finfo:
    """Limits of a floating point type."""

    _ROWS = {  # bits, eps, max, smallest normal, resolution
        "float32": (32, 2.0 ** -23, (2 - 2.0 ** -23) * 2.0 ** 127, 2.0 ** -126, 1e-6),
        "float64": (64, 2.0 ** -52, (2 - 2.0 ** -52) * 2.0 ** 1023, 2.0 ** -1022, 1e-15),
        "float16": (16, 2.0 ** -10, 65504.0, 2.0 ** -14, 1e-3),
        "bfloat16": (16, 2.0 ** -7, (2 - 2.0 ** -7) * 2.0 ** 127, 2.0 ** -126, 1e-2),
    }

    def __init__(self, type=None):
        type = type or _default
        if type.name not in self._ROWS:
            raise TypeError(f"torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{type}'")
        self.dtype = type.name
        self.bits, self.eps, self.max, self.tiny, self.resolution = self._ROWS[type.name]
        self.smallest_normal, self.min = self.tiny, -self.max


class iinfo:
    """Limits of an integer type."""

    def __init__(self, type):
        if type.category != INTEGER:
            raise TypeError(f"torch.iinfo() requires an integer input type. Use torch.finfo to handle '{type}'")
        self.dtype = type.name
        self.bits = type.itemsize * 8
        self.max = 2 ** (self.bits - type.is_signed) - 1
        self.min = -self.max - 1 if type.is_signed else 0
