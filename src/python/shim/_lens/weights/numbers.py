"""Arrays of a file of weights: what they are is known at once, their elements are read when they are wanted."""
import array
import math

from .. import door

# How each type is stored in files: bytes per element, and the array typecode that reads it (None: see `_widened`).
SIZES = {
    "bool": (1, "B"), "uint8": (1, "B"), "int8": (1, "b"), "int16": (2, "h"), "uint16": (2, "H"), "int32": (4, "i"), "uint32": (4, "I"),
    "int64": (8, "q"), "uint64": (8, "Q"), "float16": (2, None), "bfloat16": (2, None), "float32": (4, "f"), "float64": (8, "d"),
}
# Types that the recorder has no storage for, and the ones they are read as.
_WIDER = {"uint16": "int32", "uint32": "int64", "uint64": "int64", "float16": "float32", "bfloat16": "float32"}


class Stored:
    """One array of the file. `read()`: its bytes, little-endian, row-major over `shape`."""

    def __init__(self, dtype, shape, read, order=None):
        self.dtype = dtype           # of `SIZES`
        self._stored = tuple(shape)  # as it lies in the file
        self._read = read
        self._order = order          # axes of the array, each the number of a stored axis; None: the same
        self.shape = self._stored if order is None else tuple(self._stored[axis] for axis in order)

    def value(self, dtype):
        """A door.Value of these numbers, as `dtype`."""
        own = _WIDER.get(self.dtype, self.dtype)
        value = door.constant(_widened(self.dtype, self._read()), own, self._stored)
        if self._order is not None:
            value = door.record("permute", [value], dims=list(self._order))
        return value if own == dtype else door.record("cast", [value], dtype=dtype)


def byte_count(dtype, shape):
    return SIZES[dtype][0] * math.prod(shape)


def _widened(dtype, content):
    """The bytes as the `array.array` that `door.constant` takes for the type."""
    typecode, _ = door.STORAGE[_WIDER.get(dtype, dtype)]
    if dtype == "bfloat16":  # the upper half of a float32
        whole = bytearray(2 * len(content))
        whole[2::4], whole[3::4] = content[0::2], content[1::2]
        return array.array("f", bytes(whole))
    if dtype == "float16":
        return door.widened(content)
    stored = array.array(SIZES[dtype][1])
    stored.frombytes(content)
    return stored if stored.typecode == typecode else array.array(typecode, stored)
