"""numpy.ndarray: what an array knows of itself and how it becomes Python. Operations are attached by the files that define them.

An array is a view of a storage (`_lens.recording.array`); its elements are computed when they are asked for.
"""
import math

from _lens import door
from _lens.recording.array import Array
from _lens.recording.layout import is_contiguous, layout, places

from . import _scalars
from ._dtypes import DTYPES, kind_of
from ._storage import Storage


class flags:
    """`array.flags`: how it lies in memory."""

    def __init__(self, array):
        self.c_contiguous = is_contiguous(array.shape, array._layout()[2])
        self.f_contiguous = is_contiguous(array.shape[::-1], array._layout()[2][::-1])
        self.writeable, self.owndata, self.aligned = array._writeable, not array._steps, True
        self.contiguous = self.c_contiguous

    def __getitem__(self, name):
        return getattr(self, name.lower())


class ndarray(Array):
    """An array of numbers of one type."""

    _flat_read = None   # (value or storage version, elements)
    _base_array = None
    _writeable = True
    __array_priority__ = 0.0

    def __new__(cls, shape=None, dtype=float, buffer=None, offset=0, strides=None, order=None):
        if shape is None:
            return object.__new__(cls)
        from ._creation import array, zeros
        made = zeros(shape, dtype) if buffer is None else array(buffer, dtype=dtype).reshape(shape)
        return made if cls is ndarray else made.view(cls)

    def __init__(self, *args, **kwargs):
        pass

    # What it is

    def _layout(self):
        """(offset, shape, strides) in the storage."""
        placed = self._placed
        if placed is None or placed[0] is not self._steps:
            storage = self._storage
            shape = storage.shape if isinstance(storage, Storage) else storage.value.shape
            placed = self._placed = (self._steps, layout(shape, self._steps, storage.strides))
        return placed[1]

    @property
    def _name(self):
        storage = self._storage
        return storage.dtype if isinstance(storage, Storage) else storage.value.dtype

    @property
    def shape(self):
        return tuple(self._layout()[1])

    @shape.setter
    def shape(self, shape):
        reshaped = self.reshape(shape)
        if reshaped._storage is not self._storage:
            raise AttributeError("Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.")
        self._steps, self._version = reshaped._steps, -1

    @property
    def dtype(self):
        return DTYPES[self._name]

    @property
    def ndim(self):
        return len(self._layout()[1])

    @property
    def size(self):
        return math.prod(self._layout()[1])

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.itemsize

    @property
    def strides(self):
        return tuple(stride * self.itemsize for stride in self._layout()[2])

    @property
    def flags(self):
        return flags(self)

    def setflags(self, write=None, align=None, uic=None):
        if write is not None:
            self._writeable = bool(write)

    @property
    def base(self):
        return self._base_array

    @property
    def real(self):
        return self

    @property
    def imag(self):
        from ._creation import zeros_like
        return zeros_like(self)

    @property
    def T(self):
        return self._view(("permute", {"dims": list(range(self.ndim))[::-1]})) if self.ndim > 1 else self._view()

    @property
    def mT(self):
        if self.ndim < 2:
            raise ValueError("matrix transpose with ndim < 2 is undefined")
        return self.swapaxes(-1, -2)

    @property
    def flat(self):
        return flatiter(self)

    @flat.setter
    def flat(self, values):
        self.reshape(-1)[...] = values

    def __getattr__(self, name):
        raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'", name=name, obj=self)

    # Views and elements

    def _view(self, *steps):
        """A view of this array. Nothing is recorded before its Value is asked for."""
        made = object.__new__(type(self))
        made._init(self._storage, self._steps + steps)
        made._base_array = self if self._base_array is None else self._base_array
        made._writeable = self._writeable
        if type(self) is not ndarray:
            made.__dict__.update({name: item for name, item in self.__dict__.items() if name not in made.__dict__})
        return made

    def _setup_view(self, base):
        if isinstance(base, ndarray):
            self._base_array = base

    def _element(self, offset):
        """The element at a place of the storage, or None where the storage is too large to be read for it."""
        storage = self._storage
        if isinstance(storage, Storage):
            elements = storage.buffer or storage.elements()
            return None if elements is None else elements[offset]
        return None

    def _flat(self):
        """All elements of this array, row by row: not to be changed."""
        storage = self._storage
        if isinstance(storage, Storage) and storage.buffer is not None:
            offset, shape, strides = self._layout()
            if not self._steps:
                return storage.buffer
            count = math.prod(shape)
            if is_contiguous(shape, strides):
                return storage.buffer[offset:offset + count]
            buffer = storage.buffer
            return type(buffer)(buffer.typecode, [buffer[place] for place in places(offset, shape, strides)])
        value = self.value
        if self._flat_read is None or self._flat_read[0] is not value:
            self._flat_read = (value, door.read(value))
            if not self._steps and isinstance(storage, Storage):
                storage.buffer, self._flat_read = self._flat_read[1], None
                return storage.buffer
        return self._flat_read[1]

    def _numbers(self):
        """All elements as a list of Python numbers."""
        flat = self._flat()
        return list(map(bool, flat)) if self._name == "bool" else flat.tolist()

    # To Python

    def item(self, *args):
        if args:
            place = args[0] if len(args) == 1 else args
            return _scalars.plain(self.reshape(-1)[place] if isinstance(place, int) else self[place])
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._numbers()[0]

    def tolist(self):
        return nested(self._numbers(), self.shape)

    def tobytes(self, order="C"):
        import struct
        code = {"bool": "?", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "uint8": "B", "float16": "e", "float32": "f",
                "float64": "d"}[self._name]
        flat = self._numbers()
        return struct.pack(f"<{len(flat)}{code}", *flat)

    def __len__(self):
        shape = self._layout()[1]
        if not shape:
            raise TypeError("len() of unsized object")
        return shape[0]

    def __iter__(self):
        shape = self._layout()[1]
        if not shape:
            raise TypeError("iteration over a 0-d array")
        if len(shape) == 1:
            name = self._name
            return iter([_scalars.make(name, number) for number in self._flat()])
        return (self[row] for row in range(shape[0]))

    def __bool__(self):
        if self.size == 1:
            return bool(self._flat()[0])
        if self.size == 0:
            raise ValueError("The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.")
        raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")

    def _only(self):
        if self.size != 1:
            raise TypeError("only length-1 arrays can be converted to Python scalars")
        return self._numbers()[0]

    def __int__(self):
        return int(self._only())

    def __float__(self):
        return float(self._only())

    def __complex__(self):
        return complex(self._only())

    def __index__(self):
        if self.ndim or kind_of(self._name) not in "iu":
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return int(self._only())

    def __contains__(self, element):
        return bool((self == element).any())

    __hash__ = None

    def __array__(self, dtype=None, copy=None):
        return self if dtype is None else self.astype(dtype)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    def __reduce_ex__(self, protocol):
        from ._creation import array
        return (array, (self.tolist(), self._name))

    def __str__(self):
        from ._printing import array_str
        return array_str(self)

    def __repr__(self):
        from ._printing import array_repr
        return array_repr(self)

    def __format__(self, specification):
        if self.ndim == 0:
            return format(self.item(), specification)
        return object.__format__(self, specification)


ndarray.__module__ = "numpy"


class flatiter:
    """`array.flat`: the elements row by row, to be read, written and iterated."""

    def __init__(self, array):
        self.base, self._at = array, 0

    def __iter__(self):
        return iter(self.base.ravel())

    def __next__(self):
        if self._at >= self.base.size:
            raise StopIteration
        self._at += 1
        return self.base.ravel()[self._at - 1]

    def __len__(self):
        return self.base.size

    def __getitem__(self, key):
        return self.base.ravel()[key]

    def __setitem__(self, key, value):
        flat = self.base.ravel().copy()
        flat[key] = value
        self.base[...] = flat.reshape(self.base.shape)

    def copy(self):
        return self.base.flatten()


def nested(flat, shape):
    """A flat list as lists in lists."""
    if not shape:
        return flat[0]
    for size in reversed(shape[1:]):
        flat = [flat[start:start + size] for start in range(0, len(flat), size)] if size else [[] for _ in range(math.prod(shape[:-1]))]
    return flat


def from_value(value):
    """The array that holds a recorded value, in a storage of its own."""
    made = object.__new__(ndarray)
    made._init(Storage(value), ())
    return made


def from_buffer(buffer, name, shape):
    """The array of known elements: an array.array of the storage's type, row by row."""
    made = object.__new__(ndarray)
    made._init(Storage.of_buffer(buffer, name, shape), ())
    return made


def wrap(value):
    """What an operation returns: an array, or a scalar where the result has no axes."""
    return from_value(value) if value.shape else scalar(value)


def scalar(value):
    number = door.read(value)[0]
    return _scalars.make(value.dtype, number, value)
