"""NumPy's scalars: one class per number type, a Python number with a dtype. Their operators are in `_operators`.

A scalar knows its number at once. One that a recorded operation gave also keeps its Value, so that what is computed with it
and an array stays connected (`x / x.max()`).
"""
import struct

from . import _dtypes
from ._dtypes import DTYPES, SCALARS, promote

_INTEGERS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64, "uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64}


class generic:
    """What all scalars have in common: those attributes of an array that make sense for one number."""

    _name = None
    _recorded = None   # the door.Value it was read from
    shape, ndim, size, strides, base = (), 0, 1, (), None
    __array_priority__ = -1000000.0

    @property
    def dtype(self):
        return DTYPES[self._name]

    @property
    def itemsize(self):
        return self.dtype.itemsize

    nbytes = itemsize

    @property
    def T(self):
        return self

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return type(self)(0)

    @property
    def data(self):
        return memoryview(self.tobytes())

    def item(self, *args):
        return plain(self)

    tolist = item

    def copy(self, order="C"):
        return self

    def conjugate(self):
        return self

    conj = conjugate

    def squeeze(self, axis=None):
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __getattr__(self, name):
        from ._ndarray import ndarray
        if name.startswith("_") or not hasattr(ndarray, name):
            raise AttributeError(f"'numpy.{type(self).__name__}' object has no attribute '{name}'")
        from ._creation import asarray
        return getattr(asarray(self), name)

    def __getitem__(self, key):
        if key == () or key is Ellipsis:
            return self
        if key is None:
            from ._creation import array
            return array([self])
        raise IndexError("invalid index to scalar variable.")

    def __array__(self, dtype=None, copy=None):
        from ._creation import array
        return array(self, dtype=dtype)

    def __reduce__(self):
        return (type(self), (plain(self),))

    def __str__(self):
        return _text(self)

    def __repr__(self):
        return f"np.{_text(self)}_" if self._name == "bool" else f"np.{self._name}({_text(self)})"

    def __format__(self, specification):
        return format(plain(self), specification)


class number(generic):
    pass


class integer(number):
    pass


class signedinteger(integer):
    pass


class unsignedinteger(integer):
    pass


class inexact(number):
    pass


class floating(inexact):
    pass


class complexfloating(inexact):
    pass


class flexible(generic):
    pass


class character(flexible):
    pass


def _made_from(cls, thing):
    """The array that `numpy.float32([1, 2])` is, or None where `thing` makes a scalar."""
    if isinstance(thing, (list, tuple, range)) or getattr(thing, "shape", ()) != ():
        from ._creation import array
        return array(thing, dtype=cls)
    return None


def round_to_single(x):
    try:
        return struct.unpack("<f", struct.pack("<f", x))[0]
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


def round_to_half(x):
    try:
        return struct.unpack("<e", struct.pack("<e", x))[0]
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


_ROUNDING = {"float64": float, "float32": round_to_single, "float16": round_to_half}


def _floating_class(name):
    rounding = _ROUNDING[name]

    def __new__(cls, x=0.0, /):
        made = _made_from(cls, x)
        return float.__new__(cls, rounding(float(x))) if made is None else made
    # a Python float also in single precision: whatever takes a number takes it
    return type(name, (floating, float), {"_name": name, "__new__": __new__, "__module__": "numpy",
                                          "__float__": float.__float__, "__int__": lambda self: int(float.__float__(self)),
                                          "__hash__": float.__hash__, "__bool__": float.__bool__, "is_integer": float.is_integer})


def wrapped(name, x):
    """An integer as its type's bits hold it."""
    bits = _INTEGERS[name]
    x &= (1 << bits) - 1
    return x - (1 << bits) if name[0] == "i" and x >> (bits - 1) else x


def _integer_class(name):
    bits, base = _INTEGERS[name], signedinteger if name[0] == "i" else unsignedinteger
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if name[0] == "i" else (0, (1 << bits) - 1)

    def __new__(cls, x=0, /):
        made = _made_from(cls, x)
        if made is not None:
            return made
        whole = int(x)
        if not low <= whole <= high:
            if type(x) is int:
                raise OverflowError(f"Python integer {x} out of bounds for {name}")
            whole = wrapped(name, whole)
        return int.__new__(cls, whole)
    return type(name, (base, int), {"_name": name, "__new__": __new__, "__module__": "numpy", "__index__": int.__index__,
                                    "__int__": int.__int__, "__float__": int.__float__, "__hash__": int.__hash__,
                                    "__bool__": int.__bool__, "bit_count": int.bit_count})


class bool_(generic):
    """numpy.bool: one of two objects."""

    _name = "bool"

    def __new__(cls, x=False, /):
        made = _made_from(cls, x)
        return (True_ if x else False_) if made is None else made

    def __bool__(self):
        return self is True_

    def __int__(self):
        return int(self is True_)

    def __float__(self):
        return float(self is True_)

    def __hash__(self):
        return hash(self is True_)


bool_.__name__ = bool_.__qualname__ = "bool"
bool_.__module__ = "numpy"
True_, False_ = object.__new__(bool_), object.__new__(bool_)

float16, float32, float64 = (_floating_class(name) for name in ("float16", "float32", "float64"))
int8, int16, int32, int64, uint8, uint16, uint32, uint64 = (_integer_class(name) for name in _INTEGERS)


class str_(str, character):
    """numpy.str_: a string out of an array of strings."""

    _name = "str"
    __module__ = "numpy"
    __hash__, __eq__, __getitem__, __format__ = str.__hash__, str.__eq__, str.__getitem__, str.__format__

    @property
    def dtype(self):
        return _dtypes.text_dtype(len(self))

    def __str__(self):
        return str.__str__(self)

    def __repr__(self):
        return f"np.str_({str.__repr__(self)})"


class object_(generic):
    def __new__(cls, x=None, /):
        return x


CLASSES = {"bool": bool_, "float16": float16, "float32": float32, "float64": float64, "int8": int8, "int16": int16, "int32": int32,
           "int64": int64, "uint8": uint8, "uint16": uint16, "uint32": uint32, "uint64": uint64, "object": object_}
for _name, _class in CLASSES.items():
    SCALARS[_class] = _name
    DTYPES[_name].type = _class
    _class.dtype = property(lambda self, of=DTYPES[_name]: of)
_dtypes.str_class = str_
SCALARS.update({floating: "float64", integer: "int64", signedinteger: "int64", number: "float64", inexact: "float64"})


def plain(scalar):
    """The Python number of a scalar or Python number."""
    kind = type(scalar)
    if kind is float or kind is int or kind is bool:
        return scalar
    if isinstance(scalar, float):
        return float.__float__(scalar)
    if isinstance(scalar, bool):
        return bool(scalar)
    if isinstance(scalar, int):
        return int.__int__(scalar)
    if isinstance(scalar, bool_):
        return scalar is True_
    if isinstance(scalar, str):
        return str.__str__(scalar)
    return scalar


def make(name, number, recorded=None):
    """The scalar of type `name` for a Python number; integers wrap around as NumPy's do."""
    if name == "float64":
        made = float.__new__(float64, number)
    elif name == "bool":
        return True_ if number else False_
    elif name in _ROUNDING:
        made = float.__new__(CLASSES[name], _ROUNDING[name](number))
    else:
        made = int.__new__(CLASSES[name], wrapped(name, int(number)))
    if recorded is not None:
        made._recorded = recorded
    return made


def _text(scalar):
    from ._printing import number_text
    return number_text(scalar)


def issubdtype(arg1, arg2):
    """Whether one type lies below another in NumPy's hierarchy."""
    def class_of(thing):
        if isinstance(thing, type) and issubclass(thing, generic):
            return thing
        return _dtypes.dtype_of(thing).type
    if arg2 is str:
        return class_of(arg1) is str_
    return issubclass(class_of(arg1), class_of(arg2))


def isscalar(element):
    return isinstance(element, (generic, int, float, complex, str, bytes))


def promote_types(type1, type2):
    return DTYPES[promote(_dtypes.dtype_of(type1).name, _dtypes.dtype_of(type2).name)]


sctypeDict = {name: cls for name, cls in CLASSES.items()}
del _name, _class
