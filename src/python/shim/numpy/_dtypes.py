"""Data types as NumPy names them, and which one a computation over several has (NumPy 2's promotion).

Elements of a recorded array have one of the recorder's types; text and objects are types of `_plain` arrays only.
"""
from _lens.door import UnsupportedError

# name, kind, character, bytes
_ROWS = (
    ("bool", "b", "?", 1), ("int8", "i", "b", 1), ("int16", "i", "h", 2), ("int32", "i", "i", 4), ("int64", "i", "l", 8),
    ("uint8", "u", "B", 1), ("uint16", "u", "H", 2), ("uint32", "u", "I", 4), ("uint64", "u", "L", 8),
    ("float16", "f", "e", 2), ("float32", "f", "f", 4), ("float64", "f", "d", 8), ("object", "O", "O", 8),
)
# What the recorder can hold.
RECORDED = frozenset({"bool", "int8", "int16", "int32", "int64", "uint8", "float16", "float32", "float64"})

_NAMES = {
    "bool_": "bool", "int": "int64", "int_": "int64", "intp": "int64", "long": "int64", "longlong": "int64", "intc": "int32",
    "short": "int16", "byte": "int8", "ubyte": "uint8", "uint": "uint64", "uintp": "uint64", "ushort": "uint16",
    "uintc": "uint32", "half": "float16", "single": "float32", "double": "float64", "float": "float64",
    "longdouble": "float64", "float_": "float64", "object_": "object", "bfloat16": "float32",
    "q": "int64", "Q": "uint64", "p": "int64", "g": "float64",
}


class dtype:
    """A data type. One object per number type; compares equal to its name, its scalar class and the Python type it stands for."""

    __slots__ = ("name", "kind", "char", "itemsize", "type", "length")
    byteorder, isnative, fields, names, subdtype, shape, hasobject = "=", True, None, None, None, (), False

    def __new__(cls, dtype=None, align=False, copy=False):
        return dtype_of(dtype)

    @property
    def str(self):
        if self.kind == "U":
            return f"<U{self.length}"
        return ("|" if self.itemsize == 1 or self.kind == "O" else "<") + self.kind + ("" if self.kind == "O" else f"{self.itemsize}")

    @property
    def num(self):
        return "?bBhHiIlLqQfdgFDGO".find(self.char)

    @property
    def alignment(self):
        return self.itemsize

    @property
    def base(self):
        return self

    def newbyteorder(self, new_order="S"):
        return self

    def __eq__(self, other):
        if isinstance(other, dtype):
            return self.name == other.name
        if other is None:
            return False
        try:
            return self.name == dtype_of(other).name
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)

    def __str__(self):
        return self.str if self.kind == "U" else self.name

    def __repr__(self):
        return f"dtype('{self.str if self.kind == 'U' else 'O' if self.kind == 'O' else self.name}')"

    def __reduce__(self):
        return (dtype_of, (str(self),))

    def __deepcopy__(self, memo):
        return self


def _make(name, kind, char, itemsize, length=0):
    made = object.__new__(dtype)
    made.name, made.kind, made.char, made.itemsize, made.length, made.type = name, kind, char, itemsize, length, None
    return made


DTYPES = {row[0]: _make(*row) for row in _ROWS}
_CHARACTERS = {kind + str(size): name for name, kind, _, size in _ROWS} | {char: name for name, _, char, _ in _ROWS}
_PYTHON = {bool: "bool", int: "int64", float: "float64", object: "object"}
SCALARS = {}      # scalar class -> name; filled by `_scalars`


def text_dtype(length):
    """The type of strings of up to `length` characters."""
    made = _make(f"str{32 * length}", "U", "U", 4 * length, length)
    made.type = str_class
    return made


def complex_dtype():
    """The type of what decompositions give, which nothing else computes with."""
    return _make("complex128", "c", "D", 16)


str_class = str   # the class numpy.str_, once `_scalars` has defined it


def dtype_of(specification):
    """The dtype that a name, character code, Python type, scalar class, or another package's dtype names."""
    if isinstance(specification, dtype):
        return specification
    if specification is None:
        return DTYPES["float64"]
    if isinstance(specification, type):
        name = SCALARS.get(specification) or _PYTHON.get(specification)
        if name is None and (issubclass(specification, str)):
            return text_dtype(0)
        if name is None and specification is complex:
            raise UnsupportedError("complex numbers are not recorded")
        return DTYPES[name or "object"]
    if not isinstance(specification, str):
        specification = getattr(specification, "name", None)
        if not isinstance(specification, str):
            raise TypeError("Cannot interpret the given object as a data type")
    return _of_name(specification)


def _of_name(text):
    name = text.lstrip("<>=|")
    name = _NAMES.get(name, _CHARACTERS.get(name, name))
    if name in DTYPES:
        return DTYPES[name]
    if name[:1] in "US" and (name[1:].isdigit() or len(name) == 1) or name == "str":
        return text_dtype(int(name[1:] or 0) if name != "str" else 0)
    if name.startswith(("complex", "c8", "c16", "datetime", "timedelta", "M8", "m8")):
        raise UnsupportedError(f"numpy arrays of {text} are not recorded")
    raise TypeError(f"data type {text!r} not understood")


def recorded(name):
    """`name`, if arrays of it can be recorded."""
    if name not in RECORDED:
        raise UnsupportedError(f"numpy arrays of {name} are not supported in computations")
    return name


def kind_of(name):
    return DTYPES[name].kind if name in DTYPES else "U"


_INTEGER_BITS = {"int8": 8, "uint8": 8, "int16": 16, "uint16": 16, "int32": 32, "uint32": 32, "int64": 64, "uint64": 64}


def promote(a, b):
    """Name of the type that holds values of both."""
    if a == b:
        return a
    if a not in DTYPES or b not in DTYPES or "object" in (a, b):
        return "object"
    kinds = kind_of(a), kind_of(b)
    if "b" in kinds:
        return b if kinds[0] == "b" else a
    if "f" in kinds:
        if kinds == ("f", "f"):
            return max(a, b)  # the names sort by width: float16 < float32 < float64
        number, floating = (a, b) if kinds[1] == "f" else (b, a)
        bits = _INTEGER_BITS[number]
        return max(floating, "float16" if bits == 8 else "float32" if bits == 16 else "float64")
    if kinds[0] == kinds[1]:
        return a if _INTEGER_BITS[a] >= _INTEGER_BITS[b] else b
    signed, unsigned = (a, b) if kinds[0] == "i" else (b, a)
    if _INTEGER_BITS[signed] > _INTEGER_BITS[unsigned]:
        return signed
    return {8: "int16", 16: "int32", 32: "int64", 64: "float64"}[_INTEGER_BITS[unsigned]]


_WEAK_RANK = {bool: 0, int: 1, float: 2}
_KIND_RANK = {"b": 0, "u": 1, "i": 1, "f": 2}
_WEAK_NAMES = ("bool", "int64", "float64")


def result_name(strong, weak):
    """Type of a computation over types `strong` (of arrays and NumPy scalars) and Python numbers of the types `weak`."""
    rank = max((_WEAK_RANK[kind] for kind in weak), default=-1)
    if not strong:
        return _WEAK_NAMES[rank]
    name = strong[0]
    for other in strong[1:]:
        name = promote(name, other)
    return name if rank <= _KIND_RANK.get(kind_of(name), 3) else _WEAK_NAMES[rank]


def float_name(name):
    """Type of functions of real numbers (exp, sqrt) over elements of type `name`."""
    if kind_of(name) == "f":
        return name
    return {1: "float16", 2: "float32"}.get(DTYPES[name].itemsize, "float64")


_SAFE_ORDER = {"b": 0, "u": 1, "i": 1, "f": 2, "c": 3}


def can_cast(from_, to, casting="safe"):
    """Whether values of one type may become another's under a casting rule."""
    source = (from_ if isinstance(from_, dtype) else dtype_of(from_)).name
    target = dtype_of(to).name
    if casting == "unsafe" or source == target:
        return True
    if casting in ("no", "equiv"):
        return False
    if promote(source, target) == target:
        return True
    return casting == "same_kind" and (_SAFE_ORDER[kind_of(source)] <= _SAFE_ORDER[kind_of(target)]) and not (
        kind_of(source) == "i" and kind_of(target) == "u")


class finfo:
    """Limits of a floating point type."""

    _BITS = {"float16": (16, 10, 15, 3), "float32": (32, 23, 127, 6), "float64": (64, 52, 1023, 15)}

    def __init__(self, dtype):
        name = dtype_of(dtype if isinstance(dtype, (type, str)) else getattr(dtype, "dtype", dtype)).name
        if name not in self._BITS:
            raise ValueError(f"data type {DTYPES[name].type!r} not inexact")
        self.dtype = DTYPES[name]
        self.bits, mantissa, exponent, self.precision = self._BITS[name]
        number = self.dtype.type
        self.nmant, self.maxexp, self.minexp = mantissa, exponent + 1, 1 - exponent
        self.eps = number(2.0 ** -mantissa)
        self.epsneg = number(2.0 ** -(mantissa + 1))
        self.max = number((2 - 2.0 ** -mantissa) * 2.0 ** exponent)
        self.min = number(-(2 - 2.0 ** -mantissa) * 2.0 ** exponent)
        self.tiny = self.smallest_normal = number(2.0 ** (1 - exponent))
        self.smallest_subnormal = number(2.0 ** (1 - exponent - mantissa))
        self.resolution = number(10.0 ** -self.precision)

    def __repr__(self):
        return f"finfo(resolution={self.resolution}, min={self.min}, max={self.max}, dtype={self.dtype})"


class iinfo:
    """Limits of an integer type."""

    def __init__(self, type):
        self.dtype = dtype_of(getattr(type, "dtype", type) if isinstance(getattr(type, "dtype", None), dtype) else type)
        if self.dtype.kind not in "iu":
            raise ValueError(f"Invalid integer data type '{self.dtype.kind}'.")
        self.kind, self.bits = self.dtype.kind, 8 * self.dtype.itemsize
        signed = self.dtype.kind == "i"
        self.max = 2 ** (self.bits - signed) - 1
        self.min = -self.max - 1 if signed else 0

    def __repr__(self):
        return f"iinfo(min={self.min}, max={self.max}, dtype={self.dtype})"
